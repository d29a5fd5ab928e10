"""Noting: what filing reads of a text, read while the text is parsed, where several may work.

Joins parsing and grouping. What is noted depends on what a text says and on nothing else, so it
serves whoever has the same title, text and date, such as the entry that is made of it.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefbook import grouping, parsing
from briefbook.filing import source_item
from briefbook.model import Article, Item, Override, SourceFile

if TYPE_CHECKING:
    from briefbook.grouping import KeptReport, TopicFeatures


class TextNotes(NamedTuple):
    """What filing reads of one text."""

    mark: bytes  # of what it was read from, as `_mark` returns it
    report: "KeptReport"
    features: "TopicFeatures | None"  # None: they were asked for, which nobody does twice


def parse_noting(source: SourceFile, overrides: Sequence[Override]) -> tuple[Article, TextNotes]:
    """Parse a text, and note what filing will read of it."""
    article = parsing.parse(source, overrides)
    item = source_item(source, article)
    return article, TextNotes(_mark(item), grouping.report_of(item), grouping.topic_features(item))


class Notes:
    """What was noted of the texts of one build."""

    def __init__(self) -> None:
        self._notes: dict[bytes, TextNotes] = {}

    def start(self) -> None:
        """Begin a build."""
        self._notes = {}

    def take(self, notes: TextNotes) -> None:
        """Know what was noted."""
        self._notes[notes.mark] = notes

    def report_of(self, item: Item) -> "KeptReport":
        """Return what `grouping.report_of` does."""
        noted = self._notes.get(_mark(item)) if self._notes else None
        return noted.report if noted else grouping.report_of(item)

    def topic_features(self, item: Item) -> "TopicFeatures":
        """Return what `grouping.topic_features` does."""
        mark = _mark(item) if self._notes else b""
        noted = self._notes.get(mark)
        if noted is None or noted.features is None:
            return grouping.topic_features(item)
        self._notes[mark] = noted._replace(features=None)  # many are held, none for nothing
        return noted.features


def _mark(item: Item) -> bytes:
    """Return what tells an item from any that says something else."""
    # No part can end where another begins: what stands before says how long each is.
    said = (item.title, item.published or "", item.text)
    head = f"{len(said[0])} {len(said[1])}\n"
    return hashlib.blake2b(
        "".join((head, *said)).encode("utf-8", "surrogatepass"), digest_size=16
    ).digest()
