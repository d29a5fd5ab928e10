import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from briefbook.model import Publication, PublicEntry
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
ADDED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def page(publication: Publication, path: str) -> str:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    return next(file.content for file in files if file.path == path).decode()


def main(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def linked(html: str, kind: str = "briefings") -> list[str]:
    return re.findall(rf'href="[./]*{kind}/([^"/]+)/"', html)


def test_a_site_without_entries_explains_itself(make_publication: MakePublication) -> None:
    publication = make_publication()
    assert "Nothing has been published here yet." in page(publication, "index.html")
    assert "Nothing yet on" in page(publication, "index.html")
    assert "Nothing has been published here yet." in page(publication, "archive/index.html")
    assert "Nothing has been filed here yet." in page(publication, "topics/port/index.html")
    none = replace(publication, topics=())
    assert "This site has no topics." in page(none, "topics/index.html")


def test_a_topic_shows_whole_months_until_it_has_enough(
    make_publication: MakePublication, many_entries: Callable[[int], tuple[PublicEntry, ...]]
) -> None:
    # A day apart from 22 November: 9 in November, 31 in December, 20 in January.
    publication = make_publication(*many_entries(60))
    made = main(page(publication, "topics/port/index.html"))
    assert linked(made)[0] == "number-60"
    assert len(linked(made)) == 20
    older = made.partition('id="older"')[2]
    assert re.findall(r'href="([^"]+)">([^<]+)</a> <span class="aside">([^<]+)', older) == [
        ("2026/12/", "December 2026", "31 briefings"),
        ("2026/11/", "November 2026", "9 briefings"),
    ]


def test_a_month_leads_to_the_months_beside_it(
    make_publication: MakePublication, many_entries: Callable[[int], tuple[PublicEntry, ...]]
) -> None:
    publication = make_publication(*many_entries(60))
    for folder in ("topics/port", "archive"):
        made = main(page(publication, f"{folder}/2026/12/index.html"))
        assert len(linked(made)) == 31
        assert re.findall(r'href="([^"]+)" rel="(prev|next)"', made) == [
            ("../11/", "prev"),
            ("../../2027/01/", "next"),
        ]


def test_the_archive_lists_all_months(
    make_publication: MakePublication, many_entries: Callable[[int], tuple[PublicEntry, ...]]
) -> None:
    made = main(page(make_publication(*many_entries(60)), "archive/index.html"))
    assert "60 briefings" in made
    assert re.findall(r'href="([^"]+)"', made) == ["2027/01/", "2026/12/", "2026/11/"]


def test_topics_stand_in_the_editors_order_with_their_feeds(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    made = main(page(make_publication(make_entry()), "topics/index.html"))
    feeds = ["port/feed.xml", "port/feed.atom", "port/feed.json"]
    assert re.findall(r'href="([^"]+)"', made) == ["port/", *feeds]
    assert "newest <time" in made


def test_a_topic_says_what_its_months_are_and_which_text_has_no_date(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", story="mud"), make_entry("b", story="mud", published=None)
    )
    made = main(page(publication, "topics/port/index.html"))
    assert ">Added in November 2026</a>" in made
    assert made.count("<span>no date in the text</span>") == 1
    # Its own name stands above all its stories already.
    assert 'class="topic"' not in made
    assert 'class="topic"' in main(page(publication, "index.html"))
