"""Surroundings: what the place of a line and the look of the lines around it say about it.

In: all lines of a text and the lists of their signs. Out: nothing; signs are added to the lists.
Each function here adds one family of signs and is linear in the number of lines.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

from briefbook.parsing.lines import TextLine
from briefbook.parsing.marks import marks_of

Signs = list[list[str]]


# An opening of letters or digits, as the rows of a list of results or dates have in common.
_OPENING = re.compile(r"\W*(\w)[\w.,:’'-]*\s*(\S?)")
_SHAPE = re.compile(r"[^\W\d_][\w’'\-]*|\d[\d.,:]*|[^\w\s]")
# A line so many lines from any prose is simply far from it.
_FAR = 99
# A repeated line of so many words and characters may be the headline.
_TITLE_WORDS = (3, 25)
_TITLE_CHARACTERS = 18
# It repeats where a line up to so many lines above it, with no more words, holds its words too.
_TITLE_REACH = 40
# A box ("Read more") speaks for its next lines only.
_BOX_REACH = 8
FURNITURE = frozenset(("end", "box", "furniture"))


def steps(*edges: int) -> tuple[str, ...]:
    """Return the name of the step each whole number falls into; the last is for all above."""
    names: list[str] = []
    low = 0
    for edge in edges:
        names += [str(edge) if edge == low else f"{low}-{edge}"] * (edge - low + 1)
        low = edge + 1
    return (*names, f"{low}+")


def step(names: tuple[str, ...], number: int) -> str:
    """Return the step a whole number from 0 on falls into."""
    return names[number] if number < len(names) else names[-1]


LENGTH = steps(1, 2, 3, 5, 8, 12, 18, 28, 45, 80)
SIZE = steps(3, 8, 18)
_GAP = steps(0, 1, 2)
_TENTHS = steps(0, 1, 3, 5, 7, 9)
_SEEN = steps(0, 1, 3, 5, 7, 8, 9)
_PLACE = steps(0, 1, 2, 4, 8, 12, 16, 18)
_FROM_TOP = steps(0, 1, 2, 4, 8, 16, 32, 64)
_FROM_END = steps(1, 3, 6, 12, 25, 50)
_DISTANCE = steps(1, 2, 3, 5, 9, 16, 98)
_DISTANCES = steps(1, 2, 4, 9, 98)
_NEAR_WORDS = steps(0, 20, 50, 100, 200)
_WIDE_WORDS = steps(0, 30, 80, 160, 350)
_RUN = steps(1, 2, 4, 8)
_BLOCK = steps(1, 2, 4, 8, 16)
_BLOCK_WORDS = steps(0, 20, 60, 150)
_BELOW_TITLE = steps(1, 2, 4, 8, 16, 40)
_NEIGHBOUR = steps(2, 5, 12, 28)
_LONG_RUN = steps(1, 2, 4, 8, 16)
_COUNT = steps(0, 1, 2, 4)


def surrounding_signs(lines: Sequence[TextLine], signs: Signs) -> None:
    """Add to each line's signs what its surroundings say."""
    shares = _shares_of_prose(lines)
    marks = [marks_of(line) for line in lines]
    _add_place(lines, signs)
    _add_distances(lines, signs)
    _add_prose_around(lines, shares, signs)
    _add_runs(lines, signs)
    _add_cues(lines, shares, signs)
    _add_neighbours(lines, marks, signs)
    _add_marks(lines, marks, signs)
    _add_titles(lines, signs)


def _prose(line: TextLine) -> str:
    return "prose" if line.prose else "label"


def _add_place(lines: Sequence[TextLine], signs: Signs) -> None:
    """Add where in the text a line stands, and the blank lines around it."""
    n = len(lines)
    above = [b.number - a.number - 1 for a, b in pairwise(lines)]
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        over = step(_GAP, above[i - 1]) if i else "0"
        under = step(_GAP, above[i]) if i + 1 < n else "0"
        own += (
            f"blank lines {over} above {under} below, words {step(SIZE, line.words)}",
            f"place {step(_PLACE, 20 * i // n)} of 20",
            f"line {step(_FROM_TOP, i)} from the top",
            f"line {step(_FROM_END, n - i)} from the end",
        )


