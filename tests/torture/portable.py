"""The rules of names on Windows and macOS, written down once more to check what was written by.

From what the makers of the systems say: no name of a device with any ending, no < > : " / \\ | ? *,
no control character, no point or space at the end, no name of more than 255 bytes; and on disks of
macOS and Windows two names that differ in case, or in how é is written, are one.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

_DEVICES = {"CON", "PRN", "AUX", "NUL"}
_DEVICES |= {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}
# Of a path from the folder of the site: 260 on Windows, less what stands before it.
LONGEST_PATH = 200


def faults(path: str) -> list[str]:
    """Return what is wrong with a path with forward slashes on some system."""
    found = [] if len(path) <= LONGEST_PATH else [f"longer than {LONGEST_PATH}"]
    for name in path.split("/"):
        if name.split(".")[0].rstrip().upper() in _DEVICES:
            found.append(f"{name} is a device")
        if not name or name[-1] in ". " or name[0] in " ":
            found.append(f"{name!r} begins or ends wrongly")
        if any(sign in '<>:"/\\|?*' or ord(sign) < 32 or ord(sign) == 127 for sign in name):
            found.append(f"{name!r} has a sign that is refused")
        if len(name.encode("utf-8", "surrogatepass")) > 250:
            found.append(f"{name[:20]}… is too long")
        if unicodedata.normalize("NFC", name) != name:
            found.append(f"{name!r} is written apart")
    return found


def twins(paths: Iterable[str]) -> list[str]:
    """Return what several of these paths are to a disk that folds case and ways to write é."""
    decomposed = (unicodedata.normalize("NFD", path) for path in paths)
    folded = Counter(unicodedata.normalize("NFD", path.casefold()) for path in decomposed)
    return [path for path, count in folded.items() if count > 1]
