"""Fit a table of weights for `briefbook.parsing.sequence`: a linear-chain conditional random field.

Trained with L-BFGS on the likelihood with a softmax margin (Gimpel and Smith 2010): a wrong line
costs as much as it has words, so that a lost paragraph weighs more than a kept label. Needs numpy
and scipy, which are development dependencies; nothing of this runs at run time.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize

from briefbook.parsing.sequence import NEVER, Model

Floats = NDArray[np.float64]
_LOG_ZERO = -1e9


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled text."""

    group: str  # texts of one group (a web site) stay in one fold
    signs: Sequence[Sequence[str]]  # of each line
    states: Sequence[int]  # the true state of each line
    costs: Sequence[float]  # what a wrong state of each line costs
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Shape:
    """The states, and which paths through them are allowed."""

    states: tuple[str, ...]
    first: tuple[int, ...]  # where a path may start
    last: tuple[int, ...]  # and end
    steps: frozenset[tuple[int, int]]  # (from, to)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of signs and steps."""

    shape: Shape
    signs: Mapping[str, int]  # row of each sign
    weights: Floats  # [row, state]
    steps: Floats  # [from, to]


def fit(
    samples: Sequence[Sample],
    shape: Shape,
    *,
    l2: Callable[[str], float],
    least_groups: int,
    steps: int = 80,
) -> Fitted:
    """Fit weights.

    Args:
        samples: Labelled texts.
        shape: The states.
        l2: How much a large weight of each sign costs; steps cost 1.
        least_groups: A sign seen in fewer groups is left out, as it cannot be trusted elsewhere.
        steps: Steps of the optimiser at most.
    """
    rows = _rows(samples, least_groups)
    features = _matrix([s.signs for s in samples], rows)
    transposed = features.T.tocsr()
    truth = np.concatenate([np.asarray(s.states) for s in samples])
    weight = np.concatenate([np.full(len(s.states), s.weight) for s in samples])
    n, width = len(truth), len(shape.states)
    correct = np.zeros((n, width))
    correct[np.arange(n), truth] = 1.0
    cost = np.concatenate([np.asarray(s.costs, float) for s in samples])[:, None] * (1 - correct)
    counts = np.zeros((width, width))
    for sample in samples:
        for a, b in zip(sample.states, sample.states[1:], strict=False):
            counts[a, b] += sample.weight
    batch = _Batch([len(s.states) for s in samples], np.array([s.weight for s in samples]))
    edge = len(rows) * width
    price = np.concatenate([np.repeat([l2(sign) for sign in rows], width), np.ones(width * width)])

    def loss(flat: Floats) -> tuple[float, Floats]:
        table, between = flat[:edge].reshape(-1, width), flat[edge:].reshape(width, width)
        own = features @ table
        partition, at, across = batch.expect(own + cost, between, shape)
        value = partition - (own * correct * weight[:, None]).sum() - (counts * between).sum()
        slope = (transposed @ ((at - correct) * weight[:, None])).ravel()
        gradient = np.concatenate([slope, (across - counts).ravel()])
        return float(value + 0.5 * (price * flat * flat).sum()), gradient + price * flat

    start = np.zeros(edge + width * width)
    options = {"maxiter": steps, "maxcor": 8}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    return Fitted(
        shape=shape,
        signs=rows,
        weights=found.x[:edge].reshape(-1, width),
        steps=found.x[edge:].reshape(width, width),
    )


def as_model(fitted: Fitted) -> Model:
    """Return the weights as the run time uses them: hundredths, signs without any left out."""
    shape, states = fitted.shape, range(len(fitted.shape.states))
    table = {sign: _hundredths(fitted.weights[row]) for sign, row in fitted.signs.items()}
    return Model(
        states=shape.states,
        signs={sign: weights for sign, weights in table.items() if any(weights)},
        first=tuple(0 if s in shape.first else NEVER for s in states),
        last=tuple(0 if s in shape.last else NEVER for s in states),
        steps=tuple(
            tuple(
                weight if (a, b) in shape.steps else NEVER
                for b, weight in enumerate(_hundredths(fitted.steps[a]))
            )
            for a in states
        ),
    )


