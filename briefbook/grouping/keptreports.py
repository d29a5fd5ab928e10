"""Kept reports: what filing into stories needs of a text, small enough to keep for every entry.

In: an item, read once. Out: a value of about two kilobytes, of strings and bytes alone, that loads
in a microsecond; the report it is unpacked to is equal to the one that was packed, to the last bit
and in the order of its terms.
"""

import hashlib
from array import array
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from briefbook.grouping.reports import Report, read_report
from briefbook.model import Item

_STAMP = 8  # bytes of a stamp


class KeptReport(NamedTuple):
    """A report as it is kept: pure data, equal for equal texts and dates."""

    stamp: bytes  # a hash of all that follows
    terms: str  # of title and text in order of first mention, a line each
    whole: tuple[bytes, bytes]  # their counts: the values there are, and the place of each in them
    lead: tuple[bytes, bytes]  # counts in title and lead of the first of them: those stand first
    names: bytes  # places of the names
    numbers: bytes
    pairs: str  # a line each
    months: tuple[str, ...]  # sorted
    weekday: str | None
    day: int | None


class Filed(Protocol):
    """The report of an item that has a story."""

    @property
    def key(self) -> str:
        """The key of its item."""

    @property
    def story(self) -> str:
        """The key of its story."""

    @property
    def stamp(self) -> bytes:
        """The stamp of its report: most reports are asked for nothing else."""

    @property
    def report(self) -> KeptReport:
        """Its report."""


class FiledReport(NamedTuple):
    """A filed report whose report is at hand."""

    key: str
    story: str
    report: KeptReport

    @property
    def stamp(self) -> bytes:
        """The stamp of its report."""
        return self.report.stamp


def report_of(item: Item) -> KeptReport:
    """Read what of an item tells which event it is about, in a form to keep."""
    return pack_report(read_report(item))


def pack_report(report: Report) -> KeptReport:
    """Return a report in a form to keep."""
    places = {term: n for n, term in enumerate(report.whole)}
    found = KeptReport(
        stamp=b"",
        terms="\n".join(report.whole),
        whole=_packed_counts(report.whole),
        lead=_packed_counts(report.lead),
        names=_packed(places[term] for term in report.names),
        numbers=_packed(places[term] for term in report.numbers),
        pairs="\n".join(report.pairs),
        months=tuple(sorted(report.months)),
        weekday=report.weekday,
        day=report.day,
    )
    stamp = hashlib.blake2b(repr(found).encode(), digest_size=_STAMP).digest()
    return found._replace(stamp=stamp)


def unpack_report(kept: KeptReport) -> Report:
    """Return the report that was packed."""
    terms = _lines(kept.terms)
    return Report(
        whole=dict(zip(terms, _counts(kept.whole), strict=True)),
        lead=unpack_lead(kept),
        names={terms[n]: 1 for n in _unpacked(kept.names)},
        pairs=dict.fromkeys(_lines(kept.pairs), 1),
        numbers={terms[n]: 1 for n in _unpacked(kept.numbers)},
        months=frozenset(kept.months),
        weekday=kept.weekday,
        day=kept.day,
    )


def unpack_lead(kept: KeptReport) -> dict[str, float]:
    """Return the counts of title and lead alone."""
    counts = _counts(kept.lead)
    # Title and lead are read first, so their terms are the first ones of the whole text.
    return dict(zip(kept.terms.split("\n", len(counts)), counts, strict=False))


def distinct_terms(kept: KeptReport) -> list[str]:
    """Return each term and each pair once, as `Report.distinct`."""
    return [*_lines(kept.terms), *_lines(kept.pairs)]


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _packed(places: Iterable[int]) -> bytes:
    # A text has some thousands of terms at most: two bytes each.
    return array("H", places).tobytes()


def _unpacked(places: bytes) -> Iterable[int]:
    return memoryview(places).cast("H")


def _packed_counts(counts: Mapping[str, float]) -> tuple[bytes, bytes]:
    # A text has many terms and few counts, so each count is written once.
    values = {value: n for n, value in enumerate(dict.fromkeys(counts.values()))}
    return array("d", values).tobytes(), _packed(values[v] for v in counts.values())


def _counts(packed: tuple[bytes, bytes]) -> list[float]:
    values = memoryview(packed[0]).cast("d")
    return [values[place] for place in _unpacked(packed[1])]
