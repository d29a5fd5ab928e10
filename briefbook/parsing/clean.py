"""Clean: give every non-blank line its fate, and say why.

In: the numbered lines of a source. Out: `CleanText`, each line kept as body, kept as metadata or
dropped, with the rule that decided. It is a question of two boundaries, where the article starts
and where it ends, and then of furniture inside. What no rule recognises is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefbook.model import Fate
from briefbook.parsing.bylines import subject_of_biography
from briefbook.parsing.cues import Cue, find_cues
from briefbook.parsing.headline import Headline
from briefbook.parsing.page import (
    BREADCRUMB,
    BULLET,
    CAPTION_END,
    LABEL_WORDS,
    PARTS,
    STOP_AT_END,
    reads_as_date,
)
from briefbook.parsing.roles import Roles, find_roles
from briefbook.text.words import count_words, folded

_LEGAL = re.compile(
    r"^\W*(?:©|\(c\)\s*(?:19|20)\d\d|copyright\b.{0,12}(?:19|20)\d\d|copyright\s*©)", re.I
)
_RULED = re.compile(r"^[\s|:*_=~+\-–—]{3,}$")
# What stands above or below a reader's comment, never in an article.
_COMMENT_SIGN = re.compile(r"\b(?:says|wrote|commented)\s*:?\s*$|\bago\b|\breply\b", re.I)
_READING_TIME = re.compile(r"^\W*\d{1,3}\s*[- ]?min(?:ute)?s?\b.{0,12}$", re.I)
# A line of this many words that ends in a stop reads as prose; shorter ones may be labels.
_PROSE_WORDS = 9
# Without a stop at its end a line needs more words than any headline has.
_UNSTOPPED_WORDS = 28
_LEAST_PARTS = 3
# The headline of another story has at most this many words.
_TEASER_WORDS = 16
_PROMOTION = re.compile(
    r"\b(?:newsletter|inbox|subscri\w+|sign(?:ing)? up|member(?:ship)?)\b", re.I
)
# An end cue with a number so near the start stands above the text.
_NEAR = 3
# A sentence with this many lines before the next one is no start of an article.
_LONELY = 6
# Lines are compared by this many of their first characters.
_COMPARED = 500
# A run of at least this many short lines is a menu, not text.
_MENU_RUN = 4
_MENU_WORDS = 5
REPEATED = "repeats the headline"
_RULED_LINE = "ruled line"
# A biography stands in the last part of a text.
_TAIL = 0.6


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one line."""

    number: int  # 1-based physical line
    text: str  # repaired
    fate: Fate
    rule: str
    role: str = ""  # of metadata: headline | byline | date line | source credit


@dataclass(frozen=True, slots=True)
class CleanText:
    """Every non-blank line with its verdict, and the headline."""

    verdicts: tuple[Verdict, ...]
    roles: Roles
    cues: dict[int, tuple[Cue, ...]]  # by line number, for the facts that stand in furniture

    @property
    def headline(self) -> Headline | None:
        """The headline, None where no line is surely one."""
        return self.roles.headline

    @property
    def body(self) -> tuple[Verdict, ...]:
        """The kept lines, in order."""
        return tuple(verdict for verdict in self.verdicts if verdict.fate is Fate.BODY)


@dataclass(slots=True)
class _Line:
    """One line while it is judged."""

    number: int
    text: str
    words: int
    prose: bool
    cues: tuple[Cue, ...]
    folded: str  # for comparing
    fate: Fate | None = None
    rule: str = ""
    role: str = ""

    def drop(self, rule: str) -> None:
        if self.fate is None:
            self.fate, self.rule = Fate.DROPPED, rule

    def take(self, role: str, rule: str) -> None:
        if self.fate is None:
            self.fate, self.rule, self.role = Fate.METADATA, rule, role

    def cue(self, *sections: str) -> Cue | None:
        return next((cue for cue in self.cues if cue.section in sections), None)


def clean(numbered: Sequence[tuple[int, str]]) -> CleanText:
    """Give every non-blank line its fate.

    Args:
        numbered: The lines that are not blank, repaired, with their physical numbers, 1-based.
    """
    lines = [_line(number, text) for number, text in numbered]
    start = _first_prose(lines)
    end = _mark_end(lines, start)
    roles = find_roles(lines, start, end)
    headline = roles.headline
    for i, role in roles.by_line.items():
        lines[i].take(role, role)
    _drop_repeats(lines, headline)
    _mark_above(lines, start, headline)
    _mark_inside(lines, start, end)
    _mark_tail(lines, end)
    _mark_enclosed(lines[:end])
    for line in lines:
        if line.fate is None:
            line.fate, line.rule = Fate.BODY, "prose" if line.prose else "no rule drops it"
    verdicts = tuple(
        Verdict(line.number, line.text, line.fate or Fate.BODY, line.rule, line.role)
        for line in lines
    )
    return CleanText(verdicts, roles, {line.number: line.cues for line in lines if line.cues})


