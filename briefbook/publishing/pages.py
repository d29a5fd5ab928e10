"""The pages about one thing: entry, about, and what says that something moved or is gone.

In: a Press and what the page is about. Out: the HTML of the page. One function per template.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.asking import joined
from briefbook.model import Correction, PublicEntry, has_names
from briefbook.publishing import schema, urls
from briefbook.publishing.contents import EVERYTHING, OUTLET, Contents
from briefbook.publishing.headlines import reports_of, story_headline
from briefbook.publishing.parts import is_made
from briefbook.publishing.press import Press, Printer
from briefbook.publishing.subjects import Subjects, outlet_setting
from briefbook.publishing.templates import markup
from briefbook.publishing.views import (
    DESCRIPTION,
    FeedLink,
    Headline,
    Link,
    Page,
    Sentence,
    feeds_near,
    feeds_of,
    sentences_of,
    topic_links,
)
from briefbook.text.markdown import read_blocks
from briefbook.text.naming import ORGANISATION, PERSON, PLACE
from briefbook.text.words import collapsed

# Other reports of its story that an entry names; a story of hundreds has a page of its own.
_MOST_REPORTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBox:
    """The story of an entry, beside it."""

    story: Headline
    others: tuple[Headline, ...]  # its newest other reports, oldest first; the story has all


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
class RelatedEntry:
    """An earlier entry of another story, and why a reader may want it."""

    headline: Headline
    names: tuple[str, ...]  # what both name


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLink:
    """A name in an entry."""

    title: str
    path: str | None  # where its page stands; None: it has none


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """The names of one kind."""

    label: str
    names: tuple[NameLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage(Page):
    """One entry."""

    entry: PublicEntry
    topics: tuple[Link, ...]  # best first
    outlet_name: str | None  # its outlet and its origin, spelled as everywhere on the site
    origin_name: str | None
    outlet: str | None  # where the page of its outlet stands
    outlet_note: str | None  # the first words the editor says of it
    origin: str | None  # where the page of its origin stands, if that is an outlet
    title_is_editors: bool  # the title does not stand in the source
    summary: Said | None
    key_points: tuple[Said, ...]
    body: Markup | None
    has_lines: bool  # the body has line numbers in its margin
    note: Markup | None
    story: StoryBox | None  # only where others report it too
    related: tuple[RelatedEntry, ...]  # earlier ones of other stories
    names: tuple[NameRow, ...]
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
    retraction: Correction | None = None  # when and why it was withdrawn
    is_resting: bool = False  # it is kept back, or waits for a mistake to be mended


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPage(Page):
    """What stands at the former address of an entry, story or name that stands elsewhere now."""

    to: Link
    what: str  # briefing, story or page


@dataclass(frozen=True, slots=True, kw_only=True)
class DividedPage(Page):
    """What stands at the former address of a story whose reports are filed apart now."""

    into: tuple[Link, ...]  # in order of arrival of its reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the page of an entry says of others, beside the entry: all of it can be sent."""

    entry: PublicEntry
    outlet_name: str | None
    origin_name: str | None
    outlet: str | None
    outlet_note: str | None
    origin: str | None
    story: StoryBox | None
    related: tuple[RelatedEntry, ...]
    names: tuple[NameRow, ...]
    earlier: Neighbour | None
    later: Neighbour | None


def around(press: Press, found: Subjects, of: PublicEntry) -> Around:
    """Return what the page of an entry is made from."""
    contents = press.contents
    outlet, origin = (_outlet(found, name) for name in (of.outlet, of.origin))
    earlier, later = contents.neighbours(of.slug)
    topic = topic_links(contents.site, of.topics)[:1]
    within = topic[0].title if topic else ""
    return Around(
        entry=of,
        outlet_name=_spelled(contents, of.outlet),
        origin_name=_spelled(contents, of.origin),
        outlet=outlet,
        outlet_note=_outlet_note(contents, of.outlet),
        origin=origin,
        story=_story_box(contents, of),
        related=_related(contents, of),
        names=_names(press, found, of),
        earlier=_neighbour(contents, earlier, within),
        later=_neighbour(contents, later, within),
    )


def entry(printer: Printer, near: Around) -> str:
    """Return the page of an entry."""
    site, of = printer.site, near.entry
    path = urls.entry(of.slug)
    body = printer.bodies.page(
        of.body, at=path, sentences=of.sentences, marks_unknown=of.body_is_editors
    )
    title = sentences_of([of.title], "title", of.sentences)[0]
    page = EntryPage(
        path=path,
        title=of.title,
        description=of.summary[:DESCRIPTION],
        feeds=feeds_near(site, of.topics),
        is_indexed=of.is_indexed,
        trail=topic_links(site, of.topics[:1]),
        described=schema.article(site, of),
        is_article=True,
        twin=urls.twin(path),
        entry=of,
        topics=topic_links(site, of.topics),
        outlet_name=near.outlet_name,
        origin_name=near.origin_name,
        outlet=near.outlet,
        outlet_note=near.outlet_note,
        origin=near.origin,
        title_is_editors=any(sentence.is_editors for sentence in title),
        summary=_said(of, "summary", of.summary, body.places) if of.summary else None,
        key_points=tuple(_said(of, "key_points", p, body.places) for p in of.key_points),
        body=markup(body.html) if body.html.strip() else None,
        has_lines=bool(body.places),
        note=_note(printer, of, path),
        story=near.story,
        related=near.related,
        names=near.names,
        earlier=near.earlier,
        later=near.later,
    )
    return printer.print("pages/entry.html", page)


def _outlet(found: Subjects, name: str | None) -> str | None:
    """Return where the page of an outlet stands; None where it has no page."""
    if not name:
        return None
    key = found.contents.outlet_spellings.key(name)
    link = found.link(joined(OUTLET, key)) if key else None
    return link[1] if link else None


