"""Standing: which sentences of a text can stand alone, as a bottom line or a key point must.

In: paragraphs. Out: their sentences with what digest weighs. Questions, calls to the reader,
captions, notes on the author and pieces of sentences are left out. What points back ("He said …")
or opens with speech may stand only where nothing better does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefbook.parsing.beside import (
    CLOSING,
    PageSigns,
    is_beside,
    is_caption_or_label,
    is_of_page,
    is_whole,
    page_signs,
)
from briefbook.parsing.dateline import without_dateline
from briefbook.text.sentences import split
from briefbook.text.words import STOP_WORDS, all_parts, count_words, folded_words

_FEWEST_WORDS, _MOST_WORDS = 5, 150
# Fewer words rarely say what a text says, more of them are no line to read at a glance.
_FEW_WORDS, _MANY_WORDS = 7, 60
# A line without a stop that opens a text and has so many words is its standfirst.
_STANDFIRST_WORDS = range(16, 46)
# A dateline further down opens another item, not the text.
_DATELINE_WITHIN = 4  # paragraphs
# Notes on the author, pictures and videos stand in the first or last paragraphs of a text.
_EDGE = 3  # paragraphs
# Two syllables of Korean say what a word says elsewhere: particles and endings are no words there.
_HANGUL = re.compile("[가-힣]")
_QUESTIONS = ("?", "？", "؟")
_OPENING = "\"“„«「『'‘"
_QUOTED = ('"', "”", "“", "»", "」", "』", "'", "’")
_SPOKEN = (",", ".", "!", "?")
# A quoted name, as of a film, has fewer words than this.
_NAME_WORDS = 4
# Words that differ in their endings alone are told by their first characters.
_STEM = 6

_CALL = re.compile(
    r"(?:click|read|see|share|subscribe|sign|follow|watch|join|learn|discover|don[’']t miss|"
    r"let us|stay|get|here (?:is|are)|this article|in this article|we[’']ll|we will)\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"(?:(?:(?:in|on|at|from|by|last|but|still|yet|however|meanwhile|now|today|if),? "
    r"(?:\S+ )?)?(?:he|she|it|they)|"
    r"his|her|its|their|"
    r"(?:(?:in|at|on|to|from|with|by|for|of|under|after|before|during|since|despite|because of|"
    r"in light of) )?(?:this|that|these|those)(?! (?:morning|afternoon|evening|days|week|weekend|"
    r"month|year|spring|summer|autumn|fall|winter)\b)|"
    r"and|or|nor|so|then|also|indeed|instead|such|earlier|later|moreover|furthermore|additionally|"
    r"in addition|for example|for instance|as a result|of course|in conclusion|"
    r"at the same time|on the other hand|"
    r"er|sie|dies|dieser|diese|dieses|und|auch|elle|ils|elles|cela|et|él|ella|ellos|ellas|esto|y|"
    r"egli|essi|e|ele|ela|eles|elas|isso|hij|zij|ze|i)\b|그는|그녀는|이는|彼は|彼女は|これは|这是|这",
    re.I,
)
# How each of these starts, where it does with letters of ASCII.
_FIRST_WORD = re.compile(r"\w+")
_POINTING = frozenset(
    """he she it they his her its their this that these those in on at from by last but still yet
    however meanwhile now today if to with for of under after before during since despite because
    and or nor so then also indeed instead such earlier later moreover furthermore additionally as
    er sie dies dieser diese dieses und auch elle ils elles cela et ella ellos ellas esto y egli
    essi e ele ela eles elas isso hij zij ze i""".split()
)


@dataclass(slots=True)  # not frozen, which costs more than all that is in it: nobody changes one
class Sentence:
    """A sentence of a text that may stand alone."""

    text: str
    place: int  # its number among all sentences of the text, from 0
    order: int  # how many that are not weak stand before it
    length: int  # words
    words: frozenset[str]  # what it tells, as stems
    leans: bool  # on the sentence before it: is not understood alone
    is_weak: bool  # leans, or is too short or long: stands only where no other does


def standing(paragraphs: Sequence[str], *, is_raw: bool = False) -> list[Sentence]:
    """Return the sentences of a text that may stand alone, in order.

    Args:
        paragraphs: What to read.
        is_raw: Nobody has looked for a standfirst yet: the first line may be one, without a stop.
    """
    found: list[Sentence] = []
    place, order = -1, 0
    may_open = is_raw and len(paragraphs) > 1
    signs = page_signs("\n".join(paragraphs))
    for number, paragraph, pieces in _read(paragraphs):
        is_edge = number < _EDGE or number >= len(paragraphs) - _EDGE
        is_left_out = is_caption_or_label(paragraph)
        for text in pieces:
            place += 1
            length = _length(text)
            if (
                is_left_out
                or not _FEWEST_WORDS <= length <= _MOST_WORDS
                or not _is_said(text, signs)
            ):
                continue
            is_standfirst = may_open and place == 0 and _may_open(pieces, length)
            if not is_standfirst and not is_whole(text):
                continue
            if is_edge and is_beside(text, length):
                continue
            leans = _leans(text)
            is_weak = leans or not _FEW_WORDS <= length <= _MANY_WORDS
            found.append(Sentence(text, place, order, length, stems(text), leans, is_weak))
            order += not is_weak
    return found


def stems(text: str) -> frozenset[str]:
    """Return what a text tells, as stems of its words."""
    telling = [word for word in {*folded_words(text)} - STOP_WORDS if len(word) > 1]
    if not text.isascii():
        telling = all_parts(telling)
    return frozenset([word[:_STEM] for word in telling])


def _read(paragraphs: Sequence[str]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield number, text and sentences of each paragraph, from the one with the dateline on."""
    plain = [without_dateline(paragraph) for paragraph in paragraphs]
    opening = zip(plain, paragraphs[:_DATELINE_WITHIN], strict=False)
    first = next((n for n, (cut, whole) in enumerate(opening) if cut != whole), 0)
    for number, paragraph in enumerate(plain[first:], first):
        yield number, paragraph, split(paragraph)


