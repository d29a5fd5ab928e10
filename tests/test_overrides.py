"""The editor's word on single lines of a source, from the file of an entry to the site and back."""

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefbook.text.hashes import line_hash

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SOURCE = "sources/ferry.txt"
ENTRY = "briefings/night-ferry-returns-to-the-northern-route.md"
PAGE = "/briefings/night-ferry-returns-to-the-northern-route/"
AD = "Also Read: Walnut bread in five easy steps"
SHIP = "The old ship was sold to a yard in the south last winter."
FERRY = f"""\
-- {SOURCE} --
Night ferry returns to the northern route

By Nora Quill

The night ferry will sail again from 3 May, its owner said on Tuesday.

{AD}

Tickets cost 18 crowns and go on sale at the end of the month.

{SHIP}
"""
KEEP_AD = f"{{line: 7, keep: {line_hash(AD)}}}"
DROP_SHIP = f"{{line: 11, drop: {line_hash(SHIP)}}}"


@pytest.fixture
def ferry(site: "MakeSite") -> "Folder":
    """A site with one entry, built once."""
    folder = site(FERRY)
    assert folder.build().code == 0
    return folder


def tell(folder: "Folder", *overrides: str) -> None:
    """Write overrides into the entry, as an editor does by hand."""
    items = "".join(f"\n  - {one}" for one in overrides)
    folder.edit(ENTRY, "\nparsed:", f"\noverrides:  # mine{items}\nparsed:")


def body(folder: "Folder") -> str:
    return folder.read(ENTRY).partition("\n---\n")[2]


def remembered(folder: "Folder") -> str | None:
    found = re.search(
        r"^parsed: .*\boverrides: \"?([0-9a-f]{8})\"?, wrote:", folder.read(ENTRY), re.M
    )
    return found[1] if found else None


def test_a_build_keeps_and_drops_what_the_entry_says(ferry: "Folder") -> None:
    tell(ferry, KEEP_AD, DROP_SHIP)
    result = ferry.build()
    assert (result.err, result.code) == ("", 0)
    assert AD in body(ferry)
    assert SHIP not in body(ferry)
    assert f"\noverrides:  # mine\n  - {KEEP_AD}\n  - {DROP_SHIP}\nparsed: " in ferry.read(ENTRY)
    page = ferry.page(PAGE)
    assert "Walnut bread" in page
    assert "dropped by the editor" in page
    assert "Changed by the editor" not in page
    assert ferry.check().out.strip() == "nothing to complain about"


def test_the_second_build_writes_nothing(ferry: "Folder") -> None:
    tell(ferry, KEEP_AD)
    ferry.build()
    before, times = ferry.tree(), ferry.times()
    ferry.build()
    assert (ferry.tree(), ferry.times()) == (before, times)
    assert remembered(ferry)


def test_without_overrides_an_entry_is_what_it_was_before(ferry: "Folder") -> None:
    before = ferry.tree("briefings")
    tell(ferry, KEEP_AD, DROP_SHIP)
    ferry.build()
    text = ferry.read(ENTRY)
    ferry.write(ENTRY, re.sub(r"overrides:  # mine\n(  - .*\n)*", "", text))
    ferry.build()
    assert ferry.tree("briefings") == before


def test_the_editors_own_fields_stay(ferry: "Folder") -> None:
    ferry.edit(ENTRY, '"Night ferry returns to the northern route"', '"The night boat is back"')
    ferry.edit(ENTRY, "\nTickets cost 18", "\nA ticket costs 18")
    tell(ferry, DROP_SHIP)
    ferry.build()
    assert 'title: "The night boat is back"' in ferry.read(ENTRY)
    assert "A ticket costs 18 crowns" in body(ferry)
    assert SHIP in body(ferry)
    assert "body: the source has changed below the editor's edits" in ferry.read(ENTRY)


def test_frozen_tells_of_overrides_that_no_build_has_seen(ferry: "Folder") -> None:
    tell(ferry, KEEP_AD)
    before = ferry.tree("briefings")
    line = ferry.read(ENTRY).splitlines().index("overrides:  # mine") + 1
    result = ferry.build("--frozen")
    assert result.err == (
        f"{ENTRY}:{line}: error: the overrides have changed since this was made of {SOURCE}\n"
        "    fix: run `briefbook build` where the sources are, and commit briefings/\n"
    )
    assert result.code == 1
    assert ferry.tree("briefings") == before
    ferry.build()
    assert ferry.build("--frozen").err == ""


def test_overrides_follow_their_lines_when_the_source_changes(ferry: "Folder") -> None:
    tell(ferry, KEEP_AD, DROP_SHIP)
    ferry.build()
    ferry.edit(SOURCE, "By Nora Quill", "By Nora Quill\n\nPublished on 2 May 2026")
    ferry.edit(SOURCE, "18 crowns", "19 crowns")
    assert ferry.build().err == ""
    assert "19 crowns" in body(ferry)
    assert AD in body(ferry)
    assert SHIP not in body(ferry)
    assert f"  - {KEEP_AD}\n  - {DROP_SHIP}\n" in ferry.read(ENTRY)
    assert "review:" not in ferry.read(ENTRY)


