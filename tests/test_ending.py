"""A command is over when its work is: a large site is not freed object by object."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import Folder

DOOR = Path(__file__).parents[1] / "build_site.py"
FERRY = """\
-- sources/ferry.txt --
Ferry runs twice a day from June

By Ana Reyes, Harbour Post
May 3, 2026

The ferry to the outer islands will run twice a day from June. The harbour board said so on Friday.
"""
# As the installed command starts, with something that tells whether Python ended as usual.
WATCHED = """\
import atexit, sys
from briefbook.cli import run
atexit.register(lambda: print("ended as usual"))
sys.argv[1:] = {arguments!r}
{more}
sys.exit(run())
"""


def ended(folder: Folder, arguments: Sequence[str], more: str = "") -> tuple[int, str, str]:
    """Return exit code, output and errors of a command."""
    command = [sys.executable, "-c", WATCHED.format(arguments=[*arguments], more=more)]
    # Nobody may watch but who is meant to: a measured run has its processes measured, too.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        command, cwd=folder.root, env=alone, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_a_build_ends_at_once_and_all_it_said_is_read(site: Callable[[str], Folder]) -> None:
    folder = site(FERRY)
    code, out, err = ended(folder, [])
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["entries", "published", "1"]
    assert out.endswith("open _site/index.html\n")
    assert "The ferry to the outer islands" in folder.read(
        "_site/briefings/ferry-runs-twice-a-day-from-june/index.html"
    )
    assert ended(folder, ["build"])[0] == 0


def test_a_build_ends_with_the_code_it_has(site: Callable[[str], Folder]) -> None:
    folder = site(FERRY)
    folder.write("briefings/wrong.md", "no front matter")
    assert ended(folder, ["build"])[0] == 1
    assert ended(folder, ["check"])[0] == 1
    folder.write("site.yaml", "titel: wrong")
    code, out, err = ended(folder, ["build"])
    assert (code, out) == (2, "")
    assert "site.yaml:1: error" in err
    assert ended(folder, ["build", "--nonsense"])[0] == 2


@pytest.mark.parametrize("arguments", [["--version"], ["explain", "sources/ferry.txt"]])
def test_what_holds_no_site_ends_as_usual(
    site: Callable[[str], Folder], arguments: list[str]
) -> None:
    code, out, _ = ended(site(FERRY), arguments)
    assert code == 0
    assert out.endswith("ended as usual\n")


def test_who_watches_a_build_is_told_of_its_end(
    site: Callable[[str], Folder], tmp_path: Path
) -> None:
    folder = site(FERRY)
    assert ended(folder, [], "sys.settrace(lambda *_: None)")[1].endswith("ended as usual\n")
    figures = tmp_path / "figures"
    subprocess.run(
        [sys.executable, "-m", "cProfile", "-o", str(figures), str(DOOR)],
        cwd=folder.root,
        capture_output=True,
        check=True,
    )
    assert figures.stat().st_size > 0


def test_a_build_whose_output_nobody_reads_is_built(site: Callable[[str], Folder]) -> None:
    folder = site(FERRY)
    code = WATCHED.format(arguments=["build"], more="")
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=folder.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.close()
        process.wait()
    assert (folder.root / "_site" / "index.html").is_file()
