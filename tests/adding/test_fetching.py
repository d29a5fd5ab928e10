"""Pages of the web, fetched from a real server on loopback: politely, and within bounds."""

import gzip
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import briefbook
from briefbook.adding.fetching import Bounds, fetch_page
from briefbook.adding.patience import TooLateError, within
from briefbook.adding.requesting import is_local, is_private, wire_address
from briefbook.problems import ProblemError

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

PAGE = b"<!doctype html><title>Ferry</title><p>The ferry sails at noon.</p>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Web:
    """A server: what it answers by path, and what it was asked."""

    origin: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    acts: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # path and User-Agent

    def give(self, path: str, content: bytes, status: int = 200, **headers: str) -> str:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, said or HTML, content)
        return f"{self.origin}{path}"

    def lead(self, path: str, to: str) -> str:
        return self.give(path, b"", 302, Location=to)


@contextmanager
def serving(host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[Web]:
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append((self.path, self.headers["User-Agent"]))
            if self.path in web.acts:
                web.acts[self.path](self)
                return
            status, headers, content = web.answers.get(self.path, (404, HTML, b"no"))
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(content))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # whoever asked went away, as the tests want it

    server = Server((host, 0), Handler)
    web.origin = f"http{'s' if context else ''}://{host}:{server.server_port}"
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as made:
        yield made


def refusal(url: str, bounds: Bounds | None = None) -> str:
    with pytest.raises(ProblemError) as refused:
        fetch_page(url, bounds)
    text = str(refused.value)
    assert text.startswith(f"{url}: error: ")
    return text.removeprefix(f"{url}: error: ").splitlines()[0]


def test_a_page_is_asked_for_once_after_robots_txt_by_a_name_that_says_who(web: Web) -> None:
    page = fetch_page(web.give("/ferry", PAGE))
    assert (page.content, page.charset, page.url) == (PAGE, "utf-8", f"{web.origin}/ferry")
    name = f"briefbook/{briefbook.__version__} (an editor adds one page)"
    assert web.asked == [("/robots.txt", name), ("/ferry", name)]


def test_robots_txt_is_respected(web: Web) -> None:
    web.give(
        "/robots.txt", b"User-agent: *\nDisallow: /news/\nAllow: /\n", Content_Type="text/plain"
    )
    said = refusal(web.give("/news/ferry", PAGE))
    assert said == "robots.txt of this site asks programs not to fetch this page"
    assert [path for path, _ in web.asked] == ["/robots.txt"]
    assert fetch_page(web.give("/ferry", PAGE)).content == PAGE


@pytest.mark.parametrize(
    "line",
    ["Allow: http://[", "Disallow: //[::1", "Crawl-delay: \u00b2", "Request-rate: 1/\u00b2"],
)
def test_a_line_of_robots_txt_that_cannot_be_read_leaves_the_others(web: Web, line: str) -> None:
    rules = f"User-agent: *\n{line}\nDisallow: /kept\n"
    web.give("/robots.txt", rules.encode(), Content_Type="text/plain")
    assert fetch_page(web.give("/ferry", PAGE)).content == PAGE
    said = refusal(web.give("/kept", PAGE))
    assert said == "robots.txt of this site asks programs not to fetch this page"


def test_rules_for_this_program_alone_are_respected(web: Web) -> None:
    web.give("/robots.txt", b"User-agent: briefbook\nDisallow: /\n", Content_Type="text/plain")
    assert refusal(web.give("/ferry", PAGE)).startswith("robots.txt of this site")


def test_a_server_that_cannot_say_its_rules_is_left_alone(web: Web) -> None:
    web.give("/robots.txt", b"", 503)
    said = refusal(web.give("/ferry", PAGE))
    assert said == "the server does not say what programs may fetch: 503"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "the page is not there: the server answers 404"),
        (410, "the page is not there: the server answers 410"),
        (403, "the server does not give this page to programs: 403"),
        (451, "the server does not give this page to programs: 451"),
        (429, "the server gives no page at present: 429"),
        (500, "the server gives no page at present: 500"),
        (204, "the server gives no page at present: 204"),
    ],
)
def test_what_the_server_answers_is_said_plainly(web: Web, status: int, said: str) -> None:
    assert refusal(web.give("/ferry", b"", status)) == said


def test_redirections_are_followed_to_where_the_page_is(web: Web) -> None:
    web.give("/d", PAGE)
    web.lead("/c", "d#part")
    web.lead("/b", f"{web.origin}/c")
    assert fetch_page(web.lead("/a", "/b")).url == f"{web.origin}/d"


