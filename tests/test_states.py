"""What is withdrawn says so and why; what is hidden or a draft is nowhere to be found."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import feedparser
import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

PATH = "briefings/mud.md"
PAGE = "/briefings/mud/"
MUD = f"""\
-- {PATH} --
---
title: Mud at the outer quay
added: 2026-11-20T09:00:00Z
topics: [port]
status: published
summary: The outer quay is under mud.
id: urn:uuid:00000000-0000-5000-8000-000000000001
slug: mud
---
The outer quay is under mud since the storm of Sunday.
"""
OWLS = """\
-- briefings/owls.md --
---
title: Owls in the orchard
added: 2026-11-20T10:00:00Z
topics: [farming]
id: urn:uuid:00000000-0000-5000-8000-000000000002
slug: owls
---
Owls were counted in the orchard.
"""
WHY = "The quay was dry."
RETRACTION = f'corrections: [{{date: 2026-11-21, kind: retraction, why: "{WHY}"}}]'
NEVER = "delete its line in published.txt if it was never public"


@pytest.fixture
def quay(site: "MakeSite") -> "Folder":
    """A site with two entries, built once."""
    folder = site(MUD + OWLS)
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    return folder


def set_status(folder: "Folder", status: str, *more: str) -> None:
    folder.edit(PATH, "status: published", "\n".join((f"status: {status}", *more)))


def mentions(folder: "Folder", text: str) -> list[str]:
    return [path for path, content in folder.tree("_site").items() if text.encode() in content]


def titles(folder: "Folder", feed: str) -> list[str]:
    return [each.title for each in feedparser.parse(folder.read(f"_site/{feed}").encode()).entries]


# --------------------------------------------------------------------------- withdrawn


@pytest.mark.parametrize(
    "feed", ["feed.xml", "feed.atom", "topics/port/feed.xml", "corrections/feed.xml"]
)
def test_those_who_had_it_are_told_once_that_it_was_withdrawn(quay: "Folder", feed: str) -> None:
    set_status(quay, "withdrawn", RETRACTION)
    result = quay.build()
    assert (result.err, result.code) == ("", 0)
    told = "Withdrawn: Mud at the outer quay"
    assert titles(quay, feed).count(told) == 1
    (item,) = (
        each
        for each in feedparser.parse(quay.read(f"_site/{feed}").encode()).entries
        if each.title == told
    )
    said = item.content[0].value
    assert "<strong>Withdrawn, November 21, 2026</strong>" in said
    assert WHY in said
    assert item.link == "https://harbour.example/news/briefings/mud/"
    # Noon in Seoul: the day is all that is known.
    assert item.published.startswith(("Sat, 21 Nov 2026 03:00:00", "2026-11-21T03:00:00"))


def test_nobody_else_is_told(quay: "Folder") -> None:
    set_status(quay, "withdrawn", RETRACTION)
    quay.build()
    assert titles(quay, "topics/farming/feed.xml") == ["Owls in the orchard"]
    assert "Mud" not in "".join(titles(quay, "editions/feed.xml"))


def test_the_item_keeps_its_id_when_the_why_is_mended(quay: "Folder") -> None:
    set_status(quay, "withdrawn", RETRACTION)
    quay.build()
    before = feedparser.parse(quay.read("_site/feed.xml").encode()).entries[0].id
    quay.edit(PATH, WHY, "It was another quay.")
    quay.build()
    assert feedparser.parse(quay.read("_site/feed.xml").encode()).entries[0].id == before


def test_a_retraction_told_before_the_withdrawal_is_not_told_again(quay: "Folder") -> None:
    earlier = '{date: 2026-11-21, was: "dry", now: "wet"}, {date: 2026-11-21, kind: retraction'
    set_status(
        quay, "published", RETRACTION.replace("{date: 2026-11-21, kind: retraction", earlier)
    )
    quay.build()
    before = feedparser.parse(quay.read("_site/corrections/feed.xml").encode()).entries
    quay.edit(PATH, "status: published", "status: withdrawn")
    quay.build()
    (left,) = feedparser.parse(quay.read("_site/corrections/feed.xml").encode()).entries
    assert left.id in {each.id for each in before}
    assert "wet" not in quay.read("_site/corrections/feed.xml")


def test_its_page_has_title_day_why_and_note_and_nothing_else_of_it(quay: "Folder") -> None:
    set_status(quay, "withdrawn", 'note: "Look at *the dry quay* instead."', RETRACTION)
    quay.build()
    page = quay.page(PAGE)
    for shown in ("Mud at the outer quay", "November 21, 2026", WHY, "<em>the dry quay</em>"):
        assert shown in page
    assert '<meta name="robots" content="noindex">' in page
    assert mentions(quay, "under mud") == []
    assert json.loads(quay.read(f"_site{PAGE}index.json")) == {
        "version": 1,
        "id": json.loads(quay.read(f"_site{PAGE}index.json"))["id"],
        "slug": "mud",
        "page": "https://harbour.example/news/briefings/mud/",
        "status": "withdrawn",
        "title": "Mud at the outer quay",
        "note": "Look at *the dry quay* instead.",
        "withdrawn": "2026-11-21",
        "why": WHY,
    }
    assert PAGE not in quay.read("_site/sitemap.xml")


def test_its_title_stands_only_where_its_withdrawal_is_told(quay: "Folder") -> None:
    set_status(quay, "withdrawn", RETRACTION)
    quay.build()
    feeds = ("feed.atom", "feed.json", "feed.xml")
    assert mentions(quay, "Mud at the outer quay") == sorted(
        [
            "briefings/mud/index.html",
            "briefings/mud/index.json",
            "corrections/index.html",
            *(f"{of}{feed}" for of in ("", "corrections/", "topics/port/") for feed in feeds),
        ]
    )


def test_without_a_retraction_the_lines_to_paste_are_told(quay: "Folder") -> None:
    set_status(quay, "withdrawn")
    result = quay.build()
    paste = 'corrections: [{date: 2026-11-22, kind: retraction, why: "…"}]'
    assert result.err == (
        f"{PATH}:5: warning: this is withdrawn, and nothing tells readers since when and why\n"
        f"    fix: add the line {paste}\n"
    )
    assert result.code == 0
    assert "What stood at this address was withdrawn by the editor." in quay.page(PAGE)
    quay.edit(
        PATH, "status: withdrawn", f"status: withdrawn\n{paste.replace('…', 'It was false.')}"
    )
    assert quay.build().err == ""
    assert "It was false." in quay.page(PAGE)


def test_beside_other_corrections_it_is_a_line_more(quay: "Folder") -> None:
    set_status(quay, "withdrawn", "corrections:", "  - {date: 2026-11-20, was: wet, now: dry}")
    paste = '- {date: 2026-11-22, kind: retraction, why: "…"}'
    assert f"    fix: add to `corrections:` the line {paste}\n" in quay.check().err
    quay.edit(PATH, "now: dry}\n", f"now: dry}}\n  {paste}\n")
    assert quay.check().err == ""


def test_a_retraction_without_a_why_is_told(quay: "Folder") -> None:
    set_status(quay, "withdrawn", "corrections: [{date: 2026-11-21, kind: retraction}]")
    assert quay.build().err == (
        f"{PATH}:6: warning: this is withdrawn, and its retraction does not say why\n"
        '    fix: add why: "…" to the retraction\n'
    )
    assert "November 21, 2026" in quay.page(PAGE)
    assert titles(quay, "feed.xml")[0] == "Withdrawn: Mud at the outer quay"


def test_a_story_and_an_edition_count_what_is_left(site: "MakeSite") -> None:
    entry = "---\ntitle: {0}\nadded: 2026-11-20\nstory: wet\nstatus: published\n---\n{1}\n"
    folder = site(
        f"-- {PATH} --\n{entry.format('Mud', 'The quay is under mud.')}"
        f"-- briefings/b.md --\n{entry.format('Water', 'Water stands on the mole.')}"
    )
    folder.build()
    set_status(folder, "withdrawn", RETRACTION)
    folder.build()
    assert "1 briefing on 1 event" in folder.page("/editions/2026-11-20/")
    story = folder.page("/stories/wet/")
    assert "Water stands on the mole" in folder.page("/briefings/b/")
    assert "Mud" not in story
    folder.edit("briefings/b.md", "status: published", f"status: withdrawn\n{RETRACTION}")
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    assert "was withdrawn by the editor" in folder.page("/stories/wet/")
    assert "Nothing of this day is here any more." in folder.page("/editions/2026-11-20/")


def test_a_copy_of_what_was_withdrawn_does_not_tell_whose_text_it_was(site: "MakeSite") -> None:
    text = "The mole at the quay was washed away by the storm of Sunday night, the harbour said."
    entry = "---\ntitle: {0}\noutlet: {1}\nadded: {2}\nstory: wet\nstatus: published\n---\n{3}\n"
    folder = site(
        f"-- {PATH} --\n{entry.format('Mole', 'Secret Wire', '2026-11-19', text)}"
        f"-- briefings/b.md --\n{entry.format('Copy', 'Port Times', '2026-11-20', text)}"
        f"-- briefings/c.md --\n{entry.format('Other', 'Quay News', '2026-11-20', 'It was wet.')}"
    )
    folder.build()
    assert "Secret Wire, carried by" in folder.page("/stories/wet/").replace("</bdi>", "")
    set_status(folder, "withdrawn", RETRACTION)
    folder.build()
    assert "Port Times" in folder.page("/stories/wet/")
    # What is left is the page of the outlet, as its address was published.
    assert mentions(folder, "Secret Wire") == []
    # The copy does not come as new either.
    assert "Copy" not in titles(folder, "feed.xml")


def test_a_story_that_only_frozen_builds_have_published_keeps_its_address(
    site: "MakeSite",
) -> None:
    entry = "---\ntitle: {0}\nadded: 2026-11-20\nstory: wet\nstatus: published\n{1}---\n{0}.\n"
    folder = site(
        f"-- {PATH} --\n{entry.format('Mud', 'publish_after: 2026-11-22')}"
        f"-- briefings/b.md --\n{entry.format('Water', '')}".replace("22---", "22\n---")
    )
    folder.build(now="2026-11-20T12:00:00Z")
    folder.build("--frozen", now="2026-11-23T00:00:00Z")
    assert "Mud" in folder.page("/stories/wet/")
    set_status(folder, "withdrawn", RETRACTION)
    folder.build(now="2026-11-23T00:00:00Z")
    assert "/stories/wet/" in folder.published()
    assert "Water" in folder.page("/stories/wet/")


def test_what_is_withdrawn_before_it_appeared_was_never_there(site: "MakeSite") -> None:
    folder = site(MUD.replace("status: published", f"status: withdrawn\n{RETRACTION}"))
    folder.edit(PATH, "status:", "publish_after: 2026-12-01\nstatus:")
    result = folder.build()
    assert result.err == (
        f"{PATH}:5: warning: this was to appear at 2026-12-01 00:00 Asia/Seoul, but it is hidden"
        " or withdrawn before\n"
        "    fix: set `status: published`, or `hidden` and take `publish_after` out\n"
    )
    assert mentions(folder, "Mud") == []


# --------------------------------------------------------------------------- hidden and draft


def test_hiding_what_was_published_is_an_error(quay: "Folder") -> None:
    set_status(quay, "hidden")
    for result in (quay.check(), quay.build()):
        assert result.err == (
            f"{PATH}:5: error: this is hidden, but {PAGE} was published\n"
            f"    fix: set `status: withdrawn`, which says so to its readers; {NEVER}\n"
        )
        assert result.code == 1
    assert "What stood at this address was withdrawn" in quay.page(PAGE)
    assert mentions(quay, "Mud") == []
    assert mentions(quay, "under mud") == []


def test_making_a_draft_of_what_was_published_is_an_error(quay: "Folder") -> None:
    set_status(quay, "draft")
    for result in (quay.check(), quay.build()):
        assert result.err == (
            f"{PATH}:5: error: this is a draft, but {PAGE} was published; it is not available at"
            " present\n"
            "    fix: set `status: published`, or `withdrawn` to take it down for good;"
            f" {NEVER}\n"
        )
        assert result.code == 1
    page = quay.page(PAGE)
    assert "<h1>Not available now</h1>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert mentions(quay, "Mud") == []
    assert mentions(quay, "under mud") == []


def test_its_story_waits_with_it(site: "MakeSite") -> None:
    entry = "---\ntitle: {0}\nadded: 2026-11-20\nstory: wet\nstatus: published\n---\n{0}.\n"
    folder = site(
        f"-- {PATH} --\n{entry.format('Mud')}-- briefings/b.md --\n{entry.format('Water')}"
    )
    folder.build()
    set_status(folder, "draft")
    folder.edit("briefings/b.md", "status: published", "status: hidden")
    result = folder.build()
    assert "stories" not in result.err
    assert "Not available now" in folder.page("/stories/wet/")


def test_an_alias_of_what_became_a_draft_is_known_too(quay: "Folder") -> None:
    quay.edit(PATH, "slug: mud", "slug: mud-again\naliases: [mud]")
    assert quay.build().code == 0
    quay.edit(PATH, "status: published", "status: draft")
    assert f"this is a draft, but {PAGE.replace('mud', 'mud-again')} was published" in (
        quay.build().err
    )
    assert "Not available now" in quay.page(PAGE)
    assert "Not available now" in quay.page("/briefings/mud-again/")


def test_a_draft_whose_moment_has_passed_is_told(site: "MakeSite") -> None:
    folder = site(MUD.replace("status: published", "status: draft\npublish_after: 2026-11-20"))
    result = folder.build()
    assert result.err == (
        f"{PATH}:6: warning: this was to appear at 2026-11-20 00:00 Asia/Seoul, but it is still a"
        " draft\n    fix: set `status: published`, or take `publish_after` out\n"
    )
    assert result.code == 0
    folder.edit(PATH, "publish_after: 2026-11-20", "publish_after: 2026-12-20")
    assert folder.build().err == ""


def test_a_moment_of_what_is_hidden_means_nothing(site: "MakeSite") -> None:
    folder = site(MUD.replace("status: published", "status: hidden\npublish_after: 2026-12-20"))
    assert "but it is hidden or withdrawn before" in folder.check().err
    folder.edit(PATH, "publish_after: 2026-12-20", "publish_after: 2026-11-20")
    assert folder.check().err == ""


def test_drafts_and_scheduled_entries_are_marked_wherever_they_are_shown(
    site: "MakeSite",
) -> None:
    folder = site(
        MUD.replace("status: published", "status: draft\nstory: mud\npeople: [Ada Bell]")
        + OWLS.replace("topics: [farming]", "publish_after: 2026-12-01\nstory: mud")
    )
    folder.build("--drafts")
    alone = ("/briefings/mud/", "/briefings/owls/", "/stories/mud/", "/editions/2026-12-01/")
    for page in (*alone, "/archive/2026/11/", "/topics/port/2026/11/"):
        assert '<meta name="robots" content="noindex">' in folder.page(page), page
    for page in (*alone, "/", "/archive/2026/11/", "/topics/port/"):
        made = folder.page(page)
        assert '<strong class="flag">Draft</strong>' in made or "Scheduled" in made, page
