"""Words of reports: what stands between two spaces, read once however often it comes back.

In: a run of characters without spaces. Out: its terms, which of them are names or numbers, whether
a sentence ends there, and whether it may be a month or a weekday.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from briefbook.grouping.similarity import word_terms
from briefbook.text.words import parts_without_spaces, words

# Longer runs without spaces are read each time; the others are words that come back.
_REMEMBERED_CHARACTERS = 40
# Runs that are remembered: most words of some thousand articles.
_MOST_REMEMBERED = 1 << 16
# Of more parts is only what stands without spaces between its words.
_PARTS_OF_A_WORD = 4

_SENTENCE_END = re.compile(r"[.!?:\"“”]['\"”’)]*$")
_END_CHARACTERS = 4
_HANGUL = re.compile("[\uac00-\ud7af]{3,}")
_MONTH_STARTS = re.compile(r"\b(?:Jan|Feb|March|April|May|June|July|Aug|Sep|Oct|Nov|Dec)")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")

# A term; it is a name or number wherever it stands; it is capitalised; it has a digit.
_Told = tuple[str, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between two spaces."""

    terms: tuple[_Told, ...]
    ends: bool  # a sentence ends with it
    is_long: bool  # many words without a space between them: each term has a place of its own
    is_plain: bool  # it has terms, none of them special, and no sentence ends
    may_be_month: bool
    weekday: str | None  # the first one it names


class _Tokens(dict[str, Token]):
    """Tokens by what stands there, made when first asked for; all forgotten when there are many."""

    def __missing__(self, run: str) -> Token:
        token = _read(run)
        if len(run) <= _REMEMBERED_CHARACTERS:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[run] = token
        return token


TOKENS = _Tokens()


def _read(run: str) -> Token:
    found: list[_Told] = []
    for word in words(run):
        telling = _is_telling(word)
        for part in _parts(word):
            found += [
                (term, telling, word[0].isupper(), _has_digit(term)) for term in word_terms(part)
            ]
    ends = not run[-1].isalnum() and _SENTENCE_END.search(run[-_END_CHARACTERS:]) is not None
    is_long = len(found) > _PARTS_OF_A_WORD
    weekday = _WEEKDAY.search(run) if "day" in run else None
    return Token(
        terms=tuple(found),
        ends=ends,
        is_long=is_long,
        is_plain=bool(found) and not ends and not is_long and not any(map(_is_special, found)),
        may_be_month=_MONTH_STARTS.search(run) is not None,
        weekday=weekday[0] if weekday else None,
    )


def _is_telling(word: str) -> bool:
    """Tell whether a word is a name or number wherever it stands."""
    if word.isascii() and word.isalpha():
        return len(word) > 1 and word.isupper()
    # Where letters have no case nothing marks a name: each word may be one.
    return _has_digit(word) or (word.isupper() and len(word) > 1) or word == word.swapcase()


def _is_special(told: _Told) -> bool:
    return any(told[1:])


def _parts(word: str) -> Iterable[str]:
    """Divide what spaces do not: Japanese, Chinese, and Korean words with their endings."""
    if word.isascii():
        return (word,)
    return [
        pair
        for part in parts_without_spaces(word)
        for pair in ([a + b for a, b in pairwise(part)] if _HANGUL.fullmatch(part) else [part])
    ]


def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(map(str.isdigit, word))
