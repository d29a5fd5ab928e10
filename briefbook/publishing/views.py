"""The view objects: what each template is given, frozen and complete.

In: a Publication. Out: `Contents`, its parts by slug, and the small pieces that many pages show.
Every text here comes from a PublicEntry or from the editor's `site.yaml`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jinja2 import Environment

from briefbook.model import (
    Origin,
    Publication,
    PublicEntry,
    Related,
    Site,
    Story,
    Topic,
    TracedSentence,
)
from briefbook.publishing import urls
from briefbook.publishing.body import BodyRenderer
from briefbook.publishing.cards import can_write
from briefbook.publishing.parts import is_made
from briefbook.publishing.subjects import Subjects, find_subjects
from briefbook.publishing.templates import local_day, render
from briefbook.publishing.words import Words
from briefbook.text.spellings import Spellings
from briefbook.text.words import collapsed

# Longest description of a page for search engines and previews, in characters.
DESCRIPTION = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place to go to."""

    path: str
    title: str
    language: str | None = None  # of the title, where it may differ from the site's


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """The feeds of one page."""

    title: str
    rss: str
    atom: str
    json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the frame of every page needs."""

    path: str
    title: str  # plain; "" on the front page
    description: str = ""
    feeds: tuple[FeedLink, ...] = ()  # nearest first
    is_indexed: bool = True  # False: search engines are asked to leave it alone
    trail: tuple[Link, ...] = ()  # the pages above it, from the top; without the front page
    described: Mapping[str, object] | None = None  # what it is, as schema.org says it
    is_article: bool = False  # about one text
    twin: str = ""  # the same for programs, "" where there is none
    card: str = urls.CARD  # the picture where a link to it is shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An entry, or a story of several, as it stands in a list."""

    path: str
    title: str
    language: str
    summary: str  # the bottom line, of the newest report that has one
    summary_language: str
    outlets: tuple[str, ...]  # known names, in order of arrival
    unnamed: int  # reports whose outlet nobody knows
    origins: int  # texts that others carry, counted once each
    reports: int  # entries; 1: this is an entry, not a story
    published: date | datetime | None  # by the outlet; of a story the last known
    added: datetime  # when readers could first see it, of a story the last report
    topics: tuple[Link, ...]
    differs: bool = False  # its reports disagree on a fact
    preview: str = ""  # draft or scheduled: only its editor sees it
    is_corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of a list."""

    path: str
    month: date  # its first day
    count: int
    lines: tuple[Headline, ...] = ()  # newest first; () where only the link is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicBlock:
    """A topic with its newest entries."""

    path: str
    title: str
    description: str
    count: int
    newest: date | None
    lines: tuple[Headline, ...]  # newest first
    feeds: FeedLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence and whose it is."""

    text: str
    is_editors: bool  # it does not stand in the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A publication by slug."""

    site: Site
    outlet_spellings: Spellings
    entries: Mapping[str, PublicEntry]  # in order of arrival
    withdrawn: tuple[PublicEntry, ...]
    topics: Mapping[str, Topic]  # in the order of site.yaml
    stories: Mapping[str, Story]  # only those with entries that are shown
    story_of: Mapping[str, Story]  # entry slug -> story
    origin_of: Mapping[str, Origin]  # entry slug -> whose text it is, for entries of stories
    subjects: Subjects
    related: Mapping[str, tuple[Related, ...]]  # entry slug -> earlier entries, best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What makes a page out of a view object."""

    contents: Contents
    bodies: BodyRenderer
    environment: Environment
    words: Words

    def say(self, key: str, **values: str | int) -> str:
        """Return words of the interface as plain text."""
        return self.words.plain(key, **values)

    def print(self, template: str, page: Page) -> str:
        """Return the page of a view object."""
        return render(self.environment, template, self.contents.site, page)


def contents_of(publication: Publication) -> Contents:
    """Return the parts of a publication by slug."""
    entries: dict[str, PublicEntry] = {}
    for entry in publication.entries:
        entries.setdefault(entry.slug, entry)
    stories = {
        story.slug: story
        for story in publication.stories
        if any(slug in entries for slug in story.entries)
    }
    site = publication.site
    # Where stories have no pages each report stands alone, but one text is still told once a feed.
    told = stories if is_made(site, urls.STORIES) else {}
    return Contents(
        site=site,
        outlet_spellings=Spellings(outlet.spellings for outlet in site.outlets),
        entries=entries,
        withdrawn=publication.withdrawn,
        topics={topic.slug: topic for topic in publication.topics},
        stories=told,
        story_of={slug: story for story in told.values() for slug in story.entries},
        origin_of={
            slug: origin
            for story in stories.values()
            for origin in story.origins
            for slug in origin.entries
        },
        subjects=find_subjects(publication.names, entries, publication.addresses, site.outlets),
        related=publication.related,
    )


def shown(contents: Contents, slugs: Iterable[str]) -> tuple[PublicEntry, ...]:
    """Return the entries of a list that are shown, in its order."""
    return tuple(contents.entries[slug] for slug in slugs if slug in contents.entries)


def is_for_all(entries: Sequence[PublicEntry]) -> bool:
    """Tell whether a page about entries is for everybody: not one of drafts only."""
    return not entries or not all(entry.is_preview for entry in entries)


def topic_links(contents: Contents, slugs: Iterable[str]) -> tuple[Link, ...]:
    """Return links to topics, in the order given, each once."""
    return tuple(
        Link(path=urls.topic(slug), title=contents.topics[slug].title)
        for slug in dict.fromkeys(slugs)
        if slug in contents.topics
    )


