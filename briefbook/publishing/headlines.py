"""Headlines of stories: what several reports of one event say together.

In: a story and the headlines of its reports. Out: one Headline.
"""

from collections.abc import Sequence

from briefbook.model import Story
from briefbook.publishing import urls
from briefbook.publishing.contents import Contents
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import Headline, Link, spellings_of


def reports_of(contents: Contents, story: Story) -> dict[str, Headline]:
    """Return the headlines of a story's reports by slug, in order of arrival."""
    return {slug: contents.headline(slug) for slug in story.entries}


def story_headline(contents: Contents, story: Story) -> Headline:
    """Return a story as it stands in a list; one with a single report is that entry."""
    reports = reports_of(contents, story)
    return next(iter(reports.values())) if len(reports) == 1 else told(contents, story, reports)


def told(contents: Contents, story: Story, reports: dict[str, Headline]) -> Headline:
    """Return a story as some of its reports tell it, such as those of one day.

    Args:
        contents: Where the reports are.
        story: The story.
        reports: Headlines by slug, in order of arrival, one at least.
    """
    lines = list(reports.values())
    newest = next((line for line in reversed(lines) if line.summary), lines[-1])
    dated = [line for line in lines if line.published is not None]
    last = max(
        dated,
        key=lambda line: local_day(line.published or line.added, contents.site).isoformat(),
        default=None,
    )
    return Headline(
        path=urls.story(story.slug),
        title=story.title,
        language=contents.headline(story.entries[0]).language,
        summary=newest.summary,
        summary_language=newest.language,
        outlets=_outlets(contents, lines),
        unnamed=sum(line.unnamed for line in lines),
        origins=sum(not reports.keys().isdisjoint(origin.entries) for origin in story.origins),
        reports=len(lines),
        published=last.published if last else None,
        added=lines[-1].added,
        topics=_topics(lines),
        differs=bool(story.differences),
        preview=lines[0].preview if all(line.preview for line in lines) else "",
        is_corrected=any(line.is_corrected for line in lines),
    )


def is_for_all(lines: Sequence[Headline]) -> bool:
    """Tell whether a page about entries is for everybody: not one of drafts only."""
    return not lines or not all(line.preview for line in lines)


def _outlets(contents: Contents, lines: Sequence[Headline]) -> tuple[str, ...]:
    """Return the names of the outlets, each once."""
    key = spellings_of(contents.site).key
    found: dict[str, str] = {}
    for line in lines:
        for name in line.outlets:
            found.setdefault(key(name), name)
    return tuple(found.values())


def _topics(lines: Sequence[Headline]) -> tuple[Link, ...]:
    return tuple({link.path: link for line in lines for link in line.topics}.values())
