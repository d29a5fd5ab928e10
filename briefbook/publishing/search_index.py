"""The search index of a whole site, joined from its shards.

In: shards and the library that reads an index. Out: files by path, those that Pagefind would make
of all pages at once, but for their cut and their names, and the same for the same pages. Reading
one word takes as many files as in any index of Pagefind, however many shards there are.

Source: as in search_shard.py. The table of an index is `[version, pages, chunks, filters, sorts,
fields]`; a chunk is known by its first and its last word.
"""

import gzip
import hashlib
import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter

import cbor2

from briefbook.publishing.search_shard import (
    FIELDS,
    MARK,
    Library,
    Listing,
    Shard,
    Word,
    no_collecting,
    start_of_list,
)

# What a reader loads to look for one word, in bytes before it is packed, as Pagefind has it: half
# would double the files, twice would double what a phone loads for each word typed.
_CHUNK = 64 * 1024
# Digits of a name; the names of all pages are loaded before the first search.
_DIGITS = 10
# From 1 to 9. 6 takes three more seconds for 10,000 entries, each time one is added, and saves an
# eighth of what a reader loads for a word (27 instead of 31 kB).
_PACKING = 1


def join(shards: Sequence[Shard], library: Library) -> dict[str, bytes]:
    """Return the files of an index by path.

    Args:
        shards: At least one, in order of arrival.
        library: What reads it, made for the same language.
    """
    starts = list(accumulate((len(shard.pages) for shard in shards), initial=0))
    placed = list(zip(starts, shards, strict=False))
    files = dict(library.files)

    def add(path: str, packed: bytes) -> str:
        """Add a file named by its content, and return what it is known by."""
        digits = hashlib.sha256(packed).hexdigest()
        name = f"{library.language}_{digits[:_DIGITS]}"
        if files.setdefault(path.format(name), packed) != packed:
            name = f"{library.language}_{digits}"
            files[path.format(name)] = packed
        return name

    pages = [
        [add("fragment/{}.pf_fragment", page.fragment), page.words]
        for shard in shards
        for page in shard.pages
    ]
    with no_collecting():
        chunks = [
            [first, last, add("index/{}.pf_index", _packed(content))]
            for first, last, content in _chunks(_words(placed))
        ]
    filters = [
        [name, add("filter/{}.pf_filter", _packed(cbor2.dumps([name, values])))]
        for name, values in _filters(placed)
    ]
    table = [library.version, pages, chunks, filters, _sorts(placed), list(FIELDS)]
    known_by = add("pagefind.{}.pf_meta", _packed(cbor2.dumps(table)))
    files["pagefind-entry.json"] = _contents(library, known_by, len(pages))
    return dict(sorted(files.items()))


def _contents(library: Library, known_by: str, count: int) -> bytes:
    told = {"hash": known_by, "wasm": library.wasm, "page_count": count}
    contents = {
        "include_characters": list(library.characters),
        "languages": {library.language: told},
        "version": library.version,
    }
    return json.dumps(contents, ensure_ascii=False, sort_keys=True).encode()


def _packed(content: bytes) -> bytes:
    return gzip.compress(MARK + content, _PACKING, mtime=0)


# --------------------------------------------------------------------------- filters and order


def _filters(placed: Iterable[tuple[int, Shard]]) -> Iterator[tuple[str, list[list[object]]]]:
    """Yield each filter by name, with its values and their pages."""
    found: dict[str, dict[str, list[int]]] = {}
    for start, shard in placed:
        for name, value, pages in shard.filters:
            listed = found.setdefault(name, {}).setdefault(value, [])
            listed += [start + page for page in pages]
    for name, values in sorted(found.items()):
        yield name, [[value, pages] for value, pages in sorted(values.items())]


def _sorts(placed: Iterable[tuple[int, Shard]]) -> list[list[object]]:
    """Return the pages by date, the oldest first; those of one day by arrival."""
    dated = sorted(
        (page.date, start + number)
        for start, shard in placed
        for number, page in enumerate(shard.pages)
        if page.date
    )
    return [["date", [number for _, number in dated]]] if dated else []


# --------------------------------------------------------------------------- words


def _words(placed: Iterable[tuple[int, Shard]]) -> Iterator[tuple[str, bytes]]:
    """Yield each word of all shards in order, as it stands in a chunk."""
    # No two of the same word start at the same page, so nothing else is compared.
    everything = heapq.merge(*(_moved(*each) for each in placed))
    for word, group in groupby(everything, key=itemgetter(0)):
        listed: list[tuple[int, Listing]] = []
        spellings: dict[str, list[tuple[int, Listing]]] = {}
        for _, start, (_, listing, spelled) in group:
            listed.append((start, listing))
            for spelling, also in spelled:
                spellings.setdefault(spelling, []).append((start, also))
        parts = [
            start_of_list(3),
            cbor2.dumps(word),
            _joined(listed),
            start_of_list(len(spellings)),
        ]
        for spelling, also_listed in sorted(spellings.items()):
            parts += [start_of_list(2), cbor2.dumps(spelling), _joined(also_listed)]
        yield word, b"".join(parts)


def _moved(start: int, shard: Shard) -> Iterator[tuple[str, int, Word]]:
    for word in shard.words():
        yield word[0], start, word


def _joined(listed: Iterable[tuple[int, Listing]]) -> bytes:
    """Return pages as CBOR: of each shard only the first is counted from another one."""
    total, before = 0, 0
    parts: list[bytes] = []
    for start, (count, first, last, rest) in listed:
        if count:
            total += count
            parts += [start_of_list(3), cbor2.dumps(start + first - before), rest]
            before = start + last
    return b"".join([start_of_list(total), *parts])


def _chunks(words: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    """Yield chunks with their first and last word."""
    held: list[tuple[str, bytes]] = []
    size = 0
    for word in words:
        if held and size + len(word[1]) > _CHUNK:
            yield _chunk(held)
            held, size = [], 0
        held.append(word)
        size += len(word[1])
    if held:
        yield _chunk(held)


def _chunk(held: Sequence[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    content = b"".join([start_of_list(1), start_of_list(len(held)), *(word for _, word in held)])
    return held[0][0], held[-1][0], content
