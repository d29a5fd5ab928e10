"""What an editor sees in a browser while files change under `briefbook serve`."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefbook.build import preview
from briefbook.desk import running
from briefbook.keeping import Kept
from briefbook.options import Options
from tests.conftest import SITE, Folder

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.browser.conftest import Axe

    Opens = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
PAGE = "briefings/ferry-runs-twice-a-day-from-june/"
ENTRY = "briefings/ferry-runs-twice-a-day-from-june.md"
TITLE = 'title: "Ferry runs twice a day from June"'
FERRY = """\
Ferry runs twice a day from June

By Ana Reyes, Harbour Post
May 3, 2026

The ferry to the outer islands will run twice a day from June. The harbour board said so on Friday.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    folder.write("site.yaml", SITE)
    folder.write("sources/ferry.txt", FERRY)
    preview(folder.root, Options(now=NOW), Kept())
    # Enough of a text to scroll in.
    folder.write(ENTRY, folder.read(ENTRY) + "\nThe quay is repaired first.\n" * 60)
    return folder


@pytest.fixture
def address(folder: Folder) -> Iterator[str]:
    """Where the folder is served, with a slash at the end."""
    with running(folder.root, 0, lambda: NOW, lambda told: None) as server:
        yield server.address


def opened(context: "Opens", address: str, path: str = PAGE, **more: object) -> "Page":
    page = context(**more).new_page()
    page.goto(address + path)
    page.locator("#briefbook-desk a").wait_for()  # the script has run
    return page


def heading(page: "Page", said: str) -> None:
    page.locator("main h1", has_text=said).wait_for()


def until(page: "Page", script: str, value: object) -> None:
    """Wait until a script gives a value; the policy of a page forbids it to look by itself."""
    from playwright.sync_api import Error  # where it is not installed, no test comes here

    for _ in range(600):
        with contextlib.suppress(Error):  # it is just being loaded anew
            if page.evaluate(script) == value:
                return
        page.wait_for_timeout(50)
    assert page.evaluate(script) == value


def test_an_open_page_is_loaded_anew_at_the_same_place(
    folder: Folder, address: str, context: "Opens"
) -> None:
    page = opened(context, address)
    page.evaluate("scrollTo(0, 1500)")
    until(page, "scrollY", 1500)
    page.evaluate("window.isOld = true")
    folder.edit(ENTRY, TITLE, 'title: "More ferries"')
    heading(page, "More ferries")
    until(page, "scrollY", 1500)
    assert page.evaluate("window.isOld") is None


def test_a_style_that_changed_is_seen_and_the_place_is_kept(
    folder: Folder, address: str, context: "Opens"
) -> None:
    page = opened(context, address)
    page.evaluate("scrollTo(0, 900)")
    folder.write("templates/assets/style.css", "body { color: rgb(1, 2, 3) }")
    until(page, "getComputedStyle(document.body).color", "rgb(1, 2, 3)")
    until(page, "scrollY", 900)


def test_a_mistake_lies_over_the_page_until_it_is_mended(
    folder: Folder, address: str, context: "Opens"
) -> None:
    page = opened(context, address)
    page.evaluate("scrollTo(0, 1500)")
    mistakes = page.locator("#briefbook-desk .mistakes")
    folder.edit(ENTRY, "status: published", 'status: "<img src=x onerror=alert(1)>"')
    mistakes.wait_for()
    assert mistakes.locator("h2").inner_text() == "1 mistake"
    assert mistakes.locator("code").inner_text() == f"{ENTRY}:14"
    assert mistakes.locator("li p").all_inner_texts() == [
        "unknown status '<img src=x onerror=alert(1)>'",
        "To mend it: It is one of draft, published, withdrawn, hidden",
    ]
    heading(page, "Ferry runs twice a day")  # the page itself is as it was
    folder.edit(ENTRY, 'status: "<img src=x onerror=alert(1)>"', "status: published")
    mistakes.wait_for(state="hidden")
    until(page, "scrollY", 1500)


def test_a_mistake_that_was_hidden_stays_hidden_until_there_is_another(
    folder: Folder, address: str, context: "Opens"
) -> None:
    page = opened(context, address)
    mistakes = page.locator("#briefbook-desk .mistakes")
    folder.write("sources/empty.txt", "")
    mistakes.get_by_role("button", name="Hide").click()
    mistakes.wait_for(state="hidden")
    page.reload()
    count = page.locator("#briefbook-desk").get_by_role("button", name="1 mistake")
    count.wait_for()
    assert not mistakes.is_visible()
    count.click()
    mistakes.wait_for()
    mistakes.get_by_role("button", name="Hide").click()
    folder.write("sources/none.txt", "")
    mistakes.get_by_role("heading", name="2 mistakes").wait_for()


def test_a_site_that_cannot_be_built_is_explained_and_appears_when_it_can(
    folder: Folder, context: "Opens"
) -> None:
    folder.write("site.yaml", "title: [")
    with running(folder.root, 0, lambda: NOW, lambda told: None) as server:
        page = opened(context, server.address, "")
        mistakes = page.locator("#briefbook-desk .mistakes")
        mistakes.wait_for()
        assert mistakes.locator("code").inner_text().startswith("site.yaml")
        folder.write("site.yaml", SITE)
        page.locator(".masthead").wait_for()
        mistakes.wait_for(state="hidden")


def test_nothing_is_shown_when_the_server_has_gone_and_all_goes_on_when_it_is_back(
    folder: Folder, context: "Opens"
) -> None:
    with running(folder.root, 0, lambda: NOW, lambda told: None) as server:
        page = opened(context, server.address)
        said = page.locator("body").inner_text()
        port = server.server_port
    page.wait_for_timeout(1500)  # for the page to notice
    assert page.locator("body").inner_text() == said
    assert not page.locator("#briefbook-desk .mistakes").is_visible()
    folder.edit(ENTRY, TITLE, 'title: "More ferries"')
    with running(folder.root, port, lambda: NOW, lambda told: None):
        heading(page, "More ferries")


@pytest.mark.search
def test_what_somebody_is_writing_is_not_thrown_away(
    folder: Folder, address: str, context: "Opens"
) -> None:
    page = opened(context, address, "search/")
    box = page.locator("main input").first
    box.fill("ferries and")
    folder.edit(ENTRY, TITLE, 'title: "More ferries"')
    changed = page.locator("#briefbook-desk .changed")
    changed.wait_for()
    assert box.input_value() == "ferries and"
    changed.get_by_role("button", name="Load it anew").click()
    changed.wait_for(state="hidden")


def test_the_link_leads_to_the_desk(address: str, context: "Opens") -> None:
    page = opened(context, address, "")
    link = page.locator("#briefbook-desk a")
    assert link.get_attribute("href") == "/_desk/"
    page.goto(address + PAGE)
    assert link.get_attribute("href") == "/_desk/entries/ferry-runs-twice-a-day-from-june/"


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_what_lies_over_the_page(
    folder: Folder, address: str, context: "Opens", axe: "Axe", width: int
) -> None:
    page = context(width, bypass_csp=True).new_page()
    page.goto(address + PAGE)
    folder.write("sources/empty.txt", "")
    page.locator("#briefbook-desk .mistakes").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
