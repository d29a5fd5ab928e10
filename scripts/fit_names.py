"""Fit the table of weights that `briefbook.parsing.naming` reads, from texts whose names are known.

    python scripts/fit_names.py            fit on all texts, write the table
    python scripts/fit_names.py --folds    five folds by text: the figures to believe

What it learns from are the development half of wikigold in ../shared/corpora, the wire reports of
tests/cases/names, and the texts of made_texts.py for what both lack. A form of a name is one case
with one of four answers: person, organisation, place, or no name. Needs numpy and scipy.
"""

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
sys.path.append(str(ROOT.parent / "shared/measure"))

import made_texts  # noqa: E402
import numpy as np  # noqa: E402
import scipy.sparse as sparse  # noqa: E402
from corpora import rows  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from scipy.optimize import minimize  # noqa: E402
from tokens import detok, spans  # noqa: E402

from briefbook.parsing.naming.capitals import add_capitals  # noqa: E402
from briefbook.parsing.naming.kin import KINDS, kin_signs, relations  # noqa: E402
from briefbook.parsing.naming.knowledge import is_of_people  # noqa: E402
from briefbook.parsing.naming.runs import find_forms  # noqa: E402
from briefbook.parsing.naming.signs import mention_signs, own_signs, text_signs  # noqa: E402

TABLE = ROOT / "briefbook/parsing/weights/names.tsv"
CASES = ROOT / "tests/cases/names/newswire.txt"
OF_TAG = {"PER": 1, "ORG": 2, "LOC": 3, "P": 1, "O": 2, "L": 3}  # 0: no name
MARK = re.compile(r"\[([POL]):([^\]]*)\]")
# Large weights cost this much: the best in folds of 0.5, 1 and 2.
L2 = 1.0
# A form of a made text counts less than one of a real text: as good in folds as 0.1 and 0.3.
MADE = 0.2
# A sign seen less often is left out, as is one whose weights are all smaller, hundredths.
LEAST_SEEN, LEAST_WEIGHT = 2, 4
# Of made texts these say only what their makers drew, so they are learnt from real texts alone.
LEXICAL = ("is word ", "first ", "last ", "ends ")
FOLDS = 5
Gold = dict[str, Counter[int]]
Weights = Mapping[str, Sequence[float]]
Signs = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its names, and the forms found in it with their signs."""

    key: str
    gold: Gold  # by the normalised name
    forms: Sequence[tuple[str, str]]  # key and text of each form
    signs: Sequence[Signs]
    kin: Sequence[Sequence[tuple[str, str]]]

    @property
    def answers(self) -> list[int]:
        """The true kind of each form, the most frequent where it has several."""
        found = (self.gold.get(normal(text)) for _, text in self.forms)
        return [kinds.most_common(1)[0][0] if kinds else 0 for kinds in found]


def normal(name: str) -> str:
    """Return a name as the scorer compares it."""
    return re.sub(r"\W+", " ", name.lower()).strip()


def look(key: str, text: str, gold: Gold) -> Text:
    """Find the forms of a text and their signs, as the run time does."""
    forms, capitals = find_forms(text)
    add_capitals(capitals, forms)
    forms = {k: form for k, form in forms.items() if not is_of_people(k)}
    related, small = relations(list(forms)), frozenset(text.split())
    signs: list[Signs] = []
    for k, form in forms.items():
        own = [(sign, 1.0) for sign in (*own_signs(form.text), *text_signs(form, k, small))]
        around = Counter(sign for mention in form.mentions for sign in mention_signs(mention))
        scale = len(form.mentions) ** -0.5
        signs.append(own + [(sign, count * scale) for sign, count in around.items()])
    named = [(k, form.text) for k, form in forms.items()]
    return Text(key, gold, named, signs, [related.get(k, []) for k in forms])


def wikigold() -> Iterator[Text]:
    for row in rows("entities-wikigold"):
        gold: Gold = {}
        for tokens, tags in zip(row["tokens"], row["tags"], strict=True):
            for start, end, tag in spans(tags):
                gold.setdefault(normal(" ".join(tokens[start:end])), Counter())[OF_TAG[tag]] += 1
        yield look(row["id"], "\n".join(detok(tokens) for tokens in row["tokens"]), gold)


def marked(key: str, text: str) -> Text:
    """Return a text whose names are marked: "[P:…]", "[O:…]", "[L:…]"."""
    gold: Gold = {}
    for kind, name in MARK.findall(text):
        gold.setdefault(normal(name), Counter())[OF_TAG[kind]] += 1
    return look(key, MARK.sub(r"\2", text), gold)


def newswire() -> Iterator[Text]:
    for part in re.split(r"^== ", CASES.read_text("utf-8"), flags=re.M)[1:]:
        name, _, text = part.partition("\n")
        yield marked(name, text.strip())


def made() -> Iterator[Text]:
    for key, text in made_texts.texts():
        yield marked(key, text)


def decide(text: Text, weights: Weights) -> list[int]:
    """Return the kind of each form, as the run time decides: longer forms first."""
    answers = [0] * len(text.forms)
    kinds: dict[str, str] = {}
    for i in sorted(range(len(text.forms)), key=lambda i: -text.forms[i][0].count(" ")):
        score = np.zeros(4)
        for sign, value in with_kin(text, i, kinds):
            if sign in weights:
                score[1:] += value * np.asarray(weights[sign])
        answers[i] = int(score.argmax())
        if answers[i]:
            kinds[text.forms[i][0]] = KINDS[answers[i] - 1]
    return answers


def with_kin(text: Text, i: int, kinds: Mapping[str, str]) -> Signs:
    return [*text.signs[i], *((sign, 1.0) for sign in kin_signs(text.kin[i], kinds))]


def fit(texts: Iterable[Text]) -> Weights:
    """Return the weights of each sign for a person, an organisation and a place."""
    cases: list[Signs] = []
    truth: list[int] = []
    counts: list[float] = []
    seen: Counter[str] = Counter()
    for text in texts:
        is_made, answers = text.key.startswith("made/"), text.answers
        kinds = {
            key: KINDS[answer - 1]
            for (key, _), answer in zip(text.forms, answers, strict=True)
            if answer
        }
        for i, answer in enumerate(answers):
            cases.append(with_kin(text, i, kinds))
            truth.append(answer)
            counts.append(MADE if is_made else 1.0)
            seen.update(s for s, _ in cases[-1] if not (is_made and s.startswith(LEXICAL)))
    names = sorted(sign for sign, count in seen.items() if count >= LEAST_SEEN)
    table = _solve(_matrix(cases, names), np.eye(4)[truth], np.array(counts)[:, None])
    return dict(zip(names, table.tolist(), strict=True))


def _matrix(cases: Sequence[Signs], names: Sequence[str]) -> sparse.csr_matrix:
    column = {sign: n for n, sign in enumerate(names)}
    ends, columns, values = [0], [], []
    for signs in cases:
        for sign, value in signs:
            if sign in column:
                columns.append(column[sign])
                values.append(value)
        ends.append(len(columns))
    return sparse.csr_matrix((values, columns, ends), shape=(len(cases), len(names)))


def _solve(
    features: sparse.csr_matrix, truth: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights of the most likely multinomial logit; no name scores zero."""
    transposed = features.T.tocsr()
    nothing = np.zeros((features.shape[0], 1))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(-1, 3)
        scores = np.concatenate([nothing, features @ weights], axis=1)
        scores -= scores.max(1, keepdims=True)
        chances = np.exp(scores)
        sums = chances.sum(1, keepdims=True)
        value = -(counts * truth * (scores - np.log(sums))).sum() + L2 / 2 * (weights**2).sum()
        slope = transposed @ ((chances / sums - truth) * counts)[:, 1:] + L2 * weights
        return float(value), slope.ravel()

    start = np.zeros(features.shape[1] * 3)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60})
    table: NDArray[np.float64] = found.x.reshape(-1, 3)
    return table


