"""Choice: the best of several candidates, or none, by named signs with weights.

In: the signs of every candidate and a table of weights. Out: the place of the best and how sure
that is. The tables stand beside the code as `weights/*.tsv`, made by `scripts/fit_roles.py`;
nothing is learned at run time. Weights are hundredths.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import exp
from pathlib import Path

_FOLDER = Path(__file__).parent / "weights"
# Beyond this a weight decides alone, and `exp` would overflow.
_MOST = 500.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How much each sign speaks for a candidate, and how sure a choice has to be."""

    signs: dict[str, int]  # hundredths
    least: int  # percent: a choice less sure than this is none


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best candidate."""

    place: int  # among the candidates
    sure: float  # 0 to 1


def choose(
    scale: Scale, signs: Sequence[Sequence[str]], values: Sequence[Hashable]
) -> Chosen | None:
    """Return the best candidate, or None where none is sure enough.

    A logit choice between the candidates and none of them. Candidates of one value stand for each
    other: what speaks for one speaks for all; of them the one with the most weight is returned.

    Args:
        scale: The weights.
        signs: Of each candidate.
        values: What each candidate says, to see which say the same.
    """
    if not signs:
        return None
    table = scale.signs
    weights = [exp(min(_MOST, sum(map(table.get, own, repeat(0))) / 100)) for own in signs]
    shares: dict[Hashable, float] = {}
    for value, weight in zip(values, weights, strict=True):
        shares[value] = shares.get(value, 0.0) + weight
    best = max(shares, key=lambda value: shares[value])
    sure = shares[best] / (1.0 + sum(shares.values()))
    if 100 * sure < scale.least:
        return None
    place = max(
        (place for place, value in enumerate(values) if value == best), key=lambda p: weights[p]
    )
    return Chosen(place, sure)


@cache
def load(name: str) -> Scale:
    """Read a table of weights once: a row a sign, and `(least)`, how sure a choice has to be."""
    signs: dict[str, int] = {}
    for line in (_FOLDER / f"{name}.tsv").read_text("utf-8").split("\n"):
        if line and not line.startswith("# "):
            sign, weight = line.rsplit("\t", 1)
            signs[sign] = int(weight)
    return Scale(signs, signs.pop("(least)"))
