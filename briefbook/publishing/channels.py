"""The feeds of a site: which items stand in each, newest first.

In: a Press. Out: channels, each of which is made in every format.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from briefbook.model import PublicEntry, Status
from briefbook.publishing import feeds, urls
from briefbook.publishing.feed_items import correction_items, edition_item, entry_item
from briefbook.publishing.feeds import Feed, FeedItem
from briefbook.publishing.jsonfeed import json_feed
from briefbook.publishing.moments import aware
from briefbook.publishing.parts import is_made
from briefbook.publishing.views import Contents, Press, days_of, shown

_FORMATS = {urls.RSS: feeds.rss, urls.ATOM: feeds.atom, urls.JSON: json_feed}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One feed, whatever its format."""

    page: str  # site path of the page it belongs to
    title: str
    description: str
    made_from: str  # for messages
    items: Callable[[], tuple[FeedItem, ...]]


class _Makers:
    """Makes each item once: it stands in every format of the site's feed and of its topics'."""

    def __init__(self, press: Press) -> None:
        contents = press.contents
        known = {each.slug: each for each in contents.withdrawn} | dict(contents.entries)
        self.entry = cache(partial(entry_item, press))
        self.corrections = cache(lambda slug: tuple(correction_items(press, known[slug])))


def channels(press: Press) -> tuple[Channel, ...]:
    """Return the feeds of a site: of all entries, of each topic, of editions and corrections."""
    contents = press.contents
    site = contents.site
    makers = _Makers(press)
    found = [
        Channel(
            page=urls.HOME,
            title=site.title,
            description=site.description,
            made_from="the site",
            items=cache(partial(_news, press, _everything(contents), makers)),
        )
    ]
    for topic in contents.topics.values():
        gone = tuple(each for each in contents.withdrawn if topic.slug in each.topics)
        entries = (*shown(contents, topic.entries), *gone)
        found.append(
            Channel(
                page=urls.topic(topic.slug),
                title=f"{topic.title} – {site.title}",
                description=topic.description,
                made_from=f"topic {topic.slug}",
                items=cache(partial(_news, press, entries, makers)),
            )
        )
    found.append(
        Channel(
            page=urls.EDITIONS,
            title=press.say("feed_of_editions", site=site.title),
            description=press.say("feed_of_editions_description"),
            made_from="the editions",
            items=cache(partial(_editions, press)),
        )
    )
    found.append(
        Channel(
            page=urls.CORRECTIONS,
            title=press.say("feed_of_corrections", site=site.title),
            description=press.say("feed_of_corrections_description"),
            made_from="the corrections",
            items=cache(partial(_corrections, press, makers)),
        )
    )
    return tuple(each for each in found if is_made(site, each.page))


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


def _everything(contents: Contents) -> tuple[PublicEntry, ...]:
    return (*contents.entries.values(), *contents.withdrawn)


def _news(press: Press, entries: Sequence[PublicEntry], makers: _Makers) -> tuple[FeedItem, ...]:
    """Return entries and their corrections, newest first.

    Args:
        press: Where the entries are.
        entries: Those of one feed, in order of arrival, then those withdrawn from it.
        makers: What makes items.
    """
    published = [entry for entry in entries if entry.status is Status.PUBLISHED]
    news: list[tuple[datetime, Callable[[], FeedItem]]] = [
        (aware(entry.appeared), partial(makers.entry, entry.slug))
        for entry in _first_copies(press.contents, published)
    ]
    news += _corrected(entries, makers)
    return _newest(press, news)


def _corrections(press: Press, makers: _Makers) -> tuple[FeedItem, ...]:
    return _newest(press, _corrected(_everything(press.contents), makers))


def _corrected(
    entries: Sequence[PublicEntry], makers: _Makers
) -> list[tuple[datetime, Callable[[], FeedItem]]]:
    told = [entry.slug for entry in entries if not entry.is_preview]
    items = [item for slug in told for item in makers.corrections(slug)]
    return [(aware(item.added), partial(_itself, item)) for item in items]


def _itself(item: FeedItem) -> FeedItem:
    return item


def _newest(
    press: Press, news: Sequence[tuple[datetime, Callable[[], FeedItem]]]
) -> tuple[FeedItem, ...]:
    """Return as many of the newest items as a feed holds; of one moment the last one first."""
    order = sorted(enumerate(news), key=lambda each: (each[1][0], each[0]), reverse=True)
    return tuple(make() for _, (_, make) in order[: press.contents.site.feed_length])


def _editions(press: Press) -> tuple[FeedItem, ...]:
    contents = press.contents
    published = [e for e in contents.entries.values() if e.status is Status.PUBLISHED]
    days = list(days_of(contents, published).items())[: contents.site.feed_length]
    # A day is known by its first entry also after that is withdrawn, or it would come anew.
    everything = days_of(contents, (*published, *contents.withdrawn))
    first = {day: min((aware(e.appeared), e.id) for e in es)[1] for day, es in everything.items()}
    return tuple(edition_item(press, day, entries[::-1], first[day]) for day, entries in days)


def _first_copies(contents: Contents, entries: Sequence[PublicEntry]) -> Iterator[PublicEntry]:
    """Yield the entries without later copies of a text: a subscriber wants each text once.

    Args:
        contents: Where the entries are.
        entries: Those of one feed, in order of arrival. A copy of a text that stands in other feeds
            only is the first one here; a copy of one that was withdrawn never is.
    """
    told: set[str] = set()
    for entry in entries:
        origin = contents.origin_of.get(entry.slug)
        copies = origin.entries if origin else (entry.slug,)
        before = copies[: copies.index(entry.slug)]
        if not any(slug in told or slug not in contents.entries for slug in before):
            yield entry
        told.add(entry.slug)