def _spelled(contents: Contents, name: str | None) -> str | None:
    return contents.outlet_spellings.preferred(name) if name else None


def _outlet_note(contents: Contents, name: str | None) -> str | None:
    """Return the first words the editor says of an outlet; its page has all."""
    key = contents.outlet_spellings.key(name or "")
    setting = outlet_setting(contents, key)
    if setting is None or not setting.note:
        return None  # as it is nearly always
    return next((block.text for block in read_blocks(setting.note) if block.text.strip()), None)


def _names(press: Press, found: Subjects, of: PublicEntry) -> tuple[NameRow, ...]:
    if not has_names(of):
        return ()
    paths = {(link.kind, link.spelling): link.path for link in found.links(of.slug)}
    rows = (
        (PERSON, of.people),
        (ORGANISATION, of.organisations),
        (PLACE, of.places),
    )
    return tuple(
        NameRow(
            label=press.say(f"kind_{kind}"),
            names=tuple(NameLink(title=name, path=paths.get((kind, name))) for name in names),
        )
        for kind, names in rows
        if names
    )


def _related(contents: Contents, of: PublicEntry) -> tuple[RelatedEntry, ...]:
    if not has_names(of):  # entries are related by names alone
        return ()
    return tuple(
        RelatedEntry(headline=contents.headline(each.entry), names=each.names)
        for each in contents.given.related(of.slug)
        if contents.is_shown(each.entry)
    )


def _note(press: Press | Printer, of: PublicEntry, path: str) -> Markup | None:
    return markup(press.bodies.page(of.note, at=path, ids=False).html) if of.note else None


def _story_box(contents: Contents, of: PublicEntry) -> StoryBox | None:
    story = contents.story_of(of.slug)
    if story is None:
        return None
    others = [line for slug, line in reports_of(contents, story).items() if slug != of.slug]
    if not others:
        return None
    return StoryBox(story=story_headline(contents, story), others=tuple(others[-_MOST_REPORTS:]))


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


def _neighbour(contents: Contents, slug: str | None, within: str) -> Neighbour | None:
    if slug is None:
        return None
    there = contents.headline(slug)
    return Neighbour(
        entry=Link(path=there.path, title=there.title, language=there.language), within=within
    )


def subscribe(press: Press) -> str:
    """Return the page about following the site."""
    site = press.contents.site
    page = SubscribePage(
        path=urls.SUBSCRIBE,
        title=press.say("subscribe"),
        description=press.say("subscribe_description", site=site.title),
        feeds=feeds_near(site),
        all_feeds=tuple(
            feeds_of(title, path)
            for title, path in (
                (press.say("feed_everything"), urls.HOME),
                *((topic.title, urls.topic(topic.slug)) for topic in site.topics),
                (press.say("feed_editions"), urls.EDITIONS),
                (press.say("corrections"), urls.CORRECTIONS),
            )
            if is_made(site, path)
        ),
    )
    return press.print("pages/subscribe.html", page)


def search(press: Press) -> str:
    """Return the search page."""
    page = Page(
        path=urls.SEARCH,
        title=press.say("search"),
        description=press.say("search_description", site=press.contents.site.title),
        feeds=feeds_near(press.contents.site),
        is_indexed=False,
    )
    return press.print("pages/search.html", page)


def about(press: Press) -> str:
    """Return the page about the site."""
    contents = press.contents
    text = contents.site.about
    page = AboutPage(
        path=urls.ABOUT,
        title=press.say("about"),
        description=press.say("about_description", site=contents.site.title),
        feeds=feeds_near(contents.site),
        about=markup(press.bodies.page(text, at=urls.ABOUT, ids=False).html) if text else None,
        entries=contents.entries.count(EVERYTHING),
        topics=topic_links(contents.site, (each.slug for each in contents.site.topics)),
    )
    return press.print("pages/about.html", page)


def withdrawn(press: Press, of: PublicEntry) -> str:
    """Return the page of a withdrawn entry."""
    path = urls.entry(of.slug)
    page = WithdrawnPage(
        path=path,
        title=of.title,
        feeds=feeds_near(press.contents.site),
        is_indexed=False,
        entry=of,
        note=_note(press, of, path),
        retraction=of.retraction,
    )
    return press.print("pages/withdrawn.html", page)


def gone(press: Press, address: str, *, is_resting: bool = False) -> str:
    """Return the page for an address of which only the address is remembered."""
    page = WithdrawnPage(
        path=address,
        title=press.say("resting" if is_resting else "withdrawn"),
        is_resting=is_resting,
        feeds=feeds_near(press.contents.site),
        is_indexed=False,
        entry=None,
        note=None,
    )
    return press.print("pages/withdrawn.html", page)


def moved(press: Press, address: str, to: Link, what: str = "briefing") -> str:
    """Return the page at a former address of what stands elsewhere by now."""
    page = MovedPage(path=address, title=to.title, is_indexed=False, to=to, what=what)
    return press.print("pages/moved.html", page)


def former_story(press: Press, key: str, leads_to: tuple[Link, ...]) -> str:
    """Return the page at the address of a story that no report is filed in any more."""
    path = urls.story(key)
    if len(leads_to) == 1:
        return moved(press, path, leads_to[0], what="story")
    divided = DividedPage(
        path=path, title=press.say("divided_title"), is_indexed=False, into=leads_to
    )
    return press.print("pages/divided.html", divided)


def not_found(press: Press) -> str:
    """Return the page for addresses that never were."""
    page = Page(
        path=urls.NOT_FOUND,
        title=press.say("not_found_title"),
        feeds=feeds_near(press.contents.site),
        is_indexed=False,
    )
    return press.print("pages/not_found.html", page)
