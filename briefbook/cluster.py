"""Cluster: calls -> their results, made by a Dask cluster that is there already.

In and out as in `working.py`. Equal arguments are sent once. Workers may be lost while they work:
the cluster gives their shares to others. A cluster that runs another program than this machine is
refused, since it might parse otherwise. Needs the extra `cluster`, which is imported here alone.
"""

import asyncio
import logging
import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from itertools import starmap
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, cast

from briefbook.problems import Place, error
from briefbook.program import Program, program
from briefbook.timings import cpu_seconds
from briefbook.worker import Call, answer_of, results_of, share_of
from briefbook.working import WorkforceError, ranges_of

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")

# Seconds in which a scheduler must answer, and in which all workers must say what they run. Python
# starts and imports the program in two where nothing else is to do.
_PATIENCE = 10.0
_IMPORTING = 60.0
# Seconds without any worker, after which it is said that none is left; a cluster may be growing.
_WITHOUT = 30.0
# How often the result of a share is asked for before it is made here.
_FETCHES = 3
# CPU seconds of one share: sending one takes some milliseconds and the scheduler one.
_SHARE = 0.5
# Shares on their way for each core of the cluster: one that works and others that wait for it.
_AHEAD = 4


class Cluster:
    """A Dask cluster at an address; used in a `with`."""

    def __init__(self, address: str) -> None:
        """Find it, and make sure that it runs what runs here.

        Args:
            address: Of its scheduler, such as "tcp://10.0.0.5:8786".

        Raises:
            WorkforceError: It cannot be used; the problem says why and what to do.
        """
        self.seconds = 0.0
        self._address = address
        self._client = _client(address)
        try:
            self._refuse_others()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster as it was found."""
        self._client.close(timeout=_PATIENCE)

    def expect(self, seconds: float, function: Callable[..., object]) -> None:
        """Do nothing: whoever works there works already."""

    def release(self) -> None:
        """Do nothing: others may have work for it."""

    def map(
        self, function: Callable[..., T], calls: Sequence[Call], seconds: Callable[..., float]
    ) -> Iterator[T]:
        """Yield what a function makes of each of many calls, in their order; see `Workforce`.

        Raises:
            WorkforceError: No worker is left, or one that came later runs another program.
            Exception: What a call raises, where its result was due.
        """
        hashes = [_hash(call) for call in calls]
        left = Counter(hashes)
        once = dict(zip(hashes, calls, strict=True))  # in the order in which each is first due
        made = self._results(function, once, seconds)
        again: dict[str, T] = {}  # results that are due once more
        for digest in hashes:
            result = again.pop(digest) if digest in again else next(made)
            left[digest] -= 1
            if left[digest]:
                again[digest] = result
            yield result

    def _results(
        self, function: Callable[..., T], calls: dict[str, Call], seconds: Callable[..., float]
    ) -> Iterator[T]:
        hashes, given = list(calls), list(calls.values())
        untaken = deque(ranges_of([seconds(*call) for call in given], _SHARE))
        ahead = _AHEAD * max(1, sum(self._cores().values()))
        sent: deque[tuple[range, Future[bytes]]] = deque()
        while untaken or sent:
            while untaken and len(sent) < ahead:
                span = untaken.popleft()
                key = _key(function, hashes[span.start : span.stop])
                sent.append((span, self._send(key, function, given[span.start : span.stop])))
            span, future = sent.popleft()
            results = self._received(future)
            if results is None:  # raises here what a call raised there
                yield from starmap(function, given[span.start : span.stop])
            else:
                yield from cast("list[T]", results)

    def _send(
        self, key: str, function: Callable[..., object], calls: Sequence[Call]
    ) -> "Future[bytes]":
        share = share_of(function, calls)
        return self._client.submit(_do, share, key=key, pure=True)

    def _received(self, future: "Future[bytes]") -> list[object] | None:
        """Return the results of a share; None where they have to be made here."""
        content: bytes | None = self._content(future)
        if content is None:
            return None
        theirs, answer = cast(tuple[Program, bytes], pickle.loads(content))
        self._refuse(theirs, "a worker of the cluster")
        results, seconds = results_of(answer)
        self.seconds += seconds
        return results

    def _content(self, future: "Future[T]") -> T | None:
        """Return what a worker made, when it is made; None where the cluster failed to make it."""
        for _ in range(_FETCHES):
            self._wait_for(future)
            if future.status == "cancelled":
                raise self._gone()
            if future.status == "error":  # it took several workers with it, or cannot be read there
                return None
            # Who made it may be lost before it is fetched; then it is made once more.
            with suppress(TimeoutError):
                return cast(T, future.result(timeout=_PATIENCE))
        return None

    def _wait_for(self, future: "Future[T]") -> None:
        without = 0.0
        while not self._are_done([future], _WITHOUT / 6):
            without = 0.0 if self._cores() else without + _WITHOUT / 6
            if without >= _WITHOUT:
                raise self._gone()

    def _are_done(self, futures: "Sequence[Future[T]]", seconds: float) -> bool:
        """Wait until all are done, well or not, for so many seconds at most."""
        from distributed import wait

        with self._client.as_current():
            try:
                wait(list(futures), timeout=seconds)
            except TimeoutError:
                return False
        return True

    def _cores(self) -> dict[str, int]:
        """Return the threads of each worker by its address."""
        try:
            scheduler = self._client.scheduler
            return dict(self._client.sync(scheduler.ncores, callback_timeout=_PATIENCE))
        except (OSError, AttributeError):  # no scheduler any more
            raise self._gone() from None

    def _refuse_others(self) -> None:
        """Ask each worker what it runs.

        Raises:
            WorkforceError: There is none, or one does not run what runs here.
        """
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            what = f"this cluster has had no worker for {_PATIENCE:.0f} seconds"
            fix = f"start workers with `dask worker {self._address}`"
            raise WorkforceError(error(self._place, what, fix)) from None
        asked = {
            worker: self._client.submit(_tell, workers=[worker], pure=False)
            for worker in sorted(self._cores())
        }
        self._are_done(tuple(asked.values()), _IMPORTING)
        for worker, future in asked.items():
            theirs = self._content(future) if future.done() else None
            self._refuse(theirs, f"the worker at {worker}")

    def _refuse(self, theirs: Program | None, who: str) -> None:
        fix = "install what runs here on every machine of the cluster: `pip install briefbook`"
        if theirs is None:
            what = f"{who} cannot run briefbook {program().briefbook}, or does not answer"
            raise WorkforceError(error(self._place, what, fix))
        if unlike := program().unlike(theirs):
            what = f"{who} runs another program than this machine: {unlike}"
            raise WorkforceError(error(self._place, what, fix))

    def _gone(self) -> WorkforceError:
        what = "this cluster has no worker any more, or its scheduler does not answer"
        fix = "look at it, and run the same command again"
        return WorkforceError(error(self._place, what, fix))

    @property
    def _place(self) -> Place:
        return Place(f"--cluster {self._address}")


def _client(address: str) -> "Client":
    """Return the line to a scheduler.

    Raises:
        WorkforceError: The extra is missing, or nothing answers there.
    """
    place = Place(f"--cluster {address}")
    if find_spec("distributed") is None:
        what = "a cluster needs the extra `cluster`, which is not installed"
        raise WorkforceError(error(place, what, "pip install 'briefbook[cluster]'"))
    from distributed import Client

    # It tells of lost lines with tracebacks; what matters is told by us.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        # A client that finds nothing tells so when it is thrown away, so that one is made last.
        asyncio.run(_reach(address))
        return Client(address, timeout=_PATIENCE, set_as_default=False, name="briefbook")
    except (OSError, ValueError) as fault:
        what = f"no Dask scheduler answers there: {' '.join(str(fault).split()) or 'no answer'}"
        fix = "give the address that the scheduler says at its start, such as tcp://10.0.0.5:8786"
        raise WorkforceError(error(place, what, fix)) from None


async def _reach(address: str) -> None:
    """Open a line to a scheduler, with the certificates that Dask is configured to use.

    Raises:
        OSError: Nothing answers there in time, or something else than Dask.
        ValueError: It is no address.
    """
    from distributed.comm import connect
    from distributed.security import Security

    options = Security().get_connection_args("client")
    # Where something answers that never says a word of Dask, only the outer bound holds.
    async with asyncio.timeout(_PATIENCE + 1):
        line = await connect(address, timeout=_PATIENCE, **options)
        await line.close()


def _tell() -> Program:
    """Return what runs on a worker."""
    return program()


def _do(share: bytes) -> bytes:
    """Do a share on a worker, and say what made it: a worker may have come after all were asked."""
    answer, _ = answer_of(share, cpu_seconds())
    return pickle.dumps((program(), answer))


def _hash(call: Call) -> str:
    return sha256(pickle.dumps(call, pickle.HIGHEST_PROTOCOL)).hexdigest()


def _key(function: Callable[..., object], hashes: Sequence[str]) -> str:
    """Return the name of a share: the same for the same work, whoever asks for it."""
    whole = sha256("\n".join((program().code, function.__qualname__, *hashes)).encode())
    return f"briefbook-{function.__name__}-{whole.hexdigest()}"
