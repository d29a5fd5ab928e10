from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Claim, Item, differences

MONDAY = "The port of Skarnes bought the dredger Havkatt for {} on Monday."


def items(*texts: str) -> list[Item]:
    return [Item("abcdef"[i], "Skarnes buys a dredger", text, None) for i, text in enumerate(texts)]


def claims(*texts: str) -> list[list[tuple[str, str]]]:
    return [[(c.key, c.value) for c in row.claims] for row in differences(items(*texts))]


def test_two_numbers_for_one_fact_are_a_row() -> None:
    one, other = MONDAY.format("41 million kroner"), MONDAY.format("48 million kroner")
    (row,) = differences(items(f"It rained. {one}", f"{other} It was cold."))
    assert row.subject
    assert row.claims == (
        Claim("a", "41 million kroner", one),
        Claim("b", "48 million kroner", other),
    )


def test_values_that_agree_are_no_row() -> None:
    assert claims(MONDAY.format("41 million kroner"), MONDAY.format("41 million kroner")) == []


def test_rounded_and_hedged_values_agree() -> None:
    exact = MONDAY.format("41.2 million kroner")
    assert claims(exact, MONDAY.format("about 41 million kroner")) == []
    assert claims(exact, MONDAY.format("41.1 million kroner")) == []


def test_one_number_written_in_two_ways_agrees() -> None:
    assert claims(MONDAY.format("1,200,000 kroner"), MONDAY.format("1.2 million kroner")) == []


def test_other_units_are_other_facts() -> None:
    assert claims(MONDAY.format("41 million kroner"), MONDAY.format("6 million dollars")) == []


def test_numbers_of_other_sentences_are_other_facts() -> None:
    other = "Growers in Telde lost 48 million kroner to two nights of frost."
    assert claims(MONDAY.format("41 million kroner"), other) == []


def test_one_text_never_differs_from_itself() -> None:
    one, other = MONDAY.format("41 million kroner"), MONDAY.format("48 million kroner")
    assert claims(f"{one} {other}") == []
    assert claims() == []


def test_ranges_of_days_differ() -> None:
    sentence = "The fair of the dredgers in Skarnes harbour was held from {} this year."
    assert claims(sentence.format("April 20 to 24"), sentence.format("April 19 to 22")) == [
        [("a", "April 20 to 24"), ("b", "April 19 to 22")]
    ]


_numbers = st.sampled_from(
    ["41 million kroner", "48 million kroner", "about 44 million kroner", "15 percent", "$7", "3"]
)
_texts = st.lists(
    st.builds(MONDAY.format, _numbers)
    | st.text(st.sampled_from("12 ,.%$ million won"))
    | st.text(),
    max_size=4,
).map(" ".join)


@given(st.lists(_texts, max_size=5))
@settings(deadline=None)
def test_rows_are_verbatim_and_never_hold_two_claims_of_one_text(texts: list[str]) -> None:
    of_key = {item.key: item.text for item in items(*texts)}
    order = list(of_key)
    for row in differences(items(*texts)):
        keys = [claim.key for claim in row.claims]
        assert len(keys) >= 2
        assert keys == sorted(set(keys), key=order.index)
        for claim in row.claims:
            assert claim.sentence in of_key[claim.key]
            assert claim.value
            assert claim.value in claim.sentence
