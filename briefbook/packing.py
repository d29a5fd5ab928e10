"""Answers as bytes and back; what was damaged or made by a stranger is refused, never run.

Bytes of the build state may come from anywhere: a failing disk, a folder somebody handed on. So
each answer carries a checksum, and nothing is called for it but plain values and classes of ours.
Compiled templates are kept too, and are code as the templates are; SECURITY.md says so.
"""

import io
import pickle
from enum import EnumMeta
from typing import Any, cast
from zlib import crc32
from zoneinfo import ZoneInfo

_SUM = 4  # bytes
# Whatever they are called with, they only make values.
_VALUES = frozenset(
    (
        ("builtins", "bytearray"),
        ("builtins", "complex"),
        ("builtins", "frozenset"),
        ("builtins", "range"),
        ("builtins", "set"),
        ("builtins", "slice"),
        ("collections", "Counter"),
        ("collections", "OrderedDict"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("markupsafe", "Markup"),
        ("pathlib", "PosixPath"),
        ("pathlib", "PurePosixPath"),
        ("zoneinfo", "ZoneInfo"),
        ("zoneinfo", "ZoneInfo._unpickle"),
    )
)


class DamagedStateError(Exception):
    """The build state is not what was written there."""


class _Unpickler(pickle.Unpickler):
    """Makes values of bytes, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that values are made of.

        Raises:
            DamagedStateError: It is none.
        """
        if (module, name) == ("builtins", "getattr"):
            return _attribute
        if (module, name) not in _VALUES and not module.startswith("briefbook."):
            raise DamagedStateError(f"{module}.{name} makes no answer")
        found = super().find_class(module, name)
        # A module of ours knows others by name too.
        is_ours = isinstance(found, type) and found.__module__.startswith("briefbook.")
        if (module, name) not in _VALUES and not is_ours:
            raise DamagedStateError(f"{module}.{name} makes no answer")
        return found


def _attribute(owner: object, name: str) -> object:
    """Return what makes a time zone, or a member of an enumeration of ours.

    Both are asked for as if they were any attribute, members by some versions of Python only.
    """
    if owner is ZoneInfo and name == "_unpickle":
        return ZoneInfo._unpickle  # type: ignore[attr-defined] # what it pickles itself by
    is_ours = isinstance(owner, EnumMeta) and owner.__module__.startswith("briefbook.")
    if not is_ours or name not in cast(EnumMeta, owner).__members__:
        raise DamagedStateError(f"{name} makes no answer")
    return cast(EnumMeta, owner).__members__[name]


def packed(answer: object) -> bytes:
    """Return an answer as bytes."""
    blob = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    return crc32(blob).to_bytes(_SUM, "big") + blob


def unpacked(blob: bytes) -> object:
    """Return the answer of bytes.

    Raises:
        DamagedStateError: They are not what `packed` returned, or not of ours.
    """
    content = blob[_SUM:]
    if crc32(content).to_bytes(_SUM, "big") != blob[:_SUM]:
        raise DamagedStateError("an answer is not what was written")
    return _Unpickler(io.BytesIO(content)).load()
