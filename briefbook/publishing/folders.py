"""The folders of templates: what lies in the site's own and in the bundled one; reads the disk.

In: the folder of the site's own templates, if it has one. Out: the assets and words of both, and
what of the site's own git could not merge.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path, PurePosixPath

from briefbook.conflicts import refuse_marks
from briefbook.files import list_files, read_any_file, read_file
from briefbook.model import Site
from briefbook.problems import (
    NothingBuiltError,
    Place,
    Problem,
    ProblemError,
    warning,
)
from briefbook.publishing import urls
from briefbook.publishing.lasting import known
from briefbook.publishing.words import ENGLISH, Wording, Words, joined, languages, read_wordings
from briefbook.text.filenames import refused_name

_ANY_SIZE = sys.maxsize - 1  # bytes; assets may be pictures and films
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTemplates:
    """The site's own templates, assets and words, all as they were when they were read."""

    files: Mapping[str, bytes] = field(default_factory=dict)  # by name from the folder, sorted
    problems: tuple[Problem, ...] = ()  # of what cannot be used: what comes along stands in for it

    @property
    def texts(self) -> dict[str, bytes]:
        """What pages are made of."""
        return {name: content for name, content in self.files.items() if _is_of_pages(name)}


def _is_of_pages(name: str) -> bool:
    return not _is_asset(name) or _is_text(name)


def _is_asset(name: str) -> bool:
    return name.startswith(_ASSETS)


def _is_text(name: str) -> bool:
    return PurePosixPath(name).suffix in _TEXTS


def read_own(folder: Path | None) -> OwnTemplates:
    """Read a site's own folder of templates, with the care with which sources are read.

    Once for a whole build: what is made of it must not be made of two versions of one file, and
    what cannot be read must be told. Words that git could not merge are refused by who reads them.
    """
    if folder is None or not os.path.lexists(folder):
        return OwnTemplates()
    paths, listed = list_files(folder.parent, folder.name)
    files: dict[str, bytes] = {}
    problems = [*listed]
    for path in paths:
        name = path.removeprefix(f"{folder.name}/")
        try:
            content = read_file(folder.parent, path, limit=_ANY_SIZE)
            if _is_text(name):
                refuse_marks(content.decode("utf-8", "replace"), path)
        except ProblemError as fault:
            problems += fault.problems
        else:
            files[name] = content
    return OwnTemplates(files=files, problems=(*problems, *_unpublished(files)))


def _bundled_names() -> tuple[str, ...]:
    folder = bundled()
    paths, _ = list_files(folder.parent, folder.name)
    return tuple(path.removeprefix(f"{folder.name}/") for path in paths)


def _unpublished(names: Iterable[str]) -> Iterator[Problem]:
    """Warn of assets that are not published for their names."""
    taken = _Taken(_bundled_names())
    for name in names:
        if not _is_asset(name):
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


def read_assets(own: OwnTemplates) -> Mapping[str, bytes]:
    """Return the files in `assets/` of the template folders by name; the site's own win."""
    there = {name: _bundled_content(name) for name in _bundled_names() if _is_asset(name)}
    taken = _Taken(there)
    there |= {
        name: content
        for name, content in own.files.items()
        if _is_asset(name) and not _refused_asset(name) and taken.take(name) == name
    }
    return {name.removeprefix(_ASSETS): there[name] for name in sorted(there)}


def read_words(
    site: Site, own: Mapping[str, bytes] | None = None
) -> tuple[Words, tuple[Problem, ...]]:
    """Return the words of a site's language, and what is wrong with the files they come from.

    Of each key the nearest language decides, and the site's own file before the bundled one.

    Args:
        site: What `site.yaml` says.
        own: The site's own templates, by name.
    """
    files: list[tuple[str, bytes]] = []
    for language in dict.fromkeys((*languages(site.language), ENGLISH)):
        name = f"{_WORDS}{language}.yaml"
        if own and name in own:
            files.append((language, own[name]))
        if (bundled() / name).is_file():
            files.append((language, _bundled_content(name)))
    marks = ((language, sha256(content).hexdigest()) for language, content in files)
    said = known(("words", *marks), partial(_read_words, files))
    wordings, read, (before, behind) = said
    problems = list(before)
    if read == {ENGLISH} and ENGLISH not in languages(site.language):
        what = f"there are no words in '{site.language}', so those of the pages are English"
        fix = f"add templates/words/{site.language}.yaml, made like the en.yaml of the program"
        problems.append(warning(Place("site.yaml", site.language_line), what, fix))
    return Words(site.language, wordings), (*problems, *behind)


def _bundled_content(name: str) -> bytes:
    try:
        return read_any_file(bundled() / name, f"templates/{name}", limit=_ANY_SIZE)
    except ProblemError as fault:  # no page can do without these
        raise NothingBuiltError(*fault.problems) from fault


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


def templates_mark(own: OwnTemplates) -> str:
    """Return what tells the templates, assets and words of a site from any others."""
    mark = blake2b(digest_size=16)
    come = {name: _bundled_content(name) for name in _bundled_names()}
    for files in (own.files, come):
        for name, content in files.items():
            mark.update(name.encode("utf-8", "surrogateescape"))
            mark.update(f"\0{len(content)}\0".encode() + content)
        mark.update(b"\0\0")
    return mark.hexdigest()
