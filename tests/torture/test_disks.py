"""Disks that are really full, read-only or elsewhere, and systems that allow little.

What `test_killed.py` makes up is real here. A disk of its own can only be had by root, on Linux.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Folder
from tests.torture.breaking import NOW, Breaking, Ended, Luck, breaking
from tests.torture.unlucky import VERBS, Trial, new_site
from tests.tried import IS_LONG, Tried, many

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
GUARDED = ("_site", "briefings", "sources", ".briefbook", "published.txt")[: 5 if IS_LONG else 1]
NAMES = tuple(VERBS) if IS_LONG else ("build",)


@pytest.fixture(scope="module")
def unlucky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Breaking]:
    """Runs commands with bad luck."""
    folder = Folder(tmp_path_factory.mktemp("warm"))
    new_site(folder)
    with breaking(folder.root) as runs:
        yield runs


@contextmanager
def disk(place: Path) -> Iterator[Path]:
    """Have a disk of its own at a place."""
    place.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() or mounted("tmpfs", place):
        pytest.skip("only root can have a disk of its own, on Linux")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def mounted(kind: str, place: Path, options: str = "size=64m") -> int:
    command = ["mount", "-t", kind, "-o", options, kind, str(place)]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)


def leave_free(place: Path, pages: int) -> None:
    """Let a disk have so many pages of room."""
    used = shutil.disk_usage(place).used
    # A size of nothing would mean that there is no limit.
    remount(place, f"size={max(used + pages * PAGE, PAGE)}")


def said_well(ended: Ended) -> None:
    """Look at what a command says that could not do all it should."""
    assert "Traceback" not in ended.said, ended.said
    assert ended.code in (0, 1, 2), ended
    assert not ended.code or "    fix: " in ended.said, ended.said


@pytest.mark.parametrize("verb", NAMES)
def test_a_full_disk_loses_nothing_and_with_room_again_all_is_made(
    unlucky: Breaking, tmp_path: Path, verb: str, tried: Tried
) -> None:
    rooms = (0, 1, 3, 6, 12, 20, 32, 48, 80, 128)
    tries = random.Random(verb).sample(rooms, many(short=1, long=len(rooms)))
    with disk(tmp_path / "disk") as place:
        trial = Trial(unlucky, place, VERBS[verb], beside=tmp_path)
        for pages in tries:
            trial.begin_again()
            leave_free(place, pages)
            ended = trial.run(Luck())
            said_well(ended)
            assert trial.lost() == [], f"{pages} pages free: {ended.said}"
            remount(place, "size=64m")
            done = trial.undone() if pages % 3 else trial.unmended()
            assert done == [], f"{pages} pages free: {ended.said}"
    tried("killed", f"`{verb}` on a disk that is full after so many pages", len(tries))


def test_a_folder_that_is_read_only_is_said_and_left_as_it_is(
    unlucky: Breaking, tmp_path: Path, tried: Tried
) -> None:
    with disk(tmp_path / "disk") as place:
        for verb in NAMES:
            trial = Trial(unlucky, place, VERBS[verb], beside=tmp_path)
            trial.begin_again()
            remount(place, "ro")
            ended = trial.run(Luck())
            remount(place, "rw,size=64m")
            said_well(ended)
            assert ended.code or verb == "desk", ended
            assert trial.site.tree() == trial.before
            assert trial.undone() == []
    tried("killed", "a command in a folder that is read-only", len(NAMES))


def test_a_site_is_written_to_another_disk_and_told_where_that_is_full(
    unlucky: Breaking, tmp_path: Path, tried: Tried
) -> None:
    site = Folder(tmp_path / "site")
    new_site(site)
    site.build("--jobs", "1")
    arguments = ["build", "--root", str(site.root), "--now", NOW, "--jobs", "1", "--output"]
    with disk(tmp_path / "disk") as place:
        sizes = many(short=1, long=6)
        for pages in (20, 40, 4, 0, 30, 10)[:sizes]:
            leave_free(place, pages)
            ended = unlucky.run([*arguments, str(place)], site.root, Luck())
            said_well(ended)
            assert ended.code == 1, f"{pages} pages free: {ended.said}"
            remount(place, "size=64m")
            assert site.build("--jobs", "1", "--output", str(place)).code == 0
            assert Folder(place).tree() == site.tree("_site")
            for path in list(place.iterdir()):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    tried("killed", "an output folder on another disk, which is full", sizes)


@pytest.mark.parametrize("verb", NAMES)
def test_too_few_files_or_bytes_are_said_and_the_next_build_mends_it(
    unlucky: Breaking, tmp_path: Path, verb: str, tried: Tried
) -> None:
    trial = Trial(unlucky, tmp_path, VERBS[verb])
    lucks = [Luck(files=files) for files in (1, 2, 4, 7)]
    lucks += [Luck(size=size) for size in (3000, 8000, 20000, 50000)]
    tries = random.Random(verb).sample(lucks, many(short=1, long=len(lucks)))
    for number, luck in enumerate(tries):
        trial.begin_again()
        ended = trial.run(luck)
        said_well(ended)
        assert trial.lost() == [], f"{luck}: {ended.said}"
        done = trial.unmended() if number % 2 or luck.files else trial.undone()
        assert done == [], f"{luck}: {ended.said}"
    tried("killed", f"`{verb}` where few files may be open or be long", len(tries))


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no such permissions")
@pytest.mark.parametrize("path", GUARDED)
def test_what_may_not_be_read_or_written_is_said_and_nothing_is_lost(
    unlucky: Breaking, tmp_path: Path, path: str, tried: Tried
) -> None:
    trial = Trial(unlucky, tmp_path, VERBS["build"])
    modes = many(short=1, long=3)
    for mode in (0o500, 0o000, 0o400)[:modes]:
        trial.begin_again()
        place = trial.site.root / path
        was = place.stat().st_mode & 0o777
        place.chmod(mode)
        ended = trial.run(Luck(is_nobody=True))
        place.chmod(was)
        said_well(ended)
        assert trial.lost() == [], ended.said
        assert trial.unmended() == [], ended.said
    tried("killed", "a folder or file that may not be read or written", modes)
