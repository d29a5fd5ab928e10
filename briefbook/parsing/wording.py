"""Wording: which words a body has, to tell how far it bears a headline out."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from briefbook.text.words import STOP_WORDS

# A title word that stands in the body this often counts as fully borne out.
_ENOUGH = 3
# The beginning is a stem good enough here: "waiver" and "waivers", "Korea" and "Korean".
_STEM = 5
_STOPPED = re.compile(r"\.(?![^\s-])")


class Wording:
    """The words of a body."""

    def __init__(self, text: Sequence[str], plain: Sequence[str]) -> None:
        """Take the lines of the body.

        Args:
            text: As they stand.
            plain: Folded.
        """
        self._lines = text
        words = parts(" ".join(plain))
        self._frequency = Counter(words)
        self._stems = Counter([word[:_STEM] for word in words])

    def bears_out(self, telling: Sequence[str], *, own: bool = False) -> float:
        """Return how far it bears words out, 0 to 1: the mean over them.

        Args:
            telling: The words.
            own: They are of a line of the body; where they stand there does not count.
        """
        frequency, less = self._frequency, int(own)
        shares = (min(1.0, max(0, frequency[part] - less) / _ENOUGH) for part in telling)
        return sum(shares) / len(telling)

    def present(self, telling: Sequence[str], *, own: bool = False) -> float:
        """Return the share of words whose beginning it has, 0 to 1."""
        stems, less = self._stems, int(own)
        there = sum(stems[part[:_STEM]] > less for part in telling)
        return there / len(telling) if telling else 1.0

    def has(self, name: str) -> bool:
        """Tell whether it has a name in capitals, with or without stops: "US", "U.S."."""
        return name in self._text or ".".join(name) in self._text

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._lines)


def parts(plain: str) -> list[str]:
    """Return the words of a folded text, hyphenated ones in parts; -ence and -ense are one."""
    words = plain.replace("-", " ").replace("defence", "defense").split()
    # Few texts have such a word: folding leaves stops inside words only, but for rare signs.
    return [word.rstrip(".") for word in words] if _STOPPED.search(plain) else words


def telling(plain: str) -> list[str]:
    """Return the words of a folded text that say something."""
    return [part for part in parts(plain) if part not in STOP_WORDS]
