"""A year of a newsroom: no address dies, no guid changes, nobody is shown anything twice.

The short form is a week with three texts a day in which everything rare happens often. The long
form takes hours; with BRIEFBOOK_YEAR=FOLDER it is kept there day by day and goes on where it was,
and with BRIEFBOOK_YEAR_TEXTS=2 it is a year of two texts a day, in minutes.
"""

import os
import pickle
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from briefbook.build import build
from briefbook.options import Options
from briefbook.worker import collect_seldom
from tests.torture.newsroom import Newsroom, Plan
from tests.torture.yearbook import Rhythm, Yearbook, state_size
from tests.tried import IS_LONG, Tried, many

SEED = 8
TEXTS = int(os.environ.get("BRIEFBOOK_YEAR_TEXTS", "20"))
LONG = Plan(texts=TEXTS, acts=8, pace=1)
SHORT = Plan(texts=3, acts=9, pace=6)
# What a week brings in any case.
HAPPENS = (
    *("texts", "texts changed", "texts replaced", "source files renamed", "briefings deleted"),
    *("topics added", "words of topics changed", "settings changed", "templates changed"),
    *("build states damaged", "build states lost", "builds killed", "published pages lost"),
    *("merges", "conflicts solved by hand", "builds in the other clone", "edited by both"),
    *("corrections confirmed", "slugs renamed", "titles set", "withdrawn", "own briefings"),
)
# And a year besides.
RARELY = (
    *("topics renamed", "topics removed", "sources deleted", "lost addresses that lead on"),
    *("moves to another host", "runs of reparse", "runs of refile", "merges by git alone"),
    *("kept back", "drafts published", "slugs put back", "stories joined", "stories renamed"),
    *("corrections dismissed", "corrections by hand", "lines dropped by hand", "topics pinned"),
    *("entry files renamed", "published again", "withdrawals explained", "notes dismissed"),
    *("builds with marks of git", "runs of check --fix"),
)


def live(base: Path, days: int, plan: Plan, rhythm: Rhythm) -> tuple[Newsroom, Yearbook]:
    """Let days pass; where somebody named a folder that is kept, go on from its last whole day."""
    if IS_LONG:
        collect_seldom()  # as the command does
    saved = base / "day.pickle"
    if saved.exists():
        room, book = pickle.loads(saved.read_bytes())
        room.go_back()
    else:
        room, book = Newsroom(base, SEED, plan), Yearbook(base, rhythm)
    while room.number < days:
        book.begin_day()
        room.day(book.watch)
        beside = base / "day.new"
        beside.write_bytes(pickle.dumps((room, book)))
        beside.replace(saved)
        with (base / "log.txt").open("a") as log:
            log.write(f"{room.today} {book.sizes[-1]} {book.seconds[-1]:.1f}\n")
    return room, book


def test_a_year_of_a_newsroom(tmp_path: Path, tried: Tried) -> None:
    base = Path(os.environ.get("BRIEFBOOK_YEAR") or tmp_path)
    base.mkdir(exist_ok=True)
    plan = LONG if IS_LONG else SHORT
    has_newsboat = IS_LONG and shutil.which("newsboat") is not None
    rhythm = Rhythm(whole=90, facts=7, newsboat=7 * has_newsboat, feeds=7)
    room, book = live(
        base, many(short=6, long=365), plan, rhythm if IS_LONG else Rhythm.of_a_week()
    )
    book.close(room)
    happened = (*HAPPENS, *RARELY) if IS_LONG else HAPPENS
    assert [name for name in happened if not room.done[name]] == []
    grown = [size / entries for _, entries, size in book.sizes if entries > 100]
    assert not grown or max(grown) < 3 * min(grown)
    # No story swallows what comes in, though editors put some into stories at random.
    assert book.counts["entries of the largest story"] <= max(6, 0.1 * len(book.entries_at))
    tried("year", "days of a newsroom", room.number)
    for what in ("texts", "builds", "merges", "builds killed", "conflicts solved by hand"):
        tried("year", what, room.done[what])
    for what, count in book.counts.items():
        tried("year", what, count)


def test_edits_alone_hardly_make_the_build_state_larger(tmp_path: Path, tried: Tried) -> None:
    room = Newsroom(tmp_path, SEED, Plan(texts=8, acts=0, pace=1))
    room.now = datetime(2026, 1, 5, 9, tzinfo=UTC)
    room.begin_texts()
    build(room.root, Options(now=room.now))
    first = 0
    days = many(short=4, long=60)
    for day in range(-1, days):
        room.now += timedelta(hours=20)
        room.mina.begin(room.now, Random(day))
        room.mina.title()
        room.mina.figure()
        room.mina.confirm()
        build(room.root, Options(now=room.now))
        first = first or state_size(room.root)  # with what the first correction brings along
    # Of each correction there is an item more, so a little comes with each.
    assert state_size(room.root) < first * (1 + days / 30)
    tried("year", "days of edits without a new text", days)


@pytest.mark.skipif(not IS_LONG, reason="one newsroom is enough for each run of the tests")
@pytest.mark.parametrize("seed", range(6))
def test_a_week_of_other_newsrooms(seed: int, tmp_path: Path, tried: Tried) -> None:
    room = Newsroom(tmp_path, 100 + seed, SHORT)
    book = Yearbook(tmp_path, Rhythm.of_a_week())
    for _ in range(12):
        book.begin_day()
        room.day(book.watch)
    book.close(room)
    tried("year", "days of other newsrooms, in which rare things are frequent", 12)
