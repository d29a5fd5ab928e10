"""A YAML mapping -> typed values, each with its place; every mistake of it at once.

Comes in: the settings, the header of a source or the front matter of an entry, as text. Goes out:
`Fields`, asked for one key after the other by whoever knows what the keys mean. A wrong value is
noted in `problems` and read as absent, so that one run reports everything.

Values are read as an editor writes them: `outlet: 1899` and `title: on` are texts, one text where a
list is wanted is a list of one, and a key with nothing, `~`, `null` or "" behind it is absent.
"""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from briefbook.problems import Place, Problem, error, unknown_word
from briefbook.yamlnodes import ListNode, MappingNode, Node, ScalarNode, describe, is_number
from briefbook.yamltree import read_tree

__all__ = [
    "LANGUAGE",
    "LONGEST_SLUG",
    "SLUG",
    "YEARS_OF_DAYS",
    "Fields",
    "ListNode",
    "MappingNode",
    "Node",
    "ScalarNode",
    "as_moment",
    "clean_text",
    "is_web_address",
    "read_fields",
    "read_tree",
]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80  # characters
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # the shape of a BCP 47 tag

_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"(?:[ \t]*(?:([Zz])|([-+])(\d{1,2}):?(\d{2})?))?)?"
)
# Later ones have no tomorrow, earlier ones are slips of the hand: years in addresses have 4 digits.
_YEARS = range(1000, 9999)
YEARS_OF_DAYS = range(1001, 9998)  # a day may begin in another year elsewhere
_NOT_IN_ADDRESSES = re.compile(r'[ <>"\\^`{|}]')
_LINE_BREAKS = re.compile(r"[\r\n]+")
_ABSENT = frozenset({"", "~", "null"})

Choice = TypeVar("Choice", bound=StrEnum)


def read_fields(
    text: str, path: str, *, first_line: int = 1, known: Collection[str] | None = None
) -> "Fields":
    """Read a YAML mapping whose keys can then be asked for.

    Args:
        text: The YAML, without a byte order mark.
        path: The file it stands in, for problems.
        first_line: The physical line of the file on which `text` starts.
        known: The keys that are allowed; None allows any.
    """
    tree, problems = read_tree(text, path, first_line=first_line)
    return Fields(tree, path, first_line, list(problems), known)


def clean_text(text: str, *, lines: bool = False) -> str:
    """Take the white space off both ends; unless `lines`, join what is broken into lines."""
    text = text.strip()
    if lines or ("\n" not in text and "\r" not in text):
        return text
    # Split, not substituted: a pattern with blanks on both sides takes minutes on a long gap.
    return " ".join(part.strip(" \t") for part in _LINE_BREAKS.split(text))


