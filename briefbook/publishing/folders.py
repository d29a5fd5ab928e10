"""The folders of templates: what lies in the site's own and in the bundled one; reads the disk.

In: the folder of the site's own templates, if it has one. Out: the assets and words of both, and
what of the site's own git could not merge.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path, PurePosixPath

from briefbook.conflicts import refuse_marks
from briefbook.files import list_files, refuse_unusable
from briefbook.model import Site
from briefbook.problems import (
    NothingBuiltError,
    Place,
    Problem,
    ProblemError,
    error,
    warning,
)
from briefbook.publishing import urls
from briefbook.publishing.lasting import known
from briefbook.publishing.words import ENGLISH, Wording, Words, joined, languages, read_wordings
from briefbook.text.filenames import refused_name

_ASSETS, _WORDS = "assets/", "words/"
# What of the files in the folders is text that git merges.
_TEXTS = frozenset({".html", ".css", ".js", ".svg", ".txt", ".xml", ".json"})


def bundled() -> Path:
    """Return the folder of the templates that come with the program.

    A wheel carries them inside the package, a checkout has them at its top level.
    """
    here = Path(__file__)
    return next(
        folder
        for folder in (here.parents[1] / "templates", here.parents[2] / "templates")
        if folder.is_dir()
    )


def folders(own: Path | None) -> tuple[Path, ...]:
    """Return the template folders, the site's own first."""
    return (own, bundled()) if own is not None and own.is_dir() else (bundled(),)


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a template folder, by name from it."""

    names: tuple[str, ...]  # that can be used, sorted
    refused: tuple[str, ...] = ()  # that cannot: links that lead out, pipes, devices
    problems: tuple[Problem, ...] = ()


def find_templates(folder: Path | None) -> Found:
    """List the files of a template folder, with the care with which sources are listed."""
    if folder is None or not os.path.lexists(folder):
        return Found(())
    paths, listed = list_files(folder.parent, folder.name)
    names: list[str] = []
    refused: list[str] = []
    problems = [*listed]
    for path in paths:
        name = path.removeprefix(f"{folder.name}/")
        try:
            refuse_unusable(folder.parent, path)
        except ProblemError as fault:
            refused.append(name)
            problems += fault.problems
        else:
            names.append(name)
    return Found(tuple(names), tuple(refused), tuple(problems))


def unusable(own: Path | None) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """Return the site's own templates and assets that cannot be used, by name, and say why.

    The ones that come with the program stand in for them. Words files that git could not merge or
    that cannot be read are not meant: they are refused when they are read.
    """
    found = find_templates(own)
    names, problems = set(found.refused), [*found.problems]
    for name in found.names:
        if own is None or name.startswith(_WORDS):
            continue
        try:
            content = _content(own / name, f"templates/{name}")
            if PurePosixPath(name).suffix in _TEXTS:
                refuse_marks(content.decode("utf-8", "replace"), f"templates/{name}")
        except ProblemError as fault:
            names.add(name)
            problems += fault.problems
    return frozenset(names), (*problems, *_unpublished(found.names))


def _unpublished(names: Iterable[str]) -> Iterator[Problem]:
    """Warn of assets that are not published for their names."""
    taken = _Taken(find_templates(bundled()).names)
    for name in names:
        if not name.startswith(_ASSETS):
            continue
        why = _refused_asset(name)
        if not why and (other := taken.take(name)) != name:
            why = f"some disks take its name for that of {other}"
        if why:
            what = f"this file is not published: {why}"
            yield warning(Place(f"templates/{name}"), what, "rename it, and where it is named")


class _Taken:
    """Names of which no two differ in case only, as some disks would take them for one."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = {name.casefold(): name for name in names}

    def take(self, name: str) -> str:
        """Take a name, and return who has it."""
        return self._names.setdefault(name.casefold(), name)


def _refused_asset(name: str) -> str:
    """Say why a file may not be published under its name; "" where it may."""
    if not urls.is_safe(urls.asset(name.removeprefix(_ASSETS))):
        return "an address has only letters a-z and A-Z, digits and . _ - and starts with no point"
    return next(filter(None, map(refused_name, name.split("/"))), "")


