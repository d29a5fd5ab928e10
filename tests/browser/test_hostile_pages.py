"""Hostile texts in every place of a site, and a browser that is listened to.

Nothing runs, nobody is asked, the text is shown as text. Then the same texts raw, without sanitizer
and escaping: the policy of the pages alone stops them, and without the policy they do run.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from briefbook.desk import running
from briefbook.text.markdown import plain
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.hostile.corpus import Hostile, corpus
from tests.browser.hostile.sites import (
    grouped,
    shown,
    without_guards,
    write_raw_site,
    write_site,
)
from tests.browser.hostile.watching import (
    AUDIT,
    PROVOKE,
    TOUCH,
    Seen,
    Trap,
    serving,
    watched,
)
from tests.conftest import Folder
from tests.tried import IS_LONG, Tried, many

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

pytestmark = [pytest.mark.browser, pytest.mark.search]

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="default-src[^"]*">')
# What no policy stops in Chromium: a page that sends its reader on after a time, and that a
# connection, over which nothing is said, is opened for a frame or a form before it is refused.
SENDS_ON = re.compile(r"http-equiv=\"?refresh", re.IGNORECASE)
CONNECTS = re.compile(
    r"<i?frame src=\"(?:https:)?//|<form\b.*?(?:action|formaction)=\"https://"
    r"|<link rel=\"?(?:preconnect|dns-prefetch)"
)
# Families whose texts run by themselves where nothing guards a page, and how many of them must.
ACTING = {"tags": 0.6, "handlers": 0.8, "code": 0.8, "drawings": 0.5, "mutations": 0.6}
READ = re.compile(r"they read (.*?) and went on with their work\.")


WIDTH = "document.documentElement.scrollWidth"


@dataclass(frozen=True, slots=True)
class Spied:
    """A browser and what catches all that leaves it."""

    browser: "Browser"
    trap: Trap


@dataclass(frozen=True, slots=True)
class Built:
    """A site of hostile texts, and what each of its entries says."""

    folder: Folder
    groups: list[list[str]]
    address: str  # http://127.0.0.1:…, without a slash at the end

    def pages(self, of_a_kind: int) -> list[str]:
        """Return the addresses of pages, at most so many below each folder."""
        kinds: dict[str, list[str]] = defaultdict(list)
        top = self.folder.root / "_site"
        for file in sorted(top.rglob("*.html"), key=lambda file: (len(file.parts), file)):
            path = "/" + file.relative_to(top).as_posix().removesuffix("index.html")
            kinds[path.split("/")[1] if path.count("/") > 2 else path].append(path)
        return [path for paths in kinds.values() for path in paths[:of_a_kind]]


@pytest.fixture(scope="module")
def spied(driver: "Playwright") -> Iterator[Spied]:
    """Chromium behind a proxy that answers nobody."""
    trap = Trap()
    browser = driver.chromium.launch(
        executable_path=str(CHROMIUM),
        args=[*FLAGS, f"--proxy-server=http://127.0.0.1:{trap.port}"],
    )
    yield Spied(browser, trap)
    browser.close()
    trap.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A site with hostile texts in all its places, with its search index, served."""
    texts, each = corpus()[:: many(short=24, long=1)], many(short=13, long=16)
    folder = write_site(tmp_path_factory.mktemp("hostile"), texts, each)
    result = folder.build()
    # Addresses that are no address within the site are told, and nothing else is wrong.
    told = [line for line in result.err.splitlines() if ": error: " in line]
    assert [line for line in told if ": error: the link '" not in line] == []
    groups = grouped(texts, each)
    assert {f"/briefings/h{number}/" for number in range(1, len(groups) + 1)} <= {
        f"/{file.parent.relative_to(folder.root / '_site').as_posix()}/"
        for file in (folder.root / "_site/briefings").rglob("index.html")
    }
    with serving(folder.root / "_site") as address:
        yield Built(folder, groups, address)


def assert_quiet(seen: Seen, trap: Trap) -> None:
    """Nothing ran, nobody was asked, and the policy had nothing to refuse."""
    assert seen.ran == {}
    assert seen.dialogs == []
    assert seen.asked == set()
    assert seen.refused == set()
    assert seen.said == []
    assert trap.asked == set()
    assert trap.others == set()


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_on_every_page_nothing_runs_nobody_is_asked_and_nothing_is_wider_than_a_phone(
    built: Built, spied: Spied, tried: Tried, has_script: bool
) -> None:
    look = {"color_scheme": "light" if has_script else "dark", "java_script_enabled": has_script}
    window = {"width": 320, "height": 900}
    paths = built.pages(many(short=1, long=30))
    with watched(spied.browser, built.address, viewport=window, **look) as (_, page, seen):
        for path in paths:
            seen.at = path
            page.goto(built.address + path, wait_until="load")
            assert page.evaluate(AUDIT) == [], path
            # What says that nothing is there has its style from the address of the site, not here.
            is_dressed = path != "/404.html"
            widths = [page.evaluate(WIDTH)]
            if has_script:
                page.evaluate(TOUCH)
            page.emulate_media(media="print")
            widths.append(page.evaluate(WIDTH))
            assert not is_dressed or max(widths) <= window["width"], path
            page.emulate_media(media="screen")
            assert page.url == built.address + path
        page.wait_for_timeout(300)
        assert_quiet(seen, spied.trap)
    texts = sum(map(len, built.groups))
    tried("pages", "texts in all places of a site, opened in Chromium", texts)
    tried("pages", "pages of hostile texts, hovered over, pressed and printed", len(paths))


