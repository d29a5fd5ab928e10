"""The pages that are lists: topics, months, archive. One function per template.

In: a Press. Out: the HTML of one page. Lists are split by month, never by number, so an address
shows the same month for good.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from briefbook.model import PublicEntry, Topic
from briefbook.publishing import schema, urls
from briefbook.publishing.activity import Activity, activity
from briefbook.publishing.editions import Day, day_link
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import (
    Contents,
    FeedLink,
    Headline,
    Link,
    Month,
    Page,
    Press,
    TopicBlock,
    card_of,
    days_of,
    entry_headline,
    feeds_near,
    feeds_of,
    months_of,
    shown,
    story_headline,
)

# Newest entries under each topic of the front page and of the list of topics.
TOPIC_BLOCK_ENTRIES = 3
# A list shows whole months until it has this many entries, and older months as links.
ENTRIES_ON_A_LIST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsPage(Page):
    """The list of topics."""

    topics: tuple[TopicBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage(Page):
    """One topic."""

    count: int
    stories: tuple[Headline, ...]  # of several reports, newest first
    months: tuple[Month, ...]  # with their entries
    older: tuple[Month, ...]  # as links
    activity: Activity | None  # None: too little to compare
    own_feeds: FeedLink


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage(Page):
    """One month of a topic or of the archive."""

    above: Link  # the list it belongs to
    month: Month
    editions: tuple[Day, ...]  # its days, newest first; () in a topic
    earlier: Month | None
    later: Month | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage(Page):
    """All months."""

    count: int
    months: tuple[Month, ...]  # newest first, without entries


def topic_block(contents: Contents, topic: Topic) -> TopicBlock:
    """Return a topic with its newest entries, as it stands on lists of topics."""
    entries = shown(contents, topic.entries)
    return TopicBlock(
        path=urls.topic(topic.slug),
        title=topic.title,
        description=topic.description,
        count=len(entries),
        newest=local_day(entries[-1].appeared, contents.site) if entries else None,
        lines=tuple(
            entry_headline(contents, entry) for entry in reversed(entries[-TOPIC_BLOCK_ENTRIES:])
        ),
        feeds=feeds_of(topic.title, urls.topic(topic.slug)),
    )


def topics(press: Press) -> str:
    """Return the list of topics."""
    contents = press.contents
    page = TopicsPage(
        path=urls.TOPICS,
        title=press.say("topics"),
        description=press.say("topics_description", site=contents.site.title),
        feeds=feeds_near(contents),
        topics=tuple(topic_block(contents, topic) for topic in contents.topics.values()),
    )
    return press.print("pages/topics.html", page)


def topic(press: Press, of: Topic) -> str:
    """Return the page of a topic: its stories, then its newest entries."""
    contents = press.contents
    entries = shown(contents, of.entries)
    by_month = months_of(contents, entries)
    months = _topic_months(of, by_month)
    whole = _months_to_show(months)
    stories = {
        story.slug: story
        for entry in reversed(entries)
        if (story := contents.story_of.get(entry.slug)) and len(shown(contents, story.entries)) > 1
    }
    page = TopicPage(
        path=urls.topic(of.slug),
        title=of.title,
        description=of.description,
        feeds=feeds_near(contents, [of.slug]),
        trail=(Link(path=urls.TOPICS, title=press.say("topics")),),
        described=schema.collection(contents.site, urls.topic(of.slug), of.title, of.description),
        card=card_of(urls.topic(of.slug), of.title),
        count=len(entries),
        stories=tuple(story_headline(contents, story) for story in stories.values()),
        months=tuple(_with_lines(contents, by_month, month) for month in months[:whole]),
        older=months[whole:],
        activity=activity(contents, entries),
        own_feeds=feeds_of(of.title, urls.topic(of.slug)),
    )
    return press.print("pages/topic.html", page)


def _months_to_show(months: tuple[Month, ...]) -> int:
    """Return how many of the newest months it takes to have enough entries."""
    entries = 0
    for number, month in enumerate(months):
        if entries >= ENTRIES_ON_A_LIST:
            return number
        entries += month.count
    return len(months)


def _topic_months(of: Topic, by_month: Mapping[date, tuple[PublicEntry, ...]]) -> tuple[Month, ...]:
    return tuple(
        Month(path=urls.topic_month(of.slug, month), month=month, count=len(entries))
        for month, entries in by_month.items()
    )


def _with_lines(
    contents: Contents, by_month: Mapping[date, tuple[PublicEntry, ...]], month: Month
) -> Month:
    entries = by_month.get(month.month, ())
    return replace(month, lines=tuple(entry_headline(contents, entry) for entry in entries))


def _archive_months(
    by_month: Mapping[date, tuple[PublicEntry, ...]],
) -> tuple[Month, ...]:
    return tuple(
        Month(path=urls.archive_month(month), month=month, count=len(entries))
        for month, entries in by_month.items()
    )


def topic_month(press: Press, of: Topic, month: date) -> str:
    """Return one month of a topic; `month` is its first day and may have no entry any more."""
    contents = press.contents
    by_month = months_of(contents, shown(contents, of.entries))
    months = _topic_months(of, by_month)
    empty = Month(path=urls.topic_month(of.slug, month), month=month, count=0)
    found = next((each for each in months if each.month == month), empty)
    here = _with_lines(contents, by_month, found)
    above = Link(path=urls.topic(of.slug), title=of.title)
    return _month_page(press, months, here, above, feeds_near(contents, [of.slug]), ())


def archive_month(press: Press, month: date) -> str:
    """Return one month of the archive; `month` is its first day and may have no entry any more."""
    contents = press.contents
    by_month = months_of(contents, contents.entries.values())
    entries = by_month.get(month, ())
    bare = Month(path=urls.archive_month(month), month=month, count=len(entries))
    here = _with_lines(contents, by_month, bare)
    above = Link(path=urls.ARCHIVE, title=press.say("archive"))
    days = tuple(day_link(day) for day in days_of(contents, entries))
    return _month_page(press, _archive_months(by_month), here, above, feeds_near(contents), days)


def _month_page(
    press: Press,
    months: tuple[Month, ...],
    here: Month,
    above: Link,
    feeds: tuple[FeedLink, ...],
    editions: tuple[Day, ...],
) -> str:
    earlier = [each for each in months if each.month < here.month]
    later = [each for each in months if each.month > here.month]
    page = MonthPage(
        path=here.path,
        title=above.title,
        feeds=feeds,
        is_indexed=not here.lines or not all(line.preview for line in here.lines),
        trail=(above,),
        above=above,
        month=here,
        editions=editions,
        earlier=earlier[0] if earlier else None,
        later=later[-1] if later else None,
    )
    return press.print("pages/month.html", page)


def archive(press: Press) -> str:
    """Return the list of all months."""
    contents = press.contents
    page = ArchivePage(
        path=urls.ARCHIVE,
        title=press.say("archive"),
        description=press.say("archive_description", site=contents.site.title),
        feeds=feeds_near(contents),
        count=len(contents.entries),
        months=_archive_months(months_of(contents, contents.entries.values())),
    )
    return press.print("pages/archive.html", page)
