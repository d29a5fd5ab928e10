"""Searching: the index of a site, of which only that is made anew which holds other pages.

What tells each page from any other, the shards, and the words of all shards but the newest, merged,
are kept in the build state. Of one more entry only its page is looked at and its shard is indexed;
then the words of the newest shards are merged with those of all others.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, cast

from briefbook import publishing
from briefbook.model import OutputFile, Site
from briefbook.problems import Problem, ProblemError
from briefbook.publishing import NO_INDEX, SearchIndex, path_of
from briefbook.remembering import Store

if TYPE_CHECKING:
    from briefbook.publishing import Library, Summary, Word

# Facts of the build state; of a shard one each, with its name behind.
_ALL = "search "
_PAGES = "search pages"  # marks of pages, by address; b"": it is not to be found
_INDEX = "search index"  # language, digest of entries, names of shards, paths, lasting paths
_LIBRARY = "search library"  # language, and what reads an index
_MERGED = "search merged"  # names of the first shards, and blocks of their words
_SUMMARY = "search summary "
_WORDS = "search words "
_FRAGMENTS = "search fragments "

# So many of the newest shards, some 90 entries each, are left out of what is kept merged, since an
# entry that is changed is mostly a new one; when there are more than so many, they join it.
BEHIND = 4
MOST_BEHIND = 8

_Known = tuple[str, bytes, tuple[str, ...], tuple[str, ...], frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of a site."""

    entries: Callable[[], Sequence[str]]  # addresses of all that may be there, by arrival
    changed: Collection[str] | None  # since the index was made last, or gone; None: nobody knows
    content: Callable[[str], bytes | None]  # what stands at an address; None: nothing


def index_site(pages: Pages, site: Site, store: Store) -> tuple[SearchIndex, tuple[Problem, ...]]:
    """Return the search index of a site, where it wants one, and what is wrong with it.

    Args:
        pages: Those of the site; only such are looked at as may be others.
        site: What `site.yaml` says.
        store: Keeps what is made, with the next commit.
    """
    if not site.search:
        _forget_but(store, ())
        return NO_INDEX, ()
    known = cast("_Known | None", store.fact(_INDEX))
    entries = pages.entries()
    told = (site.language, blake2b("\0".join(entries).encode()).digest())
    if known and known[:2] == told and pages.changed is not None and not pages.changed:
        return _known_index(known, store, site), ()
    marks = _marks(pages, entries, store)
    shards = publishing.shards_of([address for address in entries if marks[address]])
    names = tuple(_name([(each, marks[each]) for each in shard], site) for shard in shards)
    if known and (known[0], known[2]) == (site.language, names):
        index = _known_index(known, store, site)
    else:
        kept = _Kept(store, site, names)
        try:
            kept.make_shards(shards, pages.content)
            index = kept.index()
        except ProblemError as failed:
            store.drop_fact(_INDEX)
            return NO_INDEX, failed.problems
        _forget_but(store, names)
    store.set_fact(_INDEX, (*told, names, index.paths, index.lasting))
    return index, ()


def _known_index(known: _Known, store: Store, site: Site) -> SearchIndex:
    """Return the index that was made last; nothing of it is read before it is asked for."""
    _, _, names, paths, lasting = known
    content = _Kept(store, site, names).content
    return SearchIndex(paths=paths, lasting=lasting, is_same=True, content=content)


# --------------------------------------------------------------------------- pages


def _marks(pages: Pages, entries: Sequence[str], store: Store) -> dict[str, bytes]:
    """Return what tells each page from any other, looking only at what may be another one."""
    before = cast("dict[str, bytes] | None", store.fact(_PAGES)) or {}
    changed = before.keys() if pages.changed is None else {*pages.changed}
    marks = {}
    for address in entries:
        mark = None if address in changed else before.get(address)
        marks[address] = _mark(pages.content(address)) if mark is None else mark
    if marks != before:
        store.set_fact(_PAGES, marks)
    return marks


def _mark(content: bytes | None) -> bytes:
    found = publishing.bare(content) if content is not None else None
    return b"" if found is None else blake2b(found, digest_size=16).digest()


def _name(shard: Sequence[tuple[str, bytes]], site: Site) -> str:
    """Return what tells a shard from any other; Pagefind is part of the code."""
    mark = blake2b(site.language.encode(), digest_size=16)
    for address, page in shard:
        mark.update(f"\0{address}\0".encode())
        mark.update(page)
    return mark.hexdigest()


