"""`briefings/` and `published.txt` on disk: reading with care, writing whole files or nothing.

This module touches the disk. A file is written beside its place and renamed over it, and only while
the file on disk is still the one that was read: an editor may be saving at this very moment.
"""

import contextlib
import os
import re
from collections.abc import Iterable
from datetime import UTC, tzinfo
from pathlib import Path

from briefbook.briefing.entry import load_entry
from briefbook.briefing.shelf import Briefings, Outcome, gather, hold
from briefbook.files import list_files, read_file
from briefbook.problems import Place, Problem, ProblemError, error, in_order, warning

BRIEFINGS = "briefings"
PUBLISHED = "published.txt"
LARGEST_ENTRY = 8 * 1024 * 1024  # bytes; the largest source, each of its characters escaped

_ADDRESS = re.compile(r"/(?![/\\])[^\s?#\\<>\"]*")


def read_entries(root: Path, *, zone: tzinfo = UTC) -> tuple[Briefings, tuple[Problem, ...]]:
    """Read all entries of a site.

    Args:
        root: The folder of the site.
        zone: The time zone of moments without an offset.

    Returns:
        The entries, without the faulty ones; and every mistake by place.
    """
    paths, entries, listed = list_entries(root)
    briefings, problems = gather((read_entry(root, path, zone=zone) for path in entries), paths)
    return briefings, in_order((*listed, *problems))


def list_entries(root: Path) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Problem, ...]]:
    """List all files in `briefings/`, those of them that are entries, and what is wrong there."""
    paths, problems = list_files(root, BRIEFINGS)
    entries = tuple(path for path in paths if path.casefold().endswith(".md"))
    others = (
        warning(
            Place(path),
            "this file is not read: its name does not end in .md",
            "rename it, or move it out of briefings/",
        )
        for path in paths
        if not path.casefold().endswith(".md")
    )
    return paths, entries, (*problems, *others)


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
    """Add addresses to `published.txt`; none is ever taken away.

    Returns:
        Whether the file had to be written.

    Raises:
        ProblemError: It has lines that are no addresses, or cannot be read or written.
        ValueError: One of the new ones is no address; a fault of this program.
    """
    addresses = frozenset(addresses)
    if wrong := sorted(one for one in addresses if not _ADDRESS.fullmatch(one)):
        raise ValueError(f"no addresses: {wrong}")
    known, problems = read_addresses(root)
    if problems:
        raise ProblemError(*problems)
    together = sorted({*known, *addresses})
    if together == list(known):
        return False
    notes = [line for line in _published_lines(root) if line.startswith("#")]
    text = "".join(f"{line}\n" for line in (*notes, *together))
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
