"""Commands that are killed, or whose writes fail, at the very operation a test names.

A process with `breaking.c` loaded before its C library has imported the whole program, and forks a
child for each command: so one command takes a fraction of a second, and what it does is what the
real command does. Each operation on a file below the folder of the site is counted; the k-th one
fails, is done by half, or kills its process just before, amid or just after it.
"""

import contextlib
import ctypes
import errno
import io
import json
import os
import pkgutil
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import IntEnum, IntFlag
from functools import partial
from pathlib import Path
from typing import IO, NoReturn, cast

import pytest

ROOT = Path(__file__).parents[2]
NOW = "2026-11-21T18:00:00Z"
PATIENCE = 120  # seconds; no command of these tests takes so long
CRASHED = 70  # how a command ends whose program has a fault


class Kind(IntFlag):
    """Operations on files below a folder, as in breaking.c."""

    OPEN = 1  # to be written
    WRITE = 2
    SYNC = 4
    RENAME = 8
    MKDIR = 16
    UNLINK = 32
    LINK = 64
    CHMOD = 128
    TRUNCATE = 256
    LOOK = 512  # opened to be read
    READ = 1024


CHANGES = Kind(511)
EVERYTHING = Kind(2047)


class How(IntEnum):
    """What becomes of the k-th operation, as in breaking.c."""

    COUNT = 0
    FAIL = 1  # that one alone
    FAIL_ON = 2  # and all that follow
    KILL_BEFORE = 3
    KILL_WITHIN = 4  # a write is done by half
    KILL_AFTER = 5
    SHORT = 6  # a write is done by half, and says so


