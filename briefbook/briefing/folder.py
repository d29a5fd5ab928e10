"""`briefings/` and `published.txt` on disk: reading with care, writing whole files or nothing.

This module touches the disk. A file is written beside its place and renamed over it, and only while
the file on disk is still the one that was read: an editor may be saving at this very moment.
"""

import contextlib
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path

from briefbook.briefing.entry import load_entry
from briefbook.briefing.shelf import Briefings, FaultyEntry, Outcome, gather, hold
from briefbook.files import list_files, read_file
from briefbook.problems import Place, Problem, ProblemError, error, in_order, warning

BRIEFINGS = "briefings"
PUBLISHED = "published.txt"
LARGEST_ENTRY = 8 * 1024 * 1024  # bytes; the largest source, each of its characters escaped

# The address map: pages, and the files beside them. Anything else could stand in the way of these:
# "/feed.xml/" would be a folder where the feed has to be written.
_ADDRESS = re.compile(
    r"/(?:[a-z0-9-]{1,200}/){0,9}(?:feed\.(?:xml|atom|json)|index\.json)?"
    r"|/(?:feeds\.opml|sitemap\.xml|robots\.txt|404\.html)"
)


def read_entries(root: Path, *, zone: tzinfo = UTC) -> tuple[Briefings, tuple[Problem, ...]]:
    """Read all entries of a site.

    Args:
        root: The folder of the site.
        zone: The time zone of moments without an offset.

    Returns:
        The entries, without the faulty ones; and every mistake by place.
    """
    paths, entries, listed = list_entries(root)
    outcomes = [read_entry(root, path, zone=zone) for path in entries]
    others = (_hold_other(root, path) for path in paths if not _is_entry(path))
    held = (Outcome(found=one, problems=()) for one in others if one.ids or one.hashes)
    briefings, problems = gather((*outcomes, *held), paths)
    return briefings, in_order((*listed, *problems))


def list_entries(root: Path) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Problem, ...]]:
    """List all files in `briefings/`, those of them that are entries, and what is wrong there."""
    paths, problems = list_files(root, BRIEFINGS)
    entries = tuple(path for path in paths if _is_entry(path))
    others = (
        warning(
            Place(path),
            "this file is not read: its name does not end in .md",
            "rename it, or move it out of briefings/",
        )
        for path in paths
        if not _is_entry(path)
    )
    return paths, entries, (*problems, *others)


def _is_entry(path: str) -> bool:
    return path.casefold().endswith(".md")


def _hold_other(root: Path, path: str) -> FaultyEntry:
    """Let an entry that was renamed to `x.markdown` keep its source from making a second one."""
    text = ""
    with contextlib.suppress(ProblemError):  # that it is not read is told anyway
        text = read_file(root, path, limit=LARGEST_ENTRY).decode("utf-8", "replace")
    # Not by path: an editor's backup of an entry would hold whatever is pasted there next.
    return replace(hold(path, text), sources=frozenset())


def read_entry(root: Path, path: str, *, zone: tzinfo = UTC) -> Outcome:
    """Read one entry; a faulty one is an outcome too."""
    text = ""
    try:
        content = read_file(root, path, limit=LARGEST_ENTRY)
        text = content.decode("utf-8", "replace")
        _refuse_other_encodings(content, path)
        loaded, warnings = load_entry(text, path, zone=zone)
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
        now = "" if os.path.lexists(root / path) else None
    if now != was:
        what = "the file was changed while the program was working, and is left as it is"
        raise ProblemError(error(Place(path), what, "run the same command again"))
    _write_whole(root / path, text, path)


def _write_whole(file: Path, text: str, path: str) -> None:
    file = file.resolve()  # a link keeps being one, what it leads to is written
    # A fixed name: what a killed build left behind is overwritten by the next one.
    beside = file.with_name(f".{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with beside.open("xb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(OSError):  # a new file, or a disk without modes
            beside.chmod(file.stat().st_mode & 0o7777)
        beside.replace(file)
    except OSError as reason:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        what = f"it cannot be written: {reason.strerror}"
        fix = "check the disk and who may write there"
        raise ProblemError(error(Place(path), what, fix)) from reason


def read_addresses(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Read `published.txt`: every address ever published, sorted; and lines that are none."""
    try:
        lines = _published_lines(root)
    except ProblemError as unreadable:
        return (), unreadable.problems
    problems = [
        error(
            Place(PUBLISHED, number),
            f"'{line[:60]}' is not an address of this site",
            "each line is an address that starts with /; delete or mend this one",
        )
        for number, line in enumerate(lines, 1)
        if not _is_note(line) and not _ADDRESS.fullmatch(line)
    ]
    return tuple(sorted({line for line in lines if _ADDRESS.fullmatch(line)})), tuple(problems)


def write_addresses(root: Path, addresses: Iterable[str]) -> bool:
    """Add addresses to `published.txt`; none is ever taken away, nor any line that is none.

    What a merge has left of its order is put right: sorted, each once, without blank lines.

    Returns:
        Whether the file had to be written.

    Raises:
        ProblemError: It cannot be read or written.
        ValueError: One of the new ones is no address; a fault of this program.
    """
    addresses = frozenset(addresses)
    if wrong := sorted(one for one in addresses if not _ADDRESS.fullmatch(one)):
        raise ValueError(f"no addresses: {wrong}")
    lines = _published_lines(root)
    known = {line for line in lines if _ADDRESS.fullmatch(line)}
    others = [line for line in lines if line and line not in known]  # notes, and mistakes to mend
    wanted = [*others, *sorted(known | addresses)]
    # While a line is to be mended it stays where it was reported.
    is_right = not wanted or lines == [*wanted, ""] or not all(map(_is_note, others))
    if addresses <= known and is_right:
        return False
    text = "".join(f"{line}\n" for line in wanted)
    _write_whole(root / PUBLISHED, text, PUBLISHED)
    return True


def _published_lines(root: Path) -> list[str]:
    if not (root / PUBLISHED).exists():
        return []
    content = read_file(root, PUBLISHED, limit=64 * 1024 * 1024)
    try:
        return [line.strip() for line in re.split(r"\r\n|\n|\r", content.decode("utf-8-sig"))]
    except UnicodeDecodeError as wrong:
        what = "this is not UTF-8 text"
        raise ProblemError(error(Place(PUBLISHED), what, "save the file as UTF-8")) from wrong


def _is_note(line: str) -> bool:
    return not line or line.startswith("#")
