"""Fit the tables of weights that `briefbook.parsing.choice` reads, from pages with known metadata.

  python scripts/fit_roles.py PAGES BOUNDS

PAGES is gzipped JSONL, one page a line: `id`, `site`, `text` (flattenings by name), `meta` and
`meta_declared` with title, author, date, outlet. BOUNDS is gzipped JSONL: `id`, `way` and `lines`,
the numbers of the body's lines. Each page is fitted as the cleaner sees it, as BOUNDS has it and as
an editor may have pasted it, and once without the lines that say the value, so that a page that
says none gets none. A table holds the weights of a logit choice between the candidates and none.
Needs numpy and scipy.
"""

import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize

from briefbook.parsing import split_lines
from briefbook.parsing.authors import author_candidates
from briefbook.parsing.choice import load
from briefbook.parsing.clean import clean
from briefbook.parsing.headline import find_headline, headline_candidates, page_wording
from briefbook.parsing.outlets import outlet_candidates, squashed
from briefbook.parsing.page import Page
from briefbook.parsing.publication import find_publication, publication_candidates
from briefbook.parsing.repair import repairs_of
from briefbook.text.mending import apply
from briefbook.text.words import folded

FOLDER = Path(__file__).parents[1] / "briefbook" / "parsing" / "weights"
# How sure a choice has to be, percent: chosen on pages of other sites than those fitted on.
LEAST = {"headline": 50, "publication": 30, "authors": 42, "outlet": 50}
# Large weights cost this much; 0.5 to 3 make no difference on other sites.
L2 = 1.0
# A sign seen on fewer sites is left out, as it cannot be trusted elsewhere.
LEAST_SITES = 3
# Pages whose value was taken away count less than those with it.
WITHOUT = 0.5
Candidates = list[tuple[str, tuple[str, ...], int]]  # value, signs, index of the line


@dataclass(frozen=True, slots=True)
class Sample:
    """The candidates of one page."""

    site: str
    signs: Sequence[Sequence[str]]
    right: Sequence[bool]
    weight: float


def of_headline(page: Page) -> Candidates:
    """Return the headlines a page could have."""
    found = headline_candidates(page, page_wording(page))
    return [(one.text, one.signs, one.place) for one in found]


def of_publication(page: Page) -> Candidates:
    """Return the dates a page could have."""
    headline = find_headline(page)
    found = publication_candidates(page, headline.place if headline else None)
    return [(one.day.isoformat(), one.signs, one.place) for one in found]


def of_authors(page: Page) -> Candidates:
    """Return the authors a page could have."""
    headline = find_headline(page)
    title = headline.place if headline else None
    dated = find_publication(page, title)
    found = author_candidates(page, title, dated.place if dated else None)
    return [("; ".join(one.names), one.signs, one.place) for one in found]


def of_outlet(page: Page) -> Candidates:
    """Return the outlets a page could have."""
    headline = find_headline(page)
    found = outlet_candidates(page, headline.text if headline else "")
    return [(one.name, one.signs, one.place) for one in found]


def alike(least: float) -> Callable[[str, str], bool]:
    """Return a comparison: two values share at least so much of their words."""

    def compare(true: str, said: str) -> bool:
        one = set(re.sub(r"^\s*(?:by|von|par|por|di|door)\s+", "", folded(true)).split())
        other = set(folded(said).split())
        return 2 * len(one & other) >= least * (len(one) + len(other)) > 0

    return compare


TABLES: dict[str, tuple[str, Callable[[Page], Candidates], Callable[[str, str], bool]]] = {
    "headline": ("title", of_headline, alike(0.85)),
    "publication": ("date", of_publication, lambda true, said: true[:10] == said),
    "authors": ("author", of_authors, alike(0.8)),
    "outlet": ("outlet", of_outlet, lambda true, said: squashed(true) == squashed(said)),
}


