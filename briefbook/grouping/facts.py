"""Facts: what the sentences of a text state that another text could contradict.

In: the items of one story. Out: of each its facts in order: numbers with what they count, dates
with what happened then, offices with who holds them. Each knows its sentence and the words around
it. Of hostile texts only so much is read: long sentences, and facts past a cap, are left out.
"""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefbook.grouping.counted import what_is_counted
from briefbook.grouping.dated import WEEKDAYS, dates_of
from briefbook.grouping.offices import Office, offices_of
from briefbook.grouping.quantities import Hedge, quantities
from briefbook.grouping.similarity import terms
from briefbook.grouping.tokens import Token, is_month, tokens_of
from briefbook.model import Item
from briefbook.text.sentences import split

# A longer "sentence" is a table, a list or an attack; its words say nothing of one number.
_LONGEST_SENTENCE = 700
_MOST_SENTENCES = 400
_MOST_FACTS = 200
# Each fact of a role is compared with each of another text: of hostile texts only this many.
_MOST_OF_ROLE = 12
# Each text is compared with each other: of a long story only the newest, or a build would take
# minutes for one that some hundreds of texts report.
MOST_TEXTS = 50
_WIDE = 12
_AROUND = 7  # tokens on either side that tell which fact a number belongs to
# What happened before the event that is reported, or in a part of where it did.
_PAST = re.compile(
    r"\b(?:ago|last (?:year|month|week|night)|earlier|previous|(?:1[89]|20)\d\d|since|"
    r"(?:week|month|year|decade)s? (?:after|before|later)|districts?|neighbou?ring|elsewhere)\b"
)


