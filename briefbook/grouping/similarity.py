"""Similarity: how much two texts are about the same, by the words they share.

Terms are folded words without those that say little. How rare a term is comes from a shipped table
of news (`background.tsv`, made by scripts/make_background.py) and from the texts that arrived
before.
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
# No term counts as rarer than this many texts.
_LEAST = 0.05
_PLURAL = re.compile(r"(?<=[a-z]{3})(?:ies|es|s)$")


def terms(text: str) -> list[str]:
    """Return the folded terms of a text, in order, repeats kept; plurals are one with singulars."""
    return [term for word in words(text) for term in word_terms(word)]


def word_terms(word: str) -> Iterable[str]:
    """Yield the terms of a word: what a hyphen joins is two, a stop word none."""
    for part in word.split("-") if "-" in word and not any(map(str.isdigit, word)) else [word]:
        folded = fold_word(part)
        if folded not in STOP_WORDS and len(folded) > 1:
            yield _PLURAL.sub("", folded) if folded.isascii() else folded


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

    def remove(self, found: Iterable[str]) -> None:
        """Forget a text that was counted."""
        self._texts -= 1
        self._seen.subtract(found)

    def of(self, term: str) -> float:
        """Return the weight of a term: the logarithm of one over its share of texts."""
        share = background().get(term, _UNKNOWN_SHARE)
        expected = share * _BACKGROUND_TEXTS + self._seen[term]
        return math.log((_BACKGROUND_TEXTS + self._texts + 1) / (expected + _LEAST))

    def of_all(self, found: Iterable[str]) -> dict[str, float]:
        """Return the weight of each of many terms, never below 0."""
        shares, seen, log = background(), self._seen, math.log
        texts = log(_BACKGROUND_TEXTS + self._texts + 1)
        return {
            term: max(
                0.0,
                texts
                - log(
                    shares.get(term, _UNKNOWN_SHARE) * _BACKGROUND_TEXTS
                    + seen.get(term, 0)
                    + _LEAST
                ),
            )
            for term in found
        }
