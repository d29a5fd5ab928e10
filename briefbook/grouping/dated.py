"""Dated: the days a sentence names, and what it says happened then.

In: the tokens of a sentence. Out: days of the month, ranges of them, and weekdays, each with the
words for what happened. Refuses dates of statements ("said on Tuesday"): each text quotes its own
conversations, and no two of them contradict one another. Days counted from the day of writing
("yesterday") are left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefbook.grouping.tokens import MONTHS, Token, is_month, word_at

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAYS_AND_MONTHS = MONTHS.union(WEEKDAYS)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_HYPHENS = frozenset("-–—‑")
_REACH = 8
# Words for making a statement: what they date is the statement.
_STATING = frozenset(
    """said says say saying told tells tell telling announced announces announcing reported reports
    reporting added wrote writes tweeted posted confirmed stated statement according interview
    spokesman spokeswoman published updated called warned denied insisted acknowledged declined
    condemned urged asked noted argued described testified reiterated briefing conference quoted
    message news report letter""".split()
)
# What ends in "ed" or stands here is taken for a verb; of each the form it is compared by.
_IRREGULAR = {
    word: form
    for form, _, said in (
        cell.strip().partition(": ")
        for cell in """
    shoot: shot shooting shootings gunned |
    die: died death dies dead killed kills killing killings | find: found |
    begin: began begin begins start started starts | break: broke |
    strike: struck hit hits strikes | win: won win wins | lose: lost |
    hold: held ran runs hold holds place | go: went | leave: left leave | take: took |
    make: made | meet: met meet meeting | come: came | fall: fell fallen | fly: flew |
    sink: sank sunk | burn: burned | steal: stole stolen | born: born | bury: buried funeral |
    crash: crash crashes | attack: attack attacks | vote: vote voting voted |
    elect: election elections elected | trial: trial | arrest: arrest arrests |
    quake: quake earthquake | launch: launch launches | explode: explosion blast |
    sentence: sentencing sentence | hear: hearing heard | release: release releases | due: due |
    schedule: scheduled | expire: expire expires | deadline: deadline | sell: sale sold |
    marry: wedding | build: built | open: opens opening | close: closing closes | fire: fire |
    ceremony: ceremony | speak: spoke speech | shut: shut | fight: fought fight | get: got |
    give: gave | stab: stabbing | quit: quit | file: filed
    """.split("|")
    )
    for word in said.split()
}
_NO_EVENT = frozenset("united need based related armed aged speed indeed hundred red".split())
_CLAUSE_ENDS = frozenset('. ; : ( ) “ ” " ! ?'.split())


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a sentence names."""

    kind: str  # "day" or "weekday"
    value: tuple[int, ...]  # month, day, and of a range last month and day; or 0 for Monday
    year: int  # 0 where none is named
    events: frozenset[str]  # what happened, in the form it is compared by
    first: int  # index of its first token
    end: int


def dates_of(tokens: Sequence[Token]) -> Iterator[Dated]:
    """Find the days of a sentence that something happened on."""
    at = 0
    while at < len(tokens):
        low = tokens[at].low
        if not (low in _DAYS_AND_MONTHS or low[0].isdigit()):
            at += 1
            continue
        found = _weekday(tokens, at) or _day(tokens, at) or _month_or_year(tokens, at)
        if found is None:
            at += 1
            continue
        kind, value, year, end = found
        events = frozenset(_events(tokens, at, end))
        if events:
            yield Dated(kind, value, year, events, at, end)
        at = end


_Found = tuple[str, tuple[int, ...], int, int]


def _weekday(tokens: Sequence[Token], at: int) -> _Found | None:
    word = tokens[at].low
    if word not in WEEKDAYS or not tokens[at].text[0].isupper():
        return None
    following = word_at(tokens, at + 1)
    # "Sunday, March 3" is told by its day; "Bloody Sunday" and "Sunday school" are names.
    if following == "," and is_month(word_at(tokens, at + 2)):
        return None
    before = tokens[at - 1] if at else None
    if before is not None and before.text[:1].isupper() and before.low not in ("on", "last"):
        return None
    if word_at(tokens, at + 1)[:1].isalpha() and tokens[at + 1].text[:1].isupper():
        return None
    if before is not None and before.low in ("next", "every", "each", "until", "by", "since"):
        return None
    return "weekday", (WEEKDAYS.index(word),), 0, at + 1


def _day(tokens: Sequence[Token], at: int) -> _Found | None:
    if is_month(tokens[at].low) and tokens[at].text[0].isupper():
        month, step = _MONTHS.index(tokens[at].low[:3]) + 1, at + 1
        if word_at(tokens, step) == ".":
            step += 1
        if (day := _number(tokens, step)) is None:
            return None
        return _with_end(tokens, month, day, _past_ordinal(tokens, step + 1))
    day = _number(tokens, at)
    if day is None:
        return None
    step = _past_ordinal(tokens, at + 1)
    if word_at(tokens, step) == "of":
        step += 1
    last = _last_day(tokens, step)
    if last is not None:
        step = last[1]
    if not is_month(word_at(tokens, step)) or not tokens[step].text[0].isupper():
        return None
    month = _MONTHS.index(tokens[step].low[:3]) + 1
    value = (month, day, month, last[0]) if last else (month, day)
    return "day", value, *_year(tokens, step + 1)


def _month_or_year(tokens: Sequence[Token], at: int) -> _Found | None:
    if word_at(tokens, at - 1) not in ("in", "since", "last"):
        return None
    word = tokens[at].low
    if is_month(word) and tokens[at].text[0].isupper():
        month = _MONTHS.index(word[:3]) + 1
        return "month", (month,), *_year(tokens, at + 1)
    if len(word) == 4 and word.isdecimal() and word[:2] in ("18", "19", "20"):
        return "year", (int(word),), int(word), at + 1
    return None


def _with_end(tokens: Sequence[Token], month: int, day: int, at: int) -> _Found:
    last = _last_day(tokens, at)
    if last is not None and not is_month(word_at(tokens, last[1])):
        return "day", (month, day, month, last[0]), *_year(tokens, last[1])
    return "day", (month, day), *_year(tokens, at)


def _number(tokens: Sequence[Token], at: int) -> int | None:
    word = word_at(tokens, at)
    return int(word) if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 else None


def _past_ordinal(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if word_at(tokens, at) in ("st", "nd", "rd", "th") else at


def _last_day(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    if word_at(tokens, at) in ("to", "through", *_HYPHENS):
        last = _number(tokens, at + 1)
        if last is not None:
            return last, _past_ordinal(tokens, at + 2)
    return None


def _year(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Return the year behind a day, 0 where none stands, and the index behind it."""
    step = at + 1 if word_at(tokens, at) == "," else at
    word = word_at(tokens, step)
    if len(word) == 4 and word.isdecimal() and word[:2] in ("18", "19", "20"):
        return int(word), step + 1
    return 0, at


def _events(tokens: Sequence[Token], first: int, end: int) -> Iterator[str]:
    """Find what happened on a day: the nearest verb before it, else the first behind it."""
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = tokens[at].low
        if word in _CLAUSE_ENDS:
            break
        if word in _STATING:
            return
        if (event := _event(word)) is not None:
            yield event
            return
    for at in range(end, min(len(tokens), end + _REACH)):
        word = tokens[at].low
        if word in _CLAUSE_ENDS or word in _STATING:
            return
        if (event := _event(word)) is not None:
            yield event
            return


def _event(word: str) -> str | None:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ed") and word not in _NO_EVENT:
        return word[:-2].removesuffix("e")
    return None
