"""Locking: of the commands that write a site, one is at work at a time.

The system holds the lock of a file for a process and lets it go when that ends, however it ends:
nothing that a dead process has left can keep anybody out, whoever has its number now, nor can what
another machine has left in a shared folder. Who holds it is told by a second file, which is only
for the message. Who only reads asks for no lock; files are whole at any time.
"""

import contextlib
import json
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from briefbook.briefing import BRIEFINGS
from briefbook.files import read_file
from briefbook.problems import NothingBuiltError, Place, Problem, ProblemError, error
from briefbook.reading import FORMER, SOURCES
from briefbook.saving import clear_unfinished

FOLDER = ".briefbook"  # that of the build state
LOCK = f"{FOLDER}/lock"
HOLDER = f"{FOLDER}/at-work.json"
WAIT = 10.0  # seconds; most commands are done by then
# Below the folder of a site, where files of the editor are written.
_WRITTEN = (BRIEFINGS, SOURCES, f"{SOURCES}/{FORMER}")
_LARGEST = 4096  # bytes of the file that tells who is at work


class SiteInUseError(NothingBuiltError):
    """Another command writes the site, and has not come to its end in time."""


@contextlib.contextmanager
def only_writer(root: Path, command: str, wait: float | None = None) -> Iterator[None]:
    """Let no other command write a site meanwhile.

    Where no lock can be had, as in a folder that nobody may write to or on a disk that knows none,
    it goes without: no file is written over that has changed since it was read.

    What a command that was killed has left is taken away first, or given back: what another one
    writes may be no more like what it was written for.

    Args:
        root: The folder of the site.
        command: What is at work, such as "build".
        wait: Seconds for which another command may still be at work; None: `WAIT`.

    Raises:
        SiteInUseError: It still is.
    """
    # Imported here: what only reads needs none of it.
    from filelock import FileLock, Timeout

    if not _is_ready(root):
        yield
        return
    lock = FileLock(root / LOCK, fallback_to_soft=False, thread_local=False)
    with contextlib.ExitStack() as ends:
        try:
            lock.acquire(timeout=WAIT if wait is None else wait)
        except Timeout:
            raise SiteInUseError(_in_use(root)) from None
        except (OSError, NotImplementedError):
            pass  # a disk without locks
        else:
            ends.callback(lock.release)
            _say_who(root, command)
            ends.callback(_say_nobody, root)
        clear_unfinished(root, *_WRITTEN)
        yield


def _is_ready(root: Path) -> bool:
    """Tell whether a lock may be put into the folder of the build state, which is made if need be.

    As the state, it is put through no link: a site that somebody handed on could lead anywhere.
    Where there is no site nothing is put at all.
    """
    folder = root / FOLDER
    try:
        if folder.is_symlink() or not (root / "site.yaml").exists():
            return False
        folder.mkdir(exist_ok=True)
    except OSError:
        return False
    return True


def _say_who(root: Path, command: str) -> None:
    """Write down who is at work, and by the time of that file since when."""
    holder = {"command": command, "process": os.getpid(), "machine": platform.node()}
    _say_nobody(root)  # not through a link
    with contextlib.suppress(OSError):
        (root / HOLDER).write_text(json.dumps(holder), "utf-8")


def _say_nobody(root: Path) -> None:
    with contextlib.suppress(OSError):
        (root / HOLDER).unlink(missing_ok=True)


def _in_use(root: Path) -> Problem:
    what = f"{_told(root) or 'another command'} is at work on this site"
    fix = (
        "run the same command again when it is done; should it hang, end it: its lock ends with it"
    )
    return error(Place(LOCK), what, fix)


def _told(root: Path) -> str:
    """Say who is at work: what, where and since when; "" where that cannot be read."""
    try:
        holder = json.loads(read_file(root, HOLDER, limit=_LARGEST))
        began = datetime.fromtimestamp((root / HOLDER).stat().st_mtime, UTC)
        who = f"process {int(holder['process'])} on {str(holder['machine'])[:80] or 'this machine'}"
        return f"`briefbook {str(holder['command'])[:80]}` ({who}, since {began:%H:%M:%S} UTC)"
    except (ProblemError, OSError, ValueError, TypeError, KeyError, OverflowError):
        return ""
