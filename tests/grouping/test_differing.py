import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Claim, Item, differences
from briefbook.grouping import shown_differences

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


DEAD = "The ferry Havkatt sank off Skarnes, killing {}, the coast guard said."


def test_a_later_toll_differs_from_an_earlier_one() -> None:
    later = "At least 19 people died when the ferry went down near Skarnes."
    assert claims(DEAD.format("14 people"), later) == [
        [("a", "14 people"), ("b", "At least 19 people died")]
    ]


def test_tolls_of_other_people_are_other_facts() -> None:
    assert claims(DEAD.format("14 people"), DEAD.format("three sailors")) == []


def test_what_came_on_top_is_another_fact() -> None:
    assert claims(DEAD.format("14 people"), "Another 19 people died off Skarnes later.") == []


def test_a_text_that_gives_both_values_disputes_neither() -> None:
    one, other = MONDAY.format("41 million kroner"), MONDAY.format("48 million kroner")
    assert claims(one, other) != []
    assert claims(f"{one} An old list says this: {other}", other) == []


def test_miles_and_kilometres_agree() -> None:
    sentence = "The wreck of the ferry Havkatt lies {} from the pier of Skarnes."
    assert claims(sentence.format("10 km"), sentence.format("6 miles")) == []
    assert len(claims(sentence.format("10 km"), sentence.format("9 miles"))) == 1


def test_ranges_of_days_differ() -> None:
    sentence = "The fair of the dredgers in Skarnes harbour was held from {} this year."
    assert claims(sentence.format("April 20 to 24"), sentence.format("April 19 to 22")) == [
        [("a", "April 20 to 24"), ("b", "April 19 to 22")]
    ]


SANK = "The ferry Havkatt sank off Skarnes on {} in heavy seas."


def test_days_of_one_event_differ() -> None:
    assert claims(SANK.format("Monday"), SANK.format("Tuesday")) == [
        [("a", "Monday"), ("b", "Tuesday")]
    ]
    assert claims(SANK.format("March 11"), SANK.format("March 12")) == [
        [("a", "March 11"), ("b", "March 12")]
    ]


def test_texts_that_side_with_one_another_share_a_row() -> None:
    texts = SANK.format("Monday"), SANK.format("Tuesday"), f"{SANK.format('Tuesday')} It rained."
    assert claims(*texts) == [[("a", "Monday"), ("b", "Tuesday"), ("c", "Tuesday")]]


def test_days_far_apart_are_two_events() -> None:
    assert claims(SANK.format("March 11"), SANK.format("October 12")) == []


def test_a_day_within_a_span_agrees_with_it() -> None:
    held = "The fair of the dredgers in Skarnes harbour was held {} this year."
    assert claims(held.format("from April 20 to 24"), held.format("on April 22")) == []


HEAD = "The {} Orla Vik opened the lynx house of Skarnes."


def test_offices_that_exclude_each_other_differ() -> None:
    (row,) = differences(items(HEAD.format("zoo president"), HEAD.format("zoo director")))
    assert row.subject == "office of Orla Vik"
    assert [c.value for c in row.claims] == ["zoo president", "zoo director"]


def test_offices_that_a_text_gives_together_do_not_differ() -> None:
    both = "Its president and director Orla Vik smiled."
    texts = HEAD.format("zoo president"), HEAD.format("zoo director"), both
    assert claims(*texts) == []


@pytest.mark.parametrize(
    ("sentence", "one", "other", "subject"),
    [
        (DEAD, "14 people", "19 people", "people killed"),
        (DEAD, "14 sailors", "19 sailors", "sailors killed"),
        (MONDAY, "41 million kroner", "48 million kroner", "amount in kroner (dredger, Havkatt)"),
        ("Orla Vik, {}, bought the dredger in Skarnes.", "43", "47", "age of Vik"),
    ],
)
def test_a_row_says_what_it_is_about(sentence: str, one: str, other: str, subject: str) -> None:
    (row,) = differences(items(sentence.format(one), sentence.format(other)))
    assert row.subject == subject


def test_a_claim_that_may_not_be_shown_leaks_nothing() -> None:
    texts = items(DEAD.format("14 people"), DEAD.format("19 people"))
    assert shown_differences(texts, lambda claim: claim.key == "a") == ()


@pytest.mark.parametrize(
    "text",
    [
        "7 " * 300_000,
        "killed 7 people " * 60_000,
        "killed 7 people. " * 60_000,
        "\n".join(f"Storm killed {n} people in Skarnes." for n in range(20_000)),
        "President " * 100_000,
        "Vik, president of the " * 50_000,
        "on Monday Monday March 3 " * 40_000,
        "three hundred thousand " * 40_000,
    ],
    ids=["digits", "line", "sentences", "lines", "titles", "names", "days", "words"],
)
def test_a_megabyte_of_odd_text_gives_few_rows(text: str) -> None:
    assert len(differences(items(text, text[10:]))) <= 4


def test_of_a_long_story_the_newest_fifty_texts_are_compared() -> None:
    price = [f"{n} million kroner" for n in (48, *[41] * 50, 43)]
    many = [
        Item(str(n), "Skarnes buys a dredger", MONDAY.format(each)) for n, each in enumerate(price)
    ]
    (row,) = differences(many)
    assert [claim.key for claim in row.claims] == [str(n) for n in range(2, 52)]


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
