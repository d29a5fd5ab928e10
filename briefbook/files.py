"""The folders of a site -> lists of files and their bytes. The careful way to read.

Under the rooms, because sources, briefings and settings need the same care: nothing outside the
folder is reached through a link, a pipe or a device is never waited for, nothing above a limit is
read, and a file that cannot be read is a problem, not a traceback.
"""

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from briefbook.problems import Place, Problem, ProblemError, error, in_order

_NO_NAME = frozenset({"Cc", "Cs", "Zl", "Zp"})  # would break lines of reports, or cannot be shown
_SPLIT = "split it, or check that it is a text"
_TRIES = 5  # to read a file that somebody writes at that moment
_FOR_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class FileStamp(NamedTuple):
    """What tells, without reading it, that a file is still what it was."""

    size: int  # bytes; -1: it cannot be looked at, and reading it says why
    mtime_ns: int  # of a link, the later of its own and that of the file it leads to
    inode: int


class Rereading(Protocol):
    """What knows what reading files gave in the build before."""

    def unproved(self, stamps: Mapping[str, FileStamp]) -> list[str]:
        """Return the files that have to be opened, as they may be others now.

        Args:
            stamps: Of files that are there, by path, taken before any is opened.
        """

    def look(
        self,
        path: str,
        stamp: FileStamp,
        content: Callable[[], bytes],
        make: Callable[[bytes], object],
        *,
        is_kept: bool = True,
    ) -> None:
        """Open a file, and know what it gives from now on.

        Args:
            path: The file.
            stamp: Taken before it is opened.
            content: Returns its bytes; what it raises is raised.
            make: A pure function of these and the path, always the same for a path.
            is_kept: Whether the builds after this have what it gives; else they open it once more
                where they need it.
        """


