"""Mistakes an editor can make, each as one value with place, what and how to fix.

A leaf raises `ProblemError`; the door of its room catches it per file, so that one bad file never
hides the others. Every room returns its problems beside its results, `build.py` joins them and
`cli` prints them. A bug is never a `Problem`: it keeps its traceback.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem stops."""

    ERROR = "error"  # what is faulty is left out; exit code 1
    WARNING = "warning"  # everything is published; exit code 0, or 1 with --strict
    NOTE = "note"  # nothing is wrong, but an editor should know; never changes the exit code


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a problem stands."""

    path: str  # from the project root, with forward slashes
    line: int | None = None  # 1-based physical line of the file; None: the file as a whole

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Edit:
    """Some characters of a text, and what shall stand there instead."""

    start: int  # offset in the text
    end: int  # offset behind the last of them; start: something is put in
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A change of the file a problem is in that takes it away, safe to make without asking."""

    # The whole file as it was read; of another text it may not be made.
    text: str = field(repr=False)
    edit: Edit
    did: str  # what it does, said when it is done: a sentence without its full stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake: where, what, how to fix."""

    place: Place
    what: str  # a sentence without its full stop
    fix: str  # one sentence that says what to do
    severity: Severity = Severity.ERROR
    # None: only a person can decide. The same mistake in another version of its file is the same.
    mend: Mend | None = field(default=None, compare=False)
    # It may be gone though no file has changed, as where a disk was full.
    is_passing: bool = field(default=False, compare=False)

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """By place, then by text, so that a report never depends on the order of work."""
        return (self.place.path, self.place.line or 0, self.severity, self.what)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.what}\n    fix: {self.fix}"


class ProblemError(Exception):
    """Raised by a leaf that cannot go on; carries one problem or several of one file."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class NothingBuiltError(ProblemError):
    """A build cannot begin, or not come to its end: nothing was written."""


def error(place: Place, what: str, fix: str, *, is_passing: bool = False) -> Problem:
    """Make a problem that leaves its file out."""
    return Problem(place=place, what=what, fix=fix, is_passing=is_passing)


def warning(
    place: Place, what: str, fix: str, mend: Mend | None = None, *, is_passing: bool = False
) -> Problem:
    """Make a problem that leaves nothing out."""
    severity = Severity.WARNING
    return Problem(
        place=place, what=what, fix=fix, severity=severity, mend=mend, is_passing=is_passing
    )


def mend_to(text: str, now: str, did: str) -> Mend:
    """Make the mend that turns a text into another, of the characters that differ.

    Args:
        text: The whole file as it was read.
        now: The whole file as it shall be.
        did: What that does, in the past.
    """
    start = _common(text, now)
    longest = min(len(text), len(now)) - start
    end = min(_common(text[::-1], now[::-1]), longest)
    edit = Edit(start, len(text) - end, now[start : len(now) - end])
    return Mend(text=text, edit=edit, did=did)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their start."""
    length = min(len(one), len(other))
    return next((n for n in range(length) if one[n] != other[n]), length)


def note(place: Place, what: str, fix: str, *, is_passing: bool = False) -> Problem:
    """Say what nobody has to mend; `fix` says what an editor may do about it."""
    severity = Severity.NOTE
    return Problem(place=place, what=what, fix=fix, severity=severity, is_passing=is_passing)


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was probably meant to be, or None."""
    import difflib  # late: only a mistake needs it

    close = difflib.get_close_matches(word.casefold(), sorted(known), n=1, cutoff=0.6)
    return close[0] if close else None


def unknown_word(
    place: Place, kind: str, word: str, known: Iterable[str], otherwise: str
) -> Problem:
    """Make the error for a name nobody knows, with a suggestion.

    Args:
        place: Where the word stands.
        kind: What it should have been, such as "key" or "topic".
        word: The word as written.
        known: The words that would have been right.
        otherwise: What to do when no known word is close, a full sentence.
    """
    near = suggestion(word, known)
    fix = f"did you mean '{near}'? {otherwise}" if near else otherwise
    return error(place, f"unknown {kind} '{word}'", fix)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place and drop those said twice."""
    return tuple(sorted(set(problems), key=lambda problem: problem.sort_key))
