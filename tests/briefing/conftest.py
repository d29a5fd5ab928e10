"""What the tests of this room share: a parsed source, made without the parser."""

from collections.abc import Callable
from datetime import date

import pytest

from briefbook.model import (
    Article,
    Block,
    BlockKind,
    Facts,
    Fate,
    Found,
    Header,
    Line,
    Name,
    Slip,
    SourceFile,
)

Parse = Callable[..., tuple[SourceFile, Article]]


def _parse(
    body: str = "Seoul sells arms.\n\nBaghdad buys them.",
    *,
    title: str | None = "South Korea’s arms deal",
    path: str = "sources/a.txt",
    sha256: str = "a" * 64,
    header: Header | None = None,
    slips: tuple[Slip, ...] = (),
    outlet: str | None = "Gulf Desk",
    **facts: Found[object],
) -> tuple[SourceFile, Article]:
    lines = tuple(line for line in body.split("\n") if line)
    source = SourceFile(
        path=path,
        header=header or Header(),
        lines=lines,
        first_line=1,
        encoding="utf-8",
        sha256=sha256,
    )
    known: dict[str, Found[object]] = {
        "published": Found(date(2025, 4, 23), 2, "a date line", "April 23, 2025"),
        "authors": Found(("Kim Min-ji",), 3, "byline"),
    }
    if title is not None:
        known["title"] = Found(title, 1, "first line")
    if outlet is not None:
        known["outlet"] = Found(outlet, 4, "credit")
    blocks = (
        Block(kind=BlockKind.PARAGRAPH, text=line, first=n, last=n)
        for n, line in enumerate(lines, 1)
    )
    article = Article(
        lines=tuple(Line(n, line, Fate.BODY, "kept") for n, line in enumerate(lines, 1)),
        blocks=tuple(blocks),
        repairs=(),
        slips=slips,
        facts=Facts(**(known | facts)),  # type: ignore[arg-type]  # a test's own keywords
        body=body,
        summary=lines[:1],
        key_points=lines,
        names=(Name("Kim Min-ji", "person"), Name("Seoul", "place"), Name("Baghdad", "place")),
    )
    return source, article


@pytest.fixture(scope="session")
def parse() -> Parse:
    """Make a source and its article from a body and facts."""
    return _parse
