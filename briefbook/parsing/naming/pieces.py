"""Pieces: what of a run of capital words may be a name.

In: a run, as "Israeli Prime Minister Ilan Dror and the United Nations". Out: its pieces, each with
the words of the run that stand beside it. A run is looked at once, wherever it comes again.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from briefbook.parsing.naming.heads import (
    DAYS,
    HYPHEN_TAILS,
    MONTHS,
    OF_NATIONS,
    OF_OFFICES,
    ONE_OF_PEOPLE,
    ORGANISATION_TAILS,
    OTHER_TAILS,
    PARTICLES,
    PLACE_FIRSTS,
    PLACE_TAILS,
    PORTFOLIOS,
    POSSESSIVES,
    TITLES,
)
from briefbook.parsing.naming.knowledge import fold_name, is_in, mask
from briefbook.parsing.naming.links import (
    JOINING,
    OPENERS,
    WHOLES,
    divides,
    with_countries_apart,
)

_SMALL_LINKS = JOINING | {"&"}
_GIVEN, _FAMILY, _ORDINARY = mask("given"), mask("family"), mask("ordinary")
_PEOPLE, _ORGANISATION = mask("people"), mask("organisation")
_OWN_POSSESSIVE = mask("company", "organisation")
_NATIONS = frozenset(["u.s.", "us", "u.k.", "uk", "u.n.", "un", "eu"])
# Runs are short; a line of capital words without end is no name.
_MOST_WORDS = 24
_POSSESSIVE = ("'s", "'")
_QUARTER = re.compile(r"q[1-4]|[1-4]q")
_PARTISANS = frozenset("republican republicans democrat democrats".split())
_LONGEST_ACRONYM = 6
# They open the names of clubs, and sentences.
_OF_CLUBS = frozenset("real racing sporting athletic dynamo union inter rapid".split())
_OPEN_NAMES = PLACE_FIRSTS | PARTICLES | _OF_CLUBS
# Months that are names of people too.
_ALSO_NAMES = frozenset("may april june august jan jan.".split())


class Piece(NamedTuple):
    """A part of a run that may be a name."""

    text: str
    before: tuple[str, str] | None  # the two words before it in the run, the nearer last, folded
    after: str  # the word behind it in the run, folded; "" at the end of the run


@lru_cache(maxsize=1 << 15)
def pieces(run: str, starts: bool) -> tuple[Piece, ...]:
    """Return what of a run may be a name.

    Args:
        run: Capital words and the small words that link them.
        starts: The run opens a sentence, so that its first word may be an ordinary one.
    """
    if "-" in run:
        run = with_countries_apart(run)
    if " " not in run and "\u00a0" not in run:
        return _single(run, fold_name(run), starts)
    words = run.split()[:_MOST_WORDS]
    folded = fold_name(run).split()[:_MOST_WORDS]
    found: list[Piece] = []
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or divides(words, folded, start, at):
            opens = starts if start == 0 else _opens_anew(words, folded, start)
            found += _segment(words, folded, start, at, opens)
            start = at
    return tuple(found)


def _single(run: str, folded: str, starts: bool) -> tuple[Piece, ...]:
    """Return the piece of a run of one word, as most are."""
    if folded in OPENERS and (len(run) == 1 or not run.isupper()):
        return ()
    if folded in DAYS or (folded in MONTHS and folded not in _ALSO_NAMES):
        return ()
    if run.isalpha():
        return (Piece(run, None, ""),)
    return tuple(_segment([run], [folded], 0, 1, starts))


def _opens_anew(words: list[str], folded: list[str], start: int) -> bool:
    """Tell whether a sentence starts inside a run, behind the stop of "U.S." or "Inc."."""
    return folded[start - 1][-1] == "." and folded[start] in OPENERS and words[start][0].isupper()


def _segment(
    words: list[str], folded: list[str], start: int, end: int, starts: bool
) -> list[Piece]:
    """Return the names of a stretch of a run; offices, openers and links at its ends go."""
    while end > start and words[end - 1].islower():
        end -= 1
    while start < end and (words[start].islower() or _opens(words, folded, start, end, starts)):
        start += 1
    if not _is_listed(folded, start, end):
        start, end = _trimmed(words, folded, start, end)
    if start >= end:
        return []
    if not _is_listed(folded, start, end):
        parted = _offices(words, folded, start, end, starts) or _nation(words, folded, start, end)
        if parted is not None:
            return parted
    if starts and end - start > 1 and _is_ordinary_opener(folded, start, end):
        start += 1
    return _made(words, folded, start, end)


def _trimmed(words: list[str], folded: list[str], start: int, end: int) -> tuple[int, int]:
    """Leave out days, months, quarters, "Republican" and "Korean" at the ends of a name."""
    while end > start:
        last = folded[end - 1]
        is_person = end - start > 1 and is_in(folded[end - 2], _GIVEN)
        is_month = last in MONTHS and not is_person and (end - start > 1 or last not in _ALSO_NAMES)
        is_date = last in DAYS or is_month
        pair = " ".join(folded[end - 2 : end])
        if end - start > 1 and is_in(last, _PEOPLE) and not _is_given(folded[end - 2]):
            end -= 2 if end - start > 2 and is_in(pair, _PEOPLE) else 1
        elif is_date or _QUARTER.fullmatch(last) or (last in _PARTISANS and end - start > 1):
            end -= 1
        else:
            break
    if start < end - 1 and folded[start] in DAYS:
        start += 1
    return start, end


def _is_given(word: str) -> bool:
    return is_in(word, _GIVEN) and not is_in(word, _ORDINARY)


def _opens(words: list[str], folded: list[str], start: int, end: int, starts: bool) -> bool:
    """Tell whether the first word of a stretch is a small word that happens to be a capital."""
    word = folded[start]
    if word not in OPENERS or (words[start].isupper() and len(word) > 1):
        return False
    if word in PARTICLES and end - start > 1:
        return False
    if word == "the" and folded[start + 1 : start + 2] == ["hague"]:
        return False
    if (starts and word == "the") or end - start == 1:
        return True
    return starts and not _is_listed(folded, start, end)


def _is_listed(folded: list[str], start: int, end: int) -> bool:
    return is_in(_bare(" ".join(folded[start:end])), WHOLES)


def _offices(
    words: list[str], folded: list[str], start: int, end: int, starts: bool
) -> list[Piece] | None:
    """Return what stands before an office and behind it, None where there is no office."""
    if TITLES.isdisjoint(folded[start:end]):
        return None
    last = _bare(folded[end - 1])
    if last in ORGANISATION_TAILS and last not in TITLES:
        return None
    offices = [i for i in range(start, end) if folded[i] in TITLES]
    if offices and offices[-1] == end - 1 > start and is_in(folded[end - 2], _GIVEN):
        offices.pop()  # "John Major" is a name
    if not offices:
        return None
    at = offices[-1]
    first = at
    while first > start and (folded[first - 1] in TITLES or folded[first - 1] in OF_OFFICES):
        first -= 1
    name = at + 1
    if name < end and folded[name] in ("of", "for"):
        name += 1
        while name < end and (folded[name] in PORTFOLIOS or folded[name] in ("and", "the", "of")):
            name += 1
    before = _segment(words, folded, start, first, starts) if first > start else []
    behind = _made(words, folded, name, end, ("(office)", folded[at])) if name < end else []
    if not before and name >= end:
        # An office alone may be a name all the same: "King", "Marshal".
        return _made(words, folded, at, end) if end - start == 1 else []
    return before + behind


def _nation(words: list[str], folded: list[str], start: int, end: int) -> list[Piece] | None:
    """Part a nation from its bodies: "U.S. | State Department", "Iraqi | Foreign Ministry"."""
    if end - start < 2:
        return None
    size = 2 if is_in(" ".join(folded[start : start + 2]), _PEOPLE) and end - start > 2 else 1
    first, rest = " ".join(folded[start : start + size]), folded[start + size : end]
    body = " ".join(rest)
    is_one = first in ONE_OF_PEOPLE or (
        is_in(first, _PEOPLE) and (is_in(rest[0], _GIVEN) or _is_lone(rest))
    )
    if is_one and not _is_organisation(rest):
        return _made(words, folded, start + size, end)
    if first in _NATIONS and (is_in(_bare(body), _ORGANISATION) or rest[-1] in ("department",)):
        return _made(words, folded, start, start + 1) + _made(words, folded, start + 1, end)
    is_body = (_bare(rest[-1]) in OF_NATIONS and "of" not in rest) or (
        rest[0] in OF_NATIONS and "of" in rest
    )
    if is_in(first, _PEOPLE) and is_body:
        return _made(words, folded, start + size, end)
    return None


def _is_lone(folded: list[str]) -> bool:
    """Tell whether a stretch is one word that is no head of a name: "Russian | Pantsir"."""
    word = folded[0]
    heads = word in PLACE_TAILS or word in OTHER_TAILS or is_in(word, _ORDINARY)
    return len(folded) == 1 and not heads


def _is_organisation(folded: list[str]) -> bool:
    return not ORGANISATION_TAILS.isdisjoint(folded) or "of" in folded or "and" in folded


def _is_ordinary_opener(folded: list[str], start: int, end: int) -> bool:
    """Tell whether an ordinary word opens the sentence before a name."""
    word = folded[start]
    if not is_in(word, _ORDINARY) or folded[end - 1] in ORGANISATION_TAILS or word in _OPEN_NAMES:
        return False
    if is_in(word, _GIVEN) and is_in(folded[start + 1], _FAMILY):
        return False
    if folded[end - 1] in PLACE_TAILS:
        return False
    return not any(is_in(word, _ORDINARY) for word in folded[start + 1 : end])


def _made(
    words: list[str],
    folded: list[str],
    start: int,
    end: int,
    before: tuple[str, str] | None = None,
) -> list[Piece]:
    while start < end and words[start] in _SMALL_LINKS:
        start += 1
    if start >= end:
        return []
    after = folded[end] if end < len(folded) else ""
    text = " ".join(words[start:end])
    if end - start > 2 and _is_acronym(words, folded, start, end):
        body = _made(words, folded, start, end - 1, before)
        return body + _made(words, folded, end - 1, end)
    if "-" in text:
        base, _, tail = text.rpartition("-")
        if tail in HYPHEN_TAILS:
            text, after = base, "-based"
    whole = fold_name(text)
    if whole not in POSSESSIVES and not is_in(whole, _OWN_POSSESSIVE):
        for ending in _POSSESSIVE:
            if whole.endswith(ending):
                text, after = text[: -len(ending)], "'s"
                break
    text = text.rstrip(".-'’&") if not _is_dotted(text) else text
    if before is None and start:
        before = (folded[start - 2] if start > 1 else "", folded[start - 1])
    return [Piece(text, before, after)] if text else []


def _is_acronym(words: list[str], folded: list[str], start: int, end: int) -> bool:
    """Tell whether the last word is an acronym behind the name it stands for."""
    last = words[end - 1]
    if not last.isupper() or not last.isalpha() or not 2 <= len(last) <= _LONGEST_ACRONYM:
        return False
    letters = "".join(word[0] for word in folded[start : end - 1] if word not in _SMALL_LINKS)
    return letters.startswith(last[0].lower()) and letters.endswith(last[-1].lower())


def _bare(folded: str) -> str:
    return folded[:-2] if folded.endswith("'s") else folded


def _is_dotted(text: str) -> bool:
    """Tell whether the last stop of a name is its own: "U.S.", "Inc.", "Fla."."""
    if not text.endswith("."):
        return False
    last = text.rsplit(" ", 1)[-1].lower()
    return "." in last[:-1] or last in _ABBREVIATIONS or is_in(last, mask("region"))


_ABBREVIATIONS = frozenset("inc. corp. ltd. co. jr. sr. bros.".split())
