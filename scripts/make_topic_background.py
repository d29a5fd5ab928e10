"""Make briefbook/grouping/topic_background.tsv: in how many of 10,000 news articles a term stands.

    python scripts/make_topic_background.py ../shared/corpora

Reads the development halves of the topic corpora (allsides, bbc, agnews, reuters), each weighing
the same. Only counts of single terms leave the corpora, no sentence does. Deterministic.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from briefbook.grouping.topicterms import BACKGROUND_TEXTS, terms_of
from briefbook.text.words import STOP_WORDS

SETS = ("allsides", "bbc", "agnews", "reuters")
LEAST = 10  # of 10,000 articles; a rarer term weighs about the same as an unknown one
OUT = Path(__file__).parents[1] / "briefbook/grouping/topic_background.tsv"


def main(corpora: Path) -> None:
    share: Counter[str] = Counter()
    for name in SETS:
        with gzip.open(corpora / f"topics-{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        counts: Counter[str] = Counter()
        for row in rows:
            counts.update({term.key for term in terms_of(f"{row['title']}\n{row['text']}")})
        for key, count in counts.items():
            share[key] += BACKGROUND_TEXTS * count / len(rows) / len(SETS)  # type: ignore[assignment]
    kept = sorted(
        (key, round(count))
        for key, count in share.items()
        if round(count) >= LEAST and key not in STOP_WORDS and len(key) > 1
    )
    OUT.write_text("".join(f"{key}\t{count}\n" for key, count in kept), "utf-8")
    print(f"{len(kept)} terms written to {OUT.name}")


main(Path(sys.argv[1]))
