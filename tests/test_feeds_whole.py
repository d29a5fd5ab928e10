"""The feeds of a whole site, read with feedparser as subscribers' programs read them."""

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SOURCES = """\
-- sources/a.txt --
---
outlet: Port Times
url: https://port-times.example/a
published: 2026-05-01
---
Dredging of the harbour begins

By Ann Marrow

The dredging of the harbour began on Monday, the authority said.

See the [plan](/plans/mud) & the “map” <here>.

- One ship digs in the harbour.
- One ship carries the mud away.
-- sources/b.txt --
---
published: 2026-05-02T08:00:00+09:00
---
Barley harvest is the smallest in a decade

Farmers brought in a third less barley than last year, the growers' union said.

A dry May and a wet August spoiled the harvest in every county.
-- briefings/mine.md --
---
title: "Notes from the quay & beyond"
added: 2026-03-01T10:00:00+09:00
topics: [port]
note: "See [our rules](/about/) and [the list](../../topics/)."
---
The quay is [wet](#text), see [about](../../about/) and [the top](../../).
"""
FEEDS = [
    f"{page}feed.{kind}"
    for page in ("/", "/topics/port/", "/topics/farming/")
    for kind in ("xml", "atom")
]
ENTRY = "briefings/dredging-of-the-harbour-begins.md"


@pytest.fixture
def folder(site: "MakeSite") -> "Folder":
    """A site with three entries, built once."""
    made = site(SOURCES)
    result = made.build()
    assert (result.err, result.code) == ("", 0)
    return made


def read(folder: "Folder", address: str) -> Any:
    """Read one feed; only feedparser knows the types of what it gives."""
    feed = feedparser.parse(folder.tree("_site")[address[1:]])
    assert feed.bozo is False, feed.get("bozo_exception")
    return feed


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_is_read_without_a_fault(folder: "Folder", address: str) -> None:
    feed = read(folder, address)
    assert feed.version in ("rss20", "atom10")
    assert feed.feed.title
    assert feed.feed.link.startswith("https://harbour.example/news/")
    (own,) = (link.href for link in feed.feed.links if link.rel == "self")
    assert own == f"https://harbour.example/news{address}"


@pytest.mark.parametrize("address", FEEDS[:2])
def test_items_are_whole_and_newest_first(folder: "Folder", address: str) -> None:
    feed = read(folder, address)
    assert [item.title for item in feed.entries] == [
        "Barley harvest is the smallest in a decade",
        "Dredging of the harbour begins",
        "Notes from the quay & beyond",
    ]
    content = feed.entries[1].content[0].value
    assert "One ship carries the mud away." in content
    assert "Port Times" in content


def test_a_topic_feed_has_only_its_own_items(folder: "Folder") -> None:
    titles = [item.title for item in read(folder, "/topics/farming/feed.xml").entries]
    assert titles == ["Barley harvest is the smallest in a decade"]


@pytest.mark.parametrize("address", FEEDS)
def test_nothing_in_a_feed_is_relative(folder: "Folder", address: str) -> None:
    for item in read(folder, address).entries:
        assert item.link.startswith("https://harbour.example/news/briefings/")
        content = item.content[0].value
        for link in re.findall(r"(?:href|src)=[\"']([^\"']*)", content):
            assert re.match(r"https?://", link), link
    raw = folder.tree("_site")[address[1:]].decode()
    for link in re.findall(r"(?:href|src)=(?:&quot;|[\"'])([^\"'&]*)", raw):
        assert re.match(r"https?://", link), link


@pytest.mark.parametrize("address", FEEDS)
def test_every_date_has_a_zone(folder: "Folder", address: str) -> None:
    raw = folder.read(f"_site{address}")
    dates = re.findall(r"<(?:pubDate|lastBuildDate|updated|published)>([^<]*)<", raw)
    assert dates
    assert all(re.search(r"(?:[+-]\d\d:?\d\d|Z)$", date) for date in dates)


def test_dates_are_those_of_adding_and_correcting(folder: "Folder") -> None:
    folder.edit(ENTRY, "\nlanguage:", "\nupdated: 2026-12-01T00:00:00Z\nlanguage:")
    folder.build()
    atom = read(folder, "/feed.atom").entries[1]
    assert time.strftime("%F %T", atom.published_parsed) == "2026-11-21 18:00:00"
    assert time.strftime("%F %T", atom.updated_parsed) == "2026-12-01 00:00:00"
    rss = read(folder, "/feed.xml").entries[1]
    assert time.strftime("%F %T", rss.published_parsed) == "2026-11-21 18:00:00"


def test_the_guid_stays_whatever_changes(folder: "Folder") -> None:
    def guid() -> set[str]:
        feeds = (read(folder, address) for address in ("/feed.xml", "/feed.atom"))
        found = {
            i.id for feed in feeds for i in feed.entries if "dredging of" in i.content[0].value
        }
        assert len(found) == 1
        return found

    before = guid()
    folder.edit(ENTRY, 'title: "Dredging of the harbour begins"', 'title: "Mud moves"')
    folder.edit(
        ENTRY,
        "slug: dredging-of-the-harbour-begins",
        "slug: mud\naliases: [dredging-of-the-harbour-begins]\ntopics: [farming]",
    )
    folder.edit("site.yaml", "https://harbour.example/news", "https://other.example")
    (folder.root / ENTRY).rename(folder.root / "briefings/renamed.md")
    (folder.root / "sources/a.txt").rename(folder.root / "sources/z.txt")
    assert folder.build(now="2026-12-01T00:00:00Z").code == 0
    folder.edit("sources/z.txt", "mud away", "mud far away")
    assert folder.build(now="2027-01-01T00:00:00Z").code == 0
    assert guid() == before


def test_a_feed_holds_as_many_items_as_site_yaml_says(folder: "Folder") -> None:
    folder.edit("site.yaml", "publish: full", "publish: full\nfeed_length: 2")
    folder.build()
    titles = [item.title for item in read(folder, "/feed.xml").entries]
    assert titles == [
        "Barley harvest is the smallest in a decade",
        "Dredging of the harbour begins",
    ]


def test_an_empty_feed_is_a_feed(site: "MakeSite") -> None:
    empty = site("")
    empty.build()
    for address in ("/feed.xml", "/feed.atom", "/topics/port/feed.xml"):
        assert read(empty, address).entries == []


def test_a_feed_of_a_topic_that_is_no_more_is_an_empty_feed(folder: "Folder") -> None:
    settings = folder.read("site.yaml")
    folder.write("site.yaml", "".join(settings.splitlines(keepends=True)[:-1]))
    folder.build()
    for address in ("/topics/farming/feed.xml", "/topics/farming/feed.atom"):
        assert read(folder, address).entries == []
