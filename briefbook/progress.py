"""Progress: how a long step tells a terminal how far it is, without knowing of terminals."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Put around the work of a long step; what it returns is to be gone through once."""

    def __call__(self, what: str, work: Sequence[T]) -> Iterable[T]:
        """Return the same work in the same order, watched."""


def silent(what: str, work: Sequence[T]) -> Iterable[T]:
    """Watch nothing."""
    return work
