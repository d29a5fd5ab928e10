"""When things happened, as feeds and lists need it: moments in UTC.

In: entries and corrections. Out: aware moments, never of the clock.
"""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from briefbook.model import Correction, PublicEntry, Site


def aware(moment: datetime) -> datetime:
    """Return a moment in UTC; one without a zone is taken for UTC."""
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)


def changed(entry: PublicEntry) -> datetime:
    """Return when an entry last changed for readers: its last correction, else its appearance."""
    return aware(max(entry.appeared, entry.updated) if entry.updated else entry.appeared)


def corrected_at(entry: PublicEntry, correction: Correction, site: Site) -> datetime:
    """Return when a correction was issued, a day at its noon; never before its entry."""
    zone = ZoneInfo(site.timezone)
    when = correction.date
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(12), zone)
    return max(aware(when), aware(entry.appeared))
