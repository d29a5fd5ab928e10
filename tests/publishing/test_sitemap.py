import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from briefbook.composing import make_site
from briefbook.model import Publication, PublicEntry, Site, Status
from briefbook.publishing.sitemap import robots, sitemap, stamp

ADDED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_dates_are_true_or_absent(site: Site) -> None:
    made = sitemap(site, [("/a/", stamp(None)), ("/b/", stamp(ADDED))]).decode()
    ElementTree.fromstring(made)
    assert "<url><loc>https://harbour.example/news/a/</loc></url>\n" in made
    assert "/b/</loc><lastmod>2026-11-21T09:00:00Z</lastmod></url>" in made


def test_lists_have_the_date_of_their_newest_entry(
    make_entry: Callable[..., PublicEntry], make_publication: Callable[..., Publication]
) -> None:
    entries = (
        make_entry("a", updated=ADDED + timedelta(days=3), aliases=("old",)),
        make_entry("b", added=ADDED + timedelta(days=1), topics=()),
        make_entry("c", status=Status.WITHDRAWN),
        make_entry("d", status=Status.DRAFT, added=ADDED + timedelta(days=9)),
    )
    files, _, _ = make_site(make_publication(*entries), None)
    made = next(file.content for file in files if file.path == "sitemap.xml").decode()
    found = dict(re.findall(r"news(/[^<]*)</loc><lastmod>([^T]+)T", made))
    assert found == {
        "/": "2026-11-24",
        "/archive/": "2026-11-24",
        "/archive/2026/11/": "2026-11-24",
        "/briefings/a/": "2026-11-24",
        "/briefings/b/": "2026-11-22",
        "/editions/": "2026-11-24",
        "/editions/2026-11-21/": "2026-11-24",
        "/editions/2026-11-22/": "2026-11-22",
        "/organisations/": "2026-11-24",
        "/organisations/port-authority/": "2026-11-24",
        "/outlets/": "2026-11-24",
        "/outlets/port-times/": "2026-11-24",
        "/people/": "2026-11-24",
        "/people/ann-kim/": "2026-11-24",
        "/places/": "2026-11-24",
        "/places/busan/": "2026-11-24",
        "/topics/": "2026-11-24",
        "/topics/port/": "2026-11-24",
        "/topics/port/2026/11/": "2026-11-24",
    }
    assert "old" not in made


def test_robots_names_the_map(site: Site) -> None:
    assert robots(site).decode() == (
        "User-agent: *\nAllow: /\n\nSitemap: https://harbour.example/news/sitemap.xml\n"
    )
