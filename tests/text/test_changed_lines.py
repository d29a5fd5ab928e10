import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.text.changed_lines import LineChange, changed_lines


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        pytest.param("a\n\nb", "a\n\nb", (), id="the same"),
        pytest.param("a\n\nb", "a\nb\n", (), id="blank lines"),
        pytest.param("a\n\nb", "a\n\nc", (LineChange(3, ("b",), ("c",)),), id="another line"),
        pytest.param("a\n\nb\n\nc", "a\n\nc", (LineChange(3, ("b",), ()),), id="a line goes"),
        pytest.param("a\n\nc", "a\n\nb\n\nc", (LineChange(3, (), ("b",)),), id="a line comes"),
        pytest.param("a", "a\n\nb", (LineChange(2, (), ("b",)),), id="a line comes at the end"),
        pytest.param("", "a", (LineChange(1, (), ("a",)),), id="from nothing"),
        pytest.param(
            "a\nb\nc\nd",
            "x\nb\nc\ny",
            (LineChange(1, ("a",), ("x",)), LineChange(4, ("d",), ("y",))),
            id="in two places",
        ),
    ],
)
def test_only_what_differs_is_told(was: str, now: str, expected: tuple[LineChange, ...]) -> None:
    assert changed_lines(was, now) == expected


TEXTS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12).map("\n".join)


@given(was=TEXTS, now=TEXTS)
def test_the_changes_make_one_text_of_the_other(was: str, now: str) -> None:
    lines: list[str | None] = [*was.split("\n"), None]
    for change in reversed(changed_lines(was, now)):
        at = change.line - 1
        for gone in change.gone:
            while not (lines[at] or "").strip():
                at += 1
            assert lines[at] == gone
            del lines[at]
        lines[at:at] = change.come
    assert [line for line in lines if line] == [line for line in now.split("\n") if line]


def test_two_long_texts_that_share_nothing_are_one_change() -> None:
    was = "\n".join(f"old {n % 7} {n}" for n in range(20_000))
    now = "\n".join(f"new {n % 7} {n}" for n in range(20_000))
    (change,) = changed_lines(f"same\n{was}\nend", f"same\n{now}\nend")
    assert (change.line, len(change.gone), len(change.come)) == (2, 20_000, 20_000)
