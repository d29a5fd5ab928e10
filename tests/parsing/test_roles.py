"""Roles are found even where the boundaries of the text are off by a few lines."""

import pytest

from briefbook.parsing.lines import TextLine, text_line
from briefbook.parsing.roles import BYLINE, DATE_LINE, HEADLINE, find_roles

LINES = (
    "Mudflat Post",
    "Harbour dredging starts after ten years of talks",
    "By Mina Hart",
    "12 March 2019",
    "Dredging of the outer harbour started on Monday, ten years after the port first asked for it.",
    "Two ships take up the mud, and the harbour master wants the dredging done before the storms.",
    "Fishermen have been promised money for the season they lose, though the talks go on.",
)


def lines() -> list[TextLine]:
    return [text_line(2 * n + 1, text) for n, text in enumerate(LINES)]


@pytest.mark.parametrize("start", [1, 2, 3, 4, 5])
def test_boundaries_may_be_off(start: int) -> None:
    roles = find_roles(lines(), start, len(LINES))
    assert roles.headline is not None
    assert roles.headline.text == LINES[1]
    assert roles.authors is not None
    assert roles.authors.names == ("Mina Hart",)
    assert roles.publication is not None
    assert roles.publication.day.isoformat() == "2019-03-12"
    assert dict(roles.by_line) == {1: HEADLINE, 2: BYLINE, 3: DATE_LINE}


def test_no_line_has_no_role() -> None:
    roles = find_roles([], 0, 0)
    assert roles.headline is None
    assert dict(roles.by_line) == {}
