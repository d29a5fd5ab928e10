"""Measured: ages, lengths, weights and spans of time that a number gives.

In: the tokens of a sentence and one of its quantities. Out: what is measured, and the factor to
the unit all of its kind are compared in. Refuses spans that place an event ("two days ago").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from briefbook.grouping.quantities import Quantity
from briefbook.grouping.tokens import Token, word_at
from briefbook.text.words import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number is about."""

    role: str  # "killed", "home", "metre", "age", "$", "%"
    group: str  # whom or what it is narrowed to, "" for people at large
    factor: float  # value times this is in the unit of the role
    end: int  # index of the token behind the words that say it
    is_toll: bool = False  # people something happened to
    is_more: bool = False  # "12 others", "another 12": on top of what was counted before


MEASURES: dict[str, tuple[str, float]] = {
    "mile": ("metre", 1609.344), "miles": ("metre", 1609.344), "mi": ("metre", 1609.344),
    "kilometre": ("metre", 1e3), "kilometres": ("metre", 1e3), "kilometer": ("metre", 1e3),
    "kilometers": ("metre", 1e3), "km": ("metre", 1e3), "kms": ("metre", 1e3),
    "metre": ("metre", 1.0), "metres": ("metre", 1.0), "meter": ("metre", 1.0),
    "meters": ("metre", 1.0),
    "foot": ("metre", 0.3048), "feet": ("metre", 0.3048), "ft": ("metre", 0.3048),
    "pound": ("kilogram", 0.4536), "pounds": ("kilogram", 0.4536), "lb": ("kilogram", 0.4536),
    "lbs": ("kilogram", 0.4536), "kg": ("kilogram", 1.0), "kilogram": ("kilogram", 1.0),
    "kilograms": ("kilogram", 1.0), "kilos": ("kilogram", 1.0), "kilo": ("kilogram", 1.0),
    "ton": ("kilogram", 1e3), "tons": ("kilogram", 1e3), "tonne": ("kilogram", 1e3),
    "tonnes": ("kilogram", 1e3), "mph": ("speed", 1.609), "kph": ("speed", 1.0),
    "acre": ("hectare", 0.4047), "acres": ("hectare", 0.4047), "hectare": ("hectare", 1.0),
    "hectares": ("hectare", 1.0), "gallons": ("litre", 3.785), "litres": ("litre", 1.0),
    "liters": ("litre", 1.0), "barrels": ("barrel", 1.0), "degrees": ("degree", 1.0),
    "second": ("second", 1.0), "seconds": ("second", 1.0), "minute": ("second", 60.0),
    "minutes": ("second", 60.0), "hour": ("second", 3600.0), "hours": ("second", 3600.0),
    "day": ("day", 1.0), "days": ("day", 1.0), "week": ("day", 7.0), "weeks": ("day", 7.0),
    "month": ("year", 1 / 12), "months": ("year", 1 / 12), "year": ("year", 1.0),
    "years": ("year", 1.0),
}  # fmt: skip
_TIME = frozenset("second day year".split())
# "two days ago", "three hours later": when, not how long.
_PLACING = frozenset("ago later earlier before after since prior old".split())
_SENTENCE = frozenset("prison jail sentenced sentence jailed imprisonment sentences bars".split())


def age_of(tokens: Sequence[Token], quantity: Quantity) -> Counted | None:
    """Return the age a number gives a person: "Orla Vik, 43," or "43-year-old Orla Vik"."""
    at = quantity.end
    words = [t.low for t in tokens[at : at + 4]]
    if words[:1] and words[0] in "-–‑" and words[1:2] in (["year"], ["years"]):
        if words[3:4] != ["old"] and word_at(tokens, at + 4) != "old":
            return None
        end = at + 5 if word_at(tokens, at + 4) == "old" else at + 4
        name = _name_at(tokens, end + 1) or _name_at(tokens, end)
        return Counted("age", name or _noun_at(tokens, end), 1.0, end)
    if words[:2] == ["years", "old"] or words[:2] == ["year", "old"]:
        return None
    is_set_off = (
        word_at(tokens, quantity.first - 1) == ","
        and words[:1]
        and words[0] in (",", ".", ";", ")")
        and quantity.low == quantity.high
        and 1 <= quantity.low <= 110
        and at == quantity.first + 1
    )
    if is_set_off and (name := _name_before(tokens, quantity.first - 2)):
        return Counted("age", name, 1.0, at)
    return None


def _name_at(tokens: Sequence[Token], at: int) -> str:
    """Return the last word of the run of capitalised words that starts at a token, folded."""
    end = at
    while end < len(tokens) and tokens[end].text[:1].isupper() and end < at + 4:
        end += 1
    return tokens[end - 1].low if end - at >= 2 else ""


def _name_before(tokens: Sequence[Token], at: int) -> str:
    is_name = at >= 1 and all(
        t.text[:1].isupper() and t.text[1:].islower() for t in tokens[at - 1 : at + 1]
    )
    return tokens[at].low if is_name else ""


def _noun_at(tokens: Sequence[Token], at: int) -> str:
    word = word_at(tokens, at)
    return word if word.isalpha() and word not in STOP_WORDS else ""


def measure_of(tokens: Sequence[Token], quantity: Quantity) -> Counted | None:
    """Return the length, weight or time a number measures."""
    at = quantity.end + (1 if quantity.ahead else 0)
    if word_at(tokens, at) in ("nautical", "square", "cubic", "metric", "straight", "more", "full"):
        at += 1
    word = word_at(tokens, at)
    if word not in MEASURES:
        return None
    role, factor = MEASURES[word]
    if word_at(tokens, at + 1)[:1].isdigit():
        return None  # "4 minutes 48 seconds"
    kind = word_at(tokens, at - 1)
    if kind in ("square", "cubic"):
        role = f"{kind} {word.rstrip('s')}"
        factor = 1.0
    elif kind == "nautical":
        factor = 1852.0
    if role in _TIME:
        if word_at(tokens, at + 1) in _PLACING or word_at(tokens, quantity.hedged_from - 1) in (
            *("after", "within", "past", "last", "next", "first", "until", "since", "later"),
        ):
            return None
        if role == "year" and _SENTENCE.intersection(
            t.low for t in tokens[max(0, quantity.first - 6) : at + 6]
        ):
            return Counted("sentence", "", factor, at + 1)
        role = word.rstrip("s")
        factor = 1.0
    if word_at(tokens, at + 1) == "per" or (
        word in ("miles", "kilometers", "kilometres") and word_at(tokens, at + 1) == "an"
    ):
        return Counted(f"{role} per", "", factor, at + 3)
    return Counted(role, "", factor, at + 1)
