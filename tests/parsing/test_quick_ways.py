"""The quick ways of parsing say what the slow ones do."""

import math
import re
from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.parsing import beside, dateline, dates, slips, standing
from briefbook.parsing.digest import (
    _AGAIN,
    _BOTTOM_LINE,
    _FEWEST,
    _POINTS,
    _SENTENCES,
    _alike,
    _bottom_line,
    _points,
    _score,
)
from briefbook.parsing.naming import runs
from briefbook.parsing.unwrap import is_too_long, rows_of, width_of
from briefbook.parsing.wording import parts
from briefbook.text import sentences
from briefbook.text.expressions import compiled
from briefbook.text.words import fold_word, folded_words, words

# What the patterns look for, in any order and in any case.
PIECES = st.lists(
    st.sampled_from(
        """Mr Mrs. Dr. Gen. U.S. U.S.A J. Kim's O'Neil al-Assad of the & -based @ _ É Ölands 19 2024
        12 3 1. May 04/05/2025 03.Mär.19 5:15 to until – — - -- from between , ; ! ? … " ' ’ ) ] }
        (AP) OSLO Oslo it It's in In, he At because of these THIS y él 그는 这 update Updated
        published sign up for follow us @ video: watch the video https:// | • editor's note
        K ſign ıt defence .5 a. b-. \x1c 。 ؟ \u0301""".split()
    )
    | st.text(max_size=3),
    max_size=14,
)
TEXTS = st.one_of(
    PIECES.map(" ".join), PIECES.map("".join), PIECES.map(" ".join).map(lambda t: ascii(t)[1:-1])
)


