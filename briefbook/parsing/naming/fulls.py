"""Full forms: which longer name of a text a short form stands for."""

from collections.abc import Mapping, Sequence

from briefbook.parsing.naming.runs import Form


def full_forms(
    forms: Mapping[str, Form],
    kinds: Mapping[str, str],
    related: Mapping[str, Sequence[tuple[str, str]]],
) -> dict[str, tuple[str, ...]]:
    """Map the keys of short forms to the texts of the longer forms they may stand for.

    "Ahn" is "Ahn Gyu-back", "KFP" the party whose letters they are, "Harmon" the "Harmon Inc". Of
    longer forms of one another the longest counts: two are left where two bear the name.
    """
    found: dict[str, tuple[str, ...]] = {}
    for key, kin in related.items():
        kind = kinds.get(key)
        longer = [
            forms[other].text
            for how, other in kin
            if kind and kinds.get(other) == kind and _stands_for(how, kind)
        ]
        if longer:
            found[key] = tuple(dict.fromkeys(_longest(longer)))
    return found


def _stands_for(how: str, kind: str) -> bool:
    if kind == "person":
        return how in ("last", "first")
    return kind == "organisation" and how in ("company", "letters")


def _longest(names: Sequence[str]) -> Sequence[str]:
    """Return the names that are no part of another: "Lee Jae-myung" and not "Jae-myung".

    A name is compared with those alone that have the rarest of its words, as a text may have tens
    of thousands of one family.
    """
    if len(names) == 1:
        return names
    words_of = {name: frozenset(name.split()) for name in names}
    holding: dict[str, list[frozenset[str]]] = {}
    for words in set(words_of.values()):
        for word in words:
            holding.setdefault(word, []).append(words)
    return [name for name in names if not _is_part(words_of[name], holding)]


def _is_part(words: frozenset[str], holding: Mapping[str, Sequence[frozenset[str]]]) -> bool:
    """Tell whether all words of a name stand in a longer one, of those that have each word."""
    rarest = min((holding[word] for word in words), key=len)
    return any(words < other for other in rarest)
