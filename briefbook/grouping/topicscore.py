"""Scores of topics: what speaks for a topic as one number, and the chance that it is right.

All numbers here are fitted by scripts/fit_topics.py on draws from the development halves of the
topic corpora, and rounded; what fields say was chosen on parts their table was not made of.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

# What each number of `Said` says.
_WORDS = (0.31, 0.08, 0.45, 0.66)
_EXAMPLES = (19.0, 1.6)
# What the same fields say for the order of topics; nothing for whether one is right.
_SAME_FIELDS = 3.0
# What examples would say where there are none, from what the words say, and the other way round.
_NO_EXAMPLES = (1.3, 0.66)
_NO_WORDS = (1.3, 1.37)
# The usual score of a text of a topic; a topic's examples tell its own.
USUAL_SCORE = 8.0
# Odds that a topic is right: from its score, from its share among the topics, and from how many
# topics' words a text of general news has by accident.
_ODDS = (0.45, 1.2, 2.0)
_CONSTANT = -3.4


class Said(NamedTuple):
    """What speaks for one topic in a text, before it is weighed."""

    title: float = 0.0  # weights of its words in the title
    anywhere: float = 0.0  # of those in the text
    of_all: float = 0.0  # the same as part of all its words
    stretches: float = 0.0  # of those in a stretch of the text, on average
    likeness: float = 0.0  # cosine of the text and the topic's examples
    own_likeness: float = 0.0  # the same as part of what its examples have
    fields: float = 0.0  # how far the text and the topic have the same fields, 0 to 1

    @property
    def rank(self) -> float:
        """How much further up among the topics it belongs than by its score."""
        return _SAME_FIELDS * self.fields

    def score(self, *, has_words: bool, has_examples: bool) -> float:
        """Return how strongly a topic speaks; 0 when nothing speaks for it."""
        # Written out: this is done for each topic and each text.
        title, anywhere, of_all, stretches = _WORDS
        words = title * self[0] + anywhere * self[1] + of_all * self[2] + stretches * self[3]
        examples = _EXAMPLES[0] * self[4] + _EXAMPLES[1] * self[5]
        if not has_examples:
            base, more = _NO_EXAMPLES
            return words + base + more * words if words else 0.0
        if not has_words:
            base, more = _NO_WORDS
            words = max(0.0, more * (examples - base))
        return words + examples


class Signs(NamedTuple):
    """What tells whether the best of some topics is right."""

    score: float  # its score, as if it were usual for its topic
    share: float  # logarithm of its share among them by rank; 0 where it is alone
    news: float  # logarithm of how many topics' words a text has by accident, at least 0

    @property
    def chance(self) -> float:
        """The chance that it is right, 0 to 1."""
        odds = _CONSTANT + sum(weight * sign for weight, sign in zip(_ODDS, self, strict=True))
        return 1 / (1 + math.exp(-odds))


def log_share(scores: Sequence[float]) -> float:
    """Return the logarithm of the share that the first of some scores, the highest, has."""
    return -math.log(math.fsum(math.exp(score - scores[0]) for score in scores))
