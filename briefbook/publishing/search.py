"""Search: an index of the finished pages of all entries; the only module that knows Pagefind.

In: the files of a site. Out: the files that search needs beside them, the same for the same pages.
Only what pages show is indexed, so what `publish:` keeps back is not found. The index is read in
the reader's browser; nothing is asked of a server but these files.
"""

import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

from briefbook.model import OutputFile, Site
from briefbook.problems import Place, ProblemError, warning
from briefbook.publishing.search_order import in_order

FOLDER = "pagefind"
# Pagefind brings user interfaces along; the search page has its own.
_UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
# What a page that is indexed carries, see templates/pages/entry.html.
_INDEXED = b"data-pagefind-body"
# Longer than any index takes; a service that hangs must not hang the build.
_SECONDS = 600


def indexed_pages(files: Sequence[OutputFile]) -> tuple[OutputFile, ...]:
    """Return the pages that can be found by search: those of entries."""
    return tuple(
        file for file in files if file.path.endswith("/index.html") and _INDEXED in file.content
    )


def make_search(pages: Sequence[OutputFile], site: Site) -> tuple[OutputFile, ...]:
    """Return the files of the search index, by path; none where no page is indexed.

    Args:
        pages: The pages that can be found.
        site: What `site.yaml` says.

    Raises:
        ProblemError: The index could not be made; the site works without it.
    """
    if not pages:
        return ()
    try:
        made = asyncio.run(asyncio.wait_for(_indexed(pages, site.language), _SECONDS))
        found = in_order(made)
    except Exception as fault:
        raise ProblemError(
            warning(
                Place("_site/" + FOLDER),
                f"the search index could not be made: {fault}",
                "install Pagefind for this machine (pip install 'pagefind[bin]'), or set"
                " `search: false` in site.yaml",
            )
        ) from fault
    return tuple(
        OutputFile(path=f"{FOLDER}/{path}", content=content, made_from="the search index")
        for path, content in sorted(found.items())
        if not path.startswith(_UNUSED)
    )


async def _indexed(pages: Iterable[OutputFile], language: str) -> dict[str, bytes]:
    """Return the files of the index by path."""
    # By way of the disk: a large index chokes the pipe it would otherwise come through.
    with tempfile.TemporaryDirectory() as folder:
        # Written on leaving the index; without a folder that would be one where the build is run.
        config = IndexConfig(force_language=language.partition("-")[0], output_path=folder)
        async with PagefindIndex(config=config) as index:
            for page in pages:
                await index.add_html_file(content=page.content.decode(), source_path=page.path)
        made = (path for path in Path(folder).rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in made}
