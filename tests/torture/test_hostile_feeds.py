"""Ten thousand hostile entries on their way through every feed, read again by others' parsers.

What is meant of each is said in `hostile_items`. A feed is read by an XML parser or as JSON, and by
feedparser; each entry must be there once, in order, with the title, address, dates, authors, topics
and text that were meant, and with nothing that could act or that leads to a place of the reader's.
"""

import json
import re
from calendar import timegm
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from briefbook.model import Publication, PublicEntry, Topic, TopicSetting
from tests.publication import make_site
from tests.publishing.conftest import SITE, _public_entry, _publication
from tests.torture.hostile_items import Hostile, hostile, meant, meant_in_html
from tests.tried import Tried, many

BASE = "https://harbour.example/news"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
    r" \d\d:\d\d:\d\d \+0000"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)")
TAGS = frozenset(
    "a blockquote br code del div em h2 h3 h4 h5 h6 hr ins li ol p pre strong"
    " bdi span table tbody td th thead tr ul".split()
)
BLOCKS = TAGS - frozenset("a code del em ins strong bdi span".split())
# Nothing that is written in the titles of topics and of the site may act either.
SITE_TITLE = 'Harbour & <Brief> "]]>" \u202eevil \ufffe&amp; \x00'
TOPICS = {
    "port": "The port",
    "mud": 'Mud & <b>"ships"</b> ]]> &lt;',
    "turned": "\u202ename\u202c \x07of\ufffe a\ttopic",
}
A_BATCH = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """Some hostile entries, and the files of the site that was made of them."""

    items: tuple[Hostile, ...]
    files: dict[str, bytes]

    def of_entry(self, identity: str) -> Hostile:
        return self.items[int(identity.rpartition("-")[2]) - self.items[0].number]


