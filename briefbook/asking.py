"""Asking: how rooms say what is made from what, without knowing that answers are kept.

A room names its pure functions as questions of a key, and the lists they are filed in as groups.
`remembering` answers: it keeps each answer with what it was made from, and asks anew only where
that has changed. Keys are strings; parts of a key are joined by `joined`.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

# family, key of the group, sort key, value: a row that something puts into a group
Row = tuple[str, str, str, str]

# No slug, path or address has it.
_SEPARATOR = "\x1f"
_WITHIN = "\x1e"


class Question(Protocol[T_co]):
    """A pure function of a key whose answers are kept."""

    @property
    def name(self) -> str:
        """What it is called; no other is called so."""

    def __call__(self, key: str) -> T_co:
        """Return the answer, which must not be changed by anybody."""


class Groups(Protocol):
    """Lists of one family, each under its key, in the order of the sort keys of their rows."""

    def members(self, key: str) -> tuple[str, ...]:
        """Return the values of a group, in order."""

    def count(self, key: str) -> int:
        """Return how many rows a group has."""

    def newest(self, key: str, many: int) -> tuple[str, ...]:
        """Return the last values of a group, last first."""

    def beside(self, key: str, sort: str, value: str) -> tuple[str | None, str | None]:
        """Return the values before and after a row of a group."""

    def ahead(self, key: str, sort: str) -> int:
        """Return how many rows of a group stand before a sort key."""

    def latest(self, key: str, sort: str, many: int) -> tuple[str, ...]:
        """Return the last values of a group that stand before a sort key, in order."""

    def near(self, key: str) -> tuple[str | None, str | None]:
        """Return the groups with rows before and after one whose keys differ in the last part."""

    def counts(self, start: str = "") -> tuple[tuple[str, int], ...]:
        """Return the keys that begin so and have rows, sorted, and how many rows each has."""


class Asks(Protocol):
    """Takes questions and groups."""

    def question(
        self, name: str, make: Callable[[str], T], *, is_large: bool = False
    ) -> Question[T]:
        """Return a question that a function answers, which may ask others.

        Args:
            name: Its name.
            make: The function.
            is_large: Its answers take much memory and are seldom asked for again.
        """

    def far_question(
        self,
        name: str,
        near: Callable[[str], tuple[Any, ...]],
        far: Callable[..., T],
        *,
        is_large: bool = False,
    ) -> Question[T]:
        """Return a question whose work, a function of what `near` returns, is done elsewhere."""

    def family(self, name: str) -> Groups:
        """Return the groups of a family."""


def joined(*parts: str) -> str:
    """Return a key of several parts."""
    return _SEPARATOR.join(parts)


def ranked(*parts: str) -> str:
    """Return a sort key of several parts, in the order of the first, then of the next.

    Sort keys stand within keys, and the name of a file may have any character.
    """
    return _WITHIN.join(parts).replace(_SEPARATOR, _WITHIN)


def parted(key: str, most: int = -1) -> list[str]:
    """Return the parts of a key.

    Args:
        key: The key.
        most: How many there are where the last may have any character, as an editor's words may.
    """
    return key.split(_SEPARATOR, most - 1 if most > 0 else -1)
