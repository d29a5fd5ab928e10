"""HTML pages as they are saved: an article among all that stands around it, and broken markup."""

from tests.torture.fuzzing import pieces, texts
from tests.torture.fuzzing.draw import Draw

_TAGS = (
    *("p", "div", "article", "main", "h1", "h2", "ul", "li", "ol", "blockquote", "table", "tr"),
    *("td", "th", "span", "a", "em", "br", "img", "figure", "figcaption", "nav", "header"),
    *("footer", "aside", "section", "pre", "code", "svg", "math", "template", "noscript", "form"),
    *("iframe", "textarea", "title", "style", "script", "select", "details", "time", "ruby", "q"),
)
_ATTRIBUTES = (
    *("", "", ' class="byline"', " hidden", ' style="display:none"', ' itemprop="author"'),
    *(' href="javascript:alert(1)"', ' datetime="2026-13-45"', " onclick=alert(1)", ' a="&copy=1"'),
    *(' aria-hidden="true"', ' rowspan="9999999"', ' colspan="-1"', ' start="1e9"', " ="),
)
_HEADS = (
    '<meta charset="utf-8">',
    '<meta charset="utf-7">',
    '<meta http-equiv="Content-Type" content="text/html; charset=cp949">',
    "<title>{line}</title>",
    '<meta property="og:title" content="{line}">',
    '<meta name="author" content="{line}">',
    '<meta property="article:published_time" content="{date}">',
    '<link rel="canonical" href="https://harbour.example/{date}">',
    '<html lang="{date}">',
    '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{line}",'
    ' "datePublished": "{date}", "author": [{{"name": "{line}"}}, null, 3]}}</script>',
    '<script type="application/ld+json">{line}</script>',
    '<script type="application/ld+json">' + "[" * 3000 + "</script>",
    '<script type="application/ld+json">{{"headline": ' + "9" * 5000 + "}}</script>",
)
_ODD = (
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "</p",
    "<",
    "</",
    "<p/>",
    "&#0;",
    "&#x110000;",
    "<?x",
    "\0",
)


def page(draw: Draw) -> str:
    """Return a page; bytes that are no UTF-8 stand as surrogates."""
    if draw.seldom(10):
        return texts.raw_text(draw)
    heads = draw.some(lambda d: _head(d), 4)
    parts = [part for _ in range(draw.below(12)) for part in _element(draw, 1)]
    text = f"<!doctype html>{''.join(heads)}<body>{''.join(parts)}"
    return text.encode("utf-8", "replace").decode("utf-8", "surrogateescape")


def _head(draw: Draw) -> str:
    return draw.pick(_HEADS).format(line=texts.line(draw), date=draw.pick(pieces.DATES))


def _element(draw: Draw, depth: int) -> list[str]:
    if draw.is_empty or draw.seldom(12):
        return [draw.pick(_ODD)]
    tag = draw.pick(_TAGS[:12]) if draw.below(3) else draw.pick(_TAGS)
    inner = [texts.line(draw)]
    if depth < 6 and draw.below(3) == 2:
        inner += [part for _ in range(1 + draw.below(3)) for part in _element(draw, depth + 1)]
    closing = "" if draw.seldom(12) else f"</{tag}>"
    many = draw.pick((1, 1, 1, 1, 1, 1, 3, 200)) if depth == 1 else 1
    return [f"<{tag}{draw.pick(_ATTRIBUTES)}>", *inner, closing] * many
