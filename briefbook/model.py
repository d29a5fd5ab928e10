"""The types that pass between the rooms: frozen dataclasses, a new one for each stage.

None means "the source does not say"; no field is None because it will be filled later. Tuples keep
the order their comment names. Only `problems.py` is imported.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from briefbook.problems import Place

T = TypeVar("T")

# --------------------------------------------------------------------------- what site.yaml says


class Publish(StrEnum):
    """How much of a text may be shown."""

    EXTRACT = "extract"  # bottom line, key points, a bounded excerpt and the link
    FULL = "full"  # everything


class Part(StrEnum):
    """What a site may have beside entries, front page, topics, RSS feeds and sitemap."""

    STORIES = "stories"  # pages of events that several entries report
    NAMES = "names"  # pages of people, organisations and places
    OUTLETS = "outlets"
    EDITIONS = "editions"  # a page a day, and the feed of them
    ARCHIVE = "archive"  # a page a month
    CORRECTIONS = "corrections"  # the page of all, and its feed
    SUBSCRIBE = "subscribe"  # the page of all feeds, and their list as OPML
    ABOUT = "about"
    CARDS = "cards"  # pictures for those who share links
    TWINS = "twins"  # index.json beside each entry and story
    ATOM = "atom"  # the format of feeds
    JSON = "json"  # the same


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """What makes a text belong to a topic."""

    slug: str
    words: tuple[str, ...] = ()  # words and phrases that speak for it
    examples: tuple["Item", ...] = ()  # texts an editor has pinned there
    require: tuple[str, ...] = ()  # at least one of these must stand in the text
    exclude: tuple[str, ...] = ()  # none of these may stand in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSetting:
    """One topic of `site.yaml`."""

    slug: str
    title: str
    aliases: tuple[str, ...] = ()  # former slugs
    description: str = ""
    words: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletSetting:
    """One outlet the editor says something about."""

    name: str
    aliases: tuple[str, ...] = ()  # other spellings, and its host names
    home: str | None = None  # address of its home page
    note: str | None = None  # the editor's note on its reliability, Markdown

    @property
    def spellings(self) -> tuple[str, ...]:
        """All its names, the one to show first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What `site.yaml` says."""

    title: str
    description: str = ""
    base_url: str = "http://localhost:8000"  # never with a slash at the end
    language: str = "en"  # BCP 47 tag of the interface
    timezone: str = "UTC"  # IANA name; days and months of the archive are counted in it
    publish: Publish = Publish.EXTRACT
    own_outlets: tuple[str, ...] = ()  # their texts are full always
    feed_length: int = 40  # items a feed, at most
    search: bool = True  # make a search index and its page
    parts: tuple[Part, ...] = tuple(Part)  # what else is made, in the order of the enumeration
    about: str = ""  # Markdown for the about page, the editor's own words
    id: str = ""  # what its editions are told from those of other sites by; "": it has none
    outlets: tuple[OutletSetting, ...] = ()
    topics: tuple[TopicSetting, ...] = ()  # in the editor's order
    language_line: int | None = None  # where `language` stands in site.yaml, for messages


# --------------------------------------------------------------------------- reading -> parsing


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an editor wrote above a source text: what the text itself does not say."""

    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] | None = None
    published: date | datetime | None = None
    retrieved: date | datetime | None = None
    language: str | None = None
    origin: str | None = None
    topics: tuple[str, ...] | None = None
    publish: Publish | None = None
    publish_after: datetime | None = None  # aware; nobody sees it before
    lines: Mapping[str, int] = field(default_factory=dict)  # key -> physical line it stands on


