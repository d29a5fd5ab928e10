"""Digest: the bottom line and the key points of a text, verbatim.

In: paragraphs. Out: sentences exactly as they stand, in the order of the text.

A report says first what it has to say: of the sentences that may stand alone (`standing.py`) the
first is the bottom line, unless it is a teaser that shares nothing with the headline. Key points
are early sentences that say what the text keeps coming back to, and not what another says.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from briefbook.parsing.standing import Sentence, standing, stems
from briefbook.text.sentences import split
from briefbook.text.words import collapsed

KEY_POINTS = 3
# A bottom line of less than this many words is helped by the sentence after it.
_SHORT = 12
# Sentences sharing more than this part of their words say the same.
_REDUNDANT = 0.5
# Words are divided by at least so many, or the shortest sentences would win.
_FEWEST = 6
# Sentences added to those of a text, as few words repeat in a short one.
_SENTENCES = 5
# The share left of what a word counts when it is already said.
_AGAIN = 0.5
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Weights:
    """What counts for a sentence, against the logarithm of its place."""

    title: float  # for the share of the headline's words it has
    lacking: float  # against it, for the share of `_SHORT` words it lacks
    centre: float  # for words the text comes back to


# Tried by hand on the development halves of standfirst (185 articles, the bottom line) and cnndm
# (60, the points). What comes first is the news, whatever the text comes back to later; points
# shed a light on all of it. With each a third lower or higher, ROUGE stays within 0.006.
_BOTTOM_LINE = _Weights(title=0.6, lacking=0.6, centre=0.0)
_POINTS = _Weights(title=0.6, lacking=2.0, centre=1.0)


def summarise(text: str, title: str = "", sentences: int = 1) -> tuple[str, ...]:
    """Return the sentences that say the most, verbatim, in the order of the text.

    Args:
        text: Plain text; blank lines or line breaks divide its paragraphs.
        title: The headline, whose words count.
        sentences: How many to return at most; one is the bottom line, more are key points.
    """
    found = standing([line for line in text.split("\n") if line.strip()], is_raw=True)
    chosen = _bottom_line(found, title) if sentences == 1 else _points(found, title, sentences)
    return tuple(s.text for s in chosen)


def digest(paragraphs: Sequence[str], title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the bottom line and the key points of an article.

    Args:
        paragraphs: Its paragraphs and items, repaired; callouts, questions and headings left out.
        title: Its headline.
    """
    found = standing(paragraphs)
    bottom = _bottom_line(found, title)
    if bottom and bottom[0].length < _SHORT:
        # A short first sentence usually needs the next one to be understood.
        bottom += [s for s in found if s.place == bottom[0].place + 1 and _part(bottom[0], s)]
    points = _points(found, title, KEY_POINTS, beside=bottom)
    # Rather two points than a third that cannot be understood alone.
    return tuple(s.text for s in bottom), tuple(s.text for s in points if not s.leans)


def _part(one: Sentence, other: Sentence) -> bool:
    """Tell whether two sentences are still two where one is written behind the other.

    Below "… in the U.S." may stand a heading, and below that "Kim …": read as one sentence, as an
    entry would be, they stand nowhere in the source.
    """
    return split(f"{one.text} {other.text}") == (one.text, other.text)


def _bottom_line(found: Sequence[Sentence], title: str) -> list[Sentence]:
    """Return the sentence that says most of what comes first, of equals the first."""
    telling, weights = stems(title), _BOTTOM_LINE
    best: Sentence | None = None
    most = -math.inf
    for s in [s for s in found if not s.is_weak] or found:
        # Nothing counts for a sentence but the headline, and its place only against it.
        if weights.title - math.log(1 + s.order) < most:
            break
        score = _score(s, telling, weights)
        if score > most:
            best, most = s, score
    return [] if best is None else [best]


