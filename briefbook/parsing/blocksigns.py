"""Block signs: the signs by which a kept line shows what kind of block it is.

In: the kept lines of a text, and what is certain of some of them. Out: for each line its signs,
which `weights/structure.tsv` weighs by name. A sign speaks of length, first and last character,
capitals, gaps, and of the lines around: hardly ever of words, so that it holds in any language.
A class of length or share is a whole number that grows with it. Signs come in bundles, a maker of
names and what it is told: as most bundles are seen again and again, their weight is remembered
and nearly no name is ever made.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefbook.text.words import STOP_WORDS, count_words

# Upper ends of the classes of length, in words: about every second one doubles.
_SIZES = (1, 2, 3, 4, 6, 8, 11, 16, 24, 40)
# The same for a neighbour: fewer classes, as signs that join two lines are many already.
_ROUGH_SIZES = (3, 8, 16, 40)
# Of headings only shorter lines are asked more; of longer ones than _LONG nothing but their place.
_SHORT, _LONG = 16, 40
# In a line of more characters no words are counted: it has as many as _LETTERS go into it, roughly,
# and more than _LONG in any writing.
_COUNTED, _LETTERS = 400, 6
# Prose that shows how a text sets its paragraphs apart has more words than this.
_PROSE = 25
# A list is looked for at most this many lines below the line that ends in a colon.
_REACH = 12
# Upper ends of the classes of a run's length, in lines.
_RUNS = (1, 2, 3, 5, 9)
# Upper ends of the classes of how much longer one line is than another.
_RATIOS = (0.25, 0.5, 0.8, 1.25, 2, 4)
# Words of this many lines below are compared with a heading's.
_BELOW = 3

Bundle = tuple[Callable[..., list[str]], tuple[str | int, ...]]

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
_CLOSING_MARKS = "\"'”’»)]"
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zA-Z][.)]|[IVX]{1,4}\.)\s+\S")
_LABEL = re.compile(r"^[^:.!?]{2,40}[:：]\s*\S")
# The longest label and its colon.
_LABEL_END = 41
_DASHED = re.compile(r"^[^.!?–—]{2,40}\s[–—-]\s+\S")
_LINK = re.compile(r"https?://|www\.|\w@\w")
_STOP_INSIDE = re.compile(r"[.!?…][\"”’»)]?\s+[^\W\d_]|[。！？]")
# A stop within so many characters belongs to the number a line starts with ("12. The end").
_NUMBERING = 4
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
    known: str = "-"  # what is certain of it, - where nothing is
    bare: bool = False  # no stop at its end and not long
    size: int = 0  # its class in _SIZES
    rough: int = 9  # its class in _ROUGH_SIZES; 9: no line there
    look: str = "9s"  # rough and bare, as most signs join them
    ratio: int = 0  # class of how much longer it is than the line above


_NOTHING = _Shape()
_LOOKS = [(f"{rough}s", f"{rough}b") for rough in range(len(_ROUGH_SIZES) + 1)]


@dataclass(frozen=True, slots=True)
class _Page:
    """What is asked of the text as a whole."""

    spacing: str  # dense | mixed | spaced: gaps between hardly any, some or nearly all lines
    bare: str  # rare | some | many: lines without a stop
    marked: str  # marked | -: whether lists have bullets
    prose: int  # class of how much of the prose has gaps around it, -1: there is none


def signs_of(lines: Sequence[BodyLine], known: Mapping[int, str]) -> list[list[str]]:
    """Return the names of the signs of each line; the arguments are those of `bundles_of`."""
    return [
        [sign for make, seen in bundles for sign in make(*seen)]
        for bundles in bundles_of(lines, known)
    ]


def bundles_of(lines: Sequence[BodyLine], known: Mapping[int, str]) -> list[list[Bundle]]:
    """Return the signs of each line, in bundles.

    Args:
        lines: The kept lines in order.
        known: What is certain of some lines, by line number; such a line has no other sign.
    """
    shapes = _shapes(lines, known)
    page = _page(shapes)
    around = [_NOTHING, _NOTHING, *shapes, _NOTHING, _NOTHING]
    blocks = _blocks(shapes)
    runs = _runs(shapes)
    leads = _leads(shapes)
    folded = [line.text[:400].casefold() for line in lines]
    found: list[list[Bundle]] = []
    for i, shape in enumerate(shapes):
        if shape.known != "-":
            found.append([(_certain, (shape.known,))])
            continue
        bundles = _beside(around[i : i + 5], page, _position(i, len(lines)))
        if shape.words <= _LONG:
            bundles.append(_inside(lines[i].text, shape))
        if shape.words <= _SHORT:
            bundles += _of_short(lines[i].text, shape, _taken_up(folded, i))
        place, size, share, even = blocks[i]
        below = around[i + 3].above
        look, above = shape.look, shape.above
        bundles += (
            (_in_block, (page.spacing, place, share, size, even, shape.bare, look)),
            (_in_run, (page.spacing, *runs[i], shape.start, look, leads[i], above)),
            (_in_prose, (page.prose, above, below, look, shape.end, min(size, 4), shape.rough)),
        )
        found.append(bundles)
    return found


def _shapes(lines: Sequence[BodyLine], known: Mapping[int, str]) -> list[_Shape]:
    shapes: list[_Shape] = []
    above = words_above = 0
    for line in lines:
        text, number = line.text, line.number
        end = _class_of_end(text)
        words = count_words(text) if len(text) <= _COUNTED else len(text) // _LETTERS
        bare = words <= _LONG and end not in _STOPS and end != "dots"
        rough = bisect_left(_ROUGH_SIZES, words)
        shapes.append(
            _Shape(
                words,
                _class_of_start(text[0]),
                end,
                _form(text) if words <= _LONG else "long",
                min(number - above, 3),
                known.get(number, "-"),
                bare,
                bisect_left(_SIZES, words),
                rough,
                _LOOKS[rough][bare],
                _ratio(words, words_above),
            )
        )
        above, words_above = number, words
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
    if end == "quote" or end == "close":
        inner = _CLASSES.get(text[-6:].rstrip(_CLOSING_MARKS)[-1:], "")
        return inner if inner in _STOPS else end
    return end or ("digit" if last.isdigit() else "letter" if last.isalpha() else "mark")


def _form(text: str) -> str:
    """Return the form of a line; what an expression needs is looked for first, as it is rare."""
    if (text[0].isdigit() or text[1:2] in ".)IVX") and _NUMBERED.match(text):
        return "numbered"
    if ("://" in text or "www." in text or "@" in text) and _LINK.search(text):
        return "link"
    start = text[:_LABEL_END]
    if (":" in start or "：" in start) and _LABEL.match(text):
        return "label"
    if (" - " in start or " – " in start or " — " in start) and _DASHED.match(text):
        return "dashed"
    return "plain"


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
        and -2 <= above.size - below.size <= 2
        and above.known == below.known
    )


def _spans(joined: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first line and the end of each run; `joined` tells which goes with that above."""
    first = 0
    for i in range(1, len(joined) + 1):
        if i == len(joined) or not joined[i]:
            yield first, i
            first = i


