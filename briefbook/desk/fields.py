"""Fields: what an editor can set on the desk, and whether a value may stand there.

A value is read just as it would be read in the entry's file, so the desk finds the same mistakes
as a build, in the same words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from zoneinfo import ZoneInfo

from briefbook.briefing import LoadedEntry, Value, key_lines, load_entry
from briefbook.filing import unknown_topics
from briefbook.model import Entry, Site, WrittenStatus
from briefbook.problems import ProblemError
from briefbook.yamlfields import Fields, read_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Settable:
    """One field that has a form."""

    key: str  # in the front matter
    label: str
    hint: str = ""
    is_list: bool = False  # one value a line
    read: Callable[[Fields, tzinfo], Value | None]


def _status(fields: Fields, zone: tzinfo) -> Value | None:
    chosen = fields.choice("status", WrittenStatus)
    return None if chosen is None else chosen.value


def _publish_after(fields: Fields, zone: tzinfo) -> Value | None:
    """A day stays a day, as an editor would write it; it means its midnight."""
    if fields.moment_in("publish_after", zone) is None:
        return None
    return fields.date("publish_after", zone)


# In the order of the page.
SETTABLE = (
    Settable(key="title", label="Title", read=lambda fields, zone: fields.text("title")),
    Settable(key="outlet", label="Outlet", read=lambda fields, zone: fields.text("outlet")),
    Settable(
        key="published",
        label="Published",
        hint="2026-11-21 or 2026-11-21T18:00:00+09:00",
        read=lambda fields, zone: fields.date("published", zone),
    ),
    Settable(
        key="authors",
        label="Authors",
        hint="one name a line",
        is_list=True,
        read=lambda fields, zone: fields.texts("authors"),
    ),
    Settable(
        key="url",
        label="Original",
        hint="https://…",
        read=lambda fields, zone: fields.url("url"),
    ),
    Settable(
        key="language",
        label="Language",
        hint="en, ko, pt-BR",
        read=lambda fields, zone: fields.language("language"),
    ),
    Settable(
        key="topics",
        label="Topics",
        is_list=True,
        read=lambda fields, zone: fields.slugs("topics"),
    ),
    Settable(key="status", label="Status", read=_status),
    Settable(
        key="publish_after",
        label="Publish after",
        hint="2026-11-24 or 2026-11-24T06:00; empty: at once",
        read=_publish_after,
    ),
)
BY_KEY: Mapping[str, Settable] = {one.key: one for one in SETTABLE}


def as_written(loaded: LoadedEntry) -> LoadedEntry:
    """Return an entry as its file says, whatever time has made of its status."""
    return load_entry(loaded.text, loaded.path, zone=loaded.zone)[0]


def value_of(entry: Entry, key: str) -> Value | None:
    """Return the value of a field as an editor would write it; None where it is not there."""
    value: Value | None = getattr(entry, key)
    if key == "publish_after" and isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def read_value(
    loaded: LoadedEntry, field: Settable, given: Sequence[str], site: Site
) -> Value | None:
    """Read what an editor gave for a field; None: the field is to be absent.

    Raises:
        ProblemError: It may not stand there; with the sentences of a build, at the field's place.
    """
    place = loaded.place(field.key)
    written = _written(field, given)
    text = "\n".join(key_lines(field.key, written))
    fields = read_fields(text, loaded.path, first_line=place.line or 1)
    value = field.read(fields, ZoneInfo(site.timezone))
    if field.key == "title" and value is None:
        fields.report("title", "'title' is missing", 'add a line title: "…"')
    problems = list(fields.problems)
    if isinstance(value, tuple) and field.key == "topics":
        problems += unknown_topics([str(slug) for slug in value], place, site)
    if problems:
        raise ProblemError(*problems)
    return value if value or field.key == "topics" else None


def _written(field: Settable, given: Sequence[str]) -> str | tuple[str, ...]:
    if not field.is_list:
        return " ".join(given)
    lines = (line.strip() for text in given for line in text.splitlines())
    return tuple(line for line in lines if line)
