"""Searching: the index of a site, of which only the shards are made anew that hold other pages.

Shards are kept in the build state under what their pages say; so is the index joined from them.
"""

from collections.abc import Callable, Collection, Sequence
from hashlib import blake2b
from typing import cast

from briefbook.model import OutputFile, Site
from briefbook.problems import Problem, ProblemError
from briefbook.publishing import make_search, make_shard, shards_of
from briefbook.remembering import Store

_INDEX = "search index"
_SHARD = "search shard "


def index_site(
    files_of: Callable[[], Sequence[OutputFile]], site: Site, store: Store, *, is_same: bool
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...]]:
    """Return the search index of a site, where it wants one, and what is wrong with it.

    Args:
        files_of: Returns all files of the site; not asked where none is another one.
        site: What `site.yaml` says.
        store: Keeps what is made, with the next commit.
        is_same: No page is another one than in the build before; False: nobody knows.
    """
    if not site.search:
        _forget_but(store, ())
        return (), ()
    known = cast("tuple[str, list[str], tuple[OutputFile, ...]] | None", store.fact(_INDEX))
    if is_same and known and known[0] == site.language:
        return known[2], ()
    names = []
    shards = []
    try:
        for pages in shards_of(files_of()):
            name = _SHARD + _mark(pages, site)
            shard = store.fact(name)
            if shard is None:
                shard = make_shard(pages, site)
                store.set_fact(name, shard)
            names.append(name)
            shards.append(shard)
        if known and known[:2] == (site.language, names):
            return known[2], ()
        index = make_search(shards, site)  # type: ignore[arg-type]
    except ProblemError as failed:
        _forget_but(store, names)
        return (), failed.problems
    _forget_but(store, names)
    store.set_fact(_INDEX, (site.language, names, index))
    return index, ()


def _mark(pages: Sequence[OutputFile], site: Site) -> str:
    """Return what tells pages that are indexed from any others; Pagefind is part of the code."""
    mark = blake2b(site.language.encode(), digest_size=16)
    for page in pages:
        mark.update(f"\0{page.path}\0{len(page.content)}\0".encode())
        mark.update(page.content)
    return mark.hexdigest()


def _forget_but(store: Store, names: Collection[str]) -> None:
    """Forget the index, and all shards but some."""
    for name in {*store.facts(_SHARD), _INDEX}.difference(names):
        store.drop_fact(name)
