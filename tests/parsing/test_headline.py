import pytest

from briefbook import parse_text
from briefbook.parsing.wording import Wording

TEXT = """The port of Skarnes has bought a dredger that three other ports had turned down.

The dredger will clear the northern channel of the port before the summer comes.

The port pays for the dredger over six years, harbour master Liv Aune said on Monday.
"""


def read(*above: str) -> tuple[str | None, list[str]]:
    article = parse_text("\n\n".join([*above, TEXT]))
    return article.title, [str(slip) for slip in article.slips]


def test_the_line_above_the_text_is_the_headline() -> None:
    assert read("Skarnes port buys a dredger") == ("Skarnes port buys a dredger", [])


def test_labels_above_the_headline_are_none() -> None:
    above = ("HARBOUR", "Mudflat Post", "Skarnes port buys a dredger")
    assert read(*above) == ("Skarnes port buys a dredger", [])


def test_a_standfirst_below_the_headline_is_text() -> None:
    standfirst = "Three other ports had looked at the ship, laughed, and gone home again by train"
    title, _ = read("Skarnes port buys a dredger", standfirst)
    assert title == "Skarnes port buys a dredger"
    assert (
        standfirst
        in parse_text("\n\n".join(["Skarnes port buys a dredger", standfirst, TEXT])).body
    )


def test_of_two_headlines_the_one_the_text_bears_out_wins_and_a_slip_names_the_other() -> None:
    other, true = "Iceland elects poet to parliament", "Skarnes port buys a dredger"
    title, slips = read(other, other, true, true)
    assert title == true
    assert slips == [
        f"line 1: the headline “{other}” says something else than “{true}”, which the text "
        "bears out better"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "By Ina Brandt",
        "4 May 2026",
        "Home / Ports / Dredging and all that",
        "* a list of four words",
    ],
    ids=["byline", "date line", "path", "item"],
)
def test_what_is_plainly_something_else_is_no_headline(line: str) -> None:
    assert read(line)[0] is None


def test_words_of_a_line_do_not_bear_themselves_out() -> None:
    wording = Wording(["Who pays for the bridge"], ["who pays for the bridge"])
    assert wording.present(["pays", "bridge"]) == 1.0
    assert wording.present(["pays", "bridge"], own=True) == 0.0
    assert wording.bears_out(["bridge"], own=True) == 0.0


def test_a_quoted_line_is_no_headline() -> None:
    assert read("> Who pays for the dredger?")[0] is None
