"""Search: an index of the finished pages of all entries.

In: the files of a site. Out: the files that search needs beside them, the same for the same pages.
Only what pages show is indexed, so what `publish:` keeps back is not found. The index is read in
the reader's browser; nothing is asked of a server but these files.

It is made in two steps, of which the first takes nearly all the time and needs to be done only for
what has changed: `make_shard` indexes some hundred pages, `make_search` joins all shards.
"""

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

from briefbook.model import OutputFile, Site
from briefbook.problems import Place, Problem, ProblemError, warning
from briefbook.publishing import search_shard
from briefbook.publishing.search_index import join
from briefbook.publishing.search_shard import Shard, make_library

FOLDER = "pagefind/"
# Entries a shard. What one more costs grows with it (256 pages of 570 words: 0.6 s), and so does
# the memory of Pagefind (100 MB; 340 MB for 1,000, 2.9 GB for 10,000); fewer start it too often.
SHARD = 256
_ENTRY = "entry "
# What a page that is indexed carries, see templates/pages/entry.html.
_INDEXED = b"data-pagefind-body"
_ANY = b"data-pagefind-"
_OPENED = re.compile(rb"<([a-z]+)\b[^<>]*\bdata-pagefind-body\b")
_IGNORED = re.compile(rb"<section\b[^<>]*\bdata-pagefind-ignore\b[^<>]*>(.*?)</section>", re.S)


def shards_of(files: Sequence[OutputFile]) -> tuple[tuple[OutputFile, ...], ...]:
    """Return the pages that can be found, those of entries, in shards of lasting size.

    Which one a page is in is decided by its address, so that one more entry is in one shard and
    moves no other. There are twice as many when a site has twice as many entries.

    Args:
        files: Those of a site.

    Returns:
        Pages without all that is not indexed: a shard is not another one because of a link to the
        next entry.
    """
    pages = (file for file in files if file.made_from.startswith(_ENTRY))
    entries = [file for file in pages if file.path.endswith("/index.html")]
    many = 1
    while many * SHARD < len(entries):
        many *= 2
    shards: list[list[OutputFile]] = [[] for _ in range(many)]
    for page in entries:
        if _INDEXED in page.content:
            shards[crc32(page.path.encode()) % many].append(_bare(page))
    return tuple(tuple(shard) for shard in shards if shard)


def make_shard(pages: Sequence[OutputFile], site: Site) -> Shard:
    """Index the pages of one shard; a pure function of them and of the language of the site.

    Args:
        pages: One of `shards_of`.
        site: What `site.yaml` says.

    Raises:
        ProblemError: The index could not be made; the site works without it.
    """
    try:
        return search_shard.make_shard(pages, site.language)
    except Exception as fault:
        raise ProblemError(_unmade(fault)) from fault


def make_search(shards: Sequence[Shard], site: Site) -> tuple[OutputFile, ...]:
    """Return the files of the search index, by path; none where no page is indexed.

    Args:
        shards: Of all pages that can be found, in the order of `shards_of`.
        site: What `site.yaml` says.

    Raises:
        ProblemError: The index could not be made; the site works without it.
    """
    if not shards:
        return ()
    try:
        made = join(shards, make_library(site.language))
    except Exception as fault:
        raise ProblemError(_unmade(fault)) from fault
    return tuple(
        OutputFile(path=f"{FOLDER}{path}", content=content, made_from="the search index")
        for path, content in made.items()
    )


def _unmade(fault: Exception) -> Problem:
    return warning(
        Place(f"_site/{FOLDER}".rstrip("/")),
        f"the search index could not be made: {fault}",
        "install Pagefind for this machine (pip install 'pagefind[bin]'), or set"
        " `search: false` in site.yaml",
    )


def _bare(page: OutputFile) -> OutputFile:
    """Return a page without what Pagefind does not read; the index of both is the same.

    It reads its own attributes anywhere, so what has any of them stays. Nor is a section cut that
    holds another one, whose end would be taken for its own.
    """
    content = page.content
    opened = _OPENED.search(content)
    if not opened:
        return page
    end = content.rfind(b"</" + opened[1] + b">")
    before, body, after = content[: opened.start()], content[opened.start() : end], content[end:]
    if end < 0 or _ANY in before or _ANY in after:
        return page
    cut = b"".join(_kept(body))
    return OutputFile(
        path=page.path,
        content=b"<!doctype html><html><body>" + cut + b"</" + opened[1] + b"></body></html>",
        made_from=page.made_from,
    )


def _kept(body: bytes) -> Iterator[bytes]:
    """Yield what of a body is left without the sections that are not indexed."""
    start = 0
    for match in _IGNORED.finditer(body):
        if _ANY not in match[1] and b"<section" not in match[1]:
            yield body[start : match.start()]
            start = match.end()
    yield body[start:]
