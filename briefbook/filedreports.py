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

# Returns the report of the entry in a file, which is loaded only if it is not known.
ReportOf = Callable[[str, Callable[[], Entry]], FiledReport]


def report_anew(_: str, load: Callable[[], Entry]) -> FiledReport:
    """Return the report of an entry where nobody keeps it."""
    return filed_report(load())


class FiledReports:
    """The reports of the entries behind which new texts are filed."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._load: dict[str, Callable[[], Entry]] = {}
        self._report = memory.question("filed report", lambda key: filed_report(self._load[key]()))

    def start(self) -> None:
        """Begin a build."""
        self._load = {}

    def of(
        self, mark: Callable[[str], bytes | None], zone: str, path: str, load: Callable[[], Entry]
    ) -> FiledReport:
        """Return the report of the entry in a file.

        Args:
            mark: Returns the SHA-256 of a file; None: it is not known.
            zone: The time zone of its moments without an offset.
            path: The file.
            load: Returns the entry.
        """
        content = mark(path)
        key = joined(path, zone, content.hex() if content else _hash(load()))
        self._load[key] = load
        return self._report(key)

    def tidy(self) -> None:
        """Forget the reports that were not asked for, if any were: others have come after them."""
        if self._load:
            for key in [*self._memory.keys(self._report)]:
                if key not in self._load:
                    self._memory.forget(self._report, key)


def _hash(entry: Entry) -> str:
    # All of it: less would have to be what filing reads, here and in years.
    return hashlib.blake2b(repr(entry).encode("utf-8", "replace"), digest_size=16).hexdigest()
