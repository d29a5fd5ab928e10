"""A shard of the search index: what Pagefind makes of some pages, in a form that can be joined.

In: the pages of a few hundred entries. Out: a `Shard`, the same for the same pages; all that
Pagefind leaves to chance (the numbers of pages, the order of lists, the names of files) is gone.
Pagefind holds all it indexes in memory, some 350 kB a page, and makes every index anew; so it is
given few pages at a time, and a shard whose pages have not changed is not made again.

Source: Pagefind 1.5, whose files are CBOR behind a mark, packed with gzip. A word is
`[word, pages, [[spelling, pages], …]]`, where pages are `[number, places, fields]`, each number
counted from the one before. The program is run, not its Python interface, which waits a tenth of a
second for each page.
"""

import gc
import gzip
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import cbor2
from pagefind.service import get_executable

from briefbook.model import OutputFile

MARK = b"pagefind_dcd"
# What our pages say of themselves, in this order in each index: shards can be joined only where the
# number of a field means the same in all. Other fields are shown, but their words are not searched.
FIELDS = ("date", "language", "outlet", "title")
_CONTENTS = "pagefind-entry.json"
# Pagefind makes nothing of pages without words, so one more has some; it is not kept.
_OWN = OutputFile(
    path="briefbook.html",
    content=b"<html><body data-pagefind-body>Briefbook</body></html>",
    made_from="nothing",
)
_SORTED = re.compile(rb'data-pagefind-sort="date:([^"]*)"')
# Words of a shard are read while it is joined, so many at a time.
_BLOCK = 512
# Longer than any shard takes; a program that hangs must not hang the build.
_SECONDS = 600

