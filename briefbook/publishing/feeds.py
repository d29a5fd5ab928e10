"""RSS and Atom; the only module that knows feedgen.

In: items with their HTML. Out: the bytes of one feed, the same for the same input. A feed reader
knows an item by its id alone, so that stays for good. Refuses nothing: an empty feed is a valid
feed.

feedgen's traps, all closed here: it prepends entries, stamps now where no date is set, refuses
naive moments and control characters, writes the last link as the channel's, drops authors without
e-mail from RSS, and needs one generator per format.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from briefbook.model import Site
from briefbook.publishing import urls
from briefbook.publishing.characters import one_line, printable
from briefbook.publishing.moments import aware

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
    """One item: an entry, a correction or an edition."""

    id: str  # for good, whatever changes
    path: str  # site path it leads to
    title: str
    summary: str  # plain
    html: str  # the whole item, sanitized, absolute links
    language: str
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    categories: tuple[str, ...] = ()  # titles of its topics
    added: datetime
    changed: datetime


def rss(feed: Feed, items: Iterable[FeedItem]) -> bytes:
    """Return a feed as RSS 2.0."""
    items = tuple(items)
    generator = _generator(feed, "application/rss+xml")
    generator.description(one_line(feed.description) or generator.title())
    generator.load_extension("dc", atom=False, rss=True)
    generator.lastBuildDate(_newest(items))
    for item in items:
        added = _add(generator, feed, item)
        added.dc.dc_creator(list(filter(None, map(one_line, item.authors))))
        if outlet := one_line(item.outlet or ""):
            added.dc.dc_publisher([outlet])
        added.dc.dc_language([item.language])
        added.pubDate(aware(item.added))
        # Readers take a description for HTML; and without one feedgen would put the content there.
        added.description(html.escape(one_line(item.summary) or added.title(), quote=False))
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
        names = item.authors or ((item.outlet,) if item.outlet else ())
        for name in filter(None, map(one_line, names)):
            added.author({"name": name})
        added.published(aware(item.added))
        added.updated(aware(item.changed))
        added.content(printable(item.html), type="html")
    made: bytes = generator.atom_str(pretty=True)
    return made


def _generator(feed: Feed, media_type: str) -> Any:  # feedgen ships no types
    from feedgen.feed import FeedGenerator  # with lxml, which takes long to load

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
    added.guid(printable(item.id), permalink=False)
    added.title(shown_title(item))
    added.link(href=urls.absolute(feed.site, item.path), rel="alternate", type="text/html")
    for category in item.categories:
        added.category(term=one_line(category))
    return added


def shown_title(item: FeedItem) -> str:
    """Return the title of an item on one line; an item without one is named by its address."""
    return one_line(item.title) or item.path


def _newest(items: Sequence[FeedItem]) -> datetime:
    return max((aware(item.changed) for item in items), default=_NEVER)
