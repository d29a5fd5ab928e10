"""`reparse`: what a better parser reads is shown first, and written only when it is asked for."""

import hashlib
import re
from collections.abc import Callable
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from briefbook.briefing import hash_value, issued_of, load_entry
from briefbook.briefing.issued import issued_value
from briefbook.briefing.writing import inline
from briefbook.parsing import PARSER
from briefbook.renewing.comparison import shown_reparsing
from briefbook.renewing.reparsing import reparse

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SOURCE = "sources/ferry.txt"
ENTRY = "briefings/night-ferry-returns-to-the-northern-route.md"
BARLEY = "briefings/barley-prices-fall-at-every-market.md"
TITLE = 'title: "Night ferry returns to the northern route"'
TEXTS = f"""\
-- {SOURCE} --
Night ferry returns to the northern route

By Nora Quill

The night ferry will sail again from 3 May, its owner said on Tuesday.

Tickets cost 18 crowns and go on sale at the end of the month.

The old ship was sold to a yard in the south last winter.
-- sources/barley.txt --
Barley prices fall at every market

Barley prices fell to 9 crowns on Monday, traders said.

Nobody at the markets expects them to rise before the harvest.
"""


@pytest.fixture
def ferry(site: "MakeSite") -> "Folder":
    """A site with two entries, built once."""
    folder = site(TEXTS)
    assert folder.build().code == 0
    return folder


def age(folder: "Folder", path: str, **fields: tuple[str, str]) -> None:
    """Let an entry look as an older parser wrote it, which read other values in its source."""
    text = folder.read(path).replace(f"parser: {PARSER}", "parser: 1")
    before = load_entry(text, path)[0].entry
    for was, now in fields.values():
        assert text.count(was) == 1
        text = text.replace(was, now)
    after = load_entry(text, path)[0].entry
    issued = re.compile(r", issued: .*(?=}$)", re.MULTILINE)
    memory = inline(
        "issued", issued_value(issued_of(after, is_whole=True, shown=lambda: after.body))
    )
    text = issued.sub(lambda _: f", issued: {memory}", text)
    for field in fields:
        now = f'{field}: "{hash_value(getattr(after, field))}"'
        if not getattr(before, field):
            text = text.replace("wrote: {", f"wrote: {{{now}, ")
            continue
        was = hash_value(getattr(before, field))
        text, count = re.subn(rf'\b{field}: "?{was}"?', now, text)
        assert count == 1
    folder.write(path, text)


OLDER_TITLE = (TITLE, 'title: "Night ferry returns"')


def test_a_published_archive_is_not_rewritten_by_a_build(ferry: "Folder") -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)
    before = ferry.read(ENTRY)
    assert ferry.build().code == 0
    assert ferry.read(ENTRY) == before


def test_what_would_change_is_shown_and_nothing_is_written(ferry: "Folder") -> None:
    age(
        ferry,
        ENTRY,
        title=OLDER_TITLE,
        authors=('authors: ["Nora Quill"]\n', 'authors: ["Nora", "Quill"]\n'),
        body=("\n\nTickets cost 18 crowns and go", "\n\nShare\n\nTickets cost 18 crowns and.go"),
    )
    before, times = ferry.tree(), ferry.times()
    result = ferry.run("reparse")
    line = ferry.read(ENTRY).split("\n").index("Share") + 1
    assert result.out == (
        f"{ENTRY}  written by parser 1, now {PARSER}\n"
        "title           - Night ferry returns\n"
        "                + Night ferry returns to the northern route\n"
        "authors         - Nora; Quill\n"
        "                + Nora Quill\n"
        f"body, line {line}   - Share\n"
        "                - Tickets cost 18 crowns and.go on sale at the end of the month.\n"
        "                + Tickets cost 18 crowns and go on sale at the end of the month.\n"
        "\n"
        "1 of 2 entries would change; the same command with --write writes them\n"
    )
    assert (result.err, result.code) == ("", 0)
    assert (ferry.tree(), ferry.times()) == (before, times)


