"""Timing: an entry that is published days after it was made counts for the day it appears.

Without a word on that it would come late into the edition of the day on which it was made.
"""

from briefbook.briefing import Value, edit_entry, key_lines
from briefbook.desk.jobs import Edit, Job, refuse_own
from briefbook.model import Status, WrittenStatus
from briefbook.problems import ProblemError
from briefbook.publishing import published_entries


def appears_today(job: Job, key: str, value: Value | None) -> bool:
    """Tell whether setting a field shows readers for the first time what was made before today.

    Args:
        job: The act.
        key: The field that is set.
        value: What it is set to.
    """
    entry = job.loaded.entry
    if (key, value, entry.status) != ("status", WrittenStatus.PUBLISHED.value, Status.DRAFT):
        return False
    published = published_entries(job.addresses)
    is_known = any(slug in published for slug in (entry.slug, *entry.aliases))
    was_shown = is_known or (entry.parsed is not None and entry.parsed.issued is not None)
    return not was_shown and entry.publish_after is None and job.day(entry.added) < job.today


def publish_today(job: Job) -> Edit:
    """Publish a draft, and let it count for today."""
    status, day = WrittenStatus.PUBLISHED.value, job.today
    refuse_own(job, [*key_lines("status", status), "and", *key_lines("publish_after", day)])
    return Edit(
        now=edit_entry(job.loaded, {"status": status, "publish_after": day}),
        said=(
            f"status set to “published”; it was “draft”. It was made on "
            f"{job.day(job.loaded.entry.added)}: publish_after is set to “{day}”, so that it "
            f"counts for today"
        ),
        undo={"undo": "unpublish"},
    )


def unpublish(job: Job) -> Edit:
    """Take back that a draft was published and counts for a day."""
    entry = job.loaded.entry
    if entry.status is not Status.PUBLISHED or entry.publish_after is None:
        what = "this was not published for a day, so that cannot be taken back"
        raise ProblemError(job.refusal("status", what, "look at the entry as it is now"))
    refuse_own(job, ["status: draft", "and no", "publish_after:"])
    return Edit(
        now=edit_entry(job.loaded, {"status": WrittenStatus.DRAFT.value, "publish_after": None}),
        said="status set to “draft” and publish_after taken away, as they were",
        undo={"undo": "set", "field": "status", "value": WrittenStatus.PUBLISHED.value},
    )
