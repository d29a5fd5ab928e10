"""A scheduled entry: nobody sees it before its moment, and then it is new to everybody."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import feedparser
import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

FERRY = """\
-- sources/ferry.txt --
---
publish_after: 2026-11-24
---
Night ferry returns to the northern route

By Nora Quill

The night ferry will sail again from the old quay, its owner said on Tuesday.

Tickets cost 18 crowns and go on sale at the end of the month.
"""
BARLEY = """\
-- sources/barley.txt --
Barley prices fall at every market

Barley prices fell to 9 crowns on Monday, traders said before the harvest.

Nobody at the markets expects them to rise.
"""
SLUG = "night-ferry-returns-to-the-northern-route"
ENTRY = f"briefings/{SLUG}.md"
PAGE = f"/briefings/{SLUG}/"
BEFORE = "2026-11-21T09:00:00Z"
# Midnight in the site's time zone, Asia/Seoul.
LAST_SECOND = "2026-11-23T14:59:59Z"
THEN = "2026-11-23T15:00:00Z"


@pytest.fixture
def waiting(site: "MakeSite") -> "Folder":
    """A site with an entry that is published and one that is scheduled, built before."""
    folder = site(FERRY + BARLEY)
    result = folder.build(now=BEFORE)
    assert (result.err, result.code) == ("", 0)
    return folder


def mentions(folder: "Folder", text: str) -> list[str]:
    return [path for path, content in folder.tree("_site").items() if text.encode() in content]


def test_the_header_of_a_source_schedules_its_entry(waiting: "Folder") -> None:
    assert "status: published\npublish_after: 2026-11-24T00:00:00+09:00\n" in waiting.read(ENTRY)


def test_nothing_of_it_is_there_before_its_moment(waiting: "Folder") -> None:
    waiting.build(now=LAST_SECOND)
    for text in ("ferry", "Ferry", "Nora Quill"):
        assert mentions(waiting, text) == []
        assert text not in waiting.read("published.txt")


def test_it_appears_at_the_first_build_that_is_not_before_its_moment(waiting: "Folder") -> None:
    result = waiting.build(now=THEN)
    assert (result.err, result.code) == ("", 0)
    assert "sail again from the old quay" in waiting.page(PAGE)
    assert PAGE in waiting.published()


def test_a_build_that_may_not_write_entries_publishes_it(waiting: "Folder") -> None:
    entries, addresses = waiting.tree("briefings"), waiting.read("published.txt")
    result = waiting.build("--frozen", "--strict", now=THEN)
    assert (result.err, result.code) == ("", 0)
    assert "sail again from the old quay" in waiting.page(PAGE)
    assert waiting.tree("briefings") == entries
    assert waiting.read("published.txt") == addresses
    unlisted = "addresses are not in published.txt yet: run `briefbook build` and commit it\n"
    assert unlisted in result.out
    waiting.build(now=THEN)
    assert PAGE in waiting.published()
    assert unlisted not in waiting.build("--frozen", now=THEN).out


def test_its_day_is_the_day_it_appeared(waiting: "Folder") -> None:
    finished = waiting.page("/editions/2026-11-21/").partition("That is all")[0]
    waiting.build(now=THEN)
    assert "Night ferry" in waiting.page("/editions/2026-11-24/")
    assert waiting.page("/editions/2026-11-21/").startswith(finished)
    assert '<time datetime="2026-11-24">November 24, 2026</time></dd>' in waiting.page(PAGE)
    twin = json.loads(waiting.read(f"_site{PAGE}index.json"))
    assert twin["added"] == "2026-11-23T15:00:00Z"


def test_an_update_before_it_appeared_is_none(waiting: "Folder") -> None:
    waiting.edit(ENTRY, "\nlanguage:", "\nupdated: 2026-11-22T09:00:00Z\nlanguage:")
    waiting.build(now=THEN)
    assert "updated November" not in waiting.page(PAGE)
    waiting.edit(ENTRY, "updated: 2026-11-22", "updated: 2026-11-25")
    waiting.build(now="2026-11-26T00:00:00Z")
    assert 'updated <time datetime="2026-11-25">' in waiting.page(PAGE)


def test_a_feed_reader_sees_it_as_new(waiting: "Folder") -> None:
    waiting.build(now=THEN)
    newest, older = feedparser.parse(waiting.read("_site/feed.xml").encode()).entries
    assert newest.title == "Night ferry returns to the northern route"
    assert newest.published == "Mon, 23 Nov 2026 15:00:00 +0000"
    assert older.title == "Barley prices fall at every market"


def test_it_arrives_behind_what_readers_had_before(site: "MakeSite") -> None:
    text = "The mole at the quay was washed away by the storm of Sunday night, the harbour said."
    entry = "---\ntitle: {0}\nslug: {1}\nadded: {2}\nstory: mole\n{3}---\n" + text + "\n"
    first = entry.format("Told in advance", "early", "2026-11-19", "publish_after: 2026-11-24\n")
    second = entry.format("Mole washed away", "late", "2026-11-20", "")
    folder = site(f"-- briefings/a.md --\n{first}-- briefings/b.md --\n{second}")
    folder.build(now=BEFORE)
    (item,) = feedparser.parse(folder.read("_site/feed.xml").encode()).entries
    assert item.title == "Mole washed away"
    folder.build(now=THEN)
    # A copy of a text that subscribers have is no item, whenever it was written.
    (same,) = feedparser.parse(folder.read("_site/feed.xml").encode()).entries
    assert same.id == item.id
    assert '<h1 lang="en" dir="auto">Mole washed away</h1>' in folder.page("/stories/mole/")


def test_drafts_shows_it_marked_and_for_its_editor_only(waiting: "Folder") -> None:
    addresses = waiting.read("published.txt")
    result = waiting.build("--drafts", now=BEFORE)
    assert (result.err, result.code) == ("", 0)
    page = waiting.page(PAGE)
    when = '<time datetime="2026-11-24">November 24, 2026, 00:00</time>'
    assert f'<strong class="flag">Scheduled for {when}</strong>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<strong class="flag">Scheduled</strong>' in waiting.page("/")
    assert PAGE not in waiting.read("_site/sitemap.xml")
    for feed in ("feed.xml", "feed.atom", "feed.json", "editions/feed.xml"):
        assert "Night ferry" not in waiting.read(f"_site/{feed}")
    assert waiting.read("published.txt") == addresses
    waiting.build(now=BEFORE)
    assert mentions(waiting, "ferry") == []


def test_the_summary_says_how_many_wait_and_which_appears_next(waiting: "Folder") -> None:
    said = waiting.build(now=BEFORE).out
    assert f"1 entry is scheduled; it appears at 2026-11-24 00:00 Asia/Seoul: {ENTRY}\n" in said
    waiting.write(
        "briefings/b.md",
        "---\ntitle: Sooner\nadded: 2026-11-20\npublish_after: 2026-11-22 07:30\n---\nSoon.\n",
    )
    said = waiting.build(now=BEFORE).out
    assert (
        "2 entries are scheduled; the next appears at 2026-11-22 07:30 Asia/Seoul:"
        " briefings/b.md\n" in said
    )
    assert "scheduled" not in waiting.build(now=THEN).out


def test_an_editor_who_moves_the_moment_wins_over_the_header(waiting: "Folder") -> None:
    waiting.edit(ENTRY, "publish_after: 2026-11-24T00:00:00+09:00", "publish_after: 2026-11-26")
    waiting.edit("sources/ferry.txt", "publish_after: 2026-11-24", "publish_after: 2026-11-25")
    assert waiting.build(now=THEN).code == 0
    assert "publish_after: 2026-11-26\n" in waiting.read(ENTRY)
    assert "publish_after: the source now says 2026-11-25T00:00:00+09:00" in waiting.read(ENTRY)
    assert mentions(waiting, "ferry") == []


def test_a_changed_header_moves_the_moment(waiting: "Folder") -> None:
    waiting.edit("sources/ferry.txt", "publish_after: 2026-11-24", "publish_after: 2026-11-25")
    waiting.build(now=BEFORE)
    assert "publish_after: 2026-11-25T00:00:00+09:00\n" in waiting.read(ENTRY)
    waiting.build(now=THEN)
    assert mentions(waiting, "ferry") == []


def test_a_moment_without_an_offset_is_local_also_while_its_source_changes(
    waiting: "Folder",
) -> None:
    """06:00 in Seoul is 21:00 of the day before in UTC."""
    waiting.edit(ENTRY, "2026-11-24T00:00:00+09:00", "2026-11-21 20:00")
    waiting.edit("sources/ferry.txt", "18 crowns", "19 crowns")
    waiting.build(now="2026-11-21T11:00:00Z")
    assert "19 crowns" in waiting.page(PAGE)


def test_a_moment_far_away_hurts_nobody(site: "MakeSite") -> None:
    entry = "---\ntitle: A\nadded: 2026-01-01\npublish_after: {0}\n---\nHere.\n"
    folder = site(
        f"-- briefings/a.md --\n{entry.format('1001-01-01')}"
        f"-- briefings/b.md --\n{entry.format('9997-12-31')}"
        f"-- briefings/c.md --\n{entry.format('9999-01-01T00:00Z')}"
    )
    result = folder.build("--drafts")
    assert result.err == (
        "briefings/c.md:4: error: there is no such date as '9999-01-01T00:00Z'\n"
        "    fix: correct the date\n"
    )
    assert "Here." in folder.page("/briefings/a/")
    assert "appears at 9997-12-31 00:00 Asia/Seoul: briefings/b.md\n" in result.out


def test_what_is_no_moment_is_told(site: "MakeSite") -> None:
    folder = site(
        "-- briefings/a.md --\n---\ntitle: A\nadded: 2026-01-01\npublish_after: tomorrow\n---\nA.\n"
        "-- briefings/b.md --\n---\ntitle: B\nadded: 2026-01-01\nstatus: Scheduled\n---\nB.\n"
    )
    result = folder.build()
    assert result.err == (
        "briefings/a.md:4: error: 'tomorrow' is not a date as 'publish_after' needs it\n"
        "    fix: write publish_after: 2026-11-21 or publish_after: 2026-11-21T18:00:00+09:00\n"
        "briefings/b.md:4: error: 'scheduled' is no status: when an entry appears is said by"
        " 'publish_after'\n"
        "    fix: write status: published and a line such as publish_after: 2026-11-24T06:00\n"
    )
    assert result.code == 1
    assert "briefings" not in "".join(folder.published())


def test_scheduling_what_is_published_is_told_and_its_address_answers(site: "MakeSite") -> None:
    folder = site("-- briefings/a.md --\n---\ntitle: Mud\nadded: 2026-01-01\n---\nMud it is.\n")
    folder.build()
    folder.edit("briefings/a.md", "---\nMud", "publish_after: 2026-12-01\n---\nMud")
    result = folder.build()
    assert result.err == (
        "briefings/a.md:4: error: /briefings/a/ was published; it is not available until"
        " 2026-12-01 00:00 Asia/Seoul\n"
        "    fix: take `publish_after` out; delete its line in published.txt if it was never"
        " public\n"
    )
    assert result.code == 1
    page = folder.page("/briefings/a/")
    assert "cannot be shown at the moment" in page
    assert "Mud" not in page
