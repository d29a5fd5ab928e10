"""What a folder holds, and what a build has done to it."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

Snapshot = dict[str, tuple[bytes, int, int]]  # path -> hash, time of writing in ns, inode


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a folder differs from what it was."""

    files: int  # there are now
    new: int
    gone: int
    rewritten: int  # written again, whatever their content
    changed: int  # of these the ones whose content differs


def snapshot(folder: Path) -> Snapshot:
    found: Snapshot = {}
    for directory, _, names in os.walk(folder):
        for name in names:
            path = Path(directory, name)
            about = path.stat()
            digest = hashlib.blake2b(path.read_bytes(), digest_size=12).digest()
            found[str(path)] = digest, about.st_mtime_ns, about.st_ino
    return found


def difference(was: Snapshot, now: Snapshot) -> Change:
    both = was.keys() & now.keys()
    return Change(
        files=len(now),
        new=len(now.keys() - was.keys()),
        gone=len(was.keys() - now.keys()),
        rewritten=sum(was[path][1:] != now[path][1:] for path in both),
        changed=sum(was[path][0] != now[path][0] for path in both),
    )


def size(folder: Path) -> int:
    """Return the bytes of all files in a folder; 0 where there is none."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
