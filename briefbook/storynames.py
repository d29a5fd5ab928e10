"""Story names: a story is named after the first of its reports that readers see.

Pure. The key of a story is minted from the headline of its first report, and it is an address. If
that report is a draft, or appears after others, the address would tell its headline too early. So a
story whose address was never published takes the name of the report that appears first.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from briefbook import briefing, grouping
from briefbook.briefing import (
    NOBODY,
    LoadedEntry,
    Others,
    Taken,
    numbered,
)
from briefbook.filing import entry_item, stories_named
from briefbook.model import Entry, Status
from briefbook.problems import Problem, warning
from briefbook.updating import Updates

_KEPT_FROM_ALL = frozenset({Status.DRAFT, Status.HIDDEN})
_SEEN = frozenset({Status.PUBLISHED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Misnamed:
    """A story whose key tells the headline of a report that others come before."""

    key: str
    after: LoadedEntry  # the report it is named after
    first: LoadedEntry  # the report that readers see first
    members: tuple[LoadedEntry, ...]  # in order of arrival, without hidden ones


def misnamed_stories(
    loaded: Sequence[LoadedEntry], published: Collection[str]
) -> tuple[Misnamed, ...]:
    """Return the stories whose keys must not become addresses, in order of arrival.

    Args:
        loaded: All entries in the states they are in, in order of arrival.
        published: Keys of stories whose address was published: these stay, whatever they tell.
    """
    stories: dict[str, list[LoadedEntry]] = {}
    for one in loaded:
        if one.entry.story and one.entry.story not in published:
            stories.setdefault(one.entry.story, []).append(one)
    found = (_misnamed(key, group) for key, group in stories.items())
    return tuple(filter(None, found))


def name_stories(
    updates: Updates,
    misnamed: Sequence[Misnamed],
    loaded: Sequence[LoadedEntry],
    published: Collection[str],
    others: Others = NOBODY,
) -> Updates:
    """Give misnamed stories the name of the report that readers see first.

    Args:
        updates: What has to be written anyway.
        misnamed: The stories.
        loaded: All entries, or all that may be concerned.
        published: Keys of stories whose address was published, of those that may be concerned.
        others: The other entries.
    """
    named = (key for one in loaded for key in stories_named(one.entry))
    taken = Taken(
        (*published, *named), lambda key: others.names_story(key) or others.was_published(key)
    )
    renamed: dict[str, LoadedEntry] = {}
    for story in misnamed:
        key = numbered(_named_after(story.first.entry), taken.__contains__)
        taken.add(key)
        for one in story.members:
            if not _is_editors(one.entry):
                renamed[one.path] = briefing.refile_entry(one, key, leads_on=False)
    written = {one.path for one in updates.to_write}
    return replace(
        updates,
        new=tuple(renamed.get(new.path, new) for new in updates.new),
        rewritten=(
            *((was, renamed.get(now.path, now)) for was, now in updates.rewritten),
            *((one, renamed[one.path]) for one in loaded if one.path in renamed.keys() - written),
        ),
    )


def without_names(entries: Sequence[Entry], misnamed: Sequence[Misnamed]) -> list[Entry]:
    """Return entries, those of misnamed stories as if each were the only report of its event."""
    keys = {story.key for story in misnamed}
    return [replace(entry, story=None) if entry.story in keys else entry for entry in entries]


def misnamed_problems(misnamed: Sequence[Misnamed]) -> Iterator[Problem]:
    """Tell of misnamed stories where entries may not be written."""
    for story in misnamed:
        what = (
            f"its story {story.key} is named after {story.after.path}, which readers do not see"
            " yet; until it has another name it has no page"
        )
        fix = "run `briefbook build` where the entries are, and commit briefings/"
        yield warning(story.first.place("story"), what, fix)


def _misnamed(key: str, group: Sequence[LoadedEntry]) -> Misnamed | None:
    seen = [one for one in group if one.entry.status not in _KEPT_FROM_ALL]
    if not seen:
        return None
    first, after = seen[0], min(group, key=lambda one: one.entry.making)
    # What an editor wrote into an entry that readers see was meant to be seen.
    is_meant = any(_is_editors(one.entry) and one.entry.status in _SEEN for one in group)
    if first is after or is_meant or _is_named_after(key, first.entry):
        return None
    members = tuple(one for one in group if one.entry.status is not Status.HIDDEN)
    return Misnamed(key=key, after=after, first=first, members=members)


def _is_editors(entry: Entry) -> bool:
    return entry.parsed is None or "story" in entry.edited


def _named_after(entry: Entry) -> str:
    """Return the key that a story gets whose first report is this one."""
    (key,) = grouping.file_stories([replace(entry_item(entry), story=None)]).values()
    return key


def _is_named_after(key: str, entry: Entry) -> bool:
    return re.fullmatch(rf"{re.escape(_named_after(entry))}(-[0-9]+)?", key) is not None
