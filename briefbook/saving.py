"""Files that editors own, written whole or not at all, and never over what somebody has just saved.

What is not whole yet stands beside the file under a hidden name, which no room reads. A run that
was killed leaves it there; the next one takes it away, or gives back what it holds.
"""

import contextlib
import errno
import os
import re
import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from briefbook.files import read_any_file
from briefbook.problems import Place, ProblemError, error
from briefbook.swapping import swap

# What a file is called until it is whole: never too long, and always the same for a file.
_UNFINISHED, _NEW, _GOING = ".briefbook-", ".new", ".out"
_OF_GOING = re.compile(
    r"\.briefbook-(?P<mark>[0-9a-f]{16})-(?P<content>[0-9a-f]{16})-(?P<was>[0-9a-f]{16})\.out"
)


class ChangedMeanwhileError(ProblemError):
    """Somebody has saved, made or deleted a file since it was read; it is left as it is."""

    def __init__(self, path: str) -> None:
        """Begin; `path` is the name of the file in problems."""
        what = "the file was changed while the program was working, and is left as it is"
        super().__init__(error(Place(path), what, "run the same command again"))


def write_whole(
    file: Path,
    content: bytes,
    path: str,
    *,
    was: bytes | None,
    before: Callable[[], None] | None = None,
) -> None:
    """Write a file whole or not at all, with the folders above it.

    Args:
        file: Where; what a link leads to is written, and it keeps being one.
        content: All of it.
        path: Its name in problems.
        was: What was read from it; None: it must not be there yet.
        before: Called when all is written, just before the file gets its name; what it raises is
            raised, and nothing is written.

    Raises:
        ChangedMeanwhileError: It is not, or no longer, what was read.
        ProblemError: It cannot be written.
    """
    file = file if was is None else file.resolve()
    beside = file.with_name(unfinished_name(file.name))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if before:
            before()
        is_put = _put(beside, file) if was is None else _put_over(beside, file, content, was)
    except OSError as reason:
        what = f"it cannot be written: {reason.strerror}"
        fix = "check the disk and who may write there"
        raise ProblemError(error(Place(path), what, fix, is_passing=True)) from reason
    finally:
        with contextlib.suppress(OSError):  # else the next build takes it away
            beside.unlink(missing_ok=True)
    if not is_put:
        raise ChangedMeanwhileError(path)


def _put(beside: Path, file: Path) -> bool:
    """Give a written file its name; False: somebody has made a file of that name."""
    try:
        os.link(beside, file)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links
        if os.path.lexists(file):
            return False
        beside.replace(file)
    return True


def _put_over(beside: Path, file: Path, content: bytes, was: bytes) -> bool:
    """Give a written file the place of another; False: that is not what was read any more.

    Only what has left its place cannot change unseen: a person may save between a last look and the
    change. So the two change places, and what was there is looked at then.
    """
    with contextlib.suppress(OSError):  # a disk without modes
        beside.chmod(file.stat().st_mode & 0o7777)
    if not _holds(file, was):
        return False
    # Where this process ends now, its name tells the next build what it may hold.
    going = beside.replace(_going(file, content, was))
    try:
        return _change_places(going, file, content, was)
    except OSError:
        with contextlib.suppress(OSError):
            if _content(going) in (content, was):  # else the next build gives it back
                going.unlink()
        raise


def _going(file: Path, content: bytes, was: bytes) -> Path:
    """Return what a file is called that changes places, where either of these may be lost."""
    return file.with_name(f"{_UNFINISHED}{_mark(file.name)}-{_hash(content)}-{_hash(was)}{_GOING}")


def _change_places(going: Path, file: Path, content: bytes, was: bytes) -> bool:
    """Put a file in the place of another; False: somebody has saved, and that stays.

    Raises:
        OSError: They could not; or somebody has saved, and that is beside the file now.
    """
    if not swap(going, file):
        going.replace(file)
        return True
    try:
        held = _held(going)
    except OSError:
        _give_back(going, file)  # whatever it is
        raise
    if held != was:
        _return(going, file, content, held)
        return False
    _drop(going)
    return True


