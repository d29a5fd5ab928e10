"""Entries: what is asked about them before anything is published.

Joins briefing, grouping and checking for `composing.py`, as questions of which the memory keeps the
answers: topics, stories, names, what is related, what the trace finds, and what may be shown.
Nothing is read or written.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefbook import grouping, publishing
from briefbook.asking import Groups, Question, Row, joined, parted, ranked
from briefbook.checking.trace import trace_entry
from briefbook.filing import ShownText, entry_item, shown_text, told_story, topic_specs
from briefbook.grouping import (
    MOST_SEEN,
    Earlier,
    SeenName,
    forms_of,
    name_keys,
    named,
    own_forms,
    related,
    related_names,
    scopes,
)
from briefbook.model import (
    Entry,
    Named,
    OutletSetting,
    PublicEntry,
    Record,
    Related,
    Site,
    Status,
    TracedSentence,
)
from briefbook.parsing import PARSER
from briefbook.problems import Problem
from briefbook.proving import prove
from briefbook.publishing import entry_address, public_entry, source_record, story_address
from briefbook.remembering import Memory
from briefbook.texts import Texts

if TYPE_CHECKING:
    from briefbook.grouping import TopicFeatures, TopicProfile, Topics
    from briefbook.publishing import Given


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


_StoryParts = tuple[str, tuple[Entry, ...], tuple[ShownText, ...], tuple[OutletSetting, ...]]


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
        return prove(entry, told.texts.whole(source), article(source), traced(slug))

    def untrue_rows(slug: str) -> tuple[Row, ...]:
        return (("untrue", "", slug, slug),) if untrue_of(slug) else ()

    def public(slug: str) -> PublicEntry | None:
        entry = told.entry(slug)
        if entry is None or entry.status not in {*told.shown(""), Status.WITHDRAWN}:
            return None
        source = told.source(slug) if entry.parsed else None
        record = Record(source=record_of(source), sentences=traced(slug)) if source else None
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

    def story_parts(key: str) -> _StoryParts:
        slugs = stories.members(key)
        group = tuple(entry for slug in slugs if (entry := told.entry(slug)))
        shown = tuple(shown_text(entry) for entry in map(seen, slugs) if entry)
        return key, group, shown, outlets_of("")

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
    # Kept, so that other settings of the site have no text parsed again.
    record_of = memory.question("record", lambda path: source_record(article(path)))
    # Asked by itself, so that other settings have no story compared again.
    outlets_of = memory.question("settings of outlets", lambda _: told.site("").outlets)
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
