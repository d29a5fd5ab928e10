"""The pages about one thing: entry, about, and what says that something moved or is gone.

In: a Press and what the page is about. Out: the HTML of the page. One function per template.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.model import PublicEntry
from briefbook.publishing import schema, urls
from briefbook.publishing.templates import markup
from briefbook.publishing.views import (
    DESCRIPTION,
    FeedLink,
    Headline,
    Link,
    Page,
    Press,
    Sentence,
    entry_headline,
    feeds_near,
    feeds_of,
    sentences_of,
    shown,
    story_headline,
    topic_links,
)
from briefbook.text.words import collapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBox:
    """The story of an entry, beside it."""

    story: Headline
    others: tuple[Headline, ...]  # its other reports, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A bottom line or key point, and where it stands."""

    sentences: tuple[Sentence, ...]
    line: int | None  # of the source; None: nobody knows
    anchor: str  # id of its block in the text, "" where it is not shown there


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The entry before or after, in the entry's first topic, else of all."""

    entry: Link
    within: str  # title of the topic, "" for all


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage(Page):
    """One entry."""

    entry: PublicEntry
    topics: tuple[Link, ...]  # best first
    outlet_note: str | None  # the editor's, from site.yaml
    title_is_editors: bool  # the title does not stand in the source
    summary: Said | None
    key_points: tuple[Said, ...]
    body: Markup | None
    has_lines: bool  # the body has line numbers in its margin
    note: Markup | None
    story: StoryBox | None  # only where others report it too
    earlier: Neighbour | None
    later: Neighbour | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribePage(Page):
    """How to follow."""

    all_feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(Page):
    """What this site is."""

    about: Markup | None
    entries: int
    topics: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnPage(Page):
    """What stands where an entry was withdrawn, or where nothing is any more."""

    entry: PublicEntry | None  # None: only the address is remembered
    note: Markup | None
    is_resting: bool = False  # it waits for a mistake to be mended


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPage(Page):
    """What stands at the former address of an entry."""

    to: Link


def entry(press: Press, of: PublicEntry, earlier: str | None, later: str | None) -> str:
    """Return the page of an entry; its neighbours (in its first topic) are given by slug."""
    contents = press.contents
    path = urls.entry(of.slug)
    body = press.bodies.page(
        of.body, at=path, sentences=of.sentences, marks_unknown=of.body_is_editors
    )
    title = sentences_of([of.title], "title", of.sentences)[0]
    page = EntryPage(
        path=path,
        title=of.title,
        description=of.summary[:DESCRIPTION],
        feeds=feeds_near(contents, of.topics),
        is_indexed=of.is_indexed,
        trail=topic_links(contents, of.topics[:1]),
        described=schema.article(contents.site, of),
        is_article=True,
        twin=urls.twin(path),
        entry=of,
        topics=topic_links(contents, of.topics),
        outlet_note=_outlet_note(press, of),
        title_is_editors=any(sentence.is_editors for sentence in title),
        summary=_said(of, "summary", of.summary, body.places) if of.summary else None,
        key_points=tuple(_said(of, "key_points", p, body.places) for p in of.key_points),
        body=markup(body.html) if body.html.strip() else None,
        has_lines=bool(body.places),
        note=_note(press, of, path),
        story=_story_box(press, of),
        earlier=_neighbour(press, of, earlier),
        later=_neighbour(press, of, later),
    )
    return press.print("pages/entry.html", page)


def _outlet_note(press: Press, of: PublicEntry) -> str | None:
    name = (of.outlet or "").casefold()
    return next(
        (
            outlet.note
            for outlet in press.contents.site.outlets
            if name in {known.casefold() for known in (outlet.name, *outlet.aliases)}
        ),
        None,
    )


def _note(press: Press, of: PublicEntry, path: str) -> Markup | None:
    return markup(press.bodies.page(of.note, at=path, ids=False).html) if of.note else None


def _story_box(press: Press, of: PublicEntry) -> StoryBox | None:
    story = press.contents.story_of.get(of.slug)
    if story is None:
        return None
    others = [each for each in shown(press.contents, story.entries) if each.slug != of.slug]
    if not others:
        return None
    return StoryBox(
        story=story_headline(press.contents, story),
        others=tuple(entry_headline(press.contents, each) for each in others),
    )


