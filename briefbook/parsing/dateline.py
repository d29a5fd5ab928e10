"""Datelines: where, when and by which agency a report was filed, in front of its first sentence.

In: a paragraph. Out: its dateline, and the paragraph without it. A place counts when it is written
in capitals or an agency stands behind it: "Oslo - a city of boats" is prose.
"""

import re
from functools import lru_cache

_DATELINE = re.compile(
    r"^\W{0,3}(?P<place>[^\W\d_][^\n—–―:]{1,60}?)"
    r"(?:,\s*(?P<date>[^\n()—–―]{3,30}?))?\s*"
    r"(?:\((?P<agency>[^()\n]{2,40})\))?\s*(?:—|–|―|--|\s-(?=\s))\s+(?=\S)"
)
# What every dateline has, but for a single hyphen between spaces.
_DASHES = ("—", "–", "―", "--")
_SPACED_HYPHEN = re.compile(r"-(?<=\s.)(?=\s)")
# "(CNN) The …", "Oslo, Norway (Reuters) The …": a known agency needs no dash.
_AGENCY = re.compile(
    r"^(?:[^\W\d_][\w.’'-]*(?:,?\s[^\W\d_][\w.’'-]*){0,4}\s)?"
    r"\((?:CNN|Reuters|AP|AFP|dpa|DPA|EFE|ANSA|TASS|Xinhua|Yonhap|UPI|PTI|IANS|Kyodo|Bloomberg|"
    r"Interfax|KNA)(?:\s[A-Z]\w+)?\)\s?(?:[—–―-]{1,2}\s*)?(?=[\"'“‘]?[^\W\d_a-z])"
)
# Labels in capitals that are written as a place is: "FILE - In this photo …".
_NO_PLACE = frozenset(
    "file update updated breaking exclusive watch video photo photos live analysis opinion".split()
)
_LONGEST = 140  # characters
# Digest, names and facts ask the same of a paragraph: so many openings are remembered.
_ASKED_AGAIN = 256


def dateline_of(paragraph: str) -> re.Match[str] | None:
    """Return the dateline that opens a paragraph, with groups place, date and agency."""
    return _dateline_of(paragraph[:_LONGEST])


@lru_cache(_ASKED_AGAIN)
def _dateline_of(opening: str) -> re.Match[str] | None:
    # Without a dash there is none; to look for it takes long, as anything may be a place.
    match = _DATELINE.match(opening) if _may_be_dateline(opening) else None
    if match is None:
        return None
    place = match["place"].split(",")[0].strip()
    if place.casefold() in _NO_PLACE:
        return None
    return match if place.isupper() or (match["agency"] and len(place.split()) <= 3) else None


def _may_be_dateline(opening: str) -> bool:
    has_dash = any(map(opening.__contains__, _DASHES))
    return has_dash or _SPACED_HYPHEN.search(opening) is not None


def without_dateline(paragraph: str) -> str:
    """Return a paragraph without the dateline that opens it: what is left says the same."""
    match = dateline_of(paragraph)
    if match is None and "(" in paragraph[:_LONGEST]:
        match = _AGENCY.match(paragraph[:_LONGEST])
    return paragraph[match.end() :] if match else paragraph
