"""Nothing that an editor wrote is lost by whole builds: random edits of many entries at once."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefbook import entries, parsing, proving, updating
from briefbook.briefing import LoadedEntry, load_entry, with_override
from briefbook.model import Article, Override, SourceFile
from briefbook.parsing import PARSER, parse
from briefbook.reading import read_source
from briefbook.renewing import reparsing

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

ROUNDS = 10
ENTRIES = 6  # of one site
PLACES = ("Skarnes", "Aldhaven", "Mirow", "Tolbek", "Osterby", "Velm")
SENTENCES = (
    "The night ferry from {0} will sail again from 3 May, its owner said on Tuesday.",
    "Tickets to {0} cost {1} crowns and go on sale at the end of the month.",
    "Also Read: Walnut bread from {0} in {1} easy steps",
    "The old ship of {0} was sold to a yard in the south {1} winters ago.",
    "“Nobody in {0} expects it to be late,” said Nora Quill: # {1} of them.",
    "Share this with {1} friends",
    "The port of {0} waits for {1} beacons that the province has promised.",
    "Fishermen of {0} keep their {1} berths until the autumn storms begin.",
)


def text_of(chance: random.Random, place: str) -> str:
    count = chance.randint(2, 60)
    lines = chance.sample(SENTENCES, chance.randint(5, len(SENTENCES)))
    body = "\n\n".join(line.format(place, count) for line in lines)
    return f"Night ferry returns to {place} after {count} days\n\nBy Nora Quill\n\n{body}\n"


def changed(chance: random.Random, text: str) -> str:
    """Change a source as an outlet does: a paragraph goes, or comes, or has another word."""
    parts = text.rstrip("\n").split("\n\n")
    place = chance.randrange(2, len(parts))
    what = chance.choice(["goes", "comes", "moves", "word", "nothing"])
    if what in ("goes", "moves"):
        part = parts.pop(place)
        parts += [part] if what == "moves" else []
    elif what == "comes":
        parts.insert(place, "The harbour master asks everybody to come half an hour early.")
    elif what == "word":
        parts[place] += " So it was said."
    return "\n\n".join(parts) + "\n"


def edited(chance: random.Random, text: str, said: str) -> tuple[str, list[str]]:
    """Edit an entry by hand; return it and what must stand in it for good."""
    pieces = [f"title: '{said}'  # {said}\n", f"mine: |\n  {said}\n", f"\n# {said}\nstory:"]
    pieces += [f"note: {said} note\n", f"\n\n{said} in the body.\n\n", f"# {said} at the end\n"]
    wanted = chance.sample(range(6), chance.randint(0, 4))
    changes: Sequence[Callable[[str], str]] = (
        lambda t: re.sub(r"^title: .*\n", pieces[0], t, count=1, flags=re.M),
        lambda t: t.replace("\nstatus:", f"\n{pieces[1]}status:"),
        lambda t: t.replace("\nstory:", pieces[2]),
        lambda t: t.replace("\nstatus:", f"\n{pieces[3]}status:"),
        lambda t: re.sub(r"(\n---\n.*)\n\n", rf"\1{pieces[4]}", t, count=1),
        lambda t: re.sub(r"^(parsed: .*)\n", rf"\1  {pieces[5]}", t, flags=re.M),
    )
    for number in sorted(wanted):
        text = changes[number](text)
    return text, [pieces[number] for number in wanted]


def told(chance: random.Random, loaded: LoadedEntry, source: SourceFile) -> LoadedEntry:
    article = parse(source, loaded.entry.overrides)
    for line in chance.sample(article.lines[2:], chance.randint(0, 2)):
        loaded = with_override(loaded, line, keep=chance.random() < 0.5)
    return loaded


def another_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be parsed by a later parser, which takes fewer key points."""

    def later(source: SourceFile, overrides: Sequence[Override] = ()) -> Article:
        article = parse(source, overrides)
        return replace(article, key_points=article.key_points[:1])

    for module in (parsing, reparsing):
        monkeypatch.setattr(module, "parse", later)
    for module in (entries, proving, reparsing, updating):
        monkeypatch.setattr(module, "PARSER", PARSER + 1)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_build_loses_a_word_and_the_next_writes_nothing(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    sources = {f"sources/{place}.txt": text_of(chance, place) for place in PLACES}
    folder = site("".join(f"-- {path} --\n{text}" for path, text in sources.items()))
    assert folder.build().err == ""
    wanted: dict[str, list[str]] = {}
    overrides: dict[str, tuple[Override, ...]] = {}
    for number, path in enumerate(folder.entries()):
        text, wanted[path] = edited(chance, folder.read(path), f"Ed{number}")
        loaded = load_entry(text, path)[0]
        assert loaded.entry.parsed is not None
        own = read_source(folder.root, loaded.entry.parsed.source)
        loaded = told(chance, loaded, own)
        folder.write(path, loaded.text)
        overrides[path] = loaded.entry.overrides
        folder.write(own.path, changed(chance, sources[own.path]))
    assert len(wanted) == ENTRIES
    if seed % 2:
        another_parser(monkeypatch)
    assert folder.build().code == 0
    if seed % 2:
        assert folder.run("reparse", "--write").code == 0
        folder.build()
    for path, pieces in wanted.items():
        text = folder.read(path)
        assert [piece for piece in pieces if piece not in text] == []
        assert load_entry(text, path)[0].entry.overrides == overrides[path]
    before, times = folder.tree(), folder.times()
    assert folder.build().code == 0
    assert (folder.tree(), folder.times()) == (before, times)
    assert folder.check().code == 0
