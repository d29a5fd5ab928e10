"""Watching: tells when a file changed that a site is made of.

In: the folder of a site. Out: paths from it, as soon as nothing changes for a moment. Swap and
backup files of text editors do not count. What comes while a build runs is told after it.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from watchfiles import watch

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
# Seconds until folders are looked for again, when one of them came or went.
_AGAIN = 0.1


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
        self._more = more
        self._has_ended = threading.Event()
        self._look_again = threading.Event()  # the folders to watch are others
        self._top_is_watched = threading.Event()
        self._deep_is_watched = threading.Event()
        self._pending: set[str] = set()
        self._news = threading.Condition()  # guards what is pending
        work = (self._watch_top, self._watch_deep, self._pass_on)
        self._threads = [threading.Thread(target=one, name=one.__name__) for one in work]

    def start(self) -> None:
        """Watch; what changes after the return is told."""
        for thread in self._threads:
            thread.start()
        self._top_is_watched.wait()
        self._deep_is_watched.wait()

    def end(self) -> None:
        """Stop, and wait for what is being done."""
        self._has_ended.set()
        self._look_again.set()
        with self._news:
            self._news.notify_all()
        for thread in self._threads:
            thread.join()

    def _watch_top(self) -> None:
        """Watch the files at the top, and whether the folders there come or go."""
        for changes in _changes([self._root], until=self._has_ended, recursive=False):
            self._top_is_watched.set()
            names = {path.name for path in changes}
            if names & {*_FOLDERS}:
                self._look_again.set()
            self._add(names & {*_FILES})

    def _watch_deep(self) -> None:
        """Watch the folders, and from the start again when one has come or gone."""
        while True:
            self._look_again.clear()
            if self._has_ended.is_set():
                return
            with contextlib.suppress(FileNotFoundError):  # it went while we looked
                self._watch_folders(self._folders())
            self._has_ended.wait(_AGAIN)

    def _watch_folders(self, folders: Mapping[Path, str]) -> None:
        """Watch some folders until others have to be.

        Args:
            folders: Each folder with its name in what is told.
        """
        has_looked = not self._deep_is_watched.is_set()  # before, there is nothing to catch up with
        for changes in _changes(list(folders), until=self._look_again, recursive=True):
            self._add(name for path in changes if (name := _named(path, folders)))
            if not has_looked:
                # What was saved between two watches is not known, so each folder may have changed.
                self._add(folders.values())
            has_looked = True
            self._deep_is_watched.set()

    def _folders(self) -> dict[Path, str]:
        """Return the folders that are there, links followed, each with its name."""
        own = {(self._root / name).resolve(): name for name in _FOLDERS}
        more = {folder.resolve(): folder.as_posix() for folder in self._more}
        return {folder: name for folder, name in (more | own).items() if folder.is_dir()}

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


def _changes(
    folders: Sequence[Path], *, until: threading.Event, recursive: bool
) -> Iterator[set[Path]]:
    """Yield what changes in folders, and now and then an empty set, the first once it watches."""
    try:
        yield from _watched(folders, until, recursive=recursive, polling=None)
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError):
        # The system watches no more files for this user: look at them instead.
        yield from _watched(folders, until, recursive=recursive, polling=True)


def _watched(
    folders: Sequence[Path], until: threading.Event, *, recursive: bool, polling: bool | None
) -> Iterator[set[Path]]:
    for found in watch(
        *folders,
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
        yield {Path(path) for _, path in found}


def _named(path: Path, folders: Mapping[Path, str]) -> str | None:
    """Return a path from the root, None for what is no input of a site."""
    for folder, name in folders.items():
        if path.is_relative_to(folder):
            parts = path.relative_to(folder).parts
            is_input = parts and not any(part.startswith(".") for part in parts)
            if is_input and not _NO_INPUT.fullmatch(parts[-1]):
                return "/".join((name, *parts))
    return None
