"""Sequence: the best state for each line of a text, by named signs with weights.

In: the signs of every line and a table of weights. Out: one state a line, the best way through the
whole text instead of line by line, and which sign spoke loudest. The tables stand beside the code
as `weights/*.tsv`, made by `scripts/fit_article.py` and `scripts/fit_structure.py`; nothing is
learned at run time. Weights are hundredths, whole numbers, so that sums are the same on every
machine.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# What no path may do; far below any sum of weights.
NEVER = -(10**9)
_FOLDER = Path(__file__).parent / "weights"
Weights = tuple[int, ...]  # one a state
# For each state, the states that may come before it and what the step weighs.
Steps = tuple[tuple[tuple[int, int], ...], ...]


# Weights are added up as one whole number, so many bits a state: far more than a line weighs.
_BITS = 32


class Packing:
    """How the weights for some states are one whole number, which adds up faster than they do."""

    def __init__(self, states: int) -> None:
        # With half of what fits added to each state, none is below 0 and borrows from the next.
        self._halves = sum(1 << _BITS * (state + 1) - 1 for state in range(states))
        self._struct = struct.Struct(f"<{states}i")

    def packed(self, weights: Weights) -> int:
        """Return weights as one number."""
        return sum(weight << _BITS * state for state, weight in enumerate(weights))

    def unpacked(self, total: int) -> Weights:
        """Return the weights of a sum of such numbers."""
        # What is too large by half of what fits differs in one bit from itself as a signed number.
        shifted = total + self._halves ^ self._halves
        return self._struct.unpack(shifted.to_bytes(self._struct.size, "little"))


@cache
def packing(states: int) -> Packing:
    """Return how weights for so many states are packed."""
    return Packing(states)


@dataclass(frozen=True, slots=True, eq=False)  # itself alone: told apart, not compared
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
        return self.added([table[sign] for sign in signs if sign in table])

    def added(self, rows: Sequence[Weights]) -> Weights:
        """Return the sum of some weights."""
        return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * len(self.states)

    def loudest(self, signs: Sequence[str], state: int, other: int) -> str:
        """Return the sign that speaks most for one state against another, "" where none does."""
        table = self.signs
        best, most = "", 0
        for sign in signs:
            if sign in table and (margin := table[sign][state] - table[sign][other]) > most:
                best, most = sign, margin
        return best


def best_path(model: Model, scores: Sequence[Weights]) -> tuple[tuple[int, ...], list[Weights]]:
    """Return the state of each line on the best path, and how sure each of them is.

    Args:
        model: The weights.
        scores: Of each line for each state, hundredths.

    Returns:
        The states; and for each line and state what the best path through it is worth (max-sum
        forwards and backwards, linear in the number of lines): a state that is hardly worth more
        than another is a guess.
    """
    if not scores:
        return (), []
    into = _steps(model.steps)
    onto = _steps(tuple(zip(*model.steps, strict=True)))
    forward = _sums(scores, model.first, into)
    backward = _sums(scores[::-1], model.last, onto)[::-1]
    worth = [
        tuple([f + b - own for f, b, own in zip(*rows, strict=True)])
        for rows in zip(forward, backward, scores, strict=True)
    ]
    return _path(model, forward, into), worth


def best_states(model: Model, scores: Sequence[Weights]) -> tuple[int, ...]:
    """Return the state of each line on the best path, for half the work; see `best_path`."""
    if not scores:
        return ()
    into = _steps(model.steps)
    return _path(model, _sums(scores, model.first, into), into)


def _path(model: Model, forward: Sequence[Weights], into: Steps) -> tuple[int, ...]:
    """Return the best path, from what the best path to each state at each line is worth.

    The last state first, then back along the steps: ties go to the earlier state, always.
    """
    states = range(len(model.states))
    path = [max(states, key=lambda s: (forward[-1][s] + model.last[s], -s))]
    for row in reversed(forward[:-1]):
        before = into[path[-1]]
        sums = [row[state] + step for state, step in before]
        path.append(before[sums.index(max(sums))][0])
    return tuple(reversed(path))


def _sums(scores: Sequence[Weights], start: Weights, into: Steps) -> list[Weights]:
    """Return what the best path that ends in each state is worth at each line, its own included."""
    value = tuple(a + b for a, b in zip(scores[0], start, strict=True))
    sums = [value]
    # Plain loops: this runs for every line, and `max` of a list costs more than the few steps.
    befores = [(*before[0], before[1:]) for before in into]
    for row in scores[1:]:
        following = []
        for (a, step, others), own in zip(befores, row, strict=True):
            best = value[a] + step
            for other, weight in others:
                if (worth := value[other] + weight) > best:
                    best = worth
            following.append(best + own)
        value = tuple(following)
        sums.append(value)
    return sums


def _steps(table: Sequence[Weights]) -> Steps:
    """Return, for each state, the states that may come before it and what the step weighs."""
    n = range(len(table))
    return tuple(tuple((a, table[a][b]) for a in n if table[a][b] > NEVER) for b in n)


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
            rows[sign] = tuple(NEVER if cell == "-" else int(cell) for cell in cells)
    return Model(
        states=states,
        first=rows.pop("(first)"),
        last=rows.pop("(last)"),
        steps=tuple(rows.pop(f"(after {state})") for state in states),
        signs=rows,
    )
