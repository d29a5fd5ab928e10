"""Comparing: whether two facts speak of the same, and whether their values agree.

In: two facts of one role, and how telling the words of their story are. Out: how sure it is that
they speak of one fact, 0 to 1, and whether their values can both be right. For numbers a few named
signs are weighed; the weights were fitted by scripts/fit_differences.py, which says on what.
"""

import math
from collections.abc import Mapping

from briefbook.grouping.dated import WEEKDAYS
from briefbook.grouping.facts import Fact, Story
from briefbook.grouping.offices import exclude, is_same_office, same_person
from briefbook.grouping.quantities import Hedge

# "More than 200" is said of 226, hardly of 300; "nearly 300" of 270, hardly of 200.
_A_LITTLE_MORE = 0.3
_A_LITTLE_LESS = 0.15
_ABOUT = 0.07
# Without a hedge a number is rounded less, and small ones not at all.
_ROUNDED = 0.03
_CONVERTED = 0.08
_LAST_FIGURE = 0.005
_EXACT = 1 + 1e-9  # the same number, reckoned in two ways
_FIRST_ROUNDED = 100
# What `signs` weigh, fitted.
_WEIGHTS = {
    "bias": -5.55,
    "words": 1.05,
    "shared": 0.96,
    "near": 0.33,
    "strange": -0.89,
    "lead": 1.92,
    "ratio": 3.5,
    "toll": 1.94,
    "group": -1.21,
    "past": -0.49,
    "alone": 1.19,
    "said": -0.82,
}
_LEAP = 2
_LEAD = 3  # sentences, the headline not counted
# Days: the same event is dated a day or two apart, never a season.
_CLOSE_DAYS = 2
_CLOSE_YEARS = 1
_SAME_EVENT = 0.75

Weights = Mapping[str, float]


def equal(one: Fact, other: Fact) -> bool:
    """Tell whether two facts give one value, hedges and last figures aside."""
    if one.office is not None and other.office is not None:
        return is_same_office(one.office, other.office)
    if one.kind != other.kind or one.kind != "number":
        return one.kind == other.kind and one.value == other.value
    (low, high), (also_low, also_high) = one.value, other.value
    return low <= also_high * (1 + _ROUNDED / 2) and also_low <= high * (1 + _ROUNDED / 2)


def agree(one: Fact, other: Fact) -> bool:
    """Tell whether two values of one fact can both be right: hedged and rounded values agree."""
    if one.kind == "date":
        return _days_agree(one.value, other.value)
    if one.kind != "number":
        return equal(one, other)
    (low, high), (also_low, also_high) = one.value, other.value
    # Two last figures of a sum or a measure are no dispute; each of the dead is one.
    slack = 1 if one.is_toll else 1 + _LAST_FIGURE
    if low <= also_high * slack * _EXACT and also_low <= high * slack * _EXACT:
        return True
    if low != high or also_low != also_high:
        return False
    return _covers(one, also_low, other.factor) or _covers(other, low, one.factor)


