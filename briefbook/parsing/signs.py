"""Signs: what speaks for a line being before, in or after the article, or furniture inside it.

In: all lines of a text. Out: for each line the names of its signs, of which `weights/article.tsv`
says how much they weigh. A sign is one plain observation, about the line itself here, about its
place and its neighbours in `surroundings.py`; numbers are rounded to a few steps, so that a weight
says something about lines in general.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from briefbook.parsing.cohesion import cohesion_signs
from briefbook.parsing.lines import BULLET, TextLine
from briefbook.parsing.surroundings import LENGTH, SIZE, Signs, step, steps, surrounding_signs
from briefbook.text.words import FUNCTION_WORDS

_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]“]*(?:\s|$)")
_ADDRESS = re.compile(
    r"https?://|www\.|\S@\S+\.\w|\b[\w-]+\.(?:com|de|org|net|fr|es|it|at|ch)\b", re.I
)
_DIVIDED = re.compile(r"\s[|•·»›>/]\s|[»›|]")
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}\.\s?\d{1,2}\.")
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
_OPENERS = frozenset("©|»›>←→#@•*-–+([✔✓►▶")
_QUOTES = frozenset("\"“„«'‘")
_QUOTED = re.compile(r"[\"“„«]")
# Where the long lines of a text have a smaller share of words we know for small words of a
# language, the language is none of ours, and their small words say nothing.
_KNOWN = 0.22
# In such a text, words that start with a small letter stand in for small words: about this many.
_SMALL_FOR_LOWER = 0.55
# And where letters have no case, a long line is taken for an ordinary sentence.
_ORDINARY = 0.25
_LONG = 9

_ROUGH = steps(3, 8, 18, 45)
_TENTHS = steps(0, 1, 3, 5, 7, 9)
_LOWER = steps(1, 3, 5, 7, 8)
_TWENTIETHS = steps(0, 1, 2, 4, 6, 8, 10)
_DIGITS = steps(0, 1, 3, 5)
_FEW = steps(0, 1, 3)
_SENTENCES = steps(0, 1, 2, 3)
# Words of a line up to this long are signs themselves; of a longer one, its first two and its set.
_WORDY = 12


def signs_of(lines: Sequence[TextLine]) -> Signs:
    """Return the names of the signs of each line, in a fixed order; linear in the text."""
    lower = [_share_of_lower(line) for line in lines]
    signs = [
        [*_form(line, low), *_grammar(line, small, low), *_words(line)]
        for line, low, small in zip(lines, lower, _small_words(lines, lower), strict=True)
    ]
    surrounding_signs(lines, signs)
    cohesion_signs(lines, signs)
    return signs


def _share_of_lower(line: TextLine) -> float:
    first = line.text[:600].split()[:60]
    return sum(word[0].islower() for word in first) / max(1, len(first))


def _small_words(lines: Sequence[TextLine], lower: Sequence[float]) -> list[float]:
    """Return the share of small words ("of", "the") of each line, 0 to 1."""
    shares = [
        sum(word in FUNCTION_WORDS for word in line.letters) / max(1, len(line.letters))
        for line in lines
    ]
    long = sorted(share for line, share in zip(lines, shares, strict=True) if line.words >= _LONG)
    if not long or long[len(long) // 2] > _KNOWN:
        return shares
    if any(low > 0 for low in lower):
        return [low * _SMALL_FOR_LOWER for low in lower]
    return [_ORDINARY if line.words >= _LONG else 0.0 for line in lines]


def _form(line: TextLine, lower: float) -> list[str]:
    """Return what the characters of a line say."""
    text, words = line.text, line.words
    length, size, rough = step(LENGTH, words), step(SIZE, words), step(_ROUGH, words)
    end = _end(line)
    capitals = sum(word[0].isupper() for word in text[:2000].split())
    digits = sum(map(str.isdigit, text[:300]))
    found = [
        f"ends {end}",
        f"words {length}, ends {end}",
        f"starts {_start(text[0])}",
        f"small first letters {step(_LOWER, int(10 * lower))}, words {rough}",
        f"capitals {step(_TENTHS, int(10 * capitals / max(1, words)))}",
        f"digits {step(_DIGITS, int(10 * digits / max(1, len(text[:300]))))}",
        f"commas {step(_FEW, text.count(',', 0, 600))}",
    ]
    if text.isupper():
        found.append("all capitals")
    if BULLET.match(text):
        found.append(f"bullet, {'stop' if line.stopped else 'no stop'}")
    if _QUOTED.search(text):
        found.append("quotation mark")
    if _ADDRESS.search(text[:600]):
        found.append(f"address, words {size}")
    if _DIVIDED.search(text[:300]):
        found.append(f"divided, words {size}")
    if digits:
        if _TIME.search(text[:200]):
            found.append(f"time, words {size}")
        if _DATE.search(text[:200]):
            found.append(f"date, words {size}")
    if _BY.match(text):
        found.append(f"by, words {size}")
    if _CREDIT.search(text[-80:]):
        found.append(f"credit, words {size}")
    if text.endswith("?"):
        found.append(f"asks, words {size}")
    return found


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


def _grammar(line: TextLine, small: float, lower: float) -> list[str]:
    """Return what the words of a line say about its being a sentence, and to whom."""
    words, share = line.words, step(_TWENTIETHS, int(20 * small))
    found = [
        f"small words {share}, words {step(_ROUGH, words)}",
        f"sentences {step(_SENTENCES, len(_SENTENCE_END.findall(line.text)))}",
    ]
    letters = line.letters
    size = step(SIZE, words)
    if not _YOU.isdisjoint(letters):
        found.append(f"you or we, words {size}")
    if not _I.isdisjoint(letters):
        found.append(f"I, words {size}")
    if not _TALK.isdisjoint(letters[:30]):
        found.append(f"talk, words {size}")
    return found


def _words(line: TextLine) -> list[str]:
    """Return the words of a line as signs; those of few texts never get a weight."""
    letters = line.letters
    if not letters:
        return ["no word"]
    if line.words > _WORDY:
        return [
            f"opens '{' '.join(letters[:2])}'",
            *(f"word '{w}' in text" for w in dict.fromkeys(letters)),
        ]
    found = [f"word '{word}'" for word in dict.fromkeys(letters)]
    found += [f"words '{a} {b}'" for a, b in pairwise(letters)]
    found.append(f"first word '{letters[0]}'")
    return found
