"""Repair: mend what copying damaged, each mending recorded and reversible.

In: one line as it stands. Out: the repairs of that line. A repair is made only where nothing else
can be meant: never inside a name, number, abbreviation or address. This runs on every line of every
page, so a cheap look comes before each search: most lines have nothing to mend.
"""

import re
from collections.abc import Iterator

from briefbook.model import Repair

# Where a space can be missing at all: something that parts, and no space after it.
_PARTING = re.compile(r"[.!?,;][”’\"]?(?=[^\W\d_]|[“\"‘])")
# "talks.The", "(1950-1953).Over", "2025.Both": a small letter, bracket or year, a stop, a capital.
_STOP = re.compile(
    r"[.!?](?:(?<=[^\W\d_]{2}.)|(?<=[)\]”’].)|(?<=\d.))[”’\"]?(?=[“\"‘]?(?:[^\W\d_]{2}|[AI]\s))"
)
# "U.S.before": an acronym's last stop, a small letter. No acronym is longer, hostile lines are.
_ACRONYM = re.compile(r"[A-Z](?<!\w.)\.(?:[A-Z]\.){1,5}(?=[a-z]{2})")
# "market,tariffs": letters on both sides; but "&lt;b" is an entity that a page has shown.
_COMMA = re.compile(r"[,;](?<=[^\W\d_]{2}.)(?=[^\W\d_]{2})")
_ENTITY = re.compile(r"(?:&|\\u0026)[A-Za-z]{2,8}$")
_HOSTS = (
    r"com|org|net|int|edu|gov|info|biz|example|io|co|eu|uk|de|fr|kr|vn|cn|jp|us|ru|"
    r"html?|php|pdf|txt|js|py|jpe?g|png"
)
_ADDRESS = re.compile(rf"://|@|www\.|\.(?:{_HOSTS})\b(?:/|\W*$)", re.I)
# "03.Mär.19", "12.Mai 2015": in such a date the stop belongs to the day, and no sentence ends.
_DAY_BEFORE = re.compile(r"(?<!\d)[0-3]\d$")
_MONTH_AFTER = re.compile(r"[^\W\d_]{3,9}\.?\s?(?:\d\d){1,2}\b")
# "browser.get(Page.One)", "snake_case": what only programs write.
_CODE = re.compile(r"[_=<>{}\\]|\w\(\w|\(\)")
# "Harbour.World" at the start of a line or quotation: rather a name than a sentence of one word.
_NAME_FIRST = re.compile(r"(?:^|[\"“„«‘(])\W*[^\W\d_]+$")
# "12 Cal.Rptr. 88": a short word with a stop of its own, and the sentence goes on.
_ABBREVIATION_AFTER = re.compile(r"[^\W\d_]{1,4}\.\s+[a-z\d]")
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
# UTF-8 that was read as Latin-1 ("â\x80\x99") or as Windows-1252 ("â€™") on its way. Only what no
# language writes is taken: a capital "Ã" before a sign, "â" before "€" or a control character. The
# ends of quotations stay out of the second row, as "MANHÃ»" may be a word and its closing mark.
_MISREAD = re.compile(
    "[\xc2-\xdf][\x80-\x9f]|[\xe0-\xef][\x80-\xbf]{2}(?<=[\x80-\x9f])|\xe2[\x80-\x9f][\x80-\xbf]|"
    "\xc3[¡-ª¬-º¼-¿]|\xc2[£§©®°´·]|"
    "\xe2€[\x80-\x9f˜™šœžŸ“”•–—¦¢\xa0¯°²³¹º]"
)
# One of these stands in every such run that is printable.
_MISREAD_SIGNS = ("\xc3", "\xc2", "\xe2€")
# One byte of Windows-1252 that was read as Latin-1: "\x97" was a dash.
_ONE_BYTE = re.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]")


def repairs_of(number: int, text: str) -> tuple[Repair, ...]:
    """Return the repairs of one line, in order, none overlapping.

    Args:
        number: The physical line, 1-based.
        text: The line as it stands.
    """
    found: list[Repair] = []
    if not (text.isascii() and text.isprintable()):
        found += _characters(number, text)
    if _PARTING.search(text):
        found += _spaces(number, text)
    if not found:  # most lines
        return ()
    # Of two at one place the first found stays: what a character was comes before its removal.
    found.sort(key=lambda repair: repair.start)
    kept: list[Repair] = []
    for repair in found:
        if not kept or repair.start > kept[-1].start + max(0, len(kept[-1].was) - 1):
            kept.append(repair)
    return tuple(kept)


