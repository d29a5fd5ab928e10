import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from briefbook.model import OutputFile
from briefbook.problems import ProblemError
from briefbook.publishing.write import MANIFEST, write_site


def files(**contents: str) -> tuple[OutputFile, ...]:
    return tuple(
        OutputFile(path=path.replace("__", "/"), content=text.encode(), made_from="a test")
        for path, text in contents.items()
    )


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "_site"


def names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_writes_files_in_the_order_given(output: Path) -> None:
    report = write_site(files(b__index="1", a__index="2"), output)
    assert report.written == ("b/index", "a/index")
    assert (output / "b/index").read_bytes() == b"1"


def test_leaves_a_file_alone_when_its_bytes_are_the_same(output: Path) -> None:
    write_site(files(a="1", b="1"), output)
    before = (output / "a").stat()
    report = write_site(files(a="1", b="2"), output)
    assert (report.unchanged, report.written) == (("a",), ("b",))
    assert (output / "a").stat().st_mtime_ns == before.st_mtime_ns
    assert (output / "a").stat().st_ino == before.st_ino


def test_replaces_a_file_whole_and_leaves_no_part_behind(output: Path) -> None:
    write_site(files(a="1"), output)
    inode = (output / "a").stat().st_ino
    write_site(files(a="2"), output)
    assert (output / "a").stat().st_ino != inode  # renamed over, never written into
    assert names(output) == [MANIFEST, "a"]


def test_removes_what_is_no_longer_made_and_the_folders_left_empty(output: Path) -> None:
    write_site(files(x__y__index="1", x__index="1", z="1"), output)
    report = write_site(files(z="1"), output)
    assert report.removed == ("x/index", "x/y/index")
    assert not (output / "x").exists()


def test_never_removes_somebodys_own_file(output: Path) -> None:
    write_site(files(x__index="1"), output)
    (output / "CNAME").write_text("harbour.example")
    (output / "x" / "mine.txt").write_text("mine")
    write_site(files(z="1"), output)
    assert names(output) == [MANIFEST, "CNAME", "x/mine.txt", "z"]


def test_what_a_killed_build_left_is_cleared_by_the_next(output: Path) -> None:
    def killed() -> tuple[OutputFile, ...]:
        return files(a="1", b__c="2")

    write_site(killed(), output)
    (output / ".briefbook-part-1234").write_text("half")
    write_site(files(a="1"), output)
    assert names(output) == [MANIFEST, "a"]


def test_a_build_killed_between_two_files_leaves_them_known(output: Path) -> None:
    def dying(files: Iterable[OutputFile]) -> Iterator[OutputFile]:
        for file in files:
            if file.content == b"2":
                raise KeyboardInterrupt
            yield file

    with pytest.raises(KeyboardInterrupt):
        write_site(files(a="1", b="2"), output, dying)
    assert names(output) == [MANIFEST, "a"]
    assert write_site(files(c="3"), output).removed == ("a",)
    assert names(output) == [MANIFEST, "c"]


@pytest.mark.parametrize("sign", ["sources", ".git", "site.yaml"])
def test_refuses_a_folder_that_is_a_project(tmp_path: Path, sign: str) -> None:
    (tmp_path / sign).mkdir()
    with pytest.raises(ProblemError) as caught:
        write_site(files(a="1"), tmp_path)
    assert str(caught.value) == (
        f"{tmp_path.as_posix()}: error: the output folder holds {sign}, so it is not a folder of"
        " output\n    fix: name a folder of its own for the site, such as --output _site"
    )
    assert not (tmp_path / "a").exists()


