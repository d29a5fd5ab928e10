"""Characters: counted and looked for in a line without looking at each one from Python.

Most lines are of ASCII letters alone, where bytes are counted in no time.
"""

import re

from briefbook.text.words import folded

# What `str.isdigit` calls a digit: also superscripts, numbers in circles and the like.
_DIGIT = re.compile(
    r"[\d²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒"
    "\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a]"
)
_DIGITS = b"0123456789"
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = b"abcdefghijklmnopqrstuvwxyz"

_JOINERS = "'-.&"
_JOINS_NOTHING = re.compile(r"['\-.&](?:(?<![A-Za-z0-9].)|(?![A-Za-z0-9]))")
_LETTERS = re.compile(r"[^\W\d_]+")
# Signs that stand in texts otherwise of ASCII, none of them a letter.
_TYPOGRAPHIC = "“”–—…‘\u00a0•·«»"


def small_or_space(kept: str) -> bytes:
    """Return a table for `bytes.translate`: small letters for letters, space for all but these."""
    ascii_ = map(chr, range(128))
    table = "".join(c.lower() if c.isalpha() or c in kept else " " for c in ascii_)
    return table.encode("ascii").ljust(256)


_LETTERS_ALONE = small_or_space("")
_WORDS = small_or_space("0123456789" + _JOINERS)


def count_digits(text: str) -> int:
    """Return how many characters are digits."""
    return _count(text, _DIGITS) if text.isascii() else len(_DIGIT.findall(text))


def has_digit(text: str) -> bool:
    """Tell whether a character is a digit."""
    return (_count(text, _DIGITS) > 0) if text.isascii() else _DIGIT.search(text) is not None


def count_capitals(text: str) -> int:
    """Return how many characters are capital letters."""
    return _count(text, _CAPITALS) if text.isascii() else sum(map(str.isupper, text))


def count_small(text: str) -> int:
    """Return how many characters are small letters."""
    return _count(text, _SMALL) if text.isascii() else sum(map(str.islower, text))


def _count(text: str, counted: bytes) -> int:
    return len(text) - len(text.encode("ascii").translate(None, counted))


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


def in_ascii(text: str) -> str | None:
    """Return a text with plain signs for typographic ones, None if that is not all in ASCII.

    A curly apostrophe becomes a straight one, any other sign a space, so that the length stays.
    """
    if not text.isascii():
        text = text.replace("’", "'")
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    return text if text.isascii() else None


def divided(plain: str, table: bytes) -> list[str]:
    """Return the words of a text in ASCII: what is left by a table of `small_or_space`."""
    return plain.encode("ascii").translate(table).decode("ascii").split()


def letter_runs(text: str) -> list[str]:
    """Return every run of letters, in small letters."""
    plain = in_ascii(text)
    return _LETTERS.findall(text.lower()) if plain is None else divided(plain, _LETTERS_ALONE)


def quickly_folded(text: str) -> str:
    """Return a text for comparing, as `folded` does."""
    plain = in_ascii(text)
    if plain is None:
        return folded(text)
    # Most full stops join nothing: that saves the pattern most of its work.
    words = divided(_JOINS_NOTHING.sub(" ", plain.replace(". ", " ")), _WORDS)
    if "'" in plain:
        words = [word.removesuffix("'s") for word in words]
    return " ".join(words)
