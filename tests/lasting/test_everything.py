"""Whatever an editor writes into an entry stands there after anything that builds do.

Random edits, changes of sources and other parsers, in any order, on sites of one to three entries.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from itertools import count
from random import Random
from typing import Any

import pytest

from briefbook import issuing
from briefbook.briefing import Value, drafts, frontmatter, load_entry, making
from briefbook.model import Publish
from briefbook.moving import Moved
from briefbook.problems import ProblemError
from briefbook.text.hashes import line_hash
from tests.lasting import house as in_house
from tests.lasting.edits import DRAFTS, EDITS, changed, text_of
from tests.lasting.house import House, answers, topics
from tests.lasting.promises import broken

PARTS, CASES = 4, 500  # the cases of each part
ROUNDS = 2  # of edits and builds in a case
RARELY = 1  # times in a part that each thing must have happened, or its case says little
DONE = ("drafted", "led on", "story left", "updated", "parsed again alone", "topic renamed")

# What no build may change.
LASTING = ("id", "slug", "added", "status", "note", "reviewed", "overrides", "publish_after")


def build_first(chance: Random, monkeypatch: pytest.MonkeyPatch) -> House:
    texts = {f"sources/{n}.txt": text_of(chance, n) for n in range(chance.randint(1, 2))}
    house = House(texts, monkeypatch)
    house.build()
    return house


def is_entry(text: str) -> bool:
    try:
        load_entry(text, "briefings/a.md")
    except ProblemError:
        return False
    return True


def edit(house: House, chance: Random, counts: Counter[str], number: int) -> None:
    """Let an editor work on some entries."""
    for place, (path, loaded) in enumerate(house.loaded().items()):
        if loaded.entry.parsed is None:
            continue
        text = house.entries[path].replace("\r\n", "\n")
        lines = house.sources.get(loaded.entry.parsed.source, ("",) * 5)
        wanted = chance.sample(sorted(EDITS), chance.randint(0, 3))
        if "draft: true}" in text:
            wanted += chance.sample(DRAFTS, chance.randint(0, 2))
        if "\nstatus: published" not in text and chance.random() < 0.5:
            wanted.append("published again")
        if "\naliases: [" in text and chance.random() < 0.3:
            wanted.append("slug back")
        if "\npublish_after:" in text and chance.random() < 0.3:
            wanted.append("at once")
        if "own work" in wanted:
            wanted = ["own work"]  # with its memory the entry forgets where it stood
        for name in wanted:
            word = f"{number % 8 + 1}ed{place}{name.replace(' ', '')}"
            word = word[0] if name == "published" else word
            edited = EDITS[name](text, word)
            for line in (3, 5):
                hashed = line_hash(lines[min(line, len(lines)) - 1])
                edited = edited.replace(f"HASH{line}", hashed)
            if is_entry(edited):
                counts[name] += edited != text
                text = edited
        was_windows = "\r\n" in house.entries[path]
        if was_windows or chance.random() < 0.1:
            text = text.replace("\n", "\r\n")
            counts["other line ends"] += not was_windows
        house.entries[path] = text


HAPPENS = ("nothing", "changed", "moved", "replaced", "deleted", "returned", "new")


def change_sources(
    house: House, chance: Random, counts: Counter[str], texts: dict[str, tuple[str, ...]]
) -> None:
    """Let outlets and editors change texts; what is deleted may come back."""
    for path, lines in sorted(texts.items()):
        what = chance.choice(HAPPENS)
        counts[f"source {what}"] += 1
        match what:
            case "changed" if path in house.sources:
                house.sources[path] = changed(chance, lines)
            case "moved" if path in house.sources:
                house.sources[path.replace("/", "/moved/", 1)] = house.sources.pop(path)
            case "replaced" if path in house.sources:
                house.sources[path] = text_of(chance, 7)
            case "deleted":
                house.sources.pop(path, None)
            case "returned":
                house.sources[path] = lines
            case "new":
                house.sources[f"sources/new{len(house.sources)}.txt"] = text_of(chance, 8)


def change_site(house: House, chance: Random, counts: Counter[str]) -> None:
    if chance.random() < 0.2:
        counts["topic renamed"] += 1
        house.site = replace(house.site, topics=topics("harbours"))
    if chance.random() < 0.1:
        counts["publish full"] += 1
        house.site = replace(house.site, publish=Publish.FULL)


def check_build(house: House, build: Callable[[], None], counts: Counter[str]) -> None:
    """Build, and ask for all that must be true of that."""
    before, texts = house.loaded(), dict(house.entries)
    addresses = set(house.addresses)
    build()
    now = house.loaded()
    assert addresses <= answers(now), addresses - answers(now)
    for path, was in before.items():
        for name in LASTING:
            assert getattr(now[path].entry, name) == getattr(was.entry, name), (path, name)
        if was.entry.parsed is None:
            assert house.entries[path] == texts[path]
        counts["drafted"] += len(now[path].entry.corrections) > len(was.entry.corrections)
        counts["led on"] += len(now[path].entry.aliases) > len(was.entry.aliases)
        counts["story left"] += now[path].entry.former_stories != was.entry.former_stories
        counts["updated"] += now[path].entry.updated != was.entry.updated


def check_idle(house: House) -> None:
    """A second build writes nothing, in whatever order files are read, and by any parser."""
    assert house.brought()[0] == {}
    house.parser += 1
    assert house.brought(backwards=True)[0] == {}
    house.parser -= 1


def try_case(number: int, monkeypatch: pytest.MonkeyPatch, counts: Counter[str]) -> None:
    chance = Random(number)
    house = build_first(chance, monkeypatch)
    texts = dict(house.sources)
    check_idle(house)
    for _ in range(ROUNDS):
        program = dict(house.entries)
        edit(house, chance, counts, number)
        editor = dict(house.entries)
        what = chance.choice(("source", "source", "parser", "both", "nothing"))
        if what in ("source", "both"):
            change_sources(house, chance, counts, texts)
        change_site(house, chance, counts)
        house.now += timedelta(hours=chance.choice((0, 1, 30)))
        if chance.random() < 0.3:
            counts["files in another order"] += 1
            forward, backward = house.brought()[0], house.brought(backwards=True)[0]
            assert forward == backward
        if what in ("parser", "both"):
            house.parser += 1
            counts["other parser"] += 1
        check_build(house, house.build, counts)
        if what == "parser":
            check_parser_alone(house, counts)
        elif what == "both":
            check_build(house, house.reparse, counts)
            check_build(house, house.build, counts)
        for path, text in editor.items():
            lost = list(broken(program[path], text, house.entries[path]))
            assert lost == [], (path, lost)
        check_idle(house)
    counts["cases"] += 1


def check_parser_alone(house: House, counts: Counter[str]) -> None:
    """Where nothing but the parser is another, nobody is told of a correction."""
    before, texts = house.loaded(), dict(house.entries)
    check_build(house, house.reparse, counts)
    check_build(house, house.build, counts)
    counts["parsed again alone"] += house.entries != texts
    for path, now in house.loaded().items():
        assert now.entry.corrections == before[path].entry.corrections, path


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_an_editor_wrote_is_ever_lost(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()
    for number in range(part * CASES, (part + 1) * CASES):
        try:
            try_case(number, monkeypatch, counts)
        except AssertionError as broken_promise:
            raise AssertionError(f"case {number}") from broken_promise
    assert counts["cases"] == CASES
    happened = {*EDITS, *DONE, *(f"source {what}" for what in HAPPENS)}
    assert {name: counts[name] for name in happened if counts[name] < RARELY} == {}


def test_two_thousand_cases_are_tried() -> None:
    assert PARTS * CASES >= 2000


# --------------------------------------------------------------------------- it can fail

Fault = Callable[[pytest.MonkeyPatch], None]
TRIED = 150  # cases, of which one must see a fault


def writing(change: Callable[[str], str]) -> Fault:
    """Let whatever is written into an entry be changed on its way."""

    def put(monkeypatch: pytest.MonkeyPatch) -> None:
        def rewritten(text: str, changes: Mapping[str, Value | None], **more: str) -> str:
            return change(frontmatter.replace(text, changes, **more))

        monkeypatch.setattr(making, "rewritten", rewritten)

    return put


def instead(module: object, name: str, other: Callable[..., object]) -> Fault:
    return lambda monkeypatch: monkeypatch.setattr(module, name, other)


def restless() -> Callable[..., None]:
    ever = count()

    def stamp(step: Any, *_: object) -> None:
        step.issued = replace(step.issued, figures=(f"{next(ever)} ships",))

    return stamp


FAULTS: dict[str, Fault] = {
    "the parser wins": instead(
        import_module("briefbook.briefing.merge"),
        "_is_the_parsers",
        lambda here, wrote, field: True,
    ),
    "remarks are lost": writing(lambda text: re.sub(r"  # .*", "", text)),
    "remarks between lines are lost": writing(lambda text: re.sub(r"(?m)^ *# .*\n", "", text)),
    "own keys are lost": writing(lambda text: re.sub(r"(?m)^mine:.*\n(?: .*\n)*", "", text)),
    "ends of lines are changed": writing(lambda text: text.replace("\r\n", "\n")),
    "blanks around the body are lost": writing(lambda text: text.rstrip() + "\n"),
    "an entry is written by every build": instead(issuing, "_stamp", restless()),
    "a parser's change is a correction": instead(
        in_house, "without_rereading", lambda was, now, *_, **__: now
    ),
    "former addresses are forgotten": instead(
        issuing, "lead_on", lambda loaded, claims: Moved({}, (), is_free=True)
    ),
    "drafts an editor worded are worded anew": instead(
        drafts, "_is_as_drafted", lambda draft, pairs: True
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_that_is_put_in_is_seen(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    with pytest.raises((AssertionError, ProblemError)):
        for number in range(TRIED):
            try_case(number, monkeypatch, Counter())
