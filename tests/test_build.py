"""One build of a small site: what comes in, what goes out, and what stays untouched."""

import shutil
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

import briefbook.build
from briefbook.saving import unfinished_name

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

DREDGING = """\
-- sources/dredging.txt --
Dredging begins in the outer harbour

By Ann Marrow

The dredging of the outer harbour began on Monday, the port authority said.

Two ships will move 400 tonnes of mud a day until spring.

Also Read: Ten walks along the quay

Fishermen were told to keep clear of the western channel.

Leave a Reply
"""
BARLEY = """\
-- sources/fields/barley.txt --
Barley harvest is the smallest in a decade

Farmers brought in a third less barley than last year, the growers' union said.

A dry May and a wet August spoiled the harvest in every county.
"""
DREDGING_ENTRY = "briefings/dredging-begins-in-the-outer-harbour.md"
BARLEY_ENTRY = "briefings/barley-harvest-is-the-smallest-in-a-decade.md"
KEY = "dredging-begins-in-the-outer-harbour"


def stories(folder: "Folder") -> set[str]:
    """Return the stories that entries are stored in."""
    lines = [line for path in folder.entries() for line in folder.read(path).splitlines()]
    return {line.removeprefix("story: ") for line in lines if line.startswith("story: ")}


def test_a_source_becomes_an_entry_and_a_page(site: "MakeSite") -> None:
    folder = site(DREDGING)
    assert folder.build().code == 0
    assert folder.entries() == [DREDGING_ENTRY]
    page = folder.page("/briefings/dredging-begins-in-the-outer-harbour/")
    assert "400 tonnes of mud" in page
    assert "Ann Marrow" in page
    assert "Ten walks" not in page


def test_a_site_without_sources_is_built(site: "MakeSite") -> None:
    folder = site("")
    assert folder.build().code == 0
    assert "Harbour Brief" in folder.page("/")
    assert folder.entries() == []


def test_sources_at_any_depth_are_read(site: "MakeSite") -> None:
    folder = site(DREDGING + BARLEY)
    folder.build()
    assert folder.entries() == [BARLEY_ENTRY, DREDGING_ENTRY]


def test_entries_stand_under_their_topics(site: "MakeSite") -> None:
    folder = site(DREDGING + BARLEY)
    folder.build()
    assert "Dredging begins" in folder.page("/topics/port/")
    assert "Barley harvest" not in folder.page("/topics/port/")
    assert "Barley harvest" in folder.page("/topics/farming/")


def test_the_topics_of_a_header_bind(site: "MakeSite") -> None:
    folder = site(DREDGING.replace("Dredging begins", "---\ntopics: farming\n---\nDredging begins"))
    folder.build()
    assert "Dredging begins" in folder.page("/topics/farming/")
    assert "Dredging begins" not in folder.page("/topics/port/")


