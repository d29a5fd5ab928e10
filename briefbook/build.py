"""Build: the table of contents of the program.

    read -> match -> parse -> file -> write entries -> group -> trace -> publish -> write the site

Every room is called here and nowhere else; this module has no logic of its own beyond handing the
results of one room to the next. `prepare` does everything that can be done without writing, so that
`check` sees exactly what `build` would do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from briefbook.briefing import (
    Briefings,
    LoadedEntry,
    Matching,
    make_entry,
    match_sources,
    move_entry,
    read_addresses,
    read_entries,
    update_entry,
    write_addresses,
    write_entry,
)
from briefbook.checking.links import check_links
from briefbook.checking.trace import check_trace, trace_entry
from briefbook.config import read_site
from briefbook.filing import entry_item, make_stories, make_topics, source_item, topics_of
from briefbook.grouping import file_stories
from briefbook.model import (
    Article,
    Entry,
    OutputFile,
    Publication,
    PublicEntry,
    Record,
    Site,
    SourceFile,
    Status,
)
from briefbook.parsing import PARSER, parse
from briefbook.problems import Place, Problem, ProblemError, Severity, error, in_order, unknown_word
from briefbook.progress import Progress, silent
from briefbook.publishing import WriteReport, make_site, public_entry, write_site
from briefbook.reading import read_sources

OUTPUT = "_site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What one run may change."""

    now: datetime  # aware; used for `added` only
    output: Path | None = None  # None: `_site` in the folder of the site
    base_url: str | None = None  # None: that of site.yaml
    drafts: bool = False  # show drafts too
    frozen: bool = False  # a source without an up-to-date entry is an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """All that a build would write, and all that is wrong."""

    site: Site
    new: tuple[LoadedEntry, ...]  # entries to be written for the first time
    rewritten: tuple[tuple[LoadedEntry, LoadedEntry], ...]  # as it was, as it will be
    publication: Publication
    files: tuple[OutputFile, ...]
    addresses: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did."""

    prepared: Prepared
    report: WriteReport
    output: Path
    problems: tuple[Problem, ...]


class BrokenSiteError(ProblemError):
    """`site.yaml` has mistakes: nothing can be built."""


def build(root: Path, options: Options, progress: Progress = silent) -> Built:
    """Parse what is new or changed, file it, write entries and site.

    Raises:
        BrokenSiteError: `site.yaml` is missing or has mistakes; nothing was written.
        ProblemError: The output folder cannot be used.
    """
    prepared = prepare(root, options, progress)
    output = options.output or root / OUTPUT
    problems = list(prepared.problems)
    problems += _write_entries(root, prepared)
    report = write_site(progress("writing", prepared.files), output)
    problems += report.problems
    if not options.frozen:
        try:
            write_addresses(root, prepared.addresses)
        except ProblemError as refused:
            problems += refused.problems
    return Built(prepared=prepared, report=report, output=output, problems=in_order(problems))


def prepare(root: Path, options: Options, progress: Progress = silent) -> Prepared:
    """Do everything a build does, except writing.

    Raises:
        BrokenSiteError: `site.yaml` is missing or has mistakes.
    """
    site = _read_settings(root, options)
    zone = ZoneInfo(site.timezone)
    sources, problems = read_sources(root, zone=zone)
    briefings, faulty = read_entries(root, zone=zone)
    addresses, misprinted = read_addresses(root)
    found = [*problems, *faulty, *misprinted]

    sources, refused = _without_unknown_topics(sources, site)
    matching = match_sources(sources, briefings)
    articles = {source.path: parse(source) for source in progress("parsing", sources)}
    found += [*refused, *matching.problems]

    new: list[LoadedEntry] = []
    rewritten: list[tuple[LoadedEntry, LoadedEntry]] = []
    if options.frozen:
        found += _frozen(matching)
    else:
        new, held = _make(matching, briefings, articles, options, site)
        rewritten, held_too = _update(matching, articles, site)
        found += [*held, *held_too]

    entries, unknown = _known_topics(_together(briefings, new, rewritten), site)
    records = _trace(entries, matching, articles)
    for entry in entries:
        if record := records.get(entry.slug):
            found += check_trace(entry, record.article, record.sentences)
    publication = _publication(entries, records, site, addresses, options)
    files, faults, made = make_site(publication, root / "templates")
    found += [*unknown, *faults, *check_links({file.path: file.content for file in files})]
    return Prepared(
        site=site,
        new=tuple(new),
        rewritten=tuple(rewritten),
        publication=publication,
        files=files,
        addresses=made,
        problems=in_order(found),
    )


def _read_settings(root: Path, options: Options) -> Site:
    site, problems = read_site(root)
    if site is None:
        raise BrokenSiteError(*problems)
    return replace(site, base_url=options.base_url.rstrip("/")) if options.base_url else site


# --------------------------------------------------------------------------- sources to entries


def _without_unknown_topics(
    sources: Sequence[SourceFile], site: Site
) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Leave out sources whose header names a topic that is not in `site.yaml`."""
    kept, problems = [], []
    for source in sources:
        place = Place(source.path, source.header.lines.get("topics"))
        wrong = _unknown_topics(source.header.topics or (), place, site)
        problems += wrong
        if not wrong:
            kept.append(source)
    return tuple(kept), tuple(problems)


