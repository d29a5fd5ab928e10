"""The intake of one text: read it, parse it, look what is there already, file it, write it.

Joins the rooms for `add`, in this order. The source is written when everything is known to be
right, then the entry; what is killed in between is mended by the next build.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from briefbook.adding.already import Known, Offer, find_known
from briefbook.adding.offering import Offered
from briefbook.adding.sourceheader import Given, values_of, with_header
from briefbook.adding.sourcename import (
    free_path,
    path_of_file,
    path_of_headline,
    path_of_name,
)
from briefbook.briefing import (
    Briefings,
    LoadedEntry,
    Matching,
    Value,
    match_sources,
    parser_fields,
)
from briefbook.build import write_entries
from briefbook.filing import entry_item, topic_specs, unknown_topics, with_examples
from briefbook.grouping import file_topics, find_origins
from briefbook.model import Article, Entry, Site, SourceFile
from briefbook.parsing import parse
from briefbook.problems import Place, Problem, ProblemError, error
from briefbook.reading import LARGEST_SOURCE, keep_former, make_source, move_source, write_source
from briefbook.text.filenames import folded_name
from briefbook.text.words import count_words
from briefbook.updating import Updates, together, update_entries

# Below this a fetched page is a notice: two sentences of an article have more words.
_FEWEST_WORDS = 40
# Stands for the name of a text in problems until it has one.
_OFFERED = "\0offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What an editor said of the texts."""

    now: datetime  # when entries are made
    given: Given  # key of a header -> value
    name: str | None = None  # path below sources/
    replaces: bool = False  # a text of an outlet that has changed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """One text that was added, and what became of it."""

    shown: str  # as it was named
    source: str  # path of the source
    loaded: LoadedEntry
    article: Article
    topics: tuple[str, ...]  # best first
    joins: tuple[str, ...]  # titles that were in its story before, in order of arrival
    carries: tuple[Entry, ...]  # those of them that are of one origin with it
    former: str | None = None  # where the text that it replaces lies now
    was_there: bool = False  # its entry was there before


