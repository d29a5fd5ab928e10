"""Fields of topics: which words keep company in news, so that a text speaks with all its words.

A field is a group of words that stand in the same articles: "striker", "penalty" and "coach", or
"shares", "profit" and "quarterly". The fields of a topic are those of its words and its examples,
the fields of a text those of all it says. They tell topics apart that a text names about equally;
they are never reason enough to file it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import mul
from pathlib import Path

_TABLE = Path(__file__).parent / "topic_fields.tsv"
# The table is made by scripts/make_topic_fields.py, which says how many fields there are.
_FIELDS = 40

Fields = list[float]  # what each field has of a text or topic: as a vector of length 1, or zeros
NO_FIELDS: Fields = [0.0] * _FIELDS


@cache
def _table() -> Mapping[str, tuple[tuple[int, float], ...]]:
    """Return the fields of each word with its weight in them."""
    return {
        key: tuple((int(field), float(weight)) for field, weight in map(_pair, pairs.split()))
        for key, _, pairs in (
            line.partition("\t") for line in _TABLE.read_text("utf-8").splitlines()
        )
    }


def _pair(written: str) -> list[str]:
    return written.split(":")


def fields_of(vector: Mapping[str, float]) -> Fields:
    """Return the fields of a text, given what each of its terms weighs."""
    total, known = NO_FIELDS[:], _table().get
    for key, value in vector.items():
        for field, weight in known(key, ()):
            total[field] += value * weight
    return _scaled(total)


def fields_of_topic(words: Iterable[tuple[str, float]], examples: Mapping[str, float]) -> Fields:
    """Return the fields of a topic: half those of its words, half those of its examples.

    Each word counts by its weight alone, whether or not the table has much of it.
    """
    total = NO_FIELDS[:]
    for key, weight in words:
        for field, value in enumerate(fields_of({key: 1.0})):
            total[field] += weight * value
    both = zip(_scaled(total), fields_of(examples), strict=True)
    return _scaled([one + other for one, other in both])


def shared_fields(one: Fields, other: Fields) -> float:
    """Return how far two have the same fields: their cosine."""
    product: float = sum(map(mul, one, other))
    return product


def words_in_fields(vector: Mapping[str, float], fields: Fields) -> list[str]:
    """Return the terms of a text that stand in some fields, the most telling first."""
    table = _table()
    shared = {
        key: value * math.fsum(weight * fields[field] for field, weight in table[key])
        for key, value in vector.items()
        if key in table
    }
    return sorted((key for key in shared if shared[key]), key=lambda key: (-shared[key], key))


def _scaled(values: Sequence[float]) -> Fields:
    length = math.sqrt(math.fsum(map(mul, values, values)))
    return [value / length for value in values] if length else list(values)
