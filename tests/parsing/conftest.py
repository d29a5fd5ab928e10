"""A small article for cases to stand in: a line "[headline]", "[text]" or "[more]" is replaced."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from briefbook import Article, Line, parse_text

_PARTS = {
    "headline": "Harbour dredging starts after ten years of talks",
    "text": (
        "Dredging of the outer harbour started on Monday, ten years after the port first asked "
        "for it.\n\n"
        "Two ships will take up four million cubic metres of mud, and the harbour master wants "
        "the dredging done before the autumn storms.\n\n"
        "Fishermen have been promised money for the season they lose, though the talks about "
        "the sum go on."
    ),
    "more": (
        "The port pays for the ships, and the province pays for the beacons that mark their way."
        "\n\nNobody expects the channel to stay clear for longer than eight winters."
    ),
}


@dataclass(frozen=True)
class Parsed:
    """A parsed case."""

    article: Article
    own: tuple[Line, ...]  # the lines that the case itself brought


@pytest.fixture
def parse() -> Callable[[str], Parsed]:
    return _parse


def _parse(given: str) -> Parsed:
    text = ""
    own: set[int] = set()
    for line in given.split("\n"):
        part = re.fullmatch(r"\[(\w+)\]", line)
        if not part:
            own.add(text.count("\n") + 1)
        text += (_PARTS[part[1]] if part else line) + "\n"
    article = parse_text(text)
    return Parsed(article, tuple(line for line in article.lines if line.number in own))
