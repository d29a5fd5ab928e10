"""Comparing: whether two facts speak of the same, and whether their values agree.

In: two facts of one role, and how telling the words of their story are. Out: how sure it is that
they speak of one fact, 0 to 1, and whether their values can both be right. For numbers a few named
signs are weighed; the weights were fitted by scripts/fit_differences.py, which says on what.
"""

import math
from collections.abc import Mapping, Sequence

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
_CONVERTED = 0.1
# The last figures of a sum or a measure are no dispute; each of the dead is one.
_LAST_FIGURE = 0.005
_EXACT = 1 + 1e-9  # the same number, reckoned in two ways
_FIRST_ROUNDED = 100
# What `signs` weigh, fitted on some 270 pairs of sentences by scripts/fit_differences.py.
_WEIGHTS = {
    "bias": -6.25,
    "words": 1.12,
    "shared": 1.18,
    "near": 0.21,
    "strange": -0.74,
    "lead": 1.57,
    "ratio": 3.51,
    "toll": 2.28,
    "group": -1.14,
    "past": -1.06,
    "alone": 1.36,
    # Set by hand: too rare among the labels. See `_is_precise`.
    "precise": 2.0,
}
_GROWN_UP = 18
_BIRTHDAYS = 2  # a trial may last as long
_LEAP = 2
# Numbers of three figures and more are not this near one another by chance.
_PRECISE = 0.95
_LONG = 3
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
    slack = _EXACT if one.is_toll else 1 + _LAST_FIGURE
    return low <= also_high * slack and also_low <= high * slack


def gives(facts: Sequence[Fact], wanted: Fact, rival: Fact, weights: Weights) -> bool:
    """Tell whether a text gives a value too, of what may be the same, and so disputes it not.

    A toll rises while texts are written: one that gives an earlier one too still differs.

    Args:
        facts: All facts of the role in that text.
        wanted: The fact of another text whose value is looked for.
        rival: The fact of that text which gives another value.
        weights: How telling each term of the story is.
    """
    # A number counts only where it is said of the same.
    least = overlap(wanted.near, rival.near, weights) if wanted.kind == "number" else 0.0
    return not wanted.is_toll and any(
        equal(wanted, fact)
        and not fact.is_more
        and (fact.kind != "date" or bool(fact.events & wanted.events))
        and overlap(wanted.near, fact.near, weights) >= least
        for fact in facts
    )


def agree(one: Fact, other: Fact) -> bool:
    """Tell whether two values of one fact can both be right: hedged and rounded values agree."""
    if one.kind == "date":
        return _days_agree(one.value, other.value)
    if one.kind != "number":
        return equal(one, other)
    (low, high), (also_low, also_high) = one.value, other.value
    if equal(one, other):
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
    is_rounder = abs(exact - value) < _last_figure(value)
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
    return is_rounder and abs(gap) <= 2 * _ROUNDED and value >= _FIRST_ROUNDED


def _last_figure(value: float) -> float:
    """Return what one more in the last figure of a number adds: 10 to 120, 0.01 to 9.35."""
    plain = f"{value:.6f}".rstrip("0").rstrip(".")
    whole, _, decimals = plain.partition(".")
    if decimals:
        return float(10 ** -len(decimals))
    return float(10 ** (len(whole) - len(whole.rstrip("0"))))


def figures(fact: Fact) -> int:
    """Return how many figures the number of a fact is said with."""
    return _figures(fact.value[0] / fact.factor)


def _figures(value: float) -> int:
    """Return how many figures a number is said with: 2 for 120, 3 for 9.35."""
    return len(f"{value:.9f}".replace(".", "").strip("0"))


def sameness(
    one: Fact, other: Fact, story: Story, ones: Sequence[Fact] = (), others: Sequence[Fact] = ()
) -> float:
    """Return how sure it is that two facts of one role and group are the same, 0 to 1.

    Args:
        one: A fact of one text.
        other: A fact of another.
        story: The story both are of.
        ones: All facts of the role and group in the first text.
        others: All of them in the other.
    """
    if one.office is not None and other.office is not None:
        return float(same_person(one.office, other.office))
    if one.kind == "date":
        return _same_event(one, other, story.weights)
    total = _WEIGHTS["bias"]
    for name, value in signs(one, other, story, ones, others).items():
        total += _WEIGHTS[name] * value
    return 1 / (1 + math.exp(-total))


def can_differ(one: Fact, other: Fact) -> bool:
    """Tell whether two values that are not the same contradict one another."""
    if one.office is not None and other.office is not None:
        return exclude(one.office, other.office)
    if one.kind == "date":
        return len(one.value) == len(other.value) and _is_close(one, other)
    if one.role == "age" and _are_a_birthday_apart(one, other):
        return False
    # "12 more" come on top of what was counted before.
    if one.is_more != other.is_more:
        return False
    return not agree(one, other)


def _are_a_birthday_apart(one: Fact, other: Fact) -> bool:
    """Tell whether two ages of a grown-up may be right, each when it was written."""
    low, high = sorted((one.value[0], other.value[0]))
    return low >= _GROWN_UP and high - low <= _BIRTHDAYS


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
    if len(one.value) > 2 and one.words & other.words:
        return 1.0  # one fair of two lengths: spans of days are rarer than days
    likeness = overlap(one.words, other.words, weights) + overlap(one.near, other.near, weights)
    return min(1.0, likeness / _SAME_EVENT / 2)


def signs(
    one: Fact, other: Fact, story: Story, ones: Sequence[Fact], others: Sequence[Fact]
) -> dict[str, float]:
    """Return what speaks for and against two numbers being of one fact, each about 0 to 1."""
    is_lead = one.place <= _LEAD and other.place <= _LEAD
    alone = len({f.value for f in ones}) == len({f.value for f in others}) == 1
    weights = story.weights
    low, high = sorted((one.value[0], other.value[0]))
    return {
        "words": overlap(one.words, other.words, weights),
        "shared": math.log1p(_weight(one.words & other.words, weights)),
        "near": overlap(one.near, other.near, weights),
        "lead": float(one.is_toll and is_lead),
        "strange": (_strange(one, story.names[other.item]) + _strange(other, story.names[one.item]))
        / 2,
        # Small counts go up by leaps: 1 and 4 are as near as 10 and 25.
        "ratio": (low + _LEAP) / (high + _LEAP),
        "toll": float(one.is_toll),
        "group": float(one.is_toll and bool(one.group)),
        # Below the first sentences a toll with a year is of another event, or of more than one.
        "past": float(one.is_toll and (one.is_past or other.is_past) and not is_lead),
        "alone": float(alone),
        "precise": float(_is_precise(one, other, ones, others)),
    }


def _is_precise(one: Fact, other: Fact, ones: Sequence[Fact], others: Sequence[Fact]) -> bool:
    """Tell whether two long numbers are near one another, and no other of their size is about."""
    low, high = sorted((one.value[0], other.value[0]))
    if low < _PRECISE * high or min(figures(one), figures(other)) < _LONG:
        return False
    sizes = (
        {f.value for f in facts if low < 2 * f.value[0] < 4 * high} for facts in (ones, others)
    )
    return all(len(values) == 1 for values in sizes)


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
