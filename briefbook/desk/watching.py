"""Watching: tells when a file changed that a site is made of.

In: the folder of a site. Out: paths from it, as soon as nothing changes for a moment. Swap and
backup files of text editors do not count. What comes while a build runs is told after it.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from watchfiles import Change, watch

# What an editor keeps at the top of a site, besides the folders.
_FILES = ("site.yaml", "published.txt")
_FOLDERS = ("sources", "briefings", "templates")
# Of vim, emacs and JetBrains, backups, downloads; dotfiles too, as a build's before it is whole.
_NO_INPUT = re.compile(
    r".*~|#.*#|4913|.*___jb_(?:tmp|old|bak)___|.*\.(?:sw[a-z]|tmp|temp|bak|part|crdownload)",
    re.IGNORECASE | re.DOTALL,
)
# Milliseconds without a change after which one is told, and after which it is told anyway.
_QUIET, _AT_LATEST = 60, 1600
# Milliseconds after which a watcher looks whether it is still wanted.
_LOOK = 250
# Seconds until a folder is looked for again that went while it was looked at.
_AGAIN = 0.1

_Changes = set[tuple[Change, Path]]


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is watched by itself, so that nothing is missed when another comes or goes."""

    name: str  # in what is told
    place: Path
    is_other: threading.Event = field(default_factory=threading.Event)  # it has come or gone
    is_looked_at: threading.Event = field(default_factory=threading.Event)  # from now on


class Watching:
    """Watches the inputs of a site in threads of its own."""

    def __init__(self, root: Path, changed: Callable[[frozenset[str]], None], *more: Path) -> None:
        """Make a watcher that does not watch yet.

        Args:
            root: The folder of the site.
            changed: Called with what changed, paths from the root; never twice at a time.
            more: Further folders, such as the templates that come with the program.
        """
        self._root = root.resolve()
        self._changed = changed
        self._folders = _folders(self._root, more)
        self._has_ended = threading.Event()
        self._top_is_watched = threading.Event()
        self._pending: set[str] = set()
        self._news = threading.Condition()  # guards what is pending
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Watch; what changes after the return is told."""
        self._start(self._pass_on)
        # First the top: it tells when a folder comes that is not there yet.
        self._start(self._watch_top)
        self._top_is_watched.wait()
        for folder in self._folders:
            self._start(partial(self._watch_folder, folder), folder.name)
        for folder in self._folders:
            folder.is_looked_at.wait()

    def look_again(self) -> None:
        """Tell that anything may have changed."""
        self._add({"site.yaml"})

    def end(self) -> None:
        """Stop, and wait for what is being done."""
        self._has_ended.set()
        for folder in self._folders:
            folder.is_other.set()
        with self._news:
            self._news.notify_all()
        for thread in self._threads:
            thread.join()

    def _start(self, work: Callable[[], None], name: str | None = None) -> None:
        thread = threading.Thread(target=work, name=name)
        thread.start()
        self._threads.append(thread)

    def _watch_top(self) -> None:
        """Watch the files at the top, and whether the folders there come or go."""
        modes = {folder.name: _mode(self._root / folder.name) for folder in self._folders}
        for changes in _changes(self._root, until=self._has_ended, recursive=False):
            self._top_is_watched.set()
            for folder in self._folders:
                place = self._root / folder.name
                was, modes[folder.name] = modes[folder.name], _mode(place)
                # One that is modified is the same folder, unless others may read it now: where
                # files are looked at instead of watched, each that comes into it modifies it, and
                # nothing else is said of who may read it. It may be seen before it is said, too.
                kinds = {change for change, path in changes if path == place}
                is_opened = None not in (was, modes[folder.name]) and was != modes[folder.name]
                if kinds - {Change.modified} or is_opened:
                    folder.is_other.set()
            self._add({path.name for _, path in changes} & {*_FILES})

    def _watch_folder(self, folder: _Folder) -> None:
        """Watch a folder, and from the start again when it has come or gone."""
        was_there: bool | None = None  # None: what was there before the start is known
        while True:
            folder.is_other.clear()
            if self._has_ended.is_set():
                return
            is_there = folder.place.is_dir()
            if is_there:
                with contextlib.suppress(FileNotFoundError):  # it went while we looked
                    self._watch_one(folder, was_there=was_there)
            elif was_there:
                self._add({folder.name})
            folder.is_looked_at.set()
            was_there = is_there
            folder.is_other.wait(_AGAIN if is_there else None)

    def _watch_one(self, folder: _Folder, *, was_there: bool | None) -> None:
        """Watch a folder until it has come or gone; first tell what was missed of it.

        Of a folder in the place of another only its name is known.
        """
        place = folder.place.resolve()
        is_told = was_there is None
        for changes in _changes(place, until=folder.is_other, recursive=True):
            paths = {path for _, path in changes}
            if not is_told:
                paths |= set() if was_there else {*place.rglob("*")}
                self._add({folder.name} if was_there else ())
            self._add(name for path in paths if (name := _named(path, place, folder.name)))
            is_told = True
            folder.is_looked_at.set()

    def _add(self, paths: Iterable[str]) -> None:
        with self._news:
            self._pending.update(paths)
            self._news.notify_all()

    def _pass_on(self) -> None:
        """Tell what changed, one telling after the other."""
        while True:
            with self._news:
                self._news.wait_for(lambda: self._pending or self._has_ended.is_set())
                changed, self._pending = frozenset(self._pending), set()
            if self._has_ended.is_set():
                return
            self._changed(changed)


def _folders(root: Path, more: Iterable[Path]) -> tuple[_Folder, ...]:
    """Return the folders of a site, and the others that are none of these."""
    own = tuple(_Folder(name, root / name) for name in _FOLDERS)
    places = {folder.place.resolve() for folder in own}
    others = (_Folder(each.as_posix(), each) for each in more if each.resolve() not in places)
    return (*own, *others)


def _mode(place: Path) -> int | None:
    """Return who may do what with a folder; None where it is not there."""
    try:
        return place.stat().st_mode
    except OSError:
        return None


def _changes(folder: Path, *, until: threading.Event, recursive: bool) -> Iterator[_Changes]:
    """Yield what changes in a folder, and now and then an empty set, the first once it watches."""
    try:
        yield from _watched(folder, until, recursive=recursive, polling=None)
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError):
        # The system watches no more files for this user: look at them instead.
        yield from _watched(folder, until, recursive=recursive, polling=True)


def _watched(
    folder: Path, until: threading.Event, *, recursive: bool, polling: bool | None
) -> Iterator[_Changes]:
    for found in watch(
        folder,
        watch_filter=None,
        debounce=_AT_LATEST,
        step=_QUIET,
        stop_event=until,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=recursive,
        force_polling=polling,
        ignore_permission_denied=True,  # reading says that of each file
    ):
        yield {(change, Path(path)) for change, path in found}


def _named(path: Path, place: Path, name: str) -> str | None:
    """Return a path in a folder from the root, None for what is no input of a site."""
    if not path.is_relative_to(place):
        return None
    parts = path.relative_to(place).parts
    is_input = parts and not any(part.startswith(".") for part in parts)
    return "/".join((name, *parts)) if is_input and not _NO_INPUT.fullmatch(parts[-1]) else None
