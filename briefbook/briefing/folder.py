"""`briefings/` and `published.txt` on disk: reading with care, writing whole files or nothing.

This module touches the disk. A file is written beside its place and renamed over it, and only while
the file on disk is still the one that was read: an editor may be saving at this very moment.
"""

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path
from typing import Protocol

from briefbook.briefing.entry import LoadedEntry, load_entry
from briefbook.briefing.shelf import Briefings, FaultyEntry, Outcome, gather, hold, hold_unread
from briefbook.conflicts import is_mark
from briefbook.files import FileStamp, Rereading, list_files, read_file, scan_files, stamp_file
from briefbook.problems import (
    NothingBuiltError,
    Place,
    Problem,
    ProblemError,
    error,
    in_order,
    mend_to,
    warning,
)
from briefbook.saving import ChangedMeanwhileError, write_whole

BRIEFINGS = "briefings"
PUBLISHED = "published.txt"
LARGEST_LIST = 64 * 1024 * 1024  # bytes
LARGEST_ENTRY = 8 * 1024 * 1024  # bytes; the largest source, each of its characters escaped
_TRIES = 5  # to add to the list while others do

_LINE_END = re.compile(r"\r\n|\n|\r")
# The address map: pages, and the files beside them. Anything else could stand in the way of these:
# "/feed.xml/" would be a folder where the feed has to be written.
_ADDRESS = re.compile(
    r"/(?:[a-z0-9-]{1,200}/){0,9}(?:feed\.(?:xml|atom|json)|index\.json)?"
    r"|/(?:feeds\.opml|sitemap\.xml|robots\.txt|404\.html)"
)

EntryReading = Outcome | FaultyEntry  # an entry or what should be one; another file beside them


class LoadsEntry(Protocol):
    """What makes an entry of the text of its file, as `load_entry` does."""

    def __call__(
        self, text: str, path: str, *, zone: tzinfo
    ) -> tuple[LoadedEntry, tuple[Problem, ...]]:
        """Return the entry and its warnings."""


def read_entries(
    root: Path, *, zone: tzinfo = UTC, load: LoadsEntry = load_entry
) -> tuple[Briefings, tuple[Problem, ...]]:
    """Read all entries of a site.

    Args:
        root: The folder of the site.
        zone: The time zone of moments without an offset.
        load: What makes an entry of the text of its file.

    Returns:
        The entries, without the faulty ones; and every mistake by place.
    """
    paths, entries, listed = list_entries(root)
    outcomes = [read_entry(root, path, zone=zone, load=load) for path in entries]
    others = [_hold_other(root, path) for path in paths if not _is_entry(path)]
    return _gathered(paths, outcomes, others, listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """The files in `briefings/` after those were opened that may be others than before."""

    paths: tuple[str, ...]  # of all files, whatever they are
    unreadable: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


def look_at_entries(root: Path, before: Rereading, *, zone: tzinfo = UTC) -> LookedAt:
    """Open the files in `briefings/` that may be others than in the build before.

    Args:
        root: The folder of the site.
        before: Knows what reading them gave then, and from now on what it gives now: an `Outcome`,
            or of what is no entry a `FaultyEntry`.
        zone: The time zone of moments without an offset.
    """
    stamps, problems = scan_files(root, BRIEFINGS)
    unreadable = []
    for path in before.unproved(stamps):
        content = partial(read_file, root, path, limit=LARGEST_ENTRY)
        try:
            before.look(path, stamps[path], content, _maker(path, zone), is_kept=False)
        except ProblemError as why:
            if _is_entry(path):
                unreadable.append(_unreadable(path, why))
    return LookedAt(
        paths=tuple(stamps),
        unreadable=tuple(unreadable),
        problems=(*problems, *_not_read(stamps)),
    )


def _maker(path: str, zone: tzinfo) -> Callable[[bytes], EntryReading]:
    if _is_entry(path):
        return partial(_outcome, path=path, zone=zone, load=load_entry)
    return partial(_hold_bytes, path)


def read_anew(root: Path, path: str, *, zone: tzinfo = UTC) -> tuple[bytes, EntryReading]:
    """Return the bytes of a file in `briefings/`, and what it gives, as `look_at_entries` says.

    Raises:
        ProblemError: It cannot be read.
    """
    content = read_file(root, path, limit=LARGEST_ENTRY)
    return content, _maker(path, zone)(content)


def gather_readings(
    looked: LookedAt, readings: Iterable[EntryReading]
) -> tuple[Briefings, tuple[Problem, ...]]:
    """Put entries together, as `read_entries` does.

    Args:
        looked: What `look_at_entries` has returned.
        readings: What reading files gave that could be read.
    """
    outcomes = [*looked.unreadable]
    others = []
    for one in readings:
        if isinstance(one, Outcome):
            outcomes.append(one)
        else:
            others.append(one)
    return _gathered(looked.paths, outcomes, others, looked.problems)


def _gathered(
    paths: tuple[str, ...],
    outcomes: Sequence[Outcome],
    others: Sequence[FaultyEntry],
    listed: Sequence[Problem],
) -> tuple[Briefings, tuple[Problem, ...]]:
    held = (Outcome(found=one, problems=()) for one in others if one.ids or one.hashes)
    briefings, problems = gather((*outcomes, *held), paths)
    return briefings, in_order((*listed, *problems))


def list_entries(root: Path) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Problem, ...]]:
    """List all files in `briefings/`, those of them that are entries, and what is wrong there."""
    paths, problems = list_files(root, BRIEFINGS)
    entries = tuple(path for path in paths if _is_entry(path))
    return paths, entries, (*problems, *_not_read(paths))


