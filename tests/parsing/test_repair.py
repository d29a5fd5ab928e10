import pytest
from hypothesis import given as given_by_hypothesis
from hypothesis import strategies as st

from briefbook.model import Repair
from briefbook.parsing.repair import repairs_of
from briefbook.text.mending import apply, undo


@pytest.mark.cases("repairs")
def test_mends_only_what_copying_damaged(given: str, expected: str) -> None:
    assert apply(given, repairs_of(1, given)) == expected


def test_records_line_place_and_reason() -> None:
    assert repairs_of(7, "It ended.They left,all of them.") == (
        Repair(line=7, start=9, was="", now=" ", rule="space missing after a full stop"),
        Repair(line=7, start=19, was="", now=" ", rule="space missing after a comma"),
    )


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        pytest.param("a zero\u200bwidth space", "a zerowidth space", id="zero-width space"),
        pytest.param("a bell\x07 rings", "a bell rings", id="control character"),
        pytest.param("reads \u202edrawkcab\u202c", "reads drawkcab", id="bidirectional override"),
        pytest.param("\ufeffThe mark", "The mark", id="byte order mark"),
        pytest.param("a lone \ud800 half", "a lone  half", id="surrogate"),
        pytest.param("one\u2028two\x0bthree\x85four", "one two three four", id="line ends inside"),
        pytest.param("one\x0c\u2029two", "one two", id="several line ends"),
        pytest.param("naïve café – “yes” 항구", "naïve café – “yes” 항구", id="ordinary letters"),
        pytest.param("family \U0001f468\u200d\U0001f469 and Persian می\u200cشود",
                     "family \U0001f468\u200d\U0001f469 and Persian می\u200cشود", id="joiners"),
    ],
)  # fmt: skip
def test_takes_out_characters_that_are_no_text(line: str, mended: str) -> None:
    assert apply(line, repairs_of(1, line)) == mended


@given_by_hypothesis(st.text() | st.text(st.sampled_from('abAB.,;?!)”’"“1US \x07\u200b\u2028@/')))
def test_every_repair_can_be_undone(line: str) -> None:
    repairs = repairs_of(1, line)
    assert undo(apply(line, repairs), repairs) == line
    assert all(line[r.start : r.start + len(r.was)] == r.was for r in repairs)


@given_by_hypothesis(st.text(st.sampled_from('abAB.,;?!)”’"“1US @/')))
def test_a_mended_line_only_gains_spaces(line: str) -> None:
    assert apply(line, repairs_of(1, line)).replace(" ", "") == line.replace(" ", "")


@given_by_hypothesis(st.text(st.sampled_from('abAB.,;?!)”’"“1US @/&')))
def test_mending_a_mended_line_changes_nothing(line: str) -> None:
    once = apply(line, repairs_of(1, line))
    assert apply(once, repairs_of(1, once)) == once
