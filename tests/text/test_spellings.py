import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.text.spellings import Spellings, fold_name

SPELLINGS = Spellings(
    [
        ("Port Times", "The Port Times", "porttimes.example"),
        ("Quay Gazette", "Port Times"),  # the first group that claims a spelling keeps it
    ]
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Port Times", "Port Times"),
        ("the PORT   times", "Port Times"),
        ("PortTimes.example", "Port Times"),
        ("quay gazette", "Quay Gazette"),
        ("Tide  Post", "Tide Post"),
        ("★", "★"),
    ],
)
def test_a_name_is_shown_by_the_spelling_that_is_preferred(name: str, shown: str) -> None:
    assert SPELLINGS.preferred(name) == shown


def test_spellings_of_one_name_have_one_key_and_others_have_another() -> None:
    keys = [SPELLINGS.key(name) for name in ("Port Times", "porttimes.example", "PORT TIMES")]
    assert len(set(keys)) == 1
    others = [SPELLINGS.key(name) for name in ("Quay Gazette", "Tide Post", "★", "♥", "")]
    assert len({*keys, *others}) == 6


def test_case_and_punctuation_make_no_second_name_of_one_nobody_listed() -> None:
    assert SPELLINGS.key("Tide Post") == SPELLINGS.key("TIDE POST!")


@given(st.text(max_size=60))
def test_a_folded_name_is_its_own(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
