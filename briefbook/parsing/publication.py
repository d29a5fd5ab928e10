"""Publication: which of the dates on a page is the day the text was published.

In: the page and its headline. Out: one date, or None. Every date of a line that is no prose is a
candidate, and one that opens prose, as a dateline does; signs with weights
(`weights/publication.tsv`) choose. Dates of comments, teasers and the day the page was shown lose.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefbook.parsing.choice import choose, load
from briefbook.parsing.cues import words_of
from briefbook.parsing.dates import DateFound
from briefbook.parsing.page import Page, has_cue
from briefbook.parsing.steps import step, steps
from briefbook.text.words import fold_word

# Lines between a date and what it stands near.
_AWAY = steps(0, 1, 2, 3, 4, 8, 20, 60)
_WORD = re.compile(r"[^\W\d_]+")
# A box of other articles has about this many lines below its heading.
_BOX = 6
# A date that opens prose has at most this many words before it.
_OPENING_WORDS = 3
# "Changed" and the like stand within this many words before the date.
_SAYING = 3
# What a page says of itself may have been taken for the last lines of the text.
_LAST = 3
# Nothing a page tells of itself was published before the web; older dates are history.
_FIRST_YEAR = 1990
# A line with a date within this many lines of another is one of a list of articles or comments.
_NEIGHBOURS = 6
# The dates of publication and of a change stand within this many lines of each other.
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that could be the one."""

    place: int  # index of its line
    found: DateFound
    signs: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day, without time."""
        value = self.found.value
        return value.date() if isinstance(value, datetime) else value


def find_publication(page: Page, headline: int | None) -> Candidate | None:
    """Return the date of publication, or None where no date is surely it.

    Args:
        page: The page.
        headline: Index of the headline's line.
    """
    found = publication_candidates(page, headline)
    chosen = choose(load("publication"), [one.signs for one in found], [one.day for one in found])
    return _first_not_updated(found, found[chosen.place]) if chosen else None


def _first_not_updated(found: Sequence[Candidate], best: Candidate) -> Candidate:
    """Return the date of publication next to one of a change: "Updated 4 May, published 2 May"."""
    if "updated before" not in best.signs:
        return best
    return next(
        (
            one
            for one in found
            if "published before" in one.signs
            and "updated before" not in one.signs
            and abs(one.place - best.place) <= _BESIDE
            and one.day <= best.day
        ),
        best,
    )


def publication_candidates(page: Page, headline: int | None) -> list[Candidate]:
    """Return the dates that could be it, with their signs, in order."""
    spots = list(_spots(page))
    days = [_day(found) for _, _, found in spots]
    counts = Counter(days)
    newest, oldest = max(days, default=None), min(days, default=None)
    places = [i for i, _, _ in spots]
    lines = sorted(set(places))
    below = next((n for n, i in enumerate(places) if headline is not None and i >= headline), None)
    result = []
    for n, (i, nth, found) in enumerate(spots):
        signs = [
            *_line_signs(page, i, nth, found),
            *_place_signs(page, i, headline),
            *_neighbour_signs(page, i),
            *_list_signs(places, lines, n, below),
            f"same day {min(3, counts[days[n]])}",
        ]
        if days[n] == newest:
            signs.append("newest")
        if days[n] == oldest:
            signs.append("oldest")
        if len(counts) == 1:
            signs.append("only day")
        result.append(Candidate(i, found, tuple(signs)))
    return result


def _spots(page: Page) -> Iterator[tuple[int, int, DateFound]]:
    """Yield line, place among the line's dates, and date."""
    others = _of_others(page)
    for i, dated in enumerate(page.dated):
        for nth, found in enumerate(dated.dates):
            counts = found.value.year >= _FIRST_YEAR and _may_count(page, i, found)
            if counts and not (i in others and not _says_so(page, i, found)):
                yield i, nth, found


def _of_others(page: Page) -> set[int]:
    """Return the lines below the text that belong to comments or to boxes of other articles."""
    others: set[int] = set()
    for i in range(page.start + 1, len(page.lines)):
        line = page.lines[i]
        if line.prose or not line.cues:
            continue
        if has_cue(line, "end") and not page.dated[i].dates:
            others.update(range(i, len(page.lines)))
            break
        if has_cue(line, "box"):
            others.update(range(i, i + _BOX))
    return others


