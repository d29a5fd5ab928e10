"""What an editor changed in `briefings/` survives everything the program does."""

import html
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


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("Indented falsehood.\n===", id="setext heading"),
        pytest.param("Text.\n\n    Indented falsehood.\n    - Second.", id="indented code"),
        pytest.param("> > Indented falsehood.", id="nested quote"),
        pytest.param("> - Indented falsehood.", id="list in a quote"),
        pytest.param("[Indented falsehood](https://a.example/b_(c)).", id="parentheses in a link"),
        pytest.param("[Indented falsehood][1].\n\n[1]: https://a.example/", id="reference link"),
        pytest.param("Head | Other\n--- | ---\nIndented falsehood. | x", id="table without bars"),
    ],
)
def test_a_sentence_is_marked_in_whatever_markdown_it_stands(ferry: "Folder", written: str) -> None:
    ferry.write(ENTRY, f"{ferry.read(ENTRY)}\n{written}\n")
    ferry.build()
    for text in (ferry.page(PAGE), html.unescape(ferry.read("_site/feed.xml"))):
        assert re.search(r"<ins[^>]*>(?:\s|<[^>]*>)*Indented falsehood", text)
        assert not re.search(r"<ins[^>]*>[^<]*Tickets cost 18 crowns", text)


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
    ferry.edit(SOURCE, "Night ferry returns to the northern route", "The boat is back at last")
    ferry.edit(SOURCE, "Nora Quill", "Jon Reed")
    ferry.edit(SOURCE, "The old ship was sold", "Its predecessor went")
    assert ferry.build(now="2027-01-01T00:00:00Z").code == 0
    text = ferry.read(ENTRY)
    assert 'title: "The boat is back at last"' in text
    assert re.findall(pattern, text, re.MULTILINE) == before


def test_another_article_pasted_over_a_source_takes_nothing_over(ferry: "Folder") -> None:
    ferry.edit(ENTRY, "status: published", 'status: published\nnote: "Mine."')
    before = ferry.read(ENTRY)
    ferry.write(SOURCE, BARLEY)
    result = ferry.build()
    assert result.err == (
        f"{SOURCE}: warning: this is another text than the one {ENTRY} was made of; it gets an "
        "entry of its own, the old one stays as it is, without a source\n"
        "    fix: give each text a file of its own; put the old text back under another name to "
        "keep it\n"
    )
    assert result.code == 0
    barley = "briefings/barley-prices-fall-at-every-market.md"
    assert ferry.entries() == [barley, ENTRY]
    assert ferry.read(ENTRY) == before
    ferry.edit(SOURCE, "9 crowns", "8 crowns")
    assert (ferry.build().err, ferry.read(ENTRY)) == ("", before)
    assert "8 crowns" in ferry.read(barley)


def test_sources_that_changed_names_and_a_word_each_keep_their_entries(ferry: "Folder") -> None:
    ferry.write("sources/barley.txt", BARLEY)
    ferry.build()
    before = ferry.entries()
    text = ferry.read(SOURCE)
    ferry.write(SOURCE, BARLEY.replace("9 crowns", "8 crowns"))
    ferry.write("sources/barley.txt", text.replace("18 crowns", "19 crowns"))
    assert ferry.build().err == ""
    assert ferry.entries() == before
    assert "19 crowns" in ferry.read(ENTRY)
    assert "source: sources/barley.txt" in ferry.read(ENTRY)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("18 crowns", "19 crowns", "Tickets cost 19 crowns"),
        ("Night", "---\noutlet: Port Times\n---\nNight", 'outlet: "Port Times"'),
    ],
    ids=["a word", "a header"],
)
def test_a_source_moved_and_mended_in_one_step_keeps_its_entry(
    ferry: "Folder", was: str, now: str, told: str
) -> None:
    (ferry.root / SOURCE).rename(ferry.root / "sources/z.txt")
    ferry.edit("sources/z.txt", was, now)
    assert ferry.build().err == ""
    assert ferry.entries() == [ENTRY]
    assert "source: sources/z.txt" in ferry.read(ENTRY)
    assert told in ferry.read(ENTRY)


