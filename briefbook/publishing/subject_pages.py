"""The pages about what entries have in common: people, organisations, places, outlets.

In: a Press and a subject. Out: the HTML of its page, or of the list of all of its kind.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from briefbook.model import PublicEntry
from briefbook.publishing import urls
from briefbook.publishing.subjects import OUTLET, Subject
from briefbook.publishing.templates import markup
from briefbook.publishing.views import (
    Contents,
    Headline,
    Link,
    Month,
    Page,
    Press,
    entry_headline,
    feeds_near,
    is_for_all,
    months_of,
    shown,
    story_headline,
)

# A list has at most so many entries; how many more there are is said, with where they stand.
MOST_LINES = 100
MOST_STORIES = 5
# Names beside a name are counted in its newest entries.
_LOOKED_AT = 100
MOST_BESIDE = 8
# A name of one entry is no list, and what stands beside another in one may do so by chance.
_FEWEST_TOGETHER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A place to go to and how many entries it has, or shares."""

    path: str
    title: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectPage(Page):
    """One person, organisation, place or outlet."""

    kind: str
    above: Link  # the list of its kind
    spellings: tuple[str, ...]  # further ones
    count: int
    topics: tuple[Counted, ...]  # most entries first
    stories: tuple[Headline, ...]  # in which it is named, of several reports, newest first
    months: tuple[Month, ...]  # with their newest entries, in all MOST_LINES
    older: tuple[Month, ...]  # the months for which there was no room
    beside: tuple[tuple[str, tuple[Counted, ...]], ...]  # names that stand in the same entries
    home: str | None  # of an outlet
    note: Markup | None  # the editor's, on an outlet
    carried: tuple[tuple[str, int], ...]  # whose texts an outlet carries, and how many of each


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectsPage(Page):
    """All of one kind."""

    kind: str
    links: tuple[Counted, ...]  # by name


def subject(press: Press, of: Subject) -> str:
    """Return the page of a person, organisation, place or outlet."""
    contents = press.contents
    months, older = _months(contents, of.entries)
    setting = of.setting
    note = setting.note if setting else None
    page = SubjectPage(
        path=of.path,
        title=of.title or press.say("untitled_outlet" if of.kind == OUTLET else "untitled_name"),
        description=(
            press.say("subject_description", site=contents.site.title, name=of.title)
            if of.entries
            else ""
        ),
        feeds=feeds_near(contents),
        is_indexed=bool(of.entries) and is_for_all(of.entries),
        kind=of.kind,
        above=Link(path=urls.SUBJECTS[of.kind], title=press.say(f"kind_{of.kind}")),
        spellings=of.spellings,
        count=len(of.entries),
        topics=_topics(contents, of.entries),
        # The page of an outlet is about its own texts, not about what others tell of an event.
        stories=() if of.kind == OUTLET else _stories(contents, of.entries),
        months=months,
        older=older,
        beside=() if of.kind == OUTLET else _beside(press, of),
        home=setting.home if setting else None,
        note=markup(press.bodies.page(note, at=of.path, ids=False).html) if note else None,
        carried=_carried(contents, of) if of.kind == OUTLET else (),
    )
    return press.print("pages/subject.html", page)


def subjects(press: Press, kind: str) -> str:
    """Return the list of all of one kind, by name."""
    contents = press.contents
    listed = sorted(listed_subjects(contents, kind), key=lambda each: each.path)
    page = SubjectsPage(
        path=urls.SUBJECTS[kind],
        title=press.say(f"kind_{kind}"),
        feeds=feeds_near(contents),
        is_indexed=any(each.is_public for each in listed),
        kind=kind,
        links=tuple(
            Counted(path=each.path, title=each.title, count=len(each.entries)) for each in listed
        ),
    )
    return press.print("pages/subjects.html", page)


def listed_subjects(contents: Contents, kind: str) -> tuple[Subject, ...]:
    """Return the outlets with an entry, or the names with two; others stay at their address."""
    fewest = 1 if kind == OUTLET else _FEWEST_TOGETHER
    pages = contents.subjects.pages
    return tuple(each for each in pages if each.kind == kind and len(each.entries) >= fewest)


def _topics(contents: Contents, entries: Sequence[PublicEntry]) -> tuple[Counted, ...]:
    counts = Counter(slug for entry in entries for slug in entry.topics if slug in contents.topics)
    return tuple(
        Counted(path=urls.topic(slug), title=contents.topics[slug].title, count=count)
        for slug, count in counts.most_common()
    )


def _stories(contents: Contents, entries: Sequence[PublicEntry]) -> tuple[Headline, ...]:
    stories = {
        story.slug: story
        for entry in reversed(entries)
        if (story := contents.story_of.get(entry.slug)) and len(shown(contents, story.entries)) > 1
    }
    return tuple(story_headline(contents, story) for story in [*stories.values()][:MOST_STORIES])


def _months(
    contents: Contents, entries: Sequence[PublicEntry]
) -> tuple[tuple[Month, ...], tuple[Month, ...]]:
    """Return the newest months with their entries, and those for which there is no room."""
    lines: list[Month] = []
    links: list[Month] = []
    room = MOST_LINES
    for month, those in months_of(contents, entries).items():
        (lines if room else links).append(_month(contents, month, those, room))
        room = max(0, room - len(those))
    return tuple(lines), tuple(links)


def _month(contents: Contents, month: date, entries: Sequence[PublicEntry], room: int) -> Month:
    return Month(
        path=urls.archive_month(month),
        month=month,
        count=len(entries),
        lines=tuple(entry_headline(contents, entry) for entry in entries[:room]),
    )


def _beside(press: Press, of: Subject) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """Return the names that stand in the same entries, by kind, those in most of them first."""
    named = press.contents.subjects.named
    counts: Counter[str] = Counter()
    known: dict[str, Subject] = {}
    for entry in reversed(of.entries[-_LOOKED_AT:]):
        there = {each.path: each for each in named.get(entry.slug, {}).values()}
        counts.update(there.keys())
        known |= there
    rows: dict[str, list[Counted]] = {kind: [] for kind in urls.SUBJECTS}
    for path, count in counts.most_common():
        other = known[path]
        if count >= _FEWEST_TOGETHER and path != of.path and len(rows[other.kind]) < MOST_BESIDE:
            rows[other.kind].append(Counted(path=path, title=other.title, count=count))
    return tuple((press.say(f"kind_{kind}"), tuple(row)) for kind, row in rows.items() if row)


def _carried(contents: Contents, of: Subject) -> tuple[tuple[str, int], ...]:
    """Return whose texts an outlet carries, as far as they say so."""
    spellings = contents.outlet_spellings
    own = spellings.key(of.title)
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for entry in of.entries:
        key = spellings.key(entry.origin or "")
        if key and key != own:
            names.setdefault(key, spellings.preferred(entry.origin or ""))
            counts[key] += 1
    return tuple((names[key], count) for key, count in counts.most_common())
