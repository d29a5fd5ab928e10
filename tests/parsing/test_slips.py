from collections.abc import Callable

import pytest

from .conftest import Parsed

Parse = Callable[[str], Parsed]


@pytest.mark.cases("slips")
def test_tells_what_an_editor_should_look_at(parse: Parse, given: str, expected: str) -> None:
    slips = parse(given).article.slips
    found = [str(slip) if slip.line else f"the text as a whole: {slip}" for slip in slips]
    assert "\n".join(found) == expected
