"""Changing: an entry as it is and as it would be -> what changes, field by field.

Pure. Told is what a reader or an editor could notice; what the program remembers for itself, such
as the version of its parser, is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.briefing import (
    LoadedEntry,
    Value,
    merged_fields,
)
from briefbook.model import Entry
from briefbook.text.changed_lines import changed_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What goes and what comes in one place; neither: only the blank lines of a body change."""

    field: str
    line: int | None = None  # physical line of the entry as it is; of the body alone
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField:
    """A field that stays because it is the editor's, though the parser reads something else."""

    field: str
    read: str  # what the parser reads; "": nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """An entry as it is and as it would be."""

    was: LoadedEntry
    now: LoadedEntry
    fields: tuple[FieldChange, ...]  # none: only what the program remembers changes
    kept: tuple[KeptField, ...] = ()


def entry_change(was: LoadedEntry, now: LoadedEntry, read: Mapping[str, Value]) -> EntryChange:
    """Compare an entry with what it would be after its source was parsed again.

    Args:
        was: The entry as it stands on disk.
        now: The entry as it would be written.
        read: What the parser reads in the source now, by field.
    """
    old, new = was.entry, now.entry
    before, after = merged_fields(old), merged_fields(new)
    fields: list[FieldChange] = []
    for field in dict.fromkeys((*before, *after)):
        if field == "body":
            fields += _body(old, new)
        elif field == "key_points":
            fields += _items(field, old.key_points, new.key_points)
        elif before.get(field) != after.get(field):
            gone, come = _told(before.get(field)), _told(after.get(field))
            fields.append(FieldChange(field=field, gone=gone, come=come))
    fields += _items("review", old.review, new.review)
    kept = (
        KeptField(field=field, read="; ".join(_told(read.get(field))))
        for field in old.edited
        if field != "story" and read.get(field) != before.get(field)
    )
    return EntryChange(was=was, now=now, fields=tuple(fields), kept=tuple(kept))


def _told(value: Value | None) -> tuple[str, ...]:
    """Return the value of a field in one line; nothing where it is absent."""
    if value is None:
        return ()
    if isinstance(value, tuple):
        return ("; ".join(map(str, value)),)
    return (value.isoformat() if isinstance(value, date) else str(value),)


def _items(field: str, was: Sequence[str], now: Sequence[str]) -> list[FieldChange]:
    """Return which sentences of a list go and which come; all of them where only the order does."""
    if was == now:
        return []
    gone = tuple(item for item in was if item not in now)
    come = tuple(item for item in now if item not in was)
    if not gone and not come:
        gone, come = tuple(was), tuple(now)
    return [FieldChange(field=field, gone=gone, come=come)]


def _body(was: Entry, now: Entry) -> list[FieldChange]:
    if was.body == now.body:
        return []
    above = was.body_line - 1
    return [
        FieldChange(field="body", line=above + change.line, gone=change.gone, come=change.come)
        for change in changed_lines(was.body, now.body)
    ] or [FieldChange(field="body")]
