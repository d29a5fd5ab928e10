"""Topics: which lasting subjects a text belongs to.

In: items and what speaks for each topic. Out: topic slugs, best first. Each item is filed as if it
were alone: what else is on the site never changes its topics.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefbook.grouping.similarity import Rarity, Vector, cosine, terms, weighted
from briefbook.model import Item, TopicSpec

# What the title says counts as much as this many mentions in the text.
_TITLE_WEIGHT = 3
_TEXT_WORDS = 600
# Below this nothing fits; tried on the samples, the seeds and the topic corpora.
_LEAST = 0.45
# A second topic must come this near to the best.
_NEAR = 0.6
# One filed example tells as much as this share of the topic's words.
_EXAMPLES_WEIGHT = 4.0


# British and American spelling are one.
_SPELLINGS = re.compile(r"(defen|licen|offen)[cs]e")


@dataclass(frozen=True, slots=True)
class _Prepared:
    spec: TopicSpec
    words: tuple[tuple[str, re.Pattern[str]], ...]
    centroid: Vector


def file_topics(items: Sequence[Item], specs: Sequence[TopicSpec]) -> dict[str, tuple[str, ...]]:
    """Return the topics of each item by item key: slugs, best first, empty when none fits."""
    prepared = [_prepare(spec) for spec in specs]
    return {item.key: _topics_of(item, prepared) for item in items}


def matching_words(item: Item, spec: TopicSpec) -> tuple[str, ...]:
    """Return the words of a topic that stand in an item, those it names most often first."""
    text = f"{item.title}\n{item.text}"
    counts = {word: len(pattern.findall(text)) for word, pattern in _prepare(spec).words}
    found = [word for word, count in counts.items() if count]
    return tuple(sorted(found, key=lambda word: (-counts[word], word)))


def _prepare(spec: TopicSpec) -> _Prepared:
    centroid: Counter[str] = Counter()
    rarity = Rarity()
    for example in spec.examples:
        for term, value in weighted(_counts(example), rarity).items():
            centroid[term] += value  # type: ignore[assignment]
    length = math.sqrt(sum(value * value for value in centroid.values())) or 1.0
    return _Prepared(
        spec,
        tuple((word, _pattern(word)) for word in spec.words),
        {term: value / length for term, value in centroid.items()},
    )


def _counts(item: Item) -> Counter[str]:
    counts = Counter(terms(" ".join(item.text.split()[:_TEXT_WORDS])))
    for term in terms(item.title):
        counts[term] += _TITLE_WEIGHT
    return counts


def _pattern(word: str) -> re.Pattern[str]:
    """Match a word or phrase; in small letters it matches any case and its plural."""
    plain = _SPELLINGS.sub(r"\1[cs]e", re.escape(word).replace("\\ ", r"\s+"))
    plain = re.sub("['’]", "['’]", plain)
    if word.islower():
        return re.compile(rf"(?<!\w){plain}(?:s|es)?(?!\w)", re.I)
    # "US" must not match "us"; capital letters are meant as they stand.
    return re.compile(rf"(?<!\w){plain}(?:['’]s)?(?!\w)")


def _topics_of(item: Item, prepared: Sequence[_Prepared]) -> tuple[str, ...]:
    text = " ".join(item.text.split()[:_TEXT_WORDS])
    whole = f"{item.title}\n{item.text}"
    vector = weighted(_counts(item), Rarity()) if any(p.centroid for p in prepared) else {}
    scores = {}
    for topic in prepared:
        if not _allowed(topic.spec, whole):
            continue
        score = _word_score(item.title, text, topic.words)
        score += _EXAMPLES_WEIGHT * cosine(vector, topic.centroid)
        if score >= _LEAST:
            scores[topic.spec.slug] = score
    best = max(scores.values(), default=0.0)
    near = [slug for slug, score in scores.items() if score >= _NEAR * best]
    return tuple(sorted(near, key=lambda slug: (-scores[slug], slug)))


def _allowed(spec: TopicSpec, text: str) -> bool:
    if spec.require and not any(_pattern(word).search(text) for word in spec.require):
        return False
    return not any(_pattern(word).search(text) for word in spec.exclude)


def _word_score(title: str, text: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> float:
    """Return how strongly the topic's words speak: many different ones count more than many."""
    length = max(100, len(text.split()))
    score = 0.0
    for _, pattern in patterns:
        mentions = len(pattern.findall(text)) + _TITLE_WEIGHT * len(pattern.findall(title))
        if mentions:
            score += math.log1p(mentions * 300 / length) / 3
    return score