@dataclass(slots=True, kw_only=True)
class Intake:
    """The site while texts are added."""

    root: Path
    site: Site
    values: Mapping[str, Value]  # for the header of every text
    wishes: Wishes
    sources: dict[str, SourceFile]  # by path
    briefings: Briefings
    owners: dict[str, str]  # path of a source -> path of the entry that was made of it
    taken: set[str]  # paths in sources/, as `folded_name` makes them

    def add(self, offered: Offered) -> Added:
        """Add one text.

        Raises:
            ProblemError: It is no text, it is there already, or it cannot be written.
        """
        try:
            content, offer = self._read(offered)
            known = find_known(offer, self.sources, self._owned(), self.briefings, self.site)
            if self.wishes.replaces:
                return self._replace(offered, content, self._to_replace(known))
            if known:
                raise ProblemError(_is_there(known))
            return self._add_new(offered, content, offer)
        except ProblemError as refused:
            # Until it is written, the text has only the name that the editor gave.
            raise ProblemError(*(_named(p, offered) for p in refused.problems)) from refused

    def _read(self, offered: Offered) -> tuple[bytes, Offer]:
        """Read and parse a text, below a header that says all that is known of it."""
        path = f"{_OFFERED}{offered.ending}"
        source = self._make_source(offered.content, path)
        said = {**offered.values, **values_of(source.header), **self.values}
        content = with_header(offered.content, source, said)
        if content != offered.content:
            source = self._make_source(content, path)
        article = parse(source)
        if offered.is_fetched and count_words(article.plain_body) < _FEWEST_WORDS:
            raise ProblemError(_nearly_nothing(source, article))
        return content, Offer(source=source, article=article)

    def _make_source(self, content: bytes, path: str) -> SourceFile:
        if len(content) > LARGEST_SOURCE:
            what = "with its header the text is larger than a source may be"
            raise ProblemError(error(Place(path), what, "split the text"))
        source = make_source(content, path, zone=ZoneInfo(self.site.timezone))
        place = Place(path, source.header.lines.get("topics"))
        if unknown := unknown_topics(source.header.topics or (), place, self.site):
            raise ProblemError(*unknown)
        return source

    def _owned(self) -> dict[str, LoadedEntry]:
        """Return the entries that have their source, by the path of that."""
        entries = {loaded.path: loaded for loaded in self.briefings.entries}
        return {source: entries[path] for source, path in self.owners.items()}

    # ------------------------------------------------------------------- a new text

    def _add_new(self, offered: Offered, content: bytes, offer: Offer) -> Added:
        path = self._path(offered, offer)
        source = replace(offer.source, path=path)
        matching = match_sources([*self.sources.values(), source], self.briefings).only(path)
        if not (matching.new or matching.pairs):
            what = "an entry was made of this text that has a mistake, or is your own work by now"
            fix = "run `briefbook check`, and mend what it reports"
            raise ProblemError(error(Place(_OFFERED), what, fix))
        # A text that comes back finds its entry, and the editor's word on its lines there.
        word = matching.overrides.get(path, ())
        article = parse(source, word) if word else offer.article
        updates = self._update(matching, source, article)
        write_source(self.root, path, content, was=None)
        return self._written(offered, source, article, updates, matching)

    def _path(self, offered: Offered, offer: Offer) -> str:
        if self.wishes.name is not None:
            path = path_of_name(self.wishes.name, offered.ending)
        elif offered.name:
            path = path_of_file(offered.name, offered.ending)
        else:
            language = self.site.language
            fields = parser_fields(offer.source, offer.article, story=None, language=language)
            path = path_of_headline(str(fields["title"]), offered.ending)
        return free_path(path, self.taken)

    # ------------------------------------------------------------------- a changed text

    def _to_replace(self, known: Known | None) -> Known:
        """Return what a text replaces: what --name names, else what is there of it."""
        if self.wishes.name is not None:
            known = self._known_by_name(path_of_name(self.wishes.name))
        if known is None:
            what = "nothing like this text is there, so there is nothing to replace"
            fix = "name the source with --name, or leave out --replace to add it as a new text"
            raise ProblemError(error(Place(_OFFERED), what, fix))
        if known.loaded and not known.loaded.entry.parsed:
            what = f"{known.loaded.path} is your own work and follows no source"
            raise ProblemError(error(Place(_OFFERED), what, "change the text there"))
        return known

    def _known_by_name(self, path: str) -> Known:
        if path not in self.sources:
            what = f"there is no source {path} that could be replaced"
            raise ProblemError(error(Place("--name"), what, "check its name"))
        return Known(why="", source=self.sources[path], loaded=self._owned().get(path))

    def _replace(self, offered: Offered, content: bytes, known: Known) -> Added:
        old = known.source
        new = self._make_source(content, f"{_OFFERED}{offered.ending}")
        kept = values_of(old.header) if old else {}
        content = with_header(content, new, {**kept, **values_of(new.header)})
        path = self._path_of_changed(known, offered.ending)
        source = self._make_source(content, path)
        if old and source.sha256 == old.sha256:
            what = f"this is the text of {old.path} as it is, so there is nothing to replace"
            raise ProblemError(error(Place(_OFFERED), what, "check that it is the new text"))
        word = known.loaded.entry.overrides if known.loaded else ()
        article = parse(source, word)
        matching = Matching.of_one(source, known.loaded)
        updates = self._update(matching, source, article)
        former = None
        if old:
            former = keep_former(self.root, old)
            move_source(self.root, old, path, content)
            del self.sources[old.path]
            self.owners.pop(old.path, None)
        else:
            write_source(self.root, path, content, was=None)
        return self._written(offered, source, article, updates, matching, former=former)

    def _path_of_changed(self, known: Known, ending: str) -> str:
        """Return where the new text goes: over the old one, unless it is read otherwise."""
        assert known.source or known.loaded  # what is known is the one or the other
        parsed = known.loaded.entry.parsed if known.loaded else None
        home = known.source.path if known.source else parsed.source if parsed else ""
        path = str(PurePosixPath(home).with_suffix(ending))
        is_read_alike = (PurePosixPath(home).suffix in (".txt", ".md")) == (
            ending in (".txt", ".md")
        )
        if known.source and is_read_alike:
            return home
        return free_path(path, self.taken)

    # ------------------------------------------------------------------- its entry

    def _update(self, matching: Matching, source: SourceFile, article: Article) -> Updates:
        """Make or bring along the entry of one source, as a build does."""
        articles = {source.path: article}
        now, site = self.wishes.now, self.site
        updates = update_entries(matching, self.briefings, articles, now=now, site=site)
        if updates.problems:
            places = {source.path: _OFFERED}
            raise ProblemError(*(_placed(problem, places) for problem in updates.problems))
        return updates

    def _written(
        self,
        offered: Offered,
        source: SourceFile,
        article: Article,
        updates: Updates,
        matching: Matching,
        *,
        former: str | None = None,
    ) -> Added:
        """Write the entry, and tell what was added."""
        self.sources[source.path] = source
        self.taken.add(folded_name(source.path))
        if unwritten := write_entries(self.root, updates):
            raise ProblemError(*unwritten)
        was = tuple(match.loaded for match in matching.pairs)
        loaded = (*updates.to_write, *was)[0]
        others = [one.entry for one in self.briefings.entries if one.path != loaded.path]
        self.owners[source.path] = loaded.path
        self.briefings = replace(
            self.briefings,
            entries=tuple(together(self.briefings, updates)),
            paths=(*self.briefings.paths, *(one.path for one in updates.new)),
        )
        story = [other for other in others if other.story and other.story == loaded.entry.story]
        return Added(
            shown=offered.shown,
            source=source.path,
            loaded=loaded,
            article=article,
            topics=self._topics(loaded.entry, others),
            joins=tuple(other.title for other in story),
            carries=self._carries(loaded.entry, story),
            former=former,
            was_there=bool(was),
        )

    def _topics(self, entry: Entry, others: Sequence[Entry]) -> tuple[str, ...]:
        if entry.topics is not None:
            return entry.topics
        specs = topic_specs(self.site, with_examples(others, self.site))
        return file_topics([entry_item(entry)], specs)[entry.slug]

    def _carries(self, entry: Entry, story: Sequence[Entry]) -> tuple[Entry, ...]:
        for origin in find_origins([*story, entry], self.site.outlets):
            if entry.slug in origin.entries:
                return tuple(other for other in story if other.slug in origin.entries)
        return ()


