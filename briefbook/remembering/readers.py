"""Readers: which nodes were made from which, by number, as the first build notes and stores it."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

# Nodes whose readers stand in one row.
BLOCK = 128
_NUMBERS = "I"


class Noted(Protocol):
    """A node that was answered."""

    number: int
    reads: tuple[int, ...]


class Readers:
    """What was made from what in a first build; takes eight bytes for each."""

    def __init__(self) -> None:
        self._blocks: dict[int, array[int]] = {}  # read, reader, read, reader, …

    def add(self, nodes: Iterable[Noted]) -> None:
        """Note what some nodes were made from."""
        blocks = self._blocks
        for node in nodes:
            for read in node.reads:
                block = blocks.get(read // BLOCK)
                if block is None:
                    block = blocks[read // BLOCK] = array(_NUMBERS)
                block.append(read)
                block.append(node.number)

    def blocks(self, is_there: Callable[[int], bool]) -> Iterator[tuple[int, bytes]]:
        """Yield each block as it is stored, without readers that were dropped since."""
        for number, block in sorted(self._blocks.items()):
            pairs = zip(block[::2], block[1::2], strict=True)
            kept = [pair for pair in pairs if is_there(pair[1])]
            yield number, array(_NUMBERS, (each for pair in kept for each in pair)).tobytes()


def readers_in(stored: bytes) -> dict[int, list[int]]:
    """Return the readers of each node of a stored block."""
    numbers = array(_NUMBERS)
    numbers.frombytes(stored)
    found: dict[int, list[int]] = {}
    for read, reader in zip(numbers[::2], numbers[1::2], strict=True):
        found.setdefault(read, []).append(reader)
    return found
