"""The sample site in Debian's chromium, driven through Playwright's Python package.

Run by `make test-browser`. Each test is skipped, with the reason, where chromium, Playwright or a
checker is not installed. Servers listen on loopback alone.
"""

import contextlib
import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from briefbook.cli import main
from briefbook.publishing import search

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

    Axe = Callable[[Page], list[tuple[str, str, str]]]

ROOT = Path(__file__).parents[2]
TOOLS = Path(__file__).parent / "node_modules"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
NOW = "2026-11-21T18:00:00Z"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# What it finds alone, as all that it tells takes as long as to find it.
_AXE = """
axe.run(document, {resultTypes: ["violations"]})
  .then((result) => result.violations.map((found) => [found.id, found.nodes[0].html]))
"""
# One page of each kind.
PAGES = {
    "home": "/",
    "entry": "/briefings/korea-gets-a-nod-for-nuclear-submarines-and-an-argument/",
    "story": "/stories/seoul-takes-its-helicopter-pitch-to-the-baghdad-arms-fair/",
    "topic": "/topics/korea-iraq-defense/",
    "month": "/topics/korea-iraq-defense/2026/11/",
    "topics": "/topics/",
    "edition": "/editions/2026-11-22/",
    "editions": "/editions/",
    "archive": "/archive/",
    "outlet": "/outlets/gulf-desk/",
    "outlets": "/outlets/",
    "places": "/places/",
    "place": "/places/baghdad/",
    "corrections": "/corrections/",
    "subscribe": "/subscribe/",
    "search": "/search/",
    "about": "/about/",
    "not-found": "/404.html",
}


@dataclass(frozen=True, slots=True)
class Served:
    """The sample site, built and served."""

    folder: Path
    address: str  # http://127.0.0.1:…, without a slash at the end


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a browser asks for much."""

    def handle(self) -> None:
        """Answer; the browser may have gone on before all had come."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample site, built once with its search index, of several shards as in a large site."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("sources", "briefings", "site.yaml", "published.txt"):
        where = ROOT / name
        (shutil.copytree if where.is_dir() else shutil.copy)(where, root / name)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as left:
        patch.setattr(search, "LEAST", 2)
        patch.setattr(search, "MOST", 3)
        main(["build", "--root", str(root), "--now", NOW])
    assert not left.value.code
    handler = functools.partial(_Quiet, directory=str(root / "_site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Served(root / "_site", f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def driver() -> "Iterator[Playwright]":
    """What starts Debian's chromium; a process can have only one."""
    if not CHROMIUM.is_file():
        pytest.skip(f"{CHROMIUM} is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(driver: "Playwright") -> "Iterator[Browser]":
    """Debian's chromium."""
    browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def context(chromium: "Browser") -> "Iterator[Callable[..., BrowserContext]]":
    """Opens a window of its own; what it is given is what Playwright's new_context takes."""
    opened: list[BrowserContext] = []

    def open_one(width: int = 390, **more: object) -> "BrowserContext":
        opened.append(
            chromium.new_context(viewport={"width": width, "height": 900}, **more)  # type: ignore[arg-type] # as given
        )
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def axe() -> "Axe":
    """Asks axe-core of an open page, which it shows light and dark; gives what it finds."""
    file = TOOLS / "axe-core/axe.min.js"
    if not file.is_file():
        pytest.skip("axe-core is not installed: make test-browser does it")
    script = file.read_text("utf-8")

    def ask(page: "Page") -> list[tuple[str, str, str]]:
        page.evaluate(script)
        found: list[tuple[str, str, str]] = []
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [(scheme, name, html) for name, html in page.evaluate(_AXE)]
        return found

    return ask


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """The command of the Nu HTML checker."""
    jar, java = TOOLS / "vnu-jar/build/dist/vnu.jar", shutil.which("java")
    if java is None or not jar.is_file():
        pytest.skip("the Nu HTML checker or Java is not installed")
    return [java, "-jar", str(jar)]
