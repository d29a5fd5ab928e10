"""Every address ever published answers, whatever becomes of what stood there."""

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

FERRY = """\
-- sources/ferry.txt --
Night ferry returns to the northern route

The night ferry will sail again from 3 May, its owner said on Tuesday.

Tickets cost 18 crowns and go on sale at the end of the month.
"""
SLUG = "night-ferry-returns-to-the-northern-route"
ENTRY = f"briefings/{SLUG}.md"
PAGE = f"/briefings/{SLUG}/"
FEEDS = ("feed.atom", "feed.json", "feed.xml")


@pytest.fixture
def ferry(site: "MakeSite") -> "Folder":
    """A site with one entry, built once."""
    folder = site(FERRY)
    assert folder.build().code == 0
    return folder


def feed_id(folder: "Folder") -> str:
    (item,) = json.loads(folder.read("_site/feed.json"))["items"]
    return str(item["id"])


def withdraw(folder: "Folder") -> None:
    why = 'corrections: [{date: 2026-11-21, kind: retraction, why: "It was a hoax."}]'
    folder.edit(ENTRY, "status: published", f"status: withdrawn\n{why}")


def without_memory(text: str) -> str:
    return re.sub(r"(?m)^parsed: .*\n", "", text)


def answers(folder: "Folder", address: str) -> bool:
    path = address[1:] + ("index.html" if address.endswith("/") else "")
    return (folder.root / "_site" / path).is_file()


def test_published_txt_gains_every_page_and_feed(ferry: "Folder") -> None:
    assert ferry.published() == [
        "/",
        "/about/",
        "/archive/",
        "/archive/2026/11/",
        PAGE,
        *(f"/corrections/{name}" for name in ("", *FEEDS)),
        *(f"/editions/{name}" for name in ("", "2026-11-22/", *FEEDS)),
        *(f"/{name}" for name in FEEDS),
        "/organisations/",
        "/outlets/",
        "/people/",
        "/places/",
        "/search/",
        "/subscribe/",
        "/topics/",
        *(f"/topics/farming/{name}" for name in ("", *FEEDS)),
        *(f"/topics/port/{name}" for name in ("", "2026/11/", *FEEDS)),
    ]
    pages = {f"/{path}" for path in ferry.tree("_site")}
    listed = {
        address + ("index.html" if address.endswith("/") else "") for address in ferry.published()
    }
    kinds = (".html", ".xml", ".atom")
    made = {page for page in pages if page.endswith(kinds)}
    assert made - listed == {"/404.html", "/sitemap.xml"}


def test_published_txt_keeps_what_is_gone_and_the_notes_above(ferry: "Folder") -> None:
    before = ferry.read("published.txt")
    ferry.write("published.txt", "# kept for good\n/briefings/older/\n")
    ferry.build()
    now = ferry.read("published.txt")
    assert now.startswith("# kept for good\n/\n/about/\n")
    assert now.replace("# kept for good\n", "").replace("/briefings/older/\n", "") == before


def test_a_renamed_slug_with_an_alias_answers_at_both(ferry: "Folder") -> None:
    ferry.edit(ENTRY, f"slug: {SLUG}", f"slug: night-boat\naliases: [{SLUG}]")
    result = ferry.build()
    assert (result.err, result.code) == ("", 0)
    assert "sail again from 3 May" in ferry.page("/briefings/night-boat/")
    old = ferry.page(PAGE)
    assert "This briefing has moved" in old
    assert '<a href="../night-boat/"' in old
    assert ferry.check("--strict").code == 0


def test_a_renamed_slug_becomes_an_alias(ferry: "Folder") -> None:
    before, identity = ferry.read(ENTRY), feed_id(ferry)
    ferry.edit(ENTRY, f"slug: {SLUG}", "slug: night-boat")
    result = ferry.build("--strict")
    assert (result.err, result.code) == ("", 0)
    assert result.out.startswith(
        f"{ENTRY}:3: note: {PAGE} leads here from now on: it is added under aliases:\n"
        "    fix: to take the change back, put the old slug back\n"
    )
    expected = before.replace(f"slug: {SLUG}", "slug: night-boat").replace(
        "status: published\n", f"status: published\naliases: [{SLUG}]\n"
    )
    assert without_memory(ferry.read(ENTRY)) == without_memory(expected)
    assert '<a href="../night-boat/"' in ferry.page(PAGE)
    assert feed_id(ferry) == identity
    files = ferry.times()
    assert "note:" not in ferry.build().out
    assert ferry.times() == files
    assert ferry.check("--strict").code == 0


