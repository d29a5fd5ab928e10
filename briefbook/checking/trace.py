"""Trace: where each sentence of an entry stands in its source.

In: an entry and the article of its source. Out: each sentence of title, bottom line, key points and
body with its source lines, or without, when it does not stand there: then it is the editor's, or,
in a field that is still what the parser wrote, an invention that must not be published. White space
does not count. And whether each line of the source has its one fate.

The parser may take a part of a sentence, as when it cuts off a dateline. A person's part of a
sentence may say the contrary of the whole, so in what an editor changed only whole ones count.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, partial

from briefbook.model import Article, Entry, Fate, Line, Repair, SourceFile, TracedSentence
from briefbook.problems import Place, Problem, error
from briefbook.text.markdown import read_blocks
from briefbook.text.mending import apply, undo
from briefbook.text.sentences import split
from briefbook.text.words import collapsed, is_within_word

# What stands before an item, a quote or a heading, and is not of its text.
_MARK = re.compile(r"\A(?:[*+•>–-]|#{1,6}|\d{1,3}[.)])\s+")


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
        is_editors = field in entry.edited
        find = partial(source.find, whole=is_editors, only_kept=same_parser and not is_editors)
        traced.extend(
            TracedSentence(field, sentence, find(sentence))
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
        if line.number in repairs and not _reversible(line, repairs[line.number])
    )
    return tuple(problems)


def check_fates(source: SourceFile, article: Article) -> tuple[Problem, ...]:
    """Report the lines of a source that have no fate, more than one, or not the text they had."""
    wanted = [
        (number, text)
        for number, text in enumerate(source.lines, source.first_line)
        if text.strip()
    ]
    told = [(line.number, line.text) for line in article.lines]
    if wanted == told:  # as it must be; counting is for what went wrong
        return ()
    missing, added = Counter(wanted) - Counter(told), Counter(told) - Counter(wanted)
    wrong = sorted({number for number, _ in missing | added})
    return tuple(
        error(
            Place(source.path, number),
            "this line does not have one fate, as each must",
            "report this: it is a mistake of the program",
        )
        for number in wrong
    )


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
        self._repairs = repairs
        self._kept: list[tuple[int, int, str]] = []  # offset in the text, line number, line
        parts: list[str] = []
        at = 0
        for line in article.lines:
            if line.fate is Fate.DROPPED:
                continue
            text, apart = self._repaired(line), " "
            if line.number in repairs and any(r.joins for r in repairs[line.number]):
                apart = ""  # a word may go on in the next line
            self._kept.append((at, line.number, text))
            parts += [text, apart]
            at += len(text) + len(apart)
        self._starts = [at for at, _, _ in self._kept]
        self._text = "".join(parts).rstrip()
        self._at = 0  # sentences mostly come in the order of the source
        self._article = article

    def find(self, sentence: str, *, whole: bool, only_kept: bool) -> tuple[int, int] | None:
        """Return the first and last line a sentence stands in, None where it does not.

        Args:
            sentence: The sentence, white space collapsed.
            whole: It must begin and end where lines or sentences of the source do.
            only_kept: It must not stand in a dropped line.
        """
        start = self._find(sentence, self._at, whole=whole)
        if start < 0:
            start = self._find(sentence, 0, whole=whole)
        if start >= 0:
            self._at = start
            return self._line_at(start), self._line_at(start + len(sentence) - 1)
        if only_kept:
            return None
        if whole:
            number = self._dropped_sentences.get(sentence)
        else:
            number = next((n for n, text in self._dropped if sentence in text), None)
        return None if number is None else (number, number)

    def _find(self, sentence: str, start: int, *, whole: bool) -> int:
        """Find a sentence that does not begin or end inside a word, or inside a sentence."""
        at = self._text.find(sentence, start)
        while at >= 0:
            end = at + len(sentence)
            if whole:
                starts, ends = self._bounds
                fits = at in starts and end in ends
            else:
                fits = not (is_within_word(self._text, at) or is_within_word(self._text, end))
            if fits:
                return at
            at = self._text.find(sentence, at + 1)
        return -1

    @cached_property
    def _bounds(self) -> tuple[set[int], set[int]]:
        """The offsets at which lines and sentences of the kept lines begin, and end."""
        starts: set[int] = set()
        ends: set[int] = set()
        for at, text in self._texts():
            for sentence in map(collapsed, split(text)):
                start = self._find(sentence, at, whole=False)
                if start >= 0:
                    at = start + len(sentence)
                    starts.add(start)
                    ends.add(at)
        return starts, ends

    def _texts(self) -> Iterator[tuple[int, str]]:
        """Yield each text the source has, as a line or a block, and the offset it stands behind.

        The second line of a paragraph is none by itself.
        """
        article = self._article
        at = {number: offset for offset, number, _ in self._kept}
        inside = {n for block in article.blocks for n in range(block.first + 1, block.last + 1)}
        yield 0, article.title or ""
        for sentence in article.summary:
            yield 0, sentence
        for block in article.blocks:
            for text in (block.text, *block.cells):
                yield at.get(block.first, 0), text
        for offset, number, text in self._kept:
            if number not in inside:
                yield offset, text
                yield offset, _MARK.sub("", text, count=1)

    @cached_property
    def _dropped(self) -> list[tuple[int, str]]:
        """The dropped lines with their numbers; most entries have nothing of them."""
        lines = self._article.lines
        return [(li.number, self._repaired(li)) for li in lines if li.fate is Fate.DROPPED]

    def _repaired(self, line: Line) -> str:
        return collapsed(apply(line.text, self._repairs.get(line.number, ())))

    @cached_property
    def _dropped_sentences(self) -> dict[str, int]:
        """The dropped lines and their sentences, with the line each stands in first."""
        found: dict[str, int] = {}
        for number, text in self._dropped:
            for line in (text, _MARK.sub("", text, count=1)):
                for whole in (line, *split(line)):
                    found.setdefault(whole, number)
        return found

    def _line_at(self, offset: int) -> int:
        return self._kept[bisect_right(self._starts, offset) - 1][1]