def test_an_entry_shows_each_text_as_it_was_written(
    built: Built, spied: Spied, tried: Tried
) -> None:
    with watched(spied.browser, built.address) as (_, page, seen):
        for number, group in enumerate(built.groups, 1):
            page.goto(f"{built.address}/briefings/h{number}/")
            assert page.evaluate(AUDIT) == [], number
            # Without its blanks: a form feed is one in some places and gone in others.
            said = "".join(page.locator("main").inner_text().split())
            whole = _squeezed(" ".join(group))
            # Title, outlet, origin, bottom line, what a date rests on, and a correction's three.
            assert said.count(whole) >= 8, number
            for text in group:
                # Author, key point, and the three kinds of names.
                assert said.count(_squeezed(text)) >= 8 + 5, text
            title = re.sub("[\u202a-\u202e\u2066-\u2069]", "", whole)
            assert "".join(page.title().split()).startswith(title)
        assert_quiet(seen, spied.trap)
    tried("pages", "texts found again on their page as written", sum(map(len, built.groups)))


def _squeezed(text: str) -> str:
    return "".join(shown(text).split())


def test_what_a_source_says_stands_on_its_page_as_it_was_written(
    built: Built, spied: Spied, tried: Tried
) -> None:
    lines = {
        shown(line)
        for group in built.groups
        for text in group
        for line in text.replace("\0", "").splitlines()
    }
    # Damaged text is mended, as the record on the page says; then the entry has it mended.
    mended = {
        read
        for file in (built.folder.root / "briefings").glob("*-*.md")
        for line in file.read_text("utf-8").split("\n")
        for read in READ.findall(shown(plain(line)))
    }
    found: set[str] = set()
    with watched(spied.browser, built.address) as (_, page, seen):
        for file in _made_of_sources(built):
            page.goto(f"{built.address}/briefings/{file.parent.name}/")
            assert page.evaluate(AUDIT) == [], file
            found |= set(READ.findall(shown(page.locator("main .text").inner_text())))
        assert_quiet(seen, spied.trap)
    assert found - lines <= mended
    assert len(found - lines) < len(found) / 5
    assert len(found) > len(lines) / 2
    tried("pages", "lines of sources found again on their page as written", len(found))


def test_feeds_twins_maps_and_pictures_opened_as_pages_are_as_quiet(
    built: Built, spied: Spied, tried: Tried
) -> None:
    top = built.folder.root / "_site"
    kinds = ("*.xml", "*.atom", "*.json", "*.opml", "*.svg", "*.png", "*.txt")
    most = many(short=1, long=25)
    files = [file for kind in kinds for file in sorted(top.rglob(kind))[:most]]
    with watched(spied.browser, built.address) as (_, page, seen):
        for file in files:
            path = seen.at = f"/{file.relative_to(top).as_posix()}"
            page.goto(built.address + path, wait_until="load")
            page.evaluate("document.documentElement?.outerHTML")
        page.wait_for_timeout(200)
        assert_quiet(seen, spied.trap)
    tried("pages", "feeds, maps, twins and pictures opened as pages", len(files))


def test_search_shows_what_it_finds_as_text(built: Built, spied: Spied, tried: Tried) -> None:
    words = ["pwned", "press", "<script>", "onerror", '"><img src=x>', "javascript:", "x" * 300]
    with watched(spied.browser, built.address, viewport={"width": 320, "height": 900}) as (
        _,
        page,
        seen,
    ):
        found = 0
        for word in words[: many(short=3, long=99)]:
            page.goto(f"{built.address}/search/?q={quote(word)}")
            page.locator("#search:not([hidden])").wait_for()
            page.get_by_role("status").get_by_text(re.compile("briefing|Nothing")).wait_for()
            page.wait_for_load_state("networkidle")
            assert page.evaluate(AUDIT) == [], word
            assert page.evaluate(WIDTH) <= 320, word
            titles = page.locator("#results .title").all_inner_texts()
            assert {shown(title) for title in titles} <= titles_of(built), word
            page.evaluate(TOUCH)
            found += len(titles)
        assert found
        assert_quiet(seen, spied.trap)
    tried("pages", "search results of hostile texts", found)


def titles_of(built: Built) -> set[str]:
    """Return the headlines of all entries, as they are shown."""
    heading = re.compile(r'data-pagefind-meta="language:.*?<h1[^>]*>(.*?)</h1>', re.DOTALL)
    files = (built.folder.root / "_site/briefings").glob("*/index.html")
    headings = (heading.search(file.read_text("utf-8")) for file in files)
    return {shown(html.unescape(found[1])) for found in headings if found}


