"""Timings: where the time of a run goes, stage by stage. The only module that measures time.

What is measured is shown to an editor and decides nothing, so that output never depends on it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol


class Timed(Protocol):
    """Put around a stage of a run: `with timed("parsing", 12): …`."""

    def __call__(self, stage: str, count: int = 1) -> AbstractContextManager[None]:
        """Return what is entered when the stage begins and left when it ends.

        Args:
            stage: What it does; what has the same name is added up. Stages do not nest.
            count: How many things it is done to.
        """


_NOTHING = nullcontext()


def untimed(stage: str, count: int = 1) -> AbstractContextManager[None]:
    """Measure nothing."""
    return _NOTHING


@dataclass(slots=True)
class Spent:
    """What one stage took so far."""

    count: int = 0
    wall: float = 0.0  # seconds that passed
    cpu: float = 0.0  # seconds that processors worked, of all processes


class Timings:
    """Measures stages, in the order in which they first began."""

    def __init__(self, elsewhere: Callable[[], float] = lambda: 0.0) -> None:
        """Begin to measure the whole.

        Args:
            elsewhere: Returns the CPU seconds that other processes have worked for this one.
        """
        self.stages: dict[str, Spent] = {}
        self._elsewhere = elsewhere
        self._start = time.perf_counter()

    @contextmanager
    def __call__(self, stage: str, count: int = 1) -> Iterator[None]:
        """Measure a stage; see `Timed`."""
        spent = self.stages.setdefault(stage, Spent())
        wall, cpu = time.perf_counter(), self._cpu()
        try:
            yield
        finally:
            spent.count += count
            spent.wall += time.perf_counter() - wall
            spent.cpu += self._cpu() - cpu

    def all(self) -> dict[str, Spent]:
        """Return what each stage took, what lay between them, and the whole since the beginning.

        The start of the program counts as CPU time of the whole, as it was before the beginning.
        """
        wall, cpu = time.perf_counter() - self._start, self._cpu()
        told = self.stages.values()
        between = Spent(0, wall - sum(s.wall for s in told), cpu - sum(s.cpu for s in told))
        return {**self.stages, "start and the rest": between, "all": Spent(0, wall, cpu)}

    def _cpu(self) -> float:
        return cpu_seconds() + self._elsewhere()


def cpu_seconds() -> float:
    """Return the CPU seconds that this process has worked since it started."""
    return time.process_time()
