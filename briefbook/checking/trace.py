"""Trace: where each sentence of an entry stands in its source.

In: an entry and the article of its source. Out: each sentence of title, bottom line, key points and
body with its source lines, or without, when it does not stand there: then it is the editor's, or,
in a field that is still what the parser wrote, an invention that must not be published. White space
does not count.
"""

from collections.abc import Iterator, Sequence

from briefbook.model import Article, Entry, Fate, Line, Repair, TracedSentence
from briefbook.problems import Problem, error
from briefbook.text.markdown import read_blocks
from briefbook.text.mending import apply, undo
from briefbook.text.sentences import split
from briefbook.text.words import collapsed


def trace_entry(entry: Entry, article: Article, *, parser: int) -> tuple[TracedSentence, ...]:
    """Trace the sentences of title, summary, key points and body, in that order.

    Args:
        entry: The entry.
        article: What the parser makes of its source now.
        parser: Version of the parser. An entry of another version may hold lines that this one
            drops, so for it every line of the source counts.
    """
    source = _Source(article)
    same_parser = entry.parsed is not None and entry.parsed.parser == parser
    traced: list[TracedSentence] = []
    for field, texts in _texts(entry):
        strict = same_parser and field not in entry.edited
        traced.extend(
            TracedSentence(field, sentence, source.find(sentence, only_kept=strict))
            for text in texts
            for sentence in map(collapsed, split(text))
            if sentence
        )
    return tuple(traced)


def check_trace(
    entry: Entry, article: Article, sentences: Sequence[TracedSentence]
) -> tuple[Problem, ...]:
    """Report sentences the parser is said to have written that do not stand in the source."""
    problems = [
        error(
            entry.place,
            f"{sentence.field}: “{_short(sentence.text)}” does not stand in the source, though the "
            "entry says that the program wrote it",
            "put back what the program wrote, or delete the hash of the field in `parsed:`"
            " to make it yours",
        )
        for sentence in sentences
        if sentence.lines is None and sentence.field not in entry.edited
    ]
    repairs = _by_line(article.repairs)
    problems.extend(
        error(
            entry.place,
            f"the repairs of line {line.number} cannot be undone",
            "report this: it is a mistake of the program",
        )
        for line in article.lines
        if not _reversible(line, repairs.get(line.number, ()))
    )
    return tuple(problems)


def _texts(entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "title", (entry.title,)
    yield "summary", (entry.summary,)
    yield "key_points", entry.key_points
    yield "body", tuple(block.text for block in read_blocks(entry.body) if block.kind != "rule")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _by_line(repairs: Sequence[Repair]) -> dict[int, list[Repair]]:
    found: dict[int, list[Repair]] = {}
    for repair in repairs:
        found.setdefault(repair.line, []).append(repair)
    return found


def _reversible(line: Line, repairs: Sequence[Repair]) -> bool:
    stands = all(line.text[r.start : r.start + len(r.was)] == r.was for r in repairs)
    return stands and undo(apply(line.text, repairs), repairs) == line.text


class _Source:
    """The lines of a source as the entry may have them: repaired, white space collapsed."""

    def __init__(self, article: Article) -> None:
        repairs = _by_line(article.repairs)
        self._kept: list[tuple[int, int]] = []  # offset in the text, line number
        self._dropped: list[tuple[int, str]] = []
        parts: list[str] = []
        at = 0
        for line in article.lines:
            text = collapsed(apply(line.text, repairs.get(line.number, ())))
            if line.fate is Fate.DROPPED:
                self._dropped.append((line.number, text))
                continue
            self._kept.append((at, line.number))
            parts.append(text)
            at += len(text) + 1
        self._text = " ".join(parts)
        self._at = 0  # sentences mostly come in the order of the source

    def find(self, sentence: str, *, only_kept: bool) -> tuple[int, int] | None:
        """Return the first and last line a sentence stands in, None where it does not."""
        start = self._find_whole(sentence, self._at)
        if start < 0:
            start = self._find_whole(sentence, 0)
        if start >= 0:
            self._at = start
            return self._line_at(start), self._line_at(start + len(sentence) - 1)
        if not only_kept:
            for number, text in self._dropped:
                if sentence in text:
                    return number, number
        return None

    def _find_whole(self, sentence: str, start: int) -> int:
        """Find a sentence that does not begin or end inside a word."""
        at = self._text.find(sentence, start)
        while at >= 0:
            end = at + len(sentence)
            before, after = self._text[at - 1 : at] if at else "", self._text[end : end + 1]
            starts = not (before.isalnum() and sentence[0].isalnum())
            if starts and not (after.isalnum() and sentence[-1].isalnum()):
                return at
            at = self._text.find(sentence, at + 1)
        return -1

    def _line_at(self, offset: int) -> int:
        low, high = 0, len(self._kept)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._kept[middle][0] <= offset else (low, middle)
        return self._kept[low][1]
