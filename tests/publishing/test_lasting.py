"""What is known of languages is what those say who know them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from briefbook.publishing import lasting, templates, words


@pytest.fixture(autouse=True)
def _nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(lasting, "KNOWN", {})
    yield


@pytest.mark.parametrize("language", ["en", "ko", "ar", "fr-CA", "pt-BR", "de"])
def test_says_what_babel_says(language: str) -> None:
    locale = words.locale_of(language)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(0, 24 * 370, 25):
        moment = start + timedelta(hours=hours, minutes=hours % 60)
        day, time = moment.date(), (moment.hour, moment.minute)
        for _ in range(2):  # worked out, then known
            assert templates._written_day(language, day) == format_date(day, "long", locale)
            told = templates._written_time(language, *time)
            assert told == format_skeleton("Hm", moment, tzinfo=UTC, locale=locale)
            month = templates._written_month(language, day.year, day.month)
            assert month == format_skeleton("yMMMM", moment, tzinfo=UTC, locale=locale)
    for number in (0, 1, 2, 3, 5, 11, 21, 999, 1000, 1234567):
        assert words._written(language, number) == format_decimal(number, locale=locale)
        assert words._plural_form(language, number) == locale.plural_form(number)


def test_what_is_known_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2026, 11, 21)
    said = templates._written_day("en", day)
    monkeypatch.setattr(templates, "locale_of", None)
    assert templates._written_day("en", day) == said == "November 21, 2026"


def test_no_more_is_kept_than_a_site_of_decades_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lasting, "_MOST", 3)
    for number in range(4):
        assert lasting.known(("number", number), lambda number=number: number) == number  # type: ignore[misc]
    assert lasting.KNOWN == {("number", 3): 3}
