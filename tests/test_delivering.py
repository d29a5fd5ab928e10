"""What a build writes: what is another thing now, and what does not stand as it was left."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefbook.build import Built, build
from briefbook.options import Options
from briefbook.remembering import Memory
from tests.conftest import Folder

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FERRY = "_site/briefings/ferry-stopped/index.html"
SITE = """\
-- site.yaml --
title: Harbour Brief
base_url: https://harbour.example
search: false
parts: []
topics:
  - slug: port
    title: Port
-- briefings/ferry.md --
---
title: Ferry stopped
slug: ferry-stopped
added: 2026-11-20T10:00:00Z
topics: [port]
---
The ferry stopped on Monday. Nobody was hurt.
-- briefings/quay.md --
---
title: A quay is built
slug: a-quay-is-built
added: 2026-11-21T10:00:00Z
topics: [port]
---
A quay is built in the north of the harbour.
"""


@pytest.fixture
def harbour(site: Callable[[str], Folder]) -> Folder:
    folder = site(SITE)
    for _ in range(2):  # the first lists the addresses, which the second reads
        made(folder)
    return folder


def made(folder: Folder, output: str = "_site") -> Built:
    return build(folder.root, Options(now=NOW, output=folder.root / output))


def test_a_second_build_reads_and_writes_no_file_of_the_site(
    harbour: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def peek(_: Memory, question: object, key: str) -> None:
        read.append(key)

    monkeypatch.setattr(Memory, "peek", peek)
    report = made(harbour).report
    assert (report.written, report.unchanged, report.removed) == ((), (), ())
    assert "briefings/ferry-stopped/index.html" in report.paths
    assert read == []


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(b"mine"), id="written over"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[::-1]), id="as long"),
        pytest.param(lambda path: (path.unlink(), path.symlink_to("/etc/passwd")), id="a link"),
    ],
)
def test_a_file_that_does_not_stand_as_it_was_left_is_written_again(
    harbour: Folder, harm: Callable[[Path], object]
) -> None:
    path = harbour.root / FERRY
    whole = path.read_bytes()
    harm(path)
    assert made(harbour).report.written == ("briefings/ferry-stopped/index.html",)
    assert path.read_bytes() == whole
    assert not path.is_symlink()


def test_a_file_that_was_only_touched_is_left_alone(harbour: Folder) -> None:
    os.utime(harbour.root / FERRY)
    report = made(harbour).report
    assert (report.written, report.unchanged) == ((), ("briefings/ferry-stopped/index.html",))
    assert made(harbour).report.unchanged == ()  # it is noted as it is now


def test_a_lost_output_folder_is_written_from_what_was_kept(harbour: Folder) -> None:
    before = files(harbour.root / "_site")
    for path in sorted((harbour.root / "_site").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    report = made(harbour).report
    assert set(report.written) == report.paths
    assert files(harbour.root / "_site") == before


def test_a_folder_that_other_builds_passed_by_is_brought_up_to_date(harbour: Folder) -> None:
    made(harbour, "other")
    harbour.write("briefings/ferry.md", harbour.read("briefings/ferry.md") + "\nMore of it.\n")
    assert "briefings/ferry-stopped/index.html" in made(harbour).report.written
    report = made(harbour, "other").report
    assert "briefings/ferry-stopped/index.html" in report.written
    assert files(harbour.root / "other") == files(harbour.root / "_site")


def test_what_is_no_longer_made_is_removed_with_and_without_the_state(harbour: Folder) -> None:
    site = harbour.read("site.yaml")
    harbour.write("site.yaml", site + "  - slug: sea\n    title: Sea\n")
    assert "topics/sea/index.html" in made(harbour).report.written
    (harbour.root / "published.txt").write_text("/\n")
    harbour.write("site.yaml", site)
    assert "topics/sea/index.html" in made(harbour).report.removed
    assert not (harbour.root / "_site/topics/sea").exists()


def test_a_file_that_the_system_refuses_is_tried_again(harbour: Folder) -> None:
    path = harbour.root / FERRY
    path.unlink()
    path.mkdir()
    for _ in range(2):
        (problem,) = made(harbour).problems
        assert "the file could not be written" in problem.what
    path.rmdir()
    assert made(harbour).report.written == ("briefings/ferry-stopped/index.html",)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
