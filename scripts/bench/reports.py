"""Made-up reports of events: by whom, when, whose text, and how they differ.

In: a count and a seed. Out: reports in order of their days. About a tenth tell of events that two
to six outlets report, in their own words with figures that may differ, or by carrying one agency's
text; the others are told once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scripts.bench import phrases
from scripts.bench.writing import Event, Writer

SEED = 11
_START = date(2026, 1, 5)
_MOST_DAYS = 300  # all reports lie within so many days
_FEWEST_A_DAY = 40
_WORDS = (520, 680)  # of an article
_SHARED = 0.1  # share of reports that are of events several outlets report
_TELLERS = (2, 2, 2, 3, 3, 4, 5, 6)
_BY_AGENCY = 0.5  # share of such events that an agency reports
_CARRIED = 0.5  # share of their reports that carry its text
_DIFFERING = 0.4  # share of the others that have another figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as its outlet prints it."""

    title: str
    outlet: str
    author: str
    day: date
    place: str
    agency: tuple[str, str] | None  # name and short form, where the text is that of one
    paragraphs: tuple[str, ...]


def reports(count: int, extra: int = 0, seed: int = SEED) -> Iterator[Report]:
    """Yield `count` reports in order of their days, and `extra` later ones."""
    writer = Writer(seed)
    a_day = max(_FEWEST_A_DAY, count // _MOST_DAYS)
    made: list[Report] = []
    while len(made) < count:
        day = _START + timedelta(days=len(made) // a_day)
        made += _of_event(writer, day)
    made = sorted(made[:count], key=lambda report: report.day)
    yield from made
    last = made[-1].day + timedelta(days=1)
    for _ in range(extra):
        yield _own(writer, writer.event(), writer.one(*phrases.OUTLETS), last)


def _of_event(writer: Writer, day: date) -> list[Report]:
    """Return what is told of the next event."""
    event = writer.event()
    mean = sum(_TELLERS) / len(_TELLERS)
    # Of so many events one is told by several, so that their reports are the share wanted.
    if writer.chance.random() > _SHARED / (_SHARED + (1 - _SHARED) * mean):
        return [_own(writer, event, writer.one(*phrases.OUTLETS), day)]
    outlets = writer.chance.sample(phrases.OUTLETS, writer.chance.choice(_TELLERS))
    agency = _by_agency(writer, event, day) if writer.chance.random() < _BY_AGENCY else None
    found = []
    for outlet in outlets:
        later = day + timedelta(days=writer.chance.choice((0, 0, 0, 1, 2)))
        if agency and writer.chance.random() < _CARRIED:
            found.append(_carried(writer, agency, outlet, later))
        else:
            found.append(_own(writer, event, outlet, later, differs=True))
    return found


def _own(writer: Writer, event: Event, outlet: str, day: date, *, differs: bool = False) -> Report:
    told: dict[str, str] = {}
    if differs and writer.chance.random() < _DIFFERING:
        told["first"] = str(int(event.told["first"]) + writer.chance.randrange(5, 60))
    return Report(
        title=writer.headline(event, told),
        outlet=outlet.replace("_", " "),
        author=writer.person(),
        day=day,
        place=event.told["place"],
        agency=None,
        paragraphs=writer.paragraphs(event, writer.chance.randint(*_WORDS), told),
    )


def _by_agency(writer: Writer, event: Event, day: date) -> Report:
    agency = writer.chance.choice(phrases.AGENCIES)
    own = _own(writer, event, agency[0], day)
    dateline = f"{own.place.upper()}, {own.day:%B} {own.day.day} ({agency[1]}) — "
    return Report(
        title=own.title,
        outlet=own.outlet,
        author=own.author,
        day=day,
        place=own.place,
        agency=agency,
        paragraphs=(dateline + own.paragraphs[0], *own.paragraphs[1:]),
    )


def _carried(writer: Writer, of: Report, outlet: str, day: date) -> Report:
    """Return an agency's report as an outlet prints it: its own headline, maybe shortened."""
    end = writer.chance.choice((None, None, -1, -2))
    return Report(
        title=writer.one(of.title, f"{of.title}, agency reports"),
        outlet=outlet.replace("_", " "),
        author=of.author,
        day=day,
        place=of.place,
        agency=of.agency,
        paragraphs=of.paragraphs[:end],
    )
