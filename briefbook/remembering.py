"""Remembering: what a stage made of the same arguments in the build before is not made again.

Only `build.py` and `composing.py` know it. A build alone has nothing to remember; `serve` hands the
same memory from one build to the next. What is remembered is compared whole with what is given now,
so nothing can be taken for the same that is not, and a stage that gets a further argument needs no
change here.
"""

from collections import Counter
from collections.abc import Callable
from datetime import tzinfo
from typing import ParamSpec, TypeVar, cast

from briefbook.briefing import LoadedEntry, load_entry
from briefbook.checking.pagelinks import Links, read_links
from briefbook.model import SourceFile
from briefbook.problems import Problem
from briefbook.reading import make_source

P = ParamSpec("P")
T = TypeVar("T")


class Memory:
    """The results of stages, each under its stage and what it is about, such as a path."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()  # how often each stage was called in this build
        self._now: dict[tuple[str, str], tuple[object, object]] = {}
        self._before: dict[tuple[str, str], tuple[object, object]] = {}

    def start_build(self) -> None:
        """Forget what the build before did not ask for: its files are gone."""
        self._before, self._now = self._now, {}
        self.done.clear()

    def call(self, about: str, stage: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Return what the stage makes of its arguments, which must not be changed by anybody.

        Args:
            about: What tells calls of the same stage apart, such as the path of a source.
            stage: A pure function. What it raises is raised each time.
            args: Its arguments.
            named: The same.
        """
        key, given = (stage.__qualname__, about), (args, named)
        known = self._now.get(key) or self._before.get(key)
        if known is None or known[0] != given:
            known = given, stage(*args, **named)
            self.done[stage.__name__] += 1
        self._now[key] = known
        return cast(T, known[1])

    def make_source(self, content: bytes, path: str, *, zone: tzinfo) -> SourceFile:
        """Do as the function of reading does."""
        return self.call(path, make_source, content, path, zone=zone)

    def load_entry(
        self, text: str, path: str, *, zone: tzinfo
    ) -> tuple[LoadedEntry, tuple[Problem, ...]]:
        """Do as the function of briefing does."""
        return self.call(path, load_entry, text, path, zone=zone)

    def read_links(self, path: str, content: bytes) -> Links:
        """Return what the page at a path points to."""
        return self.call(path, read_links, content)