class BlockKind(StrEnum):
    """What a body line is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CALLOUT = "callout"
    QUESTION = "question"
    ANSWER = "answer"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value read from a source, and where from."""

    value: T
    line: int | None  # 1-based physical line; None: from the text as a whole
    rule: str  # the rule that found it
    quote: str = ""  # the words of the line that say it


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a source says about itself."""

    title: Found[str] | None = None
    authors: Found[tuple[str, ...]] | None = None
    outlet: Found[str] | None = None
    origin: Found[str] | None = None
    published: Found[date | datetime] | None = None
    url: Found[str] | None = None
    language: Found[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """What the HTML of a page says of one of its lines."""

    kind: BlockKind = BlockKind.PARAGRAPH  # heading, paragraph, item, quote or table
    level: int = 0  # of a heading: 1 to 6
    marker: str = ""  # of an item: "-" or "1."
    cells: tuple[str, ...] = ()  # of a table row
    is_main: bool = False  # it belongs to the main text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an HTML page says besides its text.

    Its lines are what the page states about itself, a statement a line, then the text that can be
    seen, a block a line, in the order of the page.
    """

    lines: tuple[PageLine, ...]  # one for each line of the source
    facts: Facts  # what it states about itself; a fact's line is the statement's


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A raw text as the editor got it."""

    path: str  # from the project root, with forward slashes
    header: Header
    lines: tuple[str, ...]  # the text below the header, split at \r\n, \n and \r, exact
    first_line: int  # physical line number of lines[0], 1-based; of a page always 1
    encoding: str  # such as utf-8, utf-8-sig, utf-16-le, windows-1252
    sha256: str  # of the bytes of the whole file, hexadecimal
    page: Page | None = None  # of an HTML page; None: the source is plain text

    @property
    def place(self) -> Place:
        """The file as a place for problems."""
        return Place(self.path)


# --------------------------------------------------------------------------- parsing -> merge


class Fate(StrEnum):
    """What became of a line."""

    BODY = "body"
    METADATA = "metadata"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line of a source, with its fate."""

    number: int  # 1-based physical line
    text: str  # exactly as it stands
    fate: Fate
    rule: str  # the rule that decided, in our own words: never words of the line, it is shown
    block: BlockKind | None = None  # what it is, for body lines
    otherwise: Fate | None = None  # where the editor decided: the fate the rules alone give it


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """The editor's word on one line of a source."""

    line: int  # 1-based physical line it stood on: the first place to look
    fate: Fate  # body or dropped
    text_hash: str  # of the line's text, by which it is known: `text.hashes.line_hash`


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A recorded, reversible mending of one place in one line."""

    line: int  # 1-based physical line
    start: int  # offset in the line as it stands in the source, in characters
    was: str  # what stands there
    now: str  # what the entry has instead
    rule: str  # why
    joins: bool = False  # a line end stood inside a word: the next kept line follows at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Something an editor should look at."""

    line: int | None  # 1-based physical line; None: the text as a whole
    text: str  # one sentence without its place

    def __str__(self) -> str:
        return self.text if self.line is None else f"line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organisation or place named in a text."""

    text: str  # as the text has it
    kind: str  # person | organisation | place
    short_for: tuple[str, ...] = ()  # the longer forms in the text it may stand for; full: none


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the body: a heading, a paragraph, one item of a list."""

    kind: BlockKind
    text: str  # repaired, without bullet, number or quote mark; plain text, not Markdown
    first: int  # 1-based physical line it starts on
    last: int  # and ends on
    level: int = 0  # of a heading: 2 or 3
    marker: str = ""  # of an item: "-" or "1."; of a table row: ""
    cells: tuple[str, ...] = ()  # of a table row whose columns are certain


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A source understood: every line with its fate, the body, the facts, the digest."""

    lines: tuple[Line, ...]  # every non-blank line once, in order
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...]  # by line, then offset
    slips: tuple[Slip, ...]
    facts: Facts
    body: str  # Markdown, with repairs
    summary: tuple[str, ...]  # the bottom line: one or two sentences, verbatim of the repaired body
    key_points: tuple[str, ...]  # sentences, verbatim of the repaired body
    names: tuple[Name, ...]  # most telling first

    @property
    def plain_body(self) -> str:
        """The kept lines exactly as they stand in the source, joined by line feeds."""
        return "\n".join(line.text for line in self.lines if line.fate is Fate.BODY)

    @property
    def title(self) -> str | None:
        """The headline."""
        return self.facts.title.value if self.facts.title else None

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors in the order of the byline."""
        return self.facts.authors.value if self.facts.authors else ()

    @property
    def outlet(self) -> str | None:
        """Who published this text."""
        return self.facts.outlet.value if self.facts.outlet else None

    @property
    def origin(self) -> str | None:
        """Whose text it first was."""
        return self.facts.origin.value if self.facts.origin else None

    @property
    def published(self) -> date | datetime | None:
        """When the outlet published it."""
        return self.facts.published.value if self.facts.published else None

    @property
    def url(self) -> str | None:
        """Where the original stands."""
        return self.facts.url.value if self.facts.url else None

    @property
    def language(self) -> str | None:
        """BCP 47 tag of the text."""
        return self.facts.language.value if self.facts.language else None


# --------------------------------------------------------------------------- briefing


class Status(StrEnum):
    """Whether an entry is shown."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"  # never in a file: published, but its `publish_after` is not reached
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # its page says so
    HIDDEN = "hidden"  # for what was never published


