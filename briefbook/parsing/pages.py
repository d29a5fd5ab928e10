"""Pages: fates and blocks of the lines of an HTML page.

In: the numbered lines of a page and what its HTML says of each. Out: `CleanText` and `Structured`,
as cleaning and structure make them of plain text. What is main text is decided already; furniture
that stands inside it, and headline, byline and date near it, are told as in any text.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType

from briefbook.model import Block, BlockKind, Facts, Fate, Page, PageLine
from briefbook.parsing.blocksigns import BodyLine
from briefbook.parsing.clean import CleanText, Verdict, as_told, clean
from briefbook.parsing.headline import Headline
from briefbook.parsing.structure import Structured
from briefbook.text.words import folded

MAIN = "html: main text"
NOT_MAIN = "html: not of the main text"
STATED = "html: the page says so of itself"
# Byline and date stand at most so many lines above the main text.
_NEAR = 12
# No table made for readers is wider; Python-Markdown takes long over such rows.
_MOST_CELLS = 40
_NOTHING: Mapping[int, Fate] = MappingProxyType({})


def clean_page(
    numbered: Sequence[tuple[int, str]],
    page: Page,
    first: int = 1,
    told: Mapping[int, Fate] = _NOTHING,
) -> CleanText:
    """Give every line of a page its fate.

    Where no line is main text (a page without an article), all lines are judged as plain text.

    Args:
        numbered: The lines that are not blank, repaired, with their numbers.
        page: What HTML says of each line.
        first: The number of the first line of the page.
        told: The fate of each line that an editor decided, as in `clean`.
    """
    marks = {n: page.lines[n - first] for n, _ in numbered}
    stated = _stated(page)
    is_article = any(mark.is_main for mark in marks.values())
    judged = _judged(numbered, marks, stated) if is_article else {n for n, _ in numbered} - stated
    title = page.facts.title
    if title is not None and title.line is not None:
        judged.add(title.line)
    cleaned = clean([(n, text) for n, text in numbered if n in judged], told=told)
    found = {verdict.number: verdict for verdict in cleaned.verdicts}
    headline = cleaned.headline
    if title is not None and title.line is not None:
        place = [n for n, _ in numbered].index(title.line)
        headline = Headline(title.value, title.line, place, title.rule, present=1.0)
    wanted = folded(headline.text) if headline else ""
    verdicts = tuple(
        _said(n, text)
        if n in stated
        else _verdict(found.get(n) or _left(n, text), marks[n], wanted, is_article=is_article)
        for n, text in numbered
    )
    verdicts = tuple(as_told(verdict, told) for verdict in verdicts)
    return replace(cleaned, verdicts=verdicts, roles=replace(cleaned.roles, headline=headline))


def without_statements(page: Page, lines: Collection[int]) -> Page:
    """Return a page that does not state what stands on some lines: an editor decided them."""
    stated = {field.name: getattr(page.facts, field.name) for field in fields(page.facts)}
    left = {name: fact for name, fact in stated.items() if fact and fact.line not in lines}
    return replace(page, facts=Facts(**left))


def page_structure(lines: Sequence[BodyLine], page: Page, first: int = 1) -> Structured:
    """Return the kept lines of a page as the blocks its HTML says they are."""
    marks = {line.number: page.lines[line.number - first] for line in lines}
    blocks = tuple(_block(line, marks[line.number]) for line in lines)
    return Structured(blocks, {block.first: block.kind for block in blocks}, glued=None)


def _stated(page: Page) -> set[int]:
    """Return the numbers of the lines that are statements of the page about itself."""
    facts = page.facts
    found = (facts.title, facts.authors, facts.published, facts.outlet, facts.url, facts.language)
    return {fact.line for fact in found if fact is not None and fact.line is not None}


def _judged(
    numbered: Sequence[tuple[int, str]], marks: Mapping[int, PageLine], stated: set[int]
) -> set[int]:
    """Return the lines that cleaning sees: the main text, its headline and what is near its start.

    A byline may stand below a headline or a standfirst that is main text itself.
    """
    paragraphs = [n for n, _ in numbered if marks[n].is_main and not marks[n].level]
    main = [n for n, _ in numbered if marks[n].is_main]
    start, end = main[0] - _NEAR, (paragraphs or main)[:2][-1]
    return {
        n
        for n, _ in numbered
        if n not in stated and (marks[n].is_main or marks[n].level == 1 or start <= n < end)
    }


def _said(number: int, text: str) -> Verdict:
    return Verdict(number, text, Fate.METADATA, STATED)


def _left(number: int, text: str) -> Verdict:
    return Verdict(number, text, Fate.DROPPED, NOT_MAIN)


def _verdict(found: Verdict, mark: PageLine, headline: str, *, is_article: bool) -> Verdict:
    """Return the verdict on a line, after what HTML says of it."""
    if headline and folded(found.text) == headline:
        return replace(found, fate=Fate.METADATA, rule="headline", role="headline")
    if not is_article:
        return found
    # A headline that the page itself does not state is a line of the text, unless marked as one.
    is_other_headline = found.role == "headline" and mark.level != 1
    if mark.is_main and (found.fate is Fate.BODY or is_other_headline):
        return Verdict(found.number, found.text, Fate.BODY, MAIN)
    if found.fate is Fate.METADATA and not is_other_headline:
        return found
    return found if mark.is_main else _left(found.number, found.text)


def _block(line: BodyLine, mark: PageLine) -> Block:
    kind, number = mark.kind, line.number
    if kind is BlockKind.TABLE and len(mark.cells) <= _MOST_CELLS:
        cells = tuple(line.text.split("\t"))
        return Block(kind=kind, text="\n".join(cells), first=number, last=number, cells=cells)
    level = (2 if mark.level <= 2 else 3) if kind is BlockKind.HEADING else 0
    return Block(
        kind=kind, text=line.text, first=number, last=number, level=level, marker=mark.marker
    )
