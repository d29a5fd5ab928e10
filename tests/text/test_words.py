import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.text.words import (
    collapsed,
    count_words,
    first_words,
    fold_word,
    folded,
    folded_words,
    is_within_word,
    parts_without_spaces,
    telling_words,
    words,
)


def test_hyphens_apostrophes_and_inner_stops_join_a_word() -> None:
    assert words("The KUH-1's crew, R&D and the U.S. fleet—don’t ask.") == [
        "The", "KUH-1's", "crew", "R&D", "and", "the", "U.S", "fleet", "don’t", "ask",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Korea’s", "korea"), ("KOREA'S", "korea"), ("don’t", "don't"), ("STRASSE", "strasse")],
)
def test_folds_case_possessives_and_apostrophes(word: str, expected: str) -> None:
    assert fold_word(word) == expected


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Lt", "Zs"))))
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert folded(decomposed) == folded(composed)


@given(st.text() | st.text(st.sampled_from("aBİſßé'’sS.-& \u0301")))
def test_folds_the_words_of_a_text_as_each_by_itself(text: str) -> None:
    assert folded_words(text) == [fold_word(word) for word in words(text)]


def test_vowel_signs_do_not_cut_a_word() -> None:
    assert words("बंदरगाह खुला") == ["बंदरगाह", "खुला"]


def test_a_decomposed_accent_is_the_composed_one() -> None:
    assert folded(unicodedata.normalize("NFD", "Café Møller, Genève")) == "café møller genève"


def test_telling_words_leave_out_those_that_say_little() -> None:
    assert telling_words("The port of Busan and a ship, the Port’s last") == [
        "port", "busan", "ship", "port",
    ]  # fmt: skip


def test_collapses_white_space() -> None:
    assert collapsed(" a\u00a0 b\t\nc ") == "a b c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port of Busan", 4),
        ("", 0),
        ("항구는 다시 열렸다", 3),
        ("港が月曜日に開いた", 5),
        ("x" * 400, 10),
    ],
    ids=["English", "nothing", "Korean", "Japanese, which has no spaces", "a hostile run"],
)
def test_counts_words_as_a_reader_would(text: str, expected: int) -> None:
    assert count_words(text) == expected


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("One, two  three. Four", "One, two  three."),
        ("One", "One"),
        ("港湾局は月曜日に", "港湾局は月曜"),
        ("  ", ""),
    ],
)
def test_first_words_cut_no_word(text: str, start: str) -> None:
    assert first_words(text, 3) == start
    assert not is_within_word(text, len(start))


def test_a_cut_inside_a_word_is_known() -> None:
    assert [is_within_word("an ox", at) for at in range(6)] == [
        False,
        True,
        False,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("harbour", ["harbour"]),
        ("항구가", ["항구가"]),
        ("スカルネス港の浚渫工事", ["スカルネス", "港", "浚渫", "渫工", "工事"]),
        ("港口开放", ["港口", "口开", "开放"]),
        ("はじまる", []),
        ("2026年", ["2026", "年"]),
    ],
)
def test_a_word_without_spaces_is_compared_by_its_parts(word: str, parts: list[str]) -> None:
    assert parts_without_spaces(word) == parts
