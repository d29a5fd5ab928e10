"""Make briefbook/grouping/background.tsv: in how many of 1,000 news articles a word stands.

    python scripts/make_background.py ../shared/corpora

Reads the development halves of the topic corpora (allsides, bbc, agnews, reuters), each weighing
the same. Only counts leave the corpora, no sentence does. Deterministic.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from briefbook.grouping.similarity import terms

SETS = ("allsides", "bbc", "agnews", "reuters")
LEAST = 4  # of 1,000 articles
OUT = Path(__file__).parents[1] / "briefbook/grouping/background.tsv"


def main(corpora: Path) -> None:
    share: Counter[str] = Counter()
    for name in SETS:
        with gzip.open(corpora / f"topics-{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        counts = Counter(t for r in rows for t in set(terms(r["title"] + "\n" + r["text"])))
        for term, count in counts.items():
            share[term] += 1000 * count / len(rows) / len(SETS)  # type: ignore[assignment]
    kept = sorted((term, round(count)) for term, count in share.items() if count >= LEAST)
    OUT.write_text("".join(f"{term}\t{count}\n" for term, count in kept), "utf-8")
    print(f"{len(kept)} words written to {OUT.name}")


main(Path(sys.argv[1]))
