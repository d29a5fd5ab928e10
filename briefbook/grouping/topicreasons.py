"""Reasons of topics: which words decided that a text belongs to a topic, or what was missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefbook.grouping.topicfeatures import read_text
from briefbook.grouping.topics import Topics
from briefbook.grouping.topicterms import terms_of
from briefbook.grouping.topicwords import WordIndex, read_words
from briefbook.model import Item, TopicSpec

_MOST_TERMS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReason:
    """Why a topic was or was not given to a text."""

    slug: str
    filed: bool
    chance: float  # that it is right, 0 to 1; 0 where another fits far better or may not fit
    words: tuple[str, ...]  # its words that stand there, those named most often first
    missing: tuple[str, ...]  # its words that do not
    like_examples: tuple[str, ...]  # what the text shares with its examples, the most telling first
    near: tuple[str, ...]  # what of the text keeps company with these in news, in the same order
    required: tuple[str, ...] = ()  # of which one had to stand there, and none does
    excluded: tuple[str, ...] = ()  # that stand there


def topic_reasons(item: Item, specs: Sequence[TopicSpec]) -> tuple[TopicReason, ...]:
    """Return the reasons of each topic: those given, best first, then the nearest first."""
    topics = Topics.of(specs)
    fits = {fit.slug: fit for fit in topics.fits(read_text(item), topics.allowed(item))}
    reasons = []
    for number, spec in enumerate(specs):
        fit = fits.get(spec.slug)
        words = _standing(item, spec.words)
        reasons.append(
            TopicReason(
                slug=spec.slug,
                filed=bool(fit and fit.filed),
                chance=fit.chance if fit else 0.0,
                words=words,
                missing=tuple(word for word in spec.words if word not in words),
                like_examples=topics.shared_with_examples(item, number, _MOST_TERMS),
                near=topics.words_in_fields_of(item, number, _MOST_TERMS),
                required=() if _standing(item, spec.require) else spec.require,
                excluded=_standing(item, spec.exclude),
            )
        )
    place = {slug: n for n, slug in enumerate(fits)}
    last = len(place)
    return tuple(sorted(reasons, key=lambda r: (place.get(r.slug, last), -len(r.words), r.slug)))


def _standing(item: Item, given: Iterable[str]) -> tuple[str, ...]:
    """Return the words that stand in an item, those it names most often first."""
    words = read_words(given)
    index = WordIndex()
    index.add(0, words)
    counts = Counter(
        words[number].text for _, _, number in index.find(terms_of(f"{item.title}\n{item.text}"))
    )
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))
