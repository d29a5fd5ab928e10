"""The view objects: what each template is given, frozen and complete.

In: an entry and what `site.yaml` says. Out: the small pieces that many pages show. Every text here
comes from a PublicEntry or from the editor's `site.yaml`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from briefbook.model import OutletSetting, PublicEntry, Site, TracedSentence
from briefbook.publishing import urls
from briefbook.publishing.cards import can_write
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


def topic_links(site: Site, slugs: Iterable[str]) -> tuple[Link, ...]:
    """Return links to topics of a site, in the order given, each once."""
    wanted = dict.fromkeys(slugs)
    # An entry has few topics, a site many: no dictionary of all.
    titles = {topic.slug: topic.title for topic in site.topics if topic.slug in wanted}
    return tuple(
        Link(path=urls.topic(slug), title=titles[slug]) for slug in wanted if slug in titles
    )


def card_of(path: str, title: str) -> str:
    """Return the card of a page; where its title cannot be drawn, that of the site."""
    return urls.card(path) if can_write(title) else urls.CARD


def feeds_of(title: str, path: str) -> FeedLink:
    """Return the feeds of the page at `path`."""
    rss, atom, json = (urls.feed(path, name) for name in urls.FEEDS)
    return FeedLink(title=title, rss=rss, atom=atom, json=json)


def feeds_near(site: Site, topics: Iterable[str] = ()) -> tuple[FeedLink, ...]:
    """Return the feeds a reader of a page may want: of its topics, then of the site."""
    near = (
        feeds_of(f"{link.title} – {site.title}", link.path) for link in topic_links(site, topics)
    )
    return (*near, feeds_of(site.title, urls.HOME))


def entry_headline(site: Site, entry: PublicEntry) -> Headline:
    """Return an entry as it stands in a list."""
    outlet = spellings_of(site).preferred(entry.outlet) if entry.outlet else None
    return Headline(
        path=urls.entry(entry.slug),
        title=entry.title,
        language=entry.language,
        summary=entry.summary,
        summary_language=entry.language,
        outlets=(outlet,) if outlet else (),
        unnamed=int(not entry.outlet),
        origins=1,
        reports=1,
        published=entry.published,
        added=entry.appeared,
        topics=topic_links(site, entry.topics),
        preview=str(entry.status) if entry.is_preview else "",
        is_corrected=bool(entry.corrections),
    )


def spellings_of(site: Site) -> Spellings:
    """Return which spellings of outlets mean one on a site."""
    return _spellings(site.outlets)


@lru_cache(maxsize=8)
def _spellings(outlets: tuple[OutletSetting, ...]) -> Spellings:
    return Spellings(outlet.spellings for outlet in outlets)


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
