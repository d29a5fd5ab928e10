"""Session: the site as it was last built, for all who look at it while an editor works.

One build or act at a time; who looks always gets a whole site, the last that could be made. Nothing
of it is written but entries, as in any build: the pages stay in memory, since they hold drafts, and
a folder of them could be published by mistake.
"""

import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from briefbook.build import Prepared, preview
from briefbook.desk import acts
from briefbook.desk.state import DeskState, Outcome
from briefbook.keeping import Kept
from briefbook.locking import SiteInUseError
from briefbook.options import Options
from briefbook.problems import NothingBuiltError, Problem, Severity, in_order
from briefbook.publishing import SearchIndex, urls
from briefbook.remembering import Store
from briefbook.searching import Pages, index_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What everybody sees from the end of one build to the end of the next."""

    files: Mapping[str, bytes]  # path inside the site -> content
    build: str  # another one whenever a file of the site is another
    turn: str  # another one whenever anything is, such as a mistake
    state: DeskState

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The mistakes an editor has to mend, by place; without warnings."""
        return tuple(p for p in self.state.problems if p.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the terminal says after a build."""

    problems: tuple[Problem, ...]
    pages: tuple[str, ...]  # pages that are new, gone or other than before, sorted
    is_first: bool
    crash: Exception | None = None  # a fault of the program, not of the editor


class Session:
    """Builds, remembers what it built, and lets others wait for the next build."""

    def __init__(
        self,
        root: Path,
        clock: Callable[[], datetime],
        tell: Callable[[Told], None] = lambda told: None,
    ) -> None:
        """Make a session in which nothing is built yet.

        Args:
            root: The folder of the site.
            clock: The time of each build, aware.
            tell: Called after each build that changed anything, and after each that failed.
        """
        self.token = secrets.token_urlsafe(32)  # what a form must carry; of this process alone
        self._root = root
        self._clock = clock
        self._tell = tell
        self._kept = Kept()
        self._index_store = Store(None, "")  # apart from what builds work with meanwhile
        self._indexed: tuple[Prepared, SearchIndex] | None = None
        self._working = threading.RLock()
        self._indexing = threading.Lock()  # guards the index, which may take longer than a build
        self._news = threading.Condition()  # guards what follows
        self._run = secrets.token_hex(4)  # a page of a run before is never taken for one of this
        self._count = 0
        self._has_ended = False
        state = DeskState(root=root, prepared=None, problems=(), now=clock())
        self._shown = Shown(files={}, build=self._run, turn=self._run, state=state)

    @property
    def shown(self) -> Shown:
        """What is to be seen now."""
        with self._news:
            return self._shown

    def build(self) -> bool:
        """Build again; what cannot be made leaves what is shown as it is, and says why.

        Returns:
            Whether it is done; else another command was at work, and it has to be built later.
        """
        with self._working:
            was, now = self.shown, self._clock()
            crash: Exception | None = None
            is_done = True
            try:
                made = preview(self._root, Options(now=now), self._kept)
            except NothingBuiltError as broken:
                prepared, files, problems = was.state.prepared, was.files, broken.problems
                is_done = not isinstance(broken, SiteInUseError)
            except Exception as fault:
                # A bug must not end the session: it is told in full, and the next edit may mend it.
                prepared, files, problems = was.state.prepared, was.files, was.state.problems
                crash = fault
            else:
                prepared, problems = made.prepared, made.problems
                files = _with_last_good(made.prepared, problems, was.files)
            state = replace(was.state, prepared=prepared, problems=in_order(problems), now=now)
            self._show(was, files, state, crash)
            return is_done

    def act(self, form: Mapping[str, str]) -> str:
        """Do one act of the editor, build, and return the path of the page to show next."""
        with self._working:
            outcome = acts.act(replace(self.shown.state, now=self._clock(), outcome=None), form)
            with self._news:
                state = replace(self._shown.state, outcome=outcome)
                self._shown = replace(self._shown, state=state)
            self.build()
        return outcome.go_to

    def forget(self, outcome: Outcome | None) -> None:
        """Forget what an act did, once a page has told it."""
        with self._news:
            if self._shown.state.outcome is outcome:
                self._shown = replace(self._shown, state=replace(self._shown.state, outcome=None))

    def index_file(self, path: str) -> bytes | None:
        """Return a file of the search index, which is made when somebody first searches.

        Meanwhile pages are built and shown as ever.
        """
        with self._indexing:
            prepared = self.shown.state.prepared
            if prepared is None:
                return None
            if self._indexed is None or self._indexed[0] is not prepared:
                index, problems = index_site(_pages(prepared), prepared.site, self._index_store)
                self._indexed = prepared, index
                self._tell_beside(problems)
            index = self._indexed[1]
            return index.content(path) if path in index.paths else None

    def has_seen(self, paths: Iterable[str]) -> bool:
        """Tell whether the last build read these files, or wrote them, as they are now.

        Args:
            paths: Files from the root.
        """
        with self._working:
            prepared = self.shown.state.prepared
            known = _hashes(prepared, frozenset(paths)) if prepared else {}
            return all(path in known and _hash(self._root / path) == known[path] for path in paths)

    def wait(
        self, turn: str, seconds: float, is_over: Callable[[], bool] = lambda: False
    ) -> Shown | None:
        """Return what is shown once it is of another turn; None: the session or the time is over.

        Args:
            turn: The turn that is known.
            seconds: How long to wait for another one.
            is_over: Tells, when `wake` was called, whether nobody is to wait here any longer.
        """

        def is_known() -> bool:
            return self._shown.turn == turn

        with self._news:
            self._news.wait_for(lambda: self._has_ended or not is_known() or is_over(), seconds)
            return None if self._has_ended or is_known() else self._shown

    def wake(self) -> None:
        """Let everybody who waits look whether it is over."""
        with self._news:
            self._news.notify_all()

    @property
    def has_ended(self) -> bool:
        """Whether nobody is to wait any longer."""
        with self._news:
            return self._has_ended

    def end(self) -> None:
        """Send everybody home who waits."""
        with self._news:
            self._has_ended = True
            self._news.notify_all()

    def _tell_beside(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong beside what is shown now."""
        if problems:
            with self._working:
                was = self.shown
                told = in_order((*was.state.problems, *problems))
                self._show(was, was.files, replace(was.state, problems=told), None)

    def _show(
        self, was: Shown, files: Mapping[str, bytes], state: DeskState, crash: Exception | None
    ) -> None:
        is_other = files != was.files
        is_first = self._count == 0
        is_news = is_first or is_other or crash or _matter(state) != _matter(was.state)
        if is_news:
            self._count += 1
            mark = f"{self._run}.{self._count}"
            build = mark if is_other else was.build
            with self._news:
                state = replace(state, outcome=self._shown.state.outcome)
                self._shown = Shown(files=files, build=build, turn=mark, state=state)
                self._news.notify_all()
            pages = _changed_pages(was.files, files)
            self._tell(Told(problems=state.problems, pages=pages, is_first=is_first, crash=crash))


def _pages(prepared: Prepared) -> Pages:
    """Return the pages to be indexed; nobody knows which the last index was made of."""
    files = {urls.address_of(file.path): file.content for file in prepared.files}
    entries = [urls.entry(one.entry.slug) for one in prepared.loaded]
    return Pages(entries=lambda: entries, changed=None, content=files.get)


def _matter(state: DeskState) -> tuple[object, ...]:
    """Return what of a state makes a difference to who looks: what was read, and what is wrong."""
    return state.problems, state.prepared and (state.prepared.site, state.prepared.loaded)


def _with_last_good(
    prepared: Prepared, problems: Iterable[Problem], was: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files of a site; the last good ones where a mistake keeps them from being made.

    So the page an editor looks at does not vanish while a line of its entry or template is half
    written. A build would leave it out; what is wrong is said beside it.
    """
    files = {file.path: file.content for file in prepared.files}
    faulty = tuple(urls.entry(slug)[1:] for slug in prepared.faulty)
    is_template_broken = any(
        problem.severity is Severity.ERROR and problem.place.path.startswith("templates/")
        for problem in problems
    )
    for path, content in was.items():
        if path.startswith(faulty) or (is_template_broken and path not in files):
            files[path] = content
    return files


def _changed_pages(was: Mapping[str, bytes], now: Mapping[str, bytes]) -> tuple[str, ...]:
    paths = was.keys() | now.keys()
    return tuple(sorted(p for p in paths if p.endswith(".html") and was.get(p) != now.get(p)))


def _hashes(prepared: Prepared, paths: frozenset[str]) -> dict[str, str]:
    """Return the SHA-256 of those of some files that are sources or entries without mistakes."""
    matching = prepared.matching
    matched = (match.source for match in matching.pairs)
    sources = (*matching.new, *matching.duplicates, *matching.held, *matched)
    return {source.path: source.sha256 for source in sources if source.path in paths} | {
        one.path: sha256(one.text.encode()).hexdigest()
        for one in prepared.loaded
        if one.path in paths
    }


def _hash(file: Path) -> str | None:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
