"""Signs: what speaks for a line being before, in or after the article, or furniture inside it.

In: all lines of a text. Out: for each line the names of its signs, of which `weights/article.tsv`
says how much they weigh. A sign is one plain observation, about the line itself here, about its
place and its neighbours in `surroundings.py`; numbers are rounded to a few steps, so that a weight
says something about lines in general.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise

from briefbook.parsing.characters import (
    count_capitals,
    count_digits,
    count_small,
    holds_any,
    plain_case,
)
from briefbook.parsing.cohesion import cohesion_signs
from briefbook.parsing.lines import TextLine, is_item
from briefbook.parsing.steps import LENGTH, TENTHS, step, steps
from briefbook.parsing.surroundings import KEPT, Bundle, Bundles, surrounding_signs
from briefbook.text.words import FUNCTION_WORDS

_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]“]*(?:\s|$)")
_ADDRESS = re.compile(
    r"https?://|www\.|\S@\S+\.\w|\b[\w-]+\.(?:com|de|org|net|fr|es|it|at|ch)\b", re.I
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
# Where the long lines of a text have a smaller share of words we know for small words of a
# language, the language is none of ours, and their small words say nothing.
_KNOWN = 0.22
# In such a text, words that start with a small letter stand in for small words: about this many.
_SMALL_FOR_LOWER = 0.55
# And where letters have no case, a long line is taken for an ordinary sentence.
_ORDINARY = 0.25
_LONG = 9

_ROUGH = steps(3, 8, 18, 45)
_LOWER = steps(1, 3, 5, 7, 8)
_TWENTIETHS = steps(0, 1, 2, 4, 6, 8, 10)
_DIGITS = steps(0, 1, 3, 5)
_FEW = steps(0, 1, 3)
_SENTENCES = steps(0, 1, 2, 3)
# Words of a line up to this long are signs themselves; of a longer one, its first two and its set.
WORDY = 12


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of all lines of a text; their names are put together when asked for."""

    lines: Sequence[TextLine]
    form: Bundles  # of each line, what it says by itself, but for its words
    around: Bundles  # of each line, what its place and the others say

    def names(self, i: int) -> list[str]:
        """Return the names of all signs of a line, in a fixed order."""
        flat = chain.from_iterable
        return [*flat(self.form[i]), *words_of(self.lines[i]), *flat(self.around[i])]


def signs_of(lines: Sequence[TextLine]) -> list[list[str]]:
    """Return the names of the signs of each line, in a fixed order."""
    signs = bundles_of(lines)
    return [signs.names(i) for i in range(len(lines))]


def bundles_of(lines: Sequence[TextLine]) -> Signs:
    """Return the signs of each line; linear in the text."""
    cases = [_cases(line.text) for line in lines]
    small = _small_words(lines, [lower for lower, _ in cases])
    form = [
        [*_form(line, *case), *_grammar(line, share)]
        for line, case, share in zip(lines, cases, small, strict=True)
    ]
    around: Bundles = [[] for _ in lines]
    surrounding_signs(lines, around)
    cohesion_signs(lines, around)
    return Signs(lines, form, around)


def _cases(text: str) -> tuple[float, int]:
    """Return the share of small first letters among the first words, and the number of capitals."""
    firsts = "".join([word[0] for word in text[:2000].split()])
    few = firsts if len(text) <= 600 else firsts[: len(text[:600].split())]
    return count_small(few[:60]) / max(1, len(few[:60])), count_capitals(firsts)


def _small_words(lines: Sequence[TextLine], lower: Sequence[float]) -> list[float]:
    """Return the share of small words ("of", "the") of each line, 0 to 1."""
    shares = [
        sum(map(FUNCTION_WORDS.__contains__, line.letters)) / max(1, len(line.letters))
        for line in lines
    ]
    long = sorted(share for line, share in zip(lines, shares, strict=True) if line.words >= _LONG)
    if not long or long[len(long) // 2] > _KNOWN:
        return shares
    if any(low > 0 for low in lower):
        return [low * _SMALL_FOR_LOWER for low in lower]
    return [_ORDINARY if line.words >= _LONG else 0.0 for line in lines]


def _form(line: TextLine, lower: float, capitals: int) -> list[Bundle]:
    """Return what the characters of a line say."""
    text, words = line.text, line.words
    start = text[:300]
    digits = count_digits(start)
    bundles = [
        _length(step(LENGTH, words), _end(line)),
        _first_letters(_start(text[0]), step(_LOWER, int(10 * lower)), step(_ROUGH, words)),
        _characters(
            step(TENTHS, int(10 * capitals / max(1, words))),
            step(_DIGITS, int(10 * digits / max(1, len(start)))),
            step(_FEW, text.count(",", 0, 600)),
        ),
    ]
    if found := _plain_forms(line, digits > 0):
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


def _plain_forms(line: TextLine, digits: bool) -> list[str]:
    """Return the forms a line has, most often none or one."""
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
    if holds_any(plain_case(text[-80:]), _PART_OF_CREDIT) and _CREDIT.search(text[-80:]):
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


def _grammar(line: TextLine, small: float) -> list[Bundle]:
    """Return what the words of a line say about its being a sentence, and to whom."""
    sentences = len(_SENTENCE_END.findall(line.text))
    share = step(_TWENTIETHS, int(20 * small))
    found = [_sentences(share, step(_ROUGH, line.words), step(_SENTENCES, sentences))]
    letters = line.letters
    if not _PERSONS.isdisjoint(letters):
        you, i = not _YOU.isdisjoint(letters), not _I.isdisjoint(letters)
        found.append(_persons(you, i, not _TALK.isdisjoint(letters[:30]), line.size))
    return found


@cache
def _sentences(share: str, words: str, sentences: str) -> Bundle:
    return f"small words {share}, words {words}", f"sentences {sentences}"


@cache
def _persons(you: bool, i: bool, talk: bool, size: str) -> Bundle:
    said = (("you or we", you), ("I", i), ("talk", talk))
    return tuple(f"{name}, words {size}" for name, is_said in said if is_said)


def words_of(line: TextLine) -> list[str]:
    """Return the words of a line as signs; those of few texts never get a weight."""
    letters = line.letters
    if not letters:
        return ["no word"]
    if line.words > WORDY:
        return [
            f"opens '{' '.join(letters[:2])}'",
            *(f"word '{w}' in text" for w in dict.fromkeys(letters)),
        ]
    found = [f"word '{word}'" for word in dict.fromkeys(letters)]
    found += [f"words '{a} {b}'" for a, b in pairwise(letters)]
    found.append(f"first word '{letters[0]}'")
    return found
