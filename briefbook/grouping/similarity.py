"""Similarity: how much two texts are about the same, by the words they share.

Terms are folded words without those that say little. How rare a term is comes from a shipped table
of news (`background.tsv`, made by scripts/make_background.py) and from the texts that arrived
before.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from briefbook.grouping.known import Known
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
    known = _TERMS
    return [term for word in words(text) for term in known[word]]


def word_terms(word: str) -> tuple[str, ...]:
    """Return the terms of a word: what a hyphen joins is two, a stop word none."""
    return tuple(_word_terms(word))


def _word_terms(word: str) -> Iterator[str]:
    for part in word.split("-") if "-" in word and not any(map(str.isdigit, word)) else [word]:
        folded = fold_word(part)
        if folded not in STOP_WORDS and len(folded) > 1:
            yield _PLURAL.sub("", folded) if folded.isascii() else folded


_TERMS = Known(word_terms)


@cache
def background() -> Mapping[str, float]:
    """Return in what share of news articles a term stands, 0 to 1."""
    rows = (line.split("\t") for line in _BACKGROUND.read_text("utf-8").splitlines())
    return {term: int(count) / 1000 for term, count in rows}


@cache
def _expected() -> Mapping[str, float]:
    """Return in how many texts of the shipped table a term stands, by its weight here."""
    return {term: share * _BACKGROUND_TEXTS for term, share in background().items()}


def rarities(found: Iterable[str], texts: int, seen: Callable[[str, int], int]) -> dict[str, float]:
    """Return the weight of each of many terms, the logarithm of one over its share; 0 at least.

    Args:
        found: The terms.
        texts: How many texts arrived before.
        seen: Tells in how many of them a term stands; asked with 0 as the default.
    """
    expected, log = _expected().get, math.log
    unknown = _UNKNOWN_SHARE * _BACKGROUND_TEXTS
    most = fame(texts)
    return {
        term: rare
        if (rare := most - log(expected(term, unknown) + seen(term, 0) + _LEAST)) > 0
        else 0.0
        for term in found
    }


def fame(texts: int) -> float:
    """Return what the weight of any term is, before what it is known for is taken off."""
    return math.log(_BACKGROUND_TEXTS + texts + 1)


def commonness(term: str, seen: int) -> float:
    """Return what is taken off the weight of a term that stands in some of the texts before."""
    unknown = _UNKNOWN_SHARE * _BACKGROUND_TEXTS
    return math.log(_expected().get(term, unknown) + seen + _LEAST)


class Rarity:
    """How rare terms are, by the shipped table and what arrived before."""

    def __init__(self, texts: int = 0, before: Callable[[str], int] | None = None) -> None:
        """Start with some texts that arrived already.

        Args:
            texts: How many they are.
            before: Tells in how many of them a term stands; asked once for each term.
        """
        self._texts = texts
        self._before = before
        self._seen: Counter[str] = Counter()
        self._count = self._counted if before else self._seen.get

    def add(self, found: Iterable[str]) -> None:
        """Count one more text with its distinct terms."""
        self._texts += 1
        if self._before is None:
            self._seen.update(found)
            return
        for term in found:
            self._seen[term] = self._counted(term, 0) + 1

    def remove(self, found: Iterable[str]) -> None:
        """Forget a text that was counted."""
        self._texts -= 1
        seen = self._seen
        for term in found:
            left = self._count(term, 0) - 1
            if left or self._before is not None:
                seen[term] = left
            else:
                del seen[term]  # or memory would grow with all terms there ever were

    def of_all(self, found: Iterable[str]) -> dict[str, float]:
        """Return the weight of each of many terms, never below 0."""
        return rarities(found, self._texts, self._count)

    def _counted(self, term: str, default: int) -> int:
        count = self._seen.get(term)
        if count is None:
            count = self._seen[term] = self._before(term) if self._before else default
        return count