def _add_distances(lines: Sequence[TextLine], signs: Signs) -> None:
    """Add how far the next prose is, above and below."""
    above = _distances(lines)
    below = _distances(lines[::-1])[::-1]
    for up, down, own in zip(above, below, signs, strict=True):
        own += (
            f"prose {step(_DISTANCE, up)} above",
            f"prose {step(_DISTANCE, down)} below",
            f"prose {step(_DISTANCES, up)} above {step(_DISTANCES, down)} below",
        )


def _distances(lines: Sequence[TextLine]) -> list[int]:
    found, distance = [], _FAR
    for line in lines:
        found.append(distance)
        distance = 1 if line.prose else min(_FAR, distance + 1)
    return found


def _shares_of_prose(lines: Sequence[TextLine]) -> list[tuple[str, str]]:
    """Return which part of the text's prose stands above and below each line."""
    words = [line.words if line.prose else 0 for line in lines]
    total = sum(words) or 1
    above = 0
    shares = []
    for own in words:
        shares.append(
            (
                step(_SEEN, 10 * above // total),
                step(_TENTHS, 10 * (total - above - own) // total),
            )
        )
        above += own
    return shares


def _add_prose_around(
    lines: Sequence[TextLine], shares: Sequence[tuple[str, str]], signs: Signs
) -> None:
    """Add how much prose stands near a line, and which part of it above and below."""
    n = len(lines)
    sums = [0, *accumulate(line.words if line.prose else 0 for line in lines)]
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        mine = sums[i + 1] - sums[i]
        near = step(_NEAR_WORDS, sums[min(n, i + 4)] - sums[max(0, i - 3)] - mine)
        wide = step(_WIDE_WORDS, sums[min(n, i + 9)] - sums[max(0, i - 8)] - mine)
        above, below = shares[i]
        kind = _prose(line)
        own += (
            f"words of prose near {near}",
            f"words of prose around {wide}, {kind}",
            f"tenths of prose above {above}, {kind}",
            f"tenths of prose below {below}, {kind}",
        )


def _add_runs(lines: Sequence[TextLine], signs: Signs) -> None:
    """Add runs of lines of one shape, and blocks of lines without a blank one between."""
    shapes = [_shape(line) for line in lines]
    runs = _run_lengths([a == b for a, b in pairwise(shapes)])
    openings = [_opening(line) for line in lines]
    alike = _run_lengths([a == b for a, b in pairwise(openings)])
    blocks = _run_lengths([b.number == a.number + 1 for a, b in pairwise(lines)])
    words = _sums_of_blocks(lines, blocks)
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        size, block = step(SIZE, line.words), step(_BLOCK, blocks[i])
        own += (
            f"{step(_RUN, runs[i])} lines of one shape, words {size}",
            f"{step(_LONG_RUN, alike[i])} lines open alike, {openings[i]}",
            f"block of {block} lines, words {size}",
            f"block of {block} lines, {step(_BLOCK_WORDS, words[i])} words of prose",
        )
        if i and shapes[i - 1] == shapes[i]:
            own.append("shape of the line above")
        if i + 1 < len(lines) and shapes[i + 1] == shapes[i]:
            own.append("shape of the line below")


def _shape(line: TextLine) -> tuple[str, bool, int]:
    """Return how a line opens, whether it is stopped, and its length in three steps."""
    opening = "".join(
        ("A" if part[0].isupper() else "a")
        if part[0].isalpha()
        else "9"
        if part[0].isdigit()
        else part
        for part in _SHAPE.findall(line.text[:80])[:3]
    )
    return opening, line.stopped, min(3, line.words // 4)


def _opening(line: TextLine) -> str:
    """Return roughly how a line opens and whether it has numbers, the same for rows of a list."""
    match = _OPENING.match(line.text[:60])
    first = "none"
    if match:
        first = "digit" if match[1].isdigit() else "capital" if match[1].isupper() else "small"
        first += " digit" if match[2].isdigit() else ""
    numbers = "numbers" if any(map(str.isdigit, line.text[:120])) else "no numbers"
    return f"{first} {numbers} {_prose(line)}"


def _run_lengths(joined: Sequence[bool]) -> list[int]:
    """Return for each line how long its run is; `joined` tells for each pair if it is one."""
    lengths: list[int] = []
    run = 1
    for is_joined in joined:
        if is_joined:
            run += 1
            continue
        lengths += [run] * run
        run = 1
    return lengths + [run] * run


def _sums_of_blocks(lines: Sequence[TextLine], blocks: Sequence[int]) -> list[int]:
    """Return the words of prose in the block each line stands in."""
    sums: list[int] = []
    while len(sums) < len(lines):
        size = blocks[len(sums)]
        block = lines[len(sums) : len(sums) + size]
        sums += [sum(line.words for line in block if line.prose)] * size
    return sums


def _add_cues(lines: Sequence[TextLine], shares: Sequence[tuple[str, str]], signs: Signs) -> None:
    """Add the cues of a line, and those that stand above it."""
    end: str | None = None  # the share of prose below the last end cue
    box = -_FAR
    words_above = 0
    known = [bool(line.sections & FURNITURE) for line in lines]
    sums = [0, *accumulate(known)]
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        below = shares[i][1]
        for section in sorted(line.sections):
            own.append(f"cue {section}, tenths of prose below {below}")
        for cue in line.cues:
            how = "inside" if cue.is_inside else "opens" if cue.rest else "whole"
            own.append(f"cue {cue.section} {how}, {_prose(line)}")
        around = sums[min(len(lines), i + 5)] - sums[max(0, i - 4)] - known[i]
        own.append(f"{step(_COUNT, around)} cues around, {_prose(line)}")
        if end is not None:
            own.append(f"below an end cue, {_prose(line)}")
            own.append(f"below an end cue, tenths of prose {end}")
        if i - box <= _BOX_REACH:
            size = step(SIZE, line.words)
            own.append(f"below a box, {_prose(line)}, words {size}")
        if "end" in line.sections and words_above:
            end = below
        if "box" in line.sections:
            box = i
        words_above += line.words if line.prose else 0


def _add_neighbours(
    lines: Sequence[TextLine], marks: Sequence[Sequence[str]], signs: Signs
) -> None:
    """Add what the two lines above and the two below look like."""
    n = len(lines)
    looks = [
        (
            f"words {step(_NEIGHBOUR, line.words)} {'stop' if line.stopped else 'open'}",
            *(f"cue {section}" for section in sorted(line.sections)),
            *(f"mark {mark}" for mark in own_marks),
        )
        for line, own_marks in zip(lines, marks, strict=True)
    ]
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        for name, j in (("-2", i - 2), ("-1", i - 1), ("+1", i + 1), ("+2", i + 2)):
            if not 0 <= j < n:
                own.append(f"{name}: edge")
                continue
            own += [f"{name}: {look}" for look in looks[j]]
            if name in ("-1", "+1"):
                own.append(f"{name}: {_prose(lines[j])}, {_prose(line)} {step(SIZE, line.words)}")
        if i and lines[i - 1].text.endswith(":"):
            own.append("-1: colon")


def _add_marks(lines: Sequence[TextLine], marks: Sequence[Sequence[str]], signs: Signs) -> None:
    """Add the marks of a line, and how far above bylines, dates and heads of comments stand."""
    comments, since = 0, _FAR + 1
    for line, own_marks, own in zip(lines, marks, signs, strict=True):
        own += [f"mark {mark}, words {step(SIZE, line.words)}" for mark in own_marks]
        comments += "head of a comment" in own_marks
        if comments:
            own.append(f"below {step(_COUNT, comments)} heads of comments")
        distance = step(_BELOW_TITLE, since) if since <= _FAR else "not"
        own.append(f"byline or date {distance} above, {_prose(line)}")
        since += 1
        if not line.prose and ("byline" in own_marks or "dated" in own_marks):
            since = 1


def _add_titles(lines: Sequence[TextLine], signs: Signs) -> None:
    """Add repeats, and how far above a line that may be the headline stands."""
    counts = Counter(line.folded for line in lines)
    above = _FAR + 1
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        repeated = bool(line.folded) and counts[line.folded] > 1
        if repeated:
            own += ("repeated", f"repeated, words {step(SIZE, line.words)}")
        own.append(f"title {step(_BELOW_TITLE, above) if above <= _FAR else 'not'} above")
        above += 1
        if _may_be_title(line) and (
            repeated or _is_held(line, lines[max(0, i - _TITLE_REACH) : i])
        ):
            own.append("repeated title")
            above = 1


def _may_be_title(line: TextLine) -> bool:
    least, most = _TITLE_WORDS
    return least <= line.words <= most and not line.prose and len(line.folded) > _TITLE_CHARACTERS


def _is_held(line: TextLine, above: Sequence[TextLine]) -> bool:
    """Tell whether a line above says the same and more: the title of a page with its outlet."""
    return any(line.folded in other.folded for other in above if other.words < _TITLE_REACH)
