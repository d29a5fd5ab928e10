"""Roles: which lines say something about a text instead of being part of it.

In: the lines, and where the article starts and ends as the cleaner sees it. Out: the headline, and
the lines that are headline, byline, date line or source credit. The boundaries may be off by a few
lines, or by a teaser: what stands just inside them is found as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefbook.parsing import authors, publication
from briefbook.parsing.headline import Headline, find_headline
from briefbook.parsing.lines import TextLine
from briefbook.parsing.page import STOP_AT_END, Page, has_cue
from briefbook.text.words import folded

HEADLINE = "headline"
BYLINE = "byline"
DATE_LINE = "date line"
CREDIT = "source credit"

# A credit line ("Source: …") has at most this many words.
_CREDIT_WORDS = 16
_PLAIN_WORDS = 3
# A line with date and author on it has at most this many words; a longer one says more.
_MOST_WORDS = 20
# Bylines and date lines inside the text stand within this many lines of its start or end.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Roles:
    """What the lines of a page are, besides text and furniture."""

    page: Page
    headline: Headline | None
    publication: publication.Candidate | None
    authors: authors.Candidate | None
    by_line: Mapping[int, str]  # by index: HEADLINE, BYLINE, DATE_LINE or CREDIT


def find_roles(lines: Sequence[TextLine], start: int, end: int) -> Roles:
    """Return the roles of the lines.

    Args:
        lines: Every line that is not blank, in order.
        start: Index of the first line of the article's text.
        end: Index past its last line.
    """
    page = Page(lines, start, end)
    headline = find_headline(page)
    title = headline.place if headline else None
    published = publication.find_publication(page, title)
    written = authors.find_authors(page, title, published.place if published else None)
    by_line = dict(_roles_above(page)) | dict(_roles_inside(page))
    written = written or authors.plain_byline(
        page, [i for i, role in sorted(by_line.items()) if role != CREDIT]
    )
    if written and _only_metadata(page, written.place):
        by_line[written.place] = BYLINE
    if published and _is_dated_line(page, published.place):
        by_line.setdefault(published.place, DATE_LINE)
    return Roles(page, headline, published, written, by_line | dict(_headlines(page, headline)))


def _only_metadata(page: Page, i: int) -> bool:
    """Tell whether a line with a date or a name on it is no part of the text."""
    line = page.lines[i]
    return not line.prose and line.words <= _MOST_WORDS


def _is_dated_line(page: Page, i: int) -> bool:
    """Tell whether the line of the date of publication is no part of the text.

    Inside the text it says hardly more than the date: a line of a chat starts with its time.
    """
    inside = page.start <= i < page.end
    return _only_metadata(page, i) and (not inside or page.bylines[i] or page.is_date_line(i))


def _headlines(page: Page, headline: Headline | None) -> Iterator[tuple[int, str]]:
    """Yield the lines the headline and the others first stand on."""
    if headline is not None:
        numbers = {headline.line, *headline.other_lines}
        texts = {folded(text) for text in (headline.text, *headline.others)}
        for i, line in enumerate(page.lines):
            # A line with a path before the headline or the outlet behind it is no headline.
            if line.number in numbers and line.folded in texts:
                yield i, HEADLINE


def _roles_above(page: Page) -> Iterator[tuple[int, str]]:
    for i, line in enumerate(page.lines[: page.start]):
        if page.bylines[i]:
            yield i, BYLINE
        elif page.is_date_line(i):
            yield i, DATE_LINE
        elif _is_credit(line):
            yield i, CREDIT


def _is_credit(line: TextLine) -> bool:
    """Tell whether a line names whose text it first was.

    "Source: the mud, which …" is a sentence; so many words as "this article first appeared in" are
    plain in one too.
    """
    cue = line.cue("origin")
    if cue is None or line.words > _CREDIT_WORDS:
        return False
    return not line.prose or (not cue.is_inside and len(cue.phrase.split()) >= _PLAIN_WORDS)


def _roles_inside(page: Page) -> Iterator[tuple[int, str]]:
    """Yield metadata inside the text.

    A byline stands near the start or under a headline, a date line near the start or the end:
    anywhere else the same words are a row of a chronology or the writer's own.
    """
    for i in range(page.start, min(page.end + _NEAR, len(page.lines))):
        line = page.lines[i]
        near_start, near_end = i - page.start < _NEAR, page.end - i <= _NEAR
        above = page.lines[i - 1] if i else None
        under_headline = above and not above.prose and not STOP_AT_END.search(above.text)
        if _is_credit(line) and (i < page.end or not has_cue(line, "end", "box")):
            yield i, CREDIT
        elif i >= page.end:
            continue
        elif (near_start or under_headline) and page.bylines[i]:
            yield i, BYLINE
        elif (near_start or near_end) and page.is_date_line(i, beside=0):
            yield i, DATE_LINE
