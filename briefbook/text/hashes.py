"""Hashes: a few digits that stand for a value, to tell whether it is still the same."""

import hashlib
import json

# Made once: `json.dumps` makes one for every call that wants anything but its defaults.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def short_hash(value: object) -> str:
    """Hash a value that JSON can say: 8 hexadecimal digits of SHA-256 over its canonical JSON."""
    canonical = _CANONICAL.encode(value)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def line_hash(line: str) -> str:
    """Hash a line of a source as it stands, without the blanks around it."""
    return short_hash(line.strip())
