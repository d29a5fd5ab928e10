"""Make up news for measuring speed: events, each told by a few texts, on a handful of subjects.

No sentence means anything. Words come from the shipped table of how often words stand in news, as
often as there; names and numbers are an event's own, as those of real events are. Same seed, same
texts, on every machine.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from briefbook.grouping.similarity import background
from briefbook.model import Item

_SYLLABLES = "ba kor den li mo sha ven tu ria gan hol pe str ick ow dra mel fos quin zar".split()
_REPORTS = (1, 1, 1, 1, 2, 2, 3, 5)  # most events are told once
_A_DAY = 12  # events
_START = date(2026, 1, 1)


def articles(count: int, seed: int = 1) -> Iterator[Item]:
    """Yield that many articles in the order of their dates, some 350 words each."""
    rng = random.Random(seed)
    table = sorted((share, word) for word, share in background().items() if word.isalpha())
    words, shares = [word for _, word in table], [share for share, _ in table]
    made = event = 0
    waiting: list[tuple[date, Item]] = []
    while made < count:
        day = _START + timedelta(days=event // _A_DAY)
        names = [_name(rng) for _ in range(12)]
        own = rng.sample(words, 40)
        for number in range(rng.choice(_REPORTS)):
            told = day + timedelta(days=rng.choice((0, 0, 0, 1, 2)))
            title = " ".join([*rng.sample(names, 2), *rng.sample(own, 5)])
            text = "\n".join(_paragraph(rng, words, shares, names, own) for _ in range(9))
            waiting.append((told, Item(f"e{event}-{number}", title, text, told.isoformat())))
        event += 1
        waiting.sort(key=lambda pair: (pair[0], pair[1].key))
        while made < count and waiting and waiting[0][0] < day:
            yield waiting.pop(0)[1]
            made += 1


def _name(rng: random.Random) -> str:
    return " ".join("".join(rng.choices(_SYLLABLES, k=2)).capitalize() for _ in range(2))


def _paragraph(
    rng: random.Random, words: list[str], shares: list[float], names: list[str], own: list[str]
) -> str:
    sentences = []
    for _ in range(2):
        plain = rng.choices(words, shares, k=14)
        told = [*plain, *rng.sample(own, 3), *rng.sample(names, 2), str(rng.randrange(2, 900))]
        rng.shuffle(told)
        sentences.append(f"The {' '.join(told)}.")
    return " ".join(sentences)
