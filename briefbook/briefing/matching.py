"""Sources and entries -> which entry belongs to which source, and what is to be done.

Pure. An entry belongs to the source that has the bytes it was made of, wherever that lies now; only
then to the source at the path it was made from. The other order would let an editor who renames
`paste.txt` and pastes the next article under that name overwrite a published entry with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from briefbook.briefing.entry import LoadedEntry
from briefbook.briefing.shelf import Briefings
from briefbook.model import SourceFile
from briefbook.problems import Place, Problem, warning


@dataclass(frozen=True, slots=True)
class Match:
    """A source and the entry that was made of it."""

    source: SourceFile
    loaded: LoadedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What became of each source and each entry; all in the order of source paths."""

    new: tuple[SourceFile, ...]  # no entry was made of it yet
    changed: tuple[Match, ...]  # its text is not what the entry was made of
    same: tuple[Match, ...]  # nothing to do
    moved: tuple[Match, ...]  # the same bytes at another path: only `parsed.source` changes
    duplicates: tuple[SourceFile, ...]  # the same bytes as another source: no entry of its own
    held: tuple[SourceFile, ...]  # its entry has an error that has to be mended first
    without_source: tuple[LoadedEntry, ...]  # the source is not there; in order of arrival
    problems: tuple[Problem, ...]  # a warning for each duplicate


def match_sources(sources: Iterable[SourceFile], briefings: Briefings) -> Matching:
    """Find the entry of each source.

    Two sources of equal bytes make one entry: that of the path it was made from, else of the first
    path. A source whose entry file cannot be read is held back, or it would get a second entry.
    """
    ordered = sorted(sources, key=lambda source: source.path)
    ours, duplicates, problems = _without_duplicates(ordered, briefings)
    claims = _claims(ours, briefings)
    held_paths = {path for faulty in briefings.faulty for path in faulty.sources}
    held_hashes = {sha256 for faulty in briefings.faulty for sha256 in faulty.hashes}
    new, held = [], []
    found: dict[str, list[Match]] = {"changed": [], "same": [], "moved": []}
    for source in ours:
        loaded = claims.get(source.path)
        if loaded is not None:
            found[_what_happened(source, loaded)].append(Match(source, loaded))
        elif source.sha256 in held_hashes or source.path in held_paths:
            held.append(source)
        else:
            new.append(source)
    claimed = {loaded.path for loaded in claims.values()}
    left = [one for one in briefings.entries if one.entry.parsed and one.path not in claimed]
    return Matching(
        new=tuple(new),
        changed=tuple(found["changed"]),
        same=tuple(found["same"]),
        moved=tuple(found["moved"]),
        duplicates=tuple(duplicates),
        held=tuple(held),
        without_source=tuple(left),
        problems=tuple(problems),
    )


def _without_duplicates(
    sources: list[SourceFile], briefings: Briefings
) -> tuple[list[SourceFile], list[SourceFile], list[Problem]]:
    remembered = {
        (loaded.entry.parsed.sha256, loaded.entry.parsed.source)
        for loaded in briefings.entries
        if loaded.entry.parsed
    }
    speaks: dict[str, SourceFile] = {}
    for source in sources:
        known = (source.sha256, source.path) in remembered
        if source.sha256 not in speaks or known:
            speaks[source.sha256] = source
    ours = [source for source in sources if speaks[source.sha256] is source]
    duplicates = [source for source in sources if speaks[source.sha256] is not source]
    problems = [
        warning(
            Place(source.path),
            f"this is the same text as {speaks[source.sha256].path}; they make one entry",
            "delete one of the two",
        )
        for source in duplicates
    ]
    return ours, duplicates, problems


def _claims(sources: list[SourceFile], briefings: Briefings) -> dict[str, LoadedEntry]:
    """Map the path of each source that has an entry to that entry; hashes go before paths."""
    claims: dict[str, LoadedEntry] = {}
    by_hash = {source.sha256: source.path for source in sources}
    paths = {source.path for source in sources}
    waiting = []
    for loaded in briefings.entries:
        parsed = loaded.entry.parsed
        if parsed is None:
            continue
        path = by_hash.get(parsed.sha256)
        if path is not None and path not in claims:
            claims[path] = loaded
        else:
            waiting.append((parsed.source, loaded))
    for path, loaded in waiting:
        if path in paths and path not in claims:
            claims[path] = loaded
    return claims


def _what_happened(source: SourceFile, loaded: LoadedEntry) -> str:
    parsed = loaded.entry.parsed
    assert parsed is not None  # only such entries claim a source
    if parsed.sha256 != source.sha256:
        return "changed"
    return "same" if parsed.source == source.path else "moved"
