"""Shapes: tests/cases/shapes/*.txt, raw texts with the fate of every line set by hand.

README.md beside them explains the form. With BRIEFBOOK_GOLDEN=1 in the environment the numbers of
lines known to be wrong are lowered where fewer are wrong; with BRIEFBOOK_GOLDEN=up also raised, for
the day on which another cleaner takes over. Read the diff.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefbook import Line, parse_text

FOLDER = Path(__file__).parents[1] / "cases" / "shapes"
GOLDEN = os.environ.get("BRIEFBOOK_GOLDEN")
LEAST_CASES = 60

_TITLE = re.compile(r"=== (.+)")
_OPEN = re.compile(r"open: (\d+)(?: (.+))?")
_LINE = re.compile(r"([bmd]{1,3}|\?) (.*)")


@dataclass(frozen=True, slots=True)
class Shape:
    """One case."""

    file: Path
    at: int  # line of its title in the file, 1-based
    title: str
    why: str
    open: int  # lines known to come out wrong
    open_why: str
    gold: tuple[str, ...]  # for each physical line: letters of its fates, "" for a blank line
    text: str

    @property
    def name(self) -> str:
        return f"{self.file.name}:{self.at} {self.title}"

    def wrong(self) -> list[tuple[Line, str]]:
        """Return the lines with another fate than they should have, with that fate."""
        return [
            (line, gold)
            for line in parse_text(self.text).lines
            if (gold := self.gold[line.number - 1]) != "?" and str(line.fate)[0] not in gold
        ]


def _shapes(file: Path) -> Iterator[Shape]:
    lines = file.read_text("utf-8").split("\n")
    starts = [n for n, line in enumerate(lines) if line.startswith("===")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _shape(file, start + 1, lines[start:end])


def _shape(file: Path, at: int, lines: list[str]) -> Shape:
    title = _TITLE.fullmatch(lines[0])
    first = next(n for n, line in enumerate(lines) if _LINE.fullmatch(line))
    last = max(n for n, line in enumerate(lines) if _LINE.fullmatch(line))
    head = "\n".join(lines[1:first]).replace("\n ", " ").strip().split("\n")
    opened = _OPEN.fullmatch(head[1]) if len(head) > 1 else None
    assert title, f"{file.name}:{at}: a case starts with '=== ' and its title"
    assert head[0].startswith("why: "), f"{file.name}:{at}: say why the case is there"
    assert len(head) == 1 + bool(opened), f"{file.name}:{at}: after why: only open: may follow"
    source = [(n, _LINE.fullmatch(line)) for n, line in enumerate(lines[first : last + 1], first)]
    for n, match in source:
        assert match or not lines[n], f"{file.name}:{at + n}: no fate before {lines[n]!r}"
    return Shape(
        file=file,
        at=at,
        title=title[1],
        why=head[0].removeprefix("why: "),
        open=int(opened[1]) if opened else 0,
        open_why=(opened[2] or "") if opened else "",
        gold=tuple(match[1] if match else "" for _, match in source),
        text="\n".join(match[2] if match else "" for _, match in source),
    )


SHAPES = [shape for file in sorted(FOLDER.glob("*.txt")) for shape in _shapes(file)]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_gives_each_line_the_fate_an_editor_wants(shape: Shape) -> None:
    wrong = shape.wrong()
    count = len(wrong)
    if GOLDEN and (count < shape.open or (count > shape.open and GOLDEN == "up")):
        _renumber(shape, count)
        return
    told = "\n".join(
        f"  {shape.file.name}:{_line_in_file(shape, line.number)}: "
        f"is {line.fate} ({line.rule}), should be {gold}: {line.text[:70]}"
        for line, gold in wrong
    )
    advice = "lower the number" if count < shape.open else f"{shape.open} are known"
    assert count == shape.open, f"{shape.name}: {count} lines come out wrong, {advice}\n{told}"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_shape_says_why_it_is_there_and_why_it_fails(shape: Shape) -> None:
    assert len(shape.why.split()) >= 6
    assert "b" in "".join(shape.gold), "an article has a text"
    assert not shape.open or len(shape.open_why.split()) >= 2, "say after open: N what is wrong"


def test_there_are_many_shapes_and_no_two_of_the_same_title() -> None:
    titles = [shape.title for shape in SHAPES]
    assert len(titles) >= LEAST_CASES
    assert len(titles) == len(set(titles))


def _line_in_file(shape: Shape, number: int) -> int:
    """Return where a line of the source stands in the file of the case."""
    lines = shape.file.read_text("utf-8").split("\n")[shape.at - 1 :]
    first = next(n for n, line in enumerate(lines) if _LINE.fullmatch(line))
    return shape.at + first + number - 1


def _renumber(shape: Shape, count: int) -> None:
    """Write another number of wrong lines into the file of a case."""
    before, title, after = shape.file.read_text("utf-8").partition(f"=== {shape.title}\n")
    head, gap, rest = after.partition("\n\n")
    head = re.sub(r"\nopen: .*(?:\n .*)*", "", head)
    note = f"\nopen: {count} {shape.open_why or 'not looked at yet'}" if count else ""
    shape.file.write_text(before + title + head + note + gap + rest, "utf-8")
