"""Search: an index of the finished pages of all entries.

In: pages. Out: the files that search needs beside them, the same for the same pages. Only what
pages show is indexed, so what `publish:` keeps back is not found. The index is read in the reader's
browser; nothing is asked of a server but these files.

It is made in two steps, of which the first takes nearly all the time and needs to be done only for
what has changed: `make_shard` indexes some hundred pages, `make_index` joins all shards.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b

from briefbook.model import OutputFile, Site
from briefbook.problems import Place, Problem, ProblemError, warning
from briefbook.publishing import search_index, search_shard
from briefbook.publishing.search_files import FOLDER, SearchIndex
from briefbook.publishing.search_index import Summary
from briefbook.publishing.search_shard import Library, Shard, Word

# Pages a shard. What one more costs grows with it (25 ms to start Pagefind, and 5 ms for each page
# of its shard), and so does the memory of Pagefind (100 MB for 256 pages, 2.9 GB for 10,000); with
# fewer a shard, more lists of words have to be merged when all is made anew.
LEAST = 32
MOST = 192
# A shard that has enough ends with one address in so many, so it has some 90 pages.
ENDING = 64
# What a page that is indexed carries, see templates/pages/entry.html.
_INDEXED = b"data-pagefind-body"
_ANY = b"data-pagefind-"
_OPENED = re.compile(rb"<([a-z]+)\b[^<>]*\bdata-pagefind-body\b")
_IGNORED = re.compile(rb"<section\b[^<>]*\bdata-pagefind-ignore\b[^<>]*>(.*?)</section>", re.S)


def shards_of(addresses: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the pages that are indexed together.

    Where a shard ends is decided by the address there, so that one more entry, wherever it comes,
    is in one shard, and hardly ever moves others.

    Args:
        addresses: Those of the pages that can be found, in order of arrival.
    """
    shards: list[tuple[str, ...]] = []
    held: list[str] = []
    for address in addresses:
        held.append(address)
        if len(held) >= MOST or (len(held) >= LEAST and _ends(address)):
            shards.append(tuple(held))
            held = []
    return (*shards, tuple(held)) if held else tuple(shards)


def _ends(address: str) -> bool:
    digest = blake2b(address.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % ENDING == 0


def make_shard(pages: Sequence[OutputFile], site: Site) -> Shard:
    """Index the pages of one shard; a pure function of them and of the language of the site.

    Args:
        pages: One of `shards_of`, each as `bare` returns it.
        site: What `site.yaml` says.

    Raises:
        ProblemError: The index could not be made; the site works without it.
    """
    try:
        return search_shard.make_shard(pages, site.language)
    except Exception as fault:
        raise ProblemError(_unmade(fault)) from fault


def make_library(site: Site) -> Library:
    """Return what reads the index; a pure function of the language of the site.

    Raises:
        ProblemError: It could not be made; the site works without it.
    """
    try:
        return search_shard.make_library(site.language)
    except Exception as fault:
        raise ProblemError(_unmade(fault)) from fault


def make_index(
    summaries: Sequence[Summary],
    words: Iterable[Word],
    fragment: Callable[[int, int], bytes],
    library: Library,
) -> SearchIndex:
    """Return the search index of a site.

    Args:
        summaries: Of all shards, in the order of `shards_of`.
        words: Of all shards, as `merged` joins them.
        fragment: Takes the number of a shard and of a page there, and returns its fragment.
        library: What reads the index.

    Raises:
        ProblemError: The index could not be made; the site works without it.
    """
    try:
        files, lasting = search_index.make_files(summaries, words, fragment, library)
    except Exception as fault:
        raise ProblemError(_unmade(fault)) from fault
    return SearchIndex(
        paths=tuple(sorted(FOLDER + path for path in files)),
        lasting=frozenset(FOLDER + path for path in lasting),
        content=lambda path: files[path.removeprefix(FOLDER)](),
    )


def _unmade(fault: Exception) -> Problem:
    return warning(
        Place(f"_site/{FOLDER}".rstrip("/")),
        f"the search index could not be made: {fault}",
        "install Pagefind for this machine (pip install 'pagefind[bin]'), or set"
        " `search: false` in site.yaml",
        is_passing=True,
    )


def bare(content: bytes) -> bytes | None:
    """Return a page without what is not indexed; None: it is not to be found.

    So a shard is not another one because of a link to the next entry. The index of both is the
    same: Pagefind reads its own attributes anywhere, so what has any of them stays. Nor is a
    section cut that holds another one, whose end would be taken for its own.
    """
    if _INDEXED not in content:
        return None
    opened = _OPENED.search(content)
    if not opened:
        return content
    end = content.rfind(b"</" + opened[1] + b">")
    before, body, after = content[: opened.start()], content[opened.start() : end], content[end:]
    if end < 0 or _ANY in before or _ANY in after:
        return content
    cut = b"".join(_kept(body))
    return b"<!doctype html><html><body>" + cut + b"</" + opened[1] + b"></body></html>"


def _kept(body: bytes) -> Iterator[bytes]:
    """Yield what of a body is left without the sections that are not indexed."""
    start = 0
    for match in _IGNORED.finditer(body):
        if _ANY not in match[1] and b"<section" not in match[1]:
            yield body[start : match.start()]
            start = match.end()
    yield body[start:]
