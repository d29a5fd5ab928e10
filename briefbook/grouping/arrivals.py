"""Arrivals: in which of the latest reports each term stands, and in what order they came.

Filing a text behind stored ones asks how rare terms were when each of those arrived. An index
answers that for any of them, so that none has to be read or measured again but the few a new text
is compared with. It is one value to keep between builds and moves on with the reports.
"""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefbook.grouping.keptreports import Filed, KeptReport, distinct_terms, unpack_lead

# So many reports that are kept no more may still stand in the index before it is cleared of them.
_MOST_GONE = 1000
_SIZE = 4  # bytes of a number in the index


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The latest reports by their terms: a value that never changes and can be pickled.

    Reports have numbers in order of arrival. In the index each is doubled, and one more where the
    term stands in title or lead.
    """

    first: int  # number of the oldest report that is kept
    cleared: int  # numbers below this one stand nowhere in the index
    stamps: tuple[bytes, ...]  # of the reports that are kept, in order
    index: Mapping[str, bytes]  # term -> numbers as unsigned integers of four bytes, ascending

    def count(self, term: str, place: int) -> int:
        """Return how many of the reports before a place, counted from 0, have a term."""
        found = self.index.get(term)
        if found is None:
            return 0
        numbers = memoryview(found).cast("I")
        oldest, end = 2 * self.first, 2 * (self.first + place)
        gone = bisect_left(numbers, oldest) if numbers[0] < oldest else 0
        return (len(numbers) if numbers[-1] < end else bisect_left(numbers, end)) - gone

    def most(self, term: str) -> int:
        """Return a number that `count` is never above, whatever the place."""
        return len(self.index.get(term, b"")) // _SIZE

    def leading(self, term: str, most: int) -> list[int]:
        """Return the places of the latest reports with a term in title or lead, oldest first."""
        found: list[int] = []
        for number in reversed(memoryview(self.index.get(term, b"")).cast("I")):
            if number < 2 * self.first or len(found) == most:
                break
            if number % 2:
                found.append(number // 2 - self.first)
        return found[::-1]


NO_ARRIVALS = Arrivals(first=0, cleared=0, stamps=(), index={})


def arrivals_of(filed: Sequence[Filed], before: Arrivals = NO_ARRIVALS) -> Arrivals:
    """Return the index of some reports.

    Args:
        filed: The latest reports that have a story, in order of arrival.
        before: The index as it was, of any reports. Where the reports are the same but for some
            that left at the front and some that came behind, only those cost time.

    Returns:
        What answers each question as an index made of nothing.
    """
    stamps = tuple(one.stamp for one in filed)
    if stamps == before.stamps:
        return before
    gone = _gone(before, stamps)
    if gone is None:
        before, gone = NO_ARRIVALS, 0
    known = len(before.stamps) - gone
    first = before.first + gone
    index = dict(before.index)
    for number, one in enumerate(filed[known:], first + known):
        _add(index, number, one.report)
    cleared = before.cleared
    if first - cleared > _MOST_GONE:
        index, cleared = _cleared(index, first), first
    return Arrivals(first, cleared, stamps, index)


def _gone(before: Arrivals, stamps: tuple[bytes, ...]) -> int | None:
    """Return how many reports left at the front; None where others changed."""
    if not before.stamps or not stamps:
        return None
    # Equal reports may come twice: each place where the first one stands is tried.
    for gone, stamp in enumerate(before.stamps):
        left = len(before.stamps) - gone
        if stamp == stamps[0] and before.stamps[gone:] == stamps[:left]:
            return gone
    return None


def _add(index: dict[str, bytes], number: int, report: KeptReport) -> None:
    plain, leading = array("I", [2 * number]).tobytes(), array("I", [2 * number + 1]).tobytes()
    lead = unpack_lead(report)
    for term in distinct_terms(report):
        index[term] = index.get(term, b"") + (leading if term in lead else plain)


def _cleared(index: Mapping[str, bytes], first: int) -> dict[str, bytes]:
    """Return an index without the numbers of reports that are kept no more."""
    left: dict[str, bytes] = {}
    for term, found in index.items():
        gone = bisect_left(memoryview(found).cast("I"), 2 * first) * _SIZE
        if gone < len(found):
            left[term] = found[gone:]
    return left
