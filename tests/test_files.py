import os
from pathlib import Path

import pytest

from briefbook.files import list_files, read_any_file, read_file
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
