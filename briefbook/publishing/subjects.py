"""Subjects: what entries have in common and what has a page of its own, names and outlets.

In: the names and outlets of entries and the addresses published before. Out: each subject with its
address, and which of them an entry leads to. A name has a page where two entries meet, an outlet
where there is one entry; an address that was published once answers for good.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from briefbook.asking import Asks, Groups, Question, Row, joined, parted, ranked
from briefbook.model import Named, OutletSetting, Status
from briefbook.publishing import urls
from briefbook.publishing.contents import OUTLET, Contents
from briefbook.publishing.views import spellings_of
from briefbook.text.naming import name_key, name_slug
from briefbook.text.spellings import fold_name

_NAMES = tuple(kind for kind in urls.SUBJECTS if kind != OUTLET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person, organisation, place or outlet with a page."""

    kind: str  # person | organisation | place | outlet
    key: str  # what its spellings have in common
    path: str
    title: str  # "" where an address is all that is left
    spellings: tuple[str, ...] = ()  # further ones
    count: int = 0  # entries that are shown
    former: tuple[str, ...] = ()  # addresses that lead here by now
    is_public: bool = True  # False: without its drafts it would have no page
    changed: datetime | None = None  # when the last of its published entries changed
    setting: OutletSetting | None = None  # what the editor says of an outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectMonth:
    """What the entries of one month say of a subject."""

    published: int
    changed: datetime | None
    spellings: tuple[str, ...]  # of an outlet, in order of arrival
    topics: tuple[tuple[str, int], ...]  # slug and number of entries, in order of arrival
    credits: tuple[tuple[str, str, int], ...]  # key and name of other origins, number of entries


@dataclass(frozen=True, slots=True)
class SubjectLink:
    """Where a name of an entry leads."""

    kind: str
    spelling: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Subjects:
    """All subjects of a site."""

    contents: Contents
    at: Question[Subject | None]  # about kind and key
    link: Question[tuple[str, str, str] | None]  # the same: its place in lists, path and title
    month: Question[SubjectMonth]  # about kind, key and month
    links: Question[tuple[SubjectLink, ...]]  # about an entry: where its names lead
    owners: Groups  # keys of names, under kind and a slug that they may have
    slug_keys: Groups  # keys of names, under kind and what a slug of theirs has in common
    addresses: Groups  # kind and key, under an address
    listed: Groups  # kind, path and title of those with entries enough, under their kind


def subjects_of(asks: Asks, contents: Contents) -> Subjects:
    """Return the subjects of a site, their lists empty until their rows are put there."""
    found: Subjects

    def links(slug: str) -> tuple[SubjectLink, ...]:
        return _links(found, slug)

    def link(about: str) -> tuple[str, str, str] | None:
        return _link(found, about)

    found = Subjects(
        contents=contents,
        at=asks.question("subject", lambda about: _subject(found, about)),
        link=asks.question("subject link", link),
        month=asks.question("subject month", lambda about: _month(contents, about)),
        links=asks.question("subject links", links),
        owners=asks.family("owners"),
        slug_keys=asks.family("slug_keys"),
        addresses=asks.family("addresses"),
        listed=asks.family("listed"),
    )
    return found


# --------------------------------------------------------------------------- rows of the lists


def slug_rows(contents: Contents, about: str) -> tuple[Row, ...]:
    """Return which slugs a name may have, for the first to arrive of those that want one."""
    kind, _ = parted(about)
    named = contents.given.named(about)
    return tuple(
        ("owners", joined(kind, slug), rank, about) for slug, rank in _wanted(contents, named)
    )


def owned_rows(found: Subjects, about: str) -> tuple[Row, ...]:
    """Return by what the slugs of a name are found again that are its own."""
    kind, _ = parted(about)
    named = found.contents.given.named(about)
    keys = dict.fromkeys(name_key(kind, slug) for slug in _owned(found, about, named))
    first = _first(found.contents, named)
    return tuple(("slug_keys", joined(kind, key), first, about) for key in keys)


