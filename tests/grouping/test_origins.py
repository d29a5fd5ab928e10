from datetime import UTC, datetime

from briefbook.grouping import find_origins
from briefbook.model import Entry, Origin, OutletSetting
from briefbook.problems import Place

AGENCY_TEXT = (
    "The port of Skarnes bought the dredger Havkatt on Monday for 41 million kroner. Harbour "
    "master Liv Aune wants to clear the northern channel of sand before the summer comes."
)
OWN_TEXT = (
    "A ship that three ports had turned down has found a home at last. Skarnes council voted for "
    "it by eleven to two, though nobody could say what the repairs would cost the town."
)


def entry(slug: str, body: str, outlet: str | None = None, origin: str | None = None) -> Entry:
    return Entry(
        place=Place(f"briefings/{slug}.md"),
        id=f"urn:uuid:{slug}",
        slug=slug,
        title="Skarnes buys a dredger",
        added=datetime(2026, 5, 5, tzinfo=UTC),
        body=body,
        outlet=outlet,
        origin=origin,
    )


def test_two_texts_of_two_outlets_are_two_origins() -> None:
    entries = [entry("a", AGENCY_TEXT, "Mudflat Post"), entry("b", OWN_TEXT, "Tidewater Times")]
    assert find_origins(entries) == (
        Origin(name="Mudflat Post", entries=("a",)),
        Origin(name="Tidewater Times", entries=("b",)),
    )


def test_a_credit_to_one_agency_makes_one_origin() -> None:
    entries = [
        entry("a", AGENCY_TEXT, "Mudflat Post", "Tidewater Agency"),
        entry("b", OWN_TEXT, "Tidewater Times", "TIDEWATER AGENCY"),
    ]
    assert find_origins(entries) == (Origin(name="Tidewater Agency", entries=("a", "b")),)


def test_a_credit_to_an_outlet_joins_its_own_text() -> None:
    entries = [
        entry("a", AGENCY_TEXT, "Mudflat Post"),
        entry("b", OWN_TEXT, "Tidewater Times", "Mudflat Post"),
    ]
    assert find_origins(entries) == (Origin(name="Mudflat Post", entries=("a", "b")),)


def test_the_same_text_is_one_origin_without_any_credit() -> None:
    changed = AGENCY_TEXT.replace("on Monday ", "") + " It rained all day."
    entries = [entry("a", AGENCY_TEXT, "Mudflat Post"), entry("b", changed, "Tidewater Times")]
    assert find_origins(entries) == (Origin(name="Mudflat Post", entries=("a", "b")),)


def test_two_own_reports_of_one_outlet_are_two_texts() -> None:
    entries = [entry("a", AGENCY_TEXT, "Mudflat Post"), entry("b", OWN_TEXT, "Mudflat Post")]
    assert [origin.entries for origin in find_origins(entries)] == [("a",), ("b",)]


def test_the_editors_aliases_join_spellings() -> None:
    outlets = [OutletSetting(name="Tidewater Agency", aliases=("TA", "tidewater.example"))]
    entries = [
        entry("a", AGENCY_TEXT, "Mudflat Post", "TA"),
        entry("b", OWN_TEXT, "Tidewater Times", "tidewater.example"),
    ]
    assert [origin.entries for origin in find_origins(entries, outlets)] == [("a", "b")]
    assert [origin.entries for origin in find_origins(entries)] == [("a",), ("b",)]


def test_marks_of_markdown_do_not_hide_an_equal_text() -> None:
    marked = AGENCY_TEXT.replace("dredger Havkatt", "*dredger* **Havkatt**")
    entries = [entry("a", AGENCY_TEXT, "Mudflat Post"), entry("b", marked, "Tidewater Times")]
    assert [origin.entries for origin in find_origins(entries)] == [("a", "b")]


def test_texts_without_outlet_credit_or_words_stand_alone() -> None:
    entries = [entry("a", ""), entry("b", "")]
    assert find_origins(entries) == (
        Origin(name="", entries=("a",)),
        Origin(name="", entries=("b",)),
    )
    assert find_origins([]) == ()
