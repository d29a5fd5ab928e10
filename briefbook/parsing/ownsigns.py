"""Own signs: what a line says by itself, whatever stands around it.

In: a line. Out: `OwnSigns`. They depend on its text alone, so that those of short lines are kept:
menus, labels and notices are the same on every page of an outlet.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from briefbook.parsing.characters import (
    count_capitals,
    count_digits,
    count_small,
    has_digit,
    holds_any,
    plain_case,
)
from briefbook.parsing.cues import Cue
from briefbook.parsing.furniture import CAPTION_END
from briefbook.parsing.lines import TextLine, is_item, kept_of_text
from briefbook.parsing.marks import marks_of
from briefbook.parsing.steps import LENGTH, TENTHS, step, steps
from briefbook.text.words import FUNCTION_WORDS

# Names of signs that a few steps decide, the same object for the same steps.
Bundle = tuple[str, ...]
Bundles = list[list[Bundle]]

# Families that steps alone decide have few bundles, which are kept; of the others, so many.
KEPT = 8192

_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]“]*(?:\s|$)")
_ADDRESS = re.compile(
    r"https?://|www\.|\S@\S[^\s@]*\.\w|\w-*\.(?:com|de|org|net|fr|es|it|at|ch)\b", re.I
)
_DIVIDED = re.compile(r"\s[|•·»›>/]\s|[»›|]")
# These start with a digit, where a search leaps to; that no word goes on there is asked after it.
_TIME = re.compile(r"\d(?<!\w\d)\d?[:.]\d\d\b")
_DATE = re.compile(r"\d(?<!\w\d)(?:(?<=1)9\d\d\b|(?<=2)0\d\d\b|\d?\.\s?\d{1,2}\.)")
_BY = re.compile(
    r"\W*(?:by|von|par|por|door|di|text|foto|autor|author|posted by|written by)\b[: ]", re.I
)
_CREDIT = re.compile(
    r"getty|reuters|\bap\b|afp|epa|dpa|\(?(?:photo|image|foto|bild|picture|credit|copyright|©)\b",
    re.I,
)
_YOU = frozenset("you your we our us ihr ihre sie du dein vous votre nous tu".split())
_I = frozenset("i my me ich mein je mon yo".split())
_TALK = frozenset(
    """ago reply replies says antworten sagt kommentar kommentare comment comments commented
    répondre responder""".split()
)
_PERSONS = _YOU | _I | _TALK
# Parts of the patterns above, all in small letters: a line without them is not searched.
_PART_OF_CREDIT = tuple(
    "getty reuters ap afp epa dpa photo image foto bild picture credit copyright ©".split()
)
_DOMAIN = re.compile(r"\.(?:(?<=www\.)|(?:com|de|org|net|fr|es|it|at|ch)\b)", re.I)
_DIVIDERS = ("|", "»", "›", "•", "·", ">", "/")
_OPENERS = frozenset("©|»›>←→#@•*-–+([✔✓►▶")
_QUOTES = frozenset("\"“„«'‘")
_QUOTED = ('"', "“", "„", "«")
# An opening of letters or digits, as the rows of a list of results or dates have in common.
_OPENING = re.compile(r"\W*(\w)[\w.,:’'-]*\s*(\S?)")
# The first three words, numbers or signs.
_SHAPE = re.compile(3 * r"(?:[\s_]*+([^\W\d_][\w’'\-]*+|\d[\d.,:]*+|[^\w\s]))?")
_ROUGH = steps(3, 8, 18, 45)
_LOWER = steps(1, 3, 5, 7, 8)
_DIGITS = steps(0, 1, 3, 5)
_FEW = steps(0, 1, 3)
_SENTENCES = steps(0, 1, 2, 3)


@dataclass(
    slots=True
)  # not frozen: one is made for each line, and freezing costs more than the rest
class OwnSigns:
    """What one line says by itself."""

    form: tuple[Bundle, ...]  # signs of its characters
    sentences: tuple[str, str]  # the steps of its words and of how many sentences end in it
    persons: tuple[Bundle, ...]  # signs of whom it speaks to
    lower: float  # the share of small first letters among the first words
    small: float  # the share of small words ("of", "the"), 0 to 1
    marks: Bundle  # what it plainly is
    shape: tuple[str, bool, int]  # how it opens, whether it is stopped, its length in three steps
    opening: str  # roughly how it opens
    cued: tuple[tuple[str, str], ...]  # the section of each of its cues, and how it stands there
    telling: frozenset[str]  # the words that say what it is about


@kept_of_text
def own_signs(line: TextLine) -> OwnSigns:
    """Return what a line says by itself."""
    lower, capitals = _cases(line.text)
    letters = line.letters
    small = plain_case(line.text)
    start, end = small[:300], small[-CAPTION_END:]
    if len(small) != len(line.text):  # a rare letter fell apart: none is where it was
        start = end = small
    return OwnSigns(
        tuple(_form(line, end, lower, capitals)),
        (step(_ROUGH, line.words), step(_SENTENCES, len(_SENTENCE_END.findall(line.text)))),
        _persons_in(line),
        lower,
        sum(map(FUNCTION_WORDS.__contains__, letters)) / max(1, len(letters)),
        marks_of(line, start, end),
        _shape(line),
        _opening(line),
        tuple([(cue.section, _how(cue)) for cue in line.cues]),
        _telling(line),
    )


def _how(cue: Cue) -> str:
    return "inside" if cue.is_inside else "opens" if cue.rest else "whole"


def _telling(line: TextLine) -> frozenset[str]:
    return frozenset([w for w in {*line.letters} - FUNCTION_WORDS if len(w) > 2])


def _cases(text: str) -> tuple[float, int]:
    """Return the share of small first letters among the first words, and the number of capitals."""
    firsts = "".join([word[0] for word in text[:2000].split()])
    few = firsts if len(text) <= 600 else firsts[: len(text[:600].split())]
    return count_small(few[:60]) / max(1, len(few[:60])), count_capitals(firsts)


def _form(line: TextLine, end: str, lower: float, capitals: int) -> list[Bundle]:
    """Return what the characters of a line say."""
    text, words = line.text, line.words
    start = text[:300]
    digits = count_digits(start) if line.numbered else 0
    bundles = [
        _length(step(LENGTH, words), _end(line)),
        _first_letters(_start(text[0]), step(_LOWER, int(10 * lower)), step(_ROUGH, words)),
        _characters(
            step(TENTHS, int(10 * capitals / max(1, words))),
            step(_DIGITS, int(10 * digits / max(1, len(start)))),
            step(_FEW, text.count(",", 0, 600)),
        ),
    ]
    if found := _plain_forms(line, end, digits > 0):
        bundles.append(_forms(tuple(found), line.size))
    return bundles


@cache
def _length(length: str, end: str) -> Bundle:
    return f"ends {end}", f"words {length}, ends {end}"


@cache
def _first_letters(start: str, lower: str, words: str) -> Bundle:
    return f"starts {start}", f"small first letters {lower}, words {words}"


@cache
def _characters(capitals: str, digits: str, commas: str) -> Bundle:
    return f"capitals {capitals}", f"digits {digits}", f"commas {commas}"


def _plain_forms(line: TextLine, end: str, digits: bool) -> list[str]:
    """Return the forms a line has, most often none or one.

    Args:
        line: The line.
        end: Its last characters in small letters, at least 80 where it has them.
        digits: A digit stands in its first 300 characters.
    """
    text, found = line.text, []
    if text.isupper():
        found.append("all capitals")
    if is_item(text):
        found.append("bullet, stop" if line.stopped else "bullet, no stop")
    if holds_any(text, _QUOTED):
        found.append("quotation mark")
    if _has_address(text[:600]):
        found.append("address")
    if holds_any(text[:300], _DIVIDERS) and _DIVIDED.search(text[:300]):
        found.append("divided")
    if digits:
        if _TIME.search(text[:200]):
            found.append("time")
        if _DATE.search(text[:200]):
            found.append("date")
    if _BY.match(text):
        found.append("by")
    if holds_any(end, _PART_OF_CREDIT) and _CREDIT.search(text[-80:]):
        found.append("credit")
    if text[-1] == "?":
        found.append("asks")
    return found


def _has_address(text: str) -> bool:
    may_have = "@" in text or "://" in text or _DOMAIN.search(text)
    return bool(may_have) and _ADDRESS.search(text) is not None


@lru_cache(KEPT)
def _forms(forms: Bundle, size: str) -> Bundle:
    alone = ("all capitals", "bullet, stop", "bullet, no stop", "quotation mark")
    return tuple(form if form in alone else f"{form}, words {size}" for form in forms)


def _start(character: str) -> str:
    if character.isupper():
        return "capital"
    if character.islower():
        return "small"
    if character.isdigit():
        return "digit"
    if character in _QUOTES:
        return "quote"
    return character if character in _OPENERS else "other"


def _end(line: TextLine) -> str:
    text = line.text
    if line.stopped:
        return "..." if text.endswith(("...", "…")) else "stop"
    if text[-1] in ":,;-–":
        return ":" if text[-1] == ":" else ","
    return "digit" if text[-1].isdigit() else "open"


def _persons_in(line: TextLine) -> tuple[Bundle, ...]:
    letters = line.letters
    if _PERSONS.isdisjoint(letters):
        return ()
    you, i = not _YOU.isdisjoint(letters), not _I.isdisjoint(letters)
    return (_persons(you, i, not _TALK.isdisjoint(letters[:30]), line.size),)


@cache
def _persons(you: bool, i: bool, talk: bool, size: str) -> Bundle:
    said = (("you or we", you), ("I", i), ("talk", talk))
    return tuple(f"{name}, words {size}" for name, is_said in said if is_said)


def _shape(line: TextLine) -> tuple[str, bool, int]:
    """Return how a line opens, whether it is stopped, and its length in three steps."""
    opening = ""
    match = _SHAPE.match(line.text[:80])
    for part in match.groups("") if match else ():
        first = part[:1]
        if first.isalpha():
            opening += "A" if first.isupper() else "a"
        else:
            opening += "9" if first.isdigit() else part
    return opening, line.stopped, min(3, line.words // 4)


def _opening(line: TextLine) -> str:
    """Return roughly how a line opens and whether it has numbers, the same for rows of a list."""
    match = _OPENING.match(line.text[:60])
    first, digit = "none", False
    if match:
        first = "digit" if match[1].isdigit() else "capital" if match[1].isupper() else "small"
        digit = match[2].isdigit()
    numbers = line.numbered and has_digit(line.text[:120])
    return _opening_name(first, digit, numbers, line.kind)


@cache
def _opening_name(first: str, digit: bool, numbers: bool, kind: str) -> str:
    return f"{first}{' digit' if digit else ''} {'numbers' if numbers else 'no numbers'} {kind}"
