"""Fit the tables of weights that `briefbook.parsing.choice` reads, from pages with known metadata.

    python scripts/fit_roles.py            fit on all pages, write the tables
    python scripts/fit_roles.py --folds    five folds by web site: the figures to believe

What it learns from is the development half in ../shared/corpora. The shipped weights of the cleaner
were fitted on these pages and divide them better than others; so each page is divided by weights
fitted without its web site. It is fitted as that division has it, as it truly is where that is
known, and as an editor may have pasted it; and once without the lines that say the value, so that a
page that says none gets none. A table holds the weights of a logit choice between the candidates
and none. Needs numpy and scipy.
"""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import fit_article  # noqa: E402
import fitting  # noqa: E402
import metadata  # noqa: E402
import numpy as np  # noqa: E402
import scipy.sparse as sparse  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from scipy.optimize import minimize  # noqa: E402

from briefbook.parsing.authors import author_candidates  # noqa: E402
from briefbook.parsing.choice import Scale, choose, load  # noqa: E402
from briefbook.parsing.division import divide  # noqa: E402
from briefbook.parsing.headline import find_headline, headline_candidates, page_wording  # noqa: E402
from briefbook.parsing.outlets import outlet_candidates  # noqa: E402
from briefbook.parsing.page import Page  # noqa: E402
from briefbook.parsing.publication import find_publication, publication_candidates  # noqa: E402
from briefbook.text.words import folded  # noqa: E402

FOLDER = Path(__file__).parents[1] / "briefbook" / "parsing" / "weights"
# How sure a choice has to be, percent: chosen on pages of other sites than those fitted on.
LEAST = {"headline": 35, "publication": 12, "authors": 45, "outlet": 50}
# Large weights cost this much: the best on other sites of 1, 3 and 8.
L2 = 3.0
# A sign seen on fewer sites is left out, as it cannot be trusted elsewhere.
LEAST_SITES = 3
# Pages whose value was taken away count less than those with it.
WITHOUT = 0.5
# A page with its true bounds, and parts of one, count so much beside the page.
ANOTHER = 0.3
PART = 0.15
# Shares for `--folds`.
LEVELS = (0, 10, 20, 30, 40, 50, 60, 70, 80, 90)
FOLDS = 5
Candidates = list[tuple[str, tuple[str, ...], int]]  # value, signs, index of the line


@dataclass(frozen=True, slots=True)
class Sample:
    """The candidates of one page."""

    site: str
    values: Sequence[str]
    signs: Sequence[Sequence[str]]
    right: Sequence[bool]
    weight: float
    is_judged: bool = False  # of a whole page whose text has the value


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


TABLES: dict[str, tuple[str, Callable[[Page], Candidates]]] = {
    "headline": ("title", of_headline),
    "publication": ("date", of_publication),
    "authors": ("author", of_authors),
    "outlet": ("outlet", of_outlet),
}


@dataclass(frozen=True, slots=True)
class View:
    """A page, or a part of it, with what it should say."""

    row: dict[str, Any]
    page: Page
    weight: float

    def true(self, key: str) -> str:
        """Return the value of a page, as made by hand or else as the publisher declares it."""
        value = self.row.get("meta", {}).get(key) or self.row.get("meta_declared", {}).get(key)
        return value or ""


def views() -> Iterator[View]:
    """Yield each page as the cleaner sees it, with its true bounds, and as it may be pasted."""
    texts = list(fit_article.read_texts())
    for fold in range(fit_article.FOLDS):
        others = [text for text in texts if text.body and fit_article._fold(text) != fold]
        model = fitting.as_model(fit_article._fit(others))
        for text in texts:
            if fit_article._fold(text) == fold:
                division = divide(text.lines, model)
                page = Page(text.lines, division.start, division.end)
                yield View(text.page, page, 1.0)
                yield from parts_of(text)


def parts_of(text: fit_article.Text) -> Iterator[View]:
    """Yield a page with its true bounds, where they are known, and parts of it."""
    body = text.body or ()
    inside = [i for i, line in enumerate(text.lines) if line.number in body]
    if inside:
        whole = Page(text.lines, inside[0], inside[-1] + 1)
        yield View(text.page, whole, ANOTHER)
        parts = pasted(text.page, text.way, whole)
        yield from (View(text.page, part, PART) for part in parts)


