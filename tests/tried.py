"""How tests of hostile text and bad luck say what they tried.

They run in two forms: a short one in each run of the tests, and a long one by `make torture`, which
sets BRIEFBOOK_TORTURE. `many` tells how much a test tries; `tried` counts it for the table of
docs/torture.md, which `python -m scripts.torture` writes. What such a test found before it was
mended stands in tests/findings/.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

IS_LONG = bool(os.environ.get("BRIEFBOOK_TORTURE"))

Tried = Callable[..., None]


def many(*, short: int, long: int) -> int:
    """Return how much is tried: little in a run of all tests, much by `make torture`."""
    return long if IS_LONG else short


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Iterator[Tried]:
    """Counts what was tried: `tried(point, what, cases)`.

    `point` is one of `scripts.torture.POINTS`; equal words for `what` in several tests, or several
    times in one, are added up. With `adds=True` the cases of former runs count too. Nothing is
    written but by `make torture`, which names a folder in BRIEFBOOK_TRIED.
    """
    rows: list[dict[str, object]] = []

    def count(point: str, what: str, cases: int, *, adds: bool = False) -> None:
        rows.append(
            {"point": point, "what": what, "cases": cases, "adds": adds, "test": request.node.path}
        )

    yield count
    if folder := os.environ.get("BRIEFBOOK_TRIED"):
        _append(Path(folder), rows, request.config.rootpath)


def _append(folder: Path, rows: list[dict[str, object]], root: Path) -> None:
    """Write rows to a file of this process alone, so that workers do not mix their lines."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
        for row in rows:
            where = Path(str(row["test"])).relative_to(root).as_posix()
            file.write(json.dumps(row | {"test": where, "long": IS_LONG}) + "\n")