def test_what_was_shown_is_written_and_a_second_time_changes_nothing(ferry: "Folder") -> None:
    before = ferry.tree()
    age(ferry, ENTRY, title=OLDER_TITLE, outlet=("\nauthors:", '\noutlet: "X"\nauthors:'))
    result = ferry.run("reparse", "--write")
    assert result.out.endswith("1 of 2 entries changed; `briefbook build` publishes them\n")
    assert (result.err, result.code) == ("", 0)
    assert ferry.tree() == before
    result = ferry.run("reparse", "--write")
    assert result.out == "0 of 2 entries would change\n"
    assert ferry.tree() == before


def test_identity_address_story_and_date_of_adding_stay(ferry: "Folder") -> None:
    before = re.findall(r"^(?:id|slug|story|added): .*$", ferry.read(ENTRY), re.MULTILINE)
    age(ferry, ENTRY, title=OLDER_TITLE)
    ferry.run("reparse", "--write")
    text = ferry.read(ENTRY)
    assert TITLE in text
    assert re.findall(r"^(?:id|slug|story|added): .*$", text, re.MULTILINE) == before


def test_edits_stay_and_are_told(ferry: "Folder") -> None:
    age(ferry, ENTRY, authors=('["Nora Quill"]', '["Nora", "Quill"]'))
    ferry.edit(ENTRY, TITLE, "title: The night boat is back   # shorter")
    ferry.edit(ENTRY, "\nThe old ship was sold", "\nIts old ship was sold")
    result = ferry.run("reparse", "--write")
    reads = "Night ferry returns to the northern route"
    assert f"\ntitle           = yours, stays; the parser reads {reads}\n" in result.out
    assert "\nbody            = yours, stays; the parser reads another text\n" in result.out
    text = ferry.read(ENTRY)
    assert "title: The night boat is back   # shorter\n" in text
    assert "\nIts old ship was sold" in text
    assert 'authors: ["Nora Quill"]\n' in text
    assert ferry.run("reparse", "--write").out == "0 of 2 entries would change\n"
    assert ferry.read(ENTRY) == text


def test_where_the_parser_has_changed_its_mind_below_an_edit_review_tells(ferry: "Folder") -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)
    ferry.edit(ENTRY, OLDER_TITLE[1], 'title: "The night boat is back"')
    note = 'title: the source now says "Night ferry returns to the northern route"'
    assert f"\nreview          + {note}\n" in ferry.run("reparse", "--write").out
    assert 'title: "The night boat is back"\n' in ferry.read(ENTRY)
    assert ferry.run("reparse", "--write").out == "0 of 2 entries would change\n"


def test_a_moment_in_the_time_zone_of_the_site_is_no_change(ferry: "Folder") -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)
    ferry.edit(ENTRY, "\nadded:", "\npublished: 2026-05-01 02:00\nadded:")
    out = ferry.run("reparse").out
    assert "title           - " in out
    assert "published       - " not in out
    assert "published       = yours, stays; the parser reads nothing\n" in out


def test_a_field_the_editor_deleted_stays_deleted(ferry: "Folder") -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)
    ferry.edit(ENTRY, 'authors: ["Nora Quill"]\n', "")
    result = ferry.run("reparse", "--write")
    assert "\nauthors         = yours, stays; the parser reads Nora Quill\n" in result.out
    assert not re.search(r"^authors:", ferry.read(ENTRY), re.MULTILINE)


def test_entries_in_which_only_the_parser_is_another_are_counted(ferry: "Folder") -> None:
    age(ferry, ENTRY)
    age(ferry, BARLEY)
    result = ferry.run("reparse", "--write")
    assert result.out == (
        "2 entries: only what the program remembers under parsed: changes\n"
        "2 of 2 entries changed; `briefbook build` publishes them\n"
    )
    assert f"parser: {PARSER}" in ferry.read(ENTRY)


def test_a_body_of_which_only_blank_lines_change_is_told(ferry: "Folder") -> None:
    age(ferry, ENTRY, body=("\n\nTickets", "\n\n\nTickets"))
    assert "\nbody            blank lines only\n" in ferry.run("reparse").out


@pytest.mark.parametrize("name", [SOURCE, ENTRY])
def test_a_source_or_an_entry_may_be_named(ferry: "Folder", name: str) -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)
    age(ferry, BARLEY)
    older = ferry.read(BARLEY)
    for given in (name, str(ferry.root / name)):
        assert "1 of 1 entry would change" in ferry.run("reparse", given).out
    assert ferry.run("reparse", name, "--write").code == 0
    assert TITLE in ferry.read(ENTRY)
    assert ferry.read(BARLEY) == older


