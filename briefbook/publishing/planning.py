"""What stands at each address of a site, and how it is made.

In: an address. Out: what is planned there, None where nothing stands, and its content. Nothing here
lists all pages: addresses come from the lists that entries stand in, and from `published.txt`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from briefbook.asking import Question, joined, parted
from briefbook.model import Site, Status, Story, TopicSetting
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
    subject_pages,
    twins,
    urls,
)
from briefbook.publishing.channels import Channel, Items
from briefbook.publishing.contents import OUTLET, Contents, month_key, month_of
from briefbook.publishing.headlines import story_headline
from briefbook.publishing.jsonfeed import opml
from briefbook.publishing.moments import changed
from briefbook.publishing.pages import Around
from briefbook.publishing.planned import Planned, Turn
from briefbook.publishing.press import Press
from briefbook.publishing.sitemap import Cut
from briefbook.publishing.subjects import Subject, Subjects
from briefbook.publishing.templates import local_day
from briefbook.publishing.views import Link

_THE_SITE = "the site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the files of a site are planned by."""

    contents: Contents
    subjects: Subjects
    items: Items
    press: Callable[[], Press]
    assets: Question[bytes | None]  # about the name of a file in `templates/assets/`
    map_cut: Question[Cut]  # about "": into which files the site map is cut
    map_rows: Question[tuple[str, ...]]  # about a chapter of it and digits of a hash, sorted
    planned: Question[Planned | None]  # about an address


@dataclass(frozen=True, slots=True)
class _Route:
    """One kind of file."""

    at: Callable[[str], Any]  # what an address of this kind is about; None: it is of another
    plan: Callable[[Plan, Any], Planned | None]
    make: Callable[[Plan, Any], str | bytes | Around]


def plan_file(plan: Plan, address: str) -> Planned | None:
    """Return what stands at an address; None where nothing does."""
    route, about = _route(address)
    return route.plan(plan, about) if route else None


def make_file(plan: Plan, address: str) -> str | bytes | Around:
    """Return the content of what is planned at an address, or of an entry what it is made from."""
    route, about = _route(address)
    assert route is not None, address
    return route.make(plan, about)


def fixed_addresses(site: Site, assets: Iterable[str]) -> Iterator[str]:
    """Yield the addresses that do not depend on entries."""
    yield from map(urls.asset, assets)
    yield from (urls.CARD, urls.NOT_FOUND, urls.OPML, urls.ROBOTS, urls.SITEMAP, urls.SEARCH)
    yield from (*_LISTS, *_PAGES, *urls.SUBJECTS.values())
    for topic in site.topics:
        yield from topic_addresses(topic)
    for page in (urls.HOME, urls.EDITIONS, urls.CORRECTIONS):
        yield from (urls.feed(page, name) for name in urls.FEEDS)


def topic_addresses(topic: TopicSetting) -> Iterator[str]:
    """Yield the addresses of a topic and of its former slugs, without months."""
    for slug in (topic.slug, *topic.aliases):
        yield urls.topic(slug)
        yield from (urls.feed(urls.topic(slug), name) for name in urls.FEEDS)
    yield urls.card(urls.topic(topic.slug))


# The lists whose keys say where pages may stand.
PLACED = (
    "aliases stories former_stories withdrawn_stories days months topic_months addresses"
).split()


def addresses_of(family: str, key: str) -> tuple[str, ...]:
    """Return the addresses at which something may stand because of a list, or of an entry."""
    if family == "entry":
        return (urls.entry(key), urls.twin(urls.entry(key)))
    if family == "aliases":
        return (urls.entry(key),)
    if family in ("stories", "former_stories", "withdrawn_stories"):
        page = urls.story(key)
        return (page, urls.twin(page), urls.card(page))
    if family == "days":
        return (urls.edition(date.fromisoformat(key)),)
    if family == "months":
        return (urls.archive_month(month_of(key)),)
    if family == "topic_months":
        topic, month = parted(key)
        return (urls.topic_month(topic, month_of(month)),)
    return (key,) if family == "addresses" else ()


# --------------------------------------------------------------------------- entries


