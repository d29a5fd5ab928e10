"""Entities become characters, and what only begins like one stays."""

import pytest

from briefbook.text.entities import _character, unescaped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quay &amp; Sons", "Quay & Sons"),
        ("&lt;b&gt;", "<b>"),
        ("&#8217;&#x2019;", "’’"),
        ("&#65 and &#x42;", "A and B"),
        ("?a=1&copy=2&reg=3", "?a=1&copy=2&reg=3"),
        ("&notit; &nosuch;", "&notit; &nosuch;"),
        ("&#99999999999;", "&#99999999999;"),
        ("AT&T", "AT&T"),
    ],
)
def test_an_entity_becomes_its_character(text: str, expected: str) -> None:
    assert unescaped(text) == expected


def test_an_entity_that_stands_a_million_times_is_looked_up_once() -> None:
    _character.cache_clear()
    assert unescaped("&lt;&gt;" * 500_000) == "<>" * 500_000
    assert _character.cache_info().misses == 2