def found_by(pattern: "re.Pattern[str]", text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def plain_run() -> "re.Pattern[str]":
    """Return the pattern of a run as one would write it, a whole word after the other."""
    c = f"[{runs._CAPITALS}]"
    short = rf"(?:{'|'.join(runs._ABBREVIATED)})\.(?=\s)"
    token = rf"(?:{c}\.(?:{c}\.)+|{c}\.(?=\s?{c})|{short}|{c}[\w&]*(?:['’\-.](?=\w)[\w&]+)*['’]?)"
    link = rf"(?:{runs._LINK}[ \u00a0])"
    return re.compile(rf"(?<![\w@]){token}(?:[ \u00a0]{link}{{0,2}}{runs._ARTICLE}{token})*")


@given(TEXTS)
def test_runs_of_names_are_found_as_by_a_plain_pattern(text: str) -> None:
    quick = runs._ASCII_RUN if text.isascii() else runs._RUN
    assert found_by(quick, text) == found_by(plain_run(), text)


@given(TEXTS.filter(str.isascii))
def test_stops_of_ascii_are_those_of_any_text(text: str) -> None:
    assert found_by(sentences._ASCII_STOP, text) == found_by(compiled(sentences._STOP), text)


@given(TEXTS)
def test_what_points_back_starts_with_one_of_the_words_looked_for_first(text: str) -> None:
    assert standing._points_back(text) is (standing._POINTS_BACK.match(text) is not None)


@given(TEXTS)
def test_words_of_the_page_are_looked_for_wherever_they_stand(text: str) -> None:
    slow = beside._PAGE.search(text) or beside._PICTURE.search(text)
    assert beside.is_of_page(text, beside.page_signs(text)) is bool(slow)


@given(TEXTS)
def test_ranges_are_looked_for_wherever_they_stand(text: str) -> None:
    forms = (slips._RANGE_TO_YEAR, slips._RANGE_AFTER, slips._RANGE_BEFORE)
    assert slips._RANGE.search(text) or not any(form.search(text) for form in forms)


@given(TEXTS)
def test_dates_are_looked_for_wherever_they_stand(text: str) -> None:
    quick = dates._ASCII_MAY_BE if text.isascii() else dates._MAY_BE
    slow = re.compile(
        r"(?:19|20)\d\d|\d[./-]\s?\d{1,2}[./-]\s?\d\d|"
        r"\d\d?\.?\s?-?[^\W\d_]{3,9}\.?\s?-?'?\d\d"
    )
    assert (quick.search(text) is None) is (slow.search(text) is None)


@given(TEXTS)
def test_datelines_are_looked_for_wherever_they_stand(text: str) -> None:
    assert dateline._may_be_dateline(text) or dateline._DATELINE.match(text) is None


@given(TEXTS)
def test_words_are_folded_as_one_by_one(text: str) -> None:
    assert folded_words(text) == list(map(fold_word, words(text)))


@given(TEXTS)
def test_the_parts_of_a_folded_text_end_in_no_stop(text: str) -> None:
    plain = text.replace("-", " ").replace("defence", "defense").split()
    assert parts(text) == [word.rstrip(".") for word in plain]


@given(st.lists(st.integers(1, 400), max_size=30), st.booleans())
def test_a_text_of_long_lines_is_not_wrapped(lengths: list[int], in_mail: bool) -> None:
    lines = ["sand " * (length // 5) + "x" for length in lengths]
    if is_too_long(lines):
        assert width_of(rows_of(list(enumerate(lines, 1))), in_mail=in_mail) == 0


# --------------------------------------------------------------------------- digest

SUBJECTS = st.sampled_from("The port|A dredger|Liv Aune|Skarnes|He|And the channel".split("|"))
VERBS = st.sampled_from("bought|sold|cleared|closed|paid for".split("|"))
OBJECTS = st.sampled_from(
    "the dredger of the port on Monday|a channel full of sand|two of three bridges in Skarnes|"
    "nothing at all that year|41 million kroner for a dredger, sand and a bridge".split("|")
)
SAID = st.tuples(SUBJECTS, VERBS, OBJECTS).map(lambda said: f"{' '.join(said)}.")
TITLES = st.sampled_from(["", "Skarnes buys a dredger", "Sand closes the channel of the port"])


def weighed_by_all(
    found: list[standing.Sentence],
    title: str,
    wanted: int,
    beside_them: list[standing.Sentence],
) -> list[standing.Sentence]:
    """Choose by weighing every sentence in every round."""
    weights = _BOTTOM_LINE if wanted == 1 else _POINTS
    telling = standing.stems(title)
    counts = Counter(chain.from_iterable(s.words for s in found))
    scale = weights.centre / math.sqrt(len(found) + _SENTENCES)
    values = {word: scale * (count - 1) for word, count in counts.items()}
    said = set(chain.from_iterable(s.words for s in beside_them))

    def worth(s: standing.Sentence) -> tuple[bool, float]:
        news = math.fsum(values[word] * (_AGAIN if word in said else 1) for word in s.words)
        share = news / math.sqrt(max(_FEWEST, len(s.words)))
        return not s.is_weak, _score(s, telling, weights) + share

    left = [s for s in found if not any(_alike(s, other) for other in beside_them)]
    chosen: list[standing.Sentence] = []
    while left and len(chosen) < wanted:
        best = max(left, key=worth)
        chosen.append(best)
        said |= best.words
        left = [s for s in left if s is not best and not _alike(s, best)]
    return sorted(chosen, key=lambda s: s.place)


@given(st.lists(SAID, max_size=14), TITLES, st.integers(2, 4))
def test_the_digest_is_what_weighing_all_sentences_gives(
    said: list[str], title: str, wanted: int
) -> None:
    found = standing.standing(said)
    bottom = _bottom_line(found, title)
    assert bottom == weighed_by_all(found, title, 1, [])
    points = _points(found, title, wanted, beside=bottom)
    assert points == weighed_by_all(found, title, wanted, bottom)


@pytest.mark.parametrize("text", ["", "Mr.", "J. Kim", "Gen. A.B. Smith's of the U.S. Army"])
def test_short_runs_are_found_too(text: str) -> None:
    assert found_by(runs._ASCII_RUN, text) == found_by(plain_run(), text)
