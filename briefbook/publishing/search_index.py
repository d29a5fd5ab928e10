"""The search index of a whole site, joined from its shards.

In: shards and the library that reads an index. Out: files by path, those that Pagefind would make
of all pages at once, but for their cut and their names, and the same for the same pages. Reading
one word takes as many files as in any index of Pagefind, however many shards there are.

Pages have numbers in order of arrival, so one more at the end changes only the words that it has:
what was merged of the shards before it can be merged with its own. Source: as in search_shard.py.
The table of an index is `[version, pages, chunks, filters, sorts, fields]`; a chunk is known by its
first and its last word.
"""

import gzip
import hashlib
import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, groupby
from operator import itemgetter
from zlib import crc32

import cbor2

from briefbook.publishing.search_shard import (
    FIELDS,
    MARK,
    Library,
    Listing,
    Shard,
    Word,
    blocks_of,
    no_collecting,
    start_of_list,
)

# What a reader loads to look for one word, in bytes before it is packed, as Pagefind has it: half
# would double the files, twice would double what a phone loads for each word typed.
_CHUNK = 64 * 1024
# A chunk also begins with one word in so many: the words after it are then cut as they were, though
# those before it have grown.
_BEGINNING = 64
# Digits of a name; the names of all pages are loaded before the first search.
_DIGITS = 10
# From 1 to 9. 6 takes three more seconds for 10,000 entries, and saves an eighth of what a reader
# loads for a word (27 instead of 31 kB).
_PACKING = 1
_THREE = start_of_list(3)
_NONE = start_of_list(0)

