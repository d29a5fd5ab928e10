"""States: what becomes of an entry by its status, its `publish_after` and the time of the build.

In: entries as their files say, *now*, and every address ever published. Out: the same entries,
those whose time has not come as scheduled; and what an editor should know. Pure.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from briefbook.briefing import LoadedEntry
from briefbook.model import Entry, KeptBack, Site, Status
from briefbook.problems import Problem, error, warning
from briefbook.publishing import published_entries

_NEVER_PUBLIC = "delete its line in published.txt if it was never public"


def state_of(entry: Entry, now: datetime, addresses: Collection[str]) -> Status:
    """Return what an entry is at a moment, whatever its file calls it.

    Args:
        entry: The entry as its file says.
        now: The time of the build, aware.
        addresses: Every address ever published.
    """
    if entry.publish_after is None or entry.publish_after <= now:
        return entry.status
    if entry.status is Status.PUBLISHED:
        return Status.SCHEDULED
    # Withdrawn before anybody saw it: a page that says so would tell what it was to be.
    if entry.status is Status.WITHDRAWN and not _was_published(entry, addresses):
        return Status.HIDDEN
    return entry.status


def in_their_states(
    loaded: Sequence[LoadedEntry], now: datetime, addresses: Collection[str]
) -> list[LoadedEntry]:
    """Return entries with the status they have at a moment, in their order."""
    return [
        replace(one, entry=replace(one.entry, status=state)) if state is not was else one
        for one in loaded
        if (was := one.entry.status) and (state := state_of(one.entry, now, addresses))
    ]


def scheduled_of(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries that will appear, the next one first."""
    waiting = (entry for entry in entries if entry.status is Status.SCHEDULED)
    return tuple(sorted(waiting, key=lambda entry: entry.arrival))


def kept_back(entries: Sequence[Entry], shown: Collection[str]) -> tuple[KeptBack, ...]:
    """Return what may once have been published of entries that nobody sees now.

    Args:
        entries: All entries, in the states they are in.
        shown: Slugs of those that have a page.
    """
    return tuple(
        KeptBack(
            slugs=(entry.slug, *entry.aliases),
            stories=tuple(key for key in (entry.story, *entry.former_stories) if key),
            comes_back=entry.status is not Status.HIDDEN,
        )
        for entry in entries
        if entry.slug not in shown
    )


def said_moment(moment: datetime, site: Site) -> str:
    """Return a moment as messages say it, such as 2026-11-24 06:00 Asia/Seoul."""
    return f"{moment.astimezone(ZoneInfo(site.timezone)):%Y-%m-%d %H:%M} {site.timezone}"


# --------------------------------------------------------------------------- what is to be said


def state_problems(
    loaded: Sequence[LoadedEntry], *, now: datetime, addresses: Collection[str], site: Site
) -> list[Problem]:
    """Return what is wrong with the states of entries.

    Args:
        loaded: The entries in the states they are in.
        now: The time of the build, aware.
        addresses: Every address ever published.
        site: What `site.yaml` says.
    """
    known = _Known(now=now, published=published_entries(addresses), site=site)
    said = {
        Status.DRAFT: _of_draft,
        Status.SCHEDULED: _of_scheduled,
        Status.HIDDEN: _of_hidden,
        Status.WITHDRAWN: _of_withdrawn,
    }
    return [
        problem
        for one in loaded
        if one.entry.status in said
        for problem in said[one.entry.status](one, known)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the state of an entry is seen by."""

    now: datetime
    published: Mapping[str, str]  # slug -> address, of all entries ever published
    site: Site

    def address(self, entry: Entry) -> str | None:
        """Return where an entry stood once; None: it was never published."""
        known = (self.published.get(slug) for slug in (entry.slug, *entry.aliases))
        return next(filter(None, known), None)

    def when(self, moment: datetime) -> str:
        return said_moment(moment, self.site)


def _was_published(entry: Entry, addresses: Collection[str]) -> bool:
    published = published_entries(addresses)
    return any(slug in published for slug in (entry.slug, *entry.aliases))


def _of_draft(one: LoadedEntry, known: _Known) -> Iterator[Problem]:
    if address := known.address(one.entry):
        what = f"this is a draft, but {address} was published; it is not available at present"
        fix = f"set `status: published`, or `withdrawn` to take it down for good; {_NEVER_PUBLIC}"
        yield error(one.place("status"), what, fix)
    after = one.entry.publish_after
    if after is not None and after <= known.now:
        what = f"this was to appear at {known.when(after)}, but it is still a draft"
        fix = "set `status: published`, or take `publish_after` out"
        yield warning(one.place("publish_after"), what, fix)


def _of_scheduled(one: LoadedEntry, known: _Known) -> Iterator[Problem]:
    after = one.entry.publish_after
    if after is not None and (address := known.address(one.entry)):
        what = f"{address} was published; it is not available until {known.when(after)}"
        fix = f"take `publish_after` out; {_NEVER_PUBLIC}"
        yield error(one.place("publish_after"), what, fix)


def _of_hidden(one: LoadedEntry, known: _Known) -> Iterator[Problem]:
    if address := known.address(one.entry):
        what = f"this is hidden, but {address} was published"
        fix = f"set `status: withdrawn`, which says so to its readers; {_NEVER_PUBLIC}"
        yield error(one.place("status"), what, fix)
    after = one.entry.publish_after
    if after is not None and after > known.now:
        what = f"this was to appear at {known.when(after)}, but it is hidden or withdrawn before"
        fix = "set `status: published`, or `hidden` and take `publish_after` out"
        yield warning(one.place("publish_after"), what, fix)


def _of_withdrawn(one: LoadedEntry, known: _Known) -> Iterator[Problem]:
    entry = one.entry
    if entry.publish_after is not None and entry.publish_after > known.now:
        what = "'publish_after' means nothing here: what is withdrawn does not appear again"
        yield warning(one.place("publish_after"), what, "take the line out")
    if entry.retraction is None:
        what = "this is withdrawn, and nothing tells readers since when and why"
        yield warning(one.place("status"), what, _lines_to_paste(entry, known))
    elif not entry.retraction.why:
        what = "this is withdrawn, and its retraction does not say why"
        yield warning(one.place("corrections"), what, 'add why: "…" to the retraction')


def _lines_to_paste(entry: Entry, known: _Known) -> str:
    day = known.now.astimezone(ZoneInfo(known.site.timezone)).date().isoformat()
    retraction = f'{{date: {day}, kind: retraction, why: "…"}}'
    if entry.corrections:
        return f"add to `corrections:` the line - {retraction}"
    return f"add the line corrections: [{retraction}]"