def test_a_line_that_is_gone_is_told_in_review(ferry: "Folder") -> None:
    tell(ferry, DROP_SHIP)
    ferry.build()
    ferry.edit(SOURCE, "yard in the south", "yard in the north")
    assert ferry.build().err == ""
    assert "yard in the north" in body(ferry)
    note = "override of line 11: no line says that any more"
    assert f'review:\n  - "{note}"\nparsed:' in ferry.read(ENTRY)
    assert f"  - {DROP_SHIP}\n" in ferry.read(ENTRY)
    before = ferry.tree("briefings")
    ferry.build()
    assert ferry.tree("briefings") == before
    ferry.edit(SOURCE, "yard in the north", "yard in the south")
    ferry.build()
    assert "review:" not in ferry.read(ENTRY)


def test_reparse_does_as_the_editor_says(ferry: "Folder") -> None:
    tell(ferry, KEEP_AD)
    shown = ferry.run("reparse")
    assert "+ ## Also Read: Walnut bread in five easy steps" in shown.out
    assert ferry.run("reparse", "--write").code == 0
    before = ferry.tree("briefings")
    assert "0 of 1 entries would change" in ferry.run("reparse").out.replace("entry", "entries")
    ferry.build()
    assert ferry.tree("briefings") == before


def test_a_source_that_moved_is_parsed_with_its_overrides(ferry: "Folder") -> None:
    tell(ferry, DROP_SHIP)
    (ferry.root / SOURCE).rename(ferry.root / "sources/moved.txt")
    assert ferry.build().err == ""
    assert "source: sources/moved.txt" in ferry.read(ENTRY)
    assert SHIP not in body(ferry)


def test_an_entry_of_which_nothing_is_left_stays_as_it_was(ferry: "Folder") -> None:
    lines = enumerate(ferry.read(SOURCE).splitlines(), 1)
    tell(ferry, *(f"{{line: {n}, drop: {line_hash(line)}}}" for n, line in lines if line))
    before = ferry.read(ENTRY)
    result = ferry.build()
    assert result.err == (
        f"{SOURCE}: error: nothing of this text was kept, so no entry can be made of it\n"
        "    fix: take an override out of its entry, so that a line is left\n"
    )
    assert result.code == 1
    assert ferry.read(ENTRY) == before


def test_explain_shows_what_the_editor_said(ferry: "Folder") -> None:
    tell(ferry, KEEP_AD, DROP_SHIP, f"{{line: 3, keep: {line_hash('gone')}}}")
    shown = ferry.run("explain", SOURCE).out
    assert re.search(r"^ 7 b +heading +kept by the editor +Also Read", shown, re.M)
    assert re.search(r"^11 d +dropped +dropped by the editor +The old ship", shown, re.M)
    assert (
        "\noverrides\n"
        "  line 7: kept by the editor, dropped by the rules\n"
        "  line 11: dropped by the editor, body by the rules\n"
    ) in shown
    assert "override of line 3: no line says that any more" in shown


def test_explain_tells_programs_the_hash_of_each_line(ferry: "Folder") -> None:
    tell(ferry, KEEP_AD)
    found = json.loads(ferry.run("explain", SOURCE, "--json").out)
    assert found["overrides"] == [{"line": 7, "keep": line_hash(AD)}]
    hashes = {line["number"]: line["hash"] for line in found["lines"]}
    assert (hashes[7], hashes[11]) == (line_hash(AD), line_hash(SHIP))


def test_explain_knows_the_overrides_of_a_source_that_has_changed(ferry: "Folder") -> None:
    tell(ferry, DROP_SHIP)
    ferry.edit(SOURCE, "18 crowns", "19 crowns")
    assert "line 11: dropped by the editor, body by the rules" in ferry.run("explain", SOURCE).out


def test_another_text_pasted_over_a_source_is_not_explained_with_its_overrides(
    ferry: "Folder",
) -> None:
    tell(ferry, DROP_SHIP)
    barley = "Barley is dear again\n\nBarley fell to 9 crowns on Monday, traders said.\n\n"
    wheat = "Nobody at the markets expects wheat to follow before the harvest is in.\n\n"
    ferry.write(SOURCE, f"{barley}{wheat}{SHIP}\n")
    assert "by the editor" not in ferry.run("explain", SOURCE).out


def test_a_mistake_in_an_override_leaves_the_entry_out_and_says_where(ferry: "Folder") -> None:
    tell(ferry, "{line: 7, keep: yes}")
    line = ferry.read(ENTRY).splitlines().index("overrides:  # mine") + 2
    result = ferry.build()
    assert (
        f"{ENTRY}:{line}: error: 'keep' must be the hash of the line's text, 8 hexadecimal digits\n"
        "    fix: take it from `briefbook explain --json`, or delete the override\n"
    ) in result.err
    assert result.code == 1
