"""Which lines of a page are its main text: trafilatura decides.

In: the tree of a page and its lines. Out: the indices of the lines that trafilatura keeps. It
returns text and not places, so its pieces are found again among the lines: both are sequences in
the order of the page, and the longest way to pair them in that order is taken. Compared are
letters and digits alone.
"""

import logging
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from briefbook.problems import Place, ProblemError, error

# Within these, trafilatura's text goes on; every other element of its result is a piece of its own.
_INLINE = frozenset("a abbr b code del em hi i ins ref s span strong sub sup u".split())
# A text that stands more often than this is furniture; pairing it with all would be quadratic.
_MOST_PLACES = 8
# Lines of this many letters and digits are not alike by chance: a part of one is enough.
_LONG = 32
# So many long lines are looked for in the whole main text, at most: each search reads all of it.
_MOST_SEARCHES = 1_000

_INSTALL = (
    'install it with `pip install "briefbook[html]"`, in a clone `pip install --editable ".[html]"`'
)


def find_main_text(tree: Any, lines: Sequence[str], place: Place) -> frozenset[int]:
    """Return the indices of the lines that belong to the main text; none where there is none.

    Raises:
        ProblemError: trafilatura is not installed.
    """
    pieces = [key for piece in _pieces(tree, place) if (key := _key(piece))]
    keys = [_key(line) for line in lines]
    main = _paired(keys, pieces)
    main |= _parts(keys, pieces, main)
    return frozenset(main)


def _pieces(tree: Any, place: Place) -> Iterator[str]:
    """Yield the texts trafilatura keeps, a block each."""
    try:
        # Imported here: it takes a second, and most sites have no HTML sources.
        from trafilatura import bare_extraction
    except ImportError:
        what = "HTML sources need trafilatura, which is not installed"
        raise ProblemError(error(place, what, _INSTALL)) from None
    # Its warnings about pages without an article would stand among our messages.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    found = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    body = getattr(found, "body", None)
    if body is None:
        return
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        is_block = element.tag not in _INLINE and not _is_in_row(element)
        if is_block:
            yield "".join(pieces)
            pieces.clear()
        pieces.append((element.text if event == "start" else element.tail) or "")
    yield "".join(pieces)


def _is_in_row(element: Any) -> bool:
    """Tell whether an element is a cell: the cells of a row are one line."""
    return element.tag in ("cell", "td", "th")


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _paired(keys: Sequence[str], pieces: Sequence[str]) -> set[int]:
    """Return the lines of the longest sequence of lines and pieces that are equal, in order.

    Where a line may stand for a piece as well as another, the later one is taken: menus stand
    above the text. (Hunt and Szymanski's way, in steps of n log n.)
    """
    places: dict[str, list[int]] = {}
    for place, piece in enumerate(pieces):
        places.setdefault(piece, []).append(place)
    ends: list[int] = []  # piece at the end of the best sequence of each length
    tails: list[int] = []  # its link
    links: list[tuple[int, int]] = []  # line, link before it or -1
    for line, key in enumerate(keys):
        for place in reversed(places.get(key, [])[:_MOST_PLACES]):
            length = bisect_left(ends, place)
            links.append((line, tails[length - 1] if length else -1))
            ends[length : length + 1] = [place]
            tails[length : length + 1] = [len(links) - 1]
    found: set[int] = set()
    link = tails[-1] if tails else -1
    while link >= 0:
        line, link = links[link]
        found.add(line)
    return found


def _parts(keys: Sequence[str], pieces: Sequence[str], main: set[int]) -> set[int]:
    """Return further long lines that are a part of a piece, or begin or end as one does.

    A line break divides a paragraph into lines; a footnote mark may be taken out of one.
    """
    starts = {piece[:_LONG] for piece in pieces if len(piece) >= _LONG}
    ends = {piece[-_LONG:] for piece in pieces if len(piece) >= _LONG}
    known = {keys[index] for index in main}
    everything = "\n".join(pieces)
    found: set[int] = set()
    searches = 0
    for index, key in enumerate(keys):
        if index in main or len(key) < _LONG or key in known:
            continue
        is_part = key[:_LONG] in starts or key[-_LONG:] in ends
        if not is_part and searches < _MOST_SEARCHES:
            searches += 1
            is_part = key in everything
        if is_part:
            found.add(index)
    return found
