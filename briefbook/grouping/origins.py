"""Origins: who really says it, when several outlets carry one text.

In: the entries of one story. Out: its origins, each with the entries that carry it. Two entries are
one origin when their credits name the same one, or when one carries the other's text. An entry
joins the first origin it fits, so later ones never move it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from briefbook.model import Entry, Origin, OutletSetting
from briefbook.text.markdown import plain
from briefbook.text.spellings import Spellings
from briefbook.text.words import fold_word, words

# Word sequences of this length do not repeat by chance.
_RUN = 8
# Sharing this part of the shorter text's sequences means carrying it.
_CARRIED = 0.4


@dataclass(frozen=True, slots=True)
class _Text:
    """What tells whose text an entry is."""

    entry: Entry
    credit: str  # folded name of the origin the text credits, "" where it credits none
    names: frozenset[str]  # the credit and the outlet, folded
    runs: frozenset[tuple[str, ...]]  # its sequences of words


def find_origins(
    entries: Sequence[Entry],
    outlets: Sequence[OutletSetting] = (),
    shown: Collection[str] | None = None,
) -> tuple[Origin, ...]:
    """Return the origins of a story in order of arrival.

    Args:
        entries: The entries of the story, in order of arrival.
        outlets: What the editor says of outlets; their aliases join spellings.
        shown: Slugs of the entries that may name an origin; None: all may. Of what was withdrawn
            nothing is told, though its copies stay copies.
    """
    groups: list[list[_Text]] = []
    spellings = Spellings(outlet.spellings for outlet in outlets)
    for text in (_read(entry, spellings) for entry in entries):
        home = next((g for g in groups if any(_same(text, each) for each in g)), None)
        if home is None:
            groups.append([text])
        else:
            home.append(text)
    return tuple(
        Origin(name=_name(group, shown), entries=tuple(text.entry.slug for text in group))
        for group in groups
    )


def _read(entry: Entry, spellings: Spellings) -> _Text:
    credit = spellings.key(entry.origin or "")
    names = frozenset({credit, spellings.key(entry.outlet or "")} - {""})
    return _Text(entry, credit, names, _runs(entry))


def _name(group: Sequence[_Text], shown: Collection[str] | None) -> str:
    """Return the origin that a credit names, else the outlet of the first copy."""
    group = [text for text in group if shown is None or text.entry.slug in shown]
    credits = sorted((t.entry.origin for t in group if t.entry.origin), key=len, reverse=True)
    return credits[0] if credits else next((t.entry.outlet or "" for t in group), "")


def _same(one: _Text, other: _Text) -> bool:
    # An outlet's own two reports are two texts; a credit to one origin makes them one.
    shared = one.names & other.names
    return one.credit in shared or other.credit in shared or _carries(one, other)


def _carries(one: _Text, other: _Text) -> bool:
    smaller = min(len(one.runs), len(other.runs))
    return smaller > 0 and len(one.runs & other.runs) >= _CARRIED * smaller


def _runs(entry: Entry) -> frozenset[tuple[str, ...]]:
    found = [fold_word(word) for word in words(plain(entry.body))]
    return frozenset(tuple(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1))
