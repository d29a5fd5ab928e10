import os
from pathlib import Path

import pytest

from briefbook.files import FileStamp, list_files, read_any_file, read_file, scan_files
from briefbook.problems import ProblemError


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
