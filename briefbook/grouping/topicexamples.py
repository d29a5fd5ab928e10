"""Examples of topics: how much a text is like the texts an editor pinned under a topic."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefbook.grouping.topicterms import WEIGHTS, Term

Vector = dict[str, float]

# What the title says counts as much as this many mentions in the text.
_TITLE_MENTIONS = 3
# Of very many pinned texts the latest do; of the terms they share those that tell most.
MOST_EXAMPLES = 60
_MOST_TERMS = 500
# How like an example is to the others, before there are enough to tell: that of so many examples.
_USUAL_LIKENESS = 0.15
_USUAL_EXAMPLES = 1
_LEAST_LIKENESS = 0.05


@dataclass(frozen=True, slots=True)
class Examples:
    """What the examples of one topic have in common."""

    centre: Vector  # of length 1
    likeness: float  # how like each is to the others, on average: 0 to 1
    each: tuple[float, ...]  # the same for each example


def vector_of(title: Sequence[Term], text: Sequence[Term]) -> Vector:
    """Return a text as a vector of length 1: damped counts of its terms times their weight."""
    counts = Counter([term[0] for term in text])
    for term in title:
        counts[term.key] += _TITLE_MENTIONS
    vector = {
        key: math.log1p(count) * weight for key, count in counts.items() if (weight := WEIGHTS[key])
    }
    return _scaled(vector)


def _scaled(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum([value * value for value in vector.values()]))
    return {key: value / length for key, value in vector.items()} if length else {}


def learn_examples(vectors: Sequence[Vector]) -> Examples:
    """Return what the examples of a topic have in common."""
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for key, value in vector.items():
            total[key] += value
    square = math.fsum(value * value for value in total.values())
    each = tuple(_likeness_to_others(vector, total, square) for vector in vectors)
    known = len(vectors) if len(vectors) > 1 else 0
    likeness = (math.fsum(each) * bool(known) + _USUAL_LIKENESS * _USUAL_EXAMPLES) / (
        known + _USUAL_EXAMPLES
    )
    telling = sorted([(-value, key) for key, value in total.items()])[:_MOST_TERMS]
    centre = _scaled({key: -value for value, key in telling})
    return Examples(centre, max(likeness, _LEAST_LIKENESS), each)


def _likeness_to_others(vector: Vector, total: Vector, square: float) -> float:
    """Return the cosine of an example and the sum of the other examples.

    Args:
        vector: The example, of length 1 or empty.
        total: The sum of all examples.
        square: The square of its length.
    """
    product = math.fsum([value * (total[key] - value) for key, value in vector.items()])
    # |total - vector|² without making the difference.
    own = math.fsum([value * (2 * total[key] - value) for key, value in vector.items()])
    rest = math.sqrt(max(0.0, square - own))
    return product / rest if rest > 1e-9 else 0.0


@dataclass(slots=True)
class ExampleIndex:
    """The centres of several topics, by term."""

    _entries: defaultdict[str, list[tuple[int, float]]]

    def __init__(self, centres: Sequence[Vector]) -> None:
        self._entries = defaultdict(list)
        for topic, centre in enumerate(centres):
            for key, value in centre.items():
                self._entries[key].append((topic, value))

    def likeness(self, vector: Vector, topics: int) -> list[float]:
        """Return the cosine of a text and the centre of each topic."""
        found = [0.0] * topics
        entries = self._entries
        for key, value in vector.items():
            if key in entries:
                for topic, weight in entries[key]:
                    found[topic] += value * weight
        return found
