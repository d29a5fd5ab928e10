import pytest

from briefbook.parsing.dateline import dateline_of, without_dateline

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
