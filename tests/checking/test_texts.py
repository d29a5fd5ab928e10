"""What an editor wrote and readers would not see so: each with its whole sentence."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from briefbook.checking.texts import check_entry_texts, check_site_texts
from briefbook.model import Correction, Entry, OutletSetting, Parsed, Site, TopicSetting
from briefbook.problems import Place

ENTRY = Entry(
    place=Place("briefings/a.md"),
    id="urn:uuid:1",
    slug="a",
    title="The quay",
    added=datetime(2026, 5, 5, tzinfo=UTC),
    body="The quay is wet.",
    body_line=9,
)
HTTPS = "write an address that starts with https://, or leave the link out"
MARKDOWN = "write it in Markdown, or between ` and ` if it shall be shown"


def told(entry: Entry) -> list[str]:
    lines = {"title": 2, "note": 3, "key_points": 4, "corrections": 5}
    problems = check_entry_texts(entry, lambda key: Place("briefings/a.md", lines.get(key, 1)))
    return [str(problem).removeprefix("briefings/a.md:") for problem in problems]


def body(text: str) -> list[str]:
    return told(dataclasses.replace(ENTRY, body=text))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param("Mud.\n\nSee [this](javascript:alert(1)).", "javascript:alert", id="inline"),
        pytest.param("Mud.\n\nSee [this]( <DATA:text/html,x>).", "DATA:text/html,x", id="brackets"),
        pytest.param("Mud.\n\nSee ![this](ftp://a.example/x)", "ftp://a.example/x", id="picture"),
        pytest.param("See [this][1].\n\n  [1]: vbscript:x", "vbscript:x", id="below"),
    ],
)
def test_says_that_a_link_is_taken_out(text: str, target: str) -> None:
    assert body(text) == [
        f"11: warning: the link to '{target}' is taken out: only web and mail addresses stay\n"
        f"    fix: {HTTPS}"
    ]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a <script>b</script", "<script"),
        ("a <IMG src=x onerror=y>", "<IMG"),
        ("a <!-- b -->", "<!--"),
        ("a<br/>b<br/>c", "<br"),
    ],
)
def test_says_that_html_is_shown_as_text(text: str, tag: str) -> None:
    assert body(text) == [
        f"9: warning: '{tag}' is shown as the text it is: HTML is not read\n    fix: {MARKDOWN}"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "See [a](https://a.example), [b](mailto:a@b.example), [c](../c/), [d](#d), [e](/f/).",
        "See <https://a.example> and <a@b.example>; 3 < 4 and b <c> d.",
        "Write `<b>` and `[x](javascript:1)`.",
        "    <b>[x](javascript:1)\n\nMud.",
        "The port: [a] (b: c), time 10:30",
    ],
)
def test_nothing_is_said_of_what_is_shown(text: str) -> None:
    assert body(text) == []


def test_says_where_a_character_hides() -> None:
    assert body("Mud.\nWet\x01 and\x85 dry.") == [
        "10: warning: this line has the character U+0001, which no page shows\n"
        "    fix: delete it; it is invisible in most editors",
        "10: warning: this line has the character U+0085, which no page shows\n"
        "    fix: delete it; it is invisible in most editors",
    ]


def test_reads_every_field_of_the_editors() -> None:
    entry = dataclasses.replace(
        ENTRY,
        title="The\x07 quay",
        key_points=("Mud.", "W\x01et."),
        note="[x](javascript:1)\x02",
        corrections=(Correction(date=date(2026, 5, 6), why="m\x03ud"),),
    )
    assert [line.partition("\n")[0] for line in told(entry)] == [
        "2: warning: 'title' has the character U+0007, which no page shows",
        "3: warning: 'note' has the character U+0002, which no page shows",
        "3: warning: 'note': the link to 'javascript:1' is taken out: only web and mail addresses"
        " stay",
        "4: warning: 'key_points' has the character U+0001, which no page shows",
        "5: warning: 'corrections' has the character U+0003, which no page shows",
    ]


def test_says_nothing_of_what_the_parser_wrote() -> None:
    parsed = Parsed(source="sources/a.txt", sha256="0" * 64, parser=1, wrote={})
    entry = dataclasses.replace(ENTRY, title="\x01", body="<b>[x](javascript:1)\x01", parsed=parsed)
    assert told(entry) == []
    assert len(told(dataclasses.replace(entry, edited=("body",)))) == 3


def test_reads_the_texts_of_the_settings() -> None:
    site = Site(
        title="Quay\x01",
        about="<script>x</script>",
        outlets=(OutletSetting(name="Port Times", note="[x](data:1)"),),
        topics=(TopicSetting(slug="mud", title="Mud", description="W\x02et"),),
    )
    assert [str(problem) for problem in check_site_texts(site)] == [
        "site.yaml: warning: 'about': '<script' is shown as the text it is: HTML is not read\n"
        f"    fix: {MARKDOWN}",
        "site.yaml: warning: 'note' of outlet 'Port Times': the link to 'data:1' is taken out:"
        f" only web and mail addresses stay\n    fix: {HTTPS}",
        "site.yaml: warning: 'title' has the character U+0001, which no page shows\n"
        "    fix: delete it; it is invisible in most editors",
        "site.yaml: warning: topic mud has the character U+0002, which no page shows\n"
        "    fix: delete it; it is invisible in most editors",
    ]


@pytest.mark.parametrize("sign", ["[", "](", "`", "<", "[a]:", "    ", "[a](", "<a ", "<!--"])
def test_a_hostile_line_takes_no_time(sign: str) -> None:
    body(sign * 200_000)
