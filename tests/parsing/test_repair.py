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
    ("line", "start", "was", "now", "rule"),
    [
        ("a 3.The", 4, "", " ", ""),
        ("the U.S.before", 8, "", " ", "space missing after an abbreviation"),
        ("a bell\x07", 6, "\x07", "", "character that is no text"),
        ("one\u2028two", 3, "\u2028", " ", "line end inside a line"),
        ("caf\xc3\xa9", 3, "\xc3\xa9", "é", "character read in a wrong encoding"),
        ("port\xe2\x80\x99s", 4, "\xe2\x80\x99", "’", "character read in a wrong encoding"),
        ("so \x97 or", 3, "\x97", "—", "character read in a wrong encoding"),
    ],
)
def test_every_record_names_line_place_and_reason(
    line: str, start: int, was: str, now: str, rule: str
) -> None:
    expected = (Repair(line=7, start=start, was=was, now=now, rule=rule),) if rule else ()
    assert repairs_of(7, line) == expected


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


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        pytest.param(
            '"No," they said and left."We stayed.', '"No," they said and left. "We stayed.',
            id="a quotation opens after one that is whole"
        ),
        pytest.param("It stands in Nos.AB and Nos.ABc.", None, id="no sentence starts in capitals"),
        pytest.param("It has page 30.They left", "It has page 30. They left", id="a number"),
        pytest.param(
            "It was in 2019.June 2020 was better.", "It was in 2019. June 2020 was better.",
            id="a month after a year"
        ),
        pytest.param("It was on 12.Juni 2019 in May.", None, id="a month after a day"),
        pytest.param(
            "Ask a@b.example U.S.before noon.", "Ask a@b.example U.S. before noon.",
            id="an address beside an abbreviation"
        ),
        pytest.param("It ended.I\x0bwent home.", "It ended. I went home.", id="two side by side"),
        pytest.param("in \xc2\x81 it", "in \xc2 it", id="what reads as no character"),
        pytest.param(
            "CafÃ© took Â£5, itâ€™s said", "Café took £5, it’s said", id="misread and printable"
        ),
        pytest.param(f"It was {'b' * 75}.Then", f"It was {'b' * 75}. Then", id="the longest word"),
        pytest.param(f"It was {'b' * 76}.Then", None, id="longer than any word"),
        pytest.param("It was in the USA.They left.", None, id="capitals before the stop"),
        pytest.param("It ended.Xaver left.", "It ended. Xaver left.", id="a name with X"),
        pytest.param("see www.a.example,which", None, id="a comma in an address"),
        pytest.param("read a &lt,bb or &amp,bb", None, id="an entity"),
    ],
)  # fmt: skip
def test_mends_beside_what_only_looks_alike(line: str, mended: str | None) -> None:
    assert apply(line, repairs_of(1, line)) == (line if mended is None else mended)


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
