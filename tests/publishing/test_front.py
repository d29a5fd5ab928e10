import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from briefbook.model import Origin, Publication, PublicEntry, Story
from briefbook.publishing.front import FRONT_PAGE_HEADLINES, MOST_DAYS_OF_ORIGINS
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
ADDED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def home(publication: Publication) -> str:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    html = next(file.content for file in files if file.path == "index.html").decode()
    return html.partition("<main")[2].partition("</main>")[0]


def lead(publication: Publication) -> str:
    return home(publication).partition('<div class="topics">')[0]


def headlines(publication: Publication) -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)/"', lead(publication))


def story(slug: str, *entries: str) -> Story:
    origins = tuple(Origin(name=entry, entries=(entry,)) for entry in entries)
    return Story(slug=slug, title="The story", entries=entries, origins=origins)


def test_the_newest_stand_first_below_the_date_of_the_newest_and_then_the_topics(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("old", added=ADDED - timedelta(days=3)),
        make_entry("one"),
        make_entry("two", topics=()),
    )
    publication = make_publication(*entries)
    assert 'Newest: <time datetime="2026-11-21">November 21, 2026</time>' in lead(publication)
    assert headlines(publication) == ["briefings/two", "briefings/one", "briefings/old"]
    topics = home(publication).partition('<div class="topics">')[2]
    assert re.findall(r'href="briefings/([^"/]+)/"', topics) == ["one", "old"]
    assert "Ordered by the day" not in lead(publication)


def test_a_story_stands_once_and_before_what_fewer_origins_say(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (make_entry("a", story="s"), make_entry("b", story="s"), make_entry("c"))
    publication = make_publication(*entries, stories=(story("s", "a", "b"),))
    assert headlines(publication) == ["stories/s", "briefings/c"]
    assert "2 reports by 1 outlet, 2 origins" in lead(publication)
    assert "each further origin of a story counts as one day newer" in lead(publication)


def test_each_further_origin_counts_as_a_day_and_three_at_most(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    slugs = [f"a{number}" for number in range(MOST_DAYS_OF_ORIGINS + 3)]
    for days, first in ((MOST_DAYS_OF_ORIGINS - 1, "stories/s"), (4, "briefings/new")):
        told = [make_entry(slug, story="s", added=ADDED - timedelta(days=days)) for slug in slugs]
        publication = make_publication(*told, make_entry("new"), stories=(story("s", *slugs),))
        assert headlines(publication)[0] == first


def test_copies_of_one_text_win_nothing(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    old = ADDED - timedelta(days=1)
    entries = (make_entry("a", story="s", added=old), make_entry("b", story="s", added=old))
    origin = Origin(name="Tidewater Agency", entries=("a", "b"))
    copied = Story(slug="s", title="The story", entries=("a", "b"), origins=(origin,))
    publication = make_publication(*entries, make_entry("new"), stories=(copied,))
    assert headlines(publication) == ["briefings/new", "stories/s"]


def test_it_ends_and_leads_to_the_whole_edition(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = [make_entry(f"n{number}") for number in range(FRONT_PAGE_HEADLINES + 3)]
    publication = make_publication(*entries)
    assert len(headlines(publication)) == FRONT_PAGE_HEADLINES
    assert '<a href="editions/2026-11-21/">The whole edition of November 21, 2026</a>' in lead(
        publication
    )


def test_an_older_story_of_many_origins_is_found_behind_a_full_day(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    slugs = ["x", "y", "z"]
    told = [make_entry(slug, story="s", added=ADDED - timedelta(days=2)) for slug in slugs]
    between = [make_entry(f"m{n}", added=ADDED - timedelta(days=1)) for n in range(9)]
    today = [make_entry(f"n{n}") for n in range(FRONT_PAGE_HEADLINES - 1)]
    publication = make_publication(*told, *between, *today, stories=(story("s", *slugs),))
    assert "stories/s" in headlines(publication)
