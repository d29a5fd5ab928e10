import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.parsing.cues import SECTIONS, find_cues, telling_words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Leave a Reply", ("end", "leave a reply", ""), id="whole line"),
        pytest.param("LEAVE A REPLY…", ("end", "leave a reply", ""), id="case and stops"),
        pytest.param("17 Comments", ("end", "# comments", ""), id="any number"),
        pytest.param("1,204 comments", ("end", "# comments", ""), id="a long number is one"),
        pytest.param(
            "Originally published by Mudflat Post.",
            ("origin", "originally published by", "Mudflat Post"),
            id="the words at the star",
        ),
    ],
)
def test_knows_the_phrases_of_furniture(line: str, expected: tuple[str, str, str]) -> None:
    assert expected in [(cue.section, cue.phrase, cue.rest) for cue in find_cues(line)]


@pytest.mark.parametrize(
    "line",
    [
        "Comments on the plan are due at the harbour office by Friday, and nobody has sent one.",
        "The comments of the harbour master were short.",
        "Comments were few",
        "The dredger prints nothing",
        "",
        "—",
    ],
)
def test_prose_is_no_furniture(line: str) -> None:
    assert find_cues(line) == ()


@given(st.text())
def test_never_fails_and_quotes_the_line(line: str) -> None:
    for cue in find_cues(line):
        assert cue.section in SECTIONS
        assert cue.rest in line


def test_a_line_with_a_cue_has_a_telling_word_of_its_section() -> None:
    words = telling_words("faq")
    for line in ("FAQ", "Häufige Fragen zum Hafen", "Q & A", "Frequently Asked Questions"):
        assert any(cue.section == "faq" for cue in find_cues(line))
        assert any(word in line.casefold() for word in words)
    assert not any(word in "the harbour opens in may" for word in words)