def _points(
    found: Sequence[Sentence], title: str, wanted: int, beside: Sequence[Sentence] = ()
) -> list[Sentence]:
    """Return the best sentences that do not repeat one another, in the order of the text.

    Args:
        found: What to choose from.
        title: The headline.
        wanted: How many at most.
        beside: Sentences already shown, not to be repeated.
    """
    values = _values(found, _POINTS.centre)
    said = frozenset(chain.from_iterable(s.words for s in beside))
    chosen: list[Sentence] = []
    for is_weak in (False, True):  # the weak ones stand only where no other is left
        if len(chosen) == wanted:
            break
        left = _by_hope([s for s in found if s.is_weak is is_weak], title, values)
        while len(chosen) < wanted and (best := _best(left, values, said, (*beside, *chosen))):
            chosen.append(best)
            said |= best.words
    return sorted(chosen, key=lambda s: s.place)


class _Hopeful(NamedTuple):
    """A sentence with what it may be worth at most, and what is weighed anew in each round."""

    hope: float  # what it is worth if none of its words is said yet
    base: float  # what place, headline and length count for it
    known: list[str]  # those of its words that have a value
    sentence: Sentence


def _by_hope(found: Sequence[Sentence], title: str, values: Mapping[str, float]) -> list[_Hopeful]:
    """Return sentences with what they may be worth at most, the most first, of equals the first."""
    telling = stems(title)
    hopeful = []
    for s in found:
        base = _score(s, telling, _POINTS)
        known = [word for word in s.words if word in values]
        hopeful.append(_Hopeful(base + _news(s, known, values, _NOTHING), base, known, s))
    hopeful.sort(key=_most_first)
    return hopeful


def _most_first(one: _Hopeful) -> tuple[float, int]:
    return -one.hope, one.sentence.place


def _best(
    left: Sequence[_Hopeful],
    values: Mapping[str, float],
    said: frozenset[str],
    beside: Sequence[Sentence],
) -> Sentence | None:
    """Return the sentence that is worth most, of equals the first; None where none may be shown.

    What was said already only lowers what a sentence is worth (sums are rounded once, so that
    rounding turns no order round): whoever hopes for less than the best has need not be weighed.

    Args:
        left: What to choose from, who hopes for most first.
        values: What each word counts.
        said: The words that are said already.
        beside: Sentences that are not to be repeated.
    """
    best: Sentence | None = None
    most = -math.inf
    for hope, base, known, sentence in left:
        if hope < most:
            break
        if any(_alike(sentence, other) for other in beside):
            continue
        worth = base + _news(sentence, known, values, said)
        if worth > most or (worth == most and best is not None and sentence.place < best.place):
            best, most = sentence, worth
    return best


def _score(s: Sentence, title: frozenset[str], weights: _Weights) -> float:
    """Return what place, headline and length count for a sentence."""
    shared = len(s.words & title) / len(title) if title else 0.0
    lacking = max(0, _SHORT - s.length) / _SHORT
    counted = weights.title * shared - weights.lacking * lacking
    return counted - math.log(1 + s.order)


def _values(found: Sequence[Sentence], centre: float) -> dict[str, float]:
    """Return what each word counts: how often it comes back, for a text of that length."""
    counts = Counter(chain.from_iterable(s.words for s in found))
    scale = centre / math.sqrt(len(found) + _SENTENCES)
    return {word: scale * (count - 1) for word, count in counts.items() if count > 1}


def _news(
    sentence: Sentence, known: Collection[str], values: Mapping[str, float], said: frozenset[str]
) -> float:
    """Return what those words of a sentence count that have a value; `fsum`: their order varies."""
    if not known:
        return 0.0
    counted = math.fsum([values[word] * (_AGAIN if word in said else 1) for word in known])
    return counted / math.sqrt(max(_FEWEST, len(sentence.words)))


def _alike(one: Sentence, other: Sentence) -> bool:
    words, others = one.words, other.words
    if words.isdisjoint(others):
        # The same words in the same order, but none that tells.
        return not words and not others and collapsed(one.text) == collapsed(other.text)
    return len(words & others) / min(len(words), len(others)) > _REDUNDANT
