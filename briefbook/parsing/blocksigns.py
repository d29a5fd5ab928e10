"""Block signs: the signs by which a kept line shows what kind of block it is.

In: the kept lines of a text, and what is certain of some of them. Out: for each line the names of
its signs, which `weights/structure.tsv` weighs. A sign speaks of length, first and last character,
capitals, gaps, and of the lines around: hardly ever of words, so that it holds in any language.
A class of length or share is a whole number that grows with it.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from briefbook.text.words import STOP_WORDS, count_words

# Upper ends of the classes of length, in words: about every second one doubles.
_SIZES = (1, 2, 3, 4, 6, 8, 11, 16, 24, 40)
# The same for a neighbour: fewer classes, as signs that join two lines are many already.
_ROUGH_SIZES = (3, 8, 16, 40)
# Of headings only shorter lines are asked more; of longer ones than _LONG nothing but their place.
_SHORT, _LONG = 16, 40
# Prose that shows how a text sets its paragraphs apart has more words than this.
_PROSE = 25
# A list is looked for at most this many lines below the line that ends in a colon.
_REACH = 12
# Upper ends of the classes of a run's length, in lines.
_RUNS = (1, 2, 3, 5, 9)
# Words of this many lines below are compared with a heading's.
_BELOW = 3

_CLASSES = {
    **dict.fromkeys(".。｡।؟۔", "stop"),
    **dict.fromkeys("!！", "cry"),
    **dict.fromkeys("?？", "ask"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys(",、，،", "comma"),
    **dict.fromkeys(";；", "semicolon"),
    "…": "dots",
    **dict.fromkeys("-–—", "dash"),
    **dict.fromkeys("\"'“”„«»‘’‚‹›", "quote"),
    **dict.fromkeys(")]}", "close"),
    **dict.fromkeys("([{", "open"),
}
_STOPS = ("stop", "cry", "ask")
_CLOSING = re.compile(r"[\"'”’»)\]]+$")
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zA-Z][.)]|[IVX]{1,4}\.)\s+\S")
_LABEL = re.compile(r"^[^:.!?]{2,40}[:：]\s*\S")
_DASHED = re.compile(r"^[^.!?–—]{2,40}\s[–—-]\s+\S")
_LINK = re.compile(r"https?://|www\.|\w@\w")
_STOP_INSIDE = re.compile(r"[.!?…][\"”’»)]?\s+[^\W\d_]|[。！？]")
# A stop within so many characters belongs to the number a line starts with ("12. The end").
_NUMBERING = 4
_DIGIT = re.compile(r"\d")
_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")
_QUOTES = frozenset('"“”„«»')


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One kept line, as structure sees it."""

    number: int  # 1-based physical line
    text: str  # repaired, white space at the ends gone
    gap: bool  # True: a blank or dropped line stands above it


@dataclass(slots=True)
class _Shape:
    """What is asked of a line more than once."""

    words: int = 0
    start: str = "none"  # class of the first character
    end: str = "none"  # class of the last character
    form: str = "none"  # numbered | label | dashed | link | plain | long
    above: int = 3  # lines from the kept line above, 1: none between, at most 3
    known: str = ""  # what is certain of it, "" where nothing is
    bare: bool = False  # no stop at its end and not long
    size: int = 0  # its class in _SIZES
    rough: int = 9  # its class in _ROUGH_SIZES; 9: no line there
    look: str = field(init=False)  # rough and bare, as most signs join them

    def __post_init__(self) -> None:
        self.look = f"{self.rough}{'b' if self.bare else 's'}"


_NOTHING = _Shape()


@dataclass(frozen=True, slots=True)
class _Page:
    """What is asked of the text as a whole."""

    spacing: str  # dense | mixed | spaced: gaps between hardly any, some or nearly all lines
    bare: str  # rare | some | many: lines without a stop
    marked: str  # marked | -: whether lists have bullets
    prose: int  # class of how much of the prose has gaps around it, -1: there is none


