"""Input that nobody would think of breaks nothing: made at random, and all that once broke it.

Each run of the tests makes the same few inputs of each target; `make torture` makes many, others
each time. `scripts/fuzz.py` looks for more, guided by what code each input reaches. What broke
something is a case in tests/torture/fuzz/TARGET/, with the input as JSON.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.torture.fuzzing.draw import Draw
from tests.torture.fuzzing.targets import TARGETS
from tests.tried import IS_LONG, Tried, many

ROOT = Path(__file__).parents[2]
CASES = sorted(Path(__file__).parent.glob("fuzz/*/*.json"))
# Those whose inputs take far longer than a millisecond are made less often.
_SHORT = {"parse_text": 10, "page": 10, "merge": 10, "desk": 40}
_LONG = {"parse_text": 2_000, "page": 2_000, "merge": 2_000, "desk": 5_000}


@pytest.mark.parametrize("name", TARGETS)
def test_input_made_at_random_breaks_nothing(name: str, tried: Tried) -> None:
    target, made = TARGETS[name], 0

    @settings(
        max_examples=many(short=_SHORT.get(name, 80), long=_LONG.get(name, 10_000)),
        derandomize=not IS_LONG,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary(min_size=40, max_size=1200))
    def check(data: bytes) -> None:
        nonlocal made
        made += 1
        given_now = target.make(Draw(data))
        try:
            target.check(given_now)
        except BaseException as broken:
            broken.add_note(f"to keep it, write to {Path(__file__).parent}/fuzz/{name}/….json:")
            broken.add_note(json.dumps(given_now))
            raise

    check()
    tried("fuzzing", f"{name}, at random", made, adds=IS_LONG)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_what_once_broke_something_breaks_nothing_now(case: Path, tried: Tried) -> None:
    TARGETS[case.parent.name].check(json.loads(case.read_text("utf-8")))
    tried("fuzzing", "cases that were found", 1)


@pytest.mark.skipif(not IS_LONG, reason="what it runs takes seconds to be made ready")
@pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="atheris is not installed")
def test_the_guided_fuzzer_runs_and_counts(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "scripts.fuzz", "dates", "--seconds", "1")
    where = ("--folder", str(tmp_path / "kept"), "--tried", str(tmp_path / "tried"))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [*command, *where], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    (counted,) = (tmp_path / "tried").glob("*.jsonl")
    row = json.loads(counted.read_text("utf-8"))
    assert row["what"] == "dates, guided by coverage"
    assert row["cases"] > 0
    assert any((tmp_path / "kept/corpus/dates").iterdir())
    assert not any((tmp_path / "kept/found/dates").iterdir())
