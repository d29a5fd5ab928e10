"""RSS and Atom; the only module that knows feedgen.

In: entries and the HTML of each item. Out: the bytes of one feed, the same for the same input. A
feed reader knows an entry by its id alone, so the id is the entry's for good. Refuses nothing: an
empty feed is a valid feed.

feedgen's traps, all closed here: it prepends entries, stamps now where no date is set, refuses
naive moments and control characters, writes the last link as the channel's, drops authors without
e-mail from RSS, and needs one generator per format.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from feedgen.feed import FeedGenerator

from briefbook.model import PublicEntry, Site
from briefbook.publishing import urls
from briefbook.publishing.characters import one_line, printable

_GENERATOR = "Briefbook"
# The date of a feed in which nothing is: the build's own moment would change its bytes each time.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one feed is about, whatever its format."""

    site: Site
    page: str  # site path of the page it belongs to
    address: str  # its own site path
    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry in a feed."""

    entry: PublicEntry
    html: str  # the whole briefing, sanitized, absolute links
    categories: tuple[str, ...]  # titles of its topics


def newest_first(entries: Sequence[PublicEntry], length: int) -> tuple[PublicEntry, ...]:
    """Return the newest entries of a list in order of arrival, at most `length`."""
    return tuple(reversed(entries))[:length]


def changed(entry: PublicEntry) -> datetime:
    """Return when an entry last changed for its readers: its last correction, else its making."""
    return _aware(max(entry.added, entry.updated) if entry.updated else entry.added)


def rss(feed: Feed, items: Iterable[FeedItem]) -> bytes:
    """Return a feed as RSS 2.0."""
    items = tuple(items)
    generator = _generator(feed, "application/rss+xml")
    generator.description(one_line(feed.description) or generator.title())
    generator.load_extension("dc", atom=False, rss=True)
    generator.lastBuildDate(_newest(items))
    for item in items:
        added = _add(generator, feed, item)
        added.dc.dc_creator(list(filter(None, map(one_line, item.entry.authors))))
        if outlet := one_line(item.entry.outlet or ""):
            added.dc.dc_publisher([outlet])
        added.pubDate(_aware(item.entry.added))
        # Readers take a description for HTML; and without one feedgen would put the content there.
        added.description(html.escape(one_line(item.entry.summary) or added.title(), quote=False))
        added.content(printable(item.html))
    made: bytes = generator.rss_str(pretty=True)
    return made


def atom(feed: Feed, items: Iterable[FeedItem]) -> bytes:
    """Return a feed as Atom."""
    items = tuple(items)
    generator = _generator(feed, "application/atom+xml")
    generator.id(urls.absolute(feed.site, feed.address))
    generator.author({"name": one_line(feed.site.title)})
    if description := one_line(feed.description):
        generator.subtitle(description)
    generator.updated(_newest(items))
    for item in items:
        added = _add(generator, feed, item)
        names = item.entry.authors or ((item.entry.outlet,) if item.entry.outlet else ())
        for name in filter(None, map(one_line, names)):
            added.author({"name": name})
        added.published(_aware(item.entry.added))
        added.updated(changed(item.entry))
        added.content(printable(item.html), type="html")
    made: bytes = generator.atom_str(pretty=True)
    return made


def _generator(feed: Feed, media_type: str) -> Any:  # feedgen ships no types
    generator = FeedGenerator()
    generator.title(one_line(feed.title) or urls.host(feed.site.base_url))
    generator.language(feed.site.language)
    generator.generator(_GENERATOR)
    generator.link(href=urls.absolute(feed.site, feed.address), rel="self", type=media_type)
    # Last, because RSS takes the last one for the channel's link.
    generator.link(href=urls.absolute(feed.site, feed.page), rel="alternate", type="text/html")
    return generator


def _add(generator: Any, feed: Feed, item: FeedItem) -> Any:
    added = generator.add_entry(order="append")
    added.guid(printable(item.entry.id), permalink=False)
    added.title(one_line(item.entry.title) or item.entry.slug)
    added.link(
        href=urls.absolute(feed.site, urls.entry(item.entry.slug)),
        rel="alternate",
        type="text/html",
    )
    for category in item.categories:
        added.category(term=one_line(category))
    return added


def _newest(items: Sequence[FeedItem]) -> datetime:
    return max((changed(item.entry) for item in items), default=_NEVER)


def _aware(moment: datetime) -> datetime:
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)
