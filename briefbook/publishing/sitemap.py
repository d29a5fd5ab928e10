"""sitemap.xml, the parts it is cut into, and robots.txt.

In: addresses with the moment each last changed. Out: bytes. Dates are true or absent: a search
engine that meets one false lastmod believes none.

A map of more addresses than one file may have is cut by month: what appeared in one month, and what
is about it, stands in one part, which rests when the month is over. All else is one more chapter.
A chapter of many is cut further by a hash of the address, so a new address moves no other, and
where an address stands is decided by those that are there, whenever they came.

Source: https://www.sitemaps.org/protocol.html
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from html import escape

from briefbook.asking import joined, parted
from briefbook.model import Site
from briefbook.publishing import urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many addresses a map may have."""

    file: int  # in one file
    part: int  # in a part, wherever it can be cut further


# 50,000 is what the protocol allows. Each part is made anew whole when one of its addresses changes
# (5,000: 10 ms), and a new entry changes its own, the one of all lists and those of its names.
LIMITS = Limits(file=50_000, part=5_000)

_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OTHERS = "pages"  # the chapter of what is of no month
_HEX = "0123456789abcdef"
# Digits of the hash by which a chapter can be cut: names of people are never over as months are.
_MOST = {_OTHERS: 2}
_MOST_OF_MONTH = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Into which files a map is cut."""

    chapters: tuple[str, ...]  # that hold anything, sorted
    parts: tuple[str, ...]  # addresses, sorted; none: one file holds all


def leaf(month: str, address: str) -> str:
    """Return the key of the smallest piece of the map that an address always stands in.

    Args:
        month: The one that the address is of, such as "2026-11"; "": none.
        address: The site path.
    """
    chapter = month or _OTHERS
    return joined(chapter, blake2b(address.encode(), digest_size=4).hexdigest()[: _most(chapter)])


def leaves(chapter: str, digits: str) -> Iterator[str]:
    """Yield the keys of the smallest pieces of a chapter whose hashes begin so."""
    if len(digits) == _most(chapter):
        yield joined(chapter, digits)
    else:
        for digit in _HEX:
            yield from leaves(chapter, digits + digit)


def _most(chapter: str) -> int:
    return _MOST.get(chapter, _MOST_OF_MONTH)


# --------------------------------------------------------------------------- cutting


def cut(sizes: Sequence[tuple[str, int]], limits: Limits) -> Cut:
    """Return into which files a map is cut.

    Args:
        sizes: The smallest pieces that hold anything, and how many addresses each has.
        limits: What a file may have.
    """
    chapters: dict[str, dict[str, int]] = {}
    for key, size in sizes:
        chapter, digits = parted(key)
        chapters.setdefault(chapter, {})[digits] = size
    parts: list[str] = []
    if sum(size for _, size in sizes) > limits.file:
        for chapter, pieces in chapters.items():
            parts += _parts(chapter, "", pieces, limits)
    return Cut(chapters=tuple(sorted(chapters)), parts=tuple(sorted(parts)))


def _parts(chapter: str, digits: str, pieces: Mapping[str, int], limits: Limits) -> Iterator[str]:
    """Yield the addresses of the parts that hold what begins with some digits."""
    size = sum(size for piece, size in pieces.items() if piece.startswith(digits))
    if size > limits.part and len(digits) < _most(chapter):
        for digit in _HEX:
            yield from _parts(chapter, digits + digit, pieces, limits)
    elif size > limits.file:
        runs = -(-size // limits.file)
        yield from (urls.map_part(chapter, digits, str(run)) for run in range(1, runs + 1))
    elif size:
        yield urls.map_part(chapter, digits)


def run_of(rows: Sequence[str], run: str, limits: Limits) -> Sequence[str]:
    """Return those of some rows that stand in one of their files; "": there is but one."""
    start = (int(run) - 1) * limits.file if run else 0
    return rows[start : start + limits.file]


# --------------------------------------------------------------------------- files


def _located(site: Site, path: str) -> str:
    return escape(urls.absolute(site, path), quote=False)


def sitemap(site: Site, addresses: Iterable[Sequence[str]]) -> bytes:
    """Return the map of pages, or a part of it.

    Args:
        site: For its base address.
        addresses: Site path and when it last changed, as the map says it, sorted; "": nobody knows.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<urlset xmlns="{_SCHEMA}">')
    for path, changed in addresses:
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{_located(site, path)}</loc>{lastmod}</url>")
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()


def index(site: Site, parts: Iterable[str]) -> bytes:
    """Return the map of the parts of a map.

    It has no dates: the protocol means when the file of a part was changed, and no page tells when
    another one was taken out.

    Args:
        site: For its base address.
        parts: Addresses of the parts, sorted.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<sitemapindex xmlns="{_SCHEMA}">')
    locations = (_located(site, path) for path in parts)
    lines += (f"<sitemap><loc>{location}</loc></sitemap>" for location in locations)
    lines.append("</sitemapindex>\n")
    return "\n".join(lines).encode()


def stamp(changed: datetime | None) -> str:
    """Return a moment in UTC as the map says it."""
    return f"{changed:%Y-%m-%dT%H:%M:%SZ}" if changed else ""


def robots(site: Site) -> bytes:
    """Return a robots.txt that allows everything and names the map."""
    lines = ("User-agent: *", "Allow: /", "", f"Sitemap: {urls.absolute(site, urls.SITEMAP)}", "")
    return "\n".join(lines).encode()
