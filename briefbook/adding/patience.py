"""Waiting for the world outside, such as a server or another program, but never for ever."""

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TooLateError(Exception):
    """It was not done in time."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what some work returns, or raise what it raises, if it ends in time.

    What is late goes on in a thread that keeps nobody waiting, not even the end of the program.

    Raises:
        TooLateError: It did not end in time.
    """
    done: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as failed:  # handed over, and raised where it is waited for
            done.put((None, failed))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, failed = done.get(timeout=seconds)
    except queue.Empty:
        raise TooLateError from None
    if failed is not None:
        raise failed
    return result  # type: ignore[return-value]  # None only where T allows it
