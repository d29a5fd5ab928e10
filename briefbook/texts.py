"""Texts: what the parser makes of sources, of each only where somebody asks.

Joins reading and parsing for `build.py` and `composing.py`, as questions of which the memory keeps
a mark instead of the answer: an article is larger than its text, and most are not asked for again.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from briefbook import parsing
from briefbook.asking import Question
from briefbook.model import Article, Override, SourceFile
from briefbook.noting import Notes, parse_noting
from briefbook.progress import Progress
from briefbook.reading import without_text
from briefbook.remembering import Memory
from briefbook.working import Workforce

WithText = Callable[[SourceFile], SourceFile]


class Texts:
    """The sources of a site and their articles, by path."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._told = memory.told("text")
        self._overrides = memory.told("overrides")
        self._with_text: WithText = _as_it_is
        self._made: Mapping[str, Article] = {}
        self.notes = Notes()  # what was read of texts that were parsed in this build
        self.article: Question[Article] = memory.question("article", self._parse, is_kept=False)

    def tell(
        self,
        sources: Sequence[SourceFile],
        changed: Collection[str] | None,
        overrides: Mapping[str, tuple[Override, ...]],
        with_text: WithText,
    ) -> None:
        """Tell which texts there are.

        Args:
            sources: All, or all that a change may concern.
            changed: Paths of files that are new, others or gone; None: it may be any.
            overrides: The editor's word on lines, by path, where there is one.
            with_text: Returns a source with its text, where `sources` come without.
        """
        memory = self._memory
        self._with_text, self._made = with_text, {}
        self.notes.start()
        there = {source.path: source for source in sources}
        paths = {*there, *memory.keys(self._told)} if changed is None else changed
        for path in sorted(paths):
            source = there.get(path)
            if source is None and not memory.knows(self._told, path):
                continue  # no source, or one of which nothing was told
            memory.tell(self._told, path, without_text(source) if source else None)
        for path in sorted({*overrides, *memory.keys(self._overrides)}):
            if path in there or path in paths:
                memory.tell(self._overrides, path, overrides.get(path))

    def take(self, made: Mapping[str, Article]) -> None:
        """Take articles that were made already."""
        self._made = made

    def parse_ahead(
        self, sources: Sequence[SourceFile], progress: Progress, workers: Workforce
    ) -> None:
        """Parse many sources at once, and note what filing reads of them; several may do it."""
        unknown = [
            source for source in sources if not self._memory.is_known(self.article, source.path)
        ]
        if not unknown:
            self.take({})
            return
        calls = [self._call(source.path) for source in unknown]
        made: dict[str, Article] = {}
        watched = progress("parsing", unknown)
        results = workers.map(parse_noting, calls, parsing_seconds)
        for one, (article, notes) in zip(watched, results, strict=True):
            made[one.path] = article
            self.notes.take(notes)
        self.take(made)

    def whole(self, path: str) -> SourceFile:
        """Return a source with its text."""
        source: SourceFile = self._told(path)
        return self._with_text(source)

    def sha256(self, path: str) -> str:
        """Return the hash of a source."""
        return str(self._told(path).sha256)

    def _parse(self, path: str) -> Article:
        self._told(path), self._overrides(path)  # it is made from these
        made = self._made.get(path)
        return made or parsing.parse(*self._call(path))

    def _call(self, path: str) -> tuple[SourceFile, tuple[Override, ...]]:
        # Where a text lies says nothing of it.
        return replace(self.whole(path), path=""), self._overrides(path) or ()


class Articles(Mapping[str, Article]):
    """The articles of sources by path, each parsed when it is asked for."""

    def __init__(self, texts: Texts, sources: Sequence[SourceFile]) -> None:
        self._texts = texts
        self._paths = {source.path: None for source in sources}

    def __getitem__(self, path: str) -> Article:
        """Return the article of a source."""
        if path not in self._paths:
            raise KeyError(path)
        return self._texts.article(path)

    def __iter__(self) -> Iterator[str]:
        """Yield the paths of the sources."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Return how many sources there are."""
        return len(self._paths)


def parsing_seconds(source: SourceFile, _: Sequence[Override]) -> float:
    """Estimate what parsing a text takes; measured on news of 1,000 to 10,000 characters."""
    return 0.002 + 2e-6 * sum(map(len, source.lines))


def _as_it_is(source: SourceFile) -> SourceFile:
    return source
