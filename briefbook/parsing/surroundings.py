"""Surroundings: what the place of a line and the look of the lines around it say about it.

In: all lines of a text. Out: nothing; signs are added to the lists of each line, in bundles.
Each `_add` function adds one family of signs and is linear in the number of lines. The names in a
bundle depend on a few steps alone, so that each bundle is written once and found again after.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from briefbook.parsing.lines import TextLine
from briefbook.parsing.ownsigns import KEPT, Bundle, Bundles, OwnSigns
from briefbook.parsing.steps import TENTHS, step, steps

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


_GAP = steps(0, 1, 2)
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
_ALIKE = steps(1, 2, 4, 8, 16)
_COUNT = steps(0, 1, 2, 4)
_COLON = ("-1: colon",)
# The places of the lines of texts of up to so many lines are kept.
_MOST_PLACES = 400


def surrounding_signs(lines: Sequence[TextLine], own: Sequence[OwnSigns], signs: Bundles) -> None:
    """Add to each line's signs what its surroundings say."""
    shares = _shares_of_prose(lines)
    marks = [one.marks for one in own]
    _add_place(lines, signs)
    _add_distances(lines, signs)
    _add_prose_around(lines, shares, signs)
    _add_runs(lines, own, signs)
    _add_cues(lines, own, shares, signs)
    _add_neighbours(lines, marks, signs)
    _add_marks(lines, marks, signs)
    _add_titles(lines, signs)


# --------------------------------------------------------------------------- place and prose


def _add_place(lines: Sequence[TextLine], signs: Bundles) -> None:
    """Add where in the text a line stands, and the blank lines around it."""
    n = len(lines)
    gaps = ["0", *(step(_GAP, b.number - a.number - 1) for a, b in pairwise(lines)), "0"]
    places = _kept_places(n) if n <= _MOST_PLACES else _places(n)
    for line, over, under, place, own in zip(lines, gaps, gaps[1:], places, signs, strict=False):
        own.append(_blank_lines(over, under, line.size))
        own.append(place)


@cache
def _blank_lines(over: str, under: str, size: str) -> Bundle:
    return (f"blank lines {over} above {under} below, words {size}",)


