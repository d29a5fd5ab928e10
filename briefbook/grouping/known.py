"""What is known of words: made when first asked for, as most words of a text come back.

Of hostile texts only so much is remembered, so that memory is bounded.
"""

from collections.abc import Callable
from typing import TypeVar

# Words whose answers are kept in memory: more than a site of one language has.
_MOST_KNOWN = 1 << 17
# A longer run of letters is no word that comes back.
_LONGEST = 64

V = TypeVar("V")


class Known(dict[str, V]):
    """What a pure function makes of words; looked up as fast as any dictionary.

    Forgotten as a whole when it is full. What is longer than any word is made each time.
    """

    def __init__(self, make: Callable[[str], V], most: int = _MOST_KNOWN) -> None:
        """Begin with nothing.

        Args:
            make: Takes a word.
            most: How many words are remembered.
        """
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, word: str) -> V:
        made = self._make(word)
        if len(word) <= _LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[word] = made
        return made