_Role = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a sentence states."""

    item: int  # index of its item
    kind: str  # number, date or office
    role: str  # what the value is of: facts of other roles are never compared
    group: str  # whom or what it is narrowed to
    value: tuple[float, ...]  # of a number lowest and highest, of a day month and day
    hedge: Hedge
    said: str  # as the sentence has it
    sentence: str
    place: int  # of the sentence in the text, 0 is the headline
    words: frozenset[str]  # telling terms of the sentence
    near: frozenset[str]  # those around the value
    names: frozenset[str]  # capitalised words around the value, folded
    is_past: bool  # the sentence names a year, looks back, or speaks of a part
    events: frozenset[str] = frozenset()  # what happened on a day
    is_toll: bool = False
    is_more: bool = False
    factor: float = 1.0  # what the number as it is said was multiplied by
    year: int = 0  # of a day, where it is named
    office: Office | None = None  # of a person, its value is ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what telling facts apart needs."""

    text: str
    place: int
    tokens: tuple[Token, ...]
    words: frozenset[str]
    names: frozenset[str]
    is_past: bool


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the sentences of one text state: pure data to keep."""

    facts: tuple[Fact, ...]  # in order, each of item 0
    sentences: int  # how many were read
    words: Mapping[str, int]  # telling terms, and in how many of its sentences each stands
    names: frozenset[str]  # capitalised words, folded


@dataclass(frozen=True, slots=True)
class Story:
    """The facts of the texts of a story, and how telling each of its words is."""

    facts: tuple[tuple[Fact, ...], ...]  # of each item
    weights: Mapping[str, float]  # of each term: rare ones of the story weigh most
    names: tuple[frozenset[str], ...]  # capitalised words of each item, folded


def story_facts(items: Sequence[Item]) -> Story:
    """Return the facts of each item of a story, in order; of a long story those of the newest."""
    first = len(items) - MOST_TEXTS
    return story_of([item_facts(item) if n >= first else None for n, item in enumerate(items)])


def item_facts(item: Item) -> ItemFacts:
    """Read the facts of one item, whatever story it is of."""
    sentences = list(_sentences(item))
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(sentence.words)
    return ItemFacts(
        facts=_facts(0, sentences),
        sentences=len(sentences),
        words=dict(sorted(counts.items())),
        names=frozenset().union(*(s.names for s in sentences)),
    )


def story_of(texts: Sequence[ItemFacts | None]) -> Story:
    """Return the facts of the texts of a story, in order.

    Args:
        texts: What `item_facts` says of each; of those before the newest `MOST_TEXTS` nothing is
            read, and they may be None.
    """
    first = len(texts) - MOST_TEXTS
    read = [text if n >= first else None for n, text in enumerate(texts)]
    seen: Counter[str] = Counter()
    for text in read:
        if text:
            seen.update(text.words)
    total = sum(text.sentences for text in read if text)
    # From 0 to 1 whatever the size of the story: a word of one sentence weighs 1.
    most = math.log(1 + total)
    weights = {term: math.log(1 + total / count) / most for term, count in seen.items()}
    facts = tuple(
        tuple(replace(fact, item=n) for fact in text.facts) if text else ()
        for n, text in enumerate(read)
    )
    names = tuple(text.names if text else frozenset() for text in read)
    return Story(facts, weights, names)


def by_role(story: Story) -> Mapping[_Role, dict[int, list[Fact]]]:
    """Return the facts of a story by kind, role and group, and there by item, each in order."""
    found: defaultdict[_Role, dict[int, list[Fact]]] = defaultdict(dict)
    for facts in story.facts:
        for fact in facts:
            of_item = found[fact.kind, fact.role, fact.group].setdefault(fact.item, [])
            if len(of_item) < _MOST_OF_ROLE:
                of_item.append(fact)
    return found


def _sentences(item: Item) -> Iterator[Sentence]:
    place = 0
    known: set[str] = set()
    for line in (item.title, *item.text.split("\n")):
        for text in split(line):
            if len(text) > _LONGEST_SENTENCE or text in known:
                continue
            known.add(text)
            yield _sentence(text, place)
            place += 1
            if place > _MOST_SENTENCES:
                return


def _sentence(text: str, place: int) -> Sentence:
    tokens = tuple(tokens_of(text))
    return Sentence(
        text,
        place,
        tokens,
        frozenset(t for t in terms(text) if not t[0].isdigit()),
        frozenset(_names(tokens)),
        _PAST.search(text) is not None,
    )


def _names(tokens: Sequence[Token]) -> Iterator[str]:
    for before, token in itertools.pairwise(tokens):
        is_open = before.text in '.!?“":'
        if token.text[:1].isupper() and not is_open and token.low not in WEEKDAYS:
            word = token.low.removesuffix("'s")
            if not is_month(word) and len(word) > 1:
                yield word


def _facts(item: int, sentences: Sequence[Sentence]) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for sentence in sentences:
        if len(found) >= _MOST_FACTS:
            break
        found += _numbers(item, sentence)
        found += _dates(item, sentence)
        found += _offices(item, sentence)
    return tuple(found[:_MOST_FACTS])


def _near(sentence: Sentence, first: int, end: int) -> frozenset[str]:
    tokens = sentence.tokens
    around = tokens[max(0, first - _AROUND) : first] + tokens[end : end + _AROUND]
    return frozenset(terms(" ".join(token.text for token in around))) & sentence.words


def _said(sentence: Sentence, first: int, end: int) -> str:
    return sentence.text[sentence.tokens[first].start : sentence.tokens[end - 1].end]


def _numbers(item: int, sentence: Sentence) -> Iterator[Fact]:
    found = quantities(sentence.tokens)
    for quantity in found:
        counted = what_is_counted(sentence.tokens, quantity, found)
        if counted is None:
            continue
        end = min(counted.end, len(sentence.tokens))
        fact = _plain_fact(item, sentence, "number", quantity.hedged_from, end)
        yield replace(
            fact,
            role=counted.role,
            group=counted.group,
            value=(quantity.low * counted.factor, quantity.high * counted.factor),
            hedge=quantity.hedge,
            near=_near(sentence, quantity.hedged_from, quantity.end),
            factor=counted.factor,
            is_toll=counted.is_toll,
            is_more=counted.is_more,
        )


def _dates(item: int, sentence: Sentence) -> Iterator[Fact]:
    for found in dates_of(sentence.tokens):
        yield replace(
            _plain_fact(item, sentence, "date", found.first, found.end),
            role=found.kind,
            value=found.value,
            year=found.year,
            events=found.events,
        )


def _offices(item: int, sentence: Sentence) -> Iterator[Fact]:
    for found in offices_of(sentence.tokens):
        yield replace(
            _plain_fact(item, sentence, "office", found.first, found.end),
            group=found.person[-1],
            office=found,
        )


def _plain_fact(item: int, sentence: Sentence, kind: str, first: int, end: int) -> Fact:
    """Return a fact of a sentence that knows where it stands, not yet what it says."""
    return Fact(
        item=item,
        kind=kind,
        role=kind,
        group="",
        value=(),
        hedge=Hedge.NONE,
        said=_said(sentence, first, end),
        sentence=sentence.text,
        place=sentence.place,
        words=sentence.words,
        near=_near(sentence, first, end),
        names=frozenset(_names(sentence.tokens[max(0, first - _WIDE) : end + _WIDE])),
        is_past=sentence.is_past,
    )