def test_a_circle_of_redirections_ends(web: Web) -> None:
    assert refusal(web.lead("/a", "/a")) == "it leads on more than 5 times"
    assert len(web.asked) == 7


@pytest.mark.parametrize(
    "to", ["ftp://a.example/", "file:///etc/passwd", "javascript:x", "http://a b/"]
)
def test_a_redirection_to_no_web_page_is_refused(web: Web, to: str) -> None:
    assert refusal(web.lead("/a", to)) == "it leads to something that is no web page"


def test_the_editors_own_addresses_may_be_private_but_no_page_leads_there() -> None:
    with serving("127.0.0.1") as outside, serving("127.0.0.2") as inside:
        secret = inside.give("/secret", PAGE)
        url = outside.lead("/a", secret)
        bounds = Bounds(is_private=lambda host: host == "127.0.0.2")
        assert refusal(url, bounds) == (
            f"the page leads into your own network, to {inside.origin}/robots.txt, and is not "
            "followed there"
        )
        assert inside.asked == []
        assert fetch_page(secret, bounds).content == PAGE
        assert fetch_page(url).content == PAGE  # from one private address to the next


def test_a_page_that_is_no_html_is_refused(web: Web) -> None:
    url = web.give("/a.pdf", b"%PDF-1.7", Content_Type="application/pdf")
    assert refusal(url) == "this is no HTML page but application/pdf"


def test_a_page_without_a_type_is_taken_when_it_looks_like_one(web: Web) -> None:
    assert fetch_page(web.give("/a", b"<html>" + PAGE, X_Any="x")).charset is None
    assert refusal(web.give("/b", b"{}", X_Any="x")) == (
        "this is no HTML page but something without a type"
    )


def test_a_page_that_is_announced_too_large_is_not_read(web: Web) -> None:
    url = web.give("/a", b"x", Content_Length=str(3 * 1024 * 1024), Content_Type="text/html")
    assert refusal(url) == "the page is larger than the limit of 2.0 MiB"


def test_a_page_without_an_end_is_read_to_the_limit(web: Web) -> None:
    def forever(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "text/html")
        asked.end_headers()
        for _ in range(100_000):
            asked.wfile.write(b"x" * 65536)

    web.acts["/a"] = forever
    assert refusal(f"{web.origin}/a") == "the page is larger than the limit of 2.0 MiB"


def test_a_packed_page_is_unpacked(web: Web) -> None:
    url = web.give("/a", gzip.compress(PAGE), Content_Encoding="gzip", Content_Type="text/html")
    assert fetch_page(url).content == PAGE


def test_a_page_that_unpacks_to_gigabytes_is_refused(web: Web) -> None:
    bomb = gzip.compress(b"0" * 200 * 1024 * 1024)
    assert len(bomb) < 1024 * 1024
    url = web.give("/a", bomb, Content_Encoding="gzip", Content_Type="text/html")
    assert refusal(url) == "the page is larger than the limit of 2.0 MiB"


def test_a_page_packed_in_several_parts_is_unpacked_whole(web: Web) -> None:
    packed = gzip.compress(PAGE[:30]) + gzip.compress(PAGE[30:])
    url = web.give("/a", packed, Content_Encoding="gzip", Content_Type="text/html")
    assert fetch_page(url).content == PAGE


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("gzip", gzip.compress(PAGE)), ("deflate", zlib.compress(PAGE))],
    ids=["gzip", "deflate"],
)
def test_a_packed_page_that_breaks_off_is_not_taken_for_a_whole_one(
    web: Web, encoding: str, packed: bytes
) -> None:
    whole = web.give("/a", packed, Content_Encoding=encoding, Content_Type="text/html")
    assert fetch_page(whole).content == PAGE
    half = web.give("/b", packed[:-12], Content_Encoding=encoding, Content_Type="text/html")
    assert refusal(half) == "the page came damaged"


def test_a_page_shorter_than_it_said_is_not_taken_for_a_whole_one(web: Web) -> None:
    url = web.give("/a", PAGE[:30], Content_Length=str(len(PAGE)), Content_Type="text/html")
    assert refusal(url) == "the page broke off before its end"


def test_a_length_that_is_no_number_anybody_reads_is_no_length(web: Web) -> None:
    def odd(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "text/html")
        asked.send_header("Content-Length", "9" * 5000)
        asked.end_headers()
        asked.wfile.write(PAGE)

    web.acts["/a"] = odd
    assert fetch_page(f"{web.origin}/a").content == PAGE


