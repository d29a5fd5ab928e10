"""Server: the site and the desk over HTTP, on loopback alone.

Out: only files of the site as it was built last, from memory, so no path leads anywhere else; pages
of the desk; and what live pages ask for. In: one kind of write, a form to `/_desk/act`. Everything
passes `guarding` first.
"""

import contextlib
import http.server
import socket
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from urllib.parse import quote, unquote

from briefbook.desk import guarding, live, pages
from briefbook.desk.connections import PATIENCE, Connections
from briefbook.desk.guarding import Refusal
from briefbook.desk.headers import ALWAYS, DESK_POLICY, HTML, TEXT, type_of
from briefbook.desk.session import Session
from briefbook.publishing import urls

LOOPBACK = "127.0.0.1"
ACT = "/_desk/act"
_ASSETS = "/_desk/assets/"
_HIGHEST_PORT = 65535
# Ports to try after one that is taken.
_TRIES = 100
_HEARTBEAT = 15.0  # seconds between two signs of life to one that listens
# Bytes read of a form that is not taken, so that the browser reads the answer and no broken pipe.
_READ_OFF = 4 * guarding.LARGEST_FORM

# What may stand in a query as it is.
_IN_QUERY = "%/:=&?~+!$,;'@()*[]"


class NoPortError(OSError):
    """No port is free."""


