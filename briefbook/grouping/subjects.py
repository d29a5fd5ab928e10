"""Subjects: what a row of facts is about, as a short heading.

In: the facts of one row. Out: plain words: "people killed", "age of Vik", "distance (border)".
What a number is of decides; where that alone says little, the words beside all its values follow.
"""

from collections.abc import Sequence

from briefbook.grouping.counted import stem
from briefbook.grouping.dated import WEEKDAYS
from briefbook.grouping.facts import Fact
from briefbook.grouping.similarity import terms
from briefbook.grouping.tokens import is_month
from briefbook.text.words import fold_word, words

_HAPPENED = {
    "aboard": "on board",
    "in hospital": "taken to hospital",
    "damaged": "damaged or destroyed",
}
_MEASURED = {
    "%": "share in percent",
    "$": "amount in dollars",
    "€": "amount in euros",
    "£": "amount in pounds",
    "metre": "distance or length",
    "kilogram": "weight",
    "hectare": "area",
    "litre": "volume",
    "barrel": "number of barrels",
    "speed": "speed",
    "degree": "degrees",
    "sentence": "length of the sentence",
}
_MONEY = frozenset(
    "won yen yuan rupee franc kroner ruble zloty peso dinar dirham riyal shekel lira".split()
)
_SPANS = frozenset("second minute hour day week month year decade".split())
_MOST_WORDS = 2


def subject_of(facts: Sequence[Fact]) -> str:
    """Return the heading of a row of facts that speak of one thing."""
    first = facts[0]
    if first.office:
        return f"office of {_longest_name(facts)}"
    if first.is_toll:
        whom = _as_said(first, first.group) if first.group else "people"
        return f"{whom} {_HAPPENED.get(first.role, first.role)}"
    if first.role == "age":
        return f"age of {_as_said(first, first.group)}" if first.group else "age"
    return _with_words(_kind(first), facts)


def _kind(fact: Fact) -> str:
    """Return what kind of value a fact gives."""
    if fact.kind == "date":
        return {"day": "date", "weekday": "day of the week"}.get(fact.role, fact.role)
    if fact.role in _MONEY:
        return f"amount in {fact.role}"
    if fact.role in _SPANS:
        return f"number of {fact.role}s"
    if fact.role.startswith(("square", "cubic")):
        return f"number of {fact.role}s"
    if fact.role.endswith("$"):
        return "amount in dollars"
    if fact.role.endswith(" per"):
        return "rate"
    return _MEASURED.get(fact.role) or f"number of {_as_said(fact, fact.role)}"


def _as_said(fact: Fact, folded: str) -> str:
    """Return a word of a sentence as it stands there, given its folded stem."""
    for text in (fact.said, fact.sentence):
        for word in words(text):
            if stem(fold_word(word)) == folded or fold_word(word) == folded:
                # "Homes" of a headline; a name is no word of the value itself.
                return word.lower() if text is fact.said else word
    return folded


def _with_words(kind: str, facts: Sequence[Fact]) -> str:
    """Add the words nearest to the value that stand beside all values of the row."""
    first = facts[0]
    near = frozenset.intersection(*(fact.near for fact in facts)) - set(terms(kind))
    shared = near or frozenset.intersection(*(fact.words for fact in facts)) - set(terms(kind))
    shared = frozenset(w for w in shared if w not in WEEKDAYS and not is_month(w))
    if not shared:
        return kind
    at = first.sentence.find(first.said)
    before = [w for w in words(first.sentence[: max(at, 0)]) if shared.intersection(terms(w))]
    behind = [
        w for w in words(first.sentence[at + len(first.said) :]) if shared.intersection(terms(w))
    ]
    # What follows a value says more often what it is of: "25 miles from the border".
    chosen = [*dict.fromkeys((*behind, *reversed(before)))][:_MOST_WORDS]
    if not chosen:
        return kind
    said = [w for w in dict.fromkeys((*before, *behind)) if w in chosen]
    return f"{kind} ({', '.join(w.removesuffix('’s').removesuffix(chr(39) + 's') for w in said)})"


def _longest_name(facts: Sequence[Fact]) -> str:
    """Return the fullest form of a person's name in the sentences, as it stands."""
    fullest = max(facts, key=lambda fact: len(fact.office.person) if fact.office else 0)
    said = {fold_word(w): w for w in reversed(words(fullest.sentence)) if w[0].isupper()}
    person = fullest.office.person if fullest.office else ()
    return " ".join(said.get(p, p.title()).removesuffix("'s").removesuffix("’s") for p in person)
