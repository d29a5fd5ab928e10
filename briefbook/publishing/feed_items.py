"""The feeds of a site: which entries stand in them and what each item says.

In: a Press and the address of a feed. Out: its bytes. Each item is the whole briefing in plain
markup, filled in by `templates/parts/feed_item.html`: feed readers keep no class and no style.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.model import PublicEntry, Status
from briefbook.publishing import feeds, urls
from briefbook.publishing.templates import markup, render
from briefbook.publishing.views import (
    Contents,
    Headline,
    Press,
    entry_headline,
    shown,
    topic_links,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItemView:
    """What the template of an item is given."""

    path: str
    entry: PublicEntry
    note: Markup | None
    body: Markup
    has_marks: bool  # some sentences of the body are the editor's
    copies: tuple[Headline, ...]  # other entries that carry the same text, oldest first


def feed(press: Press, address: str, item_of: Callable[[str], feeds.FeedItem]) -> bytes:
    """Return the feed at an address: of a topic, or of the whole site.

    Args:
        press: Where the entries are.
        address: Site path of the feed.
        item_of: Gives the item of an entry by slug; an entry stands in several feeds.
    """
    contents = press.contents
    page = urls.page_of_feed(address)
    topic = next((each for each in contents.topics.values() if urls.topic(each.slug) == page), None)
    entries = shown(contents, topic.entries) if topic else tuple(contents.entries.values())
    published = _first_copies(contents, [e for e in entries if e.status is Status.PUBLISHED])
    site = contents.site
    about = feeds.Feed(
        site=site,
        page=page,
        address=address,
        title=f"{topic.title} – {site.title}" if topic else site.title,
        description=topic.description if topic else site.description,
    )
    newest = feeds.newest_first(published, site.feed_length)
    return _made(about, tuple(item_of(each.slug) for each in newest))


def _first_copies(contents: Contents, entries: Sequence[PublicEntry]) -> tuple[PublicEntry, ...]:
    """Return the entries without later copies of a text: a subscriber wants each text once.

    Args:
        contents: Where the entries are.
        entries: Those of one feed, in order of arrival. A copy of a text that stands in other feeds
            only is the first one here; a copy of one that was withdrawn never is.
    """
    kept: list[PublicEntry] = []
    told: set[str] = set()
    for entry in entries:
        origin = contents.origin_of.get(entry.slug)
        copies = origin.entries if origin else (entry.slug,)
        before = copies[: copies.index(entry.slug)]
        if not any(slug in told or slug not in contents.entries for slug in before):
            kept.append(entry)
        told.add(entry.slug)
    return tuple(kept)


def empty(press: Press, address: str) -> bytes:
    """Return a feed with nothing in it, for an address whose feed is no more."""
    about = feeds.Feed(
        site=press.contents.site,
        page=urls.HOME,  # its own page may be gone too
        address=address,
        title=press.contents.site.title,
        description="This feed has ended.",
    )
    return _made(about, ())


def _made(about: feeds.Feed, items: tuple[feeds.FeedItem, ...]) -> bytes:
    return (feeds.atom if about.address.endswith(urls.ATOM) else feeds.rss)(about, items)


def item(press: Press, slug: str) -> feeds.FeedItem:
    """Return one entry as the item of a feed."""
    entry = press.contents.entries[slug]
    path = urls.entry(slug)
    body = press.bodies.feed(
        entry.body, at=path, sentences=entry.sentences, marks_unknown=entry.body_is_editors
    )
    view = FeedItemView(
        path=path,
        entry=entry,
        note=markup(press.bodies.feed(entry.note, at=path)) if entry.note else None,
        body=markup(body),
        has_marks="<ins>" in body,
        copies=_copies(press.contents, slug),
    )
    site = press.contents.site
    return feeds.FeedItem(
        entry=entry,
        html=render(press.environment, "parts/feed_item.html", site, view).strip(),
        categories=tuple(link.title for link in topic_links(press.contents, entry.topics)),
    )


def _copies(contents: Contents, slug: str) -> tuple[Headline, ...]:
    origin = contents.origin_of.get(slug)
    others = shown(contents, [other for other in origin.entries if other != slug] if origin else ())
    return tuple(entry_headline(contents, e) for e in others if e.status is Status.PUBLISHED)
