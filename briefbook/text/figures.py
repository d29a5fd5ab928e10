"""Figures: the numbers of a text, each with the word that says what it counts.

In: plain text. Out: pieces of it such as "80 cars"; and of two versions of a text the numbers that
are not what they were. Numbers in figures are found in any language, in words in English only.
Refuses numbers that are a part of a name or an address, such as K9 and COVID-19.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

from briefbook.text.words import FUNCTION_WORDS

_ONES = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SPELLED = {word: n for n, word in enumerate(_ONES, 1)} | {
    word: 10 * n for n, word in enumerate(_TENS, 2)
}
SCALES = {
    "hundred": 100.0,
    "dozen": 12.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}

MOST_FIGURES = 50  # of a text; a table of results would fill the front matter of its entry

# "One" is a pronoun more often than a number.
_WORDS = "|".join(sorted((word for word in SPELLED if word != "one"), key=len, reverse=True))
_DIGIT = "|".join(_ONES[:9])
_SPACE = "[ \u00a0\u202f]"
_SIGNS = "$€£₩¥₹"
# Letters of scripts that put spaces between words: a number right behind one belongs to a name.
_SPACED_LETTERS = "A-Za-z\u00c0-\u024f\u0370-\u052f"
_FIGURE = re.compile(
    rf"(?:(?P<sign>[{_SIGNS}]){_SPACE}?|"
    rf"(?<![{_SPACED_LETTERS}\d_./:@#&])(?<![{_SPACED_LETTERS}\d][-–]))"
    rf"(?P<number>\d{{1,15}}(?:[.,:/'’\u00a0\u202f–-]\d{{1,15}}){{0,4}}(?![\d_])|"
    rf"(?:{_WORDS})(?:-(?:{_DIGIT}))?\b)"
    rf"(?P<scale>(?:{_SPACE}(?:{'|'.join(SCALES)})\b){{0,2}})"
    rf"(?:{_SPACE}?(?P<percent>[%‰])|(?:-|{_SPACE})?(?P<word>[^\W\d_]{{1,30}}))?",
    re.IGNORECASE,
)
# Where a figure may start: at a sign, a digit, or a word that begins as one of `_WORDS` does. With
# the case of letters told and its first character in one class, the search leaps from one to the
# next; `_FIGURE` alone would be tried at each character. For it "ı" and "İ" are "i", "ſ" is "s".
_START = re.compile(
    rf"[{_SIGNS}\dtTfFsSſeEnN](?:(?<=[{_SIGNS}\d])|(?<![{_SPACED_LETTERS}].)(?:"
    r"(?<=[tT])(?:[wWeE]|[hH][rRiIıİ])|(?<=[fFsSſeEnN])[oOeElLiIıİ]))"
)
_WORD_BEFORE = re.compile(rf"(?<![^\W\d_])[^\W\d_]{{1,30}}(?={_SPACE}\Z)")
_GROUP = re.compile(r"(?<=\d)[,'’\u00a0\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class _Figure:
    """One number of a text."""

    text: str  # as it stands, with the word that says what it counts
    value: Decimal | str  # a text where it is no plain number: "10:30", "20-30"
    counts: str  # that word or sign, folded; "": none


def figures(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in order, each with the word behind it, else that before it.

    At most `MOST_FIGURES`; none reaches beyond its line.
    """
    found: list[str] = []
    for figure in _read(text):
        if len(found) == MOST_FIGURES:
            break
        found.append(figure.text)
    return tuple(found)


def changed_figures(was: Sequence[str], now: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return which numbers changed between two versions of a text, old and new.

    A number changed where another one stands in its place and counts the same. One that came or
    went with the sentence around it is no wrong number, nor is 1,000 where 1000 stood.

    Args:
        was: The figures of the old version, from `figures`.
        now: Those of the new one.
    """
    old, new = [_one(text) for text in was], [_one(text) for text in now]
    keys, others = ([(one.value, one.counts) for one in side] for side in (old, new))
    changed: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if kind == "replace":
            changed += _pairs(old[a:b], new[c:d])
    return tuple(changed)


def same_figure(one: str, other: str) -> bool:
    """Tell whether two figures say the same number of the same."""
    a, b = _one(one), _one(other)
    return (a.value, a.counts) == (b.value, b.counts)


def _pairs(old: Sequence[_Figure], new: Sequence[_Figure]) -> Iterator[tuple[str, str]]:
    """Yield, from left to right, what counts the same on both sides and is another number."""
    left = list(new)
    for figure in old:
        at = next((n for n, other in enumerate(left) if _is_changed(figure, other)), None)
        if at is not None:
            yield figure.text, left[at].text
            del left[: at + 1]


def _is_changed(old: _Figure, new: _Figure) -> bool:
    return bool(old.counts) and old.counts == new.counts and old.value != new.value


def _one(text: str) -> _Figure:
    return next(_read(text), _Figure(text, text, ""))


def _read(text: str) -> Iterator[_Figure]:
    for match in _matches(text):
        start, end = match.span()
        word = match["word"] or ""
        if match["sign"] or word.casefold() in FUNCTION_WORDS:  # "$5 was", "12 of", "10:30 on"
            word, end = "", match.end("scale")
        unit = match["sign"] or match["percent"] or word
        if not unit and (before := _WORD_BEFORE.search(text, max(0, start - 32), start)):
            start, unit = before.start(), before[0]
        value = _value(match["number"], match["scale"])
        yield _Figure(text[start:end], value, unit.casefold())


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_FIGURE.finditer` does."""
    at = 0
    while start := _START.search(text, at):
        if match := _FIGURE.match(text, start.start()):
            yield match
            at = match.end()
        else:
            at = start.start() + 1


def _value(number: str, scale: str) -> Decimal | str:
    """Return what a number is worth, whatever way it is written."""
    low = number.casefold()
    if low[0].isdigit():
        plain = _GROUP.sub("", low).replace("–", "-")
    else:
        tens, _, ones = low.partition("-")
        plain = str(SPELLED[tens] + SPELLED.get(ones, 0))
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return f"{plain}{scale.casefold()}"
    for word in scale.casefold().split():
        value *= Decimal(int(SCALES[word]))
    return value.normalize()
