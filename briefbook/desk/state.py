"""State: what the desk pages are made of and what an act leaves behind; plain values."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefbook.build import Prepared
from briefbook.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an act of the editor did."""

    problems: tuple[Problem, ...] = ()  # why it was not done, or not wholly
    go_to: str = "/_desk/"  # the path of the page that is shown next
    done: str = ""  # what was done, one sentence for the editor; "": nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """What a desk page may show: the folder of the site and its last build."""

    root: Path
    prepared: Prepared | None  # the last that could be made; None: none could yet
    problems: tuple[Problem, ...]  # all of the last build, by place
    now: datetime  # the time of the last build, or of the act
    outcome: Outcome | None = None  # of the act just done; shown on one page, then forgotten
