"""Material: what the folders of a site hold, all of it or what a change may concern.

Joins reading and briefing for `build.py`. A build that keeps what it made opens only the files that
may have changed, and looks at no more than their neighbours: of all others the build before has
said that they stay as they are, and nothing they depend on is another now.
"""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from briefbook.briefing import (
    PUBLISHED,
    Briefings,
    EntryReading,
    LoadedEntry,
    OtherEntry,
    Outcome,
    gather_readings,
    look_at_entries,
    look_at_list,
    read_addresses,
    read_anew,
    read_entries,
)
from briefbook.filing import stories_named, with_stories
from briefbook.model import Entry, SourceFile
from briefbook.neighbours import (
    FILED,
    UNCLAIMED,
    Neighbourhood,
    has_unclaimed,
    keys_of,
    neighbourhood,
    slug_key,
    story_key,
)
from briefbook.problems import NothingBuiltError, Problem, ProblemError, error, in_order
from briefbook.publishing import entry_address, story_address
from briefbook.reading import SourceReading, look_at_sources, read_source, read_sources
from briefbook.remembering import Calls, Readings
from briefbook.texts import WithText

# Where more of all files than this may be concerned, looking at all is no more work.
MOST = 1 / 4
Below = Callable[[str], Iterable[str]]  # the addresses ever published that begin so


