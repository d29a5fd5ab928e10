"""Fit the weights that divide an article from what stands around it.

    python scripts/fit_article.py            fit on all pages, write weights/article.tsv
    python scripts/fit_article.py --folds    five folds by web site: the figures to believe

What it learns from, all of it the development half in ../shared/corpora (held-out pages are never
read): which lines stand in the gold bodies (set aeb), which lines the structure file calls body
(set traf), and the lines of labels/article.jsonl, which were labelled by reading for the other
pages; those are numbers of the flattening `copy` and are carried over to the other two. Each page
also serves as bare text: its body alone, or with a few lines around it, as an editor pastes it.
Besides, the project's own samples and whole cases, and the five texts it was started with
(labels/seeds.jsonl).
"""

import difflib
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(ROOT), str(SHARED / "measure"), str(Path(__file__).parent)]

import fitting  # noqa: E402
import metrics  # noqa: E402
import yaml  # noqa: E402
from corpora import CORPORA, rows  # noqa: E402

from briefbook.parsing import split_lines  # noqa: E402
from briefbook.parsing.clean import clean  # noqa: E402
from briefbook.parsing.lines import TextLine, text_line  # noqa: E402
from briefbook.parsing.repair import repairs_of  # noqa: E402
from briefbook.parsing.sequence import Model, load  # noqa: E402
from briefbook.parsing.signs import signs_of  # noqa: E402
from briefbook.reading import read_source  # noqa: E402
from briefbook.text.mending import apply  # noqa: E402

WAYS = ("copy", "scrape", "reader")
SHAPE = fitting.Shape(
    states=("before", "article", "inside", "after"),
    first=(0, 1),
    last=(1, 3),
    steps=frozenset({(0, 0), (0, 1), (1, 1), (1, 2), (1, 3), (2, 2), (2, 1), (3, 3)}),
)
# Tuned by folds on the mean F1 of all labelled pages. Words are trusted less than other signs.
L2, L2_WORDS, LEAST_SITES, STEPS = 10.0, 30.0, 6, 80
# What a wrong line costs: its share of the words of the body, times this.
MARGIN = 60.0
# Longer pages are few and would only cost time.
MOST_LINES = 1500
FOLDS = 5
# How much a text of our own counts: these are what editors drop in.
OWN = 6.0
# How much a bare text counts beside a whole page.
BARE = 0.5


@dataclass(slots=True)
class Text:
    """One flattening of one page."""

    page: dict[str, Any]
    way: str
    lines: list[TextLine]
    signs: list[list[str]]
    body: set[int] | None  # numbers of its body lines, None where nobody knows


def main(by_folds: bool) -> int:
    if not CORPORA.is_dir():
        print("fit_article: ../shared is not beside the project, so there is nothing to learn from")
        return 1
    texts = list(read_texts())
    if by_folds:
        report(texts, _kept_by_folds(texts))
        return 0
    labelled = [text for text in texts if text.body] + list(own_texts())
    path = ROOT / "briefbook/parsing/weights/article.tsv"
    fitting.write(_fit(labelled), path, _notes(len(labelled)))
    load.cache_clear()
    report(texts, {id(text): _kept(text, load("article")) for text in texts})
    return 0


def _notes(number: int) -> tuple[str, ...]:
    return (
        "How much each sign of a line speaks for its being before, in or after the article,",
        "or inside it and not of it, in hundredths. Made by scripts/fit_article.py from",
        f"{number} texts (l2 {L2:g}, of words {L2_WORDS:g}, margin {MARGIN:g}, signs seen on",
        f"{LEAST_SITES} sites or more).",
    )


