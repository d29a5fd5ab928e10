"""Reading: the files in `sources/` -> `SourceFile`.

Comes in: the folder of a site. Goes out: each text exactly as it stands, of an HTML page the lines
that can be seen, with its header and the hash of its bytes. Refuses what is no text, too large,
outside the folder or never ends. `write_source` is for texts that come from elsewhere.
"""

from dataclasses import replace
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path

from briefbook.files import Rereading, read_file
from briefbook.model import SourceFile
from briefbook.problems import Problem, ProblemError, in_order
from briefbook.reading.folder import (
    FORMER,
    LARGEST_SOURCE,
    SOURCES,
    MakesSource,
    keep_former,
    list_sources,
    make_source,
    move_source,
    read_outside_source,
    read_source,
    scan_sources,
    split_lines,
    write_source,
)
from briefbook.reading.header import HEADER_KEYS, read_header

__all__ = [
    "FORMER",
    "HEADER_KEYS",
    "LARGEST_SOURCE",
    "SOURCES",
    "SourceReading",
    "keep_former",
    "list_sources",
    "look_at_sources",
    "make_source",
    "move_source",
    "read_header",
    "read_outside_source",
    "read_source",
    "read_sources",
    "split_lines",
    "without_text",
    "write_source",
]


def read_sources(
    root: Path,
    *,
    limit: int = LARGEST_SOURCE,
    zone: tzinfo = UTC,
    make: MakesSource | None = None,
) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Read all sources of a site.

    Args:
        root: The folder of the site.
        limit: Bytes; a larger file is not read.
        zone: The time zone of moments in headers without an offset.
        make: What makes a source of the bytes of a file; None: `make_source`.

    Returns:
        The sources by path, and every mistake by place; a faulty source is left out.
    """
    paths, listed = list_sources(root)
    problems = list(listed)
    sources = []
    for path in paths:
        try:
            sources.append(read_source(root, path, limit=limit, zone=zone, make=make))
        except ProblemError as faulty:
            problems += faulty.problems
    return tuple(sources), in_order(problems)


def look_at_sources(
    root: Path, before: Rereading, *, limit: int = LARGEST_SOURCE, zone: tzinfo = UTC
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Open the sources that may be others than in the build before.

    Args:
        root: The folder of the site.
        before: Knows what reading them gave then, and from now on what it gives now: a source
            without its text, or its mistakes.
        limit: Bytes; a larger file is not read.
        zone: The time zone of moments in headers without an offset.

    Returns:
        The paths of all sources that can be read, sorted; and what is wrong with the others.
    """
    stamps, listed = scan_sources(root)
    problems = list(listed)
    for path in before.unproved(stamps):
        content = partial(read_file, root, path, limit=limit)
        make = partial(_without_text, path=path, zone=zone)
        try:
            before.look(path, stamps[path], content, make)
        except ProblemError as unreadable:
            problems += unreadable.problems
            del stamps[path]
    return tuple(stamps), tuple(problems)


SourceReading = SourceFile | tuple[Problem, ...]


def _without_text(content: bytes, *, path: str, zone: tzinfo) -> SourceReading:
    try:
        return without_text(make_source(content, path, zone=zone))
    except ProblemError as faulty:
        return faulty.problems


def without_text(source: SourceFile) -> SourceFile:
    """Return what is known of a source beside its text, which its hash stands for."""
    return replace(source, lines=(), page=None)
