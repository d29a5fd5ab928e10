"""What no rule recognises is kept: shapes that once were taken for furniture or metadata."""

from datetime import date

import pytest

from briefbook import parse_text
from briefbook.model import Fate

START = "The ferry line to the northern islands was sold to the state on Monday."


def lost(text: str) -> list[str]:
    article = parse_text(f"Ferry line sold to the state\n\n{START}\n\n{text}\n")
    assert article.title == "Ferry line sold to the state"
    return [line.text for line in article.lines[1:] if line.fate is not Fate.BODY]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("By noon, nobody was left.", id="a sentence that starts with By"),
        pytest.param(
            "Von Montag an gilt ein neuer Fahrplan.", id="a sentence that starts with Von"
        ),
        pytest.param(
            "By March 3, 2026 the court will decide whether the ships can be sold.",
            id="a sentence with By and a date",
        ),
        pytest.param("She was born on 3 May 1931.", id="a short sentence with a date"),
        pytest.param(
            "May 1, 1962: the first ferry sails\n\nMay 2, 1971: the second one sails\n\n"
            "May 4, 1985: the bridge opens",
            id="a chronology",
        ),
        pytest.param(
            "Ingredients\n\n200 g red lentils\n1 onion\n2 carrots\nSalt\nPepper\nWater",
            id="a recipe",
        ),
        pytest.param("Results\n\nNorth 2 South 1\nEast 0 West 0\nUp 3 Down 4", id="scores"),
        pytest.param(
            "Do you like it?\n\nYes.\n\nWould you do it again?\n\nYes.", id="the same answer twice"
        ),
        pytest.param(
            "The ferry goes\nThe ferry comes\nNobody knows\nThe ferry goes", id="a refrain"
        ),
        pytest.param(
            "Comments\n\nThe minister said on Tuesday that the state would buy two more ships.",
            id="a heading that is an end cue too",
        ),
        pytest.param(
            "Norway wants to become a member of the union, its prime minister said on Monday.\n\n"
            "The newsletter box was empty, said the minister on the following day in Oslo.",
            id="sentences with words of furniture",
        ),
        pytest.param("Best wishes\nMina\nHarbour office\nNorthport", id="a signature"),
    ],
)
def test_text_of_unusual_shape_is_kept(text: str) -> None:
    assert lost(text) == []


def test_a_sentence_below_the_heading_of_a_box_is_kept() -> None:
    assert lost("Latest\n\nThree people are missing, police said.") == ["Latest"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Mayor resigns\n\nThe mayor of Northport resigned on Monday after weeks of protest.\n",
            "Mayor resigns",
        ),
        (f"Policy & Trade\n\n{START}\n", None),
        (f"Ferry sold\n\n{START}\n", "Ferry sold"),
        ("Ferry sails again\n\nThe ferry sailed on Monday.\n\nIt was full.\n", "Ferry sails again"),
        (f"# Ferry line sold\n\n{START}\n", "Ferry line sold"),
    ],
    ids=["one of two words", "a label", "two words", "a tiny text", "Markdown"],
)
def test_a_short_headline_is_one_when_the_text_takes_it_up(text: str, title: str | None) -> None:
    assert parse_text(text).title == title


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published: 04/05/2025", None),
        ("Published: 04/05/2025 3:15 PM ET", date(2025, 4, 5)),
        ("Published: 24/05/2025", date(2025, 5, 24)),
        ("Published: 05/05/2025", date(2025, 5, 5)),
    ],
)
def test_a_date_that_can_be_read_two_ways_is_none(line: str, expected: date | None) -> None:
    article = parse_text(f"Ferry line sold to the state\n\n{line}\n\n{START}\n")
    assert article.published == expected
    slips = ["line 3: the date “04/05/2025” can be read two ways"] if expected is None else []
    assert [str(slip) for slip in article.slips] == slips


def test_a_byline_below_a_second_headline_is_one() -> None:
    assert lost("What the state has bought\n\nBy Rana Aziz\n\nThe state bought ships in 2013.") == [
        "By Rana Aziz"
    ]
