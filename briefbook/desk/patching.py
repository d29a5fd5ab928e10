"""Patching: a word on one line of a source -> the entry with that, its body too where it is edited.

A body that its editor has changed does not follow its source any more, so the word alone would
change nothing to be seen: the change is offered as a patch of the body, to be looked at first.
"""

import re
from dataclasses import dataclass

from briefbook.briefing import (
    LoadedEntry,
    edit_entry,
    with_override,
    with_seen_body,
    without_override,
)
from briefbook.desk.bodypatch import body_patch
from briefbook.desk.raw_texts import RawText
from briefbook.model import Line
from briefbook.parsing import parse
from briefbook.text.hashes import line_hash

_HUNK = re.compile(r"@@ -(\d+)")
# What can be said of a line, and what is done then.
WORDS = ("keep", "drop", "undo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """What an entry with an edited body would become."""

    line: Line
    word: str
    now: LoadedEntry  # with the word on the line, and the body patched
    diff: tuple["DiffLine", ...]  # of the body; empty: it stays as it is
    is_merged: bool  # False: the editor rewrote that very place


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a change."""

    sign: str  # "+" comes, "-" goes, " " stays, "@" where it stands
    text: str


def find_line(raw: RawText | None, number: str, word: str) -> Line | None:
    """Return the line of a source that a form or an address names; None: there is no such line."""
    lines = raw.article.lines if raw and word in WORDS else ()
    return next((line for line in lines if str(line.number) == number), None)


def decided(loaded: LoadedEntry, line: Line, word: str) -> LoadedEntry:
    """Return an entry with the editor's word on a line of its source, its body as it is."""
    if word == "undo":
        return without_override(loaded, line)
    return with_override(loaded, line, keep=word == "keep")


def make_patch(loaded: LoadedEntry, raw: RawText, line: Line, word: str) -> Patch:
    """Return an entry with the editor's word on a line, and what that changes in an edited body."""
    told = decided(loaded, line, word)
    after = parse(raw.source, told.entry.overrides)
    found = body_patch(loaded.entry, raw.article, after)
    now = edit_entry(told, {}, body=found.body) if found.diff else told
    now = with_seen_body(now, raw.article.body, after.body)
    diff = tuple(_diff_line(text, loaded) for text in found.diff)
    return Patch(line=line, word=word, now=now, diff=diff, is_merged=found.is_merged)


def _diff_line(text: str, loaded: LoadedEntry) -> DiffLine:
    """Return a line of a unified diff; where it stands is said by the line of the entry's file."""
    place = _HUNK.match(text)
    if place is None:
        return DiffLine(text[:1], text[1:])
    number = loaded.entry.body_line + max(0, int(place[1]) - 1)
    return DiffLine("@", f"{loaded.path}:{number}")


def form_value(line: Line, word: str) -> str:
    """Return how a form names a line and the word on it; the hash tells whether it is still it."""
    return f"{line.number} {word} {line_hash(line.text)}"
