"""The folders of templates: what lies in the site's own and in the bundled one; reads the disk.

In: the folder of the site's own templates, if it has one. Out: the assets and words of both, and
what of the site's own git could not merge.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path

from briefbook.conflicts import refuse_marks
from briefbook.model import Site
from briefbook.problems import Place, Problem, ProblemError, warning
from briefbook.publishing import urls
from briefbook.publishing.lasting import known
from briefbook.publishing.words import ENGLISH, Wording, Words, joined, languages, read_wordings

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


def unmerged(own: Path | None) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """Return the site's own templates and assets that git could not merge, by name, and say so.

    The ones that come with the program stand in for them. Words files are not meant: they are
    refused when they are read.
    """
    names: set[str] = set()
    problems: list[Problem] = []
    files = sorted(own.rglob("*")) if own is not None and own.is_dir() else []
    for file in files:
        if file.suffix not in _TEXTS or not file.is_file():
            continue
        name = file.relative_to(own or file).as_posix()
        try:
            refuse_marks(file.read_bytes().decode("utf-8", "replace"), f"templates/{name}")
        except ProblemError as fault:
            names.add(name)
            problems += fault.problems
    return frozenset(names), tuple(problems)


def read_assets(own: Path | None, without: Collection[str] = ()) -> Mapping[str, bytes]:
    """Return the files in `assets/` of the template folders by name; the site's own win.

    Args:
        own: The site's own folder.
        without: Names of files in it that are not used, such as "assets/style.css".
    """
    found: dict[str, bytes] = {}
    for folder in reversed(folders(own)):
        root = folder / "assets"
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            is_used = folder != own or f"assets/{name}" not in without
            if path.is_file() and is_used and urls.is_safe(urls.asset(name)):
                found[name] = path.read_bytes()
    return dict(sorted(found.items()))


def read_words(site: Site, own: Path | None) -> tuple[Words, tuple[Problem, ...]]:
    """Return the words of a site's language, and what is wrong with the files they come from.

    Of each key the nearest language decides, and the site's own file before the bundled one.
    """
    files: list[tuple[str, bytes]] = []
    for language in dict.fromkeys((*languages(site.language), ENGLISH)):
        paths = (folder / "words" / f"{language}.yaml" for folder in folders(own))
        files += ((language, path.read_bytes()) for path in paths if path.is_file())
    marks = ((language, sha256(content).hexdigest()) for language, content in files)
    said = known(("words", *marks), partial(_read_words, files))
    wordings, read, (before, behind) = said
    problems = [*before]
    if read == {ENGLISH} and ENGLISH not in languages(site.language):
        what = f"there are no words in '{site.language}', so those of the pages are English"
        fix = f"add templates/words/{site.language}.yaml, made like the en.yaml of the program"
        problems.append(warning(Place("site.yaml", site.language_line), what, fix))
    return Words(site.language, wordings), (*problems, *behind)


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
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                said = f"{name}\0{path.stat().st_size}\0"
                mark.update(said.encode("utf-8", "surrogateescape") + path.read_bytes())
        mark.update(b"\0\0")
    return mark.hexdigest()
