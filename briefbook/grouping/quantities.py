"""Quantities: the numbers a sentence states, in figures or in words, with their hedges.

In: the tokens of a sentence. Out: quantities, each a value or a range, where it stands, and how
firmly it is said. Refuses years, ordinals, dates, clock times, scores and parts of names: what is
left counts or measures something.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefbook.grouping.tokens import Token, is_month, word_at
from briefbook.text.figures import SCALES, SPELLED


class Hedge(StrEnum):
    """How a number is said."""

    NONE = ""
    ABOUT = "about"
    LEAST = "at least"  # the number or a little more
    MORE = "more than"
    MOST = "at most"  # the number or less


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a sentence states it."""

    low: float
    high: float  # of a range; else as `low`
    hedge: Hedge
    first: int  # index of its first token, hedge not counted
    end: int  # index of the token behind it, sign of money, scale and percent counted
    hedged_from: int  # index of the first token of its hedge, or `first`
    unit: str  # "$" and other money, "%", or "" where what follows must tell
    ahead: bool = False  # "25-year": the unit hangs on with a hyphen


# After money alone: "m" is a measure elsewhere.
_MONEY_SCALES = {"m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "k": 1e3}
_SIGNS = {"$": "$", "€": "€", "£": "£", "₩": "won", "¥": "yen", "₹": "rupee"}
# Whose dollars, where it is not the reader's: "A$5", "$NZ5".
_COUNTRIES = {"us": "", "a": "A", "au": "A", "nz": "NZ", "c": "C", "ca": "C", "hk": "HK", "s": "S"}
_CURRENCIES = {
    "dollar": "$", "dollars": "$", "usd": "$", "euro": "€", "euros": "€", "eur": "€", "won": "won",
    "yen": "yen", "yuan": "yuan", "rupee": "rupee", "rupees": "rupee", "franc": "franc",
    "francs": "franc", "kroner": "kroner", "kronor": "kronor", "krone": "kroner", "rouble": "ruble",
    "roubles": "ruble", "ruble": "ruble", "rubles": "ruble", "zloty": "zloty", "pesos": "peso",
    "dinars": "dinar", "dirhams": "dirham", "riyals": "riyal", "shekels": "shekel", "lira": "lira",
}  # fmt: skip
# Words between a number and its currency: "135.8 billion South Korean won".
_MOST_BETWEEN = 2
_HEDGES = (
    (("at", "least"), Hedge.LEAST),
    (("no", "fewer", "than"), Hedge.LEAST),
    (("no", "less", "than"), Hedge.LEAST),
    (("as", "many", "as"), Hedge.MOST),
    (("as", "much", "as"), Hedge.MOST),
    (("more", "than"), Hedge.MORE),
    (("upwards", "of"), Hedge.MORE),
    (("over",), Hedge.MORE),
    (("past",), Hedge.MORE),
    (("beyond",), Hedge.MORE),
    (("topped",), Hedge.MORE),
    (("exceeded",), Hedge.MORE),
    (("surpassed",), Hedge.MORE),
    (("above",), Hedge.MORE),
    (("well", "over"), Hedge.MORE),
    (("up", "to"), Hedge.MOST),
    (("less", "than"), Hedge.MOST),
    (("fewer", "than"), Hedge.MOST),
    (("under",), Hedge.MOST),
    (("below",), Hedge.MOST),
    (("nearly",), Hedge.MOST),
    (("almost",), Hedge.MOST),
    (("close", "to"), Hedge.ABOUT),
    (("about",), Hedge.ABOUT),
    (("around",), Hedge.ABOUT),
    (("some",), Hedge.ABOUT),
    (("roughly",), Hedge.ABOUT),
    (("approximately",), Hedge.ABOUT),
    (("an", "estimated"), Hedge.ABOUT),
    (("estimated",), Hedge.ABOUT),
    (("perhaps",), Hedge.ABOUT),
    (("possibly",), Hedge.ABOUT),
)
# By their last words, each in the order above: no other can stand before a number.
_HEDGES_BY_LAST = {
    last: tuple(hedge for hedge in _HEDGES if hedge[0][-1] == last)
    for last in dict.fromkeys(phrase[-1] for phrase, _ in _HEDGES)
}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_ORDINAL = frozenset("st nd rd th".split())
# A number behind one of these is a name: "No. 2", "Flight 17", "page 4".
_NAMING = frozenset(
    """no nos number flight page chapter section article route highway room channel day phase part
    grade boeing airbus apollo figure table item line version windows act title rule step unit pier
    gate lot street avenue class type model group team week level stage game super""".split()
)
_HYPHENS = "-–—‑"
_STARTS = frozenset(("a", "half", *SPELLED, *_SIGNS))


def quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """Return the quantities of a sentence in order."""
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        low = tokens[at].low
        may_start = low in _STARTS or low[0].isdigit()
        quantity = _quantity(tokens, at) if may_start else None
        if quantity is None:
            at += 1
        else:
            found.append(quantity)
            at = quantity.end
    return found


def _touch(tokens: Sequence[Token], left: int) -> bool:
    """Tell whether a token and the next stand without a space between."""
    return left >= 0 and left + 1 < len(tokens) and tokens[left].end == tokens[left + 1].start


def _quantity(tokens: Sequence[Token], at: int) -> Quantity | None:
    first, unit = at, ""
    if (sign := _SIGNS.get(tokens[at].text)) is not None:
        unit, at = sign, at + 1
        country = word_at(tokens, at) if _touch(tokens, at - 1) else ""
        if country in _COUNTRIES:  # "$A5", "$US5"
            at += 1
        elif at >= 2 and _touch(tokens, at - 2):
            country = word_at(tokens, at - 2)  # "A$5"
        unit += _COUNTRIES.get(country, "") if unit == "$" else ""
    read = _number(tokens, at, bool(unit))
    if read is None:
        return None
    low, end = read
    high = low
    if (upper := _upper_end(tokens, end, unit)) is not None:
        high, end = upper
        scale = SCALES.get(word_at(tokens, end - 1), 1.0)
        if low * scale < high:  # "20 to 30 million"
            low *= scale
        if low > high:
            return None
    elif _is_no_quantity(tokens, at, end, unit):
        return None
    unit, end, ahead = _unit(tokens, end, unit)
    hedge, hedged_from = _hedge_before(tokens, first)
    if hedge is Hedge.NONE:
        hedge, end = _hedge_after(tokens, end)
    return Quantity(low, high, hedge, first, end, hedged_from, unit, ahead)


def _upper_end(tokens: Sequence[Token], end: int, unit: str) -> tuple[float, int] | None:
    """Return the second number of a range and the index behind it."""
    mark = word_at(tokens, end)
    if mark not in ("to", *_HYPHENS):
        return None
    at = end + 1
    if unit and _SIGNS.get(word_at(tokens, at)) == unit:
        at += 1
    return _number(tokens, at, bool(unit))


def _number(tokens: Sequence[Token], at: int, money: bool) -> tuple[float, int] | None:
    """Return the number that starts at a token, its scale included, and the index behind it."""
    word = word_at(tokens, at)
    if word[:1].isdigit():
        value = _figures(word)
        if value is None or (not money and _is_glued(tokens, at)):
            return None
        end = at + 1
        if len(word) <= 3 and word_at(tokens, end) == "," and _is_group(tokens, end + 1):
            value, end = value * 1000 + int(word_at(tokens, end + 1)), end + 2
    elif word in SPELLED:
        value, end = float(SPELLED[word]), at + 1
        tail = end + 1 if word_at(tokens, end) in _HYPHENS else end
        if value >= 20 and SPELLED.get(word_at(tokens, tail), 20) < 10:
            value, end = value + SPELLED[word_at(tokens, tail)], tail + 1
    elif word in ("a", "half") and word_at(tokens, at + 1) in SCALES:
        value, end = 1.0, at + 1
    elif word == "half" and word_at(tokens, at + 1) == "a" and word_at(tokens, at + 2) in SCALES:
        value, end = 0.5, at + 2
    else:
        return None
    return _scaled(tokens, value, end, money)


def _scaled(tokens: Sequence[Token], value: float, end: int, money: bool) -> tuple[float, int]:
    for _ in range(3):
        step = end + 1 if word_at(tokens, end) in _HYPHENS else end
        word = word_at(tokens, step)
        if word in SCALES:
            value, end = value * SCALES[word], step + 1
        elif money and word in _MONEY_SCALES and _touch(tokens, end - 1):
            value, end = value * _MONEY_SCALES[word], step + 1
        else:
            break
    return value, end


def _is_group(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token is the second half of a number that was torn: "1, 600"."""
    return len(word_at(tokens, at)) == 3 and word_at(tokens, at).isdigit()


def _figures(word: str) -> float | None:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word):
        return float(word.replace(",", ""))
    if re.fullmatch(r"\d{1,12}(?:[.,]\d{1,2}|\.\d+)?", word):
        return float(word.replace(",", "."))
    return None


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether figures are part of a name, date, score or time: MH-17, 9/11, 10:30."""
    if _touch(tokens, at - 1):
        before = word_at(tokens, at - 1)
        if before.isalpha() or before in "/:#._":
            return True
        if before in _HYPHENS and _touch(tokens, at - 2) and word_at(tokens, at - 2).isalnum():
            return not word_at(tokens, at - 2)[:1].isdigit()
    if not _touch(tokens, at):
        return False
    after = word_at(tokens, at + 1)
    return after in _ORDINAL or (
        after in ("/", ":", "_")
        and _touch(tokens, at + 1)
        and word_at(tokens, at + 2)[:1].isdigit()
    )


def _is_no_quantity(tokens: Sequence[Token], at: int, end: int, unit: str) -> bool:
    if unit or end > at + 1:
        return False
    word, before, after = word_at(tokens, at), word_at(tokens, at - 1), word_at(tokens, end)
    before = word_at(tokens, at - 2) if before == "." else before
    if _YEAR.match(word) and (word_at(tokens, end) not in ("%", "percent") and "," not in word):
        return True
    if (is_month(before) or is_month(after)) and word.isdigit() and int(word) <= 31:
        return True
    if before in _NAMING and tokens[at - 1].text != tokens[at - 1].low:
        return True
    return before in ("no", "nos", "number", "age", "#") or after in ("a.m", "p.m", "am", "pm")


def _unit(tokens: Sequence[Token], end: int, unit: str) -> tuple[str, int, bool]:
    """Return money, percent or "", the index behind it, and whether a unit hangs on by a hyphen."""
    word = word_at(tokens, end)
    if unit:
        return unit, end, False
    if word in ("%", "percent", "pct"):
        return "%", end + 1, False
    if word == "per" and word_at(tokens, end + 1) == "cent":
        return "%", end + 2, False
    for step in range(_MOST_BETWEEN + 1):
        word = word_at(tokens, end + step)
        if word in _CURRENCIES:
            return _CURRENCIES[word], end + step + 1, False
        if not tokens[end + step :] or not tokens[end + step].text[:1].isupper():
            break
    hangs = word_at(tokens, end) in _HYPHENS and _touch(tokens, end - 1) and _touch(tokens, end)
    return "", end, hangs


def _hedge_before(tokens: Sequence[Token], first: int) -> tuple[Hedge, int]:
    for phrase, hedge in _HEDGES_BY_LAST.get(word_at(tokens, first - 1), ()):
        start = first - len(phrase)
        if start >= 0 and all(tokens[start + i].low == w for i, w in enumerate(phrase)):
            return hedge, start
    return Hedge.NONE, first


def _hedge_after(tokens: Sequence[Token], end: int) -> tuple[Hedge, int]:
    if word_at(tokens, end) == "or" and word_at(tokens, end + 1) in ("more", "so"):
        return (Hedge.LEAST if word_at(tokens, end + 1) == "more" else Hedge.ABOUT), end + 2
    if word_at(tokens, end) == "+":
        return Hedge.LEAST, end + 1
    return Hedge.NONE, end
