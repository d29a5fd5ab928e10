"""The news of a year: what comes in on a day, as raw texts in all the shapes that pastes have.

In: a day and its source of chance. Out: texts with what is known of them. Some events are told by
several outlets over some days, in their own words with other figures, or by carrying one agency's
text word for word. No sentence means anything.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from scripts.bench import phrases
from scripts.bench.furniture import raw_text
from scripts.bench.reports import Report
from scripts.bench.writing import Event, Writer

_WORDS = (70, 150)  # of an article
_TOLD_AGAIN = 0.22  # share of events that several outlets report
_CARRIED = 0.4  # share of those whose reports carry one text


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One raw text."""

    path: str  # where it comes to lie
    text: str
    report: Report


@dataclass(frozen=True, slots=True)
class _Due:
    """A further report of an event that was told before."""

    day: date
    event: Event
    first: Report
    is_carried: bool


class Agency:
    """What happens in a year. It can be pickled, between its days."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._due: list[_Due] = []
        self._count = 0

    def begin(self, day: date) -> None:
        """Begin a day, which is the same whatever the days before have used up."""
        self._writer = Writer(self._seed * 1000 + day.toordinal())

    def of_day(self, day: date, count: int) -> list[News]:
        """Return the texts that come in on a day: reports of earlier events first."""
        due = [one for one in self._due if one.day <= day][:count]
        self._due = [one for one in self._due if one not in due]
        reports = [self._again(one, day) for one in due]
        reports += [self._new(day) for _ in range(count - len(reports))]
        return [self._news(report) for report in reports]

    def changed(self, news: News) -> News:
        """Return a text as its outlet has it later: other figures, a sentence more."""
        writer = self._writer
        words = news.report.paragraphs
        other = f"{writer.chance.randrange(1000, 9000)}"
        last = f"A later count found {other} {writer.word()} {writer.word()} in {writer.word()}."
        report = replace(news.report, paragraphs=(*words[:-1], f"{words[-1]} {last}"))
        return replace(news, report=report, text=raw_text(report, writer.chance)[0])

    def _new(self, day: date) -> Report:
        writer, chance = self._writer, self._writer.chance
        event = writer.event()
        report = self._report(event, day, {})
        if chance.random() < _TOLD_AGAIN:
            is_carried = chance.random() < _CARRIED
            if is_carried:
                report = replace(report, agency=chance.choice(phrases.AGENCIES))
            for _ in range(chance.choice((1, 1, 2, 3))):
                later = day + timedelta(days=chance.choice((0, 1, 1, 2, 5)))
                self._due.append(_Due(later, event, report, is_carried))
        return report

    def _report(self, event: Event, day: date, told: dict[str, str]) -> Report:
        writer = self._writer
        return Report(
            title=writer.headline(event, told),
            outlet=writer.one(*phrases.OUTLETS).replace("_", " "),
            author=writer.person(),
            day=day,
            place=event.told["place"],
            agency=None,
            paragraphs=writer.paragraphs(event, writer.chance.randint(*_WORDS), told),
        )

    def _again(self, one: _Due, day: date) -> Report:
        if one.is_carried:
            outlet = self._writer.one(*phrases.OUTLETS).replace("_", " ")
            return replace(one.first, outlet=outlet, day=day)
        figure = self._writer.chance.randrange(5, 60)
        told = {"first": str(int(one.event.told["first"]) + figure)} if figure % 2 else {}
        return self._report(one.event, day, told)

    def _news(self, report: Report) -> News:
        self._count += 1
        text, end = raw_text(report, self._writer.chance)
        path = f"sources/{report.day:%Y/%m}/{self._count:05}{end}"
        return News(path=path, text=text, report=report)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "_writer"}
