"""Any Markdown to HTML, with Python-Markdown: what `usual.py` leaves to it.

In: a body and the traced sentences of it. Out: HTML with an id for each block, the source's line
numbers and the editor's sentences marked, not sanitized yet. Where a link leads elsewhere in a feed
it carries both addresses. Refuses what is nested too deeply, or too long without a blank line.
"""

import re
from collections.abc import Callable, Sequence
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from briefbook.problems import Place, ProblemError, error
from briefbook.publishing import tracing, urls
from briefbook.publishing.bodymarks import (
    BLOCKS,
    DEEPEST_INDENT,
    IN_FEED,
    LONGEST_BLOCK,
    LONGEST_LINE,
)
from briefbook.text.entities import unescaped
from briefbook.text.markdown import plain

_EXTERNAL = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class Library:
    """Python-Markdown, set up for bodies; one thread at a time."""

    def __init__(self, *, base_url: str, table: str, editors_title: str) -> None:
        """Take the address of the site, how a table is called, and what marks say, as HTML."""
        self._base = base_url.rstrip("/")
        self._table = table
        self._mark = f'<ins class="editors" title="{editors_title}">'
        self._finishing, self._markdown = _new_markdown(table)

    def convert(
        self, text: str, at: str, tracer: tracing.Tracer, *, ids: bool
    ) -> tuple[str, tuple[tuple[int, str], ...]]:
        """Return the HTML of a printable body, not sanitized yet, and the places of its lines."""
        links = (self._page_links(at), self._feed_links(at))
        self._finishing.begin(tracer, links, ids=ids)
        self._markdown.reset()
        lines = text.split("\n")
        _refuse_long_block(lines, at)
        if any(line[:DEEPEST_INDENT].isspace() and line.strip() for line in lines):
            raise _too_deep(at)
        self._finishing.set_aside = [line for line in lines if len(line) > LONGEST_LINE]
        short = (tracing.ASIDE if len(line) > LONGEST_LINE else line for line in lines)
        try:
            made = self._markdown.convert("\n".join(short))
        except RecursionError:
            # Its parser is left in the middle of a list and would treat every other text so.
            self._finishing, self._markdown = _new_markdown(self._table)
            raise _too_deep(at) from None
        made = (
            made.replace(tracing.AMPERSAND, "&amp;")
            .replace(tracing.OPEN, self._mark)
            .replace(tracing.CLOSE, "</ins>")
        )
        return made, tuple(self._finishing.places)

    def _page_links(self, at: str) -> Callable[[str], str]:
        def link(href: str) -> str:
            return urls.relative(at, href) if _is_site_path(href) else href

        return link

    def _feed_links(self, at: str) -> Callable[[str], str]:
        base = self._base

        def link(href: str) -> str:
            if _is_site_path(href):
                return base + href
            try:
                return urljoin(base + at, href)
            except ValueError:  # such as "//["
                return base + at

        return link


def _too_deep(at: str) -> ProblemError:
    what = "the Markdown is nested too deeply to be read"
    fix = "take some levels out of its lists and quotes"
    return ProblemError(error(Place("_site" + at), what, fix))


def _refuse_long_block(lines: Sequence[str], at: str) -> None:
    count = 0
    for line in lines:
        count = count + 1 if line.strip() else 0
        if count > LONGEST_BLOCK:
            what = f"the Markdown has more than {LONGEST_BLOCK} lines without a blank one"
            fix = "put a blank line between its paragraphs, lists and headings"
            raise ProblemError(error(Place("_site" + at), what, fix))


