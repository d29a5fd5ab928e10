"""Fit the weights of briefbook/grouping/likeness.py, and say how well stories are found with them.

    python scripts/fit_stories.py            print the weights, to be copied there
    python scripts/fit_stories.py --folds    also score five folds, and each set by the other sets

Reads the development halves of the story corpora in ../shared. A logistic regression on pairs of
articles, each pair as it looks when the later one arrives: of one event or of two. Streams are
those of the scorer: general news (mix), beats cut from it, and look-alike events (ecb). Needs
numpy and scipy. The threshold and what adapts it stand in stories.py; they were chosen where
weights fitted on one half of the stories filed the other half, for three ways to halve them.
"""

import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from corpora import rows
from numpy.typing import NDArray
from scipy.optimize import minimize

from briefbook import Item, file_stories
from briefbook.grouping import likeness
from briefbook.grouping.likeness import WEIGHTS, Lengths, kinds, lengths_of, see
from briefbook.grouping.reports import Report, read_report
from briefbook.grouping.similarity import Rarity

Floats = NDArray[np.float64]
Row = Mapping[str, Any]
MIX = ("giveme5w", "galaxy", "basil", "wcl")
# Beats as ../shared/measure/score_grouping.py cuts them.
BEATS = """korea israel russia ukraine syria egypt iran china trump obama romney clinton police
    republican nasa""".split()
FOLDS = 5
L2 = 1e-7
# Lengths are measured anew when so many more texts have come: as recent.py does, a little finer.
FRESH = 0.03


@dataclass(frozen=True)
class Pairs:
    """All pairs of a stream."""

    likeness: Floats  # [pair, kind]
    same: NDArray[np.bool_]
    weight: Floats
    one: NDArray[np.int64]  # row of the later article in its stream
    other: NDArray[np.int64]


def streams() -> dict[str, list[Row]]:
    """Return the articles of each stream in order of arrival."""
    sets = {
        name: [{**row, "set": name} for row in rows(f"stories-{name}")] for name in (*MIX, "ecb")
    }
    found = {"mix": _arriving([row for name in MIX for row in sets[name]])}
    found["ecb"] = _arriving(sets["ecb"])
    for beat in BEATS:
        of_beat = [r for r in found["mix"] if beat in f"{r['title']} {r['text'][:300]}".lower()]
        if len(of_beat) >= 10 and len({r["story"] for r in of_beat}) >= 4:
            found[f"beat {beat}"] = of_beat
    return found


def _arriving(articles: list[Row]) -> list[Row]:
    return sorted(articles, key=lambda row: (row["date"][:10] or "9999", row["id"]))


def item(row: Row) -> Item:
    return Item(row["id"], row["title"], row["text"], row["date"][:10] or None)


def pairs_of(stream: Sequence[Row]) -> Pairs:
    """Measure every pair of a stream as it looks when the later one arrives."""
    rarity = Rarity()
    before: list[Report] = []
    measured: list[tuple[Lengths, int]] = []
    found: list[tuple[float, ...]] = []
    for n, row in enumerate(stream):
        sight = see(read_report(item(row)), rarity)
        for at, report in enumerate(before):
            if n - measured[at][1] > FRESH * n:
                measured[at] = (lengths_of(report, rarity), n)
            found.append(kinds(sight, report, measured[at][0]))
        before.append(sight.report)
        measured.append((sight.lengths, n))
        rarity.add(sight.report.distinct())
    one, other = np.tril_indices(len(stream), -1)
    story = np.array([row["story"] for row in stream])
    size = Counter(story.tolist())
    same = story[one] == story[other]
    # A story counts by its articles, not by its pairs, of which a large one has very many.
    weight = np.where(same, [2 / size[name] for name in story[one]], 1.0)
    return Pairs(np.array(found), same, weight, one, other)


