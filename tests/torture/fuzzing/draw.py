"""Choices out of bytes, so that one generator serves all who make input.

A fuzzer that looks at coverage changes bytes, hypothesis shrinks bytes, and a seed gives bytes:
what is made of them is the same for the same bytes. Where they end, each choice is the first.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Reads choices from bytes, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to choose by."""
        return self._at >= len(self._data)

    def below(self, end: int) -> int:
        """Return a number from 0 to `end` - 1, for ends up to 65,536."""
        if end <= 1:
            return 0
        number = self._byte()
        return (number if end <= 256 else number << 8 | self._byte()) % end

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of some things."""
        return choices[self.below(len(choices))]

    def seldom(self, one_in: int = 8) -> bool:
        """Tell whether something unusual happens; never, where nothing is left."""
        return not self.is_empty and self.below(one_in) == one_in - 1

    def some(self, make: "Callable[[Draw], T]", most: int) -> list[T]:
        """Return up to `most` things, fewer where nothing is left to choose by."""
        found: list[T] = []
        for _ in range(self.below(most + 1)):
            if self.is_empty:
                break
            found.append(make(self))
        return found

    def rest(self) -> bytes:
        """Return all that is left."""
        left = self._data[self._at :]
        self._at = len(self._data)
        return left

    def _byte(self) -> int:
        if self.is_empty:
            return 0
        self._at += 1
        return self._data[self._at - 1]