def _not_read(paths: Iterable[str]) -> Iterator[Problem]:
    for path in paths:
        if not _is_entry(path):
            what = "this file is not read: its name does not end in .md"
            yield warning(Place(path), what, "rename it, or move it out of briefings/")


def _is_entry(path: str) -> bool:
    return path.casefold().endswith(".md")


def _hold_other(root: Path, path: str) -> FaultyEntry:
    """Let an entry that was renamed to `x.markdown` keep its source from making a second one."""
    content = b""
    with contextlib.suppress(ProblemError):  # that it is not read is told anyway
        content = read_file(root, path, limit=LARGEST_ENTRY)
    return _hold_bytes(path, content)


def _hold_bytes(path: str, content: bytes) -> FaultyEntry:
    # Not by path: an editor's backup of an entry would hold whatever is pasted there next.
    return replace(hold(path, content.decode("utf-8", "replace")), sources=frozenset())


def read_entry(
    root: Path, path: str, *, zone: tzinfo = UTC, load: LoadsEntry = load_entry
) -> Outcome:
    """Read one entry; a faulty one is an outcome too."""
    try:
        content = read_file(root, path, limit=LARGEST_ENTRY)
    except ProblemError as unreadable:
        return _unreadable(path, unreadable)
    return _outcome(content, path=path, zone=zone, load=load)


def _unreadable(path: str, why: ProblemError) -> Outcome:
    # What is no file, or is too large or missing, cannot be an entry that a build has written.
    cause = why.__cause__
    is_unread = isinstance(cause, OSError) and not isinstance(cause, FileNotFoundError)
    found = hold_unread(path) if is_unread else hold(path, "")
    return Outcome(found=found, problems=why.problems)


def _outcome(content: bytes, *, path: str, zone: tzinfo, load: LoadsEntry) -> Outcome:
    text = content.decode("utf-8", "replace")
    try:
        if "\ufffd" in text:  # nothing was replaced where it is not there
            _refuse_other_encodings(content, path)
        loaded, warnings = load(text, path, zone=zone)
    except ProblemError as faulty:
        return Outcome(found=hold(path, text), problems=faulty.problems)
    return Outcome(found=loaded, problems=warnings)


