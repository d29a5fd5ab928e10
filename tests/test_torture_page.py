"""docs/torture.md is what the tests have counted and found, and each finding names its guard."""

import json
import re
from pathlib import Path

import pytest

from scripts import torture

ROOT = Path(__file__).parents[1]
FOUND = [(point, one) for point, some in torture.findings(ROOT).items() for one in some]


@pytest.mark.parametrize(("point", "one"), FOUND, ids=lambda value: str(value)[:60])
def test_a_finding_names_a_guard_that_exists_or_why_it_is_left(
    point: str, one: dict[str, str]
) -> None:
    assert set(one) in ({"what", "test"}, {"what", "left"}, {"what", "test", "left"}), point
    if "test" in one:
        path, _, name = one["test"].partition("::")
        guard = (ROOT / path).read_text("utf-8")
        assert re.search(rf"def {re.escape(name)}\b", guard) if name else guard, one["test"]


def test_the_page_is_what_was_counted_and_found() -> None:
    rows = json.loads((ROOT / torture.COUNTS).read_text("utf-8"))
    written = (ROOT / torture.PAGE).read_text("utf-8")
    assert written == torture.page(rows, torture.findings(ROOT)) + "\n"


def test_rows_of_a_new_run_replace_or_add_to_the_former(tmp_path: Path) -> None:
    row = {"point": "slow", "what": "brackets", "test": "tests/a.py", "long": True, "adds": False}
    more = row | {"what": "quotes", "adds": True}
    lines = [row | {"cases": 2}, row | {"cases": 3}, more | {"cases": 5}]
    (tmp_path / "1.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    once = torture.joined([], torture.counted(tmp_path))
    twice = torture.joined(once, torture.counted(tmp_path))
    assert [(one["what"], one["long"]) for one in twice] == [("brackets", 5), ("quotes", 10)]


def test_rows_that_count_the_time_of_a_core_tell_it(tmp_path: Path) -> None:
    row = {"point": "slow", "what": "brackets", "test": "tests/a.py", "long": True, "adds": True}
    line = json.dumps(row | {"cases": 2_000, "seconds": 4_000})
    (tmp_path / "1.jsonl").write_text(f"{line}\n{line}\n", "utf-8")
    once = torture.joined([], torture.counted(tmp_path))
    twice = torture.joined(once, torture.counted(tmp_path))
    assert "| brackets | 8,000 in 4.4 core-hours | 0 |" in torture.page(
        twice, torture.findings(ROOT)
    )


def test_a_point_of_which_nobody_knows_is_refused(tmp_path: Path) -> None:
    row = {"point": "luck", "what": "dice", "test": "tests/a.py", "long": True, "adds": False}
    (tmp_path / "1.jsonl").write_text(json.dumps(row | {"cases": 1}) + "\n", "utf-8")
    with pytest.raises(SystemExit, match="luck is no point"):
        torture.counted(tmp_path)