# What a disk, a system or its owner may say, and to what.
FAULTS = {
    errno.ENOSPC: Kind.OPEN | Kind.WRITE | Kind.SYNC | Kind.MKDIR | Kind.LINK | Kind.RENAME,
    errno.EIO: EVERYTHING,
    errno.EACCES: EVERYTHING & ~(Kind.WRITE | Kind.READ | Kind.SYNC | Kind.TRUNCATE),
    errno.EMFILE: Kind.OPEN | Kind.LOOK,
    errno.EROFS: CHANGES & ~(Kind.WRITE | Kind.SYNC),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Luck:
    """What shall become of which operation."""

    how: How = How.COUNT
    at: int = 0
    error: int = 0
    kinds: Kind = EVERYTHING  # those that are struck
    moment: float = 0.0  # seconds after which the command is killed, whatever it does; 0: never
    files: int = 0  # that may be open at once, beside those that are; 0: as many as ever
    size: int = -1  # bytes that a file may have; -1: as many as ever
    is_nobody: bool = False  # not even root may do what permissions forbid

    def __str__(self) -> str:
        if self.moment:
            return f"killed after {self.moment} seconds"
        said = f" with {errno.errorcode[self.error]}" if self.error else ""
        more = f", {self.files} files" if self.files else ""
        more += f", {self.size} bytes" if self.size >= 0 else ""
        return f"{self.how.name}{said} at operation {self.at}{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended."""

    code: int  # negative: the signal that ended it
    # The operations that were struck, or where none was to be, all: each a kind, name and path.
    operations: tuple[tuple[int, str, str], ...]
    said: str  # all that it printed
    seconds: float


class Breaking:
    """Runs commands with bad luck."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, arguments: Sequence[str], root: Path, luck: Luck) -> Ended:
        """Run one command: the arguments as typed, or "desk" and the fields of a form."""
        call = {"arguments": [*arguments], "root": str(root), "luck": asdict(luck)}
        to, back = cast(IO[str], self._process.stdin), cast(IO[str], self._process.stdout)
        to.write(json.dumps(call) + "\n")
        to.flush()
        answer = json.loads(back.readline())
        return Ended(
            code=answer["code"],
            operations=tuple(
                (int(kind), name, path)
                for kind, name, path in (one.split(" ", 2) for one in answer["operations"])
            ),
            said=answer["said"],
            seconds=answer["seconds"],
        )


@contextmanager
def breaking(site: Path) -> Iterator[Breaking]:
    """Start the process that has loaded everything, or skip the test where that cannot be.

    Args:
        site: The folder of a site that it may build.
    """
    compiler = shutil.which("cc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("needs Linux and a C compiler")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "breaking.so")
        source = Path(__file__).with_suffix(".c")
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.breaking", str(site)],
            cwd=ROOT,
            env=os.environ | {"LD_PRELOAD": str(library), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            yield Breaking(process)
            cast(IO[str], process.stdin).close()


# --------------------------------------------------------------------------- in that process


def main() -> None:
    """Answer one call a line."""
    import briefbook

    for module in pkgutil.walk_packages(briefbook.__path__, "briefbook."):
        if module.name not in ("briefbook.__main__", "briefbook.cluster"):
            __import__(module.name)
    _warm_up(sys.argv[1])
    for line in sys.stdin:
        call = json.loads(line)
        answer = _answer(call["arguments"], call["root"], Luck(**call["luck"]))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _warm_up(root: str) -> None:
    """Build a site once, so that no child need load what is loaded late."""
    from briefbook.cli import main as run_command

    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        run_command(["build", "--root", root, "--jobs", "1"])


def _answer(arguments: list[str], root: str, luck: Luck) -> dict[str, object]:
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as struck:
        begun, begins = os.pipe()
        child = os.fork()
        if child == 0:
            arm = partial(_arm, root, luck, struck.fileno(), begins)
            _be_unlucky(arguments, root, arm, said.fileno())
        os.close(begins)
        os.read(begun, 1)
        os.close(begun)
        start = time.monotonic()
        if luck.moment:
            time.sleep(luck.moment)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        seconds = time.monotonic() - start
        struck.seek(0)
        said.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            # Where files may not be long, this one may not be either, and ends amid a line.
            "operations": struck.read().decode("utf-8", "replace").rpartition("\n")[0].splitlines(),
            "said": said.read().decode("utf-8", "replace"),
            "seconds": seconds,
        }


def _be_unlucky(arguments: list[str], root: str, arm: Callable[[], None], said: int) -> NoReturn:
    """Run one command and end; the child of a fork."""
    signal.alarm(PATIENCE)
    os.dup2(said, 1)
    os.dup2(said, 2)
    code: object = CRASHED
    try:
        if arguments[0] == "desk":
            _act(Path(root), json.loads(arguments[1]), arm)
        else:
            from briefbook.cli import main as run_command

            arm()
            run_command(arguments)
        code = 0
    except SystemExit as left:
        code = left.code or 0
    except BaseException:
        traceback.print_exc()
    _arm("", Luck(), -1, -1)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else CRASHED)


def _arm(root: str, luck: Luck, struck: int, begins: int) -> None:
    ctypes.CDLL(None).breaking_arm(
        root.encode(), ctypes.c_long(luck.at), luck.how, luck.error, luck.kinds, struck
    )
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (luck.size if luck.size >= 0 else most, most))
    if luck.files:
        many = max(int(one.name) for one in Path("/proc/self/fd").iterdir()) + luck.files
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (many, most))
    if luck.is_nobody:
        _give_up_rights()
    if begins >= 0:
        os.close(begins)


def _give_up_rights() -> None:
    """Let permissions of files hold for root too: take CAP_DAC_OVERRIDE and the like away."""
    header, rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    library = ctypes.CDLL(None)
    if library.capget(header, rights) == 0:
        rights[0] &= ~0b1110  # effective: DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER
        library.capset(header, rights)


def _act(root: Path, form: dict[str, str], arm: Callable[[], None]) -> None:
    """Serve a site, have bad luck from then on, and send one form of the desk."""
    from briefbook.desk import running

    now = datetime.fromisoformat(NOW).astimezone(UTC)
    with running(root, 0, lambda: now, lambda told: None) as server:
        page = f"{server.address}_desk/entries/{form['entry']}/"
        with urllib.request.urlopen(page) as answer:
            text = answer.read().decode()
        stamp = re.search(r'name="stamp" value="([0-9a-f]{8})"', text)
        assert stamp, text
        fields = {"token": server.session.token, "stamp": stamp[1], **form}
        headers = {"Origin": server.address.rstrip("/")}
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(f"{server.address}_desk/act", data, headers)
        arm()
        try:
            with urllib.request.urlopen(request) as answer:
                page = answer.read().decode()
        except urllib.error.HTTPError as answer:  # the entry cannot be read any more, and so on
            page = f"fix: {answer.code}"
            assert answer.code == 404, answer.read()
        said = re.sub(r"<[^>]*>", " ", page)
    sys.stdout.write(" ".join(said.split()) + "\n")


if __name__ == "__main__":
    main()
