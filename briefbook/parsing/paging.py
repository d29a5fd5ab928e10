"""Paging: what stands on every page of a printed text, between the lines of its paragraphs.

In: the lines of a text that is known to be hard-wrapped. Out: the running heads and page numbers,
each with the rule. Only what comes back, or what counts upwards, is taken for one.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBER = re.compile(r"\W*(\d{1,4})\W*")
_NAMED_NUMBER = re.compile(
    r"\W*(?:page|seite|página|pagina|strona|p\.|s\.)\s*\d{1,4}"
    r"(?:\s*(?:of|von|de|di|van|z|/)\s*\d{1,4})?\W*|\W*\d{1,4}\s*(?:/|of|von)\s*\d{1,4}\W*",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_STOP = re.compile(r"[.!?…:。！？؟][\"'”’»)\]]*$")
# A running head comes back so often; next to page numbers twice is enough.
_OFTEN = 3
_OFTEN_BY_NUMBER = 2
# Pages have at least so many lines.
_PAGE = 4
_LONGEST_HEAD = 80  # characters
# What stands among the first lines is the headline that running heads repeat.
_TOP = 4
# So many of the places where it comes back stand inside a sentence. Names of speakers, numbers of
# sections and refrains come back too, but between sentences.
_LEAST_INSIDE = 0.3
_TELLING_WORDS = 3
PAGE_NUMBER = "page number"
RUNNING_HEAD = "running head"


def find_paging(rows: Sequence[tuple[int, str]]) -> dict[int, str]:
    """Return the numbers of running heads and page numbers, with the rule.

    Args:
        rows: The lines that are not blank with their numbers, in order.
    """
    numbers = [i for i, (_, text) in enumerate(rows) if _NAMED_NUMBER.fullmatch(text[:40])]
    bare = _counting_up(rows)
    heads = _coming_back(rows, {*numbers, *bare})
    candidates = {*numbers, *bare, *(i for at in heads for i in at)}
    inside = _inside_sentences(rows, candidates)
    beside = {i + step for i in bare for step in (-1, 1)}
    # The same words of some length by numbers that count upwards are proof enough.
    is_numbered = any(
        beside.issuperset(at) and len(rows[at[0]][1].split()) >= _TELLING_WORDS for at in heads
    )
    found = dict.fromkeys(numbers, PAGE_NUMBER)
    for at, rule in ((bare, PAGE_NUMBER), *((at, RUNNING_HEAD) for at in heads)):
        is_inside = len(inside & set(at)) >= _LEAST_INSIDE * len(at)
        if at and (is_inside or (is_numbered and (at is bare or beside.issuperset(at)))):
            found.update((i, rule) for i in at if i >= _TOP or i in inside)
    return {rows[i][0]: rule for i, rule in found.items()}


def _counting_up(rows: Sequence[tuple[int, str]]) -> list[int]:
    """Return the places of bare numbers that count upwards, a page apart."""
    bare = [
        (i, int(n[1])) for i, (_, text) in enumerate(rows) if (n := _NUMBER.fullmatch(text[:20]))
    ]
    found: set[int] = set()
    for (i, one), (j, other) in pairwise(bare):
        if other == one + 1 and j - i >= _PAGE:
            found |= {i, j}
    return sorted(found)


def _coming_back(rows: Sequence[tuple[int, str]], numbers: set[int]) -> list[list[int]]:
    """Return the places of short lines that come back, digits aside, a page apart each time."""
    beside = {i + step for i in numbers for step in (-1, 1)}
    alike: dict[str, list[int]] = {}
    for i, (_, text) in enumerate(rows):
        if len(text) <= _LONGEST_HEAD and i not in numbers and any(map(str.isalpha, text)):
            alike.setdefault(_DIGITS.sub("#", text.strip()).casefold(), []).append(i)
    found: list[list[int]] = []
    for at in alike.values():
        by_number = beside.issuperset(i for i in at if i >= _TOP)
        least = _OFTEN_BY_NUMBER if by_number else _OFTEN
        if len(at) >= least and all(b - a >= _PAGE for a, b in pairwise(at)):
            found.append(at)
    return found


def _inside_sentences(rows: Sequence[tuple[int, str]], candidates: set[int]) -> set[int]:
    """Return the candidates that stand between a line without a stop and one that goes on."""
    inside: set[int] = set()
    run: list[int] = []
    above = ""
    for i, (_, text) in enumerate(rows):
        if i in candidates:
            run.append(i)
            continue
        first = text.lstrip()[:1]
        if (
            run
            and above
            and not _STOP.search(above[-6:])
            and first.isalpha()
            and not first.isupper()
        ):
            inside.update(run)
        run, above = [], text.rstrip()
    return inside