def _content(file: Path, name: str) -> bytes:
    """Return what a file holds.

    Raises:
        ProblemError: It cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as reason:
        what = f"it cannot be read: {reason.strerror}"
        raise ProblemError(
            error(Place(name), what, "check the file and who may read it")
        ) from reason


def read_assets(own: Path | None, without: Collection[str] = ()) -> Mapping[str, bytes]:
    """Return the files in `assets/` of the template folders by name; the site's own win.

    Args:
        own: The site's own folder.
        without: Names of files in it that are not used, such as "assets/style.css".
    """
    found: dict[str, bytes] = {}
    taken = _Taken()
    for folder in reversed(folders(own)):
        for name in find_templates(folder).names:
            is_used = name.startswith(_ASSETS) and (folder != own or name not in without)
            if is_used and not _refused_asset(name) and taken.take(name) == name:
                found[name.removeprefix(_ASSETS)] = (folder / name).read_bytes()
    return dict(sorted(found.items()))


def read_words(site: Site, own: Path | None) -> tuple[Words, tuple[Problem, ...]]:
    """Return the words of a site's language, and what is wrong with the files they come from.

    Of each key the nearest language decides, and the site's own file before the bundled one.
    """
    files: list[tuple[str, bytes]] = []
    unreadable: list[Problem] = []
    for language in dict.fromkeys((*languages(site.language), ENGLISH)):
        name = f"{_WORDS}{language}.yaml"
        for folder in (each for each in folders(own) if _is_there(each, name)):
            try:
                files.append((language, _content(folder / name, f"templates/{name}")))
            except ProblemError as fault:
                if folder != own:  # no page can do without these
                    raise NothingBuiltError(*fault.problems) from fault
                unreadable += fault.problems
    marks = ((language, sha256(content).hexdigest()) for language, content in files)
    said = known(("words", *marks), partial(_read_words, files))
    wordings, read, (before, behind) = said
    problems = [*unreadable, *before]
    if read == {ENGLISH} and ENGLISH not in languages(site.language):
        what = f"there are no words in '{site.language}', so those of the pages are English"
        fix = f"add templates/words/{site.language}.yaml, made like the en.yaml of the program"
        problems.append(warning(Place("site.yaml", site.language_line), what, fix))
    return Words(site.language, wordings), (*problems, *behind)


def _is_there(folder: Path, name: str) -> bool:
    """Tell whether a template folder has a file that can be used."""
    try:
        refuse_unusable(folder.parent, f"{folder.name}/{name}")
    except ProblemError:
        return False  # told where all of them are looked at
    return True


def _read_words(
    files: Sequence[tuple[str, bytes]],
) -> tuple[dict[str, Wording], frozenset[str], tuple[tuple[Problem, ...], tuple[Problem, ...]]]:
    """Return what words files say together, and what is wrong.

    Args:
        files: The language and the content of each, the first that has a key deciding.

    Returns:
        The wordings by key; the languages of files that can be read; and the problems of single
        files and of them all.
    """
    said: list[dict[str, Wording]] = []
    problems: list[Problem] = []
    read = set()
    for language, content in files:
        try:
            name = f"templates/words/{language}.yaml"
            wordings, found = read_wordings(content, name, language)
        except ProblemError as fault:
            problems += fault.problems
        else:
            read.add(language)
            said.append(wordings)
            problems += found
    together, found = joined(said)
    return together, frozenset(read), (tuple(problems), tuple(found))


def templates_mark(own: Path | None) -> str:
    """Return what tells the templates, assets and words of a site from any others."""
    mark = blake2b(digest_size=16)
    for folder in folders(own):
        for name in find_templates(folder).names:
            mark.update(name.encode("utf-8", "surrogateescape"))
            try:
                content = _content(folder / name, name)
                mark.update(f"\0{len(content)}\0".encode() + content)
            except ProblemError:  # it is told by who reads it to use it
                mark.update(b"\0\0")
        mark.update(b"\0\0")
    return mark.hexdigest()
