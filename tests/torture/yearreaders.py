"""Those who read the feeds of a site for a year, each remembering items as feed readers do.

`Reader` is strict and ours; `newsboat` is a real one, with its own cache.
"""

import json
import sqlite3
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import feedparser

_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as a feed has it."""

    guid: str
    path: str  # of its page, below the site
    title: str
    summary: str


@dataclass(slots=True)
class Reader:
    """A subscriber of one feed, who knows an item by its guid alone and shows each once."""

    shown: dict[str, Shown] = field(default_factory=dict)
    last: tuple[str, ...] = ()

    def read(self, items: Iterable[Shown]) -> list[Shown]:
        """Take what a feed has now; return what is new, the way a reader shows it."""
        items = tuple(items)
        guids = [item.guid for item in items]
        assert len(guids) == len(set(guids)), f"a guid stands twice: {guids}"
        new = [item for item in items if item.guid not in self.shown]
        self.shown |= {item.guid: item for item in new}
        self.last = tuple(guids)
        return new


def items_of(file: Path, base_url: str) -> tuple[Shown, ...]:
    """Return the items of a feed in one of the three formats."""
    content = file.read_bytes()
    found: list[tuple[str | None, ...]]
    if file.suffix == ".json":
        found = [
            (one["id"], one["url"], one["title"], one.get("summary"))
            for one in json.loads(content)["items"]
        ]
    elif file.suffix == ".atom":
        found = [
            (
                one.findtext(f"{_ATOM}id"),
                str(link.get("href")) if (link := one.find(f"{_ATOM}link")) is not None else "",
                one.findtext(f"{_ATOM}title"),
                one.findtext(f"{_ATOM}summary"),
            )
            for one in ET.fromstring(content).iter(f"{_ATOM}entry")
        ]
    else:
        found = [
            tuple(one.findtext(key) for key in ("guid", "link", "title", "description"))
            for one in ET.fromstring(content).iter("item")
        ]
    base = urlsplit(base_url).path
    return tuple(
        Shown(str(guid), urlsplit(str(url)).path.removeprefix(base), str(title), summary or "")
        for guid, url, title, summary in found
    )


def parsed_by_another(file: Path) -> tuple[str, ...]:
    """Return the guids that feedparser sees in a feed, which must be well-formed to it."""
    read = feedparser.parse(file.read_bytes())
    assert not read.bozo, (file, read.bozo_exception)
    return tuple(entry.id for entry in read.entries)


class Newsboat:
    """A newsboat of its own: its cache, its list of feeds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        (folder / "config").write_text("max-items 0\nkeep-articles-days 0\n")

    def reload(self, feeds: Iterable[str]) -> None:
        """Fetch feeds, as newsboat does when it is told to.

        Args:
            feeds: Their addresses.
        """
        (self.folder / "urls").write_text("".join(f"{feed}\n" for feed in feeds))
        words = ["newsboat", "-x", "reload", "-q", "-u", "urls", "-c", "cache.db", "-C", "config"]
        home = {"HOME": str(self.folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        done = subprocess.run(words, cwd=self.folder, env=home, capture_output=True, timeout=300)
        assert done.returncode == 0, (done.stdout, done.stderr)

    def guids(self) -> list[str]:
        """Return the guids of all items it ever showed, sorted; whatever feeds hold it, it shows
        an item once.
        """
        connection = sqlite3.connect(self.folder / "cache.db")
        rows = connection.execute("SELECT guid FROM rss_item").fetchall()
        connection.close()
        return sorted(guid for (guid,) in rows)
