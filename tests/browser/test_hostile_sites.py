"""Another site in the editor's browser, which wants to read the desk or to write by it."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from briefbook.desk import running
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.conftest import FERRY, SITE, Folder
from tests.tried import Tried

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    Opens = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
SLUG = "ferry-runs-twice-a-day-from-june"
_LOADED = (
    "return await new Promise((done) => {{ const e = document.createElement('{element}');"
    " e.onload = () => done('loaded'); e.onerror = () => done('');"
    " if ('{element}' === 'link') e.rel = 'stylesheet';"
    " e.{attribute} = DESK + '{address}'; document.body.append(e); }});"
)
# Each ends with what the other site has got; "" is nothing.
ATTEMPTS = {
    "fetch": "const a = await fetch(DESK + '_desk/'); return await a.text();",
    "fetch without CORS": (
        "const a = await fetch(DESK + '_desk/', {mode: 'no-cors'}); return a.status || '';"
    ),
    "fetch of a feed": "const a = await fetch(DESK + 'feed.xml'); return await a.text();",
    "with credentials": (
        "const a = await fetch(DESK, {credentials: 'include'}); return await a.text();"
    ),
    "write": (
        "const a = await fetch(DESK + '_desk/act', {method: 'POST', body: FORM}); return a.status;"
    ),
    "write as plain text": (
        "await fetch(DESK + '_desk/act', {method: 'POST', mode: 'no-cors', body: String(FORM),"
        " headers: {'Content-Type': 'text/plain'}}); return '';"
    ),
    "write without CORS": (
        "await fetch(DESK + '_desk/act', {method: 'POST', mode: 'no-cors', body: FORM}); return '';"
    ),
    "beacon": "navigator.sendBeacon(DESK + '_desk/act', FORM); return '';",
    "other method": (
        "const a = await fetch(DESK + '_desk/act', {method: 'PUT', body: FORM}); return a.status;"
    ),
    "events": (
        "return await new Promise((done) => { const e = new EventSource(DESK + '_desk/events');"
        " e.onmessage = (m) => done(m.data); e.onerror = () => { e.close(); done(''); }; });"
    ),
    "socket": (
        "return await new Promise((done) => {"
        " const s = new WebSocket(DESK.replace('http', 'ws') + '_desk/events');"
        " s.onopen = () => done('open'); s.onerror = () => done(''); });"
    ),
    "picture": _LOADED.format(element="img", address="card.png", attribute="src"),
    "script": _LOADED.format(element="script", address="assets/site.js", attribute="src"),
    "style": _LOADED.format(element="link", address="assets/style.css", attribute="href"),
    "frame": (
        "return await new Promise((done) => { const e = document.createElement('iframe');"
        " e.onload = () => { try { done(e.contentDocument?.body.innerText || ''); }"
        " catch (no) { done(''); } }; e.src = DESK + '_desk/'; document.body.append(e); });"
    ),
    "form in a frame": (
        "return await new Promise((done) => { const i = document.createElement('iframe');"
        " i.name = 'i'; document.body.append(i); const f = document.createElement('form');"
        " f.method = 'post'; f.action = DESK + '_desk/act'; f.target = 'i';"
        " for (const [n, v] of FORM) { const e = document.createElement('input'); e.name = n;"
        " e.value = v; f.append(e); } document.body.append(f);"
        " i.onload = () => done(''); f.submit(); });"
    ),
    "window": (
        "const w = open(DESK + '_desk/'); await new Promise((r) => setTimeout(r, 1500));"
        " try { return w && !w.closed ? w.document.body.innerText + w.length : ''; }"
        " catch (no) { return ''; }"
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("site"))
    folder.write("site.yaml", SITE)
    folder.write("sources/ferry.txt", FERRY)
    return folder


@pytest.fixture(scope="module")
def desk(folder: Folder) -> Iterator[str]:
    """Where the desk is, with a slash at the end."""
    with running(folder.root, 0, lambda: NOW, lambda told: None) as server:
        yield server.address


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with an empty page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Another site</title><body>")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other_site() -> Iterator[int]:
    """The port of another site, whose page the tests fill."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Empty) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def far(chromium: "Browser") -> "Iterator[BrowserContext]":
    """A browser in which evil.example is this machine, as a site can make it (DNS rebinding)."""
    rule = "--host-resolver-rules=MAP evil.example 127.0.0.1"
    browser = chromium.browser_type.launch(executable_path=str(CHROMIUM), args=[*FLAGS, rule])
    yield browser.new_context()
    browser.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example"])
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=list(ATTEMPTS))
def test_another_site_reads_nothing_and_writes_nothing(
    far: "BrowserContext", folder: Folder, desk: str, other_site: int, host: str, attempt: str,
    tried: Tried,
) -> None:  # fmt: skip
    before = folder.tree()
    page = far.new_page()
    page.goto(f"http://{host}:{other_site}/")
    form = {"act": "set", "entry": SLUG, "field": "title", "value": "Bought", "token": ""}
    start = (
        f"const DESK = {json.dumps(desk)}; const FORM = new URLSearchParams({json.dumps(form)});"
    )
    got = page.evaluate(
        f"(async () => {{ {start} try {{ {attempt} }} catch (no) {{ return ''; }} }})()"
    )
    page.close()
    assert got in ("", "0", 0)
    assert folder.tree() == before
    tried("desk", "Another site in the editor's browser (Chromium)", 1)


def test_a_name_that_was_made_to_lead_here_is_not_answered(
    far: "BrowserContext", desk: str
) -> None:
    answer = far.new_page().goto(desk.replace("127.0.0.1", "evil.example") + "_desk/")
    assert answer is not None
    assert (answer.status, "Harbour" in answer.text()) == (403, False)


def test_a_link_of_another_site_brings_no_form_and_leaves_the_message(
    far: "BrowserContext", folder: Folder, desk: str, other_site: int
) -> None:
    page = far.new_page()
    page.goto(f"http://127.0.0.1:{other_site}/")
    to = f"{desk}_desk/entries/{SLUG}/?undo=set&field=title&value=Bought"
    page.evaluate(f"document.body.innerHTML = '<a href=\"{to}\">go</a>'")
    page.get_by_role("link").click()
    page.get_by_role("heading", level=1).wait_for()
    assert "Bought" not in page.content()
