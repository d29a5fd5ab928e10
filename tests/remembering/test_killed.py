"""A build that is killed, or runs beside another, costs the next one time and nothing else."""

import os
import random
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefbook.build import build
from briefbook.options import Options
from briefbook.remembering import FOLDER
from tests.histories import History
from tests.test_histories import attempt, contents

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
# A build of these sites in a process of its own takes about this many seconds here.
LONGEST = 2.5
KILLED = int(os.environ.get("BRIEFBOOK_KILLED", "3"))


def started(root: Path) -> "subprocess.Popen[bytes]":
    door = Path(__file__).parents[2] / "build_site.py"
    command = [sys.executable, str(door), "build", "--root", str(root), "--jobs", "1"]
    command += ["--now", NOW.isoformat()]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def with_search_off(history: History) -> Path:
    """Return the site with a few more entries; the index would take most of the time."""
    for _ in range(10):
        history.add_source()
    attempt(history.root, Options(now=NOW))
    return history.root


@pytest.mark.parametrize("seed", range(KILLED))
def test_a_killed_build_leaves_a_state_that_the_next_one_can_use(tmp_path: Path, seed: int) -> None:
    history = History(tmp_path / "kept", seed)
    root = with_search_off(history)
    chance = random.Random(seed)
    for _ in range(2):
        history.step()
        history.renew_site()
        building = started(root)
        time.sleep(chance.random() * LONGEST)
        building.kill()
        building.wait()
    clean = tmp_path / "clean"
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns(FOLDER, "_site"))
    kept, made = build(root, Options(now=NOW)), build(clean, Options(now=NOW))
    assert contents(clean) == contents(root)
    assert list(map(str, made.problems)) == list(map(str, kept.problems))


def test_of_two_builds_at_once_each_makes_the_whole_site(tmp_path: Path) -> None:
    history = History(tmp_path / "kept", 1)
    root = with_search_off(history)
    before = contents(root)
    history.change_words()
    for path in root.glob("templates/words/*"):
        path.unlink()
    both = [started(root), started(root)]
    assert [building.wait() for building in both] == [0, 0]
    assert contents(root) == before
