"""Agreements: facts that the texts of one story state alike.

In: the items of one story, and which of them are one origin. Out: a few rows, most telling first,
each with claims of two origins or more. A text that carries another's sentence says it after that
one, and does not count. What is disputed elsewhere in the story is no agreement.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from briefbook.grouping.comparing import agree, equal, figures, sameness
from briefbook.grouping.differing import Compared, compare_items
from briefbook.grouping.facts import Fact, Story, by_role
from briefbook.grouping.quantities import Hedge
from briefbook.grouping.subjects import subject_of
from briefbook.model import Agreement, Claim, Item

# A story page shows what matters, not every number that stands twice.
_MOST_ROWS = 8
_MOST_OFFICES = 2
# Equal values alone make sameness likely, so that more is asked than of values that differ.
_SURE = 0.6
# Sentences that share this part of their telling words are copies.
_COPIED = 0.8
# Of small numbers two may be equal by chance.
_TELLING = 10


def agreements(
    items: Sequence[Item], origins: Mapping[str, int] | None = None
) -> tuple[Agreement, ...]:
    """Return the facts that two origins or more state alike, most telling first, at most eight.

    Args:
        items: The texts of one story.
        origins: Which origin each item is of, by its key; None: each is one of its own.
    """
    return shown_agreements(items, lambda _: True, origins)


def shown_agreements(
    items: Sequence[Item],
    may_show: Callable[[Claim], bool],
    origins: Mapping[str, int] | None = None,
) -> tuple[Agreement, ...]:
    """Return the agreements without the claims that may not be shown, and nothing made of them."""
    return agreements_in(compare_items(items), may_show, origins)


def agreements_in(
    compared: Compared,
    may_show: Callable[[Claim], bool],
    origins: Mapping[str, int] | None = None,
) -> tuple[Agreement, ...]:
    """Return the agreements of texts that were compared, as `shown_agreements` does."""
    disputed = [fact for row in compared.differing for fact in row]
    origin = [origins[key] if origins else n for n, key in enumerate(compared.keys)]
    rows = []
    for facts in _rows(compared.story):
        shown = [fact for fact in facts if may_show(compared.claim(fact))]
        if not any(_is_of(fact, other) for fact in shown for other in disputed):
            voices = _voices(shown, origin)
            if voices > 1:
                rows.append((voices, shown))
    rows.sort(key=lambda row: (-row[0], *_telling(row[1])))
    return tuple(
        Agreement(subject_of(facts), _value(facts), tuple(map(compared.claim, facts)))
        for facts in _chosen([facts for _, facts in rows])
    )


def _chosen(rows: Sequence[Sequence[Fact]]) -> list[Sequence[Fact]]:
    """Choose the rows to show, few of offices, no value twice."""
    chosen: list[Sequence[Fact]] = []
    for facts in rows:
        is_office = facts[0].kind == "office"
        offices = sum(other[0].kind == "office" for other in chosen)
        if is_office and offices == _MOST_OFFICES:
            continue
        if not any(_is_repeated(facts, other) for other in chosen):
            chosen.append(facts)
    return chosen[:_MOST_ROWS]


def _is_repeated(facts: Sequence[Fact], others: Sequence[Fact]) -> bool:
    one, other = facts[0], others[0]
    same_kind = (one.kind, one.group) == (other.kind, other.group)
    return same_kind and equal(one, other) and (one.role == other.role or one.is_toll)


def _rows(story: Story) -> list[list[Fact]]:
    """Return facts that are surely the same and agree, one an item, in the order of the items."""
    rows: list[list[Fact]] = []
    for by_item in by_role(story).values():
        found: list[list[Fact]] = []
        for one, other in combinations(by_item.values(), 2):
            for first in one:
                for second in other:
                    if _is_agreed(first, second, story):
                        _add(found, first, second)
        rows += found
    for row in rows:
        row.sort(key=lambda fact: fact.item)
    return rows


def _is_agreed(one: Fact, other: Fact, story: Story) -> bool:
    if one.is_more or other.is_more or not _is_telling(one) or not agree(one, other):
        return False
    return sameness(one, other, story) >= _SURE


def _is_telling(fact: Fact) -> bool:
    """Tell whether a value could hardly be the same by chance."""
    if fact.office is not None:
        return len(fact.office.person) > 1 and " " in fact.said
    if fact.kind == "date":
        return fact.role != "month"
    return fact.is_toll or (fact.value[1] >= _TELLING and fact.role not in ("day", "hour"))


def _add(rows: list[list[Fact]], one: Fact, other: Fact) -> None:
    home = next((row for row in rows if any(f is one or f is other for f in row)), None)
    if home is None:
        rows.append([one, other])
        return
    held = {fact.item for fact in home}
    for fact in (one, other):
        if fact.item not in held and all(agree(fact, known) for known in home):
            home.append(fact)


def _is_of(fact: Fact, other: Fact) -> bool:
    """Tell whether a disputed fact is this one."""
    same_role = (fact.kind, fact.role, fact.group) == (other.kind, other.role, other.group)
    return same_role and equal(fact, other)


def _voices(facts: Sequence[Fact], origin: Sequence[int]) -> int:
    """Count the origins that say a thing in words of their own."""
    voices: dict[int, Fact] = {}
    for fact in facts:
        is_copy = any(_is_copy(fact, known) for known in voices.values())
        if not is_copy:
            voices.setdefault(origin[fact.item], fact)
    return len(voices)


def _is_copy(one: Fact, other: Fact) -> bool:
    """Tell whether two sentences are one but for a word or two."""
    both = one.words | other.words
    return len(one.words & other.words) >= _COPIED * len(both)


def _telling(facts: Sequence[Fact]) -> tuple[int, int, int]:
    """Return what orders rows of equally many voices: tolls before numbers, dates, offices."""
    places = sorted(fact.place for fact in facts)
    rank = 0 if facts[0].is_toll else 1 + ("number", "date", "office").index(facts[0].kind)
    return rank, places[0] + places[1], facts[0].item


def _value(facts: Sequence[Fact]) -> str:
    """Return the value as the text has it that says it most exactly."""
    if facts[0].kind != "number":
        return max((fact.said for fact in facts), key=len)
    best = max(facts, key=lambda f: (f.hedge is Hedge.NONE, figures(f), -len(f.said), -f.item))
    return best.said
