"""The pages about what entries have in common: people, organisations, places, outlets.

In: a Press and a subject. Out: the HTML of its page, or of the list of all of its kind.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefbook.asking import joined
from briefbook.publishing import urls
from briefbook.publishing.contents import OUTLET, Contents, month_of
from briefbook.publishing.headlines import story_headline
from briefbook.publishing.press import Press
from briefbook.publishing.subjects import (
    Subject,
    SubjectLink,
    Subjects,
    credits_of,
    entries_of,
    months_of,
    topics_of,
)
from briefbook.publishing.templates import markup
from briefbook.publishing.views import Headline, Link, Month, Page, feeds_near

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


def subject(press: Press, found: Subjects, of: Subject) -> str:
    """Return the page of a person, organisation, place or outlet."""
    contents = press.contents
    months, older = _months(found, of)
    setting = of.setting
    note = setting.note if setting else None
    page = SubjectPage(
        path=of.path,
        title=of.title or press.say("untitled_outlet" if of.kind == OUTLET else "untitled_name"),
        description=(
            press.say("subject_description", site=contents.site.title, name=of.title)
            if of.count
            else ""
        ),
        feeds=feeds_near(contents.site),
        is_indexed=bool(of.count) and _is_for_all(found, of),
        kind=of.kind,
        above=Link(path=urls.SUBJECTS[of.kind], title=press.say(f"kind_{of.kind}")),
        spellings=of.spellings,
        count=of.count,
        topics=_topics(found, of),
        # The page of an outlet is about its own texts, not about what others tell of an event.
        stories=() if of.kind == OUTLET else _stories(contents, of),
        months=months,
        older=older,
        beside=() if of.kind == OUTLET else _beside(press, found, of),
        home=setting.home if setting else None,
        note=markup(press.bodies.page(note, at=of.path, ids=False).html) if note else None,
        carried=tuple(credits_of(found, of)) if of.kind == OUTLET else (),
    )
    return press.print("pages/subject.html", page)


def subjects(press: Press, found: Subjects, kind: str) -> str:
    """Return the list of all of one kind, by name."""
    contents = press.contents
    listed = listed_subjects(found, kind)
    page = SubjectsPage(
        path=urls.SUBJECTS[kind],
        title=press.say(f"kind_{kind}"),
        feeds=feeds_near(contents.site),
        is_indexed=any(each.is_public for each in listed),
        kind=kind,
        links=tuple(Counted(path=each.path, title=each.title, count=each.count) for each in listed),
    )
    return press.print("pages/subjects.html", page)


def listed_subjects(found: Subjects, kind: str) -> tuple[Subject, ...]:
    """Return the outlets with an entry, or the names with two; others stay at their address."""
    listed = map(found.at, found.listed.members(kind))
    return tuple(each for each in listed if each is not None)


def _is_for_all(found: Subjects, of: Subject) -> bool:
    """Tell whether a page is for everybody: not one of drafts only."""
    contents = found.contents
    slugs = (slug for month, _ in months_of(found, of) for slug in entries_of(found, of, month))
    return any(not contents.headline(slug).preview for slug in slugs)


def _topics(found: Subjects, of: Subject) -> tuple[Counted, ...]:
    titles = {topic.slug: topic.title for topic in found.contents.site.topics}
    return tuple(
        Counted(path=urls.topic(slug), title=titles[slug], count=count)
        for slug, count in topics_of(found, of)
        if slug in titles
    )


def _stories(contents: Contents, of: Subject) -> tuple[Headline, ...]:
    keys = contents.subject_stories.newest(joined(of.kind, of.key), MOST_STORIES)
    return tuple(story_headline(contents, contents.known_story(key)) for key in keys)


def _months(found: Subjects, of: Subject) -> tuple[tuple[Month, ...], tuple[Month, ...]]:
    """Return the newest months with their entries, and those for which there is no room."""
    lines: list[Month] = []
    links: list[Month] = []
    room = MOST_LINES
    for key, count in months_of(found, of):
        (lines if room else links).append(_month(found, of, key, count, room))
        room = max(0, room - count)
    return tuple(lines), tuple(links)


def _month(found: Subjects, of: Subject, key: str, count: int, room: int) -> Month:
    slugs = entries_of(found, of, key)[:room] if room else ()
    month = month_of(key)
    lines = tuple(map(found.contents.headline, slugs))
    return Month(path=urls.archive_month(month), month=month, count=count, lines=lines)


def _beside(
    press: Press, found: Subjects, of: Subject
) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """Return the names that stand in the same entries, by kind, those in most of them first."""
    counts: Counter[str] = Counter()
    known: dict[str, SubjectLink] = {}
    for slug in _newest(found, of):
        there = {link.path: link for link in found.links(slug)}
        counts.update(there.keys())
        known |= there
    rows: dict[str, list[Counted]] = {kind: [] for kind in urls.SUBJECTS}
    for path, count in counts.most_common():
        other = known[path]
        if count >= _FEWEST_TOGETHER and path != of.path and len(rows[other.kind]) < MOST_BESIDE:
            rows[other.kind].append(Counted(path=path, title=other.title, count=count))
    return tuple((press.say(f"kind_{kind}"), tuple(row)) for kind, row in rows.items() if row)


def _newest(found: Subjects, of: Subject) -> Sequence[str]:
    """Return the slugs of the newest entries of a subject, newest first."""
    slugs: list[str] = []
    for month, _ in months_of(found, of):
        if len(slugs) < _LOOKED_AT:
            slugs += entries_of(found, of, month)
    return slugs[:_LOOKED_AT]
