"""What a page says to machines about itself: schema.org as JSON-LD.

In: views of a page. Out: plain data for `<script type="application/ld+json">`. It says no more than
the page does. A briefing is based on the outlet's text and cites it; it never claims to be it.

Source: https://schema.org/NewsArticle, https://schema.org/CollectionPage
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from briefbook.model import PublicEntry, Site
from briefbook.publishing import urls
from briefbook.publishing.characters import one_line
from briefbook.publishing.moments import aware, changed
from briefbook.publishing.parts import is_made

if TYPE_CHECKING:
    from briefbook.publishing.views import Headline, Page

Data = dict[str, Any]


def article(site: Site, entry: PublicEntry) -> Data:
    """Return what the page of an entry is."""
    address = urls.absolute(site, urls.entry(entry.slug))
    original = _original(entry)
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": address,
            "url": address,
            "mainEntityOfPage": address,
            "headline": one_line(entry.title),
            "description": one_line(entry.summary),
            "inLanguage": entry.language,
            "datePublished": aware(entry.appeared).isoformat(),
            "dateModified": changed(entry).isoformat(),
            "author": [{"@type": "Person", "name": one_line(name)} for name in entry.authors],
            "publisher": _publisher(site),
            "image": urls.absolute(site, urls.CARD) if is_made(site, urls.CARD) else None,
            "isBasedOn": original,
            "citation": original,
        }
    )


def _original(entry: PublicEntry) -> Data | None:
    """Return the outlet's text, where anything is known of it beyond the title."""
    outlet = one_line(entry.outlet or "")
    is_linked = entry.url is not None and urls.is_web(entry.url)
    if not (outlet or is_linked):
        return None
    return _filled(
        {
            "@type": "NewsArticle",
            "url": entry.url if is_linked else None,
            "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
            "datePublished": entry.published.isoformat() if entry.published else None,
        }
    )


def collection(
    site: Site, path: str, title: str, description: str, parts: "Sequence[Headline]" = ()
) -> Data:
    """Return what a page that lists others is."""
    return _filled(
        {
            "@type": "CollectionPage",
            "@id": urls.absolute(site, path),
            "url": urls.absolute(site, path),
            "name": one_line(title),
            "description": one_line(description),
            "inLanguage": site.language,
            "publisher": _publisher(site),
            "hasPart": [
                {
                    "@type": "NewsArticle" if part.reports == 1 else "CollectionPage",
                    "name": one_line(part.title),
                    "url": urls.absolute(site, part.path),
                }
                for part in parts
            ],
        }
    )


def breadcrumbs(site: Site, page: "Page") -> Data:
    """Return the way from the front page to a page, which stands last."""
    steps = [(urls.HOME, site.title), *((link.path, link.title) for link in page.trail)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": one_line(title),
                "item": urls.absolute(site, path),
            }
            for number, (path, title) in enumerate([*steps, (page.path, page.title)], 1)
        ],
    }


def _publisher(site: Site) -> Data:
    return {"@type": "Organization", "name": one_line(site.title), "url": urls.absolute(site, "/")}


def _filled(data: Data) -> Data:
    """Return data without what nobody knows."""
    return {key: value for key, value in data.items() if value}
