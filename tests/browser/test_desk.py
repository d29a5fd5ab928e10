"""The desk in a browser: every act by clicking, with the entry's file before and after."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from briefbook.desk import running

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.browser.conftest import Axe
    from tests.conftest import Folder

    Opens = Callable[..., BrowserContext]
    MakeSite = Callable[[str], Folder]

pytestmark = pytest.mark.browser

SOURCE = "sources/ferry.txt"
SITE = f"""\
-- {SOURCE} --
Home / Harbour / Second ferry for the northern harbour

Second ferry for the northern harbour

By Mina Hart | March 3, 2026

A second ferry will serve the harbour from May, the port said on Tuesday.The ship carries 80 cars.

From April 22 to 2025 the quay is closed to all but residents and the fire brigade.

Also Read: Five harbours worth a detour
"""
SLUG = "second-ferry-for-the-northern-harbour"
ENTRY = f"briefings/{SLUG}.md"
NOTE = "line 9: the date range “April 22 to 2025” cannot be right"
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that is served, and a window on it."""

    folder: "Folder"
    address: str  # http://127.0.0.1:…/, with a slash at the end
    page: "Page"

    def open(self, path: str = f"_desk/entries/{SLUG}/") -> "Page":
        self.page.goto(self.address + path)
        return self.page

    def press(self, name: str) -> str:
        """Press a button or link, and return what the page then says was done."""
        page = self.page
        page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()
        return page.get_by_role("status").first.locator("p").first.inner_text()

    def wait_for(self, said: str) -> None:
        """Wait until the desk has seen what was changed in a file, and says it."""
        deadline = time.monotonic() + 60
        while said not in self.open().locator("main").inner_text():
            assert time.monotonic() < deadline, said
            time.sleep(0.2)

    def entry(self) -> str:
        return self.folder.read(ENTRY)


@pytest.fixture(params=["with script", "without script"])
def desk(request: pytest.FixtureRequest, site: "MakeSite", context: "Opens") -> Iterator[Desk]:
    """The desk of a site with one entry; each act is done with and without script."""
    folder = site(SITE)
    page = context(1280, java_script_enabled=request.param == "with script").new_page()
    page.set_default_timeout(30_000)
    with running(folder.root, 0, lambda: NOW, lambda told: None) as server:
        desk = Desk(folder, server.address, page)
        desk.open()
        yield desk
        page.close()


def same_but(before: str, was: str, now: str) -> str:
    """Return a file with one place changed, which must be there once."""
    assert before.count(was) == 1, was
    return before.replace(was, now)


def test_an_outlet_is_set_and_the_act_undone(desk: Desk) -> None:
    before = desk.entry()
    desk.page.get_by_label("Outlet", exact=True).fill("Gulf Desk")
    assert desk.press("Set Outlet") == f"{ENTRY}: outlet set to “Gulf Desk”; it was not there"
    assert desk.entry() == same_but(before, "\nauthors:", '\noutlet: "Gulf Desk"\nauthors:')
    assert desk.page.get_by_label("Outlet", exact=True).input_value() == "Gulf Desk"
    said = desk.press("Undo: put back what was there")
    assert said == f"{ENTRY}: outlet taken away; it was “Gulf Desk”"
    assert desk.entry() == before


def test_a_date_is_set_and_one_that_does_not_exist_is_refused(desk: Desk) -> None:
    before = desk.entry()
    desk.page.get_by_label("Published", exact=True).fill("2026-02-31")
    desk.page.get_by_role("button", name="Set Published").click()
    refused = desk.page.get_by_role("alert").first.inner_text()
    assert f"{ENTRY}:6 there is no such date as '2026-02-31'" in refused
    assert desk.entry() == before
    desk.page.get_by_label("Published", exact=True).fill("2026-03-04")
    desk.press("Set Published")
    assert desk.entry() == same_but(before, "published: 2026-03-03", "published: 2026-03-04")


def test_a_title_is_set_and_handed_back(desk: Desk) -> None:
    before = desk.entry()
    desk.page.get_by_label("Title", exact=True).fill('A boat: "at last" #2')
    desk.press("Set Title")
    assert desk.entry() == same_but(
        before,
        'title: "Second ferry for the northern harbour"',
        'title: "A boat: \\"at last\\" #2"',
    )
    assert desk.page.get_by_text("The source says").first.is_visible()
    desk.press("Take it as Title")
    assert desk.entry() == before


def test_a_topic_is_pinned_and_left_to_the_program_again(desk: Desk) -> None:
    before = desk.entry()
    desk.page.get_by_label("Farming").check()
    desk.page.get_by_label("The port").uncheck()
    desk.press("Pin these topics")
    assert desk.entry() == same_but(before, "\nstory:", "\ntopics: [farming]\nstory:")
    desk.press("Let the program file it")
    assert desk.entry() == before