@dataclass(frozen=True, slots=True)
class _Run:
    """The place of a line in a run of lines."""

    at: int  # from 0
    size: int  # lines
    bare: int  # lines of it without a stop
    even: str = ""  # how many classes of starts and of ends its lines have, the last end left out

    @property
    def place(self) -> str:
        if self.size == 1:
            return "only"
        return "first" if not self.at else "last" if self.at == self.size - 1 else "inner"


def signs_of(lines: Sequence[BodyLine], known: Mapping[int, str]) -> list[list[str]]:
    """Return the names of the signs of each line.

    Args:
        lines: The kept lines in order.
        known: What is certain of some lines, by line number; such a line has no other sign.
    """
    shapes = _shapes(lines, known)
    page = _page(shapes)
    around = [_NOTHING, _NOTHING, *shapes, _NOTHING, _NOTHING]
    blocks = _runs(shapes, [shape.above == 1 for shape in shapes[1:]])
    runs = _runs(shapes, [_alike(a, b) for a, b in pairwise(shapes)])
    leads = _leads(shapes)
    found: list[list[str]] = []
    for i, shape in enumerate(shapes):
        if shape.known:
            found.append([f"known {shape.known}"])
            continue
        signs = _own(shape, page)
        if shape.words <= _LONG:
            signs += _inside(lines[i].text, shape)
        if shape.words <= _SHORT:
            signs += _of_short(lines[i].text, shape)
            signs.append(f"taken up {_taken_up(lines, i)}")
        signs += _beside(around[i : i + 5], page)
        signs += _within(shape, around[i + 3].above, blocks[i], runs[i], leads[i], page)
        signs.append(_position(i, len(lines)))
        found.append(signs)
    return found


def _shapes(lines: Sequence[BodyLine], known: Mapping[int, str]) -> list[_Shape]:
    shapes: list[_Shape] = []
    above = 0
    for line in lines:
        words, end = count_words(line.text), _class_of_end(line.text)
        shapes.append(
            _Shape(
                words=words,
                start=_class_of_start(line.text[0]),
                end=end,
                form=_form(line.text) if words <= _LONG else "long",
                above=min(line.number - above, 3),
                known=known.get(line.number, ""),
                bare=end not in _STOPS and end != "dots" and words <= _LONG,
                size=bisect_left(_SIZES, words),
                rough=bisect_left(_ROUGH_SIZES, words),
            )
        )
        above = line.number
    return shapes


def _class_of_start(first: str) -> str:
    if first.isupper():
        return "capital"
    if first.islower():
        return "small"
    if first.isdigit():
        return "digit"
    # A script without capitals lacks nothing: its letters count as such.
    return _CLASSES.get(first, "capital" if first.isalpha() else "mark")


def _class_of_end(text: str) -> str:
    """Return the class of what ends a line; a stop before a closing quote or bracket counts."""
    last = text[-1]
    end = _CLASSES.get(last)
    if end in ("quote", "close"):
        inner = _CLASSES.get(_CLOSING.sub("", text[-6:])[-1:], "")
        return inner if inner in _STOPS else end
    return end or ("digit" if last.isdigit() else "letter" if last.isalpha() else "mark")


def _form(text: str) -> str:
    if _NUMBERED.match(text):
        return "numbered"
    if _LINK.search(text):
        return "link"
    if _LABEL.match(text):
        return "label"
    return "dashed" if _DASHED.match(text) else "plain"


