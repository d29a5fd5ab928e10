from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.yamlfields import Fields, read_fields


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def read(text: str, *known: str) -> Fields:
    return read_fields(text, "a.yaml", known=known or None)


def said(fields: Fields) -> list[str]:
    return [str(problem) for problem in fields.problems]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("1899", "1899", id="a number"),
        pytest.param("on", "on", id="a word YAML takes for true"),
        pytest.param("2025-04-23", "2025-04-23", id="a date"),
        pytest.param("1e3", "1e3", id="a number with an exponent"),
        pytest.param("'Update #2'", "Update #2", id="single quotes"),
        pytest.param('"a \\u2028 b"', "a \u2028 b", id="an escape"),
        pytest.param("plain\n  goes on", "plain goes on", id="a plain text on two lines"),
        pytest.param("|\n  one\n  two", "one two", id="a block text where a line is wanted"),
        pytest.param('"  wide  "', "wide", id="white space around it"),
        pytest.param("Null", "Null", id="a surname that looks like nothing"),
    ],
)
def test_takes_a_text_as_it_is_written(written: str, text: str) -> None:
    fields = read(f"title: {written}\n")
    assert fields.text("title") == text
    assert not fields.problems


@pytest.mark.parametrize("written", ["", "~", "null", '""', '"  "', "# a comment", "|"])
def test_takes_a_key_with_nothing_behind_it_as_absent(written: str) -> None:
    fields = read(f"title: {written}\n")
    assert fields.text("title") is None
    assert "title" not in fields
    assert fields.lines == {"title": 1}
    assert not fields.problems


def test_keeps_the_lines_of_a_long_text_when_asked() -> None:
    assert read("about: |\n  one\n\n  two\n").text("about", lines=True) == "one\n\ntwo"


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        pytest.param("Ann", ("Ann",), id="one text is a list of one"),
        pytest.param("[Ann, 'Bob, Jr.']", ("Ann", "Bob, Jr."), id="in brackets"),
        pytest.param("\n  - Ann\n  - 2025\n  - no", ("Ann", "2025", "no"), id="on lines"),
        pytest.param("[Ann, '', ~x]", ("Ann", "~x"), id="empty ones are left out"),
        pytest.param("[]", (), id="an empty list"),
    ],
)
def test_takes_a_list_of_texts_as_it_is_written(written: str, texts: tuple[str, ...]) -> None:
    fields = read(f"authors: {written}\n")
    assert fields.texts("authors") == texts
    assert not fields.problems


def test_says_all_mistakes_of_a_mapping_at_once() -> None:
    fields = read("title: [a]\nauthors: 5\ntitel: x\ntitle: y\n", "title", "authors")
    assert fields.text("title") is None
    assert fields.texts("authors") is None
    assert said(fields) == [
        "a.yaml:4: error: the key 'title' stands twice, on lines 1 and 4\n"
        "    fix: delete one of the two",
        "a.yaml:3: error: unknown key 'titel'\n"
        "    fix: did you mean 'title'? The keys are title, authors",
        "a.yaml:1: error: 'title' must be a text, not a list\n    fix: write title: \"…\"",
        "a.yaml:2: error: 'authors' must be a list of texts, not a number\n"
        '    fix: write authors: ["…", "…"]',
    ]


def test_names_the_line_of_a_wrong_item_in_a_list() -> None:
    fields = read("authors:\n  - Ann\n  - {name: Bob}\n")
    assert fields.texts("authors") == ("Ann",)
    assert said(fields) == [
        "a.yaml:3: error: 'authors' must be a list of texts; one of its items is a group of keys\n"
        "    fix: put the item in double quotes"
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_reads_an_empty_text_as_no_keys(text: str) -> None:
    fields = read(text, "title")
    assert fields.text("title") is None
    assert not fields.problems


KST = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("2025-04-23", date(2025, 4, 23), id="a date"),
        pytest.param('"2025-04-23"', date(2025, 4, 23), id="a date in quotes"),
        pytest.param("2025-4-3", date(2025, 4, 3), id="without zeros"),
        pytest.param("2025-04-23T09:00:00Z", datetime(2025, 4, 23, 9, tzinfo=UTC), id="UTC"),
        pytest.param("2025-04-23 09:00", datetime(2025, 4, 23, 9, tzinfo=KST), id="no offset"),
        pytest.param(
            "2025-04-23t09:00:30.25 -3:30",
            datetime(2025, 4, 23, 9, 0, 30, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
            id="YAML's widest form",
        ),
    ],
)
def test_reads_a_date_in_all_its_forms(written: str, value: date) -> None:
    fields = read(f"published: {written}\n")
    found = fields.date("published", ZoneInfo("Asia/Seoul"))
    assert not fields.problems
    assert (found, type(found)) == (value, type(value))
    if isinstance(found, datetime) and isinstance(value, datetime):
        assert found.utcoffset() == value.utcoffset()


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("April 23", "'April 23' is not a date as 'published' needs it"),
        ("2025-02-30", "there is no such date as '2025-02-30'"),
        ("2025-04-23T25:00", "there is no such date as '2025-04-23T25:00'"),
        ("0001-01-01T00:00+09:00", "there is no such date as '0001-01-01T00:00+09:00'"),
        ("1000-01-01T00:00+14:00", "there is no such date as '1000-01-01T00:00+14:00'"),
        ("9998-12-31T23:59-14:00", "there is no such date as '9998-12-31T23:59-14:00'"),
        ("0206-01-01", "there is no such date as '0206-01-01'"),
        ("9999-12-31", "there is no such date as '9999-12-31'"),
        ("0000-01-01", "there is no such date as '0000-01-01'"),
        ("2025-04-23T09:00+99:00", "there is no such date as '2025-04-23T09:00+99:00'"),
    ],
)
def test_refuses_a_date_that_is_none(written: str, what: str) -> None:
    fields = read(f"published: {written}\n")
    assert fields.date("published") is None
    assert [problem.what for problem in fields.problems] == [what]


