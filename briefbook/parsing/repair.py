"""Repair: mend what copying damaged, each mending recorded and reversible.

In: one line as it stands. Out: the repairs of that line. A repair is made only where nothing else
can be meant: never inside a name, number, abbreviation or address.
"""

import re
from collections.abc import Iterator

from briefbook.model import Repair

# "talks.The", "(1950-1953).Over", "2025.Both": a small letter, bracket or year, a stop, a capital.
_STOP = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=[)\]”’])|(?<=\d))[.!?][”’\"]?(?=[“\"‘]?(?:[^\W\d_]{2}|[AI]\s))"
)
# "U.S.before": an acronym's last stop, a small letter. No acronym is longer, hostile lines are.
_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,6}(?=[a-z]{2})")
# "market,tariffs": letters on both sides; but "&lt;b" is an entity that a page has shown.
_COMMA = re.compile(r"(?<=[^\W\d_]{2})[,;](?=[^\W\d_]{2})")
_ENTITY = re.compile(r"&[A-Za-z]{2,8}$")
_ADDRESS = re.compile(
    r"://|@|www\.|\.(?:com|org|net|int|edu|gov|info|biz|example|io|co|eu|uk|de|fr|kr|vn|cn|jp|us|"
    r"html?|php|pdf|txt|js|py|jpe?g|png)\b(?:/|$)",
    re.I,
)
# Longest run without white space that a word may be: longer ones are addresses or noise.
_LONGEST_WORD = 80
# Characters that are no text: C0 and C1 controls, bidirectional overrides and isolates (they can
# make a line read differently from what it says), zero-width space, byte order mark.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]+"
)
# Line ends that no editor shows as such.
_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")


def repairs_of(number: int, text: str) -> tuple[Repair, ...]:
    """Return the repairs of one line, in order, none overlapping.

    Args:
        number: The physical line, 1-based.
        text: The line as it stands.
    """
    found = sorted((*_characters(number, text), *_spaces(number, text)), key=lambda r: r.start)
    kept: list[Repair] = []
    for repair in found:
        if not kept or repair.start > kept[-1].start + max(0, len(kept[-1].was) - 1):
            kept.append(repair)
    return tuple(kept)


def _characters(number: int, text: str) -> Iterator[Repair]:
    if text.isascii() and text.isprintable():
        return
    for match in _NO_TEXT.finditer(text):
        yield Repair(
            line=number, start=match.start(), was=match[0], now="", rule="character that is no text"
        )
    for match in _LINE_ENDS.finditer(text):
        yield Repair(
            line=number, start=match.start(), was=match[0], now=" ", rule="line end inside a line"
        )


def _spaces(number: int, text: str) -> Iterator[Repair]:
    for match in _STOP.finditer(text):
        if _mends_stop(text, match.start(), match.end()):
            yield _space(number, match.end(), "space missing after a full stop")
    for match in _ACRONYM.finditer(text):
        if not _in_address(text, match.start()):
            yield _space(number, match.end(), "space missing after an abbreviation")
    for match in _COMMA.finditer(text):
        before = text[max(0, match.start() - 9) : match.start()]
        if not _ENTITY.search(before) and not _in_address(text, match.start()):
            yield _space(number, match.end(), "space missing after a comma")


def _space(number: int, start: int, rule: str) -> Repair:
    return Repair(line=number, start=start, was="", now=" ", rule=rule)


def _mends_stop(text: str, start: int, end: int) -> bool:
    """Tell whether a stop between two words lacks its space."""
    before, after = text[start - 1], text[end:].lstrip('“"‘')[:2]
    if not after[0].isupper() or after[1:].isupper():
        return False  # a file name, a domain, "Ph.D", "No.AB"
    if before.isalpha() and not before.islower():
        return False
    if before.isdigit() and not re.search(r"(?<!\d)\d{2,4}$", text[max(0, start - 6) : start]):
        return False
    # "Node.Js", "vs.The" and the like: the word before must be a word, not a code.
    word = re.search(r"[^\s]*$", text[max(0, start - _LONGEST_WORD) : start])
    if word and re.search(r"[^\W\d_]\.[^\W\d_]", word[0]):
        return False
    return not _in_address(text, start)


def _in_address(text: str, at: int) -> bool:
    """Tell whether the run without white space around an offset is an address or a file name."""
    # A bounded window: looking for white space in the whole of a hostile line would be quadratic.
    before = text[max(0, at - _LONGEST_WORD) : at].split()
    after = text[at : at + _LONGEST_WORD].split()
    touching = at > 0 and not text[at - 1].isspace()
    run = (before[-1] if before and touching else "") + (after[0] if after else "")
    return len(run) > _LONGEST_WORD or bool(_ADDRESS.search(run))
