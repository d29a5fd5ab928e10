"""An HTML page -> the lines that can be seen on it, and what its markup says of each.

In: the text of an HTML file. Out: lines and `Page`. A line is the text of one block (a paragraph, a
heading, an item, a table row) with white space as a browser shows it, in the order of the page,
furniture included; `<br>` ends a line too. Scripts, styles and what is hidden are no text. What the
page states about itself comes first, a statement a line, so that every fact has a line.

Refused: pages nested deeper, with more elements or more attributes of one than any page made for
readers, as working through them would take minutes, or lose what lies too deep without a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import dropwhile
from typing import Any

from lxml import etree, html

from briefbook.model import BlockKind, Page, PageLine
from briefbook.problems import Place, ProblemError, error
from briefbook.reading.attributes import most_attributes
from briefbook.reading.maintext import find_main_text
from briefbook.reading.statements import find_statements

# News pages have 500 to 5,000 elements. The slowest page of this size takes two seconds.
MOST_ELEMENTS = 10_000
# Of one element. Among 3,000 pages none had 150, scripts that look like elements counted.
MOST_ATTRIBUTES = 1_000
# The parser stops at 256 levels, and drops what lies deeper.
MOST_LEVELS = 250

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BLOCKS = _HEADINGS | frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form header hgroup hr legend li main menu nav ol p pre search
    section summary table tbody td tfoot th thead tr ul""".split()
)
# These say what the lines in them are.
_MARKING = _HEADINGS | {"blockquote", "li"}
# What is in these is never shown as text.
_UNSEEN = frozenset(
    """applet audio base canvas datalist embed head iframe link map math meta noembed noframes
    noscript object optgroup option script select style svg template textarea title video""".split()
)
# What a head holds; with anything else the body has begun.
_OF_HEAD = frozenset("base link meta noscript script style template title".split())
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
# A row whose cells hold any of these is a layout, not a table.
_LAYOUT = _HEADINGS | frozenset("article blockquote div figure form li section table".split())
_MOST_CELLS = 40
# White space as HTML has it: a no-break space is none.
_SPACE = re.compile(r"[ \t\n\f\r]+")


def read_page(text: str, place: Place) -> tuple[tuple[str, ...], Page]:
    """Return the lines of a page and what its HTML says besides.

    Raises:
        ProblemError: There is no text in it, it is nested too deep or too large, or the extra that
            finds the main text is not installed.
    """
    tree = _parse(text, place)
    seen = list(_lines(tree))
    if not seen:
        what = "the page has no text that can be seen"
        raise ProblemError(error(place, what, "save the page with its text, or copy it"))
    main = find_main_text(tree, [line for line, _ in seen], place)
    stated, facts = find_statements(tree, [line for line, _ in seen])
    lines = (*stated, *(line for line, _ in seen))
    marks = [replace(mark, is_main=i in main) for i, (_, mark) in enumerate(seen)]
    return lines, Page(lines=(*(PageLine() for _ in stated), *marks), facts=facts)


def _parse(text: str, place: Place) -> Any:
    fix = "copy the text of the page into a .txt file"
    if count := most_attributes(text, MOST_ATTRIBUTES):
        what = f"an element of the page has {count} attributes, more than {MOST_ATTRIBUTES}"
        raise ProblemError(error(place, what, fix))
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True
    )
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        what = "this is no HTML page: there are no elements in it"
        raise ProblemError(error(place, what, "save the page anew, or as .txt")) from None
    _begin_body(tree)
    too_deep = any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log)
    count, deepest = _measure(tree)
    if too_deep or deepest > MOST_LEVELS:
        what = f"the elements of this page are nested more than {MOST_LEVELS} levels deep"
        raise ProblemError(error(place, what, fix))
    if count > MOST_ELEMENTS:
        what = f"the page has {count} elements, more than the limit of {MOST_ELEMENTS}"
        raise ProblemError(error(place, what, fix))
    return tree


def _begin_body(tree: Any) -> None:
    """Move what a head cannot hold to the body, as browsers do where a page leaves <body> out.

    The library knows no element of HTML 5 and leaves <article> or <header> in the head.
    """
    head, body = tree.find("head"), tree.find("body")
    begun = list(dropwhile(lambda each: each.tag in _OF_HEAD, () if head is None else head))
    if begun:
        body = etree.SubElement(tree, "body") if body is None else body
        text, body.text = body.text, None
        begun[-1].tail = (begun[-1].tail or "") + (text or "") or None
        body[:0] = begun


