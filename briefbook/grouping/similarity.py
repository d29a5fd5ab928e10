"""Similarity: how much two texts are about the same, by the words they share.

Terms are folded words without those that say little; names, acronyms and numbers weigh more. How
rare a term is comes from a shipped table of news (`background.tsv`, made by
scripts/make_background.py) and from the texts that arrived before.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from briefbook.text.words import STOP_WORDS, fold_word, words

_BACKGROUND = Path(__file__).parent / "background.tsv"
# The shipped table counts as this many texts: few enough that a site's own beat soon outweighs it.
_BACKGROUND_TEXTS = 30
# A term of no table stands in about one of a thousand texts.
_UNKNOWN_SHARE = 0.001
_TITLE_WEIGHT = 3
_LEAD_WORDS = 150
_NAME_WEIGHT = 1.6
_PLURAL = re.compile(r"(?<=[a-z]{3})(?:ies|es|s)$")

Vector = dict[str, float]


def terms(text: str) -> list[str]:
    """Return the folded terms of a text, in order, repeats kept; plurals are one with singulars."""
    return [term for word in words(text) for term in _terms_of(word)]


def _terms_of(word: str) -> Iterable[str]:
    for part in word.split("-") if "-" in word and not any(map(str.isdigit, word)) else [word]:
        folded = fold_word(part)
        if folded not in STOP_WORDS and len(folded) > 1:
            yield _PLURAL.sub("", folded) if folded.isascii() else folded


def lead_counts(title: str, text: str) -> Counter[str]:
    """Count the terms that carry the event: of the title, thrice, and of the first 150 words.

    A name, acronym or number counts more than a word.
    """
    counts: Counter[str] = Counter()
    lead = " ".join(text.split()[:_LEAD_WORDS])
    for part, weight in ((title, _TITLE_WEIGHT), (lead, 1)):
        for i, word in enumerate(words(part)):
            special = any(map(str.isdigit, word)) or word.isupper() or (i > 0 and word[0].isupper())
            for term in _terms_of(word):
                counts[term] += weight * (_NAME_WEIGHT if special else 1)  # type: ignore[assignment]
    return counts


@cache
def background() -> Mapping[str, float]:
    """Return in what share of news articles a term stands, 0 to 1."""
    rows = (line.split("\t") for line in _BACKGROUND.read_text("utf-8").splitlines())
    return {term: int(count) / 1000 for term, count in rows}


class Rarity:
    """How rare terms are, by the shipped table and what arrived before."""

    def __init__(self) -> None:
        self._texts = 0
        self._seen: Counter[str] = Counter()

    def add(self, found: Iterable[str]) -> None:
        """Count one more text with its distinct terms."""
        self._texts += 1
        self._seen.update(found)

    def of(self, term: str) -> float:
        """Return the weight of a term: the logarithm of one over its share of texts."""
        share = background().get(term, _UNKNOWN_SHARE)
        expected = share * _BACKGROUND_TEXTS + self._seen[term]
        return math.log((_BACKGROUND_TEXTS + self._texts + 1) / (expected + 0.05))


def weighted(counts: Mapping[str, float], rarity: Rarity) -> Vector:
    """Return counts as a vector of length 1: damped counts times rarity."""
    vector = {
        term: (1 + math.log(max(1.0, count))) * max(0.0, rarity.of(term))
        for term, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of length 1: 0 for nothing shared, 1 for the same."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[term] for term, value in one.items() if term in other)