def _places(count: int) -> list[str]:
    """Return what each line of a run is in it."""
    return ["only"] if count == 1 else ["first", *["inner"] * (count - 2), "last"]


def _blocks(shapes: Sequence[_Shape]) -> list[tuple[str, int, str, str]]:
    """Return, for each line, its place among the lines that no gap divides, and what these are.

    Their number, whether all, some or none are bare, and how many classes of starts and of ends
    they have, the last end left out: the lines of a list are even.
    """
    found: list[tuple[str, int, str, str]] = []
    for first, end in _spans([shape.above == 1 for shape in shapes]):
        if end - first == 1:
            found.append(("only", 1, "all" if shapes[first].bare else "none", "1 0"))
            continue
        block = shapes[first:end]
        bare = sum(shape.bare for shape in block)
        share = "all" if bare == len(block) else "some" if bare else "none"
        starts = len({shape.start for shape in block})
        ends = len({shape.end for shape in block[:-1]})
        size, even = min(len(block), _RUNS[-1] + 1), f"{min(3, starts)} {min(3, ends)}"
        found.extend((place, size, share, even) for place in _places(len(block)))
    return found


def _runs(shapes: Sequence[_Shape]) -> list[tuple[str, int]]:
    """Return, for each line, its place among lines like it, and the class of their number."""
    found: list[tuple[str, int]] = []
    alike = [_alike(a, b) for a, b in pairwise((_NOTHING, *shapes))]
    for first, end in _spans(alike):
        size = bisect_left(_RUNS, end - first)
        found.extend((place, size) for place in _places(end - first))
    return found


