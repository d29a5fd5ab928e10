"""Names of people, organisations and places: which spellings are one name, and its address.

A name has a slug, its part of an address, and a slug has a key; names of one kind with equal keys
are one. Two names that are not surely the same have different keys: a page that mixes two people is
worse than two pages of one.

What makes no difference: case, accents, apostrophes, points, hyphen or space, a leading "the"; for
people titles, "Jae-myung Lee" for "Lee Jae-myung", and how a given name is divided ("Gyuback",
"Gyu-back"); for organisations and places British or American spelling and the short forms of the
tables below. What does: every other letter, middle initials, a given name that is only an initial.
"""

import hashlib
import re
from functools import lru_cache

from briefbook.text.expressions import compiled
from briefbook.text.filenames import is_device
from briefbook.text.words import collapsed

PERSON, ORGANISATION, PLACE = KINDS = ("person", "organisation", "place")

_REMEMBERED = 1 << 16  # names whose slug is remembered: most stand in many entries
_MOST_READ = 400  # characters of a name that are read
_LONGEST = 80  # characters of a slug, as of every other
_HASH = 6  # hexadecimal digits that tell apart what a slug cannot

_APOSTROPHES = re.compile("['’‘ʼ`´′＇]")
_INITIALS = re.compile(r"(?<![^\W_])((?:[^\W\d_]\.)+)")
_IN_BRACKETS = re.compile(r"(?<=\S)\s*\([^()]{1,40}\)$")
# Signs of which many have one transliteration: "li wei" is more than one name.
_IDEOGRAPHS = "[\u3400-\u9fff\uf900-\ufaff]"
# Full names without a space have three of these at least; two may be a family name.
_UNSPACED = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_FULL_UNSPACED = 3

