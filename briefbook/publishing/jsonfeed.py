"""JSON Feed 1.1, and the list of all feeds as OPML.

In: items with their HTML; feeds with their titles. Out: bytes, the same for the same input.

Source: https://www.jsonfeed.org/version/1.1/ and https://opml.org/spec2.opml
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from briefbook.model import Site
from briefbook.publishing import urls
from briefbook.publishing.characters import one_line, printable
from briefbook.publishing.feeds import Feed, FeedItem, shown_title
from briefbook.publishing.jsontext import indented
from briefbook.publishing.moments import aware

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed, items: Iterable[FeedItem]) -> bytes:
    """Return a feed as JSON Feed 1.1."""
    made = {
        "version": _VERSION,
        "title": one_line(feed.title) or urls.host(feed.site.base_url),
        "home_page_url": urls.absolute(feed.site, feed.page),
        "feed_url": urls.absolute(feed.site, feed.address),
        "description": one_line(feed.description),
        "language": feed.site.language,
        "items": [_item(feed.site, item) for item in items],
    }
    return _written(made)


def _item(site: Site, item: FeedItem) -> dict[str, Any]:
    names = item.authors or ((item.outlet,) if item.outlet else ())
    return {
        "id": printable(item.id),
        "url": urls.absolute(site, item.path),
        "title": shown_title(item),
        "summary": one_line(item.summary),
        "content_html": printable(item.html),
        "date_published": _stamp(item.added),
        "date_modified": _stamp(item.changed),
        "authors": [{"name": name} for name in filter(None, map(one_line, names))],
        "tags": list(filter(None, map(one_line, item.categories))),
        "language": item.language,
    }


def _stamp(moment: datetime) -> str:
    return aware(moment).isoformat().replace("+00:00", "Z")


def _written(made: dict[str, Any]) -> bytes:
    # What is empty is left out: the format knows no null.
    items = [{key: value for key, value in item.items() if value} for item in made["items"]]
    plain = {key: value for key, value in made.items() if value or key == "items"}
    return (indented({**plain, "items": items}) + "\n").encode()


def opml(site: Site, feeds: Iterable[tuple[str, str, str]]) -> bytes:
    """Return all feeds of a site as OPML 2.0, for the import of a feed reader.

    Args:
        site: The site.
        feeds: Title, site path of the page and site path of the feed, in order.
    """
    # What it comes with is made for reading XML from the network, and takes long to load.
    from xml.sax.saxutils import escape, quoteattr

    title = one_line(site.title)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{escape(title)}</title></head>", "<body>"]
    lines.append(f"<outline text={quoteattr(title)}>")
    for name, page, address in feeds:
        text = quoteattr(one_line(name))
        where = quoteattr(urls.absolute(site, address))
        home = quoteattr(urls.absolute(site, page))
        lines.append(f'<outline type="rss" text={text} xmlUrl={where} htmlUrl={home}/>')
    lines += ["</outline>", "</body>", "</opml>", ""]
    return "\n".join(lines).encode()