def test_a_slug_that_is_put_back_is_no_alias_of_itself(ferry: "Folder") -> None:
    ferry.edit(ENTRY, f"slug: {SLUG}", "slug: night-boat")
    ferry.build()
    ferry.edit(ENTRY, "slug: night-boat", f"slug: {SLUG}")
    assert ferry.build().code == 0
    assert f"aliases: [{SLUG}, night-boat]\n" in ferry.read(ENTRY)
    assert f"the alias '{SLUG}' is the entry's own address\n" in ferry.check().err
    assert ferry.check("--fix", "--strict").code == 0
    assert "aliases: [night-boat]\n" in ferry.read(ENTRY)
    assert (ferry.build().code, ferry.check("--strict").code) == (0, 0)
    assert f'<a href="../{SLUG}/"' in ferry.page("/briefings/night-boat/")


def test_a_renamed_slug_leads_on_where_no_entry_may_be_written(ferry: "Folder") -> None:
    ferry.edit(ENTRY, f"slug: {SLUG}", "slug: night-boat")
    before = ferry.read(ENTRY)
    result = ferry.build("--frozen")
    assert (result.err, result.code) == ("", 0)
    assert ferry.read(ENTRY) == before
    assert '<a href="../night-boat/"' in ferry.page(PAGE)


@pytest.mark.parametrize("frozen", [(), ("--frozen",)], ids=["build", "frozen"])
def test_a_former_address_that_another_entry_took_is_an_error(
    ferry: "Folder", frozen: tuple[str, ...]
) -> None:
    ferry.edit(ENTRY, f"slug: {SLUG}", "slug: night-boat")
    before = ferry.read(ENTRY)
    other = f"---\ntitle: Other\nslug: {SLUG}\nadded: 2027-01-01\n---\nText.\n"
    ferry.write("briefings/other.md", other)
    result = ferry.build(*frozen)
    assert result.err == (
        f"{ENTRY}:3: error: this briefing stood at {PAGE}, which belongs to briefings/other.md"
        f" now\n    fix: put slug: {SLUG} back, or give briefings/other.md another slug\n"
    )
    assert result.code == 1
    assert without_memory(ferry.read(ENTRY)) == without_memory(before)
    ferry.edit("briefings/other.md", f"slug: {SLUG}", "slug: other")
    assert ferry.build().code == 0
    assert f"aliases: [{SLUG}]" in ferry.read(ENTRY)


def test_a_new_text_does_not_take_the_address_that_leads_on_from_this_build(
    ferry: "Folder",
) -> None:
    ferry.edit(ENTRY, f"slug: {SLUG}", "slug: night-boat")
    again = "Night ferry returns to the northern route\n\nBarley was on board, it was said.\n"
    ferry.write("sources/again.txt", again)
    assert ferry.build().code == 0
    assert f"slug: {SLUG}-2\n" in ferry.read(f"briefings/{SLUG}-2.md")


def test_a_changed_story_that_had_a_page_leads_on(site: "MakeSite") -> None:
    folder = site(FERRY.replace("ferry.txt", "a.txt") + FERRY.replace("Night ferry", "Ferry"))
    folder.build()
    paths = folder.entries()
    stories = {re.findall("^story: (.*)$", folder.read(path), re.MULTILINE)[0] for path in paths}
    (story,) = stories
    assert f"/stories/{story}/" in folder.published()
    for path in paths:
        folder.edit(path, f"\nstory: {story}\n", "\nstory: boats\n")
    result = folder.build("--strict")
    assert result.err == ""
    note = f"note: /stories/{story}/ leads here from now on: it is added under former_stories:"
    assert result.out.count(note) == 2
    assert f"former_stories: [{story}]\n" in folder.read(paths[0])
    assert '<a href="../boats/"' in folder.page(f"/stories/{story}/")
    assert folder.check("--strict").code == 0


def test_a_changed_story_that_never_had_a_page_is_forgotten(ferry: "Folder") -> None:
    ferry.edit(ENTRY, f"\nstory: {SLUG}\n", "\nstory: boats\n")
    assert "note:" not in ferry.build().out
    assert "former_stories" not in ferry.read(ENTRY)


def test_a_deleted_entry_is_told_by_check_and_its_address_answers(ferry: "Folder") -> None:
    ferry.delete(ENTRY)
    ferry.delete("sources/ferry.txt")
    error = f"published.txt: error: {PAGE} was published and nothing stands there now"
    checked = ferry.check()
    assert checked.err.startswith(error)
    assert checked.code == 1
    assert ferry.build().code == 1
    assert "What stood at this address was withdrawn" in ferry.page(PAGE)
    assert PAGE in ferry.published()


