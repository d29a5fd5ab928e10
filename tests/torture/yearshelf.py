"""The entries of a site as an editor sees them: what each is, read again only where it changed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefbook.briefing import load_entry
from briefbook.problems import ProblemError

_LIST = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One entry."""

    path: str
    id: str
    slug: str
    story: str
    aliases: tuple[str, ...]
    status: str
    added: str
    source: str | None  # None: it is its editor's own work
    is_waiting: bool  # it has `publish_after`


class Shelf:
    """The folder `briefings/` of a site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[str, tuple[int, Kept]] = {}

    def all(self) -> list[Kept]:
        """Return all entries, the newest last."""
        known = {}
        for file in self.root.glob("briefings/*.md"):
            path, moment = f"briefings/{file.name}", file.stat().st_mtime_ns
            was = self._known.get(path)
            known[path] = was if was and was[0] == moment else (moment, kept(path, file))
        self._known = known
        return sorted((one for _, one in known.values()), key=lambda one: (one.added, one.path))

    def text(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> bool:
        """Write an entry as an editor saves it, if it is one; tell whether anything changed."""
        file = self.root / path
        if not is_entry(text) or (file.exists() and text == self.text(path)):
            return False
        beside = self.root / ".saved"
        beside.write_text(text, "utf-8")
        beside.replace(file)
        return True

    def edit(self, path: str, change: Callable[[str], str]) -> bool:
        return self.write(path, change(self.text(path)))


def kept(path: str, file: Path) -> Kept:
    text = file.read_text("utf-8")
    source = re.search(r"(?m)^parsed: \{source: ([^,]+),", text)
    return Kept(
        path=path,
        id=_of("id", text) or _id(text, path),
        slug=_of("slug", text) or file.stem,
        story=_of("story", text),
        aliases=tuple(_LIST.findall(_of("aliases", text))),
        status=_of("status", text) or "published",
        added=_of("added", text),
        source=source[1].strip('"') if source else None,
        is_waiting="\npublish_after:" in text,
    )


def _id(text: str, path: str) -> str:
    """Return what readers know an entry by that says nothing of it, or cannot be read."""
    try:
        return load_entry(text, path)[0].entry.id
    except ProblemError:
        return ""


def front(text: str) -> dict[str, Any]:
    """Return what the front matter of an entry says."""
    head = text.removeprefix("---\n").partition("\n---\n")[0]
    said = yaml.load(head, yaml.CSafeLoader)
    assert isinstance(said, dict)
    return said


def is_entry(text: str) -> bool:
    try:
        load_entry(text, "briefings/a.md")
    except ProblemError:
        return False
    return True


def with_item(text: str, key: str, item: str) -> str:
    """Write an item below the others of a list in the front matter."""
    block = re.search(rf"(?m)^{key}:\n((?:  .*\n)+)", text)
    if block:
        return text[: block.end()] + f"  - {item}\n" + text[block.end() :]
    line = re.search(rf"(?m)^{key}: \[(.*)\]\n", text)
    if line:
        items = f"{line[1]}, {item}" if line[1].strip() else item
        return text[: line.start()] + f"{key}: [{items}]\n" + text[line.end() :]
    if re.search(rf"(?m)^{key}:", text):
        return re.sub(rf"(?m)^{key}:.*\n", f"{key}:\n  - {item}\n", text, count=1)
    return text.replace("\nparsed:", f"\n{key}:\n  - {item}\nparsed:", 1)


def conflicts_solved(text: str, sides: Iterator[bool]) -> str:
    """Return a text without the marks of git: of each place one version, the upper if True."""
    found: list[str] = []
    is_upper: bool | None = None
    takes_upper = True
    for line in text.splitlines(keepends=True):
        if line.startswith("<<<<<<< "):
            is_upper, takes_upper = True, next(sides)
        elif line.rstrip() == "=======" and is_upper:
            is_upper = False
        elif line.startswith(">>>>>>> ") and is_upper is False:
            is_upper = None
        elif is_upper is None or is_upper == takes_upper:
            found.append(line)
    return "".join(found)


def _of(key: str, text: str) -> str:
    found = re.search(rf"(?m)^{key}:[ ]*(.*)$", text)
    return found[1].split("  #")[0].strip().strip('"') if found else ""
