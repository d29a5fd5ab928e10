"""Differences: facts on which the texts of one story disagree.

In: the items of one story. Out: rows, each with two claims or more that give different values for
the same thing: numbers, days, offices. Hedged and rounded values agree; where a text gives the
other's value too, and where it is not sure that two sentences speak of one fact, nothing is said.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from briefbook.grouping.comparing import agree, can_differ, equal, sameness
from briefbook.grouping.facts import Fact, Story, by_role, story_facts
from briefbook.grouping.subjects import subject_of
from briefbook.model import Claim, Difference, Item

# Surer than this, two sentences speak of one fact: the least that keeps nine rows of ten right.
_SURE = 0.5
_Pair = tuple[float, Fact, Fact]


def differences(items: Sequence[Item]) -> tuple[Difference, ...]:
    """Return the facts on which the texts of one story differ, in the order of the first item.

    Each claim's value and sentence are verbatim; a row never holds two claims of one item.
    """
    return shown_differences(items, lambda _: True)


def shown_differences(
    items: Sequence[Item], may_show: Callable[[Claim], bool]
) -> tuple[Difference, ...]:
    """Return the differences without the claims that may not be shown, and nothing made of them."""
    rows: list[Difference] = []
    for facts in differing_facts(story_facts(items)):
        shown = [fact for fact in facts if may_show(_claim(items, fact))]
        if len(shown) > 1 and not all(agree(shown[0], other) for other in shown[1:]):
            claims = tuple(_claim(items, fact) for fact in shown)
            rows.append(Difference(subject_of(shown), claims))
    return tuple(rows)


def _claim(items: Sequence[Item], fact: Fact) -> Claim:
    return Claim(items[fact.item].key, fact.said, fact.sentence)


def differing_facts(story: Story) -> list[list[Fact]]:
    """Return the facts of each row, a fact an item, in the order of the items."""
    pairs: list[_Pair] = []
    for by_item in by_role(story).values():
        for ones, others in combinations(by_item.values(), 2):
            pairs += _differing(ones, others, story)
    pairs.sort(key=lambda pair: (-pair[0], *_place(pair[1]), *_place(pair[2])))
    rows: list[list[Fact]] = []
    for _, one, other in pairs:
        _add(rows, one, other)
    by_place = [sorted(row, key=_place) for row in rows]
    return sorted(by_place, key=lambda row: _place(row[0]))


def _place(fact: Fact) -> tuple[int, int, str]:
    return fact.item, fact.place, fact.said


def _differing(ones: Sequence[Fact], others: Sequence[Fact], story: Story) -> Iterator[_Pair]:
    """Find the facts of two texts that are surely the same and differ."""
    alone = len({f.value for f in ones}) == len({f.value for f in others}) == 1
    said = [any(_is_said(one, other) for other in others) for one in ones]
    also = [any(_is_said(other, one) for one in ones) for other in others]
    for one, is_said in zip(ones, said, strict=True):
        for other, is_also in zip(others, also, strict=True):
            if one.kind != "number" and (is_said or is_also):
                continue
            if not can_differ(one, other):
                continue
            sure = sameness(one, other, story, is_said + is_also, alone)
            if sure >= _SURE:
                yield sure, one, other


def _is_said(one: Fact, other: Fact) -> bool:
    """Tell whether another text has the value too, of what may be the same fact."""
    if one.kind == "date" and not one.events & other.events:
        return False
    return not other.is_more and equal(one, other)


def _add(rows: list[list[Fact]], one: Fact, other: Fact) -> None:
    """Add a pair of facts to the row it belongs to, or open one; each value is in one row only."""
    homes = [row for row in rows if any(_is_one(f, one) or _is_one(f, other) for f in row)]
    if not homes:
        rows.append([one, other])
        return
    held = {fact.item for fact in homes[0]}
    known = any(f is one for f in homes[0]), any(f is other for f in homes[0])
    if len(homes) == 1 and any(known):
        newcomer = other if known[0] else one
        if newcomer.item not in held:
            homes[0].append(newcomer)


def _is_one(fact: Fact, other: Fact) -> bool:
    """Tell whether two facts are one text's word on the same thing."""
    return (
        fact.item == other.item
        and (fact.role, fact.group) == (other.role, other.group)
        and (fact.said == other.said or agree(fact, other))
    )
