"""The pages that are lists: topics, months, archive. One function per template.

In: a Press. Out: the HTML of one page. Lists are split by month, never by number, so an address
shows the same month for good.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from briefbook.asking import joined, parted
from briefbook.model import TopicSetting
from briefbook.publishing import schema, urls
from briefbook.publishing.activity import Activity, activity
from briefbook.publishing.contents import EVERYTHING, Contents, month_key, month_of
from briefbook.publishing.editions import Day, day_link
from briefbook.publishing.headlines import is_for_all, story_headline
from briefbook.publishing.press import Press
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import (
    FeedLink,
    Headline,
    Link,
    Month,
    Page,
    TopicBlock,
    card_of,
    feeds_near,
    feeds_of,
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


def topic_block(contents: Contents, topic: TopicSetting) -> TopicBlock:
    """Return a topic with its newest entries, as it stands on lists of topics."""
    newest = contents.topics.newest(topic.slug, TOPIC_BLOCK_ENTRIES)
    lines = tuple(map(contents.headline, newest))
    return TopicBlock(
        path=urls.topic(topic.slug),
        title=topic.title,
        description=topic.description,
        count=contents.topics.count(topic.slug),
        newest=local_day(lines[0].added, contents.site) if lines else None,
        lines=lines,
        feeds=feeds_of(topic.title, urls.topic(topic.slug)),
    )


def topics(press: Press) -> str:
    """Return the list of topics."""
    contents = press.contents
    page = TopicsPage(
        path=urls.TOPICS,
        title=press.say("topics"),
        description=press.say("topics_description", site=contents.site.title),
        feeds=feeds_near(contents.site),
        topics=tuple(topic_block(contents, topic) for topic in contents.site.topics),
    )
    return press.print("pages/topics.html", page)


def topic(press: Press, of: TopicSetting) -> str:
    """Return the page of a topic: its stories, then its newest entries."""
    contents = press.contents
    months = _topic_months(contents, of.slug)
    whole = _months_to_show(months)
    stories = map(contents.known_story, reversed(contents.topic_stories.members(of.slug)))
    page = TopicPage(
        path=urls.topic(of.slug),
        title=of.title,
        description=of.description,
        feeds=feeds_near(contents.site, [of.slug]),
        trail=(Link(path=urls.TOPICS, title=press.say("topics")),),
        described=schema.collection(contents.site, urls.topic(of.slug), of.title, of.description),
        card=card_of(urls.topic(of.slug), of.title),
        count=contents.topics.count(of.slug),
        stories=tuple(story_headline(contents, story) for story in stories),
        months=tuple(_with_lines(contents, of.slug, month) for month in months[:whole]),
        older=months[whole:],
        activity=activity(contents, of.slug),
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


def _topic_months(contents: Contents, topic: str) -> tuple[Month, ...]:
    """Return the months of a topic, newest first, without their entries."""
    return tuple(
        Month(path=urls.topic_month(topic, month), month=month, count=count)
        for key, count in reversed(contents.topic_months.counts(joined(topic, "")))
        for month in [month_of(parted(key)[-1])]
    )


def _with_lines(contents: Contents, topic: str, month: Month) -> Month:
    slugs = contents.topic_months.members(joined(topic, month_key(month.month)))
    return replace(month, lines=tuple(map(contents.headline, reversed(slugs))))


def topic_month(press: Press, of: TopicSetting, month: date) -> str:
    """Return one month of a topic; `month` is its first day and may have no entry any more."""
    contents = press.contents
    key = joined(of.slug, month_key(month))
    path = partial(urls.topic_month, of.slug)
    return _month_page(
        press,
        _month(contents, path(month), month, contents.topic_months.members(key)),
        Link(path=urls.topic(of.slug), title=of.title),
        feeds_near(contents.site, [of.slug]),
        near=_near(contents.topic_months.near(key), path),
    )


def archive_month(press: Press, month: date) -> str:
    """Return one month of the archive; `month` is its first day and may have no entry any more."""
    contents = press.contents
    slugs = contents.months.members(month_key(month))
    here = _month(contents, urls.archive_month(month), month, slugs)
    days = dict.fromkeys(local_day(line.added, contents.site) for line in here.lines)
    return _month_page(
        press,
        here,
        Link(path=urls.ARCHIVE, title=press.say("archive")),
        feeds_near(contents.site),
        near=_near(contents.months.near(month_key(month)), urls.archive_month),
        editions=tuple(map(day_link, days)),
    )


def _month(contents: Contents, path: str, month: date, slugs: Sequence[str]) -> Month:
    lines = tuple(map(contents.headline, reversed(slugs)))
    return Month(path=path, month=month, count=len(lines), lines=lines)


def _near(
    keys: tuple[str | None, str | None], path: Callable[[date], str]
) -> tuple[Month | None, Month | None]:
    """Return the months before and after one, as links."""
    months = (month_of(parted(key)[-1]) if key else None for key in keys)
    earlier, later = (Month(path=path(m), month=m, count=0) if m else None for m in months)
    return earlier, later


def _month_page(
    press: Press,
    here: Month,
    above: Link,
    feeds: tuple[FeedLink, ...],
    *,
    near: tuple[Month | None, Month | None],
    editions: tuple[Day, ...] = (),
) -> str:
    page = MonthPage(
        path=here.path,
        title=above.title,
        feeds=feeds,
        is_indexed=is_for_all(here.lines),
        trail=(above,),
        above=above,
        month=here,
        editions=editions,
        earlier=near[0],
        later=near[1],
    )
    return press.print("pages/month.html", page)


def archive(press: Press) -> str:
    """Return the list of all months."""
    contents = press.contents
    page = ArchivePage(
        path=urls.ARCHIVE,
        title=press.say("archive"),
        description=press.say("archive_description", site=contents.site.title),
        feeds=feeds_near(contents.site),
        count=contents.entries.count(EVERYTHING),
        months=tuple(
            Month(path=urls.archive_month(month_of(key)), month=month_of(key), count=count)
            for key, count in reversed(contents.months.counts())
        ),
    )
    return press.print("pages/archive.html", page)
