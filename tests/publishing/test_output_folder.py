"""What the output folder refuses, says, and leaves alone, to the letter."""

import errno
import os
from pathlib import Path

import pytest

from briefbook.model import OutputFile
from briefbook.problems import ProblemError
from briefbook.publishing.write import (
    MANIFEST,
    Noted,
    OutputFolder,
    read_written,
    refuse_project,
    write_site,
)
from tests.conftest import refuse

OWN_FOLDER = "\n    fix: name a folder of its own for the site, such as --output _site"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "_site"


def files(*contents: tuple[str, bytes]) -> list[OutputFile]:
    return [OutputFile(path=path, content=each, made_from="a test") for path, each in contents]


def refusal(output: Path, root: Path | None = None) -> str:
    with pytest.raises(ProblemError) as caught:
        refuse_project(output, root)
    return str(caught.value)


def test_says_why_a_folder_is_refused(tmp_path: Path) -> None:
    here = tmp_path.as_posix()
    (tmp_path / "site.yaml").write_text("title: x")
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file") == (
        f"{here}/file: error: the output folder is a file\n    fix: name another --output"
    )
    assert refusal(tmp_path, tmp_path / "inner") == (
        f"{here}: error: the output folder holds the folder of the site's sources{OWN_FOLDER}"
    )
    assert refusal(tmp_path / "briefings", tmp_path) == (
        f"{here}/briefings: error: the output folder is one the editor keeps files in{OWN_FOLDER}"
    )
    assert refusal(tmp_path / "templates/x") == (
        f"{here}/templates/x: error: the output folder is inside one the editor keeps files"
        f" in{OWN_FOLDER}"
    )


def test_says_which_link_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "dead").symlink_to("nowhere")
    (tmp_path / "file").touch()
    (tmp_path / "led").symlink_to("file")
    here = tmp_path.as_posix()
    assert refusal(tmp_path / "dead") == (
        f"{here}/dead: error: the output folder is a link that leads to no folder\n"
        "    fix: remove the link, or name another --output"
    )
    assert refusal(tmp_path / "led") == (
        f"{here}/led: error: the output folder is a file\n    fix: name another --output"
    )


UNUSABLE = (
    "{}: error: no site can be written into this folder: No space left on device\n"
    "    fix: see that the disk has room and the folder can be written, or name another --output"
)


def test_says_that_no_site_can_be_written(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "mkdir", errno.ENOSPC)
    with pytest.raises(ProblemError) as caught:
        OutputFolder(output)
    assert str(caught.value) == UNUSABLE.format(output.as_posix())


