"""A browser that is listened to: what ran in it, whom it asked, what its pages are made of.

It has a proxy, which answers nobody and writes down what it is asked for: so nothing that leaves
the browser, were it only a connection, goes unseen.
"""

import contextlib
import functools
import http.server
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.hostile.corpus import SPY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_ASKED = re.compile(rb"n(\d+)\." + re.escape(SPY.encode()))
_ANY_SPY = re.compile(rb"[\w.-]+\.example\b")

# What a page is asked or made to do; each file says what it is for.
AUDIT, TOUCH, PROVOKE = (
    (Path(__file__).parent / f"{name}.js").read_text("utf-8")
    for name in ("audit", "touch", "provoke")
)


class Trap:
    """A proxy that answers nobody and knows who was asked for."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=500)
        self.port: int = self._socket.getsockname()[1]
        self.asked: set[int] = set()  # numbers of the texts that led to somebody
        self.others: set[str] = set()  # invented hosts besides
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._socket.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._note, args=(connection,), daemon=True).start()

    def _note(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(5)
            said = connection.recv(4096).partition(b"\n")[0]
            self.asked |= {int(number) for number in _ASKED.findall(said)}
            self.others |= {host.decode() for host in _ANY_SPY.findall(said)}


@dataclass(slots=True)
class Seen:
    """What happened in a window, by what is looked at: the number of a text, or a path."""

    at: int | str = 0
    ran: dict[int | str, set[object]] = field(default_factory=dict)  # calls that were made
    dialogs: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # by the policy: its directives
    asked: set[str] = field(default_factory=set)  # addresses not of the site, unless refused
    said: list[str] = field(default_factory=list)  # on the console, but for what was refused


@contextlib.contextmanager
def watched(
    browser: "Browser", own: str, **more: Any
) -> "Iterator[tuple[BrowserContext, Page, Seen]]":
    """Open a window that is listened to.

    Args:
        browser: Where.
        own: How addresses of the site begin.
        more: What Playwright's new_context takes.
    """
    seen = Seen()
    context = browser.new_context(**more)
    context.expose_binding(
        "pwned", lambda source, *told: seen.ran.setdefault(seen.at, set()).update(told or (0,))
    )
    context.expose_binding("refused", lambda source, what: seen.refused.add(what))
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', (e) => refused(e.effectiveDirective))"
    )

    def failed(request: "object") -> None:
        # Of a request that a policy stops Chromium tells all the same.
        if getattr(request, "failure", "") in ("csp", "origin"):
            seen.asked.discard(getattr(request, "url", ""))

    context.on("request", lambda request: _note_request(seen, own, request.url))
    context.on("requestfailed", failed)
    context.on("console", lambda message: _note_message(seen, message.text))
    context.on("weberror", lambda error: seen.said.append(f"{seen.at}: {error.error}"))

    def talk(dialog: object) -> None:
        seen.dialogs.append(str(seen.at))
        dialog.dismiss()  # type: ignore[attr-defined] # a Dialog

    context.on("dialog", talk)
    yield context, context.new_page(), seen
    context.close()


def _note_message(seen: Seen, said: str) -> None:
    # Chromium asks for an icon where a file names none, and says so of the page after it.
    if "status of 404" not in said:
        seen.said.append(f"{seen.at}: {said}")


def _note_request(seen: Seen, own: str, url: str) -> None:
    if not url.startswith((own, "blob:", "data:", "about:")):
        seen.asked.add(url)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as a careful host does, or pages without what a pattern matches."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".atom": "application/xml",
        ".opml": "application/xml",
    }

    def __init__(self, *given: Any, change: Callable[[bytes], bytes] | None, **more: Any):
        self._change = change
        super().__init__(*given, **more)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a browser asks for much."""

    def handle(self) -> None:
        """Answer; the browser may have gone on before all had come."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()

    def do_GET(self) -> None:
        """Answer with a file."""
        page = Path(self.translate_path(self.path)) / "index.html"
        if self._change is None or not page.is_file():
            super().do_GET()
            return
        content = self._change(page.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def serving(folder: Path, change: Callable[[bytes], bytes] | None = None) -> Iterator[str]:
    """Serve a folder on loopback; give its address, without a slash at the end.

    Args:
        folder: Which.
        change: What is made of each page first.
    """
    handler = functools.partial(_Handler, directory=str(folder), change=change)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
