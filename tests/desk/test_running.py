"""The command as it is typed: what it says, and that Ctrl-C ends it cleanly."""

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import Folder, Result
from tests.desk.conftest import ENTRY, PATIENCE, SECTIONS, TITLE

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"The site is at (http://127\.0\.0\.1:(\d+)/) and the desk at \1_desk/\n")


@pytest.fixture
def started() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts the command in a process of its own, which is ended after the test."""
    with ExitStack() as ends:

        def start(folder: Folder, *more: str) -> "subprocess.Popen[str]":
            command = [sys.executable, "-u", str(ROOT / "build_site.py"), "serve", *more]
            process = subprocess.Popen(
                [*command, "--root", str(folder.root)],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            ends.enter_context(process)
            ends.callback(process.kill)
            return process

        yield start


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def address(process: "subprocess.Popen[str]") -> str:
    said = line(process)
    match = ADDRESS.fullmatch(said)
    assert match, said
    assert line(process) == "Only this machine can see them. Ctrl-C ends.\n"
    return match[1]


def test_it_says_where_it_is_serves_and_ends_cleanly(
    site: Callable[[str], Folder], started: Callable[..., "subprocess.Popen[str]"]
) -> None:
    process = started(site(SECTIONS), "--port", "0", "--now", "2026-11-21T18:00:00Z")
    with urllib.request.urlopen(address(process), timeout=PATIENCE) as answer:
        assert "Harbour Brief" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, rest) == (0, "\n")


def test_two_sites_can_be_served_at_once(
    site: Callable[[str], Folder], started: Callable[..., "subprocess.Popen[str]"]
) -> None:
    folder = site(SECTIONS)
    first = address(started(folder, "--port", "0"))
    second = address(started(folder, "--port", first.rpartition(":")[2].rstrip("/")))
    assert first != second


def test_the_terminal_tells_mistakes_once_and_when_all_is_well(
    site: Callable[[str], Folder], started: Callable[..., "subprocess.Popen[str]"]
) -> None:
    folder = site(SECTIONS)
    process = started(folder, "--port", "0")
    address(process)
    folder.edit(ENTRY, TITLE, f"{TITLE}\ntopics: [prot]")
    assert line(process) == f"{ENTRY}:5: error: unknown topic 'prot'\n"
    assert line(process) == (
        "    fix: did you mean 'port'? If it is new, add it under topics: in site.yaml\n"
    )
    assert re.fullmatch(r"\d+ pages? changed, 1 error\n", line(process))
    folder.edit(ENTRY, f"{TITLE}\n", 'title: "More ferries"\n')
    assert re.fullmatch(r"\d+ pages? changed, 1 error\n", line(process))
    folder.edit(ENTRY, "topics: [prot]\n", "")
    assert re.fullmatch(r"\d+ pages? changed, all is mended\n", line(process))
    folder.edit(ENTRY, 'title: "More ferries"', 'title: "Fewer ferries"')
    assert re.fullmatch(r"\d+ pages? changed\n", line(process))


def test_wrong_usage_is_said_before_anything_starts(
    command: Callable[..., Result], tmp_path: Path
) -> None:
    no_folder = command("serve", "--root", str(tmp_path / "none"))
    assert no_folder.code == 2
    assert "there is no folder" in no_folder.err
    no_time = command("serve", "--root", str(tmp_path), "--now", "soon")
    assert no_time.code == 2
    assert "'soon' is no time" in no_time.err
    no_port = command("serve", "--root", str(tmp_path), "--port", "65536")
    assert no_port.code == 2
