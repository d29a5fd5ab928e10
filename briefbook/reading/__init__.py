"""Reading: the files in `sources/` -> `SourceFile`.

Comes in: the folder of a site. Goes out: each text exactly as it stands, of an HTML page the lines
that can be seen, with its header and the hash of its bytes. Refuses what is no text, too large,
outside the folder or never ends. `write_source` is for texts that come from elsewhere.
"""

from datetime import UTC, tzinfo
from pathlib import Path

from briefbook.model import SourceFile
from briefbook.problems import Problem, ProblemError, in_order
from briefbook.reading.folder import (
    LARGEST_SOURCE,
    MakesSource,
    keep_former,
    list_sources,
    make_source,
    move_source,
    read_outside_source,
    read_source,
    split_lines,
    write_source,
)
from briefbook.reading.header import HEADER_KEYS, read_header

__all__ = [
    "HEADER_KEYS",
    "LARGEST_SOURCE",
    "keep_former",
    "list_sources",
    "make_source",
    "move_source",
    "read_header",
    "read_outside_source",
    "read_source",
    "read_sources",
    "split_lines",
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
