"""Abroad: which names are sure in a text of another language than the weights were made for.

German writes every noun with a capital, and no table says what stands around a name there. So only
what a list has, and people with a given name or an office before their name, are said.
"""

from collections.abc import Mapping, Sequence

from briefbook.parsing.naming.knowledge import is_in, mask
from briefbook.parsing.naming.runs import Form
from briefbook.text.scripts import language_of
from briefbook.text.words import STOP_WORDS

_OWN = (None, "en")
_ENGLISH = frozenset("the of to and".split())
_LISTED = mask("country", "region", "large city", "organisation", "company")
_FIRST_NAME = mask("given", "more")
_LONGEST = 4  # words of a person's name


def is_abroad(text: str, small: frozenset[str]) -> bool:
    """Tell whether a text is in another language than English.

    Args:
        text: The text.
        small: Its words; those of English are looked for first, as it costs next to nothing.
    """
    has_english = small.issuperset(_ENGLISH)
    return not has_english and language_of(text) not in _OWN


def sure_names(
    forms: Mapping[str, Form],
    kinds: Mapping[str, str],
    related: Mapping[str, Sequence[tuple[str, str]]],
) -> dict[str, str]:
    """Return the kinds of those forms that are names in any language."""
    sure = {
        key: kind
        for key, kind in kinds.items()
        if is_in(key, _LISTED) or (kind == "person" and _is_person(key, forms[key]))
    }
    of_people = {
        key: kinds[key]
        for key, kin in related.items()
        if kinds.get(key) == "person" and any(sure.get(longer) == "person" for _, longer in kin)
    }
    return {key: kind for key, kind in kinds.items() if key in sure or key in of_people}


def _is_person(key: str, form: Form) -> bool:
    words = key.split()
    if not 1 < len(words) <= _LONGEST or not STOP_WORDS.isdisjoint(words):
        return False
    has_office = any(mention[0] == "(office)" for mention in form.mentions)
    return has_office or is_in(words[0], _FIRST_NAME)
