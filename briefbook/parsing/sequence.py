"""Sequence: the best state for each line of a text, by named signs with weights.

In: the signs of every line and a table of weights. Out: one state a line, the best way through the
whole text instead of line by line, and which sign spoke loudest. The tables stand beside the code
as `*.tsv`, made by `scripts/fit.py`; nothing is learned at run time. Weights are hundredths, whole
numbers, so that sums are the same on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# What no path may do; far below any sum of weights.
_NEVER = -(10**9)
_FOLDER = Path(__file__).parent / "weights"
Weights = tuple[int, ...]  # one a state


@dataclass(frozen=True, slots=True)
class Model:
    """States, what may follow what, and how much each sign speaks for each state."""

    states: tuple[str, ...]
    signs: dict[str, Weights]
    first: Weights  # of a state at the first line
    last: Weights  # of a state at the last line
    steps: tuple[Weights, ...]  # [from][to]

    def scores(self, signs: Sequence[str]) -> Weights:
        """Return how much a line's signs speak for each state."""
        table = self.signs
        rows = [table[sign] for sign in signs if sign in table]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * len(self.states)

    def loudest(self, signs: Sequence[str], state: int, other: int) -> str:
        """Return the sign that speaks most for one state against another, "" where none does."""
        table = self.signs
        best, most = "", 0
        for sign in signs:
            if sign in table and (margin := table[sign][state] - table[sign][other]) > most:
                best, most = sign, margin
        return best


def best_path(model: Model, scores: Sequence[Weights]) -> tuple[tuple[int, ...], int]:
    """Return the state of each line on the best path, and how much the path is worth.

    Args:
        model: The weights.
        scores: Of each line for each state, hundredths; linear in their number (Viterbi).
    """
    if not scores:
        return (), 0
    into = _into(model)
    states = range(len(model.states))
    value = [a + b for a, b in zip(scores[0], model.first, strict=True)]
    back: list[list[int]] = []
    for row in scores[1:]:
        before, value, came = value, [], []
        for state in states:
            best, origin = max((before[a] + step, -a) for a, step in into[state])
            value.append(best + row[state])
            came.append(-origin)
        back.append(came)
    worth, state = max((v + e, -s) for s, (v, e) in enumerate(zip(value, model.last, strict=True)))
    path = [-state]
    for came in reversed(back):
        path.append(came[path[-1]])
    return tuple(reversed(path)), worth


def _into(model: Model) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return, for each state, the states that may come before it and what the step weighs."""
    n = range(len(model.states))
    return tuple(tuple((a, model.steps[a][b]) for a in n if model.steps[a][b] > _NEVER) for b in n)


@cache
def load(name: str) -> Model:
    """Read a table of weights once.

    The first row names the states; the rows `(first)`, `(last)` and `(after STATE)` weigh where a
    path may start, end and go, with `-` for never; every other row is a sign.
    """
    states: tuple[str, ...] = ()
    rows: dict[str, Weights] = {}
    for line in (_FOLDER / f"{name}.tsv").read_text("utf-8").split("\n"):
        if not line or line.startswith("# "):
            continue
        sign, *cells = line.split("\t")
        if not states:
            states = tuple(cells)
        else:
            rows[sign] = tuple(_NEVER if cell == "-" else int(cell) for cell in cells)
    return Model(
        states=states,
        first=rows.pop("(first)"),
        last=rows.pop("(last)"),
        steps=tuple(rows.pop(f"(after {state})") for state in states),
        signs=rows,
    )