def _line(number: int, text: str) -> _Line:
    words = count_words(text[:20_000])
    cues = find_cues(text) or _cues_of_parts(text)
    stopped = bool(STOP_AT_END.search(text[-12:]))
    prose = (words >= _PROSE_WORDS and stopped) or words >= _UNSTOPPED_WORDS
    line = _Line(number, text, words, prose, cues, folded(text[:_COMPARED]))
    if not text.strip():
        line.drop("nothing readable in it")
    return line


def _cues_of_parts(text: str) -> tuple[Cue, ...]:
    """Return the cues of a menu on one line ("Terms | Privacy | © 2025 X"), if most parts match."""
    parts = [part for part in PARTS.split(text[:400]) if part.strip()]
    if len(parts) < _LEAST_PARTS:
        return ()
    cues = [find_cues(part) for part in parts]
    if 2 * sum(map(bool, cues)) < len(parts):
        return ()
    return tuple(cue for of_part in cues for cue in of_part)


def _first_prose(lines: Sequence[_Line]) -> int:
    """Return the index of the line the article's text starts with, len(lines) if there is none."""
    candidates = [
        i
        for i, line in enumerate(lines)
        if line.prose
        and not line.cue("furniture", "end", "box")
        and not CAPTION_END.search(line.text[-100:])
        and not reads_as_date(line)
    ]
    for i, following in pairwise(candidates):
        # One lonely sentence far above the rest is a notice or a teaser.
        if following - i <= _LONELY:
            return i
    return candidates[0] if candidates else _first_sentence(lines)


def _first_sentence(lines: Sequence[_Line]) -> int:
    """Return where a text without any long sentence starts: below its first line, if at all."""
    for i, line in enumerate(lines[1:], 1):
        if line.words > LABEL_WORDS and STOP_AT_END.search(line.text[-12:]) and not line.cues:
            return i
    return min(1, len(lines))


def _mark_end(lines: Sequence[_Line], start: int) -> int:
    """Drop what stands below the article; return the index the article ends at."""
    for i in range(start, len(lines)):
        cue = lines[i].cue("end")
        if cue and not lines[i].prose and _ends_here(lines, start, i, cue):
            for line in lines[i:]:
                own = line.cue("end", "furniture")
                line.drop(f"end cue: {own.phrase}" if own else f"after the end: {cue.phrase}")
            return i
    return len(lines)


def _ends_here(lines: Sequence[_Line], start: int, i: int, cue: Cue) -> bool:
    """Tell whether an end cue ends the article.

    A bare word ("Comments") may be a heading in it, a counter ("3 Comments") may stand above it.
    """
    below = lines[i + 1 :]
    if "#" in cue.phrase and i - start < _NEAR and sum(line.prose for line in below) >= _NEAR:
        return False
    if " " in cue.phrase:
        return True
    return not any(line.prose for line in below) or any(
        line.cue("end") or (not line.prose and _COMMENT_SIGN.search(line.text)) for line in below
    )


def _drop_repeats(lines: Sequence[_Line], headline: Headline | None) -> None:
    """Drop what repeats the headline."""
    if headline is None:
        return
    for wanted in map(folded, (headline.text, *headline.others)):
        for line in lines:
            if line.fate is None and (
                line.folded == wanted or (line.words < 60 and _holds_headline(line, wanted))
            ):
                line.drop(REPEATED)


def _holds_headline(line: _Line, wanted: str) -> bool:
    """Tell whether a line is the headline with a path before it or an outlet after it."""
    if len(wanted) < 15 or wanted not in line.folded or line.folded == wanted:
        return False
    return bool(re.search(r"\s[|/»>›–—·\\-]\s", line.text)) and not line.prose


