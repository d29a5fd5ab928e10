"""Headline: which of the lines above a text is its headline.

Where candidates disagree, the one the body bears out wins; another that plainly was a headline
too is kept as an other one, for the editor to see.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefbook.text.words import STOP_WORDS, fold_word, folded, words

# A title word that stands in the body this often counts as fully borne out.
_ENOUGH = 3
# Headlines have some 4 to 20 words; others are teasers or labels.
_MOST_WORDS = 26
# Lines farther above the text than this many are a menu.
_MOST_CANDIDATES = 60
# The first candidate is favoured: a standfirst, which the text bears out even better, comes second.
_FIRST = 0.2
# Below a headline borne out this far, a longer line that stands nowhere else is its standfirst.
_GOOD = 0.4
_REPEATED = 0.02
# A line of so few words may be a label, such as "Policy & Trade"; it is a headline where nothing
# better stands above the text and half of its words stand in it.
_LABEL_WORDS = 3
_LABEL = 0.3
_TAKEN_UP = 0.5
# What a name in capitals that the body never has takes away: "US-Iraq talks" above Korea and Iraq.
_FOREIGN_NAME = 0.2
# Two headlines that share this much of their words say the same.
_SAME = 0.5
# A headline of whose telling words less than this stand in the text is worth a look.
CONTRADICTED = 0.34


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline and the others that stood for it."""

    text: str  # without white space around it
    line: int  # 1-based physical line
    rule: str
    present: float  # 0 to 1: the share of its telling words that stand in the body at all
    others: tuple[str, ...] = ()
    other_lines: tuple[int, ...] = ()


def choose_headline(
    candidates: Sequence[tuple[int, str]], body: Sequence[str], above: Sequence[str]
) -> Headline | None:
    """Return the headline among the candidates, or None where there is none.

    Args:
        candidates: Line numbers and lines that could be headlines, in order.
        body: The prose of the text.
        above: All lines up to the end of the article, folded, to see which candidate is repeated.
    """
    frequency = Counter(part for text in body for part in _parts(text))
    everything = "\n".join(above)
    nearest = [(n, t.strip().lstrip("# ")) for n, t in candidates[-_MOST_CANDIDATES:]]
    repeats = {text: everything.count(folded(text)) for _, text in nearest}
    serious = _serious(nearest, frequency, repeats)
    if not serious:
        return None
    places = {text: i for i, (_, text) in reversed(list(enumerate(serious)))}
    text = max(
        places,
        key=lambda t: (_score(t, places[t] / len(serious), frequency, repeats[t]), -places[t]),
    )
    others = {
        folded(t): (n, t)
        for n, t in reversed(serious)
        if folded(t) != folded(text) and repeats[t] > 1 and not _agree(t, text)
    }
    found = tuple(reversed(others.values()))
    return Headline(
        text=text,
        line=next(n for n, t in serious if folded(t) == folded(text)),
        rule="the body bears it out best" if len(serious) > 1 else "stands above the text",
        present=_present(text, frequency),
        others=tuple(t for _, t in found),
        other_lines=tuple(n for n, _ in found),
    )


def _serious(
    candidates: Sequence[tuple[int, str]], frequency: Counter[str], repeats: Mapping[str, int]
) -> list[tuple[int, str]]:
    """Leave out what is too long, labels the text does not take up, and standfirsts."""
    kept = [
        (n, t)
        for n, t in candidates
        if _LABEL_WORDS < len(t.split()) <= _MOST_WORDS
        or (len(t.split()) <= _LABEL_WORDS and _present(t, frequency) >= _TAKEN_UP)
    ]
    return [
        (number, text)
        for (_, before), (number, text) in zip([(0, ""), *kept], kept, strict=False)
        if repeats[text] > 1
        or len(text) <= len(before)
        or len(before.split()) <= _LABEL_WORDS
        or borne_out(before, frequency) < _GOOD
    ]


def _score(text: str, depth: float, frequency: Counter[str], repeats: int) -> float:
    """Return how good a headline a line is; `depth` is its place among the candidates, 0 to 1."""
    return (
        borne_out(text, frequency)
        + _FIRST * (1 - depth)
        - _LABEL * (len(text.split()) <= _LABEL_WORDS)
        + _REPEATED * min(2, repeats - 1)
    )


def _parts(text: str) -> list[str]:
    """Return folded words, hyphenated ones in their parts; -ence and -ense are one."""
    parts: list[str] = []
    for word in words(text):
        for part in word.split("-"):
            # "US" is a country, "us" is not.
            folded_part = "u.s" if part == "US" else fold_word(part).rstrip(".")
            parts.append(folded_part.replace("defence", "defense"))
    return parts


def borne_out(title: str, frequency: Counter[str]) -> float:
    """Return how far a body bears out a title, 0 to 1: the mean over its telling words."""
    telling = [part for part in _parts(title) if part not in STOP_WORDS]
    if not telling:
        return 0.0
    share = sum(min(1.0, frequency[part] / _ENOUGH) for part in telling) / len(telling)
    foreign = any(
        part.isupper() and 2 <= len(part) <= 5 and not frequency[_parts(part)[0]]
        for word in words(title)
        for part in word.split("-")
        if part.isalpha()
    )
    return max(0.0, share - _FOREIGN_NAME * (foreign and not title.isupper()))


def _present(title: str, frequency: Counter[str]) -> float:
    """Return the share of a title's telling words whose beginning stands in the body."""
    # The beginning is a stem good enough here: "waiver" and "waivers", "Korea" and "Korean".
    stems = {part[:5] for part in frequency}
    telling = [part for part in _parts(title) if part not in STOP_WORDS]
    return sum(part[:5] in stems for part in telling) / len(telling) if telling else 1.0


def _agree(one: str, other: str) -> bool:
    first, second = set(_parts(one)) - STOP_WORDS, set(_parts(other)) - STOP_WORDS
    return len(first & second) >= _SAME * min(len(first), len(second)) if first and second else True