def test_a_deleted_entry_says_what_goes_with_it_while_the_last_site_is_there(
    site: "MakeSite",
) -> None:
    folder = site(FERRY)
    folder.edit("sources/ferry.txt", "its owner said", "Nora Quill said")
    folder.build()
    folder.delete(ENTRY)
    folder.delete("sources/ferry.txt")
    result = folder.check()
    assert result.out.startswith(
        f"published.txt: note: with {PAGE} 'Night ferry returns to the northern route' goes from"
        " the lists of its month and day, and from 1 topic, 1 name\n"
        "    fix: rather than deleting it, write `status: withdrawn` in its file\n"
    )
    assert result.err.startswith(f"published.txt: error: {PAGE} was published and nothing stands")
    folder.write(f"_site{PAGE}index.json", "[")
    assert "note:" not in folder.check().out


def test_a_deleted_entry_whose_source_is_there_is_made_again_as_it_was(ferry: "Folder") -> None:
    before = ferry.read(ENTRY)
    ferry.delete(ENTRY)
    result = ferry.build()
    assert result.err == (
        f"sources/ferry.txt: warning: a briefing was published at {PAGE} and its file is gone, so"
        " this text gets a new one there, without what you had written in the old one\n    fix: put"
        " the old file back, or, to take the briefing down, write `status: withdrawn` in"
        f" {ENTRY}\n"
    )
    assert result.code == 0
    assert ferry.read(ENTRY) == before
    assert ferry.build().err == ""


@pytest.mark.parametrize("verb", ["build", "check"])
def test_a_deleted_source_is_told_once_and_how_to_take_the_briefing_down(
    ferry: "Folder", verb: str
) -> None:
    ferry.delete("sources/ferry.txt")
    line = ferry.read(ENTRY).split("\nparsed:")[0].count("\n") + 2
    result = ferry.run(verb, "--now", "2026-11-21T18:00:00Z")
    assert result.err == (
        f"{ENTRY}:{line}: warning: its source sources/ferry.txt is gone, so nobody can see any more"
        " what of it was kept, dropped and mended; the briefing stays\n    fix: put the text back;"
        f" to take the briefing down write `status: withdrawn` in {ENTRY}\n"
    )
    assert result.code == 0
    withdraw(ferry)
    assert ferry.build().err == ""


def test_a_source_that_cannot_be_read_is_not_called_gone(ferry: "Folder") -> None:
    ferry.write("sources/ferry.txt", b"\x00")
    result = ferry.check()
    assert "gone" not in result.err


def test_a_withdrawn_entry_speaks_for_its_story(ferry: "Folder") -> None:
    published = ferry.read("published.txt")
    ferry.write("published.txt", f"{published}/stories/{SLUG}/\n")
    withdraw(ferry)
    assert ferry.build("--strict").err == ""
    assert answers(ferry, f"/stories/{SLUG}/")


def test_a_search_that_site_yaml_switches_off_is_no_mistake(ferry: "Folder") -> None:
    ferry.edit("site.yaml", "publish: full", "publish: full\nsearch: false")
    result = ferry.build("--strict")
    assert (result.err, result.code) == ("", 0)
    assert answers(ferry, "/search/")


def test_a_handwritten_entry_that_may_have_moved_is_suggested(site: "MakeSite") -> None:
    own = "---\ntitle: The quay\nadded: 2026-11-01\n---\nIt is wet.\n"
    folder = site(f"-- briefings/quay.md --\n{own}")
    folder.build()
    (folder.root / "briefings/quay.md").rename(folder.root / "briefings/pier.md")
    told = folder.check()
    assert "or write `aliases: [quay]` in the entry 'pier', if that is where it went;" in told.err
    folder.edit("briefings/pier.md", "added:", "aliases: [quay]\nadded:")
    assert "/briefings/quay/" not in folder.check().err
    assert folder.read("briefings/pier.md") == own.replace("added:", "aliases: [quay]\nadded:")


def test_a_topic_taken_out_of_site_yaml_answers_with_page_and_feeds(ferry: "Folder") -> None:
    settings = ferry.read("site.yaml")
    ferry.write("site.yaml", "".join(settings.splitlines(keepends=True)[:-1]))
    result = ferry.build()
    assert result.err == (
        "published.txt: error: /topics/farming/ was published and nothing stands there now, nor at"
        " 3 addresses below it, so a page says that it was withdrawn\n    fix: write `aliases:"
        " [farming]` under the topic in site.yaml that has its entries now, or put the topic back;"
        " if it was never public, delete the line from published.txt\n"
    )
    assert result.code == 1
    assert ferry.check().code == 1
    assert all(answers(ferry, address) for address in ferry.published())


