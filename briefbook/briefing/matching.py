"""Sources and entries -> which entry belongs to which source, and what is to be done.

Pure. An entry belongs to the source that has the bytes it was made of, wherever that lies now; only
then to the one whose text is most like it (`likeness.py`). The other order would let an editor who
renames `paste.txt` and pastes the next article under that name overwrite a published entry with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefbook.briefing.entry import LoadedEntry
from briefbook.briefing.likeness import find_again, find_alike
from briefbook.briefing.mint import mint_id
from briefbook.briefing.overrides import is_up_to_date
from briefbook.briefing.shelf import Briefings
from briefbook.model import Entry, Override, SourceFile
from briefbook.problems import Place, Problem, error, warning


@dataclass(frozen=True, slots=True)
class Match:
    """A source and the entry that was made of it."""

    source: SourceFile
    loaded: LoadedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What became of each source and each entry; all in the order of source paths."""

    new: tuple[SourceFile, ...]  # no entry was made of it yet
    changed: tuple[Match, ...]  # its text, or the editor's word on a line, is not as it was then
    same: tuple[Match, ...]  # nothing to do
    moved: tuple[Match, ...]  # the same bytes at another path: only `parsed.source` changes
    duplicates: tuple[SourceFile, ...]  # the same bytes as another source: no entry of its own
    held: tuple[SourceFile, ...]  # its entry has an error to mend first, or is the editor's own now
    without_source: tuple[LoadedEntry, ...]  # the source is not there; in order of arrival
    problems: tuple[Problem, ...]  # warnings: duplicates, and new texts under an old name
    # Paths of the entries that were made of a text which is not there: one that comes may be it.
    unclaimed: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[Match, ...]:
        """All sources that have an entry, by path of the entry."""
        pairs = (*self.same, *self.changed, *self.moved)
        return tuple(sorted(pairs, key=lambda match: match.loaded.path))

    @property
    def overrides(self) -> dict[str, tuple[Override, ...]]:
        """The editor's word on lines of the sources, by path of the source; none of most."""
        return {
            match.source.path: match.loaded.entry.overrides
            for match in self.pairs
            if match.loaded.entry.overrides
        }

    @staticmethod
    def of_one(source: SourceFile, loaded: LoadedEntry | None) -> "Matching":
        """Return what is to be done for one source alone, whose entry is known; None: it is new."""
        return _alone(
            new=() if loaded else (source,), changed=(Match(source, loaded),) if loaded else ()
        )

    def only(self, path: str) -> "Matching":
        """Return what is to be done for one source, as if there were no others."""
        same, changed, moved = (
            tuple(match for match in matches if match.source.path == path)
            for matches in (self.same, self.changed, self.moved)
        )
        new = tuple(source for source in self.new if source.path == path)
        return _alone(new=new, same=same, changed=changed, moved=moved)


def _alone(
    *,
    new: tuple[SourceFile, ...],
    changed: tuple[Match, ...],
    same: tuple[Match, ...] = (),
    moved: tuple[Match, ...] = (),
) -> Matching:
    return Matching(
        new=new,
        changed=changed,
        same=same,
        moved=moved,
        duplicates=(),
        held=(),
        without_source=(),
        problems=(),
    )


