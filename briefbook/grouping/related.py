"""Related: for each entry, earlier ones that a reader of it may want, by the rare names they share.

In: what may be shown of each entry, in order of arrival. Out: for each up to four others, of other
stories. Only what arrived before counts, also for how rare a name is, so nothing that arrives later
changes what an entry is related to.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefbook.grouping.named import key_of, names_of
from briefbook.model import PublicEntry, Related, Status
from briefbook.text.naming import PLACE, is_full

MOST_RELATED = 4
MOST_SHOWN = 3  # names that are given as the reason

# Chosen by looking at the samples; nothing was fitted. A name counts up to 1 where it stands in one
# of many earlier entries, and 0 where it stands in all.
_FEW = 10  # as long as there are fewer entries than this, no name is surely rare
_COMMON = 0.3  # what counts less than this says what the site is about, not the entry
_PLACE_COUNTS = 0.5  # many events happen in one place
_TOPIC_COUNTS = 0.15
_ENOUGH = 0.6  # a person of two earlier entries in fifteen, or two rare places
# Of each name only the newest of earlier entries are looked at, so that an entry costs the same
# whatever the size of the site.
_NEWEST = 16

_Key = tuple[str, str]  # kind and key of a name


@dataclass(frozen=True, slots=True)
class _Seen:
    """The entries that arrived so far."""

    entries: list[PublicEntry] = field(default_factory=list)
    having: dict[_Key, list[int]] = field(default_factory=lambda: defaultdict(list))


def find_related(entries: Sequence[PublicEntry]) -> Mapping[str, tuple[Related, ...]]:
    """Return the related entries of each by its slug, best first; of most there are none.

    Args:
        entries: What is shown, in order of arrival. Drafts have related entries and are none.
    """
    seen = _Seen()
    found: dict[str, tuple[Related, ...]] = {}
    for entry in entries:
        names = _names(entry)
        if related := _related(entry, names, seen):
            found[entry.slug] = related
        if entry.status is not Status.DRAFT:
            for key in names:
                seen.having[key].append(len(seen.entries))
            seen.entries.append(entry)
    return found


def _names(entry: PublicEntry) -> dict[_Key, str]:
    """Return the full names of an entry by their keys, as it spells them."""
    found: dict[_Key, str] = {}
    for kind, spelling in names_of(entry):
        if is_full(kind, spelling):
            found.setdefault((kind, key_of(kind, spelling)), spelling)
    return found


def _related(entry: PublicEntry, names: Mapping[_Key, str], seen: _Seen) -> tuple[Related, ...]:
    shared: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for key, spelling in names.items():
        having = seen.having.get(key, [])
        weight = _weight(key, len(having), len(seen.entries)) if having else 0
        if weight > 0:
            for number in having[-_NEWEST:]:
                shared[number].append((weight, spelling))
    ranked = sorted(shared, key=lambda number: (-_likeness(entry, number, shared, seen), -number))
    chosen: dict[str, Related] = {}
    for number in ranked:
        other = seen.entries[number]
        if len(chosen) == MOST_RELATED or _likeness(entry, number, shared, seen) < _ENOUGH:
            break
        if other.story is None or other.story != entry.story:
            rarest = sorted(shared[number], key=lambda pair: -pair[0])
            reasons = tuple(spelling for _, spelling in rarest[:MOST_SHOWN])
            # Of a story its best report is enough.
            chosen.setdefault(other.story or other.slug, Related(entry=other.slug, names=reasons))
    return tuple(chosen.values())


def _weight(key: _Key, having: int, all_: int) -> float:
    """Return what sharing a name counts that stands in `having` of `all_` earlier entries."""
    rarity = math.log((all_ + 1) / having) / math.log(all_ + _FEW)
    return 0 if rarity < _COMMON else rarity * (_PLACE_COUNTS if key[0] == PLACE else 1)


def _likeness(
    entry: PublicEntry,
    number: int,
    shared: Mapping[int, Sequence[tuple[float, str]]],
    seen: _Seen,
) -> float:
    is_of_one_topic = not set(entry.topics).isdisjoint(seen.entries[number].topics)
    return sum(weight for weight, _ in shared[number]) + _TOPIC_COUNTS * is_of_one_topic
