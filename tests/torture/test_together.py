"""Several at once: commands beside commands, a person beside a command, a clock that goes back.

What must hold whatever happens: nothing a person saved is lost, each file is whole, no entry is
made twice, no address that was published dies, and the next build is a clean one's equal.
"""

import os
import random
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest

from briefbook.briefing import hash_value, write_entry
from briefbook.desk.session import Session
from briefbook.files import read_file
from briefbook.problems import ProblemError
from briefbook.saving import ChangedMeanwhileError
from tests.conftest import NOW, TWO, Folder, Result
from tests.torture.at_once import at_once, can_fork
from tests.torture.meanwhile import Meanwhile
from tests.tried import Tried, many

MakeSite = Callable[[str], Folder]

SITE = """\
-- site.yaml --
title: Harbour Brief
base_url: https://harbour.example/news
publish: full
parts: []
"""
FERRY = "sources/ferry.txt"
ENTRY = "briefings/ferry-runs-twice-a-day-from-june.md"
TITLE = 'title: "Ferry runs twice a day from June"'
OWN = 'title: "What the editor calls it"'
MORE = "\nThe second boat was bought from another port. It takes ninety people.\n"
THIRD = "\nA third boat may follow next year. Nobody at the harbour knows who will pay for it.\n"
LATER = "2026-11-22T18:00:00Z"

# --------------------------------------------------------------------------- a person saves


def in_place(file: Path, content: bytes) -> None:
    """As nano and VS Code save: the file is emptied and written."""
    with file.open("wb") as stream:
        stream.write(content)


def beside(file: Path, content: bytes) -> None:
    """As most programs save: another file is written and takes the name."""
    other = file.with_name(".editors")
    other.write_bytes(content)
    other.replace(file)


def by_backup(file: Path, content: bytes) -> None:
    """As vim saves: the file is renamed to a backup, written anew, and the backup deleted."""
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_bytes(content)
    backup.unlink()


SAVES = (in_place, beside, by_backup)


def read_titles(folder: Folder) -> list[str]:
    return [
        line
        for path in folder.entries()
        for line in re.findall("(?m)^title: .*$", folder.read(path))
    ]


def assert_nothing_is_wrong(folder: Folder) -> None:
    """A build after all that happened ends well, and is a clean one's equal."""
    answer = folder.build(now=LATER)
    assert (answer.code, answer.err) == (0, ""), answer
    ids = [re.findall("(?m)^id: .*$", folder.read(path)) for path in folder.entries()]
    assert len({each for (each,) in ids}) == len(ids)
    kept = folder.tree()
    shutil.rmtree(folder.root / "_site")
    shutil.rmtree(folder.root / ".briefbook")
    assert folder.build(now=LATER).code == 0
    assert folder.tree() == kept
    leavings = [path for path in kept if path.endswith((".new", ".briefbook-part"))]
    assert not leavings


def edit_entry(folder: Folder, save: Callable[[Path, bytes], None]) -> None:
    file = folder.root / ENTRY
    save(file, file.read_bytes().replace(TITLE.encode(), OWN.encode()))


def edit_site(folder: Folder, save: Callable[[Path, bytes], None]) -> None:
    file = folder.root / "site.yaml"
    save(file, file.read_bytes().replace(b"Harbour Brief", b"Harbour News"))


def edit_list(folder: Folder, save: Callable[[Path, bytes], None]) -> None:
    file = folder.root / "published.txt"
    was = file.read_bytes() if file.exists() else b""
    save(file, b"# of the editor\n" + was)


def edit_source(folder: Folder, save: Callable[[Path, bytes], None]) -> None:
    file = folder.root / FERRY
    save(file, file.read_bytes() + THIRD.encode())


def keeps_entry(folder: Folder) -> bool:
    return OWN in folder.read(ENTRY)


def keeps_site(folder: Folder) -> bool:
    return "Harbour News" in folder.read("_site/index.html")


def keeps_list(folder: Folder) -> bool:
    return folder.read("published.txt").startswith("# of the editor\n/\n")


def keeps_source(folder: Folder) -> bool:
    return THIRD.strip() in folder.read(ENTRY)


