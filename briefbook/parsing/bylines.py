"""Bylines and biographies: the lines that name who wrote a text.

In: one line. Out: whether it is such a line, and the names in it. A byline is short, starts with a
word such as "By", names somebody and is no sentence: "By noon, nobody was left." is one.
"""

import re

from briefbook.text.words import collapsed, count_words

_BY = re.compile(
    r"^\W*(?:(?:written|reported|story|words|report)\s+by|by|von|par|por|door|"
    r"(?:authors?|reporter|writer|autor|auteur)\s*:)\s*:?\s+(?=[^\W\d_])",
    re.I,
)
_BY_INSIDE = re.compile(r"\bby\s+(?=[^\W\d_])", re.I)
# One name: two to five words, each a capital first or a small particle.
_PARTICLE = r"(?:de|da|di|del|della|der|den|van|von|la|le|el|al|bin|ibn|dos|du|ter|ten|zu|y)"
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w’'.\-]*"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{1,4}}")
_END_OF_NAMES = re.compile(
    r"\s*(?:\||•|·|—|–|\s-\s|\bin\b|\bfor\b|\bat\b|\bon\b|\(|\bpublished\b|\bupdated\b|\d|"
    r"/|\bstaff\b|\bwriter\b|\bcorrespondent\b|\beditor\b|\breporter\b).*$",
    re.I,
)
_AND = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b)\s*", re.I)
_HOUSE = re.compile(
    r"\b(?:staff|agency|news|desk|team|editors?|newsroom|reporters?|press|online|office|bureau|"
    r"agencies|wire|correspondents?|admin)\b",
    re.I,
)
_NO_NAME = re.compile(r"\b(?:published|updated)\b", re.I)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_LONGEST_NAME = 48
_MOST_WORDS = 16
_BIOGRAPHY = re.compile(
    rf"^(?:About\s+)?(?P<name>{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{1,3}})\s+"
    r"(?:(?:writes|reports|has\s+written)\s+(?:about|for|on|from)\b|covers\b|has\s+covered\b|"
    r"(?:is|was|has\s+been|works|worked|joined|studied)\b.{0,200}?"
    r"\b(?:journalist|reporter|writer|editor|correspondent|author|columnist|freelance\w*|"
    r"contributor|blogger|newsroom)\b)"
)


def is_byline(line: str) -> bool:
    """Tell whether a line is a byline: it names a person, or the outlet's own people."""
    start = _BY.match(line[:80])
    if start is None or count_words(line[:400]) > _MOST_WORDS or _SENTENCE_END.search(line[-8:]):
        return False
    return bool(names_in(line) or _HOUSE.search(line[start.end() :]))


def names_in(line: str, *, anywhere: bool = False) -> tuple[str, ...]:
    """Return the people a byline names, in its order.

    Args:
        line: The line.
        anywhere: Also read a "by" in the middle, as in "Updated 3 May by Mina Hart".
    """
    line = line.strip()[:400]
    start = _BY.match(line) or (_BY_INSIDE.search(line) if anywhere else None)
    if start is None:
        return ()
    names = []
    for part in _AND.split(_END_OF_NAMES.sub("", line[start.end() :])):
        name = _NAME.fullmatch(collapsed(part).strip(" .,:"))
        is_person = name and not _HOUSE.search(name[0]) and not _NO_NAME.search(name[0])
        if name and is_person and len(name[0]) <= _LONGEST_NAME:
            names.append(name[0])
    return tuple(dict.fromkeys(names))


def subject_of_biography(line: str) -> str | None:
    """Return whom a line such as "Mina Hart is a reporter …" is about, None for other lines."""
    match = _BIOGRAPHY.match(line[:400])
    return collapsed(match["name"]) if match else None
