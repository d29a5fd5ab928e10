"""Build: the table of contents of the program.

    read -> match -> parse -> file -> write entries -> group -> trace -> publish -> write the site

Every room is called here, or in `bringing.py`, `updating.py`, `filing.py`, `issuing.py` and
`composing.py`, which join rooms for single steps; these modules have no logic of their own beyond
handing the results of one room to the next.
`prepare` does everything that can be done without writing, so that `check` sees exactly what
`build` would do.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from briefbook import parsing
from briefbook.briefing import (
    PUBLISHED,
    Briefings,
    LoadedEntry,
    Matching,
    Outcome,
    match_sources,
    write_addresses,
    write_entry,
    written_file,
)
from briefbook.bringing import bring_along
from briefbook.checking.written import where_written
from briefbook.composing import Composition, Inputs, known_topics, left_out, parsed_for
from briefbook.config import read_site
from briefbook.delivering import Delivery
from briefbook.files import FileStamp
from briefbook.filing import without_unknown_topics
from briefbook.issuing import waiting_drafts
from briefbook.keeping import Kept, keep, with_kept
from briefbook.locking import only_writer
from briefbook.material import Concerns, Material, Part, read_all, read_changed
from briefbook.model import Article, Entry, OutputFile, PublicEntry, Site, SourceFile, Status
from briefbook.neighbours import UNCLAIMED
from briefbook.options import Options
from briefbook.problems import NothingBuiltError, Problem, ProblemError, Severity, in_order
from briefbook.progress import Progress, silent
from briefbook.publishing import (
    WriteReport,
    entry_address,
    published_entries,
    read_written,
    refuse_project,
)
from briefbook.remembering import Calls, Memory, Readings
from briefbook.searching import index_site
from briefbook.sitefiles import Composed
from briefbook.states import scheduled_of, state_problems
from briefbook.storynames import misnamed_problems, without_names
from briefbook.texts import Articles, parsing_seconds
from briefbook.timings import Timed, untimed
from briefbook.updating import Updates
from briefbook.vanishing import lost_entries, lost_slugs, lost_sources
from briefbook.working import Workers, Workforce, alone

if TYPE_CHECKING:
    from briefbook.grouping import SharedWords

T = TypeVar("T")

OUTPUT = "_site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """All that a build would write, and all that is wrong."""

    site: Site
    updates: Updates
    published: int  # entries that everybody sees
    stories: int
    composed: Composed  # which files are others than those of the build before
    files_of: Callable[[], tuple[OutputFile, ...]]
    addresses: tuple[str, ...]  # ever published: all, or those of what was looked at
    public: Mapping[str, PublicEntry]  # what is shown of entries, by slug; in a preview alone
    fresh: tuple[str, ...]  # public addresses that `published.txt` does not know yet
    faulty: tuple[str, ...]  # slugs of entries left out for a mistake in their file
    scheduled: tuple[Entry, ...]  # what will appear later, the next one first
    unfiled: tuple[str, ...]  # slugs of what is shown and has no topic, where there are topics
    unfiled_words: "tuple[SharedWords, ...]"  # what these share
    problems: tuple[Problem, ...]
    loaded: tuple[LoadedEntry, ...]  # that can be read, of what was looked at, by arrival
    matching: Matching  # of what was looked at
    articles: Mapping[str, Article]  # by path of their source, of what was looked at
    waiting: tuple[Problem, ...]  # notes: drafted corrections that nobody has confirmed
    lost: tuple[str, ...]  # slugs that were published and that no entry has any more
    is_misprinted: bool  # `published.txt` has lines that are no addresses
    looked_at: frozenset[str] | None  # sources and entries that were looked at; None: all

    @property
    def files(self) -> tuple[OutputFile, ...]:
        """All files of the site, in order of writing; who asks first waits until they are read."""
        return self.files_of()


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did."""

    prepared: Prepared
    report: WriteReport
    output: Path
    problems: tuple[Problem, ...]
    listed: str | None  # what was written to published.txt; None: nothing was


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A site that was made to be looked at and is not written."""

    prepared: Prepared
    problems: tuple[Problem, ...]


def build(
    root: Path,
    options: Options,
    progress: Progress = silent,
    *,
    workers: Workforce = alone,
    timed: Timed = untimed,
) -> Built:
    """Parse what is new or changed, file it, write entries and site.

    Args:
        root: The folder of the site.
        options: What this run may change.
        progress: Put around the work of long steps.
        workers: Who parses; what comes out is the same whoever it is.
        timed: Put around each stage.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes, the output folder is one in which
            no site may be written, or another command is at work on the site.
    """
    output = options.output or root / OUTPUT
    _refuse_output(output, root)
    with only_writer(root, "build"):
        site = read_settings(root, options.base_url)  # where it refuses, nothing is written at all
        work = partial(_build, root, site, options, output, progress, workers, timed)
        built, told = with_kept(root, work)
    return replace(built, problems=in_order([*built.problems, *told])) if told else built


def _build(
    root: Path,
    site: Site,
    options: Options,
    output: Path,
    progress: Progress,
    workers: Workforce,
    timed: Timed,
    kept: Kept,
) -> Built:
    """Do what `build` does, with what was kept; where that is damaged it may end at any point."""
    prepared = _prepare(root, site, options, progress, kept, workers, timed)
    updates = prepared.updates
    with timed("writing entries", len(updates.to_write)):
        unwritten = write_entries(root, updates)
    delivery = Delivery(kept.composition, prepared.composed, output, kept.store)
    with timed("writing the site", len(prepared.composed.written)):
        delivery.write(partial(progress, "writing"))
    with timed("search index"):
        pages = kept.composition.pages(prepared.composed)
        index, unsearched = index_site(pages, prepared.site, kept.store)
    with timed("writing the site", len(index.paths)):
        report = delivery.end(index)
    problems = [*prepared.problems, *unwritten, *unsearched, *report.problems]
    fresh = _to_list(prepared, unwritten)
    listed: str | None = None
    if not options.frozen:
        listed, unlisted = _write_addresses(root, fresh)
        problems += unlisted
    if kept.is_lasting:
        kept.readings.take_written(*_written(root, updates, listed))
        _tell_next(kept.readings, prepared, options, problems, fresh if listed is not None else ())
    problems += keep(kept)
    return Built(
        prepared=prepared,
        report=report,
        output=output,
        problems=in_order(problems),
        listed=listed,
    )


def preview(root: Path, options: Options, kept: Kept, progress: Progress = silent) -> Preview:
    """Parse what is new or changed, file it, write entries; make the site, drafts too.

    It is not written, since what holds drafts must not lie where somebody could publish it; nor is
    `published.txt`.

    Args:
        root: The folder of the site.
        options: What this run may change; its output is not looked at.
        kept: What the previews before have made; what has not changed is not made again.
        progress: Put around the work of long steps.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes, or another command is at work on
            the site.
    """
    with only_writer(root, "serve"):
        prepared = prepare(root, replace(options, preview=True), progress, kept)
        unwritten = write_entries(root, prepared.updates)
    prepared.files_of()  # as they are now: the next preview may begin while these are looked at
    kept.keep()
    return Preview(prepared=prepared, problems=in_order([*prepared.problems, *unwritten]))


def prepare(
    root: Path,
    options: Options,
    progress: Progress = silent,
    kept: Kept | None = None,
    *,
    workers: Workforce = alone,
    timed: Timed = untimed,
) -> Prepared:
    """Do everything a build does, except writing; the arguments are those of `build`.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes.
    """
    site = read_settings(root, options.base_url)
    return _prepare(root, site, options, progress, kept, workers, timed)


def _prepare(
    root: Path,
    site: Site,
    options: Options,
    progress: Progress,
    kept: Kept | None,
    workers: Workforce,
    timed: Timed,
) -> Prepared:
    zone = ZoneInfo(site.timezone)
    calls = kept.calls if kept else Calls()
    composition = kept.composition if kept else Composition(Memory())
    calls.start_build()
    composition.start()
    with timed("reading"):
        if kept is not None and kept.is_lasting:
            way, below = _way(site, options), composition.published_below
            material = read_changed(root, zone, kept.readings, way, options.now, below)
        else:
            material = read_all(root, zone, calls)
        briefings, addresses, part = material.briefings, material.addresses, material.part

    with timed("matching", len(material.sources)):
        sources, misfiled = without_unknown_topics(material.sources, site)
        matching = match_sources(sources, briefings, material.with_text)
    with timed("parsing", len(sources)):
        articles = _parse(material, sources, matching, progress, calls, composition, workers)
    with timed("filing", len(matching.new)):
        reports = composition.reports
        brought = bring_along(matching, briefings, articles, addresses, site, options, reports)
    updates, everything, misnamed = brought.updates, brought.everything, brought.misnamed
    amiss = [*brought.problems]
    amiss += state_problems(everything, now=options.now, addresses=addresses, site=site)
    read_last = partial(read_written, options.output or root / OUTPUT)
    amiss += lost_entries(everything, updates.new, briefings, addresses, read_last)
    told = [*material.unreadable, *misfiled, *matching.problems]
    amiss += lost_sources(matching, sources, told)
    entries, mispinned = known_topics(everything, site)
    faulty_ones = left_out(briefings, everything, entries)
    shown_entries = without_names(entries, misnamed)
    composed = composition.compose(
        Inputs(
            site=site,
            shown=_shown(options),
            entries=_now(part, {entry.slug: entry for entry in shown_entries}),
            marks=_marks(shown_entries, briefings, updates, material),
            sources=_now(part, parsed_for(entries, matching)),
            addresses=part.fresh if part else addresses,
            is_whole=part is None,
            faulty=faulty_ones,
            templates=root / "templates",
        ),
        timed,
        workers if isinstance(workers, Workers) else alone,  # those of a cluster have no templates
    )
    unmade = composed.problems
    files_of = cache(composition.files)
    with timed("links"):
        is_whole = not any(map(_leaves_links_dead, unmade))
        loaded = partial(_with_others, everything, part)
        dead = _dead_links(composition, composed, loaded, site, is_whole=is_whole)

    # Line by line as above: reading, then entries, then the site.
    found = [*material.unreadable, *material.faulty, *material.misprinted, *misfiled]
    found += matching.problems
    found += [*updates.problems, *amiss, *misnamed_problems(misnamed)]
    found += [*mispinned, *unmade, *dead]
    return Prepared(
        site=site,
        updates=updates,
        published=composition.publisher.contents.published(),
        stories=composition.publisher.contents.told_stories.count(""),
        composed=composed,
        files_of=files_of,
        addresses=addresses,
        public=_public(entries, composition) if options.preview else {},
        fresh=composed.fresh,
        faulty=faulty_ones,
        scheduled=scheduled_of(entries),
        unfiled=composition.unfiled() if site.topics else (),
        unfiled_words=composition.unfiled_words() if site.topics else (),
        problems=in_order(found),
        loaded=everything,
        matching=matching,
        articles=articles,
        waiting=waiting_drafts(briefings),
        lost=tuple(lost_slugs(everything, briefings, published_entries(addresses))),
        is_misprinted=bool(material.misprinted),
        looked_at=part.paths if part else None,
    )


def _marks(
    entries: Sequence[Entry], briefings: Briefings, updates: Updates, material: Material
) -> dict[str, object]:
    """Return, by slug, what the entries are made from that are just as their files say."""
    # Whoever makes an entry another one makes another object of it.
    read = {id(one.entry): one for one in briefings.entries}
    written = {id(one.entry): one for one in updates.to_write}
    marks: dict[str, object] = {}
    for entry in entries:
        number = id(entry)
        if one := written.get(number):
            mark: bytes | None = hashlib.sha256(one.text.encode("utf-8")).digest()
        elif one := read.get(number):
            mark = material.mark(one.path)
        if one and mark:
            marks[entry.slug] = (one.path, str(one.zone), mark)
    return marks


def _parse(
    material: Material,
    sources: Sequence[SourceFile],
    matching: Matching,
    progress: Progress,
    calls: Calls,
    composition: Composition,
    workers: Workforce,
) -> Mapping[str, Article]:
    """Return what the parser makes of each source, by its path; several may do it."""
    texts, overrides, changed = composition.texts, matching.overrides, material.changed
    texts.tell(material.sources, changed, overrides, material.with_text)
    if changed is not None:
        texts.parse_ahead(_to_parse(matching, changed), progress, workers)
        return Articles(texts, sources)
    # Where a text lies says nothing of it: equal texts are one call.
    each = [
        (source.path, (replace(source, path=""), overrides.get(source.path, ())))
        for source in sources
    ]
    made = calls.call_many(parsing.parse, each, workers, parsing_seconds)
    watched = progress("parsing", sources)
    articles = {one.path: article for one, article in zip(watched, made, strict=True)}
    texts.take(articles)
    return articles


def _to_parse(matching: Matching, changed: Collection[str]) -> list[SourceFile]:
    """Return the sources whose articles will be asked for as far as is known beforehand."""
    found = [*matching.new, *(match.source for match in matching.changed)]
    others = (match.source for match in (*matching.same, *matching.moved))
    return [*found, *(source for source in others if source.path in changed)]


def read_settings(root: Path, base_url: str | None = None) -> Site:
    """Return what `site.yaml` says, with another `base_url` where one is given.

    Raises:
        NothingBuiltError: It is missing or has mistakes.
    """
    site, problems = read_site(root)
    if site is None:
        raise NothingBuiltError(*problems)
    return replace(site, base_url=base_url.rstrip("/")) if base_url else site


def fails(problems: Sequence[Problem], *, strict: bool) -> bool:
    """Tell whether problems make a run fail: errors always, warnings when strict, notes never."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(problem.severity in failing for problem in problems)


