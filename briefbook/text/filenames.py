"""Names of files that every system takes: Windows and macOS refuse or confuse more than Linux does.

Who makes a site on one system hands it on to another: by git, on a stick, to a host.
"""

import re
import unicodedata

# Bytes; most disks take 255, and a number, an ending or a sign is often put to a name.
LONGEST_NAME = 200
# Names that Windows keeps for devices, whatever ending they have.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
_REFUSED = re.compile('[<>:"/\\\\|?*\0-\x1f\x7f]')


def is_device(name: str) -> bool:
    """Tell whether Windows keeps a name for a device, as it does aux and aux.txt."""
    return name.partition(".")[0].rstrip(" ").casefold() in _DEVICES


def refused_name(name: str) -> str:
    """Say why some system does not take a name of a file or folder; "" where all do."""
    if is_device(name):
        return "Windows keeps this name for a device"
    if found := _REFUSED.search(name):
        sign = found[0] if found[0].isprintable() else f"\\x{ord(found[0]):02x}"
        return f"Windows takes no {sign} in a name"
    if name != name.rstrip(". "):
        return "Windows takes no name that ends with a point or a space"
    if len(name.encode("utf-8", "surrogateescape")) > LONGEST_NAME:
        return f"it has more than {LONGEST_NAME} bytes, and with an ending more than disks take"
    return ""


def folded_name(name: str) -> str:
    """Return what is the same of names or paths that some disk takes for one.

    Those of macOS and Windows fold case, and those of macOS also two ways to write é.
    """
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
