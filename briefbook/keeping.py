"""What one build keeps for the next, and what becomes of a build where that is lost or damaged."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from briefbook import publishing
from briefbook.composing import Composition
from briefbook.neighbours import ties_of
from briefbook.problems import Place, Problem, ProblemError, note
from briefbook.remembering import (
    FOLDER,
    Calls,
    DamagedStateError,
    Memory,
    Readings,
    StateInUseError,
    Store,
    is_read_only,
    is_refused,
    running_mark,
)

T = TypeVar("T")

_STATE = Place(FOLDER)


class Kept:
    """What one build has made and the next need not make again."""

    def __init__(self, place: Path | None = None) -> None:
        """Begin.

        Args:
            place: The folder of the build state; None: it is kept as long as this object.
        """
        self.calls = Calls()
        self._code = running_mark() if place else ""
        self.store = Store(place, self._code)
        self.is_lasting = place is not None
        self._begin()

    def _begin(self) -> None:
        self.readings = Readings(self.store, ties_of)
        self.composition = Composition(Memory(self.store))

    def begin_anew(self) -> None:
        """Throw away what was kept, as it is damaged."""
        publishing.forget_kept()
        self.store.begin_anew(self._code)
        self._begin()

    def keep(self) -> None:
        """Keep what was made, for the next build."""
        if self.is_lasting:
            self.readings.save()
        self.composition.keep()

    def close(self) -> None:
        """Let go of the build state; what was not kept is lost."""
        self.store.close()


def with_kept(root: Path, work: Callable[[Kept], T]) -> tuple[T, tuple[Problem, ...]]:
    """Work with what was kept: anew where that is damaged, without where the disk refuses it.

    Returns:
        What the work gives, and what there is to say of the build state.
    """
    kept, told = _opened(root)
    with contextlib.closing(kept):
        was_new = kept.store.is_new
        try:
            return work(kept), told
        except (ProblemError, OSError, MemoryError):  # these say what is wrong
            raise
        except Exception as fault:
            # Who may not write was told so when it was opened; amid a build it is damage.
            if is_refused(fault) and not is_read_only(fault):
                publishing.forget_kept()
                return work(Kept()), (_unkept(fault),)
            # What is damaged may end a build in anything; what is no damage ends the next one too.
            if was_new and not isinstance(fault, (sqlite3.DatabaseError, DamagedStateError)):
                raise
        return _anew(work, kept)


def _opened(root: Path) -> tuple[Kept, tuple[Problem, ...]]:
    """Return what the build before has kept; where that cannot be had, begin with nothing."""
    try:
        return Kept(root / FOLDER), ()
    except (StateInUseError, sqlite3.OperationalError, OSError) as fault:
        return Kept(), (_unkept(fault),)


def _anew(work: Callable[[Kept], T], kept: Kept) -> tuple[T, tuple[Problem, ...]]:
    what = "what the build before had kept was damaged, so all was made anew"
    damaged = note(_STATE, what, "look at the disk if you see this again", is_passing=True)
    try:
        kept.begin_anew()
    except (sqlite3.DatabaseError, OSError) as fault:
        return work(Kept()), (damaged, _unkept(fault))
    try:
        return work(kept), (damaged,)
    except sqlite3.DatabaseError as fault:
        return work(Kept()), (damaged, _unkept(fault))


def keep(kept: Kept) -> tuple[Problem, ...]:
    """Keep what was made for the next build, where that is possible, and let go of the state.

    What is damaged is met here last: it is raised, and the build is made once more without it.
    """
    try:
        kept.keep()
    except sqlite3.OperationalError as fault:
        if not is_refused(fault):
            raise
        return (_unkept(fault),)
    finally:
        kept.close()
    return ()


def _unkept(fault: Exception) -> Problem:
    said = getattr(fault, "strerror", None) or fault
    what = f"what was made could not be kept for the next build: {said}"
    fix = f"see that the disk has room and that {FOLDER}/ is a folder that can be written"
    return note(_STATE, what, fix, is_passing=True)
