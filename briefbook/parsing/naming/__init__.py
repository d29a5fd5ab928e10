"""Naming: the people, organisations and places a text names.

In: plain text. Out: every form of their names, the most telling first. The forms are runs of
capital words, divided where a name ends; what each is called is weighed from what it shows, what
stands around it, and what the text says of longer forms it belongs to. A name has one kind in a
text, wherever it stands; but the town of a club and the club are told apart in tables of results.
"""

from collections.abc import Mapping, Sequence

from briefbook.model import Name
from briefbook.parsing.naming.abroad import is_abroad, sure_names
from briefbook.parsing.naming.capitals import add_capitals
from briefbook.parsing.naming.fulls import full_forms
from briefbook.parsing.naming.kin import KINDS, kin_signs, relations
from briefbook.parsing.naming.knowledge import is_of_people
from briefbook.parsing.naming.runs import Form, Mention, find_forms
from briefbook.parsing.naming.signs import text_signs
from briefbook.parsing.naming.weights import own_weights, table, total

__all__ = ["find_names"]


def find_names(text: str) -> tuple[Name, ...]:
    """Return the names of a text, the most telling first, each form and kind once.

    A name that stands more often and earlier is more telling.
    """
    forms, capitals = find_forms(text)
    if capitals:
        add_capitals(capitals, forms)
    related = relations(list(forms))
    words = frozenset(text.split())
    kinds = _kinds(forms, related, words)
    if kinds and is_abroad(text, words):
        kinds = sure_names(forms, kinds, related)
    fulls = full_forms(forms, kinds, related)
    found: dict[tuple[str, str], Name] = {}
    for key in sorted(kinds, key=lambda k: -len(forms[k].mentions)):
        name = Name(forms[key].text, kinds[key], fulls.get(key, ()))
        found.setdefault((name.text, name.kind), name)
    return tuple(found.values())


def _kinds(
    forms: Mapping[str, Form],
    related: Mapping[str, Sequence[tuple[str, str]]],
    small: frozenset[str],
) -> dict[str, str]:
    """Return the kind of each form that is a name, in the order of the text.

    Longer forms are decided first, as they tell what their parts are.
    """
    kinds: dict[str, str] = {}
    for key in sorted(forms, key=_words, reverse=True) if related else forms:
        if is_of_people(key):
            continue
        form = forms[key]
        signs = text_signs(form, key, small)
        if key in related:
            signs += kin_signs(related[key], kinds)
        own_a, own_b, own_c = own_weights(form.text)
        text_a, text_b, text_c = total(signs)
        a, b, c = _around(form.mentions)
        scores = [own_a + text_a + a, own_b + text_b + b, own_c + text_c + c]
        best = max(scores)
        if best > 0:
            kinds[key] = KINDS[scores.index(best)]
    return {key: kinds[key] for key in forms if key in kinds}


def _words(key: str) -> int:
    return key.count(" ")


def _around(mentions: Sequence[Mention]) -> tuple[float, float, float]:
    """Return how much the neighbours of a form speak for each kind.

    Of several mentions the sum counts, over the root of their number: they are not independent.
    """
    _, of_before, of_after, of_two_before, of_two_after = table()
    starts = table().signs.get("starts", (0, 0, 0))
    person = organisation = place = 0
    for second, before, after, later, is_start in mentions:
        for weights in (
            of_before.get(before),
            of_after.get(after),
            of_two_before.get(f"{second} {before}"),
            of_two_after.get(f"{after} {later}"),
            starts if is_start else None,
        ):
            if weights is not None:
                person += weights[0]
                organisation += weights[1]
                place += weights[2]
    scale = 1.0 if len(mentions) == 1 else len(mentions) ** -0.5
    return person * scale, organisation * scale, place * scale
