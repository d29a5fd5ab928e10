"""Made-up articles: events with people, places, bodies and figures of their own, told in sentences.

In: a seed. Out: events, and articles about them. The same seed gives the same articles everywhere.
Words beside the phrases come from the shipped table of how often words stand in news, as often as
there, so that the vocabulary has the long tail of a real archive.
"""

import itertools
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefbook.grouping.similarity import background
from scripts.bench import phrases

_SLOT = re.compile(r"\{(\w+)\}")
# Drawing one word at a time takes three times as long.
_DRAWN = 5_000
_OWN = 40  # words of an event
_BONES = 0.6  # share of the sentences beside facts that any words fill
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A lasting subject."""

    slug: str
    title: str
    words: tuple[str, ...]
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened: everything that reports of it have in common."""

    field: Field
    told: Mapping[str, str]  # slot -> what fills it, such as "place" -> "Ulvhaven"
    own: tuple[str, ...]  # words that all who tell of it use


FIELDS = tuple(
    Field(slug=slug, title=title, words=words, matters=matters)
    for slug, title, words, matters in phrases.FIELDS
)


class Writer:
    """Writes sentences; keeps nothing but its source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._words = self._drawn_words()

    def _drawn_words(self) -> Iterator[str]:
        table = sorted((word, share) for word, share in background().items() if word.isalpha())
        words = [word for word, _ in table]
        shares = list(itertools.accumulate(share for _, share in table))
        while True:
            yield from self.chance.choices(words, cum_weights=shares, k=_DRAWN)

    def one(self, *of: str) -> str:
        return self.chance.choice(of)

    def word(self) -> str:
        return next(self._words)

    def coined(self, ends: list[str]) -> str:
        """Return a name that nobody has."""
        parts = self.chance.choices(phrases.SYLLABLES, k=self.chance.choice((1, 2, 2, 2, 3)))
        return ("".join(parts) + self.one(*ends)).capitalize()

    def person(self) -> str:
        return f"{self.one(*phrases.GIVEN)} {self.coined(phrases.SURNAME_ENDS)}"

    def body(self, town: str) -> str:
        name = self.coined(phrases.SURNAME_ENDS)
        form = self.one(*phrases.BODIES)
        return form.format(town=town, name=name, office=self.one(*phrases.OFFICES))

    def event(self) -> Event:
        field = self.chance.choice(FIELDS)
        place = self.coined(phrases.TOWN_ENDS)
        own = tuple(self.word() for _ in range(_OWN))
        return Event(
            field=field,
            told={
                "place": place,
                "person": self.person(),
                "other": self.person(),
                "body": self.body(place),
                "second_body": self.body(self.coined(phrases.TOWN_ENDS)),
                "thing": f"{own[0]} {own[1]} {self.one(*phrases.THINGS)}",
                "matter": self.one(*field.matters),
                "first": str(self.chance.randrange(12, 990)),
                "second": str(self.chance.randrange(3, 48)),
                "third": str(self.chance.randrange(110, 9900)),
                "day": self.one(*DAYS),
            },
            own=own,
        )

    def fill(self, phrase: str, event: Event, told: Mapping[str, str] | None = None) -> str:
        """Return a phrase with what an event says, or what one report says instead."""
        known = {**event.told, **(told or {})}

        def value(slot: re.Match[str]) -> str:
            name = slot[1]
            if name == "word":
                return self.word()
            if name == "own":
                return self.one(*event.own)
            if name == "noun":
                return self.one(*event.field.words)
            if name == "number":
                return str(self.chance.randrange(2, 90))
            return known[name]

        text = _SLOT.sub(value, phrase)
        return text[0].upper() + text[1:]

    def _beside(self) -> tuple[str, ...]:
        return phrases.BONES if self.chance.random() < _BONES else phrases.FILLERS

    def headline(self, event: Event, told: Mapping[str, str] | None = None) -> str:
        return self.fill(self.one(*phrases.HEADLINES), event, told)

    def paragraphs(
        self, event: Event, words: int, told: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Return an article of about so many words: the lead first, then facts among the rest."""
        found = [self.fill(self.one(*phrases.LEADS), event, told)]
        facts = self.chance.sample(phrases.FACTS, 5)
        count = len(found[0].split())
        while count < words:
            sentences = [
                self.fill(self.one(*self._beside()), event, told)
                for _ in range(self.chance.randint(1, 3))
            ]
            if facts:
                sentences.insert(0, self.fill(facts.pop(), event, told))
            found.append(" ".join(sentences))
            count += len(found[-1].split())
        return tuple(found)