def _refuse_other_encodings(content: bytes, path: str) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        what = "this is not UTF-8 text"
        raise ProblemError(error(Place(path, line), what, "save the file as UTF-8")) from wrong


def write_entry(root: Path, path: str, text: str, *, was: str | None) -> None:
    """Write an entry file, whole or not at all.

    Args:
        root: The folder of the site.
        path: The file, from `root`.
        text: Its new text, with its own line ends.
        was: The text that was read from it; None: the file must not be there yet.

    Raises:
        ProblemError: The file on disk is no longer what was read, or it cannot be written.
    """
    try:
        now: str | None = read_file(root, path, limit=LARGEST_ENTRY).decode("utf-8", "replace")
    except ProblemError:
        if was is not None and os.path.lexists(root / path):
            raise  # what stands there now cannot be told
        now = "" if os.path.lexists(root / path) else None
    if now != was:
        raise ChangedMeanwhileError(path)
    before = None if was is None else was.encode("utf-8")
    write_whole(root / path, text.encode("utf-8"), path, was=before)


def written_file(root: Path, path: str, text: str) -> tuple[FileStamp, bytes] | None:
    """Return stamp and bytes of an entry file; None: it is not as it was written last.

    Args:
        root: The folder of the site.
        path: The file, from `root`.
        text: What was written to it.
    """
    try:
        stamp = stamp_file(root, path)
        content = read_file(root, path, limit=LARGEST_ENTRY)
    except ProblemError:
        return None
    return (stamp, content) if content == text.encode("utf-8") else None


def look_at_list(root: Path, before: Rereading) -> None:
    """Open `published.txt` if it may be another than in the build before.

    Args:
        root: The folder of the site.
        before: Knows whether it has changed; what it says is not kept.
    """
    stamps = {PUBLISHED: stamp_file(root, PUBLISHED)}
    for path in before.unproved(stamps):
        # Where it cannot be read, those who need it say so.
        with contextlib.suppress(ProblemError):
            content = partial(_list_or_nothing, root)
            before.look(path, stamps[path], content, _nothing, is_kept=False)


def _list_bytes(root: Path) -> bytes | None:
    """Return what `published.txt` holds; None where nothing of that name is there."""
    there = os.path.lexists(root / PUBLISHED)
    return read_file(root, PUBLISHED, limit=LARGEST_LIST) if there else None


def _list_or_nothing(root: Path) -> bytes:
    return _list_bytes(root) or b""


def _nothing(_: bytes) -> None:
    return None