def _leads(shapes: Sequence[_Shape]) -> list[int]:
    """Return how many lines above each line the last one stands that ends in a colon.

    0 for none, at most 4. A line of another shape than the first below the colon ends what it
    introduces.
    """
    found: list[int] = []
    distance, model, above = 0, _NOTHING, _NOTHING
    for shape in shapes:
        if above.end == "colon":
            distance, model = 1, shape
        elif distance:
            alike = shape.bare == model.bare and shape.start == model.start
            distance = distance + 1 if alike and distance < _REACH else 0
        found.append(min(distance, 4))
        above = shape
    return found


def _certain(known: str) -> list[str]:
    return [f"known {known}"]


def _inside(text: str, shape: _Shape) -> Bundle:
    """Return the signs of what stands in a line that is not long."""
    later = text[_NUMBERING:]
    may_stop = "." in later or "?" in later or "!" in later or not later.isascii()
    digits = sum(map(text.count, "0123456789"))
    quotes = "-"
    if '"' in text or not (text.isascii() or _QUOTES.isdisjoint(text)):
        closed = text.rstrip(".")[-1:]
        quotes = str(text[0] in _QUOTES and closed != "" and closed in _CLOSING_MARKS)
    seen = (
        shape.form,
        shape.end,
        may_stop and _STOP_INSIDE.search(later) is not None,
        "," in text,
        "(" in text,
        "\t" in text,
        min(4, 10 * digits // len(text)) if digits else -1,
        quotes,
        shape.look,
    )
    return _of_inside, seen


def _of_inside(
    form: str,
    end: str,
    stop: bool,
    comma: bool,
    bracket: bool,
    tab: bool,
    digits: int,
    quotes: str,
    look: str,
) -> list[str]:
    signs = [f"form {form} end {end}"]
    if stop:
        signs.append(f"stop inside end {end}")
    if comma:
        signs.append(f"comma {look[0]}")
    if bracket:
        signs.append(f"bracket {look[0]}")
    if tab:
        signs.append("tab")
    if digits >= 0:
        signs.append(f"digits {digits} {look[1] == 'b'}")
    if quotes != "-":
        signs.append(f"quotes {quotes} {look[0]}")
    return signs


def _of_short(text: str, shape: _Shape, taken_up: int) -> list[Bundle]:
    """Return the signs of capitals and of words that carry no subject, in a short line."""
    words = text.split()
    small = [word.strip(".,:;!?") in STOP_WORDS for word in text.casefold().split()]
    count = capitals = 0
    for word, is_small in zip(words[1:], small[1:], strict=False):
        if not is_small and word[0].isalpha():
            count += 1
            capitals += word[0].isupper()
    share = 10 * capitals // count if count else -1
    smalls = min(4, sum(small))
    return [
        (_capitals, (share, shape.end == "stop", text.isupper(), taken_up)),
        (_small_words, (smalls, shape.size, small[0], small[-1], shape.end)),
    ]


def _capitals(share: int, stopped: bool, only: bool, taken_up: int) -> list[str]:
    signs = [f"capitals {share} {stopped}", f"taken up {taken_up}"]
    return [*signs, "capitals only"] if only else signs


def _small_words(count: int, size: int, first: bool, last: bool, end: str) -> list[str]:
    return [
        f"small words {count} {size}",
        f"small word first {first} {end}",
        f"small word last {last} {end}",
    ]


def _taken_up(folded: Sequence[str], i: int) -> int:
    """Return how many thirds of a line's longer words the lines below have, -1 for no word."""
    own = _LONGER_WORD.findall(folded[i])
    if not own:
        return -1
    below = " ".join(folded[i + 1 : i + 1 + _BELOW])
    return 3 * sum([word in below for word in own]) // len(own)


def _ratio(words: int, above: int) -> int:
    """Return a class of how much longer one line is than another: 0 much shorter, 6 much longer."""
    return bisect_left(_RATIOS, (words + 1) / (above + 1))


def _beside(five: Sequence[_Shape], page: _Page, position: str) -> list[Bundle]:
    """Return the signs of the third of five lines in a row."""
    above2, above, shape, below, below2 = five
    look, end, spacing, form = shape.look, shape.end, page.spacing, shape.form
    forms = (above.form, form, below.form, look)
    own = (shape.size, shape.start, end, shape.bare, page.bare, page.marked, spacing, look)
    return [
        (_own, own),
        (_gaps, (spacing, shape.above, below.above, look, position)),
        (_above, (above.end, above.look, spacing, shape.above, look, end)),
        (_below, (below.end, below.look, below.known, below.above, shape.size, end, look)),
        (_two_above, (above2.look, above.look, look)),
        (_two_below, (below.look, below2.look, look)),
        (_starts, (above.start, shape.start, below.start, above.known, below.known)),
        (_lengths, (below.ratio, shape.bare, shape.ratio, spacing)),
        (_forms, forms),
    ]


def _own(
    size: int, start: str, end: str, bare: bool, page: str, marked: str, spacing: str, look: str
) -> list[str]:
    return [
        f"words {size}",
        f"start {start}",
        f"end {end}",
        f"words {size} end {end}",
        f"start {start} end {end}",
        f"stop {bare} page {page}",
        f"words {size} page {page} {end in ('letter', 'digit')}",
        f"list {marked} {spacing} {look}",
    ]


def _gaps(spacing: str, above: int, below: int, look: str, position: str) -> list[str]:
    return [f"gaps {spacing} {above} {below} {look}", position]


def _above(end: str, look: str, spacing: str, gap: int, mine: str, my_end: str) -> list[str]:
    return [
        f"above {look[0]} {end}",
        f"above {end} {spacing} {gap} {mine}",
        f"above {look} mine {mine}",
        f"ends {end} {my_end}",
    ]


def _below(
    end: str, look: str, known: str, gap: int, size: int, my_end: str, mine: str
) -> list[str]:
    return [
        f"below {look[0]} {end}",
        f"below {look} mine {mine}",
        f"below {look[0]} {known} {gap} {size} {my_end}",
        f"ends {my_end} below {end}",
    ]


def _two_above(above2: str, above: str, mine: str) -> list[str]:
    return [f"above {above2} {above} mine {mine}"]


def _two_below(below: str, below2: str, mine: str) -> list[str]:
    return [f"below {below} {below2} mine {mine}"]


def _starts(above: str, mine: str, below: str, known_above: str, known_below: str) -> list[str]:
    return [f"starts {above} {mine} {below}", f"beside {known_above} {known_below}"]


def _lengths(below: int, bare: bool, above: int, spacing: str) -> list[str]:
    return [f"longer {below} {bare}", f"longer {below} {above} {spacing}"]


def _forms(above: str, mine: str, below: str, look: str) -> list[str]:
    return [
        f"forms {above} {mine} {below}",
        f"form {mine} {above == mine} {below == mine} {look}",
    ]


def _in_block(
    spacing: str, place: str, share: str, size: int, even: str, bare: bool, look: str
) -> list[str]:
    """Return the signs of a line among the lines that no gap divides from it."""
    size_class = bisect_left(_RUNS, size)
    return [
        f"block {spacing} {place} {share}",
        f"block {spacing} {size_class} {share} {look}",
        f"even {spacing} {size_class} {even} {bare}",
    ]


def _in_run(
    spacing: str, place: str, size: int, start: str, look: str, lead: int, above: int
) -> list[str]:
    """Return the signs of a line among lines like it, and below a line that ends in a colon."""
    return [
        f"run {spacing} {size} {look}",
        f"run {place} {size} {start}",
        f"lead {lead} {look}",
        f"lead {lead} {spacing} {above}",
        f"lead {lead} run {size}",
    ]


def _in_prose(
    prose: int, above: int, below: int, look: str, end: str, block: int, rough: int
) -> list[str]:
    """Return the signs of the gaps around a line, beside those around the prose of its text."""
    return [
        f"prose {prose} {above} {below} {look}",
        f"prose {prose} {above} {below} {end}",
        f"prose {prose} block {block} {rough}",
    ]


def _position(i: int, count: int) -> str:
    if i < 3:
        return f"line {i}"
    return f"line -{count - i}" if count - i <= 3 else f"fifth {5 * i // count}"