# The pages on which a word stands: how many, number of the first and of the last, and as CBOR the
# places on the first and all that follows. So numbers can be moved on without reading the rest.
Listing = tuple[int, int, int, bytes]
# A word, the pages on which it stands, and those of each spelling of it.
Word = tuple[str, Listing, Sequence[tuple[str, Listing]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedPage:
    """One page that can be found."""

    fragment: bytes  # what is shown of it, packed
    words: int  # how many it has
    date: str  # ISO; "": it has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """What is known of some pages, numbered from 0 in the order in which they were given."""

    pages: tuple[IndexedPage, ...]
    blocks: tuple[bytes, ...]  # CBOR of lists of `Word`, together in order of words
    filters: tuple[tuple[str, str, tuple[int, ...]], ...]  # name, value and pages, sorted


def words_in(blocks: Iterable[bytes]) -> Iterator[Word]:
    """Yield the words of blocks in order, with the pages on which they stand."""
    for block in blocks:
        yield from cbor2.loads(block)


def blocks_of(words: Iterable[Word]) -> Iterator[bytes]:
    """Yield words as blocks of CBOR."""
    everything = iter(words)
    while block := list(islice(everything, _BLOCK)):
        yield cbor2.dumps(block)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What the search page needs to read an index, whatever it is about."""

    version: str
    language: str
    wasm: str | None  # the language whose endings it knows; None: it knows none
    characters: tuple[str, ...]  # that belong to words though they are no letters, sorted
    files: Mapping[str, bytes]  # by path


def make_shard(pages: Sequence[OutputFile], language: str) -> Shard:
    """Index some pages; a pure function of them.

    Args:
        pages: Pages that can be found, at least one, each at an address of its own.
        language: That of the site, such as "en".

    Raises:
        OSError, subprocess.SubprocessError: Pagefind is not there, or it failed.
    """
    made = _run(pages, language)
    (table,) = (_unpacked(made[path]) for path in made if path.endswith(".pf_meta"))
    named = ((made[f"fragment/{name}.pf_fragment"], words) for name, words in table[1])
    found = {_url(fragment): (fragment, words) for fragment, words in named}
    # Not those that have no word.
    kept = {_address(page): page for page in pages if _address(page) in found}
    ours = {address: number for number, address in enumerate(kept)}
    numbers = [ours.get(address) for address in found]
    fields = [FIELDS.index(name) if name in FIELDS else None for name in table[5]]
    with no_collecting():
        chunks = (_unpacked(made[f"index/{name}.pf_index"])[0] for _, _, name in table[2])
        words = sorted(_words(chunks, numbers, fields), key=itemgetter(0))
    return Shard(
        pages=tuple(
            IndexedPage(fragment=fragment, words=words, date=_date(page))
            for page, (fragment, words) in ((kept[each], found[each]) for each in kept)
        ),
        blocks=tuple(blocks_of(words)),
        filters=tuple(sorted(_filters(made, numbers))),
    )


def make_library(language: str) -> Library:
    """Return what reads an index; a pure function of the Pagefind that is installed.

    Args:
        language: That of the site, such as "en".

    Raises:
        OSError, subprocess.SubprocessError: Pagefind is not there, or it failed.
    """
    made = _run((), language)
    contents = json.loads(made[_CONTENTS])
    ((name, told),) = contents["languages"].items()
    return Library(
        version=contents["version"],
        language=name,
        wasm=told["wasm"],
        characters=tuple(sorted(contents["include_characters"])),
        # Pagefind brings user interfaces along; the search page has its own.
        files={
            path: content
            for path, content in sorted(made.items())
            if path in ("pagefind.js", "pagefind-worker.js") or path.startswith("wasm.")
        },
    )


# --------------------------------------------------------------------------- running Pagefind


def _run(pages: Sequence[OutputFile], language: str) -> dict[str, bytes]:
    """Return the files that Pagefind makes of some pages, by path."""
    program = get_executable()
    if program is None:
        raise FileNotFoundError("there is no program pagefind")
    with tempfile.TemporaryDirectory() as folder:
        site, made = Path(folder, "site"), Path(folder, "made")
        for page in (*pages, _OWN):
            file = site / page.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page.content)
        where = ("--site", str(site), "--output-path", str(made))
        spoken = ("--force-language", language.partition("-")[0])
        _command((str(program.resolve()), *where, *spoken, "--silent"), folder)
        files = (path for path in made.rglob("*") if path.is_file())
        return {path.relative_to(made).as_posix(): path.read_bytes() for path in files}


def _command(words: Sequence[str], folder: str) -> None:
    """Run a command in a folder and an environment that hold settings of no other site.

    Raises:
        OSError, subprocess.SubprocessError: It cannot be run, or it failed.
    """
    done = subprocess.run(words, cwd=folder, env={}, capture_output=True, timeout=_SECONDS)
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").split()
        raise OSError(f"Pagefind failed: {' '.join(said) or done.returncode}")


def _unpacked(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(MARK))


def _url(fragment: bytes) -> str:
    return str(json.loads(gzip.decompress(fragment).removeprefix(MARK))["url"])


def _address(page: OutputFile) -> str:
    return "/" + page.path.removesuffix("index.html")


def _date(page: OutputFile) -> str:
    match = _SORTED.search(page.content)
    return match[1].decode() if match else ""


# --------------------------------------------------------------------------- leaving chance out


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep Python from looking for circles in a million short lists of numbers, which have none.

    It would take as long again as most that is done with them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _filters(
    made: Mapping[str, bytes], numbers: Sequence[int | None]
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    for path, content in made.items():
        if path.endswith(".pf_filter"):
            name, values = _unpacked(content)
            for value, pages in values:
                moved = (numbers[page] for page in pages)
                yield name, value, tuple(sorted(page for page in moved if page is not None))


def _words(
    chunks: Iterable[Any], numbers: Sequence[int | None], fields: Sequence[int | None]
) -> Iterator[Word]:
    for chunk in chunks:
        for word, pages, spellings in chunk:
            spelled = ((each, _listing(also, numbers, fields)) for each, also in spellings)
            kept = sorted(each for each in spelled if each[1][0])
            listing = _listing(pages, numbers, fields)
            if listing[0] or kept:
                yield word, listing, kept


def _listing(
    pages: Sequence[Any], numbers: Sequence[int | None], fields: Sequence[int | None]
) -> Listing:
    """Return the pages of a word, by our numbers instead of those of Pagefind."""
    was, found = 0, []
    for step, places, placed in pages:
        was += step
        number = numbers[was]
        in_fields = _in_fields(placed, fields) if placed else placed
        if number is not None and (places or in_fields):
            found.append((number, places, in_fields))
    if not found:
        return 0, 0, 0, b""
    found.sort(key=itemgetter(0))
    before, listed = 0, []
    for now, places, in_fields in found:
        listed.append((now - before, places, in_fields))
        before = now
    first, start = found[0][0], start_of_list(len(found)) + start_of_list(3)
    return len(found), first, before, cbor2.dumps(listed)[len(start) + len(cbor2.dumps(first)) :]


def start_of_list(length: int) -> bytes:
    """Return what a list of a length starts with in CBOR.

    Source: RFC 8949, section 3.1, major type 4.
    """
    if length < 24:
        return bytes([0x80 + length])
    for mark, size in ((0x98, 1), (0x99, 2), (0x9A, 4)):
        if length < 1 << 8 * size:
            return bytes([mark]) + length.to_bytes(size, "big")
    raise OverflowError(length)


def _in_fields(placed: Sequence[int], fields: Sequence[int | None]) -> list[int]:
    """Return places in fields: below 0 stands the field, then its places follow."""
    found: list[int] = []
    field: int | None = None
    for number in placed:
        if number < 0:
            field = fields[-number - 1]
        if field is not None:
            found.append(-field - 1 if number < 0 else number)
    return found
