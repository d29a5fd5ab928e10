"""Tokens: the words, numbers and marks of a sentence, for reading facts.

In: a sentence. Out: its tokens in order, each with its place. Refuses nothing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """A word, number or mark of a sentence."""

    text: str
    low: str  # for comparing
    start: int  # offsets in characters
    end: int


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|_")
_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$"
)


def tokens_of(sentence: str) -> list[Token]:
    """Return the words, numbers and marks of a sentence in order."""
    return [
        Token(m[0], m[0].lower().replace("’", "'"), m.start(), m.end())
        for m in _TOKEN.finditer(sentence)
    ]


def is_month(word: str) -> bool:
    """Tell whether a folded word is a month's name, whole or cut."""
    return bool(_MONTH.match(word))


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Return a token for comparing, "" where none stands."""
    return tokens[at].low if 0 <= at < len(tokens) else ""
