"""Adding: texts from anywhere -> sources and their entries, made as a build would make them.

In: a site's folder, what reads each text, and what was said of them. Out: what became of each, and
what is wrong. What is faulty stops no other text, and nothing of it is written. Stands above the
build, as it makes entries as that does.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from briefbook.adding.intake import Added, Intake, Wishes
from briefbook.adding.offering import (
    Offered,
    is_page_address,
    offered_clipboard,
    offered_file,
    offered_page,
    offered_stream,
)
from briefbook.adding.receipt import receipts_json, shown_receipt
from briefbook.adding.sourceheader import option_of, read_given, values_of
from briefbook.adding.sourcename import SOURCES, wrong_name
from briefbook.briefing import Briefings, match_sources, read_entries
from briefbook.build import read_settings
from briefbook.files import list_files
from briefbook.filing import unknown_topics
from briefbook.locking import only_writer
from briefbook.model import Header, Site, SourceFile
from briefbook.problems import Place, Problem, ProblemError, in_order
from briefbook.reading import read_sources
from briefbook.text.filenames import folded_name

__all__ = [
    "Adding",
    "Offered",
    "Wishes",
    "add",
    "is_page_address",
    "offered_clipboard",
    "offered_file",
    "offered_page",
    "offered_stream",
    "receipts_json",
    "shown_receipt",
]


T = TypeVar("T")

# Seconds for which another command may be at work: what was typed would have to be typed again.
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """What came of all that was named."""

    added: tuple[Added, ...]
    problems: tuple[Problem, ...]


def add(root: Path, offers: Sequence[Callable[[], Offered]], wishes: Wishes) -> Adding:
    """Add texts to a site, one after the other, so that each knows those before it.

    All are read first, so that nobody has to wait while a text is typed or a page is fetched.

    Args:
        root: The folder of the site.
        offers: Each reads one text, or raises why not.
        wishes: What was said of all of them.

    Raises:
        NothingBuiltError: `site.yaml` is missing or has mistakes, or another command is at work on
            the site.
        ProblemError: What was said is wrong; nothing was read.
    """
    with only_writer(root, "add"):  # who has to come again is told before anything is typed
        _read_header(wishes, read_settings(root), count=len(offers))
    offered, problems = _tried(offers)
    with only_writer(root, "add", _PATIENCE):
        site = read_settings(root)
        intake = _read_intake(root, site, _read_header(wishes, site, count=len(offers)), wishes)
        added, refused = _tried(partial(intake.add, each) for each in offered)
    return Adding(added=tuple(added), problems=in_order((*problems, *refused)))


def _tried(jobs: Iterable[Callable[[], T]]) -> tuple[list[T], list[Problem]]:
    """Return what came of those jobs that could be done, and why others could not."""
    done: list[T] = []
    problems: list[Problem] = []
    for job in jobs:
        try:
            done.append(job())
        except ProblemError as refused:
            problems += refused.problems
    return done, problems


def _read_header(wishes: Wishes, site: Site, *, count: int) -> Header:
    """Read what was said of the texts; all that is wrong is told at once."""
    header, wrong = read_given(wishes.given, ZoneInfo(site.timezone))
    problems = [*wrong]
    problems += unknown_topics(header.topics or (), Place(option_of("topics")), site)
    if wishes.name is not None:
        problems += wrong_name(wishes.name, count)
    if problems:
        raise ProblemError(*in_order(problems))
    return header


def _read_intake(root: Path, site: Site, header: Header, wishes: Wishes) -> Intake:
    """Read the site as far as adding needs it; what is wrong there, a build tells.

    Raises:
        ProblemError: A text is to be replaced, and that may be one which cannot be read now.
    """
    zone = ZoneInfo(site.timezone)
    sources, unread = read_sources(root, zone=zone)
    briefings, _ = read_entries(root, zone=zone)
    if wishes.replaces:
        _refuse_unread(sources, unread, briefings)
    taken, _ = list_files(root, SOURCES)
    matching = match_sources(sources, briefings)
    return Intake(
        root=root,
        site=site,
        values=values_of(header),
        wishes=wishes,
        sources={source.path: source for source in sources},
        briefings=briefings,
        owners={match.source.path: match.loaded.path for match in matching.pairs},
        taken={folded_name(path) for path in taken},
    )


def _refuse_unread(
    sources: Iterable[SourceFile], unread: Iterable[Problem], briefings: Briefings
) -> None:
    """Refuse to look for the text that is replaced while one with an entry cannot be read."""
    owned = {one.entry.parsed.source for one in briefings.entries if one.entry.parsed}
    missing = owned.difference(source.path for source in sources)
    if wrong := [problem for problem in unread if problem.place.path in missing]:
        raise ProblemError(*in_order(wrong))