def test_refuses_a_folder_the_editor_keeps_files_in(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: x")
    with pytest.raises(ProblemError, match="one the editor keeps files in"):
        write_site(files(a="1"), tmp_path / "sources")


def test_tells_a_watcher_of_each_file(output: Path) -> None:
    seen: list[str] = []

    def watch(work: Sequence[OutputFile]) -> Iterator[OutputFile]:
        for file in work:
            seen.append(file.path)
            yield file

    write_site(files(a="1", b="2"), output, watch)
    assert seen == ["a", "b"]


def test_refuses_a_file_as_the_output_folder(output: Path) -> None:
    output.write_text("mine")
    with pytest.raises(ProblemError, match="the output folder is a file"):
        write_site(files(a="1"), output)


def test_does_not_follow_a_link_out_of_the_folder(output: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    output.mkdir()
    (output / "x").symlink_to(outside, target_is_directory=True)
    report = write_site(files(x__a="1", b="2"), output)
    assert list(outside.iterdir()) == []
    assert report.written == ("b",)
    assert [problem.what for problem in report.problems] == [
        "a link stands where the site needs a folder"
    ]


def test_replaces_a_link_instead_of_writing_through_it(output: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    output.mkdir()
    (output / "a").symlink_to(outside)
    (output / f".briefbook-part-{os.getpid()}").symlink_to(outside)
    write_site(files(a="1", b="2"), output)
    assert outside.read_text() == "mine"
    assert not (output / "a").is_symlink()


@pytest.mark.parametrize("path", ["../a", "/a", "x/../../a", "a\\..\\b"])
def test_refuses_a_path_that_leads_out(output: Path, path: str) -> None:
    bad = OutputFile(path=path, content=b"1", made_from="a test")
    report = write_site((bad, *files(b="2")), output)
    assert report.written == ("b",)
    assert len(report.problems) == 1
    assert names(output.parent) == [f"_site/{MANIFEST}", "_site/b"]


def test_a_changed_manifest_removes_nothing_outside(output: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    write_site(files(a="1"), output)
    (output / MANIFEST).write_text("../mine.txt\na\n")
    write_site(files(a="1"), output)
    assert (tmp_path / "mine.txt").exists()


def test_a_page_may_become_a_folder(output: Path) -> None:
    write_site(files(a="1"), output)
    report = write_site(files(a__index="2"), output)
    assert report.problems == ()
    assert names(output) == [MANIFEST, "a/index"]


def test_a_file_the_system_refuses_stops_nothing_else(output: Path) -> None:
    (output / "a" / "b").mkdir(parents=True)
    report = write_site(files(a="1", c="2"), output)
    assert report.written == ("c",)
    assert report.problems[0].what.startswith("the file could not be written: ")


def test_a_part_that_is_a_link_is_not_written_through(output: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    write_site(files(a__b="1"), output)
    (output / f".briefbook-part-{os.getpid()}").symlink_to(tmp_path / "mine")
    write_site(files(a__b="2"), output)
    assert (tmp_path / "mine").read_text() == "mine"
    assert names(output) == [MANIFEST, "a/b"]


def test_links_in_folders_that_were_looked_at_are_refused_too(output: Path, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    write_site(files(a__b="1", a__c__d="1"), output)
    shutil.rmtree(output / "a/c")
    (output / "a/c").symlink_to(tmp_path / "away")
    report = write_site(files(a__b="2", a__c__d="2", a__c__e="2", a__f="2"), output)
    assert report.written == ("a/b", "a/f")
    assert [problem.what for problem in report.problems] == [
        "a link stands where the site needs a folder"
    ] * 2
    assert names(tmp_path / "away") == []


def test_a_large_file_is_written_whole_and_known_again(output: Path) -> None:
    large = (OutputFile(path="a", content=b"0123456789" * 700_000, made_from="x"),)
    assert write_site(large, output).written == ("a",)
    assert (output / "a").read_bytes() == large[0].content
    assert write_site(large, output).unchanged == ("a",)


def test_a_link_made_between_two_builds_is_found_in_each_folder(output: Path) -> None:
    away = output.parent / "away"
    (away / "two").mkdir(parents=True)
    (output / "x").mkdir(parents=True)
    (output / "x/two").symlink_to(away / "two")
    report = write_site(files(x__one__a="1", x__two__a="2", x__three__four__a="3"), output)
    assert report.written == ("x/one/a", "x/three/four/a")
    assert "a link stands where the site needs a folder" in report.problems[0].what
    assert list((away / "two").iterdir()) == []
