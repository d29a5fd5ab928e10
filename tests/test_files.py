"""Files of the editor: read to the letter, and named in every mistake."""

import errno
import os
from pathlib import Path

import pytest

from briefbook.files import (
    FileStamp,
    list_files,
    path_in,
    read_any_file,
    read_file,
    scan_files,
    stamp_file,
    too_many_lines,
)
from briefbook.problems import Place, ProblemError
from tests.conftest import refuse


def refused(root: Path, path: str, limit: int = 10) -> str:
    with pytest.raises(ProblemError) as caught:
        read_file(root, path, limit=limit)
    return str(caught.value)


def test_lists_files_by_code_point_and_passes_over_hidden_ones(tmp_path: Path) -> None:
    for name in ("b", "a/z", "a.x", "B", "é", ".hidden", ".folder/x"):
        file = tmp_path / "top" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert list_files(tmp_path, "top") == (
        ("top/B", "top/a.x", "top/a/z", "top/b", "top/é"),
        (),
    )


def test_reads_up_to_the_limit_and_not_a_byte_more(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 10)
    assert read_file(tmp_path, "a", limit=10) == b"x" * 10
    (tmp_path / "a").write_bytes(b"x" * (3 * 1024 * 1024 + 300_000))
    assert refused(tmp_path, "a", limit=2 * 1024 * 1024) == (
        "a: error: the file has 3.3 MiB, more than the limit of 2.0 MiB\n"
        "    fix: split it, or check that it is a text"
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param(
            "link",
            "link: error: this is a link that leaves the folder of the site\n"
            "    fix: put the file itself here",
            id="at the top",
        ),
        pytest.param(
            "inner/link",
            "inner/link: error: this is a link that leaves inner/\n"
            "    fix: put the file itself here",
            id="in a folder",
        ),
        pytest.param(
            "inner/../../out",
            "inner/../../out: error: this is a link that leaves inner/\n"
            "    fix: put the file itself here",
            id="with dots",
        ),
        pytest.param(
            "not/there",
            "not/there: error: there is no such file\n    fix: check its name and the folder",
            id="missing",
        ),
    ],
)
def test_never_leaves_the_folder(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "out").write_text("secret")
    site = tmp_path / "site"
    (site / "inner").mkdir(parents=True)
    (site / "link").symlink_to("../out")
    (site / "inner/link").symlink_to("../../out")
    assert refused(site, path) == message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_reads_no_device() -> None:
    with pytest.raises(ProblemError, match="this is a pipe or a device, not a file"):
        read_any_file(Path("/dev/zero"), "/dev/zero", limit=10)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path, "pipe") == (
        "pipe: error: this is a pipe or a device, not a file\n    fix: put a file here"
    )


def test_a_scan_lists_the_same_files_with_what_tells_that_they_are_unchanged(
    tmp_path: Path,
) -> None:
    (tmp_path / "top/inner").mkdir(parents=True)
    for name in ("b", "inner/a", "é"):
        (tmp_path / "top" / name).write_text(name)
    (tmp_path / "top/gone").symlink_to("nowhere")
    (tmp_path / "top/folder").symlink_to("inner")
    (tmp_path / "top/line\nend").touch()
    files, problems = scan_files(tmp_path, "top")
    assert (tuple(files), problems) == list_files(tmp_path, "top")
    assert [problem.what for problem in problems] == [
        "this is a link to a folder, which is not followed",
        "the name has characters that cannot be shown",
    ]
    status = (tmp_path / "top/b").stat()
    assert files["top/b"] == FileStamp(1, status.st_mtime_ns, status.st_ino)
    assert files["top/gone"] == FileStamp(-1, 0, 0)
    assert scan_files(tmp_path, "none") == ({}, ())


def test_the_stamp_of_a_link_tells_that_it_leads_elsewhere(tmp_path: Path) -> None:
    for name in ("top/a", "top/b", "other"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "top/link").symlink_to("a")
    before = scan_files(tmp_path, "top")[0]
    (tmp_path / "top/a").write_text("xy")
    changed = scan_files(tmp_path, "top")[0]
    (tmp_path / "top/link").unlink()
    (tmp_path / "top/link").symlink_to("b")
    led = scan_files(tmp_path, "top")[0]
    assert len({before["top/link"], changed["top/link"], led["top/link"]}) == 3
    assert before["top/b"] == changed["top/b"] == led["top/b"]


@pytest.mark.parametrize(
    "path",
    ["inner/a", "inner/./a", "inner//a", "inner/link", "inner/deep/a", "top/a", "inner/down/a"],
)
def test_a_file_is_read_by_whichever_way_inside_its_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "inner/deep").mkdir(parents=True)
    (tmp_path / "inner/a").write_bytes(b"text")
    (tmp_path / "inner/deep/a").write_bytes(b"text")
    (tmp_path / "inner/link").symlink_to("deep/a")
    (tmp_path / "inner/down").symlink_to("deep")
    (tmp_path / "top").symlink_to("inner")  # the editor's own arrangement of the disk
    assert read_file(tmp_path, path, limit=10) == b"text"


@pytest.mark.parametrize("path", ["inner/out/secret", "inner/deep/out/secret"])
def test_no_folder_on_the_way_leads_out(tmp_path: Path, path: str) -> None:
    (tmp_path / "away").mkdir()
    (tmp_path / "away/secret").write_text("secret")
    (tmp_path / "site/inner/deep").mkdir(parents=True)
    (tmp_path / "site/inner/out").symlink_to("../../away")
    (tmp_path / "site/inner/deep/out").symlink_to("../../../away")
    assert refused(tmp_path / "site", path) == (
        f"{path}: error: this is a link that leaves inner/\n    fix: put the file itself here"
    )


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "inner").write_text("x")
    assert refused(tmp_path, "inner/a") == (
        "inner/a: error: it cannot be read: Not a directory\n"
        "    fix: check the file and who may read it"
    )
    (tmp_path / "folder/inner").mkdir(parents=True)
    assert refused(tmp_path, "folder/inner") == (
        "folder/inner: error: this is a folder, not a file\n    fix: put a file here"
    )


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


@pytest.mark.parametrize("shut", ["x", "y", "z"])
def test_a_folder_that_may_not_be_read_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shut: str
) -> None:
    for name in ("x", "y", "z"):
        (tmp_path / "top" / name).mkdir(parents=True)
        (tmp_path / "top" / name / "a").touch()
    refuse(monkeypatch, "scandir", errno.EACCES, f"top/{shut}")
    found, problems = list_files(tmp_path, "top")
    assert found == tuple(f"top/{name}/a" for name in ("x", "y", "z") if name != shut)
    assert [str(each) for each in problems] == [
        f"top/{shut}: error: it cannot be read: Permission denied\n"
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


def test_lines_that_say_something_are_counted() -> None:
    lines = ["a", "", " ", "\t", "b", "c"]
    assert too_many_lines(lines, 3, Place("a", 1)) is None
    many = too_many_lines(lines, 2, Place("a", 1))
    assert str(many) == (
        "a:1: error: the text has 3 lines, more than the limit of 2\n"
        "    fix: split it, or check that it is a text"
    )
    many = too_many_lines(lines, 1, Place("a"), "the body")
    assert many is not None
    assert many.what == "the body has 3 lines, more than the limit of 1"
