"""Fixing: problems that carry their own mend -> the files, mended.

A mend is made only of the very text it was made for, and kept only where the file has no more
mistakes than before. What two mends both want to change waits for the next round.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from briefbook.briefing import count_faults, write_entry
from briefbook.problems import Mend, Place, Problem, ProblemError


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was mended."""

    place: Place  # where the problem stood
    did: str  # a sentence without its full stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What was mended, and what could not be written."""

    done: tuple[Done, ...] = ()  # by place
    problems: tuple[Problem, ...] = ()


def fix(root: Path, problems: Iterable[Problem]) -> Fixed:
    """Mend what carries its mend, each file whole or not at all.

    Args:
        root: The folder of the site.
        problems: What is wrong, sorted by place.
    """
    done: list[Done] = []
    refused: list[Problem] = []
    safe = [problem for problem in problems if problem.mend is not None]
    for path, of_file in groupby(safe, key=lambda problem: problem.place.path):
        mends = {
            problem.mend: problem.place for problem in reversed(tuple(of_file)) if problem.mend
        }
        was = next(iter(mends)).text
        now, made = mended(path, was, tuple(mends))
        if not made:
            continue
        try:
            write_entry(root, path, now, was=was)
        except ProblemError as unwritten:
            refused += unwritten.problems
        else:
            done += [Done(mends[mend], mend.did) for mend in made]
    return Fixed(done=tuple(done), problems=tuple(refused))


def mended(path: str, text: str, mends: Sequence[Mend]) -> tuple[str, list[Mend]]:
    """Return the text of a file after its mends, and those that were made, in their order.

    Args:
        path: The file, from the root of the site.
        text: The text that the mends were made for.
        mends: In any order.
    """
    faults = count_faults(text, path)
    made: list[Mend] = []
    free = len(text)  # what stands before is as it was
    now = text
    for mend in sorted(mends, key=lambda one: (one.edit.start, one.edit.end), reverse=True):
        edit = mend.edit
        if edit.end > free or mend.text != text:
            continue
        tried = now[: edit.start] + edit.now + now[edit.end :]
        if count_faults(tried, path) <= faults:
            now, free = tried, edit.start
            made.insert(0, mend)
    return now, made
