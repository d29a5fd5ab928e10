"""Expressions that are compiled when they are first used.

Most are compiled where they stand. Those that name thousands of characters take a millisecond or
more each, for which many a build that looks into no text would wait.
"""

import re
from functools import cache


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """Return a regular expression."""
    return re.compile(expression)