EDITS = {
    "an entry": (edit_entry, keeps_entry),
    "site.yaml": (edit_site, keeps_site),
    "published.txt": (edit_list, keeps_list),
    "a source": (edit_source, keeps_source),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of which the source of one entry has changed and another is new."""
    folder = Folder(tmp_path_factory.mktemp("begun") / "site")
    folder.write("site.yaml", SITE.partition("\n")[2])
    ferry, barley = TWO.split("-- sources/barley.txt --\n")
    folder.write(FERRY, ferry.partition("\n")[2])
    assert folder.build().code == 0
    folder.write(FERRY, folder.read(FERRY) + MORE)
    folder.write("sources/barley.txt", barley)
    return folder.root


def copied(begun: Path, to: Path) -> Folder:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(begun, to, symlinks=True)
    return Folder(to)


def steps_of(begun: Path, to: Path) -> int:
    """Return how many things a build does to the files of the site that a person may save."""
    folder = copied(begun, to)
    with Meanwhile(folder.root).watched() as counted:
        folder.build()
    return counted.count


def chosen(steps: int, seed: str, *, short: int) -> list[int]:
    """Return which of so many steps are tried."""
    most = min(many(short=short, long=40), steps)
    return sorted(random.Random(seed).sample(range(1, steps + 1), most))


def moments_of(root: Path, act: Callable[[], object]) -> int:
    with Meanwhile(root).watched() as counted, suppress(ProblemError):
        act()
    return counted.count


@pytest.mark.parametrize("save", SAVES)
def test_what_a_person_saves_while_an_entry_is_written_is_kept(
    tmp_path: Path, tried: Tried, save: Callable[[Path, bytes], None]
) -> None:
    """Whatever the moment; where it was saved first the program says so."""
    file = tmp_path / "briefings/a.md"
    file.parent.mkdir()
    file.write_text("old")
    steps = moments_of(tmp_path, lambda: write_entry(tmp_path, "briefings/a.md", "new", was="old"))
    told = 0
    for at in range(1, steps + 1):
        file.write_text("old")
        acts = {at: partial(save, file, b"the editor's")}
        with Meanwhile(tmp_path, acts).watched() as watched:
            try:
                write_entry(tmp_path, "briefings/a.md", "new", was="old")
            except ChangedMeanwhileError:
                told += 1
        assert file.read_text() == "the editor's", (at, watched.done)
        assert sorted(path.name for path in file.parent.iterdir()) == ["a.md"], (at, watched.done)
    assert told
    tried("together", "a person saves at one moment of the writing of an entry", steps)


@pytest.mark.parametrize("save", SAVES)
def test_who_saves_twice_keeps_what_was_saved_last(
    tmp_path: Path, tried: Tried, save: Callable[[Path, bytes], None]
) -> None:
    file = tmp_path / "briefings/a.md"
    file.parent.mkdir()
    file.write_text("old")

    def write() -> None:
        with suppress(ProblemError):
            write_entry(tmp_path, "briefings/a.md", "new", was="old")

    steps = moments_of(tmp_path, write) + 6  # a refusal takes a few steps more
    pairs = [(first, then) for then in range(1, steps + 1) for first in range(1, then)]
    for first, then in random.Random(1).sample(pairs, min(many(short=60, long=2000), len(pairs))):
        file.write_text("old")
        acts = {first: partial(save, file, b"first"), then: partial(save, file, b"second")}
        with Meanwhile(tmp_path, acts).watched() as watched:
            write()
        expected = ("new", "first", "second")[len(watched.done)]
        assert file.read_text() == expected, watched.done
        tried("together", "a person saves twice while an entry is written", 1)


def test_a_source_that_is_written_while_it_is_read_is_read_whole(
    tmp_path: Path, tried: Tried
) -> None:
    """Never half of the new text, unless its other half comes after all was read."""
    old, halves = b"old " * 30_000, (b"new " * 30_000, b"text" * 30_000)
    file = tmp_path / "sources/a.txt"
    file.parent.mkdir()
    file.write_bytes(old)
    read = partial(read_file, tmp_path, "sources/a.txt", limit=len(old) * 3)
    steps = moments_of(tmp_path, read) + 4  # it is read again where it has changed

    def write_other_half() -> None:
        with file.open("ab") as stream:
            stream.write(halves[1])

    pairs = [(first, then) for then in range(2, steps + 1) for first in range(1, then)]
    for first, then in pairs:
        file.write_bytes(old)
        half: Callable[[], object] = partial(file.write_bytes, halves[0])
        acts = {first: half, then: write_other_half}
        with Meanwhile(tmp_path, acts).watched() as watched:
            got = read()
        if len(watched.done) == 2 and not watched.done[1].startswith("close"):
            assert got == b"".join(halves), watched.done
        assert got in (old, halves[0], b"".join(halves)), watched.done
    tried("together", "a source is written in two halves while it is read", len(pairs))


def test_a_source_that_never_stops_changing_is_left_out(site: MakeSite) -> None:
    folder = site(SITE + TWO)
    file = folder.root / FERRY
    moments = count()
    real = os.read

    def restless(handle: int, most: int) -> bytes:
        if os.fstat(handle).st_ino == file.stat().st_ino:
            moment = next(moments)
            os.utime(file, ns=(moment, moment))
        return real(handle, most)

    with patch.object(os, "read", restless):
        answer = folder.build()
    assert answer.err == (
        "sources/ferry.txt: error: the file is being written at this very moment, so half of it "
        "may be missing\n    fix: run the same command again when it is saved\n"
    )
    assert answer.code == 1
    assert len(folder.entries()) == 1


@pytest.mark.parametrize("save", SAVES)
@pytest.mark.parametrize("what", EDITS)
def test_what_a_person_saves_during_a_build_is_kept(
    begun: Path, tmp_path: Path, tried: Tried, what: str, save: Callable[[Path, bytes], None]
) -> None:
    edit, is_kept = EDITS[what]
    steps = chosen(steps_of(begun, tmp_path / "site"), f"{what} {save.__name__}", short=1)
    for at in steps:
        folder = copied(begun, tmp_path / "site")
        with Meanwhile(folder.root, {at: partial(edit, folder, save)}).watched() as watched:
            answer = folder.build()
        assert "Traceback" not in answer.err, (at, watched.done, answer.err)
        if not watched.done:  # the build of a copy may take a step less
            continue
        assert_nothing_is_wrong(folder)
        assert is_kept(folder), (at, watched.done, answer, folder.read(ENTRY))
        assert "The second boat was bought" in folder.read(ENTRY), (at, watched.done)
        assert len(folder.entries()) == 2, (at, watched.done, folder.entries())
    tried("together", "a person saves at one moment of a build", len(steps))


# --------------------------------------------------------------------------- commands at once

TEXTS = {
    "tram": """\
Tram drivers get new uniforms

By Lena Holt, City Gazette
May 6, 2026

The drivers chose the cloth themselves. A tailor on Mill Street sews three hundred coats by autumn.
""",
    "bus": """\
Bus stop at the mill is moved

By Piet Maas, Valley News
May 7, 2026

Passengers had to cross a busy road. From Monday the stop lies beside the school, where it is lit.
""",
}
needs_fork = pytest.mark.skipif(not can_fork, reason="processes begin at once by a fork")


def commands(folder: Folder, outside: Path) -> dict[str, Callable[[], Result]]:
    """Return what is begun at once."""
    files = {what: outside / f"{what}.txt" for what in TEXTS}
    for what, file in files.items():
        file.write_text(TEXTS[what])
    return {
        "build": folder.build,
        "build elsewhere": lambda: folder.build("--output", str(outside / "other")),
        "add tram": lambda: folder.run("add", str(files["tram"]), "--now", NOW),
        "add bus": lambda: folder.run("add", str(files["bus"]), "--now", NOW),
        "check": folder.check,
        "check --fix": lambda: folder.check("--fix"),
        "refile": lambda: folder.run("refile", "--write"),
        "reparse": lambda: folder.run("reparse", "--write"),
        "desk": lambda: desk_of(folder),
    }


def desk_of(folder: Folder) -> Result:
    """What `serve` does: it builds, and changes a title as the editor asks."""
    session = Session(folder.root, lambda: datetime.fromisoformat(NOW))
    for _ in range(2):
        session.build()
        prepared = session.shown.state.prepared
        assert prepared, session.shown.state.problems
        loaded = next(one for one in prepared.loaded if "ferry" in one.path)
        asked = {"act": "set", "field": "title", "value": "What the editor calls it"}
        form = asked | {"entry": loaded.entry.slug, "stamp": hash_value(loaded.text)}
        session.act(form)
        if OWN in folder.read(ENTRY):
            return Result(0, "", "")
    return Result(1, "", str(session.shown.state.outcome))


PAIRS = (
    ("desk", "add tram", "build", "add bus", "check", "add tram"),
    ("build", "build"),
    ("build", "add tram"),
    ("build", "check --fix"),
    ("add tram", "add tram"),
    ("add tram", "add bus"),
    ("build", "desk"),
    ("build", "check"),
    ("build", "refile", "add bus"),
    ("build", "reparse"),
    ("build", "build elsewhere"),
)


@needs_fork
@pytest.mark.parametrize("begin", PAIRS[: many(short=4, long=len(PAIRS))], ids=", ".join)
def test_commands_at_once_lose_nothing_and_mix_nothing(
    begun: Path, tmp_path: Path, tried: Tried, begin: tuple[str, ...]
) -> None:
    for _ in range(many(short=1, long=20)):
        folder = copied(begun, tmp_path / "site")
        jobs = commands(folder, tmp_path)
        ended = at_once(*(jobs[each] for each in begin))
        answers = dict(zip(enumerate(begin), ended, strict=True))
        told = [answer for answer in answers.values() if "Traceback" in answer.err]
        assert not told, told
        twice = begin.count("add tram") > 1
        failed = {each: answer for each, answer in answers.items() if answer.code}
        if twice:
            ((_, refused),) = failed.items()
            assert (
                "this is the same text: sources/tram.txt and briefings/tram-drivers" in refused.err
            )
        else:
            assert not failed, failed
        assert_nothing_is_wrong(folder)
        texts = {"ferry", "barley"} | {each[4:] for each in begin if each.startswith("add")}
        assert len(folder.entries()) == len(texts), folder.entries()
        assert sorted(path.stem for path in (folder.root / "sources").iterdir()) == sorted(texts)
        assert (OWN in folder.read(ENTRY)) == ("desk" in begin)
        tried("together", "commands begun at the same moment", len(begin))


# --------------------------------------------------------------------------- a clock that goes back

EARLIER = ("2026-11-20T18:00:00Z", "2025-01-01T00:00:00Z", "1970-01-02T00:00:00Z")


def published_files(folder: Folder) -> set[str]:
    return {path for path in folder.tree("_site") if path.endswith("index.html")}


@pytest.mark.parametrize("earlier", EARLIER)
def test_a_clock_that_goes_back_takes_no_page_away(
    site: MakeSite, tried: Tried, earlier: str
) -> None:
    """What is scheduled for later again says so at its address, and to the editor."""
    folder = site(TWO)
    scheduled = "status: published\npublish_after: 2026-11-21T12:00:00Z"
    folder.build(now="2026-11-21T10:00:00Z")
    folder.edit(ENTRY, "status: published", scheduled)
    folder.build()
    addresses, entries = folder.published(), {path: folder.read(path) for path in folder.entries()}
    folder.write("sources/tram.txt", TEXTS["tram"])
    answer = folder.build(now=earlier)
    page = "/briefings/ferry-runs-twice-a-day-from-june/"
    assert answer.err == (
        f"{ENTRY}:15: error: {page} was published; it is not available until 2026-11-21 21:00 "
        "Asia/Seoul\n    fix: take `publish_after` out; delete its line in published.txt if it was "
        "never public\n"
    )
    for address in addresses:
        assert (folder.root / f"_site{address}").exists(), address
    assert {path: folder.read(path) for path in entries} == entries
    folder.edit(ENTRY, f"{scheduled}\n", "status: published\n")
    entries[ENTRY] = folder.read(ENTRY)
    assert folder.build(now=earlier).code == 0
    assert {path: folder.read(path) for path in entries} == entries
    assert_nothing_is_wrong(folder)
    tried("together", "the clock goes back between builds", 1)


@pytest.mark.parametrize("hours", [-100_000, -1, 1, 100_000])
def test_times_of_files_that_are_wrong_hide_no_change(
    site: MakeSite, tried: Tried, hours: int
) -> None:
    """As after a clock was set, on a disk with a clock of its own, or by `touch` and `cp -p`."""
    folder = site(TWO)
    moment = 1_795_000_000 + hours * 3600
    for number in range(times := many(short=2, long=20)):
        for file in (folder.root / "sources").iterdir():
            os.utime(file, (moment, moment))
        folder.build()
        file = folder.root / FERRY
        was = file.read_text()
        file.write_text(f"{was.partition('Boat')[0]}Boat {number} was painted on that very day.\n")
        os.utime(file, (moment - number, moment - number))
        folder.build()
        assert f"Boat {number} was painted" in folder.read(ENTRY)
    assert_nothing_is_wrong(folder)
    tried("together", "files whose times lie in the past or the future", times)
