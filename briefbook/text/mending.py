"""Mending: make recorded changes to a line, and take them back."""

from collections.abc import Sequence
from typing import Protocol


class Change(Protocol):
    """One recorded change of a line."""

    @property
    def start(self) -> int:
        """Offset in the line as it stood before, in characters."""

    @property
    def was(self) -> str:
        """What stood there."""

    @property
    def now(self) -> str:
        """What stands there instead."""


def apply(text: str, changes: Sequence[Change]) -> str:
    """Return a line with its changes made; they are in order and do not overlap."""
    if not changes:
        return text
    parts: list[str] = []
    at = 0
    for change in changes:
        parts += [text[at : change.start], change.now]
        at = change.start + len(change.was)
    return "".join([*parts, text[at:]])


def undo(text: str, changes: Sequence[Change]) -> str:
    """Return a changed line as it stood before: the inverse of `apply`."""
    parts: list[str] = []
    at = shift = 0
    for change in changes:
        start = change.start + shift
        parts += [text[at:start], change.was]
        at = start + len(change.now)
        shift += len(change.now) - len(change.was)
    return "".join([*parts, text[at:]])
