"""Queue: what wants an editor, most urgent first, each entry once with all its reasons.

In: what a build prepared and what is wrong. Out: a work list. Nothing is read or written here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from briefbook.briefing import LoadedEntry
from briefbook.build import Prepared
from briefbook.conflicts import is_conflict
from briefbook.desk.raw_texts import RawText, raw_texts, sources_without_entry
from briefbook.issuing import tells_draft
from briefbook.model import Entry, Site, Status
from briefbook.problems import Place, Problem, Severity
from briefbook.states import said_moment

# The notes that a merge writes where the source says something else than the editor.
_DISPUTED = re.compile(r"([a-z_]+): the source (?:now says|no longer says|has changed below)")
_GUESS = "what belongs to the article here is a guess"


class Reason(Enum):
    """Why something wants an editor, the most urgent first; its value is its name in addresses."""

    MISTAKE = "mistake"
    CONFLICT = "conflict"
    CORRECTION = "correction"
    DISPUTED = "disputed"
    NO_ENTRY = "no-entry"
    WARNING = "warning"
    GUESS = "guess"
    NOTE = "note"
    NO_TITLE = "no-title"
    NO_OUTLET = "no-outlet"
    NO_DATE = "no-date"
    UNFILED = "unfiled"
    DRAFT = "draft"
    SCHEDULED = "scheduled"

    @property
    def heading(self) -> str:
        """What a group of those that have it is called."""
        return _NAMES[self][0]

    @property
    def label(self) -> str:
        """What it is called where one has it."""
        return _NAMES[self][1]


_NAMES = {
    Reason.MISTAKE: ("Mistakes", "Mistake"),
    Reason.CONFLICT: ("Merge conflicts", "Merge conflict"),
    Reason.CORRECTION: ("Corrections that wait for a yes", "Correction"),
    Reason.DISPUTED: ("Source and editor differ", "They differ"),
    Reason.NO_ENTRY: ("Sources without an entry", "No entry"),
    Reason.WARNING: ("Warnings", "Warning"),
    Reason.GUESS: ("The division is a guess", "A guess"),
    Reason.NOTE: ("Review notes", "Note"),
    Reason.NO_TITLE: ("No title of its own", "No title"),
    Reason.NO_OUTLET: ("No outlet", "No outlet"),
    Reason.NO_DATE: ("No date", "No date"),
    Reason.UNFILED: ("Unfiled", "Unfiled"),
    Reason.DRAFT: ("Drafts", "Draft"),
    Reason.SCHEDULED: ("Scheduled", "Scheduled"),
}
_URGENCY = {reason: n for n, reason in enumerate(Reason)}
# What a person can answer "it has none" to, and the words that are put into `reviewed:` then.
LACKS = {
    Reason.NO_TITLE: "no title of its own",
    Reason.NO_OUTLET: "no outlet",
    Reason.NO_DATE: "no date",
    Reason.UNFILED: "no topic",
}
# What waits for its time, or for the status to be set.
WAITING = (Reason.DRAFT, Reason.SCHEDULED)
_LACKING = {
    Reason.NO_TITLE: "The source has no headline: the title is a sentence of the text",
    Reason.NO_OUTLET: "No outlet is known",
    Reason.NO_DATE: "No date of publication is known",
    Reason.UNFILED: "It stands under no topic",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One reason, in words."""

    reason: Reason
    text: str
    place: Place | None = None  # where it is mended; None: in the entry as a whole
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """An entry or a file that wants an editor."""

    path: str  # the file, from the root of the site
    title: str  # of the entry; "" where there is only a file
    slug: str | None  # of an entry that has a record; None: only the file can be opened
    whys: tuple[Why, ...]  # most urgent first
    facts: tuple[str, ...] = ()  # outlet and day, as far as they are known

    @property
    def urgent(self) -> Reason:
        """The most urgent of its reasons: the group it stands in."""
        return self.whys[0].reason

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Its reasons, each once."""
        return tuple(dict.fromkeys(why.reason for why in self.whys))


def make_queue(
    prepared: Prepared | None, problems: Iterable[Problem], now: datetime
) -> tuple[QueueItem, ...]:
    """Return what wants an editor: most urgent first, within one reason the newest first.

    Args:
        prepared: What the last build prepared; None where none could be.
        problems: All that is wrong now; more than the build found where writing failed.
        now: What is scheduled for later than this moment waits.
    """
    by_path: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_path[problem.place.path].append(problem)
    items: list[QueueItem] = []
    if prepared is not None:
        items += _entry_items(prepared, by_path, now)
    items += _file_items(prepared, by_path)
    return tuple(sorted(items, key=lambda item: _URGENCY[item.urgent]))


def count_reasons(items: Iterable[QueueItem]) -> Mapping[Reason, int]:
    """Return how many things have each reason, in order of urgency, without those of none."""
    counts = dict.fromkeys(Reason, 0)
    for item in items:
        for reason in item.reasons:
            counts[reason] += 1
    return {reason: count for reason, count in counts.items() if count}


def grouped(items: Sequence[QueueItem]) -> tuple[tuple[Reason, tuple[QueueItem, ...]], ...]:
    """Put things that share their most urgent reason together, in the order of the queue."""
    groups: dict[Reason, list[QueueItem]] = {}
    for item in items:
        groups.setdefault(item.urgent, []).append(item)
    return tuple((reason, tuple(members)) for reason, members in groups.items())


def entry_whys(
    entry: Entry, raw: RawText | None, now: datetime, site: Site, *, is_unfiled: bool
) -> Iterator[Why]:
    """Yield why an entry that can be read wants an editor, mistakes and warnings aside.

    Args:
        entry: The entry.
        raw: Its source; None where it is not there.
        now: What is scheduled for later than this moment waits.
        site: What `site.yaml` says.
        is_unfiled: Whether it is shown and stands under no topic, where there are topics.
    """
    if entry.status in (Status.WITHDRAWN, Status.HIDDEN):
        return
    yield from map(_why_note, entry.review)
    yield from _corrections(entry)
    yield from (
        Why(reason=reason, text=_LACKING[reason])
        for reason in _lacking(entry, raw, is_unfiled)
        if LACKS[reason] not in entry.reviewed
    )
    if entry.status is Status.DRAFT:
        yield Why(reason=Reason.DRAFT, text="A draft: it is not published")
    when = entry.publish_after
    if when is not None and when > now:
        text = f"It is published at the first build after {said_moment(when, site)}"
        yield Why(reason=Reason.SCHEDULED, text=text)


def in_urgency(whys: Iterable[Why]) -> tuple[Why, ...]:
    """Sort reasons, the most urgent first."""
    return tuple(sorted(whys, key=lambda why: _URGENCY[why.reason]))


def disputed_field(note: str) -> str | None:
    """Return the field of a note that tells that the source now says something else."""
    found = _DISPUTED.match(note)
    return found[1] if found else None


# --------------------------------------------------------------------------- single reasons


def why_problem(problem: Problem) -> Why:
    """Return a mistake or a warning as a reason."""
    reason = Reason.MISTAKE if problem.severity is Severity.ERROR else Reason.WARNING
    if is_conflict(problem):
        reason = Reason.CONFLICT
    elif tells_draft(problem):
        reason = Reason.CORRECTION
    return Why(reason=reason, text=problem.what, place=problem.place, fix=problem.fix)


def _why_note(note: str) -> Why:
    if disputed_field(note):
        return Why(reason=Reason.DISPUTED, text=note)
    return Why(reason=Reason.GUESS if _GUESS in note else Reason.NOTE, text=note)


def _corrections(entry: Entry) -> Iterator[Why]:
    """Yield the corrections that were drafted and not confirmed."""
    for correction in entry.corrections:
        if correction.draft:
            text = f"Drafted: was “{correction.was}”, now “{correction.now}”"
            place = Place(entry.place.path, correction.line)
            fix = "confirm or dismiss it on its page"
            yield Why(reason=Reason.CORRECTION, text=text, place=place, fix=fix)


def _lacking(entry: Entry, raw: RawText | None, is_unfiled: bool) -> Iterator[Reason]:
    if raw is not None and raw.article.title is None and "title" not in entry.edited:
        yield Reason.NO_TITLE
    if entry.outlet is None and entry.parsed is not None:  # an editor's own work has no outlet
        yield Reason.NO_OUTLET
    if entry.published is None:
        yield Reason.NO_DATE
    if is_unfiled:
        yield Reason.UNFILED


# --------------------------------------------------------------------------- things of the list


def _entry_items(
    prepared: Prepared, by_path: dict[str, list[Problem]], now: datetime
) -> Iterator[QueueItem]:
    """Yield the entries, newest first; what is told of them is taken out of `by_path`."""
    raw, unfiled = raw_texts(prepared), set(prepared.unfiled)
    for loaded in reversed(prepared.loaded):
        entry = loaded.entry
        paths = (loaded.path, entry.parsed.source if entry.parsed else "")
        told = [problem for path in paths for problem in by_path.pop(path, ())]
        wanted = entry_whys(
            entry, raw.get(entry.slug), now, prepared.site, is_unfiled=entry.slug in unfiled
        )
        if whys := in_urgency((*map(why_problem, told), *wanted)):
            yield _entry_item(loaded, whys)


def _entry_item(loaded: LoadedEntry, whys: tuple[Why, ...]) -> QueueItem:
    entry = loaded.entry
    day = entry.published.isoformat()[:10] if entry.published else None
    return QueueItem(
        path=loaded.path,
        title=entry.title,
        slug=entry.slug,
        whys=whys,
        facts=tuple(filter(None, (entry.outlet, day))),
    )


def _file_items(
    prepared: Prepared | None, by_path: Mapping[str, Sequence[Problem]]
) -> Iterator[QueueItem]:
    """Yield the files that have mistakes and no entry, and the sources without one."""
    lonely = {source.path for source in sources_without_entry(prepared)} if prepared else set()
    for path in sorted(lonely | set(by_path)):
        whys = [why_problem(problem) for problem in by_path.get(path, ())]
        if path in lonely:
            whys.append(Why(reason=Reason.NO_ENTRY, text="No entry was made of this source"))
        yield QueueItem(path=path, title="", slug=None, whys=in_urgency(whys))
