"""Visible: somebody else's text, such that it can neither command a terminal nor turn a line."""

import re
import unicodedata

# What XML 1.0 refuses (most C0 controls, surrogates, U+FFFE and U+FFFF), the C1 controls, and the
# noncharacters U+FDD0..U+FDEF, which Unicode leaves to programs: bodies are marked with them on
# their way to a page, so no source may bring its own. No page or feed holds any of these.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

# Persian, Hindi and emoji need these to be shown right; they do nothing else.
_JOINERS = frozenset("\u200c\u200d")


def visible(text: str) -> str:
    """Return a text with a space for each odd space and � for each character that is no text."""
    return text if text.isprintable() else "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    if character.isprintable() or character == "\n" or character in _JOINERS:
        return character
    return " " if character == "\t" or unicodedata.category(character) == "Zs" else "�"


def named(text: str) -> str:
    """Return a text with each character that would not show by its number, and each space as ␣."""
    return "".join(map(_named_character, text))


def _named_character(character: str) -> str:
    if character == " ":
        return "␣"
    return character if character.isprintable() else f"U+{ord(character):04X}"
