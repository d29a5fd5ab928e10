"""A build before which nothing has changed says the same and does nothing; any change is seen."""

import errno
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.cli import again
from briefbook.saving import unfinished_name
from tests.conftest import Folder, Result, refuse
from tests.test_delivering import FERRY, SITE


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the sites of which the settings are read: only a build that works does."""
    from briefbook import build

    found: list[Path] = []
    read = build.read_settings

    def read_settings(root: Path, base_url: str | None = None) -> object:
        found.append(root)
        return read(root, base_url)

    monkeypatch.setattr(build, "read_settings", read_settings)
    return found


@pytest.fixture
def harbour(site: Callable[[str], Folder], asked: list[Path]) -> Folder:
    folder = site(SITE)
    folder.build()  # lists the addresses, which the next build reads
    settled(folder)
    folder.build()
    asked.clear()
    return folder


def settled(folder: Folder) -> None:
    """Have all files as old as if an editor had paused before she built."""
    before = time.time() - 60
    for path in (*folder.root.rglob("*.md"), *folder.root.glob("*.*")):
        os.utime(path, (before, before))


def plain(result: Result) -> tuple[int, str, str]:
    return result.code, result.out, result.err


def test_nothing_is_done_again_and_the_same_is_said(harbour: Folder, asked: list[Path]) -> None:
    first = harbour.build()
    assert asked == []
    assert re.search(r"^files written +0$", first.out, re.MULTILINE)
    os.utime(harbour.root / "briefings/ferry.md", (time.time() - 30,) * 2)
    second = harbour.build()  # which looks at all, and finds the same
    assert asked != []
    assert plain(second) == plain(first)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda f: f.edit("briefings/quay.md", "north", "south"), id="an entry"),
        pytest.param(lambda f: f.edit("site.yaml", "Brief", "Paper"), id="the settings"),
        pytest.param(lambda f: (f.root / "briefings/quay.md").unlink(), id="an entry gone"),
        pytest.param(lambda f: f.write("sources/new.txt", "New\n\nA new text.\n"), id="a source"),
        pytest.param(lambda f: f.write("templates/assets/a.css", "p {}"), id="a template"),
        pytest.param(lambda f: f.write("published.txt", "/\n"), id="the addresses"),
        pytest.param(lambda f: (f.root / FERRY).unlink(), id="a page gone"),
        pytest.param(lambda f: (f.root / FERRY).write_text("x"), id="a page changed"),
        pytest.param(lambda f: shutil.rmtree(f.root / "_site"), id="no site"),
        pytest.param(lambda f: shutil.rmtree(f.root / ".briefbook"), id="no state"),
    ],
)
def test_any_change_is_seen(
    harbour: Folder, asked: list[Path], change: Callable[[Folder], object]
) -> None:
    change(harbour)
    harbour.build()
    assert asked != []


def test_another_call_or_another_time_is_another_build(harbour: Folder, asked: list[Path]) -> None:
    harbour.build("--strict")
    harbour.build(now="2026-11-22T18:00:00Z")
    assert len(asked) >= 2


def test_a_build_of_another_call_between_is_seen(harbour: Folder, asked: list[Path]) -> None:
    harbour.build("--drafts")
    asked.clear()
    harbour.build()
    assert asked != []


def test_a_page_whose_time_has_come_is_published(
    harbour: Folder, asked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
    harbour.edit("briefings/quay.md", "---\nA quay", f"publish_after: {later}\n---\nA quay")
    for _ in range(2):
        settled(harbour)
        harbour.run("build")
    asked.clear()
    assert "1 entry is scheduled" in harbour.run("build").out
    assert asked == []
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 7200)
    harbour.run("build")
    assert asked != []


def test_a_build_that_fails_fails_again(harbour: Folder, asked: list[Path]) -> None:
    harbour.write("briefings/broken.md", "---\nstatus: nonsense\n---\nText.\n")
    settled(harbour)
    first = harbour.build()
    assert first.code == 1
    asked.clear()
    assert harbour.build().code == 1
    assert harbour.build().err == first.err
    assert asked == []


def test_what_the_system_refused_is_tried_again(
    harbour: Folder, asked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "_TICK", 0.0)
    harbour.write("sources/new.txt", "A quay is mended\n\nMen have mended the quay.\n")
    in_the_way = harbour.root / "briefings" / unfinished_name("a-quay-is-mended.md")
    in_the_way.mkdir()
    settled(harbour)
    first = harbour.build()
    assert first.err.startswith("briefings/a-quay-is-mended.md: error: it cannot be written: ")
    asked.clear()
    assert harbour.build().err == first.err
    assert asked != []
    in_the_way.rmdir()
    result = harbour.build()
    assert (result.code, result.err) == (0, "")
    assert re.search(r"^entries new +1$", result.out, re.MULTILINE)
    assert "A quay is mended" in harbour.page("/")


def test_what_could_not_be_read_is_read_again(
    harbour: Folder, asked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour.write("sources/new.txt", "A quay is mended\n\nMen have mended the quay.\n")
    settled(harbour)
    with monkeypatch.context() as now:
        refuse(now, "open", errno.EIO, "new.txt")
        first = harbour.build()
    assert first.err.startswith("sources/new.txt: error: it cannot be read: Input/output error")
    result = harbour.build()
    assert (result.code, result.err) == (0, "")
    assert re.search(r"^entries new +1$", result.out, re.MULTILINE)


def test_what_a_build_has_mended_itself_is_said_once(
    harbour: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "_TICK", 0.0)
    first, *others = harbour.read("published.txt").splitlines(keepends=True)
    marked = f"<<<<<<< HEAD\n{first}=======\n>>>>>>> mina\n"
    harbour.write("published.txt", marked + "".join(others))
    settled(harbour)
    assert "published.txt:1: warning: git could not merge two versions" in harbour.build().err
    assert harbour.build().err == ""


def test_what_a_build_has_written_itself_is_no_change(
    harbour: Folder, asked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "_TICK", 0.0)
    harbour.write("sources/new.txt", "A quay is mended\n\nMen have mended the quay.\n")
    settled(harbour)
    first = harbour.build()
    assert re.search(r"^entries new +1$", first.out, re.MULTILINE)
    asked.clear()
    second = harbour.build()
    assert asked == []
    assert re.search(r"^entries new +0$", second.out, re.MULTILINE)
    os.utime(harbour.root / "briefings/ferry.md", (time.time() - 30,) * 2)
    assert plain(harbour.build()) == plain(second)
    assert asked != []


def test_what_somebody_writes_into_a_new_entry_at_once_is_seen(
    harbour: Folder, asked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "_TICK", 0.0)
    harbour.write("sources/new.txt", "A quay is mended\n\nMen have mended the quay.\n")
    settled(harbour)
    note = again.note

    def after_somebody(*about: object) -> None:
        harbour.edit("briefings/a-quay-is-mended.md", 'title: "A quay', 'title: "The quay')
        note(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(again, "note", after_somebody)
    harbour.build()
    monkeypatch.setattr(again, "note", note)
    asked.clear()
    harbour.build()
    assert asked != []
    assert "The quay is mended" in harbour.page("/")


def test_a_file_that_may_change_again_unseen_is_no_ground_to_stand_on(
    harbour: Folder, asked: list[Path]
) -> None:
    soon = time.time() + 100
    os.utime(harbour.root / "briefings/quay.md", (soon, soon))
    harbour.build()
    asked.clear()
    harbour.build()
    assert asked != []
