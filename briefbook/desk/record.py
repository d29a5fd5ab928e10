"""Record: an entry beside the source it came from, as one editor's page shows them.

In: an entry, its source if that is there, and the settings. Out: a view for the template: rows of
the source, fields with where each came from and whose it is, notes, and the body by file line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from briefbook.briefing import (
    PARSER_FIELDS,
    LoadedEntry,
    Value,
    hash_value,
    merged_fields,
    parser_fields,
)
from briefbook.desk.fields import SETTABLE, Settable, as_written, value_of
from briefbook.desk.queue import LACKS, WAITING, Why, disputed_field
from briefbook.desk.raw_texts import RawText
from briefbook.desk.source_lines import SourceRow, source_rows
from briefbook.model import Correction, Entry, Found, PublicEntry, Site, Status, WrittenStatus
from briefbook.problems import ProblemError

# Fields without a form, shown beside those that have one.
_MORE = (
    ("summary", "Bottom line"),
    ("key_points", "Key points"),
    ("origin", "Origin"),
    ("people", "People"),
    ("organisations", "Organisations"),
    ("places", "Places"),
    ("story", "Story"),
)
# Those that a file can say.
_STATUSES = (
    WrittenStatus.DRAFT,
    WrittenStatus.PUBLISHED,
    WrittenStatus.HIDDEN,
    WrittenStatus.WITHDRAWN,
)
# What a drafted correction is about, by its `field`.
_ABOUT = {
    "title": "The title",
    "published": "The date",
    "summary": "The bottom line",
    "figures": "A number in the text",
}
_LINE = re.compile(r"line (\d{1,7}): ")
# What can be handed back to the source by one click. A body cannot: it is a patch, to be looked at.
RETURNABLE = frozenset(PARSER_FIELDS) - {"story", "body"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One field of the entry."""

    key: str
    label: str
    value: str  # as a form takes it; lists a line each
    owner: str  # whose it is: "the program's" or "the editor's"
    where: str  # where it came from, in words; "" where that is not known
    line: int | None  # of the entry's file; None: the key is not there
    settable: Settable | None  # its form
    source_says: str | None  # where the field is the editor's and the source says another value
    can_return: bool  # whether it can be handed back to the source

    @property
    def is_editors(self) -> bool:
        """Whether it is the editor's."""
        return self.owner == "the editor's"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicBox:
    """A topic that can be ticked."""

    slug: str
    title: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """One review note."""

    text: str
    field: str | None  # of a note that the source now says something else
    line: int | None  # the line of the source it is about; None: the text as a whole
    can_accept: bool  # what the source says can be taken


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A correction that was drafted and waits for a yes."""

    number: int  # its place among the corrections, from 0
    about: str  # what of the entry it is about, in words
    correction: Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """All that the page of an entry shows."""

    loaded: LoadedEntry
    stamp: str  # hash of the entry's file as it was read: a form of an older page is refused
    is_own: bool  # the editor's own work: the program never writes it
    body_is_editors: bool
    source: str | None  # path of the source, whether it is there or not
    rows: tuple[SourceRow, ...] | None  # None: the source is not there
    changed: bool  # the source is not the text the entry was last made of
    fields: tuple[FieldRow, ...]
    topics: tuple[TopicBox, ...]
    statuses: tuple[str, ...]
    notes: tuple[NoteRow, ...]
    dismissed: tuple[str, ...]
    lacks: tuple[tuple[str, str], ...]  # what it has not: words for `reviewed:`, and a sentence
    waits: tuple[Why, ...]  # what waits for its time, or for the status to be set
    drafts: tuple[DraftRow, ...]
    withdrawal: str | None  # the act that withdraws it, or says why it was; None: neither fits
    body: tuple[tuple[int, str], ...]  # lines of the file that are not blank
    published_at: str | None  # where the site shows it; None: nowhere

    @property
    def entry(self) -> Entry:
        """The entry."""
        return self.loaded.entry


def record_view(
    loaded: LoadedEntry,
    raw: RawText | None,
    whys: tuple[Why, ...],
    public: PublicEntry | None,
    site: Site,
) -> RecordView:
    """Return the page of an entry.

    Args:
        loaded: The entry as the last build left it.
        raw: Its source; None where it is not there.
        whys: Why it wants an editor.
        public: What the site shows of it; None where it is not shown.
        site: What `site.yaml` says.
    """
    entry = loaded.entry
    said = source_values(raw, site) if raw else {}
    chosen = entry.topics if entry.topics is not None else (public.topics if public else ())
    return RecordView(
        loaded=loaded,
        stamp=hash_value(loaded.text),
        is_own=entry.parsed is None,
        body_is_editors="body" in entry.edited,
        source=raw.source.path if raw else entry.parsed.source if entry.parsed else None,
        rows=source_rows(raw.article) if raw else None,
        changed=bool(raw and entry.parsed and entry.parsed.sha256 != raw.source.sha256),
        fields=tuple(_fields(as_written(loaded), raw, said, chosen)),
        topics=tuple(
            TopicBox(slug=t.slug, title=t.title, is_on=t.slug in chosen) for t in site.topics
        ),
        statuses=tuple(status.value for status in _STATUSES),
        notes=tuple(_note(note, said) for note in entry.review),
        dismissed=entry.reviewed,
        lacks=tuple((LACKS[why.reason], why.text) for why in whys if why.reason in LACKS),
        waits=tuple(why for why in whys if why.reason in WAITING),
        drafts=tuple(_drafts(entry)),
        withdrawal=_withdrawal(entry),
        body=tuple(_numbered(entry)),
        published_at=f"/briefings/{entry.slug}/" if public else None,
    )


def source_values(raw: RawText, site: Site) -> Mapping[str, Value]:
    """Return what the source says of each field; nothing where nothing of it was kept."""
    try:
        return parser_fields(raw.source, raw.article, story=None, language=site.language)
    except ProblemError:
        return {}


def told(value: Value | None) -> str:
    """Return a value as a form takes it: a list one item a line; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(map(told, value))
    return value.isoformat() if isinstance(value, date) else str(value)


