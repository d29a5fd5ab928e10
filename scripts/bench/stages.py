"""Each stage alone, as the library has it: raw texts as JSON -> milliseconds a text, as JSON."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from briefbook import (
    Article,
    Item,
    TopicSpec,
    differences,
    file_stories,
    file_topics,
    find_names,
    parse_text,
    summarise,
)
from scripts.bench.writing import FIELDS

T = TypeVar("T")


def stages(texts: Sequence[str]) -> dict[str, float]:
    """Return the processor time of each stage, in milliseconds a text."""
    parse_text(texts[0])  # reads the tables of weights, once a run
    spent: dict[str, float] = {}

    def timed(name: str, call: Callable[[], T]) -> T:
        start = time.process_time()
        result = call()
        spent[name] = 1000 * (time.process_time() - start) / len(texts)
        return result

    articles = timed("parse", lambda: [parse_text(text) for text in texts])
    timed("bottom line", lambda: [summarise(a.plain_body, a.title or "") for a in articles])
    timed("key points", lambda: [summarise(a.plain_body, a.title or "", 3) for a in articles])
    timed("names", lambda: [find_names(a.plain_body) for a in articles])
    items = [_item(number, article) for number, article in enumerate(articles)]
    timed("topics", lambda: file_topics(items, _SPECS))
    stories = timed("stories", lambda: file_stories(items))
    several = _told_by_several(items, stories)
    timed("differences", lambda: [differences(group) for group in several])
    return spent


_SPECS = [TopicSpec(slug=field.slug, words=field.words) for field in FIELDS]


def _item(number: int, article: Article) -> Item:
    published = article.published.isoformat()[:10] if article.published else None
    return Item(str(number), article.title or "", article.plain_body, published)


def _told_by_several(items: Sequence[Item], stories: dict[str, str]) -> list[list[Item]]:
    ordered = sorted(items, key=lambda item: stories[item.key])
    groups: list[list[Item]] = [[ordered[0]]]
    for before, item in pairwise(ordered):
        if stories[before.key] == stories[item.key]:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [group for group in groups if len(group) > 1]


if __name__ == "__main__":
    print(json.dumps(stages(json.load(sys.stdin))))
