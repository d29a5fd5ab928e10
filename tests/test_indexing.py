"""The search index is made of what a site has kept, and anew only where pages are others."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from briefbook.config import read_site
from briefbook.model import OutputFile, Site
from briefbook.problems import Problem
from briefbook.publishing import search_index
from briefbook.publishing.search_shard import Shard
from briefbook.remembering import Store
from briefbook.searching import Pages, index_site
from tests.conftest import TWO, Folder
from tests.indexing import index_words, words_of

MakeSite = Callable[[str], Folder]
FULL = "the search index could not be made: the disk is full"
Texts = Mapping[str, str]


@dataclass
class Quay:
    """A site of some pages, built again and again."""

    settings: Site
    store: Store = field(default_factory=lambda: Store(None, ""))
    made: list[tuple[str, ...]] = field(default_factory=list)  # shards, by their pages
    read: list[str] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    is_failing: bool = False

    def index(self, texts: Texts, changed: Collection[str] | None) -> dict[str, bytes]:
        """Return what the index of pages says by path, after noting what was made and read."""
        self.made.clear()
        self.read.clear()

        def content(address: str) -> bytes | None:
            self.read.append(address[1:-1])
            text = texts[address[1:-1]]
            return f"<article data-pagefind-body><p>{text}</p></article>".encode() if text else None

        addresses = [f"/{name}/" for name in texts]
        wanted = None if changed is None else [f"/{name}/" for name in changed]
        pages = Pages(entries=lambda: addresses, changed=wanted, content=content)
        found, self.problems = index_site(pages, self.settings, self.store)
        return {path: found.content(path) for path in found.paths}


@pytest.fixture
def quay(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Quay:
    """Return a site whose pages are indexed word by word; Pagefind itself is tested elsewhere."""
    folder = Folder(tmp_path_factory.mktemp("settings"))
    folder.write("site.yaml", "title: Harbour\nbase_url: https://harbour.example\n")
    settings, _ = read_site(folder.root)
    assert settings is not None
    site = Quay(settings)

    def make_shard(pages: Sequence[OutputFile], language: str) -> Shard:
        if site.is_failing:
            raise OSError("the disk is full")
        site.made.append(tuple(page.path.split("/")[0] for page in pages))
        return words_of(pages, language)

    index_words(monkeypatch, make_shard)
    return site


FIVE = {name: f"ferry {name}" for name in "abcde"}


def test_one_more_page_is_read_alone_and_its_shard_is_indexed(quay: Quay) -> None:
    quay.index(FIVE, None)
    assert quay.made == [("a", "b"), ("c", "d"), ("e",)]
    quay.index({**FIVE, "f": "quay"}, ["f"])
    assert quay.made == [("e", "f")]
    assert quay.read == ["f", "e", "f"]
    quay.index({**FIVE, "f": "quay", "g": "quay"}, ["g"])
    assert quay.made == [("g",)]


def test_another_page_is_found_and_what_was_made_of_the_old_is_forgotten(quay: Quay) -> None:
    quay.index(FIVE, None)
    before = {*quay.store.facts("search ")}
    quay.index({**FIVE, "c": "quay c"}, ["c"])
    assert quay.made == [("c", "d")]
    after = {*quay.store.facts("search ")}
    assert (len(before), len(after - before), len(before - after)) == (13, 3, 3)


@pytest.mark.parametrize(
    "steps",
    [
        [{**FIVE, "f": "quay f"}],
        [{**FIVE, "f": "quay f", "g": "ferry g"}, {**FIVE, "f": "quay f", "h": "h"}],
        [{"b": "b"}, {**FIVE, "a": ""}, {**FIVE, "a": "ferry once"}],
        [{}, {"z": "z ferry", **FIVE}, {"z": "z ferry", **FIVE, "y": "y"}],
        [{**FIVE, "e": "other words"}, FIVE],
        [{**FIVE, "a": "other words"}, {"z": "z ferry", **FIVE}, {"a": "a", **FIVE, "c": ""}],
    ],
    ids=["one more", "more", "gone and back", "none, then one in front", "changed", "old ones"],
)
def test_the_index_is_the_one_of_a_site_that_was_never_built_before(
    quay: Quay, steps: Sequence[Texts]
) -> None:
    was: Texts = FIVE
    quay.index(was, None)
    for now in steps:
        changed = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        kept = quay.index(now, changed)
        assert kept == Quay(quay.settings).index(now, None)
        assert kept or not any(now.values())
        was = now


def test_where_nothing_changed_no_page_is_read_and_nothing_is_made(quay: Quay) -> None:
    first = quay.index(FIVE, None)
    assert quay.index(FIVE, []) == first
    assert (quay.made, quay.read) == ([], [])


def test_where_nobody_knows_what_changed_all_is_read_and_nothing_is_made(quay: Quay) -> None:
    first = quay.index(FIVE, None)
    assert quay.index(FIVE, None) == first
    assert (quay.made, quay.read) == ([], [*FIVE])


def test_files_that_are_named_by_their_content_are_known(quay: Quay) -> None:
    quay.index(FIVE, None)
    pages = Pages(
        entries=lambda: [f"/{name}/" for name in FIVE], changed=(), content=dict[str, bytes]().get
    )
    found, _ = index_site(pages, quay.settings, quay.store)
    others = {*found.paths} - found.lasting
    assert others == {"pagefind/own.js", "pagefind/pagefind-entry.json"}


def test_a_site_that_wants_no_search_keeps_none(quay: Quay) -> None:
    quay.index(FIVE, None)
    quay.settings = replace(quay.settings, search=False)
    assert quay.index(FIVE, []) == {}
    assert quay.store.facts("search ") == []
    assert quay.read == []


def test_another_language_makes_all_anew(quay: Quay) -> None:
    quay.index(FIVE, None)
    quay.settings = replace(quay.settings, language="ko")
    quay.index(FIVE, [])
    assert quay.made == [("a", "b"), ("c", "d"), ("e",)]


def test_an_index_that_could_not_be_made_is_tried_again(quay: Quay) -> None:
    quay.index(FIVE, None)
    now = {**FIVE, "f": "quay"}
    quay.is_failing = True
    for changed in (["f"], []):
        assert quay.index(now, changed) == {}
        assert [problem.what for problem in quay.problems] == [FULL]
    quay.is_failing = False
    assert quay.index(now, []) == Quay(quay.settings).index(now, None)
    assert quay.problems == ()


def test_a_build_mends_the_index_and_leaves_what_is_right(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_words(monkeypatch)
    folder = site(TWO)
    folder.build()
    first = folder.tree("_site")
    chunks = [path for path in first if path.endswith(".pf_index")]
    assert len(chunks) > 1
    with monkeypatch.context() as patch:
        patch.setattr(search_index, "make_files", None)  # where nothing changed, it is not asked
        assert folder.build().code == 0
    folder.delete(f"_site/{chunks[0]}")
    folder.write(f"_site/{chunks[1]}", "other")
    folder.write("_site/pagefind/pagefind-entry.json", "{}")
    times = folder.times()
    assert folder.build().code == 0
    assert folder.tree("_site") == first
    now = folder.times()
    mended = {path for path in now if now[path] != times.get(path)}
    wanted = (chunks[0], chunks[1], "pagefind/pagefind-entry.json")
    assert mended == {f"_site/{path}" for path in wanted}


def test_an_output_folder_of_its_own_gets_the_whole_index(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_words(monkeypatch)
    folder = site(TWO)
    folder.build()
    folder.build("--output", str(folder.root / "other"))
    assert folder.tree("other") == folder.tree("_site")
    folder.edit("sources/ferry.txt", "outer islands", "inner islands")
    folder.build("--output", str(folder.root / "other"))
    folder.build()
    assert folder.tree("other") == folder.tree("_site")
