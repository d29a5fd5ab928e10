"""The build state on disk: one SQLite file that may be deleted at any time.

Holds the answers of questions, what each was made from, the rows of groups and what is known of
files. One transaction a build: a killed build leaves the state of the build before. A file that is
damaged, or of other code, is thrown away and begun anew.
"""

import contextlib
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from briefbook.packing import DamagedStateError, packed, unpacked
from briefbook.remembering.readers import BLOCK, readers_in

FOLDER = ".briefbook"
STATE = "state.sqlite"
_CLOCK = "started"  # an empty file; when it was written last is when a build began
# Behind all that begins as what it is put behind.
LAST = "\U0010ffff"
# Seconds for which another run may hold the state.
WAIT = 5
# Answers about what is gone stay, as what they say is true. Where there are more than so many times
# those of a first build and these, all is made anew; a small site notices neither.
GROWTH = 4
SPARE = 10_000
_READERS = "SELECT reader FROM readers WHERE read = ?"
_GONE_READERS = "SELECT reader FROM gone_readers WHERE read = ?"
_REFUSALS = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    )
)
# Raised when the tables change.
_FORMAT = "3"

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE nodes (id INTEGER PRIMARY KEY, question TEXT, key TEXT, answer BLOB, reads BLOB);
CREATE TABLE marks (
    question TEXT, key TEXT, mark BLOB, PRIMARY KEY (question, key)
) WITHOUT ROWID;
CREATE TABLE first_readers (block INTEGER PRIMARY KEY, readers BLOB);
CREATE TABLE gone_readers (
    read INTEGER, reader INTEGER, PRIMARY KEY (read, reader)
) WITHOUT ROWID;
CREATE TABLE readers (read INTEGER, reader INTEGER, PRIMARY KEY (read, reader)) WITHOUT ROWID;
CREATE TABLE rows (
    family TEXT, key TEXT, sort TEXT, value TEXT, PRIMARY KEY (family, key, sort, value)
) WITHOUT ROWID;
CREATE TABLE sizes (
    family TEXT, key TEXT, size INTEGER, PRIMARY KEY (family, key)
) WITHOUT ROWID;
CREATE TABLE stamps (
    path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, inode INTEGER, is_sure INTEGER,
    sha256 BLOB
) WITHOUT ROWID;
CREATE TABLE readings (path TEXT PRIMARY KEY, reading BLOB);
CREATE TABLE ties (
    key TEXT, turn TEXT, path TEXT, PRIMARY KEY (key, turn, path)
) WITHOUT ROWID;
CREATE TABLE tied (path TEXT PRIMARY KEY, ties BLOB) WITHOUT ROWID;
CREATE TABLE outputs (
    folder TEXT, path TEXT, size INTEGER, mtime_ns INTEGER, inode INTEGER,
    PRIMARY KEY (folder, path)
) WITHOUT ROWID;
"""

# Made when the first build is done: to put each node into it costs more than to sort all.
_INDEX = "CREATE UNIQUE INDEX IF NOT EXISTS nodes_by_key ON nodes (question, key)"
_BLOCKS_HELD = 64  # of readers

# Conditions of one query; SQLite takes some hundreds.
_AT_ONCE = 100

StoredNode = tuple[int, str, str, bytes, bytes]  # id, question, key, answer, reads
Place = tuple[str, str, str]  # key of a group, sort key, value
# path, size, mtime_ns, inode, whether these prove a file unchanged, SHA-256 of its bytes
StoredStamp = tuple[str, int, int, int, bool, bytes]


class StateInUseError(Exception):
    """Another run of the program works with the build state."""


def is_refused(fault: Exception) -> bool:
    """Tell whether it is the disk or another run that refuses the file, not what stands in it."""
    return isinstance(fault, sqlite3.OperationalError) and _code(fault) in _REFUSALS


def is_read_only(fault: Exception) -> bool:
    """Tell whether it is said that the file may not be written; one that is damaged says so too."""
    return _code(fault) == sqlite3.SQLITE_READONLY


def _code(fault: Exception) -> int:
    # Python has none for what it finds to be no text.
    code: int = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF


def _refuse_links(folder: Path) -> None:
    """Refuse a folder that is a link: a site that somebody handed on could lead anywhere."""
    if folder.is_symlink() or (folder / STATE).is_symlink():
        raise OSError("it is a link, which could lead anywhere")


class Store:
    """The tables, read one by one and written at the end of a build."""

    def __init__(self, folder: Path | None, code: str) -> None:
        """Open the state of a site.

        Args:
            folder: Where it stands, made if it is not there; None: in memory.
            code: What tells the code that made the answers from any other.

        Raises:
            StateInUseError: Another run works with it.
            OSError, sqlite3.OperationalError: It cannot be made, read or written.
        """
        self._place = folder / STATE if folder else None
        self._blocks: dict[int, dict[int, list[int]]] = {}  # of first readers, those asked for last
        self.is_new = False
        if folder:
            _refuse_links(folder)
            folder.mkdir(parents=True, exist_ok=True)
        try:
            self._connect()
            self._open(code)
        except Exception as fault:  # what is damaged may end in anything
            if not is_refused(fault):
                self.begin_anew(code)
                return
            self._let_go()
            if _code(fault) != sqlite3.SQLITE_BUSY:
                raise
            raise StateInUseError("another program has it open") from fault

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        self._db.close()

    def _connect(self) -> None:
        self._blocks.clear()
        # Who builds in turns, as `serve` does, may do so in several threads.
        self._db = sqlite3.connect(
            self._place or ":memory:", isolation_level=None, timeout=WAIT, check_same_thread=False
        )
        # KiB; a first build writes one table after the other and is no faster with more.
        self._db.execute("PRAGMA cache_size = -4000")
        self._db.execute("BEGIN IMMEDIATE")

    def _open(self, code: str) -> None:
        known = self._db.execute("SELECT name FROM sqlite_master WHERE name = 'facts'").fetchone()
        if not known:
            self._make_tables(code)
        elif not self._is_of(code):
            raise DamagedStateError("made by other code")
        elif self.last_number() > GROWTH * cast(int, self.fact("first") or 0) + SPARE:
            raise DamagedStateError("grown too large")
        else:
            self.is_new = self.last_number() == 0  # the first build did not come to its end

    def _is_of(self, code: str) -> bool:
        """Tell whether the code that runs made the state; else no more of it is looked at."""
        found = self._db.execute("SELECT value FROM facts WHERE name = 'code'").fetchone()
        return found is not None and found[0] == packed((_FORMAT, code))

    def begin_anew(self, code: str) -> None:
        """Throw away all that was kept."""
        self._let_go()
        for end in ("", "-journal"):
            if self._place:
                self._place.with_name(self._place.name + end).unlink(missing_ok=True)
        self._connect()
        self._make_tables(code)

    def _let_go(self) -> None:
        with contextlib.suppress(AttributeError, sqlite3.Error):  # it may never have been opened
            self._db.close()

    def _make_tables(self, code: str) -> None:
        for statement in _TABLES.split(";\n"):
            self._db.execute(statement)
        self.is_new = True
        self.set_fact("code", (_FORMAT, code))
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make what was written last, and begin the next transaction."""
        if self.is_new:
            self.set_fact("first", self.last_number())
            self._db.execute(_INDEX)
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")
        self.is_new = False

    def take_back(self) -> None:
        """Have all as it was when it was made last."""
        self._blocks.clear()
        self._db.execute("ROLLBACK")
        self._db.execute("BEGIN IMMEDIATE")

    # ------------------------------------------------------------------ facts

    def fact(self, name: str) -> object:
        """Return something known of the build as a whole; None: nothing is."""
        found = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return unpacked(found[0]) if found else None

    def set_fact(self, name: str, value: object) -> None:
        """Know something of the build as a whole from now on."""
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, packed(value)))

    def facts(self, start: str) -> list[str]:
        """Return the names of what is known, of those that begin so."""
        sql = "SELECT name FROM facts WHERE name >= ? AND name < ?"
        return [name for (name,) in self._db.execute(sql, (start, start + LAST))]

    def drop_fact(self, name: str) -> None:
        """Know something of the build as a whole no longer."""
        self._db.execute("DELETE FROM facts WHERE name = ?", (name,))

    # ------------------------------------------------------------------ what was told

    def marks(self, question: str) -> dict[str, bytes | None]:
        """Return, by key, what stands for each answer that was told; None: nothing does."""
        sql = "SELECT key, mark FROM marks WHERE question = ?"
        return dict(self._db.execute(sql, (question,)))

    def mark(self, question: str, key: str) -> tuple[bytes | None] | None:
        """Return what stands for an answer that was told; None: none was."""
        sql = "SELECT mark FROM marks WHERE question = ? AND key = ?"
        found: tuple[bytes | None] | None = self._db.execute(sql, (question, key)).fetchone()
        return found

    def marked(self, question: str, start: str) -> list[str]:
        """Return the keys of answers that were told, of those that begin so, sorted."""
        sql = "SELECT key FROM marks WHERE question = ? AND key >= ? AND key < ? ORDER BY key"
        return [key for (key,) in self._db.execute(sql, (question, start, start + LAST))]

    def change_marks(
        self, question: str, gone: Iterable[str], there: Iterable[tuple[str, bytes | None]]
    ) -> None:
        """Forget and learn what stands for answers that were told."""
        self._db.executemany(
            "DELETE FROM marks WHERE question = ? AND key = ?", ((question, key) for key in gone)
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO marks VALUES (?, ?, ?)",
            ((question, key, mark) for key, mark in there),
        )

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

    def keys_holding(self, question: str, wanted: Sequence[Sequence[str]]) -> set[str]:
        """Return the keys of nodes in whose answers all of some strings stand, as bytes.

        Args:
            question: The question.
            wanted: Strings of which an answer has to hold all, of any of these.
        """
        found: set[str] = set()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            holds = " OR ".join(" AND ".join(["instr(answer, ?)"] * len(each)) for each in some)
            sql = f"SELECT key FROM nodes WHERE question = ? AND ({holds})"
            parts = (part.encode("utf-8", "surrogatepass") for each in some for part in each)
            found.update(key for (key,) in self._db.execute(sql, (question, *parts)))
        return found

    def numbers(self, question: str, first: str, last: str) -> list[int]:
        """Return the numbers of the nodes of a question whose keys lie between two."""
        sql = "SELECT id FROM nodes WHERE question = ? AND key BETWEEN ? AND ?"
        return [number for (number,) in self._db.execute(sql, (question, first, last))]

    def readers(self, number: int) -> list[int]:
        """Return the numbers of the nodes that were made from a node."""
        given = (number,)
        known = set(self._first_readers(number // BLOCK).get(number, ()))
        known.update(r for (r,) in self._db.execute(_READERS, given))
        known.difference_update(r for (r,) in self._db.execute(_GONE_READERS, given))
        return sorted(known)

    def fill_readers(self, blocks: Iterable[tuple[int, bytes]]) -> None:
        """Write, after the first build, what was made from what: see `Readers.blocks`."""
        self._db.executemany(
            "INSERT INTO first_readers VALUES (?, ?)",
            ((block, packed(readers)) for block, readers in blocks),
        )

    def _first_readers(self, block: int) -> dict[int, list[int]]:
        if block not in self._blocks:
            if len(self._blocks) >= _BLOCKS_HELD:
                self._blocks.clear()
            sql = "SELECT readers FROM first_readers WHERE block = ?"
            found = self._db.execute(sql, (block,)).fetchone()
            self._blocks[block] = readers_in(cast(bytes, unpacked(found[0]))) if found else {}
        return self._blocks[block]

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
        change = self._db.execute
        for pair in gone:
            change("DELETE FROM readers WHERE read = ? AND reader = ?", pair)
            change("INSERT OR IGNORE INTO gone_readers VALUES (?, ?)", pair)
        for pair in new:
            change("DELETE FROM gone_readers WHERE read = ? AND reader = ?", pair)
            change("INSERT OR IGNORE INTO readers VALUES (?, ?)", pair)

    # ------------------------------------------------------------------ files that were read

    def moment(self) -> int:
        """Return now, in nanoseconds by the clock that stamps files; 0 where there is none."""
        if self._place is None:
            return 0
        place = self._place.with_name(_CLOCK)
        try:
            place.write_bytes(b"")
            return place.stat().st_mtime_ns
        except OSError:
            return 0

    def stamps(self) -> list[StoredStamp]:
        """Return what is known of all files that were read."""
        return self._db.execute("SELECT * FROM stamps").fetchall()

    def reading(self, path: str) -> object:
        """Return what reading a file gave; None: that was not kept."""
        sql = "SELECT reading FROM readings WHERE path = ?"
        found = self._db.execute(sql, (path,)).fetchone()
        return unpacked(found[0]) if found else None

    def put_readings(self, readings: Iterable[tuple[str, object]]) -> None:
        """Keep what reading files gave."""
        blobs = ((path, packed(one)) for path, one in readings)
        self._db.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", blobs)

    def put_stamps(self, stamps: Iterable[StoredStamp]) -> None:
        """Keep what tells that files are as they were."""
        self._db.executemany("INSERT OR REPLACE INTO stamps VALUES (?, ?, ?, ?, ?, ?)", stamps)

    def drop_stamps(self, paths: Collection[str]) -> None:
        """Forget files."""
        for table in ("stamps", "readings", "tied"):
            sql = f"DELETE FROM {table} WHERE path = ?"
            self._db.executemany(sql, ((path,) for path in paths))

    def tied(self, key: str) -> list[str]:
        """Return the files whose readings are tied by a key, in order."""
        sql = "SELECT path FROM ties WHERE key = ? ORDER BY turn, path"
        return [path for (path,) in self._db.execute(sql, (key,))]

    def last_tied(self, key: str, many: int) -> list[str]:
        """Return the last files whose readings are tied by a key, in order."""
        sql = "SELECT path FROM ties WHERE key = ? ORDER BY turn DESC, path DESC LIMIT ?"
        return [path for (path,) in self._db.execute(sql, (key, many))][::-1]

    def ties_of(self, path: str) -> tuple[tuple[str, str], ...]:
        """Return key and turn of all that the reading of a file is tied by."""
        found = self._db.execute("SELECT ties FROM tied WHERE path = ?", (path,)).fetchone()
        return cast(tuple[tuple[str, str], ...], unpacked(found[0])) if found else ()

    def put_ties(self, ties: Iterable[tuple[str, tuple[tuple[str, str], ...]]]) -> None:
        """Keep what the readings of files are tied by, to be forgotten when they are others."""
        blobs = ((path, packed(found)) for path, found in ties)
        self._db.executemany("INSERT OR REPLACE INTO tied VALUES (?, ?)", blobs)

    def change_ties(
        self, gone: Iterable[tuple[str, str, str]], new: Iterable[tuple[str, str, str]]
    ) -> None:
        """Forget and learn what the readings of files are tied by: key, turn, path."""
        where = "key = ? AND turn = ? AND path = ?"
        self._db.executemany(f"DELETE FROM ties WHERE {where}", gone)
        self._db.executemany("INSERT OR IGNORE INTO ties VALUES (?, ?, ?)", new)

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


def numbers_packed(numbers: Sequence[int]) -> bytes:
    """Return numbers as they are stored."""
    return array("I", numbers).tobytes()


def numbers_in(stored: bytes) -> tuple[int, ...]:
    """Return stored numbers."""
    numbers = array("I")
    numbers.frombytes(stored)
    return tuple(numbers)
