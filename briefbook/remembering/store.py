"""The build state on disk: one SQLite file that may be deleted at any time.

Holds the answers of questions, what each was made from, the rows of groups and what is known of
files. One transaction a build: a killed build leaves the state of the build before. A file that is
damaged, or of other code, is thrown away and begun anew.
"""

import contextlib
import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

FOLDER = ".briefbook"
STATE = "state.sqlite"
# Behind all that begins as what it is put behind.
LAST = "\U0010ffff"
# Raised when the tables change.
_FORMAT = "2"

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE nodes (id INTEGER PRIMARY KEY, question TEXT, key TEXT, answer BLOB, reads BLOB);
CREATE UNIQUE INDEX nodes_by_key ON nodes (question, key);
CREATE TABLE readers (read INTEGER, reader INTEGER, PRIMARY KEY (read, reader)) WITHOUT ROWID;
CREATE TABLE rows (
    family TEXT, key TEXT, sort TEXT, value TEXT, PRIMARY KEY (family, key, sort, value)
) WITHOUT ROWID;
CREATE TABLE sizes (
    family TEXT, key TEXT, size INTEGER, PRIMARY KEY (family, key)
) WITHOUT ROWID;
CREATE TABLE outputs (
    folder TEXT, path TEXT, size INTEGER, mtime_ns INTEGER, inode INTEGER,
    PRIMARY KEY (folder, path)
) WITHOUT ROWID;
"""

StoredNode = tuple[int, str, str, bytes, bytes]  # id, question, key, answer, reads
Place = tuple[str, str, str]  # key of a group, sort key, value


class StateInUseError(Exception):
    """Another run of the program works with the build state."""


class Store:
    """The tables, read one by one and written at the end of a build."""

    def __init__(self, folder: Path | None, code: str) -> None:
        """Open the state of a site.

        Args:
            folder: Where it stands, made if it is not there; None: in memory.
            code: What tells the code that made the answers from any other.

        Raises:
            StateInUseError: Another run works with it.
        """
        self._place = folder / STATE if folder else None
        self.is_new = False
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            self._connect()
            self._open(code)
        except sqlite3.OperationalError as fault:
            self._db.close()
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise StateInUseError from fault
        except sqlite3.DatabaseError:
            self._begin_anew(code)

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        self._db.close()

    def _connect(self) -> None:
        # Who builds in turns, as `serve` does, may do so in several threads.
        self._db = sqlite3.connect(
            self._place or ":memory:", isolation_level=None, timeout=5, check_same_thread=False
        )
        self._db.execute("PRAGMA cache_size = -16000")  # KiB
        self._db.execute("BEGIN IMMEDIATE")

    def _open(self, code: str) -> None:
        known = self._db.execute("SELECT name FROM sqlite_master WHERE name = 'facts'").fetchone()
        if not known:
            self._make_tables(code)
        elif self.fact("code") != (_FORMAT, code):
            raise sqlite3.DatabaseError("made by other code")
        else:
            self.is_new = self.last_number() == 0  # the first build did not come to its end

    def _begin_anew(self, code: str) -> None:
        with contextlib.suppress(AttributeError):
            self._db.close()
        for end in ("", "-journal"):
            if self._place:
                self._place.with_name(self._place.name + end).unlink(missing_ok=True)
        self._connect()
        self._make_tables(code)

    def _make_tables(self, code: str) -> None:
        for statement in _TABLES.split(";\n"):
            self._db.execute(statement)
        self.is_new = True
        self.set_fact("code", (_FORMAT, code))
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make what was written last, and begin the next transaction."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")
        self.is_new = False

    def take_back(self) -> None:
        """Have all as it was when it was made last."""
        self._db.execute("ROLLBACK")
        self._db.execute("BEGIN IMMEDIATE")

    # ------------------------------------------------------------------ facts

    def fact(self, name: str) -> object:
        """Return something known of the build as a whole; None: nothing is."""
        found = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return pickle.loads(found[0]) if found else None

    def set_fact(self, name: str, value: object) -> None:
        """Know something of the build as a whole from now on."""
        blob = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, blob))

    def facts(self, start: str) -> list[str]:
        """Return the names of what is known, of those that begin so."""
        sql = "SELECT name FROM facts WHERE name >= ? AND name < ?"
        return [name for (name,) in self._db.execute(sql, (start, start + LAST))]

    def drop_fact(self, name: str) -> None:
        """Know something of the build as a whole no longer."""
        self._db.execute("DELETE FROM facts WHERE name = ?", (name,))

    # ------------------------------------------------------------------ nodes

    def last_number(self) -> int:
        """Return the highest number of a node."""
        return int(self._db.execute("SELECT ifnull(max(id), 0) FROM nodes").fetchone()[0])

    def node(self, question: str, key: str) -> StoredNode | None:
        """Return one node by what it answers."""
        sql = "SELECT id, question, key, answer, reads FROM nodes WHERE question = ? AND key = ?"
        found: StoredNode | None = self._db.execute(sql, (question, key)).fetchone()
        return found

    def node_by_number(self, number: int) -> StoredNode | None:
        """Return one node by its number."""
        sql = "SELECT id, question, key, answer, reads FROM nodes WHERE id = ?"
        found: StoredNode | None = self._db.execute(sql, (number,)).fetchone()
        return found

    def keys(self, question: str) -> Iterator[str]:
        """Yield the keys of all nodes of a question, sorted."""
        sql = "SELECT key FROM nodes WHERE question = ? ORDER BY key"
        return (key for (key,) in self._db.execute(sql, (question,)))

    def nodes(self, question: str) -> Iterator[StoredNode]:
        """Yield all nodes of a question, by key."""
        sql = "SELECT id, question, key, answer, reads FROM nodes WHERE question = ? ORDER BY key"
        yield from self._db.execute(sql, (question,))

    def numbers(self, question: str, first: str, last: str) -> list[int]:
        """Return the numbers of the nodes of a question whose keys lie between two."""
        sql = "SELECT id FROM nodes WHERE question = ? AND key BETWEEN ? AND ?"
        return [number for (number,) in self._db.execute(sql, (question, first, last))]

    def readers(self, number: int) -> list[int]:
        """Return the numbers of the nodes that were made from a node."""
        sql = "SELECT reader FROM readers WHERE read = ?"
        return [reader for (reader,) in self._db.execute(sql, (number,))]

    def put_nodes(self, nodes: Iterable[StoredNode]) -> None:
        """Write nodes, new ones or others in their place."""
        self._db.executemany("INSERT OR REPLACE INTO nodes VALUES (?, ?, ?, ?, ?)", nodes)

    def drop_nodes(self, numbers: Iterable[int]) -> None:
        """Forget nodes."""
        self._db.executemany("DELETE FROM nodes WHERE id = ?", ((number,) for number in numbers))

    def change_readers(
        self, gone: Iterable[tuple[int, int]], new: Iterable[tuple[int, int]]
    ) -> None:
        """Forget and learn which node (second) was made from which (first)."""
        self._db.executemany("DELETE FROM readers WHERE read = ? AND reader = ?", gone)
        self._db.executemany("INSERT OR IGNORE INTO readers VALUES (?, ?)", new)

    # ------------------------------------------------------------------ rows of groups

    def rows(self, family: str, key: str) -> list[tuple[str, str]]:
        """Return sort and value of the rows of a group, in order."""
        sql = "SELECT sort, value FROM rows WHERE family = ? AND key = ? ORDER BY sort, value"
        return self._db.execute(sql, (family, key)).fetchall()

    def newest(self, family: str, key: str, many: int) -> list[tuple[str, str]]:
        """Return sort and value of the last rows of a group, last first."""
        sql = (
            "SELECT sort, value FROM rows WHERE family = ? AND key = ?"
            " ORDER BY sort DESC, value DESC LIMIT ?"
        )
        return self._db.execute(sql, (family, key, many)).fetchall()

    def count(self, family: str, key: str) -> int:
        """Return how many rows a group has."""
        sql = "SELECT size FROM sizes WHERE family = ? AND key = ?"
        found = self._db.execute(sql, (family, key)).fetchone()
        return int(found[0]) if found else 0

    def beside(
        self, family: str, key: str, sort: str, value: str
    ) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
        """Return the rows before and after a place in a group."""
        where = "SELECT sort, value FROM rows WHERE family = ? AND key = ? AND (sort, value)"
        given = (family, key, sort, value)
        before = f"{where} < (?, ?) ORDER BY sort DESC, value DESC LIMIT 1"
        after = f"{where} > (?, ?) ORDER BY sort, value LIMIT 1"
        return (
            self._db.execute(before, given).fetchone(),
            self._db.execute(after, given).fetchone(),
        )

    def ahead(self, family: str, key: str, sort: str) -> int:
        """Return how many rows of a group stand before a sort key."""
        sql = "SELECT count(*) FROM rows WHERE family = ? AND key = ? AND sort < ?"
        return int(self._db.execute(sql, (family, key, sort)).fetchone()[0])

    def counts(self, family: str, start: str) -> list[tuple[str, int]]:
        """Return the groups of a family whose keys begin so, sorted, with their sizes."""
        sql = (
            "SELECT key, size FROM sizes WHERE family = ? AND key >= ? AND key < ? AND size > 0"
            " ORDER BY key"
        )
        return self._db.execute(sql, (family, start, start + LAST)).fetchall()

    def latest(self, family: str, key: str, sort: str, many: int) -> list[tuple[str, str]]:
        """Return sort key and value of the last rows of a group before a sort key, in order."""
        sql = (
            "SELECT sort, value FROM rows WHERE family = ? AND key = ? AND sort < ?"
            " ORDER BY sort DESC, value DESC LIMIT ?"
        )
        return self._db.execute(sql, (family, key, sort, many)).fetchall()[::-1]

    def near(self, family: str, key: str, start: str) -> tuple[str | None, str | None]:
        """Return the groups with rows before and after a key, among those that begin so."""
        where = "SELECT {}(key) FROM sizes WHERE family = ? AND size > 0 AND key {} ? AND key {} ?"
        before = self._db.execute(where.format("max", "<", ">="), (family, key, start)).fetchone()[
            0
        ]
        after = self._db.execute(
            where.format("min", ">", "<"), (family, key, start + LAST)
        ).fetchone()[0]
        return before, after

    def change_rows(self, family: str, gone: Sequence[Place], new: Sequence[Place]) -> None:
        """Take rows out of the groups of a family and put others in."""
        where = "family = ? AND key = ? AND sort = ? AND value = ?"
        self._db.executemany(f"DELETE FROM rows WHERE {where}", ((family, *row) for row in gone))
        values = ((family, *row) for row in new)
        self._db.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", values)
        changes = Counter(row[0] for row in new)
        changes.subtract(row[0] for row in gone)
        self._db.executemany(
            "INSERT INTO sizes VALUES (?, ?, ?)"
            " ON CONFLICT (family, key) DO UPDATE SET size = size + excluded.size",
            ((family, key, change) for key, change in sorted(changes.items()) if change),
        )

    # ------------------------------------------------------------------ output folders

    def outputs(self, folder: str) -> Iterator[tuple[str, int, int, int]]:
        """Yield each path that was written in an output folder, with what was noted of it."""
        sql = "SELECT path, size, mtime_ns, inode FROM outputs WHERE folder = ? ORDER BY path"
        return iter(self._db.execute(sql, (folder,)))

    def change_outputs(
        self, folder: str, gone: Iterable[str], new: Iterable[tuple[str, int, int, int]]
    ) -> None:
        """Forget and learn what stands in an output folder."""
        self._db.executemany(
            "DELETE FROM outputs WHERE folder = ? AND path = ?", ((folder, path) for path in gone)
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)",
            ((folder, *noted) for noted in new),
        )
