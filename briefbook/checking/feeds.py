"""Feeds: each is right on its own terms, whoever reads it.

In: the files of a finished site. Out: one problem for each thing in an RSS, Atom or JSON feed, in
the list of feeds or in the site map that a feed reader may refuse or show wrongly. Where its links
lead is asked in `links.py`.

Source: https://www.rssboard.org/rss-specification, RFC 4287, https://www.jsonfeed.org/version/1.1/,
https://opml.org/spec2.opml, https://www.sitemaps.org/protocol.html
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from html import unescape
from itertools import pairwise
from xml.etree.ElementTree import Element

from briefbook.checking.feed_formats import (
    READERS,
    ToldFeed,
    ToldItem,
    date_of_internet,
    read_xml,
)
from briefbook.problems import Place, Problem, error, in_order
from briefbook.text.visible import UNPRINTABLE

_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_POINTING = re.compile(r"<[a-z][^<>]*?\s(?:href|src)=[\"']([^\"'<>]*)[\"']", re.IGNORECASE)
_PART = re.compile(r"sitemap-[0-9a-z-]+\.xml")  # of a map that one file cannot hold
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FIX = (
    "mend the site's own template of it, if it has one in templates/parts/; else report this: it is"
    " a mistake of the program"
)


def check_feeds(
    files: Mapping[str, bytes], base_url: str, longest: int | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong with the feeds, the list of feeds and the site map, by place.

    Args:
        files: Path inside the output folder -> content.
        base_url: Where the site will stand.
        longest: How many items a feed may hold; None: any number.
    """
    problems = []
    for path, content in files.items():
        name = path.rpartition("/")[2]
        if name in READERS:
            told = [*_wrong_feed(READERS[name], content, f"{base_url}/{path}", longest)]
        elif read := _LISTS.get(_PART.sub("sitemap.xml", name)):
            told = _wrong_list(content, read)
        else:
            continue
        problems += [error(Place(f"_site/{path}"), what, _FIX) for what in told]
    return in_order(problems)


# --------------------------------------------------------------------------- what is wrong


def _wrong_feed(
    read: Callable[[str], ToldFeed | str], content: bytes, address: str, longest: int | None
) -> Iterator[str]:
    """Yield what is wrong with a feed."""
    text = content.decode("utf-8", errors="replace")
    yield from _unprintable(text)
    feed = read(text)
    if isinstance(feed, str):
        yield feed
        return
    yield from (f"the feed has no {name}" for name, value in feed.needed.items() if not value)
    if feed.own != address:
        yield f"the feed says that it stands at '{feed.own}', not at '{address}'"
    for link in feed.links:
        yield from _wrong_link(link, "the feed")
    for date in feed.changed:
        if feed.read_date(date) is None:
            yield f"'{date}' is no date as a feed needs it"
    if longest is not None and len(feed.items) > longest:
        yield f"the feed has {len(feed.items)} items, more than {longest}"
    yield from _twice([item.id for item in feed.items], "items have the id")
    for number, item in enumerate(feed.items, 1):
        yield from _wrong_item(item, f"item {number}", feed.read_date)
    yield from _relative_links(feed)
    yield from _out_of_order(feed)


def _wrong_item(
    item: ToldItem, name: str, read_date: Callable[[str], datetime | None]
) -> Iterator[str]:
    """Yield what is wrong with an item by itself."""
    for what, value in (("id", item.id), ("title", item.title), ("content", item.html)):
        if not value:
            yield f"{name} has no {what}"
    yield from _wrong_link(item.link, name)
    for date in item.dates:
        if date is None:
            yield f"{name} lacks a date"
        elif read_date(date) is None:
            yield f"{name}: '{date}' is no date as a feed needs it"


def _relative_links(feed: ToldFeed) -> Iterator[str]:
    """Yield each link in a text that is not in full, once: a template writes it into every item."""
    first: dict[str, int] = {}
    for number, item in enumerate(feed.items, 1):
        for link in map(unescape, _POINTING.findall(item.html or "")):
            if not _SCHEME.match(link):
                first.setdefault(link, number)
    for link, number in first.items():
        yield f"item {number} has the link '{link}', which leads nowhere outside the site"


def _wrong_link(link: str | None, owner: str) -> Iterator[str]:
    if not link:
        yield f"{owner} has no link"
    elif not re.match(r"https?://[^/\s]", link):
        yield f"{owner} has the link '{link}', which is no web address in full"


def _twice(words: Sequence[str | None], said: str) -> Iterator[str]:
    seen: set[str] = set()
    for word in filter(None, words):
        if word in seen:
            yield f"two {said} '{word}'"
        seen.add(word)


def _out_of_order(feed: ToldFeed) -> Iterator[str]:
    """Yield the items that stand below an older one: the newest comes first."""
    dates = [feed.read_date(item.dates[0] or "") for item in feed.items]
    for number, (above, below) in enumerate(pairwise(dates), 2):
        if above is not None and below is not None and below > above:
            yield f"item {number} is newer than the one above it"


def _unprintable(text: str) -> Iterator[str]:
    for character in sorted(set(UNPRINTABLE.findall(text))):
        yield f"the character U+{ord(character):04X} stands in it, which feed readers refuse"


# --------------------------------------------------------------------------- lists of addresses


def _wrong_list(content: bytes, read: Callable[[Element], Iterator[str]]) -> list[str]:
    """Return what is wrong with the list of feeds or the site map."""
    text = content.decode("utf-8", errors="replace")
    root = read_xml(text)
    return [*_unprintable(text), *([root] if isinstance(root, str) else read(root))]


def _wrong_opml(root: Element) -> Iterator[str]:
    if root.tag != "opml" or root.get("version") != "2.0" or root.find("body") is None:
        yield "this is no OPML 2.0"
    if not root.findtext("head/title"):
        yield "the list has no title"
    feeds = root.findall(".//outline[@type='rss']")
    yield from _twice([feed.get("xmlUrl") for feed in feeds], "feeds have the address")
    for number, feed in enumerate(feeds, 1):
        if not feed.get("text"):
            yield f"feed {number} has no text"
        yield from _wrong_link(feed.get("xmlUrl"), f"feed {number}")


def _wrong_map(root: Element) -> Iterator[str]:
    if root.tag == f"{_MAP}sitemapindex":
        parts = [part.findtext(f"{_MAP}loc") for part in root.findall(f"{_MAP}sitemap")]
        yield from _twice(parts, "parts have the address")
        for number, part in enumerate(parts, 1):
            yield from _wrong_link(part, f"part {number}")
        return
    if root.tag != f"{_MAP}urlset":
        yield "this is no site map"
    pages = root.findall(f"{_MAP}url")
    yield from _twice([page.findtext(f"{_MAP}loc") for page in pages], "pages have the address")
    for number, page in enumerate(pages, 1):
        yield from _wrong_link(page.findtext(f"{_MAP}loc"), f"page {number}")
        date = page.findtext(f"{_MAP}lastmod")
        if date is not None and date_of_internet(date) is None:
            yield f"page {number}: '{date}' is no date as a site map needs it"


_LISTS: Mapping[str, Callable[[Element], Iterator[str]]] = {
    "feeds.opml": _wrong_opml,
    "sitemap.xml": _wrong_map,
}
