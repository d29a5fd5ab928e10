"""Page: the lines of a source as the choosers of metadata see them, each looked at once.

In: the lines, and where the cleaner thinks the article starts and ends. Out: for every line what it
looks like, found when first asked for.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from briefbook.parsing.bylines import is_byline
from briefbook.parsing.dates import DateFound, find_dates
from briefbook.parsing.lines import TextLine, kept_of_text
from briefbook.parsing.steps import step
from briefbook.text.scripts import language_of
from briefbook.text.words import folded

STOP_AT_END = re.compile(r"[.!?…:。！？؟:][\"'”’»)\]]*\s*$")
FULL_STOP = re.compile(r"[.!…。][\"'”’»)\]]*\s*$")
# The sign first: a pattern that starts with white space is tried at every word.
BREADCRUMB = re.compile(r"(?<=\s)[/»>›→\\](?=\s)")
CAPTION_END = re.compile(
    r"(?:\(?\b(?:photo|image|picture|photograph|credit|file photo|handout|graphic|illustration)s?\b"
    r"\s*[:/|].{1,60}|\b(?:handout|file photo)\b|"
    r"/\s?(?:getty|reuters|afp|ap|epa|yonhap)\b.{0,30})\)?\s*$",
    re.I,
)
# A label such as "Defence" or "Policy & Trade" has at most this many words.
LABEL_WORDS = 3
# Dates are looked for in the first words of a line only: farther on they stand in prose.
_DATE_REACH = 240
# Above the text a date line has at most this many words besides date and "updated" and the like.
_WORDS_BESIDE_DATE = 5
_LONGEST_DATE_LINE = 24
# A byline has at most this many words.
_BYLINE_WORDS = 16
# A line with a path has fewer words than this.
_LONGEST_PATH = 30
_DATE_WORDS = re.compile(
    r"\b(?:published|updated|posted|last|modified|on|at|by|created|first|veröffentlicht|publié|"
    r"publicado|pubblicato|am|vom|stand|datum|erstellt|aktualisiert|um|von|"
    r"a\.m|pm|p\.m|uhr|kst|gmt|utc|et|edt|est|mon|tue|wed|thu|fri|sat|sun|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)\w*",
    re.I,
)
_WORD = re.compile(r"\w+")
_SENTENCE_END = (".", "!", "?")
_UNACCENTED = {**str.maketrans("áàâãéèêëíîïóôõúûñç", "aaaaeeeeiiiooouunc"), ord("-"): None}
# Running text is a sentence of so many words with another within so many lines below.
_RUNNING_WORDS = 18
_RUNNING_LINES = 3
# The language of a text shows in this many characters of its prose.
_SAMPLE = 4000


@dataclass(frozen=True, slots=True)
class _Dated:
    """The dates of a line."""

    dates: tuple[DateFound, ...]
    beside: int  # words besides the dates, "updated" and the like
    ends: bool  # something besides the date ends in a full stop, so that it is a sentence


_UNDATED = _Dated((), 0, False)


class Page:
    """The lines and what they look like; lines are named by their index."""

    def __init__(self, lines: Sequence[TextLine], start: int, end: int) -> None:
        self.lines = lines
        self.start = start  # of the first body line
        self.end = end  # past the last body line

    @cached_property
    def dated(self) -> tuple[_Dated, ...]:
        """The dates of each line."""
        found = [_dates_of(line) for line in self.lines]
        if any(one.is_ambiguous for dates in found for one in dates):
            found = self._settled(found)
        return tuple([
            _beside_dates(line, dates) if dates else _UNDATED
            for line, dates in zip(self.lines, found, strict=True)
        ])  # fmt: skip

    def _settled(self, found: Sequence[tuple[DateFound, ...]]) -> list[tuple[DateFound, ...]]:
        """Settle whether 04/05/2025 is a day of May: by another date of the page, or the language.

        An English page without another sign leaves it open.
        """
        orders = Counter(one.order for dates in found for one in dates)
        if orders["month"] > orders["day"]:
            return [
                _plain(find_dates(line.text[:_DATE_REACH], day_first=False)) if dates else ()
                for line, dates in zip(self.lines, found, strict=True)
            ]
        if orders["day"] or self.language not in (None, "en"):
            return [_plain(dates) for dates in found]
        return list(found)

    @cached_property
    def language(self) -> str | None:
        """The language of the prose."""
        text = " ".join(line.text for line in self.lines[self.start : self.end] if line.prose)
        return language_of(text[:_SAMPLE])

    @cached_property
    def running(self) -> int:
        """Where running text first stands in the article, its start where none does.

        What a page says about itself, or a menu, may have been taken for the start.
        """
        for i in range(self.start, self.end):
            if self._runs(i) and any(map(self._runs, self._next(i))):
                return i
        return self.start

    def _runs(self, i: int) -> bool:
        return self.lines[i].words >= _RUNNING_WORDS and self.kinds[i] == "P"

    def _next(self, i: int) -> range:
        return range(i + 1, min(i + 1 + _RUNNING_LINES, self.end))

    @cached_property
    def kinds(self) -> str:
        """A letter for each line.

        P prose, F furniture, D date line, B byline, S short label, M other line.
        """
        return "".join(map(self._kind, range(len(self.lines))))

    def _kind(self, i: int) -> str:
        line = self.lines[i]
        if line.prose and not has_cue(line, "furniture", "end"):
            return "P"
        if self.is_date_line(i):
            return "D"
        if self.bylines[i]:
            return "B"
        if has_cue(line, "furniture", "end", "box"):
            return "F"
        return "S" if line.words <= LABEL_WORDS else "M"

    @cached_property
    def bylines(self) -> tuple[bool, ...]:
        """Whether each line is a plain byline."""
        return tuple([_is_byline(line) for line in self.lines])

    def is_date_line(self, i: int, *, beside: int = _WORDS_BESIDE_DATE) -> bool:
        """Tell whether a line says hardly more than a date.

        Args:
            i: The line.
            beside: How many words it may have besides the date and words such as "updated".
        """
        dated = self.dated[i]
        # "She was born on 3 May 1931." is a sentence.
        return bool(dated.dates) and not dated.ends and dated.beside <= beside

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each folded line stands on the page."""
        places: dict[str, list[int]] = {}
        for i, line in enumerate(self.lines):
            places.setdefault(line.folded, []).append(i)
        return places

    @cached_property
    def path_ends(self) -> dict[str, int]:
        """The last parts of paths and of titles with the outlet before them, and their lines."""
        ends: dict[str, int] = {}
        for i, line in enumerate(self.lines):
            if line.words < _LONGEST_PATH and BREADCRUMB.search(line.text):
                ends.setdefault(folded(BREADCRUMB.split(line.text)[-1]), i)
        return ends

    @cached_property
    def everything(self) -> str:
        """All lines, folded, one below the other."""
        return "\n".join(line.folded for line in self.lines)

    @cached_property
    def squashed(self) -> tuple[str, ...]:
        """Each line as a host would spell it: folded, nothing between the letters."""
        return tuple(
            line.folded.translate(_UNACCENTED).replace("the ", "").replace(" ", "")
            for line in self.lines
        )

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where each line starts in everything."""
        return tuple(accumulate((len(line.folded) + 1 for line in self.lines), initial=0))

    def place_signs(self, i: int, headline: int | None, away: tuple[str, ...]) -> Iterator[str]:
        """Yield where a line stands from start and end of the text.

        Args:
            i: The line.
            headline: The line of the headline.
            away: The steps of the lines between.
        """
        if i < self.start:
            yield f"above the text by {step(away, self.start - i)}"
        elif i < self.end:
            yield f"in the text by {step(away, i - self.start)}"
            yield f"before the end by {step(away, self.end - i)}"
        else:
            yield f"after the text by {step(away, i - self.end + 1)}"
        if headline is not None and headline < i <= self.start:
            yield "between headline and text"

    def gap(self, i: int) -> bool:
        """Tell whether a blank line stands above a line."""
        return i == 0 or i >= len(self.lines) or self._distance(i) > 1

    def _distance(self, i: int) -> int:
        return self.lines[i].number - self.lines[i - 1].number

    @cached_property
    def has_gaps(self) -> bool:
        """Whether some lines are divided by blank ones and some are not."""
        gaps = sum(self._distance(i) > 1 for i in range(1, len(self.lines)))
        return 0 < gaps < len(self.lines) - 1


@kept_of_text
def _is_byline(line: TextLine) -> bool:
    return line.words <= _BYLINE_WORDS and is_byline(line.text)


@kept_of_text
def _dates_of(line: TextLine) -> tuple[DateFound, ...]:
    return find_dates(line.text[:_DATE_REACH]) if line.numbered else ()


def has_cue(line: TextLine, *sections: str) -> bool:
    """Tell whether a line matches a phrase of one of these sections."""
    return bool(line.cues) and not line.sections.isdisjoint(sections)


def _plain(dates: tuple[DateFound, ...]) -> tuple[DateFound, ...]:
    return tuple(replace(one, is_ambiguous=False) for one in dates)


def _beside_dates(line: TextLine, dates: tuple[DateFound, ...]) -> _Dated:
    if line.words > _LONGEST_DATE_LINE:
        return _Dated(dates, line.words, True)
    rest = line.text
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    beside = len(_WORD.findall(_DATE_WORDS.sub(" ", rest)))
    return _Dated(dates, beside, bool(beside) and line.text.rstrip().endswith(_SENTENCE_END))