def _length(text: str) -> int:
    """Return how long a sentence is, in words of a language that writes particles as words."""
    syllables = 0 if text.isascii() else len(_HANGUL.findall(text))
    return max(count_words(text), syllables // 2)


def _is_said(text: str, signs: PageSigns) -> bool:
    """Tell whether a sentence is the article's, and says something."""
    asks = text.rstrip(CLOSING).endswith(_QUESTIONS)
    return not asks and not _CALL.match(text) and not is_of_page(text, signs)


def _may_open(pieces: Sequence[str], length: int) -> bool:
    """Tell whether the first line of a text may be its standfirst, which has no stop."""
    return len(pieces) == 1 and length in _STANDFIRST_WORDS and not pieces[0][:60].isupper()


def _leans(text: str) -> bool:
    """Tell whether a sentence needs the one before it: it points back, or is part of a speech."""
    return _points_back(text.lstrip(_OPENING)) or _is_speech(text) or _is_half_quoted(text)


def _points_back(text: str) -> bool:
    first = _FIRST_WORD.match(text)
    if first is None:
        return False  # it starts with a word in any case
    word = first[0]
    may = not word.isascii() or word.lower() in _POINTING
    return may and _POINTS_BACK.match(text) is not None


def _is_speech(text: str) -> bool:
    """Tell whether a sentence opens with what somebody said, not with a quoted name."""
    if text[0] not in _OPENING:
        return False
    first = [word.rstrip(",.") for word in text.split(None, _NAME_WORDS)[:_NAME_WORDS]]
    is_name = any(w.endswith(_QUOTED) and not w[:-1].endswith(_SPOKEN) for w in first)
    return not is_name


def _is_half_quoted(text: str) -> bool:
    """Tell whether a quotation only starts or only ends in a sentence."""
    if "„" in text or "«" in text or "»" in text:
        return False
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")
