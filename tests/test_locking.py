"""One command at a time writes a site; who comes second is told who is at work."""

import errno
import json
import os
import platform
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook import locking
from briefbook.locking import FOLDER, HOLDER, LOCK, SiteInUseError, only_writer
from briefbook.saving import _going
from tests.conftest import TWO, Folder

fcntl = pytest.importorskip("fcntl", reason="how another system locks is its own affair")
MakeSite = Callable[[str], Folder]

_HOLDS = """
import sys
from pathlib import Path
from briefbook.locking import only_writer
with only_writer(Path(sys.argv[1]), "build"):
    print("at work", flush=True)
    sys.stdin.readline()
"""
_REFUSAL = (
    r"\.briefbook/lock: error: `briefbook build` \(process (\d+) on .+, since \d\d:\d\d:\d\d UTC\) "
    r"is at work on this site\n    fix: run the same command again when it is done; "
    r"should it hang, end it: its lock ends with it\n"
)


def holding(folder: Folder) -> subprocess.Popen[str]:
    """Return a process that is at work on a site until it gets a line, or ends."""
    command = [sys.executable, "-c", _HOLDS, str(folder.root)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
    assert process.stdout
    assert process.stdout.readline() == "at work\n"
    return process


def ended(process: subprocess.Popen[str], signal_number: int = signal.SIGTERM) -> None:
    process.send_signal(signal_number)
    process.communicate()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for another command."""
    monkeypatch.setattr(locking, "WAIT", 0.0)


@pytest.mark.usefixtures("impatient")
def test_who_comes_second_changes_nothing_and_is_told_who_is_at_work(
    site: MakeSite, tmp_path: Path
) -> None:
    folder = site(TWO)
    folder.build()
    third = tmp_path / "third.txt"
    third.write_text("The bakery opens at six\n\nBread is sold from seven on, rolls from six.\n")
    process = holding(folder)
    before = folder.tree()
    writing = (("build",), ("add", str(third)), ("check", "--fix"))
    for arguments in (*writing, ("reparse", "--write"), ("refile", "--write")):
        answer = folder.run(*arguments)
        found = re.fullmatch(_REFUSAL, answer.err)
        assert found, (arguments, answer)
        assert int(found[1]) == process.pid
        assert answer.code == 2
    for verb in ("check", "reparse", "refile"):  # these only read
        assert folder.run(verb).code == 0
    assert folder.tree() == before
    ended(process)
    assert folder.run("add", str(third)).code == 0
    assert len(folder.entries()) == 3


def test_who_comes_second_waits_until_the_first_is_done(site: MakeSite) -> None:
    folder = site(TWO)
    process = holding(folder)
    threading.Timer(0.3, ended, (process,)).start()
    assert folder.build().code == 0


@pytest.mark.usefixtures("impatient")
def test_what_a_killed_command_leaves_keeps_nobody_out(site: MakeSite) -> None:
    folder = site(TWO)
    process = holding(folder)
    ended(process, signal.SIGKILL)
    assert (folder.root / HOLDER).exists()
    assert folder.build().code == 0
    assert not (folder.root / HOLDER).exists()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("machine", ["", "another.example"])
def test_whoever_has_the_number_of_a_dead_process_keeps_nobody_out(
    site: MakeSite, machine: str
) -> None:
    folder = site(TWO)
    was = {"command": "build", "process": os.getpid(), "machine": machine}
    folder.write(HOLDER, json.dumps(was))
    folder.write(LOCK, "")
    assert folder.build().code == 0


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("said", ["", "[]", "{}", '{"process": "x"}', "\0" * 10_000, "x" * 5000])
def test_a_note_of_who_is_at_work_that_cannot_be_read_is_no_matter(
    site: MakeSite, said: str
) -> None:
    folder = site(TWO)
    process = holding(folder)
    (folder.root / HOLDER).write_text(said)
    assert "error: another command is at work on this site\n" in folder.build().err
    ended(process)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        ("quay.example", "quay.example"),
        ("", "this machine"),
        ("a" * 80, "a" * 80),
        ("b" * 81, "b" * 80),
    ],
)
def test_the_message_says_who_where_and_since_when_in_utc(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, machine: str, expected: str
) -> None:
    folder = site(TWO)
    process = holding(folder)
    said = {"command": "buildé" + "x" * 100, "process": 7, "machine": machine}
    note = folder.root / HOLDER
    note.write_text(json.dumps(said), "utf-8")
    os.utime(note, (1_790_000_000, 1_790_000_000))
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    try:
        answer = folder.build().err
    finally:
        monkeypatch.undo()
        time.tzset()
    command = ("buildé" + "x" * 100)[:80]
    told = f"`briefbook {command}` (process 7 on {expected}, since 14:13:20 UTC)"
    assert answer.startswith(f".briefbook/lock: error: {told} is at work on this site\n")
    ended(process)


def test_who_is_at_work_is_written_down_meanwhile(site: MakeSite) -> None:
    folder = site(TWO)
    with only_writer(folder.root, "build"):
        said = json.loads((folder.root / HOLDER).read_text("utf-8"))
        (folder.root / HOLDER).unlink()  # by whoever cleans up
    assert said == {"command": "build", "process": os.getpid(), "machine": platform.node()}
    assert not (folder.root / HOLDER).exists()


def test_where_who_is_at_work_cannot_be_written_down_it_is_locked_all_the_same(
    site: MakeSite,
) -> None:
    folder = site(TWO)
    (folder.root / HOLDER).mkdir(parents=True)
    with (
        only_writer(folder.root, "build"),
        pytest.raises(SiteInUseError, match="another command is at work"),
        only_writer(folder.root, "add", 0),
    ):
        pass


def test_where_no_folder_can_be_made_it_goes_without(site: MakeSite) -> None:
    folder = site(TWO)
    folder.write(FOLDER, "a file")
    with only_writer(folder.root, "build"), only_writer(folder.root, "add", 0):
        assert folder.read(FOLDER) == "a file"


def test_a_note_that_is_a_pipe_is_not_waited_for(site: MakeSite) -> None:
    folder = site(TWO)
    (folder.root / HOLDER).parent.mkdir()
    os.mkfifo(folder.root / HOLDER)
    os.mkfifo(folder.root / LOCK)
    assert folder.build().code == 0


def test_no_lock_is_put_through_a_link(site: MakeSite, tmp_path: Path) -> None:
    folder = site(TWO)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder.root / FOLDER).symlink_to(elsewhere)
    assert folder.build().code == 0
    assert not any(elsewhere.iterdir())


def test_who_writes_gives_back_first_what_was_saved_as_a_build_was_killed(
    site: MakeSite,
) -> None:
    """Else it could not be told any more whether the file is what the build made of it."""
    folder = site(TWO)
    folder.build()
    (entry,) = (path for path in folder.entries() if "ferry" in path)
    text = folder.read(entry)
    was, saved = text.replace("title:", "title:  "), text.replace("twice", "thrice")
    left = _going(folder.root / entry, text.encode(), was.encode())
    left.write_text(saved)
    with only_writer(folder.root, "refile"):
        assert folder.read(entry) == saved
    assert not left.exists()


def test_where_a_disk_knows_no_locks_it_goes_without(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSYS, "not known here")

    monkeypatch.setattr(fcntl, "flock", refuse)
    folder = site(TWO)
    with only_writer(folder.root, "build"):
        assert folder.build().code == 0


def test_where_no_site_is_nothing_is_made(tmp_path: Path) -> None:
    with only_writer(tmp_path, "build"):
        assert not any(tmp_path.iterdir())


def test_the_one_at_work_may_fail(site: MakeSite) -> None:
    folder = site(TWO)
    with pytest.raises(ZeroDivisionError), only_writer(folder.root, "build"):
        raise ZeroDivisionError
    with (
        only_writer(folder.root, "build", 0),
        pytest.raises(SiteInUseError),
        only_writer(folder.root, "add", 0),
    ):
        pass
