"""Overrides: the editor's word on single lines of a source, as an entry's front matter has it.

Pure. In the file it is a list of `{line: 12, keep: 51ab03c2}` and `{line: 9, drop: 0f3a77d1}`. The
line is known by the hash of its text, its number is only the first place to look; so two of them
may name one number, where one line has moved away and another one took its place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from briefbook.briefing.writing import Value
from briefbook.model import Entry, Fate, Override
from briefbook.text.hashes import short_hash
from briefbook.yamlfields import Fields

KEEP, DROP = "keep", "drop"
_FATES = {KEEP: Fate.BODY, DROP: Fate.DROPPED}
_WORDS = {fate: word for word, fate in _FATES.items()}
_KEYS = ("line", KEEP, DROP)
_HASH = re.compile(r"[0-9a-f]{8}")
_MOST_LINES = 10**7  # more than the largest source can have
_EXAMPLE = "{line: 12, keep: 51ab03c2}"


def read_overrides(fields: Fields) -> tuple[Override, ...]:
    """Return the overrides of an entry in the order of its file; mistakes go to `fields`."""
    found: dict[tuple[int, str], Override] = {}
    for item in fields.groups("overrides", known=_KEYS):
        for one in _read(item):
            key = (one.line, one.text_hash)
            if key in found:
                what = f"two overrides are about line {one.line}"
                item.report(None, what, "delete one of the two")
            found.setdefault(key, one)
    return tuple(found.values())


def _read(item: Fields) -> Iterator[Override]:
    """Yield the override that an item of the list says, where it says one."""
    line = item.number("line", 1, _MOST_LINES)
    if "line" not in item:
        item.report(None, "an override needs 'line'", f"write it as {_EXAMPLE}")
    words = [word for word in _FATES if word in item]
    if len(words) != 1:
        what = "an override needs 'keep' or 'drop'"
        if words:
            what = "an override cannot keep and drop a line at once"
        item.report(None, what, f"write it as {_EXAMPLE}, or with drop instead of keep")
        return
    text_hash = item.text(words[0])
    if text_hash is None:
        return
    text_hash = text_hash.casefold()
    if not _HASH.fullmatch(text_hash):
        what = f"'{words[0]}' must be the hash of the line's text, 8 hexadecimal digits"
        fix = "take it from `briefbook explain --json`, or delete the override"
        item.report(words[0], what, fix)
    elif line is not None:
        yield Override(line=line, fate=_FATES[words[0]], text_hash=text_hash)


def override_value(override: Override) -> Mapping[str, Value]:
    """Return an override as its file says it."""
    return {"line": override.line, _WORDS[override.fate]: override.text_hash}


def is_up_to_date(entry: Entry, sha256: str) -> bool:
    """Tell whether an entry was last written with this source and the overrides that it has now.

    Args:
        entry: The entry.
        sha256: Of the source's bytes.
    """
    made = entry.parsed
    if made is None or made.sha256 != sha256:
        return False
    return made.overrides == overrides_hash(entry.overrides)


def overrides_hash(overrides: Iterable[Override]) -> str | None:
    """Return what an entry remembers of the overrides it was made with; None: of none."""
    said = sorted((one.line, one.text_hash, _WORDS[one.fate]) for one in overrides)
    return short_hash(list(chain.from_iterable(said))) if said else None
