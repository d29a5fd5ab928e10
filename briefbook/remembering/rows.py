"""The rows of one family of groups: in memory while all is new, else in the build state."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from briefbook.remembering.store import Place, Store

_Spot = tuple[str, str]  # sort key, value


class Rows:
    """Rows by the key of their group, in the order of their sort keys."""

    def __init__(self, family: str, past: Store | None) -> None:
        """Begin with the rows of the build before; None: there was none."""
        self._family = family
        self._past = past
        self._groups: dict[str, list[_Spot]] = {}
        self._unsorted: set[str] = set()
        self._starts: dict[str, list[str]] = {}  # keys that begin so, as long as none changes

    @property
    def has_past(self) -> bool:
        """Whether there was a build before."""
        return self._past is not None

    def change(self, gone: Sequence[Place], new: Sequence[Place]) -> None:
        """Take rows out and put others in."""
        if self._past:
            self._past.change_rows(self._family, gone, new)
            return
        self._starts.clear()
        for key, sort, value in gone:
            self._groups[key].remove((sort, value))
        for key, sort, value in new:
            self._groups.setdefault(key, []).append((sort, value))
            self._unsorted.add(key)

    def values(self, key: str) -> tuple[str, ...]:
        """Return the values of a group, in order."""
        rows = self._past.rows(self._family, key) if self._past else self._sorted(key)
        return tuple(value for _, value in rows)

    def newest(self, key: str, many: int) -> Sequence[_Spot]:
        """Return the last rows of a group, last first."""
        if self._past:
            return self._past.newest(self._family, key, many)
        rows = self._sorted(key)
        return rows[: -many - 1 : -1] if many else []

    def count(self, key: str) -> int:
        """Return how many rows a group has."""
        if self._past:
            return self._past.count(self._family, key)
        return len(self._groups.get(key, ()))

    def beside(self, key: str, sort: str, value: str) -> tuple[_Spot | None, _Spot | None]:
        """Return the rows before and after a place, whether or not a row stands there."""
        if self._past:
            return self._past.beside(self._family, key, sort, value)
        rows, place = self._sorted(key), (sort, value)
        before = bisect_left(rows, place)
        after = bisect_right(rows, place)
        return (rows[before - 1] if before else None, rows[after] if after < len(rows) else None)

    def ahead(self, key: str, sort: str) -> int:
        """Return how many rows of a group stand before a sort key."""
        if self._past:
            return self._past.ahead(self._family, key, sort)
        return bisect_left(self._sorted(key), (sort, ""))

    def counts(self, start: str) -> list[tuple[str, int]]:
        """Return the keys that begin so and have rows, sorted, and how many rows each has."""
        if self._past:
            return self._past.counts(self._family, start)
        found = ((key, len(rows)) for key, rows in self._groups.items() if key.startswith(start))
        return sorted(pair for pair in found if pair[1])

    def latest(self, key: str, sort: str, many: int) -> Sequence[_Spot]:
        """Return the last rows of a group that stand before a sort key, in order."""
        if self._past:
            return self._past.latest(self._family, key, sort, many)
        end = bisect_left(self._sorted(key), (sort, ""))
        return self._groups.get(key, [])[max(0, end - many) : end]

    def near(self, key: str, start: str) -> tuple[str | None, str | None]:
        """Return the groups with rows before and after a key, among those that begin so."""
        if self._past:
            return self._past.near(self._family, key, start)
        keys = self._keys(start)
        before, after = bisect_left(keys, key), bisect_right(keys, key)
        return (keys[before - 1] if before else None, keys[after] if after < len(keys) else None)

    def keep(self, store: Store) -> None:
        """Write the rows that are not in the build state yet."""
        if self._past is None:
            rows = ((key, *place) for key in sorted(self._groups) for place in self._sorted(key))
            store.change_rows(self._family, (), tuple(rows))

    def _keys(self, start: str) -> list[str]:
        if start not in self._starts:
            found = (key for key, rows in self._groups.items() if rows and key.startswith(start))
            self._starts[start] = sorted(found)
        return self._starts[start]

    def _sorted(self, key: str) -> list[_Spot]:
        rows = self._groups.get(key, [])
        if key in self._unsorted:
            rows.sort()
            self._unsorted.discard(key)
        return rows
