"""What stands at an address, before it is made."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from briefbook.problems import Problem


class Turn(IntEnum):
    """When a file is written: a killed build must not leave a list that leads nowhere."""

    PARTS = 0  # what pages need to look right
    ENTRIES = 1
    SUBJECTS = 2  # about several entries
    LISTS = 3
    OVERVIEWS = 4
    FEEDS = 5
    MAPS = 6  # what names all others


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One file that is to be made."""

    made_from: str  # for messages, such as "entry x"
    turn: Turn = Turn.LISTS
    is_public: bool = True  # a page or feed whose address must answer for good
    is_mapped: bool = False  # it stands in the site map
    changed: datetime | None = None  # when it last changed, where that is known
    month: str = ""  # that it is of, such as "2026-11"; "": of none
    rivals: tuple[str, ...] = ()  # what else wants the address and cannot have it
    is_gone: bool = False  # it was published, and nothing stands there now


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One file that was made, or what was wrong."""

    content: bytes | None
    problems: tuple[Problem, ...] = ()
