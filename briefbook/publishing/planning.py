"""What a site consists of: every file, its address and how it is made, in order of writing.

In: a Publication and its Press. Out: a list of `Planned`, nothing rendered yet, so that collisions
and dead addresses are known first. Pages stand before the lists and feeds that point to them: a
killed build never leaves a list that leads nowhere.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise

from briefbook.model import Publication, PublicEntry, Site, Status
from briefbook.publishing import (
    cards,
    channels,
    correction_pages,
    editions,
    front,
    lists,
    pages,
    sitemap,
    story_pages,
    subject_plans,
    twins,
    urls,
)
from briefbook.publishing.former_topics import former_topics
from briefbook.publishing.jsonfeed import opml
from briefbook.publishing.moments import changed
from briefbook.publishing.parts import is_made
from briefbook.publishing.planned import Planned, newest_of
from briefbook.publishing.views import (
    Contents,
    Link,
    Press,
    days_of,
    months_of,
    shown,
    story_headline,
)

_EDITION = re.compile(r"/editions/(?P<day>\d{4}-\d\d-\d\d)/")
_MONTH = re.compile(r"(?P<list>/(?:topics/[a-z0-9-]+|archive)/)(?P<year>\d{4})/(?P<month>\d\d)/")


def plan(
    press: Press, publication: Publication, assets: Mapping[str, bytes]
) -> tuple[Planned, ...]:
    """Return all files of the site in order of writing, but not what answers dead addresses."""
    site = publication.site
    planned = (
        *_assets(assets),
        *_cards(press),
        *_entries(press, publication),
        *_stories(press, publication),
        *_moved(press, publication),
        *_former_stories(press, publication),
        *_editions(press, publication),
        *subject_plans.subjects(press),
        *_months(press, publication),
        *subject_plans.lists_of_subjects(press),
        *_lists(press),
        *_feeds(press),
    )
    known = frozenset(each.address for each in planned)
    planned = (*planned, *former_topics(press, publication.addresses, known))
    planned = (*planned, *_twins(planned))
    made = tuple(each for each in planned if is_made(site, each.address))
    mapped = tuple((each.address, each.changed) for each in made if each.is_mapped)
    # Last, because they name the others.
    return (
        *made,
        _apart(urls.SITEMAP, "the site", partial(sitemap.sitemap, site, mapped)),
        _apart(urls.ROBOTS, "the site", partial(sitemap.robots, site)),
    )


def answer(press: Press, address: str, *, is_resting: bool = False) -> Planned:
    """Return what answers at an address that has no page now: a page, or an empty feed.

    Args:
        press: The site's press.
        address: The address.
        is_resting: The page waits for a mistake to be mended; it was not withdrawn.
    """
    make: Callable[[], str | bytes] = (
        partial(channels.empty, press, address)
        if urls.is_feed(address)
        else partial(pages.gone, press, address, is_resting=is_resting)
    )
    return Planned(address=address, made_from="published.txt", make=make)


def _twins(pages: Iterable[Planned]) -> Iterator[Planned]:
    """Plan the twins of pages; what is wrong with an address is told of the page alone."""
    seen: set[str] = set()
    for page in pages:
        if page.twin and urls.is_safe(page.address) and page.address.casefold() not in seen:
            seen.add(page.address.casefold())
            yield _apart(urls.twin(page.address), page.made_from, page.twin)


def _apart(address: str, made_from: str, make: Callable[[], str | bytes]) -> Planned:
    """Return a file that is no page or feed."""
    return Planned(address=address, made_from=made_from, make=make, is_public=False)


def _listing(
    address: str,
    made_from: str,
    make: Callable[[], str | bytes],
    entries: Iterable[PublicEntry],
) -> Planned:
    """Return a page about several entries.

    What consists of drafts only is not public: nobody may hold on to its address.
    """
    newest = newest_of(entries)
    return Planned(
        address=address,
        made_from=made_from,
        make=make,
        is_public=newest is not None,
        is_mapped=newest is not None,
        changed=newest,
    )


def _assets(assets: Mapping[str, bytes]) -> Iterator[Planned]:
    for name, content in assets.items():
        yield _apart(urls.asset(name), f"template assets/{name}", partial(bytes, content))


def _cards(press: Press) -> Iterator[Planned]:
    """Plan the picture of the site, and those of its topics."""
    site = press.contents.site
    yield _apart(urls.CARD, "the site, card", partial(cards.card, "", site.title))
    for topic in press.contents.topics.values():
        yield from _card(site, urls.topic(topic.slug), topic.title)


def _card(site: Site, page: str, title: str) -> Iterator[Planned]:
    if cards.can_write(title):
        yield _apart(urls.card(page), f"card of {page}", partial(cards.card, site.title, title))


def _entries(press: Press, publication: Publication) -> Iterator[Planned]:
    earlier, later = _neighbours(press.contents)
    everything = (*publication.entries, *publication.withdrawn)
    for each in sorted(everything, key=lambda entry: entry.appeared.isoformat()):
        gone = each.status is Status.WITHDRAWN
        neighbours = (earlier.get(each.slug), later.get(each.slug))
        yield Planned(
            address=urls.entry(each.slug),
            made_from=f"entry {each.slug}",
            make=(
                partial(pages.withdrawn, press, each)
                if gone
                else partial(pages.entry, press, each, *neighbours)
            ),
            is_public=not each.is_preview,
            is_mapped=each.is_indexed,
            changed=changed(each),
            twin=partial(twins.entry_twin, press, each),
        )


def _neighbours(contents: Contents) -> tuple[dict[str, str], dict[str, str]]:
    """Return the entry before and after each, in its first topic; of those of none among all."""
    earlier: dict[str, str] = {}
    later: dict[str, str] = {}
    lists: dict[str | None, tuple[PublicEntry, ...]] = {None: tuple(contents.entries.values())}
    lists |= {t.slug: shown(contents, t.entries) for t in contents.topics.values()}
    for topic, entries in lists.items():
        for before, after in pairwise(entries):
            if _first_topic(contents, after) == topic:
                earlier[after.slug] = before.slug
            if _first_topic(contents, before) == topic:
                later[before.slug] = after.slug
    return earlier, later


def _first_topic(contents: Contents, of: PublicEntry) -> str | None:
    return next((slug for slug in of.topics if slug in contents.topics), None)


def _stories(press: Press, publication: Publication) -> Iterator[Planned]:
    known = {*publication.addresses, *map(urls.story, _by_former_story(publication))}
    withdrawn = Counter(each.story for each in publication.withdrawn)
    for story in press.contents.stories.values():
        entries = shown(press.contents, story.entries)
        address = urls.story(story.slug)
        # Withdrawn reports count: with them there was a page, though maybe no build that wrote
        # published.txt has seen it.
        reports = withdrawn[story.slug] + sum(not entry.is_preview for entry in entries)
        is_public = reports > 1 or address in known
        # A story of one report is that report; but an address that was public once stays.
        if len(entries) > 1 or is_public:
            make = partial(story_pages.story, press, story)
            twin = partial(twins.story_twin, press, story)
            page = _listing(address, f"story {story.slug}", make, entries)
            is_mapped = page.is_mapped and is_public
            yield replace(page, twin=twin, is_public=is_public, is_mapped=is_mapped)
            yield from _card(press.contents.site, address, story.title)


def _moved(press: Press, publication: Publication) -> Iterator[Planned]:
    for each in (*publication.entries, *publication.withdrawn):
        to = Link(path=urls.entry(each.slug), title=each.title, language=each.language)
        for alias in dict.fromkeys(each.aliases):
            if alias != each.slug:
                yield Planned(
                    address=urls.entry(alias),
                    made_from=f"alias of entry {each.slug}",
                    make=partial(pages.moved, press, urls.entry(alias), to),
                    is_public=not each.is_preview,
                )


def _former_stories(press: Press, publication: Publication) -> Iterator[Planned]:
    """Plan what stands at stories whose reports were all filed elsewhere.

    Each leads to where its reports are now; withdrawn ones count only where no other is left.
    """
    contents = press.contents
    for key, entries in _by_former_story(publication).items():
        if key in contents.stories:
            continue
        shown_entries = [each for each in entries if each.slug in contents.entries]
        links = (_story_link(press, each) for each in shown_entries or entries)
        leads_to = tuple({link.path: link for link in links}.values())
        yield Planned(
            address=urls.story(key),
            made_from=f"former story {key}",
            make=partial(pages.former_story, press, key, leads_to),
            is_public=not all(each.is_preview for each in entries),
        )


def _by_former_story(publication: Publication) -> dict[str, list[PublicEntry]]:
    """Return the entries that were filed in each former story, in order of arrival."""
    found: dict[str, list[PublicEntry]] = {}
    for each in (*publication.entries, *publication.withdrawn):
        for key in each.former_stories:
            found.setdefault(key, []).append(each)
    return found


def _story_link(press: Press, entry: PublicEntry) -> Link:
    """Return where a report is told of now: the page of its story, or its own."""
    story = press.contents.story_of.get(entry.slug)
    if story is None:
        return Link(path=urls.entry(entry.slug), title=entry.title, language=entry.language)
    headline = story_headline(press.contents, story)
    return Link(path=headline.path, title=headline.title, language=headline.language)


def _months(press: Press, publication: Publication) -> Iterator[Planned]:
    """Plan the months of topics and archive, also those published once and empty by now.

    Topics are computed, so another word in site.yaml may empty a month: that is no withdrawal.
    """
    contents = press.contents
    published: dict[str, set[date]] = {}
    for address in publication.addresses:
        if (match := _MONTH.fullmatch(address)) and "01" <= match["month"] <= "12":
            month = date(max(int(match["year"]), 1), int(match["month"]), 1)
            published.setdefault(match["list"], set()).add(month)
    for topic in contents.topics.values():
        months = months_of(contents, shown(contents, topic.entries))
        for month in sorted(published.get(urls.topic(topic.slug), set()).union(months)):
            make = partial(lists.topic_month, press, topic, month)
            address = urls.topic_month(topic.slug, month)
            yield _listing(address, f"topic {topic.slug}", make, months.get(month, ()))
    months = months_of(contents, contents.entries.values())
    for month in sorted(published.get(urls.ARCHIVE, set()).union(months)):
        make = partial(lists.archive_month, press, month)
        yield _listing(urls.archive_month(month), "the archive", make, months.get(month, ()))


def _editions(press: Press, publication: Publication) -> Iterator[Planned]:
    """Plan a page for each day on which something was added, and for those that once had one."""
    days = days_of(press.contents, press.contents.entries.values())
    filled = sorted(days)
    for day in sorted({*days, *filter(None, map(_edition_day, publication.addresses))}):
        entries = days.get(day, ())
        before, after = bisect_left(filled, day), bisect_right(filled, day)
        earlier = filled[before - 1] if before else None
        later = filled[after] if after < len(filled) else None
        make = partial(editions.edition, press, day, entries, earlier, later)
        yield _listing(urls.edition(day), f"edition {day}", make, entries)


def _edition_day(address: str) -> date | None:
    match = _EDITION.fullmatch(address)
    try:
        return date.fromisoformat(match["day"]) if match else None
    except ValueError:
        return None  # no day of the calendar


def _lists(press: Press) -> Iterator[Planned]:
    contents = press.contents
    newest = newest_of(contents.entries.values())
    for topic in contents.topics.values():
        yield Planned(
            address=urls.topic(topic.slug),
            made_from=f"topic {topic.slug}",
            make=partial(lists.topic, press, topic),
            is_mapped=True,
            changed=newest_of(shown(contents, topic.entries)),
        )
    for address, make in (
        (urls.TOPICS, lists.topics),
        (urls.EDITIONS, editions.editions),
        (urls.ARCHIVE, lists.archive),
        (urls.HOME, front.home),
    ):
        yield Planned(
            address=address,
            made_from="the site",
            make=partial(make, press),
            is_mapped=True,
            changed=newest,
        )
    for address, make in (
        (urls.CORRECTIONS, correction_pages.corrections),
        (urls.SUBSCRIBE, pages.subscribe),
        (urls.ABOUT, pages.about),
    ):
        yield Planned(
            address=address, made_from="the site", make=partial(make, press), is_mapped=True
        )
    yield Planned(address=urls.SEARCH, made_from="the site", make=partial(pages.search, press))
    yield _apart(urls.NOT_FOUND, "the site", partial(pages.not_found, press))


def _feeds(press: Press) -> Iterator[Planned]:
    all_channels = channels.channels(press)
    for channel in all_channels:
        for name in urls.FEEDS:
            address = urls.feed(channel.page, name)
            make = partial(channels.feed, press, channel, address)
            yield Planned(address=address, made_from=f"{channel.made_from}, feed", make=make)
    listed = [(each.title, each.page, urls.feed(each.page, urls.RSS)) for each in all_channels]
    yield _apart(urls.OPML, "the site", partial(opml, press.contents.site, listed))