def read_addresses(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Read `published.txt`: every address ever published, sorted; and lines that are none.

    Where git could not merge two versions of it, both are read: each address was published.

    Raises:
        NothingBuiltError: It is there and cannot be read. Who built without it would take all that
            was published for new: pages that lead on would go, and stories lose their names.
    """
    try:
        lines = _lines(_list_bytes(root))
    except ProblemError as unreadable:
        raise NothingBuiltError(*unreadable.problems) from unreadable
    problems = [
        error(
            Place(PUBLISHED, number),
            f"'{line[:60]}' is not an address of this site",
            "each line is an address that starts with /; delete or mend this one",
        )
        for number, line in enumerate(lines, 1)
        if not _is_note(line) and not is_mark(line) and not _ADDRESS.fullmatch(line)
    ]
    problems += [_both_read(number) for number, line in enumerate(lines, 1) if is_mark(line)][:1]
    return tuple(sorted({line for line in lines if _ADDRESS.fullmatch(line)})), tuple(problems)


def _both_read(line: int) -> Problem:
    what = "git could not merge two versions of this list; all addresses of both are read"
    fix = "run `briefbook build`, which takes the marks of git out, and commit the file"
    return warning(Place(PUBLISHED, line), what, fix)


def tidy_addresses(root: Path) -> tuple[Problem, ...]:
    """Say where `published.txt` is not sorted, each address once and one a line, with the mend."""
    if not (root / PUBLISHED).exists():
        return ()
    try:
        text = read_file(root, PUBLISHED, limit=LARGEST_ENTRY).decode("utf-8")
    except (ProblemError, UnicodeDecodeError):
        return ()  # told by those who read it
    lines = [line.strip("\ufeff \t") for line in _LINE_END.split(text)]
    if not lines[-1]:
        lines.pop()
    found = _untidy(lines)
    if found is None:
        return ()
    at, what = found
    notes = [line for line in lines if line.startswith("#")]
    wanted = [*notes, *sorted({line for line in lines if not _is_note(line)})]
    end = "\r\n" if "\r\n" in text else "\n"
    start = "\ufeff" if text.startswith("\ufeff") else ""
    tidy = start + "".join(f"{line}{end}" for line in wanted)
    mend = mend_to(text, tidy, "the addresses are sorted now, each once")
    fix = "sort the lines and take out what stands twice, or run `briefbook check --fix`"
    return (warning(Place(PUBLISHED, at), what, fix, mend),)


def _untidy(lines: Sequence[str]) -> tuple[int, str] | None:
    """Return the first line that is out of place, and why; None: none is, or one is no address."""
    if not all(_is_note(line) or _ADDRESS.fullmatch(line) for line in lines):
        return None  # told as a mistake; what it was is not known
    above = ""
    for number, line in enumerate(lines, 1):
        if not line:
            return number, "this line is blank"
        if line.startswith("#"):
            continue
        if line == above:
            return number, f"the address {line} stands twice"
        if line < above:
            return number, f"the address {line} is not in its place: the list is sorted"
        above = line
    return None


def write_addresses(root: Path, addresses: Iterable[str]) -> str | None:
    """Add addresses to `published.txt`; none is ever taken away, nor any line that is none.

    What a merge has left of its order is put right: sorted, each once, without blank lines and the
    marks of git.

    Returns:
        What was written; None: nothing had to be.

    Raises:
        ProblemError: It cannot be read or written.
        ValueError: One of the new ones is no address; a fault of this program.
    """
    addresses = frozenset(addresses)
    if wrong := sorted(one for one in addresses if not _ADDRESS.fullmatch(one)):
        raise ValueError(f"no addresses: {wrong}")
    for _ in range(_TRIES):
        # What somebody saves meanwhile, as `git pull` does, is read and added to.
        with contextlib.suppress(ChangedMeanwhileError):
            return _add_addresses(root, addresses)
    return _add_addresses(root, addresses)


def _add_addresses(root: Path, addresses: frozenset[str]) -> str | None:
    was = _list_bytes(root)
    lines = _lines(was)
    known = {line for line in lines if _ADDRESS.fullmatch(line)}
    kept = [line for line in lines if not is_mark(line)]
    others = [line for line in kept if line and line not in known]  # notes, and mistakes to mend
    wanted = [*others, *sorted(known | addresses)]
    # While a line is to be mended it stays where it was reported.
    is_right = not wanted or kept == [*wanted, ""] or not all(map(_is_note, others))
    if addresses <= known and is_right and kept == lines:
        return None
    text = "".join(f"{line}\n" for line in wanted)
    write_whole(root / PUBLISHED, text.encode("utf-8"), PUBLISHED, was=was)
    return text


def _lines(content: bytes | None) -> list[str]:
    if content is None:
        return []
    try:
        return [line.strip() for line in re.split(r"\r\n|\n|\r", content.decode("utf-8-sig"))]
    except UnicodeDecodeError as wrong:
        what = "this is not UTF-8 text"
        raise ProblemError(error(Place(PUBLISHED), what, "save the file as UTF-8")) from wrong


def _is_note(line: str) -> bool:
    return not line or line.startswith("#")