def _plan_entry(plan: Plan, slug: str) -> Planned | None:
    contents = plan.contents
    entry = contents.given.entry(slug)
    others = [owner for owner in contents.aliases.members(slug) if owner != slug]
    claims = [f"alias of entry {owner}" for owner in others]
    if entry is not None:
        return Planned(
            made_from=f"entry {slug}",
            turn=Turn.ENTRIES,
            is_public=not entry.is_preview,
            is_mapped=entry.is_indexed,
            changed=changed(entry),
            month=month_key(local_day(entry.appeared, contents.site)),
            rivals=tuple(claims),
        )
    if not others:
        return None
    owner = contents.stamp(others[0])
    is_preview = owner is not None and owner.status in (Status.DRAFT, Status.SCHEDULED)
    return Planned(
        made_from=claims[0],
        turn=Turn.ENTRIES,
        is_public=not is_preview,
        rivals=tuple(claims[1:]),
    )


def _make_entry(plan: Plan, slug: str) -> str | Around:
    contents = plan.contents
    entry = contents.given.entry(slug)
    if entry is not None:
        if entry.status is Status.WITHDRAWN:
            return pages.withdrawn(plan.press(), entry)
        return pages.around(plan.press(), plan.subjects, entry)
    owner = contents.headline(contents.aliases.members(slug)[0])
    to = Link(path=owner.path, title=owner.title, language=owner.language)
    return pages.moved(plan.press(), urls.entry(slug), to)


# --------------------------------------------------------------------------- stories


def _plan_story(plan: Plan, key: str) -> Planned | None:
    contents = plan.contents
    story = contents.given.story(key)
    if story is None:
        return _plan_former_story(plan, key)
    # Withdrawn reports count: with them there was a page, though maybe no build that wrote
    # published.txt has seen it.
    shown = sum(not contents.headline(slug).preview for slug in story.entries)
    reports = contents.withdrawn_stories.count(key) + shown
    # Asked last: what was published is news in the build after the one that made it public.
    is_public = (
        reports > 1
        or contents.former_stories.count(key) > 0
        or contents.was_published(urls.story(key))
    )
    # A story of one report is that report; but an address that was public once stays.
    if len(story.entries) < 2 and not is_public:
        return None
    newest = contents.newest_change(story.entries)
    return Planned(
        made_from=f"story {key}",
        turn=Turn.SUBJECTS,
        is_public=is_public,
        is_mapped=newest is not None and is_public,
        changed=newest,
    )


def _plan_former_story(plan: Plan, key: str) -> Planned | None:
    slugs = plan.contents.former_stories.members(key)
    if not slugs:
        return None
    return Planned(
        made_from=f"former story {key}",
        turn=Turn.SUBJECTS,
        is_public=not all(plan.contents.headline(slug).preview for slug in slugs),
    )


def _make_story(plan: Plan, key: str) -> str:
    contents = plan.contents
    story = contents.given.story(key)
    if story is not None:
        return story_pages.story(plan.press(), story)
    # Each leads to where its reports are now; withdrawn ones count only where no other is left.
    slugs = contents.former_stories.members(key)
    shown = [slug for slug in slugs if contents.is_shown(slug)]
    links = (_where_told(contents, slug) for slug in shown or slugs)
    leads_to = tuple({link.path: link for link in links}.values())
    return pages.former_story(plan.press(), key, leads_to)


def _where_told(contents: Contents, slug: str) -> Link:
    """Return where a report is told of now: the page of its story, or its own."""
    story = contents.story_of(slug)
    line = story_headline(contents, story) if story else contents.headline(slug)
    return Link(path=line.path, title=line.title, language=line.language)


def _has_story(plan: Plan, key: str) -> Story | None:
    """Return the story that has a page; None: there is none, or it only leads on."""
    story = plan.contents.given.story(key)
    return story if story and plan.planned(urls.story(key)) else None


# --------------------------------------------------------------------------- days and months


def _plan_edition(plan: Plan, day: date) -> Planned | None:
    slugs = plan.contents.days.members(day.isoformat())
    return _listing(plan, urls.edition(day), f"edition {day}", day, slugs)


