"""Updating: sources and entries -> the entries that have to be written.

Joins parsing, grouping and briefing for `bringing.py`. What is new gets an entry, filed into a
story at once so that it is written once; what has changed brings its entry along. Nothing is
written here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from briefbook import briefing
from briefbook.briefing import (
    Briefings,
    LoadedEntry,
    Match,
    Matching,
    Taken,
)
from briefbook.filedreports import FiledReports
from briefbook.filing import source_item, stories_behind, stories_named, with_stories
from briefbook.issuing import Issuing, without_rereading
from briefbook.model import Article, Site, SourceFile
from briefbook.parsing import PARSER
from briefbook.problems import Problem, ProblemError, error


@dataclass(frozen=True, slots=True, kw_only=True)
class Updates:
    """The entries that have to be written, and what could not be made."""

    new: tuple[LoadedEntry, ...] = ()  # in order of arrival
    rewritten: tuple[tuple[LoadedEntry, LoadedEntry], ...] = ()  # as it was, as it will be
    problems: tuple[Problem, ...] = ()

    @property
    def to_write(self) -> tuple[LoadedEntry, ...]:
        """All that have to be written, as they will be."""
        return (*self.new, *(now for _, now in self.rewritten))


def update_entries(
    matching: Matching,
    briefings: Briefings,
    articles: Mapping[str, Article],
    *,
    now: datetime,
    site: Site,
    reports: FiledReports | None = None,
) -> Updates:
    """Make the entries of new sources, and bring the others up to their sources.

    Args:
        matching: Which entry belongs to which source.
        briefings: All entries there are.
        articles: What the parser made of each source, by its path.
        now: When the new ones are added; an aware moment.
        site: What `site.yaml` says.
        reports: Where somebody keeps what filing reads of entries.
    """
    stories = _stories_of_new(matching, briefings, articles, reports or FiledReports())
    new, unmade = _make(matching, briefings, articles, stories, now, site)
    rewritten, held = _bring_along(matching, articles, site)
    return Updates(new=tuple(new), rewritten=tuple(rewritten), problems=(*unmade, *held))


def refuse_updates(matching: Matching) -> Updates:
    """Report what would have to be written, for runs that may not write entries."""
    fix = "run `briefbook build` where the sources are, and commit briefings/"
    problems = (
        *(error(source.place, "this source has no entry yet", fix) for source in matching.new),
        *(_refuse_change(match, fix) for match in matching.changed),
    )
    return Updates(problems=problems)


def _refuse_change(match: Match, fix: str) -> Problem:
    source, loaded = match.source, match.loaded
    assert loaded.entry.parsed is not None  # only such entries have a source
    if loaded.entry.parsed.sha256 == source.sha256:
        what = f"the overrides have changed since this was made of {source.path}"
        return error(loaded.place("overrides"), what, fix)
    return error(source.place, f"its text has changed since {loaded.path} was written", fix)


def together(briefings: Briefings, updates: Updates) -> list[LoadedEntry]:
    """Return all entries as they will be, in order of arrival."""
    now = {old.path: updated for old, updated in updates.rewritten}
    loaded = [*(now.get(one.path, one) for one in briefings.entries), *updates.new]
    return sorted(loaded, key=lambda one: (one.entry.arrival, one.entry.slug))


def with_issued(updates: Updates, issuing: Issuing) -> Updates:
    """Return what has to be written of entries, with what is remembered of their publication."""
    now = {was.path: will_be for was, will_be in issuing.changed}
    before = {one.path: was for was, one in updates.rewritten}
    new = {one.path for one in updates.new}
    rewritten = [(was, now.get(one.path, one)) for was, one in updates.rewritten]
    rewritten += [
        pair for pair in issuing.changed if pair[0].path not in before and pair[0].path not in new
    ]
    return Updates(
        new=tuple(now.get(one.path, one) for one in updates.new),
        rewritten=tuple(rewritten),
        problems=(*updates.problems, *issuing.problems),
    )


def _make(
    matching: Matching,
    briefings: Briefings,
    articles: Mapping[str, Article],
    stories: Mapping[str, str],
    now: datetime,
    site: Site,
) -> tuple[list[LoadedEntry], list[Problem]]:
    """Make the entries of sources that have none, in order of arrival."""
    made: list[LoadedEntry] = []
    problems: list[Problem] = []
    slugs, ids = briefings.taken_slugs(), briefings.taken_ids()
    paths = {path.casefold() for path in briefings.paths}
    for source in _by_arrival(matching.new, articles):
        try:
            loaded = briefing.make_entry(
                source,
                articles[source.path],
                parser=PARSER,
                added=now,
                story=stories.get(source.path),
                taken_slugs=slugs,
                taken_ids=ids,
                taken_paths=paths,
                language=site.language,
                zone=ZoneInfo(site.timezone),
            )
        except ProblemError as refused:
            problems += refused.problems
            continue
        made.append(loaded)
        slugs.add(loaded.entry.slug)
        ids.add(loaded.entry.id)
        paths.add(loaded.path.casefold())
    return made, problems


def _by_arrival(sources: Sequence[SourceFile], articles: Mapping[str, Article]) -> list[SourceFile]:
    """Order sources that arrive together: by date of publication, then by path."""

    def when(source: SourceFile) -> tuple[str, str]:
        published = articles[source.path].published
        return (published.isoformat() if published else "", source.path)

    return sorted(sources, key=when)


def _stories_of_new(
    matching: Matching,
    briefings: Briefings,
    articles: Mapping[str, Article],
    reports: FiledReports,
) -> dict[str, str]:
    """File the new sources into stories, after the entries that are there."""
    if not matching.new:
        return {}
    new = _by_arrival(matching.new, articles)
    others = briefings.others
    entries = [loaded.entry for loaded in briefings.entries]
    known = with_stories(entries)
    recent = reports.recent(known, others)
    return stories_behind(
        recent,
        [reports.new(source_item(source, articles[source.path])) for source in new],
        bound=Taken((entry.story for entry in known if entry.story), others.has_story),
        taken=Taken((key for each in entries for key in stories_named(each)), others.names_story),
        arrivals=reports.arrivals(recent),
    )


def _bring_along(
    matching: Matching, articles: Mapping[str, Article], site: Site
) -> tuple[list[tuple[LoadedEntry, LoadedEntry]], list[Problem]]:
    """Bring entries up to their changed or moved sources."""
    rewritten: list[tuple[LoadedEntry, LoadedEntry]] = []
    problems: list[Problem] = []
    for match in matching.changed:
        article = articles[match.source.path]
        try:
            updated = briefing.update_entry(
                match.loaded, match.source, article, parser=PARSER, language=site.language
            )
        except ProblemError as refused:
            problems += refused.problems
            continue
        if updated is not None:
            rewritten.append(
                (match.loaded, without_rereading(match.loaded, updated, article, site))
            )
    rewritten.extend(
        (match.loaded, briefing.move_entry(match.loaded, match.source.path))
        for match in matching.moved
    )
    return rewritten, problems