def match_sources(
    sources: Iterable[SourceFile],
    briefings: Briefings,
    with_text: Callable[[SourceFile], SourceFile] = lambda source: source,
) -> Matching:
    """Find the entry of each source.

    Args:
        sources: In any order.
        briefings: All entries.
        with_text: Returns a source with its text, where `sources` come without.

    Two sources of equal bytes make one entry: that of the path it was made from, else of the first
    path. A source whose entry file has mistakes is held back, or it would get a second entry; so is
    one whose entry the editor has taken over by deleting `parsed`, and each that has no entry while
    the system does not let one be read.
    """
    ordered = sorted(sources, key=lambda source: source.path)
    ours, duplicates, problems = _without_duplicates(ordered, briefings)
    faulty = _held_by_faulty(ours, briefings)
    claims, waiting = _claims_by_hash(ours, briefings)
    left = [source for source in ours if source.path not in claims]
    if waiting:
        claims |= find_again([*map(with_text, left)], waiting, faulty)
    new: list[SourceFile] = []
    held: list[SourceFile] = []
    found: dict[str, list[Match]] = {"changed": [], "same": [], "moved": []}
    for source in ours:
        loaded = claims.get(source.path)
        if loaded is not None and loaded.entry.parsed:
            found[_what_happened(source, loaded)].append(Match(source, loaded))
        elif loaded is not None or source.path in faulty:
            held.append(source)
        else:
            new.append(source)
    # Of a damaged entry only its text may tell what it was made of.
    damaged = [one.text for one in briefings.faulty if one.text]
    alike = find_alike([*map(with_text, new)], damaged) if damaged else frozenset()
    unread = sorted(one.path for one in briefings.faulty if one.is_unread)
    waits = new if unread else [one for one in new if one.path in alike]
    held = sorted([*held, *waits], key=lambda one: one.path)
    problems += [_waits(source, unread[0]) for source in waits if source.path not in alike]
    new = [] if unread else [source for source in new if source.path not in alike]
    claimed = {loaded.path for loaded in claims.values()}
    lost = [one for one in briefings.entries if one.entry.parsed and one.path not in claimed]
    return Matching(
        new=tuple(new),
        changed=tuple(found["changed"]),
        same=tuple(found["same"]),
        moved=tuple(found["moved"]),
        duplicates=tuple(duplicates),
        held=tuple(held),
        without_source=tuple(lost),
        problems=(*problems, *_pasted_over(new, lost)),
        unclaimed=tuple(loaded.path for loaded in waiting if loaded.path not in claimed),
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


def _held_by_faulty(sources: list[SourceFile], briefings: Briefings) -> frozenset[str]:
    """Return the paths of sources that an entry file with an error was made of."""
    paths = {path for faulty in briefings.faulty for path in faulty.sources}
    hashes = {sha256 for faulty in briefings.faulty for sha256 in faulty.hashes}
    ids = {identity for faulty in briefings.faulty for identity in faulty.ids}
    return frozenset(
        source.path
        for source in sources
        if source.path in paths or source.sha256 in hashes or mint_id(source.sha256) in ids
    )


def _claims_by_hash(
    sources: list[SourceFile], briefings: Briefings
) -> tuple[dict[str, LoadedEntry], list[LoadedEntry]]:
    """Return the entry of each source that has its bytes, by path, and the entries left over."""
    claims: dict[str, LoadedEntry] = {}
    by_hash = {source.sha256: source.path for source in sources}
    by_id = {mint_id(source.sha256): source.path for source in sources}
    waiting = []
    for loaded in briefings.entries:
        parsed = loaded.entry.parsed
        path = by_hash.get(parsed.sha256) if parsed else by_id.get(loaded.entry.id)
        if path is not None and path not in claims:
            claims[path] = loaded
        elif parsed or _was_ours(loaded.entry):
            waiting.append(loaded)
    return claims, waiting


def _waits(source: SourceFile, unread: str) -> Problem:
    return error(
        Place(source.path),
        f"no entry is made of this text yet: {unread} cannot be read, and may be its entry",
        "mend that first",
    )


def _was_ours(entry: Entry) -> bool:
    """Tell whether an entry without `parsed` was made by the program: its id is not of its slug."""
    return entry.parsed is None and entry.id != mint_id(f"slug:{entry.slug}")


def _pasted_over(new: list[SourceFile], left: list[LoadedEntry]) -> list[Problem]:
    """Warn of each new text that lies where that of an entry lay, which has no source now."""
    was = {loaded.entry.parsed.source: loaded for loaded in left if loaded.entry.parsed}
    return [
        warning(
            Place(source.path),
            f"this is another text than the one {was[source.path].path} was made of; it gets an "
            "entry of its own, the old one stays as it is, without a source",
            "give each text a file of its own; put the old text back under another name to keep it",
        )
        for source in new
        if source.path in was
    ]


def _what_happened(source: SourceFile, loaded: LoadedEntry) -> str:
    parsed = loaded.entry.parsed
    assert parsed is not None  # only such entries claim a source
    if not is_up_to_date(loaded.entry, source.sha256):
        return "changed"
    return "same" if parsed.source == source.path else "moved"
