"""The entry files of a site, read one by one -> `Briefings`: what fits together, and what does not.

Pure. Two entries never share an id, a slug or an alias: the one that arrived later is left out. A
file that is left out still holds its source and its address, so that nothing else takes them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from briefbook.briefing.entry import LoadedEntry
from briefbook.model import Entry
from briefbook.problems import Problem, error, in_order

_SHA256 = re.compile(r"\bsha256:[ \t]*[\"']?([0-9a-f]{64})\b")
_SOURCE = re.compile(r"\bsource:[ \t]*(?:\"([^\"\r\n]*)\"|([^\"\s,}][^,}\r\n]*))")
_SLUG = re.compile(r"^slug:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
# The list may stand in brackets or an item a line, with the marks of a merge between the lines.
_ALIASES = re.compile(r"^aliases:(.*(?:\r?\n(?:[ \t]*-[ \t]|[ \t]+\S|[<|=>]{7}).*)*)", re.MULTILINE)
_MARKED = re.compile(r"^[<|=>]{7}.*$", re.MULTILINE)
_ALIAS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARSED = re.compile(r"^parsed:", re.MULTILINE)
_FENCE = re.compile(r"^---[ \t\r]*$", re.MULTILINE)
_ID = re.compile(r"^id:[ \t]*[\"']?(urn:uuid:[0-9a-fA-F-]{36})", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyEntry:
    """An entry file that is left out, and what it keeps others from taking."""

    path: str
    sources: frozenset[str] = frozenset()
    hashes: frozenset[str] = frozenset()  # SHA-256 of sources
    slugs: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    text: str = ""  # its body, where only that can tell what source it was made of
    is_unread: bool = False  # the system refused to let it be read, so it may be about anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What reading one entry file gave."""

    found: LoadedEntry | FaultyEntry
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class OtherEntry:
    """An entry that is not at hand."""

    path: str  # its file
    mark: object  # what stands for the bytes of that
    entry: Callable[[], Entry]  # returns it


class Others(Protocol):
    """The entries of a site that are not at hand, since nothing that has changed concerns them.

    They are there all the same: what is new must not take what is theirs.
    """

    def has_slug(self, slug: str) -> bool:
        """Tell whether a slug or an alias is theirs, or becomes one with this build."""

    def has_id(self, identity: str) -> bool:
        """Tell whether an id is theirs."""

    def has_story(self, key: str) -> bool:
        """Tell whether one of them that is not hidden is in a story."""

    def names_story(self, key: str) -> bool:
        """Tell whether one of them is or was in a story."""

    def was_published(self, key: str) -> bool:
        """Tell whether the page of a story was ever published, wherever its entries are."""

    def last(self, many: int) -> Sequence["OtherEntry"]:
        """Return the last of those that are in a story and not hidden, in order of arrival."""


class _Nobody:
    """All entries are at hand."""

    def has_slug(self, slug: str) -> bool:
        return False

    def has_id(self, identity: str) -> bool:
        return False

    def has_story(self, key: str) -> bool:
        return False

    def names_story(self, key: str) -> bool:
        return False

    def was_published(self, key: str) -> bool:
        return False

    def last(self, many: int) -> tuple[OtherEntry, ...]:
        return ()


NOBODY: Others = _Nobody()