def rename_topic(folder: "Folder", more: str = ", aliases: [port]") -> None:
    folder.edit("site.yaml", "slug: port,", f"slug: harbours{more},")


def test_a_renamed_topic_leads_on_and_its_feeds_go_on(ferry: "Folder") -> None:
    before = json.loads(ferry.read("_site/topics/port/feed.json"))
    old = [address for address in ferry.published() if address.startswith("/topics/port/")]
    rename_topic(ferry)
    result = ferry.build("--strict")
    assert (result.err, result.code) == ("", 0)
    assert '<a href="../harbours/"' in ferry.page("/topics/port/")
    assert "This page has moved" in ferry.page("/topics/port/")
    assert '<a href="../../../harbours/2026/11/"' in ferry.page("/topics/port/2026/11/")
    for name in FEEDS:
        there, here = (ferry.read(f"_site/topics/{slug}/{name}") for slug in ("port", "harbours"))
        assert there.replace("/topics/port/", "/topics/harbours/") == here
    after = json.loads(ferry.read("_site/topics/port/feed.json"))
    assert after["items"] == before["items"]
    assert after["feed_url"] == before["feed_url"]
    assert all(answers(ferry, address) for address in old)
    assert "/topics/port/" not in ferry.read("_site/sitemap.xml")
    assert "/topics/port/" not in ferry.read("_site/feeds.opml")
    assert ferry.check("--strict").code == 0


def test_pins_to_a_former_slug_of_a_topic_count(site: "MakeSite") -> None:
    pinned = "---\ntitle: {0}\nslug: {0}\nadded: 2026-01-01\ntopics: [{1}]\n---\nText.\n"
    folder = site(
        f"-- briefings/a.md --\n{pinned.format('first', 'port')}"
        f"-- briefings/b.md --\n{pinned.format('more', 'port, harbours')}"
        "-- sources/c.txt --\n---\ntopics: [port]\n---\nBarley is cheap\n\nIt fell on Monday.\n"
    )
    rename_topic(folder)
    result = folder.build("--strict")
    assert (result.err, result.code) == ("", 0)
    page = folder.page("/topics/harbours/")
    assert all(f"briefings/{slug}/" in page for slug in ("first", "more", "barley-is-cheap"))
    assert "topics: [harbours]\n" in folder.read("briefings/barley-is-cheap.md")
    assert "topics: [port]\n" in folder.read("briefings/a.md")
    assert "harbours" in folder.run("explain", f"{folder.root}/sources/c.txt").out


def test_a_month_that_the_new_topic_has_not_leads_to_the_topic(ferry: "Folder") -> None:
    rename_topic(ferry)
    ferry.write("published.txt", "/topics/port/1999/12/\n/topics/port/2026/13/\n")
    ferry.build()
    assert '<a href="../../../harbours/"' in ferry.page("/topics/port/1999/12/")


@pytest.mark.parametrize("alias", ["farming", "quays"])
def test_a_former_slug_belongs_to_one_topic(site: "MakeSite", alias: str) -> None:
    folder = site("")
    rename_topic(folder, f", aliases: [{alias}, quays]")
    folder.edit("site.yaml", "slug: farming,", "slug: farming, aliases: [quays],")
    result = folder.build()
    fix = "\n    fix: take it out of one of them\n"
    quays = "the slug 'quays' belongs to two topics, on lines 6 and 7"
    farming = "the slug 'farming' belongs to two topics, on lines 7 and 6"
    assert result.code == 2
    assert f"site.yaml:7: error: {quays}{fix}" in result.err
    assert (f"site.yaml:6: error: {farming}{fix}" in result.err) == (alias == "farming")


def test_a_withdrawn_entry_answers_and_nobody_complains(ferry: "Folder") -> None:
    withdraw(ferry)
    result = ferry.build()
    assert (result.err, result.code) == ("", 0)
    assert answers(ferry, PAGE)


def test_two_entries_that_claim_one_address_are_told(ferry: "Folder") -> None:
    ferry.write(
        "briefings/zz.md",
        f"---\ntitle: Other\nslug: other\nadded: 2027-01-01\naliases: [{SLUG}]\n---\nText.\n",
    )
    result = ferry.build()
    assert result.err == (
        f"briefings/zz.md:5: error: the alias '{SLUG}' also belongs to {ENTRY}\n"
        "    fix: take it out of one of the two\n"
    )
    assert result.code == 1
    assert "sail again from 3 May" in ferry.page(PAGE)