def _hundredths(values: Floats) -> tuple[int, ...]:
    return tuple(round(100 * float(value)) for value in values)


def write(fitted: Fitted, path: Path, notes: Sequence[str]) -> None:
    """Write a table that `sequence.load` reads."""
    model = as_model(fitted)
    rows = {"sign": model.states, "(first)": model.first, "(last)": model.last}
    rows |= {f"(after {s})": row for s, row in zip(model.states, model.steps, strict=True)}
    rows |= dict(sorted(model.signs.items()))
    lines = [f"# {note}" for note in notes]
    for sign, cells in rows.items():
        lines.append("\t".join([sign, *("-" if cell == NEVER else str(cell) for cell in cells)]))
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _rows(samples: Sequence[Sample], least_groups: int) -> dict[str, int]:
    seen: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        for signs in sample.signs:
            for sign in signs:
                seen[sign].add(sample.group)
    kept = sorted(sign for sign, groups in seen.items() if len(groups) >= least_groups)
    return {sign: row for row, sign in enumerate(kept)}


def _matrix(texts: Sequence[Sequence[Sequence[str]]], rows: Mapping[str, int]) -> sparse.csr_matrix:
    ends, columns = [0], []
    for text in texts:
        for signs in text:
            columns.extend(rows[sign] for sign in signs if sign in rows)
            ends.append(len(columns))
    ones = np.ones(len(columns))
    return sparse.csr_matrix((ones, columns, ends), shape=(len(ends) - 1, len(rows)))


class _Batch:
    """Forward and backward sums over many texts of different lengths at once."""

    def __init__(self, lengths: Sequence[int], weights: Floats) -> None:
        sizes = np.array(lengths)
        self.offsets = np.concatenate([[0], np.cumsum(sizes)])
        self.order = np.argsort(-sizes, kind="stable")
        ordered = sizes[self.order]
        self.longest = int(sizes.max())
        self.active = [int((ordered > t).sum()) for t in range(self.longest)]
        self.heads = self.offsets[:-1][self.order]
        self.tails = self.heads + ordered - 1
        self.weights = weights[self.order]

    def expect(self, own: Floats, between: Floats, shape: Shape) -> tuple[float, Floats, Floats]:
        """Return the log partition, the chance of each state at each line, and of each step."""
        width = len(shape.states)
        allowed = np.full((width, width), _LOG_ZERO)
        for a, b in shape.steps:
            allowed[a, b] = 0.0
        steps = between + allowed
        first, last = (
            np.array([0.0 if s in ends else _LOG_ZERO for s in range(width)])
            for ends in (shape.first, shape.last)
        )
        forward, backward = np.zeros(own.shape), np.zeros(own.shape)
        current = np.zeros((0, width))
        for t in range(self.longest):
            k = self.active[t]
            here = self.heads[:k] + t
            into = _log_sum(current[:k, :, None] + steps[None], 1) if t else first
            current = own[here] + into
            forward[here] = current
        partition = _log_sum(forward[self.tails] + last, 1)
        across = np.zeros((width, width))
        for t in range(self.longest):
            k = self.active[t]
            here = self.tails[:k] - t
            if t == 0:
                backward[here] = last
                continue
            onward = steps[None] + (own[here + 1] + backward[here + 1])[:, None, :]
            backward[here] = _log_sum(onward, 2)
            chance = np.exp(forward[here][:, :, None] + onward - partition[:k][:, None, None])
            across += (chance * self.weights[:k][:, None, None]).sum(0)
        each = np.empty(len(own))
        for value, text in zip(partition, self.order, strict=True):
            each[self.offsets[text] : self.offsets[text + 1]] = value
        at = np.exp(forward + backward - each[:, None])
        return float((partition * self.weights).sum()), at, across


def _log_sum(values: Floats, axis: int) -> Floats:
    most = values.max(axis, keepdims=True)
    summed: Floats = np.log(np.exp(values - most).sum(axis, keepdims=True)) + most
    return summed.squeeze(axis)
