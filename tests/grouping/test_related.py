from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.grouping import find_related
from briefbook.grouping.related import MOST_RELATED
from briefbook.model import PublicEntry, Related, Status

Naming = Callable[..., PublicEntry]


@pytest.fixture(scope="session")
def others(naming: Naming) -> list[PublicEntry]:
    """Entries that share nothing but the place all of them are about."""
    return [
        naming(f"other-{i}", people=(f"Olaf Nobody{i}",), places=("Skarnes",)) for i in range(40)
    ]


def slugs(entries: Sequence[PublicEntry], of: str) -> list[str]:
    return [related.entry for related in find_related(entries).get(of, ())]


def test_entries_that_share_a_rare_name_are_related(
    naming: Naming, others: list[PublicEntry]
) -> None:
    entries = [
        *others,
        naming("early", people=("Ada Quist",), places=("Skarnes",)),
        naming("late", people=("ADA QUIST", "Liv Aune"), places=("Skarnes",)),
    ]
    assert find_related(entries) == {"late": (Related(entry="early", names=("ADA QUIST",)),)}


def test_what_everything_names_relates_nothing(naming: Naming, others: list[PublicEntry]) -> None:
    assert find_related([*others, naming("late", places=("Skarnes",))]) == {}


def test_one_rare_place_is_not_enough_but_two_are(
    naming: Naming, others: list[PublicEntry]
) -> None:
    early = naming("early", places=("Ulvik", "Berg"))
    assert slugs([*others, early, naming("late", places=("Ulvik",))], "late") == []
    assert slugs([*others, early, naming("late", places=("Ulvik", "Berg"))], "late") == ["early"]


def test_more_and_rarer_names_come_first_then_what_is_newer(
    naming: Naming, others: list[PublicEntry]
) -> None:
    entries = [
        *others,
        naming("one", people=("Ada Quist",)),
        naming("both", people=("Ada Quist", "Liv Aune")),
        naming("newer", people=("Ada Quist",)),
        naming("late", people=("Ada Quist", "Liv Aune")),
    ]
    assert slugs(entries, "late") == ["both", "newer", "one"]
    assert find_related(entries)["late"][0].names == ("Liv Aune", "Ada Quist")


def test_a_common_topic_counts_a_little(naming: Naming, others: list[PublicEntry]) -> None:
    entries = [
        *others,
        naming("other-topic", people=("Ada Quist",), topics=("ports",)),
        naming("same-topic", people=("Ada Quist",), topics=("ferries",)),
        naming("newest", people=("Ada Quist",)),
        naming("late", people=("Ada Quist",), topics=("ferries",)),
    ]
    assert slugs(entries, "late") == ["same-topic", "newest", "other-topic"]


def test_the_same_story_is_left_to_the_story_and_of_another_one_report_is_enough(
    naming: Naming, others: list[PublicEntry]
) -> None:
    entries = [
        *others,
        naming("mate", people=("Ada Quist",), story="own"),
        naming("a", people=("Ada Quist",), story="other"),
        naming("b", people=("Ada Quist",), story="other"),
        naming("late", people=("Ada Quist",), story="own"),
    ]
    assert slugs(entries, "late") == ["b"]


def test_there_are_at_most_four(naming: Naming, others: list[PublicEntry]) -> None:
    early = [naming(f"n{i}", people=("Ada Quist", "Liv Aune")) for i in range(6)]
    entries = [*others, *early, naming("late", people=("Ada Quist", "Liv Aune"))]
    assert slugs(entries, "late") == [f"n{i}" for i in (5, 4, 3, 2)]
    assert MOST_RELATED == 4


def test_a_draft_is_related_to_others_and_no_other_to_it(
    naming: Naming, others: list[PublicEntry]
) -> None:
    entries = [
        *others,
        naming("early", people=("Ada Quist",)),
        naming("draft", people=("Ada Quist",), status=Status.DRAFT),
        naming("late", people=("Ada Quist",)),
    ]
    assert slugs(entries, "draft") == ["early"]
    assert find_related(entries)["late"] == find_related([*entries[:-2], entries[-1]])["late"]


def test_a_short_form_relates_nothing(naming: Naming, others: list[PublicEntry]) -> None:
    early = naming("early", people=("Quist",), organisations=("Ministry",))
    late = naming("late", people=("Quist",), organisations=("Ministry",))
    assert slugs([*others, early, late], "late") == []


Drawn = list[tuple[frozenset[str], frozenset[str], str | None]]
PEOPLE = st.frozensets(st.sampled_from(["Ada Quist", "Liv Aune", "Seo Min-jae", "Seo"]))
PLACES = st.frozensets(st.sampled_from(["Ulvik", "Berg", "U.S.", "United States"]))
ENTRIES = st.lists(st.tuples(PEOPLE, PLACES, st.sampled_from([None, "s", "t"])), max_size=12)


@given(before=ENTRIES, after=ENTRIES, data=st.data())
def test_nothing_that_arrives_later_changes_what_is_related(
    naming: Naming, before: Drawn, after: Drawn, data: st.DataObject
) -> None:
    def made(prefix: str, drawn: Drawn) -> list[PublicEntry]:
        return [
            naming(
                f"{prefix}{i}",
                people=tuple(sorted(people)),
                places=tuple(sorted(places)),
                organisations=("NATO", "Tidal Power Agency", "TPA")[: len(places)],
                story=story,
            )
            for i, (people, places, story) in enumerate(drawn)
        ]

    early, late = made("a", before), made("b", after)
    then = find_related(early)
    now = find_related([*early, *data.draw(st.permutations(late))])
    assert {slug: now.get(slug) for slug in then} == then
    assert [e.slug for e in early if e.slug in now and e.slug not in then] == []


def test_of_each_name_only_the_newest_entries_are_looked_at(naming: Naming) -> None:
    """So that an entry costs the same on a small site and on a large one."""
    oldest = naming("oldest", people=("Ada Quist", "Liv Aune"))
    some = [naming(f"n{i}", people=("Ada Quist",)) for i in range(18)]
    many = [naming(f"o{i}") for i in range(2_000)]
    late = naming("late", people=("Ada Quist",))
    assert slugs([*many, oldest, *some, late], "late") == [f"n{i}" for i in (17, 16, 15, 14)]
    both = naming("late", people=("Ada Quist", "Liv Aune"))
    best = find_related([*many, oldest, *some, both])["late"][0]
    assert best == Related(entry="oldest", names=("Liv Aune",))
