"""Files of the editor, written whole or not at all, and never over what somebody saves."""

import errno
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from briefbook import saving
from briefbook.problems import ProblemError
from briefbook.saving import clear_unfinished, unfinished_name, write_whole
from briefbook.swapping import swap
from tests.conftest import refuse

CHANGED = (
    "its/name: error: the file was changed while the program was working, and is left as it is\n"
    "    fix: run the same command again"
)


CHANGING = pytest.mark.skipif(
    sys.platform != "linux", reason="files change places in the kernel of Linux"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that stands there."""
    there = tmp_path / "a"
    there.write_bytes(b"old")
    return there


def refusal(file: Path, *, was: bytes | None = None) -> str:
    with pytest.raises(ProblemError) as caught:
        write_whole(file, b"new", "its/name", was=was)
    return str(caught.value)


def test_writes_a_file_with_the_folders_above_it(tmp_path: Path) -> None:
    file = tmp_path / "a/b/c.md"
    write_whole(file, b"one", "c.md", was=None)
    assert file.read_bytes() == b"one"
    write_whole(file, b"two", "c.md", was=b"one")
    assert [path.name for path in file.parent.iterdir()] == ["c.md"]
    assert file.read_bytes() == b"two"


@pytest.mark.parametrize("was", [b"old", None])
def test_what_a_killed_run_left_beside_it_is_no_hindrance(
    tmp_path: Path, was: bytes | None
) -> None:
    if was:
        (tmp_path / "a").write_bytes(was)
    (tmp_path / unfinished_name("a")).write_text("half")
    write_whole(tmp_path / "a", b"whole", "a", was=was)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"whole"


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("mine")
    assert refusal(file) == CHANGED
    assert file.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_new_file_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("nowhere")
    assert refusal(tmp_path / "a") == CHANGED
    assert (tmp_path / "a").is_symlink()
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_a_link_leads_to_is_written_there(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/b").write_text("old")
    (tmp_path / "a").symlink_to("there/b")
    write_whole(tmp_path / "a", b"new", "a", was=b"old")
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "there/b").read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("old")
    for mode in (0o600, 0o751):
        file.chmod(mode)
        write_whole(file, b"new", "a", was=file.read_bytes())
        assert stat.S_IMODE(file.stat().st_mode) == mode


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    assert refusal(tmp_path / "a") == CHANGED
    (tmp_path / "file").touch()
    assert "it cannot be written: " in refusal(tmp_path / "file/a")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "file"]


def test_a_disk_without_hard_links_gets_new_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, "link", errno.EPERM)
    write_whole(tmp_path / "a", b"one", "a", was=None)
    assert (tmp_path / "a").read_bytes() == b"one"
    assert refusal(tmp_path / "a") == CHANGED
    assert (tmp_path / "a").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_says_what_the_system_refused_and_that_it_may_pass(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProblemError) as caught:
        write_whole(tmp_path / "file/a", b"new", "its/name", was=None)
    (problem,) = caught.value.problems
    assert str(problem) == (
        "its/name: error: it cannot be written: File exists\n"
        "    fix: check the disk and who may write there"
    )
    assert problem.is_passing


def test_a_mark_of_what_is_unfinished_is_short_hidden_and_the_names_own() -> None:
    name = unfinished_name("quay.md")
    assert re.fullmatch(r"\.briefbook-[0-9a-f]{16}\.new", name)
    assert unfinished_name("x" * 250) != unfinished_name("x" * 249) != name


# ------------------------------------------------------------- while somebody else is writing


def racing(monkeypatch: pytest.MonkeyPatch, *saves: bytes | None, can: bool = True) -> None:
    """Let somebody save just before files change places, once for each of these; None: delete."""
    waiting = list(saves)

    def swapped(one: Path, other: Path) -> bool:
        file = other if other.name == "a" else one
        if waiting:
            saved = waiting.pop(0)
            file.unlink(missing_ok=True)
            if saved is not None:
                file.write_bytes(saved)
        return swap(one, other) if can else False

    monkeypatch.setattr(saving, "swap", swapped)


def test_what_is_saved_at_the_last_moment_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    for saves in ((b"hers",), (b"hers", b"his"), (b"hers", b"his", b"theirs"), (b"hers", b"hers")):
        file.write_bytes(b"old")
        racing(monkeypatch, *saves)
        assert refusal(file, was=b"old") == CHANGED
        assert file.read_bytes() == saves[-1]
        assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_is_deleted_while_theirs_is_put_back_is_there_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    racing(monkeypatch, b"hers", None)
    assert refusal(file, was=b"old") == CHANGED
    assert file.read_bytes() == b"hers"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_is_deleted_at_the_last_moment_is_no_traceback(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    racing(monkeypatch, None)
    assert "it cannot be written: No such file or directory" in refusal(file, was=b"old")
    assert not any(tmp_path.iterdir())


def test_where_files_cannot_change_places_the_new_one_replaces_the_old(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    racing(monkeypatch, can=False)
    write_whole(file, b"new", "a", was=b"old")
    assert file.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_where_they_could_once_and_cannot_any_more_theirs_is_put_back_all_the_same(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [True, False]

    def swapped(one: Path, other: Path) -> bool:
        if answers == [True, False]:
            other.write_bytes(b"hers")
        return answers.pop(0) and swap(one, other)

    monkeypatch.setattr(saving, "swap", swapped)
    assert refusal(file, was=b"old") == CHANGED
    assert file.read_bytes() == b"hers"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_disk_without_modes_is_no_hindrance(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "chmod", errno.EPERM)
    write_whole(file, b"new", "a", was=b"old")
    assert file.read_bytes() == b"new"


def test_a_longer_file_that_begins_alike_is_another(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"older")
    assert refusal(tmp_path / "a", was=b"old") == CHANGED
    assert (tmp_path / "a").read_bytes() == b"older"


def test_what_killed_runs_have_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    left = unfinished_name("a.md")
    kept = (".briefbook-notes", "a.new", ".briefbook", "briefings/.hidden/" + left, "other/" + left)
    gone = (left, "briefings/" + left, "briefings/x/y/" + left, "sources/" + left)
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "briefings/x" / unfinished_name("b.md")).mkdir()  # none of ours
    (tmp_path / "sources/link").symlink_to(tmp_path / "other")
    clear_unfinished(tmp_path, "briefings", "sources", "nowhere")
    found = {
        p.relative_to(tmp_path).as_posix()
        for p in tmp_path.rglob("*")
        if p.is_symlink() or p.is_file()
    }
    assert found == {*kept, "sources/link"}
    assert (tmp_path / "briefings/x" / unfinished_name("b.md")).is_dir()


KILLED = """
import os, signal, sys
from pathlib import Path
from briefbook import saving
swap = saving.swap
def killing(one, other):
    if sys.argv[2] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    if sys.argv[3]:
        other.write_text(sys.argv[3])
    swap(one, other)
    os.kill(os.getpid(), signal.SIGKILL)
saving.swap = killing
saving.write_whole(Path(sys.argv[1]), b"new", "a", was=b"old")
"""


@CHANGING
@pytest.mark.parametrize(
    ("when", "saved", "later", "stays"),
    [
        ("before", "", "", "old"),
        ("after", "", "", "new"),
        ("after", "hers", "", "hers"),
        ("after", "hers", "later", "later"),
        ("after", "", "later", "later"),
        ("before", "", "later", "later"),
        ("after", "hers", "gone", None),
        ("after", "hers", "renamed", None),
    ],
)
def test_what_was_saved_just_before_a_run_was_killed_is_given_back(
    tmp_path: Path, when: str, saved: str, later: str, stays: str | None
) -> None:
    file = tmp_path / "briefings/a"
    file.parent.mkdir()
    file.write_text("old")
    (tmp_path / "briefings/b").write_text("another")
    command = [sys.executable, "-c", KILLED, str(file), when, saved]
    assert subprocess.run(command, check=False).returncode == -9
    (left,) = file.parent.glob(".briefbook-*.out")
    if later == "gone":
        file.unlink()
    elif later == "renamed":
        file.rename(file.with_name("c"))
    elif later:
        file.write_text(later)
    clear_unfinished(tmp_path, "briefings")
    assert not left.exists()
    assert (file.read_text() if file.exists() else None) == stays
    assert {path.name for path in file.parent.iterdir()} <= {"a", "b", "c"}
    assert (file.parent / "b").read_text() == "another"
    assert later != "renamed" or (file.parent / "c").read_text() == "hers"


def interrupted(monkeypatch: pytest.MonkeyPatch, file: Path, ends: BaseException, at: int) -> None:
    """Let somebody save just before files change places, and something go wrong thereafter.

    Args:
        ends: What is raised.
        at: 1: when they have changed places; 2: before what was saved gets its place again.
    """
    done: list[Path] = []

    def swapped(one: Path, other: Path) -> bool:
        done.append(one)
        if len(done) == 1:
            file.write_bytes(b"hers")
        if at == 1:
            swap(one, other)
        if len(done) == at:
            raise ends
        return swap(one, other)

    monkeypatch.setattr(saving, "swap", swapped)
    with pytest.raises(ProblemError if isinstance(ends, OSError) else type(ends)):
        write_whole(file, b"new", "a", was=b"old")
    monkeypatch.undo()
    assert file.read_bytes() == b"new"


def assert_cleared_to(file: Path, content: bytes) -> None:
    """Let the next run clear, and ask that a file holds this and nothing is beside it."""
    clear_unfinished(file.parent)
    assert [path.name for path in file.parent.iterdir()] == ["a"]
    assert file.read_bytes() == content


@pytest.fixture
def left(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What somebody saved, beside the file, where a run has left it."""
    interrupted(monkeypatch, file, KeyboardInterrupt(), 1)
    (there,) = file.parent.glob(".briefbook-*.out")
    assert there.read_bytes() == b"hers"
    return there


@CHANGING
@pytest.mark.parametrize(
    ("ends", "at"),
    [(KeyboardInterrupt(), 1), (OSError(errno.EIO, "Input/output error"), 2)],
)
def test_what_was_saved_just_before_something_went_wrong_is_given_back(
    file: Path, monkeypatch: pytest.MonkeyPatch, ends: BaseException, at: int
) -> None:
    interrupted(monkeypatch, file, ends, at)
    assert_cleared_to(file, b"hers")


@CHANGING
@pytest.mark.parametrize("unread", [".out", "/a"])
def test_what_cannot_be_read_or_given_back_now_is_left_for_the_next_run(
    file: Path, left: Path, monkeypatch: pytest.MonkeyPatch, unread: str
) -> None:
    refuse(monkeypatch, "open", errno.EIO, unread)
    clear_unfinished(file.parent)
    monkeypatch.undo()
    monkeypatch.setattr(saving, "swap", failing)
    clear_unfinished(file.parent)
    monkeypatch.undo()
    assert left.read_bytes() == b"hers"
    assert_cleared_to(file, b"hers")


@CHANGING
def test_a_file_that_cannot_be_looked_at_has_its_place_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, "open", errno.EIO, ".out")
    assert refusal(file, was=b"old") == (
        "its/name: error: it cannot be written: Input/output error\n"
        "    fix: check the disk and who may write there"
    )
    assert file.read_bytes() == b"old"
    monkeypatch.undo()
    assert_cleared_to(file, b"old")


