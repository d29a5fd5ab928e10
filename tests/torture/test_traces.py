"""One thing altered in an entry, in its record or in the program between: it never passes unseen.

What must hold, and what each test alters to break it:

- The record is true of the source by itself: each line stands in it once, in order, as it stands;
  its fate is that of its rule; each repair mends and can be undone; what is kept stands in the body
  whole and in order, and nothing else does. So a *program* that loses, swaps or changes something
  is found although entry and record agree (`test_a_program_that_is_wrong_is_found`).
- A field with the hash that the program wrote says what the program says, to the letter. So an
  entry that was changed *and* calls that the program's is found (`test_a_forged_field_is_found`).
- A field with another hash is the editor's. It is listed as such, and each of its sentences which
  does not stand in the source is shown and counted as theirs
  (`test_an_edit_is_shown_and_counted_as_the_editors`).

How much white space stands somewhere does not count. What nobody can tell from source and record:
a repair that is left out of a line which is not kept, and another true sentence as a key point.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefbook.briefing import LoadedEntry, hash_value, load_entry, make_entry, merged_fields
from briefbook.checking.trace import trace_entry
from briefbook.model import Article, Entry, Fate, SourceFile
from briefbook.parsing import PARSER, parse
from briefbook.problems import Problem
from briefbook.proving import prove
from briefbook.reading import make_source
from briefbook.text.mending import apply
from tests.torture.altering import RECORDS, altered, damaged
from tests.tried import Tried, many

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path for path in (ROOT / "sources").rglob("*") if path.suffix in {".txt", ".md"})
CASES = sorted((ROOT / "tests/cases/parsing").glob("*/source.txt"))
TEXTS = (*SAMPLES, *CASES)
ADDED = datetime(2026, 11, 21, tzinfo=UTC)
SEEDS = range(many(short=3, long=len(TEXTS)))


@cache
def understood(seed: int) -> tuple[SourceFile, Article]:
    """Return a source, damaged by chance, and what the parser makes of it."""
    rng = random.Random(seed)
    path = TEXTS[seed % len(TEXTS)]
    text = damaged(path.read_bytes().decode("utf-8", "replace"), rng)
    source = make_source(text.encode(), f"sources/{seed}.txt")
    return source, parse(source)


def entry_of(source: SourceFile, article: Article) -> LoadedEntry:
    return make_entry(source, article, parser=PARSER, added=ADDED, story=None, taken_slugs=())


def wrong(entry: Entry, source: SourceFile, article: Article) -> tuple[Problem, ...]:
    return prove(entry, source, article, trace_entry(entry, article, parser=PARSER))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_program_that_is_wrong_is_found(seed: int, tried: Tried) -> None:
    source, article = understood(seed)
    assert wrong(entry_of(source, article).entry, source, article) == ()
    rng = random.Random(seed)
    made: Counter[str] = Counter()
    missed = []
    for round_ in range(many(short=40, long=100)):
        change = RECORDS[round_ % len(RECORDS)](article, rng)
        if change is None:
            continue
        how, now = change
        # The program believes itself: the entry is made of what it understood.
        entry = entry_of(source, now if now.body.strip() else article).entry
        if not wrong(entry, source, now):
            missed.append((how, now))
        made[how.partition(":")[0]] += 1
    assert [how for how, _ in missed] == [], f"seed {seed}"
    assert made.total() > 10
    for what, count in made.items():
        tried("traces", f"the program alters: {what}", count)


# ------------------------------------------------------------------------------------ the entry

_FIELDS = ("title", "summary", "key_points", "body")


def change_entry(loaded: LoadedEntry, rng: random.Random) -> tuple[str, str, LoadedEntry] | None:
    """Alter one line of an entry's file in one of its texts; return field, how, and the entry."""
    front, body = loaded.text.split("\n---\n", 1)
    field = rng.choice(_FIELDS)
    if field == "body":
        lines = body.split("\n")
        at = rng.choice([n for n, line in enumerate(lines) if line.strip()])
        how, lines = _changed_lines(lines, at, rng)
        text = f"{front}\n---\n" + "\n".join(lines)
    else:
        pattern = r"^  - (\".*\")$" if field == "key_points" else rf"^{field}: (\".*\")$"
        found = list(re.finditer(pattern, front, re.MULTILINE))
        if not found:
            return None
        place = rng.choice(found)
        made = altered(json.loads(place[1]), rng)
        if made is None:
            return None
        how, now = made
        quoted = json.dumps(now)
        text = f"{front[: place.start(1)]}{quoted}{front[place.end(1) :]}\n---\n{body}"
    changed, _ = load_entry(text, loaded.path)
    before, after = (merged_fields(each.entry) for each in (loaded, changed))
    return None if before == after else (field, how, changed)


