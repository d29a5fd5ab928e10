"""Characters: counted and looked for in a line without looking at each one from Python.

Nearly all characters of most lines are of ASCII or Latin-1, where bytes are counted in no time.
"""

import re
from collections.abc import Callable

from briefbook.text.words import folded

_DIGITS = b"0123456789"
_EACH_DIGIT = tuple(_DIGITS.decode())
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = b"abcdefghijklmnopqrstuvwxyz"
_BEYOND = re.compile(r"[^\x00-\x7f]+")

_JOINERS = "'-.&"
_JOINS_NOTHING = re.compile(r"['\-.&](?:(?<![^\W_].)|(?![^\W_]))")
_LETTERS = re.compile(r"[^\W\d_]+")
# Signs that stand in texts otherwise of Latin-1, none of them a letter.
_TYPOGRAPHIC = "“”„–—…‘•€›"
# Letters and numbers of Latin-1 that fold to something else.
_ODD = "ªºµ²³¹¼½¾".encode("latin-1")


def small_or_space(kept: str) -> bytes:
    """Return a table for `bytes.translate` of Latin-1: small letters, space for all but `kept`."""
    latin = bytes(range(256)).decode("latin-1")
    return "".join(c.lower() if c.isalpha() or c in kept else " " for c in latin).encode("latin-1")


_LETTERS_ALONE = small_or_space("")
_WORDS = small_or_space("0123456789" + _JOINERS)
# What stands in no word, or in any: all that is left of a line without these is what joins words.
_PLAIN = bytes(b for b in range(256) if chr(b) not in "0123456789" + _JOINERS + "ß")


def count_digits(text: str) -> int:
    """Return how many characters are digits."""
    return _count(text, _DIGITS, str.isdigit)


def has_digit(text: str) -> bool:
    """Tell whether a character is a digit."""
    if holds_any(text, _EACH_DIGIT):
        return True
    # What is beyond ASCII in most texts are signs and letters with accents.
    return in_latin(text) is None and any(map(str.isdigit, text))


def count_capitals(text: str) -> int:
    """Return how many characters are capital letters."""
    return _count(text, _CAPITALS, str.isupper)


def count_small(text: str) -> int:
    """Return how many characters are small letters."""
    return _count(text, _SMALL, str.islower)


def _count(text: str, counted: bytes, is_counted: Callable[[str], bool]) -> int:
    """Count characters of ASCII as bytes; only the few others are asked one by one."""
    plain = text.encode("ascii", "ignore")
    found = len(plain) - len(plain.translate(None, counted))
    if len(plain) < len(text):
        found += sum(map(is_counted, "".join(_BEYOND.findall(text))))
    return found


def plain_case(text: str) -> str:
    """Return a text in small letters, so that a word `re.IGNORECASE` finds stands in it.

    Beside what `str.lower` does, that takes "ı" and "İ" for "i" and "ſ" for "s".
    """
    small = text.lower()
    if small.isascii():
        return small
    return small.replace("i̇", "i").replace("ı", "i").replace("ſ", "s")


def holds_any(text: str, parts: tuple[str, ...]) -> bool:
    """Tell whether one of these parts stands in a text: cheaper than a pattern of many words."""
    return any(map(text.__contains__, parts))


def in_latin(text: str) -> str | None:
    """Return a text with plain signs for typographic ones, None if that is not all in Latin-1.

    A curly apostrophe becomes a straight one, any other sign a space, so that the length stays. The
    few letters of Latin-1 that fold to others than themselves count as not in it, but for "ß".
    """
    if text.isascii():
        return text
    text = text.replace("’", "'")
    for sign in _TYPOGRAPHIC:
        text = text.replace(sign, " ")
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return None
    return text if len(raw.translate(None, _ODD)) == len(raw) else None


def divided(plain: str, table: bytes) -> list[str]:
    """Return the words of a text in Latin-1: what is left by a table of `small_or_space`."""
    return plain.encode("latin-1").translate(table).decode("latin-1").split()


def folded_and_letters(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text for comparing, as `folded` does, and its runs of letters in small letters."""
    plain = in_latin(text)
    if plain is None:
        return folded(text), tuple(_LETTERS.findall(text.lower()))
    # Most full stops join nothing.
    raw = plain.replace(". ", "  ").removesuffix(".").encode("latin-1")
    letters = raw.translate(_LETTERS_ALONE).decode("latin-1").split()
    if not raw.translate(None, _PLAIN):  # nothing joins: the words are the runs of letters
        return " ".join(letters), tuple(letters)
    return _quickly_folded(plain), tuple(letters)


def _quickly_folded(plain: str) -> str:
    if "ß" in plain:
        plain = plain.replace("ß", "ss")
    # Without those the pattern has little work.
    words = divided(_JOINS_NOTHING.sub(" ", plain.replace(". ", " ")), _WORDS)
    if "'" in plain:
        words = [word.removesuffix("'s") for word in words]
    return " ".join(words)
