"""Outlets: a name that several places of a page agree on."""

from collections.abc import Callable

import pytest

from briefbook.parsing.outlets import squashed

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
