import pytest

from briefbook.text.visible import named, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("naïve 항구 ميناء", "naïve 항구 ميناء", id="letters"),
        pytest.param("a\tb\xa0c\u3000d", "a b c d", id="odd spaces"),
        pytest.param("a\x1b[31mb\x07", "a�[31mb�", id="commands"),
        pytest.param("a\u202eb\u2066", "a�b�", id="direction"),
        pytest.param("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469", id="joined emoji"),
    ],
)
def test_a_text_cannot_command_a_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_what_does_not_show_is_named() -> None:
    assert named("a b\u200b\x07é") == "a␣bU+200BU+0007é"
