"""Score the project on the development data beside it, and hold floors and ceilings.

    python scripts/quality.py            print the table, fail below a floor or above a ceiling
    python scripts/quality.py --raise    also raise floors that were beaten; never lowers one

Runs the scorers of ../shared/measure on ../shared/corpora. Without them it says so and passes: the
project's own tests need neither. Floors stand in tests/quality/floors.json, each a little below the
figure it was pinned at, as the data are small. Ceilings are for rates of false alarms (alarms.py
says how they are counted): what an editor can bear, set by hand and never moved by a measurement.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import alarms

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
MEASURE, CORPORA = SHARED / "measure", SHARED / "corpora"
FLOORS = ROOT / "tests/quality/floors.json"
ADAPTER = f"{sys.executable} adapter.py"
# A floor stands this far below the figure it is pinned at.
SLACK = 0.005
# By the beginning of the figure's name: at most one false repair in ten thousand words, and for
# each rule one false alarm in twenty articles.
CEILINGS = {"false repairs": 0.1, "false slips": 0.05}


def main(raising: bool) -> int:
    if not MEASURE.is_dir() or not CORPORA.is_dir():
        print("quality: ../shared is not beside the project, so nothing was measured")
        return 0
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    failed = 0
    for name, value in figures():
        ceiling = next((most for start, most in CEILINGS.items() if name.startswith(start)), None)
        floor = floors.get(name) if ceiling is None else None
        failed += not _holds(name, value, floor, ceiling)
        if raising and ceiling is None:
            # What is perfect has to stay so: a story never moves, nothing is invented.
            pinned = value if value == 1.0 else round(value - SLACK, 3)
            floors[name] = max(floor or 0.0, pinned)
    if raising:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"quality: {failed} out of bounds" if failed else "quality: all floors and ceilings hold")
    return int(bool(failed))


def _holds(name: str, value: float, floor: float | None, ceiling: float | None) -> bool:
    """Print one figure with its bound, and tell whether it keeps it."""
    low, high = floor is not None and value < floor, ceiling is not None and value > ceiling
    bound = (
        f"ceiling {ceiling}" if ceiling is not None else f"floor {'-' if floor is None else floor}"
    )
    print(f"{name:66} {value:.3f}  {bound}{'  BELOW' * low}{'  ABOVE' * high}", flush=True)
    return not (low or high)


def figures() -> Iterator[tuple[str, float]]:
    """Yield each figure with its name, in the same order always; they are found on all cores."""
    parts: list[Callable[[], Iterator[tuple[str, float]]]] = [
        _parsing,
        _structure,
        alarms.figures,
        *(partial(_stories, which) for which in ("mix", "beats", "ecb")),
        *(
            partial(_topics, *each)
            for each in (("bbc", 5), ("allsides", 5), ("open", 5), ("bbc", 0))
        ),
        *(partial(_summaries, which) for which in ("standfirst", "cnndm")),
        _names,
        _differences,
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda part: [*part()], parts):
            yield from found


def _parsing() -> Iterator[tuple[str, float]]:
    found = _scored("score_parsing.py", "parsing")
    for way, scores in found.items():
        yield f"parsing {way} shingle F1", scores["shingle"]["f1"]
        yield f"parsing {way} snippet F1", scores["snippet"]["f1"]
        yield f"parsing {way} nothing invented", float(scores["invented"] == 0)
        for field, score in scores["metadata"]["traf"].items():
            yield f"parsing {way} {field} recall", score["recall"]
            yield f"parsing {way} {field} precision", score["precision"]


def _structure() -> Iterator[tuple[str, float]]:
    for way, scores in _scored("score_structure.py", "structure").items():
        yield f"structure {way} lines right", scores["accuracy"]
        for kind in ("heading", "item"):
            yield f"structure {way} {kind} F1", scores["kinds"][kind]["f1"]


def _stories(which: str) -> Iterator[tuple[str, float]]:
    found = _grouping("stories", which)
    yield f"stories {which} B-cubed F1", found["b3_f1"]
    yield f"stories {which} ARI", found["ari"]
    yield f"stories {which} stable", found["stable"]


def _topics(which: str, examples: int) -> Iterator[tuple[str, float]]:
    found = _grouping("topics", which, "--draws", "1", "--k", str(examples))
    yield f"topics {which} macro-F1, {examples} examples", found["macro_f1"]


def _summaries(which: str) -> Iterator[tuple[str, float]]:
    found = _grouping("summaries", which)
    yield f"summaries {which} ROUGE-1", found["rouge1"]
    yield f"summaries {which} ROUGE-2", found["rouge2"]
    yield f"summaries {which} verbatim", float(found["not_verbatim"] == 0)


def _names() -> Iterator[tuple[str, float]]:
    found = _grouping("entities", "wikigold")
    yield "names wikigold typed F1", found["names_f1"]
    yield "names wikigold untyped F1", found["untyped_f1"]


def _differences() -> Iterator[tuple[str, float]]:
    command = ["score_differences.py", "--data", str(CORPORA), "--cmd", f"{ADAPTER} differences"]
    # This scorer prints for people only; its first line is that of all labelled pairs.
    said = _run(command).split("\n", 1)[0].split()
    for what in ("precision", "recall"):
        yield f"differences {what}", float(said[said.index(what) + 1])


def _scored(scorer: str, task: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        data = str(CORPORA / "extract-dev.jsonl.gz")
        _run([scorer, "--data", data, "--json", str(out), "--", *ADAPTER.split(), task])
        return dict(json.loads(out.read_text("utf-8")))


def _grouping(task: str, which: str, *more: str) -> dict[str, Any]:
    command = ["score_grouping.py", task, "--data", str(CORPORA), "--sets", which, "--json", *more]
    return dict(json.loads(_run([*command, "--cmd", f"{ADAPTER} {task}"])))


def _run(command: list[str]) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=MEASURE,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main("--raise" in sys.argv[1:]))
