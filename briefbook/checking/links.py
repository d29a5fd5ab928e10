"""Links: each leads somewhere.

In: the files of a finished site. Out: one problem for each link, address or fragment inside the
site that leads nowhere, and for each id that a page has twice. Links to other sites are not
followed. Refuses nothing: a page of broken markup is read as far as it goes.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from briefbook.checking.written import Where
from briefbook.problems import Place, Problem, error, in_order

_POINTING = ("href", "src", "poster", "cite")
_REFRESH = re.compile(r"\d+\s*;\s*url\s*=\s*(\S+)", re.IGNORECASE)
_URL_END = re.compile(r"[\s<>\"'&]")
_TOLD = ("og:url", "og:image")  # what a page says of itself to those who show links to it


@dataclass(slots=True)
class Links(HTMLParser):
    """What a page points to and what can be pointed to in it."""

    links: list[tuple[str, int]] = field(default_factory=list)  # address, line
    ids: dict[str, int] = field(default_factory=dict)  # id -> line of its first element
    twice: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element points to, and what it is called."""
        line = self.getpos()[0]
        values = dict(attrs)
        for name in _POINTING:
            value = values.get(name)
            if value is not None:
                self.links.append((value.strip(), line))
        if tag == "meta" and (match := _REFRESH.match(values.get("content") or "")):
            self.links.append((match[1], line))
        if tag == "meta" and values.get("property") in _TOLD:
            self.links.append(((values.get("content") or "").strip(), line))
        if (identity := values.get("id")) is not None:
            if identity in self.ids:
                self.twice.append((identity, line))
            self.ids.setdefault(identity, line)


def check_site(
    files: Mapping[str, bytes],
    base_url: str,
    where: Where | None = None,
    read: Callable[[str, bytes], Links] = lambda path, content: read_links(content),
) -> tuple[Problem, ...]:
    """Return what is wrong with the relative links, or, where they are right, with all others.

    A mistake in a text would otherwise be told again for each feed the text stands in.

    Args:
        files: Path inside the output folder -> content.
        base_url: Where the site will stand; links that start with it, also those in feeds, in the
            list of feeds, in JSON and in the site map, are inside the site. "": only relative links
            are looked at.
        where: Finds where a link of a page was written; None: only its place on the page is told.
        read: What reads a page, given its path and content.
    """
    pages = {path: read(path, files[path]) for path in files if path.endswith(".html")}
    return _wrong(files, pages, "", where) or _wrong(files, pages, base_url, where)


def _wrong(
    files: Mapping[str, bytes],
    pages: Mapping[str, Links],
    base_url: str,
    where: Where | None = None,
) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    for path, page in pages.items():
        for identity, line in page.twice:
            problems.append(
                error(
                    Place(f"_site/{path}", line),
                    f"the id '{identity}' stands twice in the page",
                    "give one of the two elements another id in its template",
                )
            )
        for address, line in page.links:
            for dead in _follow(files, pages, path, address, line, base_url):
                written = where(path, address) if where else None
                problems.append(replace(dead, place=written) if written else dead)
    for path, content in files.items():
        for address, line in _addresses_in(path, content, base_url) if base_url else ():
            problems += _follow(files, pages, path, address, line, base_url)
    return in_order(problems)


def read_links(content: bytes) -> Links:
    """Return what a page points to and what can be pointed to in it."""
    page = Links()
    page.feed(content.decode("utf-8", errors="replace"))
    page.close()
    return page


def _addresses_in(path: str, content: bytes, base_url: str) -> Iterator[tuple[str, int]]:
    """Yield the addresses of the site that a file other than a page names, with their lines."""
    read = next((read for end, read in _READERS.items() if path.endswith(end)), None)
    if read is None:
        return
    for number, line in enumerate(content.decode("utf-8", errors="replace").split("\n"), 1):
        if base_url in line or "&" in line:
            yield from ((address, number) for address in read(line, base_url))


def _in_markup(text: str, base_url: str) -> Iterator[str]:
    """Yield the addresses in a line of a feed or map; markup in it is escaped once."""
    line = unescape(text)
    start = line.find(base_url)
    while start >= 0:
        end = _URL_END.search(line, start)
        stop = end.start() if end else len(line)
        yield line[start:stop]
        start = line.find(base_url, stop)


def _in_json(line: str, base_url: str) -> Iterator[str]:
    """Yield the values that are an address and nothing else; texts stand in the pages too."""
    return (match[1] for match in re.finditer(rf'"({re.escape(base_url)}[^"\\\s]*)"', line))


# What other files than pages name addresses: feeds, the list of them, the site map; and feeds
# again and what stands beside pages for programs.
_READERS: Mapping[str, Callable[[str, str], Iterator[str]]] = {
    ".xml": _in_markup,
    ".atom": _in_markup,
    ".opml": _in_markup,
    ".json": _in_json,
}


def _follow(
    files: Mapping[str, bytes],
    pages: Mapping[str, Links],
    path: str,
    address: str,
    line: int,
    base_url: str,
) -> Iterator[Problem]:
    target = _target(path, address, base_url)
    if target is None:
        return
    to, fragment = target
    if to not in files:
        yield error(
            Place(f"_site/{path}", line),
            f"the link '{address}' leads to {to or 'the site itself'}, which does not exist",
            "mend the link where it is written, or bring back what it leads to",
        )
    elif fragment and to in pages and fragment not in pages[to].ids:
        yield error(
            Place(f"_site/{path}", line),
            f"the link '{address}' leads to '{fragment}', which is no id in {to}",
            "mend the link where it is written, or leave out what follows the #",
        )


def _target(path: str, address: str, base_url: str) -> tuple[str, str] | None:
    """Return the file and fragment an address means; None: it is not in this site."""
    base = base_url.rstrip("/")
    if base and (address == base or address.startswith((base + "/", base + "#"))):
        address = address.removeprefix(base) or "/"
        base_path = ""
    else:
        base_path = urlsplit(base).path
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, ""
    if parts.scheme or parts.netloc:
        return None
    there = unquote(parts.path)
    if there.startswith("/"):
        if not base:
            return None  # without a base address nobody knows where "/" is
        if base_path and not (there + "/").startswith(base_path + "/"):
            return None  # on the same host, beside this site
        there = there.removeprefix(base_path)
    elif there:
        there = posixpath.join("/" + posixpath.dirname(path), there)
    else:
        there = "/" + path
    is_folder = there.endswith(("/", "/.", "/.."))
    to = posixpath.normpath(there).lstrip("/")
    return (posixpath.join(to, "index.html") if is_folder or not to else to), unquote(
        parts.fragment
    )
