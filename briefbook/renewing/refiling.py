"""Refiling: stories found again over all entries -> the entries as they would be.

In: a site's folder. Out: which entries change their story, and which stories end or begin. A story
that an editor gave an entry binds; the others are set aside and found anew. Nothing is written.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from briefbook.briefing import LoadedEntry, read_addresses, read_entries, refile_entry
from briefbook.build import read_settings
from briefbook.filing import entry_item
from briefbook.grouping import file_stories
from briefbook.model import Entry, Status
from briefbook.problems import Problem, in_order
from briefbook.publishing import published_stories
from briefbook.regrouping import keep_keys
from briefbook.updating import Updates


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An entry that changes its story."""

    was: LoadedEntry
    now: LoadedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedStory:
    """A story that no entry is in any more."""

    key: str
    into: tuple[str, ...]  # the stories of its entries now, in order of arrival
    leads_on: bool  # it may have been published, so its address leads there


@dataclass(frozen=True, slots=True, kw_only=True)
class Refiling:
    """What finding stories again would change."""

    moves: tuple[Move, ...]  # in order of arrival
    ended: tuple[EndedStory, ...]
    begun: tuple[tuple[str, int], ...]  # keys of new stories, and how many entries each has
    entries: int
    bound: int  # entries whose story an editor gave
    problems: tuple[Problem, ...]

    @property
    def updates(self) -> Updates:
        """What has to be written."""
        return Updates(rewritten=tuple((move.was, move.now) for move in self.moves))


def refile(root: Path) -> Refiling:
    """Find the stories of all entries again, in order of arrival.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes.
    """
    site = read_settings(root)
    briefings, faulty = read_entries(root, zone=ZoneInfo(site.timezone))
    addresses, misprinted = read_addresses(root)

    entries = [loaded.entry for loaded in briefings.entries]
    published = _published(entries, published_stories(addresses))
    was = {entry.slug: entry.story for entry in entries if entry.story}
    now = _found_again(entries, was)
    moves = [
        Move(
            was=loaded,
            now=refile_entry(loaded, now[slug], leads_on=was.get(slug) in published),
        )
        for loaded in briefings.entries
        if now.get(slug := loaded.entry.slug) != was.get(slug)
    ]
    known, sizes = set(was.values()), Counter(now.values())
    return Refiling(
        moves=tuple(moves),
        ended=_ended(was, now, published),
        begun=tuple((key, size) for key, size in sizes.items() if key not in known),
        entries=len(entries),
        bound=sum(_is_bound(entry) and entry.story is not None for entry in entries),
        problems=in_order((*faulty, *misprinted)),
    )


def _is_bound(entry: Entry) -> bool:
    """Tell whether the story of an entry, or that it has none, is the editor's word."""
    return entry.parsed is None or "story" in entry.edited


def _published(entries: Sequence[Entry], known: frozenset[str]) -> frozenset[str]:
    """Return the stories that may have a page: those of several entries, now or once."""
    sizes = Counter(entry.story for entry in entries if entry.story)
    former = {key for entry in entries for key in entry.former_stories}
    return known | former | {key for key, size in sizes.items() if size > 1}


def _found_again(entries: Sequence[Entry], was: Mapping[str, str]) -> dict[str, str]:
    """Return the story of each entry, by slug; an entry that stays in none is missing."""
    bound = {entry.slug for entry in entries if _is_bound(entry)}
    # What a hidden entry or one without a story tells, no other may be filed under.
    seen = [
        entry
        for entry in entries
        if entry.status is not Status.HIDDEN and (entry.story or entry.slug not in bound)
    ]
    items = [entry_item(entry) for entry in seen]
    filed = file_stories(
        [item if item.key in bound else replace(item, story=None) for item in items]
    )
    stored = {item.key: item.story for item in items if item.story}
    held = {key for slug, key in stored.items() if slug in bound}
    taken = {key for entry in entries for key in (*entry.former_stories, entry.story) if key}
    return {**was, **keep_keys(filed, stored, bound=held, taken=taken)}


def _ended(
    was: Mapping[str, str], now: Mapping[str, str], published: frozenset[str]
) -> tuple[EndedStory, ...]:
    into: dict[str, dict[str, None]] = {}
    for slug, key in was.items():
        into.setdefault(key, {})[now[slug]] = None
    living = set(now.values())
    return tuple(
        EndedStory(key=key, into=tuple(stories), leads_on=key in published)
        for key, stories in into.items()
        if key not in living
    )
