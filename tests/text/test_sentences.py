import sys

import pytest
from hypothesis import given as given_by_hypothesis
from hypothesis import strategies as st

from briefbook.text.sentences import spans, split


@pytest.mark.cases("sentences")
def test_divides_text_into_its_sentences(given: str, expected: str) -> None:
    assert "\n".join(split(given)) == expected


@given_by_hypothesis(st.text(alphabet=st.sampled_from('aB1 .!?…。"”(\n\r.U.S.')))
def test_loses_nothing_but_white_space(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given_by_hypothesis(st.text())
def test_sentences_are_verbatim_in_order_and_without_space_around(text: str) -> None:
    end = 0
    for first, last in spans(text):
        assert end <= first < last
        assert text[first:last] == text[first:last].strip()
        end = last


def test_text_without_words_has_no_sentence() -> None:
    assert split("") == ()
    assert split(" \n\t \r\n") == ()


@pytest.mark.parametrize("piece", ["word ", "a.", "No. ", "U.S. ", "“Yes?” ", "x", ". ", "。"])
def test_work_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    # The lines executed are counted, which no other load on the machine changes.
    single, double = (_lines_executed(piece * (size // len(piece))) for size in (20_000, 40_000))
    assert double < 2.5 * single


def _lines_executed(text: str) -> int:
    count = 0

    def trace(*_: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # typeshed wants the exact frame types
    try:
        split(text)
    finally:
        sys.settrace(before)
    return count
