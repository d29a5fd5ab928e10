"""Briefbook, a static news-briefing site generator.

As a library: what `build` uses to understand and file texts. The README documents each call.
"""

import importlib
from typing import TYPE_CHECKING

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

# What is called is loaded when it is first asked for: a command reads this file too, and most need
# nothing of it.
_GROUPING = ("agreements", "differences", "file_stories", "file_topics")
_PARSING = ("find_names", "parse_text", "summarise")

if not TYPE_CHECKING:  # which knows the names by the imports above, and no others

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        room = "grouping" if name in _GROUPING else "parsing" if name in _PARSING else "model"
        return getattr(importlib.import_module(f"{__name__}.{room}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
