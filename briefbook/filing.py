"""Filing: how entries and sources look to grouping, and what grouping's answers make of a site.

Joins briefing and grouping for `build.py` and `explaining`; it calls grouping and does no grouping
itself.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from briefbook import grouping
from briefbook.asking import ranked
from briefbook.model import (
    Article,
    Claim,
    Entry,
    Item,
    OutletSetting,
    PublicEntry,
    Site,
    SourceFile,
    Status,
    Story,
    TopicSpec,
)
from briefbook.problems import Place, Problem, unknown_word
from briefbook.regrouping import keep_keys
from briefbook.text.markdown import read_blocks
from briefbook.text.words import collapsed

if TYPE_CHECKING:
    from briefbook.grouping import Arrivals, Filed, FiledReport, KeptReport, NewReport, SharedWords


def entry_item(entry: Entry) -> Item:
    """Return an entry as grouping sees it, known by its slug."""
    published = entry.published.isoformat() if entry.published else None
    text = _plain(entry.body)
    return Item(entry.slug, entry.title, text, published, entry.outlet, entry.origin, entry.story)


def item_saying(title: str, body: str, published: date | None) -> Item:
    """Return an item that says what an entry says and is known by nothing.

    Args:
        title: Of the entry.
        body: Of the entry, Markdown.
        published: Of the entry.
    """
    return Item("", title, _plain(body), published.isoformat() if published else None)


def source_item(source: SourceFile, article: Article) -> Item:
    """Return a source without an entry as grouping sees it, known by its path."""
    published = article.published.isoformat() if article.published else None
    text = _plain(article.body)
    # Without a headline its entry is named by its first sentence, and so is its story.
    title = article.title or next(iter(article.summary), "")
    return Item(source.path, title, text, published, article.outlet, article.origin)


def with_stories(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries whose stories further texts may join.

    An entry without a story has no key that others could share, and a hidden one was never
    published: the key of its story, an address, says what its headline says.
    """
    return [entry for entry in entries if entry.story and entry.status is not Status.HIDDEN]


def stories_of(entries: Sequence[Entry], new: Sequence[Item]) -> dict[str, str]:
    """Return the story of each entry that has one, by its slug, and of each new text by its key.

    Args:
        entries: All entries, in order of arrival.
        new: Texts without an entry, in order of arrival; they are filed behind the entries.
    """
    known = with_stories(entries)
    stored = {entry.slug: entry.story for entry in known if entry.story}
    if not new:
        return stored
    # The address of a former story leads elsewhere, so no new one may stand there; nor where a
    # hidden entry is filed.
    taken = {key for entry in entries for key in stories_named(entry)}
    recent = [*map(filed_report, known[-grouping.WINDOW :])]
    reports = [new_report(item) for item in new]
    return {**stored, **stories_behind(recent, reports, bound=set(stored.values()), taken=taken)}


def filed_turn(entry: Entry) -> str:
    """Return the sort key of an entry among those that further texts are filed behind."""
    return ranked(*entry.arrival, entry.place.path)


def stories_named(entry: Entry) -> tuple[str, ...]:
    """Return the keys of the stories in which an entry is or was."""
    return (*entry.former_stories, *((entry.story,) if entry.story else ()))


def filed_report(entry: Entry) -> "FiledReport":
    """Return what filing others needs of an entry that has a story; it depends on it alone."""
    return grouping.FiledReport(
        entry.slug, entry.story or "", grouping.report_of(entry_item(entry))
    )


def new_report(item: Item, read: "Callable[[Item], KeptReport] | None" = None) -> "NewReport":
    """Return what filing needs of a text without an entry; it depends on it alone.

    Args:
        item: The text.
        read: Does as `grouping.report_of`, where somebody has read it before; None: nobody has.
    """
    return grouping.NewReport(item.key, item.title, (read or grouping.report_of)(item))


def stories_behind(
    recent: "Sequence[Filed]",
    new: "Sequence[NewReport]",
    *,
    bound: Container[str],
    taken: Container[str],
    arrivals: "Arrivals | None" = None,
) -> dict[str, str]:
    """Return the stories of new texts alone, as `stories_of` does.

    Args:
        recent: Of the entries `with_stories` the latest, as many as `WINDOW`, in order of arrival.
        new: The new texts, in order of arrival.
        bound: The stories of all entries `with_stories`.
        taken: Keys that are addresses, or would tell what a hidden entry is.
        arrivals: The index of `recent`, or of an earlier `recent`, where one is kept.
    """
    return keep_keys(
        grouping.file_behind(recent, new, bound, arrivals), {}, bound=bound, taken=taken
    )


def _plain(body: str) -> str:
    return "\n".join(block.text for block in read_blocks(body))


def topic_specs(site: Site, examples: Mapping[str, tuple[Item, ...]]) -> tuple[TopicSpec, ...]:
    """Return what speaks for each topic of a site, in its order."""
    return tuple(
        TopicSpec(
            topic.slug, topic.words, examples.get(topic.slug, ()), topic.require, topic.exclude
        )
        for topic in site.topics
    )


def with_examples(entries: Sequence[Entry], site: Site) -> dict[str, tuple[Item, ...]]:
    """Return the published entries an editor pinned under each topic: they serve as its examples.

    Drafts and hidden entries do not, or looking at one with --drafts would change other pages. Of
    very many the latest serve, and no other is read.
    """
    pinned: dict[str, list[Entry]] = {topic.slug: [] for topic in site.topics}
    for entry in entries:
        if entry.status is Status.PUBLISHED:
            for slug in dict.fromkeys(entry.topics or ()):
                if slug in pinned:
                    pinned[slug].append(entry)
    latest = {slug: found[-grouping.MOST_EXAMPLES :] for slug, found in pinned.items()}
    # An entry that is pinned under several topics is read once.
    items = {e.slug: entry_item(e) for e in chain.from_iterable(latest.values())}
    return {slug: tuple(items[e.slug] for e in found) for slug, found in latest.items()}


