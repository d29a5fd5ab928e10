"""Likeness: how likely two reports tell of one event.

Ten kinds of likeness, each weighed; the sum is the logarithm of the odds that two texts are of one
story, as far as words can tell. scripts/fit_stories.py fits the weights.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from briefbook.grouping.reports import Counts, Report
from briefbook.grouping.similarity import Rarity

# Fitted by scripts/fit_stories.py on the development halves of giveme5w, galaxy, basil, wcl and
# ecb: pairs of articles of one event or of two. Likenesses of titles alone, of first sentences and
# of pairs of plain words were tried beside these and filed unseen stories no better.
WEIGHTS = {
    "whole text": 7.22,
    "title and lead": 12.78,
    "names": 1.69,
    "full names and dates": 2.63,
    "numbers": 2.00,
    "a month that both name": 0.21,
    "months that differ": -0.97,
    "weekday": 0.73,
    "both dated": 2.95,
    "days apart": -0.69,
}
BASE = -11.11
# How much the likest member of a story counts beside the average of all.
_LIKEST_SHARE = 0.2

_KIND_WEIGHTS = tuple(WEIGHTS.values())
Lengths = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """A report with the weight of each of its terms, as rare as they are when it arrives."""

    report: Report
    fields: tuple[dict[str, float], ...]  # count times squared rarity, as Report.fields
    lengths: Lengths


def see(report: Report, rarity: Rarity) -> Sight:
    """Weigh the terms of a report by how rare they are now."""
    return sight_of(report, rarity.of_all(report.distinct()))


def sight_of(report: Report, rare: Counts) -> Sight:
    """Weigh the terms of a report, given how rare each of its terms and pairs is."""
    squares = {term: weight**2 for term, weight in rare.items()}
    fields = tuple(
        {term: count * squares[term] for term, count in field.items()} for field in report.fields
    )
    return Sight(report, fields, lengths_by(report, rare))


def lengths_of(report: Report, rarity: Rarity) -> Lengths:
    """Return the lengths of a report's fields as vectors, as rare as its terms are now."""
    return lengths_by(report, rarity.of_all(terms_of(report)))


def terms_of(report: Report) -> Counts:
    """Return all terms of a report that may have lost the light ones of its whole text."""
    return {**report.lead, **report.whole, **report.names, **report.numbers, **report.pairs}


def lengths_by(report: Report, rare: Counts) -> Lengths:
    """Return the lengths of a report's fields, given how rare each of its terms is."""
    return tuple(length_by(field, rare) for field in report.fields)


def length_by(field: Counts, rare: Counts) -> float:
    """Return the length of one field as a vector, given how rare each of its terms is."""
    return math.sqrt(sum([(count * rare[term]) ** 2 for term, count in field.items()]))


def kinds(sight: Sight, other: Report, lengths: Lengths) -> tuple[float, ...]:
    """Return each kind of likeness of a new report and an older one, in the order of WEIGHTS.

    Args:
        sight: The new report.
        other: The older one.
        lengths: Of the older one's fields.
    """
    report = sight.report
    cosines = map(_root_cosine, sight.fields, other.fields, sight.lengths, lengths)
    both_name = bool(report.months and other.months)
    agree = not report.months.isdisjoint(other.months)
    is_dated = report.day is not None and other.day is not None
    return (
        *cosines,
        float(agree),
        float(both_name and not agree),
        _weekday(report, other),
        float(is_dated),
        _days_apart(report, other),
    )


def likeness(sight: Sight, other: Report, lengths: Lengths) -> float:
    """Return the logarithm of the odds that two reports tell of one event."""
    return BASE + weighed(kinds(sight, other, lengths))


def nearness(found: Sequence[float]) -> float:
    """Return how like a report is to a story, given how like it is to members of it."""
    average = sum(found) / len(found)
    return (1 - _LIKEST_SHARE) * average + _LIKEST_SHARE * max(found)


def weighed(found: Sequence[float]) -> float:
    """Return the sum of kinds of likeness, each by its weight."""
    return sum(weight * kind for weight, kind in zip(_KIND_WEIGHTS, found, strict=True))


def _root_cosine(weights: Counts, counts: Counts, one: float, other: float) -> float:
    """Return the root of a cosine: a little in common tells more than a little more."""
    # Few names and numbers are shared, and to see that none is takes no time.
    if not one or not other or weights.keys().isdisjoint(counts):
        return 0.0
    shared = sum([weight * counts[term] for term, weight in weights.items() if term in counts])
    return math.sqrt(shared / (one * other))


def _weekday(one: Report, other: Report) -> float:
    if one.weekday is None or other.weekday is None:
        return 0.0
    return 1.0 if one.weekday == other.weekday else -1.0


def _days_apart(one: Report, other: Report) -> float:
    """Return the logarithm of the days between: no window, as some follow-ups come after months."""
    if one.day is None or other.day is None:
        return 0.0
    return math.log1p(abs(one.day - other.day))


def telling_terms(sight: Sight, other: Report, most: int) -> tuple[str, ...]:
    """Return the shared terms of title and lead that weigh most, heaviest first."""
    weights = sight.fields[1]
    shared = (term for term in weights if term in other.whole)
    return tuple(sorted(shared, key=lambda term: (-weights[term], term))[:most])
