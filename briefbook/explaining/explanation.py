"""Explanation: how an explanation looks, on a terminal and in a pipe.

In: an `Explanation`. Out: lines of styled text for `cli` to print. A terminal gets lines cut to
its width, as the eye runs down the columns; a pipe gets every line whole. The text stands in the
last column, so that letters which run from the right or take two cells can push nothing aside.
Colour only repeats what a letter or sign says too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from briefbook.explaining.explain import Explanation, Field, fields_of
from briefbook.hanging import hanging
from briefbook.model import Article, BlockKind, Fate, Line, Repair
from briefbook.text.visible import named, visible

_LETTER = {Fate.BODY: "b", Fate.METADATA: "m", Fate.DROPPED: "d"}
_LETTER_STYLE = {Fate.BODY: "bold green", Fate.METADATA: "bold cyan", Fate.DROPPED: "red"}
_ROW_STYLE = {Fate.BODY: "", Fate.METADATA: "cyan", Fate.DROPPED: "dim"}
_BLOCK_STYLE = {BlockKind.HEADING: "bold", BlockKind.QUOTE: "italic", BlockKind.QUESTION: "bold"}
_NOW_STYLE = "bold green"
_SLIP = "!"
# The longest word of the column that says what a line is: "paragraph".
_KIND_CELLS = 9
# The column of rules takes what it needs, on a terminal at most this share of the width.
_RULE_SHARE = 3
_LEAST_RULE_CELLS = 12
# In a pipe a few long rules do not push every text to the right.
_MOST_RULE_CELLS = 40
_LABEL_CELLS = 11
_NOTE_CELLS = 2


@dataclass(frozen=True, slots=True)
class _Columns:
    """What each row needs to know of the others."""

    number: int  # cells
    rule: int  # cells
    width: int | None  # cells of the whole row; None where nothing is cut
    repairs: Mapping[int, Sequence[Repair]]  # by line
    slips: frozenset[int]  # lines an editor should look at


def shown(found: Explanation, console: Console, only: Fate | None = None) -> Iterator[Text]:
    """Yield an explanation line by line.

    Args:
        found: The explanation.
        console: Where it will be printed: tells whether it is a terminal, and how wide.
        only: Show just the lines of this fate.
    """
    lines = [line for line in found.article.lines if only in (None, line.fate)]
    yield counted_lines(found.path, found.article)
    yield Text()
    yield from line_rows(found.article, lines, console)
    if only is not None:
        return
    yield Text()
    for field in found.fields:
        where = f"line {field.line}" if field.line else "the text as a whole"
        rule = Text(f"{where}: {visible(field.rule)}", "dim")
        yield from hanging(field.name, Text(visible(field.shown)), console, _LABEL_CELLS)
        yield from hanging("", rule, console, _LABEL_CELLS)
    for heading, rows in found.notes:
        for n, row in enumerate(rows):
            if not n:
                yield Text(f"\n{heading}", "bold")
            style = "yellow" if heading == "for review" else ""
            yield from hanging("", Text(visible(row), style), console, _NOTE_CELLS)


def line_rows(article: Article, lines: Sequence[Line], console: Console) -> Iterator[Text]:
    """Yield a row for each of some lines of an article."""
    width = console.width if console.is_terminal else None
    fields = fields_of(article)
    rules = {line.number: _rule(fields, line) for line in lines}
    columns = _columns(article, rules, width)
    for line in lines:
        yield _row(line, rules[line.number], columns)


def counted_lines(path: str, article: Article) -> Text:
    """Return a path and how many lines had which fate, which is the legend too."""
    counted = Counter(line.fate for line in article.lines)
    total = len(article.lines)
    text = Text.assemble((visible(path), "bold"), f"  {total} line{'s' * (total != 1)}:")
    for n, fate in enumerate(Fate):
        text.append(f"{',' * bool(n)} {counted[fate]} ")
        text.append(f"{_LETTER[fate]} {fate}", _LETTER_STYLE[fate])
    return text


def _columns(article: Article, rules: Mapping[int, str], width: int | None) -> _Columns:
    repairs: defaultdict[int, list[Repair]] = defaultdict(list)
    for repair in article.repairs:
        repairs[repair.line].append(repair)
    most = _MOST_RULE_CELLS if width is None else max(_LEAST_RULE_CELLS, width // _RULE_SHARE)
    longest = max((Text(rule).cell_len for rule in rules.values()), default=0)
    return _Columns(
        number=len(str(max(rules, default=1))),
        rule=min(longest, most),
        width=width,
        repairs=repairs,
        slips=frozenset(slip.line for slip in article.slips if slip.line),
    )


def _rule(fields: Sequence[Field], line: Line) -> str:
    """Return the rule of a line, and which fields it gave."""
    given = [field.name for field in fields if field.line == line.number]
    return visible(line.rule) + (f" → {', '.join(given)}" if given else "")


def _row(line: Line, rule: str, columns: _Columns) -> Text:
    """Return one line of the source: number, letter, sign, kind, rule, text."""
    style = _ROW_STYLE[line.fate]
    number = (f"{line.number:>{columns.number}} ", "dim")
    row = Text.assemble(number, (_LETTER[line.fate], _LETTER_STYLE[line.fate]))
    row.append(_SLIP if line.number in columns.slips else " ", "bold yellow")
    row.append(f" {line.block or line.fate:<{_KIND_CELLS}} ", style)
    said = Text(rule, "dim" if line.fate is Fate.BODY else style)
    if said.cell_len <= columns.rule or columns.width is not None:
        said.truncate(columns.rule, overflow="ellipsis", pad=True)
    row.append_text(said).append("  ")
    text_style = _BLOCK_STYLE.get(line.block, "") if line.block else style
    repairs = columns.repairs.get(line.number, ())
    text = _mended(line.text, repairs, text_style)
    if columns.width is not None:
        room = max(1, columns.width - row.cell_len)
        if repairs:
            text = _from_repair(text, room)
        text.truncate(room, overflow="ellipsis")
    return Text.assemble(row, text)


def _from_repair(text: Text, room: int) -> Text:
    """Leave out the start of a line whose first repair would be cut off."""
    first = min(span.start for span in text.spans if span.style == _NOW_STYLE)
    if text[: first + 2].cell_len < room:
        return text
    # What stands before the repair may fill half of the room; a letter takes at most two cells.
    return Text.assemble(("…", "dim"), text[max(0, first - room // 4) :])


def _mended(text: str, repairs: Sequence[Repair], style: str) -> Text:
    """Return a line with each repair where it was made, as [was→now]."""
    shown_text = Text()
    at = len(text) - len(text.lstrip(" \t\u3000"))
    for repair in repairs:
        shown_text.append(visible(text[at : repair.start]), style)
        shown_text.append("[", "dim").append(named(repair.was), "red")
        # The arrow has the style too: what a repair takes out leaves nothing else to find it by.
        shown_text.append(f"→{named(repair.now)}", _NOW_STYLE).append("]", "dim")
        at = repair.start + len(repair.was)
    shown_text.append(visible(text[at:].rstrip()), style)
    return shown_text
