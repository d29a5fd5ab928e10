"""Measure how long filing takes, on made-up news, so that it runs anywhere.

    python scripts/time_filing.py [COUNT ...]      default: 100 1000 10000 articles

Prints milliseconds of processor time an article for each library call, and words a second for
names. Times of one run may be compared with each other; those of two runs or machines may not.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence

from newsroom import articles

from briefbook import Item, TopicSpec, differences, file_stories, file_topics, find_names, summarise

COUNTS = (100, 1_000, 10_000)
# Calls that look at each text alone are measured on that many.
_ALONE = 300
_TOPICS, _EXAMPLES = 24, 5


def main(counts: Sequence[int]) -> None:
    items = list(articles(max(counts)))
    alone = items[:_ALONE]
    words = sum(len(item.text.split()) for item in alone)
    print(f"{'':28}{'ms an article':>16}")
    for count in counts:
        _say(f"stories, {count:,} articles", _timed(lambda: file_stories(items[:count])), count)  # noqa: B023 - called at once
    specs = _specs(items)
    _say(f"topics, {_TOPICS} of them", _timed(lambda: file_topics(alone, specs)), len(alone))
    _say("bottom line", _timed(lambda: [summarise(i.text, i.title) for i in alone]), len(alone))
    _say("key points", _timed(lambda: [summarise(i.text, i.title, 3) for i in alone]), len(alone))
    names = _timed(lambda: [find_names(item.text) for item in alone])
    _say("names", names, len(alone))
    pairs = list(zip(alone[::2], alone[1::2], strict=False))
    _say("differences, a pair", _timed(lambda: [differences(pair) for pair in pairs]), len(pairs))
    print(f"{'names, words a second':28}{words / names:16,.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'most memory, MiB':28}{peak:16,.0f}")


def _specs(items: Sequence[Item]) -> list[TopicSpec]:
    """Return topics that speak of the first events."""
    step = max(1, len(items) // _TOPICS)
    return [
        TopicSpec(
            slug=f"topic-{number}",
            words=tuple(items[number * step].title.split()),
            examples=tuple(items[number * step : number * step + _EXAMPLES]),
        )
        for number in range(min(_TOPICS, len(items)))
    ]


def _timed(call: Callable[[], object]) -> float:
    """Return the seconds of processor time a call takes."""
    start = time.process_time()
    call()
    return time.process_time() - start


def _say(what: str, seconds: float, count: int) -> None:
    print(f"{what:28}{1000 * seconds / count:16.2f}", flush=True)


main([int(count) for count in sys.argv[1:]] or COUNTS)
