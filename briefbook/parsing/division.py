"""Division: where the article starts and ends, and which lines in between are not of it.

In: the lines of a text. Out: a part for each line, how sure that is, and why. Signs of each line
(`signs.py`) are weighed by `weights/article.tsv`, and the best way through the whole text decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from briefbook.parsing.lines import TextLine
from briefbook.parsing.sequence import Model, best_path
from briefbook.parsing.signs import signs_of
from briefbook.parsing.surroundings import FURNITURE

# As in the table of weights.
BEFORE, ARTICLE, INSIDE, AFTER = range(4)
# Below this a line could as well be the other way, in hundredths as the weights.
UNSURE = 100


@dataclass(frozen=True, slots=True)
class Division:
    """The part each line belongs to."""

    parts: tuple[int, ...]  # BEFORE, ARTICLE, INSIDE or AFTER
    sureness: tuple[int, ...]  # how much worse the text would be with the line kept, or dropped
    reasons: tuple[str, ...]  # the sign that speaks most for the line's part

    def is_sure(self, i: int) -> bool:
        """Tell whether the text would be plainly worse with the line kept, or dropped."""
        return self.sureness[i] >= UNSURE

    @property
    def start(self) -> int:
        """Index of the first line of the article, or the number of lines where there is none."""
        return self.parts.index(ARTICLE) if ARTICLE in self.parts else len(self.parts)

    @property
    def end(self) -> int:
        """Index past its last line."""
        above = next((i for i, part in enumerate(reversed(self.parts)) if part == ARTICLE), 0)
        return len(self.parts) - above


def divide(lines: Sequence[TextLine], model: Model) -> Division:
    """Divide a text into what is before, in and after its article.

    Args:
        lines: Its lines that are not blank.
        model: The weights of their signs, `load("article")` but where others are measured.
    """
    signs = signs_of(lines)
    best, worths = best_path(model, [model.scores(own) for own in signs])
    parts = _with_unproven_kept(lines, best)
    return Division(
        parts=parts,
        sureness=tuple(
            abs(worth[ARTICLE] - max(worth[BEFORE], worth[INSIDE], worth[AFTER]))
            for worth in worths
        ),
        reasons=tuple(
            "" if part == ARTICLE else model.loudest(own, part, ARTICLE)
            for own, part in zip(signs, parts, strict=True)
        ),
    )


EDGE = {"before", "after"}
ENDS = False
SENT = False
NEAR = 3
def _with_unproven_kept(lines: Sequence[TextLine], parts: Sequence[int]) -> tuple[int, ...]:
    """Keep runs in and above which no phrase of furniture stands.

    Results, recipes and lists of dates look like menus; what no rule recognises is kept.
    """
    known = [not line.sections.isdisjoint(FURNITURE) for line in lines]
    kept = list(parts)
    i = 0
    for part, run in groupby(parts):
        end = i + sum(1 for _ in run)
        if part == INSIDE and not any(known[max(0, i - 1) : end]):
            kept[i:end] = [ARTICLE] * (end - i)
        if part == AFTER and "after" in EDGE and not any(known[max(0, i - 1) : end]):
            kept[i:end] = [ARTICLE] * (end - i)
        if part == BEFORE and "before" in EDGE and not any(known[max(0, i - 1) : end]):
            kept[i:end] = [4] * (end - i)
        if part == AFTER and SENT:
            for j in range(i, end):
                if kept[j] != AFTER or known[j] or not (lines[j].stopped and lines[j].words > 2): break
                kept[j] = ARTICLE
        i = end
    if ENDS:
        start = next((k for k, x in enumerate(kept) if x == ARTICLE), len(kept))
        for k in range(start, len(kept)):
            cue = lines[k].cue("end")
            if cue and not cue.is_inside and not lines[k].prose and _ends_here(lines, start, k, cue):
                kept[k:] = [AFTER if x == ARTICLE else x for x in kept[k:]]
                break
    return tuple(kept)


def _ends_here(lines, start, i, cue):
    below = lines[i + 1 :]
    if "#" in cue.phrase and i - start < NEAR and sum(line.prose for line in below) >= NEAR:
        return False
    if " " in cue.phrase:
        return True
    return not any(line.prose for line in below) or any(line.cue("end") for line in below)