def test_reads_a_date_alone_as_the_first_minute_of_the_day_where_the_site_is() -> None:
    fields = read("added: 2025-04-23\n")
    assert fields.moment("added", KST) == datetime(2025, 4, 22, 15, tzinfo=UTC)


def test_suggests_the_word_that_was_meant() -> None:
    fields = read("colour: gren\n")
    assert fields.choice("colour", Colour) is None
    assert said(fields) == [
        "a.yaml:1: error: unknown colour 'gren'\n"
        "    fix: did you mean 'green'? It is one of red, green"
    ]


@pytest.mark.parametrize(
    "slug", ["../etc", "Upper", "a--b", "-a", "a/b", "a.b", "ä", "a" * 81, "con\\..", "a\u202eb"]
)
def test_refuses_a_slug_that_could_leave_its_folder_or_hide(slug: str) -> None:
    fields = read_fields(f'slug: "{slug}"\n'.replace("\\", "\\\\"), "a.yaml")
    assert fields.slug("slug") is None
    assert len(fields.problems) == 1
    assert fields.problems[0].fix == (
        "use only a–z, 0–9 and single hyphens between them, at most 80 characters"
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://a.example/",
        "https://",
        "//a.example",
        "a.example",
        "https://a b/",
        "https://a.example:x/",
        "https://[::1",
        'https://a.example/"onload=',
        "https://a.example/\u202eb",
    ],
)
def test_refuses_what_is_no_web_address(address: str) -> None:
    fields = read(f"url: '{address}'\n")
    assert fields.url("url") is None
    assert len(fields.problems) == 1


def test_reads_groups_and_says_where_one_is_none() -> None:
    fields = read("topics:\n  - slug: a\n    titel: A\n  - b\n")
    inner = fields.groups("topics", known=("slug", "title"))
    assert [group.slug("slug") for group in inner] == ["a"]
    assert said(fields) == [
        "a.yaml:4: error: each item of 'topics' must be a group of keys, not a text\n"
        "    fix: write '- slug: …' with the other keys below it",
        "a.yaml:3: error: unknown key 'titel'\n"
        "    fix: did you mean 'title'? The keys are slug, title",
    ]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_never_fails_on_any_text(text: str) -> None:
    fields = read(text, "title", "authors")
    fields.text("title")
    fields.texts("authors")
    assert all(problem.place.line for problem in fields.problems)


@settings(deadline=None)
@given(st.text(alphabet="ab: -[]{},\"'|>#&*!%@`?\n\r\t~=<\x85\u2028", max_size=60))
def test_never_fails_on_what_looks_like_yaml(text: str) -> None:
    fields = read(text)
    for key in fields.lines:
        fields.texts(key)


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("1000-01-01T00:00+14:00", "Asia/Seoul"),
        ("9998-12-31T23:59-14:00", "UTC"),
        ("9998-12-31T23:59Z", "Asia/Seoul"),
    ],
)
def test_refuses_a_moment_that_could_not_be_read_again_where_it_is_written(
    written: str, zone: str
) -> None:
    fields = read(f"publish_after: {written}\n")
    assert fields.moment_in("publish_after", ZoneInfo(zone)) is None
    assert [str(problem.what) for problem in fields.problems] == [
        f"there is no such date as '{written}'"
    ]