def rows(path: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def pages(where: str, bounds: str) -> Iterator[tuple[dict[str, Any], Page]]:
    """Yield each page as the cleaner sees it, and with its true bounds where they are known."""
    body = {(row["id"], row["way"]): {n for n, _ in row["lines"]} for row in rows(bounds)}
    for row in rows(where):
        for way, text in row["text"].items():
            numbered = ((n, line) for n, line in enumerate(split_lines(text), 1) if line.strip())
            page = clean([(n, apply(line, repairs_of(n, line))) for n, line in numbered]).roles.page
            yield row, page
            true = body.get((row["id"], way), set())
            inside = [i for i, line in enumerate(page.lines) if line.number in true]
            if inside:
                whole = Page(page.lines, inside[0], inside[-1] + 1)
                yield row, whole
                yield from ((row, paste) for paste in pasted(row, way, whole))


def pasted(row: dict[str, Any], way: str, page: Page) -> Iterator[Page]:
    """Yield what an editor may have pasted of a page: from about its headline to about its end."""
    title = row.get("meta", {}).get("title") or row.get("meta_declared", {}).get("title") or ""
    near = range(max(0, page.start - 8), min(page.start + 2, len(page.lines)))
    at = [i for i in near if alike(0.85)(title, page.lines[i].text)]
    if not at:
        return
    chance = Random(row["id"] + way)  # the same pastes in every run
    first = max(0, at[-1] - chance.choice([0, 0, 0, 1, 2]))
    last = page.end + chance.choice([0, 0, 1, 3, 8])
    spacing = chance.choice(["as it is", "as it is", "close above the text", "close"])
    part = [copy(line) for line in page.lines[first:last]]
    number = 0
    for i, line in enumerate(part):
        close = spacing == "close" or (spacing != "as it is" and i < page.start - first)
        step = 1 if close else 2
        before = page.lines[first + i - 1].number if i else line.number - 1
        number += line.number - before if spacing == "as it is" else step
        line.number = number
    yield Page(part, max(0, page.start - first), min(len(part), page.end - first))


def without(page: Page, places: set[int]) -> Page:
    """Return a page without some of its lines."""
    kept = [i for i in range(len(page.lines)) if i not in places]
    start, end = (sum(i < edge for i in kept) for edge in (page.start, page.end))
    return Page([page.lines[i] for i in kept], start, end)


def samples(name: str, where: str, bounds: str) -> Iterator[Sample]:
    """Yield the candidates of every page whose value is known."""
    key, candidates, same = TABLES[name]
    for row, page in pages(where, bounds):
        true = row.get("meta", {}).get(key) or row.get("meta_declared", {}).get(key)
        if not true:
            continue
        found = candidates(page)
        right = [same(true, value) for value, _, _ in found]
        if found:
            yield Sample(row["site"], [signs for _, signs, _ in found], right, 1.0)
        gone = {place for (_, _, place), good in zip(found, right, strict=True) if good}
        others = candidates(without(page, gone)) if gone and name != "headline" else []
        if others:
            wrong = [same(true, value) for value, _, _ in others]
            yield Sample(row["site"], [signs for _, signs, _ in others], wrong, WITHOUT)


def fit(data: Sequence[Sample]) -> dict[str, int]:
    """Return the weight of each sign, hundredths; none of the candidates weighs nothing."""
    sites: dict[str, set[str]] = defaultdict(set)
    for sample in data:
        for sign in {sign for signs in sample.signs for sign in signs}:
            sites[sign].add(sample.site)
    names = sorted(sign for sign, where in sites.items() if len(where) >= LEAST_SITES)
    row = {sign: n for n, sign in enumerate(names)}
    columns = [[row[s] for s in signs if s in row] for one in data for signs in one.signs]
    ends = np.cumsum([0, *map(len, columns)])
    flat = [column for own in columns for column in own]
    shape = (len(columns), len(names))
    matrix = sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=shape)
    page = np.repeat(np.arange(len(data)), [len(one.signs) for one in data])
    right = np.array([good for one in data for good in one.right], float)
    none = np.bincount(page, right, len(data)) == 0
    weight = np.array([one.weight for one in data])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ w
        most = np.zeros(len(data))
        np.maximum.at(most, page, scores)
        odds, nothing = np.exp(scores - most[page]), np.exp(-most)
        whole = nothing + np.bincount(page, odds, len(data))
        good = nothing * none + np.bincount(page, odds * right, len(data))
        slope = odds / whole[page] - odds * right / good[page]
        value = (weight * (np.log(whole) - np.log(good))).sum() + 0.5 * L2 * (w @ w)
        return float(value), matrix.T @ (slope * weight[page]) + L2 * w

    start = np.zeros(len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {sign: round(100 * found.x[n]) for sign, n in row.items()}


def main() -> None:
    """Fit every table; the later ones build on the choices of the earlier."""
    where, bounds = sys.argv[1:3]
    for name in TABLES:
        table = fit(list(samples(name, where, bounds)))
        lines = [f"# Signs of the {name}, hundredths; made by scripts/fit_roles.py."]
        lines.append(f"(least)\t{LEAST[name]}")
        lines += [f"{sign}\t{weight}" for sign, weight in sorted(table.items()) if weight]
        (FOLDER / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")
        load.cache_clear()
        print(f"{name}: {len(table)} signs")


if __name__ == "__main__":
    main()
