"""Named: who and what the entries of a site name, each once however it is spelled.

In: what may be shown of each entry. Out: people, organisations and places with the entries that
name them. What makes two spellings one name is said in `text/naming.py`; here the short form of an
organisation is joined to its long form: in an entry that gives both, and in those of its story and
its topics.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefbook.model import Named, PublicEntry
from briefbook.text.naming import KINDS, ORGANISATION, PERSON, PLACE, is_full, name_key, name_slug
from briefbook.text.words import words

_SHORT = re.compile(r"(?=.+[A-Z])[A-Z][A-Za-z]{1,7}")
_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,4}")
_IN_BRACKETS = re.compile(r"\s?\(([A-Za-z]{2,8})\)")
# Words of a long form that may or may not have a letter in the short one.
_SMALL = frozenset("of the and for on in to de des du la le del für und".split())


# Key of a short form -> key of the long one it stands for.
Forms = Mapping[str, str]


class NamedKey(NamedTuple):
    """A name of an entry, and what it has in common with the other spellings of it."""

    kind: str
    key: str
    spelling: str  # as the entry has it


def find_named(entries: Sequence[PublicEntry]) -> tuple[Named, ...]:
    """Return what the entries name, by kind, then in order of the first entry.

    Args:
        entries: What is shown, in order of arrival.
    """
    known = _known_around(entries)
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for entry in entries:
        around = [known[scope] for scope in scopes(entry) if scope in known]
        for kind, key, spelling in name_keys(entry, around):
            groups.setdefault((kind, key), []).append((entry.slug, spelling))
    found = (named(kind, key, mentions) for (kind, key), mentions in groups.items())
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


def name_keys(entry: PublicEntry, around: Sequence[Forms]) -> tuple[NamedKey, ...]:
    """Return the full names of an entry in order, each with its key.

    Args:
        entry: The entry; its names and its body are read.
        around: What short forms stand for in each of its `scopes`, as `forms_of` says, in order;
            scopes without any may be left out.
    """
    own = own_forms(entry)
    found = []
    for kind, spelling in names_of(entry):
        if is_full(kind, spelling):
            key = key_of(kind, spelling)
            if kind == ORGANISATION:
                key = own.get(key) or next(filter(None, (f.get(key) for f in around)), key)
            found.append(NamedKey(kind, key, spelling))
    return tuple(found)


def named(kind: str, key: str, mentions: Sequence[tuple[str, str]]) -> Named:
    """Return a name with the entries that name it.

    Args:
        kind: person, organisation or place.
        key: What its spellings have in common.
        mentions: Slug and spelling of each entry that has it, in order of arrival.
    """
    counts = Counter(spelling for _, spelling in mentions)
    # The commonest spelling, of an organisation that of its long form.
    name = next(name for name, _ in counts.most_common() if key_of(kind, name) == key)
    return Named(kind=kind, name=name, mentions=tuple(mentions))


def own_forms(entry: PublicEntry) -> dict[str, str]:
    """Return what short forms stand for in an entry that gives both forms; of most none."""
    return dict(spelled_out(entry))


def forms_of(members: Iterable[Forms]) -> dict[str, str]:
    """Return what short forms stand for in a scope; who says it first is believed.

    Args:
        members: The `own_forms` of its entries in order of arrival, those of previews left out: a
            draft says nothing, or looking at one would change where the pages of others stand.
    """
    known: dict[str, str] = {}
    for own in members:
        for short, long in own.items():
            known.setdefault(short, long)
    return known


def scopes(entry: PublicEntry) -> tuple[str, ...]:
    """Return what an entry has in common with others, the closest first: its story and topics.

    Elsewhere one form may be another's: GOP is a party to most and was a band of hackers to some.
    """
    story = (f"story {entry.story}",) if entry.story else ()
    return (*story, *(f"topic {topic}" for topic in entry.topics))


def names_of(entry: PublicEntry) -> Iterator[tuple[str, str]]:
    """Return kind and spelling of each name of an entry, each once."""
    lists = ((PERSON, entry.people), (ORGANISATION, entry.organisations), (PLACE, entry.places))
    for kind, spellings in lists:
        for spelling in dict.fromkeys(spellings):
            yield kind, spelling


def key_of(kind: str, spelling: str) -> str:
    """Return what the spellings of a name have in common."""
    return name_key(kind, name_slug(kind, spelling))


def _known_around(entries: Sequence[PublicEntry]) -> dict[str, dict[str, str]]:
    """Return by story and topic what short forms stand for there."""
    saying: defaultdict[str, list[Forms]] = defaultdict(list)
    for entry in entries:
        if not entry.is_preview and (own := own_forms(entry)):
            for scope in scopes(entry):
                saying[scope].append(own)
    return {scope: forms_of(members) for scope, members in saying.items()}


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
