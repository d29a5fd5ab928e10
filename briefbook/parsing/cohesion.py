"""Cohesion: the words a line shares with the lines around it, and with the text as a whole.

In: all lines of a text. Out: nothing; signs are added to the lists of each line, in bundles.
The paragraphs of an article take up each other's words and those of its headline; the teasers of
other stories do not. Each function adds one family of signs and is linear in the number of lines.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from briefbook.parsing.lines import TextLine
from briefbook.parsing.ownsigns import KEPT, Bundle, Bundles
from briefbook.parsing.steps import TENTHS, step, steps

# The core of a text is its densest stretch of prose: a line of prose adds its words, up to this
# many, and other lines take away so much, most of all those with an end cue.
_MOST_CORE_WORDS = 60
_CORE_END, _CORE_CUE, _CORE_SHORT, _CORE_OTHER = -25, -12, -7, -4
# Lines of prose on each side that a line is compared with.
_NEAR = 3
# A headline has so many words.
_TITLE_WORDS = (3, 25)
_FAR = 99

_CORE = steps(1, 2, 4, 8, 16)
_BELOW = steps(1, 2, 4, 8, 16, 40)

Words = AbstractSet[str]


def cohesion_signs(lines: Sequence[TextLine], words: Sequence[Words], signs: Bundles) -> None:
    """Add to each line's signs what the words it shares say.

    Args:
        lines: All lines of a text.
        words: Those of each line that say what it is about.
        signs: What is added to.
    """
    above = _near_words(lines, words)
    below = _near_words(lines[::-1], words[::-1])[::-1]
    _add_shared_words(lines, words, signs)
    _add_core(lines, words, signs)
    _add_near_words(lines, words, above, below, signs)
    _add_borne_out(lines, words, below, signs)


def _tenths(words: Words, others: Words) -> str:
    """Return which part of the words stands among others."""
    return TENTHS[10 * len(words & others) // len(words)]  # ten tenths at most


def _once_and_twice(lines: Iterable[tuple[TextLine, Words]]) -> tuple[Words, Words]:
    """Return the words that stand in a line of prose, and those that stand in two or more."""
    once: set[str] = set()
    twice: set[str] = set()
    for line, words in lines:
        if line.prose:
            twice |= words & once
            once |= words
    return frozenset(once), frozenset(twice)


def _add_shared_words(lines: Sequence[TextLine], telling: Sequence[Words], signs: Bundles) -> None:
    """Add which part of a line's words stands in the prose too."""
    once, twice = _once_and_twice(zip(lines, telling, strict=True))
    for line, words, own in zip(lines, telling, signs, strict=True):
        if words:
            # A line of prose has its own words in the count.
            own.append(_shared(_tenths(words, twice if line.prose else once), line.kind, line.size))


@cache
def _shared(tenths: str, kind: str, size: str) -> Bundle:
    return (
        f"tenths of words shared {tenths}, {kind}",
        f"tenths of words shared {tenths}, words {size}",
    )


def _add_core(lines: Sequence[TextLine], telling: Sequence[Words], signs: Bundles) -> None:
    """Add where a line stands to the core of the text, and the words it shares with the core."""
    first, last = _core(lines)
    core = slice(first, last + 1)
    once, twice = _once_and_twice(zip(lines[core], telling[core], strict=True))
    for i, (line, words, own) in enumerate(zip(lines, telling, signs, strict=True)):
        side = "above" if i < first else "below" if i > last else "in"
        distance = "" if side == "in" else step(_CORE, max(first - i, i - last))
        others = twice if line.prose and side == "in" else once
        shared = _tenths(words, others) if words else ""
        own.append(_beside_core(side, distance, line.sections, shared, line.kind, line.size))


@lru_cache(KEPT)
def _beside_core(
    side: str, distance: str, sections: frozenset[str], shared: str, kind: str, size: str
) -> Bundle:
    where = f"{distance} {side} the core" if distance else "in the core"
    names = [f"{where}, words {size}", f"{where}, {kind}"]
    names += (f"{side} the core, cue {section}" for section in sorted(sections))
    if shared:
        names.append(f"{side} the core, tenths shared {shared}, {kind}")
    return tuple(names)


def _core(lines: Sequence[TextLine]) -> tuple[int, int]:
    """Return the first and last line of the densest stretch of prose (best sum of a run)."""
    best, here, start = (0, 0, 0), 0, 0
    for i, line in enumerate(lines):
        if here <= 0:
            here, start = 0, i
        here += _worth(line)
        if here > best[0]:
            best = (here, start, i)
    return best[1], best[2]


def _worth(line: TextLine) -> int:
    if "end" in line.sections:
        return _CORE_END
    if line.prose and line.sections.isdisjoint(("box", "furniture")):
        return min(line.words, _MOST_CORE_WORDS)
    if line.sections:
        return _CORE_CUE
    return _CORE_SHORT if line.words <= 3 else _CORE_OTHER


def _near_words(lines: Sequence[TextLine], telling: Sequence[Words]) -> list[Words]:
    """Return for each line the words of the last lines of prose before it."""
    found: list[Words] = []
    last: list[Words] = []
    union: Words = frozenset()
    for line, words in zip(lines, telling, strict=True):
        found.append(union)
        if line.prose:
            last = [*last[1 - _NEAR :], words]
            union = frozenset().union(*last)
    return found


def _add_near_words(
    lines: Sequence[TextLine],
    telling: Sequence[Words],
    above: Sequence[Words],
    below: Sequence[Words],
    signs: Bundles,
) -> None:
    """Add which part of a line's words stands in the next lines of prose above and below."""
    seen: set[str] = set()
    for line, words, over, under, own in zip(lines, telling, above, below, signs, strict=True):
        if not words:
            continue
        up = _tenths(words, over) if over else "none"
        down = _tenths(words, under) if under else "none"
        before = _tenths(words, seen) if seen else "none"
        own.append(_near(up, down, before, line.kind))
        if line.prose:
            seen |= words


@cache
def _near(up: str, down: str, before: str, kind: str) -> Bundle:
    return (
        f"tenths of words near above {up} below {down}, {kind}",
        f"tenths of words seen above {before}, {kind}",
    )


def _add_borne_out(
    lines: Sequence[TextLine], telling: Sequence[Words], below: Sequence[Words], signs: Bundles
) -> None:
    """Add how far the prose below bears a line out, as it does a headline, and where that stood."""
    best, since = 0.0, _FAR + 1
    for line, words, under, own in zip(lines, telling, below, signs, strict=True):
        own.append(_headline_above(since))
        since = min(since + 1, _FAR + 1)
        if line.prose or not _TITLE_WORDS[0] <= line.words <= _TITLE_WORDS[1] or not words:
            continue
        share = len(words & under) / len(words)
        own.append(_borne_out(step(TENTHS, int(10 * share)), line.size))
        if len(words) > 2 and share >= max(best, 0.4):
            best, since = share, 1


@cache
def _headline_above(since: int) -> Bundle:
    return (f"headline {step(_BELOW, since) if since <= _FAR else 'not'} above",)


@cache
def _borne_out(tenths: str, size: str) -> Bundle:
    return (f"tenths borne out {tenths}, words {size}",)
