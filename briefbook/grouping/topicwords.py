"""Words of topics: where the words and phrases an editor wrote for topics stand in a text.

One pass over the terms of a text finds the words of all topics, however many there are: they are
looked up by their first term. A word in small letters matches any case; one with a capital first
letter matches where the text has one too; one with further capitals matches as it stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefbook.grouping.topicterms import Term, share_of, terms_of, weight_of

# A word of capitals that is a common word in small letters, such as US or WHO, tells this much.
_CAPITALS_WEIGHT = 3.0
# Endings that names take: "Regierungen", "Korean".
_NAME_ENDINGS = ("n", "en", "er", "es", "em", "e")
_SHORTEST_INFLECTED = 5


@dataclass(frozen=True, slots=True)
class TopicWord:
    """A word or phrase as an editor wrote it."""

    text: str
    terms: tuple[Term, ...]
    weight: float  # how much it tells: that of its rarest term
    share: float  # in what share of general news it stands

    def stands_at(self, terms: Sequence[Term], at: int) -> bool:
        """Tell whether it stands in a text at a term, whose key is known to fit."""
        if len(self.terms) > len(terms) - at:
            return False
        return all(_fits(own, terms[at + n], is_first=not n) for n, own in enumerate(self.terms))


def read_words(given: Iterable[str]) -> tuple[TopicWord, ...]:
    """Read an editor's words and phrases, each once however inflected; signs alone are none."""
    read = [_read(text, terms) for text in given if (terms := tuple(terms_of(text)))]
    return tuple({tuple(map(_meant, word.terms)): word for word in reversed(read)}.values())[::-1]


def _read(text: str, terms: tuple[Term, ...]) -> TopicWord:
    weights = [_weight(term) for term in terms]
    share = min(share_of(term.key) for term in terms)
    return TopicWord(text, terms, max(weights), share)


def _weight(term: Term) -> float:
    weight = weight_of(term.key)
    return _CAPITALS_WEIGHT if not weight and _is_acronym(term.raw) else weight


def _meant(term: Term) -> str:
    return term.raw if _is_acronym(term.raw) else term.key


def _is_acronym(raw: str) -> bool:
    """Tell whether capitals are meant as they stand, and not as the start of a name."""
    return len(raw) > 1 and raw[1:] != raw[1:].lower()


def _fits(own: Term, other: Term, *, is_first: bool) -> bool:
    if _is_acronym(own.raw):
        return own.raw == other.raw
    if own.key != other.key and not is_first:
        return False
    return not own.raw[:1].isupper() or other.raw[:1] != other.raw[:1].lower()


@dataclass(slots=True)
class WordIndex:
    """The words of several topics, by the key of their first term."""

    # Topic, number and the word, or None where its key is all that has to fit: of most words.
    _entries: defaultdict[str, list[tuple[int, int, TopicWord | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, topic: int, words: Iterable[TopicWord]) -> None:
        """Add the words of a topic, known by its number; theirs is their place."""
        for number, word in enumerate(words):
            first = word.terms[0]
            is_plain = len(word.terms) == 1 and first.raw == first.raw.lower()
            for key in _forms(first) if len(word.terms) == 1 else (first.key,):
                self._entries[key].append((topic, number, None if is_plain else word))

    def find(self, terms: Sequence[Term]) -> Iterable[tuple[int, int, int]]:
        """Yield each match as (position, topic, number), in the order of the text."""
        entries = self._entries
        for at, term in enumerate(terms):
            if term[0] in entries:
                for topic, number, word in entries[term[0]]:
                    if word is None or word.stands_at(terms, at):
                        yield at, topic, number


def _forms(term: Term) -> tuple[str, ...]:
    """Return the keys a text may have for a word: names take endings no plural has."""
    if not term.raw[:1].isupper() or _is_acronym(term.raw) or len(term.key) < _SHORTEST_INFLECTED:
        return (term.key,)
    return tuple(dict.fromkeys((term.key, *(term.key + ending for ending in _NAME_ENDINGS))))
