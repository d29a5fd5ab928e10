"""Filing: how entries and sources look to grouping, and what grouping's answers make of a site.

Joins briefing and grouping for `build.py` and `explain.py`; it calls grouping and does no grouping
itself.
"""

from collections.abc import Mapping, Sequence

from briefbook.grouping import differences, file_topics, find_origins
from briefbook.model import Article, Entry, Item, Site, SourceFile, Story, Topic, TopicSpec
from briefbook.text.markdown import read_blocks


def entry_item(entry: Entry) -> Item:
    """Return an entry as grouping sees it, known by its slug."""
    published = entry.published.isoformat() if entry.published else None
    text = _plain(entry.body)
    return Item(entry.slug, entry.title, text, published, entry.outlet, entry.origin, entry.story)


def source_item(source: SourceFile, article: Article) -> Item:
    """Return a source without an entry as grouping sees it, known by its path."""
    published = article.published.isoformat() if article.published else None
    text = _plain(article.body)
    title = article.title or ""
    return Item(source.path, title, text, published, article.outlet, article.origin)


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
    """Return the entries an editor pinned under each topic: they serve as its examples."""
    return {
        topic.slug: tuple(entry_item(e) for e in entries if topic.slug in (e.topics or ()))
        for topic in site.topics
    }


def topics_of(entries: Sequence[Entry], site: Site) -> dict[str, tuple[str, ...]]:
    """Return the topics of each entry by its slug, best first; an editor's pins bind."""
    free = [entry_item(entry) for entry in entries if entry.topics is None]
    filed = file_topics(free, topic_specs(site, with_examples(entries, site)))
    return {**filed, **{e.slug: e.topics for e in entries if e.topics is not None}}


def make_topics(
    entries: Sequence[Entry], topics: Mapping[str, tuple[str, ...]], site: Site
) -> tuple[Topic, ...]:
    """Return the topics of a site with their entries, in its order, empty ones too."""
    return tuple(
        Topic(
            slug=topic.slug,
            title=topic.title,
            description=topic.description,
            entries=tuple(e.slug for e in entries if topic.slug in topics.get(e.slug, ())),
        )
        for topic in site.topics
    )


def make_stories(entries: Sequence[Entry], site: Site) -> tuple[Story, ...]:
    """Put entries that share a stored story together, stories in order of their first entry."""
    members: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.story:
            members.setdefault(entry.story, []).append(entry)
    return tuple(
        Story(
            slug=slug,
            title=group[0].title,
            entries=tuple(entry.slug for entry in group),
            origins=find_origins(group, site.outlets),
            differences=differences([entry_item(entry) for entry in group]),
        )
        for slug, group in members.items()
    )
