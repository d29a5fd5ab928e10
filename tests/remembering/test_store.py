"""The build state may be damaged, handed on or in use: what is built is the same."""

import contextlib
import os
import pickle
import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from briefbook import publishing
from briefbook.build import Built, build
from briefbook.options import Options
from briefbook.packing import DamagedStateError, packed, unpacked
from briefbook.remembering import FOLDER
from tests.conftest import Folder

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
FERRY = """\
-- sources/ferry.txt --
Ferry runs twice a day from June

By Ana Reyes, Harbour Post
May 3, 2026

The ferry to the outer islands will run twice a day from June. The harbour board said so on Friday.
"""
STATE = f"{FOLDER}/state.sqlite"
DAMAGED = (
    ".briefbook: note: what the build before had kept was damaged, so all was made anew\n"
    "    fix: look at the disk if you see this again"
)
UNKEPT = (
    ".briefbook: note: what was made could not be kept for the next build: {}\n"
    "    fix: see that the disk has room and that .briefbook/ is a folder that can be written"
)


def made(folder: Folder) -> Built:
    return build(folder.root, Options(now=NOW))


def told(built: Built) -> list[str]:
    return [str(problem) for problem in built.problems]


def assert_made_as_without_state(folder: Folder) -> None:
    """Ask that the site is the one that a build makes which knows of none before."""
    pages = folder.tree("_site")
    (folder.root / STATE).unlink()
    made(folder)
    assert folder.tree("_site") == pages


def empty(state: Path) -> None:
    state.write_bytes(b"")


def cut(state: Path) -> None:
    state.write_bytes(state.read_bytes()[:5000])


def overwrite(state: Path) -> None:
    state.write_bytes(b"no state " * 1000)


def put_other_tables(state: Path) -> None:
    state.unlink()
    with sqlite3.connect(state) as db:
        db.execute("CREATE TABLE facts (name TEXT, value BLOB)")
    db.close()


def forge(state: Path) -> None:
    """Have what runs a command where it is unpickled stand for the code that made the state."""
    with sqlite3.connect(state) as db:
        db.execute("UPDATE facts SET value = ?", (packed(Command(state.with_name("ran"))),))
    db.close()


class Command:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.place),)


@pytest.mark.parametrize(
    "damage",
    [empty, cut, overwrite, put_other_tables, forge],
    ids=lambda d: d.__name__,
)
def test_a_state_that_is_none_is_begun_anew_without_a_word(
    site: Callable[[str], Folder], damage: Callable[[Path], None]
) -> None:
    folder = site(FERRY)
    made(folder)
    before = folder.tree("_site")
    damage(folder.root / STATE)
    assert told(made(folder)) == []
    assert folder.tree("_site") == before
    assert not (folder.root / FOLDER / "ran").exists()


def test_answers_that_are_damaged_are_made_anew_and_an_editor_is_told(
    site: Callable[[str], Folder],
) -> None:
    folder = site(FERRY)
    made(folder)
    before = folder.tree("_site")
    with sqlite3.connect(folder.root / STATE) as db:
        db.execute("UPDATE nodes SET answer = zeroblob(length(answer))")
    db.close()
    assert told(made(folder)) == [DAMAGED]
    assert folder.tree("_site") == before
    assert told(made(folder)) == []


def test_a_page_that_is_damaged_is_told_where_it_is_met_last(
    site: Callable[[str], Folder],
) -> None:
    folder = site(FERRY)
    made(folder)
    made(folder)
    before = folder.tree("_site")
    with sqlite3.connect(folder.root / STATE) as db:
        db.execute("UPDATE nodes SET answer = zeroblob(9) WHERE question = 'made'")
    db.close()
    shutil.rmtree(folder.root / "_site")
    assert told(made(folder)) == [DAMAGED]
    assert folder.tree("_site") == before


