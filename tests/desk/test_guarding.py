"""Who is refused: each case is a real request, and the one that is right is taken."""

import http.client
import re
import socket
import urllib.parse
from collections.abc import Callable, Mapping

import pytest

from briefbook.desk import acts
from briefbook.desk.session import Session
from briefbook.desk.state import DeskState, Outcome
from briefbook.problems import Place, error
from tests.desk.conftest import ENTRY, NOW, PAGE, PATIENCE, TITLE, Answer, Desk

Serving = Callable[..., Desk]
FORM = "application/x-www-form-urlencoded"
NOT_OURS = "This is not an address of the desk: open the one the terminal names.\n"
NOT_FROM_US = "Only a page of the desk itself may change anything.\n"
NO_FORM = "Only forms of the desk are taken.\n"
NO_TOKEN = "This page is from before the desk was started again: load it anew, then try again.\n"


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What acts were asked for; they only note it."""
    asked: list[dict[str, str]] = []

    def act(state: DeskState, form: Mapping[str, str]) -> Outcome:
        asked.append(dict(form))
        return Outcome(go_to=form.get("go_to", "/_desk/"))

    monkeypatch.setattr(acts, "act", act)
    return asked


def post(desk: Desk, path: str = "/_desk/act", body: bytes | None = None, **other: str) -> Answer:
    """Send what a page of the desk would; `other` headers instead of its own, "" for none."""
    if body is None:
        body = urllib.parse.urlencode({"token": desk.server.session.token, "act": "x"}).encode()
    headers = {"Host": desk.host, "Origin": f"http://{desk.host}", "Content-Type": FORM} | {
        name.replace("_", "-"): value for name, value in other.items()
    }
    return desk.ask("POST", path, body, {name: v for name, v in headers.items() if v})


def raw(desk: Desk, request: str) -> bytes:
    """Send bytes as they are, and return all that comes back."""
    connection = http.client.HTTPConnection(desk.host, timeout=PATIENCE)
    connection.connect()
    assert connection.sock is not None
    connection.sock.sendall(request.replace("\n", "\r\n").encode())
    answer = b""
    while got := connection.sock.recv(65536):
        answer += got
    connection.close()
    return answer


def test_a_form_from_a_page_of_ours_is_taken(desk: Desk, done: list[dict[str, str]]) -> None:
    answer = post(desk)
    assert (answer.status, answer.headers["Location"]) == (303, "/_desk/")
    assert done == [{"act": "x"}]


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "[::1]", "127.0.0.1"])
def test_each_loopback_name_will_do(desk: Desk, done: list[dict[str, str]], name: str) -> None:
    host = f"{name}:{desk.server.server_port}"
    assert desk.get(PAGE, Host=host).status == 200
    assert post(desk, Host=host, Origin=f"http://{host}").status == 303


def test_a_referer_will_do_where_there_is_no_origin(desk: Desk, done: list[dict[str, str]]) -> None:
    assert post(desk, Origin="", Referer=f"http://{desk.host}/_desk/").status == 303


@pytest.mark.parametrize("path", ["/", PAGE, "/_desk/", "/_desk/events", "/_desk/live.js", "/x"])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.:{port}",
     "127.0.0.1.evil.example:{port}", "0.0.0.0:{port}", "10.0.0.1:{port}", "x@127.0.0.1:{port}"],
)  # fmt: skip
def test_nothing_is_shown_under_another_name(desk: Desk, path: str, host: str) -> None:
    answer = desk.get(path, Host=host.format(port=desk.server.server_port))
    assert (answer.status, answer.text) == (403, NOT_OURS)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_shown_without_a_name_or_under_two(desk: Desk, method: str) -> None:
    assert raw(desk, f"{method} / HTTP/1.0\n\n").startswith(b"HTTP/1.0 403 ")
    two = f"{method} / HTTP/1.0\nHost: {desk.host}\nHost: {desk.host}\n\n"
    assert raw(desk, two).startswith(b"HTTP/1.0 403 ")


@pytest.mark.parametrize(
    "other",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://{host}"},
        {"Origin": "http://{host}.evil.example"},
        {"Origin": "http://localhost:{port}"},  # of ours, but not the one that was asked
        {"Origin": "http://127.0.0.1"},
        {"Origin": ""},
        {"Origin": "", "Referer": "http://evil.example/http://{host}/"},
        {"Origin": "", "Referer": "http://{host}.evil.example/"},
        {"Origin": "http://evil.example", "Referer": "http://{host}/_desk/"},
    ],
    ids=str,
)
def test_a_form_of_another_site_is_refused(
    desk: Desk, done: list[dict[str, str]], other: dict[str, str]
) -> None:
    values = {"host": desk.host, "port": desk.server.server_port}
    headers = {name: value.format(**values) for name, value in other.items()}
    answer = post(desk, "/_desk/act", None, **headers)
    assert (answer.status, answer.text) == (403, NOT_FROM_US)
    assert done == []


def test_a_form_under_another_name_is_refused_though_all_agrees(
    desk: Desk, done: list[dict[str, str]]
) -> None:
    """As it is when a name of somebody else was made to point here."""
    host = f"evil.example:{desk.server.server_port}"
    answer = post(desk, Host=host, Origin=f"http://{host}")
    assert (answer.status, answer.text) == (403, NOT_OURS)
    assert done == []


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", "", "x"])
def test_what_is_no_form_is_refused(desk: Desk, done: list[dict[str, str]], kind: str) -> None:
    answer = post(desk, Content_Type=kind)
    assert (answer.status, answer.text) == (403, NO_FORM)
    assert done == []


@pytest.mark.parametrize(
    "body", [b"", b"act=x", b"token=&act=x", b"token=abc&act=x", b"token=%F0%9F%90%9F"], ids=str
)
def test_a_form_without_the_token_is_refused(
    desk: Desk, done: list[dict[str, str]], body: bytes
) -> None:
    answer = post(desk, body=body)
    assert (answer.status, answer.text) == (403, NO_TOKEN)
    assert done == []


@pytest.mark.parametrize("rest", [b"a=%ff", "a=\u00e9".encode(), b"&".join([b"a=b"] * 1001)])
def test_a_form_that_cannot_be_read_is_refused(
    desk: Desk, done: list[dict[str, str]], rest: bytes
) -> None:
    body = f"token={desk.server.session.token}&".encode() + rest
    answer = post(desk, body=body)
    assert (answer.status, answer.text) == (403, NO_FORM)
    assert done == []


def test_a_form_of_one_mebibyte_is_taken_and_one_byte_more_is_not(
    desk: Desk, done: list[dict[str, str]]
) -> None:
    start = f"token={desk.server.session.token}&a=".encode()
    body = start + b"x" * (1024 * 1024 - len(start))
    assert post(desk, body=body).status == 303
    answer = post(desk, body=body + b"x")
    assert (answer.status, answer.text) == (413, "The form is longer than 1 MiB.\n")
    assert len(done) == 1


@pytest.mark.parametrize("length", ["", "-1", "x", "1e3", "٣"])
def test_a_form_that_does_not_say_its_length_is_refused(
    desk: Desk, done: list[dict[str, str]], length: str
) -> None:
    line = f"Content-Length: {length}\n" if length else "Transfer-Encoding: chunked\n"
    answer = raw(
        desk,
        f"POST /_desk/act HTTP/1.0\nHost: {desk.host}\nOrigin: http://{desk.host}\n"
        f"Content-Type: {FORM}\n{line}\n",
    )
    assert answer.startswith(b"HTTP/1.0 403 ")
    assert answer.endswith(b"A form must say how long it is, and be so long.\n")
    assert done == []


def test_half_a_form_is_refused(desk: Desk, done: list[dict[str, str]]) -> None:
    connection = http.client.HTTPConnection(desk.host, timeout=PATIENCE)
    connection.putrequest("POST", "/_desk/act")
    connection.putheader("Origin", f"http://{desk.host}")
    connection.putheader("Content-Type", FORM)
    connection.putheader("Content-Length", "1000")
    connection.endheaders(f"token={desk.server.session.token}&act=x".encode())
    assert connection.sock is not None
    connection.sock.shutdown(socket.SHUT_WR)
    answer = connection.getresponse()
    assert answer.status == 403
    assert answer.read() == b"A form must say how long it is, and be so long.\n"
    connection.close()
    assert done == []


def test_a_length_of_thousands_of_digits_is_too_long(desk: Desk) -> None:
    answer = raw(
        desk,
        f"POST /_desk/act HTTP/1.0\nHost: {desk.host}\nOrigin: http://{desk.host}\n"
        f"Content-Type: {FORM}\nContent-Length: {'9' * 9000}\n\n",
    )
    assert answer.startswith(b"HTTP/1.0 413 ")


@pytest.mark.parametrize("path", ["/", PAGE, "/_desk/", "/_desk/act/", "/_desk/events"])
def test_nothing_is_written_elsewhere(desk: Desk, done: list[dict[str, str]], path: str) -> None:
    answer = post(desk, path)
    assert (answer.status, answer.text) == (405, "Nothing can be written here.\n")
    assert done == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(desk: Desk, method: str) -> None:
    answer = desk.ask(method, "/_desk/act")
    assert (answer.status, answer.text) == (405, "Only GET and POST are answered.\n")


def test_an_act_cannot_be_asked_for_by_an_address(desk: Desk, done: list[dict[str, str]]) -> None:
    assert desk.get(f"/_desk/act?token={desk.server.session.token}&act=x").status == 404
    assert done == []


@pytest.mark.parametrize(
    "go_to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/a\r\nSet-Cookie: b"]
)
def test_no_act_sends_the_browser_elsewhere(
    desk: Desk, done: list[dict[str, str]], go_to: str
) -> None:
    form = {"token": desk.server.session.token, "go_to": go_to}
    answer = post(desk, body=urllib.parse.urlencode(form).encode())
    assert (answer.status, answer.headers["Location"]) == (303, "/_desk/")
    assert "Set-Cookie" not in answer.headers


def test_each_start_has_a_token_of_its_own(desk: Desk) -> None:
    first = desk.server.session.token
    second = Session(desk.folder.root, lambda: NOW).token
    assert first != second
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in (first, second))


def test_what_an_act_did_is_told_on_one_page_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Outcome(problems=(error(Place("x"), "no", "try"),))
    monkeypatch.setattr(acts, "act", lambda state, form: refused)
    session = desk.server.session
    assert post(desk).status == 303
    assert session.shown.state.outcome == refused
    desk.get("/_desk/none/")  # is no page, so nobody has read it
    assert session.shown.state.outcome == refused
    desk.get("/_desk/")
    assert session.shown.state.outcome is None


def test_the_page_after_an_act_shows_what_it_wrote(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = serving()

    def act(state: DeskState, form: Mapping[str, str]) -> Outcome:
        desk.folder.edit(ENTRY, TITLE, 'title: "More ferries"')
        return Outcome(go_to=PAGE, done="The title is changed.")

    monkeypatch.setattr(acts, "act", act)
    assert post(desk).headers["Location"] == PAGE
    assert "More ferries" in desk.get(PAGE).text  # at once: it was built before the answer


# --------------------------------------------------------------------------- links of other sites


ENTRY_PAGE = f"/_desk/entries/{PAGE.split('/')[2]}/"
BUTTON = "Undo: put back what was there"


def test_no_link_of_another_site_brings_words_behind_a_button(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address after an act holds the form that undoes it; anybody can write such an address."""
    led = f"{ENTRY_PAGE}?undo=set&field=title&value=Bought+by+Evil+Corp"
    monkeypatch.setattr(acts, "act", lambda state, form: Outcome(go_to=led, done="Done."))
    post(desk)
    link = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    page = desk.ask("GET", led, headers=link | {"Sec-Fetch-Site": "cross-site"}).text
    assert "Done." in page
    assert BUTTON not in page
    assert "Evil Corp" not in page
    assert BUTTON in desk.ask("GET", led, headers=link | {"Sec-Fetch-Site": "same-origin"}).text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("mode", "dest"),
    [("no-cors", "image"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe"),
     ("websocket", "websocket"), ("no-cors", "empty"), ("navigate", "object"), ("", "")],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/_desk/", "/_desk/events"])
def test_pages_of_other_sites_can_take_nothing_in(
    desk: Desk, site: str, mode: str, dest: str, path: str
) -> None:
    asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    answer = desk.ask("GET", path, headers=asked)
    assert (answer.status, answer.text) == (
        403,
        "Another site may link to the desk, and no more.\n",
    )


def test_a_link_of_another_site_is_followed_and_takes_no_message_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Outcome(problems=(error(Place("x"), "no", "try"),))
    monkeypatch.setattr(acts, "act", lambda state, form: refused)
    session = desk.server.session
    post(desk)
    link = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert desk.ask("GET", "/_desk/", headers=link | {"Sec-Fetch-Site": "cross-site"}).status == 200
    assert session.shown.state.outcome == refused
    assert desk.ask("GET", "/_desk/", headers=link | {"Sec-Fetch-Site": "none"}).status == 200
    assert session.shown.state.outcome is None


def test_what_is_no_request_is_answered_with_all_that_protects_and_not_repeated(desk: Desk) -> None:
    answer = raw(desk, "GET / <script>alert(1)</script> HTTP/1.1\n\n")
    assert answer.startswith(b"HTTP/1.0 400 ")
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in answer
    assert answer.endswith(b"\r\n\r\nThis is not answered: Bad Request.\n")


def test_an_answer_without_headers_is_never_given(desk: Desk) -> None:
    """As HTTP/0.9 wants it: nothing would protect the page."""
    answer = raw(desk, f"GET /_desk/\nHost: {desk.host}\n\n")
    assert answer.startswith(b"HTTP/1.0 505 ")
