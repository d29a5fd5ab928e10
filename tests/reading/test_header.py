from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from briefbook.model import Header, Publish
from briefbook.problems import ProblemError
from briefbook.reading.header import HEADER_KEYS, read_header


def lines(text: str) -> list[str]:
    return text.split("\n")


def test_reads_everything_an_editor_can_say() -> None:
    text = """\
---
url: https://gulfdesk.example/a
# from the printed page
outlet: 1899
authors: Kim Min-ji
published: 2025-04-23
retrieved: 2025-04-24 09:00
language: en
origin: Yonhap
topics: [korea-nato]
publish: full
---
Text"""
    header, taken, problems = read_header(lines(text), "sources/a.txt", ZoneInfo("Asia/Seoul"))
    assert problems == ()
    assert taken == 12
    assert header == Header(
        url="https://gulfdesk.example/a",
        outlet="1899",
        authors=("Kim Min-ji",),
        published=date(2025, 4, 23),
        retrieved=datetime(2025, 4, 24, 0, 0, tzinfo=UTC),
        language="en",
        origin="Yonhap",
        topics=("korea-nato",),
        publish=Publish.FULL,
        lines={
            "url": 2,
            "outlet": 4,
            "authors": 5,
            "published": 6,
            "retrieved": 7,
            "language": 8,
            "origin": 9,
            "topics": 10,
            "publish": 11,
        },
    )


def test_explains_every_key_of_a_header_and_nothing_else() -> None:
    assert {key for key, _ in HEADER_KEYS} == set(Header.__dataclass_fields__) - {"lines"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Headline\n---\noutlet: x\n---\n", id="a rule below the headline"),
        pytest.param("---\nSEOUL: the minister said\n---\ntext", id="a dateline with a colon"),
        pytest.param("---\nA headline\n---\ntext", id="a headline between rules"),
        pytest.param("---\n---\ntext", id="two rules"),
        pytest.param("---\nPublished: April 23, 2025\nBy Kim\n---\ntext", id="metadata as pasted"),
        pytest.param("---\n- one\n- two\n---\ntext", id="a list between rules"),
        pytest.param("---\nText that never\nends", id="one rule and no other"),
        pytest.param("---\n" + "text\n" * 300 + "url: x\n---\n", id="rules far apart"),
        pytest.param(" ---\noutlet: x\n---\n", id="an indented rule"),
        pytest.param("\n---\noutlet: x\n---\n", id="a blank line above"),
    ],
)
def test_takes_a_text_that_merely_starts_with_a_rule_as_text(text: str) -> None:
    assert read_header(lines(text), "sources/a.txt") == (Header(), 0, ())


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            "---\nauthor: Kim\n---\ntext",
            [
                "sources/a.txt:2: error: unknown key 'author'\n    fix: did you mean 'authors'? "
                "The keys are url, outlet, authors, published, retrieved, language, origin, "
                "topics, publish, publish_after"
            ],
            id="a misspelt key alone",
        ),
        pytest.param(
            "---\nurl: javascript:alert(1)\npublished: yesterday\n---\ntext",
            [
                "sources/a.txt:2: error: 'javascript:alert(1)' is not a web address\n"
                "    fix: write url: https://… in full, or leave it out",
                "sources/a.txt:3: error: 'yesterday' is not a date as 'published' needs it\n"
                "    fix: write published: 2026-11-21 or published: 2026-11-21T18:00:00+09:00",
            ],
            id="two wrong values",
        ),
        pytest.param(
            "---\noutlet: Desk: the paper\n---\ntext",
            [
                "sources/a.txt:2: error: this is not valid YAML: "
                "mapping values are not allowed in this context\n"
                '    fix: check this line; a value with ": ", " #" or quotes in it '
                "must stand in double quotes"
            ],
            id="broken YAML with a known key",
        ),
    ],
)
def test_says_what_is_wrong_with_a_header(text: str, messages: list[str]) -> None:
    _, taken, problems = read_header(lines(text), "sources/a.txt")
    assert taken > 0
    assert [str(problem) for problem in problems] == messages


def test_says_where_a_header_without_end_starts() -> None:
    with pytest.raises(ProblemError) as refused:
        read_header(lines("---\noutlet: x\n\nText"), "sources/a.txt")
    assert str(refused.value) == (
        "sources/a.txt:1: error: the header that starts here has no end\n"
        "    fix: put a line with only --- between the header and the text"
    )
