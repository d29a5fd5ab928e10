"""Fit the weights by which structure tells headings, paragraphs, items and table rows apart.

    python scripts/fit_structure.py            write briefbook/parsing/weights/structure.tsv
    python scripts/fit_structure.py --check    print figures, each fold of sites by the others

Learns from the development half of ../shared/corpora: pages flattened three ways, and what their
markup made of each line of the body.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpora import CORPORA, rows
from fitting import Fitted, Sample, Shape, as_model, fit, write

from briefbook.model import BlockKind
from briefbook.parsing import sequence, split_lines
from briefbook.parsing.blocksigns import BodyLine, signs_of
from briefbook.parsing.clean import clean
from briefbook.parsing.repair import repairs_of
from briefbook.parsing.structure import STATES, certain_kinds, likely_kinds
from briefbook.text.mending import apply

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
MEASURE = SHARED / "measure"
TABLE = ROOT / "briefbook/parsing/weights/structure.tsv"
NAMES = tuple(STATES)
FIRST, NEXT = NAMES.index("item"), NAMES.index("next item")
# Kinds of the corpus that more than one answer fits; the first is what is taken before any model.
SEVERAL = {
    "pseudo-heading": ("heading", "paragraph"),
    "pseudo-item": ("paragraph", "item"),
    "quote": ("paragraph", "item"),  # no sign tells a quote without its mark
    "pseudo-quote": ("paragraph",),
    "caption": ("paragraph",),
    "pre": ("paragraph",),
    "unclear": ("paragraph", "heading", "item", "table"),
}
# All four tuned by 5 folds over sites, on the three flattenings together.
L2 = 12.0
LEAST_SITES = 5
STEPS = 80
# What a wrong answer costs: items are missed more often than made up.
COSTS = {"heading": 1.0, "paragraph": 1.0, "item": 1.5, "table": 1.0}
# Lines of one kind on one page count as at most this many: odd pages are long ones.
MOST_OF_A_KIND = 15
# How much the other views of a page count beside its body alone.
AMONG_FURNITURE = 0.5
WITHOUT_GAPS = 0.3
FOLDS = 5


@dataclass(frozen=True)
class View:
    """The kept lines of one page in one flattening, and the answers that are right for each."""

    page: str
    site: str
    way: str
    weight: float
    lines: Sequence[BodyLine]
    fits: Sequence[tuple[str, ...]]  # empty: nothing is known of the line, it is furniture
    certain: Mapping[int, BlockKind]
    signs: Sequence[Sequence[str]]


def main(check: bool) -> int:
    if not CORPORA.is_dir():
        print("fit_structure: ../shared is not beside the project")
        return 1
    views = list(_views())
    if check:
        _check(views)
        return 0
    notes = (
        "Weights of the signs of a body line, hundredths; made by scripts/fit_structure.py.",
        "What the signs mean stands in parsing/blocksigns.py.",
    )
    write(_fitted(views), TABLE, notes)
    print(f"{TABLE.name}: {TABLE.stat().st_size // 1024} kB")
    return 0


def _views() -> Iterator[View]:
    pages = {page["id"]: page for page in rows("extract-dev")}
    for row in rows("structure-dev"):
        page, way = pages[row["id"]], row["way"]
        raw = {n: x for n, x in enumerate(split_lines(page["text"][way]), 1) if x.strip()}
        text = {n: apply(line, repairs_of(n, line)) for n, line in raw.items()}
        gold = {n: kind for n, kind in row["lines"] if n in text}
        kept = [verdict.number for verdict in clean(list(text.items())).body]
        where = (row["id"], page["site"], way)
        yield _view(where, 1.0, text, sorted(gold), gold)
        yield _view(where, AMONG_FURNITURE, text, kept, gold)
        if way != "reader":  # which has no blank lines to begin with
            close = dict(enumerate((text[n] for n in sorted(gold)), 1))
            kinds = dict(enumerate((gold[n] for n in sorted(gold)), 1))
            yield _view(where, WITHOUT_GAPS, close, list(close), kinds)


def _view(
    where: tuple[str, str, str],
    weight: float,
    text: Mapping[int, str],
    numbers: Sequence[int],
    gold: Mapping[int, str],
) -> View:
    above = [0, *numbers]
    lines = [
        BodyLine(n, text[n].strip(), n != before + 1)
        for before, n in zip(above, numbers, strict=False)
    ]
    certain = certain_kinds(lines)
    fits = [SEVERAL.get(gold[n], (gold[n],)) if n in gold else () for n in numbers]
    return View(*where, weight, lines, fits, certain, signs_of(lines, certain))


def _fitted(views: Sequence[View]) -> Fitted:
    """Fit twice: the second time, of several right answers the first model's best is taken."""
    n = range(len(NAMES))
    shape = Shape(
        states=NAMES,
        first=tuple(s for s in n if s != NEXT),
        last=tuple(n),
        # In a list only the first is a first, and only after one comes a next.
        steps=frozenset(
            (a, b)
            for a in n
            for b in n
            if (b == NEXT) <= (a in (FIRST, NEXT)) and not (b == FIRST and a in (FIRST, NEXT))
        ),
    )
    fitted = _fit(views, shape, None)
    fitted = _fit(views, shape, as_model(fitted))
    # While learning, a text may be cut below a heading; while working it may not.
    return replace(fitted, shape=replace(shape, last=tuple(s for s in n if NAMES[s] != "heading")))


