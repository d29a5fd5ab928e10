"""Understanding: a raw text to an `Article`, by all that the other modules of parsing know.

The order has reasons: repairs come first, as a missing space hides where a sentence ends and a
control character hides a phrase; then lines that copying has cut are joined, or each half would be
judged alone; furniture goes next, so that structure and digest never read it;
metadata may look into furniture, which often names the outlet; slips see everything.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefbook.model import (
    Article,
    Block,
    BlockKind,
    Fate,
    Header,
    Line,
    Name,
    Override,
    Page,
    Repair,
    SourceFile,
)
from briefbook.parsing.blocksigns import BodyLine
from briefbook.parsing.clean import REPEATED, CleanText
from briefbook.parsing.dateline import without_dateline
from briefbook.parsing.digest import digest
from briefbook.parsing.judging import Judged, judge
from briefbook.parsing.logical import Logical
from briefbook.parsing.metadata import find_facts
from briefbook.parsing.naming import find_names
from briefbook.parsing.pages import page_structure
from briefbook.parsing.slips import find_slips
from briefbook.parsing.structure import Structured, structure
from briefbook.parsing.told import RULES, Told, find_told
from briefbook.parsing.writing import write_body

# "Joint Exercises: …": the label of an item is written like a name and is none.
_LABEL = re.compile(r"^[^:.]{2,60}:\s+")
# Blocks whose sentences may be a bottom line or a key point.
_TELLING = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE)

# A standfirst has at most so many blocks.
_STANDFIRST = 2
_MOST_NAMES = 200  # of a kind; what names more people is a list of them


def split_lines(text: str) -> tuple[str, ...]:
    r"""Split a text at \r\n, \n and \r, and nowhere else."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def parse_text(text: str) -> Article:
    """Understand a raw text; a YAML header is text here, as only reading knows headers."""
    return _parse(split_lines(text), 1, Header())


def parse(source: SourceFile, overrides: Sequence[Override] = ()) -> Article:
    """Understand a source file; what its header says wins over what the text says.

    Args:
        source: The source.
        overrides: The editor's word on single lines, of the source's entry; it wins over all rules.
            One that no line answers to becomes a note for review.
    """
    return _parse(source.lines, source.first_line, source.header, source.page, overrides)


def _parse(
    lines: Sequence[str],
    first: int,
    header: Header,
    page: Page | None = None,
    overrides: Sequence[Override] = (),
) -> Article:
    raw = {number: line for number, line in enumerate(lines, first) if line.strip()}
    told = find_told(overrides, raw)
    judged = judge(raw, page, told)
    logical, cleaned, page = judged.logical, judged.cleaned, judged.page
    body_lines = _body_lines(cleaned, logical)
    structured = page_structure(body_lines, page) if page else _structure(cleaned, body_lines)
    blocks = structured.blocks
    if logical.groups:
        blocks = tuple(replace(b, last=logical.lines_of(b.last)[-1]) for b in blocks)
    body = "\n".join(line.text for line in body_lines)
    facts = find_facts(cleaned, body, header, page.facts if page else None)
    telling = _telling(blocks, _bylines(cleaned))
    summary, key_points = digest(telling, facts.title.value if facts.title else "")
    return Article(
        lines=tuple(_lines(raw, judged, told, structured)),
        blocks=blocks,
        repairs=_made(cleaned, logical),
        slips=(*told.lost, *find_slips(cleaned, body_lines, structured, facts)),
        facts=facts,
        body=write_body(blocks),
        summary=summary,
        key_points=key_points,
        names=_full_names("\n".join(_LABEL.sub("", without_dateline(text)) for text in telling)),
    )


def _full_names(text: str) -> tuple[Name, ...]:
    """Return the names of a text without the short forms of others, of each kind the first."""
    counts: Counter[str] = Counter()
    found = []
    for name in find_names(text):
        counts[name.kind] += not name.short_for
        if not name.short_for and counts[name.kind] <= _MOST_NAMES:
            found.append(name)
    return tuple(found)


def _structure(cleaned: CleanText, body_lines: Sequence[BodyLine]) -> Structured:
    repeats = [v.number for v in cleaned.verdicts if v.rule == REPEATED]
    return structure(body_lines, repeats, _bylines(cleaned))


def _bylines(cleaned: CleanText) -> list[int]:
    return [v.number for v in cleaned.verdicts if v.role == "byline"]


def _telling(blocks: Sequence[Block], bylines: Sequence[int]) -> list[str]:
    """Return the text of the blocks a digest is made of.

    What stands between headline and byline is a standfirst: it teases more than it tells, and the
    report below it starts anew.
    """
    above = sum(1 for block in blocks if bylines and block.last < bylines[0])
    # Further down, the byline is of an article that was glued to the first.
    report = blocks[above:] if above <= _STANDFIRST < len(blocks) - above else blocks
    return [block.text for block in report if block.kind in _TELLING]


def _body_lines(cleaned: CleanText, logical: Logical) -> tuple[BodyLine, ...]:
    """Return the kept lines, each knowing whether a blank or dropped line stands above it.

    A line that was joined of several is a block of its own, as if blank lines stood around it.
    """
    lines: list[BodyLine] = []
    above: tuple[int, ...] = (0,)
    for verdict in cleaned.body:
        if not verdict.text.strip():  # nothing readable in it, but the editor keeps it
            continue
        own = logical.lines_of(verdict.number)
        gap = verdict.number != above[-1] + 1 or len(own) > 1 or len(above) > 1
        lines.append(BodyLine(verdict.number, verdict.text.strip(), gap))
        above = own
    return tuple(lines)


def _lines(
    raw: Mapping[int, str], judged: Judged, told: Told, structured: Structured
) -> list[Line]:
    """Return every physical line with the fate of its logical line, in order."""
    found = [
        Line(
            n,
            raw[n],
            v.fate,
            RULES[v.fate] if n in told.fates else v.rule,
            structured.kinds.get(v.number),
            judged.otherwise.get(n),
        )
        for v in judged.cleaned.verdicts
        for n in judged.logical.lines_of(v.number)
    ]
    return sorted(found, key=lambda line: line.number)


def _made(cleaned: CleanText, logical: Logical) -> tuple[Repair, ...]:
    """Return the repairs of the lines that are shown; a dropped line is not mended."""
    if not any(logical.repairs.values()):  # most texts
        return ()
    made = (
        repair
        for verdict in cleaned.verdicts
        if verdict.fate is not Fate.DROPPED
        for number in logical.lines_of(verdict.number)
        for repair in logical.repairs[number]
    )
    return tuple(sorted(made, key=lambda repair: (repair.line, repair.start)))
