"""The files in `sources/` -> `SourceFile`; this module touches the disk.

`.txt` and `.md` at any depth. What has another ending is not read: `.html` is an error because an
editor expects it to work, anything else a warning because it may lie there for a reason.
"""

import hashlib
import re
from datetime import UTC, tzinfo
from pathlib import Path, PurePosixPath

from briefbook.files import list_files, read_any_file, read_file
from briefbook.model import SourceFile
from briefbook.problems import Place, Problem, ProblemError, error, warning
from briefbook.reading.decode import decode
from briefbook.reading.header import read_header

SOURCES = "sources"
LARGEST_SOURCE = 2 * 1024 * 1024  # bytes; a novel has half of it

_READ = frozenset({".txt", ".md"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_LINE_END = re.compile(r"\r\n|\n|\r")


def list_sources(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """List the sources of a site as sorted paths from `root`, and what is not one as problems."""
    paths, problems = list_files(root, SOURCES)
    sources = tuple(path for path in paths if _ending(path) in _READ)
    others = (_not_read(path) for path in paths if _ending(path) not in _READ)
    return sources, (*problems, *others)


def read_source(
    root: Path, path: str, *, limit: int = LARGEST_SOURCE, zone: tzinfo = UTC
) -> SourceFile:
    """Read one source of a site.

    Args:
        root: The folder of the site.
        path: The source, from `root`, with forward slashes.
        limit: Bytes; a larger file is not read.
        zone: The time zone of moments in the header without an offset.

    Raises:
        ProblemError: It cannot be read, is no text, or its header has mistakes.
    """
    if _ending(path) in _HTML:
        raise ProblemError(_not_read(path))
    return make_source(read_file(root, path, limit=limit), path, zone=zone)


def read_outside_source(
    file: Path, *, limit: int = LARGEST_SOURCE, zone: tzinfo = UTC
) -> SourceFile:
    """Read a text that lies anywhere on the disk; its path is the file as given.

    Raises:
        ProblemError: As `read_source`.
    """
    path = file.as_posix()
    if _ending(path) in _HTML:
        raise ProblemError(_not_read(path))
    return make_source(read_any_file(file, path, limit=limit), path, zone=zone)


def make_source(content: bytes, path: str, *, zone: tzinfo = UTC) -> SourceFile:
    """Make a source of the bytes of a file; pure.

    Raises:
        ProblemError: The bytes are no text, or the header has mistakes.
    """
    text, encoding = decode(content, Place(path))
    if not text.strip():
        raise ProblemError(error(Place(path), "the file is empty", "paste a text into it"))
    lines = split_lines(text)
    header, taken, problems = read_header(lines, path, zone)
    if problems:
        raise ProblemError(*problems)
    if not any(line.strip() for line in lines[taken:]):
        what = "there is no text below the header"
        raise ProblemError(error(Place(path, taken), what, "paste the text below the header"))
    return SourceFile(
        path=path,
        header=header,
        lines=lines[taken:],
        first_line=taken + 1,
        encoding=encoding,
        sha256=hashlib.sha256(content).hexdigest(),
    )


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
    place = Place(path)
    if _ending(path) in _HTML:
        what = "HTML sources are not read yet"
        return error(place, what, "copy the text of the page into a .txt file")
    what = "this file is not read: its name ends neither in .txt nor in .md"
    return warning(place, what, "rename it, or move it out of sources/")
