"""Composing: entries and what was parsed for them -> the files of the site.

Joins briefing, grouping, checking and publishing for `build.py`, as questions of which the memory
keeps the answers. What is faulty is left out here, and the record of an entry comes to it here.
Nothing is read or written.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import starmap
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from briefbook import briefing, grouping, publishing
from briefbook.asking import Groups, Question, Row, joined, parted, ranked
from briefbook.briefing import Briefings, LoadedEntry, Matching, is_up_to_date
from briefbook.checking.trace import check_fates, check_trace, trace_entry
from briefbook.filedreports import FiledReports
from briefbook.filing import (
    ShownText,
    comparing_seconds,
    entry_item,
    shown_text,
    told_story,
    topic_specs,
    unknown_topics,
    with_topics_of_now,
)
from briefbook.grouping import (
    MOST_SEEN,
    Earlier,
    SeenName,
    forms_of,
    key_of,
    name_keys,
    named,
    own_forms,
    related,
    related_names,
    scopes,
)
from briefbook.linking import Linking
from briefbook.model import (
    Entry,
    Named,
    OutputFile,
    Publication,
    PublicEntry,
    Record,
    Related,
    Site,
    Status,
    TopicSetting,
    TracedSentence,
    has_names,
)
from briefbook.parsing import PARSER
from briefbook.problems import Problem, in_order
from briefbook.publishing import (
    entry_address,
    output_path,
    public_entry,
    read_assets,
    read_words,
    story_address,
    templates_mark,
    unmerged,
)
from briefbook.remembering import Memory, Touched
from briefbook.searching import Pages
from briefbook.texts import Texts
from briefbook.timings import Timed, untimed
from briefbook.working import Workforce, alone

if TYPE_CHECKING:
    from briefbook.grouping import SharedWords, Telling, TopicFeatures, TopicProfile, Topics
    from briefbook.publishing import Contents, Given, Made, Press, Publisher


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


# --------------------------------------------------------------------------- what entries say


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the questions about entries are answered from."""

    site: Question[Site]  # about ""
    shown: Question[tuple[Status, ...]]  # about "": states in which an entry has a page
    entry: Question[Entry | None]  # by slug, in the state it is in
    source: Question[str | None]  # by slug, its path, if it was parsed for the entry
    texts: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What is made of entries before anything is published."""

    told: Told
    place: Question[str]
    topics: Question[tuple[str, ...]]
    sentences: Question[tuple[TracedSentence, ...]]
    untrue: Question[tuple[Problem, ...]]  # what the trace of an entry finds
    untrue_rows: Question[tuple[Row, ...]]
    untrue_ones: Groups  # slugs of those of which it finds anything
    public: Question[PublicEntry | None]
    rows: Question[tuple[Row, ...]]
    stories: Groups  # slugs of the entries of each
    form_rows: Question[tuple[Row, ...]]
    name_rows: Question[tuple[Row, ...]]
    given: "Given"


def file_entries(
    memory: Memory,
    told: Told,
    published: Question[bool | None],
    faulty: Question[bool | None],
) -> Filed:
    """Return what is made of entries: their topics, stories, names and what may be shown."""
    stories = memory.family("stories")
    pinned = memory.family("pinned")
    forms = memory.family("forms")
    mentions = memory.family("mentions")
    having = memory.family("having")
    arrived = memory.family("arrived")
    kept = memory.family("kept")
    untrue_ones = memory.family("untrue")
    article = told.texts.article

    def place(slug: str) -> str:
        entry = told.entry(slug)
        return ranked(*entry.arrival, slug) if entry else ""

    def features(slug: str) -> "TopicFeatures | None":
        entry = told.entry(slug)
        return told.texts.notes.topic_features(entry_item(entry)) if entry else None

    def profile(topic: str) -> "TopicProfile":
        spec = next(spec for spec in topic_specs(told.site(""), {}) if spec.slug == topic)
        examples = [*map(features_of, reversed(pinned.newest(topic, grouping.MOST_EXAMPLES)))]
        return grouping.topic_profile(spec, [each for each in examples if each])

    def profiles(_: str) -> "tuple[TopicProfile, ...]":
        return tuple(profile_of(topic.slug) for topic in told.site("").topics)

    def topics(slug: str) -> tuple[str, ...]:
        entry = told.entry(slug)
        if entry is None or entry.topics is not None:
            return entry.topics or () if entry else ()
        known = learned.topics(profiles_of(""))
        item = entry_item(entry)
        read = features_of(slug) or grouping.topic_features(item)
        return grouping.topics_for(read, known, known.allowed(item))

    def sentences(slug: str) -> tuple[TracedSentence, ...]:
        entry, source = told.entry(slug), told.source(slug)
        assert entry is not None and source is not None
        return trace_entry(entry, article(source), parser=PARSER)

    def untrue(slug: str) -> tuple[Problem, ...]:
        entry, source = told.entry(slug), told.source(slug)
        if entry is None or source is None:
            return ()
        found = check_trace(entry, article(source), traced(slug))
        return (*check_fates(told.texts.whole(source), article(source)), *found)

    def untrue_rows(slug: str) -> tuple[Row, ...]:
        return (("untrue", "", slug, slug),) if untrue_of(slug) else ()

    def public(slug: str) -> PublicEntry | None:
        entry = told.entry(slug)
        if entry is None or entry.status not in {*told.shown(""), Status.WITHDRAWN}:
            return None
        source = told.source(slug) if entry.parsed else None
        record = Record(article=article(source), sentences=traced(slug)) if source else None
        return public_entry(entry, topics=filed_topics(slug), record=record, site=told.site(""))

    def rows(slug: str) -> tuple[Row, ...]:
        entry = told.entry(slug)
        if entry is None:
            return ()
        found = []
        if entry.story and entry.status in {*told.shown(""), Status.WITHDRAWN}:
            found.append(("stories", entry.story, place_of(slug), slug))
        if entry.status is Status.PUBLISHED:
            topics = dict.fromkeys(entry.topics or ())
            found += (("pinned", topic, place_of(slug), slug) for topic in topics)
            found.append(("arrived", _month(place_of(slug)), place_of(slug), slug))
        for address, comes_back in _kept_back(entry, told.shown("")):
            found.append(("kept", address, place_of(slug), joined(str(int(comes_back)), slug)))
        return tuple(found)

    def kept_back(address: str) -> bool | None:
        found = [parted(each)[0] for each in kept.members(address)]
        return "1" in found if found else None

    def story_parts(key: str) -> tuple[str, tuple[Entry, ...], tuple[ShownText, ...], Site]:
        slugs = stories.members(key)
        group = tuple(entry for slug in slugs if (entry := told.entry(slug)))
        shown = tuple(shown_text(entry) for entry in map(seen, slugs) if entry)
        return key, group, shown, told.site("")

    def seen(slug: str) -> PublicEntry | None:
        entry = shown_entry(slug)
        return None if entry is None or entry.status is Status.WITHDRAWN else entry

    def own(slug: str) -> dict[str, str]:
        entry = seen(slug)
        return own_forms(entry) if entry else {}

    def form_rows(slug: str) -> tuple[Row, ...]:
        entry = seen(slug)
        # A draft says nothing, or looking at one would change where the pages of others stand.
        if entry is None or entry.is_preview or not own_of(slug):
            return ()
        return tuple(("forms", scope, place_of(slug), slug) for scope in scopes(entry))

    def names(slug: str) -> tuple[tuple[str, str, str], ...]:
        entry = seen(slug)
        return name_keys(entry, [*map(known_in, scopes(entry))]) if entry else ()

    def name_rows(slug: str) -> tuple[Row, ...]:
        entry = seen(slug)
        if entry is None:
            return ()
        here = place_of(slug)
        found: list[Row] = []
        for number, (kind, key, spelling) in enumerate(names_of(slug)):
            at = ranked(here, f"{number:04}")
            found.append(("mentions", joined(kind, key), at, joined(slug, spelling)))
        if not entry.is_preview:
            found += (("having", joined(*name), here, slug) for name in related_names(entry))
        return tuple(found)

    def named_as(about: str) -> Named | None:
        found = [_mention(each) for each in mentions.members(about)]
        kind, key = parted(about)
        return named(kind, key, found) if found else None

    def months_before(month: str) -> int:
        # From month to month, so that what arrives now makes no count another that was before it.
        last, _ = arrived.near(month)
        return before_month(last) + arrived.count(last) if last else 0

    def filed(slug: str) -> tuple[tuple[str, ...], str | None]:
        entry = shown_entry(slug)
        return (entry.topics, entry.story) if entry else ((), None)

    def related_to(slug: str) -> tuple[Related, ...]:
        entry = seen(slug)
        if entry is None:
            return ()
        here = place_of(slug)
        before = before_month(_month(here)) + arrived.ahead(_month(here), here)
        found = related_names(entry)
        newest = {name: having.latest(joined(*name), here, MOST_SEEN) for name in found}
        order = sorted({each for slugs in newest.values() for each in slugs}, key=place_of)
        earlier = {}
        for number, each in enumerate(order):
            their_topics, their_story = filed_of(each)
            earlier[each] = Earlier(number, each, their_story, their_topics)
        known = {
            name: SeenName(having.ahead(joined(*name), here), tuple(earlier[s] for s in slugs))
            for name, slugs in newest.items()
            if slugs
        }
        return related(entry, found, known, before)

    place_of = memory.question("place", place)
    features_of = memory.question("topic features", features)
    profile_of = memory.question("topic profile", profile)
    profiles_of = memory.question("topic profiles", profiles)
    learned = _Learned()
    filed_topics = memory.question("topics of", topics)
    traced = memory.question("sentences", sentences)
    untrue_of = memory.question("untrue of", untrue)
    shown_entry = memory.question("public", public)
    own_of = memory.question("own forms", own)
    known_in = memory.question("forms", lambda scope: forms_of(map(own_of, forms.members(scope))))
    names_of = memory.question("names", names)
    before_month = memory.question("before month", months_before)
    filed_of = memory.question("filed", filed)
    return Filed(
        told=told,
        place=place_of,
        topics=filed_topics,
        sentences=traced,
        untrue=untrue_of,
        untrue_rows=memory.question("untrue rows", untrue_rows),
        untrue_ones=untrue_ones,
        public=shown_entry,
        rows=memory.question("rows", rows, is_large=True),
        stories=stories,
        form_rows=memory.question("form rows", form_rows, is_large=True),
        name_rows=memory.question("name rows", name_rows, is_large=True),
        given=publishing.Given(
            site=told.site,
            entry=shown_entry,
            place=place_of,
            story=memory.far_question("story", story_parts, told_story),
            names=names_of,
            named=memory.question("named", named_as),
            related=memory.question("related", related_to),
            published=published,
            kept_back=memory.question("kept back", kept_back),
            faulty=faulty,
        ),
    )


class _Learned:
    """The topics of a site, put together once for all entries that are filed by them."""

    def __init__(self) -> None:
        self._made: tuple[tuple[TopicProfile, ...], Topics] | None = None

    def topics(self, profiles: "tuple[TopicProfile, ...]") -> "Topics":
        """Return the topics that have these profiles."""
        if self._made is None or self._made[0] is not profiles:
            self._made = profiles, grouping.Topics(profiles)
        return self._made[1]


def _kept_back(entry: Entry, shown: Collection[Status]) -> Iterator[tuple[str, bool]]:
    """Yield the addresses of which an entry says what became of them, and whether it comes back.

    Nothing is amiss there, or what is amiss was said of the entry.
    """
    if entry.status is Status.WITHDRAWN and entry.story:
        yield story_address(entry.story), False
    elif entry.status is not Status.WITHDRAWN and entry.status not in shown:
        comes_back = entry.status is not Status.HIDDEN
        for slug in (entry.slug, *entry.aliases):
            yield entry_address(slug), comes_back
        for key in filter(None, (entry.story, *entry.former_stories)):
            yield story_address(key), comes_back


def _month(place: str) -> str:
    """Return the month of a place in the order of arrival, in UTC."""
    return place[: len("2026-11")]


def _mention(value: str) -> tuple[str, str]:
    slug, spelling = parted(value, 2)
    return slug, spelling


# --------------------------------------------------------------------------- the files


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What was told anew in this build; of the first build all there is."""

    entries: frozenset[str]  # slugs
    addresses: frozenset[str]  # published ones
    fixed: frozenset[str]  # addresses that do not depend on entries
    # There are parts now that there were not: what could stand there was not looked at before.
    has_new_parts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The files of the site, and what is amiss with them."""

    written: tuple[str, ...]  # addresses whose content is another than before, in order of writing
    removed: tuple[str, ...]  # addresses at which nothing stands any more
    problems: tuple[Problem, ...]
    fresh: tuple[str, ...]  # public addresses that are not in published.txt yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Makes the files of a site."""

    memory: Memory
    publisher: "Publisher"
    entry_rows: Question[tuple[Row, ...]]
    story_rows: Question[tuple[Row, ...]]
    published_rows: Question[tuple[Row, ...]]
    slug_rows: Question[tuple[Row, ...]]
    owned_rows: Question[tuple[Row, ...]]
    subject_rows: Question[tuple[Row, ...]]
    address_rows: Question[tuple[Row, ...]]
    part_rows: Question[tuple[Row, ...]]  # about the address of a part of the site map
    made_rows: Question[tuple[Row, ...]]
    # About "": public addresses that were not in published.txt in the build before; None: nobody
    # knows of any.
    fresh: Question[tuple[str, ...] | None]


