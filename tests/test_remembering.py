"""What has not changed since the build before is not made again, and what is made is the same."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import cast

import pytest

from briefbook import material, publishing
from briefbook.build import Prepared, prepare, preview
from briefbook.keeping import Kept
from briefbook.model import Article, OutputFile
from briefbook.options import Options
from briefbook.publishing import address_of, search, search_shard
from briefbook.publishing.loading import Compiled
from briefbook.publishing.search_shard import Shard
from briefbook.remembering import FOLDER, Calls, Memory, Question, Store, questions
from briefbook.searching import Pages, index_site
from briefbook.texts import Texts
from briefbook.worker import Call
from briefbook.working import Workers
from tests.conftest import TWO, Folder

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


SOURCE = "sources/ferry.txt"


def again(folder: Folder, kept: Kept) -> Prepared:
    return preview(folder.root, Options(now=NOW), kept).prepared


def made(kept: Kept) -> dict[str, int]:
    """What the last build did, how often."""
    return dict(kept.calls.done + kept.composition.memory.made)


def test_a_second_build_of_the_same_does_nothing_again(site: Callable[[str], Folder]) -> None:
    folder, kept = site(TWO), Kept()
    again(folder, kept)
    assert kept.calls.done["parse"] == 2
    again(folder, kept)  # the entries are new to it: it has only written them
    again(folder, kept)
    assert made(kept) == {}


def test_one_changed_source_is_the_one_text_that_is_read_parsed_and_traced_again(
    site: Callable[[str], Folder],
) -> None:
    folder, kept = site(TWO), Kept()
    again(folder, kept)
    again(folder, kept)
    folder.edit("sources/ferry.txt", "twice a day from June. The", "three times a day. The")
    files = again(folder, kept).files
    done = made(kept)
    assert [done.get(each) for each in ("make_source", "parse", "sentences")] == [1, 1, 1]
    # Those on which it stands; its month, the search page and others are as they were.
    assert 0 < done["links"] < len(files)


def test_an_edited_headline_parses_no_text_again(site: Callable[[str], Folder]) -> None:
    folder, kept = site(TWO), Kept()
    again(folder, kept)
    again(folder, kept)
    (ferry,) = (path for path in folder.entries() if "ferry" in path)
    folder.edit(ferry, 'title: "Ferry runs twice a day from June"', 'title: "More ferries"')
    again(folder, kept)
    done = made(kept)
    assert [done.get(each) for each in ("load_entry", "sentences", "parse")] == [1, 1, None]
    assert done["links"] > 0


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("title: Farming", "title: Fields"),
        ("topics:\n", "topics:\n  - {slug: fields, title: Fields, words: [barley]}\n"),
        ("harbour.example", "quay.example"),
    ],
)
def test_other_settings_of_a_site_parse_no_text_again(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch, was: str, now: str
) -> None:
    folder = site(TWO)
    folder.build()
    folder.build()
    folder.edit("site.yaml", was, now)
    parsed: list[str] = []
    parse = Texts._parse

    def counting(texts: Texts, path: str) -> Article:
        parsed.append(path)
        return parse(texts, path)

    monkeypatch.setattr(Texts, "_parse", counting)
    folder.build()
    assert parsed == []
    folder.edit("sources/ferry.txt", "twice a day from June. The", "three times a day. The")
    folder.build()
    assert parsed == ["sources/ferry.txt"]


def test_only_other_settings_of_outlets_compare_stories_again(
    site: Callable[[str], Folder],
) -> None:
    folder, kept = site(TWO), Kept()
    again(folder, kept)
    again(folder, kept)
    folder.edit("site.yaml", "title: Harbour Brief", "title: Harbour News")
    again(folder, kept)
    assert "story" not in made(kept)
    spelled = "outlets:\n  - {name: Harbour Post, aliases: [HP]}\ntopics:\n"
    folder.edit("site.yaml", "topics:\n", spelled)
    again(folder, kept)
    assert made(kept)["story"] == 2


def test_a_header_and_a_time_zone_count_as_changes(site: Callable[[str], Folder]) -> None:
    folder, kept = site(TWO), Kept()
    again(folder, kept)
    folder.write("sources/ferry.txt", "---\noutlet: Other Post\n---\n" + folder.read(SOURCE))
    assert "Other Post" in {one.outlet for one in again(folder, kept).public.values()}
    folder.edit("site.yaml", "Asia/Seoul", "America/New_York")
    again(folder, kept)
    assert kept.calls.done["make_source"] == kept.calls.done["load_entry"] == 2


def test_what_is_gone_is_forgotten(site: Callable[[str], Folder]) -> None:
    folder, kept = site(TWO), Kept()
    again(folder, kept)
    was = folder.read(SOURCE)
    folder.delete(SOURCE)
    again(folder, kept)
    again(folder, kept)
    folder.write(SOURCE, was)
    again(folder, kept)
    assert kept.calls.done["parse"] == 1


def test_mistakes_are_told_each_time(site: Callable[[str], Folder]) -> None:
    folder, kept = site(TWO), Kept()
    folder.write("sources/none.txt", "")
    first = again(folder, kept).problems
    assert [str(p.place) for p in first] == ["sources/none.txt"]
    assert again(folder, kept).problems == first


def test_a_preview_with_a_memory_is_the_site_that_a_build_makes(
    site: Callable[[str], Folder],
) -> None:
    folder, kept = site(TWO), Kept()
    again(folder, kept)
    folder.edit("sources/ferry.txt", "outer islands", "inner islands")
    folder.edit("site.yaml", "title: Harbour Brief", "title: Harbour News")
    seen = again(folder, kept).files
    assert seen == prepare(folder.root, Options(now=NOW, drafts=True)).files


def test_a_preview_shows_drafts_and_publishes_nothing(site: Callable[[str], Folder]) -> None:
    folder = site(TWO)
    again(folder, Kept())
    (ferry,) = (path for path in folder.entries() if "ferry" in path)
    folder.edit(ferry, "status: published", "status: draft")
    seen = again(folder, Kept())
    assert seen.public.keys() >= {Path(ferry).stem}
    assert not (folder.root / "published.txt").exists()
    assert not (folder.root / "_site").exists()


def test_of_many_calls_only_those_are_made_that_are_not_remembered() -> None:
    memory = Calls()
    with Workers(2) as workers:
        for last, made in ((20, 20), (30, 10), (30, 0)):
            memory.start_build()
            calls: list[tuple[str, Call]] = [(str(n), (n, 7)) for n in range(last)]
            results = memory.call_many(divmod, calls, workers, lambda *_: 1.0)
            assert list(results) == [divmod(n, 7) for n in range(last)]
            assert memory.done["divmod"] == made
        memory.start_build()
        changed: list[tuple[str, Call]] = [(str(n), (n, 5 if n % 2 else 7)) for n in range(30)]
        results = memory.call_many(divmod, changed, workers, lambda *_: 1.0)
        assert list(results) == [divmod(n, 5 if n % 2 else 7) for n in range(30)]
        assert memory.done["divmod"] == 15


def test_the_search_index_is_made_again_when_an_entry_page_has_changed(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[list[str]] = []

    def make_shard(pages: Sequence[OutputFile], language: str) -> Shard:
        made.append([page.path for page in pages])
        return Shard(pages=(), blocks=(), filters=())

    monkeypatch.setattr(search, "LEAST", 1)
    monkeypatch.setattr(search, "MOST", 1)
    monkeypatch.setattr(search_shard, "make_shard", make_shard)
    folder, kept, index = site(TWO), Kept(), Store(None, "")

    def make_index(prepared: Prepared) -> None:
        files = {address_of(file.path): file.content for file in prepared.files}
        pages = Pages(entries=lambda: sorted(files), changed=None, content=files.get)
        index_site(pages, prepared.site, index)

    make_index(again(folder, kept))
    assert len(made) == 2
    folder.write("published.txt", "# a note\n")
    make_index(again(folder, kept))
    assert len(made) == 2
    folder.edit("sources/ferry.txt", "outer islands", "inner islands")
    make_index(again(folder, kept))
    assert [path for shard in made[2:] for path in shard if "ferry" in path] == made[-1]


def doubled(text: str, times: int) -> str:
    return text * times


def test_large_answers_are_written_as_they_are_made_and_are_read_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "_EASED_AT", 2)
    monkeypatch.setattr(questions, "_AT_A_TIME", 3)
    sent: list[tuple[object, ...]] = []

    def each(far: Callable[..., str], given: Sequence[tuple[object, ...]]) -> Iterator[str]:
        sent.extend(given)
        return starmap(far, given)

    for version, to_be_made in ((1, 5), (2, 1), (2, 0)):
        texts = {"a": "a1", "b": "b1", "c": f"c{version}", "d": "d1", "e": "e1"}
        store = Store(tmp_path, "code")
        memory = Memory(store)
        told = memory.told("told")
        two_of = partial(_two_of, told)
        asked = memory.far_question("doubled", two_of, doubled, is_large=True)
        for key, text in texts.items():
            memory.tell(told, key, text)
        sent.clear()
        memory.ask_all(asked, texts, each)
        assert len(sent) == to_be_made
        assert {key: asked(key) for key in texts} == {k: text * 2 for k, text in texts.items()}
        memory.save()
        assert {key: asked(key) for key in texts} == {k: text * 2 for k, text in texts.items()}
        store.close()


def _two_of(told: Question[str], key: str) -> tuple[str, int]:
    return told(key), 2


def _led(told: Question[str], _: str) -> str:
    return told(told("way"))


def test_what_was_made_from_another_thing_for_a_while_is_still_made_anew(tmp_path: Path) -> None:
    texts = {"way": "a", "a": "1", "b": "1"}
    for changes, answer, times in (
        ({}, "1", 1),
        ({"b": "2"}, "1", 0),
        ({"way": "b"}, "2", 1),
        ({"a": "3"}, "2", 0),
        ({"b": "4"}, "4", 1),
        ({"way": "a"}, "3", 1),
        ({"b": "5"}, "3", 0),
        ({"a": "6"}, "6", 1),
    ):
        texts |= changes
        store = Store(tmp_path, "code")
        memory = Memory(store)
        told = memory.told("told")
        led = memory.question("led", partial(_led, told))
        for key, text in texts.items():
            memory.tell(told, key, text)
        assert led("") == answer
        assert memory.made["led"] == times
        memory.save()
        store.close()


def test_that_what_was_made_is_published_now_makes_nothing_anew(
    site: Callable[[str], Folder],
) -> None:
    folder = site(TWO)
    folder.build()
    kept = Kept(folder.root / FOLDER)
    prepared = prepare(folder.root, Options(now=NOW), kept=kept)
    assert kept.composition.memory.made == {}
    assert (prepared.composed.written, prepared.fresh) == ((), ())
    kept.keep()
    lines = folder.read("published.txt").splitlines()
    folder.write("published.txt", "\n".join(lines[1:]) + "\n")
    assert prepare(folder.root, Options(now=NOW), kept=kept).fresh == tuple(lines[:1])
    kept.close()


def test_what_is_published_is_no_news_where_only_few_files_are_read(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(material, "MOST", 9)
    folder = site(TWO)
    folder.build()
    folder.build()
    folder.edit(SOURCE, "outer islands", "inner islands")
    kept = Kept(folder.root / FOLDER)
    prepared = prepare(folder.root, Options(now=NOW), kept=kept)
    kept.close()
    assert prepared.composed.written
    assert prepared.fresh == ()


def test_a_build_after_others_compiles_no_template(site: Callable[[str], Folder]) -> None:
    publishing.forget_kept()  # of other sites
    folder = site(TWO)
    folder.build()
    known = dict(publishing.COMPILED)
    assert known
    for forgotten in (publishing.COMPILED, Compiled._known):
        forgotten.clear()
    folder.edit("sources/ferry.txt", "outer islands", "inner islands")
    folder.build()
    assert known == publishing.COMPILED


def test_of_templates_a_state_keeps_those_that_its_site_has_used(
    site: Callable[[str], Folder], tmp_path: Path
) -> None:
    publishing.forget_kept()
    folder = site(TWO)
    folder.build()
    used = _compiled_in(folder)
    assert used == publishing.COMPILED
    other = Folder(tmp_path / "other")
    for path in ("site.yaml", "sources/ferry.txt", "sources/barley.txt"):
        other.write(path, folder.read(path))
    other.write("templates/pages/about.html", "{% extends 'base.html' %}\n")
    other.build()
    about = publishing.COMPILED.keys() - used.keys()
    assert len(about) == 1
    folder.edit("site.yaml", "timezone: Asia/Seoul", "timezone: Europe/Oslo")
    folder.build()
    assert used.keys() < _compiled_in(folder).keys()
    assert not about & _compiled_in(folder).keys()


def _compiled_in(folder: Folder) -> dict[str, bytes]:
    with contextlib.closing(Kept(folder.root / FOLDER)) as kept:
        return cast(dict[str, bytes], kept.store.fact("compiled templates"))
