"""Make briefbook/grouping/topic_fields.tsv: which words of news keep company with which.

    python scripts/make_topic_fields.py ../shared/corpora

Divides the words of the development halves of the topic corpora (allsides, bbc, agnews, reuters,
each weighing the same) into fields: groups of words that stand in the same articles, found by
non-negative factorisation of articles by words, without looking at any article's topic. Of each
word its strongest fields are kept. Only single words leave the corpora. Deterministic.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
from scipy import sparse

from briefbook.grouping.topicexamples import vector_of
from briefbook.grouping.topicterms import share_of, terms_of

SETS = ("allsides", "bbc", "agnews", "reuters")
FIELDS = 40
MOST_FIELDS = 4  # of a word
LEAST = 15  # articles that have a word
ROUNDS = 25
PENALTY = 0.001
# Weights are written as whole numbers of thousandths.
PARTS = 1000
MOST_TERMS = 600  # of an article, as when it is filed
OUT = Path(__file__).parents[1] / "briefbook/grouping/topic_fields.tsv"


def read(corpora: Path) -> tuple[sparse.csr_matrix, list[str]]:
    """Return articles by words, and the words."""
    numbers: dict[str, int] = {}
    rows, columns, values, scale = [], [], [], []
    for name in SETS:
        with gzip.open(corpora / f"topics-{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        for row in found:
            text = terms_of(row["text"], MOST_TERMS)[:MOST_TERMS]
            for key, value in vector_of(terms_of(row["title"]), text).items():
                if share_of(key):
                    rows.append(len(scale))
                    columns.append(numbers.setdefault(key, len(numbers)))
                    values.append(value)
            scale.append(len(found) ** -0.5)
    weights = np.array(scale) / np.mean(scale)
    table = sparse.csr_matrix((values, (rows, columns)), (len(scale), len(numbers)))
    common = np.flatnonzero(np.asarray((table > 0).sum(0)).ravel() >= LEAST)
    names = list(numbers)
    return (sparse.diags(weights) @ table[:, common]).tocsr(), [names[n] for n in common]


def factorise(table: sparse.csr_matrix) -> np.ndarray:
    """Return fields by words, each field of length 1, the strongest of each word kept."""
    chance = np.random.default_rng(0)
    articles = chance.random((table.shape[0], FIELDS)) * 0.1
    fields = chance.random((FIELDS, table.shape[1])) * 0.1
    turned = table.T.tocsr()
    for _ in range(ROUNDS):
        articles *= (table @ fields.T) / (articles @ (fields @ fields.T) + PENALTY)
        fields *= (turned @ articles).T / ((articles.T @ articles) @ fields + PENALTY)
    fields /= np.linalg.norm(fields, axis=1, keepdims=True)
    least = -np.sort(-fields, axis=0)[MOST_FIELDS - 1]
    return np.where(fields >= least, fields, 0)


def main(corpora: Path) -> None:
    table, names = read(corpora)
    parts = np.rint(factorise(table) * PARTS).astype(int)
    lines = []
    for name, column in sorted(zip(names, parts.T, strict=True)):
        kept = sorted(np.flatnonzero(column), key=lambda field: (-column[field], field))
        if kept:
            lines.append(f"{name}\t" + " ".join(f"{field}:{column[field]}" for field in kept))
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} words written to {OUT.name}")


main(Path(sys.argv[1]))
