"""Slips: what an editor should look at before publishing.

In: the understood text. Out: one sentence each, for `review`. A slip never changes anything.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from briefbook.model import Block, BlockKind, Facts, Fate, Slip
from briefbook.parsing.blocksigns import BodyLine
from briefbook.parsing.characters import has_digit
from briefbook.parsing.clean import CleanText
from briefbook.parsing.headline import CONTRADICTED, Headline
from briefbook.parsing.metadata import ambiguous_dates, dateline_lacks_year
from briefbook.parsing.structure import Structured
from briefbook.text.words import STOP_WORDS, count_words, telling_words

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
# "April 22 to 2025", "from 4 to 2 April", "April 25 to 22": a range that ends before it starts,
# or in a year where a day is meant.
_RANGE_TO_YEAR = re.compile(
    rf"\b(?:from\s+)?({_MONTH}\s+\d{{1,2}}\s*(?:to|until|–|-)\s*(?:19|20)\d\d)\b"
)
# "Aug. 14 to 5:15 a.m.", "May 5 to 3 p.m.": an hour follows, no day.
_NO_DAY = r"(?!\s*\d|[:.]\d|\s*(?:percent|%|[ap]\.?m\b|o['’]clock))"
_RANGE_AFTER = re.compile(
    rf"\b(?:from\s+)?((?P<a>\d{{1,2}})\s*(?:to|until|–|-)\s*(?P<b>\d{{1,2}})\s+{_MONTH})"
)
_RANGE_BEFORE = re.compile(
    rf"\b(?:from\s+)?({_MONTH}\s+(?P<a>\d{{1,2}})\s*(?:to|until|–|-)\s*(?P<b>\d{{1,2}})){_NO_DAY}"
)
# What stands in each of these three.
_RANGE = re.compile(r"\d\s*(?:to|until|–|-)\s*\d")
_YEARS = re.compile(
    r"\b(?:from|between)\s+(?P<a>(?:19|20)\d\d)\s*(?:to|and|until|–|-)\s*(?P<b>(?:19|20)\d\d)\b"
)
_DAY_OF_MONTH = re.compile(
    rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?!\d)(?:,?\s+(?P<y>(?:19|20)\d\d))?"
)
_DECIMAL_COMMA = re.compile(
    r"\d(?<![\d,.].)\d{0,2},\d{1,2}(?![\d,])\s*(?=billion|million|trillion|percent|%|won|km|m\b)"
)
# One of these is in every date or range of years that can be told to be impossible.
_DATED = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|from|between")
_STOP = re.compile(r"[.!?…:。！？؟۔।][\"'”’»)\]」』）]*\s*$")
_MONTH_NUMBER = {
    m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
# An announced list of one item that ends the text has probably been cut.
_WHOLE_LIST = 2
# A number that stands alone, as those of a table do; "9MP" and "12-inch" do not.
_NUMBER = re.compile(r"(?<!\S)[+\-−–(]?\d[\d.,:%]*\)?(?!\S)")
# "Security Foreign ministry Pace of spending": what were cells begin with capitals, and nothing
# divides them; a name or a list of names has commas.
_CAPITAL = re.compile(r"\b[A-Z]")
_PUNCTUATED = re.compile(r"[,.:;()]")
_CELLS = 3
# A headline of fewer telling words can be borne out by a text that has none of them.
_TELLING_WORDS = 4
# A last line of fewer words is a label or a signature rather than a sentence that was cut, unless
# it ends in a word such as "the".
_CUT_WORDS = 5
# Where lines of at least so many words that could go either way are so much of the text, the
# division of the whole text is a guess.
_LONG_WORDS = 9
_UNSURE = 0.3
_MOST_NAMED = 6
# What stands last in an article and ends in no stop, though nothing is missing: credits, addresses,
# marks in brackets, link lines.
_SIGNED = re.compile(
    r"://|@|www\.|©|\.(?:com|org|net)\b|^\W*(?:(?:additional |with )?reporting|with\b|contribut|"
    r"source|credit|photo|image|read more|read or share|for more|contact|follow)|[)\]]\s*$",
    re.I,
)
# "… of fresh air. The": a sentence of one word so far.
_SENTENCE_BEGUN = re.compile(r"[^\W\d_]{2}[.!?]\s+[A-Z][a-z]*\s*$")
# A sentence that was cut ends in a small word, a comma or a dash; a headline, a name or a credit
# ends in a capital word. Letters without case tell nothing.
_CUT_END = re.compile(r"(?:[,;–—(“„«-]|(?<![^\W_])([^\W\d_]+)[”’\"']?)\s*$")


def find_slips(
    text: CleanText, lines: Sequence[BodyLine], structured: Structured, facts: Facts
) -> tuple[Slip, ...]:
    """Return the slips of a text, by line."""
    language = facts.language.value if facts.language else None
    # No date and no number without a digit: most lines have none.
    numbered = [line for line in lines if has_digit(line.text)]
    found = [
        *_headline_slips(text.headline),
        *_unsure(text),
        *_glued(structured),
        *_undated(text, facts),
        *(slip for line in numbered for slip in _impossible_dates(line)),
        *(_decimal_commas(numbered) if language in (None, "en") else ()),
        *_flattened(structured),
        *_cut_short(structured.blocks),
    ]
    return tuple(sorted(found, key=lambda slip: (slip.line or 0, slip.text)))


def _unsure(text: CleanText) -> Iterator[Slip]:
    """Yield a slip where much of a text could as well have been kept, or dropped."""
    weight = {v.number: count_words(v.text) for v in text.verdicts if not v.is_sure}
    unsure = [v for v in text.verdicts if weight.get(v.number, 0) >= _LONG_WORDS]
    if not unsure:  # most texts
        return
    body = sum(count_words(v.text) for v in text.body)
    if sum(weight[v.number] for v in unsure) < _UNSURE * max(1, body):
        return
    kept = [str(v.number) for v in unsure if v.fate is Fate.BODY]
    dropped = [str(v.number) for v in unsure if v.fate is not Fate.BODY]
    said = [
        f"{what} {', '.join(numbers[:_MOST_NAMED])}{', …' if len(numbers) > _MOST_NAMED else ''}"
        for what, numbers in (("kept", kept), ("dropped", dropped))
        if numbers
    ]
    yield Slip(
        line=unsure[0].number,
        text=f"what belongs to the article here is a guess: look at {', '.join(said)}",
    )


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
    is_telling = len(telling_words(headline.text)) >= _TELLING_WORDS
    if headline.present < CONTRADICTED and is_telling and not headline.others:
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
    """Tell where a table lost its columns, once for each table.

    Short lines alone are a list: that there were columns shows in at least half of the rows.
    """
    rows: list[Block] = []
    for block in (*structured.blocks, None):
        is_row = block is not None and block.kind is BlockKind.TABLE and not block.cells
        if rows and (block is None or not is_row or block.first != rows[-1].last + 1):
            if 2 * sum(_has_columns(row.text) for row in rows) >= len(rows):
                yield Slip(line=rows[0].first, text="a table that lost its columns starts here")
            rows = []
        if block is not None and is_row:
            rows.append(block)


def _has_columns(row: str) -> bool:
    """Tell whether a row was more than one cell: a number in it, or several capital beginnings."""
    if _NUMBER.search(row):
        return True
    return len(_CAPITAL.findall(row)) >= _CELLS and not _PUNCTUATED.search(row)


def _impossible_dates(line: BodyLine) -> Iterator[Slip]:
    if not _DATED.search(line.text):
        return  # most lines: this cheap look saves five searches
    has_range = _RANGE.search(line.text) is not None
    for match in _RANGE_TO_YEAR.finditer(line.text) if has_range else ():
        yield _slip(line, f"the date range “{match[1].rstrip('.')}” cannot be right")
    for form in (_RANGE_AFTER, _RANGE_BEFORE) if has_range else ():
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
        if _is_cut(last, blocks[-2] if len(blocks) > 1 else None):
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


def _is_cut(last: Block, before: Block | None) -> bool:
    """Tell whether a text breaks off in its last block.

    Most texts that do not end in a stop are whole: below the last sentence stand credits, links and
    lists without bullets. In a row of unstopped lines the last one is no more cut than the others.
    """
    end = _CUT_END.search(last.text[-80:])
    if not end or _SIGNED.search(last.text):
        return False
    word = end[1] or ""
    if count_words(last.text) < _CUT_WORDS and word not in STOP_WORDS:
        return False
    if word != word.lower() and not _SENTENCE_BEGUN.search(last.text[-80:]):
        return False
    return before is None or before.kind is BlockKind.HEADING or bool(_STOP.search(before.text))


def _slip(line: BodyLine, text: str) -> Slip:
    return Slip(line=line.number, text=text)
