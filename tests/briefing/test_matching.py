from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest

from briefbook.briefing import LoadedEntry, make_entry, match_sources
from briefbook.briefing.shelf import Briefings, FaultyEntry
from briefbook.model import Article, SourceFile

Parse = Callable[..., tuple[SourceFile, Article]]
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


def outcome(
    parse: Parse,
    sources: Iterable[str],
    entries: Iterable[str],
    faulty: Iterable[FaultyEntry] = (),
) -> dict[str, list[str]]:
    """Match sources and entries given as "path=text"; return the paths that are in each part."""

    def source(word: str) -> tuple[SourceFile, Article]:
        path, text = word.split("=")
        return parse(title=f"Made of {path}", path=f"sources/{path}", sha256=text * 64)

    def entry(word: str) -> LoadedEntry:
        return make_entry(*source(word), parser=1, added=NOW, story=None, taken_slugs=())

    briefings = Briefings(entries=tuple(map(entry, entries)), faulty=tuple(faulty))
    matching = match_sources([source(word)[0] for word in sources], briefings)

    def short(path: str) -> str:
        return path.removeprefix("sources/").removeprefix("briefings/made-of-").removesuffix(".md")

    found = {
        name: [short(one.path) for one in getattr(matching, name)]
        for name in ("new", "duplicates", "held", "without_source")
    }
    for name in ("changed", "same", "moved"):
        found[name] = [
            f"{short(match.source.path)} {short(match.loaded.path)}"
            for match in getattr(matching, name)
        ]
    assert len(matching.problems) == len(matching.duplicates)
    return {name: paths for name, paths in found.items() if paths}


@pytest.mark.parametrize(
    ("sources", "entries", "expected"),
    [
        pytest.param(["b=1", "a=2"], [], {"new": ["a", "b"]}, id="new ones, by path"),
        pytest.param(["a=1"], ["a=1"], {"same": ["a a"]}, id="nothing new"),
        pytest.param(["a=2"], ["a=1"], {"changed": ["a a"]}, id="a changed text"),
        pytest.param(["b=1"], ["a=1"], {"moved": ["b a"]}, id="a moved file"),
        pytest.param([], ["a=1"], {"without_source": ["a"]}, id="no source any more"),
        pytest.param(["a=1", "b=1"], [], {"new": ["a"], "duplicates": ["b"]}, id="two alike"),
        pytest.param(
            ["a=1", "b=1"], ["b=1"], {"same": ["b b"], "duplicates": ["a"]}, id="a copy before it"
        ),
        pytest.param(
            ["a=2", "b=1"],
            ["a=1"],
            {"moved": ["b a"], "new": ["a"]},
            id="renamed, and another text pasted under the old name",
        ),
        pytest.param(
            ["a=2", "b=1"],
            ["a=1", "b=2"],
            {"moved": ["a b", "b a"]},
            id="two files that changed names",
        ),
        pytest.param(
            ["a=2", "b=2"],
            ["a=1", "b=2"],
            {"same": ["b b"], "duplicates": ["a"], "without_source": ["a"]},
            id="a text pasted over another",
        ),
    ],
)
def test_finds_the_entry_of_each_source(
    parse: Parse, sources: list[str], entries: list[str], expected: dict[str, list[str]]
) -> None:
    assert outcome(parse, sources, entries) == expected


@pytest.mark.parametrize(
    "faulty",
    [
        FaultyEntry(path="briefings/x.md", sources=frozenset({"sources/a"})),
        FaultyEntry(path="briefings/x.md", hashes=frozenset({"1" * 64})),
    ],
    ids=["by path", "by text"],
)
def test_a_faulty_entry_holds_its_source_so_that_none_gets_a_second_entry(
    parse: Parse, faulty: FaultyEntry
) -> None:
    assert outcome(parse, ["a=1", "b=2"], [], [faulty]) == {"held": ["a"], "new": ["b"]}


def test_says_which_two_texts_are_the_same(parse: Parse) -> None:
    sources = [parse(path=f"sources/{name}.txt")[0] for name in "ba"]
    problems = match_sources(sources, Briefings(entries=())).problems
    assert [str(problem) for problem in problems] == [
        "sources/b.txt: warning: this is the same text as sources/a.txt; they make one entry\n"
        "    fix: delete one of the two"
    ]