def test_the_same_text_of_another_outlet_is_another_entry(ferry: "Folder") -> None:
    ferry.edit(SOURCE, "Night", "---\noutlet: Port Times\n---\nNight")
    ferry.build()
    text = ferry.read(SOURCE)
    ferry.delete(SOURCE)
    ferry.write("sources/other.txt", text.replace("Port Times", "Gulf Desk"))
    ferry.build()
    assert len(ferry.entries()) == 2


def test_an_entry_written_anew_keeps_its_source(ferry: "Folder") -> None:
    front = ferry.read(ENTRY).partition("\n---\n")[0]
    for key in ("summary", "key_points"):
        front = re.sub(rf"^{key}:.*\n(?:  - .*\n)*", "", front, flags=re.MULTILINE)
    ferry.write(ENTRY, f"{front}\n---\nA boat goes north again, by night.\n")
    ferry.edit(SOURCE, "Night ferry returns to", "Night ferry comes home to")
    assert ferry.build().err == ""
    assert ferry.entries() == [ENTRY]
    assert 'title: "Night ferry comes home' in ferry.read(ENTRY)


PARSED = re.compile(r"^parsed: ", re.MULTILINE)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: re.sub(r"^parsed: .*$", "parsed: foo", text, flags=re.MULTILINE).encode(),
        lambda text: PARSED.sub("Parsed: ", text).encode(),
        lambda text: PARSED.sub("# parsed: ", text).encode(),
        lambda text: re.sub(r"^parsed: .*\n", "", text, flags=re.MULTILINE).encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-be"),
    ],
    ids=["damaged", "capital", "comment", "deleted", "UTF-16", "UTF-16 without mark"],
)
def test_no_mistake_in_an_entry_makes_a_second_one_of_its_text(
    ferry: "Folder", change: Callable[[str], bytes]
) -> None:
    ferry.write(ENTRY, change(ferry.read(ENTRY)))
    ferry.build()
    assert ferry.entries() == [ENTRY]


def test_a_damaged_entry_stays_alone_when_its_source_changes(ferry: "Folder") -> None:
    text = re.sub(r"^parsed: .*$", "parsed: foo", ferry.read(ENTRY), flags=re.MULTILINE)
    ferry.write(ENTRY, text)
    ferry.edit(SOURCE, "18 crowns", "19 crowns")
    ferry.write("sources/barley.txt", BARLEY)
    result = ferry.build()
    assert f"{ENTRY}:" in result.err
    assert ferry.entries() == ["briefings/barley-prices-fall-at-every-market.md", ENTRY]
    assert ferry.read(ENTRY) == text


def test_an_entry_the_editor_took_over_stays_alone_when_its_source_changes(
    ferry: "Folder",
) -> None:
    text = re.sub(r"^parsed: .*\n", "", ferry.read(ENTRY), flags=re.MULTILINE)
    ferry.write(ENTRY, text)
    ferry.edit(SOURCE, "18 crowns", "19 crowns")
    result = ferry.build()
    assert (result.err, ferry.entries()) == ("", [ENTRY])
    assert ferry.read(ENTRY) == text


def test_an_entry_renamed_to_another_ending_holds_its_source(ferry: "Folder") -> None:
    (ferry.root / ENTRY).rename(ferry.root / "briefings/boat.markdown")
    result = ferry.build()
    assert "briefings/boat.markdown: warning: this file is not read" in result.err
    assert ferry.entries() == []


def test_a_backup_of_an_entry_holds_no_other_text(ferry: "Folder") -> None:
    ferry.write(f"{ENTRY}~", ferry.read(ENTRY))
    ferry.write(SOURCE, BARLEY)
    ferry.build()
    assert len(ferry.entries()) == 2


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
