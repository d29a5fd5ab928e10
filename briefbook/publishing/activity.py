"""Activity: how many reports of a topic each month brought, as bars and as a table.

In: a topic. Out: the bars, ready to be drawn. A report counts for the month its outlet published it
in; those without a date are counted apart, as the day they were added here says nothing of them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from briefbook.asking import joined, parted
from briefbook.publishing.contents import Contents, month_of

# Two years are seen at a glance on a phone.
MOST_MONTHS = 24
# Of the drawing, in its own units; the page stretches it.
_STEP, _BAR, _HEIGHT = 10, 8, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One month."""

    month: date  # its first day
    count: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """The months of a topic up to its newest report, oldest first, empty ones too."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    highest: int  # reports of the fullest month
    before: int  # reports older than the first bar
    undated: int  # reports whose texts name no date


def activity(contents: Contents, topic: str) -> Activity | None:
    """Return the activity of a topic; None where all is of one month: nothing to compare."""
    counted = contents.reported.counts(joined(topic, ""))
    reported = {parted(key)[-1]: count for key, count in counted}
    undated = reported.pop("", 0)
    counts = Counter({month_of(month): count for month, count in reported.items()})
    if len(counts) < 2:
        return None
    months = _months(min(counts), max(counts))
    highest = max(counts[month] for month in months)
    bars = tuple(
        Bar(
            month=month,
            count=counts[month],
            x=number * _STEP,
            y=_HEIGHT - (height := round(_HEIGHT * counts[month] / highest)),
            width=_BAR,
            height=height,
        )
        for number, month in enumerate(months)
    )
    return Activity(
        bars=bars,
        width=len(bars) * _STEP - (_STEP - _BAR),
        height=_HEIGHT,
        highest=highest,
        before=counts.total() - sum(bar.count for bar in bars),
        undated=undated,
    )


def _months(first: date, last: date) -> list[date]:
    """Return the months from first to last, at most the newest that a chart has room for."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers[-MOST_MONTHS:]]
