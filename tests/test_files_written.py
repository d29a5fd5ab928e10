"""Files of the editor: written whole or not at all, read to the letter, named in every mistake."""

import errno
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from briefbook import files
from briefbook.files import (
    clear_unfinished,
    list_files,
    path_in,
    read_any_file,
    read_file,
    scan_files,
    stamp_file,
    unfinished_name,
    write_whole,
)
from briefbook.problems import ProblemError
from briefbook.swapping import swap
from tests.conftest import refuse

CHANGED = (
    "its/name: error: the file was changed while the program was working, and is left as it is\n"
    "    fix: run the same command again"
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

    monkeypatch.setattr(files, "swap", swapped)


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

    monkeypatch.setattr(files, "swap", swapped)
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
from briefbook import files
swap = files.swap
def killing(one, other):
    if sys.argv[2] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    if sys.argv[3]:
        other.write_text(sys.argv[3])
    swap(one, other)
    os.kill(os.getpid(), signal.SIGKILL)
files.swap = killing
files.write_whole(Path(sys.argv[1]), b"new", "a", was=b"old")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="files change places in the kernel of Linux")
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
    elif later:
        file.write_text(later)
    clear_unfinished(tmp_path, "briefings")
    assert not left.exists()
    assert (file.read_text() if file.exists() else None) == stays
    assert {path.name for path in file.parent.iterdir()} <= {"a", "b"}
    assert (file.parent / "b").read_text() == "another"


# --------------------------------------------------------- reading what others are writing


def test_a_file_that_is_being_written_is_not_read_by_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"one")
    read, times = os.read, iter(range(10**18, 10**18 + 1000))

    def while_somebody_writes(handle: int, size: int) -> bytes:
        now = next(times)
        os.utime(file, ns=(now, now))
        return read(handle, size)

    monkeypatch.setattr(os, "read", while_somebody_writes)
    with pytest.raises(ProblemError) as caught:
        read_file(tmp_path, "a", limit=100)
    (problem,) = caught.value.problems
    assert str(problem) == (
        "a: error: the file is being written at this very moment, so half of it may be missing\n"
        "    fix: run the same command again when it is saved"
    )
    assert problem.is_passing
    monkeypatch.undo()
    assert read_file(tmp_path, "a", limit=100) == b"one"


@pytest.mark.parametrize("link", [False, True])
def test_what_cannot_be_read_is_said_and_may_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: bool
) -> None:
    (tmp_path / "top").mkdir()
    (tmp_path / "top/a").write_text("text")
    (tmp_path / "top/b").symlink_to("a")
    refuse(monkeypatch, "open", errno.EIO)
    with pytest.raises(ProblemError) as caught:
        read_file(tmp_path, "top/b" if link else "top/a", limit=100)
    (problem,) = caught.value.problems
    assert str(problem) == (
        f"top/{'b' if link else 'a'}: error: it cannot be read: Input/output error\n"
        "    fix: check the file and who may read it"
    )
    assert problem.is_passing


# ------------------------------------------------------------------------------------ names


def test_tells_the_path_of_a_file_in_a_folder_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "site"
    (root / "sources/inner").mkdir(parents=True)
    (root / "sources/inner/a.txt").touch()
    (tmp_path / "b.txt").touch()
    assert path_in(root, root / "sources/inner/a.txt", "sources") == "sources/inner/a.txt"
    assert path_in(root, Path("sources/inner/a.txt"), "sources") == "sources/inner/a.txt"
    assert path_in(root, Path("sources/not-there.txt"), "sources") == "sources/not-there.txt"
    monkeypatch.chdir(root / "sources")
    assert path_in(root, Path("inner/a.txt"), "sources") == "sources/inner/a.txt"
    assert path_in(root, root / "sources/inner/../../x", "sources") is None
    assert path_in(root, tmp_path / "b.txt", "sources") is None
    (tmp_path / "elsewhere").mkdir()
    (root / "briefings").symlink_to(tmp_path / "elsewhere")
    assert path_in(root, root / "briefings/a.md", "briefings") == "briefings/a.md"
    (root / "sources/link.txt").symlink_to(tmp_path / "b.txt")  # it is the link that is meant
    assert path_in(root, root / "sources/link.txt", "sources") == "sources/link.txt"


def test_says_what_of_a_folder_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert [str(each) for each in list_files(tmp_path, "file")[1]] == [
        "file: error: 'file' is not a folder\n    fix: rename it and make a folder"
    ]
    (tmp_path / "top/inner").mkdir(parents=True)
    (tmp_path / "top/line\nend").touch()
    (tmp_path / "top/soft\xad-\u2009name").touch()  # nothing that is shown, but can be
    (tmp_path / "top/link").symlink_to("inner")
    found, problems = list_files(tmp_path, "top")
    assert found == ("top/soft\xad-\u2009name",)
    assert [str(each) for each in problems] == [
        "top/line\\nend: error: the name has characters that cannot be shown\n"
        "    fix: rename the file",
        "top/link: error: this is a link to a folder, which is not followed\n"
        "    fix: put the folder itself here",
    ]
    (tmp_path / "round").symlink_to("round")
    assert "'round' is not a folder" in str(list_files(tmp_path, "round")[1][0])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_folder_that_may_not_be_read_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "top/shut").mkdir(parents=True)
    (tmp_path / "top/a").touch()
    (tmp_path / "top/shut").chmod(0)
    try:
        found, problems = list_files(tmp_path, "top")
    finally:
        (tmp_path / "top/shut").chmod(0o700)
    assert found == ("top/a",)
    assert [str(each) for each in problems] == [
        "top/shut: error: it cannot be read: Permission denied\n"
        "    fix: check the file and who may read it"
    ]


