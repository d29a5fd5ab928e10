"""Stories: which texts report the same event.

In: items in order of arrival. Out: a story key for each. One pass: an item joins the story it is
most like, on the average over the story's members, if it is like enough; a later item never moves
an earlier one. How much is enough depends on what is around: a story whose members are much alike
asks for more, and so do other stories that are nearly as like, as all are within one beat.
"""

import hashlib
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefbook.grouping.arrivals import Arrivals
from briefbook.grouping.keptreports import (
    Filed,
    FiledReport,
    KeptReport,
    report_of,
    unpack_report,
)
from briefbook.grouping.likeness import Sight, likeness, nearness, telling_terms
from briefbook.grouping.recent import Recent, oldest_kept
from briefbook.grouping.reports import Report, read_report
from briefbook.grouping.storedreports import Kept, StoredReport
from briefbook.model import Item
from briefbook.text.filenames import is_device

# All likeness is the logarithm of odds, as likeness.py has it. These numbers were chosen by hand on
# general news, on beats cut from it and on look-alike events, and that no two samples of different
# events meet; halves of the stories filed by weights of the other halves chose among the ideas.
# scripts/fit_stories.py --folds scores them. Re-measure after any change of the weights.
THRESHOLD = -2.0
# The likeness at which members of a story usually joined, counted as three joins.
_USUAL_JOIN, _USUAL_JOINS = 2.5, 3
# A story asks for so much more as its members were more alike than usual.
_COHESION_SHARE = 0.4
_MOST_JOIN = 6.0
# Nearly like are the next three stories; unlike ones count as this.
_NEXT, _UNLIKE, _USUAL_NEXT = 3, -8.0, -4.0
_NEXT_SHARE = 0.3
# Stories that are compared.
_MOST_STORIES = 6
# Shared terms that explain tells of.
_TOLD_TERMS = 8
# As long as little has arrived, the common words of a beat still seem rare: so much more is asked
# of the first, and less of each that follows.
_NEW_ASKS = 3.0
_SLUG_LENGTH = 60


class NewReport(NamedTuple):
    """The report of an item that has no story yet."""

    key: str  # of the item
    title: str  # of which the key of a new story is made
    report: KeptReport


@dataclass(frozen=True, slots=True)
class _Near:
    """How near a story is to a new item."""

    story: str
    likeness: float  # over the members that are compared
    asked: float  # what its cohesion asks for beyond the threshold
    likest: Kept | StoredReport  # the member most like it

    @property
    def rank(self) -> float:
        return self.likeness - self.asked


@dataclass(frozen=True, slots=True)
class _Placement:
    """Where an item was filed."""

    key: str  # of the item
    story: str
    near: tuple[_Near, ...]  # the stories it is most like, nearest first
    needed: float  # the likeness it needed to join the first of them
    sight: Sight


@dataclass(frozen=True, slots=True)
class StoryReason:
    """Why an item joined its story, or none that was there."""

    story: str
    nearest: str | None  # the story it is most like; None: it shares nothing that tells
    likeness: float  # to it, as the logarithm of odds
    needed: float  # to join it
    beside: str | None  # key of the item there that it is most like
    shared: tuple[str, ...]  # terms of both that weigh most, heaviest first
    next_story: str | None  # the next nearest
    next_likeness: float


def file_stories(items: Sequence[Item]) -> dict[str, str]:
    """Return the story key of each item, by item key.

    Args:
        items: In order of arrival. A stored story binds; a story's key is minted from the title of
            its first item and never changes.
    """
    filed = {item.key: item.story or "" for item in items}
    first_new = next((n for n, item in enumerate(items) if not item.story), len(items))
    if first_new < len(items):
        filed |= {placed.key: placed.story for placed in _placed(items, first_new)}
    return filed


def file_behind(
    stored: Sequence[Filed],
    new: Sequence[NewReport],
    taken: Container[str],
    arrivals: Arrivals | None = None,
) -> dict[str, str]:
    """Return the story key of each new item, by item key: as `file_stories` of all items does.

    Args:
        stored: Of the items that have a story the latest, in order of arrival: the last
            `WINDOW`, or all where there are fewer.
        new: Items without a story, in order of arrival behind them.
        taken: The keys of all stories, those of older items too.
        arrivals: The index of these stored reports as `arrivals_of` returns it, where it is kept.
            None: it is made.
    """
    recent = Recent(stored[oldest_kept(len(stored)) :], arrivals)
    known = _Taken(taken)
    placed = (_place(one.key, one.title, unpack_report(one.report), recent, known) for one in new)
    return {one.key: one.story for one in placed}


