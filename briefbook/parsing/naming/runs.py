"""Runs: where a text has capital words in a row, and what stands around them.

In: a text. Out: for each form of a name the places it is mentioned at. A line is read as it stands;
a line that is all capitals says nothing by its capitals, so it is kept apart.
"""

import re
from dataclasses import dataclass, field

from briefbook.parsing.naming.heads import PARTICLES
from briefbook.parsing.naming.knowledge import is_in, mask
from briefbook.parsing.naming.pieces import pieces
from briefbook.text.words import STOP_WORDS

# Capital letters of the scripts that have them.
_CAPITALS = "".join(chr(c) for c in range(0x41, 0x530) if chr(c).isupper())
_LINK = "(?:of|the|and|for|&|" + "|".join(sorted(PARTICLES)) + ")"
_ABBREVIATED = (
    """Mr Mrs Ms Dr Gen Lt Col Sen Rep Gov Prof Rev Sgt Capt Adm Maj Cmdr Cpl St Mt Ft Hon Messrs
    Mme Lieut Sens Reps Gens Brig Jr Bros Pvt Pfc Sra Sr"""
).split()
_ARTICLE = "(?:[ae][lnrs]-)?"  # "Mohammed al-Assad"


def _tokens(capitals: str, word: str, space: str) -> tuple[str, str]:
    """Return patterns of a word that is part of a name: behind its first letter, and whole.

    Args:
        capitals: The capital letters, as a class of characters has them.
        word: What stands in words.
        space: What white space is.
    """
    c = f"[{capitals}]"
    dotted = rf"\.(?:{c}\.)+|\.(?={space}?{c})"
    plain = rf"[{word}&]*(?:['’\-.](?=[{word}])[{word}&]+)*['’]?"
    behind: dict[str, list[str]] = {}
    for short in _ABBREVIATED:
        behind.setdefault(short[0], []).append(short[1:])
    # The letter is asked after, as it stands before this: no other short form starts with it.
    short = "|".join(f"(?<={c})(?:{'|'.join(ends)})" for c, ends in behind.items())
    rest = rf"(?:{dotted}|(?:{short})\.(?={space})|{plain})"
    return rest, c + rest


def _runs(capitals: str, word: str, space: str) -> re.Pattern[str]:
    """Return the pattern of a run; it starts with one class, so that a search leaps to capitals."""
    rest, token = _tokens(capitals, word, space)
    linked = rf"(?:[ \u00a0](?:{_LINK}[ \u00a0]){{0,2}}{_ARTICLE}{token})*"
    return re.compile(rf"[{capitals}](?<![{word}@].){rest}{linked}")


_RUN = _runs(_CAPITALS, r"\w", r"\s")
# The same where all is of ASCII: small classes are told in no time.
_ASCII_RUN = _runs("A-Z", "A-Za-z0-9_", r"[\s\x1c-\x1f]")
_BEFORE, _AFTER = 26, 26  # characters: room for two words
_ENDS = ".?!:;\"”“'*•-–—"
# In a row of results a town is a team, beside the town itself: "Leeds 1 Derby 0".
ROW = "\t"
_PLACES = mask("country", "region", "large city", "city")
_LONGEST = 300  # characters of a run; a longer one is no name
_DIGITS = "0123456789"
_ROW_STARTS = ("^", "0")
_DATE = 10  # characters of 1996-08-30
_PREFIXES = ("al-", "el-", "Al-", "El-", "ul-", "as-", "an-", "ar-")


# What stands around a mention: the word before the word before it, the word before it, the word or
# sign behind it, and the next; "0" for a number, "^" and "$" for ends; whether it opens a sentence.
# A bare tuple, as there are many.
Mention = tuple[str, str, str, str, bool]


@dataclass(slots=True)
class Form:
    """One form of a name in a text."""

    text: str
    mentions: list[Mention] = field(default_factory=list)


def find_forms(text: str) -> tuple[dict[str, Form], list[str]]:
    """Return the forms of a text by their key, in its order, and its lines of capitals.

    The key is the form in small letters; a town in a row of results has one of its own.
    """
    forms: dict[str, Form] = {}
    capitals: list[str] = []
    for line in text.split("\n"):
        if line.isupper():
            capitals.append(line)
            continue
        for match in (_ASCII_RUN if line.isascii() else _RUN).finditer(line):
            start, end = match.span()
            _add(forms, line, match[0][:_LONGEST], start, end)
    return forms, capitals


def _add(forms: dict[str, Form], line: str, run: str, start: int, end: int) -> None:
    above = line[start - _BEFORE if start > _BEFORE else 0 : start]
    if above[-1:] == "-" and above[-3:] in _PREFIXES:
        run, above = above[-3:] + run, above[:-3]
    words = above.lower().rsplit(None, 2)  # no more are looked at
    if words:
        nearer = words[-1]
        starts = nearer[-1] in _ENDS
        if nearer[0] in _DIGITS:
            nearer = sign(nearer)
        further = words[-2] if len(words) > 1 else "^"
        if further[0] in _DIGITS:
            further = "0"
    else:
        nearer = further = "^"
        starts = True
    below = line[end : end + _AFTER]
    behind = below.lower().split(None, 2)
    if behind:
        next_word = behind[0] if below[0] == " " else below[0]
        if next_word[0] in _DIGITS:
            next_word = sign(next_word)
        later = behind[1] if len(behind) > 1 else " "
        if later[0] in _DIGITS:
            later = "0"
    else:
        next_word, later = "$", " "
    for text, above_it, after in pieces(run, starts):
        if above_it:
            second, before = above_it
        else:
            second, before = further, nearer
        key = text.lower()
        if key in STOP_WORDS and text.isupper():
            key = text  # "US" and "us" have nothing to do with each other
        if next_word == "0" and not after and before in _ROW_STARTS and is_place(key):
            key += ROW
        form = forms.get(key)
        if form is None:
            form = forms[key] = Form(text)
        elif form.text.isupper() and not text.isupper():
            form.text = text
        around = (after, next_word) if after else (next_word, later)
        form.mentions.append((second, before, *around, starts and not above_it))


def sign(word: str) -> str:
    """Return a word as it counts as a neighbour: a number is a number, a date a date."""
    if not word[:1].isdigit():
        return word
    return "(date)" if len(word) == _DATE and word[4] == "-" else "0"


def is_place(key: str) -> bool:
    """Tell whether a list has a form as a place."""
    return is_in(key, _PLACES)