# --------------------------------------------------------------------------- fields


def _fields(
    loaded: LoadedEntry, raw: RawText | None, said: Mapping[str, Value], topics: tuple[str, ...]
) -> Iterator[FieldRow]:
    for settable in SETTABLE:
        yield _field(loaded, raw, said, settable.key, settable.label, settable, topics)
    for key, label in _MORE:
        if merged_fields(loaded.entry).get(key) or key in loaded.entry.edited:
            yield _field(loaded, raw, said, key, label, None, topics)


def _field(
    loaded: LoadedEntry,
    raw: RawText | None,
    said: Mapping[str, Value],
    key: str,
    label: str,
    settable: Settable | None,
    topics: tuple[str, ...],
) -> FieldRow:
    entry = loaded.entry
    value: Value | None = (topics if key == "topics" else value_of(entry, key)) or None
    is_editors = is_the_editors(entry, key)
    differs = is_editors and bool(said) and key in RETURNABLE and not _same(value, said.get(key))
    return FieldRow(
        key=key,
        label=label,
        value=told(value),
        owner="the editor's" if is_editors else "the program's",
        where="" if is_editors else _where(entry, raw, key),
        line=loaded.lines.get(key),
        settable=settable,
        source_says=told(said.get(key)) if differs else None,
        can_return=differs,
    )


def _same(value: Value | None, other: Value | None) -> bool:
    if value is None or other is None:
        return value is other
    return hash_value(value) == hash_value(other)


def is_the_editors(entry: Entry, key: str) -> bool:
    """Tell whether a field is the editor's, not what the program wrote."""
    if key == "status" or entry.parsed is None:
        return True
    if key == "topics":
        wrote = entry.parsed.wrote.get("topics")
        return entry.topics is not None and hash_value(entry.topics) != wrote
    return key in entry.edited


def _where(entry: Entry, raw: RawText | None, key: str) -> str:
    """Say where a value of the program's came from."""
    if key == "topics":
        return "pinned in the source's header" if entry.topics is not None else "filed by its words"
    if key == "published" and entry.date_basis:
        return entry.date_basis
    found: Found[object] | None = getattr(raw.article.facts, key, None) if raw else None
    if found is None:
        return _made_from(key)
    where = "the text as a whole" if found.line is None else f"line {found.line}"
    return f"{where}: {found.rule}"


def _made_from(key: str) -> str:
    if key == "title":
        return "the first sentence that can stand for the text"
    if key in ("summary", "key_points"):
        return "sentences of the text"
    if key == "language":
        return "the language of the site"
    return "names in the text" if key in ("people", "organisations", "places") else ""


def _note(text: str, said: Mapping[str, Value]) -> NoteRow:
    field = disputed_field(text)
    about = _LINE.match(text)
    line = int(about[1]) if about else None
    return NoteRow(text=text, field=field, line=line, can_accept=bool(said) and field in RETURNABLE)


def _drafts(entry: Entry) -> Iterator[DraftRow]:
    for n, each in enumerate(entry.corrections):
        if each.draft:
            yield DraftRow(number=n, about=_ABOUT.get(each.field, "The entry"), correction=each)


def _withdrawal(entry: Entry) -> str | None:
    if entry.status is Status.WITHDRAWN:
        return "say-why" if entry.retraction else "withdraw"
    was_shown = entry.parsed is not None and entry.parsed.issued is not None
    return "withdraw" if entry.status is Status.PUBLISHED or was_shown else None


def _numbered(entry: Entry) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(entry.body.split("\n"), entry.body_line):
        if line.strip():
            yield number, line
