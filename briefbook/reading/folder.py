"""The files in `sources/` -> `SourceFile`; this module touches the disk.

`.txt`, `.md` and HTML pages at any depth. What has another ending is not read, which is a warning
because it may lie there for a reason.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Protocol

from briefbook.conflicts import refuse_conflicts
from briefbook.files import (
    FileStamp,
    list_files,
    read_any_file,
    read_file,
    scan_files,
    too_many_lines,
)
from briefbook.model import Page, SourceFile
from briefbook.problems import Place, Problem, ProblemError, error, warning
from briefbook.reading.decode import decode, decode_page
from briefbook.reading.header import read_header
from briefbook.saving import ChangedMeanwhileError, write_whole
from briefbook.text.filenames import LONGEST_NAME

SOURCES = "sources"
FORMER = ".former"  # a hidden folder in it, which is not read
LARGEST_SOURCE = 2 * 1024 * 1024  # bytes; a novel has half of it
# Lines that are not blank; a long report has three thousand. Each line is judged by what stands
# around it: more would take many seconds.
MOST_LINES = 20_000

_HTML = frozenset({".html", ".htm", ".xhtml"})
_READ = frozenset({".txt", ".md"}) | _HTML
_LINE_END = re.compile(r"\r\n|\n|\r")


def list_sources(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """List the sources of a site as sorted paths from `root`, and what is not one as problems."""
    paths, problems = list_files(root, SOURCES)
    sources = tuple(path for path in paths if _ending(path) in _READ)
    others = (_not_read(path) for path in paths if _ending(path) not in _READ)
    return sources, (*problems, *others)


def scan_sources(root: Path) -> tuple[dict[str, FileStamp], tuple[Problem, ...]]:
    """List the sources of a site as `list_sources` does, each with its stamp."""
    stamps, problems = scan_files(root, SOURCES)
    sources = {path: stamp for path, stamp in stamps.items() if _ending(path) in _READ}
    others = (_not_read(path) for path in stamps if path not in sources)
    return sources, (*problems, *others)


class MakesSource(Protocol):
    """What makes a source of the bytes of a file, as `make_source` does."""

    def __call__(self, content: bytes, path: str, *, zone: tzinfo) -> SourceFile:
        """Return the source."""


def read_source(
    root: Path,
    path: str,
    *,
    limit: int = LARGEST_SOURCE,
    zone: tzinfo = UTC,
    make: MakesSource | None = None,
) -> SourceFile:
    """Read one source of a site.

    Args:
        root: The folder of the site.
        path: The source, from `root`, with forward slashes.
        limit: Bytes; a larger file is not read.
        zone: The time zone of moments in the header without an offset.
        make: What makes a source of the bytes; None: `make_source`.

    Raises:
        ProblemError: It cannot be read, is no text, or its header has mistakes.
    """
    return (make or make_source)(read_file(root, path, limit=limit), path, zone=zone)


def read_outside_source(
    file: Path, *, limit: int = LARGEST_SOURCE, zone: tzinfo = UTC
) -> SourceFile:
    """Read a text that lies anywhere on the disk; its path is the file as given.

    Raises:
        ProblemError: As `read_source`.
    """
    path = file.as_posix()
    return make_source(read_any_file(file, path, limit=limit), path, zone=zone)


def write_source(
    root: Path,
    path: str,
    content: bytes,
    *,
    was: bytes | None,
    before: Callable[[], None] | None = None,
) -> None:
    """Write a source, whole or not at all.

    Args:
        root: The folder of the site.
        path: The file, from `root`.
        content: All of it.
        was: What was read from it; None: the file must not be there yet.
        before: As for `write_whole`.

    Raises:
        ProblemError: Something else lies there by now, it lies outside, or it cannot be written.
    """
    folder = Path(os.path.realpath((root / path).parent))
    top = os.path.realpath(root / SOURCES)
    if not folder.is_relative_to(top):
        what = "a link on the way to this file leaves sources/"
        raise ProblemError(error(Place(path), what, "name another place"))
    if was is not None and read_file(root, path, limit=LARGEST_SOURCE) != was:
        raise ChangedMeanwhileError(path)
    write_whole(root / path, content, path, was=was, before=before)


def move_source(root: Path, old: SourceFile, path: str, content: bytes) -> None:
    """Write a text over the source it replaces; where its path differs, the old file goes.

    That goes first: of a text that is there twice, a build would make a second entry. Where this
    run is killed in between neither is there, and the same command can be given again.

    Raises:
        ProblemError: As `write_source`.
    """
    was = read_file(root, old.path, limit=LARGEST_SOURCE)
    if hashlib.sha256(was).hexdigest() != old.sha256:
        raise ChangedMeanwhileError(old.path)
    if path == old.path:
        write_source(root, path, content, was=was)
        return
    try:
        write_source(root, path, content, was=None, before=partial(_take_away, root, old.path))
    except ProblemError:
        if not os.path.lexists(root / old.path):
            with contextlib.suppress(ProblemError):  # it lies among the former texts in any case
                write_source(root, old.path, was, was=None)
        raise


def _take_away(root: Path, path: str) -> None:
    try:
        (root / path).unlink()
    except OSError as reason:
        what = f"it cannot be taken away, so the new text is not there: {reason.strerror}"
        raise ProblemError(error(Place(path), what, "see who may write there")) from reason


def keep_former(root: Path, old: SourceFile) -> str:
    """Keep a text that will be replaced where no build reads it and git does not pass it over.

    Returns:
        Its path from `root`; the name has the start of its SHA-256, as there may be several.

    Raises:
        ProblemError: As `write_source`.
    """
    path = PurePosixPath(old.path)
    stem = path.stem
    if len(stem.encode("utf-8", "surrogateescape")) > LONGEST_NAME:
        stem = hashlib.sha256(stem.encode("utf-8", "surrogateescape")).hexdigest()
    inner = path.relative_to(SOURCES).with_name(f"{stem}.{old.sha256[:8]}{path.suffix}")
    former = f"{SOURCES}/{FORMER}/{inner.as_posix()}"
    if not (root / former).exists():
        content = read_file(root, old.path, limit=LARGEST_SOURCE)
        write_source(root, former, content, was=None)
    return former


def make_source(content: bytes, path: str, *, zone: tzinfo = UTC) -> SourceFile:
    """Make a source of the bytes of a file; pure.

    Raises:
        ProblemError: The bytes are no text, or the header has mistakes.
    """
    is_page = _ending(path) in _HTML
    text, encoding = (decode_page if is_page else decode)(content, Place(path))
    if not text.strip():
        raise ProblemError(error(Place(path), "the file is empty", "paste a text into it"))
    refuse_conflicts(text, path)
    lines = split_lines(text)
    header, taken, problems = read_header(lines, path, zone)
    if problems:
        raise ProblemError(*problems)
    lines, first = lines[taken:], taken + 1
    page: Page | None = None
    if not any(line.strip() for line in lines):
        what = "there is no text below the header"
        raise ProblemError(error(Place(path, taken), what, "paste the text below the header"))
    if is_page:
        lines, page = _read_page("\n".join(lines), path)
        first = 1
    _refuse_many(lines, path)
    return SourceFile(
        path=path,
        header=header,
        lines=lines,
        first_line=first,
        encoding=encoding,
        sha256=hashlib.sha256(content).hexdigest(),
        page=page,
    )


def _refuse_many(lines: Sequence[str], path: str) -> None:
    if many := too_many_lines(lines, MOST_LINES, Place(path)):
        raise ProblemError(many)


def _read_page(text: str, path: str) -> tuple[tuple[str, ...], Page]:
    # Imported here: what reads HTML takes a second to load, and most sites have no HTML sources.
    from briefbook.reading.page import read_page

    return read_page(text, Place(path))


def split_lines(text: str) -> tuple[str, ...]:
    r"""Split a text at \r\n, \n and \r only; a line end at the very end starts no further line.

    `str.splitlines` would also split at U+2028, U+0085, form feeds and more, which pasted texts
    have in the middle of a sentence.
    """
    lines = _LINE_END.split(text)
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.casefold()


def _not_read(path: str) -> Problem:
    what = "this file is not read: its name ends neither in .txt nor in .md nor in .html"
    return warning(Place(path), what, "rename it, or move it out of sources/")