# --------------------------------------------------------------------------- writing


def _refuse_output(output: Path, root: Path) -> None:
    try:
        refuse_project(output, root)
    except ProblemError as refused:
        raise NothingBuiltError(*refused.problems) from refused


def write_entries(root: Path, updates: Updates) -> list[Problem]:
    """Write the entries that have to be written; what cannot be written is a problem."""
    problems: list[Problem] = []
    jobs: list[tuple[LoadedEntry, str | None]] = [(made, None) for made in updates.new]
    jobs += [(now, was.text) for was, now in updates.rewritten]
    for loaded, was in jobs:
        try:
            write_entry(root, loaded.path, loaded.text, was=was)
        except ProblemError as refused:
            problems += refused.problems
    return problems


def _written(
    root: Path, updates: Updates, listed: str | None
) -> tuple[dict[str, Outcome | None], Callable[[str], tuple[FileStamp, bytes] | None]]:
    """Return what reading the files that were written will give, and what tells them so."""
    texts = {one.path: one.text for one in updates.to_write}
    # What is written was read of its text when it was made.
    made: dict[str, Outcome | None] = {
        one.path: Outcome(found=one, problems=()) for one in updates.to_write
    }
    if listed is not None:
        texts[PUBLISHED], made[PUBLISHED] = listed, None
    return made, lambda path: written_file(root, path, texts[path])