Files = dict[str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an index tells of a shard, beside its words and what is shown of its pages."""

    pages: tuple[tuple[str, int, str], ...]  # digest of its fragment, how many words, and date
    filters: tuple[tuple[str, str, tuple[int, ...]], ...]  # as in `Shard`


def summary(shard: Shard) -> Summary:
    """Return the summary of a shard."""
    told = ((_digest(page.fragment), page.words, page.date) for page in shard.pages)
    return Summary(pages=tuple(told), filters=shard.filters)


def starts(summaries: Iterable[Summary]) -> list[int]:
    """Return the number of the first page of each shard, and behind the last how many there are."""
    return list(accumulate((len(each.pages) for each in summaries), initial=0))


def make_files(
    summaries: Sequence[Summary],
    words: Iterable[Word],
    fragment: Callable[[int, int], bytes],
    library: Library,
) -> tuple[Files, frozenset[str]]:
    """Return the files of an index by path, and which of them are named by their content.

    Args:
        summaries: Of at least one shard, in order of arrival.
        words: Of all shards together.
        fragment: Takes the number of a shard and of a page there, and returns its fragment.
        library: What reads the index, made for the same language.
    """
    files: Files = {}
    known: dict[str, str] = {}  # digests by path

    def add(path: str, digest: str, content: Callable[[], bytes]) -> str:
        """Add a file named by a digest, and return what it is known by."""
        name = f"{library.language}_{digest[:_DIGITS]}"
        if known.setdefault(path.format(name), digest) != digest:
            name = f"{library.language}_{digest}"
            known[path.format(name)] = digest
        files[path.format(name)] = content
        return name

    def add_packed(path: str, content: bytes) -> str:
        return add(path, _digest(content), partial(_packed, content))

    placed = list(zip(starts(summaries), summaries, strict=False))
    pages = [
        [add("fragment/{}.pf_fragment", digest, partial(fragment, shard, page)), count]
        for shard, (_, told) in enumerate(placed)
        for page, (digest, count, _) in enumerate(told.pages)
    ]
    with no_collecting():
        chunks = [
            [first, last, add_packed("index/{}.pf_index", content)]
            for first, last, content in _chunks(words)
        ]
    filters = [
        [name, add_packed("filter/{}.pf_filter", cbor2.dumps([name, values]))]
        for name, values in _filters(placed)
    ]
    table = [library.version, pages, chunks, filters, _sorts(placed), list(FIELDS)]
    known_by = add_packed("pagefind.{}.pf_meta", cbor2.dumps(table))
    contents = _contents(library, known_by, len(pages))
    rest = {**library.files, "pagefind-entry.json": contents}
    files |= {path: partial(bytes, content) for path, content in rest.items()}
    return files, frozenset(known)


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


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


# --------------------------------------------------------------------------- filters and order


def _filters(placed: Iterable[tuple[int, Summary]]) -> Iterator[tuple[str, list[list[object]]]]:
    """Yield each filter by name, with its values and their pages."""
    found: dict[str, dict[str, list[int]]] = {}
    for start, shard in placed:
        for name, value, pages in shard.filters:
            listed = found.setdefault(name, {}).setdefault(value, [])
            listed += [start + page for page in pages]
    for name, values in sorted(found.items()):
        yield name, [[value, pages] for value, pages in sorted(values.items())]


def _sorts(placed: Iterable[tuple[int, Summary]]) -> list[list[object]]:
    """Return the pages by date, the oldest first; those of one day by arrival."""
    dated = sorted(
        (date, start + number)
        for start, shard in placed
        for number, (_, _, date) in enumerate(shard.pages)
        if date
    )
    return [["date", [number for _, number in dated]]] if dated else []


# --------------------------------------------------------------------------- words


def merged(shards: Iterable[tuple[int, Iterable[Word]]]) -> Iterator[Word]:
    """Yield each word of some shards in order, with all pages on which it stands.

    What was merged can be merged with what comes behind it.

    Args:
        shards: The number of the first page of each, in order, and its words.
    """
    # No two of the same word start at the same page, so nothing else is compared.
    everything = heapq.merge(*(_placed(*each) for each in shards))
    for word, group in groupby(everything, key=itemgetter(0)):
        listed: list[tuple[int, Listing]] = []
        spellings: dict[str, list[tuple[int, Listing]]] = {}
        for _, start, (_, listing, spelled) in group:
            listed.append((start, listing))
            for spelling, also in spelled:
                spellings.setdefault(spelling, []).append((start, also))
        spelt = [(each, _joined(also)) for each, also in sorted(spellings.items())]
        yield word, _joined(listed), spelt


def merged_blocks(shards: Iterable[tuple[int, Iterable[Word]]]) -> tuple[bytes, ...]:
    """Return what `merged` yields as `words_in` reads it."""
    with no_collecting():
        return tuple(blocks_of(merged(shards)))


def _placed(start: int, words: Iterable[Word]) -> Iterator[tuple[str, int, Word]]:
    for word in words:
        yield word[0], start, word


def _joined(listed: Iterable[tuple[int, Listing]]) -> Listing:
    """Return the pages of all; of each shard only the first is counted from another one."""
    total, first, before = 0, 0, 0
    parts: list[bytes] = []
    for start, (count, begins, ends, rest) in listed:
        if count:
            if total:
                parts += (_THREE, cbor2.dumps(start + begins - before), rest)
            else:
                first = start + begins
                parts.append(rest)
            total += count
            before = start + ends
    return total, first, before, b"".join(parts)


def _written(word: Word) -> bytes:
    """Return a word as it stands in a chunk."""
    text, listing, spelled = word
    parts = [_THREE, cbor2.dumps(text), *_listed(listing), start_of_list(len(spelled))]
    for spelling, also in spelled:
        parts += (start_of_list(2), cbor2.dumps(spelling), *_listed(also))
    return b"".join(parts)


def _listed(listing: Listing) -> tuple[bytes, ...]:
    count, first, _, rest = listing
    return (start_of_list(count), _THREE, cbor2.dumps(first), rest) if count else (_NONE,)


def _chunks(words: Iterable[Word]) -> Iterator[tuple[str, str, bytes]]:
    """Yield chunks with their first and last word."""
    held: list[tuple[str, bytes]] = []
    size = 0
    for word in words:
        written = _written(word)
        if held and (size + len(written) > _CHUNK or _begins(word[0])):
            yield _chunk(held)
            held, size = [], 0
        held.append((word[0], written))
        size += len(written)
    if held:
        yield _chunk(held)


def _begins(word: str) -> bool:
    return crc32(word.encode()) % _BEGINNING == 0


def _chunk(held: Sequence[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    content = b"".join([start_of_list(1), start_of_list(len(held)), *(word for _, word in held)])
    return held[0][0], held[-1][0], content
