"""Whole files: tests/cases/parsing/<slug>/ has source.txt, expected.md and why.md.

With BRIEFBOOK_GOLDEN=1 in the environment the expected files are written anew; read the diff.
"""

import os
from pathlib import Path

import pytest

from briefbook import parse_text

CASES = sorted((Path(__file__).parents[1] / "cases" / "parsing").iterdir())
GOLDEN = os.environ.get("BRIEFBOOK_GOLDEN") == "1"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_makes_the_expected_body_of_a_whole_file(case: Path) -> None:
    source = (case / "source.txt").read_bytes().decode()
    expected = case / "expected.md"
    body = parse_text(source).body + "\n"
    if GOLDEN:
        expected.write_bytes(body.encode())
    assert body == expected.read_bytes().decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_says_why_it_is_there(case: Path) -> None:
    assert len((case / "why.md").read_text("utf-8").split()) >= 10
