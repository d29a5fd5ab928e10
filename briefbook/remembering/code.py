"""What tells the code that made answers from any other: of the program and of what it stands on."""

import sys
import sysconfig
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path


def code_mark() -> str:
    """Return what changes with any file of the program, any package beside it, and Python."""
    mark = blake2b(sys.version.encode(), digest_size=16)
    here = Path(__file__).parents[1]
    for path in sorted(here.rglob("*")):
        if "__pycache__" not in path.parts and path.is_file():
            known = path.stat()
            mark.update(f"{path} {known.st_size} {known.st_mtime_ns}\n".encode())
    for name in sorted(_packages()):
        mark.update(f"{name}\n".encode())
    return mark.hexdigest()


def _packages() -> Iterator[str]:
    """Yield the packages that are installed, each with its version."""
    for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        yield from (path.name for path in Path(folder).glob("*.dist-info"))
