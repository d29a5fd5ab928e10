"""The marks that git leaves where it could not merge two versions of a file.

Pure, and under all rooms, because an editor meets them in every kind of file: entries, sources,
settings, templates, words. What has them is left out, or both versions would be published at once.

    <<<<<<< HEAD
    one version
    ||||||| 1a2b3c4        (only with merge.conflictStyle diff3 or zdiff3)
    what both started from
    =======
    the other version
    >>>>>>> mina/headlines
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefbook.problems import Place, Problem, ProblemError, error

_LINE_END = re.compile(r"\r\n|\n|\r")
_OURS, _BASE, _MIDDLE, _THEIRS = "<<<<<<< ", "|||||||", "=======", ">>>>>>> "
_NAMED_BASE = f"{_BASE} "  # with the name of the version
# What git writes behind >>>>>>>: a branch, a commit with its subject, or the name of a stash. Seven
# quote marks with a sentence behind them are a deep quote of a mail.
_VERSION = re.compile(r"\S+|[0-9a-f]{7,40} \(.*\)|Stashed changes")
# How the problems below begin, by which they are told from others.
_UNMERGED = "git could not merge two versions"
_LEFT_OVER = "a mark of git was left over"
_MOST_NAMED = 5  # places that one message names
_LONGEST_NAME = 60  # characters of the name of a version


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One place of a file with two versions; physical lines of the marks, 1-based."""

    first: int  # <<<<<<<
    base: int | None  # |||||||
    middle: int  # =======
    last: int  # >>>>>>>
    ours: str  # the name of the version above
    theirs: str  # of the version below


def find_conflicts(text: str) -> tuple[Conflict, ...]:
    """Return the conflicts of a text in order: whole ones, each mark at the start of its line."""
    if _OURS not in text:
        return ()
    return tuple(_conflicts(_LINE_END.split(text)))


def is_mark(line: str) -> bool:
    """Tell whether a line can be one that git wrote around two versions."""
    return line == _MIDDLE or line.startswith((_OURS, _BASE, _THEIRS))


def is_conflict(problem: Problem) -> bool:
    """Tell whether a problem is one of those that this module finds."""
    return problem.what.startswith((_UNMERGED, _LEFT_OVER))


def refuse_conflicts(text: str, path: str) -> None:
    """Refuse a source that holds whole conflicts; a lone mark is what the text is about.

    A text about git may show whole ones too. Nothing tells them apart, so the editor has to.

    Raises:
        ProblemError: One problem, which names the versions and all places.
    """
    if conflicts := find_conflicts(text):
        about_git = "; if the text shows them itself, put a space before each of these lines"
        raise ProblemError(_unmerged(conflicts, path, about_git))


def refuse_marks(text: str, path: str) -> None:
    """Refuse a text that holds conflicts, or what is left of one that was mended by half.

    Raises:
        ProblemError: One problem.
    """
    if conflicts := find_conflicts(text):
        raise ProblemError(_unmerged(conflicts, path))
    if left := _left_over(text):
        number, line = left
        what = f"{_LEFT_OVER} here when a conflict was mended: {line[:_LONGEST_NAME]}"
        fix = "look whether the lines around it are what you want, and delete this one"
        raise ProblemError(error(Place(path, number), what, fix))


def _conflicts(lines: Sequence[str]) -> list[Conflict]:
    found: list[Conflict] = []
    first = base = middle = None
    for number, line in enumerate(lines, 1):
        if line.startswith(_OURS):
            first, base, middle = number, None, None
        elif first and not middle and not base and line.startswith(_BASE):
            base = number
        elif first and not middle and line == _MIDDLE:
            middle = number
        elif first and middle and line.startswith(_THEIRS):
            names = {"ours": _name(lines[first - 1]), "theirs": _name(line)}
            found.append(Conflict(first=first, base=base, middle=middle, last=number, **names))
            first = None
    return found


def _name(mark: str) -> str:
    name = mark[len(_OURS) :].strip()
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _left_over(text: str) -> tuple[int, str] | None:
    """Return the first line of a text that only git writes, with its number.

    ======= alone underlines a heading, and >>>>>>> may be a deep quote.
    """
    if not any(mark in text for mark in (_OURS, _NAMED_BASE, _THEIRS)):
        return None  # no line can start with one of them
    lines = _LINE_END.split(text)
    is_divided = False
    for number, line in enumerate(lines, 1):
        is_divided = is_divided or line == _MIDDLE
        if line.startswith((_OURS, _NAMED_BASE)):
            return number, line
        quoted = number > 1 and lines[number - 2].startswith(">")
        is_version = bool(_VERSION.fullmatch(line[len(_THEIRS) :].rstrip())) and not quoted
        if line.startswith(_THEIRS) and (is_divided or is_version):
            return number, line
    return None


def _unmerged(conflicts: Sequence[Conflict], path: str, otherwise: str = "") -> Problem:
    one = conflicts[0]
    versions = " and ".join(
        f"'{name}' ({_lines(start, end)})"
        for name, start, end in (
            (one.ours, one.first + 1, (one.base or one.middle) - 1),
            (one.theirs, one.middle + 1, one.last - 1),
        )
    )
    what = f"{_UNMERGED} of this, {versions}"
    if len(conflicts) > 1:
        named = [f"{each.first}–{each.last}" for each in conflicts[:_MOST_NAMED]]
        more = len(conflicts) - len(named)
        rest = f" and {more} more" if more else ""
        what = (
            f"{_UNMERGED} of this, '{one.ours}' and '{one.theirs}', in "
            f"{len(conflicts)} places: lines {', '.join(named)}{rest}"
        )
    marks = "<<<<<<<, ======= and >>>>>>>"
    if any(each.base for each in conflicts):
        marks += ", and those from ||||||| to ======="
    where = "in each place keep" if len(conflicts) > 1 else "keep"
    fix = f"{where} one of the two, or write one of both, and delete the lines {marks}"
    return error(Place(path, one.first), what, fix + otherwise)


def _lines(start: int, end: int) -> str:
    if end < start:
        return "nothing"
    return f"line {start}" if start == end else f"lines {start}–{end}"
