"""Regrouping: stories found anew -> the keys they are stored under.

Pure. A key is an address, so as few of them change as can be: a story found anew keeps the key of
the old story it is most like, and one that is new never takes the address of another.
"""

from collections import Counter
from collections.abc import Container, Mapping

from briefbook.briefing import numbered


def keep_keys(
    filed: Mapping[str, str],
    stored: Mapping[str, str],
    *,
    bound: Container[str] = (),
    taken: Container[str] = (),
) -> dict[str, str]:
    """Name stories found anew as they are named already, where they are.

    Args:
        filed: Item -> the story it was found in now, in order of arrival.
        stored: Item -> the story it was in before; one that was in none is missing.
        bound: Stories whose key stands whatever is in them: somebody filed an item there by hand.
        taken: Keys that belonged to other stories once and mean them for good.

    Returns:
        Item -> the key of its story. What is found again as it is stored keeps all its keys.
    """
    names = {story: story for story in filed.values() if story in bound}
    free = {key for key in stored.values() if key not in bound}
    for story, key in _pairs(filed, stored):
        if story not in names and key in free:
            names[story] = key
            free.discard(key)
    used = {*stored.values(), *names.values()}
    for story in dict.fromkeys(filed.values()):
        if story not in names:
            names[story] = numbered(story, lambda key: key in used or key in bound or key in taken)
            used.add(names[story])
    return {item: names[story] for item, story in filed.items()}


def _pairs(filed: Mapping[str, str], stored: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the stories found and the old keys they might keep, the best claims first.

    A key tells of the item it was made for, the first in its story: where a story was divided, the
    part with that item goes before a larger one, so that an address never tells of another event.
    Where stories were joined, the key that most items have stays.
    """
    counts = Counter((story, stored[item]) for item, story in filed.items() if item in stored)
    first: dict[str, str] = {}
    for item, story in filed.items():
        if item in stored:
            first.setdefault(stored[item], story)
    arrival = {pair: number for number, pair in enumerate(counts)}
    return sorted(
        counts,
        key=lambda pair: (first[pair[1]] != pair[0], -counts[pair], arrival[pair]),
    )
