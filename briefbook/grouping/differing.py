"""Differences: facts on which the texts of one story disagree.

In: the items of one story. Out: rows, each with two claims or more that give different values for
the same thing: numbers, days, offices. Hedged and rounded values agree; where a text gives the
other's value too, and where it is not sure that two sentences speak of one fact, nothing is said.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from briefbook.grouping.comparing import agree, can_differ, equal, gives, sameness
from briefbook.grouping.facts import Fact, ItemFacts, Story, by_role, story_facts, story_of
from briefbook.grouping.subjects import subject_of
from briefbook.model import Claim, Difference, Item

# Surer than this, two sentences speak of one fact: of such rows eight or nine of ten are right.
_SURE = 0.52
_MOST_OF_ROLE = 2

_Facts = tuple[Fact, Fact]
_Pair = tuple[float, Fact, Fact]
_ByItem = Mapping[int, Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class Compared:
    """The texts of one story, and on what they differ."""

    keys: tuple[str, ...]  # of the items, in order
    story: Story
    differing: list[list[Fact]]  # rows of facts that contradict each other, as `differing_facts`

    def claim(self, fact: Fact) -> Claim:
        """Return a fact as what its text says."""
        return Claim(self.keys[fact.item], fact.said, fact.sentence)


def differences(items: Sequence[Item]) -> tuple[Difference, ...]:
    """Return the facts on which the texts of one story differ, in the order of the first item.

    Each claim's value and sentence are verbatim; a row never holds two claims of one item.
    """
    return shown_differences(items, lambda _: True)


def shown_differences(
    items: Sequence[Item], may_show: Callable[[Claim], bool]
) -> tuple[Difference, ...]:
    """Return the differences without the claims that may not be shown, and nothing made of them."""
    return differences_in(compare_items(items), may_show)


def compare_items(items: Sequence[Item]) -> Compared:
    """Compare the texts of one story, in order of arrival."""
    keys = tuple(item.key for item in items)
    # A text alone differs from nothing and agrees with nobody, whatever it states.
    story = story_facts(items) if len(items) > 1 else Story((), {}, ())
    return Compared(keys, story, differing_facts(story))


def compare(keys: Sequence[str], texts: Sequence[ItemFacts | None]) -> Compared:
    """Compare the texts of one story as `compare_items` does, from what is kept of them.

    Args:
        keys: Of the items, in order of arrival.
        texts: What `item_facts` says of each; of those before the newest `MOST_TEXTS` None will do.
    """
    story = story_of(texts) if len(keys) > 1 else Story((), {}, ())
    return Compared(tuple(keys), story, differing_facts(story))


def differences_in(compared: Compared, may_show: Callable[[Claim], bool]) -> tuple[Difference, ...]:
    """Return the differences of texts that were compared, as `shown_differences` does."""
    rows: list[Difference] = []
    for facts in compared.differing:
        shown = [fact for fact in facts if may_show(compared.claim(fact))]
        if len(shown) > 1 and not all(agree(shown[0], other) for other in shown[1:]):
            claims = tuple(map(compared.claim, shown))
            rows.append(Difference(subject_of(shown), claims))
    return tuple(rows)


def differing_facts(story: Story) -> list[list[Fact]]:
    """Return the facts of each row, one an item, in the order of the items."""
    joint = _held_together(story)
    rows = [row for by_item in by_role(story).values() for row in _rows(by_item, story, joint)]
    return sorted(rows, key=lambda row: _place(row[0]))


def _place(fact: Fact) -> tuple[int, int, str]:
    return fact.item, fact.place, fact.said


def _rows(by_item: _ByItem, story: Story, joint: Sequence[_Facts]) -> list[list[Fact]]:
    """Return the rows of one role: the surest pair first, then who differs from them too."""
    pairs = [
        (sure, one, other)
        for ones, others in combinations(by_item.values(), 2)
        for sure, one, other in _differing(ones, others, story)
        if not any(_are((one, other), together) for together in joint)
    ]
    pairs.sort(key=lambda pair: (-pair[0], *_place(pair[1]), *_place(pair[2])))
    rows: list[list[Fact]] = []
    for _, one, other in pairs:
        _add(rows, one, other, by_item)
    return [sorted(row, key=_place) for row in rows[:_MOST_OF_ROLE]]


def _differing(ones: Sequence[Fact], others: Sequence[Fact], story: Story) -> Iterator[_Pair]:
    """Find the facts of two texts that are surely the same and differ."""
    for one in ones:
        for other in others:
            if not can_differ(one, other):
                continue
            if gives(others, one, other, story.weights) or gives(ones, other, one, story.weights):
                continue
            sure = sameness(one, other, story, ones, others)
            if sure >= _SURE:
                yield sure, one, other


def _add(rows: list[list[Fact]], one: Fact, other: Fact, by_item: _ByItem) -> None:
    """Add a pair of facts to the row it belongs to, or open one for a value not told yet."""
    told = [_row_with(rows, fact) for fact in (one, other)]
    if None in told:
        newcomer, home = (one, told[1]) if told[0] is None else (other, told[0])
        if home is not None and _can_join(newcomer, home, by_item):
            home.append(newcomer)
        elif home is None or not any(equal(newcomer, fact) for fact in home):
            rows.append([one, other])


def _row_with(rows: Sequence[list[Fact]], fact: Fact) -> list[Fact] | None:
    """Return the row that has a text's word on a value, None where it is not told yet."""
    return next((row for row in rows if any(_is_word_of(f, fact) for f in row)), None)


def _can_join(newcomer: Fact, home: Sequence[Fact], by_item: _ByItem) -> bool:
    """Tell whether a text is a party to a dispute: it has no word there, nor both values."""
    own = [fact for fact in by_item[newcomer.item] if not equal(fact, newcomer)]
    return all(f.item != newcomer.item and not any(equal(f, g) for g in own) for f in home)


def _is_word_of(fact: Fact, other: Fact) -> bool:
    """Tell whether two facts are one text's word on the same thing."""
    return fact.item == other.item and (fact.said == other.said or agree(fact, other))


def _held_together(story: Story) -> list[_Facts]:
    """Return the offices that a sentence of the story gives to one person at once."""
    offices = [[f for f in facts if f.office is not None] for facts in story.facts]
    return [
        (one, other)
        for facts in offices
        for one, other in pairwise(facts)
        if one.sentence == other.sentence and one.group == other.group
    ]


def _are(pair: _Facts, together: _Facts) -> bool:
    """Tell whether two offices are two that their person holds together."""
    (one, other), (first, second) = pair, together
    is_theirs = one.office is not None and one.group == first.group
    return is_theirs and (
        (equal(one, first) and equal(other, second)) or (equal(one, second) and equal(other, first))
    )
