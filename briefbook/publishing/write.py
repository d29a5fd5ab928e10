"""The files of a site onto the disk.

In: OutputFiles and the output folder. Out: what was written, left alone and removed. A file is
written only when its bytes differ, beside its place, and renamed over it: a killed build leaves
whole files. Removed is only what an earlier build wrote. Refuses a folder that holds sources, and
links inside the folder that lead out of it.
"""

import contextlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from briefbook.model import OutputFile
from briefbook.problems import Place, Problem, ProblemError, error

# What the program has written, one path a line: only that may it ever remove. A dotfile, because
# hosts leave those out when they publish the folder.
MANIFEST = ".briefbook-files"
# What a file is called until it is whole, with the number of the process behind it: a dotfile too,
# at the top of the folder, where the next build finds what a killed one left behind.
_PART = ".briefbook-part-"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
# Any of these in the output folder means it is a project; no site has a page of these names.
_SIGNS_OF_A_PROJECT = ("sources", "site.yaml", ".git", "pyproject.toml")
# Folders of a project that are the editor's: what is written there would be read as hers.
_EDITORS_FOLDERS = ("sources", "briefings", "templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What became of the output folder. Paths are inside it, with forward slashes."""

    written: tuple[str, ...]  # in order of writing
    unchanged: tuple[str, ...]  # looked at, and as they should be
    removed: tuple[str, ...]  # sorted
    problems: tuple[Problem, ...] = ()  # files that the system refused
    unwritten: tuple[str, ...] = ()  # those of the problems
    paths: frozenset[str] = frozenset()  # of all files of the site


def read_written(output: Path, path: str) -> bytes | None:
    """Return a file of the site that was built last; None where it is not there."""
    try:
        return (output / path).read_bytes()
    except OSError:
        return None


class Noted(NamedTuple):
    """What tells, without reading it, that a file is still what was written."""

    size: int  # bytes; -1: it could not be written
    mtime_ns: int
    inode: int


class OutputFolder:
    """The folder of a finished site, while it is brought up to another one.

    First `begin`, then `put` for each file that may differ, then `end`.
    """

    def __init__(self, output: Path) -> None:
        """Begin.

        Args:
            output: The folder; made if it is not there.

        Raises:
            ProblemError: It is a project, no folder, or one in which the system lets nobody work.
        """
        refuse_project(output)
        self._output = output
        self._top = f"{output}{os.sep}"
        self._part = f"{self._top}{_PART}{os.getpid()}"
        try:
            output.mkdir(parents=True, exist_ok=True)
            self._before = _read_manifest(output)
            _clear_parts(self._top)
        except OSError as fault:
            raise ProblemError(_unusable(output, fault)) from fault
        self._folders = {""}  # real ones in the output folder, each with a slash at its end
        self._written: list[str] = []
        self._unchanged: list[str] = []
        self._problems: list[Problem] = []
        self._unremoved: list[str] = []
        self.noted: dict[str, Noted] = {}  # what stands there now of what was put

    def touched(self, noted: Mapping[str, Noted]) -> list[str]:
        """Return the paths at which something else stands than was noted."""
        top = self._top
        return [path for path, known in noted.items() if _noted(top + path) != known]

    def begin(self, paths: Collection[str]) -> None:
        """Say that files will stand at these paths: a build that is killed has written its own.

        Raises:
            ProblemError: That cannot be written down, so no file may be written either.
        """
        # Both, until all is done: what a killed build wrote is ours too.
        try:
            self._note(self._before.union(paths))
        except OSError as fault:
            raise ProblemError(_unusable(self._output, fault)) from fault

    def put(self, path: str, content: bytes) -> None:
        """Make a file hold this, and nothing else; what the system refuses is told at the end."""
        try:
            known = self._write(path, content)
        except OSError as fault:
            self._problems.append(_refused(self._output / path, fault))
        except ProblemError as fault:
            self._problems += fault.problems
        else:
            self.noted[path] = known
            return
        self.noted[path] = Noted(-1, 0, 0)

    def end(self, now: Collection[str]) -> WriteReport:
        """Remove what an earlier build wrote and no longer stands there, and tell what was done.

        Args:
            now: The paths of all files of the site, put or left alone.
        """
        paths = frozenset(now)
        gone = sorted(self._before - paths)
        removed = [path for path in gone if self._remove(path)]
        try:
            self._note(paths.union(self._unremoved))
        except OSError as fault:  # it names what is gone too, and the next build mends that
            self._problems.append(_refused(self._output / MANIFEST, fault))
        return WriteReport(
            written=tuple(self._written),
            unchanged=tuple(self._unchanged),
            removed=tuple(removed),
            problems=tuple(self._problems),
            unwritten=tuple(path for path, known in self.noted.items() if known.size < 0),
            paths=paths,
        )

    def _write(self, path: str, content: bytes) -> Noted:
        """Write one file if its bytes differ."""
        folder = path[: path.rfind("/") + 1]
        is_plain = _is_plain(path[len(folder) :])
        is_new = is_plain and folder not in self._folders and self._make_new(folder)
        is_known = is_new or (is_plain and folder in self._folders)
        place = self._top + path if is_known else str(_inside(self._output, path))
        known = None if is_new else _holds(place, content)
        if known is None:
            if not is_known:
                _make_folders(self._output, folder, self._before)
            known = self._replace(place, content)
            self._written.append(path)
        else:
            self._unchanged.append(path)
        while folder not in self._folders:
            self._folders.add(folder)
            folder = _above(folder)
        return known

    def _make_new(self, folder: str) -> bool:
        """Make a folder in one that is known; False: more has to be looked at.

        What did not stand there is no link, and holds no file.
        """
        above = _above(folder)
        if above not in self._folders or not _is_plain(folder[len(above) : -1]):
            return False
        try:
            os.mkdir(self._top + folder)
        except OSError:
            return False
        return True

    def _replace(self, place: str, content: bytes) -> Noted:
        """Write a file of another name and rename it; return what tells it from others."""
        handle = os.open(self._part, _NEW)
        try:
            try:
                left = memoryview(content)
                while left:
                    left = left[os.write(handle, left) :]
                known = _of(os.fstat(handle))
            finally:
                os.close(handle)
            os.replace(self._part, place)
        except OSError:
            with contextlib.suppress(OSError):  # else the next build does
                os.unlink(self._part)
            raise
        return known

    def _remove(self, path: str) -> bool:
        """Remove one file of ours; tell whether it was there."""
        try:
            return _remove(self._output, path)
        except OSError as fault:
            self._unremoved.append(path)
            self._problems.append(_unremovable(self._output / path, fault))
            return False

    def _note(self, paths: Collection[str]) -> None:
        """Write the manifest, unless it says so already: a second build changes no file at all."""
        place, content = f"{self._top}{MANIFEST}", _manifest(paths)
        if _holds(place, content) is None:
            self._replace(place, content)


def _above(folder: str) -> str:
    """Return the folder in which one stands; both end with a slash, unless they are the top."""
    return folder[: folder.rfind("/", 0, -1) + 1]


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and "\\" not in name


def write_site(
    files: Sequence[OutputFile],
    output: Path,
    watch: Callable[[Sequence[OutputFile]], Iterable[OutputFile]] = iter,
) -> WriteReport:
    """Make the output folder hold these files, in the order given, and nothing else of ours.

    Args:
        files: All files of the site.
        output: The folder; made if it is not there.
        watch: Put around the files while they are written, for a progress bar.

    Raises:
        ProblemError: The folder is a project, or no folder.
    """
    folder = OutputFolder(output)
    now = {file.path for file in files}
    folder.begin(now)
    for file in watch(files):
        folder.put(file.path, file.content)
    return folder.end(now)


def refuse_project(output: Path, root: Path | None = None) -> None:
    """Refuse an output folder in which something else than a site stands.

    Args:
        output: The folder.
        root: The folder of the site's sources, where it is known.

    Raises:
        ProblemError: The folder is a project or holds one, lies where an editor keeps files, or is
            no folder.
    """
    if os.path.lexists(output) and not output.is_dir():
        is_link = output.is_symlink() and not output.is_file()
        what = "a link that leads to no folder" if is_link else "a file"
        fix = "remove the link, or name another --output" if is_link else "name another --output"
        raise ProblemError(error(Place(output.as_posix()), f"the output folder is {what}", fix))
    whole = output.absolute()
    real = Path(os.path.realpath(output))
    if root is not None and Path(os.path.realpath(root)).is_relative_to(real):
        raise ProblemError(
            error(
                Place(output.as_posix()),
                "the output folder holds the folder of the site's sources",
                "name a folder of its own for the site, such as --output _site",
            )
        )
    here = (whole, real)
    for folder in (*here, *whole.parents, *real.parents):
        if folder.name in _EDITORS_FOLDERS and (folder.parent / "site.yaml").exists():
            raise ProblemError(
                error(
                    Place(output.as_posix()),
                    f"the output folder is {'' if folder in here else 'inside '}one the editor"
                    " keeps files in",
                    "name a folder of its own for the site, such as --output _site",
                )
            )
    for sign in _SIGNS_OF_A_PROJECT:
        if os.path.exists(output / sign):  # False also where nobody may look
            raise ProblemError(
                error(
                    Place(output.as_posix()),
                    f"the output folder holds {sign}, so it is not a folder of output",
                    "name a folder of its own for the site, such as --output _site",
                )
            )


def _inside(output: Path, path: str) -> Path:
    """Return the place of a file; its folders must be real ones inside the output folder."""
    parts = PurePosixPath(path).parts
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts or "\\" in path:
        raise ProblemError(
            error(
                Place(output.as_posix()),
                f"the path {path!r} leads out of the output folder",
                "use only a-z, 0-9 and - in slug: and aliases:",
            )
        )
    folder = output
    for part in parts[:-1]:
        folder = folder / part
        if folder.is_symlink():
            raise ProblemError(
                error(
                    Place(folder.as_posix()),
                    "a link stands where the site needs a folder",
                    "remove the link; the next build makes the folder",
                )
            )
    return output.joinpath(*parts)


def _make_folders(output: Path, folder: str, ours: Collection[str]) -> None:
    # A file of ours may stand where a folder is needed now, as when an address gets pages below.
    for above in PurePosixPath(folder, "file").parents:
        if above.as_posix() in ours and (output / above).is_file():
            (output / above).unlink()
    os.makedirs(output / folder, exist_ok=True)


def _noted(place: str) -> Noted | None:
    """Return what tells a file that stands somewhere from any other; None: none does, or a link."""
    try:
        status = os.lstat(place)
    except OSError:
        return None
    return _of(status) if stat.S_ISREG(status.st_mode) else None


def _of(status: os.stat_result) -> Noted:
    return Noted(status.st_size, status.st_mtime_ns, status.st_ino)


def _holds(place: str, content: bytes) -> Noted | None:
    """Return what tells a file, and no link to one, from any other; None: it has other bytes."""
    try:
        status = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
        return None
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        # A system may give fewer bytes than asked for; then the file is written once more.
        return _of(status) if os.read(handle, len(content) + 1) == content else None
    finally:
        os.close(handle)


def _clear_parts(top: str) -> None:
    """Take away what killed builds have left of a file that they were writing."""
    for name in os.listdir(top):
        if name.startswith(_PART):
            os.unlink(top + name)


def _remove(output: Path, path: str) -> bool:
    """Remove one file of ours and the folders it leaves empty; tell whether it was there."""
    try:
        place = _inside(output, path)
    except ProblemError:
        return False  # somebody changed the manifest or put a link there: leave it alone
    if not place.is_file() and not place.is_symlink():
        return False
    place.unlink()
    for folder in place.relative_to(output).parents[:-1]:
        try:
            (output / folder).rmdir()
        except OSError:
            break  # not empty
    return True


def _manifest(paths: Collection[str]) -> bytes:
    return "".join(f"{path}\n" for path in sorted(paths)).encode()


def _read_manifest(output: Path) -> set[str]:
    place = output / MANIFEST
    if place.is_symlink() or not place.is_file():
        return set()
    return set(place.read_text("utf-8", errors="replace").splitlines()) - {"", MANIFEST}


def _refused(place: Path, fault: OSError) -> Problem:
    return error(
        Place(place.as_posix()),
        f"the file could not be written: {fault.strerror or fault}",
        "make the folder writable, or move what stands there",
    )


def _unremovable(place: Path, fault: OSError) -> Problem:
    return error(
        Place(place.as_posix()),
        f"the file is no longer of the site and could not be removed: {fault.strerror or fault}",
        "make the folder writable, and build again",
    )


def _unusable(output: Path, fault: OSError) -> Problem:
    return error(
        Place(output.as_posix()),
        f"no site can be written into this folder: {fault.strerror or fault}",
        "see that the disk has room and the folder can be written, or name another --output",
    )
