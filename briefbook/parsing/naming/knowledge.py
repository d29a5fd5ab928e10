"""Knowledge: lists of names and words, and which of them hold a name."""

from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "gazetteers"
# The name of a list in signs, and its files; a file of capitals is written by hand.
_LISTS = {
    "country": ("countries",),
    "region": ("regions",),
    "large city": ("cities-large", "oldcities"),
    "city": ("cities-small",),
    "organisation": ("organisations",),
    "company": ("companies",),
    "team": ("teams",),
    "people": ("demonyms",),
    "other": ("others",),
    "given": ("given",),
    "family": ("family",),
    "more": ("morenames",),
    "ordinary": ("ordinary",),
    "at times": ("ordinary-at-times",),
}
# Lists whose lines hold several names, divided by this.
# Compiled lists are folded; so many lines at their head say where they are from.
_COMPILED = {
    "cities-large": 2,
    "cities-small": 2,
    "given": 1,
    "family": 1,
    "ordinary": 1,
    "ordinary-at-times": 1,
}
_WHOLE_LINES = "// Two words."
_DIVIDED = {"teams": ",", "demonyms": " ", "morenames": " "}


# The lists a name can be in as a whole, and those of single words.
WHOLE = (
    "country", "region", "large city", "city", "organisation", "company", "team", "people", "other",
)  # fmt: skip
_BITS = {which: 1 << n for n, which in enumerate(_LISTS)}


def mask(*which: str) -> int:
    """Return the bits of some lists."""
    return sum(_BITS[one] for one in which)


_OF_WHOLE = mask(*WHOLE)


@cache
def bits() -> dict[str, int]:
    """Return every name and word of the lists, folded, with the bits of the lists it is in.

    One look-up instead of one a list, as every word of every name is looked up.
    """
    found: dict[str, int] = {}
    for which, files in _LISTS.items():
        bit = _BITS[which]
        for file in files:
            for name in _read(file):
                found[name] = found.get(name, 0) | bit
    found.pop("", None)
    return found


def is_in(name: str, of_lists: int) -> bool:
    """Tell whether one of some lists, given as bits, has a folded name."""
    return bool(bits().get(name, 0) & of_lists)


def is_of_people(key: str) -> bool:
    """Tell whether a form is of a people and nothing else: "Polish" is of a place, but no place."""
    return bits().get(key, 0) & _OF_WHOLE == _BITS["people"]


@lru_cache(maxsize=1 << 12)
def lists(of_bits: int) -> tuple[str, ...]:
    """Return the names of the lists that bits stand for."""
    return tuple(which for which, bit in _BITS.items() if of_bits & bit)


@cache
def known(which: str) -> frozenset[str]:
    """Return a list, folded."""
    return frozenset(name for name, of_name in bits().items() if of_name & _BITS[which])


def _read(file: str) -> list[str]:
    lines = (_FOLDER / f"{file}.txt").read_text("utf-8").rstrip("\n").split("\n")
    if file in _COMPILED:
        return lines[_COMPILED[file] :]
    found: list[str] = []
    divider = _DIVIDED.get(file)
    for line in lines:
        if line.startswith("//"):
            divider = None if line == _WHOLE_LINES else _DIVIDED.get(file)
        else:
            found += line.split(divider) if divider else [line]
    return [fold_name(name.strip()) for name in found if name.strip()]


def fold_name(name: str) -> str:
    """Return a name as the lists have it: small letters, one apostrophe, a possessive kept."""
    return name.lower().replace("’", "'")
