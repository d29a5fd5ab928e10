from collections.abc import Callable

import pytest

from .conftest import Parsed

Parse = Callable[[str], Parsed]


@pytest.mark.cases("furniture")
def test_gives_each_line_its_fate_and_says_why(parse: Parse, given: str, expected: str) -> None:
    found = [f"{line.fate}: {line.rule}" for line in parse(given).own]
    assert "\n".join(found) == expected
