"""Program: what runs here, so that two machines can tell whether they would parse alike."""

import sys
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import briefbook
from briefbook.codemark import program_files
from briefbook.parsing import PARSER

# What calls that are sent elsewhere use of others; another version may answer otherwise.
_LIBRARIES = ("markdown", "nh3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Everything that decides what a pure function of ours returns."""

    python: str  # such as 3.11.7; patch releases have read regular expressions differently
    briefbook: str
    parser: int
    libraries: tuple[str, ...]  # name and version
    code: str  # of our modules and their data, hexadecimal

    def unlike(self, other: "Program") -> str:
        """Say what differs, first ours, such as "python 3.11.7 and 3.12.1"; "" where nothing."""
        return "; ".join(
            f"{field.name} {_said(mine)} and {_said(theirs)}"
            for field in fields(self)
            if (mine := getattr(self, field.name)) != (theirs := getattr(other, field.name))
        )


@cache
def program() -> Program:
    """Return what runs in this process."""
    return Program(
        python=".".join(map(str, sys.version_info[:3])),
        briefbook=briefbook.__version__,
        parser=PARSER,
        libraries=tuple(f"{name} {_version(name)}" for name in _LIBRARIES),
        code=_code(Path(briefbook.__file__).parent),
    )


def _code(folder: Path) -> str:
    """Return the hash of all modules and of the tables beside them.

    Templates make no difference to what is parsed, and an installed package holds more of them.
    """
    found = sha256()
    for path in sorted(map(Path, program_files(str(folder)))):
        inside = path.relative_to(folder)
        if "templates" in inside.parts:
            continue
        content = path.read_bytes()
        found.update(f"{inside.as_posix()}\n{len(content)}\n".encode() + content)
    return found.hexdigest()[:16]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
