"""Fit the numbers of briefbook/grouping/topicscore.py.

    python scripts/fit_topics.py ../shared/corpora ../shared/measure/topic_keywords.json

Draws topics and five or no examples of each from the development halves of the topic corpora: from
two topics to all of a set, so that texts belong nowhere more or less often. Fits the weights of
`Said` (which topic of those given, softmax; the last, of fields, moves the order only) and, with
the shipped `Said`, those of `Signs` (is the best one right, logistic), each set counting the same;
then both with each set left out. Last come macro-F1 of what is shipped: rounded means of these
fits, `Signs` nearer to those of allsides, where most texts belong nowhere, and its weight of news
at the upper end, as each set with all its topics gains by that and none with few of them loses.
The weight of fields and the constant were chosen with tables of fields made without the texts they
were tried on: without their whole set, and without the half of it they are in. Deterministic;
writes nothing.
"""

import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from briefbook.grouping.topicfeatures import read_text
from briefbook.grouping.topics import LEAST_CHANCE, Topics
from briefbook.grouping.topicscore import _CONSTANT, _ODDS, Said, Signs
from briefbook.model import Item, TopicSpec

GIVEN = {"allsides": (3, 6, 8, 12, 16, 24), "bbc": (2, 3, 5), "agnews": (2, 3, 4)} | {
    "reuters": (2, 4, 8)
}
SEEDS = (31, 32)
MOST_TEXTS = 700
# Likeness is small where the others are not; the penalty shall not tell them apart.
SCALE = np.array([1, 1, 1, 1, 20, 1, 1])


@dataclass
class Draw:
    name: str
    topics: Topics
    with_examples: bool
    said: np.ndarray  # texts x topics x numbers of Said
    right: np.ndarray  # number of each text's topic, -1 for none


def draw(name: str, rows: list, words: dict, given: int, examples: int, seed: int) -> Draw:
    chance = random.Random(seed)
    texts = defaultdict(list)
    for n, (topic, _) in enumerate(rows):
        texts[topic].append(n)
    slugs = sorted(chance.sample(sorted(texts), given))
    pinned = {slug: chance.sample(texts[slug], examples) for slug in slugs}
    used = {n for numbers in pinned.values() for n in numbers}
    tested = [n for n in range(len(rows)) if n not in used]
    tested = chance.sample(tested, min(MOST_TEXTS, len(tested)))
    specs = [
        TopicSpec(slug, tuple(words[slug].split()), tuple(rows[n][1] for n in pinned[slug]))
        for slug in slugs
    ]
    topics = Topics.of(specs)
    said = np.array([topics.say(read_text(rows[n][1])) for n in tested], float)
    right = np.array([slugs.index(rows[n][0]) if rows[n][0] in slugs else -1 for n in tested])
    return Draw(name, topics, bool(examples), said, right)


def fit_said(draws: list[Draw]) -> np.ndarray:
    """Return the weights of `Said`, from draws with examples."""
    draws = [d for d in draws if d.with_examples]
    texts = Counter()
    for d in draws:
        texts[d.name] += int((d.right >= 0).sum())

    def loss(weights):
        total, slope = 0.0, np.zeros_like(weights)
        for d in draws:
            known = d.right >= 0
            said, right = d.said[known] * SCALE, d.right[known]
            scores = said @ weights
            shares = np.exp(scores - scores.max(1, keepdims=True))
            shares /= shares.sum(1, keepdims=True)
            at = np.arange(len(right)), right
            part = 1 / texts[d.name] / len(texts)
            total -= part * np.log(shares[at] + 1e-12).sum()
            shares[at] -= 1
            slope += part * np.einsum("nt,ntf->f", shares, said)
        return total + 1e-3 * weights @ weights, slope + 2e-3 * weights

    start = np.full(len(SCALE), 0.1)
    return minimize(loss, start, jac=True, bounds=[(0, None)] * len(start)).x * SCALE


def signs(d: Draw) -> tuple[np.ndarray, np.ndarray]:
    """Return the signs of each text's best topic by the shipped weights, and its number."""
    has = [(bool(topic.said.words), bool(topic.examples)) for topic in d.topics._topics]
    found, best = [], []
    for said in d.said:
        scores = [
            Said(*one).score(has_words=w, has_examples=e)
            for one, (w, e) in zip(said, has, strict=True)
        ]
        ranks = [
            score + Said(*one).rank if score else 0.0
            for score, one in zip(scores, said, strict=True)
        ]
        top = int(np.argmax(ranks))
        best.append(top if scores[top] else -2)
        found.append(d.topics.signs(top, scores[top], sorted(ranks, reverse=True)))
    return np.array(found), np.array(best)


def fit_signs(draws: list[Draw]) -> np.ndarray:
    """Return the weights of `Signs` and the constant."""
    texts = Counter()
    for d in draws:
        texts[d.name, d.with_examples] += len(d.right)
    pairs = [signs(d) for d in draws]
    found = np.concatenate([np.c_[a, np.ones(len(a))] for a, _ in pairs])
    is_right = np.concatenate([b == d.right for d, (_, b) in zip(draws, pairs, strict=True)])
    part = np.concatenate(
        [np.full(len(d.right), 1 / texts[d.name, d.with_examples]) for d in draws]
    )
    part /= part.sum()

    def loss(weights):
        odds = found @ weights
        chance = 1 / (1 + np.exp(-odds))
        each = np.where(is_right, np.log(chance + 1e-9), np.log(1 - chance + 1e-9))
        return -(part @ each) + 1e-3 * weights[:-1] @ weights[:-1]

    return minimize(loss, np.zeros(4)).x


def macro_f1(d: Draw) -> float:
    found, best = signs(d)
    filed = [
        b if Signs(*s).chance >= LEAST_CHANCE else -1 for s, b in zip(found, best, strict=True)
    ]
    values = []
    for topic in sorted(set(d.right.tolist())):
        both = sum(f == topic == r for f, r in zip(filed, d.right, strict=True))
        values.append(2 * both / max(1, filed.count(topic) + int((d.right == topic).sum())))
    return float(np.mean(values))


def main(corpora: Path, keywords: Path) -> None:
    words = json.loads(keywords.read_text("utf-8"))
    draws = []
    for name, sizes in GIVEN.items():
        with gzip.open(corpora / f"topics-{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        rows = [(r["topic"], Item(r["id"], r["title"], r["text"], None)) for r in found]
        draws += [
            draw(name, rows, words[name], given, examples, seed)
            for given in sizes
            for examples in (5, 0)
            for seed in SEEDS
        ]
    print("shipped", _ODDS, _CONSTANT)
    for left in ("none", *GIVEN):
        others = [d for d in draws if d.name != left]
        print(
            f"without {left}: Said {fit_said(others).round(2)} Signs {fit_signs(others).round(2)}"
        )
    for name in GIVEN:
        for examples in (True, False):
            tested = [d for d in draws if d.name == name and d.with_examples == examples]
            by_size = [f"{len(d.topics._topics)}: {macro_f1(d):.3f}" for d in tested]
            print(f"{name} {'five' if examples else 'no'} examples, macro-F1 {', '.join(by_size)}")


main(Path(sys.argv[1]), Path(sys.argv[2]))
