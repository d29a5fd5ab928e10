"""Small publications made by hand."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from briefbook.grouping import find_named, find_related
from briefbook.model import (
    Article,
    Entry,
    Facts,
    Fate,
    Line,
    Publication,
    PublicEntry,
    Record,
    Site,
    Status,
    Story,
    Topic,
    TracedSentence,
)
from briefbook.problems import Place
from briefbook.publishing import source_record

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

SITE = Site(
    title="Harbour Brief",
    description="What the port does.",
    base_url="https://harbour.example/news",
    timezone="Asia/Seoul",
)


def _public_entry(slug: str = "dredging-begins", **changes: Any) -> PublicEntry:
    plain = PublicEntry(
        id=f"urn:uuid:{slug}",
        slug=slug,
        title="Dredging begins",
        outlet="Port Times",
        origin=None,
        authors=("Ann Kim",),
        published=START.date(),
        date_basis="line 2: 'November 21, 2026'",
        added=START,
        updated=None,
        language="en",
        url="https://port-times.example/a",
        summary="Dredging of the harbour began on Monday.",
        key_points=("The work takes two years.", "It costs 40 million."),
        people=("Ann Kim",),
        organisations=("Port Authority",),
        places=("Busan",),
        topics=("port",),
        story=None,
        status=Status.PUBLISHED,
        note=None,
        aliases=(),
        corrections=(),
        body="Dredging of the harbour began on Monday.\n\nThe work takes two years.",
        is_extract=False,
        is_own=True,
        sentences=(),
        record=None,
    )
    return dataclasses.replace(plain, **changes)


def _publication(*entries: PublicEntry, **changes: Any) -> Publication:
    shown = tuple(entry for entry in entries if entry.status is not Status.WITHDRAWN)
    stories: dict[str, list[PublicEntry]] = {}
    for entry in shown:
        if entry.story:
            stories.setdefault(entry.story, []).append(entry)
    plain = Publication(
        site=SITE,
        entries=shown,
        withdrawn=tuple(entry for entry in entries if entry.status is Status.WITHDRAWN),
        topics=(
            Topic(
                slug="port",
                title="The port",
                description="Ships and mud.",
                entries=tuple(entry.slug for entry in shown if "port" in entry.topics),
            ),
        ),
        stories=tuple(
            Story(
                slug=slug,
                title=reports[0].title,
                entries=tuple(entry.slug for entry in reports),
                origins=(),
            )
            for slug, reports in stories.items()
        ),
        names=find_named(shown),
        related=find_related(shown),
    )
    return dataclasses.replace(plain, **changes)


@pytest.fixture
def make_entry() -> Callable[..., PublicEntry]:
    """Makes a public entry; the slug is enough, everything else has a plain value."""
    return _public_entry


@pytest.fixture
def make_publication() -> Callable[..., Publication]:
    """Makes a publication with one topic, "port", of all its entries."""
    return _publication


@pytest.fixture
def site() -> Site:
    return SITE


@pytest.fixture
def many_entries() -> Callable[[int], tuple[PublicEntry, ...]]:
    """Entries a day apart, in order of arrival: number-1, number-2 and so on."""

    def make(count: int) -> tuple[PublicEntry, ...]:
        return tuple(
            _public_entry(
                f"number-{number}", title=f"Number {number}", added=START + timedelta(days=number)
            )
            for number in range(1, count + 1)
        )

    return make


@pytest.fixture
def stored_entry() -> Callable[..., Entry]:
    """Makes an entry as its file says."""

    def make(**changes: Any) -> Entry:
        plain = Entry(
            place=Place("briefings/dredging.md"),
            id="urn:uuid:1",
            slug="dredging",
            title="Dredging begins",
            added=START,
            body="First one. Second one.",
            outlet="Port Times",
        )
        return dataclasses.replace(plain, **changes)

    return make


@pytest.fixture
def record_of() -> Callable[..., Record]:
    """Makes a record of sentences and (fate, rule) pairs; `texts` are the lines, if they matter."""

    def make(
        *sentences: TracedSentence,
        lines: tuple[tuple[Fate, str], ...] = (),
        texts: tuple[str, ...] = (),
        **changes: Any,
    ) -> Record:
        article = Article(
            lines=tuple(
                Line(number, texts[number - 1] if texts else "a dropped stranger", fate, rule)
                for number, (fate, rule) in enumerate(lines, 1)
            ),
            blocks=(),
            repairs=(),
            slips=(),
            facts=Facts(),
            body="",
            summary=(),
            key_points=(),
            names=(),
        )
        source = source_record(dataclasses.replace(article, **changes))
        return Record(source=source, sentences=sentences)

    return make
