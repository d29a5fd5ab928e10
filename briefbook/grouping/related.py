"""Related: for each entry, earlier ones that a reader of it may want, by the rare names they share.

In: what may be shown of each entry, in order of arrival. Out: for each up to four others, of other
stories. Only what arrived before counts, also for how rare a name is, so nothing that arrives later
changes what an entry is related to.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefbook.grouping.named import key_of, names_of, spelled_out
from briefbook.model import PublicEntry, Related
from briefbook.text.naming import ORGANISATION, PERSON, PLACE, is_full

MOST_RELATED = 4
MOST_SHOWN = 3  # names that are given as the reason

# Chosen by looking at the samples and at 1,500 development articles; nothing was fitted. A name
# counts up to 1 where it stands in one of many earlier entries, and 0 where it stands in all.
_FEW = 10  # as long as there are fewer entries than this, no name is surely rare
_COMMON = 0.3  # what counts less than this says what the site is about, not the entry
_COUNTS = {PERSON: 1.0, ORGANISATION: 0.75, PLACE: 0.5}  # much happens at one place or company
_TOPIC_COUNTS = 0.25
_ENOUGH = 0.9
_FEWEST_SIGNS = 2  # names and a topic they share: one name alone may stand in both by chance
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
        entries: What is shown, in order of arrival. Drafts and scheduled entries
            have related ones and are none.
    """
    seen = _Seen()
    found: dict[str, tuple[Related, ...]] = {}
    for entry in entries:
        names = _names(entry)
        if related := _related(entry, names, seen):
            found[entry.slug] = related
        if not entry.is_preview:
            for key in names:
                seen.having[key].append(len(seen.entries))
            seen.entries.append(entry)
    return found


def _names(entry: PublicEntry) -> dict[_Key, str]:
    """Return the full names of an entry by their keys, as it spells them."""
    long_forms = dict(spelled_out(entry))  # a short form and its long one are one sign, not two
    found: dict[_Key, str] = {}
    for kind, spelling in names_of(entry):
        if is_full(kind, spelling):
            key = key_of(kind, spelling)
            found.setdefault((kind, long_forms.get(key, key)), spelling)
    return found


def _related(entry: PublicEntry, names: Mapping[_Key, str], seen: _Seen) -> tuple[Related, ...]:
    weights = _weights(names, seen)
    shared: dict[int, float] = defaultdict(float)
    signs: Counter[int] = Counter()
    for key, weight in weights.items():
        for number in seen.having[key][-_NEWEST:]:
            shared[number] += weight
            signs[number] += 1
    topics = set(entry.topics)
    ranked = []
    for number, count in shared.items():
        if count + _TOPIC_COUNTS < _ENOUGH:
            continue
        other = seen.entries[number]
        topic = not topics.isdisjoint(other.topics)
        count += _TOPIC_COUNTS * topic
        is_like = count >= _ENOUGH and signs[number] + topic >= _FEWEST_SIGNS
        if is_like and (other.story is None or other.story != entry.story):
            ranked.append((count, number))
    chosen: dict[str, Related] = {}
    for _, number in sorted(ranked, reverse=True):
        if len(chosen) == MOST_RELATED:
            break
        other = seen.entries[number]
        if (event := other.story or other.slug) not in chosen:  # of a story one report is enough
            reasons = [names[key] for key in weights if number in seen.having[key][-_NEWEST:]]
            chosen[event] = Related(entry=other.slug, names=tuple(reasons[:MOST_SHOWN]))
    return tuple(chosen.values())


def _weights(names: Mapping[_Key, str], seen: _Seen) -> dict[_Key, float]:
    """Return what sharing each name counts, those that count nothing left out, rarest first."""
    found: dict[_Key, float] = {}
    for key in names:
        if having := len(seen.having.get(key, ())):
            entries = len(seen.entries)
            rarity = math.log((entries + 1) / having) / math.log(entries + _FEW)
            if rarity >= _COMMON:
                found[key] = rarity * _COUNTS[key[0]]
    return dict(sorted(found.items(), key=lambda item: -item[1]))
