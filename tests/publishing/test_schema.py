import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from briefbook.model import Publication, PublicEntry
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
BASE = "https://harbour.example/news"
ENTRY = "briefings/dredging-begins/index.html"


def html(publication: Publication, path: str = ENTRY) -> str:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    return next(file.content for file in files if file.path == path).decode()


def data(made: str) -> dict[str, dict[str, Any]]:
    """Return what a page says of itself, by type."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', made)
    return {each["@type"]: each for each in map(json.loads, found)}


def test_an_entry_is_an_article_based_on_the_outlets(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry(published=date(2026, 11, 20))
    found = data(html(make_publication(entry)))
    article = found["NewsArticle"]
    assert article["@context"] == "https://schema.org"
    assert article["headline"] == "Dredging begins"
    assert article["publisher"]["name"] == "Harbour Brief"
    assert article["datePublished"] == "2026-11-21T09:00:00+00:00"
    original = {
        "@type": "NewsArticle",
        "url": "https://port-times.example/a",
        "publisher": {"@type": "Organization", "name": "Port Times"},
        "datePublished": "2026-11-20",
    }
    assert article["isBasedOn"] == article["citation"] == original
    steps = [step["item"] for step in found["BreadcrumbList"]["itemListElement"]]
    assert steps == [f"{BASE}/", f"{BASE}/topics/port/", f"{BASE}/briefings/dredging-begins/"]


def test_what_nobody_knows_is_left_out(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry(outlet=None, url="javascript:x", authors=(), summary="")
    article = data(html(make_publication(entry)))["NewsArticle"]
    assert not {"isBasedOn", "citation", "author", "description"} & set(article)


def test_topics_stories_and_the_front_page_are_collections(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry("a", story="s"), make_entry("b", story="s"))
    for path in ("index.html", "topics/port/index.html", "stories/s/index.html"):
        assert "CollectionPage" in data(html(publication, path)), path
    parts = data(html(publication, "stories/s/index.html"))["CollectionPage"]["hasPart"]
    assert [part["url"] for part in parts] == [f"{BASE}/briefings/a/", f"{BASE}/briefings/b/"]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "\u2028", "\x00"])
def test_no_text_ends_the_element_it_stands_in(
    make_entry: MakeEntry, make_publication: MakePublication, text: str
) -> None:
    made = html(make_publication(make_entry(title=f"a {text} b", summary=text)))
    assert len(data(made)) == 2
    assert all("<" not in each for each in re.findall(r'ld\+json">(.*?)</script>', made))


def test_somebody_elses_whole_text_is_not_for_search_engines(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    for is_extract, is_own, is_indexed in (
        (False, False, False),
        (False, True, True),
        (True, False, True),
    ):
        publication = make_publication(make_entry(is_extract=is_extract, is_own=is_own))
        made = html(publication)
        assert ('content="noindex"' not in made) is is_indexed
        files, _, _ = make_site(publication, None)
        site_map = next(file.content for file in files if file.path == "sitemap.xml").decode()
        assert ("briefings/dredging-begins" in site_map) is is_indexed


def test_pages_have_a_picture_that_is_there(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", story="s"),
        make_entry("b", story="s", added=make_entry().added + timedelta(days=1)),
    )
    publication = replace(
        publication, topics=(replace(publication.topics[0], title="항구", entries=("a", "b")),)
    )
    files, _, _ = make_site(publication, None)
    paths = {file.path for file in files}
    pictures = {}
    for file in files:
        if file.path.endswith(".html"):
            for found in re.findall(r'"og:image" content="([^"]+)"', file.content.decode()):
                pictures[file.path] = found.removeprefix(BASE + "/")
    assert set(pictures.values()) <= paths
    assert pictures["stories/s/index.html"] == "stories/s/card.png"
    # The font of the cards has no Korean.
    assert pictures["topics/port/index.html"] == "card.png"
