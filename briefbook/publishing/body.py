"""Markdown to HTML that is safe to publish.

In: Markdown and the traced sentences of a body. Out: HTML with an id for each block, the source's
line numbers, the editor's sentences marked; and plainer HTML for feeds. Raw HTML in the Markdown is
shown as text. An allow-list sanitizer runs last, always. `usual.py` reads most bodies, far quicker
and to the same HTML; Python-Markdown reads all others.
"""

import html
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
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
from briefbook.publishing.usual import usual_html
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


_IN_PAGES = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_PAGE_ATTRIBUTES,
    tag_attribute_values=_PAGE_VALUES,
    url_schemes=set(LINK_SCHEMES),
    link_rel=None,
)
_IN_FEEDS = nh3.Cleaner(
    tags=set(_TAGS) - {"div"},
    attributes=_FEED_ATTRIBUTES,
    url_schemes=set(LINK_SCHEMES),
    link_rel=None,
)
# Where a link leads in a feed, if elsewhere than on the page, as an attribute of a name that no
# text can bring: `printable` takes noncharacters out, and no entity makes one.
_IN_FEED = "\ufdd4"
_ATTRIBUTE = r' [^\s=<>"]+="[^"]*"'
_LINK_OF_FEED = re.compile(
    rf'<a((?:{_ATTRIBUTE})*?) href="([^"]*)"((?:{_ATTRIBUTE})*?) {_IN_FEED}="([^"]*)"'
)
# A page and its feeds are made far from each other. Of more bodies than this the first ones are
# made anew for a feed; each takes some kilobytes.
_BODIES_KEPT = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySetting:
    """What of a site goes into its bodies."""

    base_url: str
    table: str  # how a table is called
    editors_title: str  # what the editor's sentences are, as HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedBody:
    """A body as HTML."""

    html: str  # for its page, sanitized
    # Of each block that carries a line number of the source: the number and the block's id, in
    # order; the id is "" where ids were not wanted.
    places: tuple[tuple[int, str], ...]
    links_for_feed: str | None  # its HTML before the sanitizer, where links differ in a feed

    def feed(self) -> str:
        """Return the HTML for a feed: absolute links, no class, id or line number; sanitized."""
        return _IN_FEEDS.clean(self.html if self.links_for_feed is None else self.links_for_feed)


def render_body(
    text: str,
    *,
    at: str,
    setting: BodySetting,
    sentences: tuple[TracedSentence, ...] = (),
    marks_unknown: bool = False,
    ids: bool = True,
) -> RenderedBody:
    """Return a body as HTML, for the page at a site path and for feeds.

    A pure function of values that can be sent to another process.

    Args:
        text: The body.
        at: The path.
        setting: What of the site goes into it.
        sentences: The traced sentences of its entry.
        marks_unknown: Whether sentences that are not among these are the editor's.
        ids: Whether each block gets an id.

    Raises:
        ProblemError: It is nested too deeply.
    """
    text = _without_idle_brackets(printable(text))
    if len(text) <= _LONGEST_LINE:
        tracer = tracing.Tracer(sentences, marks_unknown=marks_unknown)
        if usual := usual_html(text, tracer, table=setting.table, ids=ids):
            made, places = usual
            return RenderedBody(html=_IN_PAGES.clean(made), places=places, links_for_feed=None)
    tracer = tracing.Tracer(sentences, marks_unknown=marks_unknown)
    made, places = _libraries.of(setting).convert(text, at, tracer, ids=ids)
    is_same = _IN_FEED not in made
    return RenderedBody(
        html=_IN_PAGES.clean(made if is_same else _LINK_OF_FEED.sub(r'<a\1 href="\2"\3', made)),
        places=places,
        links_for_feed=None if is_same else _LINK_OF_FEED.sub(r'<a\1 href="\4"\3', made),
    )


class Renders(Protocol):
    """What can stand in for `render_body`, such as one that remembers."""

    def __call__(
        self,
        text: str,
        *,
        at: str,
        setting: BodySetting,
        sentences: tuple[TracedSentence, ...],
        marks_unknown: bool,
        ids: bool,
    ) -> RenderedBody:
        """Do as that does."""