def _named(problem: Problem, offered: Offered) -> Problem:
    """Give a text that has no name yet the one that the editor knows it by."""
    return _placed(problem, {f"{_OFFERED}{offered.ending}": offered.shown, _OFFERED: offered.shown})


def _placed(problem: Problem, places: Mapping[str, str]) -> Problem:
    path = places.get(problem.place.path)
    return replace(problem, place=Place(path, problem.place.line)) if path else problem


def _nearly_nothing(source: SourceFile, article: Article) -> Problem:
    count = count_words(article.plain_body)
    what = (
        f"only {count} words of this page look like an article; it may ask for consent or a "
        "subscription, or need scripts"
    )
    fix = (
        "open it in a browser, copy the text of the article into a file, and run `briefbook add "
        "FILE --url ADDRESS`"
    )
    return error(source.place, what, fix)


def _is_there(known: Known) -> Problem:
    files = [known.source.path] if known.source else []
    files += [known.loaded.path] if known.loaded else []
    fixes = []
    if not known.is_same:
        fixes.append("if its outlet has changed it since, run the same command with --replace")
    fixes.append("if another outlet carries it, name that with --outlet")
    if not known.loaded:
        fixes.append("`briefbook build` makes its entry")
    return error(Place(_OFFERED), f"{known.why}: {' and '.join(files)}", "; ".join(fixes))
