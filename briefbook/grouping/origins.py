"""Origins: who really says it, when several outlets carry one text.

In: the entries of one story. Out: its origins, each with the entries that carry it. Two entries are
one origin when their credits name the same one, or when one carries the other's text. An entry
joins the first origin it fits, so later ones never move it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefbook.model import Entry, Origin, OutletSetting
from briefbook.text.markdown import plain
from briefbook.text.spellings import Spellings
from briefbook.text.words import fold_word, words

# Word sequences of this length do not repeat by chance.
_RUN = 8
# Sharing this part of the shorter text's sequences means carrying it.
_CARRIED = 0.4


class OriginText(NamedTuple):
    """What of an entry tells whose text it is: pure data to keep."""

    slug: str
    origin: str | None
    outlet: str | None
    words: str  # of its body, folded, a line each


@dataclass(frozen=True, slots=True)
class _Text:
    """What tells whose text an entry is."""

    entry: OriginText
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
    if len(entries) == 1:  # nothing is to be compared, so its body is not read
        texts = [OriginText(entry.slug, entry.origin, entry.outlet, "") for entry in entries]
    else:
        texts = list(map(origin_text, entries))
    return origins_of(texts, outlets, shown)


def origin_text(entry: Entry) -> OriginText:
    """Read what of an entry tells whose text it is: its body, origin and outlet."""
    found = map(fold_word, words(plain(entry.body)))
    return OriginText(entry.slug, entry.origin, entry.outlet, "\n".join(found))


def origins_of(
    texts: Sequence[OriginText],
    outlets: Sequence[OutletSetting] = (),
    shown: Collection[str] | None = None,
) -> tuple[Origin, ...]:
    """Return the origins of a story as `find_origins` does, from what is kept of its entries."""
    groups = _Groups()
    spellings = Spellings(outlet.spellings for outlet in outlets)
    for text in texts:
        groups.add(_read(text, spellings))
    return tuple(
        Origin(name=_name(group, shown), entries=tuple(text.entry.slug for text in group))
        for group in groups.groups
    )


class _Groups:
    """Texts of one origin each, in order of their first texts.

    A text is compared with the groups alone that share a name or a sequence of words with it: of
    hundreds of reports in a story most share none, and no other can be its origin.
    """

    def __init__(self) -> None:
        self.groups: list[list[_Text]] = []
        self._named: dict[str, set[int]] = {}
        self._having: dict[tuple[str, ...], set[int]] = {}

    def add(self, text: _Text) -> None:
        """Put a text into the first group it fits, or into one of its own."""
        home = next(
            (n for n in sorted(self._near(text)) if any(_same(text, t) for t in self.groups[n])),
            len(self.groups),
        )
        if home == len(self.groups):
            self.groups.append([])
        self.groups[home].append(text)
        for name in text.names:
            self._named.setdefault(name, set()).add(home)
        for run in text.runs:
            self._having.setdefault(run, set()).add(home)

    def _near(self, text: _Text) -> set[int]:
        near: set[int] = set()
        for name in text.names:
            near |= self._named.get(name, near)
        having = self._having
        for run in text.runs:
            if run in having:
                near |= having[run]
        return near


def _read(text: OriginText, spellings: Spellings) -> _Text:
    credit = spellings.key(text.origin or "")
    names = frozenset({credit, spellings.key(text.outlet or "")} - {""})
    found = text.words.split("\n")
    runs = frozenset(tuple(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1))
    return _Text(text, credit, names, runs)


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