class WrittenStatus(StrEnum):
    """What an editor may write as `status`: time alone makes an entry scheduled."""

    DRAFT = Status.DRAFT.value
    PUBLISHED = Status.PUBLISHED.value
    WITHDRAWN = Status.WITHDRAWN.value
    HIDDEN = Status.HIDDEN.value


class CorrectionKind(StrEnum):
    """What a correction is."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One published change of an entry, in the editor's words."""

    date: date | datetime
    kind: CorrectionKind = CorrectionKind.CORRECTION
    was: str = ""
    now: str = ""
    why: str = ""
    field: str = ""  # title, published, summary or figures; "": an editor wrote it by hand
    draft: bool = False  # drafted by the program; shown nowhere until an editor confirms it
    place: int = 1  # among those of its day and field, drafts counted; feeds know it by this
    line: int = dataclasses.field(default=1, compare=False)  # physical line of its file


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What readers were last shown of an entry, as far as its corrections and addresses need it."""

    slug: str
    story: str | None = None
    status: Status = Status.PUBLISHED
    title: str
    published: date | datetime | None = None
    summary: str = ""
    figures: tuple[str, ...] = ()  # the numbers of the body as it is shown, such as "80 cars"
    body: str = ""  # hash of the body they were found in, so that they are not looked for again
    corrections: int = 0  # how many an editor wrote or confirmed
    updated: datetime | None = None  # when the program last set `updated`


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What the program remembers of what it wrote into an entry."""

    source: str  # path of the source
    sha256: str  # of the source's bytes when it was last parsed
    parser: int  # version of the parser that wrote
    overrides: str | None = None  # hash of the overrides it was told; None: there were none
    wrote: Mapping[str, str]  # field -> hash of the value written
    issued: Issued | None = None  # None: the entry was never published


def _newest_retraction(corrections: tuple[Correction, ...]) -> Correction | None:
    kind = CorrectionKind.RETRACTION
    found = [(each.date.isoformat(), n) for n, each in enumerate(corrections) if each.kind is kind]
    return corrections[max(found)[1]] if found else None


