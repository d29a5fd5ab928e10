from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from briefbook.model import (
    Difference,
    Origin,
    OutletSetting,
    Publication,
    PublicEntry,
    Story,
    TracedSentence,
)
from briefbook.publishing import views
from briefbook.publishing.headlines import story_headline
from tests.publication import published

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]


def test_outlets_are_counted_once_by_the_name_the_site_prefers(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = [
        make_entry("a", outlet="port times"),
        make_entry("b", outlet="porttimes.example"),
        make_entry("c", outlet=None),
        make_entry("d", outlet="Other"),
    ]
    publication = make_publication(*entries)
    outlets = (OutletSetting(name="Port Times", aliases=("porttimes.example",)),)
    publication = replace(publication, site=replace(publication.site, outlets=outlets))
    entries = [replace(entry, story="s") for entry in entries]
    publication = replace(make_publication(*entries), site=publication.site)
    contents = published(publication)[0].contents
    headline = story_headline(contents, publication.stories[0])
    assert (headline.outlets, headline.unnamed) == (("Port Times", "Other"), 1)


def test_a_story_counts_only_what_is_shown(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("a", story="s", summary="First."),
        make_entry("b", story="s", summary="", outlet="Other", published=date(2026, 11, 25)),
    )
    story = Story(
        slug="s",
        title="The story",
        entries=("a", "b"),
        origins=(
            Origin(name="Agency", entries=("a", "b")),
            Origin(name="Gone", entries=("hidden",)),
        ),
        differences=(Difference("cost", ()),),
    )
    contents = published(make_publication(*entries, stories=(story,)))[0].contents
    headline = story_headline(contents, story)
    assert (headline.reports, headline.origins, headline.outlets) == (2, 1, ("Port Times", "Other"))
    assert headline.summary == "First."  # of the newest report that has one
    assert headline.published == date(2026, 11, 25)
    assert headline.differs


def test_a_story_of_one_report_is_that_report(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry("a", story="s"))
    contents = published(publication)[0].contents
    assert story_headline(contents, publication.stories[0]).path == "/briefings/a/"


def test_months_are_counted_in_the_sites_time_zone(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    late = datetime(2026, 10, 31, 20, 0, tzinfo=UTC)  # November in Seoul
    entries = (make_entry("a", added=late - timedelta(days=1)), make_entry("b", added=late))
    contents = published(make_publication(*entries))[0].contents
    months = {key: contents.months.members(key) for key, _ in contents.months.counts()}
    assert months == {"2026-10": ("a",), "2026-11": ("b",)}


def test_marks_the_editors_sentences_inside_a_value() -> None:
    traced = (
        TracedSentence("summary", "One.", (1, 1)),
        TracedSentence("summary", "Mine.", None),
        TracedSentence("body", "One.", None),
        TracedSentence("summary", "", None),
    )
    (parts,) = views.sentences_of(["One. Mine. Three."], "summary", traced)
    assert [(part.text, part.is_editors) for part in parts] == [
        ("One. ", False),
        ("Mine.", True),
        (" Three.", False),
    ]
    assert "".join(part.text for part in parts) == "One. Mine. Three."
