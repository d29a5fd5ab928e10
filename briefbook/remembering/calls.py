"""Remembering: what a stage made of the same arguments in the build before is not made again.

Only `build.py` and `composing.py` know it. A build alone has nothing to remember; `serve` hands the
same memory from one build to the next. What is remembered is compared whole with what is given now,
so nothing can be taken for the same that is not, and a stage that gets a further argument needs no
change here.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from typing import ParamSpec, TypeVar, cast

from briefbook.briefing import LoadedEntry, load_entry
from briefbook.model import SourceFile
from briefbook.problems import Problem
from briefbook.reading import make_source
from briefbook.worker import Call
from briefbook.working import Workforce

P = ParamSpec("P")
T = TypeVar("T")


class Calls:
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
        given = (args, named)
        known = self._known(stage, about, given)
        if known is None:
            known = given, stage(*args, **named)
            self.done[stage.__name__] += 1
        self._now[stage.__qualname__, about] = known
        return cast(T, known[1])

    def call_many(
        self,
        stage: Callable[..., T],
        calls: Sequence[tuple[str, Call]],
        workers: Workforce,
        seconds: Callable[..., float],
    ) -> Iterator[T]:
        """Yield what `call` would return for each of many, in order; others may make it.

        Args:
            stage: A pure function at the top of a module.
            calls: What each is about, different for each, and its arguments.
            workers: Who makes what is not remembered.
            seconds: Takes the arguments of a call; about how many CPU seconds it takes.
        """
        known = [self._known(stage, about, (given, {})) for about, given in calls]
        missing = [given for (_, given), one in zip(calls, known, strict=True) if one is None]
        made = workers.map(stage, missing, seconds)
        for (about, given), one in zip(calls, known, strict=True):
            if one is None:
                one = (given, {}), next(made)
                self.done[stage.__name__] += 1
            self._now[stage.__qualname__, about] = one
            yield cast(T, one[1])

    def _known(
        self, stage: Callable[..., object], about: str, given: object
    ) -> tuple[object, object] | None:
        key = (stage.__qualname__, about)
        known = self._now.get(key) or self._before.get(key)
        return known if known is not None and known[0] == given else None

    def make_source(self, content: bytes, path: str, *, zone: tzinfo) -> SourceFile:
        """Do as the function of reading does."""
        return self.call(path, make_source, content, path, zone=zone)

    def load_entry(
        self, text: str, path: str, *, zone: tzinfo
    ) -> tuple[LoadedEntry, tuple[Problem, ...]]:
        """Do as the function of briefing does."""
        return self.call(path, load_entry, text, path, zone=zone)