def _plan_month(plan: Plan, about: tuple[str, date]) -> Planned | None:
    under, month = about
    contents, key = plan.contents, month_key(month)
    if under == urls.ARCHIVE:
        slugs = contents.months.members(key)
        return _listing(plan, urls.archive_month(month), "the archive", month, slugs)
    topic = _topic_at(plan, under)
    if topic is None:
        return None
    if urls.topic(topic.slug) != under:  # a former slug, of which only what was published leads on
        was = contents.was_published(f"{under}{month:%Y/%m}/")
        return Planned(made_from=f"alias of topic {topic.slug}") if was else None
    slugs = contents.topic_months.members(joined(topic.slug, key))
    address = urls.topic_month(topic.slug, month)
    return _listing(plan, address, f"topic {topic.slug}", month, slugs)


def _make_month(plan: Plan, about: tuple[str, date]) -> str:
    under, month = about
    if under == urls.ARCHIVE:
        return lists.archive_month(plan.press(), month)
    topic = _topic_at(plan, under)
    assert topic is not None
    if urls.topic(topic.slug) == under:
        return lists.topic_month(plan.press(), topic, month)
    there = urls.topic_month(topic.slug, month)
    to = there if plan.planned(there) else urls.topic(topic.slug)
    link = Link(path=to, title=topic.title)
    return pages.moved(plan.press(), f"{under}{month:%Y/%m}/", link, what="page")


def _listing(
    plan: Plan, address: str, made_from: str, day: date, slugs: tuple[str, ...]
) -> Planned | None:
    """Plan a page about the entries of a day or month, or one that once was.

    What consists of drafts only is not public: nobody may hold on to its address.
    """
    contents = plan.contents
    if not slugs and not contents.was_published(address):
        return None
    newest = contents.newest_change(slugs)
    return Planned(
        made_from=made_from,
        turn=Turn.SUBJECTS,
        is_public=newest is not None,
        is_mapped=newest is not None,
        changed=newest,
        month=month_key(day),
    )


# --------------------------------------------------------------------------- topics


def _topic_at(plan: Plan, page: str) -> TopicSetting | None:
    """Return the topic whose page stands, or once stood, at an address."""
    slug = urls.slug_at(page, urls.TOPICS)
    topics = plan.contents.site.topics
    now = (topic for topic in topics if topic.slug == slug)
    former = (topic for topic in topics if slug in topic.aliases)
    return next(chain(now, former), None)


def _plan_topic(plan: Plan, slug: str) -> Planned | None:
    topic = _topic_at(plan, urls.topic(slug))
    if topic is None:
        return None
    if topic.slug != slug:
        return Planned(made_from=f"alias of topic {topic.slug}")
    return Planned(
        made_from=f"topic {slug}", is_mapped=True, changed=plan.contents.list_changed(slug)
    )


def _make_topic(plan: Plan, slug: str) -> str:
    topic = _topic_at(plan, urls.topic(slug))
    assert topic is not None
    if topic.slug == slug:
        return lists.topic(plan.press(), topic)
    link = Link(path=urls.topic(topic.slug), title=topic.title)
    return pages.moved(plan.press(), urls.topic(slug), link, what="page")


# --------------------------------------------------------------------------- subjects


def _subject_at(plan: Plan, address: str) -> Subject | None:
    about = plan.subjects.addresses.members(address)
    return plan.subjects.at(about[0]) if about else None


def _plan_subject(plan: Plan, about: tuple[str, str]) -> Planned | None:
    address = urls.subject(*about)
    subject = _subject_at(plan, address)
    if subject is None:
        # A name that nothing means any more; an outlet is always the one of its slug.
        is_left = plan.contents.was_published(address) and about[0] != OUTLET
        return Planned(made_from=f"{about[0]} {address}", turn=Turn.SUBJECTS) if is_left else None
    made_from = f"{subject.kind} {subject.title or subject.path}"
    if subject.path != address:
        return Planned(made_from=made_from, turn=Turn.SUBJECTS)
    return Planned(
        made_from=made_from,
        turn=Turn.SUBJECTS,
        is_public=subject.is_public,
        is_mapped=subject.is_public and subject.changed is not None,
        changed=subject.changed,
    )


