"""Unfiled: what texts without a topic have in common, so that an editor sees a missing topic."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefbook.grouping.topicterms import terms_of, weight_of
from briefbook.model import Item

# Fewer texts make no topic.
LEAST_TEXTS = 3
_MOST_GROUPS = 3
_MOST_WORDS = 4
_LEAST_WORDS = 2
# The latest texts are looked at, of each its start, and of its terms those that tell most.
MOST_LOOKED_AT = 1000
_START = 1500  # characters
_TELLING = 40
# Words that stand in more than about one of twenty texts of news make no topic.
_LEAST_WEIGHT = 3.0
# A word belongs to a group when this share of its texts have it.
_SHARED = 0.6


Telling = tuple[tuple[str, str], ...]  # keys of terms and how they are written, most telling first


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Words that several texts share."""

    words: tuple[str, ...]  # as they are mostly written, the most telling first
    keys: tuple[str, ...]  # of the items, in their order


def unfiled_words(items: Sequence[Item]) -> tuple[SharedWords, ...]:
    """Return groups of texts with the words they share, the largest group first.

    Args:
        items: The texts no topic claims, in order of arrival.
    """
    return shared_words({item.key: telling_terms(item) for item in items[-MOST_LOOKED_AT:]})


def shared_words(terms: Mapping[str, Telling]) -> tuple[SharedWords, ...]:
    """Return groups of texts as `unfiled_words` does.

    Args:
        terms: What `telling_terms` says of each text, by the key of its item, in order of arrival;
            of more than `MOST_LOOKED_AT` the latest.
    """
    written = _written(terms)
    left = {item: {key for key, _ in found} for item, found in terms.items()}
    groups: list[SharedWords] = []
    while len(groups) < _MOST_GROUPS and (group := _largest(left)):
        words, keys = group
        groups.append(SharedWords(tuple(written[word] for word in words), keys))
        for key in keys:
            del left[key]
    return tuple(groups)


def telling_terms(item: Item) -> Telling:
    """Return the terms that tell what a text is about, each once, with how it is first written."""
    found: dict[str, str] = {}
    for key, raw in terms_of(f"{item.title}\n{item.text[:_START]}"):
        if weight_of(key) >= _LEAST_WEIGHT and not key.isdigit() and len(key) > 1:
            found.setdefault(key, raw)
    order = sorted(found, key=lambda key: (-weight_of(key), key))[:_TELLING]
    return tuple((key, found[key]) for key in order)


def _written(terms: Mapping[str, Telling]) -> dict[str, str]:
    """Return how each term is mostly written."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for found in terms.values():
        for key, raw in found:
            forms[key][raw] += 1
    return {key: min(counts, key=lambda raw: (-counts[raw], raw)) for key, counts in forms.items()}


def _largest(left: dict[str, set[str]]) -> tuple[list[str], tuple[str, ...]] | None:
    """Return the words and texts of the best group: many texts that share many telling words."""
    counts = Counter(key for found in left.values() for key in found)
    often = [key for key, count in counts.items() if count >= LEAST_TEXTS]
    for key in sorted(often, key=lambda key: (-counts[key] * weight_of(key), key)):
        members = [name for name, found in left.items() if key in found]
        shared = Counter(other for name in members for other in left[name])
        words = [word for word in shared if shared[word] >= max(2, _SHARED * len(members))]
        words.sort(key=lambda word: (word != key, -shared[word] * weight_of(word), word))
        if len(words) >= _LEAST_WORDS:
            return words[:_MOST_WORDS], tuple(members)
    return None
