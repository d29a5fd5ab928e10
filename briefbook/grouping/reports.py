"""Reports: what of a text tells which event it is about.

In: an item. Out: its terms as a whole, in title and lead, its names, its numbers, and the months,
weekday and day it speaks of. Only the beginning of a text is read: the event stands there.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.grouping.reportwords import TOKENS, Token
from briefbook.model import Item

# Words of a text that are read; 300 and 1,200 were tried, both were a little worse.
_WHOLE_WORDS = 600
_LEAD_WORDS = 150
_NAME_WORDS = 300
_TITLE_WORDS = 60
# A text without spaces is bounded by its length.
_MOST_CHARACTERS = 12_000
_TITLE_WEIGHT = 3
_NAME_WEIGHT = 1.6

# "May" is a month only beside a day: it is a verb too.
_MONTH = re.compile(
    r"\b(?:(?P<month>Jan(?:uary)?|Feb(?:ruary)?|March|April|June|July|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b|(?P<may>May(?= \d{1,2}\b)|(?<=\d )May\b))"
)
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

    def read(self, tokens: Iterable[Token], most: int, weight: int, lead: int, names: int) -> None:
        """Take in words in order; the numbers say how many, their weight, and what they are."""
        starts, before, place = True, "", 0
        whole, own, leads = self.whole, self.names, self.lead
        for token in tokens:
            if token.is_plain and place >= lead:
                # Most of a text is words in small letters behind the lead: these only count.
                if place >= most:
                    return
                for term, _, _, _ in token.terms:
                    whole[term] += 1
                starts, before, place = False, "", place + 1
                continue
            for term, is_telling, is_capital, has_digit in token.terms:
                if place >= most:
                    return
                special = is_telling or (is_capital and not starts)
                whole[term] += 1
                if place < lead:
                    more = weight * (_NAME_WEIGHT if special else 1)
                    leads[term] = leads.get(term, 0) + more
                if has_digit:
                    self.numbers[term] = 1
                elif special and place < names:
                    own[term] = 1
                if special and before:
                    self.pairs[f"{before} {term}"] = 1
                before = term if special else ""
                place += token.is_long
            starts = token.ends
            place += not token.is_long
            if token.ends:
                before = ""


def read_report(item: Item) -> Report:
    """Return what of an item tells which event it is about."""
    known = TOKENS
    title = item.title[:_MOST_CHARACTERS].split()[:_TITLE_WORDS]
    text = item.text[:_MOST_CHARACTERS].split()[:_WHOLE_WORDS]
    title_tokens, tokens = [known[word] for word in title], [known[word] for word in text]
    reading = _Reading()
    reading.read(title_tokens, _TITLE_WORDS, _TITLE_WEIGHT, _TITLE_WORDS, _TITLE_WORDS)
    reading.read(tokens, _WHOLE_WORDS, 1, _LEAD_WORDS, _NAME_WORDS)
    return Report(
        whole=damped(reading.whole),
        lead=damped(reading.lead),
        names=reading.names,
        pairs=reading.pairs,
        numbers=reading.numbers,
        months=frozenset(_months([*title, *text], [*title_tokens, *tokens])),
        weekday=next((t.weekday for t in tokens[:_WEEKDAY_WORDS] if t.weekday), None),
        day=_day(item.published),
    )


def damped(counts: Mapping[str, float]) -> dict[str, float]:
    """Return counts that grow ever slower: the second mention tells less than the first."""
    log = math.log
    return {
        term: 1 + log(count) if count > 1 else 1.0  # log(1) is 0 without asking
        for term, count in counts.items()
    }


def _months(words: Sequence[str], tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the months that are named: each is one word, whose neighbours may have to fit."""
    for at, token in enumerate(tokens):
        if token.may_be_month:
            for match in _MONTH.finditer(" ".join(words[max(0, at - 1) : at + 2])):
                yield match[0][:3]


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published[:10]).toordinal() if published else None
    except ValueError:
        return None
