"""Structure: tell what each kept line is, and join the lines into blocks.

In: the kept lines of a source, with the repairs. Out: blocks in order (headings, paragraphs,
items, quotes, callouts, questions and answers, table rows) and the kind of each line. Text is
never changed beyond its repairs; only a list's marker or a quote's mark goes into the block's own
field.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefbook.model import Block, BlockKind
from briefbook.parsing.cues import find_cues
from briefbook.text.words import STOP_WORDS, count_words, fold_word, words

_BULLET = re.compile(r"^\s*(?P<mark>[*•\-–·▪‣◦●○])\s+(?=\S)")
_NUMBER = re.compile(r"^\s*(?P<mark>\d{1,2})[.)]\s+(?=\S)")
_QUOTE = re.compile(r"^\s*>\s?")
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}(?P<mark>#{1,6})\s+(?=\S)")
_STOP = re.compile(r"[.!…。！][\"'”’»)\]]*\s*$")
_COMMA = re.compile(r"[,;–—-]\s*$")
_ATTRIBUTED = re.compile(r"^[“\"„«].{10,}[”\"»]\s*[–—-]{1,2}\s*\S.{2,80}$")
_LABELLED = re.compile(r"^(?P<label>[^:?!.]{2,40}(?:[:?!]))\s+(?=\S)")
_QUESTION_THEN_ANSWER = re.compile(r"^(?P<q>[^?!]{8,240}\?)\s+(?P<a>\S.{8,})$", re.S)
_Q_OR_A = re.compile(r"^(?P<mark>Q|A)\s*[:.]\s+(?=\S)")
# Headings are short; a longer line without a stop is an unfinished paragraph.
_HEADING_WORDS = 16
_QUESTION_WORDS = 40
# A first line of this many words that is not written as a title is the standfirst.
_STANDFIRST_WORDS = 9
# A second article can only begin below this many kept lines of the first.
_LEAST_ABOVE = 3
# Two rows or more with the same number of cells are a table.
_FEWEST_ROWS = 3
# No table made for readers is wider; Python-Markdown takes long over such rows.
_MOST_CELLS = 40
# What divides cells: the first of these that a line has.
_DIVIDERS = tuple(map(re.compile, (r"\t+", r"\|", r"\s{3,}")))


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One kept line, as structure sees it."""

    number: int  # 1-based physical line
    text: str  # repaired, white space at the ends gone
    gap: bool  # True: a blank or dropped line stands above it


@dataclass(frozen=True, slots=True)
class Structured:
    """The blocks of a text and the kind of each line."""

    blocks: tuple[Block, ...]
    kinds: dict[int, BlockKind]  # by line number
    glued: int | None  # line of the headline of a second article, None where there is one text


def structure(
    lines: Sequence[BodyLine], repeats: Sequence[int] = (), bylines: Sequence[int] = ()
) -> Structured:
    """Tell what each line is.

    Args:
        lines: The kept lines in order.
        repeats: Numbers of dropped lines that repeat the headline below the start: where a
            heading follows one, a second article begins.
        bylines: Numbers of byline lines: where one follows a heading deep in the text, too.
    """
    kinds = _kinds(lines)
    glued = _second_article(lines, kinds, repeats, bylines)
    blocks: list[Block] = []
    for line in lines:
        level = 3 if glued is not None and line.number > glued else 2
        blocks.extend(_blocks(line, kinds[line.number], level))
    return Structured(tuple(blocks), kinds, glued)


def _kinds(lines: Sequence[BodyLine]) -> dict[int, BlockKind]:
    kinds: dict[int, BlockKind] = {}
    spaced = sum(line.gap for line in lines) > len(lines) / 3
    rows = _table_rows(lines) | (_flattened_rows(lines) if spaced else set())
    in_faq = False
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        kind = _own_kind_of(line.text)
        if line.number in rows:
            kind = BlockKind.TABLE
        elif kind is None and _is_heading(lines, i, spaced=spaced):
            kind = BlockKind.HEADING
        heads_faq = kind is BlockKind.HEADING and _heads_faq(line.text)
        if heads_faq:
            in_faq = True
        elif kind in (BlockKind.HEADING, BlockKind.ITEM, None) and in_faq:
            kind = _question(line, following) or kind
        previous = kinds.get(lines[i - 1].number) if i else None
        if kind is None and previous is BlockKind.QUESTION and _is_bare_question(lines[i - 1]):
            kind = BlockKind.ANSWER
        if in_faq and kind is BlockKind.HEADING:
            in_faq = heads_faq
        kinds[line.number] = kind or BlockKind.PARAGRAPH
    return kinds


