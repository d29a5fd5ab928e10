"""The verb add: from a text in the editor's hands to an entry, and never twice."""

import io
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from briefbook.text.hashes import line_hash

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    MakeSite = Callable[[str], Folder]
    Type = Callable[[bytes], None]

NOW = "2026-11-21T18:00:00Z"
FERRY = """\
Home / Harbour / Second ferry for the northern islands

Second ferry for the northern islands

By Mina Hart | March 3, 2026

A second ferry will serve the northern islands from May, the port authority said on Tuesday.

The ship carries eighty cars and makes the crossing in forty minutes, its captain said.

Fares stay as they are until the autumn, when the council will look at them again.

Also Read: Five harbours worth a detour
"""
ENTRY = "briefings/second-ferry-for-the-northern-islands.md"
OTHER = """\
-- sources/barley.txt --
Barley harvest begins early in the south

By Jon Falk | March 4, 2026

The barley harvest has begun two weeks early in the southern valleys, growers said on Wednesday.
"""


@pytest.fixture
def given(tmp_path: Path) -> Callable[..., str]:
    """Makes a file outside of the site, and returns its path."""

    def make(content: str | bytes, name: str = "ferry.txt") -> str:
        file = tmp_path / "downloads" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(file)

    return make


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> "Type":
    """Puts bytes into standard input."""

    def put(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return put


def add(folder: "Folder", *arguments: str) -> "Result":
    return folder.run("add", *arguments, "--now", NOW)


def facts(folder: "Folder", path: str = ENTRY) -> list[str]:
    """Return what an entry says, without what the program remembers of it under `parsed`."""
    front, _, body = folder.read(path).partition("\n---\n")
    return [front.partition("\nparsed:")[0], body]


def added(result: "Result") -> None:
    assert (result.code, result.err) == (0, ""), result.err


# --------------------------------------------------------------------------- what is made


def test_a_text_is_kept_to_the_byte_and_its_entry_is_the_one_a_build_makes(
    site: "MakeSite", given: Callable[..., str], tmp_path: Path
) -> None:
    folder = site(OTHER)
    folder.build()
    added(add(folder, given(FERRY)))
    assert folder.read("sources/ferry.txt") == FERRY
    by_add = facts(folder)
    folder.delete(ENTRY)
    folder.build()
    assert facts(folder) == by_add


def test_the_next_build_has_nothing_left_to_do_but_to_publish(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site(OTHER)
    folder.build()
    added(add(folder, given(FERRY)))
    before = facts(folder)
    result = folder.build()
    assert (result.code, result.err) == (0, "")
    assert re.search(r"entries new +0\n", result.out)
    assert facts(folder) == before
    assert "eighty cars" in folder.page("/briefings/second-ferry-for-the-northern-islands/")


def test_nothing_else_is_touched(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site(OTHER)
    folder.build()
    folder.write("sources/unbuilt.txt", "Orchards in bloom\n\nThe orchards bloom, growers said.\n")
    folder.edit("sources/barley.txt", "two weeks", "three weeks")
    before = folder.times()
    added(add(folder, given(FERRY)))
    new = {"sources/ferry.txt", ENTRY}
    after = folder.times()
    assert set(after) - set(before) == new
    assert {path: time for path, time in after.items() if path not in new} == before


def test_what_became_of_a_text_is_shown(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    result = add(folder, given(FERRY), "--outlet", "Harbour Wire")
    assert result.out == (
        f"{ENTRY}  made of sources/ferry.txt\n"
        "title     Second ferry for the northern islands\n"
        "outlet    Harbour Wire\n"
        "date      2026-03-03\n"
        "topics    port\n"
        "story     a new one\n"
        "\n"
        "sources/ferry.txt  7 lines: 3 b body, 2 m metadata, 2 d dropped\n"
        " 4 d  dropped   repeats the headline  "
        "Home / Harbour / Second ferry for the northern islands\n"
        "16 d  dropped   furniture: also read  Also Read: Five harbours worth a detour\n"
        "\n"
        "next      look at it with `briefbook serve`, publish it with `briefbook build`\n"
    )


def test_what_is_missing_is_said_with_what_would_say_it(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    text = "The quay opens at nine\n\nThe quay opens at nine from now on, and the gate is locked.\n"
    out = add(folder, given(text, "quay.txt")).out
    path = "briefings/the-quay-opens-at-nine.md"
    assert f"missing   no outlet: write outlet: … in {path}, or add with --outlet\n" in out
    assert (
        f"missing   no date: write published: 2026-11-21 in {path}, or add with --published\n"
        in (out)
    )


def test_flagged_lines_and_notes_are_shown(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    text = FERRY.replace("in forty minutes", "between April 22 to 2025")
    out = add(folder, given(text)).out
    assert "\n 9 b! paragraph" in out
    assert "for review\n  line 9: " in out


def test_a_long_list_of_dropped_lines_fits_a_screen(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    also = "".join(f"Also Read: Harbour number {n}\n\n" for n in range(100))
    result = add(folder, given(FERRY + "\n" + also))
    assert "more dropped: briefbook explain sources/ferry.txt --fate dropped\n" in result.out
    assert len(result.out.splitlines()) < 40


def test_programs_are_told_the_same_in_json(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    result = add(folder, given(FERRY), given("", "empty.txt"), "--json")
    told = json.loads(result.out)
    assert result.code == 1
    (one,) = told["added"]
    assert one["entry"] == ENTRY
    assert one["source"] == "sources/ferry.txt"
    assert one["topics"] == ["port"]
    assert one["lines"] == {"all": 7, "body": 3, "metadata": 2, "dropped": 2}
    assert [line["number"] for line in one["dropped"]] == [1, 13]
    assert one["missing"] == [
        {"what": "no outlet", "fix": f"write outlet: … in {ENTRY}, or add with --outlet"}
    ]
    (problem,) = told["problems"]
    assert problem["what"] == "the file is empty"
    assert problem["place"].endswith("empty.txt")


def test_a_report_of_the_same_event_joins_its_story(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    add(folder, given(FERRY), "--outlet", "Harbour Wire")
    result = add(folder, given(FERRY, "copy.txt"), "--outlet", "Island Post")
    added(result)
    assert "story     with “Second ferry for the northern islands”\n" in result.out
    assert f"copy      one origin with {ENTRY} (Harbour Wire): the same text, or one credit\n" in (
        result.out
    )
    assert len(folder.entries()) == 2


# --------------------------------------------------------------------------- its header


def test_options_stand_in_the_header_and_win(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    text = f"---\noutlet: Wire\nlanguage: en\n---\n{FERRY}"
    options = ["--outlet", "Harbour Wire", "--author", "Ada Berg", "--author", "Bo Lind"]
    options += ["--published", "2026-03-05", "--topic", "farming", "--publish", "extract"]
    options += ["--url", "https://wire.example/ferry", "--origin", "Harbour Agency"]
    added(add(folder, given(text), *options))
    header, text_below = folder.read("sources/ferry.txt").split("---\n")[1:]
    assert text_below == FERRY
    assert sorted(header.splitlines()) == [
        'authors: ["Ada Berg", "Bo Lind"]',
        "language: en",
        'origin: "Harbour Agency"',
        'outlet: "Harbour Wire"',
        "publish: extract",
        "published: 2026-03-05",
        "topics: [farming]",
        "url: https://wire.example/ferry",
    ]
    entry = folder.read(ENTRY)
    assert "topics: [farming]" in entry
    assert "published: 2026-03-05" in entry
    assert "publish: extract" in entry


def test_wrong_options_are_all_told_before_anything_is_read_or_written(site: "MakeSite") -> None:
    folder = site("")
    result = add(
        folder, "nowhere.txt", "--published", "soon", "--topic", "porrt", "--name", "../x.txt"
    )
    assert result.code == 1
    assert result.err == (
        "--name: error: '../x.txt' does not lie below sources/\n"
        "    fix: write a path below sources/ with forward slashes, such as harbour/ferry.txt\n"
        "--published: error: 'soon' is not a date as 'published' needs it\n"
        "    fix: write published: 2026-11-21 or published: 2026-11-21T18:00:00+09:00\n"
        "--topic: error: unknown topic 'porrt'\n"
        "    fix: did you mean 'port'? If it is new, add it under topics: in site.yaml\n"
    )
    assert not (folder.root / "sources").exists()


def test_a_wrong_header_of_the_text_is_told_at_its_line(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    path = given(f"---\noutlet: Wire\nlanguage: english!\ntopics: [porrt]\n---\n{FERRY}")
    result = add(folder, path, "--origin", "Agency")
    assert result.err == (
        f"{path}:3: error: 'english!' is not a language tag\n"
        "    fix: write one such as en or pt-BR\n"
    )
    assert not (folder.root / "sources").exists()


# --------------------------------------------------------------------------- its name


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Ferry (final) 2.txt", "Ferry (final) 2.txt"),
        ("ferry.md", "ferry.md"),
        ("ferry", "ferry.txt"),
        ("ferry.text", "ferry.text.txt"),
        ("ferry\nnews.txt", "ferry-news.txt"),
        (".ferry.txt", "ferry.txt"),
        ("페리.txt", "페리.txt"),
        ("a" * 200 + ".txt", f"{'a' * 60}.txt"),
        ("‮txt.exe", "txt-exe.txt"),
        ("-.txt", "text.txt"),
    ],
)
def test_a_file_keeps_its_name_where_that_is_one(
    site: "MakeSite", given: Callable[..., str], name: str, source: str
) -> None:
    folder = site("")
    added(add(folder, given(FERRY, name)))
    assert list(folder.tree("sources")) == [source]
    assert folder.build().err == ""


def test_a_text_without_a_file_is_named_by_its_headline(site: "MakeSite", typed: "Type") -> None:
    folder = site("")
    typed(FERRY.encode())
    added(add(folder, "-"))
    assert folder.read("sources/second-ferry-for-the-northern-islands.txt") == FERRY


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("harbour/may/ferry.txt", "harbour/may/ferry.txt"),
        ("sources/ferry.md", "ferry.md"),
        ("harbour/ferry", "harbour/ferry.txt"),
    ],
)
def test_a_name_can_be_given(
    site: "MakeSite", given: Callable[..., str], name: str, source: str
) -> None:
    folder = site("")
    added(add(folder, given(FERRY), "--name", name))
    assert list(folder.tree("sources")) == [source]


@pytest.mark.parametrize("name", ["/etc/x.txt", "a/../../x.txt", "..", "", "c:\\x.txt", "a\\x.txt"])
def test_a_name_never_leaves_the_sources(
    site: "MakeSite", given: Callable[..., str], name: str
) -> None:
    folder = site("")
    before = folder.tree()
    result = add(folder, given(FERRY), "--name", name)
    assert f"--name: error: '{name}' does not lie below sources/" in result.err
    assert folder.tree() == before


@pytest.mark.parametrize("name", [".hidden.txt", "a/.b/x.txt", "a\nb.txt"])
def test_a_name_that_would_not_be_read_is_refused(
    site: "MakeSite", given: Callable[..., str], name: str
) -> None:
    result = add(site(""), given(FERRY), "--name", name)
    assert "would not be read as a source" in result.err
    assert result.code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_does_not_lead_a_text_out_of_the_sources(
    site: "MakeSite", given: Callable[..., str], tmp_path: Path
) -> None:
    folder = site(OTHER)
    (tmp_path / "outside").mkdir()
    (folder.root / "sources/out").symlink_to(tmp_path / "outside")
    result = add(folder, given(FERRY), "--name", "out/x.txt")
    assert result.err == (
        "sources/out/x.txt: error: a link on the way to this file leaves sources/\n"
        "    fix: name another place\n"
    )
    assert not list((tmp_path / "outside").iterdir())
    assert folder.entries() == []


def test_nothing_is_ever_written_over(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("-- sources/Ferry.txt --\nAnother text\n-- sources/ferry-2.txt --\nA third\n")
    added(add(folder, given(FERRY)))
    assert folder.read("sources/ferry-3.txt") == FERRY
    assert folder.read("sources/Ferry.txt") == "Another text\n"


def test_a_page_is_known_without_its_ending(site: "MakeSite", typed: "Type") -> None:
    folder = site("")
    body = "".join(f"<p>{line}</p>" for line in FERRY.splitlines()[4:9] if line)
    typed(f"<!DOCTYPE html><html><body><h1>Second ferry</h1>{body}</body></html>".encode())
    added(add(folder, "-"))
    assert list(folder.tree("sources")) == ["second-ferry.html"]


# --------------------------------------------------------------------------- what is there already


def test_the_same_text_is_not_added_twice(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    add(folder, given(FERRY), "--name", "harbour/ferry.txt")
    before = folder.times()
    again = given(FERRY.replace("\n\n", "\r\n \r\n"), "again.txt")
    result = add(folder, again, "--origin", "Agency")
    assert result.code == 1
    assert result.err == (
        f"{again}: error: this is the same text, but for white space: sources/harbour/ferry.txt "
        f"and {ENTRY}\n    fix: if another outlet carries it, name that with --outlet\n"
    )
    assert folder.times() == before


def test_a_text_that_was_never_built_is_known_too(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site(f"-- sources/unbuilt.txt --\n{FERRY}")
    path = given(FERRY)
    result = add(folder, path)
    assert result.err == (
        f"{path}: error: this is the same text: sources/unbuilt.txt\n"
        "    fix: if another outlet carries it, name that with --outlet; `briefbook build` makes "
        "its entry\n"
    )


def test_an_article_is_known_by_its_address(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    add(folder, given(FERRY), "--url", "https://wire.example/news/ferry")
    changed = (
        "More ferries\n\nThe islands get a ship more, the authority told the wire on Friday.\n"
    )
    path = given(changed, "more.txt")
    result = add(folder, path, "--url", "http://www.wire.example/news/ferry/?utm_source=x#top")
    assert result.code == 1
    assert result.err == (
        f"{path}: error: the article at https://wire.example/news/ferry is there already: "
        f"sources/ferry.txt and {ENTRY}\n"
        "    fix: if its outlet has changed it since, run the same command with --replace; if "
        "another outlet carries it, name that with --outlet\n"
    )


def test_a_changed_text_of_one_outlet_is_known(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    add(folder, given(FERRY), "--outlet", "Harbour Wire")
    path = given(FERRY.replace("eighty", "ninety"), "later.txt")
    result = add(folder, path, "--outlet", "HARBOUR WIRE")
    assert result.err.startswith(
        f"{path}: error: nearly the same text from Harbour Wire is there already: "
        f"sources/ferry.txt and {ENTRY}\n"
    )


def test_a_copy_of_another_outlet_is_an_entry_of_its_own(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    add(folder, given(FERRY), "--outlet", "Harbour Wire", "--url", "https://wire.example/ferry")
    copy = given(FERRY.replace("eighty", "80"), "copy.txt")
    added(add(folder, copy, "--outlet", "Island Post", "--url", "https://wire.example/ferry"))
    assert len(folder.entries()) == 2


def test_a_headline_that_returns_each_day_is_not_one_article(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    monday = (
        "Weather at sea\n\nApril 6, 2026\n\nWind from the west, rain in the evening at the coast.\n"
    )
    sunday = "Weather at sea\n\nApril 5, 2026\n\nCalm and dry, with fog on the bay until noon.\n"
    added(add(folder, given(monday, "monday.txt"), "--outlet", "Harbour Wire"))
    added(add(folder, given(sunday, "sunday.txt"), "--outlet", "Harbour Wire"))
    assert len(folder.entries()) == 2


def test_of_two_equal_texts_that_are_added_at_once_one_is(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    result = add(folder, given(FERRY), given(FERRY, "b.txt"), given(FERRY))
    assert result.code == 1
    assert "b.txt: error: this is the same text: sources/ferry.txt and" in result.err
    assert list(folder.tree("sources")) == ["ferry.txt"]


def test_a_file_in_sources_is_said_to_be_there(site: "MakeSite") -> None:
    folder = site(OTHER)
    before = folder.tree()
    result = add(folder, str(folder.root / "sources/barley.txt"))
    assert result.code == 1
    assert result.err == (
        "sources/barley.txt: error: this file lies in sources/ already\n"
        "    fix: `briefbook build` makes its entry; `briefbook explain sources/barley.txt` shows "
        "its lines\n"
    )
    assert folder.tree() == before


def test_a_text_that_was_taken_away_comes_back_to_its_entry(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    add(folder, given(FERRY))
    entry = folder.read(ENTRY)
    folder.delete("sources/ferry.txt")
    result = add(folder, given(FERRY, "again.txt"))
    added(result)
    assert result.out.startswith(f"{ENTRY}  brought up to sources/again.txt\n")
    assert folder.read(ENTRY) == entry.replace("sources/ferry.txt", "sources/again.txt")


def test_a_text_whose_entry_has_a_mistake_waits_for_it(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    add(folder, given(FERRY))
    folder.delete("sources/ferry.txt")
    folder.edit(ENTRY, "status: published", "status: publishd")
    path = given(FERRY)
    result = add(folder, path)
    assert result.err == (
        f"{path}: error: an entry was made of this text that has a mistake, or is your own work by "
        "now\n    fix: run `briefbook check`, and mend what it reports\n"
    )
    assert folder.tree("sources") == {}


# --------------------------------------------------------------------------- a changed text

LATER = FERRY.replace("eighty", "ninety").replace("from May", "from June")


def test_the_entry_of_a_changed_text_stays_and_follows_it(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    said = ["--outlet", "Harbour Wire", "--topic", "port"]
    added(add(folder, given(FERRY), *said))
    folder.edit(ENTRY, 'title: "Second ferry for the northern islands"', 'title: "A ferry more"')
    folder.edit(ENTRY, "status: published", "status: published\nnote: Watch the fares.")
    before = folder.read(ENTRY).splitlines()
    former = folder.read("sources/ferry.txt")
    result = folder.run("add", given(LATER, "later.txt"), "--replace", "--now", "2026-12-01")
    added(result)
    (kept,) = folder.tree("sources/.former")
    assert result.out.startswith(f"{ENTRY}  brought up to sources/ferry.txt\n")
    assert f"former    the text it was made of lies in sources/.former/{kept}\n" in result.out
    assert folder.read("sources/ferry.txt") == former.replace("eighty", "ninety").replace(
        "from May", "from June"
    )
    assert folder.read(f"sources/.former/{kept}") == former
    after = folder.read(ENTRY).splitlines()
    for key in ("id", "slug", "title", "added", "story", "note", "topics"):
        assert [line for line in after if line.startswith(f"{key}:")] == [
            line for line in before if line.startswith(f"{key}:")
        ]
    assert "ninety cars" in folder.read(ENTRY)
    assert len(folder.entries()) == 1


def test_the_entry_of_a_changed_text_is_the_one_a_build_makes(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    added(add(folder, given(FERRY)))
    entry = folder.read(ENTRY)
    added(add(folder, given(LATER), "--replace"))
    by_add = facts(folder)
    folder.write(ENTRY, entry)
    folder.build()
    assert facts(folder) == by_add
    assert folder.build().err == ""
    assert facts(folder) == by_add


def test_a_source_can_be_named_that_a_text_replaces(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    added(add(folder, given(FERRY)))
    other = given("The islands\n\nNobody knows when the ship will come, a clerk said on Monday.\n")
    added(add(folder, other, "--replace", "--name", "ferry.txt"))
    assert len(folder.entries()) == 1
    assert "a clerk said" in folder.read(ENTRY)


def test_a_page_replaces_a_text_and_the_entry_stays(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    added(add(folder, given(FERRY)))
    identity = folder.read(ENTRY).splitlines()[1]
    body = "".join(f"<p>{line}</p>" for line in LATER.splitlines()[4:] if line)
    page = f"<html><body><h1>Second ferry for the northern islands</h1>{body}</body></html>"
    added(add(folder, given(page, "page.html"), "--replace"))
    assert [path for path in folder.tree("sources") if "/" not in path] == ["ferry.html"]
    assert folder.read(ENTRY).splitlines()[1] == identity
    before = facts(folder)
    assert folder.build().err == ""
    assert facts(folder) == before


def test_an_entry_without_its_text_gets_a_new_one(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    added(add(folder, given(FERRY)))
    folder.delete("sources/ferry.txt")
    path = given(LATER)
    assert "nearly the same text is there already: briefings/second" in add(folder, path).err
    added(add(folder, path, "--replace"))
    assert folder.read("sources/ferry.txt") == LATER
    assert len(folder.entries()) == 1


def test_a_text_that_comes_back_is_read_with_the_editors_word_on_its_lines(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    added(add(folder, given(FERRY)))
    also = f"  - {{line: 13, keep: {line_hash('Also Read: Five harbours worth a detour')}}}\n"
    folder.edit(ENTRY, "\nparsed:", f"\noverrides:\n{also}parsed:")
    folder.build()
    before = folder.read(ENTRY)
    assert "\nAlso Read: Five harbours" in before
    folder.delete("sources/ferry.txt")
    folder.build()
    result = add(folder, given(FERRY))
    added(result)
    assert "13 b! paragraph kept by the editor" in result.out
    assert folder.read(ENTRY) == before
    folder.build()
    assert folder.read(ENTRY) == before


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (
            "Barley\n\nThe barley is in, and the mill pays a tenth less for it, growers said.\n",
            [],
            "{path}: error: nothing like this text is there, so there is nothing to replace\n"
            "    fix: name the source with --name, or leave out --replace to add it as a new "
            "text\n",
        ),
        (
            FERRY,
            [],
            "{path}: error: this is the text of sources/ferry.txt as it is, so there is nothing to "
            "replace\n    fix: check that it is the new text\n",
        ),
        (
            LATER,
            ["--name", "fery.txt"],
            "--name: error: there is no source sources/fery.txt that could be replaced\n"
            "    fix: check its name\n",
        ),
    ],
    ids=["nothing like it", "the same", "no such name"],
)
def test_where_there_is_nothing_to_replace_nothing_is_written(
    site: "MakeSite", given: Callable[..., str], text: str, options: list[str], said: str
) -> None:
    folder = site("")
    added(add(folder, given(FERRY)))
    before = folder.times()
    path = given(text, "b.txt")
    result = add(folder, path, "--replace", *options)
    assert (result.code, result.err) == (1, said.format(path=path))
    assert folder.times() == before


def test_former_texts_are_no_sources(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    added(add(folder, given(FERRY), "--name", "harbour/ferry.txt"))
    added(add(folder, given(LATER), "--replace"))
    added(add(folder, given(FERRY), "--replace"))
    assert sorted(folder.tree("sources/.former/harbour")) != []
    assert len(folder.tree("sources/.former/harbour")) == 2
    result = folder.build()
    assert (result.code, result.err) == (0, "")
    assert len(folder.entries()) == 1


# --------------------------------------------------------------------------- several, and hostile


def test_all_mistakes_are_told_and_the_good_ones_are_added(
    site: "MakeSite", given: Callable[..., str], tmp_path: Path
) -> None:
    folder = site("")
    barley = OTHER.partition("\n")[2]
    paths = [
        given(FERRY),
        given(b"\x00\x01\x02PNG" * 50, "a.png"),
        given("", "b.txt"),
        str(tmp_path / "downloads"),
        str(tmp_path / "c.txt"),
        given(barley, "barley.txt"),
    ]
    result = add(folder, *paths)
    assert result.code == 1
    assert [line.rpartition("error: ")[2] for line in result.err.splitlines()[::2]] == [
        "there is no such file",
        "this is a folder, not a file",
        "this does not look like text: it has NUL bytes",
        "the file is empty",
    ]
    assert list(folder.tree("sources")) == ["barley.txt", "ferry.txt"]
    assert len(folder.entries()) == 2


def test_one_name_cannot_be_that_of_two_texts(site: "MakeSite", given: Callable[..., str]) -> None:
    result = add(site(""), given(FERRY), given(LATER, "b.txt"), "--name", "x.txt")
    assert result.err == (
        "--name: error: one name cannot be that of 2 texts\n"
        "    fix: leave it out, or add one text after the other\n"
    )


class Endless(io.RawIOBase):
    """A stream without an end that counts what is taken from it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # narrower is enough
        buffer[:] = b"a" * len(buffer)
        self.taken += len(buffer)
        return len(buffer)


def test_standard_input_without_an_end_is_read_to_the_limit(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(cast(Any, endless))))
    result = add(site(""), "-")
    assert result.err == (
        "standard input: error: there is more than the limit of 2 MiB\n"
        "    fix: check that it is one text; the rest was not read\n"
    )
    assert endless.taken < 4 * 1024 * 1024


@pytest.mark.parametrize(
    "content", [b"", b" \n\t\n", b"\xef\xbb\xbf"], ids=["none", "blank", "mark"]
)
def test_empty_input_is_refused(site: "MakeSite", typed: "Type", content: bytes) -> None:
    folder = site("")
    typed(content)
    result = add(folder, "-")
    assert result.err == (
        "standard input: error: the file is empty\n    fix: paste a text into it\n"
    )
    assert not (folder.root / "sources").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_nobody_writes_to_is_not_waited_for(site: "MakeSite", tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = add(site(""), str(tmp_path / "pipe"))
    assert "this is a pipe or a device, not a file" in result.err


def test_a_name_cannot_command_the_terminal(site: "MakeSite", given: Callable[..., str]) -> None:
    result = add(site(""), given("", "a\x1b[31m\nb: error: x.txt"))
    assert "\x1b" not in result.err
    assert len(result.err.splitlines()) == 2


def test_a_text_that_is_pasted_behind_the_command_is_no_file(site: "MakeSite") -> None:
    result = add(site(""), FERRY.replace("\n", " ") * 20)
    assert result.code == 1
    assert result.err == (
        "Home / Harbour / Second ferry for the northern islands  Seco…: error: this is no name of "
        "a file but longer than any\n    fix: to add the text itself, copy it and run `briefbook "
        "add`, or pipe it into it with -\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_made_one(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("")
    added(add(folder, given(FERRY, "f\udce9rry.txt")))
    (source,) = folder.tree("sources")
    assert source.isascii()


def test_a_text_with_both_versions_of_a_merge_is_not_added(
    site: "MakeSite", given: Callable[..., str]
) -> None:
    folder = site("")
    path = given("<<<<<<< HEAD\nThe quay is dry.\n=======\nThe quay is wet.\n>>>>>>> mina\n")
    result = add(folder, path)
    assert result.err.startswith(f"{path}:1: error: git could not merge two versions of this, ")
    assert folder.tree("sources") == {}


def test_broken_settings_stop_it(site: "MakeSite", given: Callable[..., str]) -> None:
    folder = site("-- site.yaml --\ntitel: x\n")
    result = add(folder, given(FERRY))
    assert result.code == 2
    assert not (folder.root / "sources").exists()
