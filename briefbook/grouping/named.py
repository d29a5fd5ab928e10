"""Named: who and what the entries of a site name, each once however it is spelled.

In: what may be shown of each entry. Out: people, organisations and places with the entries that
name them. What makes two spellings one name is said in `text/naming.py`; here the short form of an
organisation is joined to its long form: in an entry that gives both, and in those of its story and
its topics.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from briefbook.model import Named, PublicEntry
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
    forms = [dict(spelled_out(entry)) for entry in entries]
    known = _known_around(entries, forms)
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for entry, own in zip(entries, forms, strict=True):
        for kind, spelling in names_of(entry):
            if not is_full(kind, spelling):
                continue
            key = key_of(kind, spelling)
            if kind == ORGANISATION:
                around = (known[scope].get(key) for scope in _scopes(entry) if scope in known)
                key = own.get(key) or next(filter(None, around), key)
            groups.setdefault((kind, key), []).append((entry.slug, spelling))
    order = (PERSON, ORGANISATION, PLACE)
    return tuple(
        Named(kind=kind, name=_most_used(kind, key, mentions), mentions=tuple(mentions))
        for (kind, key), mentions in sorted(
            groups.items(), key=lambda item: order.index(item[0][0])
        )
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


def _most_used(kind: str, key: str, mentions: Sequence[tuple[str, str]]) -> str:
    """Return the commonest spelling of a name, for an organisation of its long form."""
    counts = Counter(spelling for _, spelling in mentions)
    return next(name for name, _ in counts.most_common() if key_of(kind, name) == key)


def _known_around(
    entries: Sequence[PublicEntry], forms: Sequence[Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Return by story and topic what short forms stand for there; who says it first is believed.

    Elsewhere one form may be another's: GOP is a party to most and was a band of hackers to some.
    A draft says nothing, or looking at one would change where the pages of others stand.
    """
    known: dict[str, dict[str, str]] = {}
    for entry, own in zip(entries, forms, strict=True):
        if own and not entry.is_preview:
            for scope in _scopes(entry):
                known[scope] = {**own, **known.get(scope, {})}
    return known


def _scopes(entry: PublicEntry) -> tuple[str, ...]:
    """Return what an entry has in common with others, the closest first."""
    story = (f"story {entry.story}",) if entry.story else ()
    return (*story, *(f"topic {topic}" for topic in entry.topics))


def spelled_out(entry: PublicEntry) -> Iterator[tuple[str, str]]:
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