def explain_story(items: Sequence[Item]) -> StoryReason:
    """Return why the last of some items, in order of arrival, was filed as it was."""
    *_, last = _placed(items, len(items) - 1)
    if not last.near:
        return StoryReason(last.story, None, _UNLIKE, THRESHOLD, None, (), None, _UNLIKE)
    first, *others = last.near
    return StoryReason(
        story=last.story,
        nearest=first.story,
        likeness=first.likeness,
        needed=last.needed,
        beside=first.likest.key,
        shared=telling_terms(last.sight, first.likest.report, _TOLD_TERMS),
        next_story=others[0].story if others else None,
        next_likeness=others[0].likeness if others else _UNLIKE,
    )


def mint_story(key: str, title: str, taken: Container[str]) -> str:
    """Return a new story key: from the title, or of the item's key where that says nothing."""
    from slugify import slugify  # brings a table of all scripts along

    # Both apostrophes vanish, as in the slugs of entries: "Korea's" is koreas, not korea-s.
    plain = title.replace("’", "").replace("'", "")
    base = slugify(plain, max_length=_SLUG_LENGTH, word_boundary=True, save_order=True)
    # A title of symbols only gives no slug; the key of the item is as lasting.
    base = base or "story-" + hashlib.sha256(key.encode()).hexdigest()[:8]
    base = f"{base}-2" if is_device(base) else base  # a folder that Windows cannot make
    story, number = base, 1
    while story in taken:
        number += 1
        story = f"{base}-{number}"
    return story


class _Taken:
    """Story keys that are taken: those there were, which may be very many, and those minted."""

    def __init__(self, before: Container[str]) -> None:
        self._before = before
        self._minted: set[str] = set()

    def __contains__(self, story: object) -> bool:
        return story in self._minted or story in self._before

    def add(self, story: str) -> None:
        self._minted.add(story)


def _placed(items: Sequence[Item], first_new: int) -> Iterator[_Placement]:
    """Yield where each item is filed, from the first on that is not stored.

    Those stored behind a new one are filed too: their story binds, and they are measured at once.
    """
    start = oldest_kept(first_new)
    end = next((n for n in range(start, first_new) if not items[n].story), first_new)
    stored = [FiledReport(i.key, i.story or "", report_of(i)) for i in items[start:end]]
    recent = Recent(stored)
    taken = _Taken({item.story for item in items if item.story})
    for item in items[end:]:
        yield _place(item.key, item.title, read_report(item), recent, taken, item.story)


def _place(
    key: str, title: str, report: Report, recent: Recent, taken: _Taken, bound: str | None = None
) -> _Placement:
    """File one report behind the recent ones, and count it among them."""
    sight = recent.see(report)
    stories = [bound] if bound else recent.stories_like(sight, _MOST_STORIES)
    near = tuple(sorted(_nearest(sight, stories, recent), key=lambda n: (-n.rank, n.story)))
    needed = _needed(near) + _NEW_ASKS * recent.newness
    joins = bool(near) and (bool(bound) or near[0].likeness >= needed)
    story = bound or (near[0].story if joins else mint_story(key, title, taken))
    taken.add(story)
    recent.add(key, sight, story, near[0].likeness if joins else None)
    return _Placement(key, story, near, needed, sight)


def _nearest(sight: Sight, stories: Sequence[str], recent: Recent) -> Iterator[_Near]:
    for story in stories:
        members = list(recent.members(story))
        if not members:
            continue
        found = [likeness(sight, kept.report, kept.lengths) for kept in members]
        likest = members[found.index(max(found))]
        yield _Near(story, nearness(found), _asked(members), likest)


def _asked(members: Sequence[Kept | StoredReport]) -> float:
    """Return how much more than usual a story asks for, as its members are more alike."""
    joins = [min(_MOST_JOIN, kept.joined) for kept in members if kept.joined is not None]
    usual = _USUAL_JOIN * _USUAL_JOINS
    return _COHESION_SHARE * ((usual + sum(joins)) / (_USUAL_JOINS + len(joins)) - _USUAL_JOIN)


def _needed(near: Sequence[_Near]) -> float:
    """Return how like the nearest story an item must be, given the next ones."""
    if not near:
        return THRESHOLD
    others = sorted((max(_UNLIKE, other.likeness) for other in near[1:]), reverse=True)[:_NEXT]
    crowd = (sum(others) + _USUAL_NEXT * (_NEXT - len(others))) / _NEXT
    return THRESHOLD + near[0].asked + _NEXT_SHARE * (crowd - _USUAL_NEXT)
