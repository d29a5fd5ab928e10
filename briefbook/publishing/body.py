"""Markdown to HTML that is safe to publish.

In: Markdown and the traced sentences of a body. Out: HTML with an id for each block, the source's
line numbers, the editor's sentences marked; or plainer HTML for feeds. Raw HTML in the Markdown is
shown as text. An allow-list sanitizer runs last, always.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from briefbook.model import Site, TracedSentence
from briefbook.problems import Place, ProblemError, error
from briefbook.publishing import tracing, urls
from briefbook.publishing.characters import printable
from briefbook.publishing.words import Words
from briefbook.text.markdown import LINK_SCHEMES, plain

_EXTERNAL = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")

# Python-Markdown copies a block for each mark in it, so a line of a million characters would take
# it hours. No writer makes such a line: it is shown as the text it is, without its marks read.
_LONGEST_LINE = 50_000
_MANY_BRACKETS = 500
_IDLE_BRACKET = re.compile(
    r"(?<!\\)\[(?![^\[\]\n]{1,200}\]\([^()\s]{1,1000}(?:\s\"[^\"\n]{0,200}\")?\))"
)

_TAGS = frozenset(
    "a blockquote br code del div em h2 h3 h4 h5 h6 hr ins li ol p pre strong"
    " table tbody td th thead tr ul".split()
)
_BLOCKS = ("h2", "h3", "h4", "h5", "h6", "p", "li", "pre", "tr")
_PAGE_ATTRIBUTES = {
    "div": {"aria-label"},
    "a": {"href", "title", "rel"},
    "ins": {"title"},
    "ol": {"start"},
} | {tag: {"id", "data-line"} for tag in (*_BLOCKS, "td", "th")}
_PAGE_VALUES = {
    "blockquote": {"class": {"callout"}},
    "div": {"class": {"wide"}, "role": {"region"}, "tabindex": {"0"}},
    "ins": {"class": {"editors"}},
    "p": {"class": {"question"}},
    "td": {"class": {"left", "center", "right"}},
    "th": {"class": {"left", "center", "right"}},
}
_FEED_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A body as HTML."""

    html: str  # sanitized
    # Of each block that carries a line number of the source: the number and the block's id, in
    # order; the id is "" where ids were not wanted.
    places: tuple[tuple[int, str], ...]


class BodyRenderer:
    """Renders bodies with one reused Python-Markdown instance; one thread at a time."""

    def __init__(self, site: Site, words: Words) -> None:
        self._site = site
        self._editors_title = words.html("not_in_source")
        self._table = words.plain("table")
        self._finishing, self._markdown = _new_markdown(self._table)

    def page(
        self,
        text: str,
        *,
        at: str,
        sentences: tuple[TracedSentence, ...] = (),
        marks_unknown: bool = False,
        ids: bool = True,
    ) -> Rendered:
        """Return the HTML of a body for the page at a site path.

        Args:
            text: The body.
            at: The path.
            sentences: The traced sentences of its entry.
            marks_unknown: Whether sentences that are not among these are the editor's.
            ids: Whether each block gets an id.
        """
        tracer = tracing.Tracer(sentences, marks_unknown=marks_unknown)
        self._finishing.begin(tracer, self._link_for_page(at), ids=ids)
        made = self._convert(text, at)
        made = nh3.clean(
            made,
            tags=set(_TAGS),
            attributes=_PAGE_ATTRIBUTES,
            tag_attribute_values=_PAGE_VALUES,
            url_schemes=set(LINK_SCHEMES),
            link_rel=None,
        )
        return Rendered(html=made, places=tuple(self._finishing.places))

    def feed(
        self,
        text: str,
        *,
        at: str,
        sentences: tuple[TracedSentence, ...] = (),
        marks_unknown: bool = False,
    ) -> str:
        """Return the HTML of a body for a feed: absolute links, no class, id or line number."""
        page = urls.absolute(self._site, at)

        def link(href: str) -> str:
            if _is_site_path(href):
                return urls.absolute(self._site, href)
            try:
                return urljoin(page, href)
            except ValueError:  # such as "//["
                return page

        tracer = tracing.Tracer(sentences, marks_unknown=marks_unknown)
        self._finishing.begin(tracer, link, ids=False)
        return nh3.clean(
            self._convert(text, at),
            tags=set(_TAGS) - {"div"},
            attributes=_FEED_ATTRIBUTES,
            url_schemes=set(LINK_SCHEMES),
            link_rel=None,
        )

    def _convert(self, text: str, at: str) -> str:
        self._markdown.reset()
        lines = _without_idle_brackets(printable(text)).split("\n")
        self._finishing.set_aside = [line for line in lines if len(line) > _LONGEST_LINE]
        short = (tracing.ASIDE if len(line) > _LONGEST_LINE else line for line in lines)
        try:
            made = self._markdown.convert("\n".join(short))
        except RecursionError:
            # Its parser is left in the middle of a list and would treat every other text so.
            self._finishing, self._markdown = _new_markdown(self._table)
            raise ProblemError(
                error(
                    Place("_site" + at),
                    "the Markdown is nested too deeply to be read",
                    "take some levels out of its lists and quotes",
                )
            ) from None
        return (
            made.replace(tracing.AMPERSAND, "&amp;")
            .replace(tracing.OPEN, f'<ins class="editors" title="{self._editors_title}">')
            .replace(tracing.CLOSE, "</ins>")
        )

    def _link_for_page(self, at: str) -> Callable[[str], str]:
        def link(href: str) -> str:
            return urls.relative(at, href) if _is_site_path(href) else href

        return link


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


def _without_idle_brackets(text: str) -> str:
    """Escape brackets that open no link, where there are very many.

    Python-Markdown looks for the end of each to the end of its block: 20,000 of them, which is one
    hostile line, take it a minute.
    """
    if text.count("[") <= _MANY_BRACKETS:
        return text
    return _IDLE_BRACKET.sub(r"\\[", text)


def _is_site_path(href: str) -> bool:
    return href.startswith("/") and not href.startswith("//")


class _Finishing(Treeprocessor):
    """Turns the tree of Python-Markdown into ours: ids, lines, marks, callouts, links."""

    def __init__(self, made: markdown.Markdown, table: str) -> None:
        super().__init__(made)
        self._table = table  # how a table is called

    def begin(self, tracer: tracing.Tracer, link: Callable[[str], str], *, ids: bool) -> None:
        """Set what the next body needs; the instance is reused."""
        self._tracer = tracer
        self._link = link
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
            if element.tag not in _BLOCKS or not tracing.own_text(element).strip():
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
            href = html.unescape(element.get("href", "").replace(AMP_SUBSTITUTE, "&")).strip()
            if _EXTERNAL.match(href):
                element.set("rel", "noopener nofollow")
            element.set("href", href if _HAS_SCHEME.match(href) else self._link(href))


def _characters(text: str | None) -> str | None:
    return html.unescape(text.replace(AMP_SUBSTITUTE, "&")) if text else text


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
