"""Trace: where each sentence of an entry stands in its source.

In: an entry and the article of its source. Out: each sentence of title, bottom line, key points and
body with its source lines, or without, when it does not stand there: then it is the editor's, or,
in a field that is still what the parser wrote, an invention that must not be published. White space
does not count.

A part of a sentence may say the contrary of the whole, so in what an editor changed only whole ones
count, and in the bottom line and the key points of the parser, but for a dateline it cuts off. Its
title may be a part of a line; that its body leaves nothing out is for `fates.py`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial

from briefbook.checking.fates import repairs_by_line
from briefbook.model import Article, Entry, Fate, Line, TracedSentence
from briefbook.problems import Problem, error
from briefbook.text.markdown import read_blocks
from briefbook.text.mending import apply
from briefbook.text.sentences import spans, split
from briefbook.text.words import collapsed, is_within_word, shortened

# What stands before an item, a quote or a heading, and is not of its text.
_MARK = re.compile(r"\A(?:[*+•>–-]|#{1,6}|\d{1,3}[.)])\s+")
# A dateline is the start of a line up to a dash or a bracket, of so many characters at most.
_DATELINE_ENDS = re.compile(r"[—–―)-]\s*\Z")
_LONGEST_DATELINE = 140
# What parts a headline from a path before it, or from an outlet behind it.
_DIVIDED = re.compile(r"[^\w\s.,;]\s*\Z")
_DIVIDER = re.compile(r"\s+[^\w\s.,;]|[:|]")

_DIGEST = ("summary", "key_points")

_Fits = Callable[[int, int], bool]


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
        if field in entry.edited:
            find = source.find_whole
        else:
            find = partial(source.find, field=field if same_parser else None)
        traced.extend(
            TracedSentence(field, sentence, find(sentence))
            for text in texts
            for sentence in map(collapsed, split(text))
            if sentence
        )
    return tuple(traced)


def check_trace(entry: Entry, sentences: Sequence[TracedSentence]) -> tuple[Problem, ...]:
    """Report sentences the parser is said to have written that do not stand in the source."""
    return tuple(
        error(
            entry.place,
            f"{sentence.field}: “{shortened(sentence.text)}” does not stand in the source, though"
            " the entry says that the program wrote it",
            "put back what the program wrote, or delete the hash of the field in `parsed:`"
            " to make it yours",
        )
        for sentence in sentences
        if sentence.lines is None and sentence.field not in entry.edited
    )


def _texts(entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "title", (entry.title,)
    yield "summary", (entry.summary,)
    yield "key_points", entry.key_points
    yield "body", tuple(block.text for block in read_blocks(entry.body))


class _Source:
    """The lines of a source as the entry may have them: repaired, white space collapsed."""

    def __init__(self, article: Article) -> None:
        repairs = repairs_by_line(article)
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
        self._told_up_to = dict.fromkeys(_DIGEST, 0)

    def find(self, sentence: str, *, field: str | None) -> tuple[int, int] | None:
        """Return the first and last line a sentence of the parser stands in, None: in none.

        Args:
            sentence: The sentence, white space collapsed.
            field: What this parser wrote it in; None: another one did, which may have kept other
                lines and cut them elsewhere.
        """
        if field is not None and field in _DIGEST:
            return self._told_next(sentence, field)
        found = self._found(sentence, self._is_title if field == "title" else self._is_apart)
        if found is None and field is None:
            number = next((n for n, text in self._dropped if sentence in text), None)
            return None if number is None else (number, number)
        return found

    def _told_next(self, sentence: str, field: str) -> tuple[int, int] | None:
        """Find a sentence of a digest behind the one before it: none is told twice or too early."""
        start = self._find(sentence, self._told_up_to[field], self._is_telling)
        if start < 0:
            return None
        self._told_up_to[field] = start + len(sentence)
        return self._lines_of(start, sentence)

    def find_whole(self, sentence: str) -> tuple[int, int] | None:
        """Return the lines in which a sentence begins and ends where some of the source do."""
        found = self._found(sentence, self._is_whole)
        if found is None and (number := self._dropped_sentences.get(sentence)) is not None:
            return number, number
        return found

    def _found(self, sentence: str, fits: _Fits) -> tuple[int, int] | None:
        start = self._find(sentence, self._at, fits)
        if start < 0:
            start = self._find(sentence, 0, fits)
        if start < 0:
            return None
        self._at = start
        return self._lines_of(start, sentence)

    def _lines_of(self, start: int, sentence: str) -> tuple[int, int]:
        return self._line_at(start), self._line_at(start + len(sentence) - 1)

    def _find(self, sentence: str, start: int, fits: _Fits) -> int:
        """Return where a sentence stands in the text so that it fits there, -1 where nowhere."""
        at = self._text.find(sentence, start)
        while at >= 0 and not fits(at, at + len(sentence)):
            at = self._text.find(sentence, at + 1)
        return at

    def _is_apart(self, start: int, end: int) -> bool:
        """Tell whether a stretch of the text neither begins nor ends inside a word."""
        return not (is_within_word(self._text, start) or is_within_word(self._text, end))

    def _is_whole(self, start: int, end: int) -> bool:
        """Tell whether lines or sentences of the source begin and end here."""
        starts, ends = self._bounds
        return start in starts and end in ends

    def _is_telling(self, start: int, end: int) -> bool:
        """Tell whether a sentence stands here whole, but for a dateline."""
        if start in self._sentences_at(start)[0] and end in self._sentences_at(end - 1)[1]:
            return True  # as most do: only their own lines had to be looked at
        starts, ends = self._plain_bounds
        return end in ends and (start in starts or self._is_behind_dateline(start))

    def _is_title(self, start: int, end: int) -> bool:
        """Tell whether a title stands here: a line, or what stands between its dividers.

        Where a text has no headline its title is a bottom line, or the first words of a block.
        """
        begins = start in self._sentences_at(start)[0] or _DIVIDED.search(self._text[:start][-3:])
        ends = end in self._sentences_at(end - 1)[1] or _DIVIDER.match(self._text, end)
        if begins and ends:
            return True
        if self._article.title is None and not is_within_word(self._text, end):
            is_first = begins or start in self._plain_bounds[0]
            return bool(is_first) or self._is_behind_dateline(start)
        return start in self._plain_bounds[0] and end in self._plain_bounds[1]

    def _is_behind_dateline(self, at: int) -> bool:
        first = self._starts[bisect_right(self._starts, at) - 1]
        above = self._starts[max(0, bisect_right(self._starts, at) - 2)]
        return any(
            0 < at - line <= _LONGEST_DATELINE and _DATELINE_ENDS.search(self._text[line:at])
            for line in (first, above)
        )

    def _sentences_at(self, at: int) -> tuple[set[int], set[int]]:
        """Return where the sentences of the line at an offset begin, and where they end.

        Of a line that is a part of a block nothing is known: its sentences may go on in the next.
        """
        start, number, text = self._kept[bisect_right(self._starts, at) - 1]
        if number in self._joined:
            return set(), set()
        mark = _MARK.match(text)
        first = mark.end() if mark else 0
        found = spans(text[first:])
        return {start + first + a for a, _ in found}, {start + first + b for _, b in found}

    @cached_property
    def _bounds(self) -> tuple[set[int], set[int]]:
        """The offsets at which lines and sentences of the kept lines begin, and end.

        What the parser took for title and bottom line is one, or without the outlet behind it, or
        its dateline, it would be none.
        """
        article = self._article
        told = self._bounds_of((0, text) for text in (article.title or "", *article.summary))
        starts, ends = self._plain_bounds
        return starts | told[0], ends | told[1]

    @cached_property
    def _joined(self) -> set[int]:
        """The lines of blocks that were made of several."""
        blocks = [block for block in self._article.blocks if block.first < block.last]
        return {number for block in blocks for number in range(block.first, block.last + 1)}

    @cached_property
    def _plain_bounds(self) -> tuple[set[int], set[int]]:
        return self._bounds_of(self._texts())

    def _bounds_of(self, texts: Iterable[tuple[int, str]]) -> tuple[set[int], set[int]]:
        starts: set[int] = set()
        ends: set[int] = set()
        for at, text in texts:
            for sentence in map(collapsed, split(text)):
                start = self._find(sentence, at, self._is_apart)
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
