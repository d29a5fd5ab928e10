"""Explaining: why a text became what it became, for the screen, for programs and as Markdown.

Stands above the build, which files the same texts and needs no reasons. `explain` takes one file,
`explain_all` several, entries too; `shown`, `as_json` and `report` say what was found. Adding shows
the lines of a text as `shown` does, and a build says what its texts without a topic share.
"""

from briefbook.explaining.explain import Explanation, as_json, explain, explain_all
from briefbook.explaining.explanation import counted_lines, line_rows, shown
from briefbook.explaining.reporting import report
from briefbook.explaining.topicnotes import unfiled_notes

__all__ = [
    "Explanation",
    "as_json",
    "counted_lines",
    "explain",
    "explain_all",
    "line_rows",
    "report",
    "shown",
    "unfiled_notes",
]