def _said(of: PublicEntry, field: str, value: str, places: Sequence[tuple[int, str]]) -> Said:
    """Return a sentence of the digest with the block of the text that it stands in.

    Args:
        of: The entry.
        field: summary or key_points.
        value: The sentence, or two.
        places: Source line and id of each block of the text.
    """
    text = collapsed(value)
    lines = [s.lines for s in of.sentences if s.field == field and s.lines and s.text in text]
    line = lines[0][0] if lines else None
    before = [anchor for first, anchor in places if line is not None and first <= line]
    is_shown = line is not None and any(
        s.field == "body" and s.lines and s.lines[0] <= line <= s.lines[1] for s in of.sentences
    )
    return Said(
        sentences=sentences_of([value], field, of.sentences)[0],
        line=line,
        anchor=before[-1] if before and is_shown else "",
    )


def _neighbour(press: Press, of: PublicEntry, slug: str | None) -> Neighbour | None:
    if slug is None:
        return None
    there = press.contents.entries[slug]
    topic = topic_links(press.contents, of.topics)[:1]
    return Neighbour(
        entry=Link(path=urls.entry(slug), title=there.title, language=there.language),
        within=topic[0].title if topic else "",
    )


def subscribe(press: Press) -> str:
    """Return the page about following the site."""
    contents = press.contents
    page = SubscribePage(
        path=urls.SUBSCRIBE,
        title="Subscribe",
        description=f"The feeds of {contents.site.title}.",
        feeds=feeds_near(contents),
        all_feeds=(
            feeds_of("Everything", urls.HOME),
            *(feeds_of(topic.title, urls.topic(slug)) for slug, topic in contents.topics.items()),
            feeds_of("Editions, a day as one item", urls.EDITIONS),
            feeds_of("Corrections", urls.CORRECTIONS),
        ),
    )
    return press.print("pages/subscribe.html", page)


def search(press: Press) -> str:
    """Return the search page."""
    page = Page(
        path=urls.SEARCH,
        title="Search",
        description=f"Search in {press.contents.site.title}.",
        feeds=feeds_near(press.contents),
        is_indexed=False,
    )
    return press.print("pages/search.html", page)


def about(press: Press) -> str:
    """Return the page about the site."""
    contents = press.contents
    text = contents.site.about
    page = AboutPage(
        path=urls.ABOUT,
        title="About",
        description=f"What {contents.site.title} is and how it is made.",
        feeds=feeds_near(contents),
        about=markup(press.bodies.page(text, at=urls.ABOUT, ids=False).html) if text else None,
        entries=len(contents.entries),
        topics=topic_links(contents, contents.topics),
    )
    return press.print("pages/about.html", page)


def withdrawn(press: Press, of: PublicEntry) -> str:
    """Return the page of a withdrawn entry."""
    path = urls.entry(of.slug)
    page = WithdrawnPage(
        path=path,
        title=of.title,
        feeds=feeds_near(press.contents),
        is_indexed=False,
        entry=of,
        note=_note(press, of, path),
    )
    return press.print("pages/withdrawn.html", page)


def gone(press: Press, address: str, *, is_resting: bool = False) -> str:
    """Return the page for an address of which only the address is remembered."""
    page = WithdrawnPage(
        path=address,
        title="Not available now" if is_resting else "Withdrawn",
        is_resting=is_resting,
        feeds=feeds_near(press.contents),
        is_indexed=False,
        entry=None,
        note=None,
    )
    return press.print("pages/withdrawn.html", page)


def moved(press: Press, alias: str, of: PublicEntry) -> str:
    """Return the page at a former slug of an entry."""
    page = MovedPage(
        path=urls.entry(alias),
        title=of.title,
        is_indexed=False,
        to=Link(path=urls.entry(of.slug), title=of.title, language=of.language),
    )
    return press.print("pages/moved.html", page)


def not_found(press: Press) -> str:
    """Return the page for addresses that never were."""
    page = Page(
        path=urls.NOT_FOUND,
        title="Not found",
        feeds=feeds_near(press.contents),
        is_indexed=False,
    )
    return press.print("pages/not_found.html", page)
