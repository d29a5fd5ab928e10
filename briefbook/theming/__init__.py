"""Theming: which shipped templates, assets and words a site overrides, and what became of them.

In: the `templates/` folder of a site and the one that comes with the program. Out: for each file of
the site what it is to the program, and differences. Stands above the build, which uses what it
finds in the folder and asks for no reason.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import yaml
from jinja2 import Environment, TemplateSyntaxError, meta

from briefbook.files import read_file
from briefbook.publishing import bundled
from briefbook.theming.upstream import (
    FOLDER,
    WORDS,
    copy_shipped,
    keep_own,
    meant_name,
    own_names,
    pristine_path,
    refuse_missing,
    remembered,
    shipped_name,
    shipped_names,
)

__all__ = [
    "FOLDER",
    "Override",
    "Theme",
    "Themed",
    "copy_shipped",
    "differences",
    "keep_own",
    "read_theme",
    "shipped_names",
    "theme_of",
]

LARGEST = 16 * 1024 * 1024  # bytes; a picture or a font may be an asset


class Override(StrEnum):
    """What a file of a site's `templates/` is to the program."""

    SAME = "same"  # as the program's own: it can be deleted
    OLD_COPY = "old copy"  # as it was copied, and the program's own has changed since
    YOURS = "yours"  # changed by the editor, and the program's own is as it was copied
    BEHIND = "behind"  # changed by the editor, and by the program since
    UNKNOWN = "unknown"  # changed by the editor, and nobody knows from which version
    ADDED = "added"  # the program has no such file, and it is used
    GONE = "gone"  # it was copied, and the program has it no more
    UNUSED = "unused"  # the program has no such file, and nothing uses it


@dataclass(frozen=True, slots=True, kw_only=True)
class Themed:
    """One file of a site's `templates/`."""

    name: str  # from the folder, such as pages/entry.html
    state: Override
    version: str | None  # of the program it was copied from; None where that is not known
    meant: str | None = None  # for an unused file: the name that was probably meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The texts of one file: the site's, the program's, and the program's when it was copied."""

    name: str
    own: bytes
    shipped: bytes
    pristine: bytes | None
    version: str | None


def read_theme(root: Path) -> tuple[Themed, ...]:
    """Return what each file of a site's `templates/` is, by name.

    Raises:
        ProblemError: A file cannot be read, or the folder is the one of the program itself.
    """
    own = own_names(root)
    shipped = shipped_names()
    used = _mentioned(root, own)
    return tuple(
        _overriding(root, name) if name in shipped else _added(root, name, shipped, used)
        for name in own
    )


def _overriding(root: Path, name: str) -> Themed:
    texts = _texts(root, name)
    return Themed(name=name, state=_state(texts), version=texts.version)


def _added(root: Path, name: str, shipped: tuple[str, ...], used: frozenset[str]) -> Themed:
    """Return what a file is that the program does not have."""
    meant, version = meant_name(name, shipped), remembered(root, name)
    if _is_used(name, used, meant):
        state = Override.ADDED
    else:
        state = Override.UNUSED if version is None else Override.GONE
    return Themed(name=name, state=state, version=version, meant=meant)


def theme_of(root: Path, given: str) -> Theme:
    """Return the three texts of a file that a site overrides.

    Raises:
        ProblemError: There is no such shipped file, or the site has none, or one is unreadable.
    """
    name = shipped_name(root, given)
    refuse_missing(root, name)
    texts = _texts(root, name)
    return _narrowed(texts) if name.startswith(WORDS) else texts


def differences(was: bytes, now: bytes, was_name: str, now_name: str) -> Iterator[str]:
    """Yield the lines of a unified difference; of what is no text only that it differs."""
    try:
        old, new = was.decode("utf-8"), now.decode("utf-8")
    except UnicodeDecodeError:
        if was != now:
            yield f"{was_name} and {now_name} differ, and are no text"
        return
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), was_name, now_name, lineterm=""
    )
    yield from lines


# --------------------------------------------------------------------------- what a file is


def _state(texts: Theme) -> Override:
    if texts.own == texts.shipped:
        return Override.SAME
    if texts.name.startswith(WORDS):
        return _words_state(texts)
    if texts.pristine is None:
        return Override.UNKNOWN
    if texts.own == texts.pristine:
        return Override.OLD_COPY
    return Override.YOURS if texts.pristine == texts.shipped else Override.BEHIND


def _texts(root: Path, name: str) -> Theme:
    version = remembered(root, name)
    return Theme(
        name=name,
        own=read_file(root, f"{FOLDER}/{name}", limit=LARGEST),
        shipped=(bundled() / name).read_bytes(),
        pristine=read_file(root, pristine_path(name, version), limit=LARGEST) if version else None,
        version=version,
    )


def _words_state(texts: Theme) -> Override:
    """Tell what a words file is: it wins line by line, so only its own lines count."""
    own, shipped = _sentences(texts.own), _sentences(texts.shipped)
    if all(shipped.get(key) == said for key, said in own.items()):
        return Override.SAME
    if texts.pristine is None:
        return Override.YOURS
    pristine = _sentences(texts.pristine)
    if all(pristine.get(key) == said for key, said in own.items()):
        return Override.OLD_COPY
    is_behind = any(pristine.get(key) != shipped.get(key) for key in own)
    return Override.BEHIND if is_behind else Override.YOURS


def _narrowed(texts: Theme) -> Theme:
    """Return the texts of a words file with the lines alone that the site has."""
    keys = _sentences(texts.own).keys()
    own, shipped = _lines_of(texts.own, keys), _lines_of(texts.shipped, keys)
    pristine = None if texts.pristine is None else _lines_of(texts.pristine, keys)
    return replace(texts, own=own, shipped=shipped, pristine=pristine)


def _lines_of(content: bytes, keys: Collection[str]) -> bytes:
    kept = {key: said for key, said in _sentences(content).items() if key in keys}
    return yaml.safe_dump(kept, allow_unicode=True, width=1000).encode() if kept else b""


def _sentences(content: bytes) -> Mapping[str, object]:
    """Return what a words file says by key; nothing of one that `build` complains about."""
    try:
        said = yaml.safe_load(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError):
        return {}
    return said if isinstance(said, dict) else {}


def _is_used(name: str, mentioned: frozenset[str], meant: str | None) -> bool:
    """Tell whether anything uses a file that the program does not have.

    Every asset is published and every words file is a language of its own, unless its name is so
    like a shipped one that it was meant to be that.
    """
    if name.startswith(WORDS):
        return name.endswith(".yaml") and meant is None
    if name.startswith("assets/"):
        return meant is None
    return name in mentioned


def _mentioned(root: Path, own: tuple[str, ...]) -> frozenset[str]:
    """Return the templates that the site's own ones include or extend."""
    found: set[str] = set()
    for name in own:
        if not name.endswith(".html"):
            continue
        text = read_file(root, f"{FOLDER}/{name}", limit=LARGEST).decode("utf-8", "replace")
        try:
            names = meta.find_referenced_templates(Environment(autoescape=True).parse(text))
        except TemplateSyntaxError:  # `build` says so, at its line
            continue
        found.update(each for each in names if each is not None and each != name)
    return frozenset(found)