def _page(shapes: Sequence[_Shape]) -> _Page:
    gaps = sum(shape.above > 1 for shape in shapes[1:])
    between = max(1, len(shapes) - 1)
    bare = sum(shape.bare for shape in shapes)
    around = [
        (a.above > 1) + (b.above > 1) for a, b in pairwise((*shapes, _NOTHING)) if a.words > _PROSE
    ]
    share = sum(around) / (2 * len(around)) if around else 0.0
    return _Page(
        spacing=("dense", "mixed", "spaced")[bisect_left((0.1, 0.89), gaps / between)],
        bare=("rare", "some", "many")[bisect_left((0.25, 0.5), bare / max(1, len(shapes)))],
        marked="marked" if any(shape.known == "item" for shape in shapes) else "-",
        prose=bisect_left((0.1, 0.5, 0.75, 0.9, 0.97), share) if around else -1,
    )


def _alike(above: _Shape, below: _Shape) -> bool:
    """Tell whether two neighbours may be two of a list, whether a gap divides them or not."""
    return (
        above.start == below.start
        and above.bare == below.bare
        and above.above >= below.above
        and abs(above.size - below.size) <= 2
        and above.known == below.known
    )


def _runs(shapes: Sequence[_Shape], joined: Sequence[bool]) -> list[_Run]:
    """Return, for each line, its place in the run it stands in.

    Args:
        shapes: Of the lines.
        joined: For each line but the first, whether it is in one run with the line above.
    """
    found: list[_Run] = []
    for i, shape in enumerate(shapes):
        if i and joined[i - 1]:
            continue
        end = i + 1
        bare = int(shape.bare)
        while end < len(shapes) and joined[end - 1]:
            bare += shapes[end].bare
            end += 1
        starts = {one.start for one in shapes[i:end]}
        ends = {one.end for one in shapes[i : end - 1]}
        even = f"{min(3, len(starts))} {min(3, len(ends))}"
        found.extend(_Run(at, end - i, bare, even) for at in range(end - i))
    return found


def _leads(shapes: Sequence[_Shape]) -> list[int]:
    """Return how many lines above each line the last one stands that ends in a colon, 0 for none.

    A line of another shape than the first below the colon ends what it introduces.
    """
    found: list[int] = []
    distance, model = 0, _NOTHING
    for above, shape in pairwise((_NOTHING, *shapes)):
        if above.end == "colon":
            distance, model = 1, shape
        elif distance:
            alike = shape.bare == model.bare and shape.start == model.start
            distance = distance + 1 if alike and distance < _REACH else 0
        found.append(distance)
    return found


def _own(shape: _Shape, page: _Page) -> list[str]:
    size, end = shape.size, shape.end
    return [
        f"words {size}",
        f"start {shape.start}",
        f"end {end}",
        f"words {size} end {end}",
        f"start {shape.start} end {end}",
        f"stop {shape.bare} page {page.bare}",
        f"words {size} page {page.bare} {end in ('letter', 'digit')}",
        f"list {page.marked} {page.spacing} {shape.look}",
    ]


def _inside(text: str, shape: _Shape) -> list[str]:
    """Return the signs of what stands in a line that is not long."""
    signs = [f"form {shape.form} end {shape.end}"]
    if _STOP_INSIDE.search(text, _NUMBERING):
        signs.append(f"stop inside end {shape.end}")
    if "," in text:
        signs.append(f"comma {shape.rough}")
    if "(" in text:
        signs.append(f"bracket {shape.rough}")
    if "\t" in text:
        signs.append("tab")
    if digits := len(_DIGIT.findall(text)):
        signs.append(f"digits {min(4, 10 * digits // len(text))} {shape.bare}")
    if not _QUOTES.isdisjoint(text):
        whole = text[0] in _QUOTES and _CLOSING.search(text.rstrip(".")) is not None
        signs.append(f"quotes {whole} {shape.rough}")
    return signs


def _of_short(text: str, shape: _Shape) -> list[str]:
    """Return the signs of capitals and of words that carry no subject, in a short line."""
    words = text.split()
    small = [word.casefold().strip(".,:;!?") in STOP_WORDS for word in words]
    telling = [
        word[0].isupper()
        for word, is_small in zip(words[1:], small[1:], strict=True)
        if not is_small and word[0].isalpha()
    ]
    capitals = 10 * sum(telling) // len(telling) if telling else -1
    signs = [
        f"capitals {capitals} {shape.end == 'stop'}",
        f"small words {min(4, sum(small))} {shape.size}",
        f"small word first {small[0]} {shape.end}",
        f"small word last {small[-1]} {shape.end}",
    ]
    if text.isupper():
        signs.append("capitals only")
    return signs


