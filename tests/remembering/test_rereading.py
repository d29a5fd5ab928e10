"""Builds open the files that may have changed, and parse the texts that have."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from briefbook import material
from briefbook.build import Built, build
from briefbook.options import Options
from tests.conftest import TWO, Folder

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
LONG_AGO = 1_700_000_000  # seconds
FERRY = "sources/ferry.txt"


def built(folder: Folder) -> Built:
    return build(folder.root, Options(now=NOW))


def change_unseen(folder: Folder, path: str, old: str, new: str) -> None:
    """Change a file so that only who opens it can know."""
    file = folder.root / path
    before = file.stat()
    text = file.read_text()
    assert old in text and len(old) == len(new)
    file.write_text(text.replace(old, new))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def begun(folder: Folder) -> Folder:
    for path in folder.root.glob("sources/*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    built(folder)
    return folder


def test_what_has_not_changed_is_not_opened(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(material, "MOST", 2)  # of two entries any is many
    folder = begun(site(TWO))
    built(folder)
    (barley,) = (path for path in folder.entries() if "barley" in path)
    change_unseen(folder, FERRY, "twice", "never")
    change_unseen(folder, barley, "Barley", "Burley")
    again = built(folder)
    assert (again.prepared.updates.rewritten, again.prepared.loaded) == ((), ())
    assert again.problems == ()


def test_a_file_that_was_only_touched_changes_nothing(site: Callable[[str], Folder]) -> None:
    folder = begun(site(TWO))
    before = {path: path.read_bytes() for path in folder.root.rglob("_site/**/*.*")}
    for path in [*folder.root.glob("sources/*"), *folder.root.glob("briefings/*")]:
        os.utime(path)
    again = built(folder)
    assert (again.prepared.updates.new, again.prepared.updates.rewritten) == ((), ())
    assert {path: path.read_bytes() for path in folder.root.rglob("_site/**/*.*")} == before


def test_a_source_that_is_changed_takes_its_entry_along(site: Callable[[str], Folder]) -> None:
    folder = begun(site(TWO))
    change = ("twice a day from June. The", "three times a day. The")
    folder.edit(FERRY, *change)
    ((_, now),) = built(folder).prepared.updates.rewritten
    assert change[1] in now.text


def test_a_source_whose_entry_was_deleted_gets_a_new_one(site: Callable[[str], Folder]) -> None:
    folder = begun(site(TWO))
    (ferry,) = (path for path in folder.entries() if "ferry" in path)
    was = folder.read(ferry)
    folder.delete(ferry)
    (new,) = built(folder).prepared.updates.new
    assert new.path == ferry
    assert "The ferry to the outer islands" in was
    assert "The ferry to the outer islands" in new.text


def test_a_source_that_was_mended_and_moved_is_found_again(site: Callable[[str], Folder]) -> None:
    folder = begun(site(TWO))
    was = folder.read(FERRY)
    folder.delete(FERRY)
    folder.write("sources/boats/first.txt", was.replace("twice a day", "two times a day"))
    updates = built(folder).prepared.updates
    assert updates.new == ()
    ((_, now),) = updates.rewritten
    assert "source: sources/boats/first.txt" in now.text


def test_a_time_zone_changes_what_files_say_that_have_not_changed(
    site: Callable[[str], Folder],
) -> None:
    folder = site(TWO)
    times = "added: 2026-11-01T01:00:00\npublish_after: 2026-11-22T01:00:00"
    folder.write("briefings/barge.md", f"---\ntitle: A barge\n{times}\n---\nIt sank.\n")
    assert built(folder).prepared.scheduled == ()
    folder.edit("site.yaml", "Asia/Seoul", "America/New_York")
    assert [entry.title for entry in built(folder).prepared.scheduled] == ["A barge"]


def test_mistakes_are_told_in_each_build(site: Callable[[str], Folder]) -> None:
    folder = site(TWO)
    folder.write("sources/none.txt", "")
    folder.write("sources/note.pdf", "no text")
    folder.write("briefings/wrong.md", "---\ntitle: [\n---\nText.\n")
    folder.write("briefings/other.markdown", "An entry.")
    built(folder)
    first, second = built(folder).problems, built(folder).problems
    assert first == second
    assert {str(problem.place.path) for problem in first} == {
        "sources/none.txt",
        "sources/note.pdf",
        "briefings/wrong.md",
        "briefings/other.markdown",
    }
