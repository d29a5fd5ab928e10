"""What must be true of whatever parsing makes of a text, whatever the text."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise

from briefbook import find_names, parse_text, summarise
from briefbook.briefing import load_entry, make_entry
from briefbook.checking.fates import check_body, check_fates, check_repairs
from briefbook.checking.trace import check_trace, trace_entry
from briefbook.model import Article, Fate, Header, Line, Repair, SourceFile
from briefbook.parsing import PARSER, parse, split_lines
from briefbook.parsing.dates import find_dates
from briefbook.problems import ProblemError
from briefbook.publishing.body import BodySetting, render_body
from briefbook.reading import make_source
from briefbook.text.mending import apply, undo

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
SETTING = BodySetting(base_url="https://harbour.example", table="Table", editors_title="Not there")
KINDS = ("person", "organisation", "place")
_HALVES = re.compile("[\ud800-\udfff]")
_VOID = frozenset(("br", "hr"))


def check_article(text: str) -> None:
    """One fate a line, the kept ones verbatim, repairs undone, an entry that traces wholly."""
    lines = split_lines(text)
    source = SourceFile(
        path="sources/a.txt",
        header=Header(),
        lines=lines,
        first_line=1,
        encoding="utf-8",
        sha256="a" * 64,
    )
    article = parse_text(text)
    assert article == parse_text(text)
    check_parsed(source, article)


def check_page(text: str) -> None:
    """The same of an HTML page, of which only what can be seen is a line."""
    content = text.encode("utf-8", "surrogateescape")
    try:
        source = make_source(content, "sources/a.html")
    except ProblemError as refused:
        assert all(problem.place.path == "sources/a.html" for problem in refused.problems)
        return
    assert source.page is not None
    assert len(source.page.lines) == len(source.lines)
    check_parsed(source, parse(source))


def check_parsed(source: SourceFile, article: Article) -> None:
    """Compare what is made of a source with its lines, and make its entry."""
    lines = source.lines
    stand = [(n, line) for n, line in enumerate(lines, source.first_line) if line.strip()]
    assert [(line.number, line.text) for line in article.lines] == stand
    kept = {line.number for line in article.lines if line.fate is Fate.BODY}
    assert article.plain_body == "\n".join(line for n, line in stand if n in kept)
    repairs = _check_repairs(article)
    mended = "".join(apply(line, repairs.get(n, ())) for n, line in stand if n in kept)
    assert letters(mended) == letters(_said(article)), "a kept line is in no block"
    for block in article.blocks:
        assert block.first <= block.last and {block.first, block.last} <= kept, block
    assert check_fates(source, article) == ()
    assert check_repairs(source, article) == ()
    assert check_body(source, article) == ()
    _check_entry(source, article)


def _check_repairs(article: Article) -> dict[int, list[Repair]]:
    by_line: dict[int, list[Repair]] = {}
    for repair in article.repairs:
        by_line.setdefault(repair.line, []).append(repair)
    texts = {line.number: line for line in article.lines}
    for number, repairs in by_line.items():
        line: Line = texts[number]
        assert line.fate is not Fate.DROPPED, line
        for repair in repairs:
            assert line.text[repair.start : repair.start + len(repair.was)] == repair.was, repair
        for one, other in pairwise(repairs):
            assert one.start + len(one.was) <= other.start, (one, other)
        assert undo(apply(line.text, repairs), repairs) == line.text, line
    return by_line


def _check_entry(source: SourceFile, article: Article) -> None:
    """Make the entry of a text: it is read back as written, traces, and is well-formed HTML."""
    try:
        made = make_entry(
            source, article, parser=PARSER, added=NOW, story="a-story", taken_slugs=()
        )
    except ProblemError as refused:
        # Half a character stands in no file, though a caller of the library may hand it over.
        assert not made_of(article) or _HALVES.search("\n".join(source.lines)), refused
        return
    again, _ = load_entry(made.text, made.path)
    assert again == made
    assert made.entry.edited == ()
    traced = trace_entry(made.entry, article, parser=PARSER)
    assert check_trace(made.entry, traced) == ()
    try:
        body = render_body(made.entry.body, at="/briefings/a/", setting=SETTING, sentences=traced)
    except ProblemError:
        return
    for html in (body.html, body.feed()):
        shown = Shown(html)
        assert shown.letters == letters(_said(article)), html


def made_of(article: Article) -> str:
    """Return what of an article can be read at all."""
    return letters(_said(article))


def _said(article: Article) -> str:
    """Return the text of the body as the blocks have it."""
    return "".join("".join(block.cells) if block.cells else block.text for block in article.blocks)


def letters(text: str) -> str:
    """Return the letters of a text alone, as all else may change its form."""
    return "".join(c for c in text if unicodedata.category(c)[0] == "L")


class Shown(HTMLParser):
    """What a piece of HTML shows; refuses what is not well-formed, or can act."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._texts: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, html

    @property
    def letters(self) -> str:
        """The letters of its text."""
        return letters("".join(self._texts))

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Know what is open."""
        assert tag not in ("script", "img", "svg", "iframe", "style", "form"), tag
        assert not any(name.startswith("on") for name, _ in attrs), attrs
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last, and nothing else."""
        assert self._open and self._open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self._texts.append(data)

    def handle_comment(self, data: str) -> None:
        """Refuse a comment: nobody writes one."""
        raise AssertionError(data)


def check_summary(text: str) -> None:
    """Sentences verbatim of the text, in its order, no more than were asked for."""
    title = text[:60].partition("\n")[0]
    for count in (1, 3):
        for given in ("", title):
            at = 0
            found = summarise(text, given, count)
            assert len(found) <= count
            for sentence in found:
                place = text.find(sentence, at)
                assert sentence.strip() and place >= 0, sentence
                at = place + len(sentence)


def check_names(text: str) -> None:
    """Names stand in the text, each once, of a kind that there is."""
    found = find_names(text)
    assert len({(name.text, name.kind) for name in found}) == len(found)
    joined = " ".join(text.split())
    for name in found:
        assert name.kind in KINDS
        assert name.text.strip() and " ".join(name.text.split()) in joined, name
        for longer in name.short_for:
            assert longer in {other.text for other in found}, (name, longer)


def check_dates(text: str) -> None:
    """Dates stand in the line, one behind the other, and exist."""
    for line in split_lines(text):
        for day_first in (True, False):
            end = 0
            for found in find_dates(line, day_first=day_first):
                assert end <= found.start < found.end <= len(line), found
                end = found.end
                assert found.value.isoformat()
                if isinstance(found.value, datetime):
                    assert found.value.utcoffset() is not None
