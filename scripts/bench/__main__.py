"""Measure building, print tables, and write them as JSON and as a picture.

    python -m scripts.bench sites     Briefbook beside Hugo, Pelican and Eleventy, as far as here
    python -m scripts.bench growth    Briefbook alone, at several sizes
    python -m scripts.bench raw       from raw texts, and each stage alone
    python -m scripts.bench draw      only draw what was measured before

Times of one run may be compared with each other; those of two runs or machines may not. Programs
are found by HUGO, PELICAN and ELEVENTY, else on the PATH.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts.bench import raw
from scripts.bench.corpora import prepare
from scripts.bench.drawing import picture
from scripts.bench.measuring import RunFailedError
from scripts.bench.scenarios import SCENARIOS, Row, measure_all
from scripts.bench.tables import growth_table, raw_tables, seconds, sites_tables
from scripts.bench.tools import NAMES, SETTINGS, find_tools

_MEMORY = Path("/dev/shm")


def main() -> None:
    wanted = _arguments()
    about: dict[str, Any] = _read(wanted.json)
    if wanted.what != "draw":
        work = Path(tempfile.mkdtemp(prefix="bench-", dir=_place(wanted.work)))
        try:
            about[wanted.what] = {**_machine(), **_WAYS[wanted.what](work, wanted)}
        except RunFailedError as failed:
            sys.exit(str(failed))
        finally:
            shutil.rmtree(work)
        _write(wanted.json, json.dumps(about, indent=1) + "\n")
    if "sites" in about:
        _write(wanted.svg, picture(about["sites"]))
    print(f"\n{wanted.json} and {wanted.svg} have the figures")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=[*_WAYS, "draw"])
    parser.add_argument("--entries", "-n", type=int, default=1000, help="or raw texts")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], help="for growth")
    parser.add_argument("--tools", default="; ".join(NAMES), help="some of the default")
    parser.add_argument("--yardstick", type=Path, help="a folder with make_corpus.py and sites/")
    parser.add_argument("--work", type=Path, help="where sites are built; default memory, if any")
    parser.add_argument("--json", type=Path, default=Path("_bench/bench.json"))
    parser.add_argument("--svg", type=Path, default=Path("_bench/bench.svg"))
    return parser.parse_args()


def _names(wanted: argparse.Namespace) -> tuple[str, ...]:
    names = tuple(name.strip() for name in wanted.tools.split(";"))
    if unknown := [name for name in names if name not in NAMES]:
        sys.exit(f"there is no tool {unknown[0]!r}; there are {'; '.join(NAMES)}")
    return names


def _place(wanted: Path | None) -> Path | None:
    """Return the folder to work below; None: the one for temporary files."""
    return wanted or (_MEMORY if os.access(_MEMORY, os.W_OK) else None)


def _machine() -> dict[str, Any]:
    return {
        "measured": f"{datetime.now(UTC):%Y-%m-%d}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


# --------------------------------------------------------------------------- what is measured


def _sites(work: Path, wanted: argparse.Namespace) -> dict[str, Any]:
    tools, missing = find_tools(_names(wanted))
    for one in missing:
        print(f"left out: {one.name} is not here ({one.why})")
    yardstick = wanted.yardstick.resolve() if wanted.yardstick else None
    prepared = prepare(work, tools, wanted.entries, wanted.rounds, yardstick)
    rows = measure_all(work, tools, prepared, wanted.rounds, _tell)
    about = {
        "entries": wanted.entries,
        "rounds": wanted.rounds,
        "yardstick": yardstick is not None,
        "tools": {tool.name: tool.version for tool in tools},
        "scenarios": _titles(),
        "rows": rows,
    }
    reference = "hugo" if "hugo" in about["tools"] else tools[0].name
    print(f"\n{wanted.entries:,} entries, {wanted.rounds} rounds; ratios to {reference}\n")
    print(sites_tables(about, reference))
    return about


def _growth(work: Path, wanted: argparse.Namespace) -> dict[str, Any]:
    tools, _ = find_tools(tuple(name for name in _names(wanted) if name in SETTINGS))
    rows: list[Row] = []
    for entries in wanted.sizes:
        folder = work / str(entries)
        folder.mkdir()
        prepared = prepare(folder, tools, entries, wanted.rounds, None)
        found = measure_all(folder, tools, prepared, wanted.rounds, _tell)
        rows += ({**row, "entries": entries} for row in found)
        shutil.rmtree(folder)
    about = {"rounds": wanted.rounds, "scenarios": _titles(), "rows": rows}
    print("\n" + growth_table(about))
    return about


def _raw(work: Path, wanted: argparse.Namespace) -> dict[str, Any]:
    about = raw.measure(work, wanted.entries, wanted.rounds, _tell)
    print("\n" + raw_tables(about))
    return about


_WAYS = {"sites": _sites, "growth": _growth, "raw": _raw}


def _titles() -> dict[str, str]:
    return {each.key: each.title for each in SCENARIOS}


def _tell(row: Row) -> None:
    print(f"{row['tool']:20} {row['scenario']:6} {seconds(float(str(row['wall'])))}", flush=True)


# --------------------------------------------------------------------------- files


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