def _changed_lines(lines: list[str], at: int, rng: random.Random) -> tuple[str, list[str]]:
    how = rng.choice(["dropped", "twice", "swapped", "joined", "space", "altered", "altered"])
    other = rng.choice([n for n, line in enumerate(lines) if line.strip()])
    now = list(lines)
    match how:
        case "dropped":
            del now[at]
        case "twice":
            now.insert(other, now[at])
        case "swapped":
            now[at], now[other] = now[other], now[at]
        case "joined":
            now[at : at + 3] = ["".join(now[at : at + 3])]
        case "space":
            now[at] = now[at].replace(" ", "\u00a0", 1)
        case _:
            made = altered(now[at], rng)
            how, now[at] = made or ("nothing", now[at])
    return how, now


@pytest.mark.parametrize("seed", SEEDS)
def test_a_forged_field_is_found(seed: int, tried: Tried) -> None:
    source, article = understood(seed)
    loaded = entry_of(source, article)
    rng = random.Random(seed)
    count = 0
    for _ in range(many(short=25, long=60)):
        change = change_entry(loaded, rng)
        if change is None:
            continue
        field, how, changed = change
        value = merged_fields(changed.entry).get(field)
        assert changed.entry.parsed is not None
        hashes = dict(changed.entry.parsed.wrote)
        if value is None:
            del hashes[field]
        else:
            hashes[field] = hash_value(value)
        entry = replace(
            changed.entry, edited=(), parsed=replace(changed.entry.parsed, wrote=hashes)
        )
        found = wrong(entry, source, article)
        assert [each.what.partition(":")[0] for each in found][:1] == [field], (seed, field, how)
        assert {each.severity.value for each in found} == {"error"}
        count += 1
    tried("traces", "altered in an entry together with its hash", count)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_edit_is_shown_and_counted_as_the_editors(seed: int, tried: Tried) -> None:
    source, article = understood(seed)
    loaded = entry_of(source, article)
    rng = random.Random(-seed)
    repairs = {
        line.number: [r for r in article.repairs if r.line == line.number] for line in article.lines
    }
    said = {line.number: apply(line.text, repairs[line.number]) for line in article.lines}
    kept = {line.number for line in article.lines if line.fate is not Fate.DROPPED}
    count = 0
    for _ in range(many(short=25, long=60)):
        change = change_entry(loaded, rng)
        if change is None:
            continue
        field, how, changed = change
        assert changed.entry.edited == (field,), (seed, field, how)
        for one in trace_entry(changed.entry, article, parser=PARSER):
            if one.lines is None:
                assert one.field == field
                continue
            first, last = one.lines
            run = [n for n in said if first <= n <= last and (n in kept or first == last)]
            there = "".join(said[number] for number in run)
            assert _squashed(one.text) in _squashed(there), (seed, how, one)
        assert wrong(changed.entry, source, article) == ()
        count += 1
    tried("traces", "altered in an entry by an editor", count)


def _squashed(text: str) -> str:
    return "".join(text.split())


# ------------------------------------------------------------------------------------ whole sites


