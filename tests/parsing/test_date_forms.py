"""Dates of publication in the languages an editor meets, and dates that are none."""

from collections.abc import Callable
from datetime import date

import pytest

from briefbook import parse_text
from briefbook.parsing.dates import find_dates

from .conftest import Parsed

Parse = Callable[[str], Parsed]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Stand: 12.03.2019, 14:05 Uhr", date(2019, 3, 12)),
        ("vom 12. März 2019", date(2019, 3, 12)),
        ("Dienstag, 12.3.19", date(2019, 3, 12)),
        ("8.Dezember 2010 um 09:43", date(2010, 12, 8)),
        ("03.Mär.19", date(2019, 3, 3)),
        ("2019/03/12", date(2019, 3, 12)),
        ("2019-03-12T14:05", date(2019, 3, 12)),
        ("Tuesday | April 26, 2022 | 9:52 PM", date(2022, 4, 26)),
        ("mardi 1er août 2023 à 10h30", date(2023, 8, 1)),
        ("3 de marzo del 2019", date(2019, 3, 3)),
        ("miércoles, 4 de mayo de 202207:59 hs", date(2022, 5, 4)),
        ("lunedì 6 gennaio 2020, ore 8:15", date(2020, 1, 6)),
        ("12 de março de 2019", date(2019, 3, 12)),
        ("5 maart 2021 om 9.30", date(2021, 3, 5)),
        ("2 stycznia 2020 r.", date(2020, 1, 2)),
        ("2019년 3월 12일", date(2019, 3, 12)),
        ("2020. 3. 4.", date(2020, 3, 4)),
        ("2019年3月12日", date(2019, 3, 12)),
        ("12 مارس 2019", date(2019, 3, 12)),
        ("١٢ آذار ٢٠١٩", date(2019, 3, 12)),
        ("3 تشرين الثاني 2021", date(2021, 11, 3)),
    ],
)
def test_reads_a_date_as_it_is_written_in_many_languages(line: str, day: date) -> None:
    assert [f"{found.value:%Y-%m-%d}" for found in find_dates(line)] == [day.isoformat()]


@pytest.mark.parametrize(
    "line",
    [
        "version 1.2.3",
        "1.2.19",
        "12 Mai 19 Uhr",
        "die Seiten 17-19 04.2015",
        "12 people 2019",
        "31.04.19",
        "12.03.55",
    ],
)
def test_what_only_looks_like_a_date_is_none(line: str) -> None:
    assert find_dates(line) == ()


def test_a_date_that_touches_the_next_one_is_read() -> None:
    first, *_ = find_dates("28. Juni 201914. Januar 2020")
    assert first.value == date(2019, 6, 28)


TEXT = (
    "The ferry line to the northern islands was sold to the state on Monday.\n\n"
    "The state pays nine million for three ships and a quay, the ministry wrote.\n"
)
HEADLINE = "Ferry line sold to the state\n\n"


@pytest.mark.parametrize(
    ("line", "other", "day"),
    [
        ("Published: 04/05/2025", "", None),
        ("Published: 04/05/2025", "Last visited 23/05/2025\n", date(2025, 5, 4)),
        ("Published: 04/05/2025", "Last visited 05/23/2025\n", date(2025, 4, 5)),
        ("Published: 04/05/2025 3:15 PM", "", date(2025, 4, 5)),
        ("Published: 04.05.2025", "", date(2025, 5, 4)),
    ],
    ids=["open", "a day over twelve", "a month second", "American time", "stops"],
)
def test_another_date_of_the_page_settles_which_number_is_the_day(
    line: str, other: str, day: date | None
) -> None:
    assert parse_text(f"{HEADLINE}{line}\n\n{TEXT}\n{other}").published == day


@pytest.mark.parametrize(
    "given",
    [
        "[headline]\n\n[text]\n\nThe port was bought on 2 May 1996 by a bank that sold it again.",
        "[headline]\n\n[text]\n\nComments\n\nOle Lund says:\n\n4 May 2024 at 9:12\n\nAt last.\n",
        "[headline]\n\n[text]\n\nRead next\n\nNew quay for Skarnes\n\n3 March 2024\n",
    ],
    ids=["prose", "comment", "teaser"],
)
def test_another_date_is_not_the_date_of_the_text(parse: Parse, given: str) -> None:
    assert parse(given).article.published is None


def test_the_date_below_the_headline_wins_over_the_day_the_page_was_shown(parse: Parse) -> None:
    given = "Mudflat Post\nFriday, 9 May 2025\n\n[headline]\n\n2 May 2025\n\n[text]"
    assert parse(given).article.published == date(2025, 5, 2)