def test_on_the_desk_and_over_pages_that_are_served_nothing_runs(
    built: Built, spied: Spied, tried: Tried
) -> None:
    folder, most = built.folder, many(short=1, long=20)
    for number, group in enumerate(built.groups[:most], 1):
        text = "".join(sign for sign in group[0] if sign.isprintable() and sign != "'")
        folder.write(f"briefings/wrong-{number}.md", f"---\ntitle: x\nstatus: '{text}'\n---\nx\n")
    paths = ["_desk/", *(f"_desk/entries/h{number}/" for number in range(1, most + 1))]
    paths += [f"_desk/entries/{file.parent.name}/" for file in _made_of_sources(built)[:most]]
    paths += [
        "",
        "search/?q=pwned",
        "briefings/h1/",
        "nothing/here/",
        *map(_wild, built.groups[:most]),
    ]
    window = {"width": 320, "height": 900}
    with running(folder.root, 0, lambda: NOW, lambda told: None) as server:
        own = server.address.removesuffix("/")
        for has_script in (True, False):
            with watched(spied.browser, own, viewport=window, java_script_enabled=has_script) as (
                _,
                page,
                seen,
            ):
                for path in paths:
                    seen.at = path
                    page.goto(server.address + path, wait_until="load")
                    if has_script:
                        page.locator("#briefbook-desk .bar").wait_for(state="attached")
                    assert page.evaluate(AUDIT) == [], path
                    assert page.evaluate(WIDTH) <= 320, path
                assert_quiet(seen, spied.trap)
    tried("pages", "pages of the desk and of `serve` that hold hostile texts", 2 * len(paths))


def _made_of_sources(built: Built) -> list[Path]:
    return sorted((built.folder.root / "_site/briefings").glob("*-*/index.html"))


def _wild(group: list[str]) -> str:
    """Return an address that says a text and leads nowhere."""
    return "briefings/" + quote(group[0], safe="<>\"'=()")


@dataclass(frozen=True, slots=True)
class Raw:
    """Pages that show hostile texts raw, with and without their policy."""

    texts: tuple[Hostile, ...]
    guarded: str  # where pages have their policy
    open: str  # where they have none


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raw]:
    """A site that was built without sanitizer and escaping, a text a page, served twice."""
    texts = corpus()[3 :: many(short=40, long=1)]
    folder = write_raw_site(tmp_path_factory.mktemp("raw"), texts)
    with without_guards():
        folder.build()
    for one in texts:
        # In the description, in the data for machines, in the summary and in the body.
        page = folder.page(f"/briefings/h{one.number}/")
        assert page.count(shown(one.text)) >= 2 or shown(one.text) != one.text, one
    top = folder.root / "_site"
    with serving(top) as guarded, serving(top, partial(POLICY.sub, b"")) as unguarded:
        yield Raw(texts, guarded, unguarded)


def provoked(spied: Spied, raw: Raw, address: str) -> Seen:
    """Open the page of each text and do all that makes a text act; return what happened."""
    from playwright.sync_api import Error  # here: where it is not installed no test is run

    with watched(spied.browser, address) as (context, page, seen):
        # Told beforehand, as a page in which such a text runs may never answer.
        context.add_init_script(
            f"if (self === top) addEventListener('load', () => setTimeout({PROVOKE}))"
        )
        for one in raw.texts:
            seen.at = one.number
            try:
                page.goto(f"{address}/briefings/h{one.number}/", wait_until="load", timeout=10_000)
                page.wait_for_timeout(30)
            except Error:  # it has gone elsewhere
                page.close()
                page = context.new_page()
        page.wait_for_timeout(300)
    return seen


def test_the_policy_alone_stops_what_no_sanitizer_has_seen(
    raw: Raw, spied: Spied, tried: Tried
) -> None:
    spied.trap.asked.clear()
    seen = provoked(spied, raw, raw.guarded)
    assert seen.ran == {}
    assert seen.dialogs == []
    assert seen.refused
    by_number = {one.number: one for one in raw.texts}
    escaped = {by_number[number].text for number in spied.trap.asked}
    assert {
        text for text in escaped if not (SENDS_ON.search(text) or CONNECTS.search(text))
    } == set()
    tried("pages", "texts raw in a page, stopped by the policy alone", len(raw.texts))


def test_without_the_policy_the_raw_texts_do_run(raw: Raw, spied: Spied, tried: Tried) -> None:
    spied.trap.asked.clear()
    seen = provoked(spied, raw, raw.open)
    ran: dict[str, list[bool]] = defaultdict(list)
    for one in raw.texts:
        ran[one.family].append(one.number in seen.ran)
    for family, least in ACTING.items():
        assert sum(ran[family]) >= least * len(ran[family]) * (1 if IS_LONG else 0.5), family
    assert spied.trap.asked
    total = sum(map(sum, ran.values()))
    assert total >= 0.35 * len(raw.texts)
    spied.trap.asked.clear()
    spied.trap.others.clear()
    tried("pages", "texts raw in a page that ran where it had no policy", total)
