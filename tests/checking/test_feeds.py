"""One mistake in a feed each, and what is said of it."""

import json

import pytest

from briefbook.checking.feeds import check_feeds

BASE = "https://a.example/news"
RSS = """\
<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel>
<title>Quay</title><link>https://a.example/news/</link><description>News</description>
<atom:link href="https://a.example/news/feed.xml" rel="self"/>
<lastBuildDate>Sat, 02 May 2026 18:00:00 +0000</lastBuildDate>
<item><title>Second</title><link>https://a.example/news/b/</link><guid>urn:b</guid>
<pubDate>Sat, 02 May 2026 18:00:00 +0000</pubDate>
<content:encoded>&lt;p&gt;See &lt;a href="https://b.example/?a=1&amp;amp;b"&gt;b&lt;/a&gt;.</content:encoded>
</item>
<item><title>First</title><link>https://a.example/news/a/</link><guid>urn:a</guid>
<pubDate>Fri, 01 May 2026 18:00:00 +0000</pubDate><content:encoded>One</content:encoded></item>
</channel></rss>
"""
ATOM = """\
<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>https://a.example/news/feed.atom</id>
<title>Quay</title><updated>2026-05-02T18:00:00+00:00</updated><author><name>Quay</name></author>
<link href="https://a.example/news/feed.atom" rel="self"/>
<link href="https://a.example/news/" rel="alternate"/>
<entry><id>urn:b</id><title>Second</title><updated>2026-05-02T18:00:00Z</updated>
<published>2026-05-02T18:00:00Z</published><link href="https://a.example/news/b/" rel="alternate"/>
<content type="html">Two</content></entry>
<entry><id>urn:a</id><title>First</title><updated>2026-05-03T18:00:00Z</updated>
<published>2026-05-01T18:00:00+09:00</published>
<link href="https://a.example/news/a/"/><content type="html">One</content></entry>
</feed>
"""
ITEMS = [
    {
        "id": f"urn:{name}",
        "url": f"https://a.example/news/{name}/",
        "title": name,
        "content_html": "<p>x</p>",
        "date_published": f"2026-05-0{day}T18:00:00Z",
        "date_modified": f"2026-05-0{day}T18:00:00Z",
    }
    for name, day in (("b", 2), ("a", 1))
]
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay",
        "home_page_url": "https://a.example/news/",
        "feed_url": "https://a.example/news/feed.json",
        "items": ITEMS,
    }
)
OPML = """\
<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Quay</title></head><body>
<outline text="Quay"><outline type="rss" text="Quay" xmlUrl="https://a.example/news/feed.xml"/>
</outline></body></opml>
"""
MAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://a.example/news/</loc><lastmod>2026-05-02T18:00:00Z</lastmod></url>
<url><loc>https://a.example/news/a/</loc></url></urlset>
"""
WHOLE = {
    "feed.xml": RSS,
    "feed.atom": ATOM,
    "feed.json": JSON,
    "feeds.opml": OPML,
    "sitemap.xml": MAP,
    "sitemap-2026-05.xml": MAP,
}
INDEX = """\
<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://a.example/news/sitemap-2026-05.xml</loc></sitemap>
<sitemap><loc>https://a.example/news/sitemap-pages.xml</loc></sitemap></sitemapindex>
"""


def told(path: str, content: str, longest: int = 2) -> list[str]:
    problems = check_feeds({path: content.encode()}, BASE, longest)
    assert all(str(problem.place) == f"_site/{path}" for problem in problems)
    return [problem.what for problem in problems]


@pytest.mark.parametrize("path", WHOLE)
def test_nothing_is_said_of_what_is_right(path: str) -> None:
    assert told(path, WHOLE[path]) == []


def test_a_map_may_be_one_of_its_parts() -> None:
    assert told("sitemap.xml", INDEX) == []
    assert told("sitemap.xml", INDEX.replace("pages", "2026-05")) == [
        "two parts have the address 'https://a.example/news/sitemap-2026-05.xml'"
    ]
    assert told("sitemap.xml", INDEX.replace("https://a.example/news/sitemap-p", "p")) == [
        "part 2 has the link 'pages.xml', which is no web address in full"
    ]


def test_other_files_are_not_read() -> None:
    assert check_feeds({"a/index.html": b"<", "topics/feedback.xml": b"<"}, BASE) == ()


def test_says_how_to_mend_a_feed() -> None:
    (problem,) = check_feeds({"feed.xml": RSS.replace("urn:b", "urn:a").encode()}, BASE)
    assert str(problem) == (
        "_site/feed.xml: error: two items have the id 'urn:a'\n"
        "    fix: mend the site's own template of it, if it has one in templates/parts/; else"
        " report this: it is a mistake of the program"
    )


@pytest.mark.parametrize(
    ("path", "was", "now", "said"),
    [
        pytest.param(
            "feed.xml",
            "</channel>",
            "",
            "this is not well-formed XML: mismatched tag: line 13, column 2",
            id="not well-formed",
        ),
        pytest.param("feed.xml", "2.0", "0.9", "this is no RSS 2.0", id="another version"),
        pytest.param("feed.xml", "<title>Quay</title>", "", "the feed has no title", id="no title"),
        pytest.param(
            "feed.xml",
            "<description>News</description>",
            "<description/>",
            "the feed has no description",
            id="no description",
        ),
        pytest.param(
            "feed.xml",
            "<link>https://a.example/news/</link>",
            "",
            "the feed has no link",
            id="no link",
        ),
        pytest.param(
            "feed.xml",
            "news/feed.xml",
            "feed.xml",
            "the feed says that it stands at 'https://a.example/feed.xml', not at"
            " 'https://a.example/news/feed.xml'",
            id="own address",
        ),
        pytest.param(
            "feed.xml",
            "<lastBuildDate>Sat, 02 May 2026 18:00:00 +0000",
            "<lastBuildDate>2026-05-02",
            "'2026-05-02' is no date as a feed needs it",
            id="date of the feed",
        ),
        pytest.param(
            "feed.xml", "<guid>urn:b</guid>", "", "item 1 has no id", id="item without an id"
        ),
        pytest.param(
            "feed.xml",
            "<content:encoded>One</content:encoded>",
            "",
            "item 2 has no content",
            id="item without content",
        ),
        pytest.param(
            "feed.xml",
            "<link>https://a.example/news/b/</link>",
            "<link>../b/</link>",
            "item 1 has the link '../b/', which is no web address in full",
            id="relative link",
        ),
        pytest.param(
            "feed.xml",
            "https://b.example/?a=1&amp;amp;b",
            "../x/?a&amp;amp;b",
            "item 1 has the link '../x/?a&b', which leads nowhere outside the site",
            id="relative link in a text",
        ),
        pytest.param(
            "feed.xml",
            "<pubDate>Fri, 01 May 2026 18:00:00 +0000</pubDate>",
            "",
            "item 2 lacks a date",
            id="item without a date",
        ),
        pytest.param(
            "feed.xml",
            "Fri, 01 May 2026 18:00:00 +0000",
            "yesterday",
            "item 2: 'yesterday' is no date as a feed needs it",
            id="date that cannot be read",
        ),
        pytest.param(
            "feed.xml",
            "Fri, 01 May 2026 18:00:00 +0000",
            "Fri, 01 May 2026 18:00:00 -0000",
            "item 2: 'Fri, 01 May 2026 18:00:00 -0000' is no date as a feed needs it",
            id="date without a zone",
        ),
        pytest.param(
            "feed.xml",
            "Fri, 01 May 2026",
            "Sun, 03 May 2026",
            "item 2 is newer than the one above it",
            id="order",
        ),
        pytest.param(
            "feed.xml",
            "One",
            "O\x85ne",
            "the character U+0085 stands in it, which feed readers refuse",
            id="control character",
        ),
        pytest.param(
            "feed.atom",
            "<id>https://a.example/news/feed.atom</id>",
            "",
            "the feed has no id",
            id="Atom without an id",
        ),
        pytest.param(
            "feed.atom",
            "<author><name>Quay</name></author>",
            "",
            "the feed has no author",
            id="Atom without an author",
        ),
        pytest.param(
            "feed.atom",
            "<updated>2026-05-03T18:00:00Z</updated>",
            "",
            "item 2 lacks a date",
            id="Atom entry without a change",
        ),
        pytest.param(
            "feed.atom",
            "2026-05-03T18:00:00Z",
            "2026-05-03T18:00:00",
            "item 2: '2026-05-03T18:00:00' is no date as a feed needs it",
            id="Atom date without a zone",
        ),
        pytest.param(
            "feed.atom",
            "2026-05-03T18:00:00Z",
            "2026-13-03T18:00:00Z",
            "item 2: '2026-13-03T18:00:00Z' is no date as a feed needs it",
            id="month 13",
        ),
        pytest.param(
            "feed.atom",
            "http://www.w3.org/2005/Atom",
            "http://a.example",
            "this is no Atom",
            id="another format",
        ),
        pytest.param(
            "feed.json", '"title": "Quay", ', "", "the feed has no title", id="JSON without a title"
        ),
        pytest.param(
            "feed.json",
            '"date_published": "2026-05-01T18:00:00Z"',
            '"date_published": 1',
            "item 2 lacks a date",
            id="JSON number for a date",
        ),
        pytest.param(
            "feed.json", '"urn:a"', '"urn:b"', "two items have the id 'urn:b'", id="JSON ids"
        ),
        pytest.param("feed.json", '"items"', '"entries"', "this is no JSON Feed", id="no items"),
        pytest.param(
            "feed.json",
            "]}",
            "]",
            "this is not JSON: Expecting ',' delimiter: line 1 column 523 (char 522)",
            id="no JSON",
        ),
        pytest.param(
            "feeds.opml",
            "<head><title>Quay</title></head>",
            "<head/>",
            "the list has no title",
            id="list without a title",
        ),
        pytest.param(
            "feeds.opml",
            ' xmlUrl="https://a.example/news/feed.xml"',
            "",
            "feed 1 has no link",
            id="list without an address",
        ),
        pytest.param(
            "feeds.opml", 'type="rss" text="Quay"', 'type="rss"', "feed 1 has no text", id="no text"
        ),
        pytest.param("feeds.opml", "2.0", "1.0", "this is no OPML 2.0", id="another OPML"),
        pytest.param(
            "sitemap.xml",
            "2026-05-02T18:00:00Z",
            "lately",
            "page 1: 'lately' is no date as a site map needs it",
            id="date in the map",
        ),
        pytest.param(
            "sitemap.xml",
            "news/a/",
            "news/",
            "two pages have the address 'https://a.example/news/'",
            id="page twice",
        ),
        pytest.param("sitemap.xml", "0.9", "1", "this is no site map", id="another map"),
    ],
)
def test_a_mistake_is_said(path: str, was: str, now: str, said: str) -> None:
    assert was in WHOLE[path]
    assert said in told(path, WHOLE[path].replace(was, now))


def test_a_feed_is_no_longer_than_site_yaml_says() -> None:
    assert told("feed.xml", RSS, longest=1) == ["the feed has 2 items, more than 1"]


@pytest.mark.parametrize("path", WHOLE)
@pytest.mark.parametrize("content", ["", "null", "[]", "<a/>", '{"items": [1, null, {}]}', "<!--"])
def test_nonsense_is_said_to_be_nonsense(path: str, content: str) -> None:
    assert told(path, content)