def _says_so(page: Page, i: int, found: DateFound) -> bool:
    """Tell whether the words before a date say that something was published or changed."""
    before = page.lines[i].text[: found.start].split()
    said = {fold_word(word.strip(":|(")) for word in before[-_SAYING:]}
    return not said.isdisjoint(words_of("updated") | words_of("published"))


def _may_count(page: Page, i: int, found: DateFound) -> bool:
    """Tell whether a date is no part of a sentence.

    Prose may open with a date ("Bremen, 3 May 2024. The …", "03.05.2024The …"), and a sentence
    outside the text may say when the page was changed.
    """
    line = page.lines[i]
    if not line.prose:
        return True
    before = line.text[: found.start].split()
    if len(before) <= _OPENING_WORDS:
        behind = line.text[found.end : found.end + 2]
        return not (behind[:1] in (" ", ",") and behind.strip(" ,")[:1].islower()) and (
            not before or not behind[:1].isspace() or not behind.strip().isalnum()
        )
    outside = i < page.start or i >= page.end - _LAST
    return outside and _says_so(page, i, found)


def _day(found: DateFound) -> date:
    return found.value.date() if isinstance(found.value, datetime) else found.value


def _line_signs(page: Page, i: int, nth: int, found: DateFound) -> Iterator[str]:
    """Yield what the line says around the date."""
    line, dated = page.lines[i], page.dated[i]
    kind = page.kinds[i]
    yield f"line {kind}"
    beside = dated.beside
    much = str(beside) if beside < 3 else "3-5" if beside < 6 else "6-10" if beside < 11 else "11-"
    yield f"beside {much}"
    yield f"{kind} beside {much}"
    yield f"date {min(2, nth)} of the line"
    before = [fold_word(word) for word in _WORD.findall(line.text[: found.start])]
    after = [fold_word(word) for word in _WORD.findall(line.text[found.end : found.end + 40])]
    yield f"words before {min(4, len(before))}"
    yield f"words after {min(4, len(after))}"
    yield "before: " + (before[-1] if before else "nothing")
    yield "after: " + (after[0] if after else "nothing")
    for section in ("published", "updated"):
        if words_of(section).intersection(before[-3:]):
            yield f"{section} before"
        if words_of(section).intersection(after[:2]):
            yield f"{section} after"
    if found.has_time:
        yield "time"
    if found.is_ambiguous:
        yield "ambiguous"
    for cue in line.cues[:2]:
        yield f"cue {cue.section}"


def _place_signs(page: Page, i: int, headline: int | None) -> Iterator[str]:
    """Yield where the line stands from headline, start and end of the text."""
    if headline is None:
        yield "no headline"
    else:
        away = i - headline
        yield f"{'below' if away > 0 else 'above'} the headline by {step(_AWAY, abs(away))}"
    yield from page.place_signs(i, headline, _AWAY)
    yield "line " + ("0-2" if i < 3 else "3-9" if i < 10 else "10-")


def _neighbour_signs(page: Page, i: int) -> Iterator[str]:
    """Yield what kinds of lines stand around."""
    kinds = f"__{page.kinds}__"
    here = i + 2
    yield f"above {kinds[here - 1]}"
    yield f"below {kinds[here + 1]}"
    yield f"above {kinds[here - 2 : here]}"
    yield f"below {kinds[here + 1 : here + 3]}"
    if page.has_gaps:
        yield f"gaps {page.gap(i):d}{page.gap(i + 1):d}"
    for cue in page.lines[i - 1].cues[:1] if i else ():
        yield f"above: {cue.section}"


def _list_signs(
    places: Sequence[int], lines: Sequence[int], n: int, below: int | None
) -> Iterator[str]:
    """Yield where the date stands among the dates of the page, and `lines` those that have any."""
    here = places[n]
    near = bisect_right(lines, here + _NEIGHBOURS) - bisect_left(lines, here - _NEIGHBOURS) - 1
    yield f"dated lines near {min(4, near)}"
    yield f"date {min(3, n)} of the page"
    yield "dates " + (str(len(places)) if len(places) < 4 else "4-9" if len(places) < 10 else "10-")
    if below is not None:
        yield f"date {max(-2, min(3, n - below))} from the headline"