def test_now_is_when_an_entry_was_added(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build(now="2026-02-03T04:05:06+09:00")
    assert "added: 2026-02-02T19:05:06Z" in folder.read(DREDGING_ENTRY)


def test_an_entry_already_there_is_not_made_again(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    before = folder.read(DREDGING_ENTRY)
    folder.write("sources/barley.txt", BARLEY.partition("\n")[2])
    folder.build(now="2026-12-01T00:00:00Z")
    assert folder.read(DREDGING_ENTRY) == before
    assert "added: 2026-12-01T00:00:00Z" in folder.read(BARLEY_ENTRY)


def test_an_entry_never_takes_a_file_name_in_other_letters(site: "MakeSite") -> None:
    taken = DREDGING_ENTRY.replace("dredging", "Dredging")
    folder = site(
        f'{DREDGING}-- {taken} --\n---\ntitle: "Mine"\nslug: mine\nadded: 2026-01-01\n---\n'
    )
    folder.build()
    assert folder.read(DREDGING_ENTRY.replace(".md", "-2.md"))


def test_a_moved_source_keeps_its_entry(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    (folder.root / "sources/dredging.txt").rename(folder.root / "sources/mud.txt")
    assert folder.build().code == 0
    assert folder.entries() == [DREDGING_ENTRY]
    assert "{source: sources/mud.txt, " in folder.read(DREDGING_ENTRY)


def test_two_sources_of_one_text_make_one_entry_and_a_warning(site: "MakeSite") -> None:
    folder = site(DREDGING + DREDGING.replace("dredging.txt", "copy.txt"))
    result = folder.build()
    assert result.code == 0
    assert len(folder.entries()) == 1
    assert result.err == (
        "sources/dredging.txt: warning: this is the same text as sources/copy.txt; they make one"
        " entry\n    fix: delete one of the two\n"
    )


def test_a_deleted_source_leaves_its_entry(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    before = folder.read(DREDGING_ENTRY)
    folder.delete("sources/dredging.txt")
    assert folder.build().code == 0
    assert folder.read(DREDGING_ENTRY) == before
    page = folder.page("/briefings/dredging-begins-in-the-outer-harbour/")
    assert "The record of this entry is not available" in page


def test_the_record_of_a_page_counts_the_fates_of_its_lines(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    page = folder.page("/briefings/dredging-begins-in-the-outer-harbour/")
    assert (
        "The source has 7 lines of text: 3 kept as the body, 2 read as title, date, byline and the"
        " like, 2 left out." in page
    )
    assert "Every sentence shown here stands in the source" in page


def test_two_reports_of_one_event_share_a_story(site: "MakeSite") -> None:
    other = DREDGING.replace("dredging.txt", "other.txt").replace("By Ann Marrow\n\n", "")
    folder = site(DREDGING + other.replace("Dredging begins in", "Mud ships arrive: dredging of"))
    folder.build()
    stories = [address for address in folder.published() if address.startswith("/stories/")]
    assert len(stories) == 1
    assert "Dredging begins" in folder.page(stories[0])
    assert "Mud ships arrive" in folder.page(stories[0])


def test_a_later_report_joins_a_story_without_renaming_it(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    first = folder.read(DREDGING_ENTRY)
    other = DREDGING.partition("\n")[2].replace("Dredging begins in", "Mud ships: dredging of")
    folder.write("sources/a-new-one.txt", other)
    folder.build(now="2026-11-22T00:00:00Z")
    assert folder.read(DREDGING_ENTRY) == first
    (story,) = (line for line in first.splitlines() if line.startswith("story: "))
    assert all(story in folder.read(path) for path in folder.entries())


def test_an_entry_without_a_story_does_not_divide_the_reports_beside_it(site: "MakeSite") -> None:
    body = DREDGING.partition("Marrow\n\n")[2]
    folder = site("")
    mine = f"---\ntitle: Dredging begins in the harbour\nadded: 2026-11-01\n---\n{body}"
    folder.write("briefings/mine.md", mine)
    for day in ("20", "21", "22"):
        title = f"Dredging, day {day}, begins"
        text = DREDGING.partition("\n")[2].replace("Dredging begins", title)
        folder.write(f"sources/{day}.txt", text)
        folder.build(now=f"2026-11-{day}T00:00:00Z")
    assert folder.read("briefings/mine.md") == mine
    assert stories(folder) == {"dredging-day-20-begins-in-the-outer-harbour"}


def test_the_headline_of_a_hidden_entry_is_no_address_of_others(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    folder.edit(DREDGING_ENTRY, "status: published", "status: hidden")
    folder.delete("published.txt")
    for day in ("22", "23"):
        text = DREDGING.partition("\n")[2].replace("Dredging begins", f"Mud ships, day {day}")
        folder.write(f"sources/{day}.txt", text)
        folder.build(now=f"2026-11-{day}T00:00:00Z")
    assert "/stories/mud-ships-day-22-in-the-outer-harbour/" in folder.published()
    assert not any("begins" in address for address in folder.published())


def test_a_new_report_never_takes_the_story_key_of_a_hidden_entry(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    folder.edit(DREDGING_ENTRY, "status: published", "status: hidden")
    folder.write("sources/again.txt", DREDGING.partition("\n")[2].replace("400", "500"))
    folder.build(now="2026-11-22T00:00:00Z")
    assert stories(folder) == {KEY, f"{KEY}-2"}


def test_another_output_folder_is_filled_as_asked(site: "MakeSite") -> None:
    folder = site(DREDGING)
    assert folder.build("--output", str(folder.root / "elsewhere")).code == 0
    assert "elsewhere/index.html" in folder.tree()
    assert "_site/index.html" not in folder.tree()


@pytest.mark.parametrize("where", ["", "..", "sources", "sources/site", "briefings", "templates"])
def test_an_output_folder_that_holds_work_is_refused_before_anything_is_written(
    site: "MakeSite", where: str
) -> None:
    folder = site(DREDGING)
    before = folder.tree()
    result = folder.build("--output", str(folder.root / where))
    assert result.code == 2
    assert folder.tree() == before
    assert list(folder.root.parent.iterdir()) == [folder.root]


def test_another_base_url_changes_feeds_and_no_entry(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    before = folder.tree("briefings")
    folder.build("--base-url", "https://other.example/")
    assert folder.tree("briefings") == before
    assert "<id>https://other.example/feed.atom</id>" in folder.read("_site/feed.atom")


def test_a_page_that_is_no_longer_made_is_removed(site: "MakeSite") -> None:
    folder = site(DREDGING + BARLEY)
    folder.build("--drafts")
    folder.edit(BARLEY_ENTRY, "status: published", "status: hidden")
    folder.write("published.txt", "")
    folder.build()
    assert "briefings/barley-harvest-is-the-smallest-in-a-decade/index.html" not in folder.tree(
        "_site"
    )


def test_a_file_that_somebody_else_put_into_the_site_stays(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.write("_site/CNAME", "harbour.example\n")
    folder.build()
    folder.build()
    assert folder.read("_site/CNAME") == "harbour.example\n"


def test_a_killed_build_is_mended_by_the_next(site: "MakeSite") -> None:
    folder = site(DREDGING + BARLEY)
    folder.build()
    whole = folder.tree()
    folder.delete("_site/index.html")
    folder.write("_site/.briefbook-part-1234", "half of a fe")
    folder.delete(BARLEY_ENTRY)
    for path in (BARLEY_ENTRY, "sources/gone.txt", "sources/.former/deep/gone.txt"):
        name = PurePosixPath(path)
        folder.write(str(name.with_name(unfinished_name(name.name))), "half of an en")
    folder.build()
    shutil.rmtree(folder.root / "sources/.former")
    assert folder.tree() == whole


def test_one_new_source_leaves_the_files_of_other_topics_untouched(site: "MakeSite") -> None:
    folder = site(DREDGING)
    folder.build()
    before = folder.times()
    folder.write("sources/barley.txt", BARLEY.partition("\n")[2])
    folder.build(now="2026-11-22T00:00:00Z")
    after = folder.times()
    assert after[DREDGING_ENTRY] == before[DREDGING_ENTRY]
    untouched = {path for path in before if after[path] == before[path]}
    assert untouched >= {"_site/topics/port/index.html", "_site/topics/port/feed.xml"}
    assert "_site/feed.xml" not in untouched


def test_the_build_reads_as_a_table_of_contents() -> None:
    drawing = "read -> match -> parse -> file -> write entries -> group -> trace -> publish"
    assert drawing in (briefbook.build.__doc__ or "")
