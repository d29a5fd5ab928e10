"""Connections: those that are open to the desk, and which of them give way.

Anything on this machine, and any page in a browser on it, can open connections and then say
nothing, or a byte now and then. Each takes a thread and an open file. So a request has to come
whole in a moment, and only so many connections are open: the newest is the likeliest to be the
editor's, so the oldest is closed for it; where half of them have asked for nothing yet, of those.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable

# A browser has six at once to one server; each open page keeps one, which tells it of news.
MOST = 100
# Seconds in which a request has to come whole, and after a refusal the rest of it.
PATIENCE, PATIENCE_AFTER_REFUSAL = 30.0, 5.0
# Seconds that one may take to go that was closed.
_A_MOMENT = 1.0


class Connections:
    """The open connections, oldest first, each with the moment until which it is waited for."""

    def __init__(self, wake: Callable[[], None]) -> None:
        """Take what wakes those who wait for news, so that they see that they are closed."""
        self._wake = wake
        self._changed = threading.Condition()  # guards what follows
        self._until: dict[socket.socket, float | None] = {}  # None: it is being answered
        self._closed: set[socket.socket] = set()  # of these; they have not gone yet

    def enter(self, connection: socket.socket) -> bool:
        """Let a connection in; False: there is no room, and none could be made."""
        if self._is_full():
            self._close_one()
            self._wake()
        with self._changed:
            if not self._changed.wait_for(lambda: not self._is_full(), _A_MOMENT):
                return False
            self._until[connection] = time.monotonic() + PATIENCE
            return True

    def leave(self, connection: socket.socket) -> None:
        """Forget a connection that has gone."""
        with self._changed:
            self._until.pop(connection, None)
            self._closed.discard(connection)
            self._changed.notify_all()

    def has_asked(self, connection: socket.socket) -> None:
        """Note that a request has come whole: what remains is to answer it."""
        self._wait(connection, None)

    def was_refused(self, connection: socket.socket) -> None:
        """Note that only the rest of a refused request may still come."""
        self._wait(connection, time.monotonic() + PATIENCE_AFTER_REFUSAL)

    def is_closed(self, connection: socket.socket) -> bool:
        """Tell whether a connection had to give way."""
        with self._changed:
            return connection in self._closed

    def close_late(self) -> None:
        """Close those of which no whole request came in time."""
        now = time.monotonic()
        with self._changed:
            for connection, until in self._until.items():
                if until is not None and until < now:
                    self._close(connection)

    def close_all(self) -> None:
        """Close all; whoever answers on one ends."""
        with self._changed:
            for connection in self._until:
                self._close(connection)

    def _is_full(self) -> bool:
        return len(self._until) >= MOST

    def _wait(self, connection: socket.socket, until: float | None) -> None:
        with self._changed:
            if connection in self._until:
                self._until[connection] = until

    def _close_one(self) -> None:
        with self._changed:
            still = [one for one in self._until if one not in self._closed]
            silent = [one for one in still if self._until[one] is not None]
            # The last few have not had the time to ask.
            found = silent if 2 * len(silent) >= MOST else still
            if found:
                self._close(found[0])

    def _close(self, connection: socket.socket) -> None:
        """Close a connection for both sides; the thread that has it sees its end and leaves."""
        self._closed.add(connection)
        with contextlib.suppress(OSError):  # the other side has closed it
            connection.shutdown(socket.SHUT_RDWR)
