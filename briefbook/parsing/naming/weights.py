"""Weights: how much each sign speaks for a person, an organisation or a place.

The table is made by scripts/fit_names.py, in hundredths; what speaks for no name at all is the zero
the three are measured against.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from briefbook.parsing.naming.signs import own_signs

_TABLE = Path(__file__).parents[1] / "weights/names.tsv"
Weights = tuple[int, int, int]


class Table(NamedTuple):
    """The weights by what the signs are of; a neighbour's sign is without its mark there."""

    signs: dict[str, Weights]
    before: dict[str, Weights]
    after: dict[str, Weights]
    two_before: dict[str, Weights]
    two_after: dict[str, Weights]


@cache
def table() -> Table:
    """Return the shipped table."""
    found = Table({}, {}, {}, {}, {})
    marked = {"<": found.before, ">": found.after, "<<": found.two_before, ">>": found.two_after}
    for line in _TABLE.read_text("utf-8").split("\n"):
        if line.startswith("#") or not line:
            continue
        sign, person, organisation, place = line.split("\t")
        weights = (int(person), int(organisation), int(place))
        mark, _, rest = sign.partition(" ")
        if mark in marked:
            marked[mark][rest] = weights
        else:
            found.signs[sign] = weights
    return found


@lru_cache(maxsize=1 << 15)
def own_weights(text: str) -> Weights:
    """Return how much a form speaks for each kind by itself."""
    return total(own_signs(text))


def total(signs: list[str]) -> Weights:
    """Return the sum of the weights of signs."""
    by_sign = table().signs
    person = organisation = place = 0
    for sign in signs:
        weights = by_sign.get(sign)
        if weights is not None:
            person += weights[0]
            organisation += weights[1]
            place += weights[2]
    return person, organisation, place