def _appeared(added: datetime, publish_after: datetime | None) -> datetime:
    return max(added, publish_after).astimezone(UTC) if publish_after else added


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One briefing as its file in `briefings/` says."""

    place: Place
    id: str
    slug: str
    title: str
    added: datetime  # aware, UTC
    body: str  # Markdown, line feeds only
    body_line: int = 1  # physical line the body starts on
    outlet: str | None = None
    origin: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    date_basis: str | None = None
    updated: datetime | None = None
    language: str | None = None
    url: str | None = None
    summary: str = ""
    key_points: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] | None = None  # the editor's pins; None: computed
    publish: Publish | None = None  # overrides site.yaml for this entry
    story: str | None = None
    status: Status = Status.PUBLISHED
    publish_after: datetime | None = None  # aware; nobody sees it before
    note: str | None = None  # the editor's own words, Markdown
    aliases: tuple[str, ...] = ()  # former slugs
    former_stories: tuple[str, ...] = ()  # keys of stories it was filed in before
    corrections: tuple[Correction, ...] = ()
    overrides: tuple[Override, ...] = ()  # the editor's word on lines of the source
    review: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    parsed: Parsed | None = None  # None: the editor's own work, never written
    edited: tuple[str, ...] = ()  # fields that are no longer what the parser wrote

    @property
    def appeared(self) -> datetime:
        """When readers could first see it, in UTC: when added, or later as `publish_after` says."""
        return _appeared(self.added, self.publish_after)

    @property
    def retraction(self) -> Correction | None:
        """Its newest retraction: when and why it was withdrawn."""
        return _newest_retraction(self.corrections)

    @property
    def arrival(self) -> tuple[str, str, str]:
        """Sort key of the order of arrival: appeared, published, source path.

        Not by `added`: a scheduled entry arrives behind all that readers had before, as if it had
        been added at its moment. So it moves nothing: the first copy of a text stays the first, and
        so do the spelling that names a page and the report that gives a story its title.
        """
        return (self.appeared.isoformat(), *self._among_equals)

    @property
    def making(self) -> tuple[str, str, str]:
        """Sort key of the order in which entries were made: added, published, source path."""
        return (self.added.isoformat(), *self._among_equals)

    @property
    def _among_equals(self) -> tuple[str, str]:
        when = self.published.isoformat() if self.published else ""
        return (when, self.parsed.source if self.parsed else self.place.path)


# --------------------------------------------------------------------------- grouping


@dataclass(frozen=True, slots=True)
class Item:
    """One text as filing sees it."""

    key: str
    title: str
    text: str  # plain, without front matter
    published: str | None = None  # ISO date
    outlet: str | None = None
    origin: str | None = None
    story: str | None = None  # a stored story binds


@dataclass(frozen=True, slots=True)
class Claim:
    """What one text says of a fact."""

    key: str  # of its Item
    value: str  # the differing words, as the text has them
    sentence: str  # verbatim


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact on which the texts of a story differ."""

    subject: str  # what it is about, in words of the texts
    claims: tuple[Claim, ...]  # in the order of the items


@dataclass(frozen=True, slots=True)
class Agreement:
    """One fact that texts of two origins or more state alike."""

    subject: str  # what it is about, in words of the texts
    value: str  # as the text has it that says it most exactly
    claims: tuple[Claim, ...]  # in the order of the items


# --------------------------------------------------------------------------- tracing


@dataclass(frozen=True, slots=True)
class TracedSentence:
    """One sentence of an entry and where it stands in the source."""

    field: str  # title, summary, key_points or body
    text: str  # plain text, white space collapsed
    lines: tuple[int, int] | None  # first and last source line; None: it does not stand there


# --------------------------------------------------------------------------- publishing