def test_tables_that_are_gone_are_made_anew(site: Callable[[str], Folder]) -> None:
    folder = site(FERRY)
    made(folder)
    with sqlite3.connect(folder.root / STATE) as db:
        db.execute("DROP TABLE rows")
    db.close()
    folder.write("sources/other.txt", "Barley comes early\n\nFarmers have started the harvest.\n")
    assert told(made(folder)).count(DAMAGED) == 1


def test_tables_whose_names_are_no_text_are_made_anew(site: Callable[[str], Folder]) -> None:
    """SQLite cites the name in its message, which Python cannot read then."""
    folder = site(FERRY)
    made(folder)
    before = folder.tree("_site")
    with sqlite3.connect(folder.root / STATE) as db:
        db.execute("PRAGMA writable_schema = 1")
        broken = "UPDATE sqlite_master SET name = CAST(x'e5' AS TEXT), sql = 'no' WHERE name = ?"
        db.execute(broken, ("rows",))
    db.close()
    made(folder)
    assert folder.tree("_site") == before


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE facts SET value = CAST(x'ff' AS TEXT) WHERE name = 'code'",
        "UPDATE facts SET value = 7",
        "UPDATE nodes SET key = CAST(x'ff' AS TEXT) WHERE question = 'place'",
        "UPDATE nodes SET key = x'ff' WHERE question = 'place'",
        "UPDATE nodes SET answer = 7",
        "UPDATE nodes SET answer = NULL",
        "UPDATE nodes SET answer = 'x'",
        "UPDATE nodes SET reads = 7",
        "UPDATE nodes SET reads = x'ff'",
        "UPDATE marks SET key = x'ff'",
        "UPDATE first_readers SET readers = 'x'",
        "UPDATE readings SET reading = 7",
        "UPDATE stamps SET path = x'ff' WHERE path = (SELECT min(path) FROM stamps)",
        "UPDATE outputs SET path = x'ff' WHERE path = (SELECT min(path) FROM outputs)",
    ],
)
def test_values_that_no_build_writes_end_none_and_change_no_page(
    site: Callable[[str], Folder], broken: str
) -> None:
    folder = site(FERRY)
    made(folder)
    with sqlite3.connect(folder.root / STATE) as db:
        # Of those whose key would be another's, the first.
        db.execute(broken.replace("UPDATE", "UPDATE OR IGNORE", 1))
    db.close()
    folder.edit("site.yaml", "title: Harbour Brief", "title: Harbour News")
    made(folder)
    assert_made_as_without_state(folder)


def test_a_state_that_calls_itself_read_only_is_made_anew(site: Callable[[str], Folder]) -> None:
    folder = site(FERRY)
    made(folder)
    content = bytearray((folder.root / STATE).read_bytes())
    content[18] = 3  # the version of the format that may write it
    folder.write(STATE, bytes(content))
    folder.edit("site.yaml", "title: Harbour Brief", "title: Harbour News")
    assert told(made(folder)) == [DAMAGED]
    folder.edit("site.yaml", "title: Harbour News", "title: Harbour Brief")
    assert told(made(folder)) == []


def test_what_a_damaged_state_has_given_the_process_is_forgotten(
    site: Callable[[str], Folder],
) -> None:
    """Else what is made without the state would be made with it all the same."""
    publishing.forget_kept()  # so that this site keeps its own templates
    folder = site(FERRY)
    made(folder)
    before = folder.tree("_site")
    publishing.forget_kept()
    with sqlite3.connect(folder.root / STATE) as db:
        (kept,) = db.execute("SELECT value FROM facts WHERE name = 'compiled templates'").fetchone()
        broken = packed(dict.fromkeys(cast(dict[str, bytes], unpacked(kept)), b"no code"))
        db.execute("UPDATE facts SET value = ? WHERE name = 'compiled templates'", (broken,))
    db.close()
    folder.edit("site.yaml", "title: Harbour Brief", "title: Harbour News")
    assert told(made(folder)) == [DAMAGED]
    folder.edit("site.yaml", "title: Harbour News", "title: Harbour Brief")
    assert told(made(folder)) == []
    assert folder.tree("_site") == before


