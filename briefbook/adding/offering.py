"""What an editor names on the command line -> the bytes of a text, and what is known beside it.

A file, standard input, the clipboard or a page of the web; at most as much as a source may have.
"""

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from briefbook.adding.clipboard import PLACE, read_clipboard
from briefbook.adding.fetching import Bounds, fetch_page
from briefbook.briefing import Value
from briefbook.files import path_in, read_any_file
from briefbook.problems import Place, ProblemError, error
from briefbook.reading import LARGEST_SOURCE
from briefbook.text.weburls import without_following

STANDARD_INPUT = Place("standard input")
_WEB = ("http://", "https://")
_LONGEST_NAME = 255  # characters; what disks allow
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<?xml")
_INSTALL = (
    'install it with `pip install "briefbook[html]"`, in a clone `pip install --editable ".[html]"`'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A text that an editor wants to add."""

    shown: str  # as messages name it: a file, "standard input", an address
    content: bytes
    name: str | None = None  # of its file; None: it has none
    ending: str = ".txt"  # that tells how it is read
    values: Mapping[str, Value] = field(default_factory=dict)  # of its header, by where it is from
    is_fetched: bool = False


def is_page_address(text: str) -> bool:
    """Tell whether somebody means a page of the web, and not a file."""
    return text.casefold().startswith(_WEB)


def offered_file(root: Path, file: Path) -> Offered:
    """Read a text from a file that lies outside of sources/.

    Raises:
        ProblemError: It lies there already, or it cannot be read.
    """
    shown = shown_name(str(file))
    _refuse_text(str(file), shown)
    if _OTHER_SCHEME.match(str(file)) and not file.exists():
        what = "only pages at http:// and https:// are fetched"
        fix = "fetch it with another program, and add the file"
        raise ProblemError(error(Place(shown), what, fix))
    inside = path_in(root, file, "sources")
    if inside and (root / inside).is_file() and "/." not in inside:
        fix = f"`briefbook build` makes its entry; `briefbook explain {inside}` shows its lines"
        raise ProblemError(error(Place(inside), "this file lies in sources/ already", fix))
    content = read_any_file(file, shown, limit=LARGEST_SOURCE)
    return Offered(
        shown=shown, content=content, name=file.name, ending=_ending(content, file.suffix)
    )


def _refuse_text(name: str, shown: str) -> None:
    """Refuse a whole text that was pasted behind the command."""
    if any(len(part) > _LONGEST_NAME for part in name.split("/")):
        what = "this is no name of a file but longer than any"
        fix = "to add the text itself, copy it and run `briefbook add`, or pipe it into it with -"
        raise ProblemError(error(Place(f"{shown[:60]}…"), what, fix))


def offered_stream(stream: BinaryIO) -> Offered:
    """Read a text from standard input, no further than the limit.

    Raises:
        ProblemError: There is more, or nothing.
    """
    content = stream.read(LARGEST_SOURCE + 1)
    if len(content) > LARGEST_SOURCE:
        what = f"there is more than the limit of {LARGEST_SOURCE // 1024 // 1024} MiB"
        fix = "check that it is one text; the rest was not read"
        raise ProblemError(error(STANDARD_INPUT, what, fix))
    return Offered(shown=STANDARD_INPUT.path, content=content, ending=_ending(content))


def offered_clipboard() -> Offered:
    """Read the text on the clipboard.

    Raises:
        ProblemError: There is none, or nothing that reads it.
    """
    content = read_clipboard(LARGEST_SOURCE)
    return Offered(shown=PLACE.path, content=content, ending=_ending(content))


def offered_page(url: str, now: datetime, bounds: Bounds | None = None) -> Offered:
    """Fetch a page of the web.

    Raises:
        ProblemError: It cannot be had, or what reads pages is not installed.
    """
    if importlib.util.find_spec("trafilatura") is None:
        what = "pages of the web need trafilatura, which is not installed"
        raise ProblemError(error(Place(url), what, _INSTALL))
    page = fetch_page(url, bounds)
    values: dict[str, Value] = {"url": without_following(page.url), "retrieved": now}
    content = _readable(page.content, page.charset)
    return Offered(
        shown=shown_name(url), content=content, ending=".html", values=values, is_fetched=True
    )


def shown_name(name: str) -> str:
    """Return a name as one line of a message shows it."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in name)


def _ending(content: bytes, suffix: str = "") -> str:
    """Return the ending that tells how a text is read; a page that says so is one."""
    if suffix.casefold() in (".txt", ".md", ".html", ".htm", ".xhtml"):
        return suffix
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:40].lower()
    return ".html" if start.startswith(_PAGE_STARTS) else ".txt"


def _readable(content: bytes, charset: str | None) -> bytes:
    """Return a page in UTF-8 where only the answer, and not the page, tells its encoding."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if charset and b"charset" not in content[:4096].lower():
            try:
                return content.decode(charset).encode("utf-8")
            except (LookupError, UnicodeError):
                return content
    return content