def pasted(row: dict[str, Any], way: str, page: Page) -> Iterator[Page]:
    """Yield what an editor may have pasted of a page: from about its headline to about its end."""
    title = View(row, page, 1.0).true("title")
    near = range(max(0, page.start - 8), min(page.start + 2, len(page.lines)))
    at = [i for i in near if metadata.right("title", title, page.lines[i].text)]
    if not at:
        return
    chance = Random(row["id"] + way)  # the same pastes in every run
    first = max(0, at[-1] - chance.choice([0, 0, 0, 1, 2]))
    last = page.end + chance.choice([0, 0, 1, 3, 8])
    spacing = chance.choice(["as it is", "as it is", "close above the text", "close"])
    part = list(page.lines[first:last])
    number = 0
    for i, line in enumerate(page.lines[first:last]):
        close = spacing == "close" or (spacing != "as it is" and i < page.start - first)
        before = page.lines[first + i - 1].number if i else line.number - 1
        number += line.number - before if spacing == "as it is" else 1 if close else 2
        part[i] = replace(line, number=number)
    start, end = max(0, page.start - first), min(len(part), page.end - first)
    yield Page(part, start, end)
    # A cleaner that keeps all of a paste takes the headline for the first line of the text.
    short = part[: start + chance.choice([2, 3, 5, 8, 13])]
    yield Page(short, chance.choice([0, 0, start]), min(len(short), end))


def without(page: Page, places: set[int]) -> Page:
    """Return a page without some of its lines."""
    kept = [i for i in range(len(page.lines)) if i not in places]
    start, end = (sum(i < edge for i in kept) for edge in (page.start, page.end))
    return Page([page.lines[i] for i in kept], start, end)


def samples(name: str, seen: Sequence[View]) -> Iterator[Sample]:
    """Yield the candidates of every page whose value is known."""
    key, candidates = TABLES[name]
    for view in seen:
        true = view.true(key)
        if not true:
            continue
        found = candidates(view.page)
        right = [metadata.right(key, true, value) for value, _, _ in found]
        text = "\n".join(line.text for line in view.page.lines) if view.weight == 1.0 else ""
        judged = metadata.findable(key, true, text)
        yield _sample(view, found, right, view.weight, judged)
        gone = {place for (_, _, place), good in zip(found, right, strict=True) if good}
        if gone and name != "headline":
            others = candidates(without(view.page, gone))
            still = [metadata.right(key, true, value) for value, _, _ in others]
            yield _sample(view, others, still, WITHOUT * view.weight, False)


def _sample(
    view: View, found: Candidates, right: Sequence[bool], weight: float, judged: bool
) -> Sample:
    values, signs = [value for value, _, _ in found], [own for _, own, _ in found]
    return Sample(view.row["site"], values, signs, right, weight, judged)


def fit(data: Sequence[Sample]) -> dict[str, int]:
    """Return the weight of each sign, hundredths; none of the candidates weighs nothing."""
    data = [sample for sample in data if sample.signs]
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


def report(name: str, data: Sequence[Sample]) -> None:
    """Print recall and precision on the pages of other sites, for each share a choice may need."""
    judged: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        table = fit([sample for sample in data if _fold(sample) != fold])
        for sample in data:
            if sample.is_judged and _fold(sample) == fold:
                values = [folded(value) for value in sample.values]
                chosen = choose(Scale(table, 0), sample.signs, values)
                judged.append((chosen.sure, sample.right[chosen.place]) if chosen else (-1, False))
    print(f"{name}, {len(judged)} pages")
    for least in LEVELS:
        given = [right for sure, right in judged if 100 * sure >= least]
        recall, precision = sum(given) / len(judged), sum(given) / max(1, len(given))
        print(f"  at {least} percent: recall {recall:.3f} precision {precision:.3f}")


def _fold(sample: Sample) -> int:
    return int(hashlib.md5(sample.site.encode()).hexdigest(), 16) % FOLDS


def main(by_folds: bool) -> None:
    """Fit every table; the later ones build on the choices of the earlier."""
    seen = list(views())
    for name in TABLES:
        data = list(samples(name, seen))
        if by_folds:
            report(name, data)
            continue
        table = fit(data)
        lines = [f"# Signs of the {name}, hundredths; made by scripts/fit_roles.py."]
        lines.append(f"(least)\t{LEAST[name]}")
        lines += [f"{sign}\t{weight}" for sign, weight in sorted(table.items()) if weight]
        (FOLDER / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")
        load.cache_clear()
        print(f"{name}: {len(table)} signs")


if __name__ == "__main__":
    main("--folds" in sys.argv[1:])
