from datetime import date, datetime

import pytest
from hypothesis import given as given_by_hypothesis
from hypothesis import strategies as st

from briefbook.parsing.dates import find_dates


@pytest.mark.cases("dates")
def test_finds_the_dates_of_a_line(given: str, expected: str) -> None:
    found = [f"{d.value.isoformat()}: {given[d.start : d.end]}" for d in find_dates(given)]
    assert "\n".join(found) == expected


@given_by_hypothesis(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_finds_every_day_in_every_usual_form(day: date) -> None:
    for form in ("%B %d, %Y", "%d %B %Y", "%b. %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d"):
        assert [found.value for found in find_dates(f"on {day:{form}} it rained")] == [day]


@given_by_hypothesis(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_reads_the_month_first_when_told_so(day: date) -> None:
    (found,) = find_dates(f"{day:%m/%d/%Y}", day_first=False)
    assert found.value == day


@given_by_hypothesis(st.text(alphabet=st.sampled_from("0123456789 -/.:,T+apmZUTCMayst")))
def test_never_fails_and_never_overlaps(line: str) -> None:
    end = 0
    for found in find_dates(line):
        assert end <= found.start < found.end <= len(line)
        assert not isinstance(found.value, datetime) or found.value.tzinfo is not None
        end = found.end
