"""Which pages are indexed together, and what of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.model import OutputFile
from briefbook.publishing import search
from briefbook.publishing.search import bare, shards_of
from briefbook.publishing.search_shard import make_shard

FOUND = '<article class="entry" data-pagefind-body data-pagefind-sort="date:2026-05-01">'
TEXT = "<h1>Ferry sails again</h1><p>It left at night.</p>"
STORY = "<section class='s' data-pagefind-ignore><h2>Also reported by</h2><p>Two</p></section>"
MANY = [f"/briefings/p{number}/" for number in range(5000)]


def page(body: str = TEXT, *, around: str = "", opened: str = FOUND) -> bytes:
    text = f"<html lang=en><body>{around}{opened}{body}</article>{around}</body></html>"
    return text.encode()


def test_shards_have_some_ninety_pages_in_order_of_arrival() -> None:
    shards = shards_of(MANY)
    assert [address for shard in shards for address in shard] == MANY
    assert all(search.LEAST <= len(shard) <= search.MOST for shard in shards[:-1])
    assert 45 < len(shards) < 65
    assert shards_of([]) == ()
    assert shards_of(MANY[:3]) == (("/briefings/p0/", "/briefings/p1/", "/briefings/p2/"),)


@given(st.integers(1, 5000))
def test_one_more_entry_is_in_the_last_shard(count: int) -> None:
    before, after = shards_of(MANY[: count - 1]), shards_of(MANY[:count])
    assert after[-1][-1] == MANY[count - 1]
    assert before[: len(after) - 1] == after[:-1]


@given(st.integers(0, 4999))
def test_one_entry_less_leaves_nearly_all_shards_as_they_were(number: int) -> None:
    before, after = shards_of(MANY), shards_of(MANY[:number] + MANY[number + 1 :])
    assert len({*after} - {*before}) <= 5


def test_only_what_says_so_is_found() -> None:
    assert bare(b"<html><body>Withdrawn</body></html>") is None
    assert bare(page()) is not None


def test_what_is_not_indexed_makes_no_other_page() -> None:
    assert bare(page(around="<nav>the next one</nav>")) == bare(page())
    assert bare(page(TEXT + STORY)) == bare(page())
    assert bare(page(STORY.replace("Two", "Three") + TEXT)) == bare(page())


@pytest.mark.parametrize(
    "body",
    [
        STORY.replace("<p>Two</p>", "<section><p>Two</p></section>") + TEXT,
        STORY.replace("<p>", '<p data-pagefind-filter="topic">') + TEXT,
    ],
    ids=["a section in a section", "a filter in a section"],
)
def test_a_section_that_may_matter_is_not_cut(body: str) -> None:
    cut = bare(page(body))
    assert cut is not None
    assert body.encode() in cut


@pytest.mark.parametrize(
    "whole",
    [
        page(around='<p data-pagefind-filter="topic">Port</p>'),
        page(opened="<div data-pagefind-body>"),
    ],
    ids=["a filter elsewhere", "no end"],
)
def test_a_page_of_another_shape_is_indexed_as_it_is(whole: bytes) -> None:
    assert bare(whole) == whole


@pytest.mark.search
def test_a_page_is_indexed_as_if_nothing_had_been_cut() -> None:
    whole = page(f"<p>Before.</p>{STORY}{TEXT}{STORY}<p>After.</p>", around="<nav>on</nav>")
    cut = bare(whole)
    assert cut is not None
    assert len(cut) < len(whole)
    one, other = (
        OutputFile(path="briefings/a/index.html", content=each, made_from="entry a")
        for each in (whole, cut)
    )
    assert make_shard([one], "en") == make_shard([other], "en")
