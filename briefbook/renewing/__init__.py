"""Renewing: what the parser of today, or the stories of today, would make of old entries.

Stands above the build, which never does so by itself: an archive does not change behind the back of
its editor. `reparse` and `refile` find what would change and write nothing; `shown_reparsing` and
`shown_refiling` show it.
"""

from briefbook.renewing.comparison import shown_refiling, shown_reparsing
from briefbook.renewing.refiling import Refiling, refile
from briefbook.renewing.reparsing import Reparsing, reparse

__all__ = [
    "Refiling",
    "Reparsing",
    "refile",
    "reparse",
    "shown_refiling",
    "shown_reparsing",
]
