"""Marks: what a line plainly is by its form alone, such as a credit, a price or a bare address.

In: a line. Out: the names of its marks. They are signs, not verdicts: a caption's form alone drops
nothing.
"""

import re

from briefbook.parsing.bylines import is_byline, subject_of_biography
from briefbook.parsing.furniture import CAPTION_END
from briefbook.parsing.lines import BULLET, TextLine

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


def marks_of(line: TextLine) -> tuple[str, ...]:
    """Return what a line plainly is, most often nothing."""
    text = line.text
    end = text[-100:]
    found = []
    if CAPTION_END.search(end):
        found.append("caption")
    if _COPYRIGHT.search(text[:300]):
        found.append("copyright")
    if _HASH.search(text[:300]):
        found.append("hash or at")
    if _PRICE.search(text[:200]):
        found.append("price")
    if BULLET.match(text):
        found.append("bullet")
    if line.prose:
        if _DATELINE.match(text[:120]):
            found.append("dateline")
        if subject_of_biography(text):
            found.append("biography")
    if line.words <= _LABEL_WORDS:
        found += _marks_of_label(line, text)
    elif line.words <= 2 * _LABEL_WORDS and _COMMENT_HEAD.search(end[-40:]):
        found.append("head of a comment")
    return tuple(found)


def _marks_of_label(line: TextLine, text: str) -> list[str]:
    found = []
    if _CREDIT.search(text):
        found.append("credit")
    if is_byline(text):
        found.append("byline")
    if _DATED.search(text):
        found.append("dated")
    if _READING_TIME.match(text):
        found.append("reading time")
    if _BARE_ADDRESS.fullmatch(text):
        found.append("bare address")
    if _COMMENT_HEAD.search(text[-40:]):
        found.append("head of a comment")
    if _NAME.fullmatch(text) and text.istitle():
        found.append("name")
    return found
