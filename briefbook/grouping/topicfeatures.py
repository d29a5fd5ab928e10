"""Features of a text for topics: its terms, in a form to keep for every entry.

In: an item, read once. Out: a value of some kilobytes, of strings and bytes alone. What filing
reads back of it is equal, in content and order, to what it reads of the item.
"""

import hashlib
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from briefbook.grouping.topicterms import Term, terms_of
from briefbook.model import Item

# Terms of the text that are looked at, and enough characters for them in any language.
_TEXT_TERMS = 600
_TEXT_CHARACTERS = 6000
_STAMP = 8  # bytes of a stamp


class TopicText(NamedTuple):
    """The terms of a text in order, repeats kept."""

    title: list[Term]
    text: list[Term]


class TopicFeatures(NamedTuple):
    """The terms of a text as they are kept: pure data, equal for equal texts."""

    stamp: bytes  # a hash of all that follows
    keys: str  # of its terms, each once, a line each
    raws: str  # how each is written, a line each; empty where that is its key
    title: bytes  # places of the terms of the title, each an unsigned integer
    text: bytes  # of those of the text
    size: int  # bytes of such an integer: 2 as a rule


def topic_features(item: Item) -> TopicFeatures:
    """Read the terms of an item that speak for topics, in a form to keep."""
    text = read_text(item)
    places: dict[Term, int] = {}
    for term in (*text.title, *text.text):
        places.setdefault(term, len(places))
    kind = "H" if len(places) < 1 << 16 else "I"
    found = TopicFeatures(
        stamp=b"",
        keys="\n".join(term.key for term in places),
        raws="\n".join("" if term.raw == term.key else term.raw for term in places),
        title=array(kind, map(places.__getitem__, text.title)).tobytes(),
        text=array(kind, map(places.__getitem__, text.text)).tobytes(),
        size=array(kind).itemsize,
    )
    stamp = hashlib.blake2b(repr(found).encode("utf-8", "surrogatepass"), digest_size=_STAMP)
    return found._replace(stamp=stamp.digest())


def text_of(features: TopicFeatures) -> TopicText:
    """Return the terms that were kept."""
    if not features.title and not features.text:
        return TopicText([], [])
    keys, raws = features.keys.split("\n"), features.raws.split("\n")
    new = tuple.__new__  # as `Term(...)`, without a call of Python for each
    terms = [new(Term, (key, raw or key)) for key, raw in zip(keys, raws, strict=True)]
    return TopicText(
        _at(terms, features.title, features.size), _at(terms, features.text, features.size)
    )


def read_text(item: Item) -> TopicText:
    """Return the terms of an item that speak for topics."""
    text = terms_of(item.text[:_TEXT_CHARACTERS], _TEXT_TERMS)[:_TEXT_TERMS]
    return TopicText(terms_of(item.title), text)


def _at(terms: Sequence[Term], places: bytes, size: int) -> list[Term]:
    numbers = memoryview(places).cast("H" if size == array("H").itemsize else "I")
    return [terms[number] for number in numbers]
