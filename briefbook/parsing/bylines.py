"""Bylines and biographies: the lines that name who wrote a text.

In: one line. Out: whether it is such a line, and the names in it. A byline is short, starts with a
word such as "By", names somebody and is no sentence: "By noon, nobody was left." is one.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from briefbook.text.words import collapsed, count_words

_BY = re.compile(
    r"^\W*(?:(?:written|reported|story|words|report)\s+by|by|von|par|por|door|"
    r"(?:authors?|reporter|writer|autor|auteur|كتبت?|بقلم|إعداد|נכתב על ידי|מאת|نویسنده|نوشته|글|"
    r"文|取材|執筆)\s*[:：])(?:\s*:\s+|\s+)(?=[^\W\d_])",
    re.I,
)
# East Asian reporters, with a mail address behind the name or without:
# "김미나 기자", "田中美奈記者", "記者 田中 美奈".
_HAN_NAME = r"(?:[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{2,5})"
_REPORTER = re.compile(
    rf"\W{{0,2}}(?:(?P<korean>[가-힣]{{2,4}})\s?(?:기자|특파원)|"
    rf"(?P<before>{_HAN_NAME})\s?(?:記者|记者)|(?:記者|记者)[ \u3000:：]+(?P<behind>{_HAN_NAME}))"
    r"(?:\s*[\w.+-]{1,30}@[\w.-]{1,30})?\W{0,2}"
)
_BY_INSIDE = re.compile(r"\bby\s+(?=[^\W\d_])", re.I)
# One name: two to five words, each a capital first or a small particle.
_PARTICLE = r"(?:de|da|di|del|della|der|den|van|von|la|le|el|al|bin|ibn|dos|du|ter|ten|zu|y)"
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w’'.\-]*"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{1,4}}")
_END_OF_NAMES = re.compile(
    r"(?:(?<!\s)\s+)?(?:\||•|·|—|–|\s-\s|\bin\b|\bfor\b|\bat\b|\bon\b|\(|\bpublished\b|\bupdated\b|\d|"
    r"/|@|©|\bfotos?\b|\bphotos?\b|\b(?:ein|keine|kein)\s+kommentar|\bkommentare?\b|\bcomments?\b|\bimages?\b|\b(?:le|am|el|il|em|op|um|vom|the)\s*(?:\||$)|\bstaff\b|\bwriter\b|\bcorrespondent\b|\beditor\b|\breporter\b).*$",
    re.I,
)
_AND = re.compile(r"(?:(?<!\s)\s+)?(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b)\s*", re.I)
_HOUSE = re.compile(
    r"\b(?:staff|agency|news|desk|team|editors?|newsroom|reporters?|press|online|office|bureau|"
    r"agencies|wire|correspondents?|admin)\b",
    re.I,
)
_NO_NAME = re.compile(r"\b(?:published|updated)\b", re.I)
_TITLES = re.compile(r"^(?:(?:Prof|Dr|Mag|Ing|Dipl|Mr|Mrs|Ms|M\.A)\b\.?(?:-\w+\.?)?\s+)+", re.I)
_FOLDER = Path(__file__).parent / "gazetteers"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_LONGEST_NAME = 48
# Several ask the same of a line while its page is read: so many lines are remembered.
ASKED_AGAIN = 512
# What follows a name on its line, as a place or an office, has at most this many words.
_OFFICE_WORDS = 4
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
    if _reporter(line):
        return True
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
    if reporter := _reporter(line):
        return (reporter,)
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


def names_of(text: str, *, whole: bool = False) -> tuple[str, ...]:
    """Return the people a text names, as far as it is nothing but names: "Mina Hart and Ole Lund".

    Args:
        text: What stands behind a word such as "By", or a line of its own.
        whole: All of it must be names, and no place or office behind them.
    """
    said = text[:160] if whole else _END_OF_NAMES.sub("", text[:160])
    names: list[str] = []
    for n, part in enumerate(_AND.split(said)):
        plain = _TITLES.sub("", collapsed(part).strip(" .,:"))
        if not _is_name(plain):
            # "Mina Hart, Berlin": what follows a name may be a place or an office, but no more.
            if whole and (n == 0 or len(plain.split()) > _OFFICE_WORDS):
                return ()
            break
        names.append(plain)
    return tuple(dict.fromkeys(names))


def name_before_more(text: str) -> tuple[str, ...]:
    """Return the first two words if they are a name that is known: "Mina Hart Politics editor"."""
    words = text.split()
    name = " ".join(words[:2])
    good = len(words) > 2 and is_given(words[0]) and _is_name(name)
    return (name,) if good and words[1][-1].isalpha() else ()


def _is_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and bool(_NAME.fullmatch(text))
        and not _HOUSE.search(text)
        and not _NO_NAME.search(text)
        and text[-1] != "-"
    )


def is_given(word: str) -> bool:
    """Tell whether a word is a given name that is known."""
    return word.capitalize() in _given() or word in _given()


@cache
def _given() -> frozenset[str]:
    lines = (_FOLDER / "bylines.txt").read_text("utf-8").split("\n")
    return frozenset(line.strip() for line in lines if line.strip() and line[:2] != "//")


def _reporter(line: str) -> str | None:
    """Return the East Asian name a line is made of, None for other lines."""
    line = line.strip()
    match = _REPORTER.fullmatch(line) if len(line) <= _LONGEST_NAME and not line.isascii() else None
    return match["korean"] or match["before"] or match["behind"] if match else None


def subject_of_biography(line: str) -> str | None:
    """Return whom a line such as "Mina Hart is a reporter …" is about, None for other lines."""
    return _biography(line[:400])


@lru_cache(ASKED_AGAIN)
def _biography(start: str) -> str | None:
    match = _BIOGRAPHY.match(start)
    return collapsed(match["name"]) if match else None
