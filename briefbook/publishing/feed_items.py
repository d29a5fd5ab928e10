"""The feeds of a site: which entries stand in them and what each item says.

In: a Press and the address of a feed. Out: its bytes. Each item is the whole briefing in plain
markup, filled in by `templates/parts/feed_item.html`: feed readers keep no class and no style.
"""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.model import PublicEntry, Status
from briefbook.publishing import feeds, urls
from briefbook.publishing.templates import markup, render
from briefbook.publishing.views import Press, shown, topic_links


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItemView:
    """What the template of an item is given."""

    path: str
    entry: PublicEntry
    note: Markup | None
    body: Markup
    has_marks: bool  # some sentences of the body are the editor's


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
    published = tuple(each for each in entries if each.status is Status.PUBLISHED)
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
    )
    site = press.contents.site
    return feeds.FeedItem(
        entry=entry,
        html=render(press.environment, "parts/feed_item.html", site, view).strip(),
        categories=tuple(link.title for link in topic_links(press.contents, entry.topics)),
    )
