"""What is found of a whole site is what is found of its entries and groups one by one."""

import pickle
import random
from collections import defaultdict
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Item
from briefbook.grouping import (
    Earlier,
    SeenName,
    agreements,
    agreements_in,
    compare,
    differences,
    differences_in,
    find_named,
    find_origins,
    find_related,
    forms_of,
    item_facts,
    name_keys,
    named,
    origin_text,
    origins_of,
    own_forms,
    related,
    related_names,
    scopes,
    seen_again,
)
from briefbook.model import OutletSetting, PublicEntry, Status
from briefbook.text.markdown import plain
from briefbook.text.words import fold_word, words

PEOPLE = ("Liv Aune", "Maja Rask", "LIV AUNE", "Arvo Holm", "Holm", "Per Vik")
ORGANISATIONS = (
    "Northern Harbour Board",
    "NHB",
    "New Herring Bank",
    "Skarnes Ferry Company",
    "SFC",
    "Agder Port Authority (APA)",
    "APA",
)
PLACES = ("Skarnes", "Telde", "Bodin", "Orvik")


def entries_of(naming: Callable[..., PublicEntry], seed: int, count: int) -> list[PublicEntry]:
    chance = random.Random(seed)

    def some(of: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(chance.choices(of, k=chance.randint(0, 3)))

    return [
        naming(
            f"e{n}",
            people=some(PEOPLE),
            organisations=some(ORGANISATIONS),
            places=some(PLACES) if n > 12 else (),
            topics=tuple(sorted(set(some(("port", "music", "farming"))))),
            story=chance.choice((None, "s1", "s2", "s3")),
            body=chance.choice(("", "The New Herring Bank (NHB) said.")),
            status=chance.choice((Status.PUBLISHED, Status.PUBLISHED, Status.DRAFT)),
        )
        for n in range(count)
    ]


@given(seed=st.integers(0, 10**6), count=st.integers(0, 40))
@settings(max_examples=40)
def test_names_found_group_by_group_are_those_found_at_once(
    naming: Callable[..., PublicEntry], seed: int, count: int
) -> None:
    entries = entries_of(naming, seed, count)
    kept = pickle.loads(pickle.dumps({e.slug: own_forms(e) for e in entries}))
    members: defaultdict[str, list[PublicEntry]] = defaultdict(list)
    for entry in entries:
        for scope in scopes(entry):
            members[scope].append(entry)
    forms = {
        scope: forms_of(kept[e.slug] for e in group if not e.is_preview)
        for scope, group in members.items()
    }
    groups: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for entry in entries:
        for name in name_keys(entry, [forms[scope] for scope in scopes(entry)]):
            groups[name.kind, name.key].append((entry.slug, name.spelling))
    order = ("person", "organisation", "place")
    found = sorted(groups, key=lambda group: order.index(group[0]))
    assert tuple(named(*group, groups[group]) for group in found) == find_named(entries)


@given(seed=st.integers(0, 10**6), count=st.integers(1, 60))
@settings(max_examples=40)
def test_what_one_entry_is_related_to_needs_its_own_names_alone(
    naming: Callable[..., PublicEntry], seed: int, count: int
) -> None:
    *before, last = entries_of(naming, seed, count)
    names = related_names(last)
    seen: dict[tuple[str, str], SeenName] = {}
    earlier = [entry for entry in before if not entry.is_preview]
    for number, entry in enumerate(earlier):
        for key in related_names(entry).keys() & names.keys():
            this = Earlier(number, entry.slug, entry.story, entry.topics)
            seen[key] = seen_again(seen.get(key), this)
    found = related(last, names, pickle.loads(pickle.dumps(seen)), len(earlier))
    assert found == find_related([*before, last]).get(last.slug, ())


def stored(slug: str, body: str, **more: Any) -> Any:
    return SimpleNamespace(slug=slug, body=body, **{"origin": None, "outlet": None, **more})


def slow_origins(entries: list[Any], alias: dict[str, str]) -> list[list[str]]:
    """Each text compared with each, as the words of the module say."""

    def runs(entry: Any) -> set[tuple[str, ...]]:
        found = [fold_word(word) for word in words(plain(entry.body))]
        return {tuple(found[n : n + 8]) for n in range(len(found) - 7)}

    def names(entry: Any) -> set[str]:
        given = {entry.origin, entry.outlet} - {None}
        return {alias.get(name.lower(), name.lower()) for name in given}

    def same(one: Any, other: Any) -> bool:
        shared = names(one) & names(other)
        credits = {alias.get(e.origin.lower(), e.origin.lower()) for e in (one, other) if e.origin}
        fewest = min(len(runs(one)), len(runs(other)))
        carried = fewest > 0 and len(runs(one) & runs(other)) >= 0.4 * fewest
        return bool(shared & credits) or carried

    groups: list[list[Any]] = []
    for entry in entries:
        home = next((g for g in groups if any(same(entry, each) for each in g)), None)
        if home is None:
            groups.append(home := [])
        home.append(entry)
    return [[entry.slug for entry in group] for group in groups]


@given(seed=st.integers(0, 10**6), count=st.integers(0, 25))
@settings(max_examples=40)
def test_origins_are_those_of_comparing_each_text_with_each(seed: int, count: int) -> None:
    chance = random.Random(seed)
    stock = [" ".join(chance.choices("the ferry sank off Telde at dawn".split(), k=9))] + [
        " ".join(f"w{chance.randint(0, 400)}" for _ in range(12)) for _ in range(12)
    ]
    entries = [
        stored(
            f"e{n}",
            ". ".join(chance.choices(stock, k=chance.randint(0, 4))),
            origin=chance.choice((None, None, None, "Skagen Wire", "SW", "Dagen")),
            outlet=chance.choice((None, "Dagen", "Skagen Wire", "Posten", "Kysten")),
        )
        for n in range(count)
    ]
    outlets = [OutletSetting(name="Skagen Wire", aliases=("SW",))]
    kept = pickle.loads(pickle.dumps([origin_text(entry) for entry in entries]))
    whole = find_origins(entries, outlets)
    assert origins_of(kept, outlets) == whole
    assert [list(o.entries) for o in whole] == slow_origins(entries, {"sw": "skagen wire"})


SAID = (
    "At least {0} people were killed when the ferry sank off Telde on Monday.",
    "Mayor Liv Aune said {0} people were injured in the fire at Skarnes.",
    "The dredger Havkatt cost the port {0} million kroner.",
    "Director Arvo Holm opened the bridge near Bodin on {0} May.",
    "Some {0} homes lost power, the council of Orvik said.",
)


@given(seed=st.integers(0, 10**6), count=st.integers(0, 8))
@settings(max_examples=40)
def test_texts_compared_by_what_is_kept_differ_and_agree_as_they_do(seed: int, count: int) -> None:
    chance = random.Random(seed)
    items = [
        Item(
            f"i{n}",
            "Ferry sinks off Telde",
            " ".join(
                said.format(chance.choice((12, 12, 14, 27))) for said in chance.sample(SAID, 3)
            ),
        )
        for n in range(count)
    ]
    origins = {item.key: chance.randint(0, 2) for item in items}
    kept = pickle.loads(pickle.dumps([item_facts(item) for item in items]))
    compared = compare([item.key for item in items], kept)
    assert differences_in(compared, lambda _: True) == differences(items)
    assert agreements_in(compared, lambda _: True, origins) == agreements(items, origins)