def _places(n: int) -> list[Bundle]:
    """Return the place of each line of a text of so many."""
    return [_place(20 * i // n, step(_FROM_TOP, i), step(_FROM_END, n - i)) for i in range(n)]


_kept_places = lru_cache(_MOST_PLACES)(_places)


@cache
def _place(twentieths: int, top: str, end: str) -> Bundle:
    return (
        f"place {step(_PLACE, twentieths)} of 20",
        f"line {top} from the top",
        f"line {end} from the end",
    )


def _add_distances(lines: Sequence[TextLine], signs: Bundles) -> None:
    """Add how far the next prose is, above and below."""
    above = _distances(lines)
    below = _distances(lines[::-1])[::-1]
    for own, up, down in zip(signs, above, below, strict=True):
        own.append(_distance(up, down))


@cache
def _distance(up: int, down: int) -> Bundle:
    return (
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
        below = total - above - own
        shares.append((_SEEN[10 * above // total], TENTHS[10 * below // total]))  # ten at most
        above += own
    return shares


def _add_prose_around(
    lines: Sequence[TextLine], shares: Sequence[tuple[str, str]], signs: Bundles
) -> None:
    """Add how much prose stands near a line, and which part of it above and below."""
    n = len(lines)
    sums = [0, *accumulate(line.words if line.prose else 0 for line in lines)]
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        mine = sums[i + 1] - sums[i]
        near = step(_NEAR_WORDS, sums[min(n, i + 4)] - sums[max(0, i - 3)] - mine)
        wide = step(_WIDE_WORDS, sums[min(n, i + 9)] - sums[max(0, i - 8)] - mine)
        own.append(_prose_around(near, wide, *shares[i], line.kind))


@cache
def _prose_around(near: str, wide: str, above: str, below: str, kind: str) -> Bundle:
    return (
        f"words of prose near {near}",
        f"words of prose around {wide}, {kind}",
        f"tenths of prose above {above}, {kind}",
        f"tenths of prose below {below}, {kind}",
    )


# --------------------------------------------------------------------------- runs and blocks


def _add_runs(lines: Sequence[TextLine], looks: Sequence[OwnSigns], signs: Bundles) -> None:
    """Add runs of lines of one shape, and blocks of lines without a blank one between."""
    shapes = [look.shape for look in looks]
    same = [a == b for a, b in pairwise(shapes)]
    runs = _run_lengths(same)
    openings = [look.opening for look in looks]
    alike = _run_lengths([a == b for a, b in pairwise(openings)])
    blocks = _run_lengths([b.number == a.number + 1 for a, b in pairwise(lines)])
    words = _sums_of_blocks(lines, blocks)
    beside = [False, *same, False]
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        own.append(_run(step(_RUN, runs[i]), line.size, step(_ALIKE, alike[i]), openings[i]))
        own.append(_block(step(_BLOCK, blocks[i]), line.size, step(_BLOCK_WORDS, words[i])))
        if beside[i] or beside[i + 1]:
            own.append(_shapes_beside(beside[i], beside[i + 1]))


@cache
def _run(run: str, size: str, alike: str, opening: str) -> Bundle:
    return f"{run} lines of one shape, words {size}", f"{alike} lines open alike, {opening}"


@cache
def _block(block: str, size: str, words: str) -> Bundle:
    return (
        f"block of {block} lines, words {size}",
        f"block of {block} lines, {words} words of prose",
    )


@cache
def _shapes_beside(above: bool, below: bool) -> Bundle:
    return ("shape of the line above",) * above + ("shape of the line below",) * below


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


# --------------------------------------------------------------------------- cues and marks


def _add_cues(
    lines: Sequence[TextLine],
    looks: Sequence[OwnSigns],
    shares: Sequence[tuple[str, str]],
    signs: Bundles,
) -> None:
    """Add the cues of a line, and those that stand above it."""
    end = ""  # the share of prose below the last end cue
    box = -_FAR
    words_above = 0
    known = [not line.sections.isdisjoint(FURNITURE) for line in lines]
    sums = [0, *accumulate(known)]
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        if line.cues:
            own.append(_cues(looks[i].cued, shares[i][1], line.kind))
        around = sums[min(len(lines), i + 5)] - sums[max(0, i - 4)] - known[i]
        below_box = line.size if i - box <= _BOX_REACH else ""
        own.append(_cues_around(around, end, below_box, line.kind))
        if "end" in line.sections and words_above:
            end = shares[i][1]
        if "box" in line.sections:
            box = i
        words_above += line.words if line.prose else 0


@lru_cache(KEPT)
def _cues(cued: tuple[tuple[str, str], ...], below: str, kind: str) -> Bundle:
    sections = sorted({section for section, _ in cued})
    return (
        *(f"cue {section}, tenths of prose below {below}" for section in sections),
        *(f"cue {section} {how}, {kind}" for section, how in cued),
    )


@cache
def _cues_around(around: int, end: str, size_in_box: str, kind: str) -> Bundle:
    names = [f"{step(_COUNT, around)} cues around, {kind}"]
    if end:
        names += (f"below an end cue, {kind}", f"below an end cue, tenths of prose {end}")
    if size_in_box:
        names.append(f"below a box, {kind}, words {size_in_box}")
    return tuple(names)


def _add_neighbours(lines: Sequence[TextLine], marks: Sequence[Bundle], signs: Bundles) -> None:
    """Add what the two lines above and the two below look like."""
    looks = [
        _look(step(_NEIGHBOUR, line.words), line.stopped, _sorted(line.sections), own_marks)
        for line, own_marks in zip(lines, marks, strict=True)
    ]
    edge = (("edge",), "")
    # Two edges on both sides, so that every line has four neighbours.
    beside = [edge, edge, *((look, line.kind) for look, line in zip(looks, lines, strict=True))]
    beside += (edge, edge)
    was_colon = False
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        own += (
            _far_neighbour("-2", beside[i][0]),
            _neighbour("-1", *beside[i + 1], line.kind, line.size),
            _neighbour("+1", *beside[i + 3], line.kind, line.size),
            _far_neighbour("+2", beside[i + 4][0]),
        )
        if was_colon:
            own.append(_COLON)
        was_colon = line.text[-1] == ":"


def _sorted(sections: frozenset[str]) -> Bundle:
    return tuple(sorted(sections)) if sections else ()


@lru_cache(KEPT)
def _look(words: str, stopped: bool, sections: Bundle, marks: Bundle) -> Bundle:
    return (
        f"words {words} {'stop' if stopped else 'open'}",
        *(f"cue {section}" for section in sections),
        *(f"mark {mark}" for mark in marks),
    )


@lru_cache(KEPT)
def _far_neighbour(place: str, look: Bundle) -> Bundle:
    return tuple(f"{place}: {one}" for one in look)


@lru_cache(KEPT)
def _neighbour(place: str, look: Bundle, its_kind: str, kind: str, size: str) -> Bundle:
    names = _far_neighbour(place, look)
    return (*names, f"{place}: {its_kind}, {kind} {size}") if its_kind else names


def _add_marks(lines: Sequence[TextLine], marks: Sequence[Bundle], signs: Bundles) -> None:
    """Add the marks of a line, and how far above bylines, dates and heads of comments stand."""
    comments, since = 0, _FAR + 1
    for line, own_marks, own in zip(lines, marks, signs, strict=True):
        comments += "head of a comment" in own_marks
        own.append(_marks(own_marks, line.size, min(comments, _FAR), since, line.kind))
        since = min(since + 1, _FAR + 1)
        if not line.prose and ("byline" in own_marks or "dated" in own_marks):
            since = 1


@lru_cache(KEPT)
def _marks(marks: Bundle, size: str, comments: int, since: int, kind: str) -> Bundle:
    names = [f"mark {mark}, words {size}" for mark in marks]
    if comments:
        names.append(f"below {step(_COUNT, comments)} heads of comments")
    distance = step(_BELOW_TITLE, since) if since <= _FAR else "not"
    return (*names, f"byline or date {distance} above, {kind}")


# --------------------------------------------------------------------------- headlines


def _add_titles(lines: Sequence[TextLine], signs: Bundles) -> None:
    """Add repeats, and how far above a line that may be the headline stands."""
    counts = Counter([line.folded for line in lines])
    held = _Held(lines)
    above = _FAR + 1
    for i, (line, own) in enumerate(zip(lines, signs, strict=True)):
        repeated = counts[line.folded] > 1 and bool(line.folded)
        title = _may_be_title(line) and (repeated or held.above(i))
        own.append(_title(line.size if repeated else "", above, title))
        above = 1 if title else min(above + 1, _FAR + 1)


@cache
def _title(size_if_repeated: str, above: int, title: bool) -> Bundle:
    names = ["repeated", f"repeated, words {size_if_repeated}"] if size_if_repeated else []
    names.append(f"title {step(_BELOW_TITLE, above) if above <= _FAR else 'not'} above")
    if title:
        names.append("repeated title")
    return tuple(names)


def _may_be_title(line: TextLine) -> bool:
    least, most = _TITLE_WORDS
    return least <= line.words <= most and not line.prose and len(line.folded) > _TITLE_CHARACTERS


class _Held:
    """All lines as one text, to see whether one says what another says and more.

    The title of a page does, with its outlet; a line with many words is none.
    """

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = [line.folded for line in lines]
        parts = [line.folded if line.words < _TITLE_REACH else "" for line in lines]
        self.text = "\n".join(parts)
        self.offsets = [0, *accumulate(len(part) + 1 for part in parts)]

    def above(self, i: int) -> bool:
        """Tell whether one of the lines above holds all of a line."""
        first = self.offsets[max(0, i - _TITLE_REACH)]
        return self.text.find(self.lines[i], first, self.offsets[i]) >= 0
