import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.parsing.dateline import (
    _AGENCY,
    _DATELINE,
    _may_be_dateline,
    dateline_of,
    without_dateline,
)

REST = "The port has bought a dredger."


@pytest.mark.parametrize(
    "front",
    [
        "SKARNES — ",
        "SKARNES, Norway (Reuters) - ",
        "SKARNES - ",
        "SKARNES ― ",
        "SKARNES, April 23 (Yonhap) -- ",
        "Skarnes, Norway (CNN) ",
        "(CNN) ",
        "(CNN)",
        "(Reuters) - ",
    ],
)
def test_a_dateline_goes_and_the_sentence_stays(front: str) -> None:
    assert without_dateline(front + REST) == REST


@pytest.mark.parametrize(
    "paragraph",
    [
        "FILE - In this photo the dredger lies at the quay.",
        "Skarnes - a town of boats - has bought a dredger.",
        "The port (and its pilots) has bought a dredger.",
        "Liv Aune (CNN) has not.",
        "UPDATE - The port has bought a dredger.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(paragraph: str) -> None:
    assert without_dateline(paragraph) == paragraph


def test_a_dateline_names_place_day_and_agency() -> None:
    found = dateline_of("SKARNES, April 23 (Yonhap) - The port has bought a dredger.")
    assert found is not None
    assert found.group("place", "date", "agency") == ("SKARNES", "April 23", "Yonhap")


@given(
    st.lists(
        st.sampled_from(
            [
                "OSLO",
                "Oslo",
                ", Norway",
                " (Reuters)",
                " (AP)",
                " — ",
                " - ",
                " -- ",
                "May 3",
                " ",
                "(",
            ]
        )
        | st.text(max_size=4),
        max_size=8,
    ).map("".join)
)
def test_no_dateline_is_missed_by_the_early_look(paragraph: str) -> None:
    opening = paragraph[:140]
    if _DATELINE.match(opening):
        assert _may_be_dateline(opening)
    if _AGENCY.match(opening):
        assert "(" in opening
