from briefbook.grouping import agreements, shown_agreements
from briefbook.model import Agreement, Claim, Item

ONE = "The ferry Havkatt sank off Skarnes, killing 14 people, the coast guard said."
OTHER = "At least 14 people died when the Havkatt went down near Skarnes."
RISEN = "The ferry Havkatt sank off Skarnes, killing 19 people, the coast guard said."


def items(*texts: str) -> list[Item]:
    return [Item("abcdef"[i], f"News {i}", text, None) for i, text in enumerate(texts)]


def test_what_two_origins_state_alike_is_a_row() -> None:
    assert agreements(items(ONE, OTHER)) == (
        Agreement("people killed", "14 people", (Claim("a", "14 people", ONE), _other_claim())),
    )


def _other_claim() -> Claim:
    return Claim("b", "At least 14 people died", OTHER)


def test_copies_of_one_origin_do_not_agree_with_one_another() -> None:
    assert agreements(items(ONE, OTHER), {"a": 0, "b": 0}) == ()
    assert len(agreements(items(ONE, OTHER), {"a": 0, "b": 1})) == 1


def test_a_sentence_that_another_text_carries_counts_once() -> None:
    assert agreements(items(ONE, f"It rained. {ONE}")) == ()


def test_what_is_disputed_is_no_agreement() -> None:
    assert agreements(items(ONE, OTHER, RISEN)) == ()


def test_small_numbers_that_are_equal_by_chance_are_no_agreement() -> None:
    one = "Skarnes has two harbours and a mill."
    assert agreements(items(one, "The mayor owns two harbours, a newspaper wrote.")) == ()


def test_a_claim_that_may_not_be_shown_leaks_nothing() -> None:
    shown = shown_agreements(items(ONE, OTHER), lambda claim: claim.key == "a")
    assert shown == ()


def test_at_most_eight_rows_are_told() -> None:
    groups = "sailors anglers bakers cooks farmers judges painters tailors nurses"
    told = [f"The storm of Skarnes killed {n} {who}." for n, who in enumerate(groups.split(), 41)]
    again = [f"In Skarnes harbour {line[0].lower()}{line[1:]}" for line in told]
    one, other = "\n".join(told), "\n".join(f"{line[:-1]} and sank boats." for line in again)
    assert len(agreements(items(one, other))) == 8
