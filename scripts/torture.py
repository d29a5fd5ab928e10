"""Write docs/torture.md: what was tried to break the promises, and what came of it.

    make torture                      runs the long forms and then this
    python -m scripts.torture FOLDER  adds what the tests have counted in FOLDER

Counts are kept in docs/torture.json: rows that were tried again take the place of the former ones,
or are added to them where a test says so; what is limited by time counts the seconds of a core that
it took too. Findings stand in tests/findings/, a file a point.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
COUNTS, PAGE, FINDINGS = "docs/torture.json", "docs/torture.md", "tests/findings"

POINTS = {
    "fuzzing": "Random and guided input",
    "slow": "No input is slow",
    "killed": "Killed, and writes that fail",
    "together": "Several at once",
    "names": "File systems and names",
    "pages": "Script in pages",
    "desk": "Attacks on `serve` and the desk",
    "feeds": "Hostile feeds",
    "traces": "Altered sentences, fates and repairs",
    "mutants": "Changed code that tests must notice",
    "year": "A simulated year",
}
OPENING = """\
# What was tried to break it

What is promised, and against whom, stands in [SECURITY.md](../SECURITY.md). Here stands what was
tried to break it and what came of it. The tests write this page: `make torture` runs their long
forms, every run of the tests the short ones. *Found* counts what was wrong and what a test or a
kept case now guards; *left* is what is not mended.
"""

Row = dict[str, Any]


def counted(folder: Path) -> list[Row]:
    """Return what the tests of one run have counted: one row for each point and thing tried."""
    rows: dict[tuple[str, str, bool], Row] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            new = json.loads(line)
            if new["point"] not in POINTS:
                raise SystemExit(f"{file.name}: {new['point']} is no point; see POINTS.")
            key = (new["point"], new["what"], new["long"])
            row = rows.setdefault(key, new | {"cases": 0, "seconds": 0})
            row["cases"] += new["cases"]
            row["seconds"] += new.get("seconds", 0)
    return list(rows.values())


def joined(kept: Iterable[Row], new: Iterable[Row]) -> list[Row]:
    """Return the rows of the table, with those of a new run."""
    rows = {(row["point"], row["what"]): row for row in kept}
    for one in new:
        form = "long" if one["long"] else "short"
        row = rows.setdefault(
            (one["point"], one["what"]),
            {"point": one["point"], "what": one["what"], "short": 0, "long": 0},
        )
        row[form] = one["cases"] + (row[form] if one["adds"] else 0)
        if one["seconds"]:
            row["seconds"] = one["seconds"] + (row.get("seconds", 0) if one["adds"] else 0)
        row["test"] = one["test"]
    order = list(POINTS)
    return sorted(rows.values(), key=lambda row: (order.index(row["point"]), row["what"]))


def findings(root: Path) -> dict[str, list[Row]]:
    """Return what was found, by point, in the order in which it stands in the files."""
    found: dict[str, list[Row]] = {point: [] for point in POINTS}
    for file in sorted((root / FINDINGS).glob("*.yaml")):
        found[file.stem] += yaml.safe_load(file.read_text("utf-8")) or []
    return found


def page(rows: Iterable[Row], found: Mapping[str, list[Row]]) -> str:
    """Return docs/torture.md."""
    rows = list(rows)
    parts = [OPENING, *_summary(rows, found)]
    for point, title in POINTS.items():
        parts += _section(title, [row for row in rows if row["point"] == point], found[point])
    return "\n".join(parts)


def _summary(rows: list[Row], found: Mapping[str, list[Row]]) -> Iterator[str]:
    yield "| | cases in the long form | in every run | found | mended | left |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    long, short = (_sums(rows, form) for form in ("long", "short"))
    for point, title in POINTS.items():
        left = sum("left" in one for one in found[point])
        numbers = (
            long[point],
            short[point],
            len(found[point]),
            len(found[point]) - left,
            left,
        )
        yield f"| {title} | " + " | ".join(f"{number:,}" for number in numbers) + " |"


def _sums(rows: list[Row], form: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["point"]] += row[form]
    return sums


def _section(title: str, rows: list[Row], found: list[Row]) -> Iterator[str]:
    if not rows and not found:
        return
    yield f"\n## {title}"
    if rows:
        yield "\n| tried | long form | in every run | by |"
        yield "| --- | ---: | ---: | --- |"
    for row in rows:
        long = f"{row['long']:,}" if row["long"] else "not run yet"
        if "seconds" in row:
            long += f" in {row['seconds'] / 3600:.1f} core-hours"
        yield f"| {row['what']} | {long} | {row['short']:,} | `{row['test']}` |"
    if found:
        yield "\nFound:\n"
    for one in found:
        rest = f" *Left: {one['left']}*" if "left" in one else f" `{one['test']}`"
        yield f"- {one['what']}{rest}"


def main() -> None:
    """Add what was counted, and write the page anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where the tests have counted")
    folder = parser.parse_args().folder
    file = ROOT / COUNTS
    kept = json.loads(file.read_text("utf-8")) if file.exists() else []
    rows = joined(kept, counted(folder) if folder else [])
    file.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (ROOT / PAGE).write_text(page(rows, findings(ROOT)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
