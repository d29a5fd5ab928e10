"""Stored reports: those whose story is known, measured only where a new text asks for them.

A report is measured as it looked when it arrived, behind the reports before it: how rare its terms
were then, how long that makes it, and how like its story it was. Filing a stored one needs none of
that, so nothing is measured until a new text shares terms with it; what is measured then is the
same to the last bit as if it had been measured on arrival.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from briefbook.grouping.arrivals import Arrivals
from briefbook.grouping.keptreports import (
    Filed,
    KeptReport,
    distinct_terms,
    unpack_lead,
    unpack_report,
)
from briefbook.grouping.likeness import (
    Lengths,
    Sight,
    length_by,
    lengths_by,
    likeness,
    nearness,
    sight_of,
    terms_of,
)
from briefbook.grouping.reports import Counts, Report
from briefbook.grouping.similarity import commonness, fame, rarities

# Terms of a whole text that are kept, the heaviest: the light ones add time and little else.
_KEPT_TERMS = 120


# Far more than sums of floating point numbers may differ by.
_ROUNDING = 1e-9


@dataclass(slots=True, eq=False)
class Kept:
    """A report that may be joined, measured when it arrived."""

    key: str  # of its item
    report: Report  # without the light terms of its whole text
    story: str
    joined: float | None  # how like its story it was when it came; None: it was the first
    place: int  # in the order of arrival
    lengths: Lengths
    measured: int  # how many had arrived when its lengths were measured
    counted: Sequence[str]  # the terms it was counted with

    @property
    def lead(self) -> Counts:
        """Its terms in title and lead."""
        return self.report.lead

    @property
    def lead_length(self) -> float:
        """The length of title and lead."""
        return self.lengths[1]

    def least_lead_length(self, _: "Commonest") -> float:
        """Return the length of title and lead."""
        return self.lengths[1]

    def measure(self, lengths: Lengths, arrived: int) -> None:
        """Take other lengths, now that more have arrived."""
        self.lengths, self.measured = lengths, arrived


@dataclass(slots=True, eq=False)
class StoredReport:
    """A report that may be joined, measured when it is asked for; for the rest as `Kept`."""

    key: str
    story: str
    place: int
    measured: int
    filed: Filed
    arrivals: Arrivals
    met: tuple[tuple["StoredReport", int], ...]  # of its story as it came, and when measured
    _sight: Sight | None = None
    _report: Report | None = None
    _joined: float | None = None
    _lengths: dict[int, Lengths] = field(default_factory=dict)  # by when they were measured

    @property
    def packed(self) -> KeptReport:
        """The report as it is kept."""
        return self.filed.report

    @property
    def report(self) -> Report:
        """The report without the light terms of its whole text."""
        if self._report is None:
            self._report = lightened(self.sight)
        return self._report

    @property
    def sight(self) -> Sight:
        """The whole report with the weight of each term as it was on arrival."""
        if self._sight is None:
            rare = self._rare(distinct_terms(self.packed), self.place)
            self._sight = sight_of(unpack_report(self.packed), rare)
        return self._sight

    @property
    def joined(self) -> float | None:
        """How like its story it was when it came; None: it was the first."""
        if self._joined is None and self.met:
            self._joined = nearness(
                [
                    likeness(self.sight, kept.report, kept.lengths_at(when))
                    for kept, when in self.met
                ]
            )
        return self._joined

    @property
    def lengths(self) -> Lengths:
        """Its lengths as they were measured last."""
        return self.lengths_at(self.measured)

    @property
    def lead(self) -> Counts:
        """Its terms in title and lead."""
        return unpack_lead(self.packed)

    @property
    def lead_length(self) -> float:
        """The length of title and lead: of many reports no other is asked for."""
        if self.measured in self._lengths:
            return self._lengths[self.measured][1]
        lead = self.lead
        return length_by(lead, self._rare(lead, self.measured))

    def least_lead_length(self, commonest: "Commonest") -> float:
        """Return a length that title and lead have at least: quicker to tell than how much.

        No term was more common when the report was measured than it is in all that is stored.
        """
        if self.measured in self._lengths:
            return self._lengths[self.measured][1]
        most = fame(self.measured)
        weights = [
            (count * rare) ** 2
            for term, count in self.lead.items()
            if (rare := most - commonest[term]) > 0
        ]
        return math.sqrt(sum(weights)) * (1 - _ROUNDING)

    @property
    def counted(self) -> Sequence[str]:
        """The terms it was counted with."""
        return distinct_terms(self.packed)

    def measure(self, lengths: Lengths, arrived: int) -> None:
        """Take other lengths, now that more have arrived."""
        self._lengths[arrived], self.measured = lengths, arrived

    def lengths_at(self, arrived: int) -> Lengths:
        """Return its lengths as they were when so many had arrived."""
        if arrived not in self._lengths:
            is_new = arrived == self.place
            self._lengths[arrived] = (
                self.sight.lengths
                if is_new
                else lengths_by(self.report, self._rare(terms_of(self.report), arrived))
            )
        return self._lengths[arrived]

    def _rare(self, terms: Iterable[str], arrived: int) -> dict[str, float]:
        return rarities(terms, arrived, partial(_count, self.arrivals, arrived))


class Commonest(dict[str, float]):
    """What is taken off the weights of terms, as if all stored reports had arrived."""

    def __init__(self, arrivals: Arrivals) -> None:
        super().__init__()
        self._most = arrivals.most

    def __missing__(self, term: str) -> float:
        found = self[term] = commonness(term, self._most(term))
        return found


def _count(arrivals: Arrivals, arrived: int, term: str, _: int) -> int:
    return arrivals.count(term, arrived)


def lightened(sight: Sight) -> Report:
    """Return a report without the light terms of its whole text."""
    counts = sight.report.whole
    if len(counts) <= _KEPT_TERMS:
        return sight.report
    heaviest = sorted((-weight, term) for term, weight in sight.fields[0].items())
    return replace(sight.report, whole={t: counts[t] for _, t in heaviest[:_KEPT_TERMS]})
