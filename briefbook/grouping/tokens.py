"""Tokens: the words, numbers and marks of a sentence, for reading facts.

In: a sentence. Out: its tokens in order, each with its place. Refuses nothing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefbook.grouping.known import Known


class Token(NamedTuple):
    """A word, number or mark of a sentence."""

    text: str
    low: str  # for comparing
    start: int  # offsets in characters
    end: int


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|_")
# Names of months, whole or cut.
MONTHS = frozenset(
    """jan january feb february mar march apr april may jun june jul july aug august sep sept
    september sepember oct october nov november dec december""".split()  # one a common slip
)


def _low(text: str) -> str:
    return text.lower().replace("’", "'")


_LOWS = Known(_low)


def tokens_of(sentence: str) -> list[Token]:
    """Return the words, numbers and marks of a sentence in order."""
    # As `Token(...)`, without a call of Python for each of many.
    low, new = _LOWS, tuple.__new__
    return [new(Token, (text := m[0], low[text], *m.span())) for m in _TOKEN.finditer(sentence)]


def is_month(word: str) -> bool:
    """Tell whether a folded word is a month's name, whole or cut."""
    return word in MONTHS


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Return a token for comparing, "" where none stands."""
    return tokens[at].low if 0 <= at < len(tokens) else ""
