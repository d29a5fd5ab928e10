"""Composing: entries and what was parsed for them -> the publication, all that a page may show.

Joins briefing, grouping, checking and publishing for `build.py`. What is faulty is left out here,
and the record of an entry comes to it here. Nothing is read or written.
"""

from collections.abc import Collection, Mapping, Sequence

from briefbook.briefing import Briefings, LoadedEntry, Matching, is_up_to_date, mend_topics
from briefbook.checking.trace import check_fates, check_trace, trace_entry
from briefbook.filing import (
    make_stories,
    make_topics,
    topics_of,
    unknown_topics,
    with_topics_of_now,
)
from briefbook.grouping import find_named, find_related
from briefbook.model import Article, Entry, Publication, PublicEntry, Record, Site, Status
from briefbook.parsing import PARSER
from briefbook.problems import Problem
from briefbook.progress import Progress
from briefbook.publishing import public_entry
from briefbook.remembering import Memory
from briefbook.states import kept_back


def known_topics(loaded: Sequence[LoadedEntry], site: Site) -> tuple[list[Entry], list[Problem]]:
    """Leave out entries that an editor pinned to a topic which is not in `site.yaml`."""
    kept, problems = [], []
    for one in loaded:
        wrong = unknown_topics(one.entry.topics or (), one.place("topics"), site)
        problems += mend_topics(one, wrong, [topic.slug for topic in site.topics]) if wrong else []
        if not wrong:
            kept.append(with_topics_of_now(one.entry, site))
    return kept, problems


def left_out(
    briefings: Briefings, everything: Sequence[LoadedEntry], kept: Sequence[Entry]
) -> tuple[str, ...]:
    """Return the slugs of entries that are not shown because of a mistake in them."""
    unreadable = {slug for faulty in briefings.faulty for slug in faulty.slugs}
    misfiled = {one.entry.slug for one in everything} - {entry.slug for entry in kept}
    return tuple(sorted(unreadable | misfiled))


def trace(
    entries: Sequence[Entry],
    matching: Matching,
    articles: Mapping[str, Article],
    progress: Progress,
    memory: Memory,
) -> tuple[dict[str, Record], list[Problem]]:
    """Make the record of each entry whose source is there and was parsed for it, and check it."""
    sources = {match.loaded.entry.id: match.source for match in matching.pairs}
    new = {source.sha256: source for source in matching.new}
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    for entry in progress("tracing", entries):
        if entry.parsed is None:
            continue
        source = sources.get(entry.id) or new.get(entry.parsed.sha256)
        if source is None or not is_up_to_date(entry, source.sha256):
            continue
        article = articles[source.path]
        sentences = memory.call(entry.slug, trace_entry, entry, article, parser=PARSER)
        problems += check_fates(source, article)
        problems += memory.call(entry.slug, check_trace, entry, article, sentences)
        records[entry.slug] = Record(article=article, sentences=sentences)
    return records, problems


def compose(
    entries: Sequence[Entry],
    records: Mapping[str, Record],
    site: Site,
    shown: Collection[Status],
) -> Publication:
    """Return what is published of entries.

    Args:
        entries: All of them, in the states they are in, by arrival.
        records: What is known of how they were parsed, by slug.
        site: What `site.yaml` says.
        shown: The states in which an entry has a page of its own.
    """
    visible = [entry for entry in entries if entry.status in shown]
    topics = topics_of(entries, site)
    public = [_public(entry, topics.get(entry.slug, ()), records, site) for entry in visible]
    withdrawn = [entry for entry in entries if entry.status is Status.WITHDRAWN]
    known = [entry for entry in entries if entry.status in {*shown, Status.WITHDRAWN}]
    return Publication(
        site=site,
        entries=tuple(public),
        withdrawn=tuple(_public(e, topics.get(e.slug, ()), records, site) for e in withdrawn),
        topics=make_topics(visible, topics, site),
        stories=make_stories(known, public, site),
        names=find_named(public),
        related=find_related(public),
        kept_back=kept_back(entries, {entry.slug for entry in known}),
    )


def _public(
    entry: Entry, topics: tuple[str, ...], records: Mapping[str, Record], site: Site
) -> PublicEntry:
    return public_entry(entry, topics=topics, record=records.get(entry.slug), site=site)
