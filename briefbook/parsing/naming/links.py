"""Links: where a run of capital words is two names, and where it is one.

"Bank of Japan" is one name, "Smith of Chelsea" two; "Securities and Exchange Commission" is one,
"Norway and the European Commission" two; "Moody's Investors" is one, "Seoul's Han River" two.
"""

import re

from briefbook.parsing.naming.heads import (
    AND_HEADS,
    AND_TAILS,
    FOR_HEADS,
    HYPHEN_TAILS,
    OF_HEADS,
    PARTICLES,
    POSSESSIVES,
    TITLES,
)
from briefbook.parsing.naming.knowledge import is_in, mask
from briefbook.text.words import STOP_WORDS

JOINING = frozenset(["of", "the", "and", "for"])
OPENERS = STOP_WORDS | {"mr", "mrs", "ms", "dr", "a", "i"}
WHOLES = mask(
    "country", "region", "large city", "organisation", "company", "team", "other", "people"
)
_NAMED = mask(
    "country", "region", "large city", "city", "organisation", "company", "team", "people"
)
_COUNTRY = mask("country")
_LONGEST = 7  # words of a name on a list

# "US-South Korea": two countries, not one name. Made "US and South Korea", which divides.
_COUNTRIES = re.compile(r"([^\W\d_][\w.]+)-(?=([^\W\d_][\w.]+(?: [^\W\d_]\w+)?))")


def with_countries_apart(run: str) -> str:
    """Return a run with "and" between two countries that a hyphen joins."""
    return _COUNTRIES.sub(_apart, run)


def _apart(match: re.Match[str]) -> str:
    left, right = match[1].lower(), match[2].lower()
    is_right = is_in(right, _COUNTRY) or is_in(right.split()[0], _COUNTRY)
    return f"{match[1]} and " if is_right and is_in(left, _COUNTRY) else match[0]


def divides(words: list[str], folded: list[str], start: int, at: int) -> bool:
    """Tell whether a new name starts at a word, or a link between two names stands there."""
    above = folded[at - 1]
    if above[-1] == "." and folded[at] in OPENERS and folded[at] not in PARTICLES:
        return True  # "to the U.S. The others": the stop is the sentence's too
    if above.endswith("'s") or above.endswith("s'"):
        return above not in POSSESSIVES and not _is_whole(folded, start, at)
    if words[at - 1] in JOINING:
        return _link_divides(words, folded, start, at)
    base, dash, tail = above.rpartition("-")
    return bool(dash) and tail in HYPHEN_TAILS and bool(base)


def _link_divides(words: list[str], folded: list[str], start: int, at: int) -> bool:
    """Tell whether the links before a word part it from what stands before them."""
    end = at
    while end > start and words[end - 1] in JOINING:
        end -= 1
    links = folded[end:at]
    if end == start:
        return True
    if _is_whole(folded, start, at):
        return False
    head, left = folded[end - 1], folded[start:end]
    if links[0] == "of":
        goes_on = not {"of", "for"}.isdisjoint(left) and not OF_HEADS.isdisjoint(left)
        return not (head in OF_HEADS or head in TITLES or goes_on)
    if links[0] == "for":
        return head not in FOR_HEADS and not ("of" in left and not OF_HEADS.isdisjoint(left))
    if links[0] == "and":
        return not _and_joins(folded, left, at)
    return True


def _and_joins(folded: list[str], left: list[str], at: int) -> bool:
    right = folded[at : at + 3]
    tails = [i for i, word in enumerate(right) if word in AND_TAILS]
    if "of" in left or "for" in left:
        head = left[left.index("of" if "of" in left else "for") - 1]
        return (
            head in AND_HEADS and not is_in(" ".join(right), _NAMED) and not is_in(right[0], _NAMED)
        )
    if not tails or len(left) > 2 or left[-1] in AND_TAILS:
        return False
    return not is_in(" ".join(left), _NAMED) and not is_in(" ".join(right), _NAMED)


def _is_whole(folded: list[str], start: int, at: int) -> bool:
    """Tell whether a list has a name that goes over a place in a run."""
    for first in range(start, at):
        for last in range(at + 1, min(len(folded), first + _LONGEST) + 1):
            if is_in(" ".join(folded[first:last]), WHOLES):
                return True
    return False
