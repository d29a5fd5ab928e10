"""What tells the code of a run from any other: of the program and of what it stands on."""

import os
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b


def code_mark() -> str:
    """Return what changes with any file of the program, any package beside it, and Python.

    Not with when they were put there: a build on a fresh machine knows the state of the one before.
    """
    mark = blake2b(sys.version.encode(), digest_size=16)
    top = os.path.dirname(os.path.abspath(__file__))
    for path in sorted(program_files(top)):
        with open(path, "rb") as file:
            content = file.read()
        mark.update(f"{path[len(top) :]} {len(content)}\n".encode() + content)
    for name in sorted(_packages()):
        mark.update(f"{name}\n".encode())
    return mark.hexdigest()


@cache
def running_mark() -> str:
    """Return the mark of the program that runs; what is put in its place meanwhile does not."""
    return code_mark()


def program_files(folder: str) -> Iterator[str]:
    """Yield the path of each file of the program below a folder, without what Python compiled."""
    with os.scandir(folder) as found:
        for item in found:
            if item.is_dir():
                if item.name != "__pycache__":
                    yield from program_files(item.path)
            else:
                yield item.path


def _packages() -> Iterator[str]:
    """Yield the packages that are installed, each with its version."""
    for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        try:
            yield from (name for name in os.listdir(folder) if name.endswith(".dist-info"))
        except OSError:  # no package was ever put there
            continue
