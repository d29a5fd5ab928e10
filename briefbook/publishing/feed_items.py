"""What an item of a feed says: an entry, a correction or an edition, each of them whole.

In: a Press and what the item is about. Out: a FeedItem, filled in by `templates/parts/feed_*.html`
in plain markup: feed readers keep no class and no style.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from briefbook.model import Correction, PublicEntry, Status
from briefbook.publishing import urls
from briefbook.publishing.contents import Contents
from briefbook.publishing.editions import EditionStory, stories_of_day
from briefbook.publishing.feeds import FeedItem
from briefbook.publishing.moments import changed, corrected_at
from briefbook.publishing.press import Press
from briefbook.publishing.templates import markup, render
from briefbook.publishing.views import Headline, topic_links


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItemView:
    """What the template of an entry's item is given."""

    path: str
    entry: PublicEntry
    note: Markup | None
    body: Markup
    has_marks: bool  # some sentences of the body are the editor's
    copies: tuple[Headline, ...]  # other entries that carry the same text, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionItemView:
    """What the template of a correction's item is given."""

    path: str
    entry: PublicEntry
    correction: Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionItemView:
    """What the template of an edition's item is given."""

    path: str
    day: date
    stories: tuple[EditionStory, ...]


def entry_item(press: Press, slug: str) -> FeedItem:
    """Return one entry as the item of a feed."""
    entry = press.contents.entry(slug)
    path = urls.entry(slug)
    body = press.bodies.feed(
        entry.body, at=path, sentences=entry.sentences, marks_unknown=entry.body_is_editors
    )
    view = FeedItemView(
        path=path,
        entry=entry,
        note=markup(press.bodies.feed(entry.note, at=path, ids=False)) if entry.note else None,
        body=markup(body),
        has_marks="<ins>" in body,
        copies=_copies(press.contents, slug),
    )
    return FeedItem(
        id=entry.id,
        path=path,
        title=entry.title,
        summary=entry.summary,
        html=_filled(press, "parts/feed_item.html", view),
        language=entry.language,
        authors=entry.authors,
        outlet=entry.outlet,
        categories=_categories(press, entry),
        added=entry.appeared,
        changed=changed(entry),
    )


def correction_items(press: Press, entry: PublicEntry) -> Iterator[FeedItem]:
    """Yield each correction of an entry as an item of its own.

    Feed readers show nobody that an item has changed, so what was wrong is told anew. An item is
    known by its entry, its day and its place among those of that day; one that the program drafted
    by its field too. So no draft that is confirmed or dismissed moves another. Of a withdrawn entry
    that it was withdrawn, and why, is all that is told.
    """
    is_gone = entry.status is Status.WITHDRAWN
    for correction in entry.told_corrections:
        day = " ".join(filter(None, (correction.date.isoformat(), correction.field)))
        when = corrected_at(entry, correction, press.contents.site)
        path = urls.entry(entry.slug)
        view = CorrectionItemView(path=path, entry=entry, correction=correction)
        yield FeedItem(
            id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{entry.id} {day} {correction.place}')}",
            path=path,
            title=press.say(
                "feed_correction_title",
                kind=press.say("withdrawn" if is_gone else f"correction_{correction.kind}"),
                title=entry.title,
            ),
            summary=correction.now or correction.why or correction.was,
            html=_filled(press, "parts/feed_correction.html", view),
            language=entry.language,
            categories=_categories(press, entry),
            added=when,
            changed=when,
        )


def edition_item(press: Press, day: date) -> FeedItem:
    """Return an edition as the item of a feed.

    Args:
        press: Where the entries are.
        day: The day.
    """
    contents = press.contents
    site = contents.site
    path = urls.edition(day)
    published = published_of(contents, day)
    # Where the site has no id, a day is known by its first entry, also after that is withdrawn.
    whose = site.id or contents.day_ids.members(day.isoformat())[0]
    entries = [*map(contents.entry, published)]
    view = EditionItemView(path=path, day=day, stories=stories_of_day(contents, published, day))
    titles = [story.headline.title for story in view.stories]
    return FeedItem(
        id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{whose} edition {day}')}",
        path=path,
        title=f"{site.title}, {day.isoformat()}",
        summary="; ".join(titles),
        html=_filled(press, "parts/feed_edition.html", view),
        language=site.language,
        added=entries[0].appeared,
        changed=max(map(changed, entries)),
    )


def published_of(contents: Contents, day: date) -> tuple[str, ...]:
    """Return the slugs of what was published on a day, in order of arrival."""
    slugs = contents.days.members(day.isoformat())
    return tuple(slug for slug in slugs if _is_published(contents, slug))


def _is_published(contents: Contents, slug: str) -> bool:
    stamp = contents.stamp(slug)
    return stamp is not None and stamp.status is Status.PUBLISHED


def _filled(press: Press, template: str, view: object) -> str:
    return render(press.environment, template, press.contents.site, view).strip()


def _categories(press: Press, entry: PublicEntry) -> tuple[str, ...]:
    return tuple(link.title for link in topic_links(press.contents.site, entry.topics))


def _copies(contents: Contents, slug: str) -> tuple[Headline, ...]:
    origin = contents.origin_of(slug)
    others = (other for other in (origin.entries if origin else ()) if other != slug)
    return tuple(contents.headline(other) for other in others if _is_published(contents, other))
