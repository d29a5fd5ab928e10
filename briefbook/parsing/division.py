"""Division: where the article starts and ends, and which lines in between are not of it.

In: the lines of a text. Out: a part for each line, how sure that is, and why. Signs of each line
(`signs.py`) are weighed by `weights/article.tsv`, and the best way through the whole text decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from briefbook.parsing.cues import Cue
from briefbook.parsing.furniture import is_caption, is_path
from briefbook.parsing.lines import TextLine
from briefbook.parsing.sequence import Model, best_path
from briefbook.parsing.signs import Signs, bundles_of
from briefbook.parsing.surroundings import FURNITURE
from briefbook.parsing.weighing import scale

# As in the table of weights.
BEFORE, ARTICLE, INSIDE, AFTER = range(4)
# Below this a line could as well be the other way, in hundredths as the weights.
UNSURE = 600
# A text of so few lines is no page but a part of one, chosen by hand.
_SHORT = 14
# A sentence has more words than a label.
_LABEL = 2
_ADVERTISEMENTS = frozenset(
    "advertisement advert anzeige werbung publicité publicidad pubblicità advertentie".split()
)
# A heading and a byline.
_HEADING_LINES = 2
# So few lines below an article are no footer.
_REST = 2
# A counter so many lines below the start, with so many lines of prose below, ends nothing.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Division:
    """The part each line belongs to."""

    parts: tuple[int, ...]  # BEFORE, ARTICLE, INSIDE or AFTER
    unproven: frozenset[int]  # indices of lines not of the article that are kept all the same
    sureness: tuple[int, ...]  # how much worse the text would be with the line kept, or dropped
    signs: Signs
    model: Model

    def reason(self, i: int) -> str:
        """Return the sign that speaks most for the line's part."""
        if self.parts[i] == ARTICLE:
            return ""
        return scale(self.model).loudest(self.signs, i, self.parts[i], ARTICLE)

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
    signs = bundles_of(lines)
    parts, worths = best_path(model, scale(model).scores(signs))
    parts = _ended_by_cue(lines, parts)
    return Division(
        parts=parts,
        unproven=frozenset(_unproven(lines, parts)),
        sureness=tuple(
            abs(worth[ARTICLE] - max(worth[BEFORE], worth[INSIDE], worth[AFTER]))
            for worth in worths
        ),
        signs=signs,
        model=model,
    )


def _unproven(lines: Sequence[TextLine], parts: Sequence[int]) -> Iterator[int]:
    """Yield the lines that only look like furniture: what no rule recognises is kept.

    Results, recipes and lists of dates look like menus. Inside the article, and around it in a
    short text, a run of lines is kept where no phrase of furniture stands in it or right above it.
    So is what little follows the article, such as a sentence that was cut; of more, the sentences
    up to the first line that is none.
    """
    known = [_is_known(lines, i) for i in range(len(lines))]
    is_short = len(lines) <= _SHORT
    i = 0
    for part, run in groupby(parts):
        end = i + sum(1 for _ in run)
        if part != ARTICLE and not any(known[max(0, i - 1) : end]):
            if part == INSIDE or is_short or (part == AFTER and end - i <= _REST):
                yield from range(i, end)
            elif part == AFTER:
                yield from takewhile(lambda j: _is_sentence(lines[j]), range(i, end))
        elif part == INSIDE:
            yield from _headings_below(lines, known, i, end)
        elif part == AFTER:
            yield from _sentences_below(lines, known, i, end)
        elif part == BEFORE and is_short:
            above = range(end - 1, i - 1, -1)
            yield from takewhile(lambda j: lines[j].prose and not known[j], above)
        i = end


def _headings_below(
    lines: Sequence[TextLine], known: Sequence[bool], i: int, end: int
) -> Iterator[int]:
    """Yield what stands between furniture and the text that goes on below it.

    It is a heading, and a byline at most: more lines are furniture of their own.
    """
    last = max((j for j in range(max(0, i - 1), end) if known[j]), default=-1)
    if last >= 0 and end - last - 1 <= _HEADING_LINES and "box" not in lines[last].sections:
        yield from range(last + 1, end)


def _is_known(lines: Sequence[TextLine], i: int) -> bool:
    """Tell whether a line says itself that it is furniture.

    A bare word that can end an article ("Comments") says nothing where prose follows it.
    """
    line = lines[i]
    cue = line.cue(*FURNITURE)
    if cue is None:
        return is_path(line)
    is_heading = " " not in cue.phrase and i + 1 < len(lines) and lines[i + 1].prose
    return cue.section != "end" or not is_heading


def _sentences_below(
    lines: Sequence[TextLine], known: Sequence[bool], i: int, end: int
) -> Iterator[int]:
    """Yield the sentences right below an article, and the headings above them.

    In a short text they may stand below single furniture, in a page below a picture or an
    advertisement: what ends an article says so.
    """
    is_page = len(lines) > _SHORT
    labels: list[int] = []
    in_box = False
    for j in range(i, end):
        line = lines[j]
        if known[j]:
            if "end" in line.sections or (is_page and not _interrupts(line)):
                return
            labels, in_box = [], "box" in line.sections
        elif in_box and not line.stopped:
            continue
        elif _is_sentence(line):
            yield from (*labels, j)
            labels, in_box = [], False
        elif is_page:
            return
        else:
            labels.append(j)


def _interrupts(line: TextLine) -> bool:
    """Tell whether a line stands between two paragraphs without ending anything."""
    return line.folded in _ADVERTISEMENTS or is_caption(line.text)


def _is_sentence(line: TextLine) -> bool:
    return line.stopped and line.words > _LABEL


def _ended_by_cue(lines: Sequence[TextLine], parts: Sequence[int]) -> tuple[int, ...]:
    """Let the article end at the first line that says so, such as "Leave a comment"."""
    start = parts.index(ARTICLE) if ARTICLE in parts else len(parts)
    for i in range(start, len(parts)):
        cue = lines[i].cue("end")
        if cue and not cue.is_inside and not lines[i].prose and _ends_here(lines, start, i, cue):
            return (*parts[:i], *(AFTER if part == ARTICLE else part for part in parts[i:]))
    return tuple(parts)


def _ends_here(lines: Sequence[TextLine], start: int, i: int, cue: Cue) -> bool:
    """Tell whether an end cue ends the article.

    A bare word ("Comments") may be a heading in it, a counter ("3 Comments") may stand above it.
    """
    below = lines[i + 1 :]
    if "#" in cue.phrase and i - start < _NEAR and sum(line.prose for line in below) >= _NEAR:
        return False
    if " " in cue.phrase:
        return True
    return not any(line.prose for line in below) or any(line.cue("end") for line in below)