def list_files(root: Path, folder: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """List the files at any depth below a folder of the site, hidden ones and hidden folders not.

    Returns:
        Paths from `root` with forward slashes, sorted by code point; and a problem for each name
        that cannot be used and each link that is not followed. A missing folder has no files.
    """
    items, problems = _find_files(root, folder)
    return tuple(sorted(items)), problems


def scan_files(root: Path, folder: str) -> tuple[dict[str, FileStamp], tuple[Problem, ...]]:
    """List files as `list_files` does, in the same order, each with its stamp."""
    items, problems = _find_files(root, folder)
    return {path: _stamp(items[path]) for path in sorted(items)}, problems


def stamp_file(root: Path, path: str) -> FileStamp:
    """Return the stamp of one file of the site, as `scan_files` does."""
    return _stamp(root / path)


def _stamp(item: os.DirEntry[str] | Path) -> FileStamp:
    try:
        status = item.stat()
        changed = status.st_mtime_ns
        if item.is_symlink():
            changed = max(changed, item.stat(follow_symlinks=False).st_mtime_ns)
    except OSError:
        return FileStamp(-1, 0, 0)
    return FileStamp(status.st_size, changed, status.st_ino)


def _find_files(root: Path, folder: str) -> tuple[dict[str, os.DirEntry[str]], tuple[Problem, ...]]:
    top = root / folder
    if not top.exists() and not top.is_symlink():
        return {}, ()
    if not top.is_dir():
        wrong = error(Place(folder), f"'{folder}' is not a folder", "rename it and make a folder")
        return {}, (wrong,)
    files: dict[str, os.DirEntry[str]] = {}
    problems: list[Problem] = []
    folders = [folder]
    while folders:  # a list, not recursion: folders can be nested deeper than Python's calls
        inner = folders.pop()
        try:
            with os.scandir(root / inner) as found:
                items = [item for item in found if not item.name.startswith(".")]
        except OSError as reason:
            problems.append(_unreadable(inner, reason))
            continue
        for item in items:
            path = f"{inner}/{item.name}"
            if refused := _refused_name(item, path):
                problems.append(refused)
            elif item.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                files[path] = item
    return files, in_order(problems)


def _refused_name(item: os.DirEntry[str], path: str) -> Problem | None:
    # Nothing that can be printed is of these categories, and asking that is cheap.
    if not item.name.isprintable() and any(unicodedata.category(c) in _NO_NAME for c in item.name):
        shown = path.encode("unicode_escape").decode("ascii")
        what = "the name has characters that cannot be shown"
        return error(Place(shown), what, "rename the file")
    if item.is_symlink() and Path(item.path).is_dir():
        what = "this is a link to a folder, which is not followed"
        return error(Place(path), what, "put the folder itself here")
    return None


def path_in(root: Path, file: Path, folder: str) -> str | None:
    """Return a file as a path from the root; None where it does not lie in a folder of the site.

    Args:
        root: The folder of the site.
        file: A name from here or, as problems name files, from `root`; it need not exist.
        folder: The folder, such as "sources"; it may be a link.
    """
    named = file if file.exists() else root / file
    whole = Path(os.path.realpath(named.parent)) / named.name
    inside = os.path.realpath(root / folder)
    return (
        f"{folder}/{whole.relative_to(inside).as_posix()}" if whole.is_relative_to(inside) else None
    )


def read_file(root: Path, path: str, *, limit: int) -> bytes:
    """Read one regular file of the site.

    Args:
        root: The folder of the site.
        path: The file, from `root`, with forward slashes.
        limit: Bytes; a larger file is not read.

    Raises:
        ProblemError: It is missing, too large, not a regular file, unreadable, or a link that leads
            out of its top folder.
    """
    status = _status_without_links(root, path)
    if status is not None:
        return _read(os.path.join(root, path), path, status, limit)
    file = root / path
    if not _lies_where_it_says(root, path):
        _refuse_outside(root, path)
    return read_any_file(file, path, limit=limit)


def _lies_where_it_says(root: Path, path: str) -> bool:
    """Tell whether no link is on the way to a file from its top folder, so that it lies in there.

    Asks for the few steps of the way alone; `resolve` asks for each folder from the top of the
    disk, twice a file.
    """
    parts = path.split("/")
    if os.name != "posix" or ".." in parts or not parts[0]:
        return False
    at = root / parts[0] if len(parts) > 1 else root
    try:
        for part in parts[1:] or parts:
            at = at / part
            if stat.S_ISLNK(at.lstat().st_mode):
                return False
    except OSError:
        return False
    return True


def _refuse_outside(root: Path, path: str) -> None:
    """Refuse a file that is not there, or a link that leads out of its top folder."""
    file = root / path
    top = path.split("/", 1)[0]
    # The top folder itself may be a link: that is the editor's own arrangement of the disk.
    inside = os.path.realpath(root / top) if "/" in path else os.path.realpath(root)
    where = f"{top}/" if "/" in path else "the folder of the site"
    try:
        if not file.resolve(strict=True).is_relative_to(inside):
            raise ProblemError(
                error(
                    Place(path), f"this is a link that leaves {where}", "put the file itself here"
                )
            )
    except (OSError, RuntimeError) as reason:  # RuntimeError: a loop of links, before Python 3.13
        raise ProblemError(_unreadable(path, reason)) from reason


def read_any_file(file: Path, path: str, *, limit: int) -> bytes:
    """Read one regular file, wherever it lies; `path` is its name in problems.

    Raises:
        ProblemError: It is missing, too large, not a regular file or unreadable.
    """
    try:
        status = file.stat()
    except OSError as reason:
        raise ProblemError(_unreadable(path, reason)) from reason
    return _read(file, path, status, limit)


def _status_without_links(root: Path, path: str) -> os.stat_result | None:
    """Return the status of a file that no link stands on the way to, below its top folder.

    Such a file lies in that folder, wherever it is, so that nothing has to be resolved. None: look
    more closely, as there is a link or anything else.
    """
    parts = path.split("/")
    if "" in parts or "." in parts or ".." in parts:
        return None
    place = os.path.join(root, parts[0])
    try:
        status = os.stat(place) if len(parts) > 1 else os.lstat(place)
        for part in parts[1:]:
            place = f"{place}/{part}"
            status = os.lstat(place)
            if stat.S_ISLNK(status.st_mode):
                return None
    except OSError:
        return None
    return None if stat.S_ISLNK(status.st_mode) else status


def _read(file: Path | str, path: str, status: os.stat_result, limit: int) -> bytes:
    """Read a file of which the status is known."""
    _refuse_special(status, path)  # before opening, as opening a device can do things
    for _ in range(_TRIES):
        try:
            # Between the look and the opening it may have become a pipe: do not wait for a writer.
            handle = os.open(file, _FOR_READING)
            try:
                status = os.fstat(handle)
                _refuse_special(status, path)
                content = _read_up_to(handle, limit + 1, status.st_size)
                after = os.fstat(handle)
            finally:
                os.close(handle)
        except OSError as reason:
            raise ProblemError(_unreadable(path, reason)) from reason
        if len(content) > limit:
            raise ProblemError(_too_large(path, max(len(content), after.st_size), limit))
        if _written_last(status) == _written_last(after):
            return content
    what = "the file is being written at this very moment, so half of it may be missing"
    fix = "run the same command again when it is saved"
    raise ProblemError(error(Place(path), what, fix, is_passing=True))


def _written_last(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _too_large(path: str, size: int, limit: int) -> Problem:
    what = f"the file has {_size(size)}, more than the limit of {_size(limit)}"
    return error(Place(path), what, _SPLIT)


def _read_up_to(handle: int, most: int, size: int) -> bytes:
    """Return what a file holds, at most so many bytes; `size` is what it is said to hold."""
    pieces: list[bytes] = []
    left = most
    # One byte more than it is said to hold, so that what has grown meanwhile is read too.
    while left > 0 and (piece := os.read(handle, min(left, size + 1))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _refuse_special(status: os.stat_result, path: str) -> None:
    if stat.S_ISREG(status.st_mode):
        return
    kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe or a device"
    raise ProblemError(error(Place(path), f"this is {kind}, not a file", "put a file here"))


def _unreadable(path: str, reason: OSError | RuntimeError) -> Problem:
    if isinstance(reason, FileNotFoundError):
        return error(Place(path), "there is no such file", "check its name and the folder")
    said = getattr(reason, "strerror", None) or "the links lead in a circle"
    what = f"it cannot be read: {said}"
    return error(Place(path), what, "check the file and who may read it", is_passing=True)


def too_many_lines(
    lines: Iterable[str], most: int, place: Place, what: str = "the text"
) -> Problem | None:
    """Report more lines that are not blank than are allowed, which `what` has; None: it has not."""
    many = sum(1 for line in lines if line and not line.isspace())
    if many <= most:
        return None
    return error(place, f"{what} has {many} lines, more than the limit of {most}", _SPLIT)


def _size(count: int) -> str:
    """Say a number of bytes as people do."""
    if count < 1024:
        return f"{count} bytes"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KiB"
    return f"{count / 1024 / 1024:.1f} MiB"