@CHANGING
def test_what_cannot_be_taken_away_hinders_nobody(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, "unlink", errno.EACCES, ".out")
    write_whole(file, b"new", "a", was=b"old")
    assert file.read_bytes() == b"new"
    monkeypatch.setattr(saving, "swap", failing)
    assert "it cannot be written: Input/output error" in refusal(file, was=b"new")
    assert file.read_bytes() == b"new"


@CHANGING
@pytest.mark.parametrize("name", ["a", "c"])
def test_who_saves_while_a_former_save_is_given_back_has_saved_last(
    file: Path, left: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    place = file.rename(file.with_name(name))

    def swapped(one: Path, other: Path) -> bool:
        monkeypatch.setattr(saving, "swap", swap)
        place.write_bytes(b"later")
        return swap(one, other)

    monkeypatch.setattr(saving, "swap", swapped)
    clear_unfinished(file.parent)
    assert not left.exists()
    assert place.read_bytes() == b"later"


@CHANGING
@pytest.mark.parametrize("ends", [KeyboardInterrupt(), OSError(errno.EIO, "Input/output error")])
def test_of_two_saves_the_last_is_given_back_where_something_goes_wrong_in_between(
    file: Path, monkeypatch: pytest.MonkeyPatch, ends: BaseException
) -> None:
    saves: list[bytes] = [b"hers", b"later"]

    def swapped(one: Path, other: Path) -> bool:
        if not saves:
            raise ends
        file.write_bytes(saves.pop(0))
        return swap(one, other)

    monkeypatch.setattr(saving, "swap", swapped)
    with pytest.raises((KeyboardInterrupt, ProblemError)):
        write_whole(file, b"new", "a", was=b"old")
    monkeypatch.undo()
    assert_cleared_to(file, b"later")


@CHANGING
def test_what_was_saved_takes_the_place_of_a_file_and_of_no_link(file: Path, left: Path) -> None:
    hidden = file.rename(file.with_name(".kept"))
    file.symlink_to(".kept")
    clear_unfinished(file.parent)
    assert file.is_symlink()
    assert not left.exists()
    assert hidden.read_bytes() == b"hers"


def failing(*_: Path) -> bool:
    raise OSError(errno.EIO, "Input/output error")


@CHANGING
def test_a_run_that_is_killed_while_it_gives_back_leaves_it_for_the_next(
    file: Path, left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Path) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(saving, "swap", killed)
    with pytest.raises(KeyboardInterrupt):
        clear_unfinished(file.parent)
    monkeypatch.undo()
    clear_unfinished(file.parent)
    assert not left.exists()
    assert file.read_bytes() == b"hers"


@CHANGING
def test_of_equal_files_the_one_that_was_replaced_gets_back_what_was_saved(
    file: Path, left: Path
) -> None:
    other = file.with_name("0")
    other.write_bytes(b"new")
    clear_unfinished(file.parent)
    assert not left.exists()
    assert (file.read_bytes(), other.read_bytes()) == (b"hers", b"new")
