"""A site that is really served, on a free port, watched, and asked over real connections."""

import http.client
import json
import queue
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from briefbook.desk import Told, running
from briefbook.desk.server import DeskServer
from tests.conftest import SITE, Folder

# Seconds until a test gives up; nothing waits so long when all is well.
PATIENCE = 60.0
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
FERRY = """\
Ferry runs twice a day from June

By Ana Reyes, Harbour Post
May 3, 2026

The ferry to the outer islands will run twice a day from June. The harbour board said so on Friday.
"""
SECTIONS = f"-- sources/ferry.txt --\n{FERRY}"
ENTRY = "briefings/ferry-runs-twice-a-day-from-june.md"
PAGE = "/briefings/ferry-runs-twice-a-day-from-june/"
TITLE = 'title: "Ferry runs twice a day from June"'


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True, slots=True)
class Desk:
    """A served site and what it told the terminal."""

    folder: Folder
    server: DeskServer
    told: "queue.Queue[Told]" = field(default_factory=queue.Queue)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; headers named with None as their value are left out."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def next_told(self) -> Told:
        """Wait for the next build that changed anything."""
        return self.told.get(timeout=PATIENCE)

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, Any]]]:
        """Listen as an open page does."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request("GET", "/_desk/events")
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        lines = iter(answer.readline, b"")
        yield (json.loads(line[6:]) for line in lines if line.startswith(b"data: "))
        answer.close()  # or the connection would stay for as long as the answer is known
        connection.close()


@contextmanager
def served(folder: Folder) -> Iterator[Desk]:
    """Serve a site until the block is left."""
    told: queue.Queue[Told] = queue.Queue()
    with running(folder.root, 0, lambda: NOW, told.put) as server:
        desk = Desk(folder, server, told)
        desk.next_told()  # of the first build
        yield desk


@pytest.fixture
def serving(site: Callable[[str], Folder]) -> Iterator[Callable[..., Desk]]:
    """Serves the site of a string of sections until the test is over."""
    with ExitStack() as ends:
        yield lambda sections=SECTIONS: ends.enter_context(served(site(sections)))


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A served site for tests that change none of its files."""
    folder = Folder(tmp_path_factory.mktemp("shared"))
    folder.write("site.yaml", SITE)
    folder.write("sources/ferry.txt", FERRY)
    with served(folder) as desk:
        yield desk
