"""The best state of each line of a text, by named signs with weights."""

from collections.abc import Sequence
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.parsing.sequence import NEVER, Model, best_path, load

TABLES = ("article", "structure")
# Two states; from the second there is no way back.
MODEL = Model(
    states=("before", "after"),
    signs={"early": (30, 0), "late": (0, 50), "both": (5, 5)},
    first=(0, 0),
    last=(NEVER, 0),
    steps=((10, 0), (NEVER, 10)),
)


def worth(model: Model, scores: Sequence[tuple[int, ...]], path: Sequence[int]) -> int:
    steps = sum(model.steps[a][b] for a, b in pairwise(path))
    own = sum(row[state] for row, state in zip(scores, path, strict=True))
    return model.first[path[0]] + own + steps + model.last[path[-1]]


def test_a_line_scores_what_its_known_signs_weigh() -> None:
    assert MODEL.scores(["early", "both", "never seen"]) == (35, 5)
    assert MODEL.scores(["never seen"]) == (0, 0)


def test_names_the_sign_that_speaks_loudest() -> None:
    assert MODEL.loudest(["early", "both", "late"], 1, 0) == "late"
    assert MODEL.loudest(["both"], 1, 0) == ""


def test_a_text_without_lines_has_no_path() -> None:
    assert best_path(MODEL, []) == ((), [])


def test_the_whole_text_decides_and_not_the_line() -> None:
    # The second line speaks for "before", and there is no way back to it.
    assert best_path(MODEL, [(0, 90), (30, 0), (0, 0)])[0] == (1, 1, 1)


@given(st.lists(st.tuples(st.integers(-60, 60), st.integers(-60, 60)), min_size=1, max_size=7))
def test_no_path_is_worth_more_than_the_best(scores: list[tuple[int, int]]) -> None:
    path, worths = best_path(MODEL, scores)
    paths = list(product((0, 1), repeat=len(scores)))
    best = max(worth(MODEL, scores, other) for other in paths)
    assert worth(MODEL, scores, path) == best
    for i, row in enumerate(worths):
        for state in (0, 1):
            through = max(worth(MODEL, scores, other) for other in paths if other[i] == state)
            # What can never be is below everything that can.
            assert row[state] == through or (row[state] < NEVER / 2 and through < NEVER / 2)


@pytest.mark.parametrize("name", TABLES)
def test_the_shipped_tables_are_whole(name: str) -> None:
    model = load(name)
    width = len(model.states)
    assert width > 2
    assert len(model.signs) > 100
    assert all(len(row) == width for row in (model.first, model.last, *model.steps))
    assert all(len(row) == width and any(row) for row in model.signs.values())
