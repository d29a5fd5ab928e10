"""Profiles of topics: what a topic's words and examples say, learned once for any number of texts.

In: the words of a topic, and the features of the texts an editor pinned there. Out: a value to
keep: it depends on nothing else, neither on other topics nor on other texts.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefbook.grouping.topicexamples import MOST_EXAMPLES, Examples, learn_examples, vector_of
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicProfile:
    """A topic, ready for filing: a value that can be pickled."""

    slug: str
    words: tuple[TopicWord, ...]
    requires: bool  # one of the next must stand in the text; where none can be read, none does
    require: tuple[TopicWord, ...]
    exclude: tuple[TopicWord, ...]  # none of these may stand in the text
    length: float  # of the weights of its words, as a vector
    news: float  # in what share of general news its words stand, 0 to 1
    examples: Examples | None  # None: it has none that say anything
    fields: Fields
    usual: float | None = None  # what its examples score on average; None: they are too few

    def score(self, said: Said) -> float:
        """Return how strongly it speaks; 0 when nothing speaks for it."""
        return said.score(has_words=bool(self.words), has_examples=self.examples is not None)

    def with_likeness(self, said: Said, likeness: float, fields: float = 0.0) -> Said:
        """Add what its examples and its fields say to what its words say."""
        own = likeness / self.examples.likeness if self.examples else 0.0
        return Said(*said[:4], likeness, own, fields)

    def weigh(self, numbers: set[int]) -> float:
        """Return what some of its words tell together."""
        return math.fsum([self.words[number].weight for number in numbers])


def topic_profile(spec: TopicSpec, examples: Sequence[TopicFeatures]) -> TopicProfile:
    """Learn what speaks for a topic.

    Args:
        spec: Its words; its examples are not looked at.
        examples: The features of its examples, in order; of more than `MOST_EXAMPLES` the latest
            count.
    """
    texts = [text_of(features) for features in examples[-MOST_EXAMPLES:]]
    words = read_words(spec.words)
    vectors = [vector_of(text.title, text.text) for text in texts]
    learned = learn_examples(vectors) if any(vectors) else None
    profile = TopicProfile(
        slug=spec.slug,
        words=words,
        requires=bool(spec.require),
        require=read_words(spec.require),
        exclude=read_words(spec.exclude),
        length=math.sqrt(math.fsum(word.weight**2 for word in words)) or 1.0,
        news=min(1.0, math.fsum(word.share for word in words)) if words else _USUAL_NEWS,
        examples=learned,
        fields=fields_of_topic(
            [(term.key, word.weight) for word in words for term in word.terms],
            learned.centre if learned else {},
        ),
    )
    return profile if learned is None else _with_usual(profile, learned, texts)


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


def say_words(text: TopicText, index: WordIndex, topics: Sequence[TopicProfile]) -> list[Said]:
    """Return what the words of each topic say in a text.

    Args:
        text: The text.
        index: The words of these topics by their numbers.
        topics: The topics.
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
        profile, found = topics[n], stretches.get(n, {})
        anywhere = profile.weigh(set[int]().union(*found.values()))
        said[n] = Said(
            title=profile.weigh(in_title.get(n, set())),
            anywhere=anywhere,
            of_all=anywhere / profile.length,
            stretches=math.fsum(
                [min(_MOST_OF_STRETCH, profile.weigh(words)) for words in found.values()]
            )
            / count,
        )
    return said


def _with_usual(
    profile: TopicProfile, learned: Examples, texts: Sequence[TopicText]
) -> TopicProfile:
    """Add what the examples of a topic score on average, each as if it were none."""
    if len(texts) < 2:
        return profile
    index = WordIndex()
    index.add(0, profile.words)
    scores = [
        profile.score(profile.with_likeness(say_words(text, index, [profile])[0], likeness))
        for text, likeness in zip(texts, learned.each, strict=True)
    ]
    return replace(profile, usual=math.fsum(scores) / len(scores))
