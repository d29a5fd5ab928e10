"""Furniture: lines inside an article that are plainly not of it, whatever stands around them.

In: all lines of a text. Out: for a line inside the article the rule that drops it, "" for none.
The division of the text already left out what looked like furniture; these rules are for what
says so in as many words, one line between two paragraphs.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from briefbook.parsing.bylines import ASKED_AGAIN, subject_of_biography
from briefbook.parsing.characters import holds_any, plain_case
from briefbook.parsing.cues import Cue
from briefbook.parsing.lines import TextLine, kept_of_text

_CAPTION_END = re.compile(
    r"(?:\(?\b(?:photos?|image|picture|photograph|credit|file photo|handout|graphic|illustration|"
    r"fotos?|bild|grafik)\b\s*[:/|©].{1,60}|\b(?:handout|file photo)\b|[/|]\s?getty\b.{0,30}|"
    r"/\s?(?:reuters|afp|ap|epa|dpa|yonhap|imago|picture alliance)\b.{0,30})\)?\s*$",
    re.I,
)
# What every caption has: one of these signs and a part of a word of the pattern, or one of these
# words.
_CAPTION_SIGNS = (":", "/", "|", "©")
_CAPTION_WORDS_ALONE = ("handout", "file photo")
_CAPTION_PARTS = (
    *("photo", "image", "picture", "credit", "handout", "graphic", "illustration", "foto", "bild"),
    *("grafik", "getty", "reuters", "afp", "ap", "epa", "dpa", "yonhap", "imago"),
)
_CAPTION_WORDS = 40
# The last characters of a line that are looked at for it.
CAPTION_END = 100
_LEGAL = re.compile(
    r"\W*(?:©|\(c\)\s*(?:19|20)\d\d|copyright\b.{0,12}(?:19|20)\d\d|copyright\s*©)", re.I
)
_LEGAL_WORDS = 30
_READING_TIME = re.compile(r"\W*\d{1,3}\s*[- ]?min(?:ute)?[ns]?\b.{0,12}", re.I)
_RULED = re.compile(r"[\s|:*_=~+\-–—]{3,}|[|~_]")
_PATH = re.compile(r"\S\s[/»>›→\\]\s\S")
_PATH_WORDS = 25
# The headline of another story has at most this many words.
_TEASER_WORDS = 16
# A biography stands in the last part of a text.
_TAIL = 0.6
_PHRASES = ("furniture", "box")
# A phrase of so many words is plain enough to drop a whole sentence that starts with it.
_PLAIN_WORDS = 3
_WEB = re.compile(r"\W*(?:https?://|www\.)(?=\S)")
_BLANK = re.compile(r"\s")
_LETTER = re.compile(r"\w")
# All from the first word to the last, without signs around it.
_WORDS = re.compile(r"\W*(\w(?:.*\w)?)", re.DOTALL)
_MAIL = re.compile(r"\w[\w.+-]*@[\w-]+(?:\.[\w-]+)+")


def is_path(line: TextLine) -> bool:
    """Tell whether a line is a path through a site ("Home > World > …")."""
    return not line.prose and line.words <= _PATH_WORDS and bool(_PATH.search(line.text))


class Inside:
    """The lines of a text, to be asked one after the other from the top."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = lines
        self.boxes = _boxes(lines)

    def rule(self, i: int) -> str:
        """Return the rule that drops a line inside the article, "" where none does."""
        line = self.lines[i]
        cue = _plain_cue(line)
        if cue is not None and (not line.prose or len(cue.phrase.split()) >= _PLAIN_WORDS):
            return f"furniture: {cue.phrase}"
        if self.boxes[i]:
            return f"in the box: {self.boxes[i]}"
        if rule := _rule_of_form(line):
            return rule
        if i > _TAIL * len(self.lines) and line.prose and subject_of_biography(line.text):
            return "author biography"
        return ""


@kept_of_text
def _rule_of_form(line: TextLine) -> str:
    """Return the rule that drops a line for its form alone, "" where none does."""
    if line.words <= _CAPTION_WORDS and is_caption(line.text):
        return "caption"
    if line.words <= _LEGAL_WORDS and _LEGAL.match(line.text):
        return "furniture: copyright"
    if _READING_TIME.fullmatch(line.text):
        return "reading time"
    if _RULED.fullmatch(line.text):
        return "ruled line"
    if _is_bare_address(line.text):
        return "a bare address"
    return ""


def _is_bare_address(text: str) -> bool:
    """Tell whether a line is an address of the web or of mail, and else signs alone.

    Asked step by step: one pattern with signs on both sides of what may hold signs takes the
    square of the time on a line of dots.
    """
    if web := _WEB.match(text):
        blank = _BLANK.search(text, web.end())
        return blank is None or _LETTER.search(text, blank.end()) is None
    words = _WORDS.match(text) if "@" in text else None
    return words is not None and _MAIL.fullmatch(words[1]) is not None


def is_caption(text: str) -> bool:
    """Tell whether a line ends as a caption does: with where its picture is from."""
    return _is_end_of_caption(text[-CAPTION_END:])


@lru_cache(ASKED_AGAIN)
def _is_end_of_caption(end: str) -> bool:
    return ends_as_caption(end, plain_case(end))


def ends_as_caption(end: str, small: str) -> bool:
    """Tell the same of the last `CAPTION_END` characters of a line, and these in small letters."""
    words = _CAPTION_PARTS if holds_any(end, _CAPTION_SIGNS) else _CAPTION_WORDS_ALONE
    return holds_any(small, words) and _CAPTION_END.search(end) is not None


def _plain_cue(line: TextLine) -> Cue | None:
    """Return a phrase that the line is or starts with; one in the middle proves too little."""
    return next((c for c in line.cues if c.section in _PHRASES and not c.is_inside), None)


def _boxes(lines: Sequence[TextLine]) -> list[str]:
    """Return for each line the heading of the box of links it stands in, "" for most."""
    found: list[str] = []
    box = ""
    for line in lines:
        cue = line.cue("box")
        if cue is not None and not line.prose:
            found.append("")
            box = cue.phrase
            continue
        if box and not _is_teaser(line):
            box = ""
        found.append(box)
    return found


def _is_teaser(line: TextLine) -> bool:
    """Tell whether a line below a box's heading may be the headline of another story."""
    return (
        not line.prose
        and not line.stopped
        and line.words <= _TEASER_WORDS
        and "callout" not in line.sections
    )