class Taken:
    """Names that are taken: some that are known here, and some that somebody else knows of."""

    def __init__(self, known: Iterable[str], is_known: Callable[[str], bool]) -> None:
        """Begin with some, and with what tells of others whether they are taken."""
        self._known = set(known)
        self._is_known = is_known

    def __contains__(self, name: object) -> bool:
        """Tell whether a name is taken."""
        return name in self._known or (isinstance(name, str) and self._is_known(name))

    def add(self, name: str) -> None:
        """Take a name."""
        self._known.add(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefings:
    """The entries of a site: all, or all that something that has changed may concern."""

    entries: tuple[LoadedEntry, ...]  # in order of arrival
    faulty: tuple[FaultyEntry, ...] = ()
    paths: tuple[str, ...] = ()  # of all files in the folder, whatever they are
    others: Others = NOBODY

    def taken_slugs(self) -> Taken:
        """Return all slugs and aliases, also those that become aliases with this build."""
        slugs = {slug for faulty in self.faulty for slug in faulty.slugs}
        for loaded in self.entries:
            slugs.update(slugs_of(loaded.entry))
        return Taken(slugs, self.others.has_slug)

    def taken_ids(self) -> Taken:
        """Return all ids."""
        ids = {identity for faulty in self.faulty for identity in faulty.ids}
        return Taken(ids.union(one.entry.id for one in self.entries), self.others.has_id)


def slugs_of(entry: Entry) -> tuple[str, ...]:
    """Return slug and aliases of an entry, and the slug that becomes an alias with this build."""
    issued = entry.parsed.issued if entry.parsed else None
    return (entry.slug, *entry.aliases, *((issued.slug,) if issued else ()))


def hold(path: str, text: str) -> FaultyEntry:
    """Find out what a file that cannot be read as an entry was about, as far as it says so."""
    text = text.replace("\0", "")  # UTF-16, decoded as UTF-8: all that is looked for here is ASCII
    sources = frozenset(quoted or plain.rstrip() for quoted, plain in _SOURCE.findall(text))
    hashes = frozenset(_SHA256.findall(text))
    is_lost = bool(_PARSED.search(text)) and not sources and not hashes
    return FaultyEntry(
        path=path,
        sources=sources,
        hashes=hashes,
        text=_FENCE.split(text, maxsplit=2)[-1] if is_lost else "",
        slugs=frozenset((*_SLUG.findall(text), *_aliases(text))),
        ids=frozenset(_ID.findall(text)),
    )


def hold_unread(path: str) -> FaultyEntry:
    """Hold what the name of a file says of it, which the system does not let be read."""
    name = PurePosixPath(path).stem  # as it is named by the program, that is its slug
    slugs = frozenset({name} if _ALIAS.fullmatch(name) else ())
    return FaultyEntry(path=path, slugs=slugs, is_unread=True)


def _aliases(text: str) -> list[str]:
    found = "\n".join(_ALIASES.findall(text))
    return _ALIAS.findall(_MARKED.sub(" ", found))


def _held(one: LoadedEntry) -> FaultyEntry:
    entry, parsed = one.entry, one.entry.parsed
    return FaultyEntry(
        path=one.path,
        sources=frozenset({parsed.source} if parsed else ()),
        hashes=frozenset({parsed.sha256} if parsed else ()),
        slugs=frozenset({entry.slug, *entry.aliases}),
        ids=frozenset({entry.id}),
    )


def gather(
    outcomes: Iterable[Outcome], paths: tuple[str, ...] = ()
) -> tuple[Briefings, tuple[Problem, ...]]:
    """Put the entries of a site together.

    Args:
        outcomes: What reading each file gave, in any order.
        paths: All files in the folder.
    """
    problems: list[Problem] = []
    loaded, faulty = [], []
    for outcome in outcomes:
        problems += outcome.problems
        if isinstance(outcome.found, FaultyEntry):
            faulty.append(outcome.found)
        else:
            loaded.append(outcome.found)
    loaded.sort(key=lambda one: (one.entry.arrival, one.path))
    claims: dict[str, LoadedEntry] = {}
    entries = []
    for one in loaded:
        if clashes := _clashes(one, claims):
            problems += clashes
            faulty.append(_held(one))
            continue
        entries.append(one)
        claims |= dict.fromkeys((one.entry.id, one.entry.slug, *one.entry.aliases), one)
    shelf = Briefings(entries=tuple(entries), faulty=tuple(faulty), paths=paths)
    return shelf, in_order(problems)


def _one_of_two(entry: Entry, first: LoadedEntry) -> str:
    """Return what to do about the later of two entries of one id."""
    before = first.entry.parsed
    if entry.parsed and before and entry.parsed.source != before.source:
        slugs = ", ".join((entry.slug, *entry.aliases))
        return (
            "one text was added twice: delete this file, move what you wrote in it to the other,"
            f" and add `aliases: [{slugs}]` there"
        )
    return "delete the line id: in the entry that is the copy, and its line parsed: too"


def _clashes(one: LoadedEntry, claims: dict[str, LoadedEntry]) -> list[Problem]:
    entry = one.entry
    clashes = []
    if first := claims.get(entry.id):
        what = f"the id is also that of {first.path}"
        clashes.append(error(one.place("id"), what, _one_of_two(entry, first)))
    if first := claims.get(entry.slug):
        what = f"the address '{entry.slug}' also belongs to {first.path}"
        clashes.append(error(one.place("slug"), what, "give one of the two another slug"))
    for alias in entry.aliases:
        if first := claims.get(alias):
            what = f"the alias '{alias}' also belongs to {first.path}"
            clashes.append(error(one.place("aliases"), what, "take it out of one of the two"))
    return clashes
