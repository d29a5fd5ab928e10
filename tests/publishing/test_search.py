"""Which pages are indexed together, and what of them."""

import pytest

from briefbook.model import OutputFile
from briefbook.publishing import search, shards_of
from briefbook.publishing.search_shard import make_shard

FOUND = '<article class="entry" data-pagefind-body data-pagefind-sort="date:2026-05-01">'
TEXT = "<h1>Ferry sails again</h1><p>It left at night.</p>"
STORY = "<section class='s' data-pagefind-ignore><h2>Also reported by</h2><p>Two</p></section>"


def page(name: str, body: str = TEXT, *, around: str = "", opened: str = FOUND) -> OutputFile:
    content = f"<html lang=en><body>{around}{opened}{body}</article>{around}</body></html>"
    path = f"briefings/{name}/index.html"
    return OutputFile(path=path, content=content.encode(), made_from=f"entry {name}")


def names(files: list[OutputFile]) -> list[list[str]]:
    return [[file.path.split("/")[1] for file in shard] for shard in shards_of(files)]


@pytest.fixture(autouse=True)
def two_a_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SHARD", 2)


def test_one_more_entry_changes_one_shard_alone() -> None:
    files = [page(name) for name in "abcde"]
    before = set(shards_of(files))
    after = set(shards_of([*files, page("f", around="<nav>later</nav>")]))
    assert sum(map(len, before)) == 5
    assert sum(map(len, after)) == 6
    assert len(after - before) == 1


def test_a_site_of_twice_as_many_entries_has_twice_as_many_shards() -> None:
    many = [len(shards_of([page(f"p{n}") for n in range(size)])) for size in (2, 64, 128)]
    assert many[0] == 1
    assert 16 < many[1] <= 32 < many[2] <= 64  # some may have no page


def test_what_was_withdrawn_moves_no_other() -> None:
    gone = OutputFile(path="briefings/b/index.html", content=b"Withdrawn", made_from="entry b")
    files = [page("a"), page("c"), page("d")]
    shards = shards_of([*files, gone])
    assert sorted(page.path[10] for shard in shards for page in shard) == ["a", "c", "d"]
    there = shards_of([*files, page("b")])
    without = (tuple(page for page in shard if "/b/" not in page.path) for shard in there)
    assert shards == tuple(filter(None, without))


def test_only_pages_of_entries_are_found() -> None:
    alias = OutputFile(path="briefings/z/index.html", content=b"", made_from="alias of entry a")
    twin = OutputFile(path="briefings/a/index.json", content=b"{}", made_from="entry a")
    other = OutputFile(path="topics/port/index.html", content=b"", made_from="topic port")
    assert names([page("a"), twin, alias, other, page("b")]) == [["a", "b"]]


def test_what_is_not_indexed_makes_no_other_shard() -> None:
    bare = shards_of([page("a")])
    assert shards_of([page("a", around="<nav>the next one</nav>")]) == bare
    assert shards_of([page("a", TEXT + STORY)]) == bare
    assert shards_of([page("a", STORY.replace("Two", "Three") + TEXT)]) == bare


@pytest.mark.parametrize(
    "body",
    [
        STORY.replace("<p>Two</p>", "<section><p>Two</p></section>") + TEXT,
        STORY.replace("<p>", '<p data-pagefind-filter="topic">') + TEXT,
    ],
    ids=["a section in a section", "a filter in a section"],
)
def test_a_section_that_may_matter_is_not_cut(body: str) -> None:
    ((cut,),) = shards_of([page("a", body)])
    assert body.encode() in cut.content


@pytest.mark.parametrize(
    "whole",
    [
        page("a", around='<p data-pagefind-filter="topic">Port</p>'),
        page("a", opened="<div data-pagefind-body>"),
    ],
    ids=["a filter elsewhere", "no end"],
)
def test_a_page_of_another_shape_is_indexed_as_it_is(whole: OutputFile) -> None:
    assert shards_of([whole]) == ((whole,),)


@pytest.mark.search
def test_a_page_is_indexed_as_if_nothing_had_been_cut() -> None:
    whole = page("a", f"<p>Before.</p>{STORY}{TEXT}{STORY}<p>After.</p>", around="<nav>on</nav>")
    assert make_shard(shards_of([whole])[0], "en") == make_shard([whole], "en")
