"""Related: for each entry, earlier ones that a reader of it may want, by the rare names they share.

In: what may be shown of each entry, in order of arrival. Out: for each up to four others, of other
stories. Only what arrived before counts, also for how rare a name is, so nothing that arrives later
changes what an entry is related to.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefbook.grouping.named import key_of, names_of, own_forms
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
MOST_SEEN = 16

NameKey = tuple[str, str]  # kind and key of a name


class Earlier(NamedTuple):
    """What of an earlier entry tells whether a later one is related to it."""

    number: int  # in order of arrival, previews not counted
    slug: str
    story: str | None
    topics: tuple[str, ...]


class SeenName(NamedTuple):
    """The earlier entries that have a name."""

    all: int  # how many they are
    newest: tuple[Earlier, ...]  # in order of arrival, those that are looked at


_UNSEEN = SeenName(0, ())


def find_related(entries: Sequence[PublicEntry]) -> Mapping[str, tuple[Related, ...]]:
    """Return the related entries of each by its slug, best first; of most there are none.

    Args:
        entries: What is shown, in order of arrival. Drafts and scheduled entries
            have related ones and are none.
    """
    seen: dict[NameKey, SeenName] = {}
    earlier = 0
    found: dict[str, tuple[Related, ...]] = {}
    for entry in entries:
        names = related_names(entry)
        if others := related(entry, names, seen, earlier):
            found[entry.slug] = others
        if not entry.is_preview:
            this = Earlier(earlier, entry.slug, entry.story, entry.topics)
            for key in names:
                seen[key] = seen_again(seen.get(key), this)
            earlier += 1
    return found


def related_names(entry: PublicEntry) -> dict[NameKey, str]:
    """Return the full names of an entry by kind and key, as it spells them."""
    long_forms = own_forms(entry)  # a short form and its long one are one sign, not two
    found: dict[NameKey, str] = {}
    for kind, spelling in names_of(entry):
        if is_full(kind, spelling):
            key = key_of(kind, spelling)
            found.setdefault((kind, long_forms.get(key, key)), spelling)
    return found


def seen_again(seen: SeenName | None, entry: Earlier) -> SeenName:
    """Return the entries that have a name, with one more that arrived behind them."""
    before, newest = seen or _UNSEEN
    return SeenName(before + 1, (*newest[1 - MOST_SEEN :], entry))


def related(
    entry: PublicEntry,
    names: Mapping[NameKey, str],
    seen: Mapping[NameKey, SeenName],
    earlier: int,
) -> tuple[Related, ...]:
    """Return the related entries of one, best first.

    Args:
        entry: The entry; its story and topics are read.
        names: Its names, as `related_names` returns them.
        seen: Of each of its names, at least, the entries before it that have it; a name that none
            has may be missing.
        earlier: How many entries arrived before it, previews not counted.
    """
    weights = _weights(names, seen, earlier)
    shared: defaultdict[int, float] = defaultdict(float)
    signs: Counter[int] = Counter()
    others: dict[int, Earlier] = {}
    for key, weight in weights.items():
        for other in seen[key].newest:
            shared[other.number] += weight
            signs[other.number] += 1
            others[other.number] = other
    topics = set(entry.topics)
    ranked = []
    for number, count in shared.items():
        if count + _TOPIC_COUNTS < _ENOUGH:
            continue
        other = others[number]
        topic = not topics.isdisjoint(other.topics)
        count += _TOPIC_COUNTS * topic
        is_like = count >= _ENOUGH and signs[number] + topic >= _FEWEST_SIGNS
        if is_like and (other.story is None or other.story != entry.story):
            ranked.append((count, number))
    chosen: dict[str, Related] = {}
    for _, number in sorted(ranked, reverse=True):
        if len(chosen) == MOST_RELATED:
            break
        other = others[number]
        if (event := other.story or other.slug) not in chosen:  # of a story one report is enough
            reasons = [names[key] for key in weights if other in seen[key].newest]
            chosen[event] = Related(entry=other.slug, names=tuple(reasons[:MOST_SHOWN]))
    return tuple(chosen.values())


def _weights(
    names: Mapping[NameKey, str], seen: Mapping[NameKey, SeenName], earlier: int
) -> dict[NameKey, float]:
    """Return what sharing each name counts, those that count nothing left out, rarest first."""
    found: dict[NameKey, float] = {}
    for key in names:
        if having := seen.get(key, _UNSEEN).all:
            rarity = math.log((earlier + 1) / having) / math.log(earlier + _FEW)
            if rarity >= _COMMON:
                found[key] = rarity * _COUNTS[key[0]]
    return dict(sorted(found.items(), key=lambda item: -item[1]))
