"""Happened: what a sentence says befell those a number counts.

In: the tokens of a sentence and one of its quantities with the noun behind it. Out: killed,
injured, arrested and the like, one word for the many ways to say each. Looks right behind the
noun, then before the number, then along the clause, then for a "death toll" that leads up to it.
"""

from collections.abc import Mapping, Sequence

from briefbook.grouping.quantities import Quantity
from briefbook.grouping.tokens import Token, word_at


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: role for role, line in rows.items() for word in line.split()}


# What happened to those counted, by the words that say it.
HAPPENED = _table(
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
TOLL_NOUNS = frozenset("deaths fatalities injuries arrests survivors infections hostages".split())
# Before a number these say what happened to it; others, such as "missing", only behind it.
_ACTIVE = frozenset(
    w for w in HAPPENED if w.endswith("ing") and w not in ("missing", "dying", "surviving")
) | frozenset(
    """killed kill kills slain slew massacred murdered slaughtered injured injures injure wounded
    wounds wound hurt hurts maimed arrested arrests arrest detained detains displaced displaces
    evacuated evacuates rescued rescues saved captured captures seized seizes kidnapped abducted
    trapped stranded infected destroyed destroys damaged damages charged""".split()
)
BETWEEN = frozenset(
    """was were is are has have had been being be got get also now reportedly reported confirmed
    feared believed presumed known found left officially already still said to critically
    seriously badly severely slightly more others people shot beaten crushed gunned either there
    who that which later""".split()
)
_AUXILIARY = frozenset("was were are is been being be left reported confirmed feared".split())
_ASIDE = frozenset("including among mostly most many some".split())
# Behind a noun these say what it does, or are things: "20 people charge ...", "people's wounds".
_NOT_BEHIND = frozenset("kill kills charges arrest rescue wounds injuries hospital".split())
PREPOSITIONS = frozenset(
    """in at on of from by near with across during through after before inside outside between
    over under for off around""".split()
)
_ARTICLES = frozenset("the a an his her its their these those this that of".split())
STOPS = frozenset(
    """and or but when while as after before if than then because since though although where why
    how what into onto out up down against toward towards about so yet not ; : ( ) . " “ ” ! ?
    …""".split()
)
_TOLL_WORDS = frozenset("toll deaths fatalities casualties".split())
# How far to look, in tokens: behind a noun, before a number, and before it for "death toll".
_REACH = 12
_NEAR_BEFORE = 3
_TOLL_REACH = 9


def happened(
    tokens: Sequence[Token], quantity: Quantity, end: int, starts: set[int]
) -> tuple[str, int]:
    """Return what happened to those counted, "" if nothing is said, and the index behind it."""
    noun = word_at(tokens, end - 1) if end > quantity.end else ""
    if noun in TOLL_NOUNS:
        return HAPPENED[noun], end
    if noun in ("lives", "life") and word_at(tokens, quantity.hedged_from - 1) in (
        *("claimed", "claiming", "claims", "took", "taken", "taking", "cost", "costing", "lost"),
        *("claim",),
    ):
        return "killed", end
    direct = word_at(tokens, end)
    if direct in HAPPENED and direct not in ("kill", "kills", "killing", "hospital", "wounding"):
        return HAPPENED[direct], end + 1
    if (before := _done_to(tokens, quantity)) is not None:
        return before, end
    if (behind := _behind(tokens, end, starts)) is not None:
        return behind
    return ("killed", end) if _is_toll(tokens, quantity) else ("", end)


def _done_to(tokens: Sequence[Token], quantity: Quantity) -> str | None:
    for step in range(1, _NEAR_BEFORE + 1):
        word = word_at(tokens, quantity.hedged_from - step)
        if word in _ACTIVE:
            return HAPPENED[word]
        if word in ("dead", "down") and word_at(tokens, quantity.hedged_from - step - 1) in (
            *("shot", "gunned", "shooting", "gunning", "mowed", "mowing"),
        ):
            return "killed"
        if word == "carrying":
            return "aboard"
        if word == "of" and word_at(tokens, quantity.hedged_from - step - 1) in (
            *("lives", "deaths", "killing", "killings", "murder", "murders", "death", "bodies"),
        ):
            return "killed"
        if word not in _ARTICLES and word not in ("another", "total", "up", "off"):
            return None
    return None


def _behind(tokens: Sequence[Token], end: int, starts: set[int]) -> tuple[str, int] | None:
    """Look behind the noun for what happened: "84 people, among them children, were killed"."""
    at = end
    if word_at(tokens, at) == "," and word_at(tokens, at + 1) in _ASIDE:
        at = _behind_aside(tokens, at + 2)
    elif word_at(tokens, at) == "and" and word_at(tokens, at + 1) == "other":
        at += 3
    last, is_far = min(at + _REACH, len(tokens)), False
    while at < last:
        word = tokens[at].low
        if at in starts or word in STOPS or word == ",":
            return None
        if word in ("on", "onboard") and word_at(tokens, at + 1) == "board":
            return "aboard", at + 2
        if word in HAPPENED:
            is_said = word not in _NOT_BEHIND and not (word.endswith("ing") and word != "missing")
            is_theirs = not is_far or word_at(tokens, at - 1) in _AUXILIARY
            return (HAPPENED[word], at + 1) if is_said and is_theirs else None
        is_far = is_far or word not in BETWEEN
        at += 1
    return None


def _behind_aside(tokens: Sequence[Token], at: int) -> int:
    """Return the index behind an aside: behind the comma that a verb follows."""
    for step in range(at, min(at + 2 * _REACH, len(tokens) - 1)):
        if tokens[step].text == "," and (
            tokens[step + 1].low in _AUXILIARY | BETWEEN or tokens[step + 1].low in HAPPENED
        ):
            return step + 1
    return len(tokens)


def _is_toll(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Tell whether "death toll" leads up to a number: "the toll rose on Friday to 12"."""
    for step in range(1, _TOLL_REACH + 1):
        word = word_at(tokens, quantity.hedged_from - step)
        if word in _TOLL_WORDS:
            return True
        if word[:1].isdigit() or word in STOPS - {"up", "as"}:
            return False
    return False