def _no_mark(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the folders of a site hold."""

    sources: tuple[SourceFile, ...]
    unreadable: tuple[Problem, ...]  # among the sources
    briefings: Briefings
    faulty: tuple[Problem, ...]  # among the entries
    addresses: tuple[str, ...]  # every one ever published that concerns these; sorted
    misprinted: tuple[Problem, ...]  # lines of published.txt that are no addresses
    with_text: WithText  # returns a source with its text
    mark: Callable[[str], bytes | None] = _no_mark  # of a file: SHA-256 of its bytes
    changed: frozenset[str] | None = None  # new, others or gone; None: all may be
    part: "Part | None" = None  # None: this is all


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is known of material that is only what a change may concern."""

    paths: frozenset[str]  # of its sources and entries, also of those that are gone
    slugs: frozenset[str]  # all that are or were those of its entries, aliases too
    fresh: tuple[str, ...]  # addresses that were published in the build before
    others: Callable[[], Iterator[LoadedEntry]]  # the entries that are not among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """What a build has to look at again whether or not it has changed since the one before."""

    way: tuple[object, ...]  # what all that follows depends on beside files
    now: datetime
    paths: tuple[str, ...]  # of which something is to be said, or that wait
    lost: tuple[str, ...]  # slugs that were published and that no entry has
    fresh: tuple[str, ...]  # addresses published since
    is_misprinted: bool  # published.txt has lines that are no addresses


def read_all(root: Path, zone: ZoneInfo, calls: Calls) -> Material:
    """Read all that a site is made from."""
    sources, unreadable = read_sources(root, zone=zone, make=calls.make_source)
    briefings, faulty = read_entries(root, zone=zone, load=calls.load_entry)
    addresses, misprinted = read_addresses(root)
    whole = {source.path: source for source in sources}
    return Material(
        sources=sources,
        unreadable=unreadable,
        briefings=briefings,
        faulty=faulty,
        addresses=addresses,
        misprinted=misprinted,
        with_text=lambda source: whole[source.path],
    )


def read_changed(
    root: Path,
    zone: ZoneInfo,
    readings: Readings,
    way: tuple[object, ...],
    now: datetime,
    published_below: Below,
) -> Material:
    """Open only the files that may be others than in the build before.

    Args:
        root: The folder of the site.
        zone: The time zone of moments without an offset.
        readings: What reading gave in the build before.
        way: What this build depends on beside files; where it was another, all is looked at.
        now: The time of the build.
        published_below: Returns the addresses that were known in the build before and begin so.
    """
    readings.start(zone.key, partial(_read_entry_again, root, zone))
    sources, unreadable = look_at_sources(root, readings, zone=zone)
    looked = look_at_entries(root, readings, zone=zone)
    look_at_list(root, readings)
    changed = frozenset(readings.changed | readings.gone())
    concerns = readings.concerns
    is_known = (
        isinstance(concerns, Concerns)
        and not readings.is_other
        and concerns.way == way
        and concerns.now <= now
        and not concerns.is_misprinted
        and PUBLISHED not in changed
    )
    near = None
    if is_known:
        known = cast(Concerns, concerns)
        most = (len(sources) + len(looked.paths)) * MOST
        near = _around(changed, known, readings, most)
    there = readings.there if near is None else readings.there & near.paths
    made = [cast(SourceReading, readings.reading(path)) for path in sources if path in there]
    read = (cast(EntryReading, readings.reading(path)) for path in looked.paths if path in there)
    briefings, faulty = gather_readings(looked, read)
    part = None
    if near is None:
        addresses, misprinted = read_addresses(root)
    else:
        fresh = cast(Concerns, concerns).fresh
        others = _Others(readings, zone, near.paths, partial(_published, published_below, fresh))
        briefings = replace(briefings, others=others)
        addresses, misprinted = others.addresses_of(near), ()
        far = partial(_loaded_beside, readings, looked.paths, near.paths)
        part = Part(paths=near.paths, slugs=near.slugs, fresh=fresh, others=far)
    return Material(
        sources=tuple(one for one in made if isinstance(one, SourceFile)),
        unreadable=in_order([*unreadable, *_mistakes(made)]),
        briefings=briefings,
        faulty=faulty,
        addresses=addresses,
        misprinted=misprinted,
        changed=changed - {PUBLISHED},
        with_text=partial(_read_again, root, zone),
        mark=readings.mark,
        part=part,
    )


def _mistakes(made: Iterable[SourceReading]) -> Iterator[Problem]:
    for one in made:
        if not isinstance(one, SourceFile):
            yield from one


def _loaded_beside(
    readings: Readings, paths: Iterable[str], at_hand: Collection[str]
) -> Iterator[LoadedEntry]:
    for path in paths:
        if path in readings.there and path not in at_hand:
            yield from _loaded(readings.reading(path))


def _loaded(reading: object) -> tuple[LoadedEntry, ...]:
    found = reading.found if isinstance(reading, Outcome) else None
    return (found,) if isinstance(found, LoadedEntry) else ()


def _around(
    changed: Collection[str], concerns: Concerns, readings: Readings, most: float
) -> Neighbourhood | None:
    """Return what has changed and all that may hang on it; None: too much to make a difference."""

    def keys_of_file(path: str) -> Iterator[str]:
        yield from (key for key, _ in readings.ties_before(path) if key != FILED)
        if path in readings.changed and path in readings.there:
            yield from keys_of(readings.reading(path))

    def around(starting: Collection[str]) -> Neighbourhood | None:
        if len(starting) > most:
            return None
        keys = map(slug_key, concerns.lost)
        near = neighbourhood(starting, keys, keys_of_file, readings.tied)
        return near if len(near.paths) <= most else None

    near = around({*changed, *concerns.paths})
    if near and has_unclaimed(map(readings.reading, near.paths & readings.there)):
        return around({*near.paths, *readings.tied(UNCLAIMED)})
    return near


def _read_again(root: Path, zone: ZoneInfo, source: SourceFile) -> SourceFile:
    """Return a source with its text, which lies where it lay."""
    with contextlib.suppress(ProblemError):
        again = read_source(root, source.path, zone=zone)
        if again.sha256 == source.sha256:
            return again
    what = "the file was changed while the program was working"
    raise NothingBuiltError(error(source.place, what, "run the same command again"))


def _read_entry_again(root: Path, zone: ZoneInfo, path: str) -> tuple[bytes, EntryReading]:
    return read_anew(root, path, zone=zone)


def _published(below: Below, fresh: Sequence[str], start: str) -> set[str]:
    return {*below(start), *(address for address in fresh if address.startswith(start))}


class _Others:
    """The entries that are not at hand, as the build before has left them."""

    def __init__(
        self, readings: Readings, zone: ZoneInfo, at_hand: Collection[str], published: Below
    ) -> None:
        self._readings = readings
        self._zone = zone
        self._at_hand = at_hand
        self._published = published

    def _tied(self, key: str) -> list[str]:
        return [path for path in self._readings.tied(key) if path not in self._at_hand]

    def _entries(self, paths: Iterable[str]) -> list[LoadedEntry]:
        return [one for path in paths for one in _loaded(self._readings.reading(path))]

    def has_slug(self, slug: str) -> bool:
        return bool(self._tied(slug_key(slug)))

    def has_id(self, identity: str) -> bool:
        return bool(self._tied(identity))

    def has_story(self, key: str) -> bool:
        entries = [one.entry for one in self._entries(self._tied(story_key(key)))]
        return any(entry.story == key for entry in with_stories(entries))

    def names_story(self, key: str) -> bool:
        entries = self._entries(self._tied(story_key(key)))
        return any(key in stories_named(one.entry) for one in entries)

    def was_published(self, key: str) -> bool:
        return bool(self._published(story_address(key)))

    def last(self, many: int) -> list[OtherEntry]:
        found = self._readings.last_tied(FILED, many + len(self._at_hand))
        paths = [path for path in found if path not in self._at_hand][-many:]
        return [OtherEntry(each, self._mark(each), partial(self._entry, each)) for each in paths]

    def _entry(self, path: str) -> Entry:
        (loaded,) = _loaded(self._readings.reading(path))
        return loaded.entry

    def _mark(self, path: str) -> object:
        """Return what the marks of entries at hand are."""
        return (path, str(self._zone), self._readings.mark(path))

    def addresses_of(self, near: Neighbourhood) -> tuple[str, ...]:
        """Return the addresses of some entries and stories that were ever published, sorted."""
        starts = (*map(entry_address, near.slugs), *map(story_address, near.stories))
        return tuple(sorted({each for start in starts for each in self._published(start)}))
