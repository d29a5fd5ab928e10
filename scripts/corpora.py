"""The development data beside the project, one JSON object a line."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CORPORA = Path(__file__).parents[2] / "shared/corpora"


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of the corpora, named without its ending."""
    with gzip.open(CORPORA / f"{name}.jsonl.gz", "rt", encoding="utf-8", newline="\n") as file:
        yield from (json.loads(line) for line in file if line.strip())