class Fields:
    """The keys of one mapping. Asking for a value checks it; mistakes collect in `problems`."""

    def __init__(
        self,
        tree: MappingNode | None,
        path: str,
        first_line: int,
        problems: list[Problem],
        known: Collection[str] | None,
    ) -> None:
        self.tree = tree
        self.problems = problems
        self._path = path
        self._first_line = tree.line if tree else first_line
        pairs = tree.pairs if tree else ()
        self.lines: Mapping[str, int] = {key.text: key.line for key, _ in pairs}
        self._nodes = {key.text: value for key, value in pairs if not _is_absent(value)}
        if known is not None:
            self._refuse_unknown(known)

    @property
    def keys(self) -> tuple[ScalarNode, ...]:
        """All keys, where they stand; what is known or not."""
        return tuple(key for key, _ in self.tree.pairs) if self.tree else ()

    def written(self, key: str) -> str | None:
        """Return the text of a single value as it stands; None: there is none."""
        node = self._nodes.get(key)
        return node.text.strip() if isinstance(node, ScalarNode) else None

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def place(self, key: str | None = None) -> Place:
        """Return where a key stands; without a key, or without it in the file, where all start."""
        return Place(self._path, self.lines.get(key or "", self._first_line))

    def report(self, key: str | None, what: str, fix: str) -> None:
        """Note a mistake at a key."""
        self.problems.append(error(self.place(key), what, fix))

    def refuse_long(self, key: str, most: int) -> None:
        """Note a mistake where a list has more items than anybody means to write."""
        node = self._nodes.get(key)
        if isinstance(node, ListNode) and len(node.items) > most:
            what = f"'{key}' has {len(node.items)} items, more than the limit of {most}"
            self.report(key, what, "delete some")

    def _refuse_unknown(self, known: Collection[str]) -> None:
        otherwise = f"The keys are {', '.join(known)}"
        self.problems += [
            unknown_word(self.place(key), "key", key, known, otherwise)
            for key in self.lines
            if key not in known
        ]

    # ------------------------------------------------------------------- texts

    def text(self, key: str, *, lines: bool = False) -> str | None:
        """Return a text; with `lines` its line ends are kept, else each becomes a space."""
        node = self._nodes.get(key)
        if node is None:
            return None
        if not isinstance(node, ScalarNode):
            self._wrong(key, "a text", node, f'write {key}: "…"')
            return None
        return clean_text(node.text, lines=lines) or None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return a list of texts, empty ones left out; None when the key is absent."""
        node = self._nodes.get(key)
        if node is None:
            return None
        if is_number(node) or isinstance(node, MappingNode):
            self._wrong(key, "a list of texts", node, f'write {key}: ["…", "…"]')
            return None
        items = node.items if isinstance(node, ListNode) else (node,)
        for item in items:
            if not isinstance(item, ScalarNode):
                what = f"'{key}' must be a list of texts; one of its items is {describe(item)}"
                fix = "put the item in double quotes"
                self.problems.append(error(Place(self._path, item.line), what, fix))
        texts = (clean_text(item.text) for item in items if isinstance(item, ScalarNode))
        return tuple(text for text in texts if text)

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """Return one of the words of an enumeration."""
        word = self.text(key)
        return None if word is None else self._chosen(key, key, word, choices)

    def choices(self, key: str, kind: str, choices: type[Choice]) -> tuple[Choice, ...] | None:
        """Return a list of words of an enumeration; None when the key is absent.

        Args:
            key: The key.
            kind: What each word is, for messages.
            choices: The enumeration.
        """
        words = self.texts(key)
        if words is None:
            return None
        chosen = (self._chosen(key, kind, word, choices) for word in words)
        return tuple(choice for choice in chosen if choice is not None)

    def _chosen(self, key: str, kind: str, word: str, choices: type[Choice]) -> Choice | None:
        try:
            return choices(word.casefold())
        except ValueError:
            words = [choice.value for choice in choices]
            otherwise = f"It is one of {', '.join(words)}"
            self.problems.append(unknown_word(self.place(key), kind, word, words, otherwise))
            return None

    def slug(self, key: str) -> str | None:
        """Return a slug: lower-case letters, digits and single hyphens."""
        word = self.text(key)
        return word if word is not None and self._is_slug(key, word) else None

    def slugs(self, key: str) -> tuple[str, ...] | None:
        """Return a list of slugs, each once; None when the key is absent."""
        words = self.texts(key)
        if words is None:
            return None
        return tuple(word for word in dict.fromkeys(words) if self._is_slug(key, word))

    def _is_slug(self, key: str, word: str) -> bool:
        if SLUG.fullmatch(word) and len(word) <= LONGEST_SLUG:
            return True
        self.report(
            key,
            f"'{_short(word)}' cannot be a part of an address, as '{key}' is",
            f"use only a–z, 0–9 and single hyphens between them, at most {LONGEST_SLUG} characters",
        )
        return False

    def language(self, key: str) -> str | None:
        """Return a language tag."""
        tag = self.text(key)
        if tag is None or LANGUAGE.fullmatch(tag):
            return tag
        self.report(key, f"'{_short(tag)}' is not a language tag", "write one such as en or pt-BR")
        return None

    def url(self, key: str) -> str | None:
        """Return a web address: http or https, with a host, without spaces."""
        address = self.text(key)
        if address is None or is_web_address(address):
            return address
        self.report(
            key,
            f"'{_short(address)}' is not a web address",
            f"write {key}: https://… in full, or leave it out",
        )
        return None

    # ------------------------------------------------------------------- numbers and dates

    def number(self, key: str, low: int, high: int) -> int | None:
        """Return a whole number between `low` and `high`, both allowed."""
        word = self.text(key)
        if word is None:
            return None
        if re.fullmatch(r"[0-9]{1,9}", word) and low <= int(word) <= high:
            return int(word)
        what = f"'{key}' must be a whole number from {low} to {high}, not '{_short(word)}'"
        self.report(key, what, f"write {key}: {low} or more")
        return None

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        word = self.text(key)
        if word is None:
            return default
        if word not in ("true", "false"):
            what = f"'{key}' must be true or false, not '{_short(word)}'"
            self.report(key, what, f"write {key}: {str(not default).lower()}")
        return word == "true"

    def date(self, key: str, zone: tzinfo = UTC) -> date | datetime | None:
        """Return a date, or a moment with its offset; one without offset is taken in `zone`."""
        word = self.text(key)
        if word is None:
            return None
        match = _DATE.fullmatch(word)
        if match is None:
            self.report(
                key,
                f"'{_short(word)}' is not a date as '{key}' needs it",
                f"write {key}: 2026-11-21 or {key}: 2026-11-21T18:00:00+09:00",
            )
            return None
        try:
            return _as_date(match, zone)
        except (ValueError, OverflowError):
            self._no_such_date(key, word)
            return None

    def moment(self, key: str, zone: tzinfo = UTC) -> datetime | None:
        """Return a moment in UTC; a date alone is its first minute in `zone`."""
        found = self.date(key, zone)
        return None if found is None else self._written_again(key, as_moment(found, zone))

    def moment_in(self, key: str, zone: tzinfo) -> datetime | None:
        """Return a moment with the offset of `zone`; a date alone is its first minute there."""
        found = self.date(key, zone)
        if found is None:
            return None
        local = as_moment(found, zone).astimezone(zone)
        fixed = local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))
        return self._written_again(key, fixed)

    def _written_again(self, key: str, moment: datetime) -> datetime | None:
        """Return a moment that can be read again as it is written; in its zone it has a year."""
        if moment.year in _YEARS:
            return moment
        self._no_such_date(key, self.text(key) or "")
        return None

    def _no_such_date(self, key: str, word: str) -> None:
        self.report(key, f"there is no such date as '{_short(word)}'", "correct the date")

    # ------------------------------------------------------------------- groups

    def group(self, key: str, known: Collection[str] | None = None) -> "Fields | None":
        """Return the mapping under a key."""
        node = self._nodes.get(key)
        if node is None or isinstance(node, MappingNode):
            return self._inner(node, known) if node else None
        self._wrong(key, "a group of keys", node, f"write the keys of {key} below it, indented")
        return None

    def groups(self, key: str, known: Collection[str]) -> tuple["Fields", ...]:
        """Return the mappings in a list under a key; one mapping is a list of one."""
        node = self._nodes.get(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, ListNode) else (node,)
        for item in items:
            if not isinstance(item, MappingNode):
                what = f"each item of '{key}' must be a group of keys, not {describe(item)}"
                fix = f"write '- {next(iter(known))}: …' with the other keys below it"
                self.problems.append(error(Place(self._path, item.line), what, fix))
        return tuple(self._inner(item, known) for item in items if isinstance(item, MappingNode))

    def _inner(self, node: MappingNode, known: Collection[str] | None) -> "Fields":
        return Fields(node, self._path, node.line, self.problems, known)

    def _wrong(self, key: str, wanted: str, node: Node, fix: str) -> None:
        self.report(key, f"'{key}' must be {wanted}, not {describe(node)}", fix)


def as_moment(when: date, zone: tzinfo = UTC) -> datetime:
    """Return a moment in UTC; a date alone is its first minute in `zone`."""
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(), zone)
    return when.astimezone(UTC)


def is_web_address(address: str) -> bool:
    """Tell whether a text is an http or https address with a host and without spaces."""
    if not address.isprintable() or _NOT_IN_ADDRESSES.search(address):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_absent(node: Node) -> bool:
    return isinstance(node, ScalarNode) and (
        not node.text.strip() or (node.plain and node.text in _ABSENT)
    )


def _as_date(match: re.Match[str], zone: tzinfo) -> date | datetime:
    year, month, day = (int(match[group]) for group in (1, 2, 3))
    if year not in (YEARS_OF_DAYS if match[4] is None else _YEARS):
        raise ValueError(year)
    if match[4] is None:
        return date(year, month, day)
    if match[7]:
        zone = UTC
    elif match[8]:
        offset = timedelta(hours=int(match[9]), minutes=int(match[10] or 0))
        zone = timezone(offset if match[8] == "+" else -offset)
    hour, minute, second = (int(match[group] or 0) for group in (4, 5, 6))
    moment = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    # It is written in UTC, too; the last day of the calendar overflows here, not later.
    if moment.astimezone(UTC).year not in _YEARS:
        raise ValueError(year)
    # A fixed offset, so that equal moments are written equally whatever the zone is called.
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))


def _short(text: str, longest: int = 60) -> str:
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text[:longest])
    return shown if len(text) <= longest else f"{shown}…"