class DeskServer(http.server.ThreadingHTTPServer):
    """Serves a session until it is ended."""

    daemon_threads = False  # each ends when the server does
    # Elsewhere it lets a server start again at once; Windows would let two share a port.
    allow_reuse_address = sys.platform != "win32"
    request_queue_size = 128  # that wait to be let in; who finds no place there waits for seconds

    def __init__(self, session: Session, port: int) -> None:
        """Take a port, or the next that is free; 0: any.

        Raises:
            NoPortError: None of a hundred is.
        """
        self.session = session
        self.connections = Connections(session.wake)
        last = min(port + _TRIES, _HIGHEST_PORT + 1) if port else 1
        fault = OSError()
        for each in range(port, last):
            try:
                super().__init__((LOOPBACK, each), _Answer)
                return
            except OSError as taken:
                fault = taken
        raise NoPortError(fault.errno, fault.strerror) from fault

    @property
    def address(self) -> str:
        """Where the site is, with a slash at the end."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def end(self) -> None:
        """Answer nothing more, and wait until all that answers has ended.

        To be called from another thread than the one that serves.
        """
        self.session.end()
        self.shutdown()
        self.connections.close_all()
        self.server_close()

    def service_actions(self) -> None:
        """Look, several times a second, whether somebody has been waited for too long."""
        self.connections.close_late()

    def process_request(self, request: object, client_address: object) -> None:
        """Answer in a thread of its own, where there is room for one more."""
        assert isinstance(request, socket.socket)
        if self.connections.enter(request):
            super().process_request(request, client_address)
        else:
            super().shutdown_request(request)

    def shutdown_request(self, request: object) -> None:
        """Close a connection."""
        assert isinstance(request, socket.socket)
        super().shutdown_request(request)
        self.connections.leave(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser go that has gone on; a bug shows its traceback."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # as given


class _Answer(http.server.BaseHTTPRequestHandler):
    """Answers one request."""

    server: DeskServer
    timeout = PATIENCE  # without a byte

    def version_string(self) -> str:
        """Name the program alone."""
        return "briefbook"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a browser asks for much."""

    def parse_request(self) -> bool:
        """Read what is asked; an answer in HTTP/0.9 would have none of the headers that protect."""
        is_read = super().parse_request()
        if is_read and self.request_version == "HTTP/0.9":
            self.send_error(505)
            return False
        return is_read

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request, without a word of it in the answer."""
        self.request_version = "HTTP/1.0"  # it may not have said any
        self._refuse(Refusal(code, f"This is not answered: {HTTPStatus(code).phrase}."))

    def do_GET(self) -> None:
        """Answer with a file of the site, a page of the desk, or news."""
        self._answer(self._look)

    def do_POST(self) -> None:
        """Do one act of the editor and send the browser to the page that shows it."""
        self._answer(self._write)

    def _answer(self, work: Callable[[], None]) -> None:
        """Answer; a bug is told to both sides."""
        try:
            work()
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            self._send(500, TEXT, b"The program has failed; the terminal says where.\n")
            raise

    def _look(self) -> None:
        if refusal := guarding.refused_look(self.headers, self.server.server_port):
            self._refuse(refusal)
            return
        self.server.connections.has_asked(self.connection)
        path, query = self._asked()
        if path == live.EVENTS:
            self._send_news()
        elif path.startswith(live.DESK):
            self._send_desk(path, query)
        else:
            self._send_site(path, query)

    def _write(self) -> None:
        port = self.server.server_port
        refusal = guarding.refused_look(self.headers, port)
        if not refusal and self._asked()[0] != ACT:
            refusal = Refusal(405, "Nothing can be written here.")
        refusal = refusal or guarding.refused_write(self.headers, port)
        if refusal:
            self._refuse(refusal)
            return
        length = int(self.headers["Content-Length"])
        content = self.rfile.read(length)
        self.server.connections.has_asked(self.connection)
        form = guarding.read_form(content, length, self.server.session.token)
        if isinstance(form, Refusal):
            self._refuse(form)
            return
        go_to = self.server.session.act(form)
        self._send(303, TEXT, b"", Location=go_to if guarding.is_path(go_to) else live.DESK)

    def _refuse_method(self) -> None:
        refusal = guarding.refused_look(self.headers, self.server.server_port)
        self._refuse(refusal or Refusal(405, "Only GET and POST are answered."))

    do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse_method  # noqa: N815 - of the base

    # ----------------------------------------------------------------------- what is asked for

    def _asked(self) -> tuple[str, str]:
        """Return the path, decoded, and the query; a path that is none asks for nothing there."""
        path, _, query = self.path.partition("?")
        return unquote(path, errors="replace"), query

    def _send_site(self, path: str, query: str) -> None:
        """Send a file of the site; where there is none, its page that says so."""
        shown = self.server.session.shown
        found = self._find(path)
        if found and found[0].endswith("index.html") and not path.endswith(("/", "index.html")):
            # It leads to a file of ours, so never to another host.
            asked = quote(query.encode("latin-1"), _IN_QUERY)
            where = quote(f"{path}/") + (f"?{asked}" if asked else "")
            self._send(302, TEXT, b"", Location=where)
            return
        status = 200 if found else 404
        name, content = found or ("404.html", shown.files.get("404.html"))
        if content is None:
            content, status = live.blank_page(shown), 404 if shown.files else 503
        if name.endswith(".html"):
            address = f"/{name.removesuffix('index.html')}"
            content = live.with_script(content, address, shown)
        self._send(status, type_of(name), content)

    def _find(self, path: str) -> tuple[str, bytes] | None:
        """Return the file at a path and its name in the site; None: there is none.

        The published site may stand below a folder of its host, which links of its 404 page name.
        """
        prepared = self.server.session.shown.state.prepared
        base = urls.base_path(prepared.site) if prepared else ""
        found = self._find_exactly(path)
        if not found and base and path.startswith(f"{base}/"):
            found = self._find_exactly(path.removeprefix(base))
        return found

    def _find_exactly(self, path: str) -> tuple[str, bytes] | None:
        session, name = self.server.session, path[1:]
        if not path.startswith("/") or any(part.startswith(".") for part in name.split("/")):
            return None
        if name.startswith(urls.SEARCH_INDEX.rpartition("/")[0][1:] + "/"):
            content = session.index_file(name)
            return (name, content) if content is not None else None
        if not name or name.endswith("/"):
            names = [f"{name}index.html"]
        else:
            names = [name, f"{name}/index.html"]
        files = session.shown.files
        return next(((each, files[each]) for each in names if each in files), None)

    def _send_desk(self, path: str, query: str) -> None:
        session = self.server.session
        asset = live.live_asset(path.removeprefix(live.DESK))
        if asset is None and path.startswith(_ASSETS):
            asset = pages.desk_asset(path.removeprefix(_ASSETS))
        if asset is not None:
            self._send(200, *asset)
            return
        # A link of another site shows a page, but neither takes a message away nor brings a form.
        is_from_us = not guarding.is_asked_elsewhere(self.headers)
        shown, asked = session.shown, guarding.read_query(query if is_from_us else "")
        page = pages.desk_page(shown.state, path, asked, session.token)
        if page is None:
            self._send(404, TEXT, b"The desk has no such page.\n")
            return
        if is_from_us:
            session.forget(shown.state.outcome)
        content = live.with_script(page.encode(), path, shown)
        self._send(200, HTML, content, **{"Content-Security-Policy": DESK_POLICY})

    def _send_news(self) -> None:
        """Tell a page of each build until it goes away or the server ends."""
        session, connections = self.server.session, self.server.connections
        self._start(200, "text/event-stream; charset=utf-8")
        self.end_headers()
        shown = session.shown
        self._put(live.event(shown))
        is_over = partial(connections.is_closed, self.connection)
        while not (session.has_ended or is_over()):
            news = session.wait(shown.turn, _HEARTBEAT, is_over)
            shown = news or shown
            self._put(live.event(shown) if news else b":\n\n")

    # ----------------------------------------------------------------------- how it is sent

    def _send(self, status: int, kind: str, content: bytes, **more: str) -> None:
        self._start(status, kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        self._put(content)

    def _start(self, status: int, kind: str) -> None:
        self.send_response(HTTPStatus(status))
        self.send_header("Content-Type", kind)
        for name, value in ALWAYS.items():
            self.send_header(name, value)

    def _put(self, content: bytes) -> None:
        self.wfile.write(content)
        self.wfile.flush()

    def _refuse(self, refusal: Refusal) -> None:
        self._send(refusal.status, TEXT, f"{refusal.said}\n".encode())
        self._read_off()

    def _read_off(self) -> None:
        """Read what still comes: a browser that cannot send all never looks at the answer."""
        self.server.connections.was_refused(self.connection)
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            left = _READ_OFF
            self.connection.settimeout(1)
            while left > 0 and (got := self.rfile.read1(65536)):
                left -= len(got)