def _characters(number: int, text: str) -> Iterator[Repair]:
    is_printable = text.isprintable()
    if not is_printable or any(sign in text for sign in _MISREAD_SIGNS):
        yield from _misread(number, text)
    if is_printable:
        return  # all that follows is not
    for match in _ONE_BYTE.finditer(text):
        meant = match[0].encode("latin-1").decode("cp1252")
        yield _change(number, match, meant, "character read in a wrong encoding")
    for match in _NO_TEXT.finditer(text):
        yield _change(number, match, "", "character that is no text")
    for match in _LINE_ENDS.finditer(text):
        yield _change(number, match, " ", "line end inside a line")


def _misread(number: int, text: str) -> Iterator[Repair]:
    """Find UTF-8 that was read as if each byte were a character."""
    for match in _MISREAD.finditer(text):
        meant = _reread(match[0])
        if meant is not None:
            yield _change(number, match, meant, "character read in a wrong encoding")


def _reread(said: str) -> str | None:
    """Return the one character that such a run was, None where it was none."""
    try:
        # Windows-1252 leaves five bytes open; those came through as control characters.
        raw = b"".join(
            one.encode("latin-1") if ord(one) < 0x100 else one.encode("cp1252") for one in said
        )
        meant = raw.decode("utf-8")
    except UnicodeError:
        return None
    return meant if len(meant) == 1 and (meant.isprintable() or meant.isspace()) else None


def _change(number: int, match: re.Match[str], now: str, rule: str) -> Repair:
    return Repair(line=number, start=match.start(), was=match[0], now=now, rule=rule)


def _spaces(number: int, text: str) -> Iterator[Repair]:
    for match in _STOP.finditer(text):
        if _mends_stop(text, match.start(), match.end()):
            place = match.end() - _opens(text, match.end())
            yield _space(number, place, "space missing after a full stop")
    for match in _ACRONYM.finditer(text):
        if not _in_address(text, match.start()):
            yield _space(number, match.end(), "space missing after an abbreviation")
    for match in _COMMA.finditer(text):
        before = text[max(0, match.start() - 13) : match.start()]
        if not _ENTITY.search(before) and not _in_address(text, match.start()):
            yield _space(number, match.end(), "space missing after a comma")


def _space(number: int, start: int, rule: str) -> Repair:
    return Repair(line=number, start=start, was="", now=" ", rule=rule)


def _opens(text: str, end: int) -> bool:
    """Tell whether the straight quotation mark just taken opens what follows.

    'They left."We stayed' or 'He said "no."They left': the marks before it tell, by their number.
    """
    return text[end - 1] == '"' and text.count('"', 0, end - 1) % 2 == 0


def _mends_stop(text: str, start: int, end: int) -> bool:
    """Tell whether a stop between two words lacks its space."""
    before, after = text[start - 1], text[end:].lstrip('“"‘')[:2]
    if not after[0].isupper() or after[1:].isupper():
        return False  # a file name, a domain, "Ph.D", "No.AB"
    if before.isalpha() and not before.islower():
        return False
    if _ABBREVIATION_AFTER.match(text, end):
        return False
    if before.isdigit() and not _ends_number(text, start):
        return False
    if text[start:end] == "." and _NAME_FIRST.search(text[max(0, start - _LONGEST_WORD) : start]):
        return False
    run = _run(text, start)
    # "Node.Js", "vs.The", "Harbour.Comedy.Night": beside it must stand words, no code or name.
    if len(re.findall(r"[^\W\d_]\.[^\W\d_]", run)) > 1 or _CODE.search(run):
        return False
    return not _is_address(run)


def _ends_number(text: str, stop: int) -> bool:
    """Tell whether a stop after a digit ends a sentence: after a year, not after a day."""
    before = text[max(0, stop - 6) : stop]
    if _DAY_BEFORE.search(before) and _MONTH_AFTER.match(text[stop + 1 : stop + 20]):
        return False
    return bool(re.search(r"(?<!\d)\d{2,4}$", before))


def _run(text: str, at: int) -> str:
    """Return the run without white space around an offset."""
    # A bounded window: looking for white space in the whole of a hostile line would be quadratic.
    before = text[max(0, at - _LONGEST_WORD) : at].split()
    after = text[at : at + _LONGEST_WORD].split()
    touching = at > 0 and not text[at - 1].isspace()
    return (before[-1] if before and touching else "") + (after[0] if after else "")


def _in_address(text: str, at: int) -> bool:
    run = _run(text, at)
    return _is_address(run) or "_" in run


def _is_address(run: str) -> bool:
    """Tell whether a run without white space is an address or a file name."""
    return len(run) > _LONGEST_WORD or bool(_ADDRESS.search(run))
