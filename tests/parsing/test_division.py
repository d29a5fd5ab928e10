"""Where the article starts and ends, and what in between is not of it."""

import pytest

from briefbook.parsing.division import AFTER, ARTICLE, BEFORE, Division, divide
from briefbook.parsing.furniture import Inside, is_path
from briefbook.parsing.lines import text_line
from briefbook.parsing.sequence import load
from briefbook.parsing.signs import signs_of

STORY = (
    "The harbour council of Estvik voted on Monday to keep the night ferry for another two years.",
    "Captain Tove Lind said the ferry had carried 214 passengers a night since the bridge closed.",
    "A new bridge is planned for 2029, but the council has not found the 40 million crowns for it.",
    "Until then the ferry sails every hour from the east quay, and the fare stays at three crowns.",
)
PAGE = (
    "Skip to content",
    "Home",
    "Weather",
    "Subscribe",
    "Night ferry stays for two years",
    "By Ilse Maring",
    *STORY,
    "Leave a comment",
    "Name",
    "Email",
    "Privacy policy",
)


def division(*texts: str) -> Division:
    lines = [text_line(2 * n + 1, text) for n, text in enumerate(texts)]
    return divide(lines, load("article"))


def test_a_text_without_lines_is_divided_into_nothing() -> None:
    found = division()
    assert (found.parts, found.start, found.end) == ((), 0, 0)


def test_menus_stand_before_and_comments_after_the_article() -> None:
    found = division(*PAGE)
    assert found.parts[:4] == (BEFORE,) * 4
    assert found.parts[6:10] == (ARTICLE,) * 4
    assert found.parts[10:] == (AFTER,) * 4
    assert found.start <= 6
    assert found.end == 10
    assert not found.unproven & {0, 1, 2, 3, 10, 11, 12, 13}


def test_every_line_outside_the_article_has_a_reason() -> None:
    found = division(*PAGE)
    for i, part in enumerate(found.parts):
        assert bool(found.reason(i)) == (part != ARTICLE)


@pytest.mark.parametrize(
    "text",
    [
        ("Flood on Monday", "Salt", "Pepper", "Water"),
        ("North 2 South 1", "East 0 West 0", "Up 3 Down 4"),
        ("The ferry goes", "The ferry comes", "Nobody knows", "The ferry goes"),
        STORY[:1],
    ],
)
def test_a_short_text_without_a_phrase_of_furniture_is_kept_whole(text: tuple[str, ...]) -> None:
    found = division(*text)
    assert all(part == ARTICLE or i in found.unproven for i, part in enumerate(found.parts))


def test_a_run_of_results_in_the_article_is_kept() -> None:
    rows = ("Sund 4 Nordby 1", "Estvik 2 Holm 2", "Skarnes 0 Grimsdal 3", "Tveit 1 Sund 1")
    found = division(*STORY[:2], *rows, *STORY[2:])
    kept = {i for i, part in enumerate(found.parts) if part == ARTICLE} | found.unproven
    assert kept >= set(range(8))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Home > World > Night ferry stays", True),
        ("Home / World", True),
        ("Crane > 40 tonnes is needed by the port, said the engineer on Monday morning.", False),
        ("either/or", False),
    ],
)
def test_knows_a_path_through_a_site(line: str, expected: bool) -> None:
    assert is_path(text_line(1, line)) is expected


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Read more: What mud is made of", "furniture: read more"),
        ("A crane lifts the first stone. Photo: Per Ahl", "caption"),
        ("© 2026 Sund Post", "furniture: ©"),
        ("6 minutes or so", "reading time"),
        ("* * *", "ruled line"),
        ("https://sundpost.example/ferry", "a bare address"),
        ("The council met on Monday", ""),
        ("Comments", ""),
    ],
)
def test_names_the_rule_that_drops_a_line_inside_the_article(line: str, rule: str) -> None:
    assert Inside([text_line(1, line)]).rule(0) == rule


def test_a_biography_is_one_at_the_end_only() -> None:
    biography = "Ilse Maring is a reporter who has covered the coast for the Sund Post since 2011."
    lines = [text_line(n, text) for n, text in enumerate((*STORY, biography), 1)]
    assert Inside(lines).rule(4) == "author biography"
    assert Inside(lines[::-1]).rule(0) == ""


def test_teasers_below_the_heading_of_a_box_are_in_it() -> None:
    texts = ("Related", "Seals move in", "Bell buoy rings again", STORY[0], "Fewer herrings")
    inside = Inside([text_line(n, text) for n, text in enumerate(texts, 1)])
    rules = [inside.rule(i) for i in range(5)]
    assert rules == ["furniture: related", "in the box: related", "in the box: related", "", ""]


def test_signs_of_a_line_do_not_depend_on_its_number() -> None:
    first = signs_of([text_line(n, text) for n, text in enumerate(STORY, 1)])
    second = signs_of([text_line(n, text) for n, text in enumerate(STORY, 1001)])
    assert first == second
    assert all(len(signs) > 20 for signs in first)
