"""Texts as they are pasted: furniture, bylines, lists, tables, and what copying does to them."""

from collections.abc import Callable

from tests.torture.fuzzing import pieces
from tests.torture.fuzzing.draw import Draw

_MOST_LINES = 40


def any_text(draw: Draw) -> str:
    """Return a text: mostly an article, sometimes bytes as they come."""
    if draw.seldom(6):
        return raw_text(draw)
    return article(draw)


def any_line(draw: Draw) -> str:
    """Return a line, sometimes bytes as they come."""
    return raw_text(draw) if draw.seldom(6) else line(draw)


def raw_text(draw: Draw) -> str:
    """Return what the bytes that are left say in UTF-8; of what is none, lone surrogates."""
    return draw.rest().decode("utf-8", "surrogateescape")


def article(draw: Draw) -> str:
    """Return an article with its surroundings."""
    parts: list[str] = []
    for made in draw.some(line, _MOST_LINES):
        parts += [made, draw.pick(pieces.LINE_ENDS)]
        if draw.seldom(24):
            parts *= 2
            del parts[4 * _MOST_LINES :]
    text = "".join(parts)
    if draw.seldom(10):
        text = wrapped(text, 8 + draw.below(70), draw.pick(("", "> ", "  ", "| ", "\ufeff")))
    return text


def line(draw: Draw) -> str:
    """Return one line."""
    kind = draw.pick(
        (sentences, sentences, furniture, byline, label, item, table_row, headline, noise)
    )
    made = kind(draw)
    while draw.seldom(4):
        made = damaged(draw, made)
    return made


def sentence(draw: Draw) -> str:
    """Return a sentence, ready or put together."""
    if draw.seldom(2):
        return draw.pick(pieces.SENTENCES)
    who, what, where = (draw.pick(some) for some in (pieces.PEOPLE, pieces.GROUPS, pieces.PLACES))
    count = f"{draw.pick(pieces.NUMBERS)} {draw.pick(pieces.UNITS)}"
    forms = (
        f"{who} of the {what} told {where} that {count} had been moved.",
        f"{count} were {draw.pick(('killed', 'hurt', 'signed', 'sold'))} in {where}, {what} said.",
        f"On {draw.pick(pieces.DATES)} {who}, {what}'s head, left {where}.",
        f"“{what} has {count},” said {who}.",
        f"{draw.pick(pieces.DATELINES)}{who} met {what}",
    )
    return draw.pick(forms)


def sentences(draw: Draw) -> str:
    """Return a paragraph, its spaces as copying left them."""
    parts = [sentence(draw) for _ in range(1 + draw.below(4))]
    return filled(draw, draw.pick((" ", " ", "", "  ", "\n")).join(parts))


def headline(draw: Draw) -> str:
    """Return what may be a headline."""
    words = draw.pick(pieces.SENTENCES).rstrip(".")
    return draw.pick((words, words.title(), words.upper(), f"{words} - Harbour Post", words[:30]))


def furniture(draw: Draw) -> str:
    """Return what a page had around the article."""
    return draw.pick(pieces.FURNITURE)


def byline(draw: Draw) -> str:
    """Return who wrote it, and when."""
    return filled(draw, draw.pick(pieces.BYLINES))


def label(draw: Draw) -> str:
    """Return a line that says what the text says of itself, or a question."""
    return filled(draw, draw.pick(pieces.LABELS))


def item(draw: Draw) -> str:
    """Return an item of a list, a quote, a heading."""
    return draw.pick(pieces.STARTS) + draw.pick((sentence, headline, furniture, noise))(draw)


def table_row(draw: Draw) -> str:
    """Return a row of a table."""
    return draw.pick(pieces.TABLES)


def noise(draw: Draw) -> str:
    """Return signs in any order."""
    return "".join(draw.some(lambda d: d.pick(pieces.HOSTILE), 12))


def filled(draw: Draw, text: str) -> str:
    """Put names, places and dates into a form."""
    for gap, some in (
        ("{who}", pieces.PEOPLE),
        ("{where}", pieces.PLACES),
        ("{what}", pieces.GROUPS),
        ("{when}", pieces.DATES),
    ):
        while gap in text:
            text = text.replace(gap, draw.pick(some), 1)
    return text


def damaged(draw: Draw, text: str) -> str:
    """Change a text as copying does, or as one would who means harm."""
    at = draw.below(len(text) + 1)
    many = (2, 3, 10, 80, 400)
    changes: tuple[Callable[[], str], ...] = (
        lambda: text[:at] + draw.pick(pieces.HOSTILE) + text[at:],
        lambda: text[:at],
        lambda: text[at:],
        lambda: text + " " + text,
        lambda: text.upper(),
        lambda: text.swapcase(),
        lambda: text[::-1],
        lambda: draw.pick(pieces.HOSTILE) * draw.pick(many) + text,
        lambda: text[:at] + draw.pick(pieces.NUMBERS) + text[at:],
        lambda: text[:at] + draw.pick(pieces.DATES) + text[at:],
        lambda: text.replace(" ", draw.pick(("", "\u00a0", "  ", "\t", "\u200b", "_"))),
        lambda: (text + draw.pick(pieces.HOSTILE)) * draw.pick((2, 3, 10)),
        lambda: text.encode("utf-8", "surrogatepass").decode("latin-1"),
        lambda: text.encode("utf-8", "surrogatepass").decode("cp1252", "replace"),
        lambda: " " * draw.pick(many) + text + " " * draw.pick(many),
        lambda: f"{text[:at]}{sentence(draw)}{text[at:]}",
    )
    return draw.pick(changes)()[:4000]


def wrapped(text: str, width: int, start: str) -> str:
    """Break the lines of a text as mails and PDFs do."""
    found: list[str] = []
    for row in text.split("\n"):
        rest = row
        while len(rest) > width:
            cut = rest.rfind(" ", 1, width)
            cut = cut if cut > 0 else width
            found.append(start + rest[:cut])
            rest = rest[cut:].lstrip(" ")
        found.append(start + rest)
    return "\n".join(found)
