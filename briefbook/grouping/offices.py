"""Offices: who a sentence says holds which office.

In: the tokens of a sentence. Out: persons with their office. Two offices contradict one another
only where nobody holds both: a rank and another rank, the head of a house under two titles, one
with and one without "deputy", ministers of two departments. A shorter title agrees with a longer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefbook.grouping.tokens import Token

# Offices nobody holds two of at once, a line each; words of one cell are one office.
_LADDERS = (
    "president | director | curator keeper | treasurer | coordinator",
    "general gen | colonel col | major maj | captain capt | lieutenant lt | sergeant sgt |"
    " corporal cpl | private pvt | admiral adm | commander cmdr | detective | sheriff | trooper |"
    " constable | inspector | superintendent | brigadier",
    "senator sen | representative rep congressman congresswoman | governor gov | mayor |"
    " councilman councilwoman councillor | alderman",
    "minister secretary | ambassador | consul",
    "pastor | priest | bishop | archbishop | cardinal | rabbi | imam",
    "judge justice magistrate | prosecutor",
    "doctor physician | nurse | surgeon",
    "professor | lecturer | teacher | principal | dean",
    "coach",
    "commissioner | editor | engineer | chancellor | chairman chairwoman chair",
)
_STEP = {
    word: (n, m)
    for n, ladder in enumerate(_LADDERS)
    for m, cell in enumerate(ladder.split("|"))
    for word in cell.split()
}
# These make another office of one, and stand before it.
_ADDRESSED = frozenset("professor sergeant sgt lieutenant lt colonel col general gen judge".split())
_BELOW = frozenset("deputy vice assistant associate junior".split())
# Of a title these name its department: a minister of one is no minister of another.
_DEPARTMENTS = {
    "foreign": "foreign", "external": "foreign", "defence": "defense", "defense": "defense",
    "interior": "interior", "home": "interior", "finance": "finance", "treasury": "finance",
    "health": "health", "justice": "justice", "transport": "transport",
    "transportation": "transport", "education": "education", "energy": "energy",
    "agriculture": "agriculture", "trade": "trade", "commerce": "trade", "labor": "labor",
    "labour": "labor", "environment": "environment", "culture": "culture", "prime": "prime",
    "information": "information", "oil": "oil", "housing": "housing", "tourism": "tourism",
    "attorney": "attorney", "executive": "", "staff": "",
}  # fmt: skip
_PAST = frozenset("former ex retired late then one-time onetime ousted outgoing acting".split())
# Plain words too: as ranks they are capitalised, or cut.
_CAPITALISED = frozenset("general major private sheriff commander justice sen rep gov col".split())
# A noun before one of these belongs to a longer title: "general manager", "police chief".
_LONGER = frozenset("manager secretary counsel general elect office officer".split())
# Small words of titles.
_TITLE_WORDS = (
    _BELOW
    | frozenset(
        """general executive chief prime senior district state city county police party team zoo
    school company club university college hospital museum bank union regional national federal
    army navy military program programme project managing medical press sports head principal
    editorial artistic musical technical communications media staff research policy security
    operations marketing lead field court superior supreme high""".split()
    )
    | _DEPARTMENTS.keys()
)
_DETERMINERS = frozenset("the a an its his her their our".split())
_NO_NAME = frozenset(
    """a an the if as so while when since after before with by from under during among against for
    at in on of to and but or nor yet he she it they we you i this that these those there here his
    her its their our my your what who whom whose why how where which not no said says also even
    then now today still once only monday tuesday wednesday thursday friday saturday sunday mr mrs
    ms dr sir inc corp co
    meanwhile court police department office house party council committee""".split()
)
_HYPHENS = "-‑"
_LONGEST_OFFICE = 6
_LONGEST_NAME = 4
_LONGEST_APPOSITION = 9


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a sentence gives it to a person."""

    person: tuple[str, ...]  # words of the name, folded
    head: str  # the noun of the title, folded
    below: bool  # deputy, vice, assistant ...
    department: str  # "" where none is named
    first: int  # index of its first token
    end: int


def exclude(one: Office, other: Office) -> bool:
    """Tell whether one person cannot hold two offices at once."""
    step, also = _STEP[one.head], _STEP[other.head]
    if step[0] != also[0]:
        return False
    if step == also:
        both = bool(one.department and other.department)
        # Ranks and professors are addressed by the shorter title.
        differ = one.below != other.below and one.head not in _ADDRESSED
        return differ or (both and one.department != other.department)
    return not one.below and not other.below


def is_same_office(one: Office, other: Office) -> bool:
    """Tell whether two titles are one, whatever the words: "rep" and "congressman"."""
    return (_STEP[one.head], one.below, one.department) == (
        _STEP[other.head],
        other.below,
        other.department,
    )


