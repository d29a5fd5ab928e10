"""When things happened, as feeds and lists need it: moments in UTC.

In: entries and corrections. Out: aware moments, never of the clock.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from briefbook.model import Correction, PublicEntry, Site
from briefbook.yamlfields import as_moment


def aware(moment: datetime) -> datetime:
    """Return a moment in UTC; one without a zone is taken for UTC."""
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)


def changed(entry: PublicEntry) -> datetime:
    """Return when an entry last changed for its readers: its last correction, else its making."""
    return aware(max(entry.added, entry.updated) if entry.updated else entry.added)


def corrected_at(entry: PublicEntry, correction: Correction, site: Site) -> datetime:
    """Return when a correction was issued, never before its entry."""
    return max(as_moment(correction.date, ZoneInfo(site.timezone)), aware(entry.added))
