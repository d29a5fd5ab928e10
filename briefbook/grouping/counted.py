"""Counted: what a number of a sentence counts or measures.

In: the tokens of a sentence and one of its quantities. Out: the role of the number (people killed,
homes, distance in metres, someone's age), the group it is narrowed to, and the value in the unit
of the role. Refuses what cannot be compared: parts ("three of them"), old values ("up from 12"),
spans of time that place an event ("two days ago").
"""

from collections.abc import Sequence

from briefbook.grouping.happened import BETWEEN, HAPPENED, PREPOSITIONS, STOPS, TOLL_NOUNS, happened
from briefbook.grouping.measured import MEASURES, Counted, age_of, measure_of
from briefbook.grouping.quantities import Quantity
from briefbook.grouping.tokens import Token, word_at

# Of these the things themselves are the group: nobody is a captured person here.
_THINGS = frozenset(("damaged", "captured"))
# Anybody: a group of no name.
_PEOPLE = frozenset(
    """people persons person individuals lives others victims victim bodies dead humans souls life
    deaths fatalities injuries casualties arrests survivors hostages infections men
    passengers protesters demonstrators""".split()
)
# But those of one kind stay a group of their own.
_OWN_GROUP = frozenset("men passengers protesters demonstrators".split())
_MORE = frozenset("more additional further extra".split())
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
# Parts of pages and of speech; and of games, where each player has numbers of his own.
_NOT_COUNTED = frozenset(
    """times time percent percentage photos images comments things ways
    yards touchdowns laps innings points games seasons passes punches rounds runs outs hits shots
    goals wins losses catches carries starts yard races titles""".split()
)


def what_is_counted(
    tokens: Sequence[Token], quantity: Quantity, others: Sequence[Quantity]
) -> Counted | None:
    """Return what a quantity counts, None where that stays open or cannot be compared."""
    if _is_old_or_part(tokens, quantity):
        return None
    if quantity.unit:
        return Counted(quantity.unit, "", 1.0, quantity.end)
    measured = age_of(tokens, quantity) or measure_of(tokens, quantity)
    return measured or _count(tokens, quantity, others)


def stem(word: str) -> str:
    """Return a noun without the ending of its plural."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _is_old_or_part(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether a number is a part of another or the one that held before."""
    before, after = word_at(tokens, quantity.hedged_from - 1), word_at(tokens, quantity.end)
    if after in ("of", "out") and word_at(tokens, quantity.end + 1) in (
        *("the", "them", "those", "these", "its", "their", "his", "her", "our", "us", "which"),
        *("whom", "of"),
    ):
        return not quantity.unit
    if before == "from" and word_at(tokens, quantity.hedged_from - 2) in (
        *("up", "down", "rose", "risen", "increased", "raised", "revised", "fell", "dropped"),
        *("rising", "toll", "climbed", "jumped", "cut"),
    ):
        return True
    return before in ("every", "each", "per", "another's")


def _count(
    tokens: Sequence[Token], quantity: Quantity, others: Sequence[Quantity]
) -> Counted | None:
    starts = {q.hedged_from for q in others if q.first > quantity.first}
    head, between, end = _noun_phrase(tokens, quantity, starts)
    before = word_at(tokens, quantity.hedged_from - 1)
    is_rest = head == "others" or "other" in between or before in ("another", "other")
    is_more = bool(between & _MORE)
    role, role_end = happened(tokens, quantity, end, starts)
    if not role:
        is_counted = head and head not in _NOT_COUNTED | MEASURES.keys() and quantity.high > 1
        return Counted(stem(head), "", 1.0, end, False, is_more or is_rest) if is_counted else None
    if not head and (_is_noun(word_at(tokens, quantity.end)) or word_at(tokens, end - 1) == "one"):
        return None  # of whom, is not known: "kills 20 Zorblings", "when one is killed"
    if role == "trapped" and word_at(tokens, role_end - 2) == "still":
        return None  # fewer by the hour
    if head in MEASURES or (head and head in _NOT_COUNTED):
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
        word = word_at(tokens, at + step)
        if at + step in starts or not word[:1].isalpha():
            break
        if word in HAPPENED and word not in TOLL_NOUNS:
            break
        if (
            word in STOPS
            or word in PREPOSITIONS
            or (word in BETWEEN and word != "people" and word not in ("others", "more"))
        ):
            break
        if word in ("others",) or _is_plural(word) or (single and step and word in _PEOPLE):
            # "38 school children": the last plural of a run is what is counted.
            following = word_at(tokens, at + step + 1)
            if _is_plural(following) and following not in HAPPENED and following in _IRREGULAR:
                between.append(word)
                continue
            return word, frozenset(between), at + step + 1
        if single and word in ("person", "man", "woman", "child", "boy", "girl", "soldier"):
            return word, frozenset(between), at + step + 1
        between.append(word)
    return "", frozenset(between[:1] if between[:1] == ["more"] else ()), at


def _is_noun(word: str) -> bool:
    """Tell whether a word right behind a number could be what is counted."""
    known = BETWEEN | STOPS | PREPOSITIONS | HAPPENED.keys()
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
