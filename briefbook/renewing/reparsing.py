"""Reparsing: sources that have entries, parsed again -> the entries as they would be.

In: a site's folder and, where not all are meant, some files. Out: what would change in each entry,
and what is wrong. Nothing is written here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from briefbook.briefing import (
    Briefings,
    LoadedEntry,
    Match,
    Matching,
    match_sources,
    parser_fields,
    read_entries,
    update_entry,
)
from briefbook.build import read_settings
from briefbook.files import path_in
from briefbook.filing import without_unknown_topics
from briefbook.issuing import without_rereading
from briefbook.model import Article, Site, SourceFile
from briefbook.parsing import PARSER, parse
from briefbook.problems import (
    Place,
    Problem,
    ProblemError,
    error,
    in_order,
    suggestion,
    warning,
)
from briefbook.progress import Progress, silent
from briefbook.reading import read_sources
from briefbook.renewing.changing import EntryChange, entry_change
from briefbook.texts import parsing_seconds
from briefbook.updating import Updates
from briefbook.working import Workforce, alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Reparsing:
    """What parsing again would change."""

    changes: tuple[EntryChange, ...]  # the entries that have to be written, by path
    parsed: int  # entries whose source was parsed again
    problems: tuple[Problem, ...]

    @property
    def updates(self) -> Updates:
        """What has to be written."""
        return Updates(rewritten=tuple((change.was, change.now) for change in self.changes))


def reparse(
    root: Path,
    files: Sequence[Path] = (),
    progress: Progress = silent,
    workers: Workforce = alone,
) -> Reparsing:
    """Parse sources again with the present parser, and merge what it says into their entries.

    Args:
        root: The folder of the site.
        files: Sources or entries, named from here or from `root`; none: all there are.
        progress: Watches the parsing.
        workers: Who parses.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes.
    """
    site = read_settings(root)
    zone = ZoneInfo(site.timezone)
    sources, unreadable = read_sources(root, zone=zone)
    briefings, faulty = read_entries(root, zone=zone)
    sources, misfiled = without_unknown_topics(sources, site)
    matching = match_sources(sources, briefings)

    matches = list(matching.pairs)
    problems = [*unreadable, *faulty, *misfiled, *matching.problems]
    problems += _left_alone(matching, problems)
    if files:
        matches, problems = _only(root, files, matching, briefings, problems)
    changes: list[EntryChange] = []
    calls = [(match.source, match.loaded.entry.overrides) for match in matches]
    articles = workers.map(parse, calls, parsing_seconds)
    for match, article in zip(progress("parsing", matches), articles, strict=True):
        try:
            changes += _changes(match, article, site)
        except ProblemError as refused:
            problems += refused.problems
    return Reparsing(changes=tuple(changes), parsed=len(matches), problems=in_order(problems))


def _changes(match: Match, article: Article, site: Site) -> list[EntryChange]:
    """Return what would change in an entry; nothing where not a byte of it does."""
    source = match.source
    now = update_entry(match.loaded, source, article, parser=PARSER, language=site.language)
    if now is None:
        return []
    now = without_rereading(match.loaded, now, article, site, is_reparsed=True)
    read = parser_fields(source, article, story=None, language=site.language)
    return [entry_change(match.loaded, now, read)]


def _left_alone(matching: Matching, told: Iterable[Problem]) -> list[Problem]:
    """Warn of entries that no source belongs to, but for those of which more is told."""
    faulty = {problem.place.path for problem in told}
    others = {match.source.path: match.loaded.path for match in matching.pairs}
    return [
        _of_another(loaded, source, others[source])
        if source in others
        else warning(
            Place(loaded.path),
            f"its source {source} is not there, so it stays as it is",
            "put the text back to have it parsed again",
        )
        for loaded, source in _without_source(matching)
        if source not in faulty
    ]


def _of_another(loaded: LoadedEntry, source: str, owner: str) -> Problem:
    return warning(
        Place(loaded.path),
        f"its source {source} is that of {owner} too, so it stays as it is",
        "delete one of the two entries",
    )


def _without_source(matching: Matching) -> list[tuple[LoadedEntry, str]]:
    return [(one, one.entry.parsed.source) for one in matching.without_source if one.entry.parsed]


# --------------------------------------------------------------------------- only some files


def _only(
    root: Path,
    files: Sequence[Path],
    matching: Matching,
    briefings: Briefings,
    problems: Sequence[Problem],
) -> tuple[list[Match], list[Problem]]:
    """Return what some files are about, and what is wrong with these."""
    pairs = {name: match for match in matching.pairs for name in _names(match)}
    lost = {loaded.path: source for loaded, source in _without_source(matching)}
    lost |= {source: path for path, source in lost.items()}
    chosen: dict[str, Match] = {}
    told: list[Problem] = []
    for path in dict.fromkeys(_path(root, file) for file in files):
        match = pairs.get(path)
        names = _names(match) if match else (path, lost.get(path, path))
        about = [problem for problem in problems if problem.place.path in names]
        if match:
            chosen[match.loaded.path] = match
        elif not about:
            about = [_useless(path, matching, briefings, pairs)]
        told += about
    return list(chosen.values()), told


def _path(root: Path, file: Path) -> str:
    inside = path_in(root, file, "sources") or path_in(root, file, "briefings")
    return inside or file.as_posix()


def _names(match: Match) -> tuple[str, str]:
    return (match.source.path, match.loaded.path)


def _useless(path: str, matching: Matching, briefings: Briefings, known: Iterable[str]) -> Problem:
    """Report a file of which nothing can be parsed again."""
    place = Place(path)
    if _is_among(path, matching.new):
        return error(place, "this text has no entry yet", "run `briefbook build` to make one")
    if _is_among(path, matching.held):
        what = "the entry of this text has a mistake, or is your own work by now"
        return error(place, what, "run `briefbook check`, and mend what it reports")
    if _is_among(path, briefings.entries):
        what = "this entry is your own work and was made of no source"
        return error(place, what, "name a source, or an entry that has the key parsed:")
    near = suggestion(path, known)
    fix = f"did you mean {near}?" if near else "name a file in sources/ or briefings/"
    return error(place, "there is no such source or entry", fix)


def _is_among(path: str, those: Iterable[SourceFile | LoadedEntry]) -> bool:
    return any(one.path == path for one in those)
