"""One run of a program: time, processor time, and the most memory that all its processes held.

Reads /proc, so memory is known on Linux only. Shared pages count in each process that holds them.
"""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_EVERY = 0.02  # seconds; reading a few small files, far below one percent of a core
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
_MIB = 1024 * 1024


class RunFailedError(Exception):
    """A program failed; its figures would be those of something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run took."""

    wall: float  # seconds
    cpu: float  # seconds of all processes together
    memory: float  # MiB of all processes together, at their most
    pace: float  # seconds a fixed piece of work took just before: how busy the machine is


def run(
    command: tuple[str, ...], folder: Path, log: Path, more: Mapping[str, str] | None = None
) -> Run:
    """Run a program in a folder and wait for it and its children.

    Args:
        command: What to run.
        folder: Where.
        log: The file that what it prints is added to.
        more: Variables of its environment beside those of this process.

    Raises:
        RunFailedError: It exits with anything but 0.
    """
    os.sync()  # or the disk would still be writing what the run before has made
    pace = _pace()
    with log.open("ab") as printed:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=printed, stderr=printed, env={**os.environ, **(more or {})}
        )
        watching = _Watching(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # so that it is not waited for again
        sampled = watching.end()
    if process.returncode:
        said = log.read_text("utf-8", errors="replace")[-2000:]
        raise RunFailedError(f"{' '.join(command)} exits {process.returncode}:\n{said}")
    return Run(
        wall=wall,
        cpu=used.ru_utime + used.ru_stime,
        # A run may end before its first sample; the kernel has kept the most of any one process.
        memory=max(sampled, used.ru_maxrss * 1024) / _MIB,
        pace=pace,
    )


def _pace() -> float:
    start = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number & 7
    return time.perf_counter() - start


class _Watching:
    """Samples the memory of a process and its descendants until it is told to end."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> int:
        """Return the most that was seen, in bytes."""
        self._ended.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLE_EVERY):
            self._most = max(self._most, sum(map(_resident, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [(each / "children").read_text() for each in threads]
    except OSError:
        return  # it has ended, or this is no Linux
    for child in " ".join(children).split():
        yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
