"""The pages about one thing: entry, about, and what says that something moved or is gone.

In: a Press and what the page is about. Out: the HTML of the page. One function per template.
"""

from dataclasses import dataclass

from markupsafe import Markup

from briefbook.model import PublicEntry
from briefbook.publishing import urls
from briefbook.publishing.templates import markup
from briefbook.publishing.views import (
    DESCRIPTION,
    Headline,
    Link,
    Page,
    Press,
    Sentence,
    entry_headline,
    feeds_near,
    sentences_of,
    shown,
    story_headline,
    topic_links,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBox:
    """The story of an entry, beside it."""

    story: Headline
    others: tuple[Headline, ...]  # its other reports, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage(Page):
    """One entry."""

    entry: PublicEntry
    topics: tuple[Link, ...]  # best first
    outlet_note: str | None  # the editor's, from site.yaml
    title_is_editors: bool  # the title does not stand in the source
    summary: tuple[Sentence, ...]
    key_points: tuple[tuple[Sentence, ...], ...]
    body: Markup | None
    has_lines: bool  # the body has line numbers in its margin
    note: Markup | None
    story: StoryBox | None  # only where others report it too
    earlier: Link | None  # its neighbours in order of arrival
    later: Link | None


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
    """What stands at the former address of an entry, or of a story that went into another."""

    to: Link
    is_story: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DividedPage(Page):
    """What stands at the former address of a story whose reports are filed apart now."""

    into: tuple[Link, ...]  # in order of arrival of its reports


def entry(press: Press, of: PublicEntry, earlier: str | None, later: str | None) -> str:
    """Return the page of an entry; its neighbours are given by slug."""
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
        entry=of,
        topics=topic_links(contents, of.topics),
        outlet_note=_outlet_note(press, of),
        title_is_editors=any(sentence.is_editors for sentence in title),
        summary=sentences_of([of.summary], "summary", of.sentences)[0] if of.summary else (),
        key_points=sentences_of(of.key_points, "key_points", of.sentences),
        body=markup(body.html) if body.html.strip() else None,
        has_lines=body.lines > 0,
        note=_note(press, of, path),
        story=_story_box(press, of),
        earlier=_neighbour(press, earlier),
        later=_neighbour(press, later),
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


def _neighbour(press: Press, slug: str | None) -> Link | None:
    if slug is None:
        return None
    there = press.contents.entries[slug]
    return Link(path=urls.entry(slug), title=there.title, language=there.language)


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


def former_story(press: Press, key: str, leads_to: tuple[Link, ...]) -> str:
    """Return the page at the address of a story that no report is filed in any more."""
    path = urls.story(key)
    if len(leads_to) == 1:
        to = leads_to[0]
        moved_page = MovedPage(path=path, title=to.title, is_indexed=False, to=to, is_story=True)
        return press.print("pages/moved.html", moved_page)
    divided = DividedPage(path=path, title="Divided story", is_indexed=False, into=leads_to)
    return press.print("pages/divided.html", divided)


def not_found(press: Press) -> str:
    """Return the page for addresses that never were."""
    page = Page(
        path=urls.NOT_FOUND,
        title="Not found",
        feeds=feeds_near(press.contents),
        is_indexed=False,
    )
    return press.print("pages/not_found.html", page)
