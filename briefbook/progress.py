"""Progress: how a long step tells a terminal how far it is, without knowing of terminals."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Called around a sequence that will be worked through."""

    def __call__(self, what: str, work: Sequence[T]) -> Sequence[T]:
        """Return the same sequence, watched."""


def silent(what: str, work: Sequence[T]) -> Sequence[T]:
    """Watch nothing."""
    return work
