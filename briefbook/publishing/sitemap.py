"""sitemap.xml and robots.txt.

In: addresses with the moment each last changed. Out: bytes. Dates are true or absent: a search
engine that meets one false lastmod believes none.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from briefbook.model import Site
from briefbook.publishing import urls


def sitemap(site: Site, addresses: Iterable[Sequence[str]]) -> bytes:
    """Return the map of pages.

    Args:
        site: For its base address.
        addresses: Site path and when it last changed, as the map says it, sorted; "": nobody knows.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    for path, changed in addresses:
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escape(urls.absolute(site, path))}</loc>{lastmod}</url>")
    lines.append("</urlset>\n")
    return "\n".join(lines).encode()


def stamp(changed: datetime | None) -> str:
    """Return a moment in UTC as the map says it."""
    return f"{changed:%Y-%m-%dT%H:%M:%SZ}" if changed else ""


def robots(site: Site) -> bytes:
    """Return a robots.txt that allows everything and names the map."""
    lines = ("User-agent: *", "Allow: /", "", f"Sitemap: {urls.absolute(site, urls.SITEMAP)}", "")
    return "\n".join(lines).encode()