def test_what_is_packed_otherwise_or_damaged_is_refused(web: Web) -> None:
    url = web.give("/a", b"x", Content_Encoding="br", Content_Type="text/html")
    assert refusal(url) == "the page came packed in a way that nobody asked for"
    url = web.give("/b", b"no gzip", Content_Encoding="gzip", Content_Type="text/html")
    assert refusal(url) == "the page came damaged"


def test_a_server_that_drips_is_left_in_time(web: Web) -> None:
    done = threading.Event()

    def drip(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.flush_headers()
        while not done.wait(0.05):
            asked.wfile.write(b"X-A: b\r\n")

    web.acts["/a"] = drip
    started = time.monotonic()
    said = refusal(f"{web.origin}/a", Bounds(seconds=1))
    done.set()
    assert said == "the page had not come after 1 seconds"
    assert time.monotonic() - started < 60  # it would drip for ever


def test_a_server_that_says_nothing_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a"
        assert refusal(url, Bounds(silence=0.3)) == "'127.0.0.1' said nothing for 0 seconds"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_only_a_certificate_that_is_trusted_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext"
    made: list[str | Path] = [
        *command.split(),
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        key,
        "-out",
        certificate,
    ]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(context=context) as web:
        url = web.give("/ferry", PAGE)
        said = refusal(url)
        assert said.startswith("the certificate of '127.0.0.1' cannot be trusted: self")
        assert web.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch_page(url).content == PAGE


def test_an_answer_that_is_none_is_told(web: Web) -> None:
    def greet(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(b"SSH-2.0 hello\r\n\r\n")

    web.acts["/a"] = greet
    assert refusal(f"{web.origin}/a") == "the answer of '127.0.0.1' is no whole answer"


def test_where_nobody_listens_and_where_nobody_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as was:
        port = was.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/a") == (
        "'127.0.0.1' cannot be reached: Connection refused"
    )
    assert refusal("http://nowhere.invalid/a") == "the host 'nowhere.invalid' was not found"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://", "this is no web address"),
        ("https://a b/", "this is no web address"),
        ("http://127.0.0.1:99999/", "this is no web address"),
        (
            "https://ada:secret@wire.example/a",
            "the address holds a user name or a password, which would be stored with the text",
        ),
    ],
)
def test_an_address_that_is_none_is_not_asked_for(url: str, said: str) -> None:
    assert refusal(url) == said


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://bücher.example/ä?q=é#x", "https://xn--bcher-kva.example/%C3%A4?q=%C3%A9"),
        ("http://wire.example:8080/a%20b", "http://wire.example:8080/a%20b"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
    ],
)
def test_an_address_goes_over_the_wire_in_ascii(url: str, sent: str) -> None:
    assert wire_address(url) == sent


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.20.0.1 192.168.1.1 169.254.169.254 0.0.0.0 ::1 fe80::1%eth0 fd00::1 "
    "::ffff:10.0.0.1".split(),
)
def test_addresses_of_ones_own_network_are_private(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f::1", "wire.example"])
def test_addresses_of_the_web_are_not(address: str) -> None:
    assert not is_private(address)
    assert not is_local(address)


def test_names_of_this_machine_are_local() -> None:
    assert is_local("localhost")
    assert is_local("printer.local")


def test_what_fails_in_time_raises_what_it_raised() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        within(5, fail)
    assert within(5, lambda: 7) == 7
    done = threading.Event()
    with pytest.raises(TooLateError):
        within(0.05, done.wait)
    done.set()


# --------------------------------------------------------------------------- into a site

ARTICLE = (
    '<!doctype html><html lang="en"><head><title>Second ferry | Harbour Wire</title>'
    '<meta property="og:site_name" content="Harbour Wire"></head><body><nav><a href="/">Home</a>'
    "</nav><article><h1>Second ferry for the northern islands</h1>"
    "<p>A second ferry will serve the northern islands from May, the port authority said on "
    "Tuesday, after two winters in which the only ship had been out of order for weeks.</p>"
    "<p>The ship carries eighty cars and makes the crossing in forty minutes, its captain said, "
    "and its crew of nine will live on the largest of the islands.</p></article>"
    "<footer>About us</footer></body></html>"
)
CONSENT = "<html><body><h1>We value your privacy</h1><p>Accept all to go on.</p></body></html>"


def test_a_page_becomes_a_source_with_its_address_and_the_time(web: Web, site: "MakeSite") -> None:
    folder = site("")
    url = web.give("/news/ferry", ARTICLE.encode())
    result = folder.run("add", f"{url}?utm_source=mail&id=7#top", "--now", "2026-11-21T18:00:00Z")
    assert result.err == f"{url}?utm_source=mail&id=7#top: error: the page is not there: the " + (
        "server answers 404\n    fix: check the address\n"
    )
    web.give("/news/ferry?utm_source=mail&id=7", ARTICLE.encode())
    result = folder.run("add", f"{url}?utm_source=mail&id=7#top", "--now", "2026-11-21T18:00:00Z")
    assert (result.code, result.err) == (0, "")
    assert folder.read("sources/second-ferry-for-the-northern-islands.html") == (
        f'---\nurl: "{url}?id=7"\nretrieved: 2026-11-21T18:00:00Z\n---\n{ARTICLE}'
    )
    entry = folder.read("briefings/second-ferry-for-the-northern-islands.md")
    assert 'outlet: "Harbour Wire"' in entry
    assert f'url: "{url}?id=7"' in entry
    again = folder.run("add", f"{url}?id=7")
    assert again.code == 1


def test_options_win_over_what_is_known_of_a_page(web: Web, site: "MakeSite") -> None:
    folder = site("")
    url = web.give("/ferry", ARTICLE.encode())
    original = "https://wire.example/ferry"
    assert folder.run("add", url, "--url", original, "--name", "f").code == 0
    assert folder.read("sources/f.html").startswith(f"---\nurl: {original}\nretrieved: ")


def test_a_page_of_which_hardly_an_article_is_left_is_not_added(web: Web, site: "MakeSite") -> None:
    folder = site("")
    url = web.give("/ferry", CONSENT.encode())
    result = folder.run("add", url)
    assert result.code == 1
    said, fix = result.err.splitlines()
    assert said.startswith(f"{url}: error: only ")
    assert said.endswith(
        " words of this page look like an article; it may ask for consent or a subscription, or "
        "need scripts"
    )
    assert fix == (
        "    fix: open it in a browser, copy the text of the article into a file, and run "
        "`briefbook add FILE --url ADDRESS`"
    )
    assert not (folder.root / "sources").exists()


def test_a_page_whose_encoding_only_the_answer_tells_is_read(web: Web, site: "MakeSite") -> None:
    folder = site("")
    text = ARTICLE.replace("Second ferry for the northern islands", "두 번째 여객선이 온다")
    url = web.give("/k", text.encode("cp949"), Content_Type="text/html; charset=euc-kr")
    result = folder.run("add", url, "--name", "k.html")
    assert (result.code, result.err) == (0, "")
    assert "두 번째 여객선이 온다" in folder.read("sources/k.html")


def test_the_text_of_a_page_that_has_changed_replaces_the_old_one(
    web: Web, site: "MakeSite"
) -> None:
    folder = site("")
    url = web.give("/ferry", ARTICLE.encode())
    assert folder.run("add", url).code == 0
    web.give("/ferry", ARTICLE.replace("eighty", "ninety").encode())
    assert "is there already" in folder.run("add", url).err
    result = folder.run("add", url, "--replace", "--now", "2026-12-01T09:00:00Z")
    assert (result.code, result.err) == (0, "")
    (source,) = [path for path in folder.tree("sources") if "/" not in path]
    assert "retrieved: 2026-12-01T09:00:00Z" in folder.read(f"sources/{source}")
    assert "ninety cars" in folder.read(folder.entries()[0])
    assert len(folder.entries()) == 1


def test_pages_need_the_extra_and_say_so_before_they_are_asked_for(
    web: Web, site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    folder = site("")
    url = web.give("/ferry", ARTICLE.encode())
    result = folder.run("add", url)
    assert result.code == 1
    assert result.err == (
        f"{url}: error: pages of the web need trafilatura, which is not installed\n"
        '    fix: install it with `pip install "briefbook[html]"`, in a clone `pip install '
        '--editable ".[html]"`\n'
    )
    assert web.asked == []


def test_only_pages_of_the_web_are_fetched(site: "MakeSite") -> None:
    result = site("").run("add", "ftp://wire.example/ferry")
    assert result.err.endswith(
        "error: only pages at http:// and https:// are fetched\n"
        "    fix: fetch it with another program, and add the file\n"
    )
