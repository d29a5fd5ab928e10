"""Slow clients, readers who never read, and a thousand at once: the editor is still answered.

Time is not measured: patience is set to a tenth of a second where it has to end, and to an hour
where something else must have closed a connection.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from briefbook.desk import connections, server
from tests.conftest import SITE, Folder
from tests.desk.conftest import ENTRY, PAGE, PATIENCE, TITLE, Desk, served
from tests.torture.test_desk_requests import attacked
from tests.tried import Tried, many

FORM = (
    "POST /_desk/act HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ntoken="
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with (
        pytest.MonkeyPatch.context() as patch,
        attacked(Folder(tmp_path_factory.mktemp("crowded"))) as desk,
    ):
        patch.setattr(server, "_HEARTBEAT", 0.2)  # by which it knows who has gone
        yield desk


@contextmanager
def connected(desk: Desk, count: int, content: str) -> Iterator[list[socket.socket]]:
    """Open connections that send a beginning and then stay."""
    with ExitStack() as ends:
        found = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", desk.server.server_port), PATIENCE)
            found.append(ends.enter_context(one))
            one.sendall(content.replace("{host}", desk.host).encode())
        yield found


def is_closed(connection: socket.socket) -> bool:
    """Tell whether the desk closes a connection, which it has to do soon."""
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize(
    "start",
    ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: {host}\r\nX", FORM, "\x16\x03\x01"],
    ids=["nothing", "letter", "line", "header", "form", "TLS"],
)
def test_a_thousand_who_say_nothing_keep_nobody_out(
    target: Desk, monkeypatch: pytest.MonkeyPatch, start: str, tried: Tried
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 3600.0)
    count = many(short=connections.MOST + 20, long=1100)
    with connected(target, count, start) as crowd:
        assert target.get(PAGE).status == 200
        assert target.get("/_desk/").status == 200
        assert threading.active_count() < connections.MOST + 30
        assert is_closed(crowd[0])
    tried("desk", "Connections that are kept open and say nothing", count)


def test_a_thousand_who_listen_keep_nobody_out(
    target: Desk, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 3600.0)
    count = many(short=connections.MOST + 20, long=1100)
    listening = "GET /_desk/events HTTP/1.1\r\nHost: {host}\r\n\r\n"
    with connected(target, count, listening) as crowd:
        assert target.get(PAGE).status == 200
        assert is_closed(crowd[0])
        crowd[-1].settimeout(0.2)
        assert not is_closed(crowd[-1])
    tried("desk", "Connections that listen to news", count)


def test_those_who_have_asked_nothing_give_way_to_those_who_listen(
    target: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page an editor has open is older than a crowd, and stays."""
    monkeypatch.setattr(connections, "PATIENCE", 3600.0)
    with target.events() as events:
        next(events)
        with connected(target, connections.MOST + 20, "G"):
            assert target.get(PAGE).status == 200
            target.folder.edit(ENTRY, TITLE, 'title: "More ferries"')
            assert next(events)["errors"] == []
        target.folder.edit(ENTRY, 'title: "More ferries"', TITLE)
        next(events)


@pytest.mark.parametrize("content", ["GET / HTTP/1.1\r\nX: ", FORM], ids=["header", "form"])
def test_who_sends_a_byte_now_and_then_is_left_in_time(
    target: Desk, monkeypatch: pytest.MonkeyPatch, content: str, tried: Tried
) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.5)
    with connected(target, 1, content) as (slow,):
        assert _is_left(slow)
    tried("desk", "Slow clients", 1)


def test_who_goes_on_after_a_refusal_is_left_in_time(
    target: Desk, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    monkeypatch.setattr(connections, "PATIENCE_AFTER_REFUSAL", 0.5)
    refused = "POST /_desk/act HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 9999\r\n\r\n"
    with connected(target, 1, refused) as (slow,):
        assert slow.recv(65536).startswith(b"HTTP/1.0 403 ")
        assert _is_left(slow)
    tried("desk", "Slow clients", 1)


def _is_left(slow: socket.socket) -> bool:
    """Send a byte again and again; tell whether the other side ends it before the test gives up."""
    for _ in range(600):
        try:
            slow.sendall(b"a")
        except ConnectionError:
            return True
        time.sleep(0.05)
    return False


def test_who_never_reads_ends_when_the_server_does(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = Folder(tmp_path_factory.mktemp("unread"))
    folder.write("site.yaml", SITE)
    folder.write("templates/assets/large.js", b" " * 16_000_000)
    asked = "GET /assets/large.js HTTP/1.1\r\nHost: {host}\r\n\r\n"
    with served(folder) as desk, ExitStack() as ends:
        for _ in range(10):
            one = ends.enter_context(socket.socket())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            one.connect(("127.0.0.1", desk.server.server_port))
            one.sendall(asked.encode().replace(b"{host}", desk.host.encode()))
        assert desk.get("/").status == 200
        desk.server.end()
    # Leaving waits for each thread that answers.


def test_room_is_made_by_the_oldest_that_has_asked_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "MOST", 3)
    monkeypatch.setattr(connections, "_A_MOMENT", 0.01)
    woken: list[int] = []
    known = connections.Connections(lambda: woken.append(1))
    pairs = [socket.socketpair() for _ in range(5)]
    mine = [pair[0] for pair in pairs]
    assert [known.enter(one) for one in mine[:3]] == [True, True, True]
    known.has_asked(mine[0])
    assert not known.enter(mine[3])  # mine[1] has to go, and has not gone yet
    assert [known.is_closed(one) for one in mine[:3]] == [False, True, False]
    known.leave(mine[1])
    assert known.enter(mine[3])
    known.has_asked(mine[2])
    known.has_asked(mine[3])
    assert not known.enter(mine[4])  # all are being answered: the oldest of them
    assert [known.is_closed(one) for one in mine] == [True, False, False, False, False]
    assert len(woken) == 2
    for pair in pairs:
        for one in pair:
            one.close()


def test_the_editor_is_answered_while_a_crowd_comes_and_goes(target: Desk, tried: Tried) -> None:
    """Many threads open, ask, break off and leave, all at once."""
    rounds = many(short=10, long=150)
    address = ("127.0.0.1", target.server.server_port)

    def crowd(kind: int) -> None:
        for _ in range(rounds):
            try:
                with socket.create_connection(address, PATIENCE) as one:
                    one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"[: kind * 9])
                    if kind % 2:
                        one.recv(10)
            except OSError:
                pass

    threads = [threading.Thread(target=crowd, args=(kind % 4,)) for kind in range(0, 8, 2)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        assert target.get(PAGE).status == 200
    for thread in threads:
        thread.join()
    tried("desk", "Connections that come and go at once", 4 * rounds)