def test_frozen_writes_neither_entries_nor_addresses(ferry: "Folder") -> None:
    ferry.write(
        "sources/new.txt", "Barley prices fall\n\nBarley fell on Monday.\n\nIt was cheap.\n"
    )
    ferry.edit("sources/ferry.txt", "18 crowns", "19 crowns")
    before = {path: text for path, text in ferry.tree().items() if not path.startswith("_site")}
    result = ferry.build("--frozen")
    fix = "    fix: run `briefbook build` where the sources are, and commit briefings/\n"
    assert result.err == (
        f"sources/ferry.txt: error: its text has changed since {ENTRY} was written\n{fix}"
        f"sources/new.txt: error: this source has no entry yet\n{fix}"
    )
    assert result.code == 1
    after = {path: text for path, text in ferry.tree().items() if not path.startswith("_site")}
    assert after == before
    assert "18 crowns" in ferry.page(PAGE)


def test_frozen_is_content_with_entries_that_are_up_to_date(ferry: "Folder") -> None:
    site = ferry.tree("_site")
    result = ferry.build("--frozen", "--strict")
    assert (result.err, result.code) == ("", 0)
    assert ferry.tree("_site") == site


def test_frozen_leaves_published_txt_alone(ferry: "Folder") -> None:
    ferry.write("published.txt", "")
    before = ferry.tree("briefings")
    ferry.build("--frozen")
    assert ferry.read("published.txt") == ""
    assert ferry.tree("briefings") == before


def test_stories_keep_their_address_when_only_one_report_is_left(site: "MakeSite") -> None:
    entry = (
        "---\ntitle: {0}\nslug: {0}\nadded: 2026-01-01\nstory: wet-quay\n---\nThe quay is wet.\n"
    )
    folder = site(
        f"-- briefings/a.md --\n{entry.format('first')}-- briefings/b.md --\n{entry.format('more')}"
    )
    folder.build()
    assert "/stories/wet-quay/" in folder.published()
    folder.edit("briefings/b.md", "story: wet-quay", "story: other")
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    assert answers(folder, "/stories/wet-quay/")


def test_a_story_whose_reports_were_filed_elsewhere_by_hand_leads_there(site: "MakeSite") -> None:
    entry = (
        "---\nid: urn:uuid:00000000-0000-5000-8000-00000000000{1}\ntitle: {0}\nslug: {0}\n"
        "added: 2026-01-01\nstory: wet-quay\n---\nThe quay is wet.\n"
    )
    folder = site(
        f"-- briefings/a.md --\n{entry.format('first', 1)}"
        f"-- briefings/b.md --\n{entry.format('more', 2)}"
    )
    folder.build()
    for path, story in (("briefings/a.md", "flood"), ("briefings/b.md", "repairs")):
        folder.edit(path, "story: wet-quay", f"story: {story}")
    told = folder.check()
    assert "fix: write `former_stories: [wet-quay]` in the entries that were filed" in told.err
    assert told.code == 1
    for path in ("briefings/a.md", "briefings/b.md"):
        folder.edit(path, "slug:", "former_stories: [wet-quay]\nslug:")
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    page = folder.page("/stories/wet-quay/")
    assert "This story was divided" in page
    assert page.count('href="../../briefings/') == 2
    assert folder.check("--strict").code == 0


def test_a_new_text_does_not_take_the_address_of_a_former_story(site: "MakeSite") -> None:
    folder = site(FERRY)
    folder.build()
    folder.edit(ENTRY, "status:", "former_stories: [barley-prices-fall]\nstatus:")
    folder.write(
        "sources/barley.txt",
        "Barley prices fall\n\nBarley fell to 9 crowns.\n\nNobody expects a good harvest.\n",
    )
    explained = folder.run("explain", str(folder.root / "sources/barley.txt"))
    assert "\nstory\n  barley-prices-fall-2\n" in explained.out
    assert folder.build().code == 0
    assert "story: barley-prices-fall-2\n" in folder.read("briefings/barley-prices-fall.md")


def test_a_line_of_published_txt_cannot_take_the_place_of_the_feed(ferry: "Folder") -> None:
    before = ferry.read("_site/feed.xml")
    ferry.write("published.txt", "/feed.xml/\n")
    result = ferry.build("--output", str(ferry.root / "_clean"))
    assert "published.txt:1: error: '/feed.xml/' is not an address of this site" in result.err
    assert result.code == 1
    assert ferry.read("_clean/feed.xml") == before
    assert PAGE in ferry.published()
