"""Reports: what of a text tells which event it is about.

In: an item. Out: its terms as a whole, in title and lead, its names, its numbers, and the months,
weekday and day it speaks of. Only the beginning of a text is read: the event stands there.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from briefbook.grouping.similarity import word_terms
from briefbook.model import Item
from briefbook.text.words import parts_without_spaces, words

# Words of a text that are read; 300 and 1,200 were tried, both were a little worse.
_WHOLE_WORDS = 600
_LEAD_WORDS = 150
_NAME_WORDS = 300
_TITLE_WORDS = 60
# A text without spaces is bounded by its length.
_MOST_CHARACTERS = 12_000
_TITLE_WEIGHT = 3
_NAME_WEIGHT = 1.6
# Longer runs without spaces are read each time; the others are words that come back.
_CACHED_CHARACTERS = 40

_SENTENCE_END = re.compile(r"[.!?:\"“”]['\"”’)]*$")
_END_CHARACTERS = 4
_HANGUL = re.compile("[\uac00-\ud7af]{3,}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# "May" is a month only beside a day: it is a verb too.
_MONTH = re.compile(
    r"\b(?:(?P<month>Jan(?:uary)?|Feb(?:ruary)?|March|April|June|July|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b|(?P<may>May(?= \d{1,2}\b)|(?<=\d )May\b))"
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAY_WORDS = 100

Counts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """One text as filing into stories sees it."""

    whole: Counts  # damped counts of the terms of title and text
    lead: Counts  # of title and first words; the title and names count more
    names: Counts  # names and acronyms of the first words, each once
    pairs: Counts  # two names or numbers that stand side by side, each once
    numbers: Counts  # each once
    months: frozenset[str]  # that are named
    weekday: str | None  # the first one named in the lead
    day: int | None  # of publication, counted from the year 1

    @property
    def fields(self) -> tuple[Counts, ...]:
        """What is compared by the terms shared, in the order of the weights."""
        return (self.whole, self.lead, self.names, self.pairs, self.numbers)

    def distinct(self) -> Iterator[str]:
        """Yield each term and each pair once, to count in how many texts it stands."""
        yield from self.whole
        yield from self.pairs


class _Reading:
    """Counts, while the words of title and text go by."""

    def __init__(self) -> None:
        self.whole: Counter[str] = Counter()
        self.lead: dict[str, float] = {}
        self.names: dict[str, float] = {}
        self.pairs: dict[str, float] = {}
        self.numbers: dict[str, float] = {}

    def read(self, tokens: Iterable[str], most: int, weight: int, lead: int, names: int) -> None:
        """Take in words in order; the numbers say how many, their weight, and what they are."""
        starts, before, place = True, "", 0
        for token in tokens:
            found, ends = _read_token(token)
            for term, is_telling, is_capital in found:
                if place >= most:
                    return
                special = is_telling or (is_capital and not starts)
                self.whole[term] += 1
                if place < lead:
                    more = weight * (_NAME_WEIGHT if special else 1)
                    self.lead[term] = self.lead.get(term, 0) + more
                if _has_digit(term):
                    self.numbers[term] = 1
                elif special and place < names:
                    self.names[term] = 1
                if special and before:
                    self.pairs[f"{before} {term}"] = 1
                before = term if special else ""
                place += len(found) > _PARTS_OF_A_WORD
            starts = ends
            place += len(found) <= _PARTS_OF_A_WORD
            if ends:
                before = ""


# Of more parts is only what stands without spaces between its words.
_PARTS_OF_A_WORD = 4


def read_report(item: Item) -> Report:
    """Return what of an item tells which event it is about."""
    title = item.title[:_MOST_CHARACTERS].split()[:_TITLE_WORDS]
    tokens = item.text[:_MOST_CHARACTERS].split()[:_WHOLE_WORDS]
    reading = _Reading()
    reading.read(title, _TITLE_WORDS, _TITLE_WEIGHT, _TITLE_WORDS, _TITLE_WORDS)
    reading.read(tokens, _WHOLE_WORDS, 1, _LEAD_WORDS, _NAME_WORDS)
    weekday = _WEEKDAY.search(" ".join(tokens[:_WEEKDAY_WORDS]))
    return Report(
        whole=_damped(reading.whole),
        lead=_damped(reading.lead),
        names=reading.names,
        pairs=reading.pairs,
        numbers=reading.numbers,
        months=frozenset(_months(" ".join((*title, *tokens)))),
        weekday=weekday[0] if weekday else None,
        day=_day(item.published),
    )


def _read_token(token: str) -> tuple[tuple[tuple[str, bool, bool], ...], bool]:
    """Return the terms of what stands between two spaces, and whether a sentence ends with it.

    Each term with two facts: it is a name or number wherever it stands; it is capitalised.
    """
    return _cached(token) if len(token) <= _CACHED_CHARACTERS else _read_anew(token)


def _read_anew(token: str) -> tuple[tuple[tuple[str, bool, bool], ...], bool]:
    found = []
    for word in words(token):
        # Where letters have no case nothing marks a name: each word may be one.
        telling = _has_digit(word) or (word.isupper() and len(word) > 1) or word == word.swapcase()
        for part in _parts(word):
            found += [(term, telling, word[0].isupper()) for term in word_terms(part)]
    return tuple(found), _SENTENCE_END.search(token[-_END_CHARACTERS:]) is not None


_cached = lru_cache(maxsize=2**15)(_read_anew)


def _parts(word: str) -> Iterable[str]:
    """Divide what spaces do not: Japanese, Chinese, and Korean words with their endings."""
    if word.isascii():
        return (word,)
    return [
        pair
        for part in parts_without_spaces(word)
        for pair in ([a + b for a, b in pairwise(part)] if _HANGUL.fullmatch(part) else [part])
    ]


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _damped(counts: Mapping[str, float]) -> dict[str, float]:
    return {term: 1 + math.log(max(1.0, count)) for term, count in counts.items()}


def _months(text: str) -> Iterator[str]:
    for match in _MONTH.finditer(text):
        yield match[0][:3]


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None
