"""What is kept is what would be made anew, whatever has changed in between."""

import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from briefbook.asking import Row, joined
from briefbook.remembering import Memory, Question, Store

Told = tuple[str, tuple[str, ...]]  # sort key, topics
TOPICS = "abcd"


class Wired:
    """A small site: entries in topics, with pages that read each other."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.entry: Question[Told | None] = memory.told("entry")
        self.shown = memory.family("shown")
        self.topics = memory.family("topic")
        self.deep = memory.family("deep")
        self.rows = memory.question("rows", self._rows)
        self.long = memory.question("long", self._long, is_kept=False)
        self.page = memory.question("page", self._page)
        self.topic = memory.question("topic page", self._topic)
        self.archive = memory.question("archive", self._archive)

    def _rows(self, slug: str) -> tuple[Row, ...]:
        told = self.entry(slug)
        if told is None:
            return ()
        sort, topics = told
        return (
            ("shown", "", sort, slug),
            ("shown", sort[:1], sort, slug),
            *(("topic", topic, sort, slug) for topic in topics),
            *(("deep", joined(topic, sort), sort, slug) for topic in topics),
        )

    def _long(self, slug: str) -> str:
        """Return what many different entries say alike."""
        told = self.entry(slug)
        return f"{told[0][:1]} of {self.shown.count('b')}" if told else ""

    def _page(self, slug: str) -> object:
        told = self.entry(slug)
        if told is None:
            return None
        sort, topics = told
        return (
            [self.deep.near(joined(topic, sort)) for topic in topics],
            [self.topics.beside(topic, sort, slug) for topic in topics],
            [self.topics.near(topic) for topic in topics],
            [self.topics.latest(topic, sort, 2) for topic in topics],
            self.shown.ahead(sort[:1], sort),
            self.shown.near(sort[:1]),
            self.long(slug),
        )

    def _topic(self, topic: str) -> object:
        newest = self.topics.newest(topic, 3)
        return self.topics.count(topic), newest, [self.long(slug) for slug in newest]

    def _archive(self, _: str) -> object:
        pages = [self.page(slug) for slug in self.shown.members("b")]
        return self.shown.counts(""), self.deep.counts(joined("a", "")), pages

    def answers(self, want: Mapping[str, Told], changed: Iterable[str]) -> dict[str, Any]:
        for slug in sorted(changed):
            self.memory.tell(self.entry, slug, want.get(slug))
        self.memory.regroup(self.rows, changed)
        found: dict[str, Any] = {f"page {slug}": self.page(slug) for slug in want}
        found |= {f"topic {topic}": self.topic(topic) for topic in TOPICS}
        return found | {"archive": self.archive("")}


def edited(rng: random.Random, told: Mapping[str, Told], most: int) -> dict[str, Told]:
    want = dict(told)
    for _ in range(rng.randrange(most)):
        slug = f"e{rng.randrange(12)}"
        if rng.random() < 0.3:
            want.pop(slug, None)
        else:
            sort = f"{rng.choice('xyb')}{rng.randrange(9)}"
            want[slug] = (sort, tuple(sorted(rng.sample(TOPICS, rng.randrange(3)))))
    return want


@pytest.mark.parametrize("seed", range(60))
def test_a_random_history_of_edits_gives_what_beginning_anew_gives(
    tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    told: dict[str, Told] = {}
    store: Store | None = None
    for step in range(rng.randrange(2, 7)):
        want = edited(rng, told, 4 if step else 12)
        changed = {slug for slug in {*want, *told} if want.get(slug) != told.get(slug)}
        if store is None or rng.random() < 0.5:  # as another process would
            if store:
                store.close()
            store = Store(tmp_path, "code")
            wired = Wired(Memory(store))
        kept = wired.answers(want, changed)
        wired.memory.save()
        wired.memory.start_again()
        assert kept == Wired(Memory()).answers(want, want), f"step {step}"
        told = want
    assert store is not None
    store.close()


def begun(folder: Path, told: Mapping[str, Told]) -> Wired:
    wired = Wired(Memory(Store(folder, "code")))
    wired.answers(told, told)
    wired.memory.save()
    wired.memory.start_again()
    return wired


def test_an_answer_of_which_a_mark_is_kept_is_made_again_only_for_those_who_ask(
    tmp_path: Path,
) -> None:
    told: dict[str, Told] = {"e1": ("x1", ()), "e2": ("y1", ())}
    wired = begun(tmp_path, told)
    wired.answers(told, ())
    assert wired.memory.made == {}
    assert wired.long("e1") == wired.long("e1") == "x of 0"
    assert wired.memory.made == {"long": 1}


def test_what_is_made_again_as_its_mark_says_changes_nothing_above_it(tmp_path: Path) -> None:
    told: dict[str, Told] = {"e1": ("x1", ("a",)), "e2": ("y1", ())}
    wired = begun(tmp_path, told)
    wired.memory.tell(wired.entry, "e1", ("x1", ("a",)))
    wired.memory.tell(wired.entry, "e1", ("x2", ("a",)))
    wired.memory.regroup(wired.rows, ["e1"])
    wired.memory.made.clear()
    wired.topic("a")
    assert wired.memory.made["long"] == 1  # x of 0 as before
    assert not wired.memory.has_changed(wired.long, "e1")
    assert wired.memory.made["topic page"] == 0


def test_another_mark_changes_what_is_above_it(tmp_path: Path) -> None:
    told: dict[str, Told] = {"e1": ("x1", ("a",))}
    wired = begun(tmp_path, told)
    wired.memory.tell(wired.entry, "e1", ("y1", ("a",)))
    wired.memory.regroup(wired.rows, ["e1"])
    assert wired.topic("a") == (1, ("e1",), ["y of 0"])
    assert wired.memory.has_changed(wired.long, "e1")
    wired.memory.save()
    wired.memory.start_again()
    assert wired.topic("a") == (1, ("e1",), ["y of 0"])
    assert wired.memory.is_known(wired.long, "e1")
    assert wired.memory.made == {}