def _to_list(prepared: Prepared, unwritten: Iterable[Problem]) -> tuple[str, ...]:
    """Return the new addresses, without those of entries that could not be written.

    The next build makes these anew, and would take a listed one for an entry that somebody lost.
    """
    refused = {problem.place.path for problem in unwritten}
    unmade = {entry_address(one.entry.slug) for one in prepared.updates.new if one.path in refused}
    return tuple(address for address in prepared.fresh if address not in unmade)


def _write_addresses(
    root: Path, addresses: tuple[str, ...]
) -> tuple[str | None, tuple[Problem, ...]]:
    """Add addresses to `published.txt`, and return what was written, if anything was."""
    try:
        return write_addresses(root, addresses), ()
    except ProblemError as refused:
        return None, refused.problems


# --------------------------------------------------------------------------- the next build


def _way(site: Site, options: Options) -> tuple[object, ...]:
    """Return what becomes of entries by, beside what files say and the time."""
    return (site, options.frozen, options.preview)


def _tell_next(
    readings: Readings,
    prepared: Prepared,
    options: Options,
    problems: Iterable[Problem],
    listed: tuple[str, ...],
) -> None:
    """Keep what the next build must know of this one."""
    readings.set_concerns(_concerns(prepared, options, problems, listed))
    among = readings.tied(UNCLAIMED) if prepared.looked_at is None else prepared.looked_at
    readings.retie(UNCLAIMED, among, prepared.matching.unclaimed)


