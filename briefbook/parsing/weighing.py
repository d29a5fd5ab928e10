"""Weighing: how much the signs of each line speak for each state, without writing out their names.

In: the bundles and words of the lines and a table of weights. Out: the sums, the same as those of
all names. A bundle is weighed once; of the words of a line only those the table knows are.
"""

from functools import lru_cache
from itertools import pairwise, repeat
from operator import itemgetter

from briefbook.parsing.lines import TextLine, kept_of_text
from briefbook.parsing.ownsigns import Bundle
from briefbook.parsing.sequence import Model, Weights, packing
from briefbook.parsing.signs import WORDY, Signs, words_of

# Bundles whose weights are kept.
_KEPT = 65_536


class _Weighed(dict[Bundle, int]):
    """The weights of each bundle, packed, summed when it is first met."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model
        self.pack = packing(len(model.states)).packed

    def __missing__(self, bundle: Bundle) -> int:
        if len(self) >= _KEPT:
            self.clear()
        self[bundle] = weights = self.pack(self.model.scores(bundle))
        return weights


class Scale:
    """A table of weights, ready to weigh lines."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.bundle = _Weighed(model).__getitem__
        self.loudest_of = lru_cache(_KEPT)(self._loudest_of)
        self.packing = packing(len(model.states))
        self.of_words = kept_of_text(self._of_words)
        self.alone = self._words("word '", "'")
        self.pairs = self._words("words '", "'")
        self.first = self._words("first word '", "'")
        self.in_text = self._words("word '", "' in text")
        self.opening = self._words("opens '", "'")

    def _words(self, before: str, behind: str) -> dict[str, int]:
        """Return the weights of one family of words, by what stands between the quotes."""
        return {
            sign[len(before) : -len(behind)]: self.packing.packed(weights)
            for sign, weights in self.model.signs.items()
            if sign.startswith(before) and sign.endswith(behind)
        }

    def scores(self, signs: Signs) -> list[Weights]:
        """Return how much the signs of each line speak for each state."""
        weigh, of_words, unpacked = self.bundle, self.of_words, self.packing.unpacked
        return [
            unpacked(sum(map(weigh, around), sum(map(weigh, form), of_words(line))))
            for line, form, around in zip(signs.lines, signs.form, signs.around, strict=True)
        ]

    def _of_words(self, line: TextLine) -> int:
        """Return the weights of the words of a line that have any, packed."""
        letters = line.letters
        if not letters:
            return self.bundle(("no word",))
        words = set(letters)
        if line.words > WORDY:
            opening = self.opening.get(" ".join(letters[:2]), 0)
            return sum(map(self.in_text.get, words, repeat(0)), opening)
        found = sum(map(self.alone.get, words, repeat(0)), self.first.get(letters[0], 0))
        return sum(map(self.pairs.get, map(" ".join, pairwise(letters)), repeat(0)), found)

    def loudest(self, signs: Signs, i: int, state: int, other: int) -> str:
        """Return the sign of a line that speaks most for one state against another, "" for none."""
        kept = self.loudest_of
        found = [kept(bundle, state, other) for bundle in signs.form[i]]
        # A line's words are its own, so that nothing is gained by keeping them.
        found.append(self._loudest_of(self._known_words(signs.lines[i]), state, other))
        found += [kept(bundle, state, other) for bundle in signs.around[i]]
        # Of equals the first.
        return max(found, key=itemgetter(1))[0]

    def _known_words(self, line: TextLine) -> Bundle:
        """Return the signs of a line's words, as far as they have a weight."""
        return tuple([sign for sign in words_of(line) if sign in self.model.signs])

    def _loudest_of(self, bundle: Bundle, state: int, other: int) -> tuple[str, int]:
        sign = self.model.loudest(bundle, state, other)
        if not sign:
            return "", 0
        weights = self.model.signs[sign]
        return sign, weights[state] - weights[other]


@lru_cache(8)
def scale(model: Model) -> Scale:
    """Return a table ready to weigh, made once for each."""
    return Scale(model)
