from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from briefbook.text.mending import apply, undo


@dataclass(frozen=True)
class Change:
    start: int
    was: str
    now: str


@st.composite
def changed_lines(draw: st.DrawFn) -> tuple[str, list[Change]]:
    """Build a line piece by piece: some pieces stay, some are changed."""
    line, changes = "", []
    for piece, now in draw(st.lists(st.tuples(st.text(max_size=5), st.none() | st.text()))):
        if now is not None:
            changes.append(Change(len(line), piece, now))
        line += piece
    return line, changes


def test_makes_changes_at_their_places() -> None:
    changes = [Change(6, "", " "), Change(9, "\u200b", ""), Change(10, "dd", "D")]
    assert apply("talks.The\u200bdd.", changes) == "talks. TheD."


def test_a_line_without_changes_stays() -> None:
    assert apply("as it is", []) == undo("as it is", []) == "as it is"


@given(changed_lines())
def test_undoing_gives_the_line_back(case: tuple[str, list[Change]]) -> None:
    line, changes = case
    assert undo(apply(line, changes), changes) == line
