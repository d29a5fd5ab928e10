"""Upstream: the shipped templates, the site's own, and copies of shipped ones as they were.

In: the `templates/` folder of a site and the one that comes with the program. Out: names, and
copies to change. A copy is kept once more as it was, in `.upstream/briefbook-VERSION/`, because a
mark inside a file would not survive editing and would not tell what the file was like.
"""

import difflib
from pathlib import Path

from briefbook.files import list_files
from briefbook.problems import Place, ProblemError, error
from briefbook.publishing import bundled

FOLDER = "templates"
WORDS = "words/"
_UPSTREAM = ".upstream"
_PROGRAM = "briefbook-"
# Instructions that lie in the folder, of a new site or of the editor.
_NOTES = frozenset({"README.md"})
# How alike two names are when one was probably meant to be the other; "logo.svg" is no "icon.svg".
_LIKE = 0.75


def shipped_names() -> tuple[str, ...]:
    """Return the names of all templates, assets and words that come with the program, sorted."""
    folder = bundled()
    files = (file for file in folder.rglob("*") if file.is_file())
    return tuple(sorted(file.relative_to(folder).as_posix() for file in files))


def shipped_name(root: Path, given: str) -> str:
    """Return the name of a shipped file that somebody typed.

    Raises:
        ProblemError: There is none, or `root` has the program's own templates.
    """
    own_names(root)  # refuses the program's own folder
    known = shipped_names()
    name = given.replace("\\", "/").removeprefix("./").removeprefix(f"{FOLDER}/")
    if name in known:
        return name
    meant = meant_name(name, known)
    near = f"did you mean {meant}? " if meant else ""
    fix = f"{near}`briefbook theme --all` lists the files that come with it"
    raise ProblemError(error(Place(given), "no such file comes with the program", fix))


def meant_name(name: str, known: tuple[str, ...]) -> str | None:
    """Return the shipped name that a name was probably meant to be."""
    folder, _, last = name.rpartition("/")
    if name.startswith(WORDS):  # names of languages are short, and all alike
        return name.casefold() if name.casefold() in known else None
    beside = {each.rpartition("/")[2]: each for each in known if each.rpartition("/")[0] == folder}
    anywhere = {each.rpartition("/")[2]: each for each in known}
    if last in anywhere:  # the right name in a wrong folder
        return anywhere[last]
    close = difflib.get_close_matches(last.casefold(), sorted(beside), n=1, cutoff=_LIKE)
    return beside[close[0]] if close else None


def copy_shipped(root: Path, given: str, version: str) -> str:
    """Copy a shipped file into the site's `templates/`, and remember what it was like.

    Args:
        root: The folder of the site.
        given: The name, such as pages/entry.html; `templates/` before it makes no difference.
        version: Of this program.

    Returns:
        The path of the copy, from `root`.

    Raises:
        ProblemError: There is no such shipped file, the site has one already, or the disk refuses.
    """
    name = shipped_name(root, given)
    path = f"{FOLDER}/{name}"
    if (root / path).exists() or (root / path).is_symlink():
        what = "the site has this file already, and it stays as it is"
        fix = f"`briefbook theme diff {name}` shows how it differs from the program's own"
        raise ProblemError(error(Place(path), what, fix))
    _remember(root, name, version)
    _write(root, path, (bundled() / name).read_bytes())
    return path


def keep_own(root: Path, given: str, version: str) -> str:
    """Remember the shipped file of this version as what the site's own was compared with.

    Returns:
        The path of the site's file, from `root`; it is not changed.

    Raises:
        ProblemError: There is no such shipped file, or the site has none, or the disk refuses.
    """
    name = shipped_name(root, given)
    refuse_missing(root, name)
    _remember(root, name, version)
    return f"{FOLDER}/{name}"


def refuse_missing(root: Path, name: str) -> None:
    """Refuse a file that the site has not."""
    if not (root / FOLDER / name).is_file():
        what = "the site has no such file, so the program's own is used"
        raise ProblemError(
            error(Place(f"{FOLDER}/{name}"), what, f"get a copy: `briefbook theme copy {name}`")
        )


def own_names(root: Path) -> tuple[str, ...]:
    """Return the names of the site's files, without notes and what is hidden."""
    if (root / FOLDER).resolve() == bundled().resolve():
        what = "these are the templates of the program itself"
        raise ProblemError(error(Place(FOLDER), what, "name the folder of a site with --root"))
    paths, problems = list_files(root, FOLDER)
    if problems:
        raise ProblemError(*problems)
    names = (path.removeprefix(f"{FOLDER}/") for path in paths)
    return tuple(name for name in names if name not in _NOTES)


def pristine_path(name: str, version: str) -> str:
    """Return where a shipped file is kept as it was in a version, from the folder of the site."""
    return f"{FOLDER}/{_UPSTREAM}/{_PROGRAM}{version}/{name}"


def _copies(root: Path, name: str) -> list[Path]:
    """Return the copies of a shipped file as it was, one for each version that has one."""
    return sorted((root / FOLDER / _UPSTREAM).glob(f"{_PROGRAM}*/{name}"))


def remembered(root: Path, name: str) -> str | None:
    """Return the version a file was copied from or last compared with."""
    top = root / FOLDER / _UPSTREAM
    versions = [copy.relative_to(top).parts[0] for copy in _copies(root, name)]
    return max(versions).removeprefix(_PROGRAM) if versions else None


def _remember(root: Path, name: str, version: str) -> None:
    """Keep the shipped file as it is now, instead of what was kept of it before."""
    path = pristine_path(name, version)
    _write(root, path, (bundled() / name).read_bytes())
    for copy in _copies(root, name):
        if copy != root / path:
            _delete(root, copy)


def _delete(root: Path, file: Path) -> None:
    try:
        file.unlink()
    except OSError as reason:
        raise _unwritable(file.relative_to(root).as_posix(), reason) from reason


def _write(root: Path, path: str, content: bytes) -> None:
    file = root / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as reason:
        raise _unwritable(path, reason) from reason


def _unwritable(path: str, reason: OSError) -> ProblemError:
    what = f"it cannot be written: {reason.strerror}"
    return ProblemError(error(Place(path), what, "check the disk and who may write there"))
