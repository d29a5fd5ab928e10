"""Marks: what a line plainly is by its form alone, such as a credit, a price or a bare address.

In: a line. Out: the names of its marks. They are signs, not verdicts: a caption's form alone drops
nothing.
"""

import re

from briefbook.parsing.bylines import is_byline, subject_of_biography
from briefbook.parsing.characters import holds_any
from briefbook.parsing.furniture import CAPTION_END, ends_as_caption
from briefbook.parsing.lines import COMPARED, TextLine, is_item

_LABEL_WORDS = 12
_CREDIT = re.compile(
    r"\b(?:photo|image|foto|bild|credit|getty|reuters|ap|afp|epa|dpa|imago|shutterstock)\b", re.I
)
_COPYRIGHT = re.compile(r"©|\(c\)\s*(?:19|20)\d\d|\bcopyright\b|all rights reserved", re.I)
_READING_TIME = re.compile(r"\W*\d{1,3}\s*[- ]?min(?:ute)?[ns]?\b", re.I)
_PRICE = re.compile(r"(?:[$€£]\s?\d|\d\s?(?:€|eur\b|usd\b|chf\b))", re.I)
_BARE_ADDRESS = re.compile(
    r"\s*(?:https?://\S+|[\w.-]+@[\w.-]+|@\w+|[\w.-]+\.[a-z]{2,4}/\S*)\s*", re.I
)
_DATELINE = re.compile(
    r"\W{0,2}(?:[A-ZÄÖÜ][A-ZÄÖÜ.’'-]+)(?:[ ,/]+[\w.’'-]+){0,6}\s*(?:\([^()]{2,30}\))?\s*"
    r"[—–-]{1,2}\s*\w"
    r"|\W?[A-ZÄÖÜ][\w’' /-]{2,40}\s\([\w/ -]{2,20}\)\s?(?:[—–.:-]|\w)"
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\s?\d{1,2}[./]|\b\d{1,2}\.\s?[A-Z][a-zä]{2}|\b\d{1,2}:\d\d\b"
)
_COMMENT_HEAD = re.compile(
    r"(?:\bsa(?:ys|id|gt|gte)|\bwrote|\bschrieb|\bmeint|\bcommented|\ba dit|\ba écrit|\bdijo|"
    r"\bdice|\bha scritto|\bdisse|\bschreef|\bzegt|\bpisze)\s*:?$",
    re.I,
)
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?:\s+[^\W\d_][\w.’'-]*){1,3}")
_HASH = re.compile(r"(?:^|\s)[#@]\w")


# Every line is asked, so that a pattern is tried only where a part of it stands, in small letters.
_CREDITS = frozenset(
    "photo image foto bild credit getty reuters ap afp epa dpa imago shutterstock".split()
)
_PARTS_OF_COPYRIGHT = ("©", "(c)", "copyright", "all rights reserved")
_PARTS_OF_PRICE = ("$", "€", "£", "eur", "usd", "chf")
_PARTS_OF_DATELINE = ("—", "–", "-", "(")
_SAID = (
    *("says", "said", "sagt", "sagte", "wrote", "schrieb", "meint", "commented", "a dit"),
    *("a écrit", "dijo", "dice", "ha scritto", "disse", "schreef", "zegt", "pisze"),
)


def marks_of(line: TextLine, start: str, end: str) -> tuple[str, ...]:
    """Return what a line plainly is, most often nothing.

    Args:
        line: The line.
        start: Its first 300 characters in small letters, or more.
        end: Its last `CAPTION_END` characters in small letters, or more.
    """
    text = line.text
    found = []
    if ends_as_caption(text[-CAPTION_END:], end):
        found.append("caption")
    if holds_any(start, _PARTS_OF_COPYRIGHT) and _COPYRIGHT.search(text[:300]):
        found.append("copyright")
    if ("#" in start or "@" in start) and _HASH.search(text[:300]):
        found.append("hash or at")
    if holds_any(start, _PARTS_OF_PRICE) and _PRICE.search(text[:200]):
        found.append("price")
    if is_item(text):
        found.append("bullet")
    if line.prose:
        if holds_any(text[:120], _PARTS_OF_DATELINE) and _DATELINE.match(text[:120]):
            found.append("dateline")
        if subject_of_biography(text):
            found.append("biography")
    if line.words <= _LABEL_WORDS:
        found += _marks_of_label(line, end)
    elif line.words <= 2 * _LABEL_WORDS and _is_comment_head(text[-40:], end):
        found.append("head of a comment")
    return tuple(found)


def _marks_of_label(line: TextLine, end: str) -> list[str]:
    text, found = line.text, []
    if _may_have_credit(line) and _CREDIT.search(text):
        found.append("credit")
    if is_byline(text):
        found.append("byline")
    if line.numbered:
        if _DATED.search(text):
            found.append("dated")
        if _READING_TIME.match(text):
            found.append("reading time")
    if ("@" in text or "/" in text) and _BARE_ADDRESS.fullmatch(text):
        found.append("bare address")
    if _is_comment_head(text[-40:], end):
        found.append("head of a comment")
    if text.istitle() and _NAME.fullmatch(text):
        found.append("name")
    return found


def _may_have_credit(line: TextLine) -> bool:
    """Tell whether a word of a credit stands in a label, as far as its words alone tell."""
    is_told = line.text.isascii() and len(line.text) <= COMPARED
    return not is_told or not _CREDITS.isdisjoint(line.letters)


def _is_comment_head(end: str, small: str) -> bool:
    said = small.removesuffix(":").rstrip().endswith(_SAID)
    return said and _COMMENT_HEAD.search(end) is not None
