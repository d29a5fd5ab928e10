"""What a reader meets in a browser: every page, with and without script, at any width."""

import re
import subprocess
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.browser.conftest import PAGES, Served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

    from tests.browser.conftest import Axe

    Opens = Callable[..., BrowserContext]

pytestmark = [pytest.mark.browser, pytest.mark.search]

WIDTHS = (320, 390, 1280, 1920)
DAY = re.compile(r'data-pagefind-sort="date:([^"]+)"')
FONTS = ":root { --serif: 'DejaVu Serif'; --sans: 'DejaVu Sans' }"
LOOKS = Path(__file__).parent / "looks"
# Warnings of the Nu checker that come from asking it about files: those have no origin, so "self"
# in a content security policy is nobody.
NO_ORIGIN = re.compile(r"Resource violates Content Security Policy .*: external (?:script|style)")


def test_every_page_is_whole_asks_nobody_else_and_complains_of_nothing(
    served: Served, context: "Opens"
) -> None:
    window = context()
    asked: list[str] = []
    said: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.on("console", lambda message: said.append(f"{message.location}: {message.text}"))
    window.on(
        "weberror", lambda error: said.append(f"{error.page and error.page.url}: {error.error}")
    )
    window.on("requestfailed", lambda request: said.append(request.url))
    pages = {name: window.new_page() for name in PAGES}
    for name, page in pages.items():
        answer = page.goto(served.address + PAGES[name])
        assert answer is not None
        assert (name, answer.status) == (name, 200)
    for name, page in pages.items():  # what they wait for, they wait for at once
        page.wait_for_load_state("networkidle")
        assert (name, page.locator("main h1").count()) == (name, 1)
    assert all(url.startswith((served.address, "blob:")) for url in asked)
    assert said == []


