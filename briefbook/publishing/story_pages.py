"""The page of a story: the bottom line, whose texts these are, where they differ, and a timeline.

In: a Press and a story. Out: the HTML of its page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.model import Claim, Story
from briefbook.publishing import schema, urls
from briefbook.publishing.contents import Contents
from briefbook.publishing.headlines import is_for_all, reports_of, story_headline
from briefbook.publishing.press import Press
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import DESCRIPTION, Headline, Page, card_of, feeds_near


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginGroup:
    """One text and those who carry it."""

    name: str  # "" where nobody says
    reports: tuple[Headline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """What one report says of a fact."""

    value: str
    sentence: str
    report: Headline


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One fact on which the reports differ."""

    subject: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """One fact that texts of several origins state alike."""

    subject: str
    value: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of the timeline."""

    headline: Headline
    copy_of: Headline | None  # the report whose text it carries


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineDay:
    """One day of the timeline."""

    day: date
    is_added: bool  # the day its reports were added here, as their texts name none
    reports: tuple[Report, ...]  # in order of arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage(Page):
    """One story."""

    story: Headline
    told_by: Headline | None  # the report whose bottom line stands first
    origins: tuple[OriginGroup, ...]
    timeline: tuple[TimelineDay, ...]  # oldest first
    differences: tuple[DifferenceRow, ...]
    agreements: tuple[AgreementRow, ...]  # most telling first


def story(press: Press, of: Story) -> str:
    """Return the page of a story."""
    contents = press.contents
    headlines = reports_of(contents, of)
    headline = story_headline(contents, of)
    topics = (urls.slug_at(each.path, urls.TOPICS) for each in headline.topics)
    page = StoryPage(
        path=urls.story(of.slug),
        title=of.title,
        description=headline.summary[:DESCRIPTION],
        feeds=feeds_near(contents.site, filter(None, topics)),
        is_indexed=is_for_all(tuple(headlines.values())),
        trail=headline.topics[:1],
        described=schema.collection(
            contents.site,
            urls.story(of.slug),
            of.title,
            headline.summary,
            tuple(headlines.values()),
        ),
        twin=urls.twin(urls.story(of.slug)),
        card=card_of(urls.story(of.slug), of.title),
        story=headline,
        told_by=next((h for h in reversed(headlines.values()) if h.summary), None),
        origins=tuple(
            OriginGroup(name=contents.outlet_spellings.preferred(origin.name), reports=reports)
            for origin in of.origins
            if (reports := tuple(headlines[slug] for slug in origin.entries if slug in headlines))
        ),
        timeline=_timeline(contents, of, headlines),
        differences=tuple(
            DifferenceRow(subject=difference.subject, claims=claims)
            for difference in of.differences
            if (claims := _claims(difference.claims, headlines))
        ),
        agreements=tuple(
            AgreementRow(subject=agreement.subject, value=agreement.value, claims=claims)
            for agreement in of.agreements
            if len(claims := _claims(agreement.claims, headlines)) > 1
        ),
    )
    return press.print("pages/story.html", page)


def _claims(claims: Sequence[Claim], headlines: dict[str, Headline]) -> tuple[ClaimRow, ...]:
    return tuple(
        ClaimRow(value=claim.value, sentence=claim.sentence, report=headlines[claim.key])
        for claim in claims
        if claim.key in headlines
    )


def _timeline(
    contents: Contents, story: Story, headlines: dict[str, Headline]
) -> tuple[TimelineDay, ...]:
    """Return the reports by the day they were published, else added."""
    first_copy = {slug: origin.entries[0] for origin in story.origins for slug in origin.entries}
    days: dict[tuple[date, bool], list[str]] = {}
    for slug, line in headlines.items():
        day = local_day(line.published or line.added, contents.site)
        days.setdefault((day, line.published is None), []).append(slug)
    first_of: dict[str, str] = {}  # of each text the first report in the order of the page
    timeline = []
    for day, is_added in sorted(days):
        reports = []
        for slug in days[day, is_added]:
            first = first_of.setdefault(first_copy.get(slug, slug), slug)
            copied = headlines[first] if first != slug else None
            reports.append(Report(headline=headlines[slug], copy_of=copied))
        timeline.append(TimelineDay(day=day, is_added=is_added, reports=tuple(reports)))
    return tuple(timeline)
