"""Names that are written in several ways, such as those of outlets: which of them mean one."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from briefbook.text.naming import plain_slug, text_hash
from briefbook.text.words import collapsed

_REMEMBERED = 1 << 12  # names whose folded form is remembered


class Spellings:
    """What somebody says about spellings, and what everybody takes for one anyway.

    Case, accents, punctuation and white space never make two names of one.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        """Take groups of spellings, the preferred one of each first; the first group wins."""
        self._preferred: dict[str, str] = {}
        for group in groups:
            for spelling in group:
                self._preferred.setdefault(fold_name(spelling), group[0])

    def preferred(self, name: str) -> str:
        """Return a name as it shall be shown."""
        return self._preferred.get(fold_name(name), collapsed(name))

    def key(self, name: str) -> str:
        """Return what all spellings of a name have in common; "" only for an empty one."""
        return fold_name(self.preferred(name))


@lru_cache(maxsize=_REMEMBERED)
def fold_name(name: str) -> str:
    """Return a name for comparing, fit for an address; one of signs only is hashed."""
    return plain_slug(name) or (f"name-{text_hash(name)}" if collapsed(name) else "")