@pytest.mark.skipif(os.mkdir not in os.supports_dir_fd, reason="no way to make such a folder")
def test_a_folder_too_deep_for_any_path_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "top/z").mkdir(parents=True)
    (tmp_path / "top/z/a").touch()
    inner = os.open(tmp_path / "top", os.O_RDONLY)
    for _ in range(20):
        os.mkdir("n" * 250, dir_fd=inner)
        outer, inner = inner, os.open("n" * 250, os.O_RDONLY, dir_fd=inner)
        os.close(outer)
    os.close(inner)
    (tmp_path / "top/b").touch()
    found, problems = list_files(tmp_path, "top")
    assert found == ("top/b", "top/z/a")
    (problem,) = problems
    assert problem.place.path.startswith(f"top/{'n' * 250}/{'n' * 250}/")
    assert problem.what == "it cannot be read: File name too long"


def test_one_stamp_is_that_of_the_scan(tmp_path: Path) -> None:
    (tmp_path / "top").mkdir()
    (tmp_path / "top/a").write_text("text")
    (tmp_path / "top/link").symlink_to("a")
    os.utime(tmp_path / "top/a", ns=(10**18, 10**18))
    found, _ = scan_files(tmp_path, "top")
    assert {path: stamp_file(tmp_path, path) for path in found} == found
    assert found["top/a"].mtime_ns == 10**18
    own = (tmp_path / "top/link").lstat().st_mtime_ns
    assert found["top/link"].mtime_ns == own > 10**18  # made later than what it leads to
    os.utime(tmp_path / "top/a", ns=(own + 10, own + 10))
    assert stamp_file(tmp_path, "top/link").mtime_ns == own + 10


# ------------------------------------------------------------------------------------ reading


@pytest.mark.parametrize(
    ("size", "limit", "said"),
    [
        (11, 10, "11 bytes, more than the limit of 10 bytes"),
        (1024, 1023, "1 KiB, more than the limit of 1023 bytes"),
        (1025, 1024, "1 KiB, more than the limit of 1 KiB"),
        (200 * 1024, 100 * 1024, "200 KiB, more than the limit of 100 KiB"),
        (1024 * 1024, 1024 * 1024 - 1, "1.0 MiB, more than the limit of 1024 KiB"),
        (200 * 1024 * 1024, 10, "200.0 MiB, more than the limit of 10 bytes"),
    ],
)
def test_says_how_large_a_file_is(tmp_path: Path, size: int, limit: int, said: str) -> None:
    file = tmp_path / "a"
    with file.open("wb") as stream:
        stream.truncate(size)
    with pytest.raises(ProblemError) as caught:
        read_any_file(file, "its/name", limit=limit)
    assert str(caught.value) == (
        f"its/name: error: the file has {said}\n    fix: split it, or check that it is a text"
    )


@pytest.mark.parametrize("size", [0, 1, 9, 10])
def test_reads_all_of_what_is_not_too_large(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(bytes(range(size)))
    assert read_file(tmp_path, "a", limit=10) == bytes(range(size))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux has such files")
def test_a_file_that_holds_more_than_it_says_is_read_whole_or_refused() -> None:
    file = Path("/proc/self/status")  # it is said to be empty
    assert b"Name:" in read_any_file(file, "a", limit=100_000)
    with pytest.raises(ProblemError, match="the file has 11 bytes, more than the limit of 10"):
        read_any_file(file, "a", limit=10)


def test_names_the_file_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read_any_file(tmp_path / "none", "its/name", limit=10)
    assert str(caught.value) == (
        "its/name: error: there is no such file\n    fix: check its name and the folder"
    )
    with pytest.raises(ProblemError) as caught:
        read_any_file(tmp_path, "its/name", limit=10)
    assert str(caught.value) == (
        "its/name: error: this is a folder, not a file\n    fix: put a file here"
    )


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has such files")
def test_names_a_file_that_fails_while_it_is_read() -> None:
    with pytest.raises(ProblemError) as caught:
        read_any_file(Path("/proc/self/mem"), "its/name", limit=10)
    assert str(caught.value) == (
        "its/name: error: it cannot be read: Input/output error\n"
        "    fix: check the file and who may read it"
    )


def test_a_link_may_lead_about_in_its_top_folder_and_nowhere_else(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "other").mkdir(parents=True)
    (site / "other/a").write_bytes(b"text")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a").write_bytes(b"text")
    (tmp_path / "elsewhere/link").symlink_to("a")
    (site / "top").symlink_to("../elsewhere")
    (site / "other/link").symlink_to("a")
    (site / "inner").mkdir()
    (site / "inner/link").symlink_to("../other/a")
    assert read_file(site, "top/link", limit=10) == b"text"
    assert read_file(site, "other/link", limit=10) == b"text"
    with pytest.raises(ProblemError) as caught:
        read_file(site, "inner/link", limit=10)
    assert str(caught.value) == (
        "inner/link: error: this is a link that leaves inner/\n    fix: put the file itself here"
    )


def test_links_that_lead_in_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner/a").symlink_to("b")
    (tmp_path / "inner/b").symlink_to("a")
    with pytest.raises(ProblemError) as caught:
        read_file(tmp_path, "inner/a", limit=10)
    said = str(caught.value).splitlines()
    assert said[0] in {
        "inner/a: error: it cannot be read: the links lead in a circle",
        "inner/a: error: it cannot be read: Too many levels of symbolic links",
    }
    assert said[1] == "    fix: check the file and who may read it"
