"""Digest: the bottom line and the key points of a text, verbatim.

In: paragraphs. Out: sentences exactly as they stand, in the order of the text. A first version:
place in the text, words of the headline, and words the whole text keeps using.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from briefbook.text.sentences import split
from briefbook.text.words import collapsed, count_words, telling_words

KEY_POINTS = 3
# A bottom line of less than this many words is helped by the sentence after it.
_SHORT = 12
_FEWEST_WORDS, _MOST_WORDS = 6, 60
# What each signal counts; tried by hand on the samples, to be fitted when filing is.
_PLACE, _TITLE, _CENTRE = 1.0, 1.2, 1.0
# How fast the place counts less, in sentences.
_FADE = 6.0
# Sentences sharing more than this part of their words say the same.
_REDUNDANT = 0.5
_EXHORTATION = re.compile(
    r"^(?:click|read|see|share|subscribe|sign|follow|watch|join|learn|discover|don[’']t miss|"
    r"let us|stay|get|here (?:is|are)|this article|in this article|we[’']ll|we will)\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"^(?:he|she|it|they|this|that|these|those|but|and|however|meanwhile|also|still|yet|such|"
    r"additionally|furthermore|moreover|in addition|for example|in conclusion|as a result)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    place: int
    words: frozenset[str]
    score: float


def summarise(text: str, title: str = "", sentences: int = 1) -> tuple[str, ...]:
    """Return the sentences that say the most, verbatim, in the order of the text.

    Args:
        text: Plain text; blank lines or line breaks divide its paragraphs.
        title: The headline, whose words count.
        sentences: How many to return at most.
    """
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return pick(_scored(paragraphs, title), sentences)


def digest(paragraphs: Sequence[str], title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the bottom line and the key points of an article.

    Args:
        paragraphs: Its paragraphs and items, repaired; callouts, questions and headings left out.
        title: Its headline.
    """
    scored = _scored(paragraphs, title)
    bottom = pick(scored, 1)
    if bottom and count_words(bottom[0]) < _SHORT:
        # A short first sentence usually needs the next one to be understood.
        at = next(i for i, s in enumerate(scored) if s.text == bottom[0])
        following = [s for s in scored[at + 1 : at + 2] if s.place == scored[at].place + 1]
        bottom = (*bottom, *(s.text for s in following))
    rest = [s for s in scored if s.text not in bottom]
    taken = [s for s in scored if s.text in bottom]
    return bottom, pick(rest, KEY_POINTS, beside=taken)


def _scored(paragraphs: Sequence[str], title: str) -> list[_Sentence]:
    """Return the sentences that may stand alone, with their scores, in order."""
    everything = [s for paragraph in paragraphs for s in split(paragraph)]
    words = [frozenset(telling_words(sentence)) for sentence in everything]
    frequency = Counter(chain.from_iterable(words))
    wanted = set(telling_words(title))
    most = max(frequency.values(), default=1)
    found: list[_Sentence] = []
    for place, (text, own) in enumerate(zip(everything, words, strict=True)):
        if not _may_stand_alone(text):
            continue
        score = _PLACE / (1 + place / _FADE)
        score += _TITLE * (len(own & wanted) / len(wanted) if wanted else 0)
        # Counts are summed before they are divided: so their order, which varies, does not count.
        score += _CENTRE * sum(map(frequency.__getitem__, own)) / most / max(8, len(own))
        if _POINTS_BACK.match(text):
            score -= 0.4
        found.append(_Sentence(text, place, own, score))
    return found


def _may_stand_alone(text: str) -> bool:
    return (
        text.rstrip("\"'”’»)").endswith((".", "!", "。"))
        and _FEWEST_WORDS <= count_words(text) <= _MOST_WORDS
        and not _EXHORTATION.match(text)
    )


def pick(
    scored: Sequence[_Sentence], wanted: int, beside: Sequence[_Sentence] = ()
) -> tuple[str, ...]:
    """Return the best sentences that do not repeat one another, in the order of the text.

    Args:
        scored: What to choose from.
        wanted: How many at most.
        beside: Sentences already shown, not to be repeated.
    """
    chosen: list[_Sentence] = []
    for sentence in sorted(scored, key=lambda s: (-s.score, s.place)):
        if len(chosen) == wanted:
            break
        if not any(_alike(sentence, other) for other in (*beside, *chosen)):
            chosen.append(sentence)
    return tuple(s.text for s in sorted(chosen, key=lambda s: s.place))


def _alike(one: _Sentence, other: _Sentence) -> bool:
    smaller = min(len(one.words), len(other.words))
    if smaller > 0 and len(one.words & other.words) / smaller > _REDUNDANT:
        return True
    # The same words in the same order, but none that tells.
    return one.words == other.words and collapsed(one.text) == collapsed(other.text)
