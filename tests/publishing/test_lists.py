import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefbook.model import Origin, Publication, PublicEntry, Story
from briefbook.publishing import make_site
from briefbook.publishing.lists import FRONT_PAGE_HEADLINES

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


def test_the_front_page_shows_the_newest_day_and_then_the_topics(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("old", added=ADDED - timedelta(days=3)),
        make_entry("one"),
        make_entry("two", topics=()),
    )
    made = main(page(make_publication(*entries), "index.html"))
    assert '<time datetime="2026-11-21">November 21, 2026</time></h2>' in made
    lead, _, topics = made.partition('<div class="topics">')
    assert linked(lead) == ["two", "one"]
    assert linked(topics) == ["one", "old"]


def test_a_story_stands_once_and_what_more_origins_say_stands_first(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (make_entry("a", story="s"), make_entry("b", story="s"), make_entry("c"))
    origins = (Origin(name="A", entries=("a",)), Origin(name="B", entries=("b",)))
    story = Story(slug="s", title="The story", entries=("a", "b"), origins=origins)
    made = main(page(make_publication(*entries, stories=(story,)), "index.html"))
    lead = made.partition('<div class="topics">')[0]
    assert re.findall(r'<h3><a href="([^"]+)"', lead) == ["stories/s/", "briefings/c/"]
    assert "2 reports by 1 outlet, 2 origins" in lead


def test_a_day_with_too_much_for_a_minute_leads_to_its_month(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = [make_entry(f"n{number}") for number in range(FRONT_PAGE_HEADLINES + 3)]
    made = main(page(make_publication(*entries), "index.html"))
    assert len(linked(made.partition('<div class="topics">')[0])) == FRONT_PAGE_HEADLINES
    assert '<a href="archive/2026/11/">3 more added that day</a>' in made


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
    assert re.findall(r'href="([^"]+)"', made) == ["port/", "port/feed.xml", "port/feed.atom"]
    assert "newest <time" in made
