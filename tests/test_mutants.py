"""The list of changes that no test notices stays true, and some that one must are tried each time.

All of them are tried by `make mutants` (scripts/mutants.py).
"""

import hashlib
import random
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.mutants import ROOT, read_parts, stale
from tests.tried import Tried

PARTS = read_parts()
SAMPLED = 2  # of all parts, as each takes a process
_CODE = {part.name: [(ROOT / file).read_bytes() for file in part.files] for part in PARTS.values()}
_SEED = hashlib.sha256(b"".join(b for name in sorted(_CODE) for b in _CODE[name])).hexdigest()

# Runs tests with one module read as if some of its lines were others.
RUN = """
import importlib.machinery, sys
import pytest

class Changed(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        text = self.get_source(fullname)
        assert text.count(sys.argv[2]) >= 1
        return compile(text.replace(sys.argv[2], sys.argv[3], 1), self.path, "exec")

class Finder:
    def find_spec(self, name, path=None, target=None):
        found = importlib.machinery.PathFinder.find_spec(name, path)
        if found is not None and found.origin and found.origin.endswith(sys.argv[1]):
            found.loader = Changed(name, found.origin)
        return found

sys.meta_path.insert(0, Finder())
sys.exit(pytest.main(["-q", "-x", "-pno:randomly", "-pno:cacheprovider", *sys.argv[4:]]))
"""


@pytest.mark.parametrize("name", PARTS)
def test_every_reason_is_about_code_that_stands_there(name: str) -> None:
    assert list(stale(PARTS[name])) == []
    assert all(len(reason.split()) > 3 for reason in PARTS[name].survivors.values())


@pytest.mark.parametrize("name", PARTS)
def test_every_part_names_files_that_are_there(name: str) -> None:
    part = PARTS[name]
    places = [*part.files, *(test for test in part.tests if not test.startswith("-"))]
    assert [place for place in places if not (ROOT / place).is_file()] == []


@pytest.mark.parametrize("name", random.Random(_SEED).sample(sorted(PARTS), SAMPLED))
def test_a_change_of_the_code_is_noticed(name: str, tmp_path: Path, tried: Tried) -> None:
    part = PARTS[name]
    change = random.Random(_SEED).choice(part.sample)
    args = (change.file, change.was, change.now, *part.tests, f"--basetemp={tmp_path / 'tests'}")
    done = subprocess.run(
        [sys.executable, "-c", RUN, *args], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, f"{change}:\n{done.stdout[-2000:]}{done.stderr[-1000:]}"
    tried("mutants", "a sample of all of them", 1)
