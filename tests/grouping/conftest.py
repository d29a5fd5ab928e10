"""Public entries of which only names, story and topics matter."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from briefbook.model import PublicEntry, Status

_PLAIN = PublicEntry(
    id="urn:uuid:x",
    slug="x",
    title="Ferry sails",
    outlet=None,
    origin=None,
    authors=(),
    published=None,
    date_basis=None,
    added=datetime(2026, 5, 5, tzinfo=UTC),
    updated=None,
    language="en",
    url=None,
    summary="",
    key_points=(),
    people=(),
    organisations=(),
    places=(),
    topics=(),
    story=None,
    status=Status.PUBLISHED,
    note=None,
    aliases=(),
    corrections=(),
    body="",
    is_extract=False,
    is_own=True,
    sentences=(),
    record=None,
)


@pytest.fixture(scope="session")
def naming() -> Callable[..., PublicEntry]:
    """Makes a public entry that names somebody or something."""

    def make(slug: str, **changes: Any) -> PublicEntry:
        return dataclasses.replace(_PLAIN, id=f"urn:uuid:{slug}", slug=slug, **changes)

    return make
