"""Topic notes: why topics were given, and what texts without one share, in words for an editor."""

from collections.abc import Mapping, Sequence
from typing import Any

from briefbook.grouping import LEAST_CHANCE, SharedWords, TopicReason

# Enough of a long list of words to go on from.
_MOST_WORDS = 8
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def reason_notes(
    topics: Mapping[str, tuple[str, ...]],
    reasons: Sequence[TopicReason],
    unfiled: SharedWords | None,
) -> tuple[str, ...]:
    """Return why a text has its topics, a line each and one more for how sure that is.

    Args:
        topics: The words that decided, by topic.
        reasons: Those of all topics, given ones first; none where an editor pinned them.
        unfiled: What the text shares with others that have no topic either.
    """
    by_slug = {reason.slug: reason for reason in reasons}
    notes = []
    for slug, words in topics.items():
        notes.append(f"{slug}: {', '.join(words) or 'no word of it'}")
        if slug in by_slug:
            notes.append(_how_sure(by_slug[slug]))
    if not topics:
        notes.append("none: no topic of site.yaml speaks for it")
        notes += [_nearest(reason) for reason in reasons[:1]]
    if unfiled:
        count = _number(len(unfiled.keys))
        notes.append(f"{count} texts without a topic share: {', '.join(unfiled.words)}")
    return tuple(notes)


def _how_sure(reason: TopicReason) -> str:
    sure = f"  score {reason.chance:.2f}, at least {LEAST_CHANCE:.2f} is needed"
    if reason.like_examples:
        sure += f"; like what is pinned there by: {', '.join(reason.like_examples)}"
    if reason.near:
        sure += f"; near to it in other news: {', '.join(reason.near)}"
    return sure


def _nearest(reason: TopicReason) -> str:
    nearest = f"nearest: {reason.slug}, score {reason.chance:.2f}, {LEAST_CHANCE:.2f} is needed"
    if reason.excluded:
        return f"nearest: {reason.slug}, kept out by: {_some(reason.excluded)}"
    if reason.required:
        return f"nearest: {reason.slug}, which requires one of: {_some(reason.required)}"
    there = f"; there: {_some(reason.words)}" if reason.words else ""
    return nearest + there + (f"; not there: {_some(reason.missing)}" if reason.missing else "")


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:_MOST_WORDS]) + ", …" * (len(words) > _MOST_WORDS)


def reason_json(reason: TopicReason) -> dict[str, Any]:
    """Return a reason as JSON values; the keys are stable."""
    return {
        "topic": reason.slug,
        "filed": reason.filed,
        "score": round(reason.chance, 3),
        "needed": LEAST_CHANCE,
        "words": list(reason.words),
        "missing": list(reason.missing),
        "like_examples": list(reason.like_examples),
        "near": list(reason.near),
        "required": list(reason.required),
        "excluded": list(reason.excluded),
    }


def unfiled_notes(count: int, groups: Sequence[SharedWords]) -> tuple[str, ...]:
    """Return how many entries have no topic and what groups of them share, in few lines."""
    if not count:
        return ()
    entries = f"{count} entries have" if count != 1 else "1 entry has"
    shared = [f"  {_number(len(g.keys))} of them share: {', '.join(g.words)}" for g in groups]
    return (f"{entries} no topic{':' * bool(shared)}", *shared)


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
