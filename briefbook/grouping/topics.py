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

from briefbook.grouping.topicexamples import ExampleIndex, Vector, vector_of
from briefbook.grouping.topicfeatures import TopicFeatures, TopicText, read_text, text_of
from briefbook.grouping.topicfields import fields_of, shared_fields, words_in_fields
from briefbook.grouping.topicprofiles import TopicProfile, learn_topics, say_words
from briefbook.grouping.topicscore import USUAL_SCORE, Said, Signs, log_share
from briefbook.grouping.topicterms import terms_of
from briefbook.grouping.topicwords import WordIndex
from briefbook.model import Item, TopicSpec

# Below this chance no topic fits.
LEAST_CHANCE = 0.25
# A further topic must come this near to the best.
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a topic fits a text."""

    slug: str
    score: float  # 8 is usual for a text of a topic
    chance: float  # that it is right, 0 to 1; 0 where it is too far behind the best
    filed: bool


class Topics:
    """All topics of a site, ready to file any number of items."""

    def __init__(self, profiles: Sequence[TopicProfile]) -> None:
        self._topics = tuple(profiles)
        self._words = [topic.said for topic in profiles]
        self._index, self._require, self._exclude = WordIndex(), WordIndex(), WordIndex()
        for number, topic in enumerate(profiles):
            self._index.add(number, topic.said.words)
            self._require.add(number, topic.require)
            self._exclude.add(number, topic.exclude)
        self.is_restricted = any(topic.requires or topic.exclude for topic in profiles)
        self._examples = ExampleIndex(
            [topic.examples.centre if topic.examples else {} for topic in profiles]
        )
        self._has_examples = any(topic.examples for topic in profiles)
        self.news = math.log(max(1.0, math.fsum(topic.news for topic in profiles)))
        self.usual_scores = self._usual_scores()

    @classmethod
    def of(cls, specs: Sequence[TopicSpec]) -> "Topics":
        """Learn all topics from the examples they name."""
        return cls(learn_topics(specs))

    def _usual_scores(self) -> list[float]:
        """Return what a text of each topic scores usually: half its own way, half as in all."""
        means = [topic.usual for topic in self._topics if topic.usual is not None]
        if not means:
            return [USUAL_SCORE] * len(self._topics)
        overall = math.fsum(means) / len(means)
        return [
            # Examples that have nothing to do with each other say nothing of what is usual.
            ((USUAL_SCORE if topic.usual is None else topic.usual) + overall) / 2 or USUAL_SCORE
            for topic in self._topics
        ]

    def say(self, text: TopicText) -> list[Said]:
        """Return what speaks for each topic in a text."""
        vector = vector_of(text.title, text.text)
        fields = self._shared_fields(vector)
        said = self._say_without_fields(text, vector)
        return [one._replace(fields=fields[n]) for n, one in enumerate(said)]

    def _say_without_fields(self, text: TopicText, vector: Vector) -> list[Said]:
        likeness = self._examples.likeness(vector, len(self._topics))
        words = say_words(text, self._index, self._words)
        return [topic.with_likeness(words[n], likeness[n]) for n, topic in enumerate(self._topics)]

    def _shared_fields(self, vector: Vector) -> list[float]:
        """Return how far a text and each topic have the same fields."""
        fields = fields_of(vector)
        return [shared_fields(fields, topic.fields) for topic in self._topics]

    def fits(self, text: TopicText, allowed: Sequence[bool] | None = None) -> tuple[Fit, ...]:
        """Return how well each topic fits a text, best first; those it may not have left out.

        Args:
            text: Its terms.
            allowed: Whether it may have each topic, as `allowed` says of its item; None: all.
        """
        # Without examples no text is like any; a vector is for these and for fields.
        vector = vector_of(text.title, text.text) if self._has_examples else None
        scores = {
            n: score
            for n, said in enumerate(self._say_without_fields(text, vector or {}))
            if (allowed is None or allowed[n]) and (score := self._topics[n].score(said))
        }
        ranks = scores
        if len(scores) > 1:  # fields order topics and say nothing of one alone
            fields = self._shared_fields(vector or vector_of(text.title, text.text))
            ranks = {n: score + Said(fields=fields[n]).rank for n, score in scores.items()}
        order = sorted(scores, key=lambda n: (-ranks[n], n))
        fits: list[Fit] = []
        for place, n in enumerate(order):
            # Each further topic is seen as if the better ones were not there.
            is_next = not place or (fits[-1].filed and scores[n] >= _NEAR * scores[order[0]])
            rest = [ranks[m] for m in order[place:]] if is_next else []
            chance = self.signs(n, scores[n], rest).chance if is_next else 0.0
            filed = chance >= LEAST_CHANCE
            fits.append(Fit(self._topics[n].slug, scores[n], chance, filed))
        return tuple(fits)

    def shared_with_examples(self, item: Item, number: int, most: int) -> tuple[str, ...]:
        """Return the words an item shares with a topic's examples, the most telling first."""
        examples, text = self._topics[number].examples, read_text(item)
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
        text = read_text(item)
        keys = words_in_fields(vector_of(text.title, text.text), self._topics[number].fields)
        return tuple(map(_raw_words(text).__getitem__, keys[:most]))

    def signs(self, number: int, score: float, ranks: Sequence[float]) -> Signs:
        """Return what tells whether a topic is right, from its score, its rank and lower ones."""
        return Signs(score * USUAL_SCORE / self.usual_scores[number], log_share(ranks), self.news)

    def allowed(self, item: Item) -> tuple[bool, ...] | None:
        """Tell for each topic whether a required word stands in an item and no excluded one.

        Returns:
            None where no topic requires or excludes words. It depends on these and the item alone.
        """
        if not self.is_restricted:
            return None
        whole = terms_of(f"{item.title}\n{item.text}")
        required = {topic for _, topic, _ in self._require.find(whole)}
        excluded = {topic for _, topic, _ in self._exclude.find(whole)}
        return tuple(
            n not in excluded and (n in required or not topic.requires)
            for n, topic in enumerate(self._topics)
        )


def file_topics(items: Sequence[Item], specs: Sequence[TopicSpec]) -> dict[str, tuple[str, ...]]:
    """Return the topics of each item by item key: slugs, best first, empty when none fits."""
    if not items:
        return {}  # nothing has to be learned
    topics = Topics.of(specs)
    return {item.key: _filed(topics.fits(read_text(item), topics.allowed(item))) for item in items}


def topics_for(
    features: TopicFeatures, topics: Topics, allowed: Sequence[bool] | None = None
) -> tuple[str, ...]:
    """Return the topics of one text as `file_topics` does, from what is kept of it.

    Args:
        features: The text as `topic_features` reads it.
        topics: All topics of the site, made of their profiles.
        allowed: What `Topics.allowed` says of the item; None where no topic is restricted.
    """
    return _filed(topics.fits(text_of(features), allowed))


def _filed(fits: Sequence[Fit]) -> tuple[str, ...]:
    return tuple(fit.slug for fit in fits if fit.filed)


def _raw_words(text: TopicText) -> dict[str, str]:
    """Return how each term of a text is first written."""
    return {term.key: term.raw for term in reversed([*text.title, *text.text])}
