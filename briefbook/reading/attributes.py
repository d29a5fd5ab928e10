"""How many attributes an element of a page has, before the page is parsed.

Pure. The parser compares each attribute of an element with all others: 100,000 of them, which fit
into one element of a large page, take it minutes.
"""

import re

# From the start of an element to its end; an end in a quoted value is none.
_ELEMENT = re.compile(r"""<[A-Za-z](?:[^>=]+|=\s*(?:"[^"]*"|'[^']*')?)*""")
_ATTRIBUTE = re.compile(r"""[^\s=/>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""")


def most_attributes(page: str, above: int) -> int:
    """Return how many attributes the element with the most has; 0 where none has more than so many.

    What looks like an element in a script counts too: where that ends only a parser can tell.
    """
    # An attribute has a character at least, and one that divides it from the next.
    long = (one[0] for one in _ELEMENT.finditer(page) if len(one[0]) > 2 * above)
    most = max((len(_ATTRIBUTE.findall(one)) - 1 for one in long), default=0)
    return most if most > above else 0
