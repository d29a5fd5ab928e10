"""Counted: what a number of a sentence counts or measures.

In: the tokens of a sentence and one of its quantities. Out: the role of the number (people killed,
homes, distance in metres, someone's age), the group it is narrowed to, and the value in the unit
of the role. Refuses what cannot be compared: parts ("three of them"), old values ("up from 12"),
spans of time that place an event ("two days ago").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefbook.grouping.quantities import Quantity, Token
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


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: role for role, line in rows.items() for word in line.split()}


# What happened to those counted, by the words that say it.
_HAPPENED = _table(
    {
        "killed": """killed kill kills killing dead died die dies dying deaths slain slew perished
            massacred murdered fatalities slaughtered slaughtering drowned""",
        "injured": """injured injures injuring injuries injure wounded wounds wounding wound hurt
            hurts hurting maimed""",
        "arrested": """arrested arrests arresting arrest detained detains detaining detain
            detainees""",
        "missing": "missing unaccounted",
        "displaced": "displaced displaces displacing displace homeless uprooted",
        "evacuated": "evacuated evacuates evacuating evacuate",
        "aboard": "aboard",
        "rescued": "rescued rescues rescuing rescue saved",
        "survived": "survived surviving survivors",
        "captured": "captured captures capturing seized seizes seizing",
        "held hostage": "hostage hostages kidnapped abducted kidnapping abducting",
        "trapped": "trapped trapping stranded stranding",
        "infected": "infected infections",
        "in hospital": "hospitalized hospitalised hospital",
        "charged": "charged charges",
        "damaged": """destroyed destroys destroying damaged damages damaging toppled flattened
            wrecked""",
    }
)
# Of these the noun itself is counted: "28 deaths".
_TOLL_NOUNS = frozenset("deaths fatalities injuries arrests survivors infections hostages".split())
_THINGS = frozenset(("damaged", "captured"))
# Before a number these say what happened to it; others, such as "missing", only behind it.
_ACTIVE = frozenset(
    w for w in _HAPPENED if w.endswith("ing") and w not in ("missing", "dying", "surviving")
) | frozenset(
    """killed kill kills slain slew massacred murdered slaughtered injured injures injure wounded
    wounds wound hurt hurts maimed arrested arrests arrest detained detains displaced displaces
    evacuated evacuates rescued rescues saved captured captures seized seizes kidnapped abducted
    trapped stranded infected destroyed destroys damaged damages charged""".split()
)
_PEOPLE = frozenset(
    """people persons person individuals lives others victims victim bodies dead humans souls life
    deaths fatalities injuries casualties arrests survivors hostages infections men
    passengers protesters demonstrators""".split()
)
# Of these "people" are the same where they alone are meant; they stay a group of their own.
_OWN_GROUP = frozenset("men passengers protesters demonstrators".split())
_BETWEEN = frozenset(
    """was were is are has have had been being be got get also now reportedly reported confirmed
    feared believed presumed known found left officially already still said to critically
    seriously badly severely slightly more others people shot beaten crushed gunned either there
    who that which later""".split()
)
_AUXILIARY = frozenset("was were are is been being be left reported confirmed feared".split())
_ASIDE = frozenset("including among mostly most many some".split())
# Behind a noun these say what it does, or are things: "20 people charge ...", "people's wounds".
_MORE = frozenset("more additional further extra".split())
_NOT_BEHIND = frozenset("kill kills charges arrest rescue wounds injuries hospital".split())
_PREPOSITIONS = frozenset(
    """in at on of from by near with across during through after before inside outside between
    over under for off around around""".split()
)
_ARTICLES = frozenset("the a an his her its their these those this that of".split())
_STOPS = frozenset(
    """and or but when while as after before if than then because since though although where why
    how what into onto out up down against toward towards about so yet not ; : ( ) . " “ ” ! ?
    …""".split()
)
_TOLL_WORDS = frozenset("toll deaths fatalities casualties".split())
_IRREGULAR = frozenset(
    """people men women children police troops crew staff personnel youths feet cattle sheep fish
    teens lives dead wounded injured teeth mice policemen firemen gunmen fishermen servicemen
    servicewomen policewomen congressmen lawmakers criteria media data""".split()
)
_NOT_PLURAL = frozenset(
    """was is has his its this thus does yes us ours hers theirs less plus minus across versus
    always perhaps besides news series yes said status access process congress press business
    class loss mass pass cross boss gas bus crisis previous various serious religious famous
    dangerous""".split()
)
_MEASURES: dict[str, tuple[str, float]] = {
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
# Parts of pages and of speech; and of games, where each player has numbers of his own.
_NOT_COUNTED = frozenset(
    """times time percent percentage photos images comments things ways
    yards touchdowns laps innings points games seasons passes punches rounds runs outs hits shots
    goals wins losses catches carries starts yard races titles""".split()
)
_REACH = 12
_NEAR_BEFORE = 3
_TOLL_REACH = 9


def what_is_counted(
    tokens: Sequence[Token], quantity: Quantity, others: Sequence[Quantity]
) -> Counted | None:
    """Return what a quantity counts, None where that stays open or cannot be compared."""
    if _is_old_or_part(tokens, quantity):
        return None
    if quantity.unit:
        return Counted(quantity.unit, "", 1.0, quantity.end)
    return _age(tokens, quantity) or _measured(tokens, quantity) or _count(tokens, quantity, others)


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def stem(word: str) -> str:
    """Return a noun without the ending of its plural."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _is_old_or_part(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether a number is a part of another or the one that held before."""
    before, after = _low(tokens, quantity.hedged_from - 1), _low(tokens, quantity.end)
    if after in ("of", "out") and _low(tokens, quantity.end + 1) in (
        *("the", "them", "those", "these", "its", "their", "his", "her", "our", "us", "which"),
        *("whom", "of"),
    ):
        return not quantity.unit
    if before == "from" and _low(tokens, quantity.hedged_from - 2) in (
        *("up", "down", "rose", "risen", "increased", "raised", "revised", "fell", "dropped"),
        *("rising", "toll", "climbed", "jumped", "cut"),
    ):
        return True
    return before in ("every", "each", "per", "another's")


