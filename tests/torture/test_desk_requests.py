"""Hostile requests to the desk, over real connections: what comes back, and what is left behind.

Whatever is asked, the answer is one of few, carries the headers that protect, says nothing of the
machine or the program, and changes no file. Families are written by hand; in the long form their
parts are also mixed, cut and damaged at random.
"""

import random
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import SITE, Folder
from tests.desk.conftest import ENTRY, FERRY, PAGE, PATIENCE, TITLE, Desk, served
from tests.torture.hostile_requests import HOSTS, LINES, METHODS, PATHS, STARTS
from tests.tried import Tried, many

FORM = "application/x-www-form-urlencoded"
ANSWER = re.compile(rb"HTTP/1\.0 (\d{3}) [A-Za-z -]+\r\n((?:[A-Za-z-]+: [\x20-\x7e]*\r\n)+)\r\n")
PROTECTING = (
    b"Cache-Control: no-store\r\n",
    b"X-Content-Type-Options: nosniff\r\n",
    b"X-Frame-Options: DENY\r\n",
    b"Cross-Origin-Resource-Policy: same-origin\r\n",
    b"Cross-Origin-Opener-Policy: same-origin\r\n",
)
# What tells of the machine or of the program's inside.
INSIDE = re.compile(rb'Traceback|File "|\.py\b|briefbook\.|/root|/home|/tmp|/usr|0x[0-9a-f]{8}')


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that is attacked by all tests here."""
    with attacked(Folder(tmp_path_factory.mktemp("target"))) as desk:
        yield desk


@contextmanager
def attacked(folder: Folder) -> Iterator[Desk]:
    """Serve a site; at the end its files must be the same, and nothing may be left open."""
    folder.write("site.yaml", SITE)
    folder.write("sources/ferry.txt", FERRY)
    with served(folder) as desk:
        for was, now in ((TITLE, 'title: "More ferries"'), ('title: "More ferries"', TITLE)):
            folder.edit(ENTRY, was, now)  # all folders are watched once this is seen
            desk.next_told()
        desk.get(PAGE)
        before, open_before = folder.tree(), opened()
        yield desk
        assert folder.tree() == before
        assert settled(open_before) <= open_before


def opened() -> int:
    """Return how many files and threads this process has, which a desk must give back."""
    files = Path("/dev/fd")
    return (len(list(files.iterdir())) if files.is_dir() else 0) + threading.active_count()


def settled(limit: int) -> int:
    """Return the same once those have gone that were about to."""
    for _ in range(200):
        if opened() <= limit:
            break
        time.sleep(0.05)
    return opened()


def send(desk: Desk, content: bytes) -> bytes:
    """Send bytes, say that no more will come, and return all that comes back."""
    with socket.create_connection(("127.0.0.1", desk.server.server_port), PATIENCE) as connection:
        answer = b""
        try:
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            while got := connection.recv(65536):
                answer += got
        except ConnectionError:
            pass  # it has answered before all was sent, or had nothing to say
        return answer


def request(
    desk: Desk,
    path: str = "/",
    *,
    method: str = "GET",
    host: str = "127.0.0.1:{port}",
    more: str = "",
) -> bytes:
    named = host.replace("{port}", str(desk.server.server_port))
    lines = [f"{method} {path} HTTP/1.1", f"Host: {named}", *([more] if more else []), "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def assert_harmless(answer: bytes, what: object) -> int:
    """An answer is whole, protected, and says nothing of the inside; return its status, or 0."""
    if not answer:
        return 0
    head = ANSWER.match(answer)
    assert head is not None, (what, answer[:300])
    for line in PROTECTING:
        assert line in head[2], (what, line)
    assert b"Set-Cookie" not in head[2], what
    assert b"Access-Control" not in head[2], what
    for where in re.findall(rb"Location: (.*)\r\n", head[2]):
        assert re.match(rb"/(?![/\\])", where), (what, where)
    shown = answer if int(head[1]) != 200 else b""
    assert not INSIDE.search(shown), (what, INSIDE.search(shown))
    assert answer.count(b"HTTP/1.0 ") == 1, what
    return int(head[1])


def test_no_path_leads_out(target: Desk, tried: Tried) -> None:
    secret = target.folder.read("site.yaml").encode()
    for path in PATHS:
        answer = send(target, request(target, path))
        status = assert_harmless(answer, path)
        assert status in (0, 200, 302, 400, 404, 414, 505), path
        assert secret not in answer, path
        assert b"root:" not in answer, path
    tried("desk", "Paths that want out of the site", len(PATHS))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_other_name_is_answered(target: Desk, method: str, tried: Tried) -> None:
    for host in HOSTS:
        for path in ("/", "/_desk/", "/_desk/events"):
            answer = send(target, request(target, path, method=method, host=host))
            assert assert_harmless(answer, host) in (400, 403), host
            assert b"Harbour" not in answer, host
    tried("desk", "Requests under another name (DNS rebinding)", 3 * len(HOSTS))


def test_no_other_method_and_no_odd_header_does_anything(target: Desk, tried: Tried) -> None:
    for method in METHODS:
        status = assert_harmless(send(target, request(target, "/_desk/act", method=method)), method)
        assert status in (400, 405, 501), method
    for line in LINES:
        for method in ("GET", "POST"):
            content = request(target, "/_desk/act", method=method, more=line) + b"act=set&a=b"
            status = assert_harmless(send(target, content), line)
            assert status in (0, 400, 403, 404, 413, 431), line
    tried("desk", "Odd methods and headers", len(METHODS) + 2 * len(LINES))


def test_what_is_no_request_is_refused(target: Desk, tried: Tried) -> None:
    for start in STARTS:
        status = assert_harmless(send(target, start), start[:50])
        assert status in (0, 400, 403, 414, 501, 505), start[:50]
    tried("desk", "Bytes that are no request of HTTP", len(STARTS))


def test_requests_one_behind_the_other_get_one_answer(target: Desk) -> None:
    """A second one within the body of the first would be smuggled in."""
    inner = request(target, "/_desk/")
    for line in LINES[:9]:
        content = request(target, "/_desk/act", method="POST", more=line)
        assert_harmless(send(target, content + b"0\r\n\r\n" + inner), line)
    assert_harmless(send(target, request(target) + inner), "pipelined")


@pytest.mark.parametrize("seed", range(many(short=2, long=60)))
def test_requests_mixed_and_damaged_at_random(target: Desk, seed: int, tried: Tried) -> None:
    dice = random.Random(seed)
    for number in range(100):
        content = _mixed(dice, target)
        assert_harmless(send(target, content), (seed, number, content[:200]))
    assert target.get(PAGE).status == 200
    tried("desk", "Requests mixed and damaged at random", 100)


def _mixed(dice: random.Random, desk: Desk) -> bytes:
    content = request(
        desk,
        dice.choice(PATHS),
        method=dice.choice(("GET", "POST", "POST", *METHODS)),
        host=dice.choice(("127.0.0.1:{port}", "127.0.0.1:{port}", *HOSTS)),
        more="\r\n".join(dice.choices(LINES, k=dice.randint(0, 3))),
    )
    for _ in range(dice.choice((0, 1, 3, 20))):
        at = dice.randrange(len(content))
        kind: Callable[[], bytes] = dice.choice(
            (lambda: bytes([dice.randrange(256)]), lambda: b"", lambda: b"\r\n", lambda: b"\0")
        )
        content = content[:at] + kind() + content[at + 1 :]
    return content