def test_every_page_fits_its_window(served: Served, context: "Opens") -> None:
    page = context().new_page()
    wider: list[tuple[str, int]] = []
    for name, path in PAGES.items():
        page.goto(served.address + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wider.append((name, width))
    assert wider == []


@pytest.mark.parametrize("width", [320, 1280, 1920])
def test_axe_finds_nothing(served: Served, context: "Opens", axe: "Axe", width: int) -> None:
    page = context(width, bypass_csp=True).new_page()
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name, path in PAGES.items():
        page.goto(served.address + path)
        found[name] = axe(page)
    assert found == {name: [] for name in PAGES}


def test_everything_can_be_read_without_script(served: Served, context: "Opens") -> None:
    pages = context(1280).new_page(), context(1280, java_script_enabled=False).new_page()
    for name, path in PAGES.items():
        texts = []
        for page in pages:
            page.goto(served.address + path)
            texts.append(page.locator("main").inner_text())
        # Search alone needs one; without it the page leads to the lists.
        if name == "search":
            assert "Topics" in texts[1]
        else:
            assert texts[0] == texts[1], name


def test_the_numbers_of_a_topic_open_without_script(served: Served, context: "Opens") -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(served.address + PAGES["topic"])
    page.get_by_text("Reports a month").click()
    assert page.get_by_role("cell", name="September 2024").is_visible()


def test_the_first_key_leads_past_the_menu(served: Served, context: "Opens") -> None:
    page = context().new_page()
    page.goto(served.address + PAGES["entry"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_what_has_the_focus_can_be_seen(served: Served, context: "Opens") -> None:
    page = context().new_page()
    page.goto(served.address + PAGES["home"])
    for _ in range(6):
        page.keyboard.press("Tab")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width == "3px", page.evaluate("document.activeElement.outerHTML")


def test_search_finds_filters_and_keeps_its_address(served: Served, context: "Opens") -> None:
    page = context().new_page()
    page.goto(served.address + "/search/")
    page.wait_for_selector("#search:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.type("helicopter")
    page.get_by_role("status").get_by_text("briefings").wait_for()
    page.locator("#results .title").first.wait_for()
    titles = page.locator("#results .title").all_inner_texts()
    assert "Seoul takes its helicopter pitch to the Baghdad arms fair" in titles
    page.locator("select[name=outlet]").select_option("Hangang Ledger")
    page.get_by_role("status").get_by_text("1 briefing").wait_for()
    page.reload()
    page.get_by_role("status").get_by_text("1 briefing").wait_for()
    assert page.locator("#query").input_value() == "helicopter"
    page.locator("#results .title").first.click()
    page.wait_for_url("**/briefings/**")


def test_search_finds_what_lies_in_different_shards_in_order_of_days(
    served: Served, context: "Opens"
) -> None:
    page = context().new_page()
    loaded: list[str] = []
    page.on("response", lambda response: loaded.append(response.url.rpartition(".")[2]))
    page.goto(served.address + "/search/?q=korea")
    page.get_by_role("status").get_by_text("briefings").wait_for()
    page.locator("#results .title").first.wait_for()
    titles = page.locator("#results .title").all_inner_texts()
    # Three of the sample's entries are a shard.
    assert len(titles) > 6
    assert (loaded.count("pf_meta"), loaded.count("pf_index")) == (1, 1)
    page.locator("select[name=sort]").select_option("newest")
    page.wait_for_url("**sort=newest*")
    page.wait_for_load_state("networkidle")
    again = page.locator("#results .title").all_inner_texts()
    assert sorted(again) == sorted(titles)
    addresses = page.locator("#results .title").evaluate_all("all => all.map(a => a.href)")
    entries = (served.folder / urlsplit(each).path[1:] / "index.html" for each in addresses)
    days = [DAY.search(each.read_text("utf-8")) for each in entries]
    known = [day[1] for day in days if day]
    assert known == sorted(known, reverse=True)
    assert len(known) == len(titles)


def test_search_shows_nothing_of_what_was_typed_before(served: Served, context: "Opens") -> None:
    page = context().new_page()

    def slow(route: "Route") -> None:
        time.sleep(0.4)
        route.continue_()

    page.route("**/*.pf_fragment", slow)
    page.goto(served.address + "/search/")
    page.wait_for_selector("#search:not([hidden])")
    page.locator("#query").fill("Korea")
    page.get_by_role("status").get_by_text("briefings").wait_for()
    page.locator("#query").fill("xyzzyqwert")
    page.get_by_role("status").get_by_text("Nothing was found.").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator("#results .title").count() == 0


def test_search_says_when_nothing_is_found(served: Served, context: "Opens") -> None:
    page = context().new_page()
    page.goto(served.address + "/search/?q=xyzzyqwert")
    page.get_by_role("status").get_by_text("Nothing was found.").wait_for()


@pytest.mark.parametrize(("system", "other"), [("light", "dark"), ("dark", "light")])
def test_a_reader_chooses_light_or_dark_and_it_lasts(
    served: Served, context: "Opens", system: str, other: str
) -> None:
    window = context(color_scheme=system)
    page = window.new_page()
    page.goto(served.address + "/")
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.get_by_role("button", name=f"{other.capitalize()} page").click()
    after = page.evaluate(paper)
    assert after != before
    page.goto(served.address + "/topics/")
    assert page.evaluate(paper) == after
    page.get_by_role("button", name=f"{system.capitalize()} page").click()
    assert page.evaluate(paper) == before


def test_nothing_is_kept_of_a_reader_who_chooses_nothing(served: Served, context: "Opens") -> None:
    window = context()
    page = window.new_page()
    for path in PAGES.values():
        page.goto(served.address + path)
    assert window.cookies() == []
    assert page.evaluate("localStorage.length") == 0


def test_a_key_point_leads_to_its_place(served: Served, context: "Opens") -> None:
    page = context().new_page()
    page.goto(served.address + PAGES["entry"])
    page.locator(".key-points a.place").first.click()
    target = page.locator(":target")
    assert target.count() == 1
    assert target.get_attribute("data-line") is not None


def test_paper_has_room_for_the_numbers_of_lines(served: Served, context: "Opens") -> None:
    page = context(1280).new_page()
    page.goto(served.address + PAGES["entry"])
    page.emulate_media(media="print")
    # What stands left of the page is not printed; a number ends 1rem before its text.
    left = page.evaluate("document.querySelector('.text.numbered').getBoundingClientRect().left")
    assert left - page.evaluate("document.body.getBoundingClientRect().left") - 16 > 24


def test_every_page_reads_at_twice_the_size(served: Served, context: "Opens") -> None:
    # 200 % of 1280 is a window of 640 with letters twice as dense.
    page = context(640, device_scale_factor=2).new_page()
    for path in PAGES.values():
        page.goto(served.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path


def test_the_nu_checker_has_nothing_to_say(served: Served, vnu: list[str]) -> None:
    pages = sorted(map(str, served.folder.rglob("*.html")))
    made = subprocess.run([*vnu, "--format", "gnu", *pages], capture_output=True, text=True)
    said = [line for line in made.stderr.splitlines() if not NO_ORIGIN.search(line)]
    assert said == []
    style = str(served.folder / "assets/style.css")
    made = subprocess.run([*vnu, "--css", "--format", "gnu", style], capture_output=True, text=True)
    assert made.stderr == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["home", "entry", "story", "topic", "edition"])
def test_a_page_looks_as_it_did(
    served: Served, context: "Opens", name: str, width: int, scheme: str
) -> None:
    """Compare loosely, in fonts that are everywhere. Delete a picture to have it made anew."""
    page = context(width, color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(served.address + PAGES[name])
    page.add_style_tag(content=FONTS)
    shot = Image.open(BytesIO(page.screenshot(full_page=False))).convert("L").resize((48, 48))
    look = LOOKS / f"{name}-{width}-{scheme}.png"
    if not look.exists():
        shot.save(look)
        pytest.skip(f"{look.name} was made: look at the page")
    difference = ImageChops.difference(shot, Image.open(look))
    assert ImageStat.Stat(difference).mean[0] < 9
