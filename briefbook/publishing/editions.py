"""Editions: all that was added on one day, as one page that ends.

In: a Press and a day. Out: the HTML of its page. What it says of a story is what was known by the
end of that day, so an entry of another day never changes it beyond the links to its neighbours.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefbook.model import Story
from briefbook.publishing import urls
from briefbook.publishing.contents import Contents
from briefbook.publishing.headlines import is_for_all, reports_of, told
from briefbook.publishing.press import Press
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import FeedLink, Headline, Link, Page, feeds_near, feeds_of
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
    for key, count in reversed(contents.days.counts()):
        day = date.fromisoformat(key)
        line = EditionLine(path=urls.edition(day), day=day, count=count)
        months.setdefault(day.replace(day=1), []).append(line)
    own = feeds_of(press.say("editions_follow"), urls.EDITIONS)
    page = EditionsPage(
        path=urls.EDITIONS,
        title=press.say("editions"),
        description=press.say("editions_description", site=contents.site.title),
        feeds=(own, *feeds_near(contents.site)),
        months=tuple(EditionMonth(month=m, editions=tuple(months[m])) for m in months),
        own_feeds=own,
    )
    return press.print("pages/editions.html", page)


def day_link(day: date) -> Day:
    """Return an edition as a link."""
    return Day(path=urls.edition(day), day=day)


def edition(press: Press, day: date) -> str:
    """Return the edition of a day; it may be one of which nothing is here any more."""
    contents = press.contents
    slugs = contents.days.members(day.isoformat())
    stories = stories_of_day(contents, slugs, day)
    near = (date.fromisoformat(key) if key else None for key in contents.days.near(day.isoformat()))
    earlier, later = (day_link(other) if other else None for other in near)
    page = EditionPage(
        path=urls.edition(day),
        title=press.say("edition"),
        description=press.say("edition_description", site=contents.site.title),
        feeds=feeds_near(contents.site),
        is_indexed=is_for_all(tuple(map(contents.headline, slugs))),
        trail=(Link(path=urls.EDITIONS, title=press.say("editions")),),
        day=day,
        count=len(slugs),
        minutes=_minutes(stories),
        stories=stories,
        earlier=earlier,
        later=later,
    )
    return press.print("pages/edition.html", page)


def stories_of_day(contents: Contents, slugs: Sequence[str], day: date) -> tuple[EditionStory, ...]:
    """Return what a day brought, what more origins say first.

    Args:
        contents: Where the entries are.
        slugs: What was added that day, in order of arrival.
        day: The day.
    """
    found: dict[str, list[str]] = {}
    for slug in slugs:
        story = contents.story_of(slug)
        found.setdefault(f"story {story.slug}" if story else f"entry {slug}", []).append(slug)
    made = [_story(contents, group, day) for group in found.values()]
    return tuple(sorted(made, key=lambda story: -story.headline.origins))


def _story(contents: Contents, slugs: Sequence[str], day: date) -> EditionStory:
    """Return what the entries of a day say of their one event."""
    story = contents.story_of(slugs[0])
    today = {slug: contents.headline(slug) for slug in slugs}
    by_then = _by_then(contents, story, day) if story else today
    before = [line for slug, line in by_then.items() if slug not in today]
    headline = today[slugs[0]]
    if story and len(today) > 1:
        headline = replace(told(contents, story, today), differs=_differs(story, by_then))
    if story and len(by_then) > 1:
        headline = replace(headline, origins=told(contents, story, by_then).origins)
    return EditionStory(
        headline=headline,
        reports=tuple(today.values()) if len(today) > 1 else (),
        before=before[-1] if before else None,
    )


def _by_then(contents: Contents, story: Story, day: date) -> dict[str, Headline]:
    lines = reports_of(contents, story)
    return {s: line for s, line in lines.items() if local_day(line.added, contents.site) <= day}


def _differs(story: Story, slugs: Collection[str]) -> bool:
    return any(sum(c.key in slugs for c in row.claims) > 1 for row in story.differences)


def _minutes(stories: Sequence[EditionStory]) -> int:
    words = sum(
        count_words(f"{story.headline.title} {story.headline.summary}") for story in stories
    )
    return max(1, math.ceil(words / _WORDS_PER_MINUTE))
