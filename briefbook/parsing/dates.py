"""Dates as people write them.

In: a line of text. Out: the dates in it with their offsets. Nothing here decides whether a date is
a publication date; `metadata.py` does, from where the line stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

_MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia",
    "february feb februar février févr fevrier febrero febbraio fevereiro fev februari lutego",
    "march mar märz maerz mrz mars marzo março marco maart mrt marca",
    "april apr avril avr abril abr aprile kwietnia",
    "may mai mayo maggio mag maio mei maja",
    "june jun juni juin junio giugno giu junho czerwca",
    "july jul juli juillet juil julio luglio lug julho lipca",
    "august aug août aout agosto ago augustus sierpnia",
    "september sep sept septembre septiembre setiembre settembre set setembro września",
    "october oct okt oktober octobre octubre ottobre ott outubro out października",
    "november nov novembre noviembre novembro listopada",
    "december dec dez dezember décembre déc decembre diciembre dic dicembre dezembro grudnia",
)
_MONTH = {name: n for n, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_M = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d{1,2})"
_FORMS = (
    re.compile(rf"(?<!\d){_YEAR}-(?P<m>\d{{1,2}})-{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}[./](?P<m>\d{{1,2}})[./]{_DAY}(?!\d)"),
    re.compile(rf"\b(?P<name>{_M})\b\.?\s+{_DAY}(?:st|nd|rd|th)?\b,?\s+(?:at\s+)?{_YEAR}\b", re.I),
    re.compile(
        rf"(?<![\d.]){_DAY}(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+(?:of\s+|de\s+|di\s+)?"
        rf"(?P<name>{_M})\b\.?,?[\s-]+(?:de\s+|del\s+)?{_YEAR}\b",
        re.I,
    ),
    re.compile(rf"{_YEAR}\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日일]"),
)
_DIGIT = re.compile(r"\d")
# Day and month as numbers: which is which depends on the reader's country.
_NUMERIC = re.compile(rf"(?<![\d./])(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}})[./]{_YEAR}(?!\.?\d)")
_TIME = re.compile(
    r"[\s,T|–-]{1,4}(?:at\s+)?(?P<h>\d{1,2})[:.h](?P<min>\d\d)(?::\d\d(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?\s*(?P<zone>Z\b|UTC\b|GMT\b|KST\b|[+-]\d\d:?\d\d)?",
    re.I,
)
# Only American papers write these beside a date: there the month comes first.
_AMERICAN = re.compile(r"\b[ECMP][SD]?T\b|\d\s*[AP]\.?M\b")
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "kst": 9}


@dataclass(frozen=True, slots=True)
class DateFound:
    """One date in a line."""

    value: date | datetime  # a datetime, always aware, where the line gives time and zone
    start: int  # offset of the date in the line
    end: int  # offset after it, its time included
    is_ambiguous: bool = False  # day and month could be the other way round


def find_dates(line: str, *, day_first: bool = True) -> tuple[DateFound, ...]:
    """Return the dates of a line that name day, month and year, in order.

    Args:
        line: One line of text; of very long ones only the first 1,000 characters are read.
        day_first: How 04/05/2025 is read where both are possible.
    """
    line = line[:1000]
    if not _DIGIT.search(line):
        return ()  # most lines, and each is asked for more than once
    found: list[DateFound] = []
    american = bool(_AMERICAN.search(line))
    dates = _dates(line, day_first and not american)
    for start, end, day, two_ways in sorted(dates, key=lambda f: (f[0], -f[1])):
        if not found or start >= found[-1].end:
            value, end = _with_time(line, end, day)
            found.append(DateFound(value, start, end, two_ways and not american))
    return tuple(found)


def _dates(line: str, day_first: bool) -> Iterator[tuple[int, int, date, bool]]:
    for form in _FORMS:
        for match in form.finditer(line):
            parts = match.groupdict()
            month = int(parts["m"]) if parts.get("m") else _MONTH[parts["name"].casefold()]
            if day := _date(parts["y"], month, parts["d"]):
                yield match.start(), match.end(), day, False
    for match in _NUMERIC.finditer(line):
        first, second = int(match["a"]), int(match["b"])
        orders = [(second, first), (first, second)]  # (month, day)
        for month, number in orders if day_first else orders[::-1]:
            if day := _date(match["y"], month, number):
                two_ways = first != second and first <= 12 and second <= 12
                yield match.start(), match.end(), day, two_ways
                break


def _date(year: str, month: int, day: str | int) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def _with_time(line: str, end: int, day: date) -> tuple[date | datetime, int]:
    """Add the time that follows a date; without a known zone it only lengthens the match."""
    match = _TIME.match(line, end)
    if not match:
        return day, end
    hour, minute = int(match["h"]), int(match["min"])
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        return day, end
    zone = _zone(match["zone"])
    if zone is None:
        return day, match.end()
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone), match.end()


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if (hours := _ZONES.get(text.casefold())) is not None:
        return timezone(timedelta(hours=hours))
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(sign * offset) if offset < timedelta(hours=15) else None
