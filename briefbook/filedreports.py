"""Filed reports: what filing new texts needs of the latest entries, read once for each.

Joins filing and what is remembered for `composing.py`. The key of a report has a hash of all that
it is read from, so a kept one is never another than would be read now.
"""

import hashlib
from collections.abc import Callable

from briefbook.asking import joined
from briefbook.filing import filed_report
from briefbook.grouping import FiledReport
from briefbook.model import Entry
from briefbook.remembering import Memory

ReportOf = Callable[[Entry], FiledReport]


class FiledReports:
    """The reports of the entries behind which new texts are filed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._entries: dict[str, Entry] = {}
        self._report = memory.question("filed report", lambda key: filed_report(self._entries[key]))

    def start(self) -> None:
        """Begin a build."""
        self._entries = {}

    def of(self, entry: Entry) -> FiledReport:
        """Return the report of an entry."""
        key = joined(entry.slug, _hash(entry))
        self._entries[key] = entry
        return self._report(key)

    def tidy(self) -> None:
        """Forget the reports that were not asked for, if any were: others have come after them."""
        if self._entries:
            for key in [*self._memory.keys(self._report)]:
                if key not in self._entries:
                    self._memory.forget(self._report, key)


def _hash(entry: Entry) -> str:
    # All of it: less would have to be what filing reads, here and in years.
    return hashlib.blake2b(repr(entry).encode("utf-8", "replace"), digest_size=16).hexdigest()
