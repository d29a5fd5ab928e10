"""Roles are found even where the boundaries of the text are off by a few lines."""

import pytest

from briefbook.parsing.authors import author_candidates
from briefbook.parsing.lines import TextLine, text_line
from briefbook.parsing.page import Page
from briefbook.parsing.roles import BYLINE, CREDIT, DATE_LINE, HEADLINE, find_roles

LINES = (
    "Mudflat Post",
    "Harbour dredging starts after ten years of talks",
    "By Mina Hart",
    "12 March 2019",
    "Dredging of the outer harbour started on Monday, ten years after the port first asked for it.",
    "Two ships take up the mud, and the harbour master wants the dredging done before the storms.",
    "Fishermen have been promised money for the season they lose, though the talks go on.",
)
LONG = tuple(f"{line} So it was said in the harbour office on Monday." for line in LINES[4:])


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


@pytest.mark.parametrize(
    ("line", "is_credit"),
    [
        ("This article was first published in the Nordby Leader.", True),
        ("Source: Tidewater News Agency (TNA)", True),
        ("Source: the mud itself, which tells how old the harbour really is.", False),
        ("The plan was first published in May, and nobody has read it.", False),
    ],
)
def test_a_credit_may_be_a_sentence_that_says_so_plainly(line: str, is_credit: bool) -> None:
    texts = [*LINES, line]
    roles = find_roles([text_line(2 * n + 1, text) for n, text in enumerate(texts)], 4, len(texts))
    assert (roles.by_line.get(len(LINES)) == CREDIT) is is_credit


def test_a_credit_right_below_the_text_is_one() -> None:
    texts = [*LINES, "Source: Tidewater News Agency"]
    roles = find_roles([text_line(2 * n + 1, text) for n, text in enumerate(texts)], 4, len(LINES))
    assert roles.by_line.get(len(LINES)) == CREDIT


def test_running_text_starts_below_what_a_page_says_about_itself() -> None:
    told = "We are the paper of the harbour, and of all who live from it or with it."
    texts = [told, "Ports", "Weather", "Ships", "Shop", *LONG]
    page = Page([text_line(2 * n + 1, text) for n, text in enumerate(texts)], 0, len(texts))
    assert page.running == 5


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Das Gespräch führte Nele Ort.", ("Nele Ort",)),
        ("Interview: Nele Ort", ("Nele Ort",)),
        ("Von Montag an gilt ein neuer Fahrplan.", None),
    ],
)
def test_names_behind_a_word_for_who_asked_or_wrote(
    line: str, names: tuple[str, ...] | None
) -> None:
    texts = [LINES[1], *LINES[4:], line]
    page = Page([text_line(2 * n + 1, text) for n, text in enumerate(texts)], 1, len(texts))
    found = [one.names for one in author_candidates(page, 0, None) if one.place == len(texts) - 1]
    assert found == ([names] if names else [])


def test_a_line_of_a_chat_stays_text_though_its_date_is_known() -> None:
    chat = ["[12.10.26, 02:14] Mina: The quay is flooded again.", "Ole: So is the cellar."]
    texts = ["Chat of the harbour office", *chat]
    page = [text_line(n + 1, text) for n, text in enumerate(texts)]
    assert find_roles(page, 1, len(texts)).by_line.get(1) is None
