"""Working: many calls of one pure function -> their results, in order, made by several processes.

In: a function of a module and the arguments of its calls. Out: the same as of a loop, whoever made
what: results come in the order of the calls, and what a call raises is raised where its result was
due. What a worker cannot do, as it was killed or the call raises, is done in this process.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import starmap
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar, cast

from briefbook.problems import ProblemError
from briefbook.worker import Call, Worker, share_of

T = TypeVar("T")

# CPU seconds of work that a process is worth. Another takes 0.5 to start and to read the weights of
# the parser, so that two are ready half a second earlier than one at twice this, and later below.
WORTH = 0.75
# CPU seconds of one share: long beside the millisecond that sending takes, short beside the end, at
# which one process waits for the other.
_SHARE = 0.1
# Shares for each process that may be taken before the first of them is wanted: what bounds the
# results that wait, and thereby memory.
_AHEAD = 8


class WorkforceError(ProblemError):
    """Who should work cannot be used, or not any more: nothing was built."""


class Workforce(Protocol):
    """Whoever makes calls: this process, several of this machine, or a cluster."""

    @property
    def seconds(self) -> float:
        """CPU seconds that others than this process have worked, as far as they have told."""

    def expect(self, seconds: float, function: Callable[..., object]) -> None:
        """Be ready when so many CPU seconds of work come, though they may come in parts.

        Args:
            seconds: How many.
            function: What will do most of it; at the top of a module.
        """

    def release(self) -> None:
        """Let go of the memory of those who wait: it is long until work comes, if any does."""

    def map(
        self, function: Callable[..., T], calls: Sequence[Call], seconds: Callable[..., float]
    ) -> Iterator[T]:
        """Yield what a function makes of each of many calls, in their order.

        Args:
            function: A pure function at the top of a module.
            calls: The arguments of each call; they and the results can be pickled.
            seconds: Takes the same arguments; about how many CPU seconds the call takes.

        Raises:
            Exception: What a call raises, where its result was due.
        """


class Workers:
    """Processes of this machine, this one among them; started when there is enough to do.

    Used in a `with`, at whose end they end.
    """

    def __init__(self, jobs: int = 1) -> None:
        """Say how many there may be.

        Args:
            jobs: Processes, this one counted; at 1 there is never another.
        """
        self._jobs = jobs
        self._others: list[Worker] = []
        self._seconds = 0.0
        self._job: _Job[object] | None = None  # the last

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def seconds(self) -> float:
        """CPU seconds that the other processes have worked."""
        return self._seconds

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the other processes that were started."""
        return tuple(worker.pid for worker in self._others if worker.pid is not None)

    def expect(self, seconds: float, function: Callable[..., object]) -> None:
        """Start what so many CPU seconds of work are worth, to have it ready when they come."""
        wanted = min(self._jobs, int(seconds / WORTH)) - 1
        needed = function.__module__
        self._others += [Worker(needed) for _ in range(wanted - len(self._others))]

    def map(
        self, function: Callable[..., T], calls: Sequence[Call], seconds: Callable[..., float]
    ) -> Iterator[T]:
        """Yield what a function makes of each of many calls, in their order; see `Workforce`."""
        if self._jobs < 2:
            return starmap(function, calls)
        costs = [seconds(*call) for call in calls]
        if sum(costs) < (2 * _SHARE if self._others else 2 * WORTH):
            return starmap(function, calls)
        self.expect(sum(costs), function)
        ranges = ranges_of(costs, _SHARE)
        return self._shared(_Job(function, calls, ranges, _AHEAD * self._jobs))

    def release(self) -> None:
        """End the other processes; more are started when they are worth it."""
        self.close()

    def close(self) -> None:
        """End the other processes."""
        if self._job:
            self._job.close()
        while self._others:
            self._others.pop().close()

    def _shared(self, job: "_Job[T]") -> Iterator[T]:
        if self._job:  # somebody may have stopped in the middle of it
            self._job.close()
        self._job = cast("_Job[object]", job)
        try:
            for worker in self._others:
                worker.attend(job)
            yield from job.results()
        finally:
            job.close()
            self._seconds += job.seconds


#: This process alone.
alone = Workers(1)


class _Job(Generic[T]):
    """Calls in shares, which this process and the threads of workers take and answer."""

    def __init__(
        self,
        function: Callable[..., T],
        calls: Sequence[Call],
        ranges: Sequence[range],
        ahead: int,
    ) -> None:
        self.seconds = 0.0
        self._function = function
        self._calls = calls
        self._ranges = ranges
        self._ahead = ahead
        self._untaken = deque(range(len(ranges)))
        self._wanted = 0  # the first share whose results were not yielded yet
        self._answers: dict[int, list[T] | None] = {}
        self._is_closed = False
        self._news = threading.Condition()  # guards the four above

    def take(self, *, wait: bool) -> int | None:
        """Return the number of a share that nobody does; None: there is none, or not yet."""
        with self._news:
            while wait and not self._is_closed and self._untaken and not self._may_take():
                self._news.wait()
            return None if self._is_closed else self._next()

    def share(self, number: int) -> bytes:
        """Return what is to be done, as it is sent."""
        return share_of(self._function, self._calls_of(number))

    def answer(self, number: int, results: list[object] | None, seconds: float) -> None:
        """Bring the results of a share, None where it could not be done, and CPU seconds."""
        with self._news:
            self._answers[number] = cast("list[T] | None", results)
            self.seconds += seconds
            self._news.notify_all()

    def results(self) -> Iterator[T]:
        """Yield all results in order; where the next are not there yet, work too."""
        for number in range(len(self._ranges)):
            results = self._answer_of(number)
            with self._news:
                self._wanted = number + 1
                self._news.notify_all()
            # Raises here what a call raised elsewhere, or could not be done there.
            yield from self._made(number) if results is None else results

    def close(self) -> None:
        """Let no worker take anything any more; who still wants results makes them here."""
        with self._news:
            self._is_closed = True
            self._news.notify_all()

    def _next(self) -> int | None:
        return self._untaken.popleft() if self._may_take() else None

    def _may_take(self) -> bool:
        return bool(self._untaken) and self._untaken[0] < self._wanted + self._ahead

    def _answer_of(self, number: int) -> list[T] | None:
        while True:
            with self._news:
                if number in self._answers:
                    return self._answers.pop(number)
                own = self._next()
                if own is None:
                    self._news.wait_for(lambda: number in self._answers)
                    continue
            self.answer(own, self._tried(own), 0.0)

    def _tried(self, number: int) -> list[object] | None:
        """Return the results of a share; None where a call raises, which waits for its turn."""
        try:
            return list[object](self._made(number))
        except Exception:
            return None

    def _made(self, number: int) -> Iterator[T]:
        return starmap(self._function, self._calls_of(number))

    def _calls_of(self, number: int) -> Sequence[Call]:
        span = self._ranges[number]
        return self._calls[span.start : span.stop]


def ranges_of(costs: Sequence[float], most: float) -> list[range]:
    """Divide calls into shares that cost about the same, given what each call costs."""
    ranges: list[range] = []
    start, cost = 0, 0.0
    for number, seconds in enumerate(costs, 1):
        cost += seconds
        if cost >= most or number == len(costs):
            ranges.append(range(start, number))
            start, cost = number, 0.0
    return ranges
