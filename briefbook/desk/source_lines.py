"""Source lines: a raw text line by line, as the desk shows it.

In: a source, what the parser made of it, and the overrides of its entry. Out: rows with fate, rule,
repairs and slips. Nothing of the text is changed but what could not be shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from briefbook.desk.patching import form_value
from briefbook.model import Article, Fate, Line, Repair
from briefbook.text.visible import named, visible

# A line of more characters is folded: the first so many show.
LONGEST_SHOWN = 700
_FACTS = ("title", "authors", "outlet", "origin", "published", "url", "language")


class Show(Enum):
    """Which lines of a source are shown; the value stands in addresses."""

    ALL = "all"
    KEPT = "kept"
    DROPPED = "dropped"
    MARKED = "marked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a line: as it stands, or a repair."""

    text: str  # what stands there
    now: str | None = None  # of a repair: what the entry has instead, spaces and the like named


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One line of a source that is not blank."""

    number: int  # 1-based physical line
    fate: Fate
    rule: str
    kind: str  # what kind of block a kept line is; else ""
    gives: tuple[str, ...]  # the fields whose value stands here
    pieces: tuple[Piece, ...]  # all of a short line, the start of a long one
    folded: tuple[Piece, ...]  # the rest of a long one
    length: int  # characters of the line
    slips: tuple[str, ...]
    is_decided: bool  # its fate is the editor's word, an override of the entry
    act: str  # what can be done: keep, drop or undo
    form_value: str  # names the line and that act in a form
    is_below_gap: bool  # blank lines stand above it

    @property
    def sign(self) -> str:
        """The fate in one sign: what is kept, what says a fact, what is dropped."""
        return {Fate.BODY: "+", Fate.METADATA: "=", Fate.DROPPED: "−"}[self.fate]

    @property
    def word(self) -> str:
        """The fate in one word."""
        return {Fate.BODY: "kept", Fate.METADATA: "metadata", Fate.DROPPED: "dropped"}[self.fate]

    @property
    def is_marked(self) -> bool:
        """Whether an editor should look at it, or has decided it."""
        is_mended = any(piece.now is not None for piece in (*self.pieces, *self.folded))
        return bool(self.slips) or self.is_decided or is_mended


def source_rows(article: Article) -> tuple[SourceRow, ...]:
    """Return the lines of a source, in order."""
    repairs: defaultdict[int, list[Repair]] = defaultdict(list)
    slips: defaultdict[int, list[str]] = defaultdict(list)
    for repair in article.repairs:
        repairs[repair.line].append(repair)
    for slip in article.slips:
        slips[slip.line or 0].append(slip.text)
    given = _given(article)
    rows = []
    above = 0
    for line in article.lines:
        shown, rest = _folded(list(_pieces(line, repairs.get(line.number, ()))))
        row = SourceRow(
            number=line.number,
            fate=line.fate,
            rule=line.rule,
            kind=str(line.block or ""),
            gives=tuple(given.get(line.number, ())),
            pieces=tuple(shown),
            folded=tuple(rest),
            length=len(line.text),
            slips=tuple(slips.get(line.number, ())),
            is_decided=line.otherwise is not None,
            act=_act(line),
            form_value=form_value(line, _act(line)),
            is_below_gap=line.number != above + 1,
        )
        rows.append(row)
        above = line.number
    return tuple(rows)


def shown_rows(rows: Sequence[SourceRow], show: Show) -> tuple[SourceRow, ...]:
    """Return the rows that were asked for."""
    fates = {Show.KEPT: Fate.BODY, Show.DROPPED: Fate.DROPPED}
    if show is Show.ALL:
        return tuple(rows)
    if show is Show.MARKED:
        return tuple(row for row in rows if row.is_marked)
    return tuple(row for row in rows if row.fate is fates[show])


def _given(article: Article) -> dict[int, list[str]]:
    given: dict[int, list[str]] = {}
    for name in _FACTS:
        found = getattr(article.facts, name)
        if found is not None and found.line is not None:
            given.setdefault(found.line, []).append(name)
    return given


def _act(line: Line) -> str:
    if line.otherwise is not None:
        return "undo"
    return "drop" if line.fate is Fate.BODY else "keep"


def _pieces(line: Line, repairs: Sequence[Repair]) -> Iterator[Piece]:
    at = 0
    for repair in repairs:
        if repair.start > at:
            yield Piece(text=visible(line.text[at : repair.start]))
        yield Piece(text=named(repair.was), now=named(repair.now))
        at = repair.start + len(repair.was)
    if at < len(line.text):
        yield Piece(text=visible(line.text[at:]))


def _folded(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Divide a line where it gets too long to be shown whole; a repair is never divided."""
    room = LONGEST_SHOWN
    if sum(len(piece.text) for piece in pieces) <= room:
        return pieces, []
    for n, piece in enumerate(pieces):
        if len(piece.text) > room:
            if piece.now is not None:
                return pieces[:n], pieces[n:]
            first, rest = Piece(text=piece.text[:room]), Piece(text=piece.text[room:])
            return [*pieces[:n], first], [rest, *pieces[n + 1 :]]
        room -= len(piece.text)
    return pieces, []
