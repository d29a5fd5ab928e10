"""Outlets: a name that several places of a page agree on."""

from collections.abc import Callable

import pytest

from briefbook.parsing.lines import text_line
from briefbook.parsing.outlets import outlet_candidates, squashed
from briefbook.parsing.page import Page

from .conftest import Parsed

Parse = Callable[[str], Parsed]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Mudflat Post", "mudflatpost.com"),
        ("Mudflat-Post", "Mudflat Post"),
        ("www.mudflatpost.com", "MUDFLAT POST"),
    ],
)
def test_a_name_and_its_host_are_one(one: str, other: str) -> None:
    assert squashed(one) == squashed(other)


@pytest.mark.parametrize(
    "given",
    [
        "[headline]\n\n[text]\n\n© 2026 Mudflat Post. All rights reserved.",
        "[headline] | Mudflat Post\n\n[headline]\n\n[text]",
        "Mudflat Post\n\n[headline]\n\n[text]\n\n© 2026 Mudflat Post\n\nwww.mudflatpost.com",
    ],
    ids=["copyright", "behind the headline", "three places"],
)
def test_reads_the_outlet(parse: Parse, given: str) -> None:
    full = given.replace("[headline] |", "Harbour dredging starts after ten years of talks |")
    assert parse(full).article.outlet == "Mudflat Post"


@pytest.mark.parametrize(
    "given",
    [
        "[headline]\n\n[text]\n\nFollow us on Facebook\n\nfacebook.com",
        "[headline]\n\n[text]\n\nThe Mudflat Post had reported on it, as had other papers.",
        "[headline]\n\n[text]\n\n© 2026 Mudflat Post\n\n© 2026 Tidewater Times",
    ],
    ids=["network", "prose", "two that disagree"],
)
def test_another_name_is_no_outlet(parse: Parse, given: str) -> None:
    assert parse(given).article.outlet is None


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("Mudflat Post on Facebook", "beside"),
        ("About Mudflat Post", "beside"),
        ("Newsletter der Mudflat Post", "beside"),
        ("Mudflat Post is a paper for people who live with the tide", "subject"),
        ("© 2026 Mudflat Post, all rights reserved", "rights"),
        ("© Mudflat Post Privacy Terms", "rights"),
        ("© Mudflat Post Media GmbH", "rights, company"),
        ("The dredger has left | Mudflat Post", "behind the headline"),
    ],
)
def test_names_stand_in_these_places(line: str, form: str) -> None:
    body = [
        "The dredger left the harbour on Monday, and nobody came to the quay to see it go.",
        "It will be back in spring, the harbour master says, when the ice has gone again.",
    ]
    page = Page(
        [text_line(2 * n + 1, text) for n, text in enumerate([*body, "Mudflat Post shop", line])],
        0,
        2,
    )
    named = {one.name: one.forms for one in outlet_candidates(page, "The dredger has left")}
    assert form in named["Mudflat Post"]


def test_a_part_before_the_headline_is_a_section() -> None:
    line = text_line(1, "Home / Ports / The dredger has left")
    page = Page([line, text_line(3, "It left the harbour on Monday without a sound.")], 1, 2)
    found = outlet_candidates(page, "The dredger has left")
    assert not any("behind the headline" in one.forms for one in found)


def test_the_owner_of_a_picture_is_no_outlet(parse: Parse) -> None:
    assert parse("[headline]\n\n© Mina Hart\n\n[text]").article.outlet is None
