"""HTML entities in a text -> the characters they stand for.

Only what ends as an entity must is one. `html.unescape` reads as a browser does, which also takes
the start of "&copy=2" for a sign, though that stands in many an address; and it cannot read a
number of thousands of digits at all.
"""

import html
import html.entities
import re
from functools import lru_cache

# "&#65" is a letter even without its semicolon, for Markdown and browsers alike.
_ENTITY = re.compile(
    r"&(?:#\d{1,7}(?!\d);?|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F]);?|[A-Za-z][A-Za-z0-9]{1,31};)"
)


def unescaped(text: str) -> str:
    """Return a text with each of its entities as the character it stands for."""
    return _ENTITY.sub(lambda found: _character(found[0]), text) if "&" in text else text


@lru_cache(maxsize=4096)  # a text has few, and some again and again
def _character(entity: str) -> str:
    if entity[1] != "#" and entity[1:] not in html.entities.html5:
        return entity  # as "&notit;", which would begin with "&not"
    return html.unescape(entity)