def _unknown_topics(topics: Sequence[str], place: Place, site: Site) -> list[Problem]:
    known = [topic.slug for topic in site.topics]
    return [
        unknown_word(place, "topic", slug, known, "If it is new, add it under topics: in site.yaml")
        for slug in topics
        if slug not in known
    ]


def _frozen(matching: Matching) -> list[Problem]:
    """Report what would have to be written, for runs that may not write entries."""
    fix = "run `briefbook build` where the sources are, and commit briefings/"
    return [
        *(error(s.place, "this source has no entry yet", fix) for s in matching.new),
        *(
            error(m.source.place, f"its text has changed since {m.loaded.path} was written", fix)
            for m in matching.changed
        ),
    ]


def _make(
    matching: Matching,
    briefings: Briefings,
    articles: Mapping[str, Article],
    options: Options,
    site: Site,
) -> tuple[list[LoadedEntry], list[Problem]]:
    """Make the entries of sources that have none, in order of arrival."""
    made: list[LoadedEntry] = []
    problems: list[Problem] = []
    stories = _stories_of_new(matching, briefings, articles)
    slugs, ids = set(briefings.taken_slugs), set(briefings.taken_ids)
    paths = set(briefings.paths)
    for source in _by_arrival(matching.new, articles):
        try:
            loaded = make_entry(
                source,
                articles[source.path],
                parser=PARSER,
                added=options.now,
                story=stories.get(source.path),
                taken_slugs=slugs,
                taken_ids=ids,
                taken_paths=paths,
                language=site.language,
            )
        except ProblemError as refused:
            problems += refused.problems
            continue
        made.append(loaded)
        slugs.add(loaded.entry.slug)
        ids.add(loaded.entry.id)
        paths.add(loaded.path)
    return made, problems


def _by_arrival(sources: Sequence[SourceFile], articles: Mapping[str, Article]) -> list[SourceFile]:
    """Order sources that arrive together: by date of publication, then by path."""

    def when(source: SourceFile) -> tuple[str, str]:
        published = articles[source.path].published
        return (published.isoformat() if published else "", source.path)

    return sorted(sources, key=when)


def _stories_of_new(
    matching: Matching, briefings: Briefings, articles: Mapping[str, Article]
) -> dict[str, str]:
    """File the new sources into stories, after the entries that are there."""
    items = [entry_item(loaded.entry) for loaded in briefings.entries]
    new = _by_arrival(matching.new, articles)
    items += [source_item(source, articles[source.path]) for source in new]
    return file_stories(items)


