"""Founding: the folder of a new site, with everything an editor starts from.

In: a folder that is empty or not there yet, and what the site shall be called. Out: its files, made
of those in `newsite/`, where each is as an editor will see it, with `@name@` for what is put in.
Refuses a folder that holds anything, and settings that `build` would refuse.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from briefbook.config import parse_site
from briefbook.model import Site
from briefbook.problems import Place, Problem, ProblemError, error
from briefbook.publishing import bundled, languages
from briefbook.text.markdown import escape_heading

SHIPPED = Path(__file__).parent / "newsite"
# Files whose names start with a dot lie without it in the package: git and others would heed them.
_FILES = (
    (".gitattributes", "gitattributes"),
    (".github/workflows/intake.yml", "workflows/intake.yml"),
    (".github/workflows/publish.yml", "workflows/publish.yml"),
    (".gitignore", "gitignore"),
    ("README.md", "README.md"),
    ("published.txt", "published.txt"),
    ("requirements.txt", "requirements.txt"),
    ("site.yaml", "site.yaml"),
    ("sources/a-sample-text.txt", "sources/a-sample-text.txt"),
    ("templates/README.md", "templates/README.md"),
)
_KEPT_BY_GIT = "briefings/.gitkeep"
# What a folder may hold and still be empty: a repository was made first, and nothing is in it.
_NO_CONTENT = frozenset({".git"})
_NAMED = 5
_MARK = re.compile(r"@(\w+)@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What an editor says of a new site; None is what `site.yaml` takes when a key is absent."""

    title: str = "My briefings"
    language: str | None = None  # BCP 47 tag
    timezone: str | None = None  # IANA name
    base_url: str | None = None


def found_site(folder: Path, wishes: Wishes, version: str) -> tuple[str, ...]:
    """Write the files of a new site.

    Args:
        folder: Where; it is made when it is not there.
        wishes: What the editor says of it.
        version: Of this program; the workflows install the same.

    Returns:
        The paths of the files from `folder`, sorted.

    Raises:
        ProblemError: The folder holds something, a wish cannot be fulfilled, or the disk refuses.
    """
    site = _refuse_wishes(wishes)
    _refuse_content(folder)
    files = dict(_files(wishes, site, version))
    for path, text in sorted(files.items()):
        _write_new(folder, path, text)
    return tuple(sorted(files))


def has_words(language: str) -> bool:
    """Tell whether words of the pages in a language come with the program."""
    return any((bundled() / "words" / f"{tag}.yaml").is_file() for tag in languages(language))


# --------------------------------------------------------------------------- what is refused


def _refuse_wishes(wishes: Wishes) -> Site:
    """Return the settings that the wishes make; each that `build` would refuse is refused here."""
    problems: list[Problem] = []
    said = {"title": wishes.title, "language": wishes.language}
    said |= {"timezone": wishes.timezone, "base_url": wishes.base_url}
    for key, value in said.items():
        if value is None:
            continue
        option = Place(f"--{key.replace('_', '-')}")
        if not value.isprintable():
            what = "there are characters in it that cannot be shown"
            problems.append(error(option, what, "write it with letters and signs alone"))
            continue
        line = f"{key}: {_quoted(value)}\n"
        _, found = parse_site(line if key == "title" else f"title: A\n{line}")
        problems += [error(option, problem.what, problem.fix) for problem in found]
    if problems:
        raise ProblemError(*problems)
    lines = (f"{key}: {_quoted(value)}\n" for key, value in said.items() if value is not None)
    site, _ = parse_site("".join(lines))
    assert site is not None  # each line was right by itself
    return site


def _refuse_content(folder: Path) -> None:
    fix = "name a folder that is empty or not there yet; nothing was written"
    try:
        if not (folder.is_symlink() or folder.exists()):
            return
        if not folder.is_dir():
            raise ProblemError(error(Place(str(folder)), "this is a file, not a folder", fix))
        found = sorted(item.name for item in folder.iterdir() if item.name not in _NO_CONTENT)
    except OSError as reason:
        what = f"it cannot be read: {reason.strerror}"
        raise ProblemError(error(Place(str(folder)), what, fix)) from reason
    if found:
        named = ", ".join(found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        what = f"the folder is not empty: {named}{more}"
        raise ProblemError(error(Place(str(folder)), what, fix))


# --------------------------------------------------------------------------- what is written


def _files(wishes: Wishes, site: Site, version: str) -> Iterator[tuple[str, str]]:
    put_in = {
        "title": _quoted(site.title),
        "plain_title": escape_heading(site.title),
        "base_url": _base_url_line(wishes.base_url),
        "language": _quoted(site.language),
        "timezone": _quoted(site.timezone),
        "version": version,
        "id": uuid4().urn,
    }
    for path, shipped in _FILES:
        yield path, _filled((SHIPPED / shipped).read_text("utf-8"), put_in)
    yield _KEPT_BY_GIT, ""
    if not has_words(site.language):
        yield f"templates/words/{site.language}.yaml", _words_to_translate(site.language)


def _filled(text: str, put_in: Mapping[str, str]) -> str:
    """Put words in for their marks, in one go: what is put in may look like a mark."""
    return _MARK.sub(lambda mark: put_in.get(mark[1], mark[0]), text)


def _base_url_line(base_url: str | None) -> str:
    return f"base_url: {_quoted(base_url)}" if base_url else "# base_url: https://example.org/news"


def _quoted(value: str) -> str:
    """Return a text as YAML, without quotes where nobody could take it for anything else."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9 _/-]*[A-Za-z0-9]", value) and value.casefold() not in (
        *("yes", "no", "on", "off", "true", "false", "null"),
    ):
        return value
    return json.dumps(value, ensure_ascii=False)


def _words_to_translate(language: str) -> str:
    """Return the English words, each line a comment until somebody translates it."""
    english = (bundled() / "words/en.yaml").read_text("utf-8")
    head = (
        f"# The words of the pages in '{language}'. Until a line is translated, it is English:\n"
        "# take off its # and the space behind it, and write your words.\n#\n"
    )
    lines = english.splitlines()
    return head + "".join(
        f"{line}\n" if not line or line.startswith("#") else f"# {line}\n" for line in lines
    )


def _write_new(folder: Path, path: str, text: str) -> None:
    """Write a file that must not be there yet."""
    file = folder / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as reason:
        what = f"it cannot be written: {reason.strerror}"
        fix = "check the disk and who may write there, empty the folder, and run the command again"
        raise ProblemError(error(Place(str(file)), what, fix)) from reason