def _return(going: Path, file: Path, content: bytes, saved: bytes) -> None:
    """Let what somebody has saved have its place again; the last that was saved stays.

    Args:
        going: Where it is now.
        file: Its place.
        content: What stands there, if they do not save at this very moment.
        saved: What they have saved.

    Raises:
        OSError: It is still beside the file.
    """
    while _give_back(going, file) and (out := _held(going)) != content:
        # Now what stands there is older than what is beside it.
        going = going.replace(_going(file, saved, content))
        content, saved = saved, out
    _drop(going)


def _drop(going: Path) -> None:
    with contextlib.suppress(OSError):  # it is gone, or the next build takes it away
        going.unlink()


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def _give_back(beside: Path, file: Path) -> bool:
    """Let a file have its place again; tell whether what stood there is beside it now."""
    try:
        if swap(beside, file):
            return True
        beside.replace(file)
    except FileNotFoundError:  # it was deleted meanwhile, or is about to be saved once more
        _put(beside, file)
    return False


def _holds(file: Path, content: bytes) -> bool:
    return _content(file, len(content)) == content


def _held(file: Path) -> bytes:
    """Return what a file holds that is there.

    Raises:
        OSError: It cannot be read.
    """
    content = _content(file)
    if content is None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return content


def _content(file: Path, most: int = sys.maxsize - 1) -> bytes | None:
    """Return what a file holds; None: there is none, or it has more bytes."""
    try:
        return read_any_file(file, file.as_posix(), limit=most)
    except ProblemError:
        return None


def unfinished_name(name: str) -> str:
    """Return what a file is called until it is whole, in the same folder."""
    return f"{_UNFINISHED}{_mark(name)}{_NEW}"


def _mark(name: str) -> str:
    return _hash(os.fsencode(name))


def clear_unfinished(root: Path, *folders: str) -> None:
    """Take away what runs that were killed have left beside the files that they were writing.

    Args:
        root: The folder of the site, in which nobody else may be writing now.
        folders: Those below it in which the program writes, at any depth, but not in hidden ones.
    """
    waiting = [os.path.join(root, folder) for folder in folders]
    left = _unfinished(os.fspath(root), [])
    while waiting:  # a list, not recursion: folders can be nested deeper than Python's calls
        left += _unfinished(waiting.pop(), waiting)
    for place in left:
        with contextlib.suppress(OSError):  # the next build tries again
            _save_what_was_saved(Path(place))
            os.unlink(place)


def _save_what_was_saved(going: Path) -> None:
    """Give back what somebody saved just before a file was replaced by a run that was killed then.

    Raises:
        OSError: It cannot be given back, or it cannot be told whether it has to be.
    """
    told = _OF_GOING.fullmatch(going.name)
    if not told:
        return
    saved = _held(going)
    if _hash(saved) in (told["content"], told["was"]):
        return
    files = [one for one in going.parent.iterdir() if one.is_file() and not one.is_symlink()]
    for file in files:
        if _mark(file.name) == told["mark"]:
            stands = _held(file)
            # If that is another thing by now, they have saved once more.
            if _hash(stands) == told["content"]:
                _return(going, file, stands, saved)
            return
    for file in files:  # they may have given it another name since
        stands = _held(file)
        if _hash(stands) == told["content"] and not file.name.startswith(_UNFINISHED):
            _return(going, file, stands, saved)
            return


def _unfinished(folder: str, inner: list[str]) -> list[str]:
    """Return the unfinished files in a folder, and add the folders in it to a list."""
    try:
        with os.scandir(folder) as found:
            items = [*found]
    except OSError:
        return []
    inner += [
        item.path for item in items if item.name[0] != "." and item.is_dir(follow_symlinks=False)
    ]
    return [
        item.path
        for item in items
        if item.name.startswith(_UNFINISHED) and item.name.endswith((_NEW, _GOING))
    ]
