"""Contents: what pages ask for, and the lists in which entries stand.

In: what is known of each entry and story, as questions. Out: the same by list: months, days,
topics, outlets, names, former addresses. Pages ask for no more than they show, so an entry that
comes or goes concerns few of them. What reaches a page comes from a PublicEntry or `site.yaml`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from briefbook.asking import Asks, Groups, Question, Row, joined, parted, ranked
from briefbook.model import (
    Named,
    Origin,
    PublicEntry,
    Related,
    Site,
    Status,
    Story,
    has_names,
)
from briefbook.publishing import urls
from briefbook.publishing.moments import aware, changed
from briefbook.publishing.parts import is_made
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import Headline, entry_headline, spellings_of
from briefbook.text.naming import name_key
from briefbook.text.spellings import Spellings

EVERYTHING = ""  # the list of all
OUTLET = "outlet"
# Entries that are asked for at a time, where nobody knows how many it takes.
_FEW = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What publishing is given; questions are about slugs unless it is said otherwise."""

    site: Question[Site]  # about ""
    entry: Question[PublicEntry | None]  # what has a page of its own; withdrawn ones too
    place: Question[str]  # sort key in the order of arrival
    story: Question[Story | None]  # about its key; None: no entry of it is shown
    names: Question[tuple[tuple[str, str, str], ...]]  # kind, key and spelling of its full names
    named: Question[Named | None]  # about kind and key
    related: Question[tuple[Related, ...]]
    published: Question[bool | None]  # about an address: it was published once
    kept_back: Question[bool | None]  # about an address: nobody sees it now; True: it comes back
    faulty: Question[bool | None]  # an entry with a mistake, or about "": there is any


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What lists need to know of an entry before they show it."""

    status: Status
    appeared: datetime  # in UTC
    changed: datetime  # in UTC


@dataclass(frozen=True, slots=True)
class Contents:
    """What pages ask for."""

    given: Given
    headline: Question[Headline]  # of an entry that is shown
    stamp: Question[Stamp | None]  # of any entry with a page
    month_changed: Question[datetime | None]  # about a topic, or EVERYTHING, and a month
    entries: Groups  # all that are shown, under EVERYTHING
    months: Groups  # those of a month
    days: Groups
    topics: Groups  # under each, and under "" what has none
    topic_months: Groups  # under topic and month
    reported: Groups  # under topic and the month their outlets published them in, "" for undated
    withdrawn: Groups  # under EVERYTHING and under each topic
    corrected: Groups  # with corrections that readers are told of, the same
    day_ids: Groups  # ids of what was published on a day, withdrawn ones too
    aliases: Groups  # slugs of entries, under a former slug of theirs
    former_stories: Groups  # slugs of entries, under the key of a story they were filed in
    subject_months: Groups  # under kind, key and month
    withdrawn_stories: Groups  # slugs of what was withdrawn, under the key of its story
    topic_stories: Groups  # keys of stories of several reports, by their newest report there
    subject_stories: Groups  # the same under kind and key
    previews: Groups  # what only its editor sees
    told_stories: Groups  # keys of all stories
    unlisted: Groups  # what is shown at an address that never was public, nor can be now
    published_at: Groups  # slugs of published subjects, under kind and what they have in common

    # ------------------------------------------------------------------ settings

    @property
    def site(self) -> Site:
        """What `site.yaml` says."""
        return self.given.site("")

    @property
    def outlet_spellings(self) -> Spellings:
        """Which spellings of outlets mean one."""
        return spellings_of(self.site)

    # ------------------------------------------------------------------ entries and stories

    def published(self) -> int:
        """Return how many entries everybody sees."""
        return self.entries.count(EVERYTHING) - self.previews.count(EVERYTHING)

    def from_newest(self, under: str = EVERYTHING) -> Iterator[str]:
        """Yield the slugs of what is shown, of all or of a topic, newest first, few at a time."""
        groups = self.topics if under else self.entries
        given, many = 0, _FEW
        while True:
            newest = groups.newest(under, many)
            yield from newest[given:]
            if len(newest) < many:
                return
            given, many = many, many * 2

    def shown(self, slug: str) -> PublicEntry | None:
        """Return an entry that is shown; None: it is not, or was withdrawn."""
        entry = self.given.entry(slug)
        return None if entry is None or entry.status is Status.WITHDRAWN else entry

    def is_shown(self, slug: str) -> bool:
        """Tell whether an entry is shown."""
        stamp = self.stamp(slug)
        return stamp is not None and stamp.status is not Status.WITHDRAWN

    def entry(self, slug: str) -> PublicEntry:
        """Return an entry that is known to have a page."""
        entry = self.given.entry(slug)
        assert entry is not None, slug
        return entry

    def known_story(self, key: str) -> Story:
        """Return a story that is known to have a page."""
        story = self.given.story(key)
        assert story is not None, key
        return story

    def story_of(self, slug: str) -> Story | None:
        """Return the story of an entry; None: it has none, or none that is shown."""
        # Where stories have no pages each report stands alone.
        return self._story_of(slug) if is_made(self.site, urls.STORIES) else None

    def _story_of(self, slug: str) -> Story | None:
        entry = self.shown(slug)
        story = self.given.story(entry.story) if entry and entry.story else None
        return story if story and slug in story.entries else None

    def origin_of(self, slug: str) -> Origin | None:
        """Return whose text an entry of a story is; one text is told once a feed in any case."""
        story = self._story_of(slug)
        return next((o for o in story.origins if slug in o.entries), None) if story else None

    def neighbours(self, slug: str) -> tuple[str | None, str | None]:
        """Return the entry before and after one, in its first topic; of one of none among all."""
        entry = self.entry(slug)
        known = {topic.slug for topic in self.site.topics}
        topic = next((each for each in entry.topics if each in known), None)
        place = self.given.place(slug)
        if topic is None:
            return self.entries.beside(EVERYTHING, place, slug)
        return self.topics.beside(topic, place, slug)

    def newest_change(self, slugs: Iterable[str]) -> datetime | None:
        """Return when the last of some entries changed that are published; None: none is."""
        stamps = (stamp for slug in slugs if (stamp := self.stamp(slug)))
        published = (stamp.changed for stamp in stamps if stamp.status is Status.PUBLISHED)
        return max(published, default=None)

    def list_changed(self, topic: str = EVERYTHING) -> datetime | None:
        """Return when the last published entry of a topic, or of all, changed."""
        groups = self.topic_months if topic else self.months
        months = [parted(key)[-1] for key, _ in groups.counts(joined(topic, "") if topic else "")]
        moments = (self.month_changed(joined(topic, month)) for month in months)
        return max(filter(None, moments), default=None)

    def was_published(self, address: str) -> bool:
        """Tell whether an address was ever published."""
        return bool(self.given.published(address))


def contents_of(asks: Asks, given: Given) -> Contents:
    """Return what pages ask for, its lists empty until their rows are put there."""

    def headline(slug: str) -> Headline:
        entry = given.entry(slug)
        assert entry is not None, slug
        return entry_headline(given.site(""), entry)

    def stamp(slug: str) -> Stamp | None:
        entry = given.entry(slug)
        if entry is None:
            return None
        return Stamp(status=entry.status, appeared=aware(entry.appeared), changed=changed(entry))

    def month_changed(about: str) -> datetime | None:
        under, month = parted(about)
        slugs = found.topic_months.members(about) if under else found.months.members(month)
        return found.newest_change(slugs)

    lists = (
        "entries months days topics topic_months reported withdrawn corrected day_ids aliases"
        " former_stories withdrawn_stories subject_months topic_stories subject_stories"
        " previews told_stories unlisted published_at"
    ).split()
    found = Contents(
        given=given,
        month_changed=asks.question("month changed", month_changed),
        headline=asks.question("headline", headline),
        stamp=asks.question("stamp", stamp),
        **{name: asks.family(name) for name in lists},
    )
    return found


# --------------------------------------------------------------------------- rows of the lists


def entry_rows(given: Given, slug: str) -> tuple[Row, ...]:
    """Return in which lists an entry stands."""
    entry = given.entry(slug)
    if entry is None:
        return ()
    site, place = given.site(""), given.place(slug)
    topics = [topic.slug for topic in site.topics if topic.slug in entry.topics]
    rows = [*_rows_of_former(entry, place)]
    if entry.status is Status.WITHDRAWN:
        rows += (("withdrawn", under, place, slug) for under in (EVERYTHING, *topics))
        rows += [("withdrawn_stories", entry.story, place, slug)] if entry.story else []
    else:
        rows += _rows_of_shown(given, entry, topics, place)
    if not entry.is_preview and entry.told_corrections:
        rows += (("corrected", under, place, slug) for under in (EVERYTHING, *topics))
    if not entry.is_preview:
        day = local_day(entry.appeared, site).isoformat()
        first = ranked(aware(entry.appeared).isoformat(), entry.id)
        rows.append(("day_ids", day, first, entry.id))
    return tuple(rows)


def _rows_of_former(entry: PublicEntry, place: str) -> Iterable[Row]:
    # What was withdrawn comes behind what is shown.
    order = f"{int(entry.status is Status.WITHDRAWN)}{place}"
    for alias in dict.fromkeys(entry.aliases):
        if alias != entry.slug:
            yield "aliases", alias, order, entry.slug
    for key in dict.fromkeys(entry.former_stories):
        yield "former_stories", key, order, entry.slug


def _rows_of_shown(
    given: Given, entry: PublicEntry, topics: Iterable[str], place: str
) -> Iterable[Row]:
    site, slug = given.site(""), entry.slug
    day = local_day(entry.appeared, site)
    month = month_key(day)
    yield "entries", EVERYTHING, place, slug
    if not entry.topics:
        yield "topics", "", place, slug
    if entry.is_preview:
        yield "previews", EVERYTHING, place, slug
    # Who asks whether an address was published is looked at again when it is, right after the
    # first build: of those that are published no row may ask.
    address = urls.entry(slug)
    is_public = not entry.is_preview and urls.is_safe(address)
    if not is_public and not given.published(address):
        yield "unlisted", EVERYTHING, place, slug
    yield "months", month, place, slug
    yield "days", day.isoformat(), place, slug
    reported = month_key(local_day(entry.published, site)) if entry.published else ""
    for topic in topics:
        yield "topics", topic, place, slug
        yield "topic_months", joined(topic, month), place, slug
        yield "reported", joined(topic, reported), place, slug
    names = given.names(slug) if has_names(entry) else ()
    subjects = {(kind, key) for kind, key, _ in names}
    if entry.outlet:
        subjects.add((OUTLET, spellings_of(site).key(entry.outlet)))
    for kind, key in sorted(subjects):
        yield "subject_months", joined(kind, key, month), place, slug


def story_rows(given: Given, key: str) -> tuple[Row, ...]:
    """Return in which lists a story of several reports stands, by its newest report there."""
    story = given.story(key)
    if story is None:
        return ()
    known = ("told_stories", EVERYTHING, key, key)
    if len(story.entries) < 2 or not is_made(given.site(""), urls.STORIES):
        return (known,)
    site = given.site("")
    newest: dict[tuple[str, str], str] = {}
    for slug in story.entries:
        entry, place = given.entry(slug), given.place(slug)
        assert entry is not None, slug
        for topic in site.topics:
            if topic.slug in entry.topics:
                newest["topic_stories", topic.slug] = place
        for kind, name, _ in given.names(slug):
            newest["subject_stories", joined(kind, name)] = place
    listed = ((family, under, place, key) for (family, under), place in newest.items())
    return (known, *listed)


def published_rows(given: Given, address: str) -> tuple[Row, ...]:
    """Return where an address that was ever published is looked for by what it is about."""
    if not given.published(address):
        return ()
    if found := urls.subject_at(address):
        kind, slug = found
        key = spellings_of(given.site("")).key(slug) if kind == OUTLET else name_key(kind, slug)
        return (("published_at", joined(kind, key), slug, slug),)
    return ()


def month_key(day: date) -> str:
    """Return the month of a day, as lists know it, such as 2026-11."""
    return f"{day.year:04}-{day.month:02}"


def month_of(key: str) -> date:
    """Return the first day of a month that lists know."""
    return date.fromisoformat(f"{key}-01")
