"""What the parser says now, against what it wrote before and what stands on disk: field by field.

Pure. The rule, for each field alone: a field on disk that is still what the parser last wrote is
the parser's and follows it; any other is the editor's and stays, even if it was deleted, and a
review note says so when the parser has changed its mind since.

`wrote` keeps the last hash the parser *wrote* for a field the editor took over. So an editor who
puts the parser's text back hands the field back, and a deleted field stays deleted.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from briefbook.briefing.writing import Value
from briefbook.text.hashes import short_hash

# The fields the parser writes; every other key belongs to the editor alone.
PARSER_FIELDS = (
    "title",
    "outlet",
    "origin",
    "authors",
    "published",
    "date_basis",
    "language",
    "url",
    "summary",
    "key_points",
    "people",
    "organisations",
    "places",
    "story",
    "body",
)
# What a source's header pins is merged in the same way, but a pin is the editor's word, not a text.
MERGED_FIELDS = (*PARSER_FIELDS, "topics", "publish", "publish_after")

_REMEMBERED = 64  # texts, a body among twenty
_LONGEST_QUOTE = 200  # characters of a value shown in a review note
_LEADING_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge decided."""

    changes: Mapping[str, Value | None]  # field -> its new value; None: it goes
    wrote: Mapping[str, str]  # field -> hash, to be remembered
    notes: tuple[str, ...]  # where the source has changed below an edit


def plain_body(body: str) -> str:
    r"""Bring a body into the form that is compared: \n line ends, no blanks around it."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n")
    return _LEADING_BLANK_LINES.sub("", lines).rstrip()


def hash_value(value: Value) -> str:
    """Hash the value of a field: 8 hexadecimal digits of SHA-256 over its canonical JSON.

    Dates are ISO texts, moments in UTC, so that another way of writing the same is no edit.
    """
    return _hash_text(value) if isinstance(value, str) else short_hash(_jsonable(value))


# The same texts are hashed when an entry is made, read again and written: each of them once. A list
# is not kept, as (True,) and (1,) are equal and not the same.
_hash_text = lru_cache(maxsize=_REMEMBERED)(short_hash)


def _jsonable(value: Value) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _jsonable(inner) for key, inner in value.items()}
    return value


def edited_fields(current: Mapping[str, Value], wrote: Mapping[str, str]) -> tuple[str, ...]:
    """Name the fields that are no longer what the parser wrote, in the order of PARSER_FIELDS."""
    return tuple(
        field for field in PARSER_FIELDS if not _is_the_parsers(current.get(field), wrote, field)
    )


def merge(
    current: Mapping[str, Value],
    wrote: Mapping[str, str],
    parser: Mapping[str, Value],
    *,
    kept: Collection[str] = (),
) -> Merged:
    """Decide what an entry's fields become after its source was parsed again.

    Args:
        current: The fields as they stand in the entry; an absent one is not in it.
        wrote: What the parser remembers of what it wrote, as hashes.
        parser: The fields as the parser finds them now; an absent one is not in it.
        kept: Fields that are not decided this time and stay as they are, whoever owns them.
    """
    changes: dict[str, Value | None] = {}
    remembered: dict[str, str] = {}
    notes = []
    for field in MERGED_FIELDS:
        here, now, before = current.get(field), parser.get(field), wrote.get(field)
        now_hash = None if now is None else hash_value(now)
        if field in kept:
            pass
        elif _is_the_parsers(here, wrote, field):
            if now_hash != before:
                changes[field] = now
            before = now_hash
        elif now_hash != before and (here is None or now_hash != hash_value(here)):
            notes.append(_note(field, here, now))
        if before is not None:
            remembered[field] = before
    return Merged(changes=changes, wrote=remembered, notes=tuple(notes))


def without_dismissed(notes: Iterable[str], reviewed: Iterable[str]) -> tuple[str, ...]:
    """Leave out the notes an editor has put into `reviewed`, and those said twice.

    A note is dismissed by its hash or by its own words: to move its line is what comes natural.
    """
    dismissed = frozenset(reviewed)
    return tuple(
        note for note in dict.fromkeys(notes) if dismissed.isdisjoint((note, hash_value(note)))
    )


def _is_the_parsers(here: Value | None, wrote: Mapping[str, str], field: str) -> bool:
    if here is None or field not in wrote:
        return here is None and field not in wrote
    return hash_value(here) == wrote[field]


def _note(field: str, here: Value | None, now: Value | None) -> str:
    if now is None:
        return f"{field}: the source no longer says it"
    if field == "body":
        count = _differing_lines(str(here or ""), str(now))
        lines = "1 line differs" if count == 1 else f"{count} lines differ"
        return f"body: the source has changed below the editor's edits: {lines}"
    return f"{field}: the source now says {_shown(now)}"


def _shown(value: Value) -> str:
    items = value if isinstance(value, tuple) else (value,)
    texts = (item.isoformat() if isinstance(item, date) else f'"{item}"' for item in items)
    shown = ", ".join(texts)
    return shown if len(shown) <= _LONGEST_QUOTE else f"{shown[:_LONGEST_QUOTE]}…"


def _differing_lines(here: str, now: str) -> int:
    """Count the lines that only one of two bodies has, at least 1.

    Lines are counted, not aligned: `difflib` takes minutes for the longest source we read.
    """
    ours, theirs = (Counter(filter(None, map(str.strip, body.split("\n")))) for body in (here, now))
    return max((ours - theirs).total(), (theirs - ours).total(), 1)
