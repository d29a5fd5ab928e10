"""Issuing: entries that readers are shown -> what is remembered of them, and what follows.

Joins briefing and publishing for `bringing.py`. What an editor or a source has changed since an
entry was last published is drafted as a correction; where its address or its story has changed, the
old one leads on. Nothing is written here. An editor's own work, without `parsed`, is left alone.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefbook import briefing
from briefbook.briefing import Briefings, LoadedEntry, Value
from briefbook.model import Article, CorrectionKind, Entry, Issued, Site, Status
from briefbook.moving import Claims, claims_of, lead_on
from briefbook.problems import Place, Problem, note
from briefbook.publishing import is_full, shown_body
from briefbook.text.words import collapsed

if TYPE_CHECKING:
    from briefbook.briefing import Change, Drafting

_NAMES = {
    "title": "the title",
    "published": "the date",
    "summary": "the bottom line",
    "figures": "the text",
}
_HOW = "to publish it, say why in `why:` and delete `draft: true`; to dismiss it, delete the item"
_DRAFTED = "so a correction is drafted under corrections:"
_LONGEST_QUOTE = 80  # characters of a value in a note


@dataclass(frozen=True, slots=True)
class Issuing:
    """Entries as readers are shown them from now on."""

    changed: tuple[tuple[LoadedEntry, LoadedEntry], ...]  # as it was, as it has to be written
    problems: tuple[Problem, ...]


def issue_entries(
    everything: Sequence[LoadedEntry],
    briefings: Briefings,
    addresses: Collection[str],
    *,
    now: datetime,
    site: Site,
) -> Issuing:
    """Remember what readers are shown of each entry, and draft what they should be told.

    Args:
        everything: All entries as they will be.
        briefings: Those on disk, for the addresses of the ones that cannot be read.
        addresses: Every address ever published.
        now: The moment of drafts, in the time zone of the site a day.
        site: What `site.yaml` says.
    """
    claims = claims_of(everything, briefings, addresses)
    changed: list[tuple[LoadedEntry, LoadedEntry]] = []
    problems: list[Problem] = []
    for loaded in everything:
        if loaded.entry.parsed is None:
            continue
        step = _step(loaded, claims, now, site)
        will_be = loaded
        if step.issued is not None and step.issued != loaded.entry.parsed.issued:
            will_be = step.taken(loaded)
            changed.append((loaded, will_be))
        problems += [*step.problems, *step.notes(will_be)]
    return Issuing(tuple(changed), tuple(problems))


def waiting_drafts(briefings: Briefings) -> tuple[Problem, ...]:
    """Return a note for each drafted correction that nobody has confirmed or dismissed."""
    return tuple(
        note(
            Place(loaded.path, draft.line),
            f"this drafted correction waits: was {_quoted(draft.was)}, now {_quoted(draft.now)}",
            _HOW,
        )
        for loaded in briefings.entries
        for draft in loaded.entry.corrections
        if draft.draft
    )


def tells_draft(problem: Problem) -> bool:
    """Tell whether a problem is the note of a correction that was just drafted."""
    return problem.what.endswith(_DRAFTED)


def without_rereading(
    was: LoadedEntry,
    now: LoadedEntry,
    article: Article,
    site: Site,
    *,
    is_reparsed: bool = False,
) -> LoadedEntry:
    """Take for issued what only another parser changed in an entry.

    Args:
        was: The entry before its source was parsed again.
        now: The entry after that.
        article: What the parser makes of the source now.
        site: What `site.yaml` says.
        is_reparsed: Somebody asked for the same text to be parsed again; else something else than
            the parser was changed first.
    """
    old, new = was.entry.parsed, now.entry.parsed
    if old is None or new is None or new.issued is None:
        return now
    is_there = _still_there(was.entry, article)
    if is_reparsed and old.sha256 == new.sha256:
        is_there = _always
    elif old.parser == new.parser:
        return now  # nothing that differs is the parser's
    before, after = (_shown(one.entry, site) for one in (was, now))
    issued = briefing.with_parsers_changes(new.issued, before, after, is_there)
    if issued == new.issued:
        return now
    return briefing.issue_entry(now, issued, {}, briefing.Drafting())


def _always(_field: str, _text: str) -> bool:
    return True


def _still_there(was: Entry, article: Article) -> Callable[[str, str], bool]:
    text = collapsed("\n".join(line.text for line in article.lines)) + collapsed(article.body)

    def is_there(field: str, said: str) -> bool:
        if field == "published":
            said = (was.date_basis or said).partition(": ")[2].strip("'")
        return bool(said) and collapsed(said) in text

    return is_there


# --------------------------------------------------------------------------- one entry


@dataclass(slots=True)
class _Step:
    """What becomes of one entry."""

    issued: Issued | None  # what is remembered from now on
    changes: dict[str, Value | None] = field(default_factory=dict)
    drafting: "Drafting" = field(default_factory=lambda: briefing.Drafting())
    problems: list[Problem] = field(default_factory=list)
    drafted: "list[Change]" = field(default_factory=list)
    is_retracted: bool = False  # its retraction is among what is added

    def notes(self, will_be: LoadedEntry) -> Iterator[Problem]:
        """Yield what an editor is told of the entry, on the lines where it stands from now on."""
        for change in self.drafted:
            yield _drafted(will_be, change)
        if self.is_retracted:
            yield _retracted(will_be)

    def taken(self, loaded: LoadedEntry) -> LoadedEntry:
        assert self.issued is not None
        return briefing.issue_entry(loaded, self.issued, self.changes, self.drafting)


def _step(loaded: LoadedEntry, claims: Claims, now: datetime, site: Site) -> _Step:
    entry = loaded.entry
    before = entry.parsed.issued if entry.parsed else None
    shown = _shown(entry, site)
    if before is None:
        return _Step(shown if entry.status is Status.PUBLISHED else None)
    moved = lead_on(loaded, claims)
    is_free = moved.is_free
    kept = replace(before, slug=entry.slug if is_free else before.slug, story=entry.story)
    step = _Step(kept, dict(moved.changes), problems=list(moved.problems))
    today = now.astimezone(ZoneInfo(site.timezone)).date()
    if entry.status is Status.PUBLISHED:
        changes = briefing.untold(entry.corrections, briefing.changes_between(before, shown))
        step.issued = replace(shown, slug=kept.slug)
        step.drafting = briefing.draft_corrections(entry.corrections, changes, today)
        step.drafted += changes
    elif entry.status is Status.WITHDRAWN:
        step.issued = replace(kept, status=entry.status, corrections=shown.corrections)
        if before.status is Status.PUBLISHED and not _is_retracted(entry):
            step.drafting.added.append({"date": today, "kind": "retraction", "why": ""})
            step.issued = replace(step.issued, corrections=shown.corrections + 1)
            step.is_retracted = True
    _stamp(step, entry, before, now)
    return step


def _shown(entry: Entry, site: Site) -> Issued:
    whole = is_full(entry, site)
    return briefing.issued_of(entry, is_whole=whole, shown=partial(shown_body, entry, site))


def _stamp(step: _Step, entry: Entry, before: Issued, now: datetime) -> None:
    """Say when a correction was issued, unless an editor says so."""
    assert step.issued is not None
    if step.issued.corrections > before.corrections and entry.updated == before.updated:
        # The clock of another machine may be behind; a correction never comes before its entry.
        moment = max(now.replace(microsecond=0), entry.added, before.updated or entry.added)
        step.changes["updated"] = moment
        step.issued = replace(step.issued, updated=moment)


def _is_retracted(entry: Entry) -> bool:
    kinds = (correction.kind for correction in entry.corrections if not correction.draft)
    return CorrectionKind.RETRACTION in kinds


def _drafted(loaded: LoadedEntry, change: "Change") -> Problem:
    place = loaded.place(change.field)
    if change.field == "figures":
        place = Place(loaded.path, loaded.entry.body_line)
    says = f"says {_quoted(change.now)}" if change.now else "says nothing"
    what = f"{_NAMES[change.field]} said {_quoted(change.was)} and {says} now"
    return note(place, f"{what}, {_DRAFTED}", _HOW)


def _retracted(loaded: LoadedEntry) -> Problem:
    what = "this briefing is withdrawn, so its retraction is added under corrections:"
    return note(loaded.place("status"), what, "say there why, in `why:`, for those who had read it")


def _quoted(text: str) -> str:
    shown = collapsed(text)
    return f"'{shown}'" if len(shown) <= _LONGEST_QUOTE else f"'{shown[:_LONGEST_QUOTE]}…'"
