"""From raw texts to a site: the first build ever, what comes after, and each stage alone.

In: how many texts. Out: rows of runs, and milliseconds of processor time a text for each stage.
"""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts.bench.corpora import Prepared
from scripts.bench.furniture import raw_text
from scripts.bench.reports import SEED, reports
from scripts.bench.scenarios import SCENARIOS, Row, measure_all
from scripts.bench.tools import ROOT, UNSEARCHED, find_tools
from scripts.bench.writing import FIELDS

# Stages are measured on so many of the texts, so that this takes no longer than a build.
_LOOKED_AT = 400
TITLES = {
    "clean": "first build ever",
    "kept": "output gone, state kept",
    "added": "one source added",
    "same": "nothing changed",
}


def raw_texts(count: int, extra: int) -> list[tuple[str, str]]:
    """Return path and text of raw sources, those to be added later last."""
    chance = random.Random(SEED)
    found = []
    for number, report in enumerate(reports(count, extra)):
        text, end = raw_text(report, chance)
        found.append((f"sources/{report.day:%Y/%m}/{number:06}{end}", text))
    return found


def settings() -> str:
    topics = "".join(
        f"  - {{slug: {f.slug}, title: {f.title}, words: [{', '.join(f.words)}]}}\n" for f in FIELDS
    )
    return (
        "title: Bench\nbase_url: https://briefings.example\npublish: full\nsearch: false\n"
        f"topics:\n{topics}"
    )


def measure(work: Path, count: int, rounds: int, tell: Callable[[Row], None]) -> dict[str, Any]:
    """Return the rows of all runs and what each stage takes.

    Args:
        work: Where sites are built.
        count: Raw texts.
        rounds: How often.
        tell: Told each row as it comes.
    """
    texts = raw_texts(count, rounds)
    tools, _ = find_tools((UNSEARCHED,))
    folder = work / "raw"
    for path, text in (*texts[:count], ("site.yaml", settings())):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    prepared = {tools[0].name: Prepared(folder=folder, extras=tuple(texts[count:]))}
    return {
        "texts": count,
        "rounds": rounds,
        "scenarios": {each.key: TITLES[each.key] for each in SCENARIOS},
        "stages": _stages([text for _, text in texts[: min(count, _LOOKED_AT)]]),
        "rows": measure_all(work, tools, prepared, rounds, tell),
    }


def _stages(texts: list[str]) -> dict[str, float]:
    """Return milliseconds a text of each stage, in a process of its own, so that it starts cold."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.bench.stages"],
        cwd=ROOT,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))