def _measure(tree: Any) -> tuple[int, int]:
    """Return how many elements a tree has and how deep the deepest lies."""
    count = level = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        count += event == "start"
        deepest = max(deepest, level)
    return count, deepest


@dataclass(slots=True)
class _Pen:
    """Collects the text of one line after the other, and knows which elements it is in."""

    pieces: list[str] = field(default_factory=list)
    marks: list[PageLine] = field(default_factory=list)  # of the elements around, innermost last
    in_pre: int = 0  # depth of <pre> elements around

    def write(self, text: str | None) -> Iterator[tuple[str, PageLine]]:
        """Take text; where white space is kept, line ends in it end lines."""
        if not self.in_pre:
            self.pieces.append(text or "")
            return
        first, *others = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.pieces.append(first)
        for other in others:
            yield from self.end_line()
            self.pieces.append(other)

    def end_line(self) -> Iterator[tuple[str, PageLine]]:
        """End the line; yield it where it has text."""
        line = "".join(self.pieces)
        self.pieces.clear()
        line = line.rstrip() if self.in_pre else _SPACE.sub(" ", line).strip(" ")
        if not line.strip():
            return
        mark = self.marks[-1] if self.marks else PageLine()
        yield line, mark
        if mark.kind is BlockKind.ITEM:
            self.marks[-1] = PageLine()  # what follows in the item is no item of its own


def _lines(tree: Any) -> Iterator[tuple[str, PageLine]]:
    """Yield each line that can be seen, with what its elements say of it."""
    pen = _Pen()
    body = tree.find("body")
    body = tree if body is None else body
    walker = etree.iterwalk(body, events=("start", "end"))
    passed_over = None  # the element whose inside is not walked; its end comes next
    for event, element in walker:
        if event == "start":
            row = _cells(element) if element.tag == "tr" else ()
            if row or _is_unseen(element):
                passed_over = element
                walker.skip_subtree()
            if row:
                yield from pen.end_line()
                yield "\t".join(row), PageLine(kind=BlockKind.TABLE, cells=row)
            elif passed_over is None:
                yield from _start(pen, element)
            continue
        if element is not passed_over:
            yield from _end(pen, element)
        passed_over = None
        if element is not body:
            yield from pen.write(element.tail)


def _start(pen: _Pen, element: Any) -> Iterator[tuple[str, PageLine]]:
    name = element.tag
    in_heading = bool(pen.marks) and pen.marks[-1].kind is BlockKind.HEADING
    if name == "br" and in_heading:
        pen.pieces.append(" ")
    elif name in _BLOCKS or name == "br":
        yield from pen.end_line()
    pen.in_pre += name == "pre"
    if name in _HEADINGS:
        pen.marks.append(PageLine(kind=BlockKind.HEADING, level=int(name[1])))
    elif name == "li":
        pen.marks.append(PageLine(kind=BlockKind.ITEM, marker=_marker(element)))
    elif name == "blockquote":
        pen.marks.append(PageLine(kind=BlockKind.QUOTE))
    yield from pen.write(element.text)


def _end(pen: _Pen, element: Any) -> Iterator[tuple[str, PageLine]]:
    if element.tag in _BLOCKS:
        yield from pen.end_line()
    pen.in_pre -= element.tag == "pre"
    if element.tag in _MARKING:
        pen.marks.pop()


def _marker(item: Any) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    first = parent.get("start", "1")
    start = int(first) if re.fullmatch(r"\d{1,4}", first) else 1
    # Only as many as a numbered list may have are counted: counting each would be quadratic.
    before = 0
    for before, _ in enumerate(item.itersiblings("li", preceding=True), 1):
        if before > 999:
            return "-"
    return f"{start + before}."


def _is_unseen(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    return element.tag == "dialog" and element.get("open") is None


def _cells(row: Any) -> tuple[str, ...]:
    """Return the cells of a row of a table, () for one that only lays out a page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if not 2 <= len(cells) <= _MOST_CELLS:
        return ()
    if any(element.tag in _LAYOUT for element in row.iterdescendants()):
        return ()
    texts = tuple(_text(cell) for cell in cells)
    return texts if sum(map(bool, texts)) > 1 else ()


def _text(cell: Any) -> str:
    pieces: list[str] = []
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            pieces.append((element.tail or "") if element is not cell else "")
        elif _is_unseen(element):
            walker.skip_subtree()
        else:
            apart = " " if element.tag in _BLOCKS or element.tag == "br" else ""
            pieces += [apart, element.text or ""]
    return _SPACE.sub(" ", "".join(pieces)).strip(" ")