def _new_markdown(table: str) -> tuple["_Finishing", markdown.Markdown]:
    made = markdown.Markdown(
        extensions=["tables"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    # Markup in a text is text; and entities must reach the tree as characters, or the offsets of
    # sentences would not fit.
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    made.inlinePatterns.deregister("entity")
    # A list that starts at 3 keeps its 3.
    made.parser.blockprocessors["olist"].LAZY_OL = False  # type: ignore[attr-defined] # no stub
    finishing = _Finishing(made, table)
    # After "unescape" (priority 0), which turns \* into *: only then is the text the text.
    made.treeprocessors.register(finishing, "finishing", -10)
    return finishing, made


def _is_site_path(href: str) -> bool:
    return href.startswith("/") and not href.startswith("//")


class _Finishing(Treeprocessor):
    """Turns the tree of Python-Markdown into ours: ids, lines, marks, callouts, links."""

    def __init__(self, made: markdown.Markdown, table: str) -> None:
        super().__init__(made)
        self._table = table  # how a table is called

    def begin(
        self, tracer: tracing.Tracer, links: tuple[Callable[[str], str], ...], *, ids: bool
    ) -> None:
        """Set what the next body needs, with how the page and a feed link; it is reused."""
        self._tracer = tracer
        self._link_on_page, self._link_in_feed = links
        self._ids = ids
        self.places: list[tuple[int, str]] = []
        self.set_aside: list[str] = []

    def run(self, root: Element) -> None:
        lines = iter(self.set_aside)
        for element in root.iter():
            while tracing.ASIDE in (element.text or ""):
                element.text = (element.text or "").replace(tracing.ASIDE, plain(next(lines)), 1)
            self._clean(element)
        _split_callouts(root)
        for element in list(root.iter()):
            _shape(element, self._table)
        number = 0
        for element in root.iter():
            if element.tag not in BLOCKS or not tracing.own_text(element).strip():
                continue
            number += 1
            if self._ids:
                element.set("id", f"p{number}")
            line = self._tracer.trace(element)
            if line is not None:
                # A row's number stands in its first cell: a row can show nothing itself.
                bearer = element[0] if element.tag == "tr" and len(element) else element
                bearer.set("data-line", str(line))
                self.places.append((line, element.get("id", "")))
        for element in root.iter():
            tracing.shield_ampersands(element)

    def _clean(self, element: Element) -> None:
        """Make text of entities, and links of addresses; images would be third-party requests."""
        element.text = _characters(element.text)
        element.tail = _characters(element.tail)
        if element.tag == "h1":
            element.tag = "h2"
        if element.tag == "img":
            element.tag = "a"
            element.text = element.get("alt") or element.get("src")
            element.set("href", element.get("src", ""))
        if element.tag == "a":
            href = unescaped(element.get("href", "").replace(AMP_SUBSTITUTE, "&")).strip()
            if _EXTERNAL.match(href):
                element.set("rel", "noopener nofollow")
            element.set("href", href)
            if not _HAS_SCHEME.match(href):
                element.set("href", self._link_on_page(href))
                element.set(IN_FEED, self._link_in_feed(href))


def _characters(text: str | None) -> str | None:
    return unescaped(text.replace(AMP_SUBSTITUTE, "&")) if text else text


def _split_callouts(root: Element) -> None:
    """Give each callout a quote of its own: Markdown makes one of quotes that follow each other."""
    for index in range(len(root) - 1, -1, -1):
        quote = root[index]
        starts = [i for i, child in enumerate(quote) if i and _starts_bold(child)]
        if quote.tag != "blockquote" or not starts:
            continue
        for start in reversed(starts):
            own = Element("blockquote")
            own.extend(list(quote)[start:])
            for child in own:
                quote.remove(child)
            own.tail = quote.tail
            root.insert(index + 1, own)


def _shape(element: Element, table: str) -> None:
    """Name callouts, questions and cells; let a wide table scroll by itself on a phone."""
    if element.tag == "blockquote" and len(element) and _starts_bold(element[0]):
        element.set("class", "callout")
    for child in element:
        if child.tag == "p" and element.tag != "blockquote" and _is_all_bold(child):
            child.set("class", "question")
    if align := element.attrib.pop("align", ""):
        element.set("class", align)
    for index, child in enumerate(list(element)):
        if child.tag == "table":
            frame = Element("div", {"class": "wide", "role": "region"})
            frame.set("tabindex", "0")
            frame.set("aria-label", table)
            frame.tail, child.tail = child.tail, None
            element[index] = frame
            frame.append(child)


def _starts_bold(element: Element) -> bool:
    return (
        element.tag == "p"
        and not (element.text or "").strip()
        and len(element) > 0
        and element[0].tag == "strong"
    )


def _is_all_bold(element: Element) -> bool:
    return _starts_bold(element) and len(element) == 1 and not (element[0].tail or "").strip()
