"""Slips: what an editor should look at before publishing.

In: the understood text. Out: one sentence each, for `review`. A slip never changes anything.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from briefbook.model import Block, BlockKind, Facts, Slip
from briefbook.parsing.clean import CleanText
from briefbook.parsing.headline import CONTRADICTED, Headline
from briefbook.parsing.metadata import ambiguous_dates, dateline_lacks_year
from briefbook.parsing.structure import BodyLine, Structured

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
# "April 22 to 2025", "from 4 to 2 April", "April 25 to 22": a range that ends before it starts,
# or in a year where a day is meant.
_RANGE_TO_YEAR = re.compile(
    rf"\b(?:from\s+)?({_MONTH}\s+\d{{1,2}}\s*(?:to|until|–|-)\s*(?:19|20)\d\d)\b"
)
_RANGE_AFTER = re.compile(
    rf"\b(?:from\s+)?((?P<a>\d{{1,2}})\s*(?:to|until|–|-)\s*(?P<b>\d{{1,2}})\s+{_MONTH})"
)
_RANGE_BEFORE = re.compile(
    rf"\b(?:from\s+)?({_MONTH}\s+(?P<a>\d{{1,2}})\s*(?:to|until|–|-)\s*(?P<b>\d{{1,2}}))"
    r"(?!\s*\d|\s*(?:percent|%))"
)
_YEARS = re.compile(
    r"\b(?:from|between)\s+(?P<a>(?:19|20)\d\d)\s*(?:to|and|until|–|-)\s*(?P<b>(?:19|20)\d\d)\b"
)
_DAY_OF_MONTH = re.compile(
    rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?!\d)(?:,?\s+(?P<y>(?:19|20)\d\d))?"
)
_DECIMAL_COMMA = re.compile(
    r"(?<![\d,.])\d{1,3},\d{1,2}(?![\d,])\s*(?=billion|million|trillion|percent|%|won|km|m\b)"
)
_STOP = re.compile(r"[.!?…:。؟][\"'”’»)\]]*\s*$")
_MONTH_NUMBER = {
    m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
# An announced list of one item that ends the text has probably been cut.
_WHOLE_LIST = 2


def find_slips(
    text: CleanText, lines: Sequence[BodyLine], structured: Structured, facts: Facts
) -> tuple[Slip, ...]:
    """Return the slips of a text, by line."""
    language = facts.language.value if facts.language else None
    found = [
        *_headline_slips(text.headline),
        *_glued(structured),
        *_undated(text, facts),
        *(slip for line in lines for slip in _impossible_dates(line)),
        *(_decimal_commas(lines) if language in (None, "en") else ()),
        *_flattened(structured),
        *_cut_short(structured.blocks),
    ]
    return tuple(sorted(found, key=lambda slip: (slip.line or 0, slip.text)))


def _headline_slips(headline: Headline | None) -> Iterator[Slip]:
    if headline is None:
        yield Slip(line=None, text="no headline was found above the text")
        return
    for line, other in zip(headline.other_lines, headline.others, strict=True):
        yield Slip(
            line=line,
            text=f"the headline “{other}” says something else than “{headline.text}”, "
            "which the text bears out better",
        )
    if headline.present < CONTRADICTED and not headline.others:
        yield Slip(
            line=headline.line, text=f"the text hardly bears out the headline “{headline.text}”"
        )


def _undated(text: CleanText, facts: Facts) -> Iterator[Slip]:
    """Tell that the text names a day, but not so that it can be known."""
    if facts.published is None:
        for number in dateline_lacks_year(text):
            yield Slip(line=number, text="the dateline names no year")
        for number, said in ambiguous_dates(text):
            yield Slip(line=number, text=f"the date “{said}” can be read two ways")


def _glued(structured: Structured) -> Iterator[Slip]:
    if structured.glued is not None:
        yield Slip(line=structured.glued, text="a second article seems to be glued below the first")


def _flattened(structured: Structured) -> Iterator[Slip]:
    """Tell where a table lost its columns, once for each table."""
    above = 0
    for block in structured.blocks:
        if block.kind is BlockKind.TABLE and not block.cells:
            if block.first != above + 1:
                yield Slip(line=block.first, text="a table that lost its columns starts here")
            above = block.last


def _impossible_dates(line: BodyLine) -> Iterator[Slip]:
    for match in _RANGE_TO_YEAR.finditer(line.text):
        yield _slip(line, f"the date range “{match[1].rstrip('.')}” cannot be right")
    for form in (_RANGE_AFTER, _RANGE_BEFORE):
        for match in form.finditer(line.text):
            if int(match["a"]) >= int(match["b"]) and int(match["a"]) <= 31:
                yield _slip(line, f"the date range “{match[1].rstrip('.')}” cannot be right")
    for match in _YEARS.finditer(line.text):
        if int(match["a"]) > int(match["b"]):
            yield _slip(line, f"the years “{match[0]}” run backwards")
    for match in _DAY_OF_MONTH.finditer(line.text):
        month = _MONTH_NUMBER[match["m"][:3].casefold()]
        try:
            date(int(match["y"] or 2024), month, int(match["d"]))
        except ValueError:
            yield _slip(line, f"there is no day “{match[0]}”")


def _decimal_commas(lines: Sequence[BodyLine]) -> Iterator[Slip]:
    for line in lines:
        for match in _DECIMAL_COMMA.finditer(line.text):
            number = match[0].strip()
            yield _slip(line, f"“{number}” has a decimal comma, English writes a decimal point")


def _cut_short(blocks: Sequence[Block]) -> Iterator[Slip]:
    """Tell when the text stops in the middle of a sentence or of a list."""
    if not blocks:
        return
    last = blocks[-1]
    if last.kind in (BlockKind.PARAGRAPH, BlockKind.ANSWER, BlockKind.HEADING):
        if not _STOP.search(last.text):
            yield Slip(line=last.last, text="the text stops in the middle of a sentence")
        elif last.text.rstrip().endswith(":"):
            yield Slip(line=last.last, text="the text stops where a list was announced")
    elif last.kind is BlockKind.ITEM:
        items = 0
        for block in reversed(blocks):
            if block.kind is not BlockKind.ITEM:
                break
            items += 1
        stops = [bool(_STOP.search(block.text)) for block in blocks[-items:]]
        announced = len(blocks) > items and blocks[-items - 1].text.rstrip().endswith(":")
        if announced and items < _WHOLE_LIST:
            yield Slip(line=last.last, text="the text stops after the first item of a list")
        elif items >= _WHOLE_LIST and not stops[-1] and all(stops[:-1]):
            yield Slip(line=last.last, text="the list stops in the middle of its last item")


def _slip(line: BodyLine, text: str) -> Slip:
    return Slip(line=line.number, text=text)
