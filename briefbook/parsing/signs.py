"""Signs: what speaks for a line being before, in or after the article, or furniture inside it.

In: all lines of a text. Out: for each line the names of its signs, of which `weights/article.tsv`
says how much they weigh. A sign is one plain observation, about the line itself in `ownsigns.py`,
about its place and its neighbours in `surroundings.py` and `cohesion.py`; numbers are rounded to a
few steps, so that a weight says something about lines in general.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

from briefbook.parsing.cohesion import cohesion_signs
from briefbook.parsing.lines import TextLine
from briefbook.parsing.ownsigns import Bundle, Bundles, OwnSigns, own_signs
from briefbook.parsing.steps import step, steps
from briefbook.parsing.surroundings import surrounding_signs

# Where the long lines of a text have a smaller share of words we know for small words of a
# language, the language is none of ours, and their small words say nothing.
_KNOWN = 0.22
# In such a text, words that start with a small letter stand in for small words: about this many.
_SMALL_FOR_LOWER = 0.55
# And where letters have no case, a long line is taken for an ordinary sentence.
_ORDINARY = 0.25
_LONG = 9
_TWENTIETHS = steps(0, 1, 2, 4, 6, 8, 10)
# Words of a line up to this long are signs themselves; of a longer one, its first two and its set.
WORDY = 12


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of all lines of a text; their names are put together when asked for."""

    lines: Sequence[TextLine]
    form: Bundles  # of each line, what it says by itself, but for its words
    around: Bundles  # of each line, what its place and the others say

    def names(self, i: int) -> list[str]:
        """Return the names of all signs of a line, in a fixed order."""
        flat = chain.from_iterable
        return [*flat(self.form[i]), *words_of(self.lines[i]), *flat(self.around[i])]


def signs_of(lines: Sequence[TextLine]) -> list[list[str]]:
    """Return the names of the signs of each line, in a fixed order."""
    signs = bundles_of(lines)
    return [signs.names(i) for i in range(len(lines))]


def bundles_of(lines: Sequence[TextLine]) -> Signs:
    """Return the signs of each line; linear in the text."""
    own = [own_signs(line) for line in lines]
    form = [
        [*one.form, _sentences(step(_TWENTIETHS, int(20 * small)), one.sentences), *one.persons]
        for one, small in zip(own, _small_words(lines, own), strict=True)
    ]
    around: Bundles = [[] for _ in lines]
    surrounding_signs(lines, own, around)
    cohesion_signs(lines, [one.telling for one in own], around)
    return Signs(lines, form, around)


def _small_words(lines: Sequence[TextLine], own: Sequence[OwnSigns]) -> list[float]:
    """Return the share of small words ("of", "the") of each line, 0 to 1."""
    shares = [one.small for one in own]
    long = sorted([one.small for line, one in zip(lines, own, strict=True) if line.words >= _LONG])
    if not long or long[len(long) // 2] > _KNOWN:
        return shares
    if any(one.lower > 0 for one in own):
        return [one.lower * _SMALL_FOR_LOWER for one in own]
    return [_ORDINARY if line.words >= _LONG else 0.0 for line in lines]


@cache
def _sentences(share: str, sentences: tuple[str, str]) -> Bundle:
    words, ends = sentences
    return f"small words {share}, words {words}", f"sentences {ends}"


def words_of(line: TextLine) -> list[str]:
    """Return the words of a line as signs; those of few texts never get a weight."""
    letters = line.letters
    if not letters:
        return ["no word"]
    if line.words > WORDY:
        return [
            f"opens '{' '.join(letters[:2])}'",
            *(f"word '{w}' in text" for w in dict.fromkeys(letters)),
        ]
    found = [f"word '{word}'" for word in dict.fromkeys(letters)]
    found += [f"words '{a} {b}'" for a, b in pairwise(letters)]
    found.append(f"first word '{letters[0]}'")
    return found