def _heads_faq(text: str) -> bool:
    return any(cue.section == "faq" for cue in find_cues(text))


def _own_kind_of(text: str) -> BlockKind | None:
    """Return what a line is by its own look alone, None where its neighbours decide."""
    if _MARKDOWN_HEADING.match(text):
        return BlockKind.HEADING
    if _QUOTE.match(text) or _ATTRIBUTED.match(text):
        return BlockKind.QUOTE
    if mark := _Q_OR_A.match(text):
        return BlockKind.QUESTION if mark["mark"] == "Q" else BlockKind.ANSWER
    if _BULLET.match(text) or _NUMBER.match(text):
        return BlockKind.ITEM
    if _callout_label(text):
        return BlockKind.CALLOUT
    return None


def _callout_label(text: str) -> str:
    """Return the label that opens a callout ("Did You Know?"), "" where there is none."""
    label = _LABELLED.match(text[:80])
    if label and any(cue.section == "callout" for cue in find_cues(label["label"].rstrip(":"))):
        return label["label"]
    return ""


def _is_heading(lines: Sequence[BodyLine], i: int, *, spaced: bool) -> bool:
    """Tell whether a line heads what follows it."""
    line = lines[i]
    count = count_words(line.text)
    if i + 1 >= len(lines) or not 1 <= count <= _HEADING_WORDS:
        return False
    if _STOP.search(line.text) or _COMMA.search(line.text) or line.text.endswith(":"):
        return False
    if spaced and not lines[i + 1].gap and not line.gap:
        return False  # one of several lines that belong together
    if i == 0 and count >= _STANDFIRST_WORDS and not _looks_like_title(line.text):
        return False  # the standfirst, right below the headline
    if not line.text[0].isupper() and not _looks_like_title(line.text) and count > 8:
        return False
    following = lines[i + 1].text
    return count_words(following) > count or bool(_BULLET.match(following))


def _looks_like_title(text: str) -> bool:
    telling = [w for w in words(text) if fold_word(w) not in STOP_WORDS]
    return sum(w[0].isupper() or w[0].isdigit() for w in telling) >= 0.6 * max(1, len(telling))


def _is_bare_question(line: BodyLine) -> bool:
    return line.text.rstrip("\"'”’").endswith("?")


def _question(line: BodyLine, following: BodyLine | None) -> BlockKind | None:
    text = _without_marker(line.text)[1]
    answered = following is not None and bool(_STOP.search(following.text))
    if len(text.split()) <= _QUESTION_WORDS and text.endswith("?") and answered:
        return BlockKind.QUESTION
    if _QUESTION_THEN_ANSWER.match(text):
        return BlockKind.QUESTION
    return None


def _cells(text: str) -> tuple[str, ...]:
    line = text.strip().strip("|").strip()
    divider = next((d for d in _DIVIDERS if d.search(line)), _DIVIDERS[0])
    return tuple(cell.strip() for cell in divider.split(line) if cell.strip())


def _table_rows(lines: Sequence[BodyLine]) -> set[int]:
    """Return the numbers of the lines whose columns are certain.

    Certain means: two lines or more in a row, divided by tabs, bars or wide gaps into the same
    number of cells. A table flattened with single spaces is not certain and stays as lines.
    """
    rows: set[int] = set()
    run: list[BodyLine] = []
    for line in [*lines, None]:
        if line is not None and _divided(line.text) and _fits(line, run):
            run.append(line)
            continue
        if len(run) >= 2:
            rows.update(row.number for row in run)
        run = [line] if line is not None and _divided(line.text) else []
    return rows


def _flattened_rows(lines: Sequence[BodyLine]) -> set[int]:
    """Return the numbers of the lines of a table whose columns are lost.

    In a text with blank lines between its blocks, three or more lines that stand together, are no
    list and have no full stop are such rows.
    """
    rows: set[int] = set()
    run: list[BodyLine] = []
    for line in [*lines, None]:
        if line is not None and run and not line.gap and _is_bare(line.text):
            run.append(line)
            continue
        if len(run) >= _FEWEST_ROWS:
            rows.update(row.number for row in run)
        run = [line] if line is not None and _is_bare(line.text) else []
    return rows


