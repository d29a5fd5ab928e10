"""Hostile items of feeds, each from a number, and what a reader of the feed is meant to get.

What is meant is said here anew, by Unicode's own tables, not by what the program does: a title is
its characters without those that XML 1.0 refuses, controls, noncharacters of the first plane and
turned directions, its white space made single spaces.
"""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from briefbook.model import Correction, CorrectionKind, PublicEntry
from briefbook.text.markdown import escape

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
# Families of what has broken feeds, pages and their readers.
FAMILIES: dict[str, tuple[str, ...]] = {
    "plain": ("Ferry runs at noon", "the quay", "harbour", "40 million", "부산항 준설", "défense"),
    "controls": ("\x00", "a\x00b", "\x01\x02\x1f", "\x0b", "\x0c", "\x7f", "\x80\x9f", "\x1b[31m"),
    "noncharacters": ("\ufffe", "\uffff", "\ufdd0x\ufdef", "\U0001fffe", "\U0010ffff", "\ufffd"),
    "surrogates": ("\ud800", "\udfff", "\ud83d", "\ude00\ud83d", "a\udc80b"),
    "ends of CDATA": ("]]>", "]]]]><![CDATA[>", "<![CDATA[", "<![CDATA[x]]>", "]]&gt;", "]]"),
    "entities": (
        "&amp;",
        "&lt;b&gt;",
        "&#0;",
        "&#x1F;",
        "&#xFFFE;",
        "&nbsp;",
        "&unknown;",
        "&",
        "&#",
    ),
    "nested entities": (
        "&amp;lt;script&amp;gt;",
        "&amp;amp;",
        "&quot;&apos;",
        "%3Cscript%3E",
        "&;",
    ),
    "markup": ("<b>", "</title>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<"),
    "endings": ("</item>", "</entry></feed>", "</channel></rss>", "</description>", "-->", "<!--"),
    "declarations": (
        '<?xml version="1.0"?>',
        "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "<?pi?>",
        "?>",
        "&a;",
    ),
    "white space": (" ", "\t", "\n", "\r\n", "\r", "\u00a0", "\u2003", "\u3000", "   ", "\u200b"),
    "line ends": ("\u2028", "\u2029", "\x85", "\u2028x\u2029y", "\x1c\x1d\x1e"),
    "directions": ("\u202eevil\u202c", "\u2066x", "\u2069", "\u200f", "\u061c", "אבג", "مرحبا abc"),
    "combining": (
        "Z\u0351\u036b\u0343",
        "\u0301",
        "e\u0301",
        "\u0e33\u0e33",
        "\ufe0f",
        "\u1100\u1161",
    ),
    "emoji": (
        "🛳",
        "👩\u200d👩\u200d👧",
        "🇰🇷",
        "🏴\U000e0067\U000e007f",
        "\U000e0001",
        "1\ufe0f\u20e3",
    ),
    "quotes": (
        '"',
        "'",
        "“”",
        "''",
        '" onmouseover="alert(1)',
        "' x='",
        "`",
        "\\",
        '\\"',
        "\\u0000",
    ),
    "links": (
        "[a](javascript:alert(1))",
        "[b](../up/)",
        "[c](//evil.example)",
        "<http://x.example>",
    ),
    "Markdown": (
        "# h",
        "* a",
        "| a | b |",
        "```",
        "> q",
        "---",
        "1. x",
        "![i](x.png)",
        "**b**",
        "__",
    ),
    "templates": ("{{ 7*7 }}", "{% raw %}", "${x}", "#{y}", "%s", "{0}", "<%= 1 %>", "$&", "\\1"),
    "names of XML": ("xml:space", 'xmlns="x"', "xml:base", "dc:creator", "content:encoded", "guid"),
    "long": ("x" * 3000, "word " * 500, "&" * 500, "<" * 500, "é" * 1000, "]]>" * 200),
}
_PIECES = tuple(piece for family in FAMILIES.values() for piece in family)
_SHORT = tuple(piece for piece in _PIECES if len(piece) < 100)
_MARKDOWN = (
    "| a | b |\n| --- | --: |\n| {} | 2 |",
    "## {}",
    "- {}\n- b",
    "1. {}\n2. b",
    "> {}\n\n> **Note:** b",
    "[{}](/archive/)",
    "[{}](briefings/x/)",
    "<{}>",
    "`{}`",
    "```\n{}\n```",
    "    {}",
    "**{}** and _{}_",
    "{}  \nnext",
    "<div>{}</div>",
)
_ADDRESSES = (
    "https://x.example/a?b=1&c=%22d%22",
    "https://x.example/'a'",
    "https://x.example/\u00e9/\ubd80\uc0b0",
    "https://\u00e9xample.example/",
    "https://x.example:8080/a;b,c(d)!e~f",
    "https://x.example/]]%3E",
    "https://x.example/&amp;lt;",
    "HTTP://X.EXAMPLE/#frag",
    "javascript:alert(1)",
    "https://[::1]/",
    "https://x.example/%ff%00",
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """An entry, and the lines that its body must be read as; None: it is Markdown of any kind."""

    number: int
    entry: PublicEntry
    lines: tuple[str, ...] | None


def meant(text: str) -> str:
    """Return what a reader is to get of a text that stands on one line."""
    return " ".join("".join(filter(_may_be_told, text)).split())


def meant_in_html(text: str) -> str:
    """Return what a reader is to get of a text in HTML, where directions are kept."""
    return " ".join("".join(filter(_may_be_shown, text)).split())


def _may_be_shown(character: str) -> bool:
    if character in "\t\n\r":
        return True
    is_none = 0xFDD0 <= ord(character) <= 0xFDEF or ord(character) in (0xFFFE, 0xFFFF)
    return unicodedata.category(character) not in ("Cc", "Cs") and not is_none


def _may_be_told(character: str) -> bool:
    turns = ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
    return _may_be_shown(character) and unicodedata.bidirectional(character) not in turns


def text_of(dice: random.Random) -> str:
    """Return a hostile text: a piece alone, several, or any characters at all."""
    kind = dice.random()
    if kind < 0.25:
        return dice.choice(_PIECES)
    if kind < 0.8:
        return dice.choice(("", " ", "a")).join(dice.choices(_SHORT, k=dice.randint(2, 6)))
    limit = dice.choice((0x20, 0x100, 0x3000, 0xFFFF, 0x10FFFF))
    return "".join(chr(dice.randint(0, limit)) for _ in range(dice.randint(1, 40)))


def hostile(
    number: int, make_entry: Callable[..., PublicEntry], topics: tuple[str, ...]
) -> Hostile:
    """Return the hostile entry of a number, always the same one."""
    dice = random.Random(number)

    def some(most: int) -> tuple[str, ...]:
        return tuple(text_of(dice) for _ in range(dice.randint(0, most)))

    lines = tuple(text_of(dice) for _ in range(dice.randint(1, 4)))
    is_escaped = dice.random() < 0.5
    if is_escaped:
        lines = tuple(map(meant_in_html, lines))  # as the parser leaves them
        body = "\n\n".join(filter(None, map(escape, lines)))
    else:
        body = "\n\n".join(dice.choice(_MARKDOWN).replace("{}", line) for line in lines)
    entry = make_entry(
        f"number-{number}",
        title=text_of(dice),
        summary=text_of(dice),
        outlet=dice.choice((None, text_of(dice))),
        origin=dice.choice((None, text_of(dice))),
        authors=some(3),
        key_points=some(2),
        note=dice.choice((None, text_of(dice))),
        url=dice.choice((None, *_ADDRESSES)),
        language=dice.choice(("en", "ko", "ar", "pt-BR")),
        topics=tuple(dice.sample(topics, dice.randint(0, len(topics)))),
        people=(),
        organisations=(),
        places=(),
        body=body,
        added=START + timedelta(minutes=number),
        updated=dice.choice((None, START + timedelta(minutes=number + 5, seconds=1))),
        corrections=tuple(_correction(dice) for _ in range(dice.choice((0, 0, 0, 1)))),
    )
    return Hostile(number, entry, lines if is_escaped else None)


def _correction(dice: random.Random) -> Correction:
    return Correction(
        date=START.date(),
        kind=dice.choice((CorrectionKind.CORRECTION, CorrectionKind.UPDATE)),
        was=text_of(dice),
        now=text_of(dice),
        why=text_of(dice),
    )
