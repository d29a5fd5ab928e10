"""The numbers of a text, and which of them changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.text.figures import (
    _FIGURE,
    MOST_FIGURES,
    _matches,
    changed_figures,
    figures,
    same_figure,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ferry carries 80 cars and costs 9 crowns.", ("80 cars", "9 crowns")),
        ("It cost $5 million, or 4.2%.", ("$5 million", "4.2%")),
        ("The yard was paid 16 billion dollars.", ("16 billion dollars",)),
        ("It opens on April 23, 2025.", ("April 23", "2025")),
        ("It opens at 10:30 on 3 May.", ("at 10:30", "3 May")),
        ("Twenty-two boats left; one stayed.", ("Twenty-two boats",)),
        ("A 25-year lease for 20–30 boats.", ("25-year", "20–30 boats")),
        ("배 80척이 떠났다.", ("80척이",)),
        ("共80艘船。", ("80艘船",)),
        ("12 of them sank, 5% more.", ("12", "5%")),
        ("The K9, the MH-17 and COVID-19 are names.", ()),
        ("See https://a.example/2025/04 and #7.", ()),
        ("It grew to 1,600 tons.", ("1,600 tons",)),
        ("The end is 12\nboats", ("is 12",)),
        ("", ()),
    ],
)
def test_finds_numbers_with_what_they_count(text: str, found: tuple[str, ...]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("was", "now", "changed"),
    [
        ("It carries 80 cars.", "It carries 90 cars.", [("80 cars", "90 cars")]),
        ("80 cars, 9 crowns", "90 cars, 9 crowns", [("80 cars", "90 cars")]),
        ("80 cars, 9 crowns", "9 crowns", []),
        ("80 cars", "80 cars, and 7 boats", []),
        ("80 cars", "90 cars and 7 boats", [("80 cars", "90 cars")]),
        ("80 cars", "80 vehicles", []),
        ("80 cars", "eighty cars", []),
        ("1,600 tons", "1600 tons", []),
        ("1.6 billion won", "1,600 million won", []),
        ("on April 23, 2025", "on April 24, 2025", [("April 23", "April 24")]),
        ("$5 was paid", "$6 was paid", [("$5", "$6")]),
        ("4% more", "5% more", [("4%", "5%")]),
        ("two boats sank", "three boats sank", [("two boats", "three boats")]),
        ("80 cars in a fleet", "30 trees in a park", []),
    ],
)
def test_tells_changed_numbers_from_others(
    was: str, now: str, changed: list[tuple[str, str]]
) -> None:
    assert list(changed_figures(figures(was), figures(now))) == changed


def test_no_more_than_so_many_are_kept() -> None:
    text = " ".join(f"{n} boats" for n in range(200))
    assert len(figures(text)) == MOST_FIGURES


def test_the_same_number_is_the_same_however_it_is_written() -> None:
    assert same_figure("Eighty cars", "80 Cars")
    assert not same_figure("80 cars", "80 crowns")


@given(st.text(alphabet="0123456789.,:/–-'’ $%twohundredABé대\n", max_size=80))
def test_a_figure_reads_alone_as_it_read_in_its_text(text: str) -> None:
    found = figures(text)
    assert changed_figures(found, found) == ()
    assert all(piece in text for piece in found)


def test_a_long_run_of_digits_and_commas_does_not_hang() -> None:
    assert figures("1," * 50_000)
    assert figures("1" * 100_000) == ()


@given(
    st.text(
        st.sampled_from("$€ 0123.,-–:%/@#_\u00a0aAtTwWhHrRfFoOsSſeEiIıİnNlLuvgyx'é나\n²٣")
        | st.characters()
    )
    | st.lists(
        st.sampled_from(["twenty-two", "THREE", "ſix", "fİve", "a", " ", "-", "$", "9", "ten", "x"])
    ).map("".join)
)
def test_a_figure_is_looked_for_wherever_one_may_start(text: str) -> None:
    found = [match.span() for match in _matches(text)]
    assert found == [match.span() for match in _FIGURE.finditer(text)]
