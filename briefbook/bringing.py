"""Entries -> entries as they will be: up to their sources, named, issued. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefbook.briefing import Briefings, LoadedEntry, Matching
from briefbook.filedreports import FiledReports
from briefbook.issuing import issue_entries
from briefbook.model import Article, Site
from briefbook.moving import lead_all_on
from briefbook.options import Options
from briefbook.problems import Problem
from briefbook.publishing import published_stories
from briefbook.states import in_their_states
from briefbook.storynames import Misnamed, misnamed_stories, name_stories
from briefbook.updating import Updates, refuse_updates, together, update_entries, with_issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The entries of a site, up to their sources and to what readers will be shown."""

    updates: Updates
    everything: tuple[LoadedEntry, ...]  # as they will be, in their states, by arrival
    misnamed: tuple[Misnamed, ...]  # stories that could not be named anew
    problems: tuple[Problem, ...]  # beside those of the updates


def bring_along(
    matching: Matching,
    briefings: Briefings,
    articles: Mapping[str, Article],
    addresses: Sequence[str],
    site: Site,
    options: Options,
    reports: FiledReports | None = None,
) -> Brought:
    """Do all that a build does to entries: update, name stories, issue. Nothing is written.

    Args:
        matching: Which entry belongs to which source.
        briefings: All entries there are.
        articles: What the parser made of each source, by its path.
        addresses: Every address ever published.
        site: What `site.yaml` says.
        options: What this run may change.
        reports: Where somebody keeps what filing reads of entries.
    """
    updates = (
        refuse_updates(matching)
        if options.frozen
        else update_entries(
            matching, briefings, articles, now=options.now, site=site, reports=reports
        )
    )
    everything = in_their_states(together(briefings, updates), options.now, addresses)
    updates, misnamed = _named_stories(updates, everything, briefings, addresses, options)
    updates, everything, problems = _issue(updates, briefings, addresses, site, options)
    return Brought(
        updates=updates,
        everything=tuple(everything),
        misnamed=misnamed,
        problems=tuple(problems),
    )


def _named_stories(
    updates: Updates,
    everything: Sequence[LoadedEntry],
    briefings: Briefings,
    addresses: Sequence[str],
    options: Options,
) -> tuple[Updates, tuple[Misnamed, ...]]:
    """Rename the stories that are named after what nobody sees yet; else return them."""
    published = published_stories(addresses)
    misnamed = misnamed_stories(everything, published)
    if options.frozen or not misnamed:
        return updates, misnamed
    return name_stories(updates, misnamed, everything, published, briefings.others), ()


def _issue(
    updates: Updates,
    briefings: Briefings,
    addresses: Sequence[str],
    site: Site,
    options: Options,
) -> tuple[Updates, list[LoadedEntry], list[Problem]]:
    """Remember what readers will be shown; where none will be only let addresses lead on."""
    everything = in_their_states(together(briefings, updates), options.now, addresses)
    if options.frozen or options.preview:
        return (updates, *lead_all_on(everything, briefings, addresses))
    issuing = issue_entries(everything, briefings, addresses, now=options.now, site=site)
    updates = with_issued(updates, issuing)
    return updates, in_their_states(together(briefings, updates), options.now, addresses), []
