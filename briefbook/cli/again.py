"""Again: a build before which nothing has changed says what it would say, and does nothing else.

After each build is noted how it was called, what it read, until when time changes nothing, and what
the same call would print. Where all of this is as it was, and each file of the site stands as it
was written, the next build prints that and ends. This module is looked at before any other is
loaded, and so imports few of ours.
"""

import contextlib
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from briefbook.codemark import running_mark
from briefbook.packing import DamagedStateError, packed, unpacked

_STATE = os.path.join(".briefbook", "state.sqlite")
_FACT = "last run"
# What reading a build state raises that is damaged, gone or in use.
_FAULTS = (sqlite3.Error, DamagedStateError, OSError, KeyError, TypeError, ValueError)
# What is read of a site.
_INPUTS = ("site.yaml", "published.txt", "sources", "briefings", "templates")
# What printing looks at, and what the time of a build is taken from.
_ENVIRONMENT = ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM", "COLUMNS")
# A file that changed so shortly before it was looked at may change again and look the same.
_TICK = 0.05  # seconds


class Begun(NamedTuple):
    """How a run began."""

    call: tuple[object, ...]  # all that decides what it does, beside what it reads
    root: str
    # What tells what it reads from anything else, by path; None: that cannot be told.
    inputs: dict[str, tuple[int, ...]] | None


class Said(NamedTuple):
    """What a run printed, and how it ended."""

    out: str
    err: str
    code: int


def begin(arguments: Sequence[str], root: str) -> Begun:
    """Look at what a build is going to read."""
    environment = tuple(os.environ.get(name) for name in _ENVIRONMENT)
    terminals = (sys.stdout.isatty(), sys.stderr.isatty())
    call = (tuple(arguments), os.getcwd(), environment, terminals, running_mark())
    return Begun(call, root, _inputs(root))


def begun_late(begun: Begun) -> Begun:
    """Look again at what could not be told then, before anything of it is read."""
    return begun if begun.inputs else begun._replace(inputs=_inputs(begun.root))


def said_before(arguments: Sequence[str], begun: Begun) -> Said | None:
    """Return what the last build said, if this one is called alike and would do nothing else."""
    place = os.path.join(begun.root, _STATE)
    if not os.path.isfile(place):
        return None
    try:
        # It is not made where it is gone meanwhile, and never written.
        with contextlib.closing(sqlite3.connect(f"file:{_quoted(place)}?mode=ro", uri=True)) as db:
            noted = _fact(db, _FACT)
            if noted is None or noted["builds"] != _fact(db, "builds"):
                return None
            if begun.inputs is None or noted["call"] != begun.call:
                return None
            is_same = noted["inputs"] == _mark(begun.inputs)
            if not is_same or not _is_timely(arguments, noted["from"], noted["until"]):
                return None
            return Said(*noted["said"]) if _stands(db, noted["output"]) else None
    except _FAULTS:
        return None


def note(
    begun: Begun,
    output: str,
    now: float,
    until: float,
    said: Said,
    written: Mapping[str, str],
) -> None:
    """Note what the same call would say, if nothing has changed then.

    Args:
        begun: How the build began.
        output: The folder it wrote, resolved.
        now: Its time, in seconds since 1970.
        until: When another time would make another site; infinity: never.
        said: What it would print.
        written: What the build has written of what it reads, by path from the folder of the site.
    """
    inputs = _with_written(begun, written)
    if inputs is None:
        return
    place = os.path.join(begun.root, _STATE)
    with (
        contextlib.suppress(*_FAULTS),
        contextlib.closing(
            sqlite3.connect(f"file:{_quoted(place)}?mode=rw", uri=True, timeout=1)
        ) as db,
        db,
    ):
        noted = {
            "builds": _fact(db, "builds"),
            "call": begun.call,
            "inputs": _mark(inputs),
            "from": now,
            "until": until,
            "output": output,
            "said": tuple(said),
        }
        db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_FACT, packed(noted)))


