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


def test_entries_that_share_rare_names_are_related(
    naming: Naming, others: list[PublicEntry]
) -> None:
    entries = [
        *others,
        naming("early", people=("Ada Quist", "Liv Aune"), places=("Skarnes",)),
        naming("late", people=("ADA QUIST", "Liv Aune", "Olga Nord"), places=("Skarnes",)),
    ]
    assert find_related(entries) == {
        "late": (Related(entry="early", names=("ADA QUIST", "Liv Aune")),)
    }


def test_one_name_alone_may_stand_in_both_by_chance_but_not_under_one_topic(
    naming: Naming, others: list[PublicEntry]
) -> None:
    entries = [
        *others,
        naming("a", people=("Ada Quist",), topics=("ports",)),
        naming("b", people=("Ada Quist",), topics=("ferries",)),
        naming("c", people=("Ada Quist",)),
        naming("late", people=("Ada Quist",), topics=("ferries",)),
    ]
    assert slugs(entries, "late") == ["b"]


def test_what_everything_names_relates_nothing(naming: Naming, others: list[PublicEntry]) -> None:
    assert find_related([*others, naming("late", places=("Skarnes",))]) == {}
    same = [naming(f"n{i}", people=("Ada Quist", "Liv Aune"), topics=("t",)) for i in range(30)]
    assert slugs(same, "n29") == []


def test_one_rare_place_is_not_enough_even_under_one_topic_but_two_are(
    naming: Naming, others: list[PublicEntry]
) -> None:
    early = naming("early", places=("Ulvik", "Berg"), topics=("t",))
    one = naming("late", places=("Ulvik",), topics=("t",))
    two = naming("late", places=("Ulvik", "Berg"))
    assert slugs([*others, early, one], "late") == []
    assert slugs([*others, early, two], "late") == ["early"]


def test_an_organisations_short_form_and_its_long_one_are_one_name(
    naming: Naming, others: list[PublicEntry]
) -> None:
    both = ("TPA", "Tidal Power Agency")
    early, late = (naming(slug, organisations=both) for slug in ("early", "late"))
    assert slugs([*others, early, late], "late") == []


def test_more_and_rarer_names_come_first_then_what_is_newer(
    naming: Naming, others: list[PublicEntry]
) -> None:
    pair, three = ("Ada Quist", "Liv Aune"), ("Ada Quist", "Liv Aune", "Olga Nord")
    entries = [
        *others,
        naming("older", people=pair),
        naming("best", people=three),
        naming("newer", people=pair),
        naming("late", people=three),
    ]
    assert slugs(entries, "late") == ["best", "newer", "older"]
    assert find_related(entries)["late"][0].names == ("Olga Nord", "Ada Quist", "Liv Aune")


def test_the_same_story_is_left_to_the_story_and_of_another_one_report_is_enough(
    naming: Naming, others: list[PublicEntry]
) -> None:
    pair = ("Ada Quist", "Liv Aune")
    entries = [
        *others,
        naming("mate", people=pair, story="own"),
        naming("a", people=pair, story="other"),
        naming("b", people=pair, story="other"),
        naming("late", people=pair, story="own"),
    ]
    assert slugs(entries, "late") == ["b"]


def test_there_are_at_most_four(naming: Naming, others: list[PublicEntry]) -> None:
    three = ("Ada Quist", "Liv Aune", "Olga Nord")
    early = [naming(f"n{i}", people=three) for i in range(6)]
    entries = [*others, *early, naming("late", people=three)]
    assert slugs(entries, "late") == [f"n{i}" for i in (5, 4, 3, 2)]
    assert MOST_RELATED == 4


def test_a_draft_is_related_to_others_and_no_other_to_it(
    naming: Naming, others: list[PublicEntry]
) -> None:
    pair = ("Ada Quist", "Liv Aune")
    entries = [
        *others,
        naming("early", people=pair),
        naming("draft", people=pair, status=Status.DRAFT),
        naming("late", people=pair),
    ]
    assert slugs(entries, "draft") == slugs(entries, "late") == ["early"]
    assert find_related(entries)["late"] == find_related([*entries[:-2], entries[-1]])["late"]


def test_a_short_form_relates_nothing(naming: Naming, others: list[PublicEntry]) -> None:
    names = {"people": ("Quist", "M. Aune"), "organisations": ("Ministry", "the Council")}
    early, late = naming("early", **names), naming("late", **names)
    assert slugs([*others, early, late], "late") == []


def test_of_each_name_only_the_newest_entries_are_looked_at(naming: Naming) -> None:
    """So that an entry costs the same on a small site and on a large one."""
    pair = ("Ada Quist", "Liv Aune")
    oldest = naming("oldest", people=(*pair, "Olga Nord"))
    some = [naming(f"n{i}", people=pair) for i in range(18)]
    many = [naming(f"o{i}") for i in range(2_000)]
    late = naming("late", people=(*pair, "Olga Nord"))
    # What shares three names is out of sight by two of them, and one alone is not enough.
    assert slugs([*many, oldest, *some, late], "late") == [f"n{i}" for i in (17, 16, 15, 14)]


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
