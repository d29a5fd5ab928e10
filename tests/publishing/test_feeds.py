import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from briefbook.model import Origin, Publication, PublicEntry, Publish, Status, Story
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
ADDED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HTML_NODES = ("encoded", "content", "description")
BASE = "https://harbour.example/news"


def file_of(publication: Publication, path: str) -> bytes:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    return next(file.content for file in files if file.path == path)


@pytest.fixture(params=["feed.xml", "feed.atom"])
def path(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


def read(publication: Publication, path: str) -> Any:
    content = file_of(publication, path)
    ElementTree.fromstring(content)
    found = feedparser.parse(content)
    assert not found.bozo
    return found


def test_items_stand_newest_first_with_ids_that_are_no_links(
    make_publication: MakePublication,
    many_entries: Callable[[int], tuple[PublicEntry, ...]],
    path: str,
) -> None:
    found = read(make_publication(*many_entries(3)), path)
    assert [item.title for item in found.entries] == ["Number 3", "Number 2", "Number 1"]
    assert found.entries[0].id == "urn:uuid:number-3"
    assert found.entries[0].link == f"{BASE}/briefings/number-3/"


def test_a_guid_says_that_it_is_no_address(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    content = file_of(make_publication(make_entry()), "feed.xml")
    assert b'<guid isPermaLink="false">urn:uuid:dredging-begins</guid>' in content


def test_a_feed_is_no_longer_than_the_site_says(
    make_publication: MakePublication,
    many_entries: Callable[[int], tuple[PublicEntry, ...]],
    path: str,
) -> None:
    publication = make_publication(*many_entries(5))
    publication = replace(publication, site=replace(publication.site, feed_length=2))
    assert [item.title for item in read(publication, path).entries] == ["Number 5", "Number 4"]


def test_the_channel_links_to_its_page_and_to_itself(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    found = read(make_publication(make_entry()), f"topics/port/{path}").feed
    assert found.link == f"{BASE}/topics/port/"
    assert found.title == "The port – Harbour Brief"
    own = [link.href for link in found.links if link.rel == "self"]
    assert own == [f"{BASE}/topics/port/{path}"]


def test_dates_come_from_the_entries_and_never_from_the_clock(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    updated = ADDED + timedelta(days=2)
    publication = make_publication(make_entry("a", updated=updated), make_entry("b"))
    rss = file_of(publication, "feed.xml").decode()
    assert re.findall("<lastBuildDate>(.+)</lastBuildDate>", rss) == [
        "Mon, 23 Nov 2026 09:00:00 +0000"
    ]
    assert re.findall("<pubDate>(.+)</pubDate>", rss) == ["Sat, 21 Nov 2026 09:00:00 +0000"] * 2
    atom = file_of(publication, "feed.atom").decode()
    assert re.findall("<updated>(.+)</updated>", atom) == [
        "2026-11-23T09:00:00+00:00",
        "2026-11-21T09:00:00+00:00",
        "2026-11-23T09:00:00+00:00",
    ]


def test_an_empty_feed_is_valid_and_has_a_fixed_date(
    make_publication: MakePublication, path: str
) -> None:
    found = read(make_publication(), path)
    assert found.entries == []
    stamp = found.feed.get("updated") or found.feed.get("published")
    assert "1970" in stamp


def test_authors_and_topics_are_named(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    item = read(make_publication(make_entry(authors=("Ann Kim", "Bo Li"))), path).entries[0]
    assert "Ann Kim" in {author.name for author in item.authors} | {item.author}
    assert [tag.term for tag in item.tags] == ["The port"]


def test_an_item_is_the_whole_briefing_the_editors_note_first(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    entry = make_entry(note="See [the archive](/archive/).", body="Only in the body.")
    html = read(make_publication(entry), path).entries[0].content[0].value
    order = [
        "Editor’s note",
        "Bottom line:",
        "The work takes two years.",
        "Only in the body.",
        "Source: Port Times, Ann Kim, November 21, 2026",
        "https://port-times.example/a",
    ]
    assert [html.index(text) for text in order] == sorted(html.index(text) for text in order)
    assert f'href="{BASE}/archive/"' in html
    assert 'href="/' not in html
    assert 'href="..' not in html


def test_items_carry_no_class_style_or_id(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry(body="> **A:** b\n\n| a | b |\n|--|--:|\n| 1 | 2 |", note="x")
    content = file_of(make_publication(entry), "feed.atom").decode()
    assert not re.search(r"&lt;[^&]*(class|style|id|data-line)=", content)


@pytest.mark.parametrize(
    "text",
    [
        "</title><script>alert(1)</script>",
        "]]>",
        "<![CDATA[x",
        "{{ 7*7 }}",
        "<!--",
        "a\x00\x0bb",
        "\u202egnitrats",
        "&lt;b&gt; & <b>",
        "\ud800",
    ],
)
def test_hostile_text_is_only_text(
    make_entry: MakeEntry, make_publication: MakePublication, path: str, text: str
) -> None:
    entry = make_entry(
        title=text,
        summary=text,
        key_points=(text,),
        body=text,
        note=text,
        outlet=text,
        authors=(text,),
        origin=text,
        url="javascript:alert(1)",
    )
    assert len(read(make_publication(entry), path).entries) == 1
    # Not what feedparser gives: that has been through a sanitizer of its own.
    tree = ElementTree.fromstring(file_of(make_publication(entry), path))
    as_html = [node.text or "" for node in tree.iter() if node.tag.endswith(HTML_NODES)]
    assert len(as_html) >= 1
    for html in as_html:
        assert "<script" not in html
        assert "javascript:" not in html
    titles = [node.text or "" for node in tree.iter() if node.tag.endswith("title")]
    assert not any("\u202e" in title for title in titles)


def test_drafts_and_withdrawn_entries_stand_in_no_feed(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    publication = make_publication(
        make_entry("a", status=Status.DRAFT),
        make_entry("b", status=Status.WITHDRAWN),
        make_entry("c"),
    )
    for where in (path, f"topics/port/{path}"):
        assert [item.id for item in read(publication, where).entries] == ["urn:uuid:c"]


def test_the_same_publication_gives_the_same_bytes(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    publication = make_publication(make_entry("a"), make_entry("b"))
    assert file_of(publication, path) == file_of(publication, path)


def test_a_feed_that_ended_answers_as_an_empty_one(
    make_publication: MakePublication, path: str
) -> None:
    address = f"/topics/gone/{path}"
    files, problems, addresses = make_site(make_publication(addresses=(address,)), None)
    found = feedparser.parse(next(file.content for file in files if file.path == address[1:]))
    assert not found.bozo
    assert found.entries == []
    assert address in addresses
    assert [str(problem) for problem in problems] == [
        f"published.txt: error: {address} was published and is no feed now, so it answers as an"
        " empty one\n    fix: write `aliases: [gone]` under the topic in site.yaml that has its"
        " entries now, or put the topic back; if it was never public, delete the line from"
        " published.txt"
    ]


def test_naive_moments_are_taken_for_utc(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    entry = make_entry(added=ADDED.replace(tzinfo=None))
    assert len(read(make_publication(entry), path).entries) == 1


def test_publish_is_the_only_setting_the_feeds_do_not_read() -> None:
    # What may be shown was decided by public_entry; a feed that asked again could differ.
    from briefbook.publishing import channels, feed_items, feeds, jsonfeed

    modules = (channels, feed_items, feeds, jsonfeed)
    assert not any(Publish.__name__ in vars(module) for module in modules)


def carried(*slugs: str) -> tuple[Story, ...]:
    origin = Origin(name="Tidewater Agency", entries=slugs)
    return (Story(slug="s", title="The story", entries=slugs, origins=(origin,)),)


def test_a_text_that_several_outlets_carry_is_one_item_that_names_them(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    entries = (
        make_entry("first", story="s"),
        make_entry("copy", story="s", outlet="Mudflat Post"),
        make_entry("own"),
    )
    found = read(make_publication(*entries, stories=carried("first", "copy")), path)
    assert [item.id for item in found.entries] == ["urn:uuid:own", "urn:uuid:first"]
    said = found.entries[1].content[0].value
    assert f'also carried by <a href="{BASE}/briefings/copy/">Mudflat Post</a>.</p>' in said


def test_a_copy_is_an_item_of_a_topic_that_the_first_one_is_not_in(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    entries = (make_entry("first", story="s", topics=()), make_entry("copy", story="s"))
    publication = make_publication(*entries, stories=carried("first", "copy"))
    assert [item.id for item in read(publication, path).entries] == ["urn:uuid:first"]
    of_topic = read(publication, f"topics/port/{path}")
    assert [item.id for item in of_topic.entries] == ["urn:uuid:copy"]


def test_a_copy_never_becomes_an_item_because_the_first_one_was_withdrawn(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    entries = (
        make_entry("first", story="s", status=Status.WITHDRAWN),
        make_entry("copy", story="s"),
    )
    publication = make_publication(*entries, stories=carried("first", "copy"))
    assert read(publication, path).entries == []


def test_a_draft_of_the_same_text_keeps_no_item_back(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    entries = (make_entry("draft", story="s", status=Status.DRAFT), make_entry("copy", story="s"))
    publication = make_publication(*entries, stories=carried("draft", "copy"))
    found = read(publication, path)
    assert [item.id for item in found.entries] == ["urn:uuid:copy"]
    assert "also carried" not in found.entries[0].content[0].value
