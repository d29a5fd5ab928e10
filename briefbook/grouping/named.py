"""Named: who and what the entries of a site name, each once however it is spelled.

In: what may be shown of each entry. Out: people, organisations and places with the entries that
name them. What makes two spellings one name is said in `text/naming.py`; here the short form of an
organisation is joined to its long form, where one entry gives both.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from briefbook.model import Named, PublicEntry, Status
from briefbook.text.naming import ORGANISATION, PERSON, PLACE, is_full, name_key, name_slug
from briefbook.text.words import words

_SHORT = re.compile(r"(?=.+[A-Z])[A-Z][A-Za-z]{1,7}")
_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,4}")
_IN_BRACKETS = re.compile(r"\s?\(([A-Za-z]{2,8})\)")
# Words of a long form that may or may not have a letter in the short one.
_SMALL = frozenset("of the and for on in to de des du la le del für und".split())


def find_named(entries: Sequence[PublicEntry]) -> tuple[Named, ...]:
    """Return what the entries name, by kind, then in order of the first entry.

    Args:
        entries: What is shown, in order of arrival.
    """
    spelled_out = [dict(_spelled_out(entry)) for entry in entries]
    known: dict[str, str] = {}
    for entry, forms in zip(entries, spelled_out, strict=True):
        # Who says first what a short form stands for is believed. A draft is not: looking at one
        # would change where the pages of others stand.
        if entry.status is not Status.DRAFT:
            known |= {short: long for short, long in forms.items() if short not in known}
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for entry, own in zip(entries, spelled_out, strict=True):
        for kind, spelling in names_of(entry):
            if not is_full(kind, spelling):
                continue
            key = key_of(kind, spelling)
            if kind == ORGANISATION:
                key = own.get(key) or known.get(key) or key
            groups.setdefault((kind, key), []).append((entry.slug, spelling))
    order = (PERSON, ORGANISATION, PLACE)
    return tuple(
        Named(kind=kind, name=_most_used(mentions), mentions=tuple(mentions))
        for (kind, _), mentions in sorted(groups.items(), key=lambda item: order.index(item[0][0]))
    )


def names_of(entry: PublicEntry) -> Iterator[tuple[str, str]]:
    """Return kind and spelling of each name of an entry, each once."""
    lists = ((PERSON, entry.people), (ORGANISATION, entry.organisations), (PLACE, entry.places))
    for kind, spellings in lists:
        for spelling in dict.fromkeys(spellings):
            yield kind, spelling


def key_of(kind: str, spelling: str) -> str:
    """Return what the spellings of a name have in common."""
    return name_key(kind, name_slug(kind, spelling))


def _most_used(mentions: Sequence[tuple[str, str]]) -> str:
    return Counter(spelling for _, spelling in mentions).most_common(1)[0][0]


def _spelled_out(entry: PublicEntry) -> Iterator[tuple[str, str]]:
    """Return the keys of short and long form of organisations of which an entry gives both."""
    shorts = [name for name in entry.organisations if _SHORT.fullmatch(name.replace(".", ""))]
    for long in entry.organisations:
        if " " not in long:
            continue
        for short in (*shorts, *_bracketed(long, entry)):
            key = key_of(ORGANISATION, short)
            # "UN" has more words than letters already: what everybody knows, no text says anew.
            if " " not in key and _stands_for(short, long):
                yield key, key_of(ORGANISATION, long)


def _bracketed(long: str, entry: PublicEntry) -> Iterator[str]:
    """Return what stands in brackets behind a name, in itself or where the text has it first."""
    yield from _IN_BRACKETS.findall(long)
    at = entry.body.find(f"{long} (")
    if at >= 0 and (found := _IN_BRACKETS.match(entry.body, at + len(long))):
        yield found[1]


def _stands_for(short: str, long: str) -> bool:
    """Tell whether the letters of a short form are the initials of a long one, none left out."""
    letters = short.replace(".", "").upper()
    ends = {0}  # how many letters the words so far may stand for
    for word in words(_IN_BRACKETS.sub("", long)):
        part = word.replace(".", "") if _ABBREVIATION.fullmatch(word) else word[0].upper()
        further = {end + len(part) for end in ends if letters.startswith(part, end)}
        ends = further | ends if word.lower() in _SMALL else further
    return len(letters) in ends
