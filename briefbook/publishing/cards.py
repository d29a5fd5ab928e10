"""Cards: the picture that shows where a link to a page is shared.

In: what a page is called. Out: a PNG of 1200 by 630 pixels, the same for the same words. Drawn with
the font that comes with Pillow, which knows little more than English: a title it cannot write gets
the card of the site, and a site it cannot name gets a card without words.
"""

import io
import zlib
from functools import cache
from typing import TYPE_CHECKING

from briefbook.publishing.characters import one_line

if TYPE_CHECKING:
    # Pillow is loaded where a card is drawn: most builds draw none anew.
    from PIL import Image, ImageFont

_WIDTH, _HEIGHT, _MARGIN = 1200, 630, 90
_PAPER, _INK, _SOFT, _RULE = 250, 28, 95, 200
# As many greys as half a byte can tell, which are enough for the edges of letters.
_GREYS = [round(_INK + (_PAPER - _INK) * n / 15) for n in range(16)]
_NEAREST = [min(range(16), key=lambda n: abs(_GREYS[n] - grey)) for grey in range(256)]
_TITLE, _SMALL = 64, 34  # pixels
_LEADING = 1.25
_LINES = 4
# Signs the font lacks, and those that do as well on a picture.
_INSTEAD = str.maketrans({"–": "-", "—": "-", "‑": "-", "…": "...", "\u00a0": " "})
# A character no font has: how the font writes what it does not know.
_UNKNOWN = "\U0010fffd"


def card(kicker: str, title: str) -> bytes:
    """Return a card with a small line above a title; what cannot be written is left out."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (_WIDTH, _HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((_MARGIN, _MARGIN, _WIDTH - _MARGIN, _MARGIN + 3), fill=_INK)
    if can_write(kicker):
        draw.text((_MARGIN, _MARGIN + 30), _plain(kicker), font=_font(_SMALL), fill=_SOFT)
    top = float(_MARGIN + 110)
    for line in _lines(_plain(title)) if can_write(title) else ():
        draw.text((_MARGIN, top), line, font=_font(_TITLE), fill=_INK)
        top += _TITLE * _LEADING
    bottom = _HEIGHT - _MARGIN
    draw.rectangle((_MARGIN, bottom, _WIDTH - _MARGIN, bottom + 1), fill=_RULE)
    return _packed(image)


def _packed(image: "Image.Image") -> bytes:
    """Return a picture in greys as a PNG."""
    image = image.point(_NEAREST)
    image.putpalette([grey for grey in _GREYS for _ in "RGB"])
    file = io.BytesIO()
    # There is little to find but dots like the one before, so nothing else is looked for.
    image.save(file, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return file.getvalue()


def can_write(text: str) -> bool:
    """Tell whether the font has every character of a text."""
    return all(map(_is_known, _plain(text)))


def _plain(text: str) -> str:
    return one_line(text).translate(_INSTEAD)


@cache
def _font(size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    font = ImageFont.load_default(size=size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # with a size it always is
    return font


@cache
def _is_known(character: str) -> bool:
    font = _font(_SMALL)
    return character == " " or bytes(font.getmask(character)) != bytes(font.getmask(_UNKNOWN))


def _lines(title: str) -> list[str]:
    """Return a title in lines that fit, at most so many; the rest is cut."""
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if _fits(longer):
            lines[-1] = longer
        else:
            lines.append(_cut(word))
    lines = [line for line in lines if line]
    return (
        lines if len(lines) <= _LINES else [*lines[: _LINES - 1], _cut(lines[_LINES - 1] + " ...")]
    )


def _fits(text: str) -> bool:
    return _font(_TITLE).getlength(text) <= _WIDTH - 2 * _MARGIN


def _cut(word: str) -> str:
    """Return as much of a word as fits on a line."""
    end = len(word)
    while end > 1 and not _fits(word[:end]):
        end = end * 3 // 4
    return word[:end]
