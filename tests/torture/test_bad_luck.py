"""What killed and refused runs were found to do wrong before: one test each, on any system."""

import errno
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import briefbook.cli.running
import briefbook.saving
from briefbook.publishing.write import MANIFEST
from briefbook.remembering import Store
from briefbook.saving import clear_unfinished, unfinished_name
from tests.conftest import FERRY, TWO, Folder, refuse

MakeSite = Callable[[str], Folder]
ENTRY = "briefings/ferry-runs-twice-a-day-from-june.md"
PAGE = """\
<!doctype html><html lang=en><head><title>Ferry runs twice a day from June</title></head>
<body><main><article><h1>Ferry runs twice a day from June</h1>
<p>By Ana Reyes, Harbour Post</p><p>May 3, 2026</p>
<p>The ferry to the outer islands will run three times a day from June. The harbour board said so
on Friday.</p></article></main></body></html>
"""


@pytest.fixture
def patch() -> Iterator[pytest.MonkeyPatch]:
    """Lets things fail until its `undo`, which leaves the search index off."""
    own = pytest.MonkeyPatch()
    yield own
    own.undo()


@pytest.fixture
def built(site: MakeSite) -> Folder:
    """A site that is built."""
    folder = site(TWO)
    assert folder.build().code == 0
    return folder


def test_only_unfinished_files_are_cleared(tmp_path: Path) -> None:
    left = unfinished_name("a.txt")
    places = ("sources", "sources/deep", "sources/.former", "briefings")
    for place in places:
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / left).write_text("half")
        (tmp_path / place / ".notes.new").write_text("mine")
    clear_unfinished(tmp_path, "briefings", "sources", "sources/.former", "nowhere")
    kept = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert kept == [".notes.new"] * len(places)