def _taken_up(lines: Sequence[BodyLine], i: int) -> int:
    """Return how many thirds of a line's longer words the lines below have, -1 for no word."""
    own = _LONGER_WORD.findall(lines[i].text.casefold())
    if not own:
        return -1
    below = " ".join(line.text[:400] for line in lines[i + 1 : i + 1 + _BELOW]).casefold()
    return 3 * sum(word in below for word in own) // len(own)


def _beside(five: Sequence[_Shape], page: _Page) -> list[str]:
    """Return the signs of the third of five lines in a row."""
    above2, above, shape, below, below2 = five
    look, end, bare = shape.look, shape.end, shape.bare
    gaps = f"{page.spacing} {shape.above} {below.above}"
    longer = _ratio(below, shape)
    up, down = above.form == shape.form, below.form == shape.form
    return [
        f"gaps {gaps} {look}",
        f"above {above.rough} {above.end}",
        f"above {above.end} {page.spacing} {shape.above} {look}",
        f"above {above.look} mine {look}",
        f"above {above2.look} {above.look} mine {look}",
        f"below {below.rough} {below.end}",
        f"below {below.look} mine {look}",
        f"below {below.look} {below2.look} mine {look}",
        f"below {below.rough} {below.known or '-'} {below.above} {shape.size} {end}",
        f"starts {above.start} {shape.start} {below.start}",
        f"ends {above.end} {end}",
        f"ends {end} below {below.end}",
        f"longer {longer} {bare}",
        f"longer {longer} {_ratio(shape, above)} {page.spacing}",
        f"beside {above.known or '-'} {below.known or '-'}",
        f"forms {above.form} {shape.form} {below.form}",
        f"form {shape.form} {up} {down} {look}",
    ]


def _ratio(one: _Shape, other: _Shape) -> int:
    """Return a class of how much longer one line is than another: 0 much shorter, 6 much longer."""
    return bisect_left((0.25, 0.5, 0.8, 1.25, 2, 4), (one.words + 1) / (other.words + 1))


def _within(shape: _Shape, below: int, block: _Run, run: _Run, lead: int, page: _Page) -> list[str]:
    """Return the signs of a line in the lines it stands together with.

    Args:
        shape: Of the line.
        below: Lines to the next kept line, at most 3.
        block: Its place among the lines without a gap between.
        run: Its place among lines like it.
        lead: Lines from the line ending in a colon that may introduce it, 0 for none.
        page: Of the text.
    """
    share = "all" if block.bare == block.size else "some" if block.bare else "none"
    block_size, run_size = bisect_left(_RUNS, block.size), bisect_left(_RUNS, run.size)
    near = min(lead, 4)
    return [
        f"block {page.spacing} {block.place} {share}",
        f"block {page.spacing} {block_size} {share} {shape.look}",
        f"even {page.spacing} {block_size} {block.even} {shape.bare}",
        f"run {page.spacing} {run_size} {shape.look}",
        f"run {run.place} {run_size} {shape.start}",
        f"lead {near} {shape.look}",
        f"lead {near} {page.spacing} {shape.above}",
        f"lead {near} run {run_size}",
        f"prose {page.prose} {shape.above} {below} {shape.look}",
        f"prose {page.prose} {shape.above} {below} {shape.end}",
        f"prose {page.prose} block {min(block.size, 4)} {shape.rough}",
    ]


def _position(i: int, count: int) -> str:
    if i < 3:
        return f"line {i}"
    return f"line -{count - i}" if count - i <= 3 else f"fifth {5 * i // count}"
