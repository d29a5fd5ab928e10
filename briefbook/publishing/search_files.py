"""The files of a search index, as they are known before anything that makes them is loaded."""

from collections.abc import Callable
from dataclasses import dataclass

FOLDER = "pagefind/"


def _no_file(path: str) -> bytes:
    raise KeyError(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """The files of a search index, which are made when they are asked for."""

    paths: tuple[str, ...] = ()  # inside the output folder, sorted
    lasting: frozenset[str] = frozenset()  # those that never have another content
    is_same: bool = False  # as in the build before; False: nobody knows
    content: Callable[[str], bytes] = _no_file  # about one of the paths


NO_INDEX = SearchIndex()
