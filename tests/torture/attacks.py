"""Texts that would make a regular expression slow, made from the expression itself.

Each attack is a prefix that leads to a repetition, a piece that is repeated, and an ending with
which the whole does not match, so that the engine goes back and tries all other ways. Where a
search starts anew at each place of the text, the same texts show that, too.
"""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from re import _constants as sre  # type: ignore[attr-defined]  # not in typeshed
from re import _parser  # type: ignore[attr-defined]  # not in typeshed
from typing import Any

Tree = Sequence[tuple[Any, Any]]

# What stands for classes of characters: letters of both cases and of other scripts, digits, blanks,
# line ends and each sign of ASCII.
_ALPHABET = (
    " \t\n\r\u00a0\u2028aeiouxyzAEIOUXYZ0129éÉßİ가港ก\u0301\u200b\u202e“”‘’«»「」…—–·•。，！？"
    + string.punctuation
)
_ENDINGS = ("", "\n", "\x00", "!", "a", " ", "\x00 a", "\n\n!")
_MOST_REPEATED = 8  # times that a repetition with a lower bound is done in a sample


@dataclass(frozen=True, slots=True)
class Attack:
    """A text of any length: a prefix, a piece again and again, an ending."""

    prefix: str
    piece: str
    ending: str

    def text(self, size: int) -> str:
        """Return it with about so many characters."""
        return self.prefix + self.piece * (size // len(self.piece)) + self.ending


def attacks(pattern: "re.Pattern[str]", random: Random, some: int) -> list[Attack]:
    """Return attacks on an expression: those that its form suggests, and some by chance."""
    said = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    tree = _parser.parse(said, pattern.flags & ~re.DEBUG)
    sampler = _Sampler(pattern.flags, random)
    found: dict[Attack, None] = {}
    for before, body in _repeats(list(tree), ()):
        prefixes = {sampler.sample(before) for _ in range(2)}
        pieces = {sampler.sample(body) for _ in range(4)} | sampler.shared(body)
        for prefix in sorted({"", *prefixes}):
            for piece in sorted(pieces - {""}):
                endings = random.sample(_ENDINGS, 3)
                found |= dict.fromkeys(Attack(prefix, piece, end) for end in ("", *endings))
    wholes = sorted({sampler.sample(list(tree)) for _ in range(4)} - {""})
    cut = sorted({whole[:-1] for whole in wholes} - {""})
    letters = sampler.letters(list(tree))
    chance = [
        "".join(random.choice(letters) for _ in range(random.randint(1, 4))) for _ in range(some)
    ]
    for piece in (*wholes, *cut, *letters, *chance):
        prefix = random.choice(("", *wholes))
        found[Attack(prefix, piece, random.choice(_ENDINGS))] = None
        found[Attack("", piece, "")] = None
    return list(found)


def _repeats(tree: Tree, before: tuple[Any, ...]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Yield each repetition as what stands before it and what it repeats."""
    for index, (kind, value) in enumerate(tree):
        led = (*before, *tree[:index])
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _, most, body = value
            if most > 3:
                yield list(led), list(body)
            yield from _repeats(list(body), led)
        elif kind is sre.SUBPATTERN:
            yield from _repeats(list(value[-1]), led)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from _repeats(list(branch), led)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(list(value[1]), led)


class _Sampler:
    """Makes texts that a part of an expression matches, looking ahead or behind not counted."""

    def __init__(self, flags: int, random: Random) -> None:
        self._flags = flags
        self._random = random
        self._known: dict[str, list[str]] = {}

    def sample(self, tree: Tree) -> str:
        """Return a text that the part matches."""
        return "".join(self._one(kind, value) for kind, value in tree)

    def shared(self, tree: Tree) -> set[str]:
        """Return the single characters that the part matches as a whole, some of them."""
        if len(tree) != 1:
            return set()
        kind, value = tree[0]
        if kind is sre.SUBPATTERN:
            return self.shared(list(value[-1]))
        fitting = self._fitting(kind, value)
        return set(self._random.sample(fitting, min(6, len(fitting))))

    def letters(self, tree: Tree) -> list[str]:
        """Return the characters that mean something to the expression, and one of each kind."""
        named = {chr(value) for value in _literals(tree)}
        more = self._random.sample(_ALPHABET, 12)
        some = self._random.sample(sorted(named), min(25, len(named)))
        return sorted({*some, *more, " ", "a", "A", "1", "\n"})

    def _one(self, kind: Any, value: Any) -> str:
        random = self._random
        if kind is sre.LITERAL:
            return chr(value)
        if kind is sre.SUBPATTERN:
            return self.sample(list(value[-1]))
        if kind is sre.BRANCH:
            return self.sample(list(random.choice(value[1])))
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, body = value
            times = min(max(least, random.randint(0, 2)), most, max(least, _MOST_REPEATED))
            return "".join(self.sample(list(body)) for _ in range(times))
        if kind in (sre.IN, sre.ANY, sre.NOT_LITERAL, sre.CATEGORY):
            fitting = self._fitting(kind, value)
            return random.choice(fitting) if fitting else ""
        return ""

    def _fitting(self, kind: Any, value: Any) -> list[str]:
        """Return characters that one step of the expression matches."""
        key = repr((kind, value))
        if key not in self._known:
            self._known[key] = self._asked(kind, value)
        return self._known[key]

    def _asked(self, kind: Any, value: Any) -> list[str]:
        if kind is sre.LITERAL:
            return [chr(value)]
        if kind is sre.ANY:
            return [c for c in _ALPHABET if c != "\n"]
        if kind is sre.NOT_LITERAL:
            return [c for c in _ALPHABET if ord(c) != value]
        if kind is sre.IN:
            listed = {chr(one) for one in _literals([(kind, value)])}
            return sorted(c for c in {*_ALPHABET, *sorted(listed)[:20]} if _is_in(c, value))
        return []


def _is_in(character: str, items: Tree) -> bool:
    """Tell whether a character is of a class, such as [^a-z]."""
    negated = bool(items) and items[0][0] is sre.NEGATE
    code = ord(character)
    return negated != any(_fits(code, character, kind, value) for kind, value in items)


def _fits(code: int, character: str, kind: Any, value: Any) -> bool:
    if kind is sre.LITERAL:
        return bool(code == value)
    if kind is sre.RANGE:
        return bool(value[0] <= code <= value[1])
    if kind is sre.CATEGORY:
        name = str(value)
        is_one = (
            character.isspace()
            if "SPACE" in name
            else character.isdigit()
            if "DIGIT" in name
            else character.isalnum() or character == "_"
        )
        return is_one != ("NOT" in name)
    return False


def _literals(tree: Tree) -> Iterator[int]:
    for kind, value in tree:
        if kind in (sre.LITERAL, sre.NOT_LITERAL):
            yield value
        elif kind is sre.RANGE:
            yield from value
        elif kind is sre.IN:
            yield from _literals(value)
        elif kind is sre.SUBPATTERN:
            yield from _literals(list(value[-1]))
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from _literals(list(branch))
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            yield from _literals(list(value[2]))
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _literals(list(value[1]))