def test_a_note_is_dismissed_and_brought_back(desk: Desk) -> None:
    before = desk.entry()
    desk.press("Dismiss the note line 9")
    assert desk.entry() == same_but(before, f'review:\n  - "{NOTE}"\n', f'reviewed: ["{NOTE}"]\n')
    desk.press("Bring back the note line 9")
    assert desk.entry() == before


def test_a_note_that_the_source_differs_is_accepted(desk: Desk) -> None:
    desk.folder.edit(ENTRY, 'title: "Second', 'title: "My second')
    headline = "Second ferry for the northern harbour\n\nBy"
    desk.folder.edit(SOURCE, headline, "Second ferry for the whole northern harbour\n\nBy")
    note = 'title: the source now says "Second ferry for the whole northern harbour"'
    desk.wait_for(note)
    before = desk.entry()
    desk.press("Accept what the source says of title")
    after = desk.entry()
    assert 'title: "Second ferry for the whole northern harbour"\n' in after
    assert "the source now says" in before
    assert "the source now says" not in after
    assert after.partition("---\nA second")[2] == before.partition("---\nA second")[2]


def test_a_dropped_line_is_kept_and_a_kept_one_dropped(desk: Desk) -> None:
    before = desk.entry()
    desk.press("Keep this line 11")
    kept = desk.entry()
    assert "\nAlso Read: Five harbours worth a detour\n" in kept
    assert "overrides:\n  - {line: 11, keep: " in kept
    assert desk.page.get_by_text("your decision").is_visible()
    desk.press("Drop this line 9")
    dropped = desk.entry()
    assert "fire brigade" not in dropped
    assert "  - {line: 9, drop: " in dropped
    desk.press("Undo 9")
    assert desk.entry() == kept
    desk.press("Undo 11")
    assert desk.entry() == before


def test_a_change_is_applied_to_a_text_of_the_editors_as_a_patch(desk: Desk) -> None:
    desk.folder.edit(ENTRY, "---\nA second ferry will serve", "---\nA second ferry is to serve")
    desk.wait_for("The editor's: you changed it.")
    before = desk.entry()
    desk.page.get_by_role("link", name="Keep this line 11").click()
    assert desk.page.get_by_text("+ Also Read: Five harbours worth a detour").is_visible()
    assert desk.entry() == before
    done = desk.press("Apply to the text")
    assert done == f"{ENTRY}: line 11 of {SOURCE} is kept; the text is patched"
    after = desk.entry()
    assert "---\nA second ferry is to serve the harbour" in after
    assert after.endswith("\n\nAlso Read: Five harbours worth a detour\n")
    assert "overrides:\n  - {line: 11, keep: " in after
    desk.press("Undo: patch the text back")
    assert desk.entry() == before


def test_the_queue_leads_to_the_record_and_empties(desk: Desk) -> None:
    desk.open("_desk/")
    desk.page.get_by_role("link", name="Second ferry for the northern harbour").first.click()
    desk.page.get_by_label("Outlet", exact=True).fill("Gulf Desk")
    desk.press("Set Outlet")
    desk.press("Dismiss the note line 9")
    desk.page.get_by_role("link", name="Desk", exact=True).first.click()
    assert desk.page.get_by_role("heading", level=1).inner_text() == "Nothing wants an editor"


def test_a_field_is_set_with_the_keyboard_alone(desk: Desk) -> None:
    desk.page.get_by_label("Outlet", exact=True).focus()
    desk.page.keyboard.type("Gulf Desk")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("status").first.wait_for()
    assert 'outlet: "Gulf Desk"' in desk.entry()


# --------------------------------------------------------------------------- how it looks


HOSTILE = """\
</h1><script>document.title = "run"</script> of the harbour

<img src=x onerror="document.title = 'run'"> stood at the quay, said the port authority.
"""


def test_the_text_of_a_source_runs_nothing(site: "MakeSite", context: "Opens") -> None:
    folder = site("")
    folder.write("sources/<b onclick=x>.txt", HOSTILE)
    said: list[str] = []
    with running(folder.root, 0, lambda: NOW, lambda told: None) as server:
        page = context(1280).new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{server.address}_desk/")
        page.locator(".items h3 a").first.click()
        page.wait_for_url("**/entries/**")
        page.locator("ol.lines").wait_for()
        assert "run" not in page.title().split()
        assert page.locator("main img, main script, main b[onclick]").count() == 0
        page.close()
    assert said == []


def test_axe_finds_nothing_and_the_pages_fit(
    site: "MakeSite", context: "Opens", axe: "Axe"
) -> None:
    folder = site(SITE + "-- sources/bad.md --\n---\npublished: 2026-02-31\n---\nA text.\n")
    with running(folder.root, 0, lambda: NOW, lambda told: None) as server:
        for width in (320, 390, 1280, 1920):
            page = context(width, bypass_csp=True).new_page()
            for path in ("_desk/", "_desk/?reason=note", f"_desk/entries/{SLUG}/"):
                page.goto(server.address + path)
                assert axe(page) == [], (path, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.close()
