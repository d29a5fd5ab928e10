"""What an editor changed in `briefings/` survives everything the program does."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefbook.briefing import hash_value

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SOURCE = "sources/ferry.txt"
ENTRY = "briefings/night-ferry-returns-to-the-northern-route.md"
PAGE = "/briefings/night-ferry-returns-to-the-northern-route/"
FERRY = f"""\
-- {SOURCE} --
Night ferry returns to the northern route

By Nora Quill

The night ferry will sail again from 3 May, its owner said on Tuesday.

Tickets cost 18 crowns and go on sale at the end of the month.

The old ship was sold to a yard in the south last winter.
"""


BARLEY = """\
Barley prices fall at every market

Barley prices fell to 9 crowns on Monday, traders said.

Nobody at the markets expects them to rise before the harvest.
"""


@pytest.fixture
def ferry(site: "MakeSite") -> "Folder":
    """A site with one entry, built once."""
    folder = site(FERRY)
    assert folder.build().code == 0
    return folder


def test_edits_stand_when_the_source_changes(ferry: "Folder") -> None:
    ferry.edit(
        ENTRY,
        'title: "Night ferry returns to the northern route"',
        "title: The night boat is back   # shorter",
    )
    ferry.edit(
        ENTRY, "\nTickets cost 18 crowns and go", "\nA ticket costs 18 crowns, and tickets go"
    )
    ferry.edit(SOURCE, "Night ferry returns to", "Night ferry comes home to")
    ferry.edit(SOURCE, "Nora Quill", "Nora Quill and Jon Reed")
    ferry.edit(SOURCE, "a yard in the south", "a yard in the east")
    assert ferry.build().code == 0
    text = ferry.read(ENTRY)
    assert "title: The night boat is back   # shorter\n" in text
    assert "A ticket costs 18 crowns, and tickets go on sale" in text
    assert "a yard in the south last winter." in text.partition("\n---\n")[2]


def test_untouched_fields_follow_the_source(ferry: "Folder") -> None:
    ferry.edit(ENTRY, '"Night ferry returns to the northern route"', '"The night boat is back"')
    ferry.edit(SOURCE, "Nora Quill", "Nora Quill and Jon Reed")
    ferry.edit(SOURCE, "sold to a yard in the south", "sold to a yard in the east")
    ferry.build()
    text = ferry.read(ENTRY)
    assert 'authors: ["Nora Quill", "Jon Reed"]\n' in text
    assert "a yard in the east last winter." in text.partition("\n---\n")[2]


def test_review_says_where_the_source_now_differs_from_an_edit(ferry: "Folder") -> None:
    ferry.edit(ENTRY, '"Night ferry returns to the northern route"', '"The night boat is back"')
    ferry.edit(ENTRY, "\nTickets cost 18 crowns and", "\nTickets cost 18 crowns, and")
    ferry.edit(SOURCE, "Night ferry returns to", "Night ferry comes home to")
    ferry.edit(SOURCE, "in the south", "in the east")
    ferry.build()
    text = ferry.read(ENTRY)
    title = "Night ferry comes home to the northern route"
    assert f'  - "title: the source now says \\"{title}\\""\n' in text
    assert (
        '  - "body: the source has changed below the editor\'s edits: 2 lines differ"\n' in text
    ) or ('  - "body: the source has changed below the editor\'s edits: 1 line differs"\n' in text)


def test_a_dismissed_review_note_does_not_come_back(ferry: "Folder") -> None:
    ferry.edit(ENTRY, '"Night ferry returns to the northern route"', '"The night boat is back"')
    ferry.edit(SOURCE, "Night ferry returns to", "Night ferry comes home to")
    note = 'title: the source now says "Night ferry comes home to the northern route"'
    ferry.edit(ENTRY, "status: published", f"status: published\nreviewed: [{hash_value(note)}]")
    ferry.build()
    assert "the source now says" not in ferry.read(ENTRY)


def test_a_changed_sentence_is_shown_as_the_editors(ferry: "Folder") -> None:
    ferry.edit(
        ENTRY, "\nTickets cost 18 crowns and go", "\nA ticket costs 18 crowns, and tickets go"
    )
    ferry.build()
    page = ferry.page(PAGE)
    (marked,) = re.findall(r"<ins[^>]*>(A ticket[^<]*)</ins>", page)
    assert marked == "A ticket costs 18 crowns, and tickets go on sale at the end of the month."
    assert "1 sentence is the editor’s" in page
    assert "Changed by the editor: body." in page


def test_a_changed_headline_is_shown_as_the_editors(ferry: "Folder") -> None:
    ferry.edit(ENTRY, '"Night ferry returns to the northern route"', '"The night boat is back"')
    ferry.build()
    assert "The headline is the editor’s." in ferry.page(PAGE)


def test_a_handwritten_entry_is_never_written(site: "MakeSite") -> None:
    text = (
        "---\ntitle: 'From my own pen'   # mine\npublished: 2026-05-04\n---\r\nThe quay is wet.\r\n"
    )
    folder = site(FERRY)
    folder.write("briefings/mine.md", text)
    folder.build()
    folder.edit(SOURCE, "18 crowns", "19 crowns")
    folder.build()
    assert folder.read("briefings/mine.md") == text
    assert "The quay is wet." in folder.page("/briefings/mine/")


@pytest.mark.parametrize("key", ["summary", "authors", "key_points", "language"])
def test_a_deleted_field_stays_deleted(ferry: "Folder", key: str) -> None:
    pattern = rf"^{key}:.*\n(?:  - .*\n)*"
    text, count = re.subn(pattern, "", ferry.read(ENTRY), flags=re.MULTILINE)
    assert count == 1
    ferry.write(ENTRY, text)
    ferry.edit(SOURCE, "3 May", "4 May")
    ferry.edit(SOURCE, "Nora Quill", "Nora Quill and Jon Reed")
    assert ferry.build().code == 0
    front = ferry.read(ENTRY).partition("\n---\n")[0]
    assert not re.search(rf"^{key}:", front, re.MULTILINE)


def test_unknown_keys_comments_order_and_quoting_stay(ferry: "Folder") -> None:
    front, _, body = ferry.read(ENTRY).partition("\n---\n")
    lines = front.splitlines()[1:]
    lines.reverse()
    flat = [line for line in lines if not line.startswith(("  - ", "key_points:"))]
    flat = ["# what the desk knows", "mood: {calm: [yes, no]}   # nobody reads it", *flat]
    ferry.write(ENTRY, "---\n" + "\n".join(flat) + "\n---\n" + body)
    ferry.edit(SOURCE, "18 crowns", "19 crowns")
    assert ferry.build().code == 0
    now = ferry.read(ENTRY)
    assert "19 crowns" in now.partition("\n---\n")[2]
    kept = [line for line in flat if not line.startswith(("parsed:", "summary:"))]
    assert [line for line in now.splitlines() if line in kept] == kept


def test_line_ends_of_an_entry_stay(ferry: "Folder") -> None:
    ferry.write(ENTRY, ferry.read(ENTRY).replace("\n", "\r\n"))
    ferry.edit(SOURCE, "18 crowns", "19 crowns")
    assert ferry.build().code == 0
    text = ferry.read(ENTRY)
    assert "19 crowns" in text
    assert "\n" not in text.replace("\r\n", "")


def test_saving_without_a_change_makes_nothing_the_editors(ferry: "Folder") -> None:
    ferry.write(ENTRY, ferry.read(ENTRY).replace("\n", "\r\n") + "\r\n\r\n")
    ferry.build()
    assert "Changed by the editor" not in ferry.page(PAGE)


def test_identity_address_and_story_stay_when_all_else_changes(ferry: "Folder") -> None:
    pattern = r"^(?:id|slug|story|added): .*$"
    before = re.findall(pattern, ferry.read(ENTRY), re.MULTILINE)
    ferry.write(SOURCE, BARLEY)
    assert ferry.build(now="2027-01-01T00:00:00Z").code == 0
    text = ferry.read(ENTRY)
    assert 'title: "Barley prices fall at every market"' in text
    assert re.findall(pattern, text, re.MULTILINE) == before


def test_a_renamed_entry_file_keeps_its_address(ferry: "Folder") -> None:
    (ferry.root / ENTRY).rename(ferry.root / "briefings/boat.md")
    ferry.edit(SOURCE, "18 crowns", "19 crowns")
    ferry.build()
    assert ferry.entries() == ["briefings/boat.md"]
    assert "19 crowns" in ferry.page(PAGE)


def test_a_new_text_under_an_old_file_name_does_not_overwrite_the_entry(ferry: "Folder") -> None:
    before = ferry.read(ENTRY)
    (ferry.root / SOURCE).rename(ferry.root / "sources/kept.txt")
    ferry.write(SOURCE, BARLEY)
    ferry.build()
    assert len(ferry.entries()) == 2
    assert ferry.read(ENTRY) == before.replace(SOURCE, "sources/kept.txt")


def test_the_editors_note_stands_first_as_hers(ferry: "Folder") -> None:
    ferry.edit(ENTRY, "status: published", 'status: published\nnote: "We **doubt** the date."')
    ferry.build()
    page, feed = ferry.page(PAGE), ferry.read("_site/feed.xml")
    note, text = page.index("<strong>doubt</strong>"), page.index(">The night ferry will sail")
    assert page.index("Editor’s note") < note < text
    assert "Editor’s note" in feed
    assert "doubt" in feed


def test_pinned_topics_bind(ferry: "Folder") -> None:
    ferry.edit(ENTRY, "status: published", "status: published\ntopics: [farming]")
    ferry.build()
    assert "Night ferry" in ferry.page("/topics/farming/")
    assert "Night ferry" not in ferry.page("/topics/port/")