def test_templates_of_a_damaged_state_that_are_loaded_already_are_forgotten(
    site: Callable[[str], Folder],
) -> None:
    publishing.forget_kept()
    folder = site(FERRY)
    made(folder)
    publishing.forget_kept()
    folder.delete(STATE)
    made(folder)
    with contextlib.closing(sqlite3.connect(folder.root / STATE)) as db:
        asked = "SELECT 1 FROM facts WHERE name = 'compiled templates'"
        assert db.execute(asked).fetchone()


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_end_no_build_and_change_no_page(
    site: Callable[[str], Folder], seed: int
) -> None:
    folder = site(FERRY)
    made(folder)
    chance = random.Random(seed)
    content = bytearray((folder.root / STATE).read_bytes())
    for _ in range(40):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    (folder.root / STATE).write_bytes(content)
    folder.edit("site.yaml", "title: Harbour Brief", "title: Harbour News")
    assert [*told(made(folder)), DAMAGED].count(DAMAGED) <= 2
    assert_made_as_without_state(folder)


def test_a_state_that_cannot_be_written_is_not_used(site: Callable[[str], Folder]) -> None:
    folder = site(FERRY)
    folder.write(FOLDER, "a file")
    assert told(made(folder)) == [UNKEPT.format("File exists")]
    assert folder.read(FOLDER) == "a file"


def test_a_folder_in_the_place_of_a_state_is_let_alone(site: Callable[[str], Folder]) -> None:
    folder = site(FERRY)
    made(folder)
    before = folder.tree("_site")
    folder.delete(STATE)
    folder.write(f"{STATE}/mine.txt", "mine")
    assert told(made(folder)) == [UNKEPT.format("unable to open database file")]
    assert folder.tree("_site") == before
    assert folder.read(f"{STATE}/mine.txt") == "mine"


def test_nothing_is_kept_where_a_link_leads(site: Callable[[str], Folder], tmp_path: Path) -> None:
    folder, elsewhere = site(FERRY), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder.root / FOLDER).symlink_to(elsewhere)
    assert told(made(folder)) == [UNKEPT.format("it is a link, which could lead anywhere")]
    assert list(elsewhere.iterdir()) == []


def test_a_state_in_use_is_let_alone(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(FERRY)
    made(folder)
    before = folder.tree("_site")
    other = sqlite3.connect(folder.root / STATE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("briefbook.remembering.store.WAIT", 0.1)
    folder.edit("site.yaml", "title: Harbour Brief", "title: Harbour News")
    assert told(made(folder)) == [UNKEPT.format("another program has it open")]
    other.close()
    assert folder.tree("_site") != before
    folder.edit("site.yaml", "title: Harbour News", "title: Harbour Brief")
    assert told(made(folder)) == []
    assert folder.tree("_site") == before


def test_a_state_does_not_grow_for_ever(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefbook.remembering.store.SPARE", 0)
    monkeypatch.setattr("briefbook.remembering.store.GROWTH", 2)
    folder = site(FERRY)
    sizes = []
    for number in range(12):
        head = f"title: By hand {number}\nadded: 2026-11-0{number % 9 + 1}T10:00:00Z"
        folder.write(f"briefings/hand-{number}.md", f"---\n{head}\n---\nA line.\n")
        made(folder)
        folder.delete(f"briefings/hand-{number}.md")
        folder.delete("published.txt")
        sizes.append((folder.root / STATE).stat().st_size)
    assert max(sizes) < sizes[0] * 3


def test_nothing_but_values_is_made_of_bytes() -> None:
    for value in ({"a": (1, None)}, NOW, frozenset("ab"), Path("a")):
        assert unpacked(packed(value)) == value
    for hostile in (os.system, Command(Path("ran")), print, pickle.loads):
        with pytest.raises(DamagedStateError):
            unpacked(packed(hostile))
    with pytest.raises(DamagedStateError):
        unpacked(packed("a")[:-1])