def _update(
    matching: Matching, articles: Mapping[str, Article], site: Site
) -> tuple[list[tuple[LoadedEntry, LoadedEntry]], list[Problem]]:
    """Bring entries up to their changed or moved sources."""
    rewritten: list[tuple[LoadedEntry, LoadedEntry]] = []
    problems: list[Problem] = []
    for match in matching.changed:
        try:
            updated = update_entry(
                match.loaded,
                match.source,
                articles[match.source.path],
                parser=PARSER,
                language=site.language,
            )
        except ProblemError as refused:
            problems += refused.problems
            continue
        if updated is not None:
            rewritten.append((match.loaded, updated))
    rewritten.extend(
        (match.loaded, move_entry(match.loaded, match.source.path)) for match in matching.moved
    )
    return rewritten, problems


def _together(
    briefings: Briefings,
    new: Sequence[LoadedEntry],
    rewritten: Sequence[tuple[LoadedEntry, LoadedEntry]],
) -> list[Entry]:
    """Return all entries as they will be, in order of arrival."""
    now = {old.path: updated for old, updated in rewritten}
    loaded = [*(now.get(one.path, one) for one in briefings.entries), *new]
    return sorted((one.entry for one in loaded), key=lambda entry: (entry.arrival, entry.slug))


def _write_entries(root: Path, prepared: Prepared) -> list[Problem]:
    problems: list[Problem] = []
    jobs = [(one, None) for one in prepared.new]
    for loaded, was in [*jobs, *((now, old.text) for old, now in prepared.rewritten)]:
        try:
            write_entry(root, loaded.path, loaded.text, was=was)
        except ProblemError as refused:
            problems += refused.problems
    return problems


# --------------------------------------------------------------------------- entries to the site


def _known_topics(entries: Sequence[Entry], site: Site) -> tuple[list[Entry], list[Problem]]:
    """Leave out entries that an editor pinned to a topic which is not in `site.yaml`."""
    kept, problems = [], []
    for entry in entries:
        wrong = _unknown_topics(entry.topics or (), entry.place, site)
        problems += wrong
        if not wrong:
            kept.append(entry)
    return kept, problems


def _trace(
    entries: Sequence[Entry], matching: Matching, articles: Mapping[str, Article]
) -> dict[str, Record]:
    """Make the record of each entry whose source is there and was parsed for it."""
    pairs = [*matching.same, *matching.changed, *matching.moved]
    sources = {match.loaded.entry.id: match.source for match in pairs}
    sources_by_hash = {source.sha256: source for source in matching.new}
    records: dict[str, Record] = {}
    for entry in entries:
        source = sources.get(entry.id)
        if source is None and entry.parsed is not None:
            source = sources_by_hash.get(entry.parsed.sha256)
        if source is None or entry.parsed is None or entry.parsed.sha256 != source.sha256:
            continue
        article = articles[source.path]
        sentences = trace_entry(entry, article, parser=PARSER)
        records[entry.slug] = Record(article=article, sentences=sentences)
    return records


def _publication(
    entries: Sequence[Entry],
    records: Mapping[str, Record],
    site: Site,
    addresses: tuple[str, ...],
    options: Options,
) -> Publication:
    shown = {Status.PUBLISHED, Status.DRAFT} if options.drafts else {Status.PUBLISHED}
    visible = [entry for entry in entries if entry.status in shown]
    topics = topics_of(visible, site)
    public = [_public(entry, topics.get(entry.slug, ()), records, site) for entry in visible]
    withdrawn = [entry for entry in entries if entry.status is Status.WITHDRAWN]
    return Publication(
        site=site,
        entries=tuple(public),
        withdrawn=tuple(_public(entry, (), records, site) for entry in withdrawn),
        topics=make_topics(visible, topics, site),
        stories=make_stories(visible, site),
        addresses=addresses,
    )


def _public(
    entry: Entry, topics: tuple[str, ...], records: Mapping[str, Record], site: Site
) -> PublicEntry:
    return public_entry(entry, topics=topics, record=records.get(entry.slug), site=site)


def fails(problems: Sequence[Problem], *, strict: bool) -> bool:
    """Tell whether problems make a run fail: errors always, warnings only when strict."""
    return any(strict or problem.severity is Severity.ERROR for problem in problems)
