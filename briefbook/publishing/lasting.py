"""What takes long to work out about languages, and is the same in each build.

How a day is written, which form a number takes, what the words files say: all depends on what is
asked and on the version of the program, and on nothing else. So a process may begin with what an
earlier one of this very version knew; then it need not load what knows the languages of the world.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")

# By what was asked. All of it can be packed.
KNOWN: dict[tuple[Hashable, ...], object] = {}
# The days and numbers of a site of decades; where it is more, all is forgotten.
_MOST = 20_000


def known(asked: tuple[Hashable, ...], answer: Callable[[], T]) -> T:
    """Return the answer to what is asked, which is worked out where nobody has done so.

    Args:
        asked: Plain values that tell this from all else that is ever asked here.
        answer: Works it out; what it returns is never changed.
    """
    if asked not in KNOWN:
        if len(KNOWN) >= _MOST:
            KNOWN.clear()
        KNOWN[asked] = answer()
    return cast(T, KNOWN[asked])