def _make_subject(plan: Plan, about: tuple[str, str]) -> str:
    address = urls.subject(*about)
    subject = _subject_at(plan, address)
    if subject is None:
        subject = Subject(kind=about[0], key="", path=address, title="")
    if subject.path == address:
        return subject_pages.subject(plan.press(), plan.subjects, subject)
    to = Link(path=subject.path, title=subject.title)
    return pages.moved(plan.press(), address, to, what="page")


# --------------------------------------------------------------------------- the site's own


def _fixed_at(address: str) -> str | None:
    known = (*_LISTS, *_PAGES, urls.SEARCH, urls.NOT_FOUND, *urls.SUBJECTS.values())
    return address if address in known else None


def _plan_fixed(plan: Plan, address: str) -> Planned | None:
    contents = plan.contents
    overview = Planned(made_from=_THE_SITE, turn=Turn.OVERVIEWS)
    if address in _LISTS:
        return replace(overview, is_mapped=True, changed=contents.list_changed())
    if address in _PAGES:
        return replace(overview, is_mapped=True)
    if address == urls.SEARCH:
        return overview
    if address == urls.NOT_FOUND:
        return replace(overview, is_public=False)
    listed = subject_pages.listed_subjects(plan.subjects, _kind_at(address))
    return Planned(
        made_from=_THE_SITE,
        is_mapped=any(each.is_public for each in listed),
        changed=max((each.changed for each in listed if each.changed), default=None),
    )


def _make_fixed(plan: Plan, address: str) -> str:
    press = plan.press()
    if make := (_LISTS.get(address) or _PAGES.get(address)):
        return make(press)
    if address == urls.SEARCH:
        return pages.search(press)
    if address == urls.NOT_FOUND:
        return pages.not_found(press)
    return subject_pages.subjects(press, plan.subjects, _kind_at(address))


def _kind_at(address: str) -> str:
    return next(kind for kind, folder in urls.SUBJECTS.items() if folder == address)


# --------------------------------------------------------------------------- beside pages


def _feed_at(address: str) -> str | None:
    return address if urls.is_feed(address) else None


def _channel_at(plan: Plan, address: str) -> Channel | None:
    page = address.rpartition("/")[0] + "/"
    return channels.channel_at(plan.press(), plan.items, page, _topic_at(plan, page))


def _plan_feed(plan: Plan, address: str) -> Planned | None:
    channel = _channel_at(plan, address)
    if channel is None:
        return None
    former = "" if address.rpartition("/")[0] + "/" == channel.page else ", alias"
    return Planned(made_from=f"{channel.made_from}{former}, feed", turn=Turn.FEEDS)


def _make_feed(plan: Plan, address: str) -> bytes:
    channel = _channel_at(plan, address)
    assert channel is not None
    return channels.feed(plan.press(), channel, address)


def _twin_at(address: str) -> str | None:
    return address.removesuffix("index.json") if address.endswith("/index.json") else None


def _plan_twin(plan: Plan, page: str) -> Planned | None:
    if (slug := urls.slug_at(page, urls.ENTRIES)) and plan.contents.given.entry(slug):
        return Planned(made_from=f"entry {slug}", turn=Turn.ENTRIES, is_public=False)
    if (key := urls.slug_at(page, urls.STORIES)) and _has_story(plan, key):
        return Planned(made_from=f"story {key}", turn=Turn.SUBJECTS, is_public=False)
    return None


def _make_twin(plan: Plan, page: str) -> bytes:
    if slug := urls.slug_at(page, urls.ENTRIES):
        return twins.entry_twin(plan.press(), plan.contents.entry(slug))
    return twins.story_twin(plan.press(), plan.contents.known_story(page.split("/")[2]))


def _card_at(address: str) -> str | None:
    return address.removesuffix("card.png") if address.endswith("/card.png") else None


def _card_title(plan: Plan, page: str) -> str | None:
    """Return what the card of a page says; None: it has none."""
    if slug := urls.slug_at(page, urls.TOPICS):
        titles = (topic.title for topic in plan.contents.site.topics if topic.slug == slug)
        return next(titles, None)
    key = urls.slug_at(page, urls.STORIES)
    story = _has_story(plan, key) if key else None
    return story.title if story else None