def fit(samples: Sequence[tuple[Floats, NDArray[np.bool_], Floats]]) -> Floats:
    """Return the weights of the kinds, and the base last."""
    found = np.concatenate([sample[0] for sample in samples])
    signs = np.where(np.concatenate([sample[1] for sample in samples]), 1.0, -1.0)
    weight = np.concatenate([sample[2] for sample in samples])
    weight = weight / weight.sum()
    design = np.c_[found, np.ones(len(found))]

    def loss(values: Floats) -> tuple[float, Floats]:
        margin = signs * (design @ values)
        slope = -signs * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        penalty = L2 * (values[:-1] ** 2).sum()
        gradient = design.T @ slope + 2 * L2 * np.r_[values[:-1], 0]
        return float((weight * np.logaddexp(0, -margin)).sum() + penalty), gradient

    start = np.zeros(design.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def fit_without(
    measured: Mapping[str, Pairs],
    of: Mapping[str, Sequence[Row]],
    is_left_out: Callable[[Row], bool],
) -> Floats:
    """Fit on the pairs that have no article of what is left out."""
    samples = []
    for name, pairs in measured.items():
        kept = np.array([not is_left_out(row) for row in of[name]])
        both = kept[pairs.one] & kept[pairs.other]
        if both.any():
            samples.append((pairs.likeness[both], pairs.same[both], pairs.weight[both]))
    return fit(samples)


def use(values: Floats) -> None:
    """Let filing use these weights."""
    likeness._KIND_WEIGHTS = tuple(float(value) for value in values[:-1])
    likeness.BASE = float(values[-1])


def filed(stream: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the true story and the one found of each article."""
    found = file_stories([item(row) for row in stream])
    return [(row["story"], found[row["id"]]) for row in stream]


def b_cubed(both: Sequence[tuple[str, str]], counted: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the articles that count."""
    together = Counter(both)
    true, found = Counter(t for t, _ in both), Counter(f for _, f in both)
    at = [pair for pair, counts in zip(both, counted, strict=True) if counts]
    precision = sum(together[pair] / found[pair[1]] for pair in at) / len(at)
    recall = sum(together[pair] / true[pair[0]] for pair in at) / len(at)
    return precision, recall, 2 * precision * recall / (precision + recall)


def fold_of(row: Row) -> int:
    # The two look-alike events of ecb stay together.
    story = row["story"].removesuffix("plus").removesuffix("-ecb")
    return int(hashlib.sha256(story.encode()).hexdigest()[:8], 16) % FOLDS


def score_folds(measured: Mapping[str, Pairs], of: Mapping[str, Sequence[Row]]) -> None:
    """File whole streams by weights fitted without a fifth of the stories, and score that fifth."""
    figures: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for fold in range(FOLDS):
        use(fit_without(measured, of, lambda row, fold=fold: fold_of(row) == fold))
        for name, stream in of.items():
            counted = [fold_of(row) == fold for row in stream]
            if any(counted):
                score = b_cubed(filed(stream), counted)[2]
                figures["beats" if name.startswith("beat ") else name].append((score, sum(counted)))
    for name, scores in figures.items():
        mean = sum(score * count for score, count in scores) / sum(count for _, count in scores)
        print(f"five folds      {name:10} B-cubed F1 {mean:.3f}")


def score_sets(measured: Mapping[str, Pairs], of: Mapping[str, Sequence[Row]]) -> None:
    """File each set alone by weights fitted on the others, then by all."""
    everything = fit_without(measured, of, lambda row: False)
    for name in (*MIX, "ecb"):
        stream = [row for row in (of["ecb"] if name == "ecb" else of["mix"]) if row["set"] == name]
        use(fit_without(measured, of, lambda row, name=name: row["set"] == name))
        others = b_cubed(filed(stream), [True] * len(stream))
        use(everything)
        own = b_cubed(filed(stream), [True] * len(stream))
        print(f"other sets only {name:10} B-cubed F1 {others[2]:.3f}, with its own {own[2]:.3f}")


def main(with_folds: bool) -> None:
    of = streams()
    measured = {name: pairs_of(stream) for name, stream in of.items()}
    values = fit_without(measured, of, lambda row: False)
    for kind, value in zip((*WEIGHTS, "BASE"), values, strict=True):
        print(f'    "{kind}": {value:.2f},')
    if with_folds:
        score_folds(measured, of)
        score_sets(measured, of)


if __name__ == "__main__":
    main("--folds" in sys.argv[1:])
