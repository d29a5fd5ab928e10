"""One file that is to be made: what `planning` lists and the door of the room makes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from briefbook.model import PublicEntry, Status
from briefbook.publishing.moments import changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One file that is to be made."""

    address: str  # site path
    made_from: str  # for messages, such as "entry x"
    make: Callable[[], str | bytes]
    is_public: bool = True  # a page or feed whose address must answer for good
    is_mapped: bool = False  # it stands in sitemap.xml
    changed: datetime | None = None  # when it last changed, where that is known
    twin: Callable[[], bytes] | None = None  # the same for programs, beside it


def newest_of(entries: Iterable[PublicEntry]) -> datetime | None:
    """Return when the last of the published entries changed; None: none is published."""
    published = (each for each in entries if each.status is Status.PUBLISHED)
    return max(map(changed, published), default=None)
