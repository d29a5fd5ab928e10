"""Moving: an entry whose address or story has changed -> what leads there from the old ones.

Joins briefing and publishing. Nothing is written here. Known is what was published last, from
`issued` under `parsed`.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from briefbook.briefing import Briefings, LoadedEntry
from briefbook.model import Issued
from briefbook.problems import Problem, error, note
from briefbook.publishing import published_entries, published_stories


@dataclass(frozen=True, slots=True)
class Claims:
    """Who stands where, or once stood."""

    slugs: Mapping[str, str]  # slug or alias -> file of its entry
    stories: frozenset[str]  # keys of stories that may have a page


@dataclass(frozen=True, slots=True)
class Moved:
    """What follows for one entry."""

    changes: Mapping[str, tuple[str, ...]]  # key -> its new value
    problems: tuple[Problem, ...]
    is_free: bool  # nobody else has taken its former address


def claims_of(
    everything: Sequence[LoadedEntry], briefings: Briefings, addresses: Collection[str]
) -> Claims:
    """Return which addresses are taken, and which stories may be known to readers.

    Args:
        everything: All entries as they will be.
        briefings: Those on disk, for the ones that cannot be read.
        addresses: Every address ever published; what is not among them was looked at by its
            editor alone, whatever is remembered of it.
    """
    slugs = {slug: faulty.path for faulty in briefings.faulty for slug in faulty.slugs}
    for loaded in everything:
        slugs |= dict.fromkeys((loaded.entry.slug, *loaded.entry.aliases), loaded.path)
    public = published_entries(addresses)
    issued = (issued for loaded in everything if (issued := _issued(loaded)))
    sizes = Counter(one.story for one in issued if one.story and one.slug in public)
    former = {key for loaded in everything for key in loaded.entry.former_stories}
    several = {key for key, size in sizes.items() if size > 1}
    return Claims(slugs, published_stories(addresses) | former | several)


def lead_on(loaded: LoadedEntry, claims: Claims) -> Moved:
    """Return what lets the former address and the former story of an entry lead to the new ones."""
    entry, issued = loaded.entry, _issued(loaded)
    changes: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    is_free = True
    if issued and issued.slug not in (entry.slug, *entry.aliases):
        owner = claims.slugs.get(issued.slug)
        if is_free := owner is None:
            changes["aliases"] = (*entry.aliases, issued.slug)
            problems.append(_led_on(loaded, "slug", f"/briefings/{issued.slug}/", "aliases"))
        else:
            problems.append(_taken(loaded, issued.slug, str(owner)))
    if issued and issued.story and _has_left(loaded, issued.story, claims):
        changes["former_stories"] = (*entry.former_stories, issued.story)
        problems.append(_led_on(loaded, "story", f"/stories/{issued.story}/", "former_stories"))
    return Moved(changes, tuple(problems), is_free)


def lead_all_on(
    everything: Sequence[LoadedEntry], briefings: Briefings, addresses: Collection[str]
) -> tuple[list[LoadedEntry], list[Problem]]:
    """Let all former addresses lead on without anything being written, and say what is wrong."""
    claims = claims_of(everything, briefings, addresses)
    entries: list[LoadedEntry] = []
    problems: list[Problem] = []
    for loaded in everything:
        moved = lead_on(loaded, claims)
        problems += (problem for problem in moved.problems if not moved.is_free)
        entries.append(_with(loaded, moved.changes) if moved.changes else loaded)
    return entries, problems


def _with(loaded: LoadedEntry, changes: Mapping[str, tuple[str, ...]]) -> LoadedEntry:
    entry = loaded.entry
    aliases = changes.get("aliases", entry.aliases)
    former_stories = changes.get("former_stories", entry.former_stories)
    entry = replace(entry, aliases=aliases, former_stories=former_stories)
    return replace(loaded, entry=entry)


def _issued(loaded: LoadedEntry) -> Issued | None:
    return loaded.entry.parsed.issued if loaded.entry.parsed else None


def _has_left(loaded: LoadedEntry, story: str, claims: Claims) -> bool:
    """Tell whether an entry left a story that may be known to readers, and nothing says so yet."""
    told = (loaded.entry.story, *loaded.entry.former_stories)
    return story not in told and story in claims.stories


def _led_on(loaded: LoadedEntry, key: str, address: str, where: str) -> Problem:
    what = f"{address} leads here from now on: it is added under {where}:"
    return note(loaded.place(key), what, f"to take the change back, put the old {key} back")


def _taken(loaded: LoadedEntry, slug: str, owner: str) -> Problem:
    what = f"this briefing stood at /briefings/{slug}/, which belongs to {owner} now"
    return error(loaded.place("slug"), what, f"put slug: {slug} back, or give {owner} another slug")
