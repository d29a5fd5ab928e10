import pytest

from briefbook.grouping.offices import exclude, offices_of, same_person
from briefbook.grouping.tokens import tokens_of


def offices(sentence: str) -> list[tuple[str, str]]:
    return [(o.head, " ".join(o.person)) for o in offices_of(tokens_of(sentence))]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The zoo president Orla Vik wept.", [("president", "orla vik")]),
        ("Orla Vik, the zoo's director, wept.", [("director", "orla vik")]),
        ("Orla Vik, director of the zoo at Skarnes, wept.", [("director", "orla vik")]),
        ("Sgt. Orla Vik wept.", [("sgt", "orla vik")]),
        ("Minister Kim Min-seo wept.", [("minister", "kim min-seo")]),
    ],
)
def test_finds_who_holds_an_office(sentence: str, found: list[tuple[str, str]]) -> None:
    assert offices(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "The former president Orla Vik wept.",
        "The president wept.",
        "A major Skarnes paper wept.",
    ],
)
def test_past_offices_and_offices_without_a_name_are_left_out(sentence: str) -> None:
    assert offices(sentence) == []


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        ("zoo president Orla Vik", "zoo director Orla Vik", True),
        ("Foreign Minister Orla Vik", "Defense Minister Orla Vik", True),
        ("deputy director Orla Vik", "director Orla Vik", True),
        ("Foreign Minister Orla Vik", "Minister Orla Vik", False),
        ("Lieutenant Colonel Orla Vik", "Colonel Orla Vik", False),
        ("Representative Orla Vik", "Congresswoman Orla Vik", False),
        ("Senator Orla Vik", "coach Orla Vik", False),
    ],
)
def test_only_offices_nobody_holds_at_once_exclude_each_other(
    one: str, other: str, excluded: bool
) -> None:
    (first,), (second,) = offices_of(tokens_of(one)), offices_of(tokens_of(other))
    assert exclude(first, second) is excluded


def test_one_last_name_with_two_first_names_is_two_persons() -> None:
    (one,), (other,), (short,) = (
        offices_of(tokens_of(f"zoo director {name}")) for name in ("Orla Vik", "Per Vik", "Vik")
    )
    assert not same_person(one, other)
    assert same_person(one, short)
