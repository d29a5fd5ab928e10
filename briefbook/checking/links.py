"""Links: each leads somewhere.

In: the files of a finished site. Out: one problem for each link, address or fragment inside the
site that leads nowhere, and for each id that a page has twice. Links to other sites are not
followed.
"""

import posixpath
import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from briefbook.checking.pagelinks import Links, read_links
from briefbook.checking.written import Where
from briefbook.problems import Place, Problem, error, in_order

NO_WAY = "\0"  # stands in no address
_URL_END = re.compile(r"[\s<>\"'&]")
# What stands for a sign that ends no address, or may.
_OTHER_ESCAPE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#34|#39);)")
# Addresses that are remembered with what they lead to; the frame of all pages shares its own.
_ADDRESSES = 4_096


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
    ids = {path: frozenset(page.ids) for path, page in pages.items()}
    problems: list[Problem] = []
    for path, page in pages.items():
        problems += check_page(path, page, files.__contains__, ids.get, base_url, where)
    for path, content in files.items():
        if base_url:
            page = read_addresses(path, content, base_url)
            problems += check_page(path, page, files.__contains__, ids.get, base_url)
    return in_order(problems)


def check_page(
    path: str,
    page: Links,
    has_path: Callable[[str], bool],
    ids_of: Callable[[str], Container[str] | None],
    base_url: str,
    where: Where | None = None,
) -> tuple[Problem, ...]:
    """Return what is wrong with the links and ids of one file, in the order they stand in.

    Args:
        path: The file, inside the output folder.
        page: What it points to, of `read_links` or `read_addresses`.
        has_path: Tells whether the site has a file.
        ids_of: Returns the ids of a page; None: that file has none to point to.
        base_url: Where the site will stand; "": only relative links are looked at.
        where: Finds where a link was written; None: only its place on the page is told.
    """
    problems = [
        error(
            Place(f"_site/{path}", line),
            f"the id '{identity}' stands twice in the page",
            "give one of the two elements another id in its template",
        )
        for identity, line in page.twice
    ]
    resolve = _resolver(path, base_url)
    for address, line in page.links:
        target = resolve(address)
        if target is None:
            continue
        to, fragment = target
        if dead := _dead(to, fragment, has_path, ids_of):
            written = where(path, address) if where else None
            # An address may hold line ends; what follows them would look like a report of its own.
            what = " ".join(f"the link '{address}' leads to {dead[0]}".split("\n"))
            problems.append(error(written or Place(f"_site/{path}", line), what, dead[1]))
    return tuple(problems)


def targets_of(path: str, addresses: Collection[str], base_url: str) -> set[tuple[str, str]]:
    """Return the file and id that each address in a file means, of those inside the site."""
    if not addresses:
        return set()
    resolve = _resolver(path, base_url)
    return {target for address in addresses if (target := resolve(address)) is not None}


def _resolver(path: str, base_url: str) -> Callable[[str], tuple[str, str] | None]:
    """Return what says which file and id an address in a file means; None: none in this site."""
    own, folder, up = spot_of(path)

    def resolve(address: str) -> tuple[str, str] | None:
        if address.startswith(up):
            target = _target("", "./" + address[len(up) :], base_url)
        else:
            target = _target(folder, address, base_url)
        return None if target is None else (target[0] or own, target[1])

    return resolve


@lru_cache(maxsize=16)  # of one file many addresses are asked in a row
def spot_of(path: str) -> tuple[str, str, str]:
    """Return how links into a file name it, its folder, and what leads up to the top of the site.

    From a folder with a plain name that leads there whatever the name is; of any other it is
    `NO_WAY`.
    """
    folder = posixpath.dirname(path)
    is_plain = folder and posixpath.normpath(folder) == folder and folder[0] not in "./"
    up = "../" * (folder.count("/") + 1) if is_plain else NO_WAY
    return posixpath.normpath("/" + path).lstrip("/"), folder, up


def _dead(
    to: str,
    fragment: str,
    has_path: Callable[[str], bool],
    ids_of: Callable[[str], Container[str] | None],
) -> tuple[str, str] | None:
    """Return where a link leads that leads nowhere, and what to do; None: all is well."""
    if not has_path(to):
        return (
            f"{to}, which does not exist",
            "mend the link where it is written, or bring back what it leads to",
        )
    ids = ids_of(to) if fragment else None
    if ids is not None and fragment not in ids:
        return (
            f"'{fragment}', which is no id in {to}",
            "mend the link where it is written, or leave out what follows the #",
        )
    return None


def read_addresses(path: str, content: bytes, base_url: str) -> Links:
    """Return the addresses of the site that a file other than a page names, with their lines."""
    read = _reader_of(path)
    if read is None or not base_url:
        return Links()
    found: list[tuple[str, int]] = []
    for number, line in enumerate(content.decode("utf-8", errors="replace").split("\n"), 1):
        if base_url in line or "&" in line:
            found += ((address, number) for address in read(line, base_url))
    return Links(links=tuple(found))


def addresses_in(path: str, content: bytes, base_url: str) -> set[str]:
    """Return the addresses that `read_addresses` finds, without their lines."""
    text = content.decode("utf-8", errors="replace")
    read = _reader_of(path)
    if not base_url or read is None:
        return set()
    if read is _in_markup and not _OTHER_ESCAPE.search(text) and not _URL_END.search(base_url):
        # Signs that end an address are all that stands for others: no text need be unescaped to
        # find where addresses begin, nor where they end.
        return set(_markup_expression(base_url).findall(text))
    return set(read(text, base_url))  # no address has a line break


def _reader_of(path: str) -> Callable[[str, str], Iterator[str]] | None:
    return next((read for end, read in _READERS.items() if path.endswith(end)), None)


@lru_cache(maxsize=4)
def _markup_expression(base_url: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(base_url)}[^\s<>\"'&]*")


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


@lru_cache(maxsize=_ADDRESSES)
def _target(folder: str, address: str, base_url: str) -> tuple[str | None, str] | None:
    """Return the file and fragment that an address in a folder means.

    The file is None where it is the one the address stands in; all is None where it is not in this
    site.
    """
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
        there = posixpath.join("/" + folder, there)
    else:
        return None, unquote(parts.fragment)
    is_folder = there.endswith(("/", "/.", "/.."))
    to = posixpath.normpath(there).lstrip("/")
    return (posixpath.join(to, "index.html") if is_folder or not to else to), unquote(
        parts.fragment
    )