class Read(HTMLParser):
    """What a reader sees of a piece of HTML, and what in it could act."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.acts: list[str] = []
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.acts.append(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            elif name not in ("lang", "dir", "title", "start"):
                self.acts.append(f"{tag} {name}={value}")
        self._apart(tag)

    def handle_endtag(self, tag: str) -> None:
        self._apart(tag)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.acts.append(f"comment {data}")

    def _apart(self, tag: str) -> None:
        if tag in BLOCKS:
            self.pieces.append(" ")

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


@cache
def made(first: int, count: int) -> Batch:
    """Make a site of the hostile entries of some numbers."""
    items = tuple(hostile(n, _public_entry, tuple(TOPICS)) for n in range(first, first + count))
    entries = tuple(item.entry for item in items)
    files, problems, _ = make_site(publication(entries), None)
    assert problems == (), f"entries {first}..{first + count}"
    return Batch(items, {file.path: file.content for file in files})


def publication(entries: tuple[PublicEntry, ...]) -> Publication:
    """Return a publication of entries, in hostile topics of a site with a hostile title."""
    topics = tuple(
        Topic(
            slug=slug,
            title=title,
            description=title,
            entries=tuple(entry.slug for entry in entries if slug in entry.topics),
        )
        for slug, title in TOPICS.items()
    )
    settings = tuple(TopicSetting(slug=each.slug, title=each.title) for each in topics)
    site = replace(SITE, title=SITE_TITLE, feed_length=2 * len(entries), topics=settings)
    return replace(_publication(*entries), site=site, topics=topics)


@pytest.fixture(params=range(many(short=1, long=50)))
def batch(request: pytest.FixtureRequest) -> Batch:
    size = many(short=60, long=A_BATCH)
    return made(request.param * A_BATCH, size)


# --------------------------------------------------------------------------- what is meant


def title_of(entry: PublicEntry) -> str:
    return meant(entry.title) or f"/briefings/{entry.slug}/"


def names_of(names: tuple[str, ...]) -> list[str]:
    return [name for name in map(meant, names) if name]


def makers_of(entry: PublicEntry) -> list[str]:
    """Who made it, in formats that know no outlet: its authors, else its outlet."""
    return names_of(entry.authors or ((entry.outlet,) if entry.outlet else ()))


def topics_of(entry: PublicEntry) -> list[str]:
    return names_of(tuple(TOPICS[slug] for slug in entry.topics))


def changed_of(entry: PublicEntry) -> datetime:
    return entry.updated or entry.added


def link_of(entry: PublicEntry) -> str:
    return f"{BASE}/briefings/{entry.slug}/"


def assert_html(html: str, item: Hostile, page: str) -> None:
    """The HTML of an item says what its page says, and can do nothing."""
    read = Read(html)
    assert read.acts == []
    for link in read.links:
        assert re.match(r"(?:https?://[^/\s]|mailto:)", link, re.I), link
    section = page.partition('<section class="body"')[2].partition("</section>")[0]
    assert Read(section.partition("</h2>")[2]).text in read.text
    if item.lines is not None:
        assert " ".join(filter(None, item.lines)) in read.text
    for said in (item.entry.summary, *item.entry.key_points, *item.entry.authors):
        assert meant_in_html(said) in read.text


def page_of(batch: Batch, item: Hostile) -> str:
    return batch.files[f"briefings/{item.entry.slug}/index.html"].decode()


def in_order(batch: Batch, ids: list[str]) -> list[str]:
    """Return the ids of entries; the whole feed has each id once, each entry, the newest first."""
    assert len(set(ids)) == len(ids)
    found = [one for one in ids if "number-" in one]
    assert found == [item.entry.id for item in reversed(batch.items)]
    return found


# --------------------------------------------------------------------------- the formats


def test_rss_says_what_was_meant(batch: Batch, tried: Tried) -> None:
    root = ET.fromstring(batch.files["feed.xml"])
    (channel,) = root
    assert channel.findtext("title") == meant(SITE_TITLE)
    assert channel.findtext("link") == f"{BASE}/"
    items = channel.findall("item")
    assert all(len(item.findall("guid")) == 1 for item in items)
    assert {guid.get("isPermaLink") for guid in channel.iter("guid")} == {"false"}
    in_order(batch, [item.findtext("guid", "") for item in items])
    for element in items:
        assert RFC_822.fullmatch(element.findtext("pubDate", ""))
        if "number-" in element.findtext("guid", ""):
            assert_rss_item(element, batch)
    tried("feeds", "Hostile entries in RSS, read by an XML parser", len(batch.items))


def assert_rss_item(element: ET.Element, batch: Batch) -> None:
    item = batch.of_entry(element.findtext("guid", ""))
    entry = item.entry
    assert element.findtext("title") == title_of(entry)
    assert [link.text for link in element.findall("link")] == [link_of(entry)]
    assert parsedate_to_datetime(element.findtext("pubDate", "")) == entry.added
    assert texts(element, f"{DC}creator") == names_of(entry.authors)
    assert texts(element, f"{DC}publisher") == names_of((entry.outlet or "",))
    assert texts(element, "category") == topics_of(entry)
    description = Read(element.findtext("description", ""))
    assert (description.acts, description.links) == ([], [])
    assert description.text == (meant(entry.summary) or title_of(entry))
    assert_html(element.findtext(CONTENT, ""), item, page_of(batch, item))


def texts(element: ET.Element, name: str) -> list[str]:
    return [each.text or "" for each in element.findall(name)]


def test_atom_says_what_was_meant(batch: Batch, tried: Tried) -> None:
    root = ET.fromstring(batch.files["feed.atom"])
    assert root.findtext(f"{ATOM}title") == meant(SITE_TITLE)
    elements = root.findall(f"{ATOM}entry")
    in_order(batch, [element.findtext(f"{ATOM}id", "") for element in elements])
    for stamp in (*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")):
        assert RFC_3339.fullmatch(stamp.text or "")
    for element in elements:
        if "number-" in element.findtext(f"{ATOM}id", ""):
            assert_atom_entry(element, batch)
    tried("feeds", "Hostile entries in Atom, read by an XML parser", len(batch.items))


def assert_atom_entry(element: ET.Element, batch: Batch) -> None:
    item = batch.of_entry(element.findtext(f"{ATOM}id", ""))
    entry, title = item.entry, element.find(f"{ATOM}title")
    assert title is not None
    assert (title.text, title.get("type", "text")) == (title_of(entry), "text")
    links = element.findall(f"{ATOM}link")
    led = [(link.get("rel", "alternate"), link.get("href")) for link in links]
    assert led == [("alternate", link_of(entry))]
    assert datetime.fromisoformat(element.findtext(f"{ATOM}published", "")) == entry.added
    assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")) == changed_of(entry)
    assert [name.text for name in element.iter(f"{ATOM}name")] == makers_of(entry)
    terms = [each.get("term") for each in element.findall(f"{ATOM}category")]
    assert terms == topics_of(entry)
    (content,) = element.findall(f"{ATOM}content")
    assert content.get("type") == "html"
    assert_html(content.text or "", item, page_of(batch, item))


def test_json_feed_says_what_was_meant(batch: Batch, tried: Tried) -> None:
    read = json.loads(batch.files["feed.json"].decode("utf-8", "strict"))
    assert read["title"] == meant(SITE_TITLE)
    in_order(batch, [each["id"] for each in read["items"]])
    for each in read["items"]:
        if "number-" in each["id"]:
            assert_json_item(each, batch)
    tried("feeds", "Hostile entries in JSON Feed", len(batch.items))


def assert_json_item(each: dict[str, Any], batch: Batch) -> None:
    item = batch.of_entry(each["id"])
    entry = item.entry
    assert (each["title"], each["url"]) == (title_of(entry), link_of(entry))
    assert each.get("summary", "") == meant(entry.summary)
    assert datetime.fromisoformat(each["date_published"]) == entry.added
    assert datetime.fromisoformat(each["date_modified"]) == changed_of(entry)
    assert [author["name"] for author in each.get("authors", [])] == makers_of(entry)
    assert each.get("tags", []) == topics_of(entry)
    assert_html(each["content_html"], item, page_of(batch, item))


@pytest.mark.parametrize("path", ["feed.xml", "feed.atom"])
def test_a_feed_reader_finds_what_was_meant(batch: Batch, path: str, tried: Tried) -> None:
    found = feedparser.parse(batch.files[path])
    assert not found.bozo
    in_order(batch, [one.id for one in found.entries])
    for one in found.entries:
        if "number-" not in one.id:
            continue
        entry = batch.of_entry(one.id).entry
        assert_title(one.title_detail, title_of(entry))
        assert one.link == link_of(entry)
        assert [tag.term for tag in one.get("tags", [])] == topics_of(entry)
        assert datetime.fromtimestamp(timegm(one.published_parsed), UTC) == entry.added
        names = names_of(entry.authors) if path == "feed.xml" else makers_of(entry)
        found_names = [author.name for author in one.get("authors", []) if author.get("name")]
        # It mends some authors and not others.
        assert [*map(as_taken, found_names)] == [*map(as_taken, names)]
    tried("feeds", "Hostile entries in RSS and Atom, read by feedparser", len(batch.items))


def assert_title(detail: Any, title: str) -> None:
    """RSS does not say whether a title is HTML: feedparser takes one that could be for it."""
    if detail.type == "text/html":
        assert re.search(r"</\w|&#?\w+;", title)
        assert not any(re.search("^script$| on", one) for one in Read(detail.value).acts)
    else:
        assert detail.value == as_taken(title)


def as_taken(text: str) -> str:
    """Return a text as feedparser takes it, which mends what looks like UTF-8 read as Latin-1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def test_the_list_of_feeds_names_them_as_meant(batch: Batch) -> None:
    outlines = ET.fromstring(batch.files["feeds.opml"]).findall("body/outline/outline")
    said = {each.get("xmlUrl"): each.get("text") for each in outlines}
    for slug, title in TOPICS.items():
        assert said[f"{BASE}/topics/{slug}/feed.xml"] == meant(f"{title} – {SITE_TITLE}")
