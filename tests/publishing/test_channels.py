"""What stands in which feed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from briefbook.model import Correction, CorrectionKind, Publication, PublicEntry, Status
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
ADDED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BASE = "https://harbour.example/news"
SLIP = Correction(date=date(2026, 11, 22), was="Tuesday", now="Monday", why="A slip of the pen.")


def file_of(publication: Publication, path: str) -> bytes:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    return next(file.content for file in files if file.path == path)


def items(publication: Publication, path: str) -> list[Any]:
    found = feedparser.parse(file_of(publication, path))
    assert not found.bozo
    return list(found.entries)


def ids(publication: Publication, path: str = "feed.xml") -> list[str]:
    return [item.id for item in items(publication, path)]


def test_a_correction_is_one_new_item_that_says_what_was_and_what_is(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    before = make_publication(make_entry(), make_entry("b"))
    corrected = make_entry(corrections=(SLIP,), updated=ADDED + timedelta(days=1))
    after = make_publication(corrected, make_entry("b"))
    new = set(ids(after)) - set(ids(before))
    assert len(new) == 1
    assert len(ids(after)) == 3
    item = items(after, "feed.xml")[0]
    assert item.id in new
    assert item.title == "Correction: Dredging begins"
    assert item.link == f"{BASE}/briefings/dredging-begins/"
    assert item.description == "Monday"
    said = item.content[0].value
    for part in ("Was: <del>Tuesday</del>", "Now: Monday", "A slip of the pen."):
        assert part in said


@pytest.mark.parametrize("path", ["topics/port/feed.xml", "corrections/feed.xml"])
def test_a_correction_stands_in_the_feeds_of_its_topics_and_of_corrections(
    make_entry: MakeEntry, make_publication: MakePublication, path: str
) -> None:
    publication = make_publication(make_entry(corrections=(SLIP,)))
    assert items(publication, path)[0].title == "Correction: Dredging begins"


def test_the_corrections_feed_has_nothing_else(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    retraction = Correction(date=date(2026, 11, 23), kind=CorrectionKind.RETRACTION, why="Wrong.")
    publication = make_publication(
        make_entry("a", corrections=(SLIP,)), make_entry("b", corrections=(retraction,))
    )
    titles = [item.title for item in items(publication, "corrections/feed.atom")]
    assert titles == ["Retraction: Dredging begins", "Correction: Dredging begins"]


def test_corrections_of_one_day_are_two_items_and_keep_their_ids(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    first = ids(make_publication(make_entry(corrections=(SLIP,))), "corrections/feed.xml")
    other = replace(SLIP, was="41 million", now="40 million", place=2)
    both = ids(make_publication(make_entry(corrections=(SLIP, other))), "corrections/feed.xml")
    assert len(set(both)) == 2
    assert both[1:] == first
    reworded = make_publication(make_entry(title="New", corrections=(replace(SLIP, why="Oh."),)))
    assert ids(reworded, "corrections/feed.xml") == first


def test_corrections_of_drafts_are_told_to_nobody(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry(status=Status.DRAFT, corrections=(SLIP,)))
    assert ids(publication, "corrections/feed.xml") == []
    assert ids(publication) == []


def test_an_edition_is_one_item_with_the_whole_day(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("a", title="Dredging begins"),
        make_entry("b", title="Ferry delayed", summary="The ferry is late."),
        make_entry("c", added=ADDED + timedelta(days=1)),
        make_entry("d", status=Status.DRAFT, title="Secret"),
    )
    found = items(make_publication(*entries), "editions/feed.xml")
    assert [item.title for item in found] == [
        "Harbour Brief, 2026-11-22",
        "Harbour Brief, 2026-11-21",
    ]
    said = found[1].content[0].value
    assert said.index("Dredging begins") < said.index("The ferry is late.")
    assert "Secret" not in said
    assert found[1].link == f"{BASE}/editions/2026-11-21/"


def test_an_edition_keeps_its_id_when_the_day_goes_on(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    one = make_publication(make_entry("a"))
    two = make_publication(make_entry("a", title="New"), make_entry("b"))
    assert ids(one, "editions/feed.xml") == ids(two, "editions/feed.xml")


def test_an_edition_keeps_its_id_when_its_first_entry_is_withdrawn(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    both = make_publication(make_entry("a"), make_entry("b"))
    left = make_publication(make_entry("a", status=Status.WITHDRAWN), make_entry("b"))
    assert len(ids(left, "editions/feed.xml")) == 1
    assert ids(left, "editions/feed.xml") == ids(both, "editions/feed.xml")


def test_an_edition_of_a_site_with_an_id_keeps_its_own_whatever_its_first_entry_is(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    def edition(*entries: PublicEntry, name: str = "the-quay", title: str = "A") -> list[str]:
        publication = make_publication(*entries)
        site = replace(publication.site, id=name, title=title)
        return ids(replace(publication, site=site), "editions/feed.xml")

    first, second = make_entry("a"), make_entry("b", added=ADDED + timedelta(hours=1))
    assert edition(first, second) == edition(second) == edition(second, title="New")
    assert edition(second) != edition(second, name="another-site")
    assert edition(second) != edition(make_entry("b", added=ADDED + timedelta(days=1)))


def test_json_feed_says_what_the_other_formats_say(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", authors=(), outlet=None, summary=""), make_entry("b", language="ko")
    )
    made = json.loads(file_of(publication, "topics/port/feed.json"))
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["title"] == "The port – Harbour Brief"
    assert made["home_page_url"] == f"{BASE}/topics/port/"
    assert made["feed_url"] == f"{BASE}/topics/port/feed.json"
    assert [item["id"] for item in made["items"]] == ["urn:uuid:b", "urn:uuid:a"]
    item, plain = made["items"]
    assert item["authors"] == [{"name": "Ann Kim"}]
    assert item["language"] == "ko"
    assert item["tags"] == ["The port"]
    assert item["date_published"] == "2026-11-21T09:00:00Z"
    assert "The work takes two years." in item["content_html"]
    assert "authors" not in plain
    assert "summary" not in plain


def test_an_empty_json_feed_has_items(make_publication: MakePublication) -> None:
    made = json.loads(file_of(make_publication(), "feed.json"))
    assert made["items"] == []


def test_opml_lists_every_feed_once(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry())
    publication = replace(publication, site=replace(publication.site, title='Ports & "Mud" <1>'))
    tree = ElementTree.fromstring(file_of(publication, "feeds.opml"))
    found = [node.attrib["xmlUrl"] for node in tree.iter("outline") if "xmlUrl" in node.attrib]
    assert found == [
        f"{BASE}/feed.xml",
        f"{BASE}/topics/port/feed.xml",
        f"{BASE}/editions/feed.xml",
        f"{BASE}/corrections/feed.xml",
    ]
    assert tree.findtext("head/title") == 'Ports & "Mud" <1>'