# ------------------------------------------------------------------ ages and measures


def _age(tokens: Sequence[Token], quantity: Quantity) -> Counted | None:
    """Return the age a number gives a person: "Orla Vik, 43," or "43-year-old Orla Vik"."""
    at = quantity.end
    words = [t.low for t in tokens[at : at + 4]]
    if words[:1] and words[0] in "-–‑" and words[1:2] in (["year"], ["years"]):
        if words[3:4] != ["old"] and _low(tokens, at + 4) != "old":
            return None
        end = at + 5 if _low(tokens, at + 4) == "old" else at + 4
        name = _name_at(tokens, end + 1) or _name_at(tokens, end)
        return Counted("age", name or _noun_at(tokens, end), 1.0, end)
    if words[:2] == ["years", "old"] or words[:2] == ["year", "old"]:
        return None
    is_set_off = (
        _low(tokens, quantity.first - 1) == ","
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
    word = _low(tokens, at)
    return word if word.isalpha() and word not in STOP_WORDS else ""


def _measured(tokens: Sequence[Token], quantity: Quantity) -> Counted | None:
    at = quantity.end + (1 if quantity.ahead else 0)
    if _low(tokens, at) in ("nautical", "square", "cubic", "metric", "straight", "more", "full"):
        at += 1
    word = _low(tokens, at)
    if word not in _MEASURES:
        return None
    role, factor = _MEASURES[word]
    if _low(tokens, at + 1)[:1].isdigit():
        return None  # "4 minutes 48 seconds"
    kind = _low(tokens, at - 1)
    if kind in ("square", "cubic"):
        role = f"{kind} {word.rstrip('s')}"
        factor = 1.0
    elif kind == "nautical":
        factor = 1852.0
    if role in _TIME:
        if _low(tokens, at + 1) in _PLACING or _low(tokens, quantity.hedged_from - 1) in (
            *("after", "within", "past", "last", "next", "first", "until", "since", "later"),
        ):
            return None
        if role == "year" and _SENTENCE.intersection(
            t.low for t in tokens[max(0, quantity.first - 6) : at + 6]
        ):
            return Counted("sentence", "", factor, at + 1)
        role = word.rstrip("s")
        factor = 1.0
    if _low(tokens, at + 1) == "per" or (
        word in ("miles", "kilometers", "kilometres") and _low(tokens, at + 1) == "an"
    ):
        return Counted(f"{role} per", "", factor, at + 3)
    return Counted(role, "", factor, at + 1)


# ------------------------------------------------------------------ counts


def _count(
    tokens: Sequence[Token], quantity: Quantity, others: Sequence[Quantity]
) -> Counted | None:
    starts = {q.hedged_from for q in others if q.first > quantity.first}
    head, between, end = _noun_phrase(tokens, quantity, starts)
    before = _low(tokens, quantity.hedged_from - 1)
    is_rest = head == "others" or "other" in between or before in ("another", "other")
    is_more = bool(between & _MORE)
    role, role_end = _happened(tokens, quantity, end, starts)
    if not role:
        is_counted = head and head not in _NOT_COUNTED | _MEASURES.keys() and quantity.high > 1
        return Counted(stem(head), "", 1.0, end, False, is_more or is_rest) if is_counted else None
    if not head and (_is_noun(_low(tokens, quantity.end)) or _low(tokens, end - 1) == "one"):
        return None  # of whom, is not known: "kills 20 Zorblings", "when one is killed"
    if role == "trapped" and _low(tokens, role_end - 2) == "still":
        return None  # fewer by the hour
    if head in _MEASURES or (head and head in _NOT_COUNTED):
        return None
    # After "killing 3" the others are all that were hurt; standing alone they come on top.
    is_more = is_more or (is_rest and len(others) < 2)
    is_anybody = not head or (head in _PEOPLE and head not in _OWN_GROUP)
    if is_anybody and role in _THINGS:
        return None
    return Counted(role, "" if is_anybody else stem(head), 1.0, max(end, role_end), True, is_more)


def _noun_phrase(
    tokens: Sequence[Token], quantity: Quantity, starts: set[int]
) -> tuple[str, frozenset[str], int]:
    """Return the noun behind a number, what stands between, and the index behind the noun."""
    single = quantity.low == quantity.high == 1
    between: list[str] = []
    at = quantity.end + (1 if quantity.ahead else 0)
    for step in range(5):
        word = _low(tokens, at + step)
        if at + step in starts or not word[:1].isalpha():
            break
        if word in _HAPPENED and word not in _TOLL_NOUNS:
            break
        if (
            word in _STOPS
            or word in _PREPOSITIONS
            or (word in _BETWEEN and word != "people" and word not in ("others", "more"))
        ):
            break
        if word in ("others",) or _is_plural(word) or (single and step and word in _PEOPLE):
            # "38 school children": the last plural of a run is what is counted.
            following = _low(tokens, at + step + 1)
            if _is_plural(following) and following not in _HAPPENED and following in _IRREGULAR:
                between.append(word)
                continue
            return word, frozenset(between), at + step + 1
        if single and word in ("person", "man", "woman", "child", "boy", "girl", "soldier"):
            return word, frozenset(between), at + step + 1
        between.append(word)
    return "", frozenset(between[:1] if between[:1] == ["more"] else ()), at


def _is_noun(word: str) -> bool:
    """Tell whether a word right behind a number could be what is counted."""
    known = _BETWEEN | _STOPS | _PREPOSITIONS | _HAPPENED.keys()
    return word[:1].isalpha() and word not in known


def _is_plural(word: str) -> bool:
    return (
        word in _IRREGULAR
        or word.endswith(("children", "women", "people", "smen", "cemen"))
        or (
            len(word) > 3
            and word.endswith("s")
            and not word.endswith(("ss", "'s", "ous", "us", "is"))
            and word not in _NOT_PLURAL
        )
    )


def _happened(
    tokens: Sequence[Token], quantity: Quantity, end: int, starts: set[int]
) -> tuple[str, int]:
    """Return what happened to those counted, "" if nothing is said, and the index behind it."""
    noun = _low(tokens, end - 1) if end > quantity.end else ""
    if noun in _TOLL_NOUNS:
        return _HAPPENED[noun], end
    if noun in ("lives", "life") and _low(tokens, quantity.hedged_from - 1) in (
        *("claimed", "claiming", "claims", "took", "taken", "taking", "cost", "costing", "lost"),
        *("claim",),
    ):
        return "killed", end
    direct = _low(tokens, end)
    if direct in _HAPPENED and direct not in ("kill", "kills", "killing", "hospital", "wounding"):
        return _HAPPENED[direct], end + 1
    if (before := _done_to(tokens, quantity)) is not None:
        return before, end
    if (behind := _behind(tokens, end, starts)) is not None:
        return behind
    return ("killed", end) if _is_toll(tokens, quantity) else ("", end)


def _done_to(tokens: Sequence[Token], quantity: Quantity) -> str | None:
    for step in range(1, _NEAR_BEFORE + 1):
        word = _low(tokens, quantity.hedged_from - step)
        if word in _ACTIVE:
            return _HAPPENED[word]
        if word in ("dead", "down") and _low(tokens, quantity.hedged_from - step - 1) in (
            *("shot", "gunned", "shooting", "gunning", "mowed", "mowing"),
        ):
            return "killed"
        if word == "carrying":
            return "aboard"
        if word == "of" and _low(tokens, quantity.hedged_from - step - 1) in (
            *("lives", "deaths", "killing", "killings", "murder", "murders", "death", "bodies"),
        ):
            return "killed"
        if word not in _ARTICLES and word not in ("another", "total", "up", "off"):
            return None
    return None


def _behind(tokens: Sequence[Token], end: int, starts: set[int]) -> tuple[str, int] | None:
    """Look behind the noun for what happened: "84 people, among them children, were killed"."""
    at = end
    if _low(tokens, at) == "," and _low(tokens, at + 1) in _ASIDE:
        at = _behind_aside(tokens, at + 2)
    elif _low(tokens, at) == "and" and _low(tokens, at + 1) == "other":
        at += 3
    last, is_far = min(at + _REACH, len(tokens)), False
    while at < last:
        word = tokens[at].low
        if at in starts or word in _STOPS or word == ",":
            return None
        if word in ("on", "onboard") and _low(tokens, at + 1) == "board":
            return "aboard", at + 2
        if word in _HAPPENED:
            is_said = word not in _NOT_BEHIND and not (word.endswith("ing") and word != "missing")
            is_theirs = not is_far or _low(tokens, at - 1) in _AUXILIARY
            return (_HAPPENED[word], at + 1) if is_said and is_theirs else None
        is_far = is_far or word not in _BETWEEN
        at += 1
    return None


def _behind_aside(tokens: Sequence[Token], at: int) -> int:
    """Return the index behind an aside: behind the comma that a verb follows."""
    for step in range(at, min(at + 2 * _REACH, len(tokens) - 1)):
        if tokens[step].text == "," and (
            tokens[step + 1].low in _AUXILIARY | _BETWEEN or tokens[step + 1].low in _HAPPENED
        ):
            return step + 1
    return len(tokens)


def _is_toll(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether "death toll" leads up to a number: "the toll rose on Friday to 12"."""
    for step in range(1, _TOLL_REACH + 1):
        word = _low(tokens, quantity.hedged_from - step)
        if word in _TOLL_WORDS:
            return True
        if word[:1].isdigit() or word in _STOPS - {"up", "as"}:
            return False
    return False
