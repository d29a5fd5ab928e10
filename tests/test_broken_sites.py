"""Sites with one mistake each, tests/sites/broken: what check says of them, to the letter.

A case is one file: why, then the files of the site, then what is said under "said". Run with
BRIEFBOOK_GOLDEN=1 to write that anew, and read the difference.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

CASES = sorted((Path(__file__).parent / "sites/broken").glob("*.txt"))
SAID = "-- said --\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_says_what_is_wrong_and_writes_nothing(site: "MakeSite", case: Path) -> None:
    files, _, said = case.read_text("utf-8").partition(SAID)
    folder = site(files)
    before = folder.tree()
    result = folder.check()
    if os.environ.get("BRIEFBOOK_GOLDEN"):
        case.write_text(f"{files}{SAID}{result.err}", "utf-8")
        return
    assert result.err == said
    assert result.code == int(": error: " in said)
    assert folder.check("--strict").code == 1
    assert folder.tree() == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_mending_takes_away_what_it_can_and_adds_nothing(site: "MakeSite", case: Path) -> None:
    folder = site(case.read_text("utf-8").partition(SAID)[0])
    first = folder.check()
    fixed = folder.check("--fix")
    assert fixed.err.count(": error: ") <= first.err.count(": error: ")
    assert fixed.err.count("\n") <= first.err.count("\n")
    before = folder.tree()
    again = folder.check("--fix")
    assert (again.err, again.code) == (fixed.err, fixed.code)
    assert "mended" not in again.out
    assert folder.tree() == before
