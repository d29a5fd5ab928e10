"""Subjects: what entries have in common and what has a page of its own, names and outlets.

In: the names and entries of a publication and the addresses published before. Out: each subject
with its address, and which of them an entry leads to. A name has a page where two entries meet, an
outlet where there is one entry; an address that was published once answers for good.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefbook.model import Named, OutletSetting, PublicEntry, Status
from briefbook.publishing import urls
from briefbook.text.naming import name_key, name_slug
from briefbook.text.spellings import Spellings, fold_name

OUTLET = "outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person, organisation, place or outlet with a page."""

    kind: str  # person | organisation | place | outlet
    path: str
    title: str  # "" where an address is all that is left
    spellings: tuple[str, ...] = ()  # further ones
    entries: tuple[PublicEntry, ...] = ()  # what is shown of it, in order of arrival
    former: tuple[str, ...] = ()  # addresses that lead here by now
    is_public: bool = True  # False: without its drafts it would have no page
    setting: OutletSetting | None = None  # what the editor says of an outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """All subjects of a site."""

    pages: tuple[Subject, ...] = ()
    # entry slug -> kind and spelling of a name -> where it leads
    named: Mapping[str, Mapping[tuple[str, str], Subject]] = field(default_factory=dict)
    outlets: Mapping[str, Subject] = field(default_factory=dict)  # by the key of their spellings


def find_subjects(
    names: Iterable[Named],
    entries: Mapping[str, PublicEntry],
    addresses: Iterable[str],
    outlets: tuple[OutletSetting, ...],
) -> Subjects:
    """Return the subjects of a site.

    Args:
        names: What the entries name.
        entries: What is shown, by slug, in order of arrival.
        addresses: Every address ever published.
        outlets: What the editor says of outlets.
    """
    published: dict[str, list[str]] = {kind: [] for kind in urls.SUBJECTS}
    for address in addresses:
        if at := urls.subject_at(address):
            published[at[0]].append(at[1])
    found = dict(_outlets(entries.values(), outlets, published.pop(OUTLET)))
    pages = list(found.values())
    named: dict[str, dict[tuple[str, str], Subject]] = {}
    for kind, slugs in published.items():
        for name, subject in _names([n for n in names if n.kind == kind], kind, entries, slugs):
            pages.append(subject)
            for slug, spelling in name.mentions if name else ():
                named.setdefault(slug, {})[kind, spelling] = subject
    return Subjects(pages=tuple(pages), named=named, outlets=found)


def _names(
    names: list[Named], kind: str, entries: Mapping[str, PublicEntry], published: list[str]
) -> Iterator[tuple[Named | None, Subject]]:
    """Return the names of one kind that have a page, and the addresses of those gone by now."""
    slugs = _slugs(names, entries)
    known, gone = _owners(slugs, kind, published)
    for slug in gone:
        yield None, Subject(kind=kind, path=urls.subject(kind, slug), title="")
    for number, name in enumerate(names):
        shown = tuple(entries[slug] for slug in name.entries if slug in entries)
        own, here = slugs[number], known.get(number, [])
        # All slugs of a name may be another's: one organisation's short form, the other's name.
        if not own or (len(shown) < 2 and not here):
            continue
        # What was published once stays, also where nobody spells the name like that any more.
        slug = next((each for each in own if each in here), here[0] if here else own[0])
        yield (
            name,
            Subject(
                kind=kind,
                path=urls.subject(kind, slug),
                title=name.name,
                spellings=tuple(other for other in name.spellings if other != name.name),
                entries=shown,
                former=tuple(urls.subject(kind, other) for other in here if other != slug),
                is_public=bool(here) or sum(map(_is_published, shown)) > 1,
            ),
        )


def _owners(
    slugs: list[list[str]], kind: str, published: list[str]
) -> tuple[dict[int, list[str]], list[str]]:
    """Return the published slugs by the number of the name they mean, and those that mean none."""
    owner = {slug: number for number, own in enumerate(slugs) for slug in own}
    by_key: dict[str, int] = {}
    for slug, number in owner.items():
        by_key.setdefault(name_key(kind, slug), number)
    known: dict[int, list[str]] = {}
    gone: list[str] = []
    for slug in published:
        at = owner.get(slug, by_key.get(name_key(kind, slug)))
        (gone if at is None else known.setdefault(at, [])).append(slug)
    return known, gone


def _slugs(names: list[Named], entries: Mapping[str, PublicEntry]) -> list[list[str]]:
    """Return the slugs each name may have, best first: as the first to arrive spells it.

    A short form that two organisations share is the first one's. What only drafts say comes last,
    or looking at one could move a page.
    """
    found: list[list[str]] = [[] for _ in names]
    taken: set[str] = set()
    for drafts in (False, True):
        for number, name in enumerate(names):
            for entry, spelling in name.mentions:
                slug = name_slug(name.kind, spelling)
                if entry in entries and drafts != _is_published(entries[entry]):
                    if slug not in taken:
                        found[number].append(slug)
                    taken.add(slug)
    return found


def _outlets(
    entries: Iterable[PublicEntry], outlets: tuple[OutletSetting, ...], published: list[str]
) -> Iterator[tuple[str, Subject]]:
    """Return the outlets that have an entry and those that had one, by key."""
    spellings = Spellings(outlet.spellings for outlet in outlets)
    settings = {fold_name(outlet.name): outlet for outlet in outlets}
    groups: dict[str, list[PublicEntry]] = {}
    for entry in entries:
        if entry.outlet:
            groups.setdefault(spellings.key(entry.outlet), []).append(entry)
    known: dict[str, list[str]] = {}
    for slug in published:
        known.setdefault(spellings.key(slug), []).append(slug)
    for key in dict.fromkeys((*groups, *known)):
        shown = groups.get(key, [])
        setting = settings.get(key)
        said = (*(setting.spellings if setting else ()), *(e.outlet or "" for e in shown))
        title, *others = dict.fromkeys(said) or ("",)
        yield (
            key,
            Subject(
                kind=OUTLET,
                path=urls.subject(OUTLET, key),
                title=title,
                spellings=tuple(others),
                entries=tuple(shown),
                former=tuple(
                    urls.subject(OUTLET, slug) for slug in known.get(key, ()) if slug != key
                ),
                is_public=key in known or any(map(_is_published, shown)),
                setting=setting,
            ),
        )


def _is_published(entry: PublicEntry) -> bool:
    return entry.status is Status.PUBLISHED
