from collections.abc import Callable

import pytest

from briefbook.model import BlockKind

from .conftest import Parsed

Parse = Callable[[str], Parsed]


@pytest.mark.cases("structure")
def test_tells_what_each_line_is(parse: Parse, given: str, expected: str) -> None:
    parsed = parse(given)
    own = {line.number for line in parsed.own}
    blocks = [block for block in parsed.article.blocks if block.first in own]
    found = [f"{block.kind}: {block.text.replace(chr(10), ' / ')}" for block in blocks]
    assert "\n".join(found) == expected


@pytest.mark.cases("structure")
def test_every_kept_line_has_a_kind_and_stands_in_one_block(
    parse: Parse, given: str, expected: str
) -> None:
    article = parse(given).article
    kept = [line for line in article.lines if line.block is not None]
    assert [line.text for line in kept] == article.plain_body.split("\n")
    for line in kept:
        own = [b for b in article.blocks if b.first <= line.number <= b.last]
        # A question with its answer on one line is two blocks; everything else is one.
        assert own[0].kind is line.block
        assert len(own) == (2 if own[-1].kind is BlockKind.ANSWER and len(own) > 1 else 1)


GLUED = """The quay is closed for the whole winter

The quay is closed until the ice is gone, the harbour master said on Monday.

Nobody knows who pays for the ferries that have to go elsewhere until then.

He asked the province for money, and the province asked him for patience.

Island ferries look for another berth

By Ina Brandt

The ferries to the islands will sail from the fishing harbour, their owner said on Tuesday.

What it costs

Each trip takes forty minutes more, and each minute costs eleven litres of oil.
"""


def test_a_second_article_keeps_its_headline_one_level_higher_than_its_headings(
    parse: Parse,
) -> None:
    article = parse(GLUED).article
    assert article.title == "The quay is closed for the whole winter"
    assert [(b.first, b.level) for b in article.blocks if b.kind is BlockKind.HEADING] == [
        (9, 2),
        (15, 3),
    ]
    assert [str(slip) for slip in article.slips] == [
        "line 9: a second article seems to be glued below the first"
    ]


def test_the_byline_of_a_second_article_is_no_text(parse: Parse) -> None:
    article = parse(GLUED).article
    assert [(line.fate, line.text) for line in article.lines if line.number == 11] == [
        ("metadata", "By Ina Brandt")
    ]
