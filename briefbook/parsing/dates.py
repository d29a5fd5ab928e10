"""Dates as people write them.

In: a line of text. Out: the dates in it with their offsets. Nothing here decides whether a date is
a publication date; `publication.py` does, from where the line stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from briefbook.parsing.characters import has_digit

# Full names, cut ones and the cases they stand in, in the languages an editor meets most.
_MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia "
    "styczeń sty leden ledna ocak января يناير كانون_الثاني جانفي",
    "february feb februar feber febr février févr fevrier febrero febbraio fevereiro fev "
    "februari lutego luty şubat февраля فبراير شباط فيفري",
    "march mar märz maerz mär mrz mars marzo março marca marzec maart mrt mart марта مارس آذار",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi nisan апреля "
    "أبريل ابريل نيسان أفريل",
    "may mai mayo maggio mag maio mei maja maj mayıs мая مايو أيار ماي",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze haziran июня يونيو حزيران جوان",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip temmuz июля "
    "يوليو تموز جويلية",
    "august aug août aout agosto ago augustus augusti sierpnia sierpień sie ağustos августа "
    "أغسطس اغسطس آب أوت",
    "september sep sept septembre septiembre setiembre settembre set setembro września wrzesień "
    "wrz eylül сентября سبتمبر أيلول",
    "october oct okt oktober octobre octubre ottobre ott outubro out października październik "
    "paź ekim октября أكتوبر اكتوبر تشرين_الأول",
    "november nov novembre noviembre novembro listopada listopad lis kasım ноября "
    "نوفمبر تشرين_الثاني",
    "december dec dez dezember décembre déc decembre diciembre dic dicembre dezembro grudnia "
    "grudzień gru aralık декабря ديسمبر كانون_الأول",
)
# Hebrew, where "in March" is one word; and other spellings of Arabic months.
_OTHER_NAMES = (
    "ינואר בינואר",
    "פברואר בפברואר",
    "מרץ במרץ מרס במרס",
    "إبريل אפריל באפריל",
    "מאי במאי",
    "يونيه יוני ביוני",
    "يوليه יולי ביולי",
    "אוגוסט באוגוסט",
    "ספטמבר בספטמבר",
    "אוקטובר באוקטובר",
    "נובמבר בנובמבר",
    "דצמבר בדצמבר",
)
_MONTH = {
    name.replace("_", " "): n
    for table in (_MONTH_NAMES, _OTHER_NAMES)
    for n, names in enumerate(table, 1)
    for name in names.split()
}
# Whether the word is a month is looked up afterwards: all names would be tried at each letter.
_M = r"[^\W\d_]{3,12}(?:\s(?:الثاني|الأول))?"
# A year may touch the next word ("2022Updated"), the day of a date ("20196. Mai") or a time.
_YEAR = rf"(?P<y>(?:19|20)\d\d)(?!\d(?!\d?[.\s]*(?:{_M})\b|\d?:\d\d))"
_PLAIN_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
# "23" stands for a year only in a date of numbers or beside a cut month.
_SHORT = r"(?:(?P<short>\d\d)(?!\d))"
_DAY = r"(?P<d>\d{1,2})"
_TOUCHES = r"(?:st|nd|rd|th|er|re|º|ª|°|\.)?"
_FORMS = (
    re.compile(rf"(?<!\d){_PLAIN_YEAR}-(?P<m>\d{{1,2}})-{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_PLAIN_YEAR}[./]\s?(?P<m>\d{{1,2}})[./]\s?{_DAY}(?!\d)"),
    re.compile(rf"{_PLAIN_YEAR}\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日일]"),
)
_NAMED = (
    re.compile(
        rf"(?<![^\W\d_])(?P<name>{_M})\b\.?\s*{_DAY}(?!\d){_TOUCHES},?\s*(?:at\s+|de\s+|of\s+)?{_YEAR}",
        re.I,
    ),
    re.compile(
        rf"(?<![\d.]){_DAY}{_TOUCHES}(?:\s*de\s+|\s+of\s+|\s+di\s+|[\s\-/]*)"
        rf"(?P<name>{_M})\b\.?,?[\s\-/]*(?:de\s+|del\s+)?(?:{_YEAR}|’?'?{_SHORT}(?!\s?(?:uhr|h|:|\.\d)))",
        re.I,
    ),
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_FIRST_WORDS = frozenset(name.split()[0] for name in _MONTH)
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d(?:[-./]\s?\d|\s?[年년])")
# Most lines with digits hold no date; this sees it at the price of one search.
_MAY_BE = re.compile(
    r"\d(?:(?:(?<=1)9|(?<=2)0)\d\d|[./-]\s?\d{1,2}[./-]\s?\d\d|"
    r"\d?\.?\s?-?[^\W\d_]{3,9}\.?\s?-?'?\d\d)"
)
# The same for a line of ASCII, where it is quicker.
_ASCII_MAY_BE = re.compile(
    r"[0-9](?:(?:(?<=1)9|(?<=2)0)[0-9][0-9]|[./-]\s?[0-9]{1,2}[./-]\s?[0-9][0-9]|"
    r"[0-9]?\.?\s?-?[A-Za-z]{3,9}\.?\s?-?'?[0-9][0-9])"
)
# Day and month as numbers: which is which depends on the reader's country.
_NUMERIC = re.compile(
    rf"(?<![\d./\-])(?P<a>\d{{1,2}})(?P<by>[./\-])\s?(?P<b>\d{{1,2}})(?P=by)\s?"
    rf"(?:{_PLAIN_YEAR}(?!\.\d|/\d)|{_SHORT}(?!\.?\d|[/%€$]|\s?(?:%|€|\$)))"
)
_TIME = re.compile(
    r"(?:[\s,;|–\-/·•@()]{0,4}(?:at\s+|um\s+|à\s+|a\s+las\s+|alle\s+(?:ore\s+)?|ore\s+|às\s+|om\s+|godz\.?\s+)?|T)"
    r"(?<![\d])(?P<h>\d{1,2})[:.h](?P<min>\d\d)(?!\.?\d)(?::\d\d(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*uhr\b)?\s*(?P<zone>Z\b|UTC\b|GMT\b|KST\b|[+-]\d\d:?\d\d)?",
    re.I,
)
# Only American papers write these beside a date: there the month comes first.
_AMERICAN = re.compile(r"\b[ECMP][SD]?T\b|\d\s*[AP]\.?M\b")
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "kst": 9}
# Arabic and Persian digits.
_DIGITS = {start + n: str(n) for start in (0x660, 0x6F0) for n in range(10)}
_FOREIGN_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
# "1.2.19" may be a version; with a year of two digits day and month need three digits together.
_PLAIN_DIGITS = 3
# A year of two digits is one between 1990, when the web began, and 2039; others are no years.
_SHORT_YEARS = {f"{year % 100:02}": year for year in range(1990, 2040)}


@dataclass(frozen=True, slots=True)
class DateFound:
    """One date in a line."""

    value: date | datetime  # a datetime, always aware, where the line gives time and zone
    start: int  # offset of the date in the line
    end: int  # offset after it, its time included
    is_ambiguous: bool = False  # day and month could be the other way round
    has_time: bool = False
    order: str = ""  # day | month: which plainly comes first where both are numbers


def find_dates(line: str, *, day_first: bool = True) -> tuple[DateFound, ...]:
    """Return the dates of a line that name day, month and year, in order.

    Args:
        line: One line of text; of very long ones only the first 1,000 characters are read.
        day_first: How 04/05/2025 is read where both are possible.
    """
    line = line[:1000]
    if not line.isascii() and _FOREIGN_DIGIT.search(line):
        line = line.translate(_DIGITS)
    if not has_digit(line) or not (_ASCII_MAY_BE if line.isascii() else _MAY_BE).search(line):
        return ()  # most lines
    found: list[DateFound] = []
    american = bool(_AMERICAN.search(line))
    dates = _dates(line, day_first and not american)
    for start, end, day, order in sorted(dates, key=lambda f: (f[0], -f[1])):
        if not found or start >= found[-1].end:
            value, end, has_time = _with_time(line, end, day)
            two_ways = order == "either" and not american
            found.append(
                DateFound(value, start, end, two_ways, has_time, "" if order == "either" else order)
            )
    return tuple(found)


def _dates(line: str, day_first: bool) -> Iterator[tuple[int, int, date, str]]:
    """Yield start, end, day and order of each date: day | month | either, "" where it is plain."""
    for form in _FORMS if _YEAR_FIRST.search(line) else ():
        for match in form.finditer(line):
            if day := _date(int(match["y"]), int(match["m"]), match["d"]):
                yield match.start(), match.end(), day, ""
    named = not _FIRST_WORDS.isdisjoint(map(str.casefold, _LETTERS.findall(line)))
    for form in _NAMED if named else ():
        for match in form.finditer(line):
            month = _MONTH.get(" ".join(match["name"].casefold().split()))
            if month and (day := _date(_year(match.groupdict()), month, match["d"])):
                yield match.start(), match.end(), day, ""
    for match in _NUMERIC.finditer(line):
        if match["short"] and len(match["a"] + match["b"]) < _PLAIN_DIGITS:
            continue
        first, second = int(match["a"]), int(match["b"])
        # Nobody writes the month first and stops between: 1.5.2025 is a day of May everywhere.
        stops = match["by"] == "."
        orders = [(second, first), (first, second)]  # (month, day)
        for month, number in orders if day_first or stops else orders[::-1]:
            if day := _date(_year(match.groupdict()), month, number):
                either = first != second and first <= 12 and second <= 12 and not stops
                plain = "day" if month == second else "month"
                yield match.start(), match.end(), day, "either" if either else plain
                break


def _year(parts: dict[str, str]) -> int:
    if short := parts.get("short"):
        return _SHORT_YEARS.get(short, 0)  # 0 is no year of a date
    return int(parts["y"])


def _date(year: int, month: int, day: str | int) -> date | None:
    try:
        return date(year, month, int(day))
    except ValueError:
        return None


def _with_time(line: str, end: int, day: date) -> tuple[date | datetime, int, bool]:
    """Add the time that follows a date; without a known zone it only lengthens the match."""
    match = _TIME.match(line, end)
    if not match:
        return day, end, False
    hour, minute = int(match["h"]), int(match["min"])
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if hour > 23 or minute > 59:
        return day, end, False
    zone = _zone(match["zone"])
    if zone is None:
        return day, match.end(), True
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone), match.end(), True


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if (hours := _ZONES.get(text.casefold())) is not None:
        return timezone(timedelta(hours=hours))
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(sign * offset) if offset < timedelta(hours=15) else None