def _mark_above(lines: Sequence[_Line], start: int, headline: Headline | None) -> None:
    """Judge the lines above the text."""
    title = next((i for i, line in enumerate(lines[:start]) if line.role == "headline"), None)
    titles = [i for i, line in enumerate(lines[:start]) if line.role == "headline"]
    last_title = titles[-1] if titles else -1
    has_prose = any(line.prose for line in lines[start:])
    for i, line in enumerate(lines[:start]):
        if line.fate is not None:
            continue
        cue = line.cue("furniture", "box", "end")
        if cue:
            line.drop(f"furniture: {cue.phrase}")
        elif BREADCRUMB.search(line.text) and not line.prose and (title is None or i <= last_title):
            line.drop("breadcrumb")
        elif _READING_TIME.match(line.text):
            line.drop("reading time")
        elif CAPTION_END.search(line.text[-100:]):
            line.drop("caption")
        elif title is not None and i < title:
            line.drop("before the headline")
        elif has_prose and line.words <= LABEL_WORDS and not STOP_AT_END.search(line.text):
            line.drop("label above the text")
    _drop_menu(lines[:start] if title is None else lines[title + 1 : start], "menu above the text")


def _drop_menu(lines: Sequence[_Line], rule: str) -> None:
    """Drop a run of short lines that are no list.

    Short lines alone prove nothing, as recipes, results and poems are made of them: at least one
    of the run or a neighbour must be furniture that is known.
    """
    run: list[_Line] = []
    above: _Line | None = None
    for line in [*lines, None]:
        if line is not None and line.fate is not Fate.METADATA and _is_short_label(line):
            run.append(line)
            continue
        known = (*run, *(one for one in (above, line) if one is not None))
        if len(run) >= _MENU_RUN and any(one.fate is Fate.DROPPED for one in known):
            for short in run:
                short.drop(rule)
        run, above = [], line


def _mark_inside(lines: Sequence[_Line], start: int, end: int) -> None:
    """Drop furniture between the boundaries, and take the metadata that stands there."""
    above = {line.folded for line in lines[:start] if line.folded}
    box: str | None = None
    for i in range(start, end):
        line = lines[i]
        if line.fate is not None:
            continue
        cue = line.cue("box", "furniture")
        if cue and not (line.prose and _is_weak(cue, lines, i)):
            line.drop(f"furniture: {cue.phrase}")
            box = cue.phrase if cue.section == "box" else None
            continue
        if box and _is_teaser(line):
            line.drop(f"in the box: {box}")
            continue
        box = None
        _drop_small_furniture(line, i / max(1, len(lines)), above)


def _is_weak(cue: Cue, lines: Sequence[_Line], i: int) -> bool:
    """Tell whether a cue proves too little to drop a sentence.

    A phrase in the middle ("… become a member …") counts only where furniture stands next to it.
    """
    if cue.section == "box":
        return True
    around = [*lines[max(0, i - 2) : i], *lines[i + 1 : i + 2]]
    plain = (one.fate is Fate.DROPPED or any(not c.is_inside for c in one.cues) for one in around)
    return cue.is_inside and not any(plain)


def _is_teaser(line: _Line) -> bool:
    """Tell whether a line below a box's heading belongs to it: the headline of another story."""
    return (
        not line.prose
        and line.words <= _TEASER_WORDS
        and not line.cue("callout")
        and not re.search(r"[.!…。][\"'”’»)\]]*\s*$", line.text)
    )


def _drop_small_furniture(line: _Line, depth: float, above: set[str]) -> None:
    if CAPTION_END.search(line.text[-100:]) and line.words <= 40:
        line.drop("caption")
    elif _LEGAL.match(line.text) and line.words <= 30:
        line.drop("furniture: copyright")
    elif _READING_TIME.match(line.text):
        line.drop("reading time")
    elif _RULED.match(line.text):
        line.drop(_RULED_LINE)
    elif depth > _TAIL and line.prose and subject_of_biography(line.text):
        line.drop("author biography")
    elif not line.prose and line.folded in above and not STOP_AT_END.search(line.text):
        line.drop("repeats a line above the text")


def _mark_tail(lines: Sequence[_Line], end: int) -> None:
    """Drop the menu lines below the last line of text."""
    last = max((i for i in range(end) if lines[i].prose and lines[i].fate is None), default=-1)
    tail = lines[last + 1 : end]
    if any(BULLET.match(line.text) for line in tail if line.fate is None):
        return
    _drop_menu(tail, "menu below the text")


def _is_short_label(line: _Line) -> bool:
    return (
        line.words <= _MENU_WORDS
        and not BULLET.match(line.text)
        and not STOP_AT_END.search(line.text)
        and not any(map(str.isdigit, line.text[:80]))
    )


def _mark_enclosed(lines: Sequence[_Line]) -> None:
    """Drop a label or a promotion of the outlet with furniture right above and below it."""
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if (
            line.fate is None
            and {above.fate, below.fate} == {Fate.DROPPED}
            and _RULED_LINE not in (above.rule, below.rule)
            and (_is_short_label(line) or _PROMOTION.search(line.text))
        ):
            line.drop("between furniture")
