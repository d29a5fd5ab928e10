"""Recent: the reports that may still be joined, and how to find those a new one is like.

Keeps the latest reports alone, so that filing costs the same however long a site grows: older ones
leave the counts of terms, the index and their stories.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from briefbook.grouping.likeness import Lengths, Sight, lengths_of, see
from briefbook.grouping.reports import Counts, Report
from briefbook.grouping.similarity import Rarity

# Reports that are kept: years of one beat, weeks of an agency's wire.
WINDOW = 2000
# The heaviest terms of a new report's title and lead that are looked up.
_LOOKED_UP = 50
# The latest reports of a term; who shares only what more have is no candidate.
_MOST_OF_A_TERM = 50
# So many texts half tell what is common on a site.
_FEW = 10
# Terms of a whole text that are kept, the heaviest: the light ones add time and little else.
_KEPT_TERMS = 120
# Lengths are measured anew when the square of all reports, divided by this, has come since: rarity
# changes fast among few texts and hardly among many.
_FRESH = 5000


@dataclass(slots=True)
class Kept:
    """A report that may be joined."""

    key: str  # of its item
    report: Report
    story: str
    joined: float | None  # how like its story it was when it came; None: it was the first
    place: int  # in the order of arrival
    lengths: Lengths
    measured: int  # how many had arrived when its lengths were measured
    counted: tuple[str, ...]  # the terms it was counted with


class Recent:
    """The latest reports in order of arrival."""

    def __init__(self) -> None:
        self._rarity = Rarity()
        self._kept: deque[Kept] = deque()
        self._arrived = 0
        self._by_term: defaultdict[str, deque[Kept]] = defaultdict(
            lambda: deque(maxlen=_MOST_OF_A_TERM)
        )
        self._by_story: defaultdict[str, deque[Kept]] = defaultdict(deque)

    def see(self, report: Report) -> Sight:
        """Weigh a report's terms by how rare they are among the others."""
        return see(report, self._rarity)

    def add(self, key: str, sight: Sight, story: str, joined: float | None) -> None:
        """Keep a report, and let go of the oldest."""
        report = sight.report
        counted = tuple(report.distinct())
        lighter = replace(report, whole=_heaviest(report.whole, sight.fields[0]))
        at = self._arrived
        kept = Kept(key, lighter, story, joined, at, sight.lengths, at, counted)
        self._arrived += 1
        self._kept.append(kept)
        self._rarity.add(counted)
        self._by_story[story].append(kept)
        for term in report.lead:
            self._by_term[term].append(kept)
        if len(self._kept) > WINDOW:
            self._let_go(self._kept.popleft())

    def _let_go(self, old: Kept) -> None:
        self._rarity.remove(old.counted)
        _leave(self._by_story, old.story, old)
        for term in old.report.lead:
            _leave(self._by_term, term, old)

    def stories_like(self, sight: Sight, most: int) -> list[str]:
        """Return the stories whose reports share the heaviest terms of a new one, likest first."""
        weights = sight.fields[1]
        heaviest = sorted(weights, key=lambda term: (-weights[term], term))[:_LOOKED_UP]
        shared: defaultdict[int, float] = defaultdict(float)
        found: dict[int, Kept] = {}
        for term in heaviest:
            for kept in self._by_term.get(term, ()):
                shared[kept.place] += weights[term]
                found[kept.place] = kept
        # A long report shares more by chance.
        ranked = sorted(shared, key=lambda at: (-shared[at] / (found[at].lengths[1] or 1.0), at))
        stories = dict.fromkeys(found[place].story for place in ranked)
        return list(islice(stories, most))

    def members(self, story: str, most: int) -> Iterator[Kept]:
        """Yield reports of a story, with lengths that are fresh: its first ones and its latest."""
        members = self._by_story.get(story, deque())
        chosen = members if len(members) <= most else [members[0], *list(members)[1 - most :]]
        for kept in chosen:
            if (self._arrived - kept.measured) * _FRESH > len(self._kept) ** 2:
                kept.lengths = lengths_of(kept.report, self._rarity)
                kept.measured = self._arrived
            yield kept

    @property
    def newness(self) -> float:
        """How little is known yet of what is common here, from 1 to 0."""
        return _FEW / (_FEW + len(self._kept))


def oldest_kept(place: int) -> int:
    """Return the place of the oldest report that is kept when one arrives at a place."""
    return max(0, place - WINDOW)


def _heaviest(counts: Counts, weights: Counts) -> Counts:
    if len(counts) <= _KEPT_TERMS:
        return counts
    kept = sorted(counts, key=lambda term: (-weights[term], term))[:_KEPT_TERMS]
    return {term: counts[term] for term in kept}


def _leave(groups: defaultdict[str, deque[Kept]], group: str, old: Kept) -> None:
    """Take the oldest out of a group; it may have been pushed out before."""
    members = groups.get(group)
    if members and members[0] is old:
        members.popleft()
        if not members:
            del groups[group]
