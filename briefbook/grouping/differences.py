"""Differences: facts on which the texts of one story disagree.

In: the items of one story. Out: rows, each with two claims or more that name different numbers for
the same thing. A first version, and a shy one: only numbers with the same unit, in sentences that
plainly speak of the same; hedged and rounded values agree; where unsure, nothing is said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefbook.model import Claim, Difference, Item
from briefbook.text.sentences import split
from briefbook.text.words import STOP_WORDS, fold_word, telling_words, words

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
_YEAR = re.compile(r"(?:19|20)\d\d$")
# Sentences must share this part of the shorter one's telling words to speak of the same fact.
_SAME_FACT = 0.3
_FEWEST_SHARED = 3
# Values nearer than this part of each other are rounded forms of one.
_ROUNDED = 0.01
_HEDGED = 0.1
_RANGE_UNIT = "days"


@dataclass(frozen=True, slots=True)
class _Fact:
    item: str
    value: float | tuple[str, int, int]
    unit: str
    said: str
    sentence: str
    context: frozenset[str]
    hedged: bool


def differences(items: Sequence[Item]) -> tuple[Difference, ...]:
    """Return the facts on which the texts of one story differ, in the order of the first item.

    Each claim's value and sentence are verbatim; a row never holds two claims of one item.
    """
    by_item = [list(_facts(item)) for item in items]
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
                rows.append(Difference(_subject(row), tuple(map(_claim, row))))
    return tuple(rows)


def _claim(fact: _Fact) -> Claim:
    return Claim(fact.item, fact.said, fact.sentence)


def _subject(row: Sequence[_Fact]) -> str:
    """Return the words the sentences share, in the order of the first."""
    shared = frozenset.intersection(*(fact.context for fact in row))
    seen = dict.fromkeys(w for w in words(row[0].sentence) if fold_word(w) in shared)
    return " ".join(list(seen)[:5])


def _facts(item: Item) -> Iterator[_Fact]:
    for sentence in split(item.text):
        context = frozenset(w for w in telling_words(sentence) if not w[0].isdigit())
        for match in _RANGE.finditer(sentence):
            month = (match["month"] or match["other"]).casefold()
            first, last = int(match["a"] or match["c"]), int(match["b"] or match["d"])
            if first < last <= 31:
                yield _Fact(
                    item.key,
                    (month, first, last),
                    _RANGE_UNIT,
                    match["value"],
                    sentence,
                    context - {month},
                    False,
                )
        for match in _NUMBER.finditer(sentence):
            if fact := _number(item, sentence, match, context):
                yield fact


def _number(
    item: Item, sentence: str, match: re.Match[str], context: frozenset[str]
) -> _Fact | None:
    digits = match["digits"]
    if _YEAR.match(digits) and not (match["scale"] or match["percent"] or match["money"]):
        return None
    plain = digits if re.fullmatch(r"\d+,\d{1,2}", digits) is None else digits.replace(",", ".")
    value = float(plain.replace(",", "")) * _SCALE.get((match["scale"] or "").casefold(), 1.0)
    unit = _unit(match)
    if not unit:
        return None
    end = match.end("percent") if match["percent"] else match.end("scale")
    end = max(end, match.end("digits"))
    said = sentence[match.start() : end].strip()
    if match["unit"] and not match["percent"]:
        said = f"{said} {match['unit'].split()[0]}" if not match["money"] else said
    hedged = bool(match["hedge"])
    return _Fact(item.key, value, unit, said, sentence, context, hedged)


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
    best: tuple[float, _Fact] | None = None
    for other in facts:
        if other.unit != fact.unit:
            continue
        shared = len(fact.context & other.context)
        likeness = shared / max(1, min(len(fact.context), len(other.context)))
        if shared >= _FEWEST_SHARED and likeness >= _SAME_FACT and (not best or likeness > best[0]):
            best = (likeness, other)
    if best is None or _agree(fact, best[1]):
        return None
    return best[1]


def _agree(one: _Fact, other: _Fact) -> bool:
    if isinstance(one.value, tuple) or isinstance(other.value, tuple):
        return one.value == other.value
    tolerance = _HEDGED if one.hedged or other.hedged else _ROUNDED
    return abs(one.value - other.value) <= tolerance * max(abs(one.value), abs(other.value))
