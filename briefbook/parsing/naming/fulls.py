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
        fulls = [one for one in longer if not any(_is_part(one, other) for other in longer)]
        if fulls:
            found[key] = tuple(dict.fromkeys(fulls))
    return found


def _stands_for(how: str, kind: str) -> bool:
    if kind == "person":
        return how in ("last", "first")
    return kind == "organisation" and how in ("company", "letters")


def _is_part(name: str, longer: str) -> bool:
    """Tell whether all words of a name stand in a longer one: "Jae-myung", "Lee Jae-myung"."""
    return name != longer and set(name.split()) < set(longer.split())
