"""A file is opened only where its stamp does not prove that it is what it was."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from briefbook.files import read_file, scan_files, stamp_file
from briefbook.packing import DamagedStateError
from briefbook.remembering import Readings, Store

LONG_AGO = 1_700_000_000  # seconds


class Folder:
    """Files that are read build after build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "texts").mkdir()
        self.store = Store(root / ".state", "code")
        self.readings = Readings(self.store)

    def write(self, name: str, text: str, *, at: int = LONG_AGO) -> None:
        (self.root / "texts" / name).write_text(text)
        os.utime(self.root / "texts" / name, (at, at))

    def read(self, way: str = "UTC") -> dict[str, str]:
        """Do what a build does, and return the texts by name."""
        self.readings.start(way)
        stamps, _ = scan_files(self.root, "texts")
        found = {}
        for path in self.readings.unproved(stamps):
            content = partial(read_file, self.root, path, limit=99)
            self.readings.look(path, stamps[path], content, bytes.decode)
        for path in stamps:
            found[Path(path).name] = str(self.readings.reading(path))
        self.readings.save()
        self.store.set_fact("built", True)
        self.store.commit()
        return found

    @property
    def changed(self) -> list[str]:
        return sorted(Path(path).name for path in self.readings.changed | self.readings.gone())


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path)
    yield made
    made.store.close()


def test_what_was_written_before_the_last_build_is_not_opened_again(folder: Folder) -> None:
    folder.write("ferry", "It runs.")
    folder.write("quay", "It stands.")
    assert folder.read() == {"ferry": "It runs.", "quay": "It stands."}
    assert (folder.changed, folder.readings.opened) == (["ferry", "quay"], 2)
    assert folder.read() == {"ferry": "It runs.", "quay": "It stands."}
    assert (folder.changed, folder.readings.opened) == ([], 0)


def test_other_bytes_of_the_same_size_are_found_by_the_time(folder: Folder) -> None:
    folder.write("ferry", "It runs.")
    folder.read()
    folder.write("ferry", "It lies.", at=LONG_AGO + 1)
    assert folder.read() == {"ferry": "It lies."}
    assert folder.changed == ["ferry"]


def test_a_file_that_was_only_touched_is_opened_and_has_not_changed(folder: Folder) -> None:
    folder.write("ferry", "It runs.")
    folder.read()
    folder.write("ferry", "It runs.", at=LONG_AGO + 1)
    assert folder.read() == {"ferry": "It runs."}
    assert (folder.changed, folder.readings.opened) == ([], 1)
    folder.read()
    assert folder.readings.opened == 0


def test_what_may_have_been_written_twice_within_a_tick_is_looked_into(folder: Folder) -> None:
    ahead = LONG_AGO * 2
    folder.write("ferry", "It runs.", at=ahead)
    folder.read()
    (folder.root / "texts/ferry").write_text("It lies.")
    os.utime(folder.root / "texts/ferry", (ahead, ahead))
    assert folder.read() == {"ferry": "It lies."}
    assert folder.changed == ["ferry"]


def test_what_is_gone_is_told_once_and_forgotten(folder: Folder) -> None:
    folder.write("ferry", "It runs.")
    folder.read()
    (folder.root / "texts/ferry").unlink()
    assert folder.read() == {}
    assert folder.changed == ["ferry"]
    assert folder.read() == {}
    assert folder.changed == []


def test_files_read_in_another_way_are_all_read_again(folder: Folder) -> None:
    folder.write("ferry", "It runs.")
    folder.read()
    folder.read("Asia/Seoul")
    assert (folder.changed, folder.readings.opened) == (["ferry"], 1)
    folder.read("Asia/Seoul")
    assert (folder.changed, folder.readings.opened) == ([], 0)


def test_what_cannot_be_read_is_tried_again_each_time(folder: Folder) -> None:
    folder.write("ferry", "It runs." * 99)
    for _ in range(2):
        with pytest.raises(Exception, match="more than the limit"):
            folder.read()
        assert folder.changed == ["ferry"]


def test_what_a_build_has_written_is_known_to_the_next(folder: Folder) -> None:
    folder.read()
    folder.write("ferry", "It runs.")
    folder.write("quay", "It was mended by somebody else.")

    def stamped(path: str) -> object:
        content = read_file(folder.root, path, limit=99)
        return (stamp_file(folder.root, path), content) if b"runs" in content else None

    written = {"texts/ferry": "as it was made", "texts/quay": "as it was made"}
    folder.readings.take_written(written, stamped)  # type: ignore[arg-type]
    folder.readings.save()
    folder.store.commit()
    folder.readings.start("UTC")
    stamps, _ = scan_files(folder.root, "texts")
    assert folder.readings.unproved(stamps) == ["texts/quay"]


def test_what_is_not_kept_is_opened_once_more_where_it_is_needed(folder: Folder) -> None:
    folder.write("ferry", "It runs.")
    path = "texts/ferry"

    def read(expected: str) -> int:
        folder.readings.start("UTC", lambda path: ((folder.root / path).read_bytes(), expected))
        stamps, _ = scan_files(folder.root, "texts")
        content = partial(read_file, folder.root, path, limit=99)
        for each in folder.readings.unproved(stamps):
            folder.readings.look(each, stamps[each], content, bytes.decode, is_kept=False)
        assert folder.readings.reading(path) == expected
        folder.readings.save()
        folder.store.commit()
        return folder.readings.opened

    assert [read("It runs."), read("what it gives again")] == [1, 1]


def test_a_file_that_is_another_though_its_stamp_is_not_makes_the_state_worthless(
    folder: Folder,
) -> None:
    folder.write("ferry", "It runs.")
    path = "texts/ferry"
    for text in ("It runs.", "It lies."):
        folder.write("ferry", text)
        folder.readings.start("UTC", lambda path: ((folder.root / path).read_bytes(), "again"))
        stamps, _ = scan_files(folder.root, "texts")
        content = partial(read_file, folder.root, path, limit=99)
        for each in folder.readings.unproved(stamps):
            folder.readings.look(each, stamps[each], content, bytes.decode, is_kept=False)
        folder.readings.save()
        folder.store.commit()
    with pytest.raises(DamagedStateError, match="texts/ferry is another file than was known"):
        folder.readings.reading(path)


def test_files_are_found_by_what_ties_them(folder: Folder) -> None:
    folder.readings = Readings(folder.store, lambda reading: [(str(reading)[:2], str(reading))])
    folder.write("ferry", "It runs.")
    folder.write("quay", "It stands.")
    folder.read()
    assert folder.readings.tied("It") == ["texts/ferry", "texts/quay"]
    assert folder.readings.last_tied("It", 1) == ["texts/quay"]
    folder.readings.start("UTC")
    assert folder.readings.ties_before("texts/quay") == (("It", "It stands."),)
    folder.write("quay", "He stands.", at=LONG_AGO + 1)
    folder.read()
    assert folder.readings.tied("It") == ["texts/ferry"]
    (folder.root / "texts/quay").unlink()
    folder.read()
    assert folder.readings.tied("He") == []
