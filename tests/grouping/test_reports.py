import pytest

from briefbook import Item
from briefbook.grouping.reports import read_report


def test_names_are_told_from_words_that_open_a_sentence() -> None:
    report = read_report(Item("k", "Ferry waits for Liv Aune", "Harbour staff met Arvo Holm."))
    assert set(report.names) == {"liv", "aune", "arvo", "holm"}


def test_numbers_and_names_side_by_side_are_kept_together() -> None:
    report = read_report(Item("k", "Vote in Telde", "The vote is on March 12. Liv Aune leads."))
    assert "12" in report.numbers
    assert {"march 12"} <= set(report.pairs)
    assert "12 liv" not in report.pairs


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("It opened in January 2024.", {"Jan"}),
        ("It may open in Sept. or on 3 May.", {"Sep", "May"}),
        ("It May open on May 7.", {"May"}),
        ("They march on.", set()),
    ],
)
def test_months_are_found(text: str, months: set[str]) -> None:
    assert read_report(Item("k", "", text)).months == months


def test_the_first_weekday_of_the_lead_counts() -> None:
    report = read_report(Item("k", "", "On Monday the port said it would open on Friday."))
    assert report.weekday == "Monday"


@pytest.mark.parametrize("published", [None, "", "soon", "2026-13-40"])
def test_a_date_that_is_none_is_no_day(published: str | None) -> None:
    assert read_report(Item("k", "Title", "Text.", published)).day is None


def test_only_the_beginning_of_a_text_is_read() -> None:
    report = read_report(Item("k", "", "word " * 700 + "Havkatt"))
    assert "havkatt" not in report.whole


def test_words_without_spaces_are_divided() -> None:
    japanese = read_report(Item("k", "", "日韓首脳会談が東京で開かれた。"))
    assert {"首脳", "会談", "東京"} <= set(japanese.whole)
    korean = read_report(Item("k", "", "국방부장관은 서울에서 말했다"))
    assert {"국방", "장관", "서울"} <= set(korean.whole)


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, '"' * 1_000_000, "日" * 1_000_000, "A1 " * 400_000]
)
def test_a_hostile_text_is_read_no_further_than_others(text: str) -> None:
    report = read_report(Item("k", text, text))
    assert len(report.whole) <= 12_000