def _concerns(
    prepared: Prepared, options: Options, problems: Iterable[Problem], listed: tuple[str, ...]
) -> Concerns:
    """Return what the next build has to look at though it may be what it was.

    Of anything else nothing was said, and nothing will be at another time. What was written is as
    it has to be: a build of what a build has left changes nothing.
    """
    loaded = prepared.loaded
    told = {problem.place.path for problem in (*problems, *prepared.waiting)}
    waiting = {
        one.path
        for one in loaded
        if (after := one.entry.publish_after) is not None and after > options.now
    }
    held = {source.path for source in prepared.matching.held}
    # Where an entry could not be written, its source has none, though nothing of it has changed.
    made = (one for one in prepared.updates.new if one.path in told)
    unwritten = {one.entry.parsed.source for one in made if one.entry.parsed}
    return Concerns(
        way=_way(prepared.site, options),
        now=options.now,
        paths=tuple(sorted({*told, *waiting, *held, *unwritten})),
        lost=prepared.lost,
        fresh=listed,
        is_misprinted=prepared.is_misprinted,
    )


def _now(part: Part | None, told: Mapping[str, T]) -> dict[str, T | None]:
    """Return what is to be told by slug, None of those of which no more is to be told."""
    return {**dict.fromkeys(part.slugs if part else ()), **told}