def topics_of(entries: Sequence[Entry], site: Site) -> dict[str, tuple[str, ...]]:
    """Return the topics of each entry by its slug, best first; an editor's pins bind.

    Args:
        entries: All entries, shown or not: whether one is shown changes no other's topics.
        site: What `site.yaml` says.
    """
    pinned = {entry.slug: entry.topics for entry in entries if entry.topics is not None}
    free = [entry_item(entry) for entry in entries if entry.topics is None]
    if not free:
        return pinned  # where an editor filed all, examples serve nobody
    return {**grouping.file_topics(free, topic_specs(site, with_examples(entries, site))), **pinned}


def unfiled_beside(item: Item, others: Sequence[Entry], site: Site) -> "SharedWords | None":
    """Return what a text without a topic shares with other entries that have none."""
    topics = topics_of(others, site)
    beside = [entry_item(e) for e in others if e.status is Status.PUBLISHED and not topics[e.slug]]
    groups = grouping.unfiled_words([*beside, item])
    return next((group for group in groups if item.key in group.keys), None)


def unknown_topics(topics: Sequence[str], place: Place, site: Site) -> list[Problem]:
    """Report the topics that somebody named and `site.yaml` does not know."""
    known = [topic.slug for topic in site.topics]
    return [
        unknown_word(place, "topic", slug, known, "If it is new, add it under topics: in site.yaml")
        for slug in topics_of_now(topics, site)
        if slug not in known
    ]


def topics_of_now(topics: Sequence[str], site: Site) -> tuple[str, ...]:
    """Return topics by the slugs they have now, each once."""
    now = {alias: topic.slug for topic in site.topics for alias in topic.aliases}
    return tuple(dict.fromkeys(now.get(slug, slug) for slug in topics))


def with_topics_of_now(entry: Entry, site: Site) -> Entry:
    """Return an entry that is pinned to topics by the slugs they have now."""
    if not entry.topics or entry.topics == (topics := topics_of_now(entry.topics, site)):
        return entry
    return replace(entry, topics=topics)


def without_unknown_topics(
    sources: Sequence[SourceFile], site: Site
) -> tuple[tuple[SourceFile, ...], list[Problem]]:
    """Leave out sources whose header names a topic that is not in `site.yaml`."""
    kept, problems = [], []
    for source in sources:
        place = Place(source.path, source.header.lines.get("topics"))
        wrong = unknown_topics(source.header.topics or (), place, site)
        problems += wrong
        if not wrong:
            kept.append(_with_header_of_now(source, site))
    return tuple(kept), problems


def _with_header_of_now(source: SourceFile, site: Site) -> SourceFile:
    if not source.header.topics:
        return source
    topics = topics_of_now(source.header.topics, site)
    return replace(source, header=replace(source.header, topics=topics))


def make_story(
    slug: str,
    group: Sequence[Entry],
    shown: Sequence[Entry],
    may_show: Callable[[Claim], bool],
    outlets: Sequence[OutletSetting],
) -> Story:
    """Return one story; it depends on its entries alone.

    Args:
        slug: Its key.
        group: Its entries that are shown or were withdrawn, in order of arrival.
        shown: Those that are shown, at least one.
        may_show: Tells whether a claim's sentence may be shown.
        outlets: What `site.yaml` says of outlets.
    """
    # A report alone is compared with nothing, so most are not read here.
    items = [entry_item(entry) for entry in shown] if len(shown) > 1 else []
    compared = grouping.compare_items(items)
    origins = grouping.find_origins(group, outlets, {entry.slug for entry in shown})
    origin_of = {key: n for n, origin in enumerate(origins) for key in origin.entries}
    return Story(
        slug=slug,
        title=shown[0].title,
        entries=tuple(entry.slug for entry in shown),
        origins=origins,
        differences=grouping.differences_in(compared, may_show),
        agreements=grouping.agreements_in(compared, may_show, origin_of),
    )


class ShownText(NamedTuple):
    """What readers are shown of the text of an entry."""

    slug: str
    title: str
    summary: str
    key_points: tuple[str, ...]
    body: str


def shown_text(entry: PublicEntry) -> ShownText:
    """Return what readers are shown of the text of an entry."""
    return ShownText(entry.slug, entry.title, entry.summary, entry.key_points, entry.body)


def told_story(
    slug: str,
    group: Sequence[Entry],
    shown: Sequence[ShownText],
    outlets: Sequence[OutletSetting],
) -> Story | None:
    """Return one story as `make_story` does; None: no entry of it is shown.

    Args:
        slug: Its key.
        group: Its entries, in order of arrival.
        shown: The texts of those that are shown.
        outlets: What `site.yaml` says of outlets.
    """
    texts = {text.slug: text for text in shown}
    visible = [entry for entry in group if entry.slug in texts]
    return make_story(slug, group, visible, _may_show_of(texts), outlets) if texts else None


def comparing_seconds(_: str, group: Sequence[Entry], *_others: object) -> float:
    """Estimate what `told_story` takes; measured on news of 400 words."""
    return 0.003 * len(group) if len(group) > 1 else 0.0001


def _may_show_of(texts: Mapping[str, ShownText]) -> Callable[[Claim], bool]:
    """Return what tells whether a claim's sentence may be shown; of an extract few may."""
    text_of = cache(lambda slug: _whole(texts[slug]))  # few entries have claims
    return lambda claim: collapsed(claim.sentence) in text_of(claim.key)


def _whole(text: ShownText) -> str:
    return collapsed("\n".join((text.title, text.summary, *text.key_points, _plain(text.body))))
