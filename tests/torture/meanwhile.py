"""Something that happens while a command works with files: before the k-th thing it does to them.

`Meanwhile(root, {at: act})` is entered around a command. Each call of the system that concerns a
file below `root` counts; before number `at` it calls `act`. `count` says how many there were.
"""

import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

# With a path first, or with the handle of a file that was opened so.
_CALLS = (
    "chmod link listdir lstat mkdir open remove rename replace rmdir scandir stat truncate unlink"
).split()
_HANDLED = ("close", "fstat", "fsync", "read", "write")


class Meanwhile:
    """Counts what is done to files below a folder, and does something before some of it."""

    def __init__(self, root: Path, acts: Mapping[int, Callable[[], object]] | None = None) -> None:
        self._root = str(root)
        self._acts = acts or {}
        self._handles: set[int] = set()
        self._is_acting = False
        self.count = 0
        self.done: list[str] = []  # what was about to be done when it acted

    @contextmanager
    def watched(self, only: str = "") -> Iterator["Meanwhile"]:
        """Watch a block; `only`: files whose path has this in it."""
        patches = [patch.object(os, name, self._with_path(name, only)) for name in _CALLS]
        patches += [patch.object(os, name, self._with_handle(name)) for name in _HANDLED]
        patches.append(patch.object(io, "open", self._with_path("open", only, io)))
        for one in patches:
            one.start()
        try:
            yield self
        finally:
            for one in patches:
                one.stop()

    def _with_path(self, name: str, only: str, module: Any = os) -> Callable[..., Any]:
        real = getattr(module, name)

        def call(*given: Any, **more: Any) -> Any:
            place = given[0] if given else "."
            is_path = isinstance(place, str | os.PathLike)
            path = os.fspath(place) if is_path else ""
            is_ours = is_path and path.startswith(self._root) and only in path
            if is_ours:
                self._count(f"{name} {path}")
            made = real(*given, **more)
            if is_ours and name == "open" and not self._is_acting:
                self._handles.add(made if isinstance(made, int) else made.fileno())
            return made

        return call

    def _with_handle(self, name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(handle: int, *given: Any) -> Any:
            if handle in self._handles:
                self._count(f"{name} {handle}")
                if name == "close":
                    self._handles.discard(handle)
            return real(handle, *given)

        return call

    def _count(self, what: str) -> None:
        if self._is_acting:
            return
        self.count += 1
        if act := self._acts.get(self.count):
            self._is_acting = True
            self.done.append(what)
            try:
                act()
            finally:
                self._is_acting = False