@dataclass(frozen=True, slots=True)
class ShownRepair:
    """One repair as a reader sees it: with the words around it."""

    line: int  # 1-based physical line
    was: str
    now: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """What may be shown of how a source was read: counts and line numbers, never a dropped text."""

    lines: int  # non-blank ones
    kept: int
    metadata: int
    dropped: tuple[tuple[str, int], ...]  # rule and number of lines, most first
    repairs: tuple[ShownRepair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of how an entry came from its source."""

    source: SourceRecord
    sentences: tuple[TracedSentence, ...]  # of title, summary, key points and body, in that order


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord(SourceRecord):
    """What may be shown of a record; no repairs of extracts."""

    edited: tuple[str, ...]  # fields an editor changed
    editors_sentences: int  # sentences that do not stand in the source


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntry:
    """What of an entry may be shown, after `publish:` and status. The only way out."""

    id: str
    slug: str
    title: str
    outlet: str | None
    origin: str | None
    authors: tuple[str, ...]
    published: date | datetime | None
    date_basis: str | None
    added: datetime
    updated: datetime | None
    language: str
    url: str | None
    summary: str
    key_points: tuple[str, ...]
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[str, ...]  # slugs, best first
    story: str | None  # slug
    status: Status  # published or withdrawn; draft or scheduled only with --drafts
    note: str | None
    aliases: tuple[str, ...]
    former_stories: tuple[str, ...] = ()
    publish_after: datetime | None = None
    corrections: tuple[Correction, ...]
    body: str  # Markdown: the whole text, or the excerpt
    is_extract: bool  # True: body is an excerpt
    is_own: bool  # the text belongs to this site: the editor's own work, or of `own_outlets`
    sentences: tuple[TracedSentence, ...]  # of what is shown, nothing else
    record: PublicRecord | None  # None: the source is not there

    @property
    def appeared(self) -> datetime:
        """When readers could first see it, in UTC: its day on every page and in every feed."""
        return _appeared(self.added, self.publish_after)

    @property
    def retraction(self) -> Correction | None:
        """Its newest retraction: when and why it was withdrawn."""
        return _newest_retraction(self.corrections)

    @property
    def told_corrections(self) -> tuple[Correction, ...]:
        """Its corrections that readers are told of: of a withdrawn entry the newest retraction."""
        if self.status is not Status.WITHDRAWN:
            return self.corrections
        return (self.retraction,) if self.retraction else ()

    @property
    def is_preview(self) -> bool:
        """Whether it is shown to its editor only: a draft, or scheduled."""
        return self.status in (Status.DRAFT, Status.SCHEDULED)

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may show it: published, and not the whole text of another."""
        return self.status is Status.PUBLISHED and (self.is_extract or self.is_own)

    @property
    def body_is_editors(self) -> bool:
        """Whether the body is whole, and known not to be what the parser wrote."""
        return not self.is_extract and self.record is not None and "body" in self.record.edited


def has_names(entry: Entry | PublicEntry) -> bool:
    """Tell whether an entry names a person, an organisation or a place."""
    return bool(entry.people or entry.organisations or entry.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A lasting subject and the entries filed there."""

    slug: str
    title: str
    description: str
    entries: tuple[str, ...]  # entry slugs in order of arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A text and all who carry it."""

    name: str  # the origin named by a credit, else the outlet, else ""
    entries: tuple[str, ...]  # entry slugs in order of arrival, withdrawn ones too


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event, reported by one or more entries."""

    slug: str
    title: str  # of its first entry
    entries: tuple[str, ...]  # entry slugs in order of arrival
    origins: tuple[Origin, ...]  # in order of arrival
    differences: tuple[Difference, ...] = ()  # claims keyed by entry slug
    agreements: tuple[Agreement, ...] = ()  # most telling first; claims keyed by entry slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person, organisation or place, and the entries that name it."""

    kind: str  # person | organisation | place
    name: str  # the spelling that most entries use, of an organisation in its long form
    mentions: tuple[tuple[str, str], ...]  # entry slug and spelling, in order of arrival

    @property
    def entries(self) -> tuple[str, ...]:
        """Slugs of the entries, in order of arrival, each once."""
        return tuple(dict.fromkeys(slug for slug, _ in self.mentions))

    @property
    def spellings(self) -> tuple[str, ...]:
        """All its spellings in order of arrival, each once."""
        return tuple(dict.fromkeys(spelling for _, spelling in self.mentions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An earlier entry that a reader of an entry may want."""

    entry: str  # its slug
    names: tuple[str, ...]  # rare ones they share, rarest first, as the later entry spells them


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """An entry that nobody sees: what may have been published of it once."""

    slugs: tuple[str, ...]  # its own and its aliases
    stories: tuple[str, ...]  # its own and former ones
    comes_back: bool  # a draft or scheduled; False: hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """All that a page may show."""

    site: Site
    entries: tuple[PublicEntry, ...]  # published (with --drafts all but hidden), as they arrived
    withdrawn: tuple[PublicEntry, ...]
    topics: tuple[Topic, ...]  # in the order of site.yaml, empty ones too
    stories: tuple[Story, ...]  # in order of their first entry
    names: tuple[Named, ...] = ()  # by kind, then in order of their first entry
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)  # by slug, best first
    addresses: tuple[str, ...] = ()  # every address ever published, sorted
    faulty: tuple[str, ...] = ()  # slugs of entries left out for a mistake in their file
    kept_back: tuple[KeptBack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """One file of the site."""

    path: str  # inside the output folder, with forward slashes, ASCII
    content: bytes
    made_from: str  # "entry <slug>", "topic <slug>", "template assets/…": for messages