def _is_bare(text: str) -> bool:
    return not _STOP.search(text) and _own_kind_of(text) is None and not text.endswith((":", "?"))


def _fits(line: BodyLine, run: Sequence[BodyLine]) -> bool:
    return not run or len(_cells(line.text)) == len(_cells(run[0].text))


def _divided(text: str) -> bool:
    return (
        2 <= len(_cells(text)) <= _MOST_CELLS and not _BULLET.match(text) and not _STOP.search(text)
    )


def _second_article(
    lines: Sequence[BodyLine],
    kinds: dict[int, BlockKind],
    repeats: Sequence[int],
    bylines: Sequence[int],
) -> int | None:
    """Return the line of a second article's headline.

    It is a heading deep in the text, right below a repeated headline or right above a byline.
    """
    if not lines:
        return None
    for sign in sorted((*repeats, *bylines)):
        below = next((line for line in lines if line.number > sign), None)
        above = [line for line in lines if line.number < sign]
        if len(above) < _LEAST_ABOVE:
            continue
        if sign in bylines and kinds[above[-1].number] is BlockKind.HEADING:
            return above[-1].number
        if sign in repeats and below and kinds[below.number] is BlockKind.HEADING:
            return below.number
    return None


def _without_marker(text: str) -> tuple[str, str]:
    """Return a line's list marker, as Markdown writes it, and its text."""
    if bullet := _BULLET.match(text):
        return "-", text[bullet.end() :]
    if number := _NUMBER.match(text):
        return f"{int(number['mark'])}.", text[number.end() :]
    return "", text


def _blocks(line: BodyLine, kind: BlockKind, level: int) -> list[Block]:
    make = _MAKERS.get(kind)
    if make is not None:
        return make(line, level)
    return [Block(kind=kind, text=line.text, first=line.number, last=line.number)]


def _heading(line: BodyLine, level: int) -> list[Block]:
    text = line.text
    if mark := _MARKDOWN_HEADING.match(text):
        text, level = text[mark.end() :].rstrip("# "), max(level, min(len(mark["mark"]), 4))
    return [
        Block(kind=BlockKind.HEADING, text=text, first=line.number, last=line.number, level=level)
    ]


def _item(line: BodyLine, level: int) -> list[Block]:
    marker, text = _without_marker(line.text)
    n = line.number
    return [Block(kind=BlockKind.ITEM, text=text, first=n, last=n, marker=marker)]


def _quote(line: BodyLine, level: int) -> list[Block]:
    text = _QUOTE.sub("", line.text, count=1)
    return [Block(kind=BlockKind.QUOTE, text=text, first=line.number, last=line.number)]


def _callout(line: BodyLine, level: int) -> list[Block]:
    n = line.number
    label = _callout_label(line.text)
    return [Block(kind=BlockKind.CALLOUT, text=line.text, first=n, last=n, marker=label)]


def _asked(line: BodyLine, level: int) -> list[Block]:
    text = _without_marker(line.text)[1]
    n = line.number
    if both := _QUESTION_THEN_ANSWER.match(text):
        return [
            Block(kind=BlockKind.QUESTION, text=both["q"], first=n, last=n),
            Block(kind=BlockKind.ANSWER, text=both["a"], first=n, last=n),
        ]
    return [Block(kind=BlockKind.QUESTION, text=text, first=n, last=n)]


def _row(line: BodyLine, level: int) -> list[Block]:
    n, cells = line.number, _cells(line.text)
    if len(cells) < 2:  # the columns are lost: the line stays a line
        return [Block(kind=BlockKind.TABLE, text=line.text, first=n, last=n)]
    return [Block(kind=BlockKind.TABLE, text="\n".join(cells), first=n, last=n, cells=cells)]


_MAKERS: dict[BlockKind, Callable[[BodyLine, int], list[Block]]] = {
    BlockKind.HEADING: _heading,
    BlockKind.ITEM: _item,
    BlockKind.QUOTE: _quote,
    BlockKind.CALLOUT: _callout,
    BlockKind.QUESTION: _asked,
    BlockKind.TABLE: _row,
}
