"""Worker: one more process of this machine that makes the calls it is sent, and the line to it.

It is a fresh Python that knows nothing but where our modules lie, on every system alike: no copy of
this process and its memory, so that it may be started while threads run, and takes about 50 MB.
Calls and results go through its standard input and output. It ends when its input does, at once,
whatever it is doing: where this process is gone, it is gone too.
"""

import gc
import importlib
import os
import pickle
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import BinaryIO, Protocol, cast

from briefbook.timings import cpu_seconds

Call = tuple[object, ...]  # the arguments of one call

_LENGTH = struct.Struct("<Q")
# How a worker starts: what asked for it may be gone already.
_START = """\
import pickle, sys
try:
    sys.path[:], needed = pickle.load(sys.stdin.buffer)
except EOFError:
    sys.exit()
from briefbook.worker import work
work(needed)
"""
# Objects that are made before Python looks for circles of garbage among them: at first, and later.
_COLLECTED_AT = 100_000
_COLLECTED_LAST = 6_400_000
# Shares a worker has at once: while it does one, the next is on its way.
_AT_ONCE = 2


class Shares(Protocol):
    """Where a worker gets what it is to do, and brings what it made."""

    def take(self, *, wait: bool) -> int | None:
        """Return the number of a share that nobody does; None: there is none, or not yet."""

    def share(self, number: int) -> bytes:
        """Return what is to be done, as `share_of` makes it."""

    def answer(self, number: int, results: list[object] | None, seconds: float) -> None:
        """Bring the results of a share, None where it could not be done, and CPU seconds."""


class Worker:
    """The line to one worker. A worker that is gone answers no more, which is no mistake."""

    def __init__(self, needed: str = __name__) -> None:
        """Start it.

        Args:
            needed: The module of what it will have to call first, which it loads meanwhile.
        """
        import subprocess  # late: most builds need no worker

        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        try:
            # -P: nothing of the folder in which an editor stands is imported. In a session of its
            # own: Ctrl-C is for the process that an editor started.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            pickle.dump((sys.path, needed), self._input)
            self._input.flush()
        except OSError:  # no memory, no more processes: the others do it
            return

    @property
    def pid(self) -> int | None:
        """The number of its process; None: it could not be started."""
        return self._process.pid if self._process else None

    def attend(self, shares: Shares) -> None:
        """Do shares in another thread until none is left."""
        self.wait()
        thread = threading.Thread(target=self._do, args=(shares,), daemon=True)
        thread.start()
        # Now: where Ctrl-C comes before it has started nobody can wait for it.
        self._thread = thread

    def wait(self) -> None:
        """Return when all it took is answered."""
        if self._thread:
            self._thread.join()

    def close(self) -> None:
        """End it at once."""
        if not self._process:
            return
        self._process.kill()
        self.wait()
        with suppress(OSError):
            self._input.close()
        self._output.close()
        self._process.wait()

    @property
    def _input(self) -> BinaryIO:
        assert self._process
        return cast(BinaryIO, self._process.stdin)

    @property
    def _output(self) -> BinaryIO:
        assert self._process
        return cast(BinaryIO, self._process.stdout)

    def _do(self, shares: Shares) -> None:
        sent: deque[int] = deque()
        try:
            while self._process:
                while len(sent) < _AT_ONCE:
                    number = shares.take(wait=not sent)
                    if number is None:
                        break
                    sent.append(number)
                    _write(self._input, shares.share(number))
                if not sent:
                    return
                results, seconds = results_of(_read(self._output))  # first: it may be gone
                shares.answer(sent.popleft(), results, seconds)
        except Exception:
            # Killed, maybe by the system for want of memory, or the calls cannot be sent. Nothing
            # needs a worker, and one that may still owe an answer gets no more to do.
            if self._process:
                self._process.kill()
        finally:
            for number in sent:
                shares.answer(number, None, 0.0)


def collect_seldom() -> None:
    """Look for circles of garbage less often than Python does.

    What a build makes lives to its end, and next to none of it stands in a circle: to look through
    it again and again takes a tenth of the time. Where nearly nothing was found, Python looks again
    when four times as much was made.
    """
    gc.set_threshold(_COLLECTED_AT, 20, 20)
    if _look_less_often not in gc.callbacks:
        gc.callbacks.append(_look_less_often)


def _look_less_often(phase: str, info: dict[str, int]) -> None:
    if phase != "stop":
        return
    most, *others = gc.get_threshold()
    is_worth_it = info["collected"] > most / 100
    gc.set_threshold(_COLLECTED_AT if is_worth_it else min(4 * most, _COLLECTED_LAST), *others)


def work(needed: str) -> None:
    """Do what comes, until nothing comes any more; the whole life of a worker.

    Args:
        needed: A module that it loads while nothing has come yet.
    """
    collect_seldom()
    given: SimpleQueue[bytes] = SimpleQueue()
    # Read at any time, or both sides could wait for the other to read.
    threading.Thread(target=_listen, args=(sys.stdin.buffer, given), daemon=True).start()
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what would print must not stand among the answers
    with suppress(Exception):  # who calls it will tell
        importlib.import_module(needed)
    known = 0.0  # the first answer tells of the start too
    while True:
        answer, now = answer_of(given.get(), known)
        _write(answers, answer)
        known = now


def _listen(line: BinaryIO, given: "SimpleQueue[bytes]") -> None:
    try:
        while True:
            given.put(_read(line))
    except (OSError, EOFError):
        os._exit(0)


def share_of(function: Callable[..., object], calls: Sequence[Call]) -> bytes:
    """Return calls of a function as they are sent to another process."""
    return pickle.dumps((function, calls), pickle.HIGHEST_PROTOCOL)


def answer_of(share: bytes, known: float) -> tuple[bytes, float]:
    """Do a share; return the answer to it and the CPU seconds of this process by now.

    Args:
        share: As `share_of` makes it.
        known: CPU seconds of this process that were told before.
    """
    results = _made(share)
    now = cpu_seconds()
    try:
        answer = pickle.dumps((results, now - known), pickle.HIGHEST_PROTOCOL)
    except Exception:  # what cannot be sent is made again over there
        answer = pickle.dumps((None, now - known))
    return answer, now


def results_of(answer: bytes) -> tuple[list[object] | None, float]:
    """Return the results in an answer, None where a call could not be made, and CPU seconds."""
    return cast(tuple[list[object] | None, float], pickle.loads(answer))


def _made(share: bytes) -> list[object] | None:
    """Return the results of a share; None where one of its calls raises, or it cannot be read.

    Who sent it makes it again and meets the same there, with a traceback that tells.
    """
    try:
        function, calls = cast(tuple[Callable[..., object], Sequence[Call]], pickle.loads(share))
        return [function(*call) for call in calls]
    except Exception:
        return None


def _write(line: BinaryIO, content: bytes) -> None:
    line.write(_LENGTH.pack(len(content)))
    line.write(content)
    line.flush()


def _read(line: BinaryIO) -> bytes:
    """Return what was written at once.

    Raises:
        EOFError: The other side is gone.
    """
    head = line.read(_LENGTH.size)
    content = line.read(*_LENGTH.unpack(head)) if len(head) == _LENGTH.size else b""
    if len(head) < _LENGTH.size or len(content) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return content
