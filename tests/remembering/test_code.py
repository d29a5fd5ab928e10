"""The mark of the code that made answers tells it from any other, and from nothing else."""

import os
import shutil
from pathlib import Path

import pytest

import briefbook
from briefbook import codemark as code


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program."""
    here = tmp_path / "briefbook"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(briefbook.__file__).parent, here, ignore=ignored)
    monkeypatch.setattr(code, "__file__", str(here / "codemark.py"))
    return here


def test_the_same_program_elsewhere_and_later_has_the_same_mark(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = code.code_mark()
    os.utime(program / "model.py", (1, 1))
    (program / "__pycache__").mkdir()
    (program / "__pycache__/model.pyc").write_text("compiled")
    assert code.code_mark() == there
    monkeypatch.undo()
    assert code.code_mark() == there


@pytest.mark.parametrize("name", ["model.py", "parsing/outlets.py", "new.py"])
def test_another_line_anywhere_is_another_mark(program: Path, name: str) -> None:
    before = code.code_mark()
    with (program / name).open("ab") as file:
        file.write(b"#")
    assert code.code_mark() != before