def test_files_are_named_from_the_folder_of_the_command_too(
    ferry: "Folder", monkeypatch: pytest.MonkeyPatch
) -> None:
    age(ferry, ENTRY)
    monkeypatch.chdir(ferry.root / "briefings")
    name = ENTRY.removeprefix("briefings/")
    assert "1 of 1 entry would change" in ferry.run("reparse", name, f"../{SOURCE}").out


def test_a_file_that_is_nothing_is_told_and_the_others_are_done(ferry: "Folder") -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)
    result = ferry.run("reparse", "sources/fery.txt", "/elsewhere.txt", ENTRY, "--write")
    assert result.err == (
        "/elsewhere.txt: error: there is no such source or entry\n"
        "    fix: name a file in sources/ or briefings/\n"
        "sources/fery.txt: error: there is no such source or entry\n"
        f"    fix: did you mean {SOURCE}?\n"
    )
    assert result.code == 1
    assert TITLE in ferry.read(ENTRY)


def test_a_file_of_which_nothing_can_be_parsed_again_says_why(ferry: "Folder") -> None:
    ferry.write("sources/new.txt", "Herons return\n\nHerons are back.\n\nThey nest.\n")
    ferry.write("briefings/mine.md", "---\ntitle: Mine\nadded: 2026-01-01\n---\nMy words.\n")
    ferry.write(BARLEY, re.sub(r"^parsed: .*\n", "", ferry.read(BARLEY), flags=re.MULTILINE))
    before = ferry.tree()
    result = ferry.run(
        "reparse", "sources/new.txt", "briefings/mine.md", "sources/barley.txt", "--write"
    )
    assert result.err == (
        "briefings/mine.md: error: this entry is your own work and was made of no source\n"
        "    fix: name a source, or an entry that has the key parsed:\n"
        "sources/barley.txt: error: the entry of this text has a mistake, or is your own work by"
        " now\n    fix: run `briefbook check`, and mend what it reports\n"
        "sources/new.txt: error: this text has no entry yet\n"
        "    fix: run `briefbook build` to make one\n"
    )
    assert (result.out, result.code) == ("0 of 0 entries would change\n", 1)
    assert ferry.tree() == before


def test_an_entry_whose_source_is_gone_is_told_and_left(ferry: "Folder") -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)
    older = ferry.read(ENTRY)
    ferry.delete(SOURCE)
    for names in ((), (ENTRY,), (SOURCE,)):
        result = ferry.run("reparse", *names, "--write")
        assert result.err == (
            f"{ENTRY}: warning: its source {SOURCE} is not there, so it stays as it is\n"
            "    fix: put the text back to have it parsed again\n"
        )
        assert result.code == 0
    assert ferry.read(ENTRY) == older


def test_of_two_entries_of_one_source_the_other_one_is_named(ferry: "Folder") -> None:
    twin = ferry.read(ENTRY).replace("slug: night", "slug: a-night")
    twin, count = re.subn(r"(?m)^id: .*", "id: urn:uuid:5b2c9d1e-0000-4000-8000-000000000001", twin)
    assert count == 1
    ferry.write("briefings/twin.md", twin)
    assert ferry.run("reparse").err == (
        f"briefings/twin.md: warning: its source {SOURCE} is that of {ENTRY} too, so it stays as it"
        " is\n    fix: delete one of the two entries\n"
    )


@pytest.mark.parametrize("name", [SOURCE, ENTRY])
def test_a_faulty_source_is_told_and_its_entry_left(ferry: "Folder", name: str) -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)
    older = ferry.read(ENTRY)
    ferry.write(SOURCE, b"\x00")
    result = ferry.run("reparse", name, "--write")
    assert result.err.startswith(f"{SOURCE}: error: ")
    assert result.err.count("error:") == 1
    assert "warning" not in result.err
    assert result.code == 1
    assert ferry.read(ENTRY) == older


def test_mistakes_elsewhere_are_told_only_when_all_are_parsed(ferry: "Folder") -> None:
    ferry.write("sources/bad.txt", b"\x00")
    assert (ferry.run("reparse", ENTRY).err, ferry.run("reparse", ENTRY).code) == ("", 0)
    result = ferry.run("reparse")
    assert "sources/bad.txt: error: " in result.err
    assert result.code == 1