def _page(address: str, content: bytes | None) -> OutputFile:
    found = publishing.bare(content) if content is not None else None
    assert found is not None, address  # or it would have no mark
    return OutputFile(path=path_of(address), content=found, made_from="an entry")


# --------------------------------------------------------------------------- what is kept


class _Kept:
    """Shards that are kept under their names, and the index that is made of them."""

    def __init__(self, store: Store, site: Site, names: tuple[str, ...]) -> None:
        self._store = store
        self._site = site
        self._names = names
        self._index: SearchIndex | None = None

    def make_shards(
        self, shards: Sequence[Sequence[str]], content: Callable[[str], bytes | None]
    ) -> None:
        """Index the pages of those shards that are not there."""
        store, there = self._store, {*self._store.facts(_SUMMARY)}
        for name, addresses in zip(self._names, shards, strict=True):
            if _SUMMARY + name in there:
                continue
            shard = publishing.make_shard(
                [_page(each, content(each)) for each in addresses], self._site
            )
            store.set_fact(_SUMMARY + name, publishing.summary(shard))
            store.set_fact(_WORDS + name, shard.blocks)
            store.set_fact(_FRAGMENTS + name, tuple(page.fragment for page in shard.pages))

    def index(self) -> SearchIndex:
        """Return the index of all shards.

        Raises:
            ProblemError: It could not be made.
        """
        if self._index is None:
            found = [cast("Summary", self._store.fact(_SUMMARY + name)) for name in self._names]
            self._index = NO_INDEX
            if found:
                words = self._words(found)
                self._index = publishing.make_index(
                    found, words, self._fragments(), self._library()
                )
        return self._index

    def content(self, path: str) -> bytes:
        """Return a file of the index, making that if it is not there."""
        return self.index().content(path)

    def _fragments(self) -> Callable[[int, int], bytes]:
        @cache
        def of_shard(number: int) -> tuple[bytes, ...]:
            fact = self._store.fact(_FRAGMENTS + self._names[number])
            return cast("tuple[bytes, ...]", fact)

        return lambda shard, page: of_shard(shard)[page]

    def _library(self) -> "Library":
        language = self._site.language
        known = cast("tuple[str, Library] | None", self._store.fact(_LIBRARY))
        if known is None or known[0] != language:
            known = language, publishing.make_library(self._site)
            self._store.set_fact(_LIBRARY, known)
        return known[1]

    def _words(self, summaries: "Sequence[Summary]") -> "Iterator[Word]":
        """Yield the words of all shards."""
        first, (known, blocks) = publishing.starts(summaries), self._merged()
        if len(self._names) - len(known) > MOST_BEHIND:
            end = len(self._names) - BEHIND
            parts = self._parts(len(known), blocks, first[:end])
            known, blocks = self._names[:end], publishing.merged_blocks(parts)
            self._store.set_fact(_MERGED, (known, blocks))
        return publishing.merged(self._parts(len(known), blocks, first[: len(self._names)]))

    def _merged(self) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
        """Return the names of the first shards, as far as they are kept merged, and their words."""
        kept = self._store.fact(_MERGED)
        names, blocks = cast("tuple[tuple[str, ...], tuple[bytes, ...]]", kept or ((), ()))
        if self._names[: len(names)] == names and len(names) < len(self._names):
            return names, blocks
        self._store.drop_fact(_MERGED)
        return (), ()

    def _parts(
        self, known: int, blocks: tuple[bytes, ...], first: Sequence[int]
    ) -> "list[tuple[int, Iterator[Word]]]":
        """Return the words of the first shards, with the numbers of their first pages.

        Args:
            known: How many are merged.
            blocks: The words of these.
            first: The number of the first page of each that is wanted.
        """
        others = zip(first[known:], self._names[known:], strict=False)
        return [
            (0, publishing.words_in(blocks)),
            *((number, self._words_of(name)) for number, name in others),
        ]

    def _words_of(self, name: str) -> "Iterator[Word]":
        return publishing.words_in(cast("tuple[bytes, ...]", self._store.fact(_WORDS + name)))


def _forget_but(store: Store, names: Collection[str]) -> None:
    """Forget all shards but some; where none is left, all else too."""
    kept = {start + name for start in (_SUMMARY, _WORDS, _FRAGMENTS) for name in names}
    if names:
        kept |= {_PAGES, _INDEX, _LIBRARY, _MERGED}
    for name in {*store.facts(_ALL)}.difference(kept):
        store.drop_fact(name)
