"""Cohesion: the words a line shares with the lines around it, and with the text as a whole.

In: all lines of a text and the lists of their signs. Out: nothing; signs are added to the lists.
The paragraphs of an article take up each other's words and those of its headline; the teasers of
other stories do not. Each function adds one family of signs and is linear in the number of lines.
"""

from collections import Counter
from collections.abc import Sequence

from briefbook.parsing.lines import TextLine
from briefbook.parsing.surroundings import SIZE, Signs, step, steps
from briefbook.text.words import FUNCTION_WORDS

# The core of a text is its densest stretch of prose: a line of prose adds its words, up to this
# many, and other lines take away so much, most of all those with an end cue.
_MOST_CORE_WORDS = 60
_CORE_END, _CORE_CUE, _CORE_SHORT, _CORE_OTHER = -25, -12, -7, -4
# Lines of prose on each side that a line is compared with.
_NEAR = 3
# A headline has so many words.
_TITLE_WORDS = (3, 25)
_FAR = 99

_TENTHS = steps(0, 1, 3, 5, 7, 9)
_CORE = steps(1, 2, 4, 8, 16)
_BELOW = steps(1, 2, 4, 8, 16, 40)

Words = frozenset[str]


def cohesion_signs(lines: Sequence[TextLine], signs: Signs) -> None:
    """Add to each line's signs what the words it shares say."""
    telling = [_telling(line) for line in lines]
    _add_shared_words(lines, telling, signs)
    _add_core(lines, telling, signs)
    _add_near_words(lines, telling, signs)
    _add_borne_out(lines, telling, signs)


def _telling(line: TextLine) -> Words:
    return frozenset(w for w in line.letters if len(w) > 2 and w not in FUNCTION_WORDS)


def _prose(line: TextLine) -> str:
    return "prose" if line.prose else "label"


def _add_shared_words(lines: Sequence[TextLine], telling: Sequence[Words], signs: Signs) -> None:
    """Add which part of a line's words stands in the prose too."""
    prose: Counter[str] = Counter()
    for line, words in zip(lines, telling, strict=True):
        if line.prose:
            prose.update(words)
    for line, words, own in zip(lines, telling, signs, strict=True):
        if not words:
            continue
        least = 1 if line.prose else 0  # its own words are in the count
        shared = step(_TENTHS, 10 * sum(prose[w] > least for w in words) // len(words))
        own += (
            f"tenths of words shared {shared}, {_prose(line)}",
            f"tenths of words shared {shared}, words {step(SIZE, line.words)}",
        )


def _add_core(lines: Sequence[TextLine], telling: Sequence[Words], signs: Signs) -> None:
    """Add where a line stands to the core of the text, and the words it shares with the core."""
    first, last = _core(lines)
    core: Counter[str] = Counter()
    for line, words in zip(lines[first : last + 1], telling[first : last + 1], strict=True):
        if line.prose:
            core.update(words)
    for i, (line, words, own) in enumerate(zip(lines, telling, signs, strict=True)):
        side = "above" if i < first else "below" if i > last else "in"
        distance = first - i if i < first else i - last
        where = "in the core" if side == "in" else f"{step(_CORE, distance)} {side} the core"
        own += (
            f"{where}, words {step(SIZE, line.words)}",
            f"{where}, {_prose(line)}",
            *(f"{side} the core, cue {section}" for section in sorted(line.sections)),
        )
        if words:
            least = 1 if line.prose and side == "in" else 0
            shared = step(_TENTHS, 10 * sum(core[w] > least for w in words) // len(words))
            own += (f"{side} the core, tenths shared {shared}, {_prose(line)}",)


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


def _add_near_words(lines: Sequence[TextLine], telling: Sequence[Words], signs: Signs) -> None:
    """Add which part of a line's words stands in the next lines of prose above and below."""
    above = _near_words(lines, telling)
    below = _near_words(lines[::-1], telling[::-1])[::-1]
    seen: set[str] = set()
    for line, words, over, under, own in zip(lines, telling, above, below, signs, strict=True):
        if not words:
            continue
        up = step(_TENTHS, 10 * len(words & over) // len(words)) if over else "none"
        down = step(_TENTHS, 10 * len(words & under) // len(words)) if under else "none"
        before = step(_TENTHS, 10 * len(words & seen) // len(words)) if seen else "none"
        kind = _prose(line)
        own += (
            f"tenths of words near above {up} below {down}, {kind}",
            f"tenths of words seen above {before}, {kind}",
        )
        if line.prose:
            seen |= words


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


def _add_borne_out(lines: Sequence[TextLine], telling: Sequence[Words], signs: Signs) -> None:
    """Add how far the prose below bears a line out, as it does a headline, and where that stood."""
    below = _near_words(lines[::-1], telling[::-1])[::-1]
    best, since = 0.0, _FAR + 1
    for line, words, under, own in zip(lines, telling, below, signs, strict=True):
        own.append(f"headline {step(_BELOW, since) if since <= _FAR else 'not'} above")
        since += 1
        if line.prose or not _TITLE_WORDS[0] <= line.words <= _TITLE_WORDS[1] or not words:
            continue
        share = len(words & under) / len(words)
        own.append(
            f"tenths borne out {step(_TENTHS, int(10 * share))}, words {step(SIZE, line.words)}"
        )
        if len(words) > 2 and share >= max(best, 0.4):
            best, since = share, 1
