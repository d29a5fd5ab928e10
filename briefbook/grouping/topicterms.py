"""Terms of topics: a text as words that compare equal however they are inflected or spelled.

Plurals are one with singulars, British with American spelling, a Korean word with and without its
particles; hyphens divide; where nothing divides words, as in Japanese, their parts are terms.
"""

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from briefbook.grouping.known import Known
from briefbook.text.words import STOP_WORDS, fold_word, parts_without_spaces, words

_BACKGROUND = Path(__file__).parent / "topic_background.tsv"
BACKGROUND_TEXTS = 10_000  # its counts are of so many texts
# A term of no table stands in about this share of texts, and no term is rarer for us.
_UNKNOWN_SHARE = 0.0005
# Endings of plurals with what stands there in the singular.
_PLURALS = (
    (re.compile(r"(?<=[a-z]{2})ies?$"), "y"),
    (re.compile(r"(?<=ss|sh|ch|.x|.z)es$"), ""),
    (re.compile(r"(?<=[a-z]{2}[a-rtv-z])(?<!new)s$"), ""),
)
# Which of two spellings is taken does not matter, as long as both give the same.
_SPELLINGS = (
    (re.compile(r"(defen|licen|offen|preten)ce"), r"\1se"),
    (re.compile(r"(?<=[a-z]{2})our(?=s?$|ed|ing|ite|ful|able|hood)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e[ds]?$|ing$|ation)"), "iz"),
    (re.compile(r"(?<=[a-z]{3})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=[a-z]{2}[aeiou])ll(?=ed$|ing$|er$)"), "l"),
    (re.compile(r"programme"), "program"),
)
_HANGUL = re.compile("[가-힣]{3,}")
# Particles that stand at the end of Korean words, longest first.
_PARTICLES = tuple(
    sorted(
        "은 는 이 가 을 를 의 에 와 과 도 만 로 으로 에서 에게 까지 부터 보다 처럼 라고 이라고 "
        "께서 에는 에도 이나 마저 조차".split(),
        key=lambda particle: (-len(particle), particle),
    )
)
# Longer runs of letters are no words; each part of them would be compared for nothing.
_LONGEST = 64


class Term(NamedTuple):
    """One word or part of a word."""

    key: str  # for comparing
    raw: str  # as it stands, without a possessive ending


def terms_of(text: str, most: int | None = None) -> list[Term]:
    """Return the terms of the first words of a text in order, repeats and common words kept."""
    known = _TERMS
    return [term for word in words(text)[:most] for term in known[word]]


def _word_terms(word: str) -> tuple[Term, ...]:
    if word.isascii() and word.isalnum():
        return (Term(_key(word), word),)
    plain = word[:_LONGEST].replace("’", "'").removesuffix("'s").removesuffix("'S")
    parts = (part for piece in plain.split("-") for part in parts_without_spaces(piece))
    return tuple(Term(_key(part), part) for part in parts if part)


def _key(word: str) -> str:
    folded = fold_word(word)
    if folded in STOP_WORDS:
        return folded
    if not folded.isascii():
        return _without_particles(folded) if _HANGUL.fullmatch(folded) else folded
    if folded.isalpha():
        for ending, ours in (*_PLURALS, *(_SPELLINGS if len(folded) > 4 else ())):
            folded = ending.sub(ours, folded)
    return folded


def _without_particles(word: str) -> str:
    """Take particles off, one after another, as long as two syllables stay."""
    while found := next((p for p in _PARTICLES if word.endswith(p)), None):
        if len(word) - len(found) < 2:
            break
        word = word[: -len(found)]
    return word


@cache
def _shares() -> Mapping[str, float]:
    rows = (line.split("\t") for line in _BACKGROUND.read_text("utf-8").splitlines())
    return {key: int(count) / BACKGROUND_TEXTS for key, count in rows}


def share_of(key: str) -> float:
    """Return in what share of general news a term stands, 0 to 1."""
    return _shares().get(key, 0.0)


def weight_of(key: str) -> float:
    """Return how much a term tells: the logarithm of how rare it is; nothing for common words."""
    return WEIGHTS[key]


def _weight(key: str) -> float:
    if key in STOP_WORDS or len(key) < 2:
        return 0.0
    return max(0.0, -math.log(share_of(key) + _UNKNOWN_SHARE))


_TERMS = Known(_word_terms)
WEIGHTS = Known(_weight)  # by key
