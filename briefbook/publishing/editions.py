"""Editions: all that was added on one day, as one page that ends.

In: a Press and a day. Out: the HTML of its page. What it says of a story is what was known by the
end of that day, so an entry of another day never changes it beyond the links to its neighbours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefbook.model import PublicEntry, Story
from briefbook.publishing import urls
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import (
    Contents,
    FeedLink,
    Headline,
    Link,
    Page,
    Press,
    days_of,
    entry_headline,
    feeds_near,
    feeds_of,
    is_for_all,
    shown,
    told,
)
from briefbook.text.words import count_words

# Silent reading of adults, English non-fiction (Brysbaert 2019).
_WORDS_PER_MINUTE = 238


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionStory:
    """What one day brought of one event."""

    headline: Headline  # the entry, or what several say together
    reports: tuple[Headline, ...]  # where there are several that day: each, in order of arrival
    before: Headline | None  # the last report of an earlier day


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """An edition as a link."""

    path: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPage(Page):
    """One day."""

    day: date
    count: int  # entries
    minutes: int  # to read the headlines and bottom lines
    stories: tuple[EditionStory, ...]  # what more origins say first, then in order of arrival
    earlier: Day | None
    later: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine:
    """An edition in the list of all."""

    path: str
    day: date
    count: int  # entries


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionMonth:
    """The editions of one month."""

    month: date  # its first day
    editions: tuple[EditionLine, ...]  # newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionsPage(Page):
    """All editions."""

    months: tuple[EditionMonth, ...]  # newest first
    own_feeds: FeedLink


def editions(press: Press) -> str:
    """Return the list of all editions."""
    contents = press.contents
    months: dict[date, list[EditionLine]] = {}
    for day, entries in days_of(contents, contents.entries.values()).items():
        line = EditionLine(path=urls.edition(day), day=day, count=len(entries))
        months.setdefault(day.replace(day=1), []).append(line)
    own = feeds_of(press.say("editions_follow"), urls.EDITIONS)
    page = EditionsPage(
        path=urls.EDITIONS,
        title=press.say("editions"),
        description=press.say("editions_description", site=contents.site.title),
        feeds=(own, *feeds_near(contents)),
        months=tuple(EditionMonth(month=m, editions=tuple(months[m])) for m in months),
        own_feeds=own,
    )
    return press.print("pages/editions.html", page)


def day_link(day: date) -> Day:
    """Return an edition as a link."""
    return Day(path=urls.edition(day), day=day)


def edition(
    press: Press,
    day: date,
    entries: Sequence[PublicEntry],
    earlier: date | None,
    later: date | None,
) -> str:
    """Return the edition of a day.

    Args:
        press: Where the entries are.
        day: The day.
        entries: What was added that day, newest first; () where nothing of it is here any more.
        earlier: The day of the edition before.
        later: The day of the edition after.
    """
    contents = press.contents
    stories = stories_of_day(contents, entries[::-1], day)
    page = EditionPage(
        path=urls.edition(day),
        title=press.say("edition"),
        description=press.say("edition_description", site=contents.site.title),
        feeds=feeds_near(contents),
        is_indexed=is_for_all(entries),
        trail=(Link(path=urls.EDITIONS, title=press.say("editions")),),
        day=day,
        count=len(entries),
        minutes=_minutes(stories),
        stories=stories,
        earlier=day_link(earlier) if earlier else None,
        later=day_link(later) if later else None,
    )
    return press.print("pages/edition.html", page)


def stories_of_day(
    contents: Contents, entries: Sequence[PublicEntry], day: date
) -> tuple[EditionStory, ...]:
    """Return what a day brought, what more origins say first.

    Args:
        contents: Where the entries are.
        entries: What was added that day, in order of arrival.
        day: The day.
    """
    found: dict[str, list[PublicEntry]] = {}
    for entry in entries:
        story = contents.story_of.get(entry.slug)
        found.setdefault(f"story {story.slug}" if story else f"entry {entry.slug}", []).append(
            entry
        )
    made = [_story(contents, group, day) for group in found.values()]
    return tuple(sorted(made, key=lambda story: -story.headline.origins))


def _story(contents: Contents, today: Sequence[PublicEntry], day: date) -> EditionStory:
    """Return what the entries of a day say of their one event."""
    story = contents.story_of.get(today[0].slug)
    by_then = _by_then(contents, story, day) if story else today
    before = [entry for entry in by_then if entry not in today]
    headline = entry_headline(contents, today[0])
    if story and len(today) > 1:
        headline = replace(told(contents, story, today), differs=_differs(story, by_then))
    if story and len(by_then) > 1:
        headline = replace(headline, origins=told(contents, story, by_then).origins)
    return EditionStory(
        headline=headline,
        reports=tuple(entry_headline(contents, e) for e in today) if len(today) > 1 else (),
        before=entry_headline(contents, before[-1]) if before else None,
    )


def _by_then(contents: Contents, story: Story, day: date) -> tuple[PublicEntry, ...]:
    entries = shown(contents, story.entries)
    return tuple(entry for entry in entries if local_day(entry.appeared, contents.site) <= day)


def _differs(story: Story, entries: Sequence[PublicEntry]) -> bool:
    slugs = {entry.slug for entry in entries}
    return any(sum(c.key in slugs for c in row.claims) > 1 for row in story.differences)


def _minutes(stories: Sequence[EditionStory]) -> int:
    words = sum(
        count_words(f"{story.headline.title} {story.headline.summary}") for story in stories
    )
    return max(1, math.ceil(words / _WORDS_PER_MINUTE))
