"""What tells the code of a run from any other: of the program and of what it stands on."""

import os
import sys
import sysconfig
from collections.abc import Iterator
from hashlib import blake2b


def code_mark() -> str:
    """Return what changes with any file of the program, any package beside it, and Python."""
    mark = blake2b(sys.version.encode(), digest_size=16)
    for line in sorted(_files(os.path.dirname(os.path.abspath(__file__)))):
        mark.update(line.encode())
    for name in sorted(_packages()):
        mark.update(f"{name}\n".encode())
    return mark.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """Yield a line for each file of the program."""
    with os.scandir(folder) as found:
        for item in found:
            if item.is_dir():
                if item.name != "__pycache__":
                    yield from _files(item.path)
            else:
                known = item.stat()
                yield f"{item.path} {known.st_size} {known.st_mtime_ns}\n"


def _packages() -> Iterator[str]:
    """Yield the packages that are installed, each with its version."""
    for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        try:
            yield from (name for name in os.listdir(folder) if name.endswith(".dist-info"))
        except OSError:  # no package was ever put there
            continue
