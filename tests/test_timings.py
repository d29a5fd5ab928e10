"""`--timings` says where the time went, and changes nothing of the site."""

import re
from collections.abc import Callable

from briefbook.timings import Timings, untimed
from tests.conftest import Folder

ONE = """\
-- sources/ferry.txt --
Ferry runs twice a day from June

By Ana Reyes, Harbour Post
May 3, 2026

The ferry to the outer islands will run twice a day from June. The harbour board said so on Friday.
"""


def rows(said: str) -> dict[str, list[str]]:
    """Return the table of a run: its numbers by stage."""
    lines = said.partition("CPU seconds\n")[2].splitlines()
    return {cells[0]: cells[1:] for line in lines if (cells := re.split(r"\s{2,}", line.strip()))}


def test_a_build_says_where_the_time_went(site: Callable[[str], Folder]) -> None:
    told = site(ONE).build("--timings")
    table = rows(told.out)
    assert list(table)[:5] == ["reading", "matching", "parsing", "filing", "composing"]
    assert {"planning", "pages: briefings", "pages: home", "feeds", "twins", "links"} <= set(table)
    assert list(table)[-5:] == [
        "writing entries",
        "writing the site",
        "search index",
        "start and the rest",
        "all",
    ]
    assert table["parsing"][0] == table["writing entries"][0] == "1"
    assert all(re.fullmatch(r"\d+\.\d\d", cell) for row in table.values() for cell in row[-2:])
    parts = sum(float(row[-2]) for stage, row in table.items() if stage != "all")
    assert abs(parts - float(table["all"][-2])) < 0.01 * len(table)


def test_a_build_says_nothing_of_time_unasked(site: Callable[[str], Folder]) -> None:
    assert "seconds" not in site(ONE).build().out


def test_what_is_measured_changes_nothing(site: Callable[[str], Folder]) -> None:
    folder = site(ONE)
    folder.build("--timings")
    assert re.search(r"^files written +0$", folder.build().out, re.MULTILINE)


def test_stages_of_one_name_are_added_up_and_those_elsewhere_count() -> None:
    elsewhere = [0.0]
    timings = Timings(lambda: elsewhere[0])
    with timings("parsing", 3):
        elsewhere[0] += 7.0
    with timings("reading"):
        pass
    with timings("parsing", 2):
        elsewhere[0] += 1.0
    assert list(timings.stages) == ["parsing", "reading"]
    assert timings.stages["parsing"].count == 5
    assert timings.stages["parsing"].cpu >= 8.0 > timings.stages["parsing"].wall
    assert timings.all()["all"].cpu >= 8.0


def test_nothing_is_measured_unasked() -> None:
    assert untimed("parsing", 3) is untimed("feeds")
