"""Plain text to Markdown and back, for the one dialect we write.

The dialect is Python-Markdown with tables and without raw HTML. `escape` makes any single line of
text mean itself; `plain` is its inverse and also takes the marks off what an editor wrote.
`read_blocks` tells the blocks of a body apart, as the trace and the excerpt need them.
"""

import re
from dataclasses import dataclass

from briefbook.text.entities import unescaped

# What an address in a link may start with; of all others the words stay and the link goes.
LINK_SCHEMES = frozenset({"http", "https", "mailto"})

_ESCAPABLE = r"\\`*_{}\[\]()>#+\-.!|"
# "&#65" is a letter even without its semicolon, "&copy" is not.
# All these signs come first, in one class, so that the search leaps from one to the next.
_INLINE = re.compile(
    r"[\\`*\[\]<_&](?:(?<=[\\`*\[\]<])|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))|(?<=&)(?=#|\w+;))"
)
_INLINE_ENTITY = {"<": "&lt;", "&": "&amp;"}
# What would start a heading, quote, list, rule or table only at the start of a line. "===" would
# underline a heading, but a blank line stands above each block, and "=" cannot be escaped.
_AT_START = re.compile(r"(?:[#>|]|[+\-](?=\s|$|[+\- ]+$)|-{2,}$)")
_NUMBER_AT_START = re.compile(r"(\d+)([.)])(?=\s|$)")


def escape(text: str) -> str:
    """Return one line of plain text as Markdown that shows exactly this text."""
    text = text.strip()
    head = ""
    if number := _NUMBER_AT_START.match(text):
        # "2025. was" would become a list item and lose its year.
        head, text = f"{number[1]}\\{number[2]}", text[number.end() :]
    elif _AT_START.match(text):
        head, text = "\\" + text[0], text[1:]
    return head + _INLINE.sub(lambda m: _INLINE_ENTITY.get(m[0], "\\" + m[0]), text)


def escape_heading(text: str) -> str:
    """Return one line of plain text as the content of a heading, whose last "#" would be cut."""
    escaped = escape(text)
    return escaped if escaped == r"\#" else re.sub(r"#$", r"\\#", escaped)


def escape_cell(text: str) -> str:
    """Return plain text as the content of one table cell."""
    return _INLINE.sub(lambda m: _INLINE_ENTITY.get(m[0], "\\" + m[0]), text.strip()).replace(
        "|", "\\|"
    )


_TOKEN = re.compile(
    rf"\\(?P<escaped>[{_ESCAPABLE}])"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<image>!(?=\[))"
    r"|\[(?P<label>[^\[\]\n]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,200}\")?\)"
    r"|<(?P<auto>(?:https?://|mailto:)[^<>\s]{1,2000})>"
    r"|(?P<mark>\*{1,3}|`+|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_]))"
)
# Each of these holds one of the signs a token starts with; most lines have none.
_MAY_BE_TOKEN = re.compile(r"[\\&\[<*`_]")


def plain(markdown: str) -> str:
    """Return the text that one line of Markdown shows: marks taken off, escapes undone."""

    def text_of(token: re.Match[str]) -> str:
        if (escaped := token["escaped"]) is not None:
            return str(escaped)
        if (entity := token["entity"]) is not None:
            return unescaped(entity)
        if (label := token["label"]) is not None:
            return plain(label)
        if (address := token["auto"]) is not None:
            return str(address)
        return ""

    if not _MAY_BE_TOKEN.search(markdown):
        return markdown
    return _TOKEN.sub(text_of, markdown)


def without_closing_marks(heading: str) -> str:
    """Return a heading without the # that may close it: those behind a blank, so not that of C#."""
    text = heading.rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() or not bare else text


@dataclass(frozen=True, slots=True)
class MarkdownBlock:
    """One block of a Markdown body."""

    kind: str  # heading | paragraph | item | quote | row
    text: str  # plain text; lines of one paragraph joined by a space, cells of a row by a line feed
    line: int  # 1-based line of the body it starts on


_HEADING = re.compile(r"#{1,6}\s+(.*)")
_CLOSING_MARKS = re.compile(r"(?<![\\#])#+$")
_ITEM = re.compile(r"\s*(?:[*+\-]|\d+[.)])\s+(.*)")
_QUOTE = re.compile(r"\s*>\s?(.*)")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$")
_TABLE_RULE = re.compile(r"\s*(?:\|\s*)?:?-+:?\s*(?:\|\s*:?-+:?\s*)*(?:\|\s*)?$")
# All that those patterns can begin with, but for white space and a number.
_MARKS = frozenset("#*+-_>|:")
_CELLS = re.compile(r"(?<!\\)\|")


def read_blocks(markdown: str) -> tuple[MarkdownBlock, ...]:
    """Return the blocks of a body, in order."""
    found: list[MarkdownBlock] = []
    pending: list[str] = []
    kind, start = "paragraph", 1
    rows = 0  # of the table so far, its rule included

    def close() -> None:
        if pending:
            found.append(MarkdownBlock(kind, plain(" ".join(pending)), start))
            pending.clear()

    for number, line in enumerate(markdown.split("\n"), 1):
        # A rule stands below the first row; farther down "| - | - |" is a row of dashes.
        what, content = _kind_of(line, may_be_table_rule=bool(pending) or rows == 1)
        rows = rows + 1 if what == "row" else 0
        continues = what == "paragraph" or (what == "quote" == kind)
        if what == "blank" or not (continues and pending):
            close()
        if what == "blank":
            kind = "paragraph"
            continue
        if not pending:
            kind, start = what, number
        if what in ("heading", "row"):
            kind, start = what, number
        if content.strip():
            pending.append(content.strip())
        if what in ("heading", "row", "rule"):
            close()
    close()
    return tuple(block for block in found if block.text.strip())


def _kind_of(line: str, *, may_be_table_rule: bool) -> tuple[str, str]:
    first = line.lstrip()[:1]
    if not first:
        return "blank", ""
    if first not in _MARKS and not first.isdecimal():
        return "paragraph", line  # as most lines are
    if heading := _HEADING.match(line):
        return "heading", _CLOSING_MARKS.sub("", heading[1].rstrip()).rstrip()
    if may_be_table_rule and "|" in line and _TABLE_RULE.match(line):
        return "row", ""
    if _RULE.match(line):
        return "rule", ""
    if quote := _QUOTE.match(line):
        return "quote", quote[1]
    if item := _ITEM.match(line):
        return "item", item[1]
    if line.lstrip().startswith("|"):
        cells = [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]
        return "row", "\n".join(cells)
    return "paragraph", line
