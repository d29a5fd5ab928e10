"""Neighbours: a source or an entry that has changed -> all others whose fate may hang on it.

Pure. Sources and entries are neighbours that share a key: an id, an address, a story, the bytes or
the place of a source. What becomes of one depends on itself and its neighbours, and on theirs; so
where none of these has changed since a build that left it as it was, it is left as it is again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from briefbook.briefing import FaultyEntry, LoadedEntry, Outcome, mint_id, slugs_of
from briefbook.filing import filed_turn, stories_named, with_stories
from briefbook.model import Entry, SourceFile

# All that are in a story which further texts may join stand under it, in order of arrival.
FILED = "filed"
# Entries whose source is not there stand under it: a text that comes may be one of theirs.
UNCLAIMED = "unclaimed"
_SLUG, _STORY = "slug:", "story:"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Sources and entries, with all their neighbours and theirs."""

    paths: frozenset[str]
    keys: frozenset[str]  # all that they share with anybody

    @property
    def slugs(self) -> frozenset[str]:
        """Slugs and aliases that are or were theirs."""
        return frozenset(key.removeprefix(_SLUG) for key in self.keys if key.startswith(_SLUG))

    @property
    def stories(self) -> frozenset[str]:
        """Keys of stories that are or were theirs."""
        return frozenset(key.removeprefix(_STORY) for key in self.keys if key.startswith(_STORY))


def neighbourhood(
    changed: Iterable[str],
    keys: Iterable[str],
    keys_of_file: Callable[[str], Iterable[str]],
    tied: Callable[[str], Iterable[str]],
) -> Neighbourhood:
    """Return what a change may concern.

    Args:
        changed: Paths of sources and entries.
        keys: More keys whose neighbours count.
        keys_of_file: Returns the keys of what a file gives now and gave before, without `FILED`.
        tied: Returns the paths of those that share a key.
    """
    paths, known = set(changed), set(keys)
    new_keys, new_paths = [*known], [*paths]
    while new_keys or new_paths:
        found = {key for path in new_paths for key in keys_of_file(path)}
        new_keys += found - known
        known |= found
        new_paths = [*{path for key in new_keys for path in tied(key)} - paths]
        paths.update(new_paths)
        new_keys = []
    return Neighbourhood(frozenset(paths), frozenset(known))


def has_unclaimed(readings: Iterable[object]) -> bool:
    """Tell whether a source is among some readings of whose bytes none of the entries was made."""
    hashes: set[str] = set()
    ids: set[str] = set()
    sources: list[str] = []
    for reading in readings:
        if isinstance(reading, SourceFile):
            sources.append(reading.sha256)
        elif loaded := _loaded(reading):
            parsed = loaded.entry.parsed
            hashes.update([parsed.sha256] if parsed else ())
            ids.update(() if parsed else [loaded.entry.id])
    return any(each not in hashes and mint_id(each) not in ids for each in sources)


def ties_of(reading: object) -> Iterator[tuple[str, str]]:
    """Yield the keys of what reading a file gave, each with its turn among those that share it."""
    for key in dict.fromkeys(keys_of(reading)):
        yield key, ""
    if (loaded := _loaded(reading)) and with_stories([loaded.entry]):
        yield FILED, filed_turn(loaded.entry)


def keys_of(reading: object) -> tuple[str, ...]:
    """Return the keys of what reading a file gave; a file that is wrong may have none."""
    if isinstance(reading, SourceFile):
        return (f"path:{reading.path}", f"sha256:{reading.sha256}", mint_id(reading.sha256))
    if loaded := _loaded(reading):
        return (*_keys_of_entry(loaded.entry),)
    faulty = reading.found if isinstance(reading, Outcome) else reading
    if isinstance(faulty, FaultyEntry):
        slugs = (slug_key(slug) for slug in faulty.slugs)
        hashes = (f"sha256:{one}" for one in faulty.hashes)
        return (*slugs, *hashes, *(f"path:{path}" for path in faulty.sources), *faulty.ids)
    return ()


def slug_key(slug: str) -> str:
    """Return the key of those to whom a slug or an alias belongs."""
    return f"{_SLUG}{slug}"


def story_key(story: str) -> str:
    """Return the key of those that are or were in a story."""
    return f"{_STORY}{story}"


def _loaded(reading: object) -> LoadedEntry | None:
    found = reading.found if isinstance(reading, Outcome) else None
    return found if isinstance(found, LoadedEntry) else None


def _keys_of_entry(entry: Entry) -> Iterator[str]:
    yield entry.id
    yield from map(slug_key, slugs_of(entry))
    yield from map(story_key, stories_named(entry))
    if parsed := entry.parsed:
        yield f"path:{parsed.source}"
        yield f"sha256:{parsed.sha256}"
        if parsed.issued and parsed.issued.story:
            yield story_key(parsed.issued.story)