_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame president minister general gen lieutenant lt
    major maj colonel col captain capt admiral adm brigadier brig sergeant sgt senator sen
    governor gov secretary ambassador chancellor premier congressman congresswoman rep""".split()
)
# Romanised family names of most Koreans, where a hyphenated given name stands before them.
_KOREAN_FAMILIES = frozenset(
    """kim lee yi rhee park pak choi choe jung jeong chung kang cho jo yoon yun jang chang lim im
    han oh seo shin sin kwon hwang ahn an song ryu yoo yu hong jeon jun ko koh go moon mun yang
    son sohn bae baek paik heo hur nam shim sim noh roh ha kwak sung seong cha joo ju woo wu koo
    ku min jin ji na um eom chae won cheon bang kong gong hyun ham byun yeom choo do seok
    ban pyo""".split()
)
_KOREAN_GIVEN = re.compile(r"[^\W\d_]{2,6}-[^\W\d_]{2,6}")

# Whole names that are another's, as slugs.
_SAME_PLACE = {
    **dict.fromkeys(("us", "usa", "united-states-of-america"), "united-states"),
    **dict.fromkeys(("uk", "gb"), "united-kingdom"),
    "uae": "united-arab-emirates",
    **dict.fromkeys(("rok", "republic-of-korea", "s-korea"), "south-korea"),
    **dict.fromkeys(("dprk", "democratic-peoples-republic-of-korea", "n-korea"), "north-korea"),
    **dict.fromkeys(("prc", "peoples-republic-of-china"), "china"),
    "turkiye": "turkey",
    "czechia": "czech-republic",
    "kiev": "kyiv",
    "burma": "myanmar",
    "cote-divoire": "ivory-coast",
    "washington-dc": "washington",
}
_SAME_ORGANISATION = {
    "un": "united-nations",
    "eu": "european-union",
    "north-atlantic-treaty-organization": "nato",
    "north-atlantic-treaty-organisation": "nato",
}
# The start of longer names: "US Army" is "United States Army".
_SAME_START = {
    "us": "united states",
    "uk": "united kingdom",
    "un": "united nations",
    "eu": "european union",
}
_AMERICAN = {
    "defence": "defense",
    "offence": "offense",
    "centre": "center",
    "theatre": "theater",
    "programme": "program",
    "programmes": "programs",
    "harbour": "harbor",
    "armour": "armor",
    "armoured": "armored",
    "aluminium": "aluminum",
    "grey": "gray",
}
_BRITISH_ENDING = re.compile(r"(?<=[a-z]{4}i)s(?=(?:ations?|ed|ing)$)")

# What each text calls something of its own: no name that two texts share.
_SHORT_FORMS = frozenset(
    """academy administration agency alliance army assembly association authority bank board bureau
    cabinet center centre chamber commission committee company congress corporation council court
    department embassy federation force forces foundation fund government group house institute
    marines ministry navy office opposition organization organisation panel parliament party police
    senate service state union university city capital country north south east west region
    province district island""".split()
)


def plain_slug(text: str) -> str:
    """Return the part of an address that a text gives: ASCII; "" for one of signs only.

    It is its own slug, and two texts with one slug differ in case, accents and punctuation only.
    """
    from slugify import slugify  # brings a table of all scripts along

    plain = _APOSTROPHES.sub("", collapsed(text[:_MOST_READ]))
    return _told_apart(slugify(plain), plain)


@lru_cache(maxsize=_REMEMBERED)
def name_slug(kind: str, name: str) -> str:
    """Return the part of an address that a name gives: ASCII; "" for one of signs only.

    Args:
        kind: person, organisation or place.
        name: As a text has it.
    """
    from slugify import slugify

    text = _APOSTROPHES.sub("", collapsed(name[:_MOST_READ]))
    text = _INITIALS.sub(lambda found: found[1].replace(".", ""), text)
    if kind == ORGANISATION:
        text = _IN_BRACKETS.sub("", text).replace(" & ", " and ").replace("&", "")
    if kind == PERSON:
        text = _family_first(text)
    words = _without_lead(kind, _joined_initials(slugify(text).split("-")))
    slug = "-".join(words)
    same = {PLACE: _SAME_PLACE, ORGANISATION: _SAME_ORGANISATION}.get(kind, {})
    return _told_apart(same.get(slug, slug), text)


def name_key(kind: str, slug: str) -> str:
    """Return what the slugs of all spellings of one name have in common."""
    first, *rest = slug.split("-")
    if kind == PERSON:
        # The first word divides "Fang An" from "Fan Gan".
        return f"{first} {''.join(rest)}"
    if kind == ORGANISATION and rest:
        first = _SAME_START.get(first, first)
    return " ".join(_american(word) for word in (first, *rest))


def is_full(kind: str, name: str) -> bool:
    """Tell whether a name is enough to know whom another text means by it.

    "Kim", "J. Kim" and "the Ministry" are short for something that only their own text says.
    """
    slug = name_slug(kind, name)
    if kind != PERSON:
        return len(slug) > 1 and slug not in _SHORT_FORMS
    if " " not in collapsed(name):
        return len(compiled(_UNSPACED).findall(name)) >= _FULL_UNSPACED
    return sum(len(word) > 1 for word in slug.split("-")) > 1


def _family_first(text: str) -> str:
    """Return "Lee Jae-myung" for "Jae-myung Lee"; anything else as it stands."""
    given, _, family = text.partition(" ")
    if family.lower() in _KOREAN_FAMILIES and _KOREAN_GIVEN.fullmatch(given):
        second = given.partition("-")[2]
        return f"{family} {given}" if second.islower() else text
    return text


def _joined_initials(words: list[str]) -> list[str]:
    """Return words with initials that stand beside each other as one: "j", "p" as "jp"."""
    joined: list[str] = []
    was_initial = False
    for word in words:
        is_initial = len(word) == 1 and word.isalpha()
        if is_initial and was_initial:
            joined[-1] += word
        else:
            joined.append(word)
        was_initial = is_initial
    return joined


def _without_lead(kind: str, words: list[str]) -> list[str]:
    """Return words without titles of a person or a leading "the"; one word is left at least."""
    lead = _TITLES if kind == PERSON else {"the"}
    start = 0
    while start < len(words) - 1 and words[start] in lead:
        start += 1
    return words[start:]


def _told_apart(slug: str, text: str) -> str:
    """Return a slug with a hash where other names might have the same, shortened if too long."""
    is_alone = text.isascii() or not compiled(_IDEOGRAPHS).search(text)
    if not slug or (len(slug) <= _LONGEST and is_alone and not is_device(slug)):
        return slug
    return f"{slug[: _LONGEST - _HASH - 1].strip('-')}-{text_hash(text)}"


def text_hash(text: str) -> str:
    """Return a few digits that no other text has, whatever its case."""
    # Half a character of a pair has no bytes in UTF-8; it is told apart all the same.
    return hashlib.sha256(text.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]


def _american(word: str) -> str:
    return _AMERICAN.get(word) or _BRITISH_ENDING.sub("z", word)
