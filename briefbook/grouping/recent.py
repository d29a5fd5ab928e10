"""Recent: the reports that may still be joined, and how to find those a new one is like.

Keeps the latest reports alone, so that filing costs the same however long a site grows: older ones
leave the counts of terms, the index and their stories.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from briefbook.grouping.arrivals import NO_ARRIVALS, Arrivals, arrivals_of
from briefbook.grouping.keptreports import Filed
from briefbook.grouping.likeness import Sight, lengths_of, see
from briefbook.grouping.reports import Report
from briefbook.grouping.similarity import Rarity
from briefbook.grouping.storedreports import Commonest, Kept, StoredReport, lightened

# Reports that are kept: years of one beat, weeks of an agency's wire.
WINDOW = 2000
# Members of a story that are compared, so that no story costs more by growing.
_MOST_MEMBERS = 6
# The heaviest terms of a new report's title and lead that are looked up.
_LOOKED_UP = 50
# The latest reports of a term; who shares only what more have is no candidate.
_MOST_OF_A_TERM = 50
# So many texts half tell what is common on a site.
_FEW = 10
# Lengths are measured anew when the square of all reports, divided by this, has come since: rarity
# changes fast among few texts and hardly among many.
_FRESH = 5000

_AnyKept = Kept | StoredReport
T = TypeVar("T")


class Recent:
    """The latest reports in order of arrival."""

    def __init__(self, filed: Sequence[Filed] = (), arrivals: Arrivals | None = None) -> None:
        """Start with stored reports, at most as many as are kept, and their index if it is there.

        The result is as if each of them had been seen and added.
        """
        self._arrivals = stored = arrivals_of(filed, arrivals or NO_ARRIVALS)
        self._rarity = Rarity(
            len(filed), (lambda term: stored.count(term, len(filed))) if filed else None
        )
        self._commonest = Commonest(stored)
        self._kept: deque[_AnyKept] = deque()
        self._arrived = 0
        # Terms whose reports nobody asked for are in the index alone.
        self._by_term: dict[str, deque[int]] = {}  # places
        self._at: dict[int, _AnyKept] = {}
        self._stored = False  # whether there were any
        self._by_story: defaultdict[str, deque[_AnyKept]] = defaultdict(deque)
        for one in filed:
            self._store(one)

    def _store(self, filed: Filed) -> None:
        """Keep a stored report, not measured yet; its story's members are told when they were."""
        at = self._arrived
        met = []
        for kept in self._chosen(filed.story):
            assert isinstance(kept, StoredReport)  # no other came before
            if self._is_stale(kept):
                kept.measured = at
            met.append((kept, kept.measured))
        stored = StoredReport(filed.key, filed.story, at, at, filed, self._arrivals, tuple(met))
        self._arrived += 1
        self._keep(stored)
        self._stored = True
        self._by_story[filed.story].append(stored)

    def see(self, report: Report) -> Sight:
        """Weigh a report's terms by how rare they are among the others."""
        return see(report, self._rarity)

    def add(self, key: str, sight: Sight, story: str, joined: float | None) -> None:
        """Keep a report, and let go of the oldest."""
        report, at = sight.report, self._arrived
        counted = tuple(report.distinct())
        kept = Kept(key, lightened(sight), story, joined, at, sight.lengths, at, counted)
        for term in report.lead:
            self._with_term(term).append(at)
        self._arrived += 1
        self._keep(kept)
        self._rarity.add(counted)
        self._by_story[story].append(kept)
        if len(self._kept) > WINDOW:
            self._let_go(self._kept.popleft())

    def _keep(self, kept: _AnyKept) -> None:
        self._kept.append(kept)
        self._at[kept.place] = kept

    def _with_term(self, term: str) -> deque[int]:
        """Return the places of the latest reports with a term in title or lead."""
        found = self._by_term.get(term)
        if found is None:
            stored = self._arrivals.leading(term, _MOST_OF_A_TERM) if self._stored else ()
            found = deque((place for place in stored if place in self._at), _MOST_OF_A_TERM)
            self._by_term[term] = found
        return found

    def _let_go(self, old: _AnyKept) -> None:
        del self._at[old.place]
        self._rarity.remove(old.counted)
        _leave(self._by_story, old.story, old)
        for term in old.lead:
            _leave(self._by_term, term, old.place)

    def stories_like(self, sight: Sight, most: int) -> list[str]:
        """Return the stories whose reports share the heaviest terms of a new one, likest first."""
        heaviest = sorted((-weight, term) for term, weight in sight.fields[1].items())
        shared: dict[int, float] = {}  # by place
        get, find = shared.get, self._with_term if self._stored else self._by_term.get
        for weight, term in heaviest[:_LOOKED_UP]:
            for place in find(term) or ():
                shared[place] = get(place, 0.0) - weight
        ranked = sorted(self._likest(shared, most) if self._stored else self._ranks(shared))
        stories: dict[str, None] = {}
        for _, place in ranked:
            stories[self._at[place].story] = None
            if len(stories) == most:
                break
        return list(stories)

    def _ranks(self, shared: Mapping[int, float]) -> Iterable[tuple[float, int]]:
        """Return how like each report is, negated, with its place.

        A long report shares more by chance, so what is shared is divided by its length.
        """
        kept = self._at
        return [(-share / (kept[at].lead_length or 1.0), at) for at, share in shared.items()]

    def _likest(self, shared: Mapping[int, float], most: int) -> Iterator[tuple[float, int]]:
        """Yield of `_ranks` those of the likest stories.

        Most are surely less like than enough stories are, and their length is not measured.
        """
        kept, least = self._at, self._commonest
        surely = sorted(
            (-share / (kept[at].least_lead_length(least) or 1.0), at)
            for at, share in shared.items()
        )
        best: dict[str, float] = {}
        for at_most, at in surely:
            if len(best) >= most and sorted(best.values())[most - 1] < at_most:
                return
            rank = -shared[at] / (kept[at].lead_length or 1.0)
            story = kept[at].story
            best[story] = min(rank, best.get(story, rank))
            yield rank, at

    def members(self, story: str) -> Iterator[_AnyKept]:
        """Yield reports of a story, with lengths that are fresh: its first ones and its latest."""
        for kept in self._chosen(story):
            if self._is_stale(kept):
                kept.measure(lengths_of(kept.report, self._rarity), self._arrived)
            yield kept

    def _chosen(self, story: str) -> Sequence[_AnyKept]:
        members = self._by_story.get(story, deque())
        if len(members) <= _MOST_MEMBERS:
            return members
        return [members[0], *list(members)[1 - _MOST_MEMBERS :]]

    def _is_stale(self, kept: _AnyKept) -> bool:
        return (self._arrived - kept.measured) * _FRESH > len(self._kept) ** 2

    @property
    def newness(self) -> float:
        """How little is known yet of what is common here, from 1 to 0."""
        return _FEW / (_FEW + len(self._kept))


def oldest_kept(place: int) -> int:
    """Return the place of the oldest report that is kept when one arrives at a place."""
    return max(0, place - WINDOW)


def _leave(groups: dict[str, deque[T]], group: str, old: T) -> None:
    """Take the oldest out of a group; it may have been pushed out before."""
    members = groups.get(group)
    if members and members[0] == old:
        members.popleft()
        if not members:
            del groups[group]