def test_a_name_of_any_length_can_be_written(tmp_path: Path) -> None:
    name = "n" * 252 + ".md"
    briefbook.saving.write_whole(tmp_path / name, b"whole", name, was=None)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_replacing_page_that_is_killed_makes_no_second_entry(
    built: Folder, tmp_path: Path, patch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    arguments = (str(page), "--replace", "--name", "ferry.txt")
    put = briefbook.saving._put

    def killed(beside: Path, file: Path) -> bool:
        if file.suffix == ".html":
            raise KeyboardInterrupt
        return put(beside, file)

    patch.setattr(briefbook.saving, "_put", killed)
    assert built.run("add", *arguments).code != 0
    patch.undo()
    entries = built.entries()
    assert built.build().code == 0
    assert built.entries() == entries
    assert built.run("add", str(page), "--replace").code == 0
    assert built.build().code == 0
    assert built.entries() == entries
    assert "three times a day" in built.read(ENTRY)


def test_no_text_is_replaced_while_one_cannot_be_read(
    built: Folder, tmp_path: Path, patch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "ferry.txt"
    new.write_text(FERRY.replace("on Friday", "on Monday"))
    before = built.tree()
    refuse(patch, "open", errno.EIO, "sources/ferry.txt")
    result = built.run("add", str(new), "--replace")
    assert result.code == 1
    assert result.err.startswith("sources/ferry.txt: error: it cannot be read: ")
    patch.undo()
    assert built.tree() == before
    assert built.run("add", str(new), "--replace").code == 0
    assert "on Monday" in built.read("sources/ferry.txt")


def test_a_text_that_cannot_be_replaced_is_put_back(
    built: Folder, tmp_path: Path, patch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    put = briefbook.saving._put

    def full(beside: Path, file: Path) -> bool:
        if file.suffix == ".html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return put(beside, file)

    patch.setattr(briefbook.saving, "_put", full)
    result = built.run("add", str(page), "--replace", "--name", "ferry.txt")
    assert result.err == (
        "sources/ferry.html: error: it cannot be written: No space left on device\n"
        "    fix: check the disk and who may write there\n"
    )
    assert built.read("sources/ferry.txt") == FERRY


def test_an_entry_that_cannot_be_read_gets_no_second_one(
    built: Folder, patch: pytest.MonkeyPatch
) -> None:
    built.edit("sources/ferry.txt", "on Friday", "on Monday")
    before = built.entries()
    page = "_site/briefings/ferry-runs-twice-a-day-from-june/index.html"
    refuse(patch, "open", errno.EIO, ENTRY)
    result = built.build()
    assert (result.err, result.code) == (
        f"{ENTRY}: error: it cannot be read: {os.strerror(errno.EIO)}\n"
        "    fix: check the file and who may read it\n"
        f"sources/ferry.txt: error: no entry is made of this text yet: {ENTRY} cannot be read,"
        " and may be its entry\n"
        "    fix: mend that first\n",
        1,
    )
    assert built.entries() == before
    assert "was withdrawn" not in built.tree().get(page, b"").decode()
    patch.undo()
    assert built.build().code == 0
    assert built.entries() == before
    assert "on Monday" in built.read(ENTRY)


def test_nothing_is_built_while_the_published_addresses_cannot_be_read(
    built: Folder, patch: pytest.MonkeyPatch
) -> None:
    built.edit(ENTRY, "slug: ferry-runs-twice-a-day-from-june", "slug: ferry")
    before = built.tree()
    refuse(patch, "open", errno.EACCES, "published.txt")
    result = built.build()
    assert (result.err, result.code) == (
        "published.txt: error: it cannot be read: Permission denied\n"
        "    fix: check the file and who may read it\n",
        2,
    )
    assert built.tree() == before


def test_a_template_that_cannot_be_read_is_left_out(
    built: Folder, patch: pytest.MonkeyPatch
) -> None:
    built.write("templates/pages/about.html", "{% extends 'base.html' %}\n")
    built.write("templates/words/en.yaml", "topics: Subjects\n")
    names = ("pages/about.html", "words/en.yaml")
    # The program has files of these names too.
    refuse(patch, "open", errno.EACCES, *(f"{built.root}/templates/{name}" for name in names))
    result = built.build()
    assert result.err == "".join(
        f"templates/{name}: error: it cannot be read: Permission denied\n"
        "    fix: check the file and who may read it\n"
        for name in names
    )
    assert result.code == 1
    patch.undo()
    assert built.build().code == 0
    assert ">Subjects<" in built.page("/")


def test_an_output_folder_that_cannot_be_made_is_said(built: Folder) -> None:
    built.write("file", "")
    output = built.root / "file/site"
    result = built.build("--output", str(output))
    assert result.err.startswith(f"{output}: error: no site can be written into this folder: ")
    assert result.code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the paths are told otherwise")
def test_what_cannot_be_noted_is_not_written(built: Folder, patch: pytest.MonkeyPatch) -> None:
    built.write("sources/late.txt", "Lamps for the quay\n\nMay 9, 2026\n\nThe quay gets lamps.\n")
    before = built.tree("_site")
    refuse(patch, "open", errno.ENOSPC, f".briefbook-part-{os.getpid()}")
    result = built.build()
    assert result.err == (
        f"{built.root}/_site: error: no site can be written into this folder: No space left on"
        " device\n"
        "    fix: see that the disk has room and the folder can be written, or name another"
        " --output\n"
    )
    assert (result.code, built.tree("_site")) == (1, before)
    patch.undo()
    assert built.build().code == 0
    assert "lamps-for-the-quay" in built.read(f"_site/{MANIFEST}")


def test_a_page_that_cannot_be_removed_is_told_and_removed_by_the_next_build(
    built: Folder, patch: pytest.MonkeyPatch
) -> None:
    built.write("templates/assets/extra.txt", "more\n")
    built.build()
    built.delete("templates/assets/extra.txt")
    (extra,) = (path for path in built.tree("_site") if "extra" in path)
    with patch.context() as refusals:
        refuse(refusals, "unlink", errno.EACCES, extra)
        result = built.build()
    assert "error: the file is no longer of the site and could not be removed" in result.err
    assert result.code == 1
    assert built.build().code == 0
    assert extra not in built.tree("_site")


def test_a_site_is_built_where_the_disk_has_no_room_for_the_build_state(
    site: MakeSite, patch: pytest.MonkeyPatch
) -> None:
    folder = site(TWO)
    fill = Store.put_nodes

    def full(store: Store, nodes: object) -> None:
        if store._place:
            fault = sqlite3.OperationalError("database or disk is full")
            fault.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise fault
        fill(store, nodes)  # type: ignore[arg-type] # as it was given

    patch.setattr(Store, "put_nodes", full)
    patch.setattr("briefbook.remembering.questions._EASED_AT", 1)
    result = folder.build()
    assert result.out.startswith(
        ".briefbook: note: what was made could not be kept for the next build: database or disk is"
        " full\n"
        "    fix: see that the disk has room and that .briefbook/ is a folder that can be written\n"
    )
    assert (result.err, result.code) == ("", 0)
    kept = folder.tree()
    patch.undo()
    assert folder.build().code == 0
    assert folder.tree() == kept


@pytest.mark.parametrize(
    ("number", "fix"),
    [
        (
            errno.ENOSPC,
            "see that the disk has room and is in order, and run the same command again",
        ),
        (
            errno.EMFILE,
            "end programs that hold many files, or allow more, and run the same command again",
        ),
    ],
)
def test_a_system_that_has_run_out_of_something_is_told_without_a_traceback(
    built: Folder, patch: pytest.MonkeyPatch, number: int, fix: str
) -> None:
    def refused() -> None:
        raise OSError(number, os.strerror(number))

    # In a place that expects no such thing.
    patch.setattr(briefbook.cli.running, "collect_seldom", refused)
    built.edit("sources/ferry.txt", "on Friday", "on Monday")
    result = built.build()
    assert result.err.endswith(
        f": error: the system refused it: {os.strerror(number)}\n    fix: {fix}\n"
    )
    assert (result.code, "Traceback" in result.err) == (1, False)
