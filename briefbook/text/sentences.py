"""Split text into sentences, each verbatim.

In: plain text. Out: the sentences in order, white space around them gone, nothing else changed.
Refuses nothing: text without full stops is one sentence a line. A full stop ends a sentence
unless the word before it is a known abbreviation or initial; where that stays open, as after
"U.S.", the next word decides.
"""

import re

from briefbook.text.abbreviations import (
    BEFORE_ORDINAL,
    CAPITAL_TITLES,
    MAYBE,
    MONTHS,
    MONTHS_AFTER_DAY,
    NUMBERED,
    OPENERS,
    PARTICLES,
    SLIP_OPENERS,
    STATES,
    TITLES,
)
from briefbook.text.expressions import compiled

_OPENING = "\"'“‘«„‚([{¿¡"
_BEFORE_WORD = _OPENING + "-–—/"
_CLOSING = "\"'”’»)]}"
# Full stops of Hindi, Urdu, Armenian, Ethiopic, Burmese and Khmer.
_OTHER_STOPS = "।॥۔։።။។"
# A run of stops with the closing marks that belong to it, then white space or the end; East
# Asian stops need no white space. A run is tried once only, from its first stop, or a line of
# stops would take the square of its length. All stops come first, in one class, so that the search
# leaps from one to the next.
_STOP = (
    rf"[.!?…؟。！？｡{_OTHER_STOPS}](?:"
    rf"(?<=[.!?…؟])(?<![.!?…؟].)[.!?…؟]*+[{re.escape(_CLOSING)}]*+(?=\s|$)"
    r"|(?<=[。！？｡])[。！？｡]*[」』”’）]*"
    rf"|(?<=[{_OTHER_STOPS}])[{re.escape(_CLOSING)}]*+(?=\s|$))"
)
# The same for a text of ASCII, where it is quicker.
_ASCII_STOP = re.compile(r"[.!?](?<![.!?].)[.!?]*+[\"')\]}]*+(?=\s|$)")
# Behind what was said, this goes on: «「わからない。」と話した», "he does not know", he said.
_GOES_ON = re.compile(r"[と、，を]|って|など")
_DOTTED = re.compile(r"(?:\w\.)+\w")
_DAY = re.compile(r"\d{1,2}")
# "No. 7", "Vol. XII", "Fig. A".
_NUMBER = re.compile(r"\d|#|[IVXLC]+\b|[A-Z]\b")
# What opens a sentence with a small letter: an address, and a mark read in a wrong encoding.
_SMALL_OPENINGS = ("http", "www.", "â\x80", "â€")
_NEXT_WORD = re.compile(rf"\s+([{re.escape(_OPENING)}]*)(\S+)")
_LINE = re.compile(r"[^\n\r]+")
# Longest look back for the word before a stop; words are shorter, hostile lines are not.
_LOOK_BACK = 40


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, in order, each exactly as it stands."""
    return tuple([text[start:end] for start, end in spans(text)])


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each sentence, as offsets in characters.

    A line break always ends a sentence: a block of text never spans lines here.
    """
    found: list[tuple[int, int]] = []
    pattern = _ASCII_STOP if text.isascii() else compiled(_STOP)
    for start, limit in _lines(text):
        for stop in pattern.finditer(text, start, limit):
            at, end = stop.span()
            if _ends_sentence(text, at, end, limit):
                found.append(_trimmed(text, start, end))
                start = end
        found.append(_trimmed(text, start, limit))
    return tuple([span for span in found if span[0] < span[1]])


def _lines(text: str) -> list[tuple[int, int]]:
    """Return start and end of each line that is not empty."""
    if "\n" not in text and "\r" not in text:
        return [(0, len(text))]
    return [line.span() for line in _LINE.finditer(text)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _ends_sentence(text: str, at: int, end: int, limit: int) -> bool:
    """Tell whether the stop at `at`..`end` ends a sentence."""
    if end >= limit:
        return True
    if text[end - 1] in "」』" and _GOES_ON.match(text, end, limit):
        return False
    if text[at] in "。！？｡؟" or text[at] in _OTHER_STOPS:
        return True
    # The next word is read from a bounded piece: slicing the whole rest would be quadratic.
    after = _NEXT_WORD.match(text, end, min(limit, end + 2 * _LOOK_BACK))
    if after is None:
        return True
    opening, next_word = after.groups()
    # Scripts without capitals, such as Korean, have no small letters either.
    small = next_word[0].islower() and not next_word.startswith(_SMALL_OPENINGS)
    upper = bool(opening) or not small
    if text[at] in "!?":
        # «"Why?" she asked» goes on; so does a title with a question mark before a small letter.
        return upper
    if text[at] == "…" or text.startswith("..", at):
        return upper
    return _full_stop_ends(text, at, next_word, upper)


def _words_before(text: str, at: int) -> tuple[str, str]:
    """Return the word that ends at an offset and the one before it, as they stand, "" for none."""
    before = text[max(0, at - _LOOK_BACK) : at]
    if not before or before[-1].isspace():
        return "", ""
    words = before.rsplit(None, 2)
    return words[-1].lstrip(_BEFORE_WORD), words[-2] if len(words) > 1 else ""


def _full_stop_ends(text: str, at: int, next_word: str, upper: bool) -> bool:
    written, before = _words_before(text, at)
    word = written.casefold()
    following = next_word.strip(",;:’'.").casefold()
    if word in TITLES or written in CAPITAL_TITLES:
        return False
    if word in NUMBERED:
        return upper and not _NUMBER.match(next_word)
    if word in MONTHS:
        return not next_word[0].isdigit() and following in OPENERS
    if written == "M" and following in PARTICLES:
        return False
    is_initial = len(word) == 1 and word != word.upper()
    is_dotted = "." in word and _DOTTED.fullmatch(word)
    if is_initial or is_dotted or word in MAYBE or written in STATES:
        # "J. Kim", "U.S.": no end, unless the sentence plainly goes on with an opener.
        return upper and following in OPENERS
    if len(word) <= 2 and _DAY.fullmatch(word):
        counts = following in MONTHS_AFTER_DAY or before.casefold() in BEFORE_ORDINAL
        return upper and not counts
    if not upper:
        # "security. this reliance": a slip of the writer, when the word is no short abbreviation.
        is_plain = len(word) >= 4 and "." not in word and word.isalpha()
        return is_plain and following in SLIP_OPENERS
    return True
