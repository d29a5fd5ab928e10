"""Differences: facts on which the texts of one story disagree.

In: the items of one story. Out: rows, each with two claims or more that name different numbers for
the same thing. A first version, and a shy one: only numbers with the same unit, in sentences that
plainly speak of the same; hedged and rounded values agree; where unsure, nothing is said.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from briefbook.grouping.similarity import terms
from briefbook.model import Claim, Difference, Item
from briefbook.text.sentences import split
from briefbook.text.words import STOP_WORDS, fold_word, words

_NUMBER = re.compile(
    r"(?P<hedge>\b(?:about|around|some|nearly|almost|roughly|approximately|more than|over|at least|"
    r"up to|less than|fewer than|under)\s+)?"
    r"(?<![\w.,-])(?P<money>[$€£₩])?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+|\d+)"
    r"(?:\s*(?P<scale>thousand|million|billion|trillion))?(?P<percent>\s*(?:%|percent|per cent))?"
    r"(?:\s+(?P<unit>(?:[^\W\d_][\w-]*\s+){0,2}[^\W\d_][\w-]*))?",
    re.I,
)
_RANGE = re.compile(
    r"\b(?:from\s+|between\s+)?(?P<value>(?P<month>(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December))\s+(?P<a>\d{1,2})\s*(?:to|-|–|and)\s*(?P<b>\d{1,2})"
    r"|(?P<c>\d{1,2})\s*(?:to|-|–|and)\s*(?P<d>\d{1,2})\s+(?P<other>(?:January|February|March|April|"
    r"May|June|July|August|September|October|November|December)))\b"
)
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MONTHS = frozenset(
    """january february march april may june july august september october november
    december""".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
# Sentences must share this part of the shorter one's telling words to speak of the same fact.
_SAME_FACT = 0.3
_FEWEST_SHARED = 3
_SUBJECT_WORDS = 5
# What readers call values of a unit.
_KINDS = {
    "days": "dates",
    "percent": "share",
    "won": "amount in won",
    "dollar": "amount in dollars",
    "euro": "amount in euros",
    **dict.fromkeys("$€£", "amount"),
}
# Values that could be two readings of one number may share only the sentences around them.
_NEAR = 0.75
# And values farther apart than this are two facts, whatever stands around them.
_FAR = 0.2
_TELLING_NUMBER = 50
_FEWEST_AROUND = 3
# Values nearer than this part of each other are rounded forms of one.
_ROUNDED = 0.01
_HEDGED = 0.1
_RANGE_UNIT = "days"
# Each number of a text is compared with each of another: of hostile texts only this many.
_MOST_FACTS = 300


@dataclass(frozen=True, slots=True)
class _Fact:
    item: str
    value: float | tuple[str, int, int]
    unit: str
    said: str
    sentence: str
    context: frozenset[str]  # telling words of the sentence
    around: frozenset[str]  # and of its neighbours in the paragraph
    hedged: bool


def differences(items: Sequence[Item]) -> tuple[Difference, ...]:
    """Return the facts on which the texts of one story differ, in the order of the first item.

    Each claim's value and sentence are verbatim; a row never holds two claims of one item.
    """
    return shown_differences(items, lambda _: True)


def shown_differences(
    items: Sequence[Item], may_show: Callable[[Claim], bool]
) -> tuple[Difference, ...]:
    """Return the differences without the claims that may not be shown, and nothing made of them."""
    by_item = [list(islice(_facts(item), _MOST_FACTS)) for item in items]
    rows: list[Difference] = []
    used: set[tuple[str, str, str]] = set()
    for i, facts in enumerate(by_item):
        for fact in facts:
            if (fact.item, fact.said, fact.sentence) in used:
                continue
            others = [_counterpart(fact, later) for later in by_item[i + 1 :]]
            row = [fact, *(other for other in others if other is not None)]
            if len(row) > 1:
                used.update((f.item, f.said, f.sentence) for f in row)
            row = [f for f in row if may_show(_claim(f))]
            if len(row) > 1:
                rows.append(Difference(_subject(row), tuple(map(_claim, row))))
    return tuple(rows)


def _claim(fact: _Fact) -> Claim:
    return Claim(fact.item, fact.said, fact.sentence)


def _subject(row: Sequence[_Fact]) -> str:
    """Return the kind of value and the words the sentences share, as the first says them."""
    first = row[0]
    kind = _KINDS.get(first.unit, first.said.split()[-1] if " " in first.said else first.unit)
    shared = frozenset.intersection(*(fact.context for fact in row)) - {first.unit}
    said = dict.fromkeys(w for w in words(first.sentence) if shared.intersection(terms(w)))
    return f"{kind}: {' '.join(list(said)[:_SUBJECT_WORDS])}" if said else kind


def _facts(item: Item) -> Iterator[_Fact]:
    for paragraph in item.text.split("\n"):
        sentences = split(paragraph)
        contexts = [_context(sentence) for sentence in sentences]
        for i, sentence in enumerate(sentences):
            around = frozenset().union(*contexts[max(0, i - 1) : i + 2])
            for value, unit, said, hedged in (*_day_ranges(sentence), *_numbers(sentence)):
                yield _Fact(item.key, value, unit, said, sentence, contexts[i], around, hedged)


def _context(sentence: str) -> frozenset[str]:
    return frozenset(terms(sentence)) - _MONTHS - frozenset(_SCALE)


_Reading = tuple[float | tuple[str, int, int], str, str, bool]  # value, unit, as said, hedged


def _day_ranges(sentence: str) -> Iterator[_Reading]:
    for match in _RANGE.finditer(sentence):
        month = (match["month"] or match["other"]).casefold()
        first, last = int(match["a"] or match["c"]), int(match["b"] or match["d"])
        if first < last <= 31:
            yield (month, first, last), _RANGE_UNIT, match["value"], False


def _numbers(sentence: str) -> Iterator[_Reading]:
    for match in _NUMBER.finditer(sentence):
        digits, unit = match["digits"], _unit(match)
        bare = not (match["scale"] or match["percent"] or match["money"])
        if not unit or (bare and _YEAR.match(digits)):
            continue
        # "135,8" has a decimal comma, "135,800" has none.
        plain = digits.replace(",", "." if re.fullmatch(r"\d+,\d{1,2}", digits) else "")
        value = float(plain) * _SCALE.get((match["scale"] or "").casefold(), 1.0)
        yield value, unit, _said(sentence, match), bool(match["hedge"])


def _said(sentence: str, match: re.Match[str]) -> str:
    """Return the number with its unit as the sentence has it."""
    end = max(match.end("digits"), match.end("scale"), match.end("percent"))
    if match["unit"] and not match["percent"] and not match["money"]:
        end = match.start("unit") + len(match["unit"].split()[0])
    return sentence[match.start() : end].strip()


def _unit(match: re.Match[str]) -> str:
    if match["percent"]:
        return "percent"
    if match["money"]:
        return match["money"]
    for word in (match["unit"] or "").split():
        folded = fold_word(word)
        if folded in ("won", "dollars", "dollar", "euros"):
            return folded.rstrip("s")
    first = (match["unit"] or "").split()
    unit = fold_word(first[0]) if first else ""
    return "" if unit in STOP_WORDS else unit.rstrip("s")


def _counterpart(fact: _Fact, facts: Sequence[_Fact]) -> _Fact | None:
    """Return the fact of another item that speaks of the same and differs, if it is plain."""
    same = [(s, other) for other in facts if (s := _sameness(fact, other)) > 0]
    if not same:
        return None
    _, best = max(same, key=lambda pair: pair[0])
    # Where the other text has the same value anywhere near, the two agree.
    if any(_agree(fact, other) for _, other in same):
        return None
    return best


def _sameness(one: _Fact, other: _Fact) -> float:
    """Return how plainly two facts are about the same thing, 0 where they are not."""
    if one.unit != other.unit or not _comparable(one, other):
        return 0.0
    shared = len((one.context & other.context) - {one.unit})
    likeness = shared / max(1, min(len(one.context), len(other.context)))
    if shared >= _FEWEST_SHARED and likeness >= _SAME_FACT:
        return 1.0 + likeness
    around = len((one.around & other.around) - {one.unit})
    if _near(one, other) and around >= _FEWEST_AROUND:
        return around / max(1, min(len(one.around), len(other.around)))
    return 0.0


def _comparable(one: _Fact, other: _Fact) -> bool:
    if isinstance(one.value, tuple) or isinstance(other.value, tuple):
        return isinstance(one.value, tuple) and isinstance(other.value, tuple)
    small, large = sorted((one.value, other.value))
    return small >= _FAR * large


def _near(one: _Fact, other: _Fact) -> bool:
    """Tell whether two values could be two readings of one fact."""
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        (month, a, b), (also, c, d) = one.value, other.value
        return month == also and a <= d and c <= b
    if isinstance(one.value, tuple) or isinstance(other.value, tuple):
        return False
    small, large = sorted((one.value, other.value))
    # Small counts are near one another by chance.
    return large >= _TELLING_NUMBER and small >= _NEAR * large


def _agree(one: _Fact, other: _Fact) -> bool:
    if isinstance(one.value, tuple) or isinstance(other.value, tuple):
        return one.value == other.value
    tolerance = _HEDGED if one.hedged or other.hedged else _ROUNDED
    return abs(one.value - other.value) <= tolerance * max(abs(one.value), abs(other.value))
