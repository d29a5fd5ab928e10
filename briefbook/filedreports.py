"""Filed reports: what filing new texts needs of the latest entries, read once for each.

Joins filing and what is remembered for `updating.py` and `composing.py`. The key of a report has a
hash of all that it is read from, so a kept one is never another than would be read now. Of an entry
that is not at hand a row tells the key, as long as its file has the bytes that the row was made of.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from briefbook import grouping
from briefbook.asking import joined
from briefbook.briefing import Others
from briefbook.filing import filed_turn, item_saying, new_report, with_stories
from briefbook.model import Entry, Item
from briefbook.noting import Notes
from briefbook.remembering import Memory

if TYPE_CHECKING:
    from briefbook.grouping import Arrivals, Filed, KeptReport, NewReport

_ROWS, _ARRIVALS = "filed reports", "arrivals of filed reports"


class _Row(NamedTuple):
    """An entry behind which new texts are filed, as its file says."""

    path: str
    mark: object  # of the bytes of the file
    turn: str  # as `filed_turn` returns it
    slug: str
    story: str
    stamp: bytes  # of its report
    kept_as: str  # the key of its report


@dataclass(frozen=True, slots=True)
class _Kept:
    """A filed report as `Filed` says; what is large is read where somebody asks for it."""

    key: str
    story: str
    turn: str  # as of a row
    kept_as: str
    read: "Callable[[str], KeptReport]"
    row: _Row | None  # None: its entry is at hand

    @property
    def report(self) -> "KeptReport":
        """The report."""
        return self.read(self.kept_as)

    @property
    def stamp(self) -> bytes:
        """A hash of the report."""
        return self.row.stamp if self.row else self.report.stamp


class FiledReports:
    """The reports of the entries behind which new texts are filed."""

    def __init__(self, memory: Memory | None = None, notes: Notes | None = None) -> None:
        """Begin.

        Args:
            memory: Where reports are kept; None: nowhere.
            notes: What was noted while texts were parsed in this build.
        """
        self._memory = memory or Memory()
        self._notes = notes or Notes()
        self._report = self._memory.question("filed report", self._read)
        self.start()

    def start(self) -> None:
        """Begin a build."""
        self._entries: dict[str, Entry] = {}  # by the key of their report
        self._recent: Sequence[_Kept] = ()
        self._others: list[tuple[Entry, object]] = []  # that were looked at, with their marks
        self._now: list[tuple[Entry, object]] = []  # at hand at the end of the build
        self._has_new = False

    def recent(self, at_hand: Iterable[Entry], others: Others) -> "Sequence[Filed]":
        """Return the reports of the latest entries that are in a story, in order of arrival.

        Args:
            at_hand: Entries that are in a story and not hidden.
            others: Those that are not at hand.
        """
        rows = {row.path: row for row in self._rows()}
        found = [self._of(entry) for entry in at_hand]
        for other in others.last(grouping.WINDOW):
            row = rows.get(other.path)
            if row and row.mark == other.mark:
                found.append(self._of_row(row))
                continue
            entry = other.entry()
            self._others.append((entry, other.mark))
            found.append(self._of(entry))
        self._recent = sorted(found, key=attrgetter("turn"))[-grouping.WINDOW :]
        return self._recent

    def arrivals(self, recent: "Sequence[Filed]") -> "Arrivals":
        """Return the index of recent reports."""
        before = cast("Arrivals | None", self._memory.fact(_ARRIVALS))
        return grouping.arrivals_of(recent, before or grouping.NO_ARRIVALS)

    def new(self, item: Item) -> "NewReport":
        """Return what filing needs of a text without an entry."""
        self._has_new = True
        return new_report(item, self._notes.report_of)

    def see(self, entries: Iterable[Entry], marks: Mapping[str, object]) -> None:
        """Know entries as they are at the end of a build.

        Args:
            entries: Some, all that are new among them.
            marks: By slug what stands for the bytes of a file, of those that are as it says.
        """
        if self._has_new:
            known = with_stories([*entries])
            self._now = [(each, mark) for each in known if (mark := marks.get(each.slug))]

    def tidy(self) -> None:
        """Keep what the next build needs, if texts were filed in this one, and forget the rest."""
        if not self._has_new:
            return
        rows = {kept.row.path: kept.row for kept in self._recent if kept.row}
        seen = [*self._others, *self._now]
        latest = sorted(seen, key=lambda each: filed_turn(each[0]))[-grouping.WINDOW :]
        rows |= {entry.place.path: self._row_of(entry, mark) for entry, mark in latest}
        last = sorted(rows.values(), key=attrgetter("turn"))[-grouping.WINDOW :]
        self._memory.set_fact(_ARRIVALS, self.arrivals([*map(self._of_row, last)]))
        self._memory.set_fact(_ROWS, tuple(last))
        wanted = {row.kept_as for row in last}
        for key in [*self._memory.keys(self._report)]:
            if key not in wanted:
                self._memory.forget(self._report, key)

    def _rows(self) -> tuple[_Row, ...]:
        return cast("tuple[_Row, ...]", self._memory.fact(_ROWS) or ())

    def _of(self, entry: Entry) -> _Kept:
        key = joined(entry.slug, _hash(entry))
        self._entries[key] = entry
        return _Kept(entry.slug, entry.story or "", filed_turn(entry), key, self._report, None)

    def _of_row(self, row: _Row) -> _Kept:
        return _Kept(row.slug, row.story, row.turn, row.kept_as, self._report, row)

    def _row_of(self, entry: Entry, mark: object) -> _Row:
        kept = self._of(entry)
        return _Row(
            entry.place.path, mark, kept.turn, kept.key, kept.story, kept.stamp, kept.kept_as
        )

    def _read(self, key: str) -> "KeptReport":
        return self._notes.report_of(item_saying(*_said(self._entries[key])))


def _said(entry: Entry) -> tuple[str, str, date | None]:
    """Return all that a report is read from."""
    return entry.title, entry.body, entry.published


def _hash(entry: Entry) -> str:
    said = repr(_said(entry)).encode("utf-8", "replace")
    return hashlib.blake2b(said, digest_size=16).hexdigest()
