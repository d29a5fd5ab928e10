"""Profiles of topics: what a topic's words and examples say, learned once for any number of texts.

In: the words of a topic, and the features of the texts an editor pinned there. Out: a value to
keep: it depends on nothing else, neither on other topics nor on other texts.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from briefbook.grouping.topicexamples import (
    MOST_EXAMPLES,
    Examples,
    Vector,
    learn_examples,
    vector_of,
)
from briefbook.grouping.topicfeatures import TopicFeatures, TopicText, text_of, topic_features
from briefbook.grouping.topicfields import Fields, fields_of_topic
from briefbook.grouping.topicscore import Said
from briefbook.grouping.topicwords import TopicWord, WordIndex, read_words
from briefbook.model import TopicSpec

# A text is seen as at most so many stretches of at least so many terms; in each of them words
# tell at most so much.
_MOST_STRETCHES = 10
_STRETCH_TERMS = 40
_MOST_OF_STRETCH = 5.0
# The words of a topic without words would stand in this share of the news.
_USUAL_NEWS = 0.15


class TopicWords(NamedTuple):
    """The words of a topic."""

    words: tuple[TopicWord, ...]
    length: float  # of their weights, as a vector

    def weigh(self, numbers: Iterable[int]) -> float:
        """Return what some of them tell together."""
        return math.fsum([self.words[number].weight for number in numbers])


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicProfile:
    """A topic, ready for filing: a value that can be pickled."""

    slug: str
    said: TopicWords
    requires: bool  # one of the next must stand in the text; where none can be read, none does
    require: tuple[TopicWord, ...]
    exclude: tuple[TopicWord, ...]  # none of these may stand in the text
    news: float  # in what share of general news its words stand, 0 to 1
    examples: Examples | None  # None: it has none that say anything
    fields: Fields
    usual: float | None = None  # what its examples score on average; None: they are too few

    def score(self, said: Said) -> float:
        """Return how strongly it speaks; 0 when nothing speaks for it."""
        return said.score(has_words=bool(self.said.words), has_examples=self.examples is not None)

    def with_likeness(self, said: Said, likeness: float) -> Said:
        """Add what its examples say to what its words say."""
        own = likeness / self.examples.likeness if self.examples else 0.0
        return Said(*said[:4], likeness, own)


def topic_profile(spec: TopicSpec, examples: Sequence[TopicFeatures]) -> TopicProfile:
    """Learn what speaks for a topic.

    Args:
        spec: Its words; its examples are not looked at.
        examples: The features of its examples, in order; of more than `MOST_EXAMPLES` the latest
            count.
    """
    words = read_words(spec.words)
    length = math.sqrt(math.fsum(word.weight**2 for word in words)) or 1.0
    own = TopicWords(words, length)
    index = WordIndex()
    index.add(0, words)
    vectors: list[Vector] = []
    said: list[Said] = []
    for features in examples[-MOST_EXAMPLES:]:
        text = text_of(features)
        vectors.append(vector_of(text.title, text.text))
        said += say_words(text, index, [own])
    learned = learn_examples(vectors) if any(vectors) else None
    profile = TopicProfile(
        slug=spec.slug,
        said=own,
        requires=bool(spec.require),
        require=read_words(spec.require),
        exclude=read_words(spec.exclude),
        news=min(1.0, math.fsum(word.share for word in words)) if words else _USUAL_NEWS,
        examples=learned,
        fields=fields_of_topic(
            [(term.key, word.weight) for word in words for term in word.terms],
            learned.centre if learned else {},
        ),
    )
    return profile if learned is None else _with_usual(profile, learned, said)


def topic_profiles(
    specs: Sequence[TopicSpec], features: Mapping[str, Sequence[TopicFeatures]]
) -> tuple[TopicProfile, ...]:
    """Return the profile of each topic, in their order, given the features of its examples."""
    return tuple(topic_profile(spec, features.get(spec.slug, ())) for spec in specs)


def learn_topics(specs: Sequence[TopicSpec]) -> tuple[TopicProfile, ...]:
    """Return the profile of each topic, in their order, learned from the examples they name."""
    # A text may be an example of several topics.
    latest = [spec.examples[-MOST_EXAMPLES:] for spec in specs]
    read = {item: topic_features(item) for items in latest for item in items}
    return tuple(
        topic_profile(spec, [read[item] for item in items])
        for spec, items in zip(specs, latest, strict=True)
    )


def say_words(text: TopicText, index: WordIndex, topics: Sequence[TopicWords]) -> list[Said]:
    """Return what the words of each topic say in a text.

    Args:
        text: The text.
        index: The words of these topics by their numbers.
        topics: The words themselves.
    """
    in_title: dict[int, set[int]] = {}
    for _, topic, number in index.find(text.title):
        in_title.setdefault(topic, set()).add(number)
    count = max(1, min(_MOST_STRETCHES, len(text.text) // _STRETCH_TERMS))
    stretches: dict[int, dict[int, set[int]]] = {}
    for at, topic, number in index.find(text.text):
        stretch = at * count // len(text.text)
        stretches.setdefault(topic, {}).setdefault(stretch, set()).add(number)
    said = [Said()] * len(topics)
    for n in in_title.keys() | stretches.keys():
        topic_, found = topics[n], stretches.get(n, {})
        anywhere = topic_.weigh(set[int]().union(*found.values()))
        said[n] = Said(
            title=topic_.weigh(in_title.get(n, set())),
            anywhere=anywhere,
            of_all=anywhere / topic_.length,
            stretches=math.fsum(
                [min(_MOST_OF_STRETCH, topic_.weigh(numbers)) for numbers in found.values()]
            )
            / count,
        )
    return said


def _with_usual(profile: TopicProfile, learned: Examples, said: Sequence[Said]) -> TopicProfile:
    """Add what the examples of a topic score on average, each as if it were none.

    Args:
        profile: The topic.
        learned: What its examples have in common.
        said: What its words say in each of them.
    """
    if len(said) < 2:
        return profile
    scores = [
        profile.score(profile.with_likeness(words, likeness))
        for words, likeness in zip(said, learned.each, strict=True)
    ]
    return replace(profile, usual=math.fsum(scores) / len(scores))
