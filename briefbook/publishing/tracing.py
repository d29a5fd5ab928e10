"""Where the sentences of a body stand in its source, marked into the tree of its HTML.

In: a block element and the traced sentences of the body. Out: the first source line of the block;
the sentences that do not stand in the source are set between marker characters, which body.py
turns into tags once the tree is text. `characters.printable` keeps sources from bringing markers.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefbook.model import TracedSentence
from briefbook.text.sentences import spans
from briefbook.text.words import collapsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Noncharacters, which Unicode leaves to programs; printable() takes them out of every text.
OPEN = "\ufdd0"
CLOSE = "\ufdd1"
AMPERSAND = "\ufdd2"
ASIDE = "\ufdd3"  # stands for a line too long for Python-Markdown

_BLOCKS = frozenset("blockquote div h2 h3 h4 h5 h6 hr li ol p pre table tbody thead tr ul".split())


@dataclass(frozen=True, slots=True)
class _Text:
    """One text node: an element's text, or the tail behind it."""

    element: "Element"
    slot: Literal["text", "tail"]

    @property
    def value(self) -> str:
        return (self.element.text if self.slot == "text" else self.element.tail) or ""

    def put(self, value: str) -> None:
        if self.slot == "text":
            self.element.text = value
        else:
            self.element.tail = value


def _own_texts(element: "Element") -> list[_Text]:
    """Return the text nodes of a block in order, without those of blocks inside it."""
    found = [_Text(element, "text")]
    for child in element:
        if child.tag not in _BLOCKS:
            found += _own_texts(child)
        found.append(_Text(child, "tail"))
    return found


def _runs(block: "Element") -> Iterator[list[_Text]]:
    """Yield the text nodes of a block that are read as one: those of a cell, or between blocks."""
    if block.tag == "tr":
        for cell in block:
            yield _own_texts(cell)
        return
    run: list[_Text] = []
    for text in _own_texts(block):
        if text.slot == "tail" and text.element.tag in _BLOCKS:
            yield run
            run = []
        run.append(text)
    yield run


def own_text(element: "Element") -> str:
    """Return the text of a block, without that of blocks inside it."""
    return "".join(text.value for text in _own_texts(element))


def shield_ampersands(element: "Element") -> None:
    """Put a marker for each ampersand: Python-Markdown would take "&lt;" in a text for markup."""
    for text in (_Text(element, "text"), _Text(element, "tail")):
        if "&" in text.value:
            text.put(text.value.replace("&", AMPERSAND))


class Tracer:
    """Finds the traced sentences of one body again, block by block, by their text."""

    def __init__(
        self, sentences: tuple[TracedSentence, ...], *, marks_unknown: bool = False
    ) -> None:
        """Take what the trace found.

        Args:
            sentences: The traced sentences of an entry.
            marks_unknown: Mark sentences the trace did not read too. It reads plainer Markdown than
                Python-Markdown does, and the parser writes only such: these are the editor's.
        """
        self._marks_unknown = marks_unknown
        self._lines: dict[str, deque[tuple[int, int] | None]] = {}
        for sentence in sentences:
            if sentence.field == "body":
                self._lines.setdefault(collapsed(sentence.text), deque()).append(sentence.lines)

    @property
    def is_idle(self) -> bool:
        """Whether it knows of no sentence and marks none: no block has a line or a mark."""
        return not self._lines and not self._marks_unknown

    def lines_of(self, text: str) -> list[int] | None:
        """Return the first source lines of the sentences of a text; None: one is the editor's."""
        lines: list[int] = []
        plain = _single_spaced(text)
        for start, end in spans(plain):
            is_editors, stands = self._look_up(plain[start:end])
            if is_editors:
                return None
            if stands is not None:
                lines.append(stands[0])
        return lines

    def trace(self, block: "Element") -> int | None:
        """Mark the editor's sentences of a block and return the first source line of the others.

        None: no sentence of the block is known to stand in the source.
        """
        if self.is_idle:
            return None
        lines: list[int] = []
        for texts in _runs(block):
            plain = _collapsed(texts)
            foreign: list[tuple[int, int]] = []
            for start, end in spans(plain):
                is_editors, stands = self._look_up(plain[start:end])
                if is_editors:
                    foreign.append((start, end))
                elif stands is not None:
                    lines.append(stands[0])
            if foreign:
                _mark(texts, _places(texts), foreign)
        return min(lines, default=None)

    def _look_up(self, sentence: str) -> tuple[bool, tuple[int, int] | None]:
        """Tell whether a sentence is the editor's, and its lines where it is known to have some."""
        known = self._lines.get(sentence)
        if known is None:
            return self._marks_unknown, None
        # A sentence that stands more than once is met in the order of the body.
        stands = known.popleft() if len(known) > 1 else known[0]
        return stands is None, stands


def _single_spaced(text: str) -> str:
    """Return a text with single spaces, none before it and one at most behind it."""
    plain = " ".join(text.split())
    return plain + " " if plain and text[-1].isspace() else plain


def _collapsed(texts: list[_Text]) -> str:
    """Return the text of nodes with single spaces; lines stand apart at a break without one."""
    return _single_spaced(
        "".join(" " + text.value if text.element.tag == "br" else text.value for text in texts)
    )


def _places(texts: list[_Text]) -> list[tuple[int, int]]:
    """Return for each character of the collapsed text its node and offset there."""
    places: list[tuple[int, int]] = []
    space = True  # at the start there is nothing to keep apart
    for index, text in enumerate(texts):
        if text.element.tag == "br" and not space:
            # Lines stand apart although no character says so.
            places.append((index, 0))
            space = True
        for offset, character in enumerate(text.value):
            is_space = character.isspace()
            if not (is_space and space):
                places.append((index, offset))
            space = is_space
    return places


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
