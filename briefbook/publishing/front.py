"""The front page: the newest stories, then each topic.

In: a Press. Out: the HTML of the page. Nothing here knows the clock: what is new is new beside the
newest entry.
"""

from dataclasses import dataclass
from datetime import date

from briefbook.publishing import schema, urls
from briefbook.publishing.contents import EVERYTHING, Contents
from briefbook.publishing.editions import Day, day_link
from briefbook.publishing.headlines import story_headline
from briefbook.publishing.lists import topic_block
from briefbook.publishing.press import Press
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import Headline, Link, Page, TopicBlock, feeds_near

# A front page is read in a minute: about 240 words, some 30 a bottom line.
FRONT_PAGE_HEADLINES = 8
# A story that more origins report stays a little longer: a day for each further one, so many at
# most. The page says so; keep templates/pages/home.html in step.
MOST_DAYS_OF_ORIGINS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The front page."""

    newest: Day | None  # the edition of the newest entry; None: there is none yet
    headlines: tuple[Headline, ...]  # of stories and single entries
    weighs_origins: bool  # the order is not of time alone
    topics: tuple[TopicBlock, ...]  # those with entries, in the editor's order
    empty_topics: tuple[Link, ...]


def home(press: Press) -> str:
    """Return the front page."""
    contents = press.contents
    headlines = _newest(contents)
    newest = [*map(contents.headline, contents.entries.newest(EVERYTHING, 1))]
    blocks = [topic_block(contents, topic) for topic in contents.site.topics]
    page = HomePage(
        path=urls.HOME,
        title="",
        description=contents.site.description,
        feeds=feeds_near(contents.site),
        described=schema.collection(
            contents.site, urls.HOME, contents.site.title, contents.site.description, headlines
        ),
        newest=day_link(local_day(newest[0].added, contents.site)) if newest else None,
        headlines=headlines,
        weighs_origins=any(headline.origins > 1 for headline in headlines),
        topics=tuple(block for block in blocks if block.count),
        empty_topics=tuple(
            Link(path=block.path, title=block.title) for block in blocks if not block.count
        ),
    )
    return press.print("pages/home.html", page)


def _newest(contents: Contents) -> tuple[Headline, ...]:
    """Return the stories and single entries that come first, at most those that have room."""
    found: dict[str, Headline] = {}
    ranks: list[int] = []
    for slug in contents.from_newest():
        day = local_day(contents.headline(slug).added, contents.site)
        # Sorted from new to old, so nothing further on can come before these.
        if _is_full(ranks, -day.toordinal() - MOST_DAYS_OF_ORIGINS):
            break
        story = contents.story_of(slug)
        key = f"story {story.slug}" if story else f"entry {slug}"
        if key not in found:
            found[key] = story_headline(contents, story) if story else contents.headline(slug)
            ranks.append(_rank(found[key], day))
    order = sorted(zip(ranks, found.values(), strict=True), key=lambda pair: pair[0])
    return tuple(headline for _, headline in order[:FRONT_PAGE_HEADLINES])


def _rank(headline: Headline, day: date) -> int:
    """Return the place of a headline, lower first: days back, less those its origins are worth."""
    return -day.toordinal() - min(headline.origins - 1, MOST_DAYS_OF_ORIGINS)


def _is_full(ranks: list[int], best: int) -> bool:
    return sum(rank < best for rank in ranks) >= FRONT_PAGE_HEADLINES
