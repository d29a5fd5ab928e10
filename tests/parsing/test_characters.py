"""The quick ways of counting and folding say what the slow ones do, in any script."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.parsing import cues
from briefbook.parsing.characters import (
    count_capitals,
    count_digits,
    count_small,
    folded_and_letters,
    has_digit,
)
from briefbook.parsing.furniture import CAPTION_END, is_caption
from briefbook.parsing.lines import text_line
from briefbook.parsing.ownsigns import own_signs
from briefbook.text.words import folded

LETTERS = re.compile(r"[^\W\d_]+")
# Letters that fold to others, marks that join words, signs that look like letters, other scripts.
ANY = st.one_of(
    st.text(max_size=30),
    st.text("abzAZ09'-.&#*:©ß’“” _éÉñÿµª²€…–\u00a0\u0301İıſ\u0307Σςж中 s,;", max_size=30),
)


@given(ANY)
def test_a_line_is_folded_as_any_text_is(text: str) -> None:
    assert folded_and_letters(text) == (folded(text), tuple(LETTERS.findall(text.lower())))


@given(ANY)
def test_characters_are_counted_as_one_by_one(text: str) -> None:
    assert count_digits(text) == sum(map(str.isdigit, text))
    assert has_digit(text) == any(map(str.isdigit, text))
    assert count_capitals(text) == sum(map(str.isupper, text))
    assert count_small(text) == sum(map(str.islower, text))


@given(ANY)
def test_the_words_of_a_phrase_are_those_of_its_pattern(text: str) -> None:
    plain = cues._NUMBER.sub("#", text.casefold().replace("’", "'"))
    assert cues._keys(text) == cues._TOKEN.findall(plain)


@pytest.mark.parametrize(
    "text",
    [
        "Der Hafen wächst. Straßen & Brücken-Bau, Nr. 12: „Die Größe zählt.“",
        "L'été d'Émile — « C'est fini », a-t-il dit.",
        "The pilot’s boat left at 10.30 a.m.; nobody's aboard.",
        "U.S.-Küste · 3 µm",
    ],
)
def test_real_lines_fold_alike(text: str) -> None:
    assert folded_and_letters(text) == (folded(text), tuple(LETTERS.findall(text.lower())))


@pytest.mark.parametrize(
    "word", ["Photo: AP", "HANDOUT", "Reuters/Mina Hart", "İstanbul, Foto: dpa"]
)
@pytest.mark.parametrize("before", ["", "İ" * 120, "i\u0307" * 120])
def test_a_caption_is_known_behind_letters_that_fall_apart(word: str, before: str) -> None:
    line = text_line(1, f"{before} {word}")
    assert "caption" in own_signs(line).marks or not is_caption(line.text[-CAPTION_END:])
    assert is_caption(line.text) == ("caption" in own_signs(line).marks)


def test_what_is_kept_of_a_short_line_is_what_is_found_anew() -> None:
    first, second = text_line(3, "Newsletter"), text_line(9, "Newsletter")
    assert (first.number, second.number) == (3, 9)
    assert first.cues == second.cues
    assert own_signs(first) is own_signs(second)
    assert own_signs(first) == own_signs.__wrapped__(first)  # type: ignore[attr-defined]
