"""Page links: what a page points to, and what can be pointed to in it.

In: the bytes of a page. Out: a `Links`. Refuses nothing: broken markup is read as far as it goes.

Python's own parser says what a page holds. It takes a millisecond for each hundred elements, so
pages of plain markup, which all of ours are, are read by looking at their tags alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

_POINTING = ("href", "src", "poster", "cite")
_REFRESH = re.compile(r"\d+\s*;\s*url\s*=\s*(\S+)", re.IGNORECASE)
_TOLD = ("og:url", "og:image")  # what a page says of itself to those who show links to it

# Plain markup: every `<` begins one of these, and no quoted value holds `<` or `>`. Each version of
# the parser reads them alike; in anything else they may differ.
_TAG = re.compile(r"<[^<>]*>")
_NOTHING_TOLD = re.compile(r"</[a-z][a-z0-9]*>|<!--[^<>-]*-->|<!doctype html>", re.IGNORECASE)
_START = re.compile(
    r"<([a-z][a-z0-9]*)((?:[ \n]+[A-Za-z][A-Za-z0-9:-]*(?:=\"[^\"]*\")?)*)[ \n]*(/?)>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z][A-Za-z0-9:-]*)(?:(=)\"([^\"]*)\")?")
_OTHER_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|#34|#39);)")
# What stands in these is text: plain are they when no tag stands in them.
_OF_TEXT = frozenset(
    ("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp")
)
# Distinct tags that are remembered; pages of a site share nearly all of theirs.
_TAGS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What a page points to and what can be pointed to in it. Lines are 1-based."""

    links: tuple[tuple[str, int], ...] = ()  # address and line, as they stand
    ids: tuple[str, ...] = ()  # each once, as they stand
    twice: tuple[tuple[str, int], ...] = ()  # an id that stands above already, and the line


# Of a tag: where it points to, then its id.
_Told = tuple[tuple[str, ...], str | None]


def read_links(content: bytes) -> Links:
    """Return what a page points to and what can be pointed to in it."""
    text = content.decode("utf-8", errors="replace")
    told = _read_plain(text)
    return _joined(_read_any(text) if told is None else told)


def _joined(told: list[tuple[_Told, int]]) -> Links:
    links: list[tuple[str, int]] = []
    ids: dict[str, None] = {}
    twice: list[tuple[str, int]] = []
    for (addresses, identity), line in told:
        links += [(address, line) for address in addresses]
        if identity is not None:
            if identity in ids:
                twice.append((identity, line))
            ids[identity] = None
    return Links(links=tuple(links), ids=tuple(ids), twice=tuple(twice))


def _told(tag: str, values: Mapping[str, str | None]) -> _Told:
    """Return where an element points to, and what it is called, given its attributes."""
    addresses = [value.strip() for name in _POINTING if (value := values.get(name)) is not None]
    if tag == "meta":
        content = values.get("content") or ""
        if match := _REFRESH.match(content):
            addresses.append(match[1])
        if values.get("property") in _TOLD:
            addresses.append(content.strip())
    return tuple(addresses), values.get("id")


# --------------------------------------------------------------------------- any page


class _Parser(HTMLParser):
    """Notes what each element tells, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[tuple[_Told, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.told.append((_told(tag, dict(attrs)), self.getpos()[0]))


def _read_any(text: str) -> list[tuple[_Told, int]]:
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.told


# --------------------------------------------------------------------------- a plain page


def _read_plain(text: str) -> list[tuple[_Told, int]] | None:
    """Return what the elements of a page tell, with their lines; None: its markup is not plain.

    Exact: where each `<` begins a tag as above and no text between them holds one, the parser finds
    the same tags, and reads their attributes alike.
    """
    found: list[tuple[_Told, int]] = []
    count, line, counted, must_be = 0, 1, 0, ""
    for match in _TAG.finditer(text):
        tag = match[0]
        if must_be and tag != must_be:
            return None
        read = _known_tag(tag)
        if read is None:
            return None
        told, must_be = read
        count += 1
        if told is not None:
            start = match.start()
            line += text.count("\n", counted, start)
            counted = start
            found.append((told, line))
    return found if not must_be and count == text.count("<") and "\0" not in text else None


def tell_tag(tag: str) -> tuple[_Told | None, str] | None:
    """Return what a tag tells, if anything, and which tag must follow; None: it is not plain."""
    if tag[1:2] in ("/", "!"):
        return (None, "") if _NOTHING_TOLD.fullmatch(tag) else None
    match = _START.fullmatch(tag)
    if match is None or _OTHER_REFERENCE.search(tag):
        return None
    name, attributes, closed = match.groups()
    if name == "plaintext" or (closed and name in _OF_TEXT):
        return None
    values = {
        key.lower(): unescape(value) if is_given else None
        for key, is_given, value in _ATTRIBUTE.findall(attributes)
    }
    told = _told(name, values)
    return (told if told != ((), None) else None), f"</{name}>" if name in _OF_TEXT else ""


_known_tag = lru_cache(maxsize=_TAGS)(tell_tag)
