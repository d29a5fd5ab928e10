"""Where the sentences of a body stand in its source, marked into the tree of its HTML.

In: a block element and the traced sentences of the body. Out: the first source line of the block;
the sentences that do not stand in the source are set between marker characters, which body.py
turns into tags once the tree is text. `characters.printable` keeps sources from bringing markers.
"""

from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from briefbook.model import TracedSentence
from briefbook.text.words import collapsed

# Noncharacters, which Unicode leaves to programs; printable() takes them out of every text.
OPEN = "\ufdd0"
CLOSE = "\ufdd1"
AMPERSAND = "\ufdd2"
ASIDE = "\ufdd3"  # stands for a line too long for Python-Markdown

_BLOCKS = frozenset("blockquote div h2 h3 h4 h5 h6 hr li ol p pre table tbody thead tr ul".split())
# How many sentences ahead a block is compared with: enough to step over a few that the HTML shows
# otherwise than the trace read them, few enough that a long body stays linear.
_AHEAD = 40


@dataclass(frozen=True, slots=True)
class _Text:
    """One text node: an element's text, or the tail behind it."""

    element: Element
    slot: Literal["text", "tail"]

    @property
    def value(self) -> str:
        return (self.element.text if self.slot == "text" else self.element.tail) or ""

    def put(self, value: str) -> None:
        if self.slot == "text":
            self.element.text = value
        else:
            self.element.tail = value


def _own_texts(element: Element) -> list[_Text]:
    """Return the text nodes of a block in order, without those of blocks inside it."""
    found = [_Text(element, "text")]
    for child in element:
        if child.tag not in _BLOCKS:
            found += _own_texts(child)
        found.append(_Text(child, "tail"))
    return found


def own_text(element: Element) -> str:
    """Return the text of a block, without that of blocks inside it."""
    return "".join(text.value for text in _own_texts(element))


def shield_ampersands(element: Element) -> None:
    """Put a marker for each ampersand: Python-Markdown would take "&lt;" in a text for markup."""
    for text in (_Text(element, "text"), _Text(element, "tail")):
        if "&" in text.value:
            text.put(text.value.replace("&", AMPERSAND))


class Tracer:
    """Finds the traced sentences of one body again, block by block, in order."""

    def __init__(self, sentences: tuple[TracedSentence, ...]) -> None:
        self._waiting = [
            (collapsed(sentence.text), sentence.lines)
            for sentence in sentences
            if sentence.field == "body"
        ]

    def trace(self, block: Element) -> int | None:
        """Mark the editor's sentences of a block and return the first source line of the others.

        None: no sentence of the block is known to stand in the source.
        """
        texts = _own_texts(block)
        plain, places = _collapse(texts)
        lines: list[int] = []
        foreign: list[tuple[int, int]] = []
        end = 0
        for waiting in self._waiting[:_AHEAD]:
            sentence, stands = waiting
            start = _find(plain, sentence, end)
            if start < 0:
                continue
            self._waiting.remove(waiting)
            end = start + len(sentence)
            if stands is None:
                foreign.append((start, end))
            else:
                lines.append(stands[0])
        _mark(texts, places, foreign)
        return min(lines, default=None)


def _collapse(texts: list[_Text]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text with single spaces, and for each character its node and offset there."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    space = True  # at the start there is nothing to keep apart
    for index, text in enumerate(texts):
        if text.element.tag in ("td", "th", "br") and not space:
            # Cells and lines stand apart although no character says so.
            characters.append(" ")
            places.append((index, 0))
            space = True
        for offset, character in enumerate(text.value):
            if character.isspace():
                if not space:
                    characters.append(" ")
                    places.append((index, offset))
                space = True
            else:
                characters.append(character)
                places.append((index, offset))
                space = False
    return "".join(characters), places


def _find(plain: str, sentence: str, start: int) -> int:
    """Return where a sentence stands as a whole, or -1."""
    at = plain.find(sentence, start) if sentence else -1
    while at >= 0:
        end = at + len(sentence)
        after = plain[end : end + 1]
        if (at == 0 or not plain[at - 1].isalnum()) and not after.isalnum():
            return at
        at = plain.find(sentence, at + 1)
    return -1


def _mark(texts: list[_Text], places: list[tuple[int, int]], spans: list[tuple[int, int]]) -> None:
    """Set markers around spans of the collapsed text.

    Each text node gets its own pair, so a sentence that runs through bold words stays well nested.
    """
    pieces: dict[int, list[tuple[int, int]]] = {}
    for start, end in spans:
        inside: dict[int, list[int]] = {}
        for node, offset in places[start:end]:
            inside.setdefault(node, []).append(offset)
        for node, offsets in inside.items():
            pieces.setdefault(node, []).append((offsets[0], offsets[-1] + 1))
    for node, ranges in pieces.items():
        value = texts[node].value
        for start, end in reversed(ranges):
            if value[start:end].strip():
                value = value[:start] + OPEN + value[start:end] + CLOSE + value[end:]
        texts[node].put(value)
