import re
from collections.abc import Callable
from datetime import date

from briefbook.model import Agreement, Claim, Origin, Publication, PublicEntry, Story
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]


def page(publication: Publication) -> str:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    html = next(f.content for f in files if f.path == "stories/s/index.html").decode()
    return html.partition("<main")[2].partition("</main>")[0]


def timeline(publication: Publication) -> list[str]:
    html = page(publication).partition('<ol class="timeline">')[2]
    found = re.findall(r'<time datetime="([^"]+)"|<h4><a href="[./]*briefings/(\w+)/"', html)
    return [day or slug for day, slug in found]


def test_reports_stand_by_the_day_they_were_published(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("late", story="s", published=date(2026, 11, 20)),
        make_entry("early", story="s", published=date(2026, 11, 18)),
        make_entry("also", story="s", published=date(2026, 11, 20)),
        make_entry("undated", story="s", published=None),
    )
    publication = make_publication(*entries)
    assert timeline(publication) == [
        "2026-11-18",
        "early",
        "2026-11-20",
        "late",
        "also",
        "2026-11-21",
        "undated",
    ]
    assert page(publication).count("added here; no date in the text") == 1


def test_a_copy_names_the_report_it_repeats_instead_of_its_bottom_line(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("second", story="s", outlet="Mudflat Post", summary="Mud."),
        make_entry("first", story="s", published=date(2026, 11, 1), summary="Mud."),
    )
    origins = (Origin(name="Tidewater Agency", entries=("second", "first")),)
    story = Story(slug="s", title="Mud", entries=("second", "first"), origins=origins)
    made = page(make_publication(*entries, stories=(story,))).partition("timeline")[2]
    first, second = made.split("<article")[1:]
    assert ">Mud.</p>" in first
    assert ">Mud.</p>" not in second
    assert "The same text as <a" in second
    assert "<bdi>Port Times</bdi>" in second


def test_the_bottom_line_says_which_report_it_is_of(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("a", story="s", summary="Old."),
        make_entry("b", story="s", summary="New.", outlet="Mudflat Post"),
        make_entry("c", story="s", summary="", outlet="Reed Weekly"),
    )
    made = page(make_publication(*entries)).partition("timeline")[0]
    assert ">New.</p>" in made
    assert "In the words of" in made
    assert "<bdi>Mudflat Post</bdi>" in made


def test_what_two_reports_state_alike_names_both(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    claims = (
        Claim("a", "two ships", "Two ships dig."),
        Claim("b", "2 ships", "They have 2 ships."),
        Claim("hidden", "two ships", "Two ships."),
    )
    story = Story(
        slug="s",
        title="Mud",
        entries=("a", "b"),
        origins=(),
        agreements=(
            Agreement("ships that dig", "two ships", claims),
            Agreement("known to one only", "seven", (claims[0], claims[2])),
        ),
    )
    entries = (make_entry("a", story="s"), make_entry("b", story="s", outlet="Mudflat Post"))
    made = page(make_publication(*entries, stories=(story,)))
    section = made.partition('<section class="agreements"')[2].partition("</section>")[0]
    assert "Ships that dig" in section
    assert ">two ships</strong>" in section
    assert "<bdi>Port Times</bdi></a>, <a" in section
    assert "seven" not in made


def test_a_story_without_agreement_has_no_section_for_it(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (make_entry("a", story="s"), make_entry("b", story="s"))
    assert "agree" not in page(make_publication(*entries))
