"""Readings: what reading a file gave, kept with what tells that the file is still what it was.

A stamp proves a file unchanged if it was written before the build that read it began. What was
written at that very moment or later may have been written twice within one tick of the clock, so
its bytes decide; they do too where the stamp is another one.

What a reading says others have to know is kept as ties: rows under a key, so that one finds who
shares it without looking at all readings.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping

from briefbook.files import FileStamp
from briefbook.packing import DamagedStateError
from briefbook.problems import ProblemError
from briefbook.remembering.store import Store, StoredStamp

Tie = tuple[str, str]  # key, and where in the order of those that share it
Reread = Callable[[str], tuple[bytes, object]]


def _nobody(path: str) -> tuple[bytes, object]:
    raise DamagedStateError(f"nothing is known of {path}")


def _untied(_reading: object) -> Iterable[Tie]:
    return ()


class Readings:
    """What reading gave, by path; of one build after the other."""

    def __init__(self, store: Store, ties_of: Callable[[object], Iterable[Tie]] = _untied) -> None:
        """Begin.

        Args:
            store: Where readings are kept.
            ties_of: Returns what a reading is tied by, always the same of a reading.
        """
        self._store = store
        self._ties_of = ties_of
        self._known: dict[str, StoredStamp] = {}
        self._started = 0
        self._stamps: dict[str, StoredStamp] = {}
        self._fresh: dict[str, object] = {}  # what files give that are others than before
        self._again: dict[str, object] = {}  # what others give that were opened once more
        self._light: set[str] = set()  # files of which it is not kept what they give
        self._reread: Reread = _nobody
        self.there: set[str] = set()  # files that can be read
        self.is_other = True  # what is known was read in another way, or nothing is
        self.changed: set[str] = set()  # what is new, or has other bytes than in the build before
        self.opened = 0  # files that had to be opened

    def start(self, way: object, reread: Reread = _nobody) -> None:
        """Begin a build.

        Args:
            way: What the reading of all files depends on, such as their time zone.
            reread: Returns the bytes of a file of which it is not kept what it gives, and that.
        """
        store = self._store
        self._known = {} if store.is_new else {stamp[0]: stamp for stamp in store.stamps()}
        self.is_other = store.is_new or store.fact("way of reading") != way
        store.set_fact("way of reading", way)
        self._started = store.moment()
        self._stamps, self._fresh, self._again = {}, {}, {}
        self._light, self._reread = set(), reread
        self.there, self.changed = set(), set()
        self.opened = 0

    def unproved(self, stamps: Mapping[str, FileStamp]) -> list[str]:
        """Return the files that have to be opened, as `Rereading` says."""
        self.there.update(stamps)
        if self.is_other:
            return [*stamps]
        known = self._known
        return [
            path
            for path, stamp in stamps.items()
            if not ((was := known.get(path)) and was[4] and was[1:4] == stamp)
        ]

    def look(
        self,
        path: str,
        stamp: FileStamp,
        content: Callable[[], bytes],
        make: Callable[[bytes], object],
        *,
        is_kept: bool = True,
    ) -> None:
        """Open a file, and know what it gives from now on, as `Rereading` says."""
        try:
            found = content()
        except Exception:
            self.there.discard(path)
            self.changed.add(path)
            raise
        self.opened += 1
        known = None if self.is_other else self._known.get(path)
        mark = hashlib.sha256(found).digest()
        is_sure = stamp.size >= 0 and stamp.mtime_ns < self._started
        self._stamps[path] = (path, *stamp, is_sure, mark)
        if not known or known[5] != mark:
            self.changed.add(path)
            self._fresh[path] = make(found)
            if not is_kept:
                self._light.add(path)

    @property
    def concerns(self) -> object:
        """What the build before has said of the next one; None: nothing."""
        return self._store.fact("concerns")

    def set_concerns(self, concerns: object) -> None:
        """Say something to the next build."""
        self._store.set_fact("concerns", concerns)

    def reading(self, path: str) -> object:
        """Return what a file that is there gives.

        Raises:
            DamagedStateError: It is not what it was though its stamp says so.
        """
        if path in self._fresh:
            return self._fresh[path]
        if path not in self._again:
            kept = self._store.reading(path)
            self._again[path] = self._opened(path) if kept is None else kept
        return self._again[path]

    def _opened(self, path: str) -> object:
        try:
            content, reading = self._reread(path)
        except ProblemError as why:
            raise DamagedStateError(f"{path} cannot be read any more") from why
        self.opened += 1
        if hashlib.sha256(content).digest() != self.mark(path):
            raise DamagedStateError(f"{path} is another file than was known")
        return reading

    def mark(self, path: str) -> bytes | None:
        """Return the SHA-256 of a file that was read in this build; None: it could not be."""
        stamp = self._stamps.get(path) or self._known.get(path)
        return stamp[5] if stamp and path in self.there else None

    def gone(self) -> set[str]:
        """Return the files that were there in the build before and were not read in this one."""
        return self._known.keys() - self.there

    # ------------------------------------------------------------------ ties

    def ties_before(self, path: str) -> tuple[Tie, ...]:
        """Return what the reading of a file was tied by in the build before."""
        return self._store.ties_of(path) if path in self._known else ()

    def tied(self, key: str) -> list[str]:
        """Return the files whose readings were tied by a key in the build before, in order."""
        return self._store.tied(key)

    def last_tied(self, key: str, many: int) -> list[str]:
        """Return the last files that were tied by a key in the build before, in order."""
        return self._store.last_tied(key, many)

    def retie(self, key: str, among: Iterable[str], tied: Iterable[str]) -> None:
        """Tie files by a key that their readings do not tell.

        Args:
            key: The key.
            among: Of which files something is said; of others what was said holds.
            tied: Those of them that are tied by it now.
        """
        self._store.change_ties(((key, "", each) for each in among), ((key, "", t) for t in tied))

    # ------------------------------------------------------------------ the end of a build

    def take_written(
        self,
        made: Mapping[str, object],
        stamp_of: Callable[[str], tuple[FileStamp, bytes] | None],
    ) -> None:
        """Know files that this build has written, so that the next one need not read them.

        Args:
            made: By path, what reading each will give, which is not kept.
            stamp_of: Returns the stamp of a file, and then its bytes; None: it has others than
                those that were written.
        """
        self._started = self._store.moment()
        for path, reading in made.items():
            self._light.add(path)
            found = stamp_of(path)
            if found is None:
                continue
            self.there.add(path)
            stamp, content = found
            is_sure = stamp.mtime_ns < self._started
            self._stamps[path] = (path, *stamp, is_sure, hashlib.sha256(content).digest())
            self._fresh[path] = reading

    def save(self) -> None:
        """Keep all this with the next commit of the store."""
        gone = self.gone()
        ties = {path: (*self._ties_of(one),) for path, one in self._fresh.items()}
        before = {path: self.ties_before(path) for path in (*gone, *ties)}
        self._store.change_ties(_in_rows(before), _in_rows(ties))
        self._store.drop_stamps(gone)
        self._store.put_stamps(self._stamps.values())
        kept = ((path, one) for path, one in self._fresh.items() if path not in self._light)
        self._store.put_readings(kept)
        self._store.put_ties(ties.items())


def _in_rows(ties: Mapping[str, Iterable[Tie]]) -> Iterator[tuple[str, str, str]]:
    return ((key, turn, path) for path, found in ties.items() for key, turn in found)