def composer_of(memory: Memory, publisher: "Publisher") -> Composer:
    """Return what makes the files of a site from what publishing was given."""
    contents, subjects = publisher.contents, publisher.subjects
    given = contents.given
    ask = partial(memory.question, is_large=True)  # what stands in groups is not asked for again
    return Composer(
        memory=memory,
        publisher=publisher,
        entry_rows=ask("entry rows", lambda slug: publishing.entry_rows(given, slug)),
        story_rows=ask("story rows", lambda key: publishing.story_rows(given, key)),
        published_rows=ask(
            "published rows", lambda address: publishing.published_rows(given, address)
        ),
        slug_rows=ask("slug rows", lambda about: publishing.slug_rows(contents, about)),
        owned_rows=ask("owned rows", lambda about: publishing.owned_rows(subjects, about)),
        subject_rows=ask("subject rows", lambda about: publishing.subject_rows(subjects, about)),
        address_rows=ask(
            "address rows", lambda address: publishing.address_rows(publisher, address)
        ),
        part_rows=ask("part rows", lambda address: publishing.address_rows(publisher, address)),
        made_rows=ask("made rows", lambda address: publishing.made_rows(publisher, address)),
        fresh=memory.told("fresh"),
    )


def plan_files(
    composer: Composer, changes: Changes, stories: Iterable[str], names: Iterable[str]
) -> set[str]:
    """Bring all lists of a site up to what is told, and return where other things may stand now.

    Args:
        composer: What makes them.
        changes: What was told anew.
        stories: Keys of the stories that have other entries now.
        names: Kind and key of the names that stand in other entries now.
    """
    memory = composer.memory
    touched: Touched = {"stories": set(stories), "mentions": set(names)}
    _touch(touched, memory.regroup(composer.entry_rows, changes.entries))
    subject_addresses = filter(publishing.subject_at, changes.addresses)  # others have no rows
    _touch(touched, memory.regroup(composer.published_rows, subject_addresses))
    _touch(touched, memory.regroup(composer.story_rows, touched["stories"]))
    memory.regroup(composer.slug_rows, touched["mentions"])
    memory.regroup(composer.owned_rows, touched["mentions"])
    subjects = touched["mentions"] | set(publishing.outlets_among(touched))
    _touch(touched, memory.regroup(composer.subject_rows, subjects))
    wanted = {*changes.fixed, *_addresses(touched)}
    wanted |= {a for slug in changes.entries for a in publishing.addresses_of("entry", slug)}
    if changes.has_new_parts:
        families = {family: memory.keys_of(family) for family in publishing.PLACED}
        wanted |= {*_addresses(families)}
    site = composer.publisher.contents.site
    addresses = {*changes.addresses, *(a for a in wanted if publishing.is_made(site, a))}
    # What was new in the build before is in published.txt now, and stands there already.
    addresses -= {*(memory.before(composer.fresh, "") or ())}
    # Where nothing stood something may stand now, such as drafts that are shown.
    addresses |= memory.suspects(composer.address_rows)
    memory.regroup(composer.address_rows, addresses)
    return addresses.union(_plan_map(composer))


