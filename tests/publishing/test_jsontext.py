import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.publishing.jsontext import indented

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_is_the_text_that_the_library_writes(value: Any) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)


def test_a_tuple_is_a_list() -> None:
    assert indented({"a": (1, ())}) == json.dumps({"a": (1, ())}, indent=1)


@pytest.mark.parametrize("value", [date(2026, 11, 21), 1.5, {1: "a"}, {"a": {"b"}}])
def test_what_has_no_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        indented(value)
