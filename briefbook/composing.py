"""Composing: entries and what was parsed for them -> the files of the site.

Joins briefing, grouping, checking and publishing for `build.py`, as questions of which the memory
keeps the answers. What is faulty is left out here, and the record of an entry comes to it here.
Nothing is read or written.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, cast

from briefbook import briefing, grouping, publishing
from briefbook.asking import Question, Row
from briefbook.briefing import Briefings, LoadedEntry, Matching, is_up_to_date
from briefbook.entries import Told, file_entries
from briefbook.filedreports import FiledReports
from briefbook.filing import comparing_seconds, entry_item, unknown_topics, with_topics_of_now
from briefbook.linking import Linking
from briefbook.model import Entry, OutputFile, Site, Status, has_names
from briefbook.problems import Problem, in_order
from briefbook.publishing import entry_address
from briefbook.remembering import Memory
from briefbook.searching import Pages
from briefbook.sitefiles import (
    PRINTING_SECONDS,
    Changes,
    Composed,
    Dress,
    composer_of,
    fresh_addresses,
    make_files,
    output_file,
    plan_files,
    read_dress,
)
from briefbook.texts import Texts
from briefbook.timings import Timed, untimed
from briefbook.working import Workforce, alone

if TYPE_CHECKING:
    from briefbook.grouping import SharedWords, Telling
    from briefbook.publishing import Contents, Press


def known_topics(loaded: Sequence[LoadedEntry], site: Site) -> tuple[list[Entry], list[Problem]]:
    """Leave out entries that an editor pinned to a topic which is not in `site.yaml`."""
    kept, problems = [], []
    for one in loaded:
        wrong = unknown_topics(one.entry.topics or (), one.place("topics"), site)
        if wrong:
            known = [topic.slug for topic in site.topics]
            problems += briefing.mend_topics(one, wrong, known)
        else:
            kept.append(with_topics_of_now(one.entry, site))
    return kept, problems


def left_out(
    briefings: Briefings, everything: Sequence[LoadedEntry], kept: Sequence[Entry]
) -> tuple[str, ...]:
    """Return the slugs of entries that are not shown because of a mistake in them."""
    unreadable = {slug for faulty in briefings.faulty for slug in faulty.slugs}
    misfiled = {one.entry.slug for one in everything} - {entry.slug for entry in kept}
    return tuple(sorted(unreadable | misfiled))


def parsed_for(entries: Sequence[Entry], matching: Matching) -> dict[str, str]:
    """Return, by slug, the path of the source of each entry that is there and was parsed for it."""
    sources = {match.loaded.entry.id: match.source for match in matching.pairs}
    new = {source.sha256: source for source in matching.new}
    found = {}
    for entry in entries:
        if entry.parsed is None:
            continue
        source = sources.get(entry.id) or new.get(entry.parsed.sha256)
        if source is not None and is_up_to_date(entry, source.sha256):
            found[entry.slug] = source.path
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that the files of a site are made from."""

    site: Site
    shown: frozenset[Status]  # the states in which an entry has a page of its own
    entries: Mapping[str, Entry | None]  # by slug, in the states they are in; None: it is gone
    marks: Mapping[str, object]  # by slug, what an entry is made from that is as its file says
    sources: Mapping[str, str | None]  # paths by slug, of those parsed for their entry
    addresses: Sequence[str]  # every address ever published
    # Whether these are all; else entries and addresses that are missing are as they were told.
    is_whole: bool = True
    faulty: Sequence[str]  # slugs of entries that are left out for a mistake
    templates: Path | None  # the site's own


_COMPILED = "compiled templates"
# There are some forty; those of former texts of theirs are forgotten with all that are not used.
_MOST_COMPILED = 200
_KNOWN = "known of languages"


