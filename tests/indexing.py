"""An index of words, made in no time, for tests of what is indexed when; Pagefind has its own."""

import re
from collections.abc import Callable, Sequence

import pytest

from briefbook import searching
from briefbook.model import OutputFile
from briefbook.publishing import search, search_index, search_shard
from briefbook.publishing.search_index import merged
from briefbook.publishing.search_shard import IndexedPage, Library, Shard, Word, blocks_of

LIBRARY = Library(version="1", language="en", wasm=None, characters=(), files={"own.js": b"own"})


_make_files = search_index.make_files  # most tests have another one


def index_words(
    monkeypatch: pytest.MonkeyPatch,
    make_shard: Callable[[Sequence[OutputFile], str], Shard] | None = None,
) -> None:
    """Have shards of two pages each that know which words these have."""
    monkeypatch.setattr(search_shard, "make_shard", make_shard or words_of)
    monkeypatch.setattr(search_shard, "make_library", lambda language: LIBRARY)
    monkeypatch.setattr(search_index, "make_files", _make_files)
    monkeypatch.setattr(search, "LEAST", 2)
    monkeypatch.setattr(search, "MOST", 2)
    monkeypatch.setattr(searching, "BEHIND", 1)
    monkeypatch.setattr(searching, "MOST_BEHIND", 2)


def words_of(pages: Sequence[OutputFile], _: str) -> Shard:
    """Return a shard that knows which words its pages have."""
    told = (re.findall(r"\w+", re.sub("<[^<>]*>", " ", page.content.decode())) for page in pages)
    words = [(number, [*map(_word, sorted({*each}))]) for number, each in enumerate(told)]
    indexed = (IndexedPage(fragment=page.content, words=2, date="") for page in pages)
    return Shard(pages=tuple(indexed), blocks=tuple(blocks_of(merged(words))), filters=())


def _word(text: str) -> Word:
    """Return a word of the first page."""
    return text, (1, 0, 0, b"in the text"), ()
