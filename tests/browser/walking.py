"""A walk through the editor's work: a fresh clone, `serve` as its own process, and a browser.

Each step tells which files it changed, and how. With BRIEFBOOK_WALK=FILE in the environment, all
steps are written there when the walk is over: what was done, the change, what the page said.
"""

import difflib
import functools
import http.server
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
NOW = "2026-11-24T18:00:00Z"
# Seconds until a test gives up; nothing waits so long when all is well.
PATIENCE = 60.0
_DESK = re.compile(r"The site is at (http://127\.0\.0\.1:\d+/) and the desk at")
_PARSED = re.compile(r"^parsed: .*", re.MULTILINE)


# What the browser says of a page that was asked for while the one before loaded itself anew.
_INTERRUPTED = ("interrupted by another navigation", "ERR_ABORTED")

# What a command says when `serve` has brought an entry along at the same moment.
_WRITTEN_BY_BOTH = "the file was changed while the program was working"


def clone(folder: Path) -> Path:
    """Clone this repository, with what is changed in its working tree."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder)], check=True)
    for path in _listed("--modified", "--others", "--exclude-standard"):
        if (ROOT / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / path)
    for path in _listed("--deleted"):
        (folder / path).unlink(missing_ok=True)
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", "As it stands")
    return folder


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    """Type a git command in a folder, and return all it said."""
    command = ["git", "-c", "user.name=Ed", "-c", "user.email=ed@example.org", *arguments]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert made.returncode == code, made.stdout + made.stderr
    return made.stdout + made.stderr


def _listed(*what: str) -> list[str]:
    made = subprocess.run(
        ["git", "ls-files", "-z", *what], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for path in made.stdout.split("\0") if path]


@contextmanager
def serving(root: Path, now: str = NOW) -> Iterator[str]:
    """Serve a site by the command an editor types; gives its address, with a slash at the end."""
    command = [sys.executable, "build_site.py", "serve", "--port", "0", "--now", now]
    log = root.parent / "serve.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=root, env=_environment(), stdout=out, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not (found := _DESK.search(log.read_text())):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield found[1]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
    assert "Traceback" not in log.read_text()


def count_entries(page: "Page", address: str) -> str:
    """Return what the desk says of the number of entries, without opening it."""
    found = re.search(r"Every entry \(\d+\)", page.request.get(f"{address}_desk/").text())
    return found[0] if found else ""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a browser asks for much."""


@contextmanager
def hosting(folder: Path) -> Iterator[str]:
    """Serve a folder as any web server does; gives its address, with a slash at the end."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def _environment() -> dict[str, str]:
    """Return an environment in which only the clone is found, and compiled once."""
    left_out = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}


@dataclass(slots=True)
class Step:
    """What one step did."""

    changes: dict[str, list[str]] = field(default_factory=dict)  # path -> lines that go and come
    said: list[str] = field(default_factory=list)

    @property
    def diff(self) -> list[str]:
        """The change of the one file that changed; what the program remembers is left out."""
        assert len(self.changes) == 1, sorted(self.changes)
        return next(iter(self.changes.values()))

    def says(self, text: str) -> str:
        """Note what a page or a command said."""
        self.said.append(text)
        return text


@dataclass(frozen=True, slots=True)
class Walk:
    """A clone that is served, and a window on it."""

    root: Path
    address: str
    page: "Page"  # of the served site, which loads itself anew at any moment
    reader: "Page"  # of the site that was built
    counted: str  # what the desk says of the number of entries at first
    told: Mapping[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    # ----------------------------------------------------------------------- what an editor does

    @contextmanager
    def step(self, point: str, done: str) -> Iterator[Step]:
        """Do something, and see how it changed sources, entries, settings and addresses."""
        step, before = Step(), self._texts()
        yield step
        after = self._texts()
        for path in sorted(before.keys() | after.keys()):
            if before.get(path) != after.get(path):
                step.changes[path] = _diff(before.get(path, ""), after.get(path, ""))
        self.told[point].append(_report(done, step))

    def run(self, *arguments: str, now: str | None = NOW, given: str = "", code: int = 0) -> str:
        """Type a command in the folder of the site, and return all it said."""
        command = [sys.executable, "build_site.py", *arguments]
        command += ["--now", now] if now else []
        for _ in range(3):
            made = subprocess.run(
                command,
                cwd=self.root,
                env=_environment(),
                input=given,
                capture_output=True,
                text=True,
            )
            said = made.stdout + made.stderr
            if _WRITTEN_BY_BOTH not in said:  # else: run the same command again, as it says
                break
        assert made.returncode == code, said
        return said

    def git(self, *arguments: str, code: int = 0) -> str:
        """Type a git command there."""
        return git(self.root, *arguments, code=code)

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_bytes(text.encode())

    def edit(self, path: str, was: str, now: str) -> None:
        """Change one place of a file, which must be there once."""
        text = self.read(path)
        assert text.count(was) == 1, f"{was!r} stands {text.count(was)} times in {path}"
        self.write(path, text.replace(was, now))

    # ----------------------------------------------------------------------- what the browser sees

    def open(self, path: str) -> "Page":
        from playwright.sync_api import Error  # where it is not installed, no test comes here

        for _ in range(20):
            try:
                self.page.goto(self.address + path)
            except Error as gone:  # the page before is just loading itself anew
                if not any(sign in str(gone) for sign in _INTERRUPTED):
                    raise
            else:
                break
        return self.page

    def settle(self) -> None:
        """Wait until the desk shows the clone as it was at first."""
        deadline = time.monotonic() + PATIENCE
        while self.counted != (now := count_entries(self.page, self.address)):
            assert time.monotonic() < deadline, (self.counted, now)
            time.sleep(0.1)

    def desk(self, slug: str) -> "Page":
        return self.open(f"_desk/entries/{slug}/")

    def wait(self, path: str, said: str) -> str:
        """Ask for a page until it says something; return all it says."""
        deadline = time.monotonic() + PATIENCE
        while said not in (text := self.open(path).locator("body").inner_text()):
            assert time.monotonic() < deadline, f"{said!r} is not in {text}"
            time.sleep(0.1)
        return text

    def press(self, name: str) -> str:
        """Press a button or link, and return what the page then says was done."""
        page = self.page
        page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()
        return page.get_by_role("status").first.locator("p").first.inner_text()

    def fill(self, label: str, value: str, button: str) -> str:
        """Fill in a field and press its button."""
        self.page.get_by_label(label, exact=True).fill(value)
        return self.press(button)

    # ----------------------------------------------------------------------- how it is told

    def _texts(self) -> dict[str, str]:
        folders = (self.root / name for name in ("sources", "briefings"))
        files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
        files += [self.root / name for name in ("site.yaml", "published.txt")]
        return {file.relative_to(self.root).as_posix(): _text(file) for file in files}


def problems_of(said: str) -> str:
    """Return what a build said is wrong."""
    return said.partition("open _site/index.html\n")[2]


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")  # some samples are in other encodings


def _diff(before: str, after: str) -> list[str]:
    """Return the lines that go and come; what the program remembers is left out."""
    was, now = (_PARSED.sub("parsed: …", each).splitlines() for each in (before, after))
    lines = difflib.unified_diff(was, now, lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def _report(done: str, step: Step) -> str:
    lines = [f"- {done}"]
    for path, diff in step.changes.items():
        lines += [f"  {path}", *(f"    {line}" for line in diff)]
    lines += ["  (no file changes)"] if not step.changes else []
    for said in step.said:
        lines += [f"  > {line}" for line in said.strip().splitlines()]
    return "\n".join(lines)
