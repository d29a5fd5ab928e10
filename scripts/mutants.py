"""Change the code in many small ways, and see whether the tests notice.

    make mutants                        all parts of tests/mutants.yaml (an hour)
    python -m scripts.mutants write     one part

Each changed line is one mutant; mutmut makes them, in a copy of the project, and runs the tests
that the part names. One that no test notices has to stand in tests/mutants.yaml with its reason:
that it says the same in other words, or that the tests do not tell it apart. Ends with 1 where one
does not, or where less than 90 % are noticed. That no reason is about code that is gone is for
tests/test_mutants.py.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "tests" / "mutants.yaml"
LEAST = 0.9  # of all mutants of a part
_COPIED = (
    *("briefbook", "tests", "templates", "scripts", "docs", "sources", "briefings", ".github"),
    *("site.yaml", "published.txt", "build_site.py", "README.md", "CHANGELOG.md", "Makefile"),
)
_NOTICED = {"killed", "timeout", "segfault", "suspicious", "caught by type check"}
_RESULT = re.compile(r"^ +(briefbook\.\S+): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """A changed place: the lines that were there, and those that stand there instead."""

    file: str  # from the root
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Code that is changed, and what is to notice it."""

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]  # as pytest takes them
    sample: tuple[Mutant, ...]  # what tests/test_mutants.py tries in every run
    survivors: Mapping[Mutant, str]  # with the reason


def read_parts(file: Path = PARTS) -> dict[str, Part]:
    """Return the parts of tests/mutants.yaml by name."""
    found = {}
    for name, told in yaml.safe_load(file.read_text("utf-8")).items():
        survivors = {
            Mutant(each["file"], each["was"].strip(), each["now"].strip()): group["reason"]
            for group in told.get("survivors") or ()
            for each in group["mutants"]
        }
        found[name] = Part(
            name=name,
            files=tuple(told["files"]),
            tests=tuple(told["tests"]),
            sample=tuple(Mutant(*each) for each in told["sample"]),
            survivors=survivors,
        )
    return found


def run(part: Part, folder: Path) -> tuple[int, list[Mutant]]:
    """Try all mutants of a part in a copy of the project; return how many, and who survived."""
    place = folder / part.name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=_IGNORED, symlinks=True)
        elif (ROOT / name).exists():
            shutil.copy2(ROOT / name, place / name)
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    (place / "pyproject.toml").write_text(settings + _settings(part), "utf-8")
    # Nothing of the project itself may come before the copy.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    _mutmut(place, env, "run", "--max-children", "1")
    results = _RESULT.findall(_mutmut(place, env, "results", "--all", "true"))
    survived = [name for name, result in results if result not in _NOTICED]
    shown = _python(place, env, "-c", _SHOW, *survived).split("\0")[:-1]
    return len(results), sorted(map(_shown, shown))


_IGNORED = shutil.ignore_patterns("__pycache__", "node_modules", "looks")


def _settings(part: Part) -> str:
    told = {
        "source_paths": ["briefbook"],
        "only_mutate": part.files,
        "also_copy": [name for name in _COPIED if (ROOT / name).exists() and name != "briefbook"],
        "pytest_add_cli_args": ["-p", "no:randomly", "-p", "no:cacheprovider", "-x"],
        "pytest_add_cli_args_test_selection": part.tests,
    }
    lines = (f"{key} = {json.dumps(value)}" for key, value in told.items())
    return "\n[tool.mutmut]\n" + "\n".join(lines) + "\n"


# `mutmut show` shows one, and starting it takes longest.
_SHOW = """
import sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
for name in sys.argv[1:]:
    print(get_diff_for_mutant(name), end="\\0")
"""


def _mutmut(place: Path, env: Mapping[str, str], *args: str) -> str:
    return _python(place, env, "-m", "mutmut", *args)


def _python(place: Path, env: Mapping[str, str], *args: str) -> str:
    done = subprocess.run(
        [sys.executable, *args],
        cwd=place,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{args[:3]}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def _shown(diff: str) -> Mutant:
    """Return the mutant that a diff shows."""
    file = next(line for line in diff.splitlines() if line.startswith("--- "))[4:].strip()
    was, now = (_side(diff, sign) for sign in "-+")
    return Mutant(file, was, now)


def _side(diff: str, sign: str) -> str:
    lines = [line for line in diff.splitlines() if line.startswith(sign)]
    return "\n".join(line[1:].strip() for line in lines if not line.startswith(sign * 3))


def stale(part: Part) -> Iterator[Mutant]:
    """Yield the survivors of a part whose lines do not stand in the code any more."""
    codes: dict[str, list[str]] = {}
    for mutant in part.survivors:
        code = codes.setdefault(mutant.file, _code(mutant.file))
        if not set(mutant.was.splitlines()) <= set(code):
            yield mutant


def _code(file: str) -> list[str]:
    return [line.strip() for line in (ROOT / file).read_text("utf-8").splitlines()]


def _report(part: Part, tried: int, survived: Sequence[Mutant]) -> bool:
    """Print what came of a part; tell whether it is as it should be."""
    noticed = tried - len(survived)
    print(f"{part.name}: {noticed} of {tried} noticed, {noticed / tried:.1%}")
    open_ones = [mutant for mutant in survived if mutant not in part.survivors]
    for mutant in open_ones:
        print(f"  no test notices, and no reason is given: {mutant.file}")
        print(*(f"    - {line}" for line in mutant.was.splitlines()), sep="\n")
        print(*(f"    + {line}" for line in mutant.now.splitlines()), sep="\n", flush=True)
    gone = sorted(set(part.survivors) - set(survived))
    for mutant in gone:
        said = f"{mutant.file}: {mutant.was} -> {mutant.now}"
        print(f"  a reason is given for what is noticed now: {said}")
    return not open_ones and noticed >= LEAST * tried


def _count(part: Part, tried: int, noticed: int) -> None:
    """Count for docs/torture.md, as the tests do (tests/tried.py)."""
    folder = os.environ.get("BRIEFBOOK_TRIED")
    if not folder:
        return
    rows: list[dict[str, Any]] = [
        {"what": f"{part.name}: changes of the code", "cases": tried},
        {"what": f"{part.name}: changes that a test noticed", "cases": noticed},
    ]
    same = {"point": "mutants", "adds": False, "test": "scripts/mutants.py", "long": True}
    Path(folder).mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(same | row) + "\n" for row in rows)
    (Path(folder) / f"mutants-{part.name}.jsonl").write_text(text, "utf-8")


def main() -> None:
    """Try the parts that were named, or all."""
    parts = read_parts()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=", ".join(parts))
    parser.add_argument("--folder", type=Path, default=ROOT / ".torture" / "mutants")
    args = parser.parse_args()
    fine = True
    for name in args.parts or parts:
        part = parts[name]
        tried, survived = run(part, args.folder)
        fine = _report(part, tried, survived) and fine
        _count(part, tried, tried - len(survived))
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
