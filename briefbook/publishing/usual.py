"""The Markdown that most bodies consist of, to HTML, without Python-Markdown's many passes.

In: a body. Out: exactly what `body.py` gets from Python-Markdown and its own finishing, before the
sanitizer; or None where anything stands in the body that is not plainly one of the forms below.
It reads headings, paragraphs, lists of one line an item, quotes of paragraphs, tables with a border
and rules; in them words, escaped signs, entities, bold, emphasis and links to other sites. It is
strict on purpose: a form is either read as the library reads it, whatever stands around it, or not
at all. `tests/publishing/test_usual.py` compares both over thousands of bodies.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefbook.publishing.tracing import Tracer
from briefbook.text.entities import unescaped

# What the library reads anywhere: code, raw HTML and addresses in angles, tabs and other line ends,
# pictures, line breaks; a line with a blank before it may be code or belong to an item.
_UNUSUAL: Final = ("`", "<", "\t", "\r", "![", "  \n", "\n ")
_BLANK_LINES = re.compile(r"\n\n+")
# What a line of a paragraph may not begin with: there it could start or underline something else.
_STARTS_ANOTHER = re.compile(r"[\s#>\-+_|=:]|\*(?!\*?[^\s*])|\d+\.[ ]")
_LATER_STARTS_ANOTHER = re.compile(r"\n[\s#>\-+_|=:*]")
_HEADING = re.compile(r"(#{1,6})([^#\n]+)(?:\n|$)")
_ITEM = re.compile(r"[*+\-] +(?=\S)")
_NUMBERED_ITEM = re.compile(r"(\d+)\. +(?=\S)")
_RULES = frozenset(("---", "***", "* * *", "- - -"))
_COLUMN = re.compile(r" *(:?)-+(:?) *")
_ALIGNED = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}

# All signs that mean something within a line come first, so that the search leaps to the next.
_SIGN = re.compile(r"[\\\[\]*_&]")
_ESCAPED = re.compile(r"\\([\\*_{}\[\]()>#+\-.!|])")
_LINK = re.compile(r"\[([^\\\[\]*_\n]+)\]\(((?:https?://|mailto:)[^\s()\[\]<>\\'\"]+)\)")
# Pairs that hold no other sign; between any two of them no mark is left open.
_MARKED = re.compile(r"(\*\*?)(?=[^\s*])([^\\\[\]*_]+)(?<!\s)\1(?!\*)")
# "snake_case" is a word.
_WITHIN_WORD = re.compile(r"(?<=[A-Za-z0-9])_+(?=[A-Za-z0-9])")


class _UnusualError(Exception):
    """The body holds a form that is not read here."""


@dataclass(slots=True)
class _Written:
    """What is written so far."""

    tracer: Tracer
    ids: bool
    table: str  # the opening tag of the frame of a table
    parts: list[str] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)
    number: int = 0

    def count(self, texts: Sequence[str]) -> tuple[str, str]:
        """Count a block with its texts; return the attributes that name it and tell its line."""
        if not any(map(str.strip, texts)):
            raise _UnusualError  # the library's blocks without text are not counted
        self.number += 1
        name = f"p{self.number}" if self.ids else ""
        line = None if self.tracer.is_idle else self._line(texts)
        if line is not None:
            self.places.append((line, name))
        return (
            f' id="{name}"' if name else "",
            f' data-line="{line}"' if line is not None else "",
        )

    def _line(self, texts: Sequence[str]) -> int | None:
        lines: list[int] = []
        for text in texts:
            known = self.tracer.lines_of(text)
            if known is None:
                raise _UnusualError  # a sentence of the editor's must be marked
            lines += known
        return min(lines, default=None)

    def block(self, tag: str, text: str, *, in_quote: bool = False) -> bool:
        """Write a block of one text, and tell whether it starts bold."""
        made, plain = _inline(text)
        starts_bold = made.lstrip().startswith("<strong>")
        is_all_bold = starts_bold and made.count("<") == 2 and made.rstrip().endswith(">")
        is_question = is_all_bold and tag == "p" and not in_quote
        name, line = self.count((plain,))
        kind = ' class="question"' if is_question else ""
        self.parts.append(f"<{tag}{kind}{line}{name}>{made}</{tag}>\n")
        return starts_bold


def usual_html(
    text: str, tracer: Tracer, *, table: str, ids: bool
) -> tuple[str, tuple[tuple[int, str], ...]] | None:
    """Return the HTML of a body, not sanitized yet, and the places of its lines.

    Args:
        text: The body, printable.
        tracer: A new one; it is used up, whatever is returned.
        table: How a table is called.
        ids: Whether each block gets an id.

    Returns:
        None where Python-Markdown must read the body.
    """
    if text.startswith(" ") or any(sign in text for sign in _UNUSUAL):
        return None
    written = _Written(tracer, ids, _opened(table))
    try:
        _write(_blocks(text), written)
    except _UnusualError:
        return None
    return "".join(written.parts).strip(), tuple(written.places)


def _opened(table: str) -> str:
    """Return the start of what is around a table, as Python-Markdown writes it."""
    frame = {"aria-label": table, "class": "wide", "role": "region", "tabindex": "0"}
    if any(sign in table for sign in '&<>"'):  # it knows which of them are to be escaped
        from xml.etree.ElementTree import Element

        from markdown.serializers import to_html_string

        return to_html_string(Element("div", frame)).removesuffix("</div>")
    return "<div" + "".join(f' {name}="{value}"' for name, value in frame.items()) + ">"


def _blocks(text: str) -> list[str]:
    return [block for block in _BLANK_LINES.split(text.strip("\n")) if block]


def _write(blocks: list[str], written: _Written) -> None:
    before = ""
    for block in blocks:
        kind = ""
        for part in _without_headings(block, written):
            kind = _write_block(part, written)
            # The library joins such blocks to one, and looks into them for that.
            if kind and kind == before:
                raise _UnusualError
        before = kind


def _without_headings(block: str, written: _Written) -> Iterator[str]:
    """Write the headings that a block begins with, and yield the rest of it, if there is any."""
    while block.startswith("#"):
        heading = _HEADING.match(block)
        if heading is None or not (title := heading[2].strip()):
            raise _UnusualError
        written.block(f"h{max(2, len(heading[1]))}", title)
        block = block[heading.end() :]
    if block:
        yield block


def _write_block(block: str, written: _Written) -> str:
    """Write a block that is no heading; return "list" or "quote" where it is one."""
    if not _STARTS_ANOTHER.match(block):
        if _LATER_STARTS_ANOTHER.search(block):
            raise _UnusualError
        written.block("p", block)
        return ""
    if block in _RULES:
        written.parts.append("<hr>\n")
        return ""
    if block[0] == ">":
        _write_quote(block, written)
        return "quote"
    if block[0] == "|":
        _write_table(block, written)
        return ""
    _write_list(block, written)
    return "list"


def _write_list(block: str, written: _Written) -> None:
    numbered = _NUMBERED_ITEM.match(block)
    item = _NUMBERED_ITEM if numbered else _ITEM
    start = f' start="{numbered[1]}"' if numbered and numbered[1] != "1" else ""
    tag = "ol" if numbered else "ul"
    written.parts.append(f"<{tag}{start}>\n")
    for line in block.split("\n"):
        sign = item.match(line)
        if sign is None or _STARTS_ANOTHER.match(line, sign.end()):
            raise _UnusualError
        written.block("li", line[sign.end() :])
    written.parts.append(f"</{tag}>\n")


def _write_quote(block: str, written: _Written) -> None:
    lines = ["" if line.strip() == ">" else _quoted(line) for line in block.split("\n")]
    if not (lines[0] and lines[-1]):
        raise _UnusualError  # a line end would stay in the paragraph before
    paragraphs = _blocks("\n".join(lines))
    opened = len(written.parts)
    written.parts.append("<blockquote>\n")
    for number, paragraph in enumerate(paragraphs):
        if _STARTS_ANOTHER.match(paragraph) or _LATER_STARTS_ANOTHER.search(paragraph):
            raise _UnusualError
        if written.block("p", paragraph, in_quote=True):
            if number:
                raise _UnusualError  # a callout of its own
            written.parts[opened] = '<blockquote class="callout">\n'
    written.parts.append("</blockquote>\n")


def _quoted(line: str) -> str:
    if not line.startswith("> "):
        raise _UnusualError
    return line[2:]


def _write_table(block: str, written: _Written) -> None:
    rows = [_cells(line) for line in block.split("\n")]
    if len(rows) < 3 or any(len(row) != len(rows[0]) for row in rows) or "\\" in block:
        raise _UnusualError
    columns = [_COLUMN.fullmatch(cell) for cell in rows[1]]
    sides = [_ALIGNED[column[1], column[2]] for column in columns if column]
    if len(sides) != len(columns):
        raise _UnusualError
    written.parts.append(f"{written.table}<table>\n<thead>\n")
    _write_row("th", rows[0], sides, written)
    written.parts.append("</thead>\n<tbody>\n")
    for row in rows[2:]:
        _write_row("td", row, sides, written)
    written.parts.append("</tbody>\n</table></div>\n")


def _cells(line: str) -> list[str]:
    line = line.strip(" ")
    if len(line) < 2 or line[0] != "|" or line[-1] != "|":
        raise _UnusualError
    return line[1:-1].split("|")


def _write_row(tag: str, cells: list[str], sides: list[str], written: _Written) -> None:
    texts = [_inline(cell.strip(" ")) for cell in cells]
    name, line = written.count([plain for _, plain in texts])
    written.parts.append(f"<tr{name}>\n")
    for (made, _), side in zip(texts, sides, strict=True):
        kind = f' class="{side}"' if side else ""
        written.parts.append(f"<{tag}{kind}{line}>{made}</{tag}>\n")
        line = ""  # told by the first cell: a row can show nothing itself
    written.parts.append("</tr>\n")


def _inline(text: str) -> tuple[str, str]:
    """Return the HTML of what stands in one block, and its plain text."""
    sign = _SIGN.search(text)
    if sign is None:
        return text.replace(">", "&gt;"), text
    made: list[str] = []  # elements and the text between them
    plain: list[str] = []
    run: list[str] = []  # the pieces of one such text: entities may stand across escaped signs

    def close_run() -> None:
        said = unescaped("".join(run))
        run.clear()
        plain.append(said)
        made.append(html.escape(said, quote=False))

    at = 0
    while sign is not None:
        start = sign.start()
        run.append(text[at:start])
        if link := _LINK.match(text, start):
            close_run()
            said = unescaped(link[1])
            made.append(f"{_opened_link(link[2])}{html.escape(said, quote=False)}</a>")
            plain.append(said)
            at = link.end()
        elif marked := _MARKED.match(text, start):
            close_run()
            said = unescaped(marked[2])
            tag = "strong" if len(marked[1]) == 2 else "em"
            made.append(f"<{tag}>{html.escape(said, quote=False)}</{tag}>")
            plain.append(said)
            at = marked.end()
        elif escaped := _ESCAPED.match(text, start):
            run.append(escaped[1])
            at = escaped.end()
        elif sign[0] == "&":
            run.append("&")
            at = start + 1
        elif word := _WITHIN_WORD.match(text, start):
            run.append(word[0])
            at = word.end()
        else:
            raise _UnusualError
        sign = _SIGN.search(text, at)
    run.append(text[at:])
    close_run()
    return "".join(made), "".join(plain)


def _opened_link(href: str) -> str:
    if "&" in href:
        if ";" in href or unescaped(href) != href:
            raise _UnusualError
        href = href.replace("&", "&amp;")
    rel = ' rel="noopener nofollow"' if href.startswith("http") else ""
    return f'<a href="{href}"{rel}>'
