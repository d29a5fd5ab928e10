"""Fates: whether the record of a source is true, whoever made it.

In: a source and what the parser made of it. Out: a problem for each line that has not its one fate,
for each repair that is none, and for each kept line that does not stand in the body, whole and in
its place, or has something else beside it. Looks at source and record alone and knows nothing of
how the parser decides, so that a mistake of the parser is found, too. How much white space stands
at a place does not count, but whether there is any does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefbook.model import Article, BlockKind, Fate, Line, Repair, SourceFile
from briefbook.problems import Place, Problem, error
from briefbook.text.markdown import read_blocks, without_closing_marks
from briefbook.text.mending import apply, undo
from briefbook.text.words import collapsed, shortened

_FIX = "report this: it is a mistake of the program"
# The rules that keep a line, and those that read one; all others drop it.
_KEEPING = frozenset({"prose", "no rule drops it", "html: main text", "kept by the editor"})
_READING = frozenset(
    {"headline", "byline", "date line", "source credit", "standfirst"}
    | {"date of a mail", "html: the page says so of itself"}
)
# What blocks leave out of the line they were made of: the mark it starts with, and the signs that
# close a heading. A table has its dividers nowhere.
_MARKED = frozenset(
    {BlockKind.ITEM, BlockKind.QUOTE, BlockKind.HEADING, BlockKind.QUESTION, BlockKind.ANSWER}
)
_MARK = re.compile(r"(?:[*•\-–·▪‣◦●○]|\d{1,2}[.)]|#{1,6})\s+|>\s?")
_DIVIDERS = re.compile(r"[ |]+")
# Behind these a space may have been missing, and before these.
_PARTING = re.compile(r"[.!?,;][”’\"]?[“\"‘]?\Z")
_LETTER = re.compile(r"[“\"‘]?[^\W\d_]")
# Characters that are no text: control, format, surrogate, private use, not assigned.
_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LINE_ENDS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# What a mail puts before each line, and before its subject.
_OF_A_MAIL = re.compile(r"[>\s]*(?:[*\w .-]{1,20}[:：]\**\s*){0,9}")


def check_fates(source: SourceFile, article: Article) -> tuple[Problem, ...]:
    """Report the lines of a source that have no fate, more than one, or not the text they had."""
    wanted = [
        (number, text)
        for number, text in enumerate(source.lines, source.first_line)
        if text.strip()
    ]
    told = [(line.number, line.text) for line in article.lines]
    problems = [
        _wrong(source, line.number, f"the rule '{line.rule}' does not make it {line.fate}")
        for line in article.lines
        if not _is_of_its_rule(line)
    ]
    if wanted != told:  # counting is for what went wrong
        missing, added = Counter(wanted) - Counter(told), Counter(told) - Counter(wanted)
        numbers = sorted({number for number, _ in missing | added})
        what = "this line does not have one fate, as each must"
        problems += [_wrong(source, number, what) for number in numbers]
        if not numbers:
            number = next(b for (a, _), (b, _) in pairwise(told) if b < a)
            problems.append(_wrong(source, number, "the record has this line in another place"))
    return tuple(problems)


def check_repairs(source: SourceFile, article: Article) -> tuple[Problem, ...]:
    """Report repairs that cannot be undone, or change what no mending may change."""
    lines = {line.number: line.text for line in article.lines}
    problems: list[Problem] = []
    for number, repairs in repairs_by_line(article).items():
        if number not in lines:
            problems.append(_wrong(source, number, "a repair is told of a line without text"))
        elif not _reversible(lines[number], repairs):
            problems.append(_wrong(source, number, "the repairs of this line cannot be undone"))
        else:
            problems += [
                _wrong(source, number, f"'{each.was}' became '{each.now}', which mends nothing")
                for each in repairs
                if not _mends(lines[number], each)
            ]
    return tuple(problems)


def check_body(source: SourceFile, article: Article) -> tuple[Problem, ...]:
    """Report the first place where the body is not what the kept lines say, one after the other."""
    body = " ".join(collapsed(block.text) for block in read_blocks(article.body))
    repairs = repairs_by_line(article)
    headings = {b.first: collapsed(b.text) for b in article.blocks if b.kind is BlockKind.HEADING}
    at, apart = 0, ""
    for line in article.lines:
        if line.fate is not Fate.BODY:
            continue
        own = repairs.get(line.number, ())
        told = [*_told(line, collapsed(apply(line.text, own)), body, at + len(apart))]
        told.sort(key=lambda text: text != headings.get(line.number))  # of marks, how many are none
        found = next((t for t in told if not t or body.startswith(apart + t, at)), None)
        if found is None:
            return (_wrong(source, line.number, "the body does not say what this line says"),)
        at += len(apart + found) if found else 0
        apart = "" if at == 0 or (found and any(each.joins for each in own)) else " "
    if body[at:].strip():
        what = f"the body ends with what no kept line says: “{shortened(body[at:].strip())}”"
        return (error(source.place, what, _FIX),)
    return ()


def repairs_by_line(article: Article) -> dict[int, list[Repair]]:
    """Return the repairs of an article by the line they are told of."""
    found: dict[int, list[Repair]] = {}
    for repair in article.repairs:
        found.setdefault(repair.line, []).append(repair)
    return found


def _wrong(source: SourceFile, number: int, what: str) -> Problem:
    return error(Place(source.path, number), what, _FIX)


def _is_of_its_rule(line: Line) -> bool:
    fate = Fate.BODY if line.rule in _KEEPING else Fate.DROPPED
    return line.fate is (Fate.METADATA if line.rule in _READING else fate)


def _told(line: Line, text: str, body: str, at: int) -> Iterator[str]:
    """Yield what a body may say of a kept line: all of it, or what is left without its marks.

    Args:
        line: The line.
        text: What it says, repaired.
        body: What the body says.
        at: Where in it this should stand.
    """
    yield text
    if line.block is BlockKind.TABLE:
        words = map(re.escape, filter(None, _DIVIDERS.split(text)))
        found = re.compile(f"[ |]*{'[ |]*'.join(words)}[|]*").match(body, at)
        yield found[0] if found else text
    elif line.block in _MARKED:
        unmarked = _MARK.sub("", text, count=1)
        yield unmarked
        yield without_closing_marks(unmarked)


def _reversible(text: str, repairs: Sequence[Repair]) -> bool:
    stands = all(text[each.start : each.start + len(each.was)] == each.was for each in repairs)
    inside = all(0 <= each.start <= len(text) for each in repairs)
    apart = all(a.start < b.start and a.start + len(a.was) <= b.start for a, b in pairwise(repairs))
    return stands and inside and apart and undo(apply(text, repairs), repairs) == text


def _mends(text: str, repair: Repair) -> bool:
    """Tell whether a repair does what one may do, and nothing else."""
    was, now, end = repair.was, repair.now, repair.start + len(repair.was)
    if repair.joins:  # a line end inside a word, whose hyphen stays or goes
        return end == len(text) and was[1:].strip() == "" and now in ("", was[:1])
    if not was:
        parts = _PARTING.search(text[: repair.start][-3:])
        return now == " " and parts is not None and bool(_LETTER.match(text, end))
    if not now:
        is_no_text = all(unicodedata.category(character) in _NO_TEXT for character in was)
        return is_no_text or (repair.start == 0 and bool(_OF_A_MAIL.fullmatch(was)))
    return (now == " " and set(was) <= _LINE_ENDS) or now == _reread(was)


def _reread(was: str) -> str | None:
    """Return what characters were before they were read in a wrong encoding."""
    try:
        raw = b"".join(
            each.encode("latin-1") if ord(each) < 0x100 else each.encode("cp1252") for each in was
        )
        return raw.decode("cp1252" if len(was) == 1 else "utf-8")
    except UnicodeError:
        return None
