"""Logical lines: the physical lines of a text, joined where something has cut them.

In: the lines of a text as they stand. Out: logical lines, repaired, which is what cleaning and
structure see; and the way back, so that each physical line still gets its own fate. Most texts have
one logical line for each physical line; those of e-mails and PDFs do not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from briefbook.model import Fate, Repair
from briefbook.parsing.clean import CleanText, Verdict
from briefbook.parsing.mail import find_mail
from briefbook.parsing.paging import find_paging
from briefbook.parsing.repair import repairs_of
from briefbook.parsing.unwrap import (
    Row,
    begins_small,
    ends_in_hyphen,
    is_too_long,
    join,
    join_broken,
    rows_of,
    width_of,
)
from briefbook.text.mending import apply
from briefbook.text.words import fold_word, words

# First parts of words that keep their hyphen: "long-term", "self-made", "non-alcoholic".
_COMPOUNDING = frozenset(
    """all anti co cross ex far full half high inter long low mid much multi near neo new no non
    north off old on one open out over post pre pro quasi real re second self semi short so south
    sub third two ultra up well east west""".split()
)
_LAST_WORD = re.compile(r"[^\W\d_]+(?=[-\u2010\u00ad]$)")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# Scripts without spaces between words; a line end among their letters is no space.
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uff60]")


@dataclass(frozen=True, slots=True)
class Logical:
    """The logical lines of a text."""

    numbered: tuple[tuple[int, str], ...]  # first physical line and repaired text, in order
    repairs: Mapping[int, tuple[Repair, ...]]  # of each physical line, in order
    decided: Mapping[int, Verdict]  # physical lines that are of no logical line
    groups: Mapping[int, tuple[int, ...]]  # first -> all physical lines, where they are several
    wholes: Mapping[int, str] = field(
        default_factory=dict
    )  # where an editor took lines out: before

    def lines_of(self, number: int) -> tuple[int, ...]:
        """Return the physical lines of the logical line that starts on one."""
        return self.groups.get(number, (number,))

    def with_decided(self, cleaned: CleanText) -> CleanText:
        """Return cleaned logical lines together with the lines decided here, in order."""
        if not self.decided:
            return cleaned
        verdicts = sorted((*cleaned.verdicts, *self.decided.values()), key=lambda v: v.number)
        return replace(cleaned, verdicts=tuple(verdicts))


def as_they_stand(raw: Mapping[int, str]) -> Logical:
    """Return each physical line as a logical line, repaired."""
    repairs = {number: repairs_of(number, line) for number, line in raw.items()}
    numbered = tuple(
        [(n, apply(line, own) if (own := repairs[n]) else line) for n, line in raw.items()]
    )
    return Logical(numbered, repairs, {}, {})


def logical_lines(raw: Mapping[int, str]) -> Logical:
    """Join the physical lines of a text that belong together.

    Args:
        raw: The lines that are not blank by their numbers, as they stand.
    """
    mail = find_mail(raw)
    if not mail.repairs and not mail.decided and is_too_long(raw.values()):
        return as_they_stand(raw)  # most texts
    rows = rows_of([
        (n, line[len(mail.repairs[n].was) :] if n in mail.repairs else line)
        for n, line in raw.items()
        if n not in mail.decided
    ])  # fmt: skip
    width = width_of(rows, in_mail=bool(mail.repairs or mail.decided))
    broken = () if width else join_broken(rows)
    if not width and len(broken) == len(raw) and not mail.repairs:
        return as_they_stand(raw)
    decided = dict(mail.decided)
    if width:
        texts = {row.number: row.text for row in rows}
        paging = find_paging([(row.number, row.text) for row in rows])
        decided |= {n: Verdict(n, texts[n], Fate.DROPPED, rule) for n, rule in paging.items()}
        rows = tuple(row for row in rows if row.number not in paging)
    groups = join(rows, width, set(decided)) if width else broken
    ends = dict(_line_ends(groups, raw))
    repairs = {n: _repairs(raw[n], n, mail.repairs.get(n), ends.get(n)) for n in raw}
    return Logical(
        tuple((g[0].number, joined([row.number for row in g], raw, repairs)) for g in groups),
        repairs,
        decided,
        {g[0].number: tuple(row.number for row in g) for g in groups if len(g) > 1},
    )


def _repairs(
    line: str, number: int, start: Repair | None, end: Repair | None
) -> tuple[Repair, ...]:
    """Return the repairs of a line, those of its start and its end before any other there."""
    first = len(start.was) if start else 0
    last = end.start if end else len(line) + 1
    inside = [
        r for r in repairs_of(number, line) if first <= r.start and r.start + len(r.was) <= last
    ]
    return (*([start] if start else []), *inside, *([end] if end else []))


def joined(
    group: Sequence[int], raw: Mapping[int, str], repairs: Mapping[int, tuple[Repair, ...]]
) -> str:
    """Return the repaired text of a logical line: its lines with a space between them, or none."""
    parts: list[str] = []
    for number in group:
        own = repairs[number]
        text = apply(raw[number], own)
        parts.append(text.strip() if len(group) > 1 else text)
        if not any(repair.joins for repair in own):
            parts.append(" ")
    return "".join(parts[:-1] if parts[-1] == " " else parts)


# --------------------------------------------------------------------------- line ends in words


def _line_ends(
    groups: Sequence[Sequence[Row]], raw: Mapping[int, str]
) -> Iterator[tuple[int, Repair]]:
    """Yield, by line, the repair of each line end that stands inside a word."""
    known: frozenset[str] | None = None
    for group in groups:
        for row, following in pairwise(group):
            end = len(raw[row.number].rstrip())
            last = raw[row.number][end - 1 : end]
            now: str | None = None
            if ends_in_hyphen(row.text):
                known = known if known is not None else _words_inside(groups)
                now = "" if _is_division(row.text, following.text, known) else last
            elif _UNSPACED.match(last) and _UNSPACED.match(following.text.lstrip()[:1]):
                now = last
            if now is not None:
                was = raw[row.number][end - 1 :]
                rule = "word divided at a line end" if not now else "line end inside a word"
                yield (
                    row.number,
                    Repair(line=row.number, start=end - 1, was=was, now=now, rule=rule, joins=True),
                )


def _words_inside(groups: Sequence[Sequence[Row]]) -> frozenset[str]:
    """Return the words of a text, without the parts of words that line ends have divided."""
    found: set[str] = set()
    for group in groups:
        follows_hyphen = False
        for row in group:
            divided = ends_in_hyphen(row.text)
            whole = words(row.text)[follows_hyphen : -1 if divided else None]
            found.update(map(fold_word, whole))
            follows_hyphen = divided
    return frozenset(found)


def _is_division(above: str, below: str, known: frozenset[str]) -> bool:
    """Tell whether a hyphen divides a word, rather than joining two: the text itself may say so."""
    if above[-1] == "\u00ad":
        return True
    left, right = _LAST_WORD.search(above), _FIRST_WORD.match(below.lstrip())
    if left is None or right is None or not begins_small(below):
        return False
    first, second = fold_word(left[0]), fold_word(right[0])
    if first + second in known:
        return True
    if f"{first}-{second}" in known or first in _COMPOUNDING:
        return False
    return not (first in known and second in known and len(first) > 2 and len(second) > 2)