def _plan_card(plan: Plan, page: str) -> Planned | None:
    if page == urls.HOME:
        return Planned(made_from="the site, card", turn=Turn.PARTS, is_public=False)
    title = _card_title(plan, page)
    if title is None or not cards.can_write(title):
        return None
    return Planned(made_from=f"card of {page}", turn=Turn.PARTS, is_public=False)


def _make_card(plan: Plan, page: str) -> bytes:
    site = plan.contents.site
    if page == urls.HOME:
        return cards.card("", site.title)
    return cards.card(site.title, _card_title(plan, page) or "")


def _asset_at(address: str) -> str | None:
    start = urls.asset("")
    return address.removeprefix(start) if address.startswith(start) else None


def _plan_asset(plan: Plan, name: str) -> Planned | None:
    if plan.assets(name) is None:
        return None
    return Planned(made_from=f"template assets/{name}", turn=Turn.PARTS, is_public=False)


# --------------------------------------------------------------------------- what names the others


def _map_at(address: str) -> str | None:
    return address if address in (urls.SITEMAP, urls.ROBOTS, urls.OPML) else None


def _plan_map(plan: Plan, _address: str) -> Planned:
    return Planned(made_from=_THE_SITE, turn=Turn.MAPS, is_public=False)


def _make_map(plan: Plan, address: str) -> bytes:
    site = plan.contents.site
    if address == urls.ROBOTS:
        return sitemap.robots(site)
    if address == urls.OPML:
        all_channels = channels.channels(plan.press(), plan.items)
        listed = [(each.title, each.page, urls.feed(each.page, urls.RSS)) for each in all_channels]
        return opml(site, listed)
    cut = plan.map_cut("")
    if cut.parts:
        return sitemap.index(site, cut.parts)
    chapters = (plan.map_rows(joined(chapter, "")) for chapter in cut.chapters)
    return sitemap.sitemap(site, map(parted, sorted(chain.from_iterable(chapters))))


def _plan_map_part(plan: Plan, about: tuple[str, str, str]) -> Planned | None:
    is_there = urls.map_part(*about) in plan.map_cut("").parts
    return Planned(made_from=_THE_SITE, turn=Turn.MAPS, is_public=False) if is_there else None


def _make_map_part(plan: Plan, about: tuple[str, str, str]) -> bytes:
    chapter, digits, run = about
    rows = sitemap.run_of(plan.map_rows(joined(chapter, digits)), run, sitemap.LIMITS)
    return sitemap.sitemap(plan.contents.site, map(parted, rows))


_LISTS: Mapping[str, Callable[[Press], str]] = {
    urls.TOPICS: lists.topics,
    urls.EDITIONS: editions.editions,
    urls.ARCHIVE: lists.archive,
    urls.HOME: front.home,
}
_PAGES: Mapping[str, Callable[[Press], str]] = {
    urls.CORRECTIONS: correction_pages.corrections,
    urls.SUBSCRIBE: pages.subscribe,
    urls.ABOUT: pages.about,
}
_ROUTES = (
    _Route(_fixed_at, _plan_fixed, _make_fixed),
    _Route(lambda address: urls.slug_at(address, urls.ENTRIES), _plan_entry, _make_entry),
    _Route(lambda address: urls.slug_at(address, urls.STORIES), _plan_story, _make_story),
    _Route(urls.edition_at, _plan_edition, lambda plan, day: editions.edition(plan.press(), day)),
    _Route(urls.month_at, _plan_month, _make_month),
    _Route(lambda address: urls.slug_at(address, urls.TOPICS), _plan_topic, _make_topic),
    _Route(urls.subject_at, _plan_subject, _make_subject),
    _Route(_feed_at, _plan_feed, _make_feed),
    _Route(_twin_at, _plan_twin, _make_twin),
    _Route(_card_at, _plan_card, _make_card),
    _Route(_asset_at, _plan_asset, lambda plan, name: plan.assets(name) or b""),
    _Route(_map_at, _plan_map, _make_map),
    _Route(urls.map_part_at, _plan_map_part, _make_map_part),
)


def _route(address: str) -> tuple[_Route | None, Any]:
    for route in _ROUTES:
        about = route.at(address)
        if about is not None:
            return route, about
    return None, None
