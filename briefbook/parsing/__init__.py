"""Parsing: a raw text to an `Article`. A pure function of text and the editor's word on its lines.

`parse` and `parse_text` understand a text, `find_names` and `summarise` do so in part. Other rooms
use nothing else.
"""

from typing import TYPE_CHECKING

from briefbook.doors import door

if TYPE_CHECKING:
    from briefbook.parsing.digest import summarise
    from briefbook.parsing.naming import find_names
    from briefbook.parsing.understanding import parse, parse_text, split_lines
else:
    # What understands texts takes longest of all to load, and most builds read no new one.
    __getattr__ = door(
        __name__,
        {
            "digest": ("summarise",),
            "naming": ("find_names",),
            "understanding": ("parse", "parse_text", "split_lines"),
        },
    )

__all__ = ["PARSER", "find_names", "parse", "parse_text", "split_lines", "summarise"]

# Version of the parser: raised when the same source may give another entry.
PARSER = 4