def tally(text: Text, answers: Sequence[int], count: Counter[str]) -> None:
    """Count what the scorer counts: distinct names of a text, with and without their kind."""
    found = {
        (normal(name), answer)
        for (_, name), answer in zip(text.forms, answers, strict=True)
        if answer
    }
    true = {(name, kind) for name, kinds in text.gold.items() for kind in kinds}
    count.update({"right": len(found & true), "found": len(found), "true": len(true)})
    names, true_names = {name for name, _ in found}, {name for name, _ in true}
    both = len(names & true_names)
    count.update({"right names": both, "names": len(names), "true names": len(true_names)})


def show(title: str, count: Mapping[str, int]) -> None:
    typed = 2 * count["right"] / max(1, count["found"] + count["true"])
    untyped = 2 * count["right names"] / max(1, count["names"] + count["true names"])
    precision = count["right names"] / max(1, count["names"])
    recall = count["right names"] / max(1, count["true names"])
    print(f"{title:24} typed {typed:.3f} untyped {untyped:.3f} ({precision:.3f} {recall:.3f})")


def fold(key: str) -> int:
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def report() -> None:
    """Print the figures of texts that were not fitted on."""
    real: dict[str, list[Text]] = {"wikigold": [*wikigold()], "wire reports": [*newswire()]}
    drawn = [*made()]
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*real, "reachable")}
    for n in range(FOLDS):
        others = [text for own in real.values() for text in own if fold(text.key) != n]
        weights = fit([*others, *drawn])
        for name, own in real.items():
            for text in own:
                if fold(text.key) == n:
                    tally(text, decide(text, weights), counts[name])
    for text in real["wikigold"]:
        tally(text, text.answers, counts["reachable"])
    for name, count in counts.items():
        show(name, count)
    alone: Counter[str] = Counter()
    weights = fit([*real["wikigold"], *drawn])
    for text in real["wire reports"]:
        tally(text, decide(text, weights), alone)
    show("wire reports, unseen", alone)


def write(weights: Weights) -> int:
    """Write the table; return how many signs it has."""
    notes = ["# How much each sign speaks for a person, an organisation and a place, hundredths;"]
    notes.append("# made by scripts/fit_names.py.")
    hundredths = {sign: [round(100 * w) for w in own] for sign, own in sorted(weights.items())}
    kept = {s: own for s, own in hundredths.items() if max(map(abs, own)) >= LEAST_WEIGHT}
    lines: list[str] = ["\t".join([sign, *map(str, own)]) for sign, own in kept.items()]
    TABLE.write_text("\n".join([*notes, *lines]) + "\n", "utf-8")
    return len(kept)


def main(arguments: Sequence[Any]) -> None:
    if "--folds" in arguments:
        report()
    else:
        print(write(fit([*wikigold(), *newswire(), *made()])), "signs")


if __name__ == "__main__":
    main(sys.argv[1:])