def read_texts() -> Iterator[Text]:
    """Yield every flattening of every page, with its labels where there are some."""
    structure = {
        (row["id"], row["way"]): {number for number, _ in row["lines"]}
        for row in rows("structure-dev")
    }
    by_hand = {}
    for line in (ROOT / "scripts/labels/article.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        by_hand[row["id"]] = row["body"]
    for page in rows("extract-dev"):
        plain = {way: _numbered(page["text"][way]) for way in WAYS}
        for way, numbered in plain.items():
            if page.get("gold"):
                body = _standing_in(numbered, page["gold"])
            elif page["id"] in by_hand:
                ranges = by_hand[page["id"]]
                chosen = {n for n, _ in plain["copy"] if any(a <= n <= b for a, b in ranges)}
                body = _carried_over(plain["copy"], chosen, numbered)
            else:
                body = structure.get((page["id"], way))
            lines = [text_line(n, text) for n, text in numbered]
            yield Text(page, way, lines, _interned(signs_of(lines)), body)


def own_texts() -> Iterator[Text]:
    """Yield the samples of the project and the five texts it was started with, where at hand."""
    for gold in yaml.safe_load((ROOT / "tests/samples.yaml").read_text("utf-8")):
        source = read_source(ROOT, gold["source"])
        numbered = _mended(enumerate(source.lines, source.first_line))
        others = {*gold["dropped"], *gold["metadata"]}
        yield _own(gold["source"], numbered, {n for n, _ in numbered if n not in others})
    for source in sorted((ROOT / "tests/cases/parsing").glob("*/source.txt")):
        numbered = _numbered(source.read_text("utf-8"))
        expected = metrics.norm(source.with_name("expected.md").read_text("utf-8"))
        body = {n for n, line in numbered if metrics.norm(line).strip("•*- ") in expected}
        if body:  # texts whose lines are joined have none that stands in the body as it is
            yield _own(source.parent.name, numbered, body)
    for line in (ROOT / "scripts/labels/seeds.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        seed = SHARED / "seeds" / row["seed"]
        if seed.is_file():
            numbered = _numbered(seed.read_text("utf-8"))
            body = {n for n, _ in numbered if any(a <= n <= b for a, b in row["body"])}
            yield _own(row["seed"], numbered, body)


def _own(name: str, numbered: list[tuple[int, str]], body: set[int]) -> Text:
    lines = [text_line(n, text) for n, text in numbered]
    page = {"id": name, "site": name, "set": "own"}
    return Text(page, "own", lines, _interned(signs_of(lines)), body)


def _numbered(text: str) -> list[tuple[int, str]]:
    return _mended(enumerate(split_lines(text), 1))


def _mended(lines: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    mended = ((n, apply(line, repairs_of(n, line))) for n, line in lines if line.strip())
    return [(n, line) for n, line in mended if line.strip()]


def _interned(signs: list[list[str]]) -> list[list[str]]:
    return [[sys.intern(sign) for sign in own] for own in signs]


def _standing_in(numbered: Sequence[tuple[int, str]], gold: str) -> set[int]:
    """Return the lines most of whose runs of four words stand in the gold body."""
    words = metrics.tokens(gold)
    runs = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
    whole = {" ".join(metrics.tokens(line)) for line in gold.split("\n") if line.strip()}
    found = set()
    for number, line in numbered:
        own = metrics.tokens(line)
        if len(own) >= 4:
            shared = sum(tuple(own[i : i + 4]) in runs for i in range(len(own) - 3))
            if shared >= 0.6 * (len(own) - 3):
                found.add(number)
        elif own and " ".join(own) in whole:
            found.add(number)
    return found


def _carried_over(
    copy: Sequence[tuple[int, str]], chosen: set[int], other: Sequence[tuple[int, str]]
) -> set[int]:
    """Carry labels over from one flattening of a page to another."""
    ours, theirs = ([metrics.norm(text) for _, text in lines] for lines in (copy, other))
    found, matched = set(), set()
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    for block in matcher.get_matching_blocks():
        for i in range(block.size):
            matched.add(other[block.b + i][0])
            if copy[block.a + i][0] in chosen:
                found.add(other[block.b + i][0])
    body = "\n".join(text for number, text in copy if number in chosen)
    return found | _standing_in([(n, text) for n, text in other if n not in matched], body)


# --------------------------------------------------------------------------- fitting


def _fit(texts: Sequence[Text]) -> fitting.Fitted:
    samples = [s for text in texts if len(text.lines) < MOST_LINES for s in _samples(text)]
    return fitting.fit(
        samples,
        SHAPE,
        l2=lambda sign: L2_WORDS if is_word(sign) else L2,
        least_groups=LEAST_SITES,
        steps=STEPS,
    )


def is_word(sign: str) -> bool:
    """Tell whether a sign is a word of the line, not a form."""
    return sign.startswith(("word '", "words '", "first word", "opens '"))


def _samples(text: Text) -> Iterator[fitting.Sample]:
    """Yield the page, and a part of it as an editor might paste it."""
    states = _states(text.lines, text.body or set())
    yield _sample(text, text.lines, text.signs, states, OWN if text.way == "own" else 1.0)
    # The same for everyone who runs this: the part depends on the page alone.
    chance = Random(f"{text.page['id']} {text.way}")
    chosen = _part(states, chance)
    lines = [text.lines[i] for i in chosen]
    yield _sample(text, lines, _interned(signs_of(lines)), [states[i] for i in chosen], BARE)


def _part(states: Sequence[int], chance: Random) -> list[int]:
    """Choose the lines of a part: some or all of the article, and a few lines around it."""
    first, end = states.index(1), len(states) - states.count(3)
    article = list(range(first, end))
    if chance.random() < 0.5:
        article = article[: chance.choice((2, 3, 5, 8, 13))]
        while states[article[-1]] != 1:
            article.pop()
    above = range(max(0, first - chance.choice((0, 0, 1, 2, 4))), first)
    below = range(end, min(len(states), end + chance.choice((0, 0, 1, 3, 8))))
    return [*above, *article, *below]


def _states(lines: Sequence[TextLine], body: set[int]) -> list[int]:
    kept = [i for i, line in enumerate(lines) if line.number in body]
    return [
        0 if i < kept[0] else 3 if i > kept[-1] else 1 if line.number in body else 2
        for i, line in enumerate(lines)
    ]


def _sample(
    text: Text,
    lines: Sequence[TextLine],
    signs: list[list[str]],
    states: list[int],
    weight: float,
) -> fitting.Sample:
    kept = sum(line.words for line, state in zip(lines, states, strict=True) if state == 1)
    costs = [MARGIN * line.words / max(1, kept) for line in lines]
    return fitting.Sample(text.page["site"], signs, states, costs, weight)


# --------------------------------------------------------------------------- measuring


def _kept(text: Text, model: Model) -> list[str]:
    """Return the lines the whole cleaner keeps with these weights."""
    cleaned = clean([(line.number, line.text) for line in text.lines], model)
    return [verdict.text for verdict in cleaned.body]


def _kept_by_folds(texts: Sequence[Text]) -> dict[int, list[str]]:
    """Keep the lines of each text by weights fitted without its web site."""
    kept: dict[int, list[str]] = {}
    for fold in range(FOLDS):
        own = [text for text in texts if _fold(text) == fold]
        model = fitting.as_model(_fit([t for t in texts if t.body and _fold(t) != fold]))
        kept |= {id(text): _kept(text, model) for text in own}
        print(f"fold {fold + 1} of {FOLDS}: {len(own)} texts, {len(model.signs)} signs", flush=True)
    return kept


def _fold(text: Text) -> int:
    return int(hashlib.md5(text.page["site"].encode()).hexdigest(), 16) % FOLDS


def report(texts: Sequence[Text], kept: dict[int, list[str]]) -> None:
    """Print, for each flattening, F1 on gold bodies, on all labels, and of snippets."""
    for way in WAYS:
        of_way = [text for text in texts if text.way == way]
        full = [t for t in of_way if t.page.get("gold") and _is_whole(t)]
        shingle = metrics.shingle_report(
            [t.page["gold"] for t in full], ["\n".join(kept[id(t)]) for t in full], 10
        )
        labelled = [
            metrics.page_f1(
                metrics.triple(
                    "\n".join(line.text for line in t.lines if line.number in t.body),
                    "\n".join(kept[id(t)]),
                )
            )
            for t in of_way
            if t.body
        ]
        others = [t for t in of_way if t.page["set"] == "traf"]
        snippet = metrics.snippet_report(
            [t.page for t in others], ["\n".join(kept[id(t)]) for t in others], 2
        )
        print(
            f"{way:7} gold F1 {shingle['f1']:.3f} P {shingle['precision']:.3f} "
            f"R {shingle['recall']:.3f} accuracy {shingle['accuracy']:.3f} | "
            f"labelled F1 {sum(labelled) / len(labelled):.4f} | snippet F1 {snippet['f1']:.3f} "
            f"P {snippet['precision']:.3f} R {snippet['recall']:.3f}",
            flush=True,
        )


def _is_whole(text: Text) -> bool:
    """Tell whether the flattening has most of the gold body at all."""
    page = text.page
    recall: float = metrics._r(metrics.triple(page["gold"], page["text"][text.way]))
    return recall >= 0.5


if __name__ == "__main__":
    raise SystemExit(main("--folds" in sys.argv[1:]))
