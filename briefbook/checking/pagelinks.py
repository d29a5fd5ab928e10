"""Page links: what a page points to, and what can be pointed to in it.

In: the bytes of a page. Out: a `Links`. Refuses nothing: broken markup is read as far as it goes.

Python's own parser says what a page holds. It takes a millisecond for each hundred elements, so
pages of plain markup, which all of ours are, are read by looking at their tags alone.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
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
_ATTRIBUTE = re.compile(r"([A-Za-z][A-Za-z0-9:-]*)(?:=\"([^\"]*)\")?")
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


def read_names(content: bytes) -> tuple[set[str], set[str], bool]:
    """Return addresses and ids that `read_links` finds, and whether an id stands twice.

    Tags of a page are mostly those of others and of itself, so each distinct one is looked at once;
    no line has to be counted. Exact: what is not plain is left to `read_links`.
    """
    text = content.decode("utf-8", errors="replace")
    tags = _TAG.findall(text)
    counts = Counter(tags)
    kinds = {tag: _read_tag(tag) for tag in counts}
    if len(tags) != text.count("<") or "\0" in text or not _are_plain(tags, kinds):
        links = read_links(content)
        return {address for address, _ in links.links}, set(links.ids), bool(links.twice)
    addresses: set[str] = set()
    ids: set[str] = set()
    has_twins = False
    for tag, read in kinds.items():
        if read is None or read[0] is None:
            continue
        addresses.update(read[0][0])
        if (identity := read[0][1]) is not None:
            has_twins |= identity in ids or counts[tag] > 1
            ids.add(identity)
    return addresses, ids, has_twins


def _are_plain(tags: Sequence[str], kinds: Mapping[str, "tuple[_Told | None, str] | None"]) -> bool:
    """Tell whether all tags are plain, and in elements of text no other stands."""
    if None in kinds.values():
        return False
    must_be = {tag: read[1] for tag, read in kinds.items() if read and read[1]}
    following = zip(tags, (*tags[1:], ""), strict=True)
    return all(must_be[tag] == after for tag, after in following if tag in must_be)


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


def _told(tag: str, attributes: list[tuple[str, str | None]]) -> _Told:
    """Return where an element points to, and what it is called."""
    values = dict(attributes)
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
        self.told.append((_told(tag, attrs), self.getpos()[0]))


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
        read = _read_tag(tag)
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


@lru_cache(maxsize=_TAGS)
def _read_tag(tag: str) -> tuple[_Told | None, str] | None:
    """Return what a tag tells, if anything, and which tag must follow; None: it is not plain."""
    if _NOTHING_TOLD.fullmatch(tag):
        return None, ""
    match = _START.fullmatch(tag)
    if match is None or _OTHER_REFERENCE.search(tag):
        return None
    name, attributes, closed = match.groups()
    if name == "plaintext" or (closed and name in _OF_TEXT):
        return None
    values: list[tuple[str, str | None]] = [
        (each[1].lower(), None if each[2] is None else unescape(each[2]))
        for each in _ATTRIBUTE.finditer(attributes)
    ]
    told = _told(name, values)
    return (told if told != ((), None) else None), f"</{name}>" if name in _OF_TEXT else ""
