"""The formats of feeds: RSS 2.0, Atom and JSON Feed 1.1, each read into the same few values.

In: the text of a feed. Out: what it says, or a sentence on why it is none.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DATE = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[-+]\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class ToldItem:
    """What an item says, whatever the format; None where it says nothing."""

    id: str | None
    link: str | None
    title: str | None
    html: str | None
    dates: tuple[str | None, ...]  # when it was published, then when it was changed


@dataclass(frozen=True, slots=True)
class ToldFeed:
    """What a feed says, whatever the format."""

    needed: Mapping[str, str | None]  # what must be there -> what is
    links: tuple[str | None, ...]
    own: str | None  # its own address
    changed: tuple[str, ...]  # the dates of the feed as a whole
    items: tuple[ToldItem, ...]
    read_date: Callable[[str], datetime | None]  # aware; None: it is no date


def _read_rss(text: str) -> ToldFeed | str:
    root = read_xml(text)
    if isinstance(root, str):
        return root
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return "this is no RSS 2.0"
    told = {name: channel.findtext(name) for name in ("title", "description")}
    date = channel.findtext("lastBuildDate")
    return ToldFeed(
        needed=told,
        links=(channel.findtext("link"),),
        own=_atom_link(channel, "self"),
        changed=(date,) if date else (),
        items=tuple(map(_rss_item, channel.findall("item"))),
        read_date=_date_of_mail,
    )


def _rss_item(item: ElementTree.Element) -> ToldItem:
    return ToldItem(
        id=item.findtext("guid"),
        link=item.findtext("link"),
        title=item.findtext("title"),
        html=item.findtext(_CONTENT),
        dates=(item.findtext("pubDate"),),
    )


def _read_atom(text: str) -> ToldFeed | str:
    root = read_xml(text)
    if isinstance(root, str):
        return root
    if root.tag != f"{_ATOM}feed":
        return "this is no Atom"
    told = {name: root.findtext(_ATOM + name) for name in ("id", "title", "updated")}
    return ToldFeed(
        needed=told | {"author": root.findtext(f"{_ATOM}author/{_ATOM}name")},
        links=(_atom_link(root, "alternate"),),
        own=_atom_link(root, "self"),
        changed=(told["updated"],) if told["updated"] else (),
        items=tuple(map(_atom_item, root.findall(f"{_ATOM}entry"))),
        read_date=date_of_internet,
    )


def _atom_item(entry: ElementTree.Element) -> ToldItem:
    return ToldItem(
        id=entry.findtext(f"{_ATOM}id"),
        link=_atom_link(entry, "alternate"),
        title=entry.findtext(f"{_ATOM}title"),
        html=entry.findtext(f"{_ATOM}content"),
        dates=(entry.findtext(f"{_ATOM}published"), entry.findtext(f"{_ATOM}updated")),
    )


def _atom_link(element: ElementTree.Element, rel: str) -> str | None:
    links = element.findall(f"{_ATOM}link")  # one that does not say its kind is an alternate
    return next((link.get("href") for link in links if link.get("rel", "alternate") == rel), None)


def _read_json(text: str) -> ToldFeed | str:
    try:
        told = json.loads(text)
    except ValueError as wrong:
        return f"this is not JSON: {wrong}"
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        return "this is no JSON Feed"
    return ToldFeed(
        needed={name: _text(told, name) for name in ("version", "title")},
        links=(_text(told, "home_page_url"),),
        own=_text(told, "feed_url"),
        changed=(),
        items=tuple(_json_item(item) for item in told["items"]),
        read_date=date_of_internet,
    )


def _json_item(item: object) -> ToldItem:
    told = item if isinstance(item, dict) else {}
    return ToldItem(
        id=_text(told, "id"),
        link=_text(told, "url"),
        title=_text(told, "title"),
        html=_text(told, "content_html"),
        dates=(_text(told, "date_published"), _text(told, "date_modified")),
    )


def _text(told: Mapping[str, Any], name: str) -> str | None:  # Any: JSON
    value = told.get(name)
    return value if isinstance(value, str) else None


def read_xml(text: str) -> ElementTree.Element | str:
    """Return the root of what was read, or what is wrong with it."""
    try:
        # Bytes: a text that declares an encoding is refused.
        return ElementTree.fromstring(text.encode("utf-8", errors="replace"))
    except ElementTree.ParseError as wrong:
        return f"this is not well-formed XML: {wrong}"


def _date_of_mail(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return date if date.tzinfo else None


def date_of_internet(text: str) -> datetime | None:
    """Return the moment that a text in the form of RFC 3339 names; None: it is no such text."""
    try:
        return datetime.fromisoformat(text.upper()) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


# The name of a feed's file -> what reads it.
READERS: Mapping[str, Callable[[str], ToldFeed | str]] = {
    "feed.xml": _read_rss,
    "feed.atom": _read_atom,
    "feed.json": _read_json,
}
