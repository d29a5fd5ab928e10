"""What is said of a text goes above it, in its own encoding and line ends, and the text stays."""

import codecs
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.adding.sourceheader import read_given, values_of, with_header
from briefbook.briefing import Value
from briefbook.reading import make_source

TEXT = "Ferry to the islands\n\nIt sails at noon, the harbour said.\n"
SAID: dict[str, Value] = {"outlet": "Harbour Wire", "published": date(2026, 3, 3)}


def put(content: bytes, values: dict[str, Value], path: str = "sources/a.txt") -> bytes:
    return with_header(content, make_source(content, path), values)


def test_a_header_is_put_above_a_text() -> None:
    assert put(TEXT.encode(), SAID).decode() == (
        f'---\noutlet: "Harbour Wire"\npublished: 2026-03-03\n---\n{TEXT}'
    )


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "cp1252"),
    ],
    ids=["utf-8", "with mark", "utf-16-le", "utf-16-be", "utf-16 without mark", "windows-1252"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_the_text_stays_to_the_byte_in_every_encoding(mark: bytes, codec: str, end: str) -> None:
    text = "Fähre zu den Inseln\n\nSie fährt um zwölf, sagte der Hafen.\n".replace("\n", end)
    content = mark + text.encode(codec)
    result = put(content, {"outlet": "항구 신문 ✓", "authors": ("Ada Ü",)})
    assert result.startswith(mark)
    assert result.endswith(content[len(mark) :])
    source = make_source(result, "sources/a.txt")
    assert source.header.outlet == "항구 신문 ✓"
    assert source.header.authors == ("Ada Ü",)
    assert source.lines == tuple(text.split(end)[:-1])
    head = result[len(mark) : -len(content[len(mark) :])].decode(codec)
    assert head.count(end) == 4
    assert head.replace(end, "").isprintable()


def test_the_header_of_a_text_stays_and_is_given_more() -> None:
    content = f"---\n# from the wire\noutlet: Wire  # short\n---\n{TEXT}".encode()
    assert put(content, {"language": "en"}).decode() == (
        f"---\n# from the wire\noutlet: Wire  # short\nlanguage: en\n---\n{TEXT}"
    )
    assert put(content, {"outlet": "Harbour Wire"}).decode() == (
        f'---\n# from the wire\noutlet: "Harbour Wire"  # short\n---\n{TEXT}'
    )


def test_not_a_byte_changes_where_nothing_new_is_said() -> None:
    content = f"---\noutlet:   'Harbour Wire'\n---\r\n{TEXT}".encode()
    assert put(content, {"outlet": "Harbour Wire"}) == content
    assert put(TEXT.encode(), {}) == TEXT.encode()


def test_a_rule_above_a_text_is_no_header() -> None:
    content = f"---\nFerry times\n---\n{TEXT}".encode()
    result = put(content, SAID)
    assert result.endswith(content)
    assert make_source(result, "sources/a.txt").lines[:2] == ("---", "Ferry times")


def test_what_was_given_is_read_as_strictly_as_a_header() -> None:
    header, problems = read_given(
        {
            "url": "wire.example",
            "outlet": "Wire",
            "authors": ["Ada", ""],
            "published": "2026-02-30",
            "language": "english!",
            "topics": ["The Port"],
            "publish": "al",
        },
        UTC,
    )
    assert (header.outlet, header.authors, header.published) == ("Wire", ("Ada",), None)
    assert "\n".join(map(str, problems)) == (
        "--language: error: 'english!' is not a language tag\n    fix: write one such as en or "
        "pt-BR\n"
        "--publish: error: unknown publish 'al'\n    fix: It is one of extract, full\n"
        "--published: error: there is no such date as '2026-02-30'\n    fix: correct the date\n"
        "--topic: error: 'The Port' cannot be a part of an address, as 'topics' is\n    fix: use "
        "only a–z, 0–9 and single hyphens between them, at most 80 characters\n"
        "--url: error: 'wire.example' is not a web address\n    fix: write url: https://… in full, "
        "or leave it out"
    )


@given(st.text(max_size=30), st.lists(st.text(max_size=20), max_size=3))
def test_whatever_is_given_comes_back_or_is_refused(outlet: str, authors: list[str]) -> None:
    header, problems = read_given({"outlet": outlet, "authors": authors}, UTC)
    values = values_of(header)
    if values and not problems:
        again = make_source(put(TEXT.encode(), values), "sources/a.txt").header
        assert values_of(again) == values


def test_moments_and_lists_are_written_as_they_are_read() -> None:
    values: dict[str, Value] = {
        "retrieved": datetime(2026, 11, 21, 18, tzinfo=UTC),
        "topics": ("port", "farming"),
        "publish": "full",
        "url": "https://wire.example/a?b=1&c=#2",
    }
    header = make_source(put(TEXT.encode(), values), "sources/a.txt").header
    assert values_of(header) == values
