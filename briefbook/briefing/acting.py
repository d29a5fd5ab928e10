"""Acting: what an editor does to an entry -> its file with that in it, and nothing else changed.

Pure. `parsed` stays as it is, so that a field which is changed here becomes the editor's, just as
if the file had been edited by hand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from briefbook.briefing.drafts import correction_group
from briefbook.briefing.entry import LoadedEntry, load_entry
from briefbook.briefing.frontmatter import replace as rewritten
from briefbook.briefing.items import Group, change_items
from briefbook.briefing.overrides import override_value
from briefbook.briefing.writing import KEY_ORDER, Value
from briefbook.model import Fate, Line, Override
from briefbook.problems import ProblemError, error
from briefbook.text.hashes import line_hash

# Such a character cannot be written to a file.
_HALF = re.compile("[\ud800-\udfff]")


def edit_entry(
    loaded: LoadedEntry, changes: Mapping[str, Value | None], body: str | None = None
) -> LoadedEntry:
    r"""Change some fields of an entry for its editor; it is not written yet.

    Args:
        loaded: The entry as it stands on disk.
        changes: Key of the front matter -> its new value; None takes the key away.
        body: The new body, with any line ends; None leaves it.

    Raises:
        ProblemError: The entry would have mistakes, each with its place in the file as it would be.
        ValueError: A key that no entry has, or `parsed`, which is the program's.
    """
    if wrong := sorted(key for key in changes if key not in KEY_ORDER or key == "parsed"):
        raise ValueError(f"no fields to edit: {wrong}")
    if body is not None:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_halves(loaded, {**changes, "body": body})
    text = rewritten(loaded.text, changes, body=body, path=loaded.path)
    return load_entry(text, loaded.path, zone=loaded.zone)[0]


def edit_corrections(
    loaded: LoadedEntry, changes: Mapping[int, Group | None], added: Sequence[Group] = ()
) -> LoadedEntry:
    """Change some corrections of an entry for its editor; it is not written yet.

    Args:
        loaded: The entry as it stands on disk.
        changes: Place among its corrections, from 0 -> keys with their new values; None: it goes.
        added: Corrections that stand below the others from now on.

    Raises:
        ProblemError: The entry would have mistakes, each with its place in the file as it would be.
    """
    groups = (*changes.values(), *added)
    _refuse_halves(loaded, {"corrections": tuple(group for group in groups if group)})
    was = [correction_group(each) for each in loaded.entry.corrections]
    text = change_items(loaded.text, "corrections", was, changes, added, path=loaded.path)
    return load_entry(text, loaded.path, zone=loaded.zone)[0]


def _refuse_halves(loaded: LoadedEntry, values: Mapping[str, Value | None]) -> None:
    halves = [
        error(loaded.place(key), f"'{key}' has half of a character in it", "type it anew")
        for key, value in values.items()
        if value is not None and any(map(_HALF.search, _texts(value)))
    ]
    if halves:
        raise ProblemError(*halves)


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | Mapping):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def with_override(loaded: LoadedEntry, line: Line, *, keep: bool) -> LoadedEntry:
    """Say of one line of an entry's source whether it is text; the entry is not written yet.

    Where that is what the rules say anyway, an override that says otherwise is taken away and none
    is written. The entry is parsed again at the next build.

    Args:
        loaded: The entry as it stands on disk.
        line: The line as the parser gave it, with the overrides of the entry.
        keep: Whether the line is to be kept as text; else it is dropped.

    Raises:
        ProblemError: The entry is the editor's own work and has no source, or has mistakes.
    """
    if loaded.entry.parsed is None:
        what = "this entry is your own work and was made of no source"
        raise ProblemError(error(loaded.place("overrides"), what, "change its text itself"))
    wanted = Fate.BODY if keep else Fate.DROPPED
    new = Override(line=line.number, fate=wanted, text_hash=line_hash(line.text))
    others = list(_of_other_lines(loaded.entry.overrides, new, decided=line.otherwise is not None))
    if wanted is not (line.otherwise or line.fate):
        below = (n for n, one in enumerate(others) if one.line > new.line)
        others.insert(next(below, len(others)), new)
    if tuple(others) == loaded.entry.overrides:
        return loaded
    value = tuple(override_value(one) for one in others)
    return edit_entry(loaded, {"overrides": value or None})


def without_override(loaded: LoadedEntry, line: Line) -> LoadedEntry:
    """Take back what the editor said of one line of an entry's source; it is not written yet.

    Args:
        loaded: The entry as it stands on disk.
        line: The line as the parser gave it, with the overrides of the entry.
    """
    about = Override(line=line.number, fate=line.fate, text_hash=line_hash(line.text))
    others = _of_other_lines(loaded.entry.overrides, about, decided=line.otherwise is not None)
    value = tuple(override_value(one) for one in others)
    return edit_entry(loaded, {"overrides": value or None})


def _of_other_lines(
    overrides: tuple[Override, ...], new: Override, *, decided: bool
) -> Iterator[Override]:
    """Yield the overrides that are not about the line of a new one.

    Args:
        overrides: Those there are.
        new: The one to be.
        decided: Whether the line has its fate from one of them: if none names its number it has
            moved, and all that have its text are about it, as no other line has that.
    """
    same = [one for one in overrides if one.text_hash == new.text_hash]
    has_moved = decided and all(one.line != new.line for one in same)
    for one in overrides:
        if one not in same or (one.line != new.line and not has_moved):
            yield one