def same_person(one: Office, other: Office) -> bool:
    """Tell whether two names are one person's: the last word, and the first where both have it."""
    if one.person[-1] != other.person[-1]:
        return False
    return len(one.person) < 2 or len(other.person) < 2 or one.person[0] == other.person[0]


def offices_of(tokens: Sequence[Token]) -> Iterator[Office]:
    """Find the offices a sentence gives to persons by name."""
    for at, token in enumerate(tokens):
        head = token.low
        if head not in _STEP or (head in _CAPITALISED and not token.text[0].isupper()):
            continue
        following = tokens[at + 1].low if at + 1 < len(tokens) else ""
        if following in _LONGER or (following in _STEP and head in _CAPITALISED):
            continue
        first = _title_start(tokens, at)
        if any(t.low in _PAST for t in tokens[max(0, first - 3) : at]):
            continue
        below = any(t.low in _BELOW for t in tokens[first:at])
        department = next(
            (_DEPARTMENTS[t.low] for t in tokens[first:at] if _DEPARTMENTS.get(t.low)), ""
        )
        person, end = _named_behind(tokens, at)
        if not person:
            person = _named_before(tokens, first)
            end = _apposition_end(tokens, at + 1)
        if person:
            yield Office(person, head, below, department, first, end)
            if (joined := _joined(tokens, first)) is not None:
                yield Office(person, tokens[joined].low, False, "", joined, joined + 1)


def _joined(tokens: Sequence[Token], first: int) -> int | None:
    """Return where the other office stands of "president and general manager Orla Vik"."""
    is_joined = first >= 2 and tokens[first - 1].low in ("and", "&")
    return first - 2 if is_joined and tokens[first - 2].low in _STEP else None


def _title_start(tokens: Sequence[Token], at: int) -> int:
    """Return where the words of a title start, given its noun: "Skarnes zoo vice president"."""
    first = at
    while first > 0 and at - first < _LONGEST_OFFICE:
        word = tokens[first - 1]
        is_named = word.text[:1].isupper() and word.low not in _NO_NAME
        if not (is_named or word.low in _TITLE_WORDS or word.low.endswith("'s")):
            break
        first -= 1
    # "Hosting President Vik": a verb opens the sentence.
    while first < at and (tokens[first].low.endswith("ing") or tokens[first].low == "'s"):
        first += 1
    return first


def _named_behind(tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], int]:
    """Return the name right behind a title: "zoo president Orla Vik", "Lt. Vik"."""
    step = at + 1
    if step < len(tokens) and tokens[step].text == "." and len(tokens[at].text) <= 4:
        step += 1
    name = _name(tokens, step)
    return (name, at + 1) if name else ((), at + 1)


def _named_before(tokens: Sequence[Token], first: int) -> tuple[str, ...]:
    """Return the name a title is set beside: "Orla Vik, the zoo's president"."""
    at = first - 1
    while at >= 0 and (tokens[at].low in _DETERMINERS):
        at -= 1
    if at < 2 or tokens[at].text != ",":
        return ()
    end = at
    start = end
    while start > 0 and end - start < _LONGEST_NAME and _is_name_word(tokens[start - 1]):
        start -= 1
    name = _name(tokens, start)
    return name if len(name) >= 2 and start + len(name) <= end else ()


def _apposition_end(tokens: Sequence[Token], at: int) -> int:
    """Return where "director of the zoo at Skarnes" ends, given the index behind its noun."""
    end = at
    if end < len(tokens) and tokens[end].low in ("of", "for", "at", "in"):
        while (
            end < len(tokens) and end < at + _LONGEST_APPOSITION and tokens[end].text[0].isalpha()
        ):
            end += 1
    return end if end < len(tokens) and tokens[end].text in ",.;" else at


def _is_name_word(token: Token) -> bool:
    return token.text[:1].isupper() and token.low not in _NO_NAME and token.low not in _STEP


def _name(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """Return the folded words of the name that starts at a token, () where none does."""
    words: list[str] = []
    while at < len(tokens) and len(words) < _LONGEST_NAME:
        token = tokens[at]
        if token.text in _HYPHENS and words and _is_glued(tokens, at):
            words[-1] += "-" + tokens[at + 1].low.removesuffix("'s")
            at += 2
        elif token.text == "." and words and len(words[-1]) == 1:
            at += 1
        elif _is_name_word(token):
            words.append(token.low.removesuffix("'s"))
            at += 1
        else:
            break
    if words and len(words[-1]) == 1:
        words.pop()
    return tuple(words)


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a hyphen stands between two words without a space."""
    return (
        at + 1 < len(tokens)
        and tokens[at - 1].end == tokens[at].start
        and tokens[at].end == tokens[at + 1].start
        and tokens[at + 1].text.isalpha()
    )
