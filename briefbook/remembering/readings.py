"""Readings: what reading a file gave, kept with what tells that the file is still what it was.

A stamp proves a file unchanged if it was written before the build that read it began. What was
written at that very moment or later may have been written twice within one tick of the clock, so
its bytes decide; they do too where the stamp is another one.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from briefbook.files import FileStamp
from briefbook.remembering.store import Store, StoredStamp

T = TypeVar("T")


class Readings:
    """What reading gave, by path; of one build after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, StoredStamp] = {}
        self._is_other = True  # what is known was read in another way
        self._started = 0
        self._stamps: dict[str, StoredStamp] = {}
        self._fresh: dict[str, object] = {}
        self._there: set[str] = set()
        self.changed: set[str] = set()  # what is new, or has other bytes than in the build before
        self.opened = 0  # files that had to be opened

    def start(self, way: object) -> None:
        """Begin a build.

        Args:
            way: What the reading of all files depends on, such as their time zone.
        """
        store = self._store
        self._known = {} if store.is_new else {stamp[0]: stamp for stamp in store.stamps()}
        self._is_other = store.fact("way of reading") != way
        store.set_fact("way of reading", way)
        self._started = store.moment()
        self._stamps, self._fresh = {}, {}
        self._there, self.changed = set(), set()
        self.opened = 0

    def read(
        self, path: str, stamp: FileStamp, content: Callable[[], bytes], make: Callable[[bytes], T]
    ) -> T:
        """Return what a file gives.

        Args:
            path: The file.
            stamp: What tells that it is what it was; of now or from before.
            content: Reads its bytes; what it raises is raised, and nothing is kept.
            make: A pure function of these and the path, always the same for a path.
        """
        self._there.add(path)
        known = None if self._is_other else self._known.get(path)
        if known and known[4] and known[1:4] == stamp:
            return cast(T, self._store.reading(path))
        try:
            found = content()
        except Exception:
            self._there.discard(path)
            self.changed.add(path)
            raise
        self.opened += 1
        return self._take(path, stamp, found, make)

    def _take(self, path: str, stamp: FileStamp, content: bytes, make: Callable[[bytes], T]) -> T:
        known = None if self._is_other else self._known.get(path)
        mark = hashlib.sha256(content).digest()
        is_sure = stamp.size >= 0 and stamp.mtime_ns < self._started
        self._stamps[path] = (path, *stamp, is_sure, mark)
        if known and known[5] == mark:
            return cast(T, self._store.reading(path))
        self.changed.add(path)
        made = make(content)
        self._fresh[path] = made
        return made

    def mark(self, path: str) -> bytes | None:
        """Return the SHA-256 of a file that was read in this build; None: it could not be."""
        stamp = self._stamps.get(path) or self._known.get(path)
        return stamp[5] if stamp and path in self._there else None

    def gone(self) -> set[str]:
        """Return the files that were there in the build before and were not read in this one."""
        return self._known.keys() - self._there

    def take_written(
        self, made: Mapping[str, T], stamp_of: Callable[[str], tuple[FileStamp, bytes] | None]
    ) -> None:
        """Know files that this build has written, so that the next one need not read them.

        Args:
            made: By path, what reading each will give.
            stamp_of: Returns the stamp of a file, and then its bytes; None: it has others than
                those that were written.
        """
        self._started = self._store.moment()
        for path, reading in made.items():
            found = stamp_of(path)
            if found is None:
                continue
            self._there.add(path)
            stamp, content = found
            is_sure = stamp.mtime_ns < self._started
            self._stamps[path] = (path, *stamp, is_sure, hashlib.sha256(content).digest())
            self._fresh[path] = reading

    def save(self) -> None:
        """Keep all this with the next commit of the store."""
        self._store.drop_stamps(self.gone())
        self._store.put_stamps(self._stamps.values())
        self._store.put_readings(self._fresh.items())
