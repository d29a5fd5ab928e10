import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from briefbook.model import Claim, Difference, Origin, Publication, PublicEntry, Status, Story
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
ADDED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NEXT = ADDED + timedelta(days=1)


def pages(publication: Publication) -> dict[str, str]:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    return {
        file.path: file.content.decode() for file in files if file.path.startswith("editions/2")
    }


def edition(publication: Publication, day: str = "2026-11-21") -> str:
    html = pages(publication)[f"editions/{day}/index.html"]
    return html.partition("<main")[2].partition("</main>")[0]


def headlines(html: str) -> list[str]:
    return re.findall(r'<h2><a href="[./]*([^"]+)/"', html)


def story(*entries: str, differences: tuple[Difference, ...] = ()) -> Story:
    origins = tuple(Origin(name=entry, entries=(entry,)) for entry in entries)
    title = "The story"
    return Story(slug="s", title=title, entries=entries, origins=origins, differences=differences)


def test_a_day_has_all_that_was_added_then_and_nothing_else(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry("a"), make_entry("b"), make_entry("c", added=NEXT))
    made = edition(publication)
    assert headlines(made) == ["briefings/a", "briefings/b"]
    assert "2 briefings on 2 events: all that was added that day. 1 minute to read." in made
    assert headlines(edition(publication, "2026-11-22")) == ["briefings/c"]


def test_days_are_those_of_the_sites_time_zone(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    late = make_entry("a", added=datetime(2026, 11, 21, 18, 0, tzinfo=UTC))
    assert list(pages(make_publication(late))) == ["editions/2026-11-22/index.html"]


def test_reports_of_one_story_stand_together_with_one_bottom_line(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (make_entry("c"), make_entry("a", story="s"), make_entry("b", story="s"))
    made = edition(make_publication(*entries, stories=(story("a", "b"),)))
    assert headlines(made) == ["stories/s", "briefings/c"]
    assert re.findall(r'class="title" href="[./]*briefings/(\w)/"', made) == ["a", "b"]


def test_a_report_on_a_known_story_leads_to_the_one_before(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("a", story="s", title="Dredging is planned"),
        make_entry("b", story="s", added=NEXT),
    )
    publication = make_publication(*entries, stories=(story("a", "b"),))
    made = edition(publication, "2026-11-22")
    assert headlines(made) == ["briefings/b"]
    assert "Goes on from <a" in made
    assert "Dredging is planned" in made


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_comes_on_later_days_changes_no_edition(
    make_entry: MakeEntry, make_publication: MakePublication, count: int
) -> None:
    differing = (Difference("days", (Claim("a", "2", "Two."), Claim("later", "3", "Three."))),)
    first = [make_entry(f"a{n}" if n else "a", story="s") for n in range(count)]
    slugs = [entry.slug for entry in first]
    tomorrow = make_entry("t", added=NEXT)
    before = make_publication(*first, tomorrow, stories=(story(*slugs),))
    later = make_entry("later", story="s", added=NEXT)
    after = make_publication(
        *first, tomorrow, later, stories=(story(*slugs, "later", differences=differing),)
    )
    assert edition(before) == edition(after)


def test_accounts_that_differ_on_the_day_are_flagged(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    rows = (Difference("days", (Claim("a", "2", "Two."), Claim("b", "3", "Three."))),)
    entries = (make_entry("a", story="s"), make_entry("b", story="s"))
    made = edition(make_publication(*entries, stories=(story("a", "b", differences=rows),)))
    assert 'href="../../stories/s/#differences">accounts differ</a>' in made


def test_editions_lead_to_their_neighbours_and_months_to_their_editions(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    days = [ADDED, ADDED + timedelta(days=2), ADDED + timedelta(days=5)]
    entries = [make_entry(f"n{n}", added=day) for n, day in enumerate(days)]
    publication = make_publication(*entries)
    made = edition(publication, "2026-11-23")
    assert 'href="../2026-11-21/" rel="prev"' in made
    assert 'href="../2026-11-26/" rel="next"' in made
    files, _, _ = make_site(publication, None)
    month = next(f.content for f in files if f.path == "archive/2026/11/index.html").decode()
    assert re.findall(r'href="[./]*/editions/([^"]+)/"', month) == [
        "2026-11-26",
        "2026-11-23",
        "2026-11-21",
    ]


def test_a_published_edition_answers_when_nothing_of_it_is_left(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    addresses = ("/editions/2026-11-20/",)
    made = edition(make_publication(make_entry(), addresses=addresses), "2026-11-20")
    assert "Nothing of this day is here any more." in made
    assert 'href="../2026-11-21/" rel="next"' in made


def test_a_day_of_drafts_is_not_public(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    _, _, addresses = make_site(make_publication(make_entry(status=Status.DRAFT)), None)
    assert "/editions/2026-11-21/" not in addresses
