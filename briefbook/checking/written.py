"""Where a link was written: the page it stands on is made, and cannot be mended.

In: the files of a site, its entries and settings, then a link of a page. Out: the file and line in
which an editor wrote it; None where a template did, or nobody knows.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator

from briefbook.checking.texts import targets
from briefbook.model import Entry, OutputFile, Site
from briefbook.problems import Place

# The page a link stands on, as a path in the output folder, and its address -> where it stands.
Where = Callable[[str, str], Place | None]


def where_written(
    files: Iterable[OutputFile],
    entries: Iterable[tuple[Entry, Place]],
    site: Site,
    settings: str = "site.yaml",
) -> Where:
    """Return what finds where a link was written.

    Args:
        files: Of the site, each with what it was made from.
        entries: With the place of the note of each.
        site: What `site.yaml` says.
        settings: The name of that file.
    """
    origins = {file.path: file.made_from for file in files}
    by_origin = {f"entry {entry.slug}": (entry, note) for entry, note in entries}

    def where(page: str, address: str) -> Place | None:
        wanted = _resolved(page, address)
        origin = origins.get(page, "")
        if origin in by_origin:
            lines = _lines_of(*by_origin[origin])
        else:
            texts = (site.about, *(outlet.note or "" for outlet in site.outlets))
            lines = ((Place(settings), line) for text in texts for line in text.split("\n"))
        found = (place for place, line in lines if wanted in _all_resolved(page, line))
        return next(found, None)

    return where


def _lines_of(entry: Entry, note: Place) -> Iterator[tuple[Place, str]]:
    for number, line in enumerate(entry.body.split("\n"), entry.body_line):
        yield Place(entry.place.path, number), line
    for line in (entry.note or "").split("\n"):
        yield note, line


def _all_resolved(page: str, line: str) -> frozenset[str]:
    return frozenset(_resolved(page, target) for target in targets(line))


def _resolved(page: str, address: str) -> str:
    """Return an address from the top of the site: a page points to /about/ as ../../about/."""
    path, mark, fragment = address.partition("#")
    whole = posixpath.join("/" + posixpath.dirname(page), path)
    return posixpath.normpath(whole) + mark + fragment
