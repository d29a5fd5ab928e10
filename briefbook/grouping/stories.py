"""Stories: which texts report the same event.

In: items in order of arrival. Out: a story key for each. One pass: an item joins the story it is
most like, on the average over the story's members, if it is like enough; a later item never moves
an earlier one. A first version: one kind of similarity, one threshold.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from slugify import slugify

from briefbook.grouping.similarity import Rarity, Vector, cosine, lead_counts, weighted
from briefbook.model import Item

# Tried 0.08 to 0.27 on general news and on the samples. General news is best at 0.09 (B-cubed F1
# .87), but within one beat, where all texts share their names, strangers reach 0.11.
# Re-measure after any change in similarity.py.
THRESHOLD = 0.13
# With each day between two reports of one event they have to be this much more alike; no window.
_DAILY = 0.01
_MOST_DAYS = 30
_SLUG_LENGTH = 60


@dataclass(slots=True)
class _Story:
    key: str
    members: list[tuple[Vector, date | None]] = field(default_factory=list)


def file_stories(items: Sequence[Item]) -> dict[str, str]:
    """Return the story key of each item, by item key.

    Args:
        items: In order of arrival. A stored story binds; a story's key is minted from the title of
            its first item and never changes.
    """
    rarity = Rarity()
    stories: dict[str, _Story] = {}
    taken = {item.story for item in items if item.story}
    filed: dict[str, str] = {}
    for item in items:
        counts = lead_counts(item.title, item.text)
        vector = weighted(counts, rarity)
        rarity.add(counts)
        when = _day(item.published)
        story = stories.get(item.story) if item.story else _best(vector, when, stories.values())
        if story is None:
            key = item.story or mint_story(item, taken)
            taken.add(key)
            story = stories.setdefault(key, _Story(key))
        story.members.append((vector, when))
        filed[item.key] = story.key
    return filed


def mint_story(item: Item, taken: Collection[str]) -> str:
    """Return a new story key: from the title, and the year of the report where it is known."""
    # Both apostrophes vanish, as in the slugs of entries: "Korea's" is koreas, not korea-s.
    plain = item.title.replace("’", "").replace("'", "")
    base = slugify(plain, max_length=_SLUG_LENGTH, word_boundary=True, save_order=True)
    # A title of symbols only gives no slug; the key of the item is as lasting.
    base = base or "story-" + hashlib.sha256(item.key.encode()).hexdigest()[:8]
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _best(vector: Vector, when: date | None, stories: Iterable[_Story]) -> _Story | None:
    best: tuple[float, _Story] | None = None
    for story in stories:
        likeness = _likeness(vector, when, story)
        if likeness >= THRESHOLD and (best is None or likeness > best[0]):
            best = (likeness, story)
    return best[1] if best else None


def _likeness(vector: Vector, when: date | None, story: _Story) -> float:
    total = 0.0
    for other, day in story.members:
        apart = min(_MOST_DAYS, abs((when - day).days)) if when and day else 0
        total += cosine(vector, other) - _DAILY * apart
    return total / len(story.members)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