def test_an_entry_of_whose_text_nothing_is_kept_now_stays(ferry: "Folder") -> None:
    text = "Share\n\nLeave a Reply\n"
    ferry.write(SOURCE, text)
    sha256 = f"sha256: {hashlib.sha256(text.encode()).hexdigest()}"
    older = re.sub(r"sha256: \w+", sha256, ferry.read(ENTRY))
    ferry.write(ENTRY, older)
    result = ferry.run("reparse", "--write")
    assert result.err.startswith(f"{SOURCE}: error: nothing of this text was kept")
    assert result.code == 1
    assert ferry.read(ENTRY) == older


def test_a_text_that_has_changed_comes_along(ferry: "Folder") -> None:
    ferry.edit(SOURCE, "18 crowns", "19 crowns")
    result = ferry.run("reparse", "--write")
    assert f"{ENTRY}  its text has changed\n" in result.out
    assert "19 crowns" in ferry.read(ENTRY)


def test_a_broken_site_yaml_exits_2(ferry: "Folder") -> None:
    ferry.write("site.yaml", "titel: x\n")
    result = ferry.run("reparse", "--write")
    assert (result.out, result.code) == ("", 2)
    assert "site.yaml" in result.err


def test_an_entry_saved_meanwhile_is_left_as_it_is(
    ferry: "Folder", monkeypatch: pytest.MonkeyPatch
) -> None:
    age(ferry, ENTRY, title=OLDER_TITLE)

    def reparse_slowly(*given: object) -> object:
        found = reparse(*given)  # type: ignore[arg-type]
        ferry.write(ENTRY, ferry.read(ENTRY) + "\nOne more line.\n")
        return found

    monkeypatch.setattr("briefbook.cli.renewing.reparse", reparse_slowly)
    result = ferry.run("reparse", "--write")
    assert f"{ENTRY}: error: the file was changed while the program was working" in result.err
    assert result.out.endswith("0 of 2 entries changed; `briefbook build` publishes them\n")
    assert result.code == 1
    assert ferry.read(ENTRY).endswith("\nOne more line.\n")


def on_a_terminal(folder: "Folder", *, width: int = 80) -> str:
    out = StringIO()
    console = Console(
        file=out, force_terminal=True, width=width, highlight=False, color_system=None
    )
    for line in shown_reparsing(reparse(folder.root), console):
        console.print(line, soft_wrap=True)
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())


def test_a_terminal_gets_the_part_of_a_long_line_that_changes(site: "MakeSite") -> None:
    long = " ".join(f"Berth {n} was dredged in the spring of that year." for n in range(40))
    folder = site(f"-- {SOURCE} --\nDredging goes on\n\n{long}\n\nIt costs 9 crowns.\n")
    folder.build()
    (entry,) = folder.entries()
    age(folder, entry, body=("Berth 20 was", "Berth 20 is"))
    seen = on_a_terminal(folder)
    assert "- …" in seen
    assert "Berth 20 was" in seen
    assert "Berth 3 was" not in seen
    assert "Berth 3 was" in folder.run("reparse").out
    assert max(map(len, seen.splitlines()[1:])) <= 80


def test_a_terminal_gets_the_first_changes_of_a_long_body(site: "MakeSite") -> None:
    lines = "\n\n".join(
        f"Berth {n} was dredged in spring.\n\nAll is well at {n}." for n in range(30)
    )
    folder = site(f"-- {SOURCE} --\nDredging goes on\n\n{lines}\n")
    folder.build()
    (entry,) = folder.entries()
    body = load_entry(folder.read(entry), entry)[0].entry.body
    age(folder, entry, body=(body, body.replace("was dredged", "is dredged")))
    assert "and 18 more changes" in on_a_terminal(folder)
    assert folder.run("reparse").out.count("+ Berth") == 30


def test_what_a_text_holds_cannot_command_a_terminal(ferry: "Folder") -> None:
    age(ferry, ENTRY, body=("\n\nTickets cost", "\n\n\x85\x9bTickets cost"))
    out = ferry.run("reparse").out
    assert "Tickets cost" in out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)
