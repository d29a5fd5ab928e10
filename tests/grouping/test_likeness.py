from briefbook import Item
from briefbook.grouping.likeness import (
    WEIGHTS,
    kinds,
    lengths_of,
    likeness,
    see,
    telling_terms,
)
from briefbook.grouping.reports import read_report
from briefbook.grouping.similarity import Rarity

FIRST = Item("a", "Dredger Havkatt sold to Skarnes", "Liv Aune signed on Monday.", "2026-05-04")
AGAIN = Item("b", "Skarnes buys the dredger Havkatt", "On Monday Liv Aune paid.", "2026-05-05")
OTHER = Item("c", "Frost takes apple blossom", "Growers near Telde fear for fruit.", "2026-05-05")


def found(one: Item, other: Item) -> dict[str, float]:
    rarity = Rarity()
    report = read_report(other)
    measured = kinds(see(read_report(one), rarity), report, lengths_of(report, rarity))
    return dict(zip(WEIGHTS, measured, strict=True))


def odds(one: Item, other: Item) -> float:
    rarity = Rarity()
    report = read_report(other)
    return likeness(see(read_report(one), rarity), report, lengths_of(report, rarity))


def test_reports_of_one_event_are_likelier_one_story_than_others() -> None:
    assert odds(AGAIN, FIRST) > 0 > odds(OTHER, FIRST)


def test_likeness_is_the_same_from_either_side() -> None:
    assert abs(odds(AGAIN, FIRST) - odds(FIRST, AGAIN)) < 1e-9


def test_equal_texts_are_wholly_like() -> None:
    same = found(FIRST, FIRST)
    assert all(abs(same[kind] - 1) < 1e-9 for kind in ("whole text", "title and lead", "names"))


def test_days_apart_count_only_between_dated_texts() -> None:
    undated = Item("u", FIRST.title, FIRST.text)
    assert found(undated, FIRST)["days apart"] == 0
    assert found(AGAIN, FIRST)["days apart"] > 0
    later = Item("l", FIRST.title, FIRST.text, "2027-05-04")
    assert odds(later, FIRST) < odds(FIRST, FIRST)


def test_months_that_differ_speak_against_one_event() -> None:
    may = Item("m", "Quake in Telde", "It shook on 4 May.")
    june = Item("j", "Quake in Telde", "It shook on 9 June.")
    assert found(june, may)["months that differ"] == 1
    assert found(may, may)["a month that both name"] == 1


def test_an_empty_text_is_like_nothing() -> None:
    empty = Item("e", "", "")
    assert odds(empty, empty) < -5


def test_the_heaviest_shared_terms_are_told_first() -> None:
    rarity = Rarity()
    sight = see(read_report(AGAIN), rarity)
    assert telling_terms(sight, read_report(FIRST), 2)[0] in {"havkatt", "skarn", "dredger"}
    assert telling_terms(sight, read_report(OTHER), 5) == ()
