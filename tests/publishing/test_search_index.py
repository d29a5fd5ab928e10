"""An index joined from shards says what the index of all pages at once would say."""

import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.model import OutputFile
from briefbook.publishing import search_shard
from briefbook.publishing.search_index import make_files, merged, starts, summary
from briefbook.publishing.search_shard import (
    MARK,
    Library,
    Shard,
    Word,
    blocks_of,
    make_library,
    make_shard,
    start_of_list,
    words_in,
)

pytestmark = pytest.mark.search

Files = dict[str, bytes]

# Title, outlet ("": unknown), day and text: some words on several pages, some in two spellings.
TEXTS = (
    ("Ferry sails again", "Port Times", "2026-05-03", "The night ferry left the café at the quay."),
    ("Barley harvest", "", "2026-05-01", "Farmers brought in barley; the ferry carried it."),
    (
        "항만 준설 공사",
        "항구일보",
        "2026-05-02",
        "항만 준설 공사가 다시 시작됐다. The ferry waits.",
    ),
    ("Cafe closes", "Field Gazette", "", "The cafe on the quay closes, the harbour office said."),
    ("Quay repaired", "Port Times", "2026-04-30", "Ferry after ferry used the quay, farmers said."),
)


def page(number: int) -> OutputFile:
    title, outlet, day, text = TEXTS[number]
    name = f'<p data-pagefind-filter="outlet" data-pagefind-meta="outlet">{outlet}</p>'
    date = f' data-pagefind-sort="date:{day}"' if day else ""
    content = (
        f'<html><body><article data-pagefind-body data-pagefind-meta="language:en"{date}>'
        f"<h1>{title}</h1>{name if outlet else ''}<p>{text}</p></article></body></html>"
    )
    path = f"briefings/{chr(ord('e') - number)}/index.html"
    return OutputFile(path=path, content=content.encode(), made_from=f"entry {number}")


PAGES = tuple(map(page, range(len(TEXTS))))


def unpacked(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(MARK))


def table(files: Files) -> Any:
    (found,) = (unpacked(files[path]) for path in files if path.endswith(".pf_meta"))
    return found


def addresses(files: Files) -> list[str]:
    """Return the address of each page by its number."""
    packed = [files[f"fragment/{name}.pf_fragment"] for name, _ in table(files)[1]]
    plain = (gzip.decompress(each).removeprefix(MARK) for each in packed)
    return [json.loads(each)["url"] for each in plain]


def said(files: Files) -> dict[str, object]:
    """Return all that an index says, by address instead of by number."""
    where, names = addresses(files), table(files)[5]

    def stands(pages: Sequence[Any]) -> dict[str, object]:
        found: dict[str, object] = {}
        number = 0
        for step, places, placed in pages:
            number += step
            in_fields = [names[-each - 1] if each < 0 else each for each in placed]
            found[where[number]] = (places, in_fields)
        return found

    words = {}
    for first, last, name in table(files)[2]:
        (chunk,) = unpacked(files[f"index/{name}.pf_index"])
        assert (chunk[0][0], chunk[-1][0]) == (first, last)
        for word, pages, spellings in chunk:
            words[word] = (stands(pages), {also: stands(found) for also, found in spellings})
    filters = {
        name: {
            value: {where[each] for each in pages}
            for value, pages in unpacked(files[f"filter/{known_by}.pf_filter"])[1]
        }
        for name, known_by in table(files)[3]
    }
    return {
        "words": words,
        "filters": filters,
        "order": {name: [where[each] for each in pages] for name, pages in table(files)[4]},
        "length": {where[n]: words for n, (_, words) in enumerate(table(files)[1])},
        "version": table(files)[0],
        "library": {path: content for path, content in files.items() if "/" not in path}.keys()
        - {path for path in files if path.endswith(".pf_meta")},
    }


def join(shards: Sequence[Shard], library: Library, words: Iterable[Word] | None = None) -> Files:
    """Return all files of an index that is joined at once, or of words that were merged before."""
    summaries = [summary(shard) for shard in shards]
    each = (words_in(shard.blocks) for shard in shards)
    made, _ = make_files(
        summaries,
        merged(zip(starts(summaries), each, strict=False)) if words is None else words,
        lambda shard, page: shards[shard].pages[page].fragment,
        library,
    )
    return {path: content() for path, content in made.items()}


def joined(*shards: Sequence[OutputFile]) -> Files:
    return join([make_shard(shard, "en") for shard in shards], make_library("en"))


def test_shards_together_say_what_pagefind_says_of_all_pages_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_shard, "_OWN", PAGES[0])
    made = search_shard._run(PAGES, "en")
    monkeypatch.undo()
    expected = {
        path: content
        for path, content in made.items()
        if not path.startswith(("pagefind-ui", "pagefind-modular", "pagefind-comp", "pagefind-h"))
    }
    assert said(joined(PAGES[:2], PAGES[2:3], PAGES[3:])) == said(expected)
    assert said(joined(PAGES)) == said(expected)


