"""Tables: which kept lines are rows, and what their cells are.

In: the kept lines. Out: the numbers of those that are rows of a table: certain where columns are
divided by tabs, bars or wide gaps, apparent where they were lost. What is not certain has no cells.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from briefbook.parsing.blocksigns import BodyLine

_STOP = re.compile(r"[.!…。！][\"'”’»)\]]*\s*$")
# A table whose columns are lost has at least so many rows, a row at most so many characters: what
# else stands together in the corpus are lists and addresses.
_FEWEST_ROWS, _LONGEST_ROW = 3, 160
# It stands in a text of which more than this share of the lines have a gap above.
_FEWEST_GAPS = 0.25
# So many of its rows open with words of their own; of those below the head, so many hold figures,
# among their last words: in the corpus rows of figures do, dates and counts in lists do not.
_DIFFERENT, _WITH_FIGURES, _AT_END = 0.6, 0.7, 4
# Rows with a colon or semicolon are at most so many: labels and their values are a list.
_LABELLED = 0.2
# Of rows without figures, as many cells in the mean.
_CELLS = 2.5
_ENDS_AS_PROSE = re.compile(r"[.!?…,;:。！][\"'”’»)\]]*$")
# What no row of words and figures has: a comma, a colon, a bracket, a dash, a stop at its end.
_PROSE_MARK = re.compile(r"[,;:(\[!?…]\s|\s[–—-]\s|[.!?…,;:]$|\.\s|\(")
# No table made for readers is wider; Python-Markdown takes long over such rows.
_MOST_CELLS = 40
# What divides cells: the first of these that a line has.
_DIVIDERS = tuple(map(re.compile, (r"\t+", r"\|", r"\s{3,}")))


def table_rows(lines: Sequence[BodyLine], own: Mapping[int, object]) -> set[int]:
    """Return the numbers of the lines that are rows.

    Args:
        lines: The kept lines.
        own: What a line is by its own marks, by line number, None where it has none.
    """
    return _divided_rows(lines, own) | _flattened_rows(lines, own)


def cells_of(text: str) -> tuple[str, ...]:
    """Return the cells of a row, empty ones left out; one cell where nothing divides it."""
    line = text.strip().strip("|").strip()
    divider = next((d for d in _DIVIDERS if d.search(line)), _DIVIDERS[0])
    return tuple(cell.strip() for cell in divider.split(line) if cell.strip())


def _divided_rows(lines: Sequence[BodyLine], own: Mapping[int, object]) -> set[int]:
    """Return the numbers of the lines whose columns are certain.

    Certain means: two lines or more in a row, divided by tabs, bars or wide gaps into the same
    number of cells. A table flattened with single spaces is not certain and stays as lines.
    """
    rows: set[int] = set()
    run: list[BodyLine] = []
    for line in [*lines, None]:
        divided = line is not None and not own[line.number] and _is_divided(line.text)
        if line is not None and divided and _fits(line, run):
            run.append(line)
            continue
        if len(run) >= 2:
            rows.update(row.number for row in run)
        run = [line] if line is not None and divided else []
    return rows


def _flattened_rows(lines: Sequence[BodyLine], own: Mapping[int, object]) -> set[int]:
    """Return the numbers of the lines of a table whose columns are lost.

    In a text with blank lines between its blocks, three lines or more that stand together below no
    colon, have no full stop and open with different words, and of which all but the first, the
    head, hold figures or words like the cells of a row.
    """
    if sum(line.gap for line in lines) <= len(lines) * _FEWEST_GAPS:
        return set()
    rows: set[int] = set()
    run: list[BodyLine] = []
    lead = ""  # the line above the run
    for line in [*lines, None]:
        fits = line is not None and not own[line.number] and _may_be_row(line.text)
        if line is not None and fits and run and not line.gap:
            run.append(line)
            continue
        if len(run) >= _FEWEST_ROWS and not lead.endswith(":") and _is_flattened(run):
            rows.update(row.number for row in run)
        lead = run[-1].text if run else lead
        run = [line] if line is not None and fits else []
        if line is not None and not fits:
            lead = line.text
    return rows


def _is_flattened(run: Sequence[BodyLine]) -> bool:
    opening = {row.text.split(maxsplit=1)[0] for row in run}
    if len(opening) < _DIFFERENT * len(run):
        return False
    labelled = sum(": " in row.text or "; " in row.text for row in run)
    figures = sum(_holds_figures(row.text) for row in run[1:])
    if figures >= _WITH_FIGURES * (len(run) - 1) and labelled <= _LABELLED * len(run):
        return True
    cells = [_apparent_cells(row.text) for row in run[1:]]
    return (
        len(opening) == len(run)
        and min(cells) > 1
        and sum(cells) >= _CELLS * len(cells)
        and not any(_PROSE_MARK.search(row.text) for row in run)
    )


def _holds_figures(text: str) -> bool:
    """Tell whether a figure stands in a row behind its first word, at its end or near it."""
    return any(word[0].isdigit() for word in text.split()[1:][-_AT_END:])


def _may_be_row(text: str) -> bool:
    """Tell whether a line may be a row: not long, without a mark of prose at its end."""
    return len(text) <= _LONGEST_ROW and not text[0].islower() and not _ENDS_AS_PROSE.search(text)


def _apparent_cells(text: str) -> int:
    """Count the cells of a row divided by single spaces: each starts with a capital or a digit."""
    starts = (
        after[0].isdigit() or (after[0].isupper() and not before[0].isupper())
        for before, after in pairwise(text.split())
    )
    return 1 + sum(starts)


def _fits(line: BodyLine, run: Sequence[BodyLine]) -> bool:
    return not run or len(cells_of(line.text)) == len(cells_of(run[0].text))


def _is_divided(text: str) -> bool:
    if "\t" not in text and "|" not in text and "   " not in text:
        return False
    return 2 <= len(cells_of(text)) <= _MOST_CELLS and not _STOP.search(text)