class BodyRenderer:
    """Renders the bodies of a site, each once for its page and its feeds."""

    def __init__(self, site: Site, words: Words, render: Renders = render_body) -> None:
        """Take the site, and what renders a body: `render_body`, or what remembers its results."""
        self._setting = BodySetting(
            base_url=site.base_url,
            table=words.plain("table"),
            editors_title=words.html("not_in_source"),
        )
        self._render = render
        self._made: dict[tuple[str, bool], tuple[tuple[object, ...], RenderedBody]] = {}

    def page(
        self,
        text: str,
        *,
        at: str,
        sentences: tuple[TracedSentence, ...] = (),
        marks_unknown: bool = False,
        ids: bool = True,
    ) -> RenderedBody:
        """Return a body as HTML; `render_body` tells of the arguments."""
        key, given = (at, ids), (text, sentences, marks_unknown)
        known = self._made.get(key)
        if known is None or known[0] != given:
            made = self._render(
                text,
                at=at,
                setting=self._setting,
                sentences=sentences,
                marks_unknown=marks_unknown,
                ids=ids,
            )
            if len(self._made) >= _BODIES_KEPT:
                del self._made[next(iter(self._made))]
            known = self._made[key] = given, made
        return known[1]

    def feed(
        self,
        text: str,
        *,
        at: str,
        sentences: tuple[TracedSentence, ...] = (),
        marks_unknown: bool = False,
        ids: bool = True,
    ) -> str:
        """Return the HTML of a body for a feed, made of the one for the page."""
        made = self.page(text, at=at, sentences=sentences, marks_unknown=marks_unknown, ids=ids)
        return made.feed()


class _Library:
    """Python-Markdown, set up for bodies; one thread at a time."""

    def __init__(self, setting: BodySetting) -> None:
        self._setting = setting
        self._finishing, self._markdown = _new_markdown(setting.table)

    def convert(
        self, text: str, at: str, tracer: tracing.Tracer, *, ids: bool
    ) -> tuple[str, tuple[tuple[int, str], ...]]:
        """Return the HTML of a printable body, not sanitized yet, and the places of its lines."""
        links = (self._page_links(at), self._feed_links(at))
        self._finishing.begin(tracer, links, ids=ids)
        self._markdown.reset()
        lines = text.split("\n")
        self._finishing.set_aside = [line for line in lines if len(line) > _LONGEST_LINE]
        short = (tracing.ASIDE if len(line) > _LONGEST_LINE else line for line in lines)
        try:
            made = self._markdown.convert("\n".join(short))
        except RecursionError:
            # Its parser is left in the middle of a list and would treat every other text so.
            self._finishing, self._markdown = _new_markdown(self._setting.table)
            raise ProblemError(
                error(
                    Place("_site" + at),
                    "the Markdown is nested too deeply to be read",
                    "take some levels out of its lists and quotes",
                )
            ) from None
        made = (
            made.replace(tracing.AMPERSAND, "&amp;")
            .replace(tracing.OPEN, f'<ins class="editors" title="{self._setting.editors_title}">')
            .replace(tracing.CLOSE, "</ins>")
        )
        return made, tuple(self._finishing.places)

    def _page_links(self, at: str) -> Callable[[str], str]:
        def link(href: str) -> str:
            return urls.relative(at, href) if _is_site_path(href) else href

        return link

    def _feed_links(self, at: str) -> Callable[[str], str]:
        base = self._setting.base_url.rstrip("/")

        def link(href: str) -> str:
            if _is_site_path(href):
                return base + href
            try:
                return urljoin(base + at, href)
            except ValueError:  # such as "//["
                return base + at

        return link


class _Libraries(threading.local):
    """The libraries of each thread, for the settings that it met last: making one takes long."""

    def __init__(self) -> None:
        self._made: dict[BodySetting, _Library] = {}

    def of(self, setting: BodySetting) -> _Library:
        """Return the library for a setting."""
        if setting not in self._made:
            self._made = {setting: _Library(setting)}
        return self._made[setting]


_libraries = _Libraries()


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
            element.set("href", href)
            if not _HAS_SCHEME.match(href):
                element.set("href", self._link_on_page(href))
                element.set(_IN_FEED, self._link_in_feed(href))


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
