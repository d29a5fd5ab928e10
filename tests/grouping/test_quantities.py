import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.grouping.quantities import _HEDGES, Hedge, quantities
from briefbook.grouping.tokens import tokens_of


def read(sentence: str) -> list[tuple[float, float, str, str]]:
    return [(q.low, q.high, q.hedge.value, q.unit) for q in quantities(tokens_of(sentence))]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("They counted 1,204 swans.", 1204),
        ("They counted 1, 204 swans.", 1204),
        ("They counted nineteen swans.", 19),
        ("They counted twenty-three swans.", 23),
        ("They counted two dozen swans.", 24),
        ("They counted a dozen swans.", 12),
        ("They counted half a million swans.", 500_000),
        ("They counted 5.9 million swans.", 5_900_000),
        ("They counted 1.2 thousand swans.", 1200),
    ],
)
def test_reads_numbers_in_figures_and_words(sentence: str, value: float) -> None:
    assert read(sentence) == [(value, value, "", "")]


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("It took 20 to 30 boats.", 20, 30),
        ("It took 20-30 boats.", 20, 30),
        ("It cost $2 to $3 million.", 2e6, 3e6),
    ],
)
def test_reads_ranges(sentence: str, low: float, high: float) -> None:
    assert [r[:2] for r in read(sentence)] == [(low, high)]


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("at least", Hedge.LEAST),
        ("more than", Hedge.MORE),
        ("nearly", Hedge.MOST),
        ("about", Hedge.ABOUT),
        ("an estimated", Hedge.ABOUT),
    ],
)
def test_reads_how_firmly_a_number_is_said(words: str, hedge: Hedge) -> None:
    assert read(f"They saw {words} 40 swans.")[0][2] == hedge.value


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("It cost $41 million.", "$"),
        ("It cost A$41 million.", "$A"),
        ("It cost $NZ41 million.", "$NZ"),
        ("It cost 41 million dollars.", "$"),
        ("It cost 135 billion South Korean won.", "won"),
        ("It rose by 4 per cent.", "%"),
    ],
)
def test_reads_money_and_shares(sentence: str, unit: str) -> None:
    assert read(sentence)[0][3] == unit


@pytest.mark.parametrize(
    "sentence",
    [
        "It began in 1987.",
        "On March 4 it rained.",
        "On 4 March it rained.",
        "The 21st boat sank.",
        "Flight 17 landed.",
        "They met at 10:30.",
        "The MH-17 flew.",
        "They won on 9/11.",
        "Boat No. 4 sank.",
    ],
)
def test_years_dates_and_parts_of_names_are_no_quantities(sentence: str) -> None:
    assert read(sentence) == []


_HEDGE_WORDS = sorted({word for phrase, _ in _HEDGES for word in phrase})


@given(st.lists(st.sampled_from([*_HEDGE_WORDS, "swans", "the"]), max_size=5))
def test_a_hedge_is_the_first_of_the_table_that_stands_before_the_number(words: list[str]) -> None:
    tokens = tokens_of(" ".join([*words, "30 to 40 swans"]))
    fitting = [
        (hedge, len(words) - len(phrase))
        for phrase, hedge in _HEDGES
        if tuple(words[len(words) - len(phrase) :]) == phrase and len(phrase) <= len(words)
    ]
    (found,) = quantities(tokens)
    assert (found.hedge, found.hedged_from) == (fitting or [(Hedge.NONE, len(words))])[0]
