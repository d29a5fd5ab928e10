"""The page of corrections: what was wrong on this site, and what is right.

In: a Press. Out: the HTML of the page.
"""

from dataclasses import dataclass

from briefbook.model import Correction, PublicEntry, Status
from briefbook.publishing import urls
from briefbook.publishing.contents import EVERYTHING, Contents
from briefbook.publishing.moments import corrected_at
from briefbook.publishing.press import Press
from briefbook.publishing.views import FeedLink, Headline, Page, feeds_near, feeds_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """One correction."""

    entry: Headline
    correction: Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage(Page):
    """All corrections."""

    corrections: tuple[CorrectionRow, ...]  # newest first
    own_feeds: FeedLink


def corrected(contents: Contents, under: str = EVERYTHING) -> list[PublicEntry]:
    """Return the entries of a list with corrections, as they arrived, then those withdrawn."""
    entries = [*map(contents.entry, contents.corrected.members(under))]
    return sorted(entries, key=lambda entry: entry.status is Status.WITHDRAWN)


def corrections(press: Press) -> str:
    """Return the page of all corrections, newest first."""
    contents = press.contents
    rows = [
        (
            corrected_at(entry, correction, contents.site),
            CorrectionRow(entry=contents.headline(entry.slug), correction=correction),
        )
        for entry in corrected(contents)
        for correction in entry.told_corrections
    ]
    # Of one moment the last one first, as everywhere.
    rows.reverse()
    rows.sort(key=lambda row: row[0], reverse=True)
    own = feeds_of(press.say("corrections_follow"), urls.CORRECTIONS)
    page = CorrectionsPage(
        path=urls.CORRECTIONS,
        title=press.say("corrections"),
        description=press.say("corrections_description", site=contents.site.title),
        feeds=(own, *feeds_near(contents.site)),
        corrections=tuple(row for _, row in rows),
        own_feeds=own,
    )
    return press.print("pages/corrections.html", page)
