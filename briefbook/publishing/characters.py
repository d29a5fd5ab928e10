"""Which characters may leave the house.

In: any text. Out: the same text without what breaks XML, UTF-8 or the reader's line. Nothing else
changes; a text stays verbatim in everything a person can see.
"""

import re
from functools import lru_cache

from briefbook.text.visible import UNPRINTABLE

# Embeddings, overrides and isolates: a page shuts them in with dir and bdi, a feed reader does not.
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return a text without control characters, lone surrogates and noncharacters."""
    # None of these characters counts as printable, and nearly all texts are: that is known quicker.
    # Markup must become text here, as it always did: what is made of it is escaped.
    is_fine = type(text) is str and text.isprintable()
    return text if is_fine else UNPRINTABLE.sub("", text)


@lru_cache(maxsize=256)  # a page says in its head five times what it is called
def one_line(text: str) -> str:
    """Return a text for a place that knows no markup: printable, one line, no turned direction."""
    return " ".join(_DIRECTION.sub("", printable(text)).split())
