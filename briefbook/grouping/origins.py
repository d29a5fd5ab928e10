"""Origins: who really says it, when several outlets carry one text.

In: the entries of one story. Out: its origins, each with the entries that carry it. Two entries are
one origin when their credits name the same one, or when one carries the other's text.
"""

from collections.abc import Sequence

from briefbook.model import Entry, Origin, OutletSetting
from briefbook.text.markdown import plain
from briefbook.text.words import fold_word, folded, words

# Word sequences of this length do not repeat by chance.
_RUN = 8
# Sharing this part of the shorter text's sequences means carrying it.
_CARRIED = 0.4


def find_origins(
    entries: Sequence[Entry], outlets: Sequence[OutletSetting] = ()
) -> tuple[Origin, ...]:
    """Return the origins of a story in order of arrival.

    Args:
        entries: The entries of the story, in order of arrival.
        outlets: What the editor says of outlets; their aliases join spellings.
    """
    groups: list[list[Entry]] = []
    for entry in entries:
        home = next((g for g in groups if any(_same(entry, e, outlets) for e in g)), None)
        if home is None:
            groups.append([entry])
        else:
            home.append(entry)
    return tuple(
        Origin(name=_name(group), entries=tuple(entry.slug for entry in group)) for group in groups
    )


def _name(group: Sequence[Entry]) -> str:
    """Return the origin that a credit names, else the outlet of the first copy."""
    credits = sorted((entry.origin for entry in group if entry.origin), key=len, reverse=True)
    return credits[0] if credits else (group[0].outlet or "")


def _same(one: Entry, other: Entry, outlets: Sequence[OutletSetting]) -> bool:
    named = {_key(one.origin, outlets), _key(one.outlet, outlets)} - {""}
    also = {_key(other.origin, outlets), _key(other.outlet, outlets)} - {""}
    credited = {_key(one.origin, outlets), _key(other.origin, outlets)} - {""}
    # An outlet's own two reports are two texts; a credit to one origin makes them one.
    return bool(named & also & credited) or _carries(one, other)


def _key(name: str | None, outlets: Sequence[OutletSetting]) -> str:
    if not name:
        return ""
    key = folded(name)
    for outlet in outlets:
        if key in (folded(outlet.name), *map(folded, outlet.aliases)):
            return folded(outlet.name)
    return key


def _carries(one: Entry, other: Entry) -> bool:
    first, second = _runs(one), _runs(other)
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) >= _CARRIED * smaller


def _runs(entry: Entry) -> set[tuple[str, ...]]:
    folded_words = [fold_word(word) for word in words(plain(entry.body))]
    return {tuple(folded_words[i : i + _RUN]) for i in range(len(folded_words) - _RUN + 1)}