def test_pages_are_numbered_and_dated_by_arrival() -> None:
    files = joined(PAGES[:3], PAGES[3:])
    assert addresses(files) == [f"/briefings/{name}/" for name in "edcba"]
    assert table(files)[4] == [["date", [4, 1, 2, 0]]]


def test_the_same_shards_give_the_same_bytes_whenever_they_were_made() -> None:
    first = joined(PAGES[:2], PAGES[2:])
    library, last = make_library("en"), make_shard(PAGES[2:], "en")
    # As if the second had been made in a build before, when it was the only one.
    join([last], library)
    assert join([make_shard(PAGES[:2], "en"), last], library) == first


def test_what_was_merged_of_the_first_shards_can_be_merged_with_the_last() -> None:
    shards = [make_shard([each], "en") for each in PAGES]
    library = make_library("en")
    at = starts(map(summary, shards))
    blocks: tuple[bytes, ...] = ()
    for number, shard in enumerate(shards):
        # Kept and read again, as from one build to the next.
        before = words_in(blocks)
        blocks = tuple(blocks_of(merged([(0, before), (at[number], words_in(shard.blocks))])))
    assert join(shards, library, words_in(blocks)) == join(shards, library)


def test_one_more_page_changes_only_the_chunks_of_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("briefbook.publishing.search_index._CHUNK", 1)  # a word each
    before, after = joined(PAGES[:3], PAGES[3:4]), joined(PAGES[:3], PAGES[3:])
    new = {path for path in after if path.endswith(".pf_index")} - before.keys()
    everything = [path for path in after if path.endswith(".pf_index")]
    assert 0 < len(new) < len(everything) / 2
    for path in new:
        (((_, pages, spelled),),) = unpacked(after[path])
        numbers = [sum(step for step, _, _ in found) for _, found in [("", pages), *spelled]]
        assert 4 in numbers


def test_a_word_is_in_one_chunk_however_many_shards_have_it() -> None:
    files = joined(*([page] for page in PAGES))
    words = [word for path in files if path.endswith(".pf_index") for word in words_of(files[path])]
    assert len(words) == len({*words}) > 20
    assert list(said(files)["words"]["ferri"][0]) == [  # type: ignore[index] # as said() makes it
        f"/briefings/{name}/" for name in "edca"
    ]


def words_of(chunk: bytes) -> list[str]:
    return [word for word, _, _ in unpacked(chunk)[0]]


def test_chunks_are_cut_where_they_grow_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = said(joined(PAGES))
    monkeypatch.setattr("briefbook.publishing.search_index._CHUNK", 100)
    files = joined(PAGES[:2], PAGES[2:])
    assert len([path for path in files if path.endswith(".pf_index")]) > 3
    assert said(files) == whole


def test_a_field_of_somebodys_own_template_is_shown_and_not_searched() -> None:
    own = PAGES[0].content.replace(b"<h1>", b'<p data-pagefind-meta="mood:glad"></p><h1>')
    shard = make_shard([OutputFile(path="a/index.html", content=own, made_from="entry a")], "en")
    assert b'"mood":"glad"' in gzip.decompress(shard.pages[0].fragment)
    words = [word for word, _, _ in words_in(shard.blocks)]
    assert "glad" not in words
    assert "sail" in words


def test_two_files_of_the_same_short_name_are_both_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefbook.publishing.search_index._DIGITS", 0)
    files = joined(PAGES[:2], PAGES[2:])
    assert addresses(files) == [f"/briefings/{name}/" for name in "edcba"]


def test_settings_around_a_build_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = joined(PAGES)
    (tmp_path / "pagefind.yml").write_text("exclude_selectors: [h1]\nsite: elsewhere\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "h1")
    assert joined(PAGES) == expected


def test_a_page_without_words_is_left_out() -> None:
    bare = b"<html><body data-pagefind-body data-pagefind-meta='language:en'>...</body></html>"
    mute = OutputFile(path="briefings/mute/index.html", content=bare, made_from="entry mute")
    assert make_shard([mute, *PAGES], "en") == make_shard(PAGES, "en")
    assert joined([mute], PAGES) == joined(PAGES)
    assert addresses(joined([mute])) == []


def test_what_pagefind_says_when_it_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho the disk is full >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(search_shard, "get_executable", lambda: program)
    with pytest.raises(OSError, match=r"^Pagefind failed: the disk is full$"):
        make_shard(PAGES, "en")


@given(st.integers(0, 70_000))
def test_a_list_starts_as_cbor_says(length: int) -> None:
    assert cbor2.dumps([0] * length).startswith(start_of_list(length))
    assert len(cbor2.dumps([0] * length)) == len(start_of_list(length)) + length
