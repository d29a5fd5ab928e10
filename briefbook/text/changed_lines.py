"""Changed lines: where two versions of a text differ, as few lines as show it.

Blank lines do not count. Bounded: where much has changed nothing is aligned, as aligning takes a
time that grows with the square of the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Lines of either text, from the first that differs to the last: a long article has two hundred.
_MOST_ALIGNED = 600


@dataclass(frozen=True, slots=True)
class LineChange:
    """Some lines that stand together, and what stands in their place now."""

    line: int  # 1-based line of the old text: the first that goes, else the one below what comes
    gone: tuple[str, ...]
    come: tuple[str, ...]


def changed_lines(was: str, now: str) -> tuple[LineChange, ...]:
    r"""Return where two texts with \n line ends differ, from top to bottom."""
    numbered = [(n, line) for n, line in enumerate(was.split("\n"), 1) if line.strip()]
    old, new = [line for _, line in numbered], [line for line in now.split("\n") if line.strip()]
    places = [*(n for n, _ in numbered), was.count("\n") + 1 + bool(was)]
    return tuple(
        LineChange(places[a], tuple(old[a:b]), tuple(new[c:d]))
        for a, b, c, d in differing(old, new)
    )


def differing(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[int, int, int, int], ...]:
    """Return where two lists of lines differ, in order: old[a:b] stands in new as new[c:d]."""
    start, end = _same_ends(old, new)
    places = _differing(old[start : len(old) - end], new[start : len(new) - end])
    return tuple((start + a, start + b, start + c, start + d) for a, b, c, d in places)


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many lines are the same at the start, and how many of the others at the end."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    most -= start
    return start, next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)


def _differing(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, int, int]]:
    if not left and not right:
        return []
    if max(len(left), len(right)) > _MOST_ALIGNED:
        return [(0, len(left), 0, len(right))]
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [(a, b, c, d) for kind, a, b, c, d in codes if kind != "equal"]
