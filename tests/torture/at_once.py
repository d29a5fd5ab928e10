"""Commands that begin at the same moment, each in a process of its own.

`at_once(job, …)` forks a process for each job, so that nothing has to be loaded; all wait at one
barrier, and what each printed and how it ended is returned. A process that takes longer than
`PATIENCE` seconds hangs: it is ended, and the test fails.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import Result

PATIENCE = 120.0

Job = Callable[[], Result]


@dataclass(frozen=True, slots=True)
class _Child:
    pid: int
    said: Path


def at_once(*jobs: Job) -> list[Result]:
    """Run jobs in processes of their own that begin together, and return what each answered."""
    ready, go = os.pipe(), os.pipe()
    with TemporaryDirectory() as folder:
        children = [_started(job, Path(folder, str(n)), ready, go) for n, job in enumerate(jobs)]
        for _ in children:
            os.read(ready[0], 1)
        os.write(go[1], b"!" * len(children))
        results = [_ended(child) for child in children]
    for handle in (*ready, *go):
        os.close(handle)
    return results


def _started(job: Job, said: Path, ready: tuple[int, int], go: tuple[int, int]) -> _Child:
    pid = os.fork()
    if pid:
        return _Child(pid, said)
    # Nothing of the parent's tests may run on in here, whatever happens.
    try:
        os.write(ready[1], b"!")
        os.read(go[0], 1)
        answer = job()
        said.write_text(f"{answer.code}\0{answer.out}\0{answer.err}", "utf-8", "backslashreplace")
    except BaseException:
        said.write_text(f"-1\0\0{traceback.format_exc()}", "utf-8", "backslashreplace")
    finally:
        os._exit(0)


def _ended(child: _Child) -> Result:
    end = time.monotonic() + PATIENCE
    while os.waitpid(child.pid, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
            raise AssertionError(f"process {child.pid} hangs")
        time.sleep(0.01)
    code, out, err = child.said.read_text("utf-8").split("\0", 2)
    return Result(int(code), out, err)


can_fork = hasattr(os, "fork") and sys.platform != "darwin"