def _plan_map(composer: Composer) -> tuple[str, ...]:
    """Bring the list of files up to the parts of the site map, and return where new ones stand.

    How it is cut depends on all that stands in it, so this comes last.
    """
    memory, map_cut = composer.memory, composer.publisher.map_cut
    parts = map_cut("").parts
    if not memory.has_changed(map_cut, ""):
        parts = ()
    memory.regroup(composer.part_rows, parts)
    return parts


def fresh_addresses(
    composer: Composer, addresses: Collection[str], was_published: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the public addresses that are not in published.txt yet, sorted.

    Only those can be among them that were in the build before, and those where another thing may
    stand now, or of which published.txt says another thing.

    Args:
        composer: Knows what stands where.
        addresses: What `plan_files` returned.
        was_published: Tells whether an address was ever published.
    """
    memory, planned = composer.memory, composer.publisher.planned
    known = {*(memory.before(composer.fresh, "") or ()), *addresses}
    new = (address for address in known if not was_published(address))
    fresh = tuple(sorted(a for a in new if (stands := planned(a)) and stands.is_public))
    memory.tell(composer.fresh, "", fresh)
    return fresh


def _addresses(touched: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield the addresses at which something may stand because of groups."""
    for family, keys in touched.items():
        for key in keys:
            yield from publishing.addresses_of(family, key)


def _touch(touched: Touched, more: Touched) -> None:
    for family, keys in more.items():
        touched.setdefault(family, set()).update(keys)


_OF_ENTRIES = publishing.kind(entry_address("x"))


# CPU seconds that printing the page of an entry takes; measured on news of 400 words.
_PRINTING = 0.001


def _printing_seconds(*_: object) -> float:
    """Estimate what printing the page of an entry takes."""
    return _PRINTING


def _printed_here(
    print_page: Callable[..., "Made | None"], given: Sequence[tuple[Any, ...]]
) -> Iterator["Made | None"]:
    return starmap(print_page, given)


def make_files(
    composer: Composer,
    addresses: Collection[str],
    fresh: tuple[str, ...],
    timed: Timed = untimed,
    workers: Workforce = alone,
    linking: Linking | None = None,
) -> Composed:
    """Make the files of a site that are new, and those that may be others now.

    Args:
        composer: What makes them.
        addresses: Where other things may stand now; all addresses made before are known.
        fresh: The public addresses that are not in published.txt yet.
        timed: Put around the making of each, told of which kind it is.
        workers: Who prints the pages of entries; they can read the templates.
        linking: What will be asked for the links of all that is made; None: nobody will.
    """
    memory, publisher = composer.memory, composer.publisher
    ordered, removed = _in_turn(composer, addresses)
    looked_at: set[str] = set()
    faulty: list[str] = []

    def look_at(address: str) -> None:
        """Do all that the content is wanted for, which is large, while it is at hand."""
        made = publisher.made(address)
        if made and made.problems:
            faulty.append(address)  # of all others nothing need be kept
        if linking:
            linking.read(address)
        looked_at.add(address)

    kinds = {address: publishing.kind(address) for address in ordered}
    entries = [address for address, kind in kinds.items() if kind == _OF_ENTRIES]
    with timed(_OF_ENTRIES, len(entries)):
        print_all = linking.print_all(workers, _printing_seconds) if linking else _printed_here
        memory.ask_all(publisher.made, entries, print_all, look_at)
    for address, kind in kinds.items():
        if address not in looked_at:
            with timed(kind, int(kind != _OF_ENTRIES)):
                look_at(address)
    memory.regroup(composer.made_rows, faulty)
    return Composed(
        written=tuple(a for a in ordered if memory.has_changed(publisher.made, a)),
        removed=removed,
        problems=publishing.problems_of(publisher, fresh),
        fresh=fresh,
    )


def _in_turn(
    composer: Composer, addresses: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return where something has to be made, in order of writing, and where nothing stands now."""
    memory, publisher = composer.memory, composer.publisher
    turns: list[tuple[int, str]] = []
    removed: list[str] = []
    for address in {*addresses, *memory.suspects(publisher.made)}:
        planned = publisher.planned(address)
        if planned is not None:
            turns.append((planned.turn, address))
        elif memory.before(publisher.made, address) is not None:
            removed.append(address)
    return tuple(address for _, address in sorted(turns)), tuple(sorted(removed))


# --------------------------------------------------------------------------- templates


@dataclass(frozen=True, slots=True)
class Dress:
    """What pages are dressed in."""

    templates: Path | None  # the site's own, which win over the bundled ones
    mark: str  # what tells these templates from any others
    assets: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def read_dress(site: Site, templates: Path | None) -> Dress:
    """Read the templates of a site, and say what is wrong with them."""
    without, unmerged_ones = unmerged(templates)
    _, misworded = read_words(site, templates)
    return Dress(
        templates=templates,
        mark=templates_mark(templates),
        assets=read_assets(templates, without),
        problems=in_order([*misworded, *unmerged_ones]),
    )


# --------------------------------------------------------------------------- a whole site


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
        self._templates: Path | None = None
        self._compiled: dict[str, bytes] = {}  # templates, in the build before
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
            workers.expect(_PRINTING * len(changes.entries), publishing.finished)
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
        self._known = cast(dict[tuple[Hashable, ...], object], self.memory.fact(_KNOWN) or {})
        publishing.KNOWN.update(self._known)
        self.reports.start()

    def keep(self) -> None:
        """Keep what was made, for the next build."""
        if self.memory.made and publishing.COMPILED.keys() - self._compiled.keys():
            self.memory.set_fact(_COMPILED, dict(publishing.COMPILED))
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
        return publishing.press_of(contents, self._templates, self._mark(""))

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
        self._templates = inputs.templates
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


# --------------------------------------------------------------------------- one publication


def make_site(
    publication: Publication, templates: Path | None
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...], tuple[str, ...]]:
    """Return the files of a publication that is known whole.

    Args:
        publication: All that may be shown.
        templates: The site's own templates; None or a folder that is not there: it has none.

    Returns:
        Files in order of writing, the problems by place, and all addresses of pages and feeds that
        were made and are for everybody, sorted.
    """
    publisher, composed, problems = published(publication, templates)
    files = (output_file(publisher, address) for address in composed.written)
    made = tuple(file for file in files if file is not None)
    paths = {file.path for file in made}
    public = (a for a in composed.written if (p := publisher.planned(a)) and p.is_public)
    return made, problems, tuple(sorted(a for a in public if output_path(a) in paths))


def published(
    publication: Publication, templates: Path | None = None
) -> "tuple[Publisher, Composed, tuple[Problem, ...]]":
    """Return what answers at the addresses of a publication that is known whole."""
    memory = Memory()
    given, slugs, stories, names = _given(memory, publication)
    dress = read_dress(publication.site, templates)
    publisher = publisher_in(memory, given, dress)
    composer = composer_of(memory, publisher)
    fixed = frozenset(publishing.fixed_addresses(_with_topics(publication), dress.assets))
    changes = Changes(
        entries=frozenset(slugs), addresses=frozenset(publication.addresses), fixed=fixed
    )
    addresses = plan_files(composer, changes, stories, names)
    fresh = fresh_addresses(composer, addresses, frozenset(publication.addresses).__contains__)
    composed = make_files(composer, addresses, fresh)
    return publisher, composed, in_order([*dress.problems, *composed.problems])


def publisher_in(memory: Memory, given: "Given", dress: Dress) -> "Publisher":
    """Return what makes a site in some templates."""
    mark, assets = memory.told("templates"), memory.told("asset")
    memory.tell(mark, "", dress.mark)
    for name, content in dress.assets.items():
        memory.tell(assets, name, content)

    def press(contents: "Contents") -> "Press":
        return publishing.press_of(contents, dress.templates, dress.mark)

    return publishing.publisher_of(memory, given, press=press, templates=mark, assets=assets)


def output_file(publisher: "Publisher", address: str) -> OutputFile | None:
    """Return the file that was made at an address; None where it could not be."""
    planned, made = publisher.planned(address), publisher.made(address)
    if planned is None or made is None or made.content is None:
        return None
    return OutputFile(path=output_path(address), content=made.content, made_from=planned.made_from)


def _given(
    memory: Memory, publication: Publication
) -> "tuple[Given, list[str], list[str], list[str]]":
    """Tell a publication, and return the keys of its entries, stories and names."""
    told = {
        name: memory.told(name)
        for name in ("site", "public", "place", "story", "names", "named", "related")
    }
    published, kept, faulty = (memory.told(each) for each in ("published", "kept back", "faulty"))
    memory.tell(told["site"], "", _with_topics(publication))
    for number, entry in enumerate((*publication.entries, *publication.withdrawn)):
        memory.tell(told["public"], entry.slug, entry)
        place = ranked(entry.appeared.isoformat(), f"{number:06}")
        memory.tell(told["place"], entry.slug, place)
    names: dict[str, list[tuple[str, str, str]]] = {
        entry.slug: [] for entry in (*publication.entries, *publication.withdrawn)
    }
    abouts = []
    for name in publication.names:
        key = key_of(name.kind, name.name)
        abouts.append(joined(name.kind, key))
        memory.tell(told["named"], abouts[-1], name)
        for slug, spelling in name.mentions:
            names[slug].append((name.kind, key, spelling))
    for slug, found in names.items():
        memory.tell(told["names"], slug, tuple(found))
        memory.tell(told["related"], slug, tuple(publication.related.get(slug, ())))
    for story in publication.stories:
        memory.tell(told["story"], story.slug, story)
    for address in publication.addresses:
        memory.tell(published, address, True)
    for address, comes_back in _all_kept_back(publication).items():
        memory.tell(kept, address, comes_back)
    for slug in publication.faulty:
        memory.tell(faulty, slug, True)
    memory.tell(faulty, "", bool(publication.faulty))
    given = publishing.Given(
        site=told["site"],
        entry=told["public"],
        place=told["place"],
        story=told["story"],
        names=told["names"],
        named=told["named"],
        related=told["related"],
        published=published,
        kept_back=kept,
        faulty=faulty,
    )
    return given, list(names), [story.slug for story in publication.stories], abouts


def _with_topics(publication: Publication) -> Site:
    settings = {topic.slug: topic for topic in publication.site.topics}
    topics = tuple(
        settings.get(each.slug)
        or TopicSetting(slug=each.slug, title=each.title, description=each.description)
        for each in publication.topics
    )
    return replace(publication.site, topics=topics)


def _all_kept_back(publication: Publication) -> dict[str, bool]:
    told = {story_address(each.story): False for each in publication.withdrawn if each.story}
    for each in publication.kept_back:
        slugs, stories = map(entry_address, each.slugs), map(story_address, each.stories)
        for address in (*slugs, *stories):
            told[address] = told.get(address, False) or each.comes_back
    return told
