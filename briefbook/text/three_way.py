r"""Three ways: two texts that were made of one, side by side, line by line.

A line goes with the blank lines above it, so that one which joins the list above it is another than
one which starts a paragraph. Changes that touch without overlapping are both taken: their order is
plain. Comes in and goes out: texts with \n line ends, without blank lines around them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefbook.text.changed_lines import differing

Pieces = tuple[str, ...]  # lines, each with the blank lines above it


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some pieces of a text, and what each side has in their place."""

    base: Pieces
    ours: Pieces
    theirs: Pieces

    @property
    def merged(self) -> Pieces | None:
        """What stands here after both changes; None where they contradict each other."""
        if self.ours in (self.base, self.theirs):
            return self.theirs
        return self.ours if self.theirs == self.base else None


def pieces_of(text: str) -> Pieces:
    """Return the lines of a text that are not blank, each with the blank lines above it."""
    pieces: list[str] = []
    above: list[str] = [""]  # whatever stands first may be moved below another one
    for line in text.split("\n"):
        above.append(line)
        if line.strip():
            pieces.append("\n".join(above))
            above = []
    return tuple(pieces)


def text_of(pieces: Sequence[str]) -> str:
    """Return the text that some pieces make, without the blank lines above it."""
    text = "\n".join(pieces)
    start = len(text) - len(text.lstrip())
    return text[text.rfind("\n", 0, start) + 1 :]


def stretches(base: Pieces, ours: Pieces, theirs: Pieces) -> Iterator[Stretch]:
    """Yield the stretches of a text from top to bottom, changed and unchanged ones."""
    sides = (ours, theirs)
    at, reached = 0, [0, 0]
    for start, end, grown in _regions(differing(base, ours), differing(base, theirs)):
        same = base[at:start]
        yield Stretch(same, same, same)
        parts: list[Pieces] = []
        for side, pieces in enumerate(sides):
            first = reached[side] + start - at
            reached[side] = first + end - start + grown[side]
            parts.append(pieces[first : reached[side]])
        yield Stretch(base[start:end], *parts)
        at = end
    yield Stretch(base[at:], base[at:], base[at:])


Change = tuple[int, int, int, int]


def _regions(
    ours: Sequence[Change], theirs: Sequence[Change]
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Yield where at least one side changed the base, and by how many pieces each has grown it.

    Changes that overlap, or put something into the same place, are one.
    """
    changes = sorted((*((*c, 0) for c in ours), *((*c, 1) for c in theirs)))
    start, end, grown = 0, -1, [0, 0]
    for a, b, c, d, side in changes:
        overlaps = a < end or (a == b == start == end)
        if not overlaps:
            if end >= 0:
                yield start, end, (grown[0], grown[1])
            start, end, grown = a, b, [0, 0]
        end = max(end, b)
        grown[side] += (d - c) - (b - a)
    if end >= 0:
        yield start, end, (grown[0], grown[1])
