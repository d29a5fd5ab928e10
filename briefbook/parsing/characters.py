"""Characters: counted and looked for in a line without looking at each one from Python.

Most lines are of ASCII letters alone, where bytes are counted in no time.
"""

import re

# What `str.isdigit` calls a digit: also superscripts, numbers in circles and the like.
_DIGIT = re.compile(
    r"[\d²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒"
    "\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a]"
)
_DIGITS = b"0123456789"
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = b"abcdefghijklmnopqrstuvwxyz"

_LETTERS = re.compile(r"[^\W\d_]+")
# Signs that stand in texts otherwise of ASCII, none of them a letter.
_TYPOGRAPHIC = "’“”–—…‘\u00a0•·«»"
# Each byte as a small letter where it is a letter, as a space where it is not.
_SMALL_OR_SPACE = bytes(
    ord(chr(i).lower()) if chr(i).isalpha() and i < 128 else 32 for i in range(256)
)


def count_digits(text: str) -> int:
    """Return how many characters are digits."""
    return _count(text, _DIGITS) if text.isascii() else len(_DIGIT.findall(text))


def has_digit(text: str) -> bool:
    """Tell whether a character is a digit."""
    return _DIGIT.search(text) is not None


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


def letter_runs(text: str) -> list[str]:
    """Return every run of letters, in small letters."""
    plain = without_typography(text)
    if plain.isascii():
        return plain.encode("ascii").translate(_SMALL_OR_SPACE).decode("ascii").split()
    return _LETTERS.findall(text.lower())


def without_typography(text: str) -> str:
    """Return a text with spaces in place of typographic signs, mostly to have it in ASCII."""
    if text.isascii():
        return text
    for sign in _TYPOGRAPHIC:
        text = text.replace(sign, " ")
    return text
