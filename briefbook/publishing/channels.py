"""The feeds of a site: which items stand in each, newest first.

In: a Press. Out: channels, each of which is made in every format.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice

from briefbook.asking import Question
from briefbook.model import PublicEntry, Status, TopicSetting
from briefbook.publishing import feeds, urls
from briefbook.publishing.contents import EVERYTHING, Contents
from briefbook.publishing.correction_pages import corrected
from briefbook.publishing.feed_items import edition_item, published_of
from briefbook.publishing.feeds import Feed, FeedItem
from briefbook.publishing.jsonfeed import json_feed
from briefbook.publishing.moments import aware
from briefbook.publishing.parts import is_made
from briefbook.publishing.press import Press

_FORMATS = {urls.RSS: feeds.rss, urls.ATOM: feeds.atom, urls.JSON: json_feed}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One feed, whatever its format."""

    page: str  # site path of the page it belongs to
    title: str
    description: str
    made_from: str  # for messages
    items: Callable[[], tuple[FeedItem, ...]]


@dataclass(frozen=True, slots=True)
class Items:
    """The items of entries, each made once: they stand in several feeds and formats."""

    entry: Question[FeedItem]
    corrections: Question[tuple[FeedItem, ...]]


def channels(press: Press, items: Items) -> tuple[Channel, ...]:
    """Return the feeds of a site: of all entries, of each topic, of editions and corrections."""
    site = press.contents.site
    news, *others = _fixed(press, items)
    topics = (_of_topic(press, topic, items) for topic in site.topics)
    return tuple(each for each in (news, *topics, *others) if is_made(site, each.page))


def channel_at(press: Press, items: Items, page: str, topic: TopicSetting | None) -> Channel | None:
    """Return the feed of a page; None: it has none.

    Args:
        press: Of the site.
        items: Those of entries.
        page: The address of the page, a former one if it is that of a topic.
        topic: Whose page it is, if it is that of a topic.
    """
    some = [_of_topic(press, topic, items)] if topic else _fixed(press, items)
    here = some[0].page if topic else page
    site = press.contents.site
    return next((each for each in some if each.page == here and is_made(site, here)), None)


def _of_topic(press: Press, topic: TopicSetting, items: Items) -> Channel:
    return Channel(
        page=urls.topic(topic.slug),
        title=f"{topic.title} – {press.contents.site.title}",
        description=topic.description,
        made_from=f"topic {topic.slug}",
        items=partial(_news, press, topic.slug, items),
    )


def _fixed(press: Press, items: Items) -> list[Channel]:
    """Return the feeds that hang on no topic, that of all entries first."""
    site = press.contents.site
    return [
        Channel(
            page=urls.HOME,
            title=site.title,
            description=site.description,
            made_from="the site",
            items=partial(_news, press, EVERYTHING, items),
        ),
        Channel(
            page=urls.EDITIONS,
            title=press.say("feed_of_editions", site=site.title),
            description=press.say("feed_of_editions_description"),
            made_from="the editions",
            items=partial(_editions, press),
        ),
        Channel(
            page=urls.CORRECTIONS,
            title=press.say("feed_of_corrections", site=site.title),
            description=press.say("feed_of_corrections_description"),
            made_from="the corrections",
            items=partial(_corrections, press, items),
        ),
    ]


def feed(press: Press, channel: Channel, address: str) -> bytes:
    """Return a channel in the format of an address."""
    return _made(
        Feed(
            site=press.contents.site,
            page=channel.page,
            address=address,
            title=channel.title,
            description=channel.description,
        ),
        channel.items(),
    )


def empty(press: Press, address: str) -> bytes:
    """Return a feed with nothing in it, for an address whose feed is no more."""
    site = press.contents.site
    return _made(
        Feed(
            site=site,
            page=urls.HOME,  # its own page may be gone too
            address=address,
            title=site.title,
            description=press.say("feed_ended"),
        ),
        (),
    )


def _made(about: Feed, items: tuple[FeedItem, ...]) -> bytes:
    return _FORMATS[about.address.rpartition("/")[2]](about, items)


def _news(press: Press, under: str, items: Items) -> tuple[FeedItem, ...]:
    """Return the newest entries of a list and their corrections, newest first."""
    contents = press.contents
    news: list[tuple[datetime, Callable[[], FeedItem]]] = []
    for slug in _newest_copies(contents, under):
        news.append((contents.entry(slug).appeared, partial(items.entry, slug)))
        if len(news) == contents.site.feed_length:
            break
    return _newest(press, [*reversed(news), *_corrected(contents, under, items)])


def _corrections(press: Press, items: Items) -> tuple[FeedItem, ...]:
    return _newest(press, _corrected(press.contents, EVERYTHING, items))


def _corrected(
    contents: Contents, under: str, items: Items
) -> list[tuple[datetime, Callable[[], FeedItem]]]:
    told = (item for entry in corrected(contents, under) for item in items.corrections(entry.slug))
    return [(aware(item.added), partial(_itself, item)) for item in told]


def _itself(item: FeedItem) -> FeedItem:
    return item


def _newest(
    press: Press, news: Sequence[tuple[datetime, Callable[[], FeedItem]]]
) -> tuple[FeedItem, ...]:
    """Return as many of the newest items as a feed holds; of one moment the last one first."""
    order = sorted(enumerate(news), key=lambda each: (aware(each[1][0]), each[0]), reverse=True)
    return tuple(make() for _, (_, make) in order[: press.contents.site.feed_length])


def _editions(press: Press) -> tuple[FeedItem, ...]:
    contents = press.contents
    days = (date.fromisoformat(key) for key, _ in reversed(contents.days.counts()))
    told = (day for day in days if published_of(contents, day))
    return tuple(edition_item(press, day) for day in islice(told, contents.site.feed_length))


def _newest_copies(contents: Contents, under: str) -> Iterator[str]:
    """Yield what is published under a list without later copies of a text, newest first.

    A subscriber wants each text once. A copy of a text that stands in other feeds only is the first
    one here; a copy of one that was withdrawn never is.
    """
    for slug in contents.from_newest(under):
        entry = contents.entry(slug)
        if entry.status is not Status.PUBLISHED:
            continue
        origin = contents.origin_of(slug)
        copies = origin.entries if origin else (slug,)
        before = map(contents.shown, copies[: copies.index(slug)])
        if not any(other is None or _is_told(other, under) for other in before):
            yield slug


def _is_told(entry: PublicEntry, under: str) -> bool:
    is_there = under == EVERYTHING or under in entry.topics
    return is_there and entry.status is Status.PUBLISHED