def _fact(db: sqlite3.Connection, name: str) -> Any:
    found = db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return unpacked(found[0]) if found else None


def root_of(arguments: Sequence[str]) -> str:
    """Return the folder of the site, where it is named in a plain way."""
    root = "."
    for option, value in zip(arguments, (*arguments[1:], ""), strict=True):
        if option == "--root":
            root = value
        elif option.startswith("--root="):
            root = option.removeprefix("--root=")
    return root


def _is_timely(arguments: Sequence[str], start: float, until: float) -> bool:
    is_told = any(each.split("=")[0] == "--now" for each in arguments)
    # Else a time is told in the same words, or by the environment, which is as it was.
    return is_told or bool(os.environ.get("SOURCE_DATE_EPOCH")) or start <= time.time() < until


def _stands(db: sqlite3.Connection, output: str) -> bool:
    """Tell whether each file of the site is what was written."""
    rows = db.execute("SELECT path, size, mtime_ns, inode FROM outputs WHERE folder = ?", (output,))
    lstat, top, is_file = os.lstat, output + os.sep, stat.S_ISREG
    for path, size, mtime, inode in rows:
        known = lstat(top + path)  # who is not there is told by an OSError
        if (known.st_size, known.st_mtime_ns, known.st_ino) != (size, mtime, inode):
            return False
        if not is_file(known.st_mode):
            return False
    return True


def _inputs(root: str) -> dict[str, tuple[int, ...]] | None:
    """Return what changes with any file that a build reads; None: one may change unseen."""
    begun = time.time()
    found = {path: k for name in _INPUTS for path, k in _found(os.path.join(root, name))}
    latest = max((max(known[2::4]) for known in found.values()), default=0)
    return found if _is_past(latest, begun) else None


def _is_past(changed: int, now: float) -> bool:
    """Tell whether a file that changed then, in nanoseconds, would look another if it did again."""
    return changed < (now - _TICK) * 1e9


def _mark(inputs: Mapping[str, tuple[int, ...]]) -> str:
    mark = blake2b(digest_size=16)
    for path in sorted(inputs):
        mark.update(f"{path}\0{inputs[path]}\n".encode("utf-8", "surrogateescape"))
    return mark.hexdigest()


def _with_written(begun: Begun, written: Mapping[str, str]) -> Mapping[str, tuple[int, ...]] | None:
    """Return what tells what a build has read, with what it has written of that; None: nothing."""
    if begun.inputs is None:
        return None
    found = {}
    now = time.time()  # first: what is written from now on looks another
    for path, text in written.items():
        place = os.path.join(begun.root, path)
        try:
            known = _known(place)
            if not _is_past(max(known[2::4]), now):
                return None
            found[place] = known
            with open(place, "rb") as file:
                if file.read() != text.encode("utf-8"):
                    return None  # somebody else has written there since
        except OSError:
            return None
    return {**begun.inputs, **found}


def _found(path: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield each file at a path, hidden ones too, with what tells it from others."""
    try:
        if not stat.S_ISDIR(os.stat(path).st_mode):
            yield path, _known(path)
            return
        folders = [path]
        while folders:
            with os.scandir(folders.pop()) as found:
                for item in found:
                    if item.is_dir(follow_symlinks=False):
                        folders.append(item.path)
                        continue
                    known = _of(item.stat(follow_symlinks=False))
                    if item.is_symlink():
                        known += _of(item.stat())
                    yield item.path, known
    except OSError:
        yield path, (-1, 0, 0, 0)


def _known(path: str) -> tuple[int, ...]:
    """Return what tells a file from others; of a link also what it leads to."""
    known = _of(os.lstat(path))
    return known + _of(os.stat(path)) if stat.S_ISLNK(known[0]) else known


def _of(status: os.stat_result) -> tuple[int, ...]:
    return status.st_mode, status.st_size, status.st_mtime_ns, status.st_ino


def _quoted(path: str) -> str:
    """Return a path as an address of SQLite holds it."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
