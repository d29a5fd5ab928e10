import pytest

from briefbook.grouping.counted import what_is_counted
from briefbook.grouping.quantities import quantities
from briefbook.grouping.tokens import tokens_of


def counted(sentence: str) -> list[tuple[str, str]]:
    tokens = tokens_of(sentence)
    found = quantities(tokens)
    read = [what_is_counted(tokens, quantity, found) for quantity in found]
    return [(c.role, c.group) for c in read if c is not None]


@pytest.mark.parametrize(
    "sentence",
    [
        "The storm killed 14 people.",
        "The storm left 14 people dead.",
        "At least 14 people were killed in Skarnes.",
        "Some 14 people, including three sailors on leave, were killed.",
        "The storm claimed 14 lives.",
        "The storm took the lives of 14 villagers' neighbours, killing 14.",
        "The death toll rose on Friday to 14.",
        "14 dead in Skarnes",
    ],
)
def test_the_dead_are_one_role_however_they_are_told(sentence: str) -> None:
    assert ("killed", "") in counted(sentence)


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("The storm wounded 14 people.", ("injured", "")),
        ("Police detained 14 people.", ("arrested", "")),
        ("The ferry had 14 people on board.", ("aboard", "")),
        ("The storm destroyed 14 homes.", ("damaged", "home")),
        ("The storm killed 14 sailors.", ("killed", "sailor")),
        ("The harbour has 14 cranes.", ("crane", "")),
        ("It lies 14 miles from Telde.", ("metre", "")),
        ("It weighs 14 tonnes.", ("kilogram", "")),
        ("He was jailed for 14 years.", ("sentence", "")),
        ("Orla Vik, 43, was born here.", ("age", "vik")),
        ("The 43-year-old Orla Vik was born here.", ("age", "vik")),
        ("It lasted 14 days.", ("day", "")),
    ],
)
def test_a_number_knows_what_it_counts(sentence: str, role: tuple[str, str]) -> None:
    assert counted(sentence) == [role]


@pytest.mark.parametrize(
    "sentence",
    [
        "Three of them were killed.",
        "It happened 14 days ago.",
        "It happened after 14 days.",
        "The toll was up from 14.",
        "It kills 14 Zorbling a day.",
        "It took 4 minutes 48 seconds.",
    ],
)
def test_parts_old_values_and_what_stays_open_are_left_out(sentence: str) -> None:
    assert ("killed", "") not in counted(sentence)
    assert not {"day", "minute"}.intersection(role for role, _ in counted(sentence))
