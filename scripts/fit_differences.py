"""Fit what `briefbook.grouping.comparing` weighs to tell whether two numbers are of one fact.

    python scripts/fit_differences.py            print the weights
    python scripts/fit_differences.py --folds    five folds by story: the figures to believe

What it learns from: scripts/labels/differences.jsonl, pairs of numbers from two articles of one
story of the development data, judged by reading both sentences (story, then article, line and
number of each side, and whether they are of one fact; line 0 is the title), and the pairs of the
file `discrepancies-numbers`, of which "conflict" is one fact and "other" is not. The weights are
copied into the module by hand. Needs numpy.
"""

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import corpora  # noqa: E402
import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from briefbook.grouping.comparing import agree, signs  # noqa: E402
from briefbook.grouping.facts import Fact, Story, story_facts  # noqa: E402
from briefbook.model import Item  # noqa: E402

LABELS = Path(__file__).parent / "labels" / "differences.jsonl"
SETS = ("giveme5w", "galaxy", "basil", "wcl", "ecb")
# Set by hand in the module: too rare among the labels to be learnt.
BY_HAND = ("precise",)
L2 = 0.5
FOLDS = 5
LEVELS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
Floats = NDArray[np.float64]
Sample = tuple[str, dict[str, float], bool]  # story, signs, one fact


def main() -> None:
    samples = [*_judged(_items()), *_discrepancies(_items())]
    names = [name for name in samples[0][1] if name not in BY_HAND]
    x = np.array([[1.0, *(sample[1][name] for name in names)] for sample in samples])
    y = np.array([float(sample[2]) for sample in samples])
    print(f"{len(y)} pairs, {int(y.sum())} of one fact")
    if "--folds" in sys.argv:
        _report(_folded(x, y, [sample[0] for sample in samples]), y)
        return
    for name, weight in zip(["bias", *names], _fit(x, y), strict=True):
        print(f'    "{name}": {weight:.2f},')


def _items() -> dict[str, Item]:
    rows = (row for name in SETS for row in corpora.rows(f"stories-{name}"))
    return {row["id"]: Item(row["id"], row["title"], row["text"]) for row in rows}


def _judged(items: dict[str, Item]) -> Iterator[Sample]:
    for label in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        pair = [items[label[side][0]] for side in "ab"]
        lines = [
            (item.title, *item.text.split("\n"))[label[side][1]]
            for item, side in zip(pair, "ab", strict=True)
        ]
        numbers = [label[side][2] for side in "ab"]
        yield from _samples(label["story"], pair, lines, numbers, is_same=bool(label["same"]))


def _discrepancies(items: dict[str, Item]) -> Iterator[Sample]:
    for row in corpora.rows("discrepancies-numbers"):
        if row["label"] in ("conflict", "other"):
            pair = [items[row[side]["article"]] for side in "ab"]
            lines = [row[side]["sentence"] for side in "ab"]
            numbers = [float(row[side]["value"]) for side in "ab"]
            is_same = row["label"] == "conflict"
            yield from _samples(row["story"], pair, lines, numbers, is_same=is_same)


def _samples(
    key: str, pair: list[Item], lines: list[str], numbers: list[float], *, is_same: bool
) -> Iterator[Sample]:
    """Find the two facts of a label; none where one of them is not found any more."""
    story = story_facts(pair)
    ones, others = (
        [f for f in facts if f.kind == "number" and _stands(f, line, number)]
        for facts, line, number in zip(story.facts, lines, numbers, strict=True)
    )
    for one in ones:
        for other in others:
            if (one.role, one.group) == (other.role, other.group) and not agree(one, other):
                yield key, signs(one, other, story, *_of_role(story, one)), is_same
                return


def _of_role(story: Story, fact: Fact) -> tuple[list[Fact], list[Fact]]:
    role = fact.kind, fact.role, fact.group
    one, other = ([f for f in facts if (f.kind, f.role, f.group) == role] for facts in story.facts)
    return one, other


def _stands(fact: Fact, line: str, number: float) -> bool:
    sentence = " ".join(fact.sentence.split()).rstrip(".")
    text = " ".join(line.split()).rstrip(".")
    value = fact.value[0] / fact.factor
    scaled = (number * scale for scale in (1.0, 1e3, 1e6, 1e9))
    return (sentence in text or text in sentence) and any(np.isclose(value, s) for s in scaled)


def _fit(x: Floats, y: Floats) -> Floats:
    """Return the weights of a logistic regression, by Newton's method."""
    weights = np.zeros(x.shape[1])
    ridge = np.eye(x.shape[1]) * L2
    ridge[0, 0] = 1e-6
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + ridge @ weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def _folded(x: Floats, y: Floats, keys: list[str]) -> Floats:
    folds = defaultdict(list)
    for n, key in enumerate(keys):
        folds[int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS].append(n)
    sure = np.zeros(len(y))
    for held in folds.values():
        rest = np.setdiff1d(np.arange(len(y)), held)
        sure[held] = 1 / (1 + np.exp(-x[held] @ _fit(x[rest], y[rest])))
    return sure


def _report(sure: Floats, y: Floats) -> None:
    for level in LEVELS:
        chosen = sure >= level
        right = y[chosen].sum()
        print(
            f"{level:.1f}  precision {right / max(1, chosen.sum()):.2f}  "
            f"recall {right / y.sum():.2f}  rows {chosen.sum()}"
        )


if __name__ == "__main__":
    main()
