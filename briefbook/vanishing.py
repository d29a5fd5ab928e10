"""Vanishing: sources and entries that are gone -> what goes with them, and what to do instead.

Joins briefing and publishing for `build.py`. Nothing is written here. What a deleted entry was is
told by the site that was built last, where that is still there.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from briefbook.briefing import PUBLISHED, Briefings, LoadedEntry, Matching
from briefbook.model import SourceFile, Status
from briefbook.problems import Place, Problem, note, warning
from briefbook.publishing import entry_address, published_entries, twin_file

_INSTEAD = "write `status: withdrawn` in"
_NAMES = ("people", "organisations", "places")


def lost_entries(
    everything: Sequence[LoadedEntry],
    new: Sequence[LoadedEntry],
    briefings: Briefings,
    addresses: Collection[str],
    read_last: Callable[[str], bytes | None],
) -> Iterator[Problem]:
    """Yield what is to be known of entries whose files are gone.

    Args:
        everything: All entries as they will be.
        new: Those of them that are made by this build.
        briefings: Those on disk, for the ones that cannot be read.
        addresses: Every address ever published.
        read_last: Returns a file of the site that was built last, None where it is not there.
    """
    published = published_entries(addresses)
    for loaded in new:
        if loaded.entry.slug in published:
            yield _made_anew(loaded)
    for slug in lost_slugs(everything, briefings, published):
        if last := _read_twin(read_last(twin_file(slug))):
            yield _gone(published[slug], last)


def lost_slugs(
    everything: Sequence[LoadedEntry], briefings: Briefings, published: Iterable[str]
) -> list[str]:
    """Return those of some published slugs that no entry has any more."""
    alive = {slug for one in everything for slug in (one.entry.slug, *one.entry.aliases)}
    alive |= {slug for faulty in briefings.faulty for slug in faulty.slugs}
    return [slug for slug in published if slug not in alive]


def lost_sources(
    matching: Matching, sources: Sequence[SourceFile], told: Sequence[Problem]
) -> Iterator[Problem]:
    """Yield a warning for each source that is gone while its entry is shown.

    Args:
        matching: Which entry belongs to which source.
        sources: Those that are there.
        told: What is said already; of a source that is named there no more is said.
    """
    there = {source.path for source in sources} | {problem.place.path for problem in told}
    for loaded in matching.without_source:
        entry = loaded.entry
        if entry.parsed is None or entry.status in (Status.HIDDEN, Status.WITHDRAWN):
            continue
        if entry.parsed.source not in there:
            there.add(entry.parsed.source)
            what = (
                f"its source {entry.parsed.source} is gone, so nobody can see any more what of it"
                " was kept, dropped and mended; the briefing stays"
            )
            fix = f"put the text back; to take the briefing down {_INSTEAD} {loaded.path}"
            yield warning(loaded.place("parsed"), what, fix)


def _made_anew(loaded: LoadedEntry) -> Problem:
    source = loaded.entry.parsed.source if loaded.entry.parsed else loaded.path
    what = (
        f"a briefing was published at {entry_address(loaded.entry.slug)} and its file is gone, so"
        " this text gets a new one there, without what you had written in the old one"
    )
    fix = f"put the old file back, or, to take the briefing down, {_INSTEAD} {loaded.path}"
    return warning(Place(source), what, fix)


def _gone(address: str, last: Mapping[str, object]) -> Problem:
    losing = [*_counted(last, "topics", "topic"), *_names_of(last)]
    story = last.get("story")
    if isinstance(story, Mapping):
        losing.insert(0, f"the story {story.get('slug')}")
    also = f", and from {', '.join(losing)}" if losing else ""
    what = f"with {address} '{last.get('title')}' goes from the lists of its month and day{also}"
    return note(Place(PUBLISHED), what, f"rather than deleting it, {_INSTEAD} its file")


def _counted(last: Mapping[str, object], key: str, word: str) -> list[str]:
    values = last.get(key)
    count = len(values) if isinstance(values, list) else 0
    return [f"{count} {word}{'s' if count != 1 else ''}"] if count else []


def _names_of(last: Mapping[str, object]) -> list[str]:
    lists = (last.get(key) for key in _NAMES)
    count = sum(len(names) for names in lists if isinstance(names, list))
    return [f"{count} name{'s' if count != 1 else ''}"] if count else []


def _read_twin(content: bytes | None) -> Mapping[str, object] | None:
    try:
        last = json.loads(content or b"")
    except ValueError:
        return None
    is_shown = isinstance(last, dict) and last.get("status") == Status.PUBLISHED
    return last if is_shown else None