def _days_agree(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """A day within a range agrees with it."""
    if len(one) == len(other):
        return one == other
    short, long = sorted((one, other), key=len)
    return long[:2] <= short <= long[2:]


def _covers(said: Fact, exact: float, factor: float) -> bool:
    """Tell whether a number as it is said can stand for an exact one."""
    value = said.value[0]
    gap = (exact - value) / max(value, 1e-9)
    is_rounder = _figures(value) < _figures(exact) or _figures(value) == 1
    if said.hedge is Hedge.LEAST and not said.is_toll:
        return 0 <= gap <= 1
    # The dead are counted, "at least 27" as well as 28; only a round number is an estimate.
    if said.hedge is Hedge.MORE or (said.hedge is Hedge.LEAST and is_rounder and value >= 10):
        return 0 <= gap <= _A_LITTLE_MORE
    if said.hedge is Hedge.MOST:
        return -_A_LITTLE_LESS <= gap <= 0
    if said.hedge is Hedge.ABOUT:
        return abs(gap) <= _ABOUT and (is_rounder or value >= _FIRST_ROUNDED)
    if said.factor != factor:
        # "10 miles" are "15 kilometres", and to many a nautical mile is a mile.
        return abs(gap) <= _CONVERTED or math.isclose(value / said.factor, exact / factor)
    # "9 million" for 9.3 million.
    tolerance = 2 * _ROUNDED if value >= 1e6 else _ROUNDED
    return is_rounder and abs(gap) <= tolerance and value >= _FIRST_ROUNDED


def figures(fact: Fact) -> int:
    """Return how many figures the number of a fact is said with."""
    return _figures(fact.value[0] / fact.factor)


def _figures(value: float) -> int:
    """Return how many figures a number is said with: 2 for 120, 3 for 9.35."""
    return len(f"{value:.9f}".replace(".", "").strip("0"))


def sameness(one: Fact, other: Fact, story: Story, said: int = 0, alone: bool = False) -> float:
    """Return how sure it is that two facts of one role and group are the same, 0 to 1.

    Args:
        one: A fact of one text.
        other: A fact of another.
        story: The story both are of.
        said: How many of the two values the other's text gives too, somewhere.
        alone: Whether neither text gives a second value for the role.
    """
    if one.office is not None and other.office is not None:
        return float(same_person(one.office, other.office))
    if one.kind == "date":
        return _same_event(one, other, story.weights)
    total = _WEIGHTS["bias"]
    for name, value in signs(one, other, story, said, alone).items():
        total += _WEIGHTS[name] * value
    return 1 / (1 + math.exp(-total))


def can_differ(one: Fact, other: Fact) -> bool:
    """Tell whether two values that are not the same contradict one another."""
    if one.office is not None and other.office is not None:
        return exclude(one.office, other.office)
    if one.kind == "date":
        return len(one.value) == len(other.value) and _is_close(one, other)
    # "12 more" come on top of what was counted before.
    if one.is_more != other.is_more:
        return False
    return not agree(one, other)


def _is_close(one: Fact, other: Fact) -> bool:
    first, second = one.value, other.value
    if one.role == "weekday":
        gap = abs(int(first[0]) - int(second[0]))
        return min(gap, len(WEEKDAYS) - gap) <= _CLOSE_DAYS
    if one.role == "year":
        return abs(first[0] - second[0]) <= _CLOSE_YEARS
    if one.role == "month":
        return abs(first[0] - second[0]) in (1, 11)
    year = {fact.year for fact in (one, other) if fact.year}
    days = abs(31 * first[0] + first[1] - 31 * second[0] - second[1])
    return len(year) < 2 and (days <= _CLOSE_DAYS or (len(first) == 4 and days <= 7))


def _same_event(one: Fact, other: Fact, weights: Weights) -> float:
    if not one.events & other.events:
        return 0.0
    likeness = overlap(one.words, other.words, weights) + overlap(one.near, other.near, weights)
    return min(1.0, likeness / _SAME_EVENT / 2)


def signs(one: Fact, other: Fact, story: Story, said: int, alone: bool) -> dict[str, float]:
    """Return what speaks for and against two numbers being of one fact, each about 0 to 1."""
    weights = story.weights
    low, high = sorted((one.value[0], other.value[0]))
    return {
        "words": overlap(one.words, other.words, weights),
        "shared": math.log1p(_weight(one.words & other.words, weights)),
        "near": overlap(one.near, other.near, weights),
        "lead": float(one.is_toll and one.place <= _LEAD and other.place <= _LEAD),
        "strange": (_strange(one, story.names[other.item]) + _strange(other, story.names[one.item]))
        / 2,
        # Small counts go up by leaps: 1 and 4 are as near as 10 and 25.
        "ratio": (low + _LEAP) / (high + _LEAP),
        "toll": float(one.is_toll),
        "group": float(one.is_toll and bool(one.group)),
        "past": float(one.is_past != other.is_past),
        "alone": float(alone),
        "said": float(said),
    }


def _strange(fact: Fact, known: frozenset[str]) -> float:
    """Return what part of a sentence's names another text does not know."""
    return len(fact.names - known) / max(1, len(fact.names))


def overlap(one: frozenset[str], other: frozenset[str], weights: Weights) -> float:
    """Return the weight two sets of terms share, as a part of the lighter one's."""
    shared = _weight(one & other, weights)
    return shared / min(_weight(one, weights), _weight(other, weights)) if shared else 0.0


def _weight(terms: frozenset[str], weights: Weights) -> float:
    # fsum: the order of a set must not show in the last digit.
    return math.fsum(weights.get(term, 0.0) for term in terms)
