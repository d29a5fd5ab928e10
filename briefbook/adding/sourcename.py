"""The name under which a text lies in sources/: of its own file, else of its headline.

Pure. A name never leaves sources/, is never hidden, and never that of another file.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from briefbook.briefing import numbered, slug_from
from briefbook.problems import Place, Problem, error
from briefbook.text.filenames import folded_name, refused_name

SOURCES = "sources"
ENDINGS = (".txt", ".md", ".html", ".htm", ".xhtml")
_LONGEST = 80  # characters of a name, without its ending
# What no file system and no message minds.
_PLAIN = re.compile(r"[\w(][\w .,()'’&+-]*")
_PLACE = Place("--name")


def wrong_name(name: str, count: int) -> Iterator[Problem]:
    """Yield what is wrong with a name that was given for `count` texts."""
    parts = PurePosixPath(name).parts
    if count > 1:
        fix = "leave it out, or add one text after the other"
        yield error(_PLACE, f"one name cannot be that of {count} texts", fix)
    if not name.isprintable() or any(part.startswith(".") and part != ".." for part in parts):
        what = f"'{ascii(name)[1:-1]}' would not be read as a source"
        yield error(_PLACE, what, "leave out points at the start, and what cannot be seen")
    elif not parts or parts[0] == "/" or ".." in parts or "\\" in name or ":" in name:
        fix = "write a path below sources/ with forward slashes, such as harbour/ferry.txt"
        yield error(_PLACE, f"'{name}' does not lie below sources/", fix)
    else:
        for part in parts:
            if why := refused_name(part):
                fix = "write another name: who works on another system could not have this file"
                yield error(_PLACE, f"'{part}' is no name on every system: {why}", fix)


def path_of_name(name: str, ending: str = "") -> str:
    """Return the path of a source of a name that was given, which may start with sources/.

    Args:
        name: A right one.
        ending: What is put behind a name without an ending that is read.
    """
    path = f"{SOURCES}/{PurePosixPath(name).as_posix().removeprefix(f'{SOURCES}/')}"
    return path if path.casefold().endswith(ENDINGS) else f"{path}{ending}"


def path_of_file(name: str, ending: str) -> str:
    """Return the path of a source that keeps the name of its file; an odd one is made plain."""
    path = PurePosixPath(unicodedata.normalize("NFC", name))
    stem = path.stem if path.suffix == ending else path.name
    if not _PLAIN.fullmatch(stem) or len(stem) > _LONGEST or refused_name(stem):
        stem = slug_from(stem, "text")
    return f"{SOURCES}/{stem}{ending}"


def path_of_headline(headline: str, ending: str) -> str:
    """Return the path of a source that is named by its headline."""
    return f"{SOURCES}/{slug_from(headline, 'text')}{ending}"


def free_path(path: str, taken: Collection[str]) -> str:
    """Return a path, numbered where it is taken.

    Args:
        path: As it is wanted.
        taken: The paths that are, as `folded_name` makes them.
    """
    ending = PurePosixPath(path).suffix
    stem = path.removesuffix(ending)
    return f"{numbered(stem, lambda name: folded_name(f'{name}{ending}') in taken)}{ending}"
