"""Garbage in circles is looked for often only where there is any."""

import subprocess
import sys

CODE = """\
import gc
from briefbook.worker import collect_seldom

class Circle:
    def __init__(self):
        self.me = self


collect_seldom()
first = gc.get_threshold()[0]
{made}
print(first, gc.get_threshold()[0])
"""


def thresholds(made: str) -> list[str]:
    """Return at which count Python looks at first, and in the end."""
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(made=made)], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_python_looks_less_often_where_it_finds_nothing() -> None:
    assert thresholds("kept = [[] for _ in range(600_000)]") == ["100000", "1600000"]


def test_python_looks_as_often_as_at_first_where_it_finds_circles() -> None:
    lost = "for _ in range(2_000_000): Circle()"
    assert thresholds(lost) == ["100000", "100000"]


def test_python_looks_more_often_again_once_it_finds_circles() -> None:
    both = "kept = [[] for _ in range(600_000)]\nfor _ in range(2_000_000): Circle()"
    assert thresholds(both) == ["100000", "100000"]
