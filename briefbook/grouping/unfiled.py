"""Unfiled: what texts without a topic have in common, so that an editor sees a missing topic."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefbook.grouping.topicterms import Term, terms_of, weight_of
from briefbook.model import Item

# Fewer texts make no topic.
LEAST_TEXTS = 3
_MOST_GROUPS = 3
_MOST_WORDS = 4
_LEAST_WORDS = 2
# The latest texts are looked at, of each its start, and of its terms those that tell most.
_MOST_TEXTS = 1000
_START = 1500  # characters
_TELLING = 40
# Words that stand in more than about one of twenty texts of news make no topic.
_LEAST_WEIGHT = 3.0
# A word belongs to a group when this share of its texts have it.
_SHARED = 0.6


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
    terms = {item.key: _telling(item) for item in items[-_MOST_TEXTS:]}
    written = _written(terms)
    left = {key: set(found) for key, found in terms.items()}
    groups: list[SharedWords] = []
    while len(groups) < _MOST_GROUPS and (group := _largest(left)):
        words, keys = group
        groups.append(SharedWords(tuple(written[word] for word in words), keys))
        for key in keys:
            del left[key]
    return tuple(groups)


def _telling(item: Item) -> dict[str, Term]:
    """Return the terms that tell what a text is about, by their keys."""
    found: dict[str, Term] = {}
    for term in terms_of(f"{item.title}\n{item.text[:_START]}"):
        if weight_of(term.key) >= _LEAST_WEIGHT and not term.key.isdigit() and len(term.key) > 1:
            found.setdefault(term.key, term)
    order = sorted(found, key=lambda key: (-weight_of(key), key))[:_TELLING]
    return {key: found[key] for key in order}


def _written(terms: dict[str, dict[str, Term]]) -> dict[str, str]:
    """Return how each term is mostly written."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for found in terms.values():
        for key, term in found.items():
            forms[key][term.raw] += 1
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
