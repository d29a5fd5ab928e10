from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.grouping import find_named
from briefbook.model import Named, PublicEntry, Status

Naming = Callable[..., PublicEntry]
LONG = "Tidal Power Agency"


def groups(*entries: PublicEntry) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names with the entries that name them."""
    return [(named.name, named.entries) for named in find_named(entries)]


def test_names_are_found_by_kind_in_order_of_arrival(naming: Naming) -> None:
    entries = (
        naming("a", places=("Ulsan",), people=("Seo Min-jae",)),
        naming("b", people=("Ada Quist", "Seo Min-Jae"), organisations=("NATO",)),
    )
    assert find_named(entries) == (
        Named(
            kind="person",
            name="Seo Min-jae",
            mentions=(("a", "Seo Min-jae"), ("b", "Seo Min-Jae")),
        ),
        Named(kind="person", name="Ada Quist", mentions=(("b", "Ada Quist"),)),
        Named(kind="organisation", name="NATO", mentions=(("b", "NATO"),)),
        Named(kind="place", name="Ulsan", mentions=(("a", "Ulsan"),)),
    )


def test_a_name_is_shown_as_most_entries_spell_it(naming: Naming) -> None:
    spellings = ("Seo Min-Jae", "Seo Min-jae", "Seo Minjae", "Seo Min-jae")
    entries = [naming(f"n{i}", people=(name,)) for i, name in enumerate(spellings)]
    (named,) = find_named(entries)
    assert named.name == "Seo Min-jae"
    assert named.spellings == ("Seo Min-Jae", "Seo Min-jae", "Seo Minjae")


def test_of_equally_common_spellings_the_first_to_arrive_is_shown(naming: Naming) -> None:
    entries = [naming("a", places=("U.S.",)), naming("b", places=("United States",))]
    assert groups(*entries) == [("U.S.", ("a", "b"))]


def test_a_short_form_joins_nothing(naming: Naming) -> None:
    entries = [naming("a", people=("Seo",)), naming("b", people=("Seo", "Seo Min-jae"))]
    assert groups(*entries) == [("Seo Min-jae", ("b",))]


def test_an_entry_that_writes_a_name_twice_names_it_once(naming: Naming) -> None:
    entry = naming("a", places=("Xi'an", "Xi’an", "Xi'an"))
    (named,) = find_named([entry])
    assert (named.entries, named.spellings) == (("a",), ("Xi'an", "Xi’an"))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("TPA", "Tidal Power Agency"),
        ("MOFA", "Ministry of Fish and Algae"),
        ("MFA", "Ministry of Fish and Algae"),
        ("USFG", "U.S. Ferry Guard"),
        ("KHP", "Korea Hydro & Power"),
        ("T.P.A.", "Tidal Power Agency"),
    ],
)
def test_an_organisations_short_form_is_it_where_an_entry_gives_both(
    naming: Naming, short: str, long: str
) -> None:
    entries = (
        naming("a", organisations=(short,), topics=("tides",)),
        naming("b", organisations=(short, long), topics=("power", "tides")),
        naming("c", organisations=(long,)),
    )
    assert len(groups(*entries)) == 1


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("TPB", "Tidal Power Agency"),
        ("TPAX", "Tidal Power Agency"),
        ("TA", "Tidal Power Agency"),
        ("tpa", "Tidal Power Agency"),
        ("Tide", "Tidal Institute for Deep Energy"),
    ],
)
def test_a_word_with_other_letters_is_no_short_form(naming: Naming, short: str, long: str) -> None:
    assert len(groups(naming("a", organisations=(short, long)))) == 2


def test_a_short_form_in_brackets_is_one_too(naming: Naming) -> None:
    in_name = naming("a", organisations=(f"{LONG} (TPA)",), story="s")
    in_text = naming("b", organisations=(LONG,), body=f"The {LONG} (TPA) said no.", story="s")
    alone = naming("c", organisations=("TPA",), story="s")
    assert groups(in_name, alone) == [(f"{LONG} (TPA)", ("a", "c"))]
    assert groups(in_text, alone) == [(LONG, ("b", "c"))]


def test_what_one_text_spells_out_says_nothing_of_texts_about_other_things(naming: Naming) -> None:
    """GOP is a party to most and was a band of hackers to some."""
    entries = (
        naming("a", organisations=("TPA",), topics=("painting",), story="s"),
        naming("b", organisations=("TPA", LONG), topics=("tides",), story="t"),
    )
    assert groups(*entries) == [("TPA", ("a",)), (LONG, ("b",))]


def test_an_entrys_own_long_form_wins_over_its_storys_and_that_over_its_topics(
    naming: Naming,
) -> None:
    other, third = "Tower Painters Alliance", "Tin Pan Alley"
    entries = (
        naming("a", organisations=("TPA", LONG), topics=("t",), story="s"),
        naming("b", organisations=("TPA", other), topics=("t",), story="s"),
        naming("c", organisations=("TPA",), topics=("t",), story="s"),  # who said it first
        naming("d", organisations=("TPA", third), topics=("u",), story="v"),
        naming("e", organisations=("TPA",), topics=("t",), story="v"),
    )
    assert [slugs for _, slugs in groups(*entries)] == [("a", "c"), ("b",), ("d", "e")]


def test_a_draft_says_of_no_other_entry_what_a_short_form_means(naming: Naming) -> None:
    draft = naming("a", organisations=("TPA", LONG), status=Status.DRAFT, story="s")
    other = naming("b", organisations=("TPA",), story="s")
    assert groups(draft, other) == [(LONG, ("a",)), ("TPA", ("b",))]


NAMES = st.sampled_from(
    (
        *("Seo Min-jae", "Seo Minjae", "Min-jae Seo", "Ada Quist", "ADA QUIST"),
        *("Minister Ada Quist", "Quist", "李伟", "李薇", "★"),
    )
)


@given(before=st.lists(NAMES, max_size=6), after=st.lists(NAMES, max_size=6))
def test_later_arrivals_only_add_to_the_names_of_before(
    naming: Naming, before: list[str], after: list[str]
) -> None:
    entries = [naming(f"n{i}", people=(name,)) for i, name in enumerate([*before, *after])]
    now = {named.entries[0]: named for named in find_named(entries)}
    for then in find_named(entries[: len(before)]):
        assert now[then.entries[0]].mentions[: len(then.mentions)] == then.mentions


def test_a_long_text_and_many_names_are_read_at_once(naming: Naming) -> None:
    names = tuple(f"Tidal Power Agency {'of ' * 30}{i}" for i in range(2_000))
    entry = naming("a", organisations=names, body="Tidal Power Agency (" * 50_000)
    assert len(find_named([entry])) == 2_000
