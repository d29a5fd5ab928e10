"""Lines: what one line of a source looks like by itself, found out once for all who ask.

In: a repaired line. Out: `TextLine`. Nothing here knows where in the text the line stands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar, cast

from briefbook.parsing.characters import folded_and_letters, has_digit, holds_any
from briefbook.parsing.cues import Cue, find_cues
from briefbook.parsing.steps import SIZE, step
from briefbook.text.words import count_words

_BULLET = re.compile(r"\s*(?:[*•\-–·▪‣◦●○]|\d{1,2}[.)])\s+\S")
_STOP_AT_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]“]*\s*$")
PARTS = re.compile(r"(?<!\s)\s+[|•·/]\s+")
_DIVIDERS = ("|", "•", "·", "/")
_BULLETS = frozenset("*•-–·▪‣◦●○")
_LEAST_PARTS = 3
# What stops end in, with the marks behind them.
_ENDS = tuple(".!?…。！？؟\"'”’»)]“")
_NONE: frozenset[str] = frozenset()
# A line of this many words that ends in a stop reads as prose; shorter ones may be labels.
_PROSE_WORDS = 9
# Without a stop at its end a line needs more words than any headline has.
_UNSTOPPED_WORDS = 28
# Lines are compared, and their words looked at, by this many of their first characters.
COMPARED = 500
# Menus, labels and notices come back on every page of an outlet: what is found out about lines of
# at most so many characters is kept, of so many lines.
_KEPT_LENGTH = 120
_KEPT_LINES = 8192
T = TypeVar("T")


@dataclass(slots=True)  # not frozen, which costs more than all that is in it: nobody changes one
class TextLine:
    """One line that is not blank."""

    number: int  # 1-based physical line
    text: str  # repaired, white space at the ends gone
    words: int
    stopped: bool  # ends with a full stop or the like
    prose: bool  # reads like running text
    kind: str  # the same as signs have it: prose or label
    size: str  # the step of its words
    cues: tuple[Cue, ...]
    sections: frozenset[str]  # of its cues
    folded: str  # for comparing
    letters: tuple[str, ...] = field(repr=False)  # its words in lower case
    numbered: bool  # has a digit
    kept: dict[object, object] = field(repr=False, compare=False)  # what `kept_of_text` keeps

    def cue(self, *sections: str) -> Cue | None:
        """Return the line's first cue of one of these sections."""
        if not self.cues:  # most lines
            return None
        return next((cue for cue in self.cues if cue.section in sections), None)


_Seen = tuple[
    int,
    bool,
    bool,
    str,
    str,
    tuple[Cue, ...],
    frozenset[str],
    str,
    tuple[str, ...],
    bool,
    dict[object, object],
]  # the fields of `TextLine` behind number and text
_SEEN: dict[str, _Seen] = {}


def text_line(number: int, text: str) -> TextLine:
    """Look at a line.

    Args:
        number: Its physical line, 1-based.
        text: Its text, repaired.
    """
    text = text.strip()
    seen = _SEEN.get(text)
    if seen is None:
        seen = _look_at(text)
        if len(text) <= _KEPT_LENGTH:
            if len(_SEEN) >= _KEPT_LINES:
                _SEEN.clear()
            _SEEN[text] = seen
    return TextLine(number, text, *seen)


def _look_at(text: str) -> _Seen:
    """Return what stands behind number and text in a `TextLine`."""
    words = count_words(text[:20_000])
    cues = find_cues(text) or _cues_of_parts(text)
    stopped = text.endswith(_ENDS) and bool(_STOP_AT_END.search(text[-8:]))
    prose = (words >= _PROSE_WORDS and stopped) or words >= _UNSTOPPED_WORDS
    sections = frozenset([cue.section for cue in cues]) if cues else _NONE
    kind, size = "prose" if prose else "label", step(SIZE, words)
    folded, letters = folded_and_letters(text[:COMPARED])
    return words, stopped, prose, kind, size, cues, sections, folded, letters, has_digit(text), {}


def kept_of_text(find: Callable[[TextLine], T]) -> Callable[[TextLine], T]:
    """Keep what is found out about a line with it, as its text alone decides it.

    Short lines of one text share what is kept, on whatever page they stand.
    """

    @wraps(find)
    def found(line: TextLine) -> T:
        value = line.kept.get(find)
        if value is None:
            value = line.kept[find] = find(line)
        return cast("T", value)

    return found


def is_item(text: str) -> bool:
    """Tell whether a line starts with a bullet or a number as items of lists do."""
    first = text[0]  # a pattern for the few that may be
    return (first in _BULLETS or first.isdecimal()) and _BULLET.match(text) is not None


def _cues_of_parts(text: str) -> tuple[Cue, ...]:
    """Return the cues of a menu on one line ("Terms | Privacy | © 2025 X"), if most parts match."""
    if not holds_any(text[:400], _DIVIDERS):
        return ()
    parts = [part for part in PARTS.split(text[:400]) if part.strip()]
    if len(parts) < _LEAST_PARTS:
        return ()
    cues = [find_cues(part) for part in parts]
    if 2 * sum(map(bool, cues)) < len(parts):
        return ()
    return tuple(cue for of_part in cues for cue in of_part)
