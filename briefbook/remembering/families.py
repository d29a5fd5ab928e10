"""Families of groups: rows that questions put there, and the questions about them.

Each row is put there by one key of one question. When rows come or go, the answers that tell
something of them are looked at again, and no others.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefbook.asking import joined
from briefbook.remembering.rows import Rows
from briefbook.remembering.store import LAST, Place

if TYPE_CHECKING:
    from briefbook.remembering.questions import Memory

# Parts the parts of a key; no slug, path or address has it.
SEPARATOR = joined("", "")


class Family:
    """Groups of rows; each row is put there by one key of one question, and differs from others."""

    def __init__(self, memory: "Memory", name: str) -> None:
        self._memory = memory
        self.name = name
        self.rows = Rows(name, None)
        add = memory.question
        self._members = add(f"{name}:members", lambda key: self.rows.values(key))
        self._count = add(f"{name}:count", lambda key: self.rows.count(key))
        self._newest = add(f"{name}:newest", self._make_newest)
        self._beside = add(f"{name}:beside", self._make_beside)
        self._ahead = add(f"{name}:ahead", self._make_ahead)
        self._latest = add(f"{name}:latest", self._make_latest)
        self._near = add(f"{name}:near", self._make_near)
        self._counts = add(f"{name}:counts", lambda start: tuple(self.rows.counts(start)))

    def members(self, key: str) -> tuple[str, ...]:
        """Return the values of a group, in order."""
        return self._members(key)

    def count(self, key: str) -> int:
        """Return how many rows a group has."""
        return self._count(key)

    def newest(self, key: str, many: int) -> tuple[str, ...]:
        """Return the last values of a group, last first."""
        return self._newest(f"{key}{SEPARATOR}{many}")

    def beside(self, key: str, sort: str, value: str) -> tuple[str | None, str | None]:
        """Return the values before and after a row of a group."""
        return self._beside(f"{key}{SEPARATOR}{sort}{SEPARATOR}{value}")

    def ahead(self, key: str, sort: str) -> int:
        """Return how many rows of a group stand before a sort key."""
        return self._ahead(f"{key}{SEPARATOR}{sort}")

    def latest(self, key: str, sort: str, many: int) -> tuple[str, ...]:
        """Return the last values of a group that stand before a sort key, in order."""
        return self._latest(f"{key}{SEPARATOR}{sort}{SEPARATOR}{many}")

    def near(self, key: str) -> tuple[str | None, str | None]:
        """Return the groups with rows before and after one whose keys differ in the last part."""
        return self._near(key)

    def counts(self, start: str = "") -> tuple[tuple[str, int], ...]:
        """Return the keys that begin so and have rows, sorted, and how many rows each has."""
        return self._counts(start)

    def _make_newest(self, about: str) -> tuple[str, ...]:
        key, _, many = about.rpartition(SEPARATOR)
        return tuple(value for _, value in self.rows.newest(key, int(many)))

    def _make_beside(self, about: str) -> tuple[str | None, str | None]:
        key, sort, value = about.rsplit(SEPARATOR, 2)
        found = self.rows.beside(key, sort, value)
        return (found[0][1] if found[0] else None, found[1][1] if found[1] else None)

    def _make_latest(self, about: str) -> tuple[str, ...]:
        key, sort, many = about.rsplit(SEPARATOR, 2)
        return tuple(value for _, value in self.rows.latest(key, sort, int(many)))

    def _make_near(self, key: str) -> tuple[str | None, str | None]:
        return self.rows.near(key, _start(key))

    def _make_ahead(self, about: str) -> int:
        key, sort = about.rsplit(SEPARATOR, 1)
        return self.rows.ahead(key, sort)

    def change(self, gone: Sequence[Place], new: Sequence[Place]) -> set[str]:
        """Take rows out and put others in, and return the keys of the groups that are others now.

        Args:
            gone: Key, sort and value of each row that goes; it is there.
            new: The same of those that come.
        """
        self.rows.change(gone, new)
        touched = {row[0] for row in (*gone, *new)}
        if self.rows.has_past:
            self._memory.rows_changed(self._views(touched, gone, new))
        return touched

    def _views(
        self, touched: set[str], gone: Sequence[Place], new: Sequence[Place]
    ) -> Iterator[int]:
        """Yield the nodes that tell something of rows that came or went."""
        rows = (*gone, *new)
        number, numbers = self._memory.number, self._memory.numbers
        for key in touched:
            below, end = key + SEPARATOR, key + SEPARATOR + LAST
            yield from number(self._members.name, key)
            yield from number(self._count.name, key)
            yield from numbers(self._newest.name, below, end)
            first = below + min(sort for group, sort, _ in rows if group == key)
            yield from numbers(self._ahead.name, first, end)
            yield from numbers(self._latest.name, first, end)
            change = sum(row[0] == key for row in new) - sum(row[0] == key for row in gone)
            size = self.rows.count(key)
            if bool(size) != bool(size - change):
                # Also those of groups between that have no rows.
                start = _start(key)
                before, after = self.rows.near(key, start)
                yield from numbers(self._near.name, before or start, after or start + LAST)
        for start in list(self._memory.keys(self._counts)):
            if any(key.startswith(start) for key in touched):
                yield from number(self._counts.name, start)
        for key, sort, value in rows:
            near = (*self.rows.beside(key, sort, value), (sort, value))
            for place in filter(None, near):
                yield from number(self._beside.name, SEPARATOR.join((key, *place)))


def _start(key: str) -> str:
    """Return what the keys beside a key begin with: all but its last part."""
    return key[: key.rfind(SEPARATOR) + 1]