@pytest.fixture
def ferry(site: "MakeSite") -> "Folder":
    folder = site("-- sources/ferry.txt --\n" + FERRY)
    assert folder.build().code == 0
    return folder


FERRY = """\
Ferry runs twice a day from June

By Ana Reyes, Harbour Post
May 3, 2026

The ferry to the outer islands will run twice a day from June.The harbour board said so on Friday.

“We asked for three,” said Liv Aune of the islands’ council. She did not say who refused.

* The first ship leaves at 6.40.
* The last one is back at 21.15.
"""
ENTRY = "briefings/ferry-runs-twice-a-day-from-june.md"


@pytest.mark.parametrize("seed", range(many(short=2, long=30)))
def test_check_fails_on_a_forged_file_and_shows_an_edited_one(
    ferry: "Folder", seed: int, tried: Tried
) -> None:
    rng = random.Random(seed)
    loaded, _ = load_entry(ferry.read(ENTRY), ENTRY)
    field, how, changed = next(filter(None, (change_entry(loaded, rng) for _ in range(100))))
    ferry.write(ENTRY, changed.text)
    assert ferry.check().code == 0
    assert ferry.build().code == 0
    twin = json.loads(ferry.read("_site/briefings/ferry-runs-twice-a-day-from-june/index.json"))
    assert twin["record"]["edited"] == [field], (seed, how)
    assert loaded.entry.parsed is not None
    was = loaded.entry.parsed.wrote[field]
    value = merged_fields(changed.entry).get(field)
    now = "" if value is None else f"{field}: {json.dumps(hash_value(value))}"
    forged = re.sub(rf"{field}: \"?{was}\"?", now, changed.text).replace(", ,", ",")
    ferry.write(ENTRY, forged)
    result = ferry.check()
    assert (result.code, f"error: {field}: " in result.err) == (1, True), (seed, how, result.err)
    tried("traces", "altered files of whole sites", 2)


@pytest.mark.parametrize("seed", range(many(short=1, long=8)))
def test_what_is_altered_in_the_site_is_put_back_by_the_next_build(
    ferry: "Folder", seed: int, tried: Tried
) -> None:
    rng = random.Random(seed)
    paths = [path for path in (ferry.root / "_site").rglob("*") if path.suffix in SHOWN]
    whole = {path: path.read_bytes() for path in sorted(paths)}
    for path in rng.sample(sorted(whole), 5):
        made = None
        while made is None:
            made = altered(whole[path].decode(), rng)
        path.write_bytes(made[1].encode())
    assert ferry.build().code == 0
    assert {path: path.read_bytes() for path in whole} == whole
    tried("traces", "altered pages, twins and feeds that the next build puts back", 5)


SHOWN = {".html", ".json", ".xml", ".atom"}


@pytest.mark.parametrize("seed", range(many(short=1, long=8)))
def test_a_hash_that_was_altered_gives_its_field_to_the_editor(
    ferry: "Folder", seed: int, tried: Tried
) -> None:
    rng = random.Random(seed)
    loaded, _ = load_entry(ferry.read(ENTRY), ENTRY)
    assert loaded.entry.parsed is not None
    before = ferry.read(ENTRY)
    field = rng.choice(_FIELDS)
    was = loaded.entry.parsed.wrote[field]
    now = rng.choice([f"{rng.getrandbits(32):08x}", was[::-1], "x"])
    ferry.edit(ENTRY, was, now)
    assert load_entry(ferry.read(ENTRY), ENTRY)[0].entry.edited == (field,)
    # That of the source is no secret: with another one it is parsed again, and nothing else is.
    ferry.write(ENTRY, before.replace(loaded.entry.parsed.sha256, "0" * 64))
    assert ferry.build("--frozen").code == 1
    assert ferry.build().code == 0
    assert ferry.read(ENTRY) == before
    tried("traces", "altered hashes of fields and sources", 2)
