"""Texts that changed -> the entries that were made of them before, told by how much still stands.

Pure. A path alone proves nothing: an editor pastes the next article over `paste.txt`, or renames a
file and mends it in one go. So what decides is how much of an entry, as the parser wrote it, stands
in the source. What still lies where the entry was made from needs little; what lies elsewhere must
be nearly the same text, and its header must not name another outlet or original.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefbook.briefing.entry import LoadedEntry
from briefbook.model import Entry, SourceFile
from briefbook.text.markdown import plain
from briefbook.text.words import folded, word_runs

_RUN = 3  # words; few enough that one mended word of a short text leaves most of its runs
# Two reports of one event share up to about 0.1 of their runs, a thorough revision keeps half.
_AT_HOME = 0.3
_ELSEWHERE = 0.6
_SAMPLE = 120  # characters at the start, in the middle and at the end of a text


def find_again(
    sources: Sequence[SourceFile], entries: Sequence[LoadedEntry], settled: Collection[str]
) -> dict[str, LoadedEntry]:
    """Find the entry that each source is a changed text of.

    Args:
        sources: Those whose bytes no entry was made of.
        entries: Those whose bytes no source has, in order of arrival.
        settled: Paths of sources that must not be taken for a text that moved.

    Returns:
        Path of a source -> its entry; a source that is missing is another text than all of them.
    """
    found: dict[str, LoadedEntry] = {}
    taken: set[str] = set()
    for _, _, number, path in sorted(_claims(sources, entries, settled)):
        loaded = entries[number]
        if path not in found and loaded.path not in taken:
            found[path] = loaded
            taken.add(loaded.path)
    return found


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of an entry and a text is the same, as shares from 0 to 1."""

    loaded: LoadedEntry
    kept: float  # of the entry, as it was parsed, stands in the text
    held: float  # of the text stands in the entry


def find_like(text: SourceFile, entries: Iterable[LoadedEntry]) -> tuple[Likeness, ...]:
    """Return the entries of which anything stands in a text, most alike first."""
    sizes, index = _index([text])
    found = []
    for loaded in entries:
        if _is_near(loaded.entry, index):
            kept, held = _shares(loaded.entry, index, sizes)
            likeness = Likeness(loaded, kept.get(text.path, 0.0), held.get(text.path, 0.0))
            found.append(likeness)
    return tuple(sorted(found, key=lambda one: (-max(one.kept, one.held), one.loaded.path)))


def find_alike(sources: Sequence[SourceFile], texts: Collection[str]) -> frozenset[str]:
    """Return the paths of the sources in which nearly all of one of these texts stands."""
    if not texts:
        return frozenset()
    _, index = _index(sources)
    found: set[str] = set()
    for text in texts:
        runs = word_runs(plain(text), _RUN)
        found.update(
            path for path, count in _counts(runs, index).items() if count >= _ELSEWHERE * len(runs)
        )
    return frozenset(found)


def _claims(
    sources: Sequence[SourceFile], entries: Sequence[LoadedEntry], settled: Collection[str]
) -> Iterator[tuple[int, float, int, str]]:
    """Yield rank, likeness below zero, entry and source of each pair that may belong together."""
    if not sources or not entries:  # of a first build: nothing to read all the new texts for
        return
    by_path = {source.path: source for source in sources}
    sizes, index = _index(sources)
    for number, loaded in enumerate(entries):
        entry = loaded.entry
        home = entry.parsed.source if entry.parsed else ""
        if home not in by_path and not _is_near(entry, index):
            continue
        kept, held = _shares(entry, index, sizes)
        for path, share in kept.items():
            source = by_path[path]
            is_free = path not in settled and not _says_otherwise(source, entry)
            if path != home and share >= _ELSEWHERE and is_free:
                yield (1, -share, number, path)
        if home in by_path:
            # A text may also have been cut short or made longer in its place.
            share = max(kept.get(home, 0.0), held.get(home, 0.0))
            if share >= _AT_HOME or not _is_telling(entry):
                yield (0 if share >= _ELSEWHERE else 2, -share, number, home)


def _index(
    sources: Iterable[SourceFile],
) -> tuple[dict[str, int], dict[tuple[str, ...], list[str]]]:
    """Return how many runs each source has, and which sources have each run."""
    sizes: dict[str, int] = {}
    index: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for source in sources:
        runs = word_runs("\n".join(source.lines), _RUN)
        sizes[source.path] = len(runs)
        for run in runs:
            index[run].append(source.path)
    return sizes, index


def _shares(
    entry: Entry, index: Mapping[tuple[str, ...], list[str]], sizes: Mapping[str, int]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return how much of an entry stands in each source, and how much of each source in it."""
    kept: dict[str, float] = {}
    held: dict[str, float] = {}
    for text in _texts(entry):
        runs = word_runs(plain(text), _RUN)
        for path, count in _counts(runs, index).items():
            kept[path] = max(kept.get(path, 0.0), count / len(runs))
            held[path] = max(held.get(path, 0.0), count / sizes[path])
    return kept, held


def _counts(
    runs: Iterable[tuple[str, ...]], index: Mapping[tuple[str, ...], list[str]]
) -> Counter[str]:
    """Count how many of some runs each source has."""
    return Counter(path for run in runs for path in index.get(run, ()))


def _is_near(entry: Entry, index: Mapping[tuple[str, ...], list[str]]) -> bool:
    """Tell from samples whether any source can be like an entry; an archive has thousands."""
    for text in _texts(entry):
        middle = len(text) // 2
        for sample in (text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]):
            if any(run in index for run in word_runs(sample, _RUN)):
                return True
    return False


def _texts(entry: Entry) -> tuple[str, ...]:
    """Return what tells of an entry's source: the body, and what is left beside an edited one."""
    return (entry.body, _extracts(entry)) if "body" in entry.edited else (entry.body,)


def _extracts(entry: Entry) -> str:
    """Return the sentences that are still as the parser wrote them; they stand in its source."""
    summary = "" if "summary" in entry.edited else entry.summary
    points = () if "key_points" in entry.edited else entry.key_points
    return "\n".join((summary, *points)).strip()


def _is_telling(entry: Entry) -> bool:
    """Tell whether an entry still says what text it was made of: not if all was written anew."""
    return bool(_extracts(entry) or (entry.body and "body" not in entry.edited))


def _says_otherwise(source: SourceFile, entry: Entry) -> bool:
    """Tell whether a header says that this is the text of another outlet, or another original."""
    pairs = (
        ("url", source.header.url, entry.url),
        ("outlet", source.header.outlet, entry.outlet),
    )
    return any(
        said and known and field not in entry.edited and folded(said) != folded(known)
        for field, said, known in pairs
    )
