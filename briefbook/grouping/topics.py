"""Topics: which lasting subjects a text belongs to.

In: items and what speaks for each topic. Out: topic slugs, best first. Each item is filed as if it
were alone: what else is on the site never changes its topics, only what an editor pinned does.

A topic's score adds up what its words say (in the title, in how much of the text, how many of them)
and how like the text is to the topic's examples. It orders the topics, together with the fields all
words of the text come from. The best topic is taken if its score is high enough: higher where the
topic's own examples score high, where another topic fits about as well, and where the topics' words
together stand in little of the news, so that most texts belong nowhere.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from briefbook.grouping.topicexamples import (
    MOST_EXAMPLES,
    ExampleIndex,
    Examples,
    Vector,
    learn_examples,
    vector_of,
)
from briefbook.grouping.topicfields import (
    Fields,
    fields_of,
    fields_of_topic,
    shared_fields,
    words_in_fields,
)
from briefbook.grouping.topicscore import USUAL_SCORE, Said, Signs, log_share
from briefbook.grouping.topicterms import Term, terms_of
from briefbook.grouping.topicwords import TopicWord, WordIndex, read_words
from briefbook.model import Item, TopicSpec

# Below this chance no topic fits.
LEAST = 0.25
# A further topic must come this near to the best.
_NEAR = 0.6
# Terms of the text that are looked at, and enough characters for them in any language.
_TEXT_TERMS = 600
_TEXT_CHARACTERS = 6000
# The text is seen as at most so many stretches of at least so many terms; in each of them words
# tell at most so much.
_MOST_STRETCHES = 10
_STRETCH_TERMS = 40
_MOST_OF_STRETCH = 5.0
# The words of a topic without words would stand in this share of the news.
_USUAL_NEWS = 0.15


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a topic fits a text."""

    slug: str
    score: float  # 8 is usual for a text of a topic
    chance: float  # that it is right, 0 to 1; 0 where it is too far behind the best
    filed: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """An item, ready for filing."""

    title: list[Term]
    text: list[Term]


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic, ready for filing."""

    spec: TopicSpec
    words: tuple[TopicWord, ...]
    length: float  # of the weights of its words, as a vector
    news: float  # in what share of general news its words stand, 0 to 1
    examples: Examples | None
    fields: Fields

    def score(self, said: Said) -> float:
        return said.score(has_words=bool(self.words), has_examples=self.examples is not None)

    def with_likeness(self, said: Said, likeness: float, fields: float = 0.0) -> Said:
        own = likeness / self.examples.likeness if self.examples else 0.0
        return Said(*said[:4], likeness, own, fields)

    def weigh(self, numbers: set[int]) -> float:
        """Return what some of its words tell together."""
        return math.fsum(self.words[number].weight for number in numbers)


class Topics:
    """All topics of a site, ready to file any number of items."""

    def __init__(self, specs: Sequence[TopicSpec]) -> None:
        self._index, self._require, self._exclude = WordIndex(), WordIndex(), WordIndex()
        self._topics = [self._read(number, spec) for number, spec in enumerate(specs)]
        self._restricted = any(spec.require or spec.exclude for spec in specs)
        self._examples = ExampleIndex(
            [topic.examples.centre if topic.examples else {} for topic in self._topics]
        )
        self.news = math.log(max(1.0, math.fsum(topic.news for topic in self._topics)))
        self.usual_scores = self._usual_scores()

    def _read(self, number: int, spec: TopicSpec) -> _Topic:
        words = read_words(spec.words)
        self._index.add(number, words)
        self._require.add(number, read_words(spec.require))
        self._exclude.add(number, read_words(spec.exclude))
        texts = map(_text, spec.examples[-MOST_EXAMPLES:])
        vectors = [vector_of(text.title, text.text) for text in texts]
        examples = learn_examples(vectors) if any(vectors) else None
        return _Topic(
            spec,
            words,
            math.sqrt(math.fsum(word.weight**2 for word in words)) or 1.0,
            min(1.0, math.fsum(word.share for word in words)) if words else _USUAL_NEWS,
            examples,
            fields_of_topic(
                [(term.key, word.weight) for word in words for term in word.terms],
                examples.centre if examples else {},
            ),
        )

    def _usual_scores(self) -> list[float]:
        """Return what a text of each topic scores usually: half its own way, half as in all."""
        means: dict[int, float] = {}
        for number, topic in enumerate(self._topics):
            said = self.say_of_examples(number)
            if len(said) > 1:
                means[number] = math.fsum(map(topic.score, said)) / len(said)
        if not means:
            return [USUAL_SCORE] * len(self._topics)
        overall = math.fsum(means.values()) / len(means)
        return [(means.get(n, USUAL_SCORE) + overall) / 2 for n in range(len(self._topics))]

    def say_of_examples(self, number: int) -> list[Said]:
        """Return what speaks for a topic in each of its examples, as if that were none."""
        topic = self._topics[number]
        if topic.examples is None:
            return []
        examples = topic.spec.examples[-MOST_EXAMPLES:]
        return [
            topic.with_likeness(self._say_words(_text(item))[number], likeness)
            for item, likeness in zip(examples, topic.examples.each, strict=True)
        ]

    def say(self, item: Item) -> list[Said]:
        """Return what speaks for each topic in an item."""
        text = _text(item)
        vector: Vector = vector_of(text.title, text.text)
        likeness = self._examples.likeness(vector, len(self._topics))
        words, fields = self._say_words(text), fields_of(vector)
        return [
            topic.with_likeness(words[n], likeness[n], shared_fields(fields, topic.fields))
            for n, topic in enumerate(self._topics)
        ]

    def _say_words(self, text: _Text) -> list[Said]:
        in_title: dict[int, set[int]] = {}
        for _, topic, number in self._index.find(text.title):
            in_title.setdefault(topic, set()).add(number)
        count = max(1, min(_MOST_STRETCHES, len(text.text) // _STRETCH_TERMS))
        stretches: dict[int, dict[int, set[int]]] = {}
        for at, topic, number in self._index.find(text.text):
            stretch = at * count // len(text.text)
            stretches.setdefault(topic, {}).setdefault(stretch, set()).add(number)
        said = [Said()] * len(self._topics)
        for n in sorted(in_title.keys() | stretches.keys()):
            topic_, found = self._topics[n], stretches.get(n, {})
            anywhere = topic_.weigh(set[int]().union(*found.values()))
            said[n] = Said(
                title=topic_.weigh(in_title.get(n, set())),
                anywhere=anywhere,
                of_all=anywhere / topic_.length,
                stretches=math.fsum(
                    min(_MOST_OF_STRETCH, topic_.weigh(words)) for words in found.values()
                )
                / count,
            )
        return said

    def fits(self, item: Item) -> tuple[Fit, ...]:
        """Return how well each topic fits an item, best first; those it may not have left out."""
        allowed = self._allowed(item)
        all_said = self.say(item)
        scores = {
            n: score
            for n, said in enumerate(all_said)
            if allowed[n] and (score := self._topics[n].score(said))
        }
        ranks = {n: score + all_said[n].rank for n, score in scores.items()}
        order = sorted(scores, key=lambda n: (-ranks[n], n))
        fits: list[Fit] = []
        for place, n in enumerate(order):
            # Each further topic is seen as if the better ones were not there.
            is_next = not place or (fits[-1].filed and scores[n] >= _NEAR * scores[order[0]])
            rest = [ranks[m] for m in order[place:]] if is_next else []
            chance = self.signs(n, scores[n], rest).chance if is_next else 0.0
            filed = chance >= LEAST
            fits.append(Fit(self._topics[n].spec.slug, scores[n], chance, filed))
        return tuple(fits)

    def shared_with_examples(self, item: Item, number: int, most: int) -> tuple[str, ...]:
        """Return the words an item shares with a topic's examples, the most telling first."""
        examples, text = self._topics[number].examples, _text(item)
        centre = examples.centre if examples else {}
        shared = {
            key: value * centre[key]
            for key, value in vector_of(text.title, text.text).items()
            if key in centre
        }
        order = sorted(shared, key=lambda key: (-shared[key], key))
        return tuple(map(_raw_words(text).__getitem__, order[:most]))

    def words_in_fields_of(self, item: Item, number: int, most: int) -> tuple[str, ...]:
        """Return the words of an item that stand in a topic's fields, the most telling first."""
        text = _text(item)
        keys = words_in_fields(vector_of(text.title, text.text), self._topics[number].fields)
        return tuple(map(_raw_words(text).__getitem__, keys[:most]))

    def signs(self, number: int, score: float, ranks: Sequence[float]) -> Signs:
        """Return what tells whether a topic is right, from its score, its rank and lower ones."""
        return Signs(score * USUAL_SCORE / self.usual_scores[number], log_share(ranks), self.news)

    def _allowed(self, item: Item) -> list[bool]:
        """Tell for each topic whether a required word stands in an item and no excluded one."""
        if not self._restricted:
            return [True] * len(self._topics)
        whole = terms_of(f"{item.title}\n{item.text}")
        required = {topic for _, topic, _ in self._require.find(whole)}
        excluded = {topic for _, topic, _ in self._exclude.find(whole)}
        return [
            n not in excluded and (n in required or not topic.spec.require)
            for n, topic in enumerate(self._topics)
        ]


def file_topics(items: Sequence[Item], specs: Sequence[TopicSpec]) -> dict[str, tuple[str, ...]]:
    """Return the topics of each item by item key: slugs, best first, empty when none fits."""
    topics = Topics(specs)
    return {item.key: tuple(fit.slug for fit in topics.fits(item) if fit.filed) for item in items}


def _raw_words(text: _Text) -> dict[str, str]:
    """Return how each term of a text is first written."""
    return {term.key: term.raw for term in reversed([*text.title, *text.text])}


def _text(item: Item) -> _Text:
    return _Text(
        terms_of(item.title), terms_of(item.text[:_TEXT_CHARACTERS], _TEXT_TERMS)[:_TEXT_TERMS]
    )