# --------------------------------------------------------------------------- what is published


def _with_others(at_hand: Sequence[LoadedEntry], part: Part | None) -> Iterator[LoadedEntry]:
    """Yield all entries, those at hand as they will be; takes as long as they are many."""
    yield from at_hand
    if part:
        yield from part.others()


def _leaves_links_dead(problem: Problem) -> bool:
    """Tell of what is wrong with a site whether a page is missing; its one error says enough."""
    return problem.place.path != PUBLISHED and problem.severity is Severity.ERROR


def _dead_links(
    composition: Composition,
    composed: Composed,
    loaded: Callable[[], Iterable[LoadedEntry]],
    site: Site,
    *,
    is_whole: bool,
) -> tuple[Problem, ...]:
    """Return what is wrong with the links of a site of which all pages could be made.

    First with the relative ones: a mistake in a text would otherwise be told again for each feed
    the text stands in.
    """
    relative, other = composition.linking.dead(composed.written, composed.removed)
    addresses = composition.in_order(relative or other)
    if not addresses or not is_whole:
        return ()
    files = composition.files_at(addresses)
    notes = ((one.entry, one.place("note")) for one in loaded())
    where = where_written(files, notes, site)
    return composition.linking.problems(addresses, "" if relative else site.base_url, where)


def _public(entries: Sequence[Entry], composition: Composition) -> dict[str, PublicEntry]:
    shown = composition.publisher.contents.shown
    return {entry.slug: public for entry in entries if (public := shown(entry.slug))}


def _shown(options: Options) -> frozenset[Status]:
    """Return the states in which an entry has a page."""
    is_private = options.drafts or options.preview
    more = (Status.DRAFT, Status.SCHEDULED) if is_private else ()
    return frozenset((Status.PUBLISHED, *more))
