"""Swapping: two files change places at one blow, on systems that can do that.

Python has no name for it. Linux and macOS have, on most of their disks.
"""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_NAMES = {"linux": "renameat2", "darwin": "renamex_np"}
_HERE = -100  # AT_FDCWD: names are from the folder of the process
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_CANNOT = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})


def swap(one: Path, other: Path) -> bool:
    """Let two files change places; whoever looks finds the one or the other, never none.

    Returns:
        Whether it was done; else this system or this disk cannot.

    Raises:
        OSError: One of them is not there, or it is not allowed.
    """
    exchange = _exchange()
    if exchange is None:
        return False
    if exchange(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one))


@cache
def _exchange() -> Callable[[bytes, bytes], int] | None:
    """Return what the system has for it, which returns 0 where it was done."""
    name = _NAMES.get(sys.platform)
    if name is None:
        return None
    try:
        rename = ctypes.CDLL(None, use_errno=True)[name]
    except (AttributeError, OSError):  # an older system
        return None
    if name == "renameat2":
        return lambda one, other: int(rename(_HERE, one, _HERE, other, _EXCHANGE))
    return lambda one, other: int(rename(one, other, _EXCHANGE))
