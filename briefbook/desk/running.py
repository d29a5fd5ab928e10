"""Running: a site that is served, watched and built again, from its start to its clean end."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from briefbook.desk.server import DeskServer
from briefbook.desk.session import Session, Told
from briefbook.desk.watching import Watching
from briefbook.publishing import bundled

# Seconds until a server that is to end looks up.
_LOOK = 0.1


@contextmanager
def running(
    root: Path, port: int, clock: Callable[[], datetime], tell: Callable[[Told], None]
) -> Iterator[DeskServer]:
    """Build a site, serve it and watch it, until the block is left.

    Args:
        root: The folder of the site.
        port: Where to listen, or the next that is free; 0: any.
        clock: The time of each build, aware.
        tell: Called with what each build did; at times from other threads, one after the other.

    Raises:
        NoPortError: No port is free.
    """
    session = Session(root, clock, tell)
    watching = Watching(root, lambda changed: _build(session, changed), bundled())
    with ExitStack() as ends:
        server = DeskServer(session, port)
        ends.callback(server.server_close)
        # Watched before it is built: what is saved meanwhile leads to another build.
        ends.callback(watching.end)
        watching.start()
        if not session.build():
            watching.look_again()
        serving = threading.Thread(target=server.serve_forever, args=(_LOOK,), name="serving")
        serving.start()
        ends.callback(serving.join)
        ends.callback(server.end)
        yield server


def _build(session: Session, changed: frozenset[str]) -> None:
    """Build again, unless what changed is what a build or an act has written itself."""
    if session.has_seen(changed):
        return
    while not session.build() and not session.has_ended:
        pass  # another command is at work; what it leaves is not all told as a change