def test_says_that_nothing_can_be_noted_there(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = OutputFolder(output)
    refuse(monkeypatch, "open", errno.ENOSPC)
    with pytest.raises(ProblemError) as caught:
        folder.begin(["a"])
    assert str(caught.value) == UNUSABLE.format(output.as_posix())


def test_says_what_could_not_be_written_removed_or_noted_at_last(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(files(("a", b"a"), ("b", b"b")), output)
    folder = OutputFolder(output)
    folder.begin(["a", "c"])
    refuse(monkeypatch, "unlink", errno.EIO, "/b")
    refuse(monkeypatch, "open", errno.ENOSPC)
    folder.put("c", b"c")
    report = folder.end(["a", "c"])
    here = output.as_posix()
    refused = "the file could not be written: No space left on device\n"
    fix = "    fix: make the folder writable, or move what stands there"
    assert [str(each) for each in report.problems] == [
        f"{here}/c: error: {refused}{fix}",
        f"{here}/b: error: the file is no longer of the site and could not be removed:"
        " Input/output error\n    fix: make the folder writable, and build again",
        f"{here}/{MANIFEST}: error: {refused}{fix}",
    ]
    assert (report.removed, report.written) == ((), ())
    monkeypatch.undo()
    again = OutputFolder(output)
    again.begin(["a"])
    assert again.end(["a"]).removed == ("b",)  # known still


def test_what_could_not_be_removed_stays_in_the_list(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(files(("a", b"a"), ("b", b"b")), output)
    with monkeypatch.context() as now:
        refuse(now, "unlink", errno.EIO, "/b")
        report = write_site(files(("a", b"a")), output)
    assert [each.place.path for each in report.problems] == [f"{output.as_posix()}/b"]
    assert (output / MANIFEST).read_text() == "a\nb\n"


def test_a_folder_that_is_only_called_sources_is_none_of_the_editors(tmp_path: Path) -> None:
    refuse_project(tmp_path / "sources/_site", tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "site.yaml").touch()
    refuse_project(tmp_path / "other", tmp_path)


def test_says_why_a_path_is_refused(output: Path) -> None:
    report = write_site(
        files(("a/b", b"1"), ("a/..", b"2"), ("a/b\\c", b"3"), ("/a", b"4")), output
    )
    assert [str(problem) for problem in report.problems] == [
        f"{output.as_posix()}: error: the path {path!r} leads out of the output folder\n"
        "    fix: use only a-z, 0-9 and - in slug: and aliases:"
        for path in ("a/..", "a/b\\c", "/a")
    ]
    assert report.unwritten == ("a/..", "a/b\\c", "/a")
    assert report.written == ("a/b",)


def test_says_which_link_stands_in_the_way(output: Path, tmp_path: Path) -> None:
    output.mkdir()
    (output / "x").symlink_to(tmp_path, target_is_directory=True)
    report = write_site(files(("x/y/a", b"1")), output)
    assert [str(problem) for problem in report.problems] == [
        f"{output.as_posix()}/x: error: a link stands where the site needs a folder\n"
        "    fix: remove the link; the next build makes the folder"
    ]


def test_says_which_file_the_system_refused(output: Path) -> None:
    (output / "a/b").mkdir(parents=True)
    report = write_site(files(("a", b"1")), output)
    assert [str(problem) for problem in report.problems] == [
        f"{output.as_posix()}/a: error: the file could not be written: Is a directory\n"
        "    fix: make the folder writable, or move what stands there"
    ]
    assert (report.written, report.unwritten) == ((), ("a",))


def test_reports_all_paths_and_what_is_empty_is_written(tmp_path: Path) -> None:
    output = tmp_path / "far/away/_site"
    report = write_site(files(("a", b""), ("b/c", b"1")), output)
    assert report.paths == {"a", "b/c"}
    assert (report.written, report.unwritten) == (("a", "b/c"), ())
    again = write_site(files(("a", b""), ("b/c", b"1")), output)
    assert (again.written, again.unchanged) == ((), ("a", "b/c"))


def test_a_second_build_touches_nothing_not_even_the_list(output: Path) -> None:
    made = files(("a", b"1"), ("b/c", b"2"))
    write_site(made, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    os.utime(output / MANIFEST, ns=(1, 1))
    write_site(made, output)
    after = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    assert after == before | {output / MANIFEST: 1}


def test_a_link_to_the_same_text_is_replaced_too(output: Path) -> None:
    output.mkdir()
    (output / "abc").write_bytes(b"abc")
    (output / "x").symlink_to("abc")  # as long as the text it leads to
    assert write_site(files(("x", b"abc")), output).written == ("x",)
    assert not (output / "x").is_symlink()


def test_somebodys_file_in_place_of_a_folder_stays(output: Path) -> None:
    output.mkdir()
    (output / "a").write_text("mine")
    report = write_site(files(("a/b", b"1"), ("c", b"2")), output)
    assert (output / "a").read_text() == "mine"
    assert report.unwritten == ("a/b",)
    assert report.written == ("c",)


def test_a_page_becomes_a_folder_of_folders(output: Path) -> None:
    write_site(files(("a", b"1"), ("a.b", b"1")), output)
    report = write_site(files(("a/file/b", b"2")), output)
    assert (report.written, report.problems) == (("a/file/b",), ())
    assert not (output / "a.b").exists()


def test_what_a_changed_list_names_outside_is_not_said_to_be_removed(output: Path) -> None:
    write_site(files(("a", b"1")), output)
    (output.parent / "mine").write_text("mine")
    (output / MANIFEST).write_text("../mine\na\n\ngone\n")
    assert write_site(files(("b", b"1")), output).removed == ("a",)
    assert (output.parent / "mine").exists()


def test_gives_what_was_built_last(output: Path) -> None:
    write_site(files(("a/b", b"1")), output)
    assert read_written(output, "a/b") == b"1"
    assert read_written(output, "a") is None
    assert read_written(output, "none") is None


def test_a_damaged_list_stops_no_build(output: Path) -> None:
    write_site(files(("a", b"1"), ("café", b"1")), output)
    (output / MANIFEST).write_bytes("a\ncafé\n".encode() + b"\xff\xfe\n")
    report = write_site(files(("b", b"1")), output)
    assert report.removed == ("a", "café")
    assert (output / MANIFEST).read_bytes() == b"b\n"


def test_knows_a_file_that_is_not_the_one_it_wrote(output: Path) -> None:
    folder = OutputFolder(output)
    folder.begin({"a", "b", "c", "d"})
    for name in "abcd":
        folder.put(name, b"text")
    folder.put("e/..", b"text")
    assert folder.noted["e/.."] == Noted(-1, 0, 0)
    known = dict(folder.noted)
    assert folder.touched(known) == ["e/.."]
    os.utime(output / "a", ns=(1, 1))
    (output / "b").write_bytes(b"texts")
    times = (output / "c").stat()
    (output / "new").write_bytes(b"text")
    os.utime(output / "new", ns=(times.st_atime_ns, times.st_mtime_ns))
    (output / "new").replace(output / "c")
    assert folder.touched(known) == ["a", "b", "c", "e/.."]
    (output / "d").unlink()
    (output / "d").symlink_to("c")
    assert folder.touched(known) == ["a", "b", "c", "d", "e/.."]


def test_a_folder_is_looked_at_once_however_many_files_it_gets(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    is_symlink = Path.is_symlink

    def counting(self: Path) -> bool:
        looked.append(self.name)
        return is_symlink(self)

    folder = OutputFolder(output)
    monkeypatch.setattr(Path, "is_symlink", counting)
    for place in ("a/b/", "a/b/", "a/", "a/b/c/", "a/b/c/d/", "a/e/", "f/", ""):
        for name in ("x", "y"):
            folder.put(place + name, place.encode())
    assert looked == ["a", "b"]  # all others stand in one that was just made, or looked at
    monkeypatch.undo()
    assert folder.end({*folder.noted}).problems == ()
    assert (output / "a/b/c/d/x").read_bytes() == b"a/b/c/d/"


def test_only_what_is_read_is_open_and_only_once(output: Path) -> None:
    write_site(files(("a", b"1" * 10)), output)
    (output / "a").write_bytes(b"2" * 10)
    assert write_site(files(("a", b"1" * 10)), output).written == ("a",)
    assert (output / "a").read_bytes() == b"1" * 10