def card_of(path: str, title: str) -> str:
    """Return the card of a page; where its title cannot be drawn, that of the site."""
    return urls.card(path) if can_write(title) else urls.CARD


def feeds_of(title: str, path: str) -> FeedLink:
    """Return the feeds of the page at `path`."""
    rss, atom, json = (urls.feed(path, name) for name in urls.FEEDS)
    return FeedLink(title=title, rss=rss, atom=atom, json=json)


def feeds_near(contents: Contents, topics: Iterable[str] = ()) -> tuple[FeedLink, ...]:
    """Return the feeds a reader of a page may want: of its topics, then of the site."""
    site = contents.site
    near = [
        feeds_of(f"{contents.topics[slug].title} – {site.title}", urls.topic(slug))
        for slug in topics
        if slug in contents.topics
    ]
    return (*near, feeds_of(site.title, urls.HOME))


def outlet_names(contents: Contents, entries: Iterable[PublicEntry]) -> tuple[str, ...]:
    """Return the names of the outlets, each once, by the spelling site.yaml prefers."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.outlet:
            name = contents.outlet_spellings.preferred(entry.outlet)
            found.setdefault(contents.outlet_spellings.key(name), name)
    return tuple(found.values())


def entry_headline(contents: Contents, entry: PublicEntry) -> Headline:
    """Return an entry as it stands in a list."""
    return Headline(
        path=urls.entry(entry.slug),
        title=entry.title,
        language=entry.language,
        summary=entry.summary,
        summary_language=entry.language,
        outlets=outlet_names(contents, [entry]),
        unnamed=int(not entry.outlet),
        origins=1,
        reports=1,
        published=entry.published,
        added=entry.appeared,
        topics=topic_links(contents, entry.topics),
        preview=str(entry.status) if entry.is_preview else "",
        is_corrected=bool(entry.corrections),
    )


def story_headline(contents: Contents, story: Story) -> Headline:
    """Return a story as it stands in a list; one with a single report is that entry."""
    entries = shown(contents, story.entries)
    return (
        entry_headline(contents, entries[0])
        if len(entries) == 1
        else told(contents, story, entries)
    )


def told(contents: Contents, story: Story, entries: Sequence[PublicEntry]) -> Headline:
    """Return a story as some of its shown entries tell it, such as those of one day.

    Args:
        contents: Where the entries are.
        story: The story.
        entries: In order of arrival, one at least.
    """
    newest = next((entry for entry in reversed(entries) if entry.summary), entries[-1])
    dated = [entry for entry in entries if entry.published is not None]
    last = max(
        dated,
        key=lambda entry: local_day(entry.published or entry.appeared, contents.site).isoformat(),
        default=None,
    )
    slugs = {entry.slug for entry in entries}
    return Headline(
        path=urls.story(story.slug),
        title=story.title,
        language=shown(contents, story.entries)[0].language,
        summary=newest.summary,
        summary_language=newest.language,
        outlets=outlet_names(contents, entries),
        unnamed=sum(not entry.outlet for entry in entries),
        origins=sum(not slugs.isdisjoint(origin.entries) for origin in story.origins),
        reports=len(entries),
        published=last.published if last else None,
        added=entries[-1].appeared,
        topics=topic_links(contents, (slug for entry in entries for slug in entry.topics)),
        differs=bool(story.differences),
        preview=str(entries[0].status) if all(e.is_preview for e in entries) else "",
        is_corrected=any(entry.corrections for entry in entries),
    )


def months_of(
    contents: Contents, entries: Iterable[PublicEntry]
) -> dict[date, tuple[PublicEntry, ...]]:
    """Return entries by the month they appeared, newest month and newest entry first."""
    return _by(lambda entry: local_day(entry.appeared, contents.site).replace(day=1), entries)


def days_of(
    contents: Contents, entries: Iterable[PublicEntry]
) -> dict[date, tuple[PublicEntry, ...]]:
    """Return entries by the day they appeared, newest day and newest entry first."""
    return _by(lambda entry: local_day(entry.appeared, contents.site), entries)


def _by(
    when: Callable[[PublicEntry], date], entries: Iterable[PublicEntry]
) -> dict[date, tuple[PublicEntry, ...]]:
    found: dict[date, list[PublicEntry]] = {}
    for entry in entries:
        found.setdefault(when(entry), []).append(entry)
    return {day: tuple(reversed(found[day])) for day in sorted(found, reverse=True)}


def sentences_of(
    values: Iterable[str], field: str, traced: tuple[TracedSentence, ...]
) -> tuple[tuple[Sentence, ...], ...]:
    """Return each value as its sentences, those that are the editor's marked.

    A value that the trace does not know is one unmarked sentence, white space and all.
    """
    known = [sentence for sentence in traced if sentence.field == field]
    return tuple(_parted(value, known) for value in values)


def _parted(value: str, known: list[TracedSentence]) -> tuple[Sentence, ...]:
    foreign = {sentence.text for sentence in known if sentence.lines is None and sentence.text}
    parts: list[Sentence] = []
    text = collapsed(value)
    if not any(sentence in text for sentence in foreign):
        return (Sentence(text=text, is_editors=False),)
    while text:
        starts = sorted((text.find(sentence), -len(sentence), sentence) for sentence in foreign)
        at, _, sentence = next((start for start in starts if start[0] >= 0), (-1, 0, ""))
        if at < 0:
            parts.append(Sentence(text=text, is_editors=False))
            break
        if before := text[:at]:
            parts.append(Sentence(text=before, is_editors=False))
        parts.append(Sentence(text=sentence, is_editors=True))
        text = text[at + len(sentence) :]
    return tuple(parts)
