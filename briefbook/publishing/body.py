"""Markdown to HTML that is safe to publish.

In: Markdown and the traced sentences of a body. Out: HTML with an id for each block, the source's
line numbers, the editor's sentences marked; and plainer HTML for feeds. Raw HTML in the Markdown is
shown as text. An allow-list sanitizer runs last, always. `usual.py` reads most bodies, far quicker
and to the same HTML; `unusual.py` reads all others.
"""

import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import nh3

from briefbook.model import Site, TracedSentence
from briefbook.publishing import tracing
from briefbook.publishing.bodymarks import BLOCKS, IN_FEED, LONGEST_LINE
from briefbook.publishing.characters import printable
from briefbook.publishing.usual import usual_html
from briefbook.publishing.words import Words
from briefbook.text.markdown import LINK_SCHEMES

if TYPE_CHECKING:
    from briefbook.publishing.unusual import Library

_MANY_BRACKETS = 500
_IDLE_BRACKET = re.compile(
    r"(?<!\\)\[(?![^\[\]\n]{1,200}\]\([^()\s]{1,1000}(?:\s\"[^\"\n]{0,200}\")?\))"
)

_TAGS = frozenset(
    "a blockquote br code del div em h2 h3 h4 h5 h6 hr ins li ol p pre strong"
    " table tbody td th thead tr ul".split()
)
_PAGE_ATTRIBUTES = {
    "div": {"aria-label"},
    "a": {"href", "title", "rel"},
    "ins": {"title"},
    "ol": {"start"},
} | {tag: {"id", "data-line"} for tag in (*BLOCKS, "td", "th")}
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
_ATTRIBUTE = r' [^\s=<>"]+="[^"]*"'
_LINK_OF_FEED = re.compile(
    rf'<a((?:{_ATTRIBUTE})*?) href="([^"]*)"((?:{_ATTRIBUTE})*?) {IN_FEED}="([^"]*)"'
)
# A page and its feeds are made far from each other. Of more bodies than this the first ones are
# made anew for a feed; each takes some kilobytes.
_BODIES_KEPT = 512


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


class _Libraries(threading.local):
    """The libraries of each thread, for the settings that it met last: making one takes long."""

    def __init__(self) -> None:
        self._made: dict[BodySetting, Library] = {}

    def of(self, setting: BodySetting) -> "Library":
        """Return the library for a setting."""
        from briefbook.publishing.unusual import Library  # loads Python-Markdown, seldom needed

        if setting not in self._made:
            library = Library(
                base_url=setting.base_url,
                table=setting.table,
                editors_title=setting.editors_title,
            )
            self._made = {setting: library}
        return self._made[setting]


_libraries = _Libraries()


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
        ProblemError: It is nested too deeply, or too long without a blank line.
    """
    text = _without_idle_brackets(printable(text))
    if len(text) <= LONGEST_LINE:
        tracer = tracing.Tracer(sentences, marks_unknown=marks_unknown)
        if usual := usual_html(text, tracer, table=setting.table, ids=ids):
            made, places = usual
            return RenderedBody(html=_IN_PAGES.clean(made), places=places, links_for_feed=None)
    tracer = tracing.Tracer(sentences, marks_unknown=marks_unknown)
    library = _libraries.of(setting)
    made, places = library.convert(text, at, tracer, ids=ids)
    is_same = IN_FEED not in made
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
            editors_title=str(words.html("not_in_source")),
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


def _without_idle_brackets(text: str) -> str:
    """Escape brackets that open no link, where there are very many.

    Python-Markdown looks for the end of each to the end of its block: 20,000 of them, which is one
    hostile line, take it a minute.
    """
    if text.count("[") <= _MANY_BRACKETS:
        return text
    return _IDLE_BRACKET.sub(r"\\[", text)