def subject_rows(found: Subjects, about: str) -> tuple[Row, ...]:
    """Return at which addresses a subject answers, and where it is listed."""
    subject = found.at(about)
    if subject is None:
        return ()
    rows = [("addresses", subject.path, "0", about)]
    rows += (("addresses", former, "1", about) for former in subject.former)
    if subject.count >= (1 if subject.kind == OUTLET else 2):
        rows.append(("listed", subject.kind, subject.path, about))
    return tuple(rows)


def outlets_among(touched: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield kind and key of the outlets whose entries or published addresses are others now.

    Args:
        touched: Keys of lists, by their family.
    """
    for family in ("subject_months", "published_at"):
        for key in touched.get(family, ()):
            kind, name, *_ = parted(key)
            if kind == OUTLET:
                yield joined(OUTLET, name)


# --------------------------------------------------------------------------- names


def meant_by(found: Subjects, kind: str, slug: str) -> str | None:
    """Return the kind and key of the name that an address published once means now."""
    owners = found.owners.members(joined(kind, slug))
    if owners:
        return owners[0]
    alike = found.slug_keys.members(joined(kind, name_key(kind, slug)))
    return alike[0] if alike else None


def _wanted(contents: Contents, named: Named | None) -> Iterator[tuple[str, str]]:
    """Yield the slugs a name may have, and how early it came for each, best first.

    A short form that two organisations share is the first one's. What only drafts say comes last,
    or looking at one could move a page.
    """
    if named is None:
        return
    first = _first(contents, named)
    seen: set[str] = set()
    for drafts in (False, True):
        for entry, spelling in named.mentions:
            stamp = contents.stamp(entry)
            is_published = stamp is not None and stamp.status is Status.PUBLISHED
            slug = name_slug(named.kind, spelling)
            if drafts != is_published and slug not in seen:
                seen.add(slug)
                yield slug, f"{int(drafts)}{first}"


def _first(contents: Contents, named: Named | None) -> str:
    """Return how early a name came: the sort key of its first mention."""
    if named is None:
        return ""
    slug, spelling = named.mentions[0]
    spellings = [each for _, _, each in contents.given.names(slug)]
    return ranked(contents.given.place(slug), f"{spellings.index(spelling):04}")


def _owned(found: Subjects, about: str, named: Named | None) -> list[str]:
    """Return the slugs that are a name's own, best first."""
    kind, _ = parted(about)
    return [
        slug
        for slug, _ in _wanted(found.contents, named)
        if found.owners.members(joined(kind, slug))[:1] == (about,)
    ]


def _subject(found: Subjects, about: str) -> Subject | None:
    kind, key = parted(about)
    return _outlet(found, key) if kind == OUTLET else _name(found, about)


def _name(found: Subjects, about: str) -> Subject | None:
    kind, key = parted(about)
    contents = found.contents
    named = contents.given.named(about)
    own = _owned(found, about, named)
    # All slugs of a name may be another's: one organisation's short form, the other's name.
    if named is None or not own:
        return None
    keys = sorted({name_key(kind, slug) for slug in own})
    published = sorted(s for k in keys for s in contents.published_at.members(joined(kind, k)))
    here = [slug for slug in published if meant_by(found, kind, slug) == about]
    count = len(named.entries)
    if count < 2 and not here:
        return None
    # What was published once stays, also where nobody spells the name like that any more.
    slug = next((each for each in own if each in here), here[0] if here else own[0])
    months = _months(found, about)
    return Subject(
        kind=kind,
        key=key,
        path=urls.subject(kind, slug),
        title=named.name,
        spellings=tuple(other for other in named.spellings if other != named.name),
        count=count,
        former=tuple(urls.subject(kind, other) for other in here if other != slug),
        is_public=bool(here) or sum(month.published for month in months) > 1,
        changed=_newest(months),
    )


# --------------------------------------------------------------------------- outlets


def _outlet(found: Subjects, key: str) -> Subject | None:
    contents = found.contents
    about = joined(OUTLET, key)
    known = contents.published_at.members(about)
    count = sum(size for _, size in contents.subject_months.counts(joined(about, "")))
    if not count and not known:
        return None
    setting = outlet_setting(contents, key)
    months = _months(found, about)
    said = (*(setting.spellings if setting else ()), *(s for m in months for s in m.spellings))
    title, *others = dict.fromkeys(said) or ("",)
    return Subject(
        kind=OUTLET,
        key=key,
        path=urls.subject(OUTLET, key),
        title=title,
        spellings=tuple(others),
        count=count,
        former=tuple(urls.subject(OUTLET, slug) for slug in known if slug != key),
        is_public=bool(known) or any(month.published for month in months),
        changed=_newest(months),
        setting=setting,
    )


def outlet_setting(contents: Contents, key: str) -> OutletSetting | None:
    """Return what the editor says of an outlet."""
    settings = {fold_name(outlet.name): outlet for outlet in contents.site.outlets}
    return settings.get(key)


# --------------------------------------------------------------------------- entries of a subject


def months_of(found: Subjects, subject: Subject) -> list[tuple[str, int]]:
    """Return the months with entries of a subject and how many, newest first."""
    start = joined(subject.kind, subject.key, "")
    counts = found.contents.subject_months.counts(start)
    return [(parted(key)[-1], count) for key, count in reversed(counts)]


def entries_of(found: Subjects, subject: Subject, month: str) -> tuple[str, ...]:
    """Return the slugs of a subject's entries of a month, newest first."""
    key = joined(subject.kind, subject.key, month)
    return found.contents.subject_months.members(key)[::-1]


def topics_of(found: Subjects, subject: Subject) -> list[tuple[str, int]]:
    """Return the topics of a subject's entries and in how many each is, most first."""
    counts: Counter[str] = Counter()
    for month in _months(found, joined(subject.kind, subject.key)):
        counts.update(dict(month.topics))
    return counts.most_common()


def credits_of(found: Subjects, subject: Subject) -> list[tuple[str, int]]:
    """Return whose texts an outlet carries and how many of each, most first."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for month in _months(found, joined(subject.kind, subject.key)):
        for key, name, count in month.credits:
            names.setdefault(key, name)
            counts[key] += count
    return [(names[key], count) for key, count in counts.most_common()]


def _months(found: Subjects, about: str) -> list[SubjectMonth]:
    counts = found.contents.subject_months.counts(joined(about, ""))
    return [found.month(key) for key, _ in counts]


def _newest(months: Iterable[SubjectMonth]) -> datetime | None:
    return max((month.changed for month in months if month.changed), default=None)


def _month(contents: Contents, about: str) -> SubjectMonth:
    kind, key, _ = parted(about)
    entries = [*map(contents.entry, contents.subject_months.members(about))]
    stamps = [stamp for entry in entries if (stamp := contents.stamp(entry.slug))]
    published = [stamp for stamp in stamps if stamp.status is Status.PUBLISHED]
    spellings = spellings_of(contents.site)
    topics = Counter(topic for entry in entries for topic in entry.topics)
    names: dict[str, str] = {}
    credits: Counter[str] = Counter()
    for entry in entries if kind == OUTLET else ():
        origin = spellings.key(entry.origin or "")
        if origin and origin != key:
            names.setdefault(origin, spellings.preferred(entry.origin or ""))
            credits[origin] += 1
    said = (entry.outlet for entry in entries if entry.outlet) if kind == OUTLET else ()
    return SubjectMonth(
        published=len(published),
        changed=max((stamp.changed for stamp in published), default=None),
        spellings=tuple(dict.fromkeys(said)),
        topics=tuple(topics.items()),
        credits=tuple((origin, names[origin], count) for origin, count in credits.items()),
    )


# --------------------------------------------------------------------------- of an entry


def _link(found: Subjects, about: str) -> tuple[str, str, str] | None:
    subject = found.at(about)
    if subject is None:
        return None
    first = _first(found.contents, found.contents.given.named(about))
    return first, subject.path, subject.title


def _links(found: Subjects, slug: str) -> tuple[SubjectLink, ...]:
    """Return where the names of an entry lead, by kind, those first that came first."""
    ordered = []
    for kind, key, spelling in found.contents.given.names(slug):
        if link := found.link(joined(kind, key)):
            first, path, title = link
            ordered.append((_NAMES.index(kind), first, SubjectLink(kind, spelling, path, title)))
    ordered.sort(key=lambda each: each[:2])
    return tuple(link for _, _, link in ordered)