class Composition:
    """The questions about a site, to be told and asked build after build."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.texts = Texts(memory)
        self.reports = FiledReports(memory, self.texts.notes)
        self._told = Told(
            site=memory.told("site"),
            shown=memory.told("shown"),
            entry=memory.told("entry"),
            source=memory.told("source"),
            texts=self.texts,
        )
        self._published = memory.told("published")
        self._faulty = memory.told("faulty")
        self._mark = memory.told("templates")
        self._assets = memory.told("asset")
        self.filed = file_entries(memory, self._told, self._published, self._faulty)
        self._templates: Mapping[str, bytes] = {}
        self._compiled: dict[str, bytes] = {}  # templates, in the build before
        self._pressed: Press | None = None  # what prints the pages of this build
        self._known: dict[tuple[Hashable, ...], object] = {}  # of languages, in the build before
        self.publisher = publishing.publisher_of(
            memory,
            self.filed.given,
            press=self._press,
            templates=self._mark,
            assets=self._assets,
        )
        self._telling = memory.question("telling terms", self._telling_terms)
        self._unfiled_words = memory.question("unfiled words", self._share_words)
        self._composer = composer_of(memory, self.publisher)
        self.linking = Linking(memory, self.publisher, lambda: self._told.site("").base_url)

    def compose(
        self, inputs: Inputs, timed: Timed = untimed, workers: Workforce = alone
    ) -> Composed:
        """Bring the files of the site up to what they are made from now."""
        memory, filed = self.memory, self.filed
        with timed("composing", len(inputs.entries)):
            dress = read_dress(inputs.site, inputs.templates)
            changes = self._tell(inputs, dress)
            workers.expect(PRINTING_SECONDS * len(changes.entries), publishing.finished)
            self.reports.see(filter(None, inputs.entries.values()), inputs.marks)
            touched = memory.regroup(filed.rows, changes.entries)
            naming = self._some(filed.name_rows, has_names, changes.entries)
            memory.regroup(filed.form_rows, naming)
            names = memory.regroup(filed.name_rows, naming).get("mentions", set())
            stories = touched.get("stories", set())
            parsed = self._some(filed.untrue_rows, attrgetter("parsed"), changes.entries)
            memory.regroup(filed.untrue_rows, parsed)
            untrue = [p for slug in filed.untrue_ones.members("") for p in filed.untrue(slug)]
        with timed("comparing", len(stories)):
            # The reports of a story are compared by several; of one report alone that is nothing.
            several = [key for key in sorted(stories) if len(filed.stories.members(key)) > 1]
            memory.ask_all(
                filed.given.story,
                several,
                lambda compare, given: workers.map(compare, given, comparing_seconds),
            )
        with timed("planning"):
            addresses = plan_files(self._composer, changes, stories, names)
            fresh = fresh_addresses(self._composer, addresses, self._was_published(inputs))
        composed = make_files(self._composer, addresses, fresh, timed, workers, self.linking)
        workers.release()
        problems = in_order([*untrue, *dress.problems, *composed.problems])
        return replace(composed, problems=problems)

    def start(self) -> None:
        """Begin a build with what was kept last."""
        self.memory.start_again()
        self._compiled = cast(dict[str, bytes], self.memory.fact(_COMPILED) or {})
        self._pressed = None
        self._known = cast(dict[tuple[Hashable, ...], object], self.memory.fact(_KNOWN) or {})
        publishing.KNOWN.update(self._known)
        self.reports.start()

    def keep(self) -> None:
        """Keep what was made, for the next build."""
        used = self._pressed.compiled if self._pressed else {}
        if used.keys() - self._compiled.keys():
            known = {**self._compiled, **used}
            self.memory.set_fact(_COMPILED, known if len(known) <= _MOST_COMPILED else used)
        if publishing.KNOWN.keys() - self._known.keys():
            self.memory.set_fact(_KNOWN, dict(publishing.KNOWN))
        self.reports.tidy()
        self.memory.save()

    def unfiled(self) -> tuple[str, ...]:
        """Return the slugs of entries that are shown and have no topic, in order of arrival."""
        return self.publisher.contents.topics.members("")

    def unfiled_words(self) -> "tuple[SharedWords, ...]":
        """Return what the entries that have no topic share."""
        return self._unfiled_words("") if self.unfiled() else ()

    def _telling_terms(self, slug: str) -> "Telling":
        entry = self._told.entry(slug)
        return grouping.telling_terms(entry_item(entry)) if entry else ()

    def _share_words(self, _: str) -> "tuple[SharedWords, ...]":
        latest = self.unfiled()[-grouping.MOST_LOOKED_AT :]
        return grouping.shared_words({each: self._telling(each) for each in latest})

    def published_below(self, start: str) -> list[str]:
        """Return the addresses that were known to be published in the build before, in order.

        Args:
            start: How they begin.
        """
        return self.memory.told_before(self._published, start)

    def files(self) -> tuple[OutputFile, ...]:
        """Return all files of the site, in order of writing; takes as long as they are many."""
        return self.files_at(self.addresses())

    def files_at(self, addresses: Iterable[str]) -> tuple[OutputFile, ...]:
        """Return the files at some addresses, without those that could not be made."""
        made = (output_file(self.publisher, address) for address in addresses)
        return tuple(file for file in made if file is not None)

    def addresses(self) -> tuple[str, ...]:
        """Return where all files of the site stand, in order of writing."""
        return self.publisher.files.members("")

    def unmade(self) -> tuple[str, ...]:
        """Return the addresses of files that could not be made."""
        return self.publisher.unmade.members("")

    def in_order(self, addresses: Iterable[str]) -> list[str]:
        """Return those of some addresses at which files are planned, in order of writing."""
        planned = ((self.publisher.planned(address), address) for address in addresses)
        return [address for _, address in sorted((p.turn, a) for p, a in planned if p)]

    def content(self, address: str) -> bytes | None:
        """Return what stands at an address, without holding it; None: it could not be made."""
        made = self.memory.peek(self.publisher.made, address)
        return made.content if made else None

    def pages(self, composed: Composed) -> Pages:
        """Return the pages of entries, to be indexed, and which may be others than before."""
        members = self.publisher.contents.entries.members
        return Pages(
            entries=lambda: [*map(entry_address, members(""))],
            changed=frozenset((*composed.written, *composed.removed)),
            content=self.content,
        )

    def _press(self, contents: "Contents") -> "Press":
        publishing.COMPILED.update(self._compiled)
        self._pressed = publishing.press_of(contents, self._templates, self._mark(""))
        return self._pressed

    def _some(
        self, rows: Question[tuple[Row, ...]], has: Callable[[Entry], object], slugs: Iterable[str]
    ) -> list[str]:
        """Return the entries that put rows somewhere because of what they have, or had."""
        found = ((slug, self._told.entry(slug)) for slug in slugs)
        return [s for s, entry in found if (entry and has(entry)) or self.memory.knows(rows, s)]

    def _was_published(self, inputs: Inputs) -> Callable[[str], bool]:
        listed, memory, told = frozenset(inputs.addresses), self.memory, self._published
        if inputs.is_whole:
            return listed.__contains__
        # Asking for what nobody told would keep an answer for each address.
        return lambda a: a in listed or (memory.knows(told, a) and told(a) is not None)

    def _tell(self, inputs: Inputs, dress: Dress) -> Changes:
        memory, told = self.memory, self._told
        self._templates = dress.templates
        before = memory.before(told.site, "")
        is_other = memory.tell(told.site, "", inputs.site)
        has_new_parts = before is not None and not _parts(inputs.site) <= _parts(before)
        is_other |= memory.tell(self._mark, "", dress.mark)
        # Sets that are equal may be kept as other bytes.
        memory.tell(told.shown, "", tuple(sorted(inputs.shown)))
        tell = memory.tell_all if inputs.is_whole else memory.tell_some
        # Short answers stand for themselves.
        published = dict.fromkeys(inputs.addresses, True)
        faulty = dict.fromkeys(inputs.faulty, True) | _any(inputs.faulty)
        changed = tell(told.entry, inputs.entries, inputs.marks)
        changed |= tell(told.source, inputs.sources, inputs.sources)
        addresses = tell(self._published, published, published)
        memory.tell_all(self._faulty, faulty, faulty)
        assets = memory.tell_all(self._assets, dress.assets, {})
        fixed = (
            {*publishing.fixed_addresses(inputs.site, {*dress.assets, *assets})} if is_other else ()
        )
        return Changes(
            entries=frozenset(inputs.entries if has_new_parts else changed),
            addresses=frozenset(addresses),
            fixed=frozenset(fixed),
            has_new_parts=has_new_parts,
        )


def _parts(site: Site) -> frozenset[str]:
    return frozenset(site.parts)


def _any(keys: Sequence[str]) -> dict[str, bool]:
    return {"": True} if keys else {}
