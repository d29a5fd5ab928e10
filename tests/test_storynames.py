"""The headline of what nobody sees yet never becomes the address of a story."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

TEXT = """\
The dredging of the outer harbour began on Monday, the port authority said.

Two ships will move 400 tonnes of mud a day until spring.

Fishermen were told to keep clear of the western channel.
"""


def source(day: str, *, header: str = "") -> str:
    return f"{header}{day} of the dredging in the outer harbour\n\nBy Ann Marrow\n\n{TEXT}"


FIRST = f"-- sources/a.txt --\n{source('Secret first day')}"
ENTRY = "briefings/secret-first-day-of-the-dredging-in-the-outer-harbour.md"
SECRET = "secret-first-day-of-the-dredging-in-the-outer-harbour"
SECOND = "second-day-of-the-dredging-in-the-outer-harbour"


def stories(folder: "Folder") -> dict[str, str]:
    """Return the story of each entry by the first word of its slug."""
    found = {}
    for path in folder.entries():
        lines = folder.read(path).splitlines()
        (key,) = (line.removeprefix("story: ") for line in lines if line.startswith("story: "))
        found[path.removeprefix("briefings/").partition("-")[0]] = key
    return found


def mentions(folder: "Folder", text: str) -> list[str]:
    made = folder.tree("_site")
    return [path for path, content in made.items() if text in path or text.encode() in content]


def make_draft(folder: "Folder") -> None:
    folder.build()
    folder.edit(ENTRY, "status: published", "status: draft")
    folder.delete("published.txt")


def add(folder: "Folder", *days: str, now: str = "2026-11-22T00:00:00Z") -> None:
    for day in days:
        folder.write(f"sources/{day}.txt", source(day))
    result = folder.build(now=now)
    assert (result.err, result.code) == ("", 0)


def test_a_story_that_began_as_a_draft_is_named_after_its_first_public_report(
    site: "MakeSite",
) -> None:
    folder = site(FIRST)
    make_draft(folder)
    add(folder, "Second day", "Third day")
    assert set(stories(folder).values()) == {SECOND}
    assert "/stories/" + SECOND + "/" in folder.published()
    assert mentions(folder, "ecret") == []
    assert "secret" not in folder.read("published.txt")


def test_the_name_stays_when_the_draft_is_published(site: "MakeSite") -> None:
    folder = site(FIRST)
    make_draft(folder)
    add(folder, "Second day", "Third day")
    entries = folder.tree("briefings")
    folder.edit(ENTRY, "status: draft", "status: published")
    folder.build(now="2026-11-23T00:00:00Z")
    assert "Secret first day" in folder.page(f"/stories/{SECOND}/")
    assert mentions(folder, f"stories/{SECRET}") == []
    folder.edit(ENTRY, "status: published", "status: draft")
    assert folder.tree("briefings") == entries


def test_a_second_build_names_nothing_anew(site: "MakeSite") -> None:
    folder = site(FIRST)
    make_draft(folder)
    add(folder, "Second day", "Third day")
    before = folder.tree()
    folder.build(now="2026-11-22T00:00:00Z")
    assert folder.tree() == before


def test_a_published_story_keeps_its_address_when_its_first_report_becomes_a_draft(
    site: "MakeSite",
) -> None:
    folder = site(FIRST)
    folder.build()
    add(folder, "Second day")
    folder.edit(ENTRY, "status: published", "status: draft")
    folder.build()
    assert set(stories(folder).values()) == {SECRET}
    assert f"/stories/{SECRET}/" in folder.published()


def test_scheduled_reports_of_one_event_are_one_story_when_they_appear(site: "MakeSite") -> None:
    header = "---\npublish_after: 2026-11-25\n---\n"
    folder = site(
        f"-- sources/a.txt --\n{source('Secret first day', header=header)}"
        f"-- sources/b.txt --\n{source('Secret next day', header=header)}"
    )
    folder.build()
    assert mentions(folder, "ecret") == []
    folder.build("--frozen", now="2026-11-24T15:00:00Z")
    assert "Secret next day" in folder.page(f"/stories/{SECRET}/")


def test_the_report_that_appears_first_names_the_story_before_it_does(site: "MakeSite") -> None:
    late, soon = (f"---\npublish_after: 2026-11-{day}\n---\n" for day in ("28", "25"))
    folder = site(
        f"-- sources/a.txt --\n{source('Secret first day', header=late)}"
        f"-- sources/b.txt --\n{source('Second day', header=soon)}"
        f"-- sources/c.txt --\n{source('Third day', header=soon)}"
    )
    folder.build()
    result = folder.build("--frozen", "--strict", now="2026-11-24T15:00:00Z")
    assert (result.err, result.code) == ("", 0)
    assert "Third day" in folder.page(f"/stories/{SECOND}/")
    assert mentions(folder, "ecret") == []
    folder.build("--frozen", now="2026-11-28T15:00:00Z")
    assert "Secret first day" in folder.page(f"/stories/{SECOND}/")


def test_a_story_named_after_a_draft_has_no_page_where_entries_may_not_be_written(
    site: "MakeSite",
) -> None:
    folder = site(FIRST)
    folder.build()
    add(folder, "Second day", "Third day")
    folder.edit(ENTRY, "status: published", "status: draft")
    folder.delete("published.txt")
    result = folder.build("--frozen")
    assert result.err == (
        f"briefings/{SECOND}.md:12: warning: its story {SECRET} is named after {ENTRY}, which"
        " readers do not see yet; until it has another name it has no page\n"
        "    fix: run `briefbook build` where the entries are, and commit briefings/\n"
    )
    assert result.code == 0
    assert mentions(folder, "ecret") == []
    assert not [path for path in folder.tree("_site") if path.startswith("stories/")]
    assert folder.build().err == ""
    assert set(stories(folder).values()) == {SECOND}


def test_a_key_that_an_editor_wrote_into_a_public_entry_stays(site: "MakeSite") -> None:
    entry = "---\ntitle: {0}\nadded: {1}\nstory: wet-quay\nstatus: {2}\n---\n{0}.\n"
    folder = site(
        f"-- briefings/a.md --\n{entry.format('Plan', '2026-11-01', 'draft')}"
        f"-- briefings/b.md --\n{entry.format('Mud', '2026-11-02', 'published')}"
        f"-- briefings/c.md --\n{entry.format('Rain', '2026-11-03', 'published')}"
    )
    before = folder.tree("briefings")
    assert folder.build().err == ""
    assert "Mud" in folder.page("/stories/wet-quay/")
    assert folder.tree("briefings") == before


def test_a_key_that_an_editor_gave_a_draft_is_told_to_nobody(site: "MakeSite") -> None:
    folder = site(FIRST)
    make_draft(folder)
    folder.edit(ENTRY, f"story: {SECRET}", "story: the-secret-plan")
    add(folder, "Second day", "Third day")
    found = stories(folder)
    assert found.pop("secret") == "the-secret-plan"
    assert set(found.values()) == {SECOND}
    assert mentions(folder, "ecret") == []


def test_a_hidden_report_keeps_its_story_and_the_others_leave_it(site: "MakeSite") -> None:
    folder = site(FIRST)
    folder.build()
    add(folder, "Second day", "Third day")
    folder.edit(ENTRY, "status: published", "status: hidden")
    folder.delete("published.txt")
    assert folder.build().err == ""
    found = stories(folder)
    assert found.pop("secret") == SECRET
    assert set(found.values()) == {SECOND}
    assert mentions(folder, "ecret") == []


@pytest.mark.parametrize("state", ["draft", "published\npublish_after: 2026-12-24"])
def test_looking_at_drafts_publishes_no_story(site: "MakeSite", state: str) -> None:
    folder = site(FIRST)
    make_draft(folder)
    folder.edit(ENTRY, "status: draft", f"status: {state}")
    add(folder, "Second day")
    addresses = folder.published()
    folder.build("--drafts", now="2026-11-22T00:00:00Z")
    assert "Secret first day" in folder.page(f"/stories/{SECOND}/")
    assert folder.published() == addresses
    assert "/stories/" not in folder.read("_site/sitemap.xml")
