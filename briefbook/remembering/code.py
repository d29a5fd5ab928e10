"""What tells the code that made answers from any other: of the program and of what it stands on."""

import os
import sys
import sysconfig
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path


def code_mark() -> str:
    """Return what changes with any file of the program, any package beside it, and Python.

    Not with when they were put there: a build on a fresh machine knows the state of the one before.
    """
    mark = blake2b(sys.version.encode(), digest_size=16)
    here = Path(__file__).parents[1]
    for path in sorted(_files(here)):
        content = path.read_bytes()
        mark.update(f"{path.relative_to(here)} {len(content)}\n".encode() + content)
    for name in sorted(_packages()):
        mark.update(f"{name}\n".encode())
    return mark.hexdigest()


def _files(top: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(top):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        yield from (Path(folder, name) for name in names)


def _packages() -> Iterator[str]:
    """Yield the packages that are installed, each with its version."""
    for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        yield from (path.name for path in Path(folder).glob("*.dist-info"))
