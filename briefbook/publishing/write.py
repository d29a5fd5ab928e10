"""The files of a site onto the disk.

In: OutputFiles and the output folder. Out: what was written, left alone and removed. A file is
written only when its bytes differ, beside its place, and renamed over it: a killed build leaves
whole files. Removed is only what an earlier build wrote. Refuses a folder that holds sources, and
links inside the folder that lead out of it.
"""

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from briefbook.model import OutputFile
from briefbook.problems import Place, Problem, ProblemError, error

# What the program has written, one path a line: only that may it ever remove. A dotfile, because
# hosts leave those out when they publish the folder.
MANIFEST = ".briefbook-files"
# The name of a file until it is whole. Always the same, so the next build finds what a killed one
# left behind.
_PART = ".briefbook-part"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
# Any of these in the output folder means it is a project; no site has a page of these names.
_SIGNS_OF_A_PROJECT = ("sources", "site.yaml", ".git", "pyproject.toml")
# Folders of a project that are the editor's: what is written there would be read as hers.
_EDITORS_FOLDERS = ("sources", "briefings", "templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What became of the output folder. Paths are inside it, with forward slashes."""

    written: tuple[str, ...]  # in order of writing
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]  # sorted
    problems: tuple[Problem, ...] = ()  # files that the system refused


def read_written(output: Path, path: str) -> bytes | None:
    """Return a file of the site that was built last; None where it is not there."""
    try:
        return (output / path).read_bytes()
    except OSError:
        return None


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
    refuse_project(output)
    output.mkdir(parents=True, exist_ok=True)
    before = _read_manifest(output)
    now = {file.path for file in files}
    # Both, until all is done: what a killed build wrote is ours too.
    _note(output, before | now)
    written: list[str] = []
    unchanged: list[str] = []
    problems: list[Problem] = []
    folders = {""}
    for file in watch(files):
        try:
            (written if _write(file, output, before, folders) else unchanged).append(file.path)
        except OSError as fault:
            problems.append(_refused(output / file.path, fault))
        except ProblemError as fault:
            problems += fault.problems
    removed = [path for path in sorted(before - now) if _remove(output, path)]
    _note(output, now)
    return WriteReport(
        written=tuple(written),
        unchanged=tuple(unchanged),
        removed=tuple(removed),
        problems=tuple(problems),
    )


def refuse_project(output: Path, root: Path | None = None) -> None:
    """Refuse an output folder in which something else than a site stands.

    Args:
        output: The folder.
        root: The folder of the site's sources, where it is known.

    Raises:
        ProblemError: The folder is a project or holds one, lies where an editor keeps files, or is
            no folder.
    """
    if output.exists() and not output.is_dir():
        raise ProblemError(
            error(Place(output.as_posix()), "the output folder is a file", "name another --output")
        )
    if root is not None and root.resolve().is_relative_to(output.resolve()):
        raise ProblemError(
            error(
                Place(output.as_posix()),
                "the output folder holds the folder of the site's sources",
                "name a folder of its own for the site, such as --output _site",
            )
        )
    whole = output.absolute()
    for folder in (whole, *whole.parents):
        if folder.name in _EDITORS_FOLDERS and (folder.parent / "site.yaml").exists():
            raise ProblemError(
                error(
                    Place(output.as_posix()),
                    f"the output folder is {'' if folder == whole else 'inside '}one the editor"
                    " keeps files in",
                    "name a folder of its own for the site, such as --output _site",
                )
            )
    for sign in _SIGNS_OF_A_PROJECT:
        if (output / sign).exists():
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


def _write(file: OutputFile, output: Path, ours: set[str], folders: set[str]) -> bool:
    """Write one file if its bytes differ, and tell whether they did.

    `folders` are those known to be real ones in the output folder, each with a slash at its end;
    one that is found or made is added, so that it is looked at once and not for each file in it.
    """
    folder = file.path[: file.path.rfind("/") + 1]
    name = file.path[len(folder) :]
    is_known = folder in folders and name not in ("", ".", "..") and "\\" not in name
    place = os.path.join(output, file.path) if is_known else str(_inside(output, file.path))
    is_same = _holds(place, file.content)
    if not is_same:
        if not is_known:
            _make_folders(Path(place), output, ours)
        _replace(place, file.content)
    folders.add(folder)
    return not is_same


def _make_folders(place: Path, output: Path, ours: set[str]) -> None:
    # A file of ours may stand where a folder is needed now, as when an address gets pages below.
    for folder in place.relative_to(output).parents:
        if folder.as_posix() in ours and (output / folder).is_file():
            (output / folder).unlink()
    place.parent.mkdir(parents=True, exist_ok=True)


def _holds(place: str, content: bytes) -> bool:
    """Tell whether a file, and no link to one, has these bytes."""
    try:
        status = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
        return False
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        # A system may give fewer bytes than asked for; then the file is written once more.
        return os.read(handle, len(content) + 1) == content
    finally:
        os.close(handle)


def _replace(place: str, content: bytes) -> None:
    part = place + _PART
    try:
        handle = os.open(part, _NEW)
    except FileExistsError:  # of a killed build, or a link, which would be written through
        os.unlink(part)
        handle = os.open(part, _NEW)
    with open(handle, "wb", buffering=0) as stream:
        left = memoryview(content)
        while left:
            left = left[stream.write(left) :]
    os.replace(part, place)


def _remove(output: Path, path: str) -> bool:
    """Remove one file of ours and the folders it leaves empty; tell whether it was there."""
    try:
        place = _inside(output, path)
    except ProblemError:
        return False  # somebody changed the manifest or put a link there: leave it alone
    place.with_name(place.name + _PART).unlink(missing_ok=True)
    if not place.is_file() and not place.is_symlink():
        return False
    place.unlink()
    for folder in place.relative_to(output).parents[:-1]:
        try:
            (output / folder).rmdir()
        except OSError:
            break  # not empty
    return True


def _note(output: Path, paths: set[str]) -> None:
    """Write the manifest, unless it says so already: a second build changes no file at all."""
    place, content = output / MANIFEST, _manifest(paths)
    if not _holds(str(place), content):
        _replace(str(place), content)


def _manifest(paths: set[str]) -> bytes:
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
