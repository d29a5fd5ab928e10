"""Count false alarms: repairs and slips where nothing is wrong, and what is missed where it is.

    python scripts/alarms.py             print every repair and slip on whole texts, to be judged

The texts are the hand-made bodies of the set aeb, and the news of two other collections. How an
editor counts:

- A repair of a whole text is an alarm, true or false: nobody has mended these texts, so the real
  damage in them is counted too, and the figure is an upper bound.
- A slip is an alarm, true or false. What slips say about the headline is not counted on bare
  bodies: they have none, so it is right that none was found, or that what was taken for one is
  none. The bodies are therefore also read below their headlines, where these rules count too.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from corpora import CORPORA, rows

from briefbook.model import Repair
from briefbook.parsing import parse_text, split_lines
from briefbook.parsing.repair import repairs_of

# A sentence end followed by a sentence: where a space is taken out to see whether it comes back.
_BOUNDARY = re.compile(r"(?<=[a-zß-ÿ]{3}[.!?]) (?=[A-Z][a-zß-ÿ]+ )")
# A body is cut after this share of its words, to see whether that is told.
_CUT_AT = 0.6


def figures() -> Iterator[tuple[str, float]]:
    """Yield rates of false alarms, which must stay low, and shares of true ones that were raised.

    A rule that raised no alarm has no figure.
    """
    bodies = [body for _, body in _bodies()]
    for name, texts in (
        ("aeb", bodies),
        ("bbc", [row["text"] for row in rows("summaries-bbc")]),
        ("basil", [row["text"] for row in rows("stories-basil")]),
    ):
        yield f"false repairs {name}, per 1,000 words", _repair_rate(texts)
    yield "repairs mend glued sentences", _mended_share(bodies)
    titled = [f"{title}\n\n{body}" for title, body in _bodies() if title]
    for name, texts in (("bare", bodies), ("titled", titled)):
        counted = Counter(rule for text in texts for rule in _rules(text))
        for rule, count in sorted(counted.items()):
            if name == "titled" or not _is_of_headline(rule):
                yield f"false slips {name}, {rule}", count / len(texts)
    yield "slips tell a cut text", _told_share(bodies)


def _bodies() -> list[tuple[str, str]]:
    """Return the hand-made bodies, each with the headline that its page declares, or ""."""
    found = [row for row in rows("extract-dev") if row.get("gold")]
    return [(str(row["meta_declared"].get("title") or ""), row["gold"]) for row in found]


def _repairs(text: str) -> Iterator[tuple[str, Repair]]:
    for number, line in enumerate(split_lines(text), 1):
        for repair in repairs_of(number, line):
            yield line, repair


def _repair_rate(texts: Sequence[str]) -> float:
    words = sum(len(text.split()) for text in texts)
    return 1000 * sum(1 for text in texts for _ in _repairs(text)) / words


def _mended_share(texts: Sequence[str]) -> float:
    """Take the space out between two sentences of each line; return how often it comes back."""
    tried = mended = 0
    for text in texts:
        for line in split_lines(text):
            if boundary := _BOUNDARY.search(line):
                glued = line[: boundary.start()] + line[boundary.end() :]
                tried += 1
                mended += any(r.start == boundary.start() for r in repairs_of(1, glued))
    return mended / tried


def _rules(text: str) -> set[str]:
    """Return the rules that raise an alarm on a text: a slip without what it quotes and counts."""
    said = (re.sub(r"“.*”", "“…”", slip.text) for slip in parse_text(text).slips)
    return {re.sub(r"(?:(?:kept |dropped )?\d+(?:, …|, )?)+", "…", rule) for rule in said}


def _is_of_headline(rule: str) -> bool:
    return "headline" in rule


def _told_share(texts: Sequence[str]) -> float:
    """Cut each text in the middle of a sentence; return how often that is told."""
    tried = told = 0
    for text in texts:
        cut = text[: int(len(text) * _CUT_AT)].rsplit(" ", 1)[0]
        if cut[-1:].islower() and len(cut.split("\n")[-1].split()) > 1:
            tried += 1
            told += "the text stops in the middle of a sentence" in _rules(cut)
    return told / tried


def _show() -> None:
    for title, body in _bodies():
        for line, repair in _repairs(body):
            at, end = repair.start, repair.start + len(repair.was)
            print(f"{repair.rule}: …{line[max(0, at - 40) : at]}[{repair.was}]{line[end:][:40]}…")
        for text in (body, f"{title}\n\n{body}"):
            for slip in parse_text(text).slips:
                if text != body or not _is_of_headline(slip.text):
                    print(slip)


if __name__ == "__main__":
    if not CORPORA.is_dir():
        sys.exit("../shared is not beside the project")
    _show()