def _fit(views: Sequence[View], shape: Shape, model: sequence.Model | None) -> Fitted:
    samples = [sample for view in views for sample in _samples(view, model)]
    return fit(samples, shape, l2=lambda _: L2, least_groups=LEAST_SITES, steps=STEPS)


def _samples(view: View, model: sequence.Model | None) -> Iterator[Sample]:
    """Yield the runs of lines of which something is known, as samples."""
    names = _answers(view, model)
    most = max(Counter(names).values(), default=1)
    weight = view.weight * min(1.0, MOST_OF_A_KIND / most)
    first = 0
    for end in range(len(names) + 1):
        if end < len(names) and names[end]:
            continue
        if end > first:
            span = range(first, end)
            yield Sample(
                group=view.site,
                signs=[view.signs[i] for i in span],
                states=_states(names[first:end]),
                costs=[_cost(view, i, names[i]) for i in span],
                weight=weight,
            )
        first = end + 1


def _answers(view: View, model: sequence.Model | None) -> list[str]:
    """Return the answer to learn for each line, "" where nothing is known of it."""
    own = {line.number: kind for line, kind in zip(view.lines, view.fits, strict=True) if kind}
    if model is None:
        return [_certain(view, i) or (fits[0] if fits else "") for i, fits in enumerate(view.fits)]
    allowed = {n: frozenset(fits) for n, fits in own.items()}
    kinds = likely_kinds(view.lines, view.certain, _scores(view, model), model, allowed)
    return [
        _certain(view, i) or (str(kinds[line.number]) if line.number in own else "")
        for i, line in enumerate(view.lines)
    ]


def _scores(view: View, model: sequence.Model) -> list[sequence.Weights]:
    return [model.scores(signs) for signs in view.signs]


def _certain(view: View, i: int) -> str:
    """Return what the rules hold a line for, among the states there are; "" where nothing."""
    kind = view.certain.get(view.lines[i].number)
    if kind is None or not view.fits[i]:
        return ""
    return kind if kind in STATES.values() else "paragraph"


def _states(names: Sequence[str]) -> list[int]:
    states: list[int] = []
    for name in names:
        state = NAMES.index(name)
        follows = bool(states) and states[-1] in (FIRST, NEXT)
        states.append(NEXT if state == FIRST and follows else state)
    return states


def _cost(view: View, i: int, name: str) -> float:
    is_open = len(view.fits[i]) > 1 or view.lines[i].number in view.certain
    return 0.0 if is_open else COSTS[name]


def _check(views: Sequence[View]) -> None:
    """Print the scorer's figures of the bodies alone, and of what cleaning kept."""
    sys.path.insert(0, str(MEASURE))
    import score_structure as scorer

    gold = {(row["id"], row["way"]): row["lines"] for row in rows("structure-dev")}
    answers: dict[tuple[float, str], list[Any]] = {}
    for fold in range(FOLDS):
        model = as_model(_fitted([view for view in views if _fold(view.site) != fold]))
        for view in views:
            if _fold(view.site) == fold:
                found = likely_kinds(view.lines, view.certain, _scores(view, model), model)
                if view.weight != WITHOUT_GAPS:
                    pair = (gold[view.page, view.way], {n: str(k) for n, k in found.items()})
                    answers.setdefault((view.weight, view.way), []).append(pair)
    for (weight, way), pages in sorted(answers.items()):
        score = scorer.score(pages, n_boot=0)
        name = "bodies alone" if weight == 1.0 else "as cleaned"
        figures = "  ".join(
            f"{kind} {score['kinds'][kind]['f1']:.3f}" for kind in ("heading", "item", "table")
        )
        print(f"{name:12} {way:7} right {score['accuracy']:.3f}  F1 {figures}")


def _fold(site: str) -> int:
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
