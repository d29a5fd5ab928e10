"""Briefbook, a static news-briefing site generator.

As a library: what `build` uses to understand and file texts. The README documents each call.
"""

from typing import TYPE_CHECKING

from briefbook.doors import door

if TYPE_CHECKING:
    from briefbook.grouping import agreements, differences, file_stories, file_topics
    from briefbook.model import (
        Agreement,
        Article,
        Claim,
        Difference,
        Item,
        Line,
        Name,
        TopicSpec,
    )
    from briefbook.parsing import find_names, parse_text, summarise
else:
    # A command reads this file too, and most need nothing of it.
    __getattr__ = door(
        __name__,
        {
            "grouping": ("agreements", "differences", "file_stories", "file_topics"),
            "model": (
                "Agreement",
                "Article",
                "Claim",
                "Difference",
                "Item",
                "Line",
                "Name",
                "TopicSpec",
            ),
            "parsing": ("find_names", "parse_text", "summarise"),
        },
    )

__version__ = "0.1.0"

__all__ = [
    "Agreement",
    "Article",
    "Claim",
    "Difference",
    "Item",
    "Line",
    "Name",
    "TopicSpec",
    "agreements",
    "differences",
    "file_stories",
    "file_topics",
    "find_names",
    "parse_text",
    "summarise",
]


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
