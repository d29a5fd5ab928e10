"""Jobs: what one act of an editor is given, and what it gives back; plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from briefbook.briefing import LoadedEntry
from briefbook.desk.raw_texts import RawText
from briefbook.model import Site
from briefbook.problems import Place, Problem, ProblemError, error

_LONGEST_TOLD = 300  # characters of a new value in a message; what it replaces is told whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An entry as it is to be, and what to say of it."""

    now: LoadedEntry
    said: str
    undo: Mapping[str, str]  # the fields of the form that undoes it; none: nothing does


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One act on one entry."""

    loaded: LoadedEntry  # as its file says
    raw: RawText | None
    site: Site
    addresses: tuple[str, ...]  # every address ever published
    now: datetime  # aware
    form: Mapping[str, str]

    def one(self, key: str) -> str:
        """Return a value of the form; "" where it is not there."""
        return self.form.get(key, "")

    def sentence(self, key: str) -> str:
        """Return a value of the form in one line."""
        return " ".join(self.one(key).split())

    @property
    def today(self) -> date:
        """The day it is, where the site is."""
        return self.day(self.now)

    def day(self, moment: datetime) -> date:
        """Return the day of a moment, where the site is."""
        return moment.astimezone(ZoneInfo(self.site.timezone)).date()

    def refusal(self, key: str, what: str, fix: str) -> Problem:
        """Return why the act is not done, at a key of the entry."""
        return error(self.loaded.place(key), what, fix)


def refuse_own(job: Job, lines: Sequence[str]) -> None:
    """Refuse to write an entry that is the editor's own work; say what to put there."""
    if job.loaded.entry.parsed is None:
        what = "this entry is your own work, which the program never writes"
        fix = f"put this into its front matter yourself: {' '.join(lines)}"
        raise ProblemError(error(Place(job.loaded.path), what, fix))


def cut(text: str) -> str:
    """Shorten a text for a message."""
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"
