"""Drafts of corrections: one for each field, kept up while it stands."""

from datetime import date

from briefbook.briefing.drafts import Drafting, correction_group, draft_corrections
from briefbook.briefing.issued import Change
from briefbook.model import Correction, CorrectionKind

TODAY = date(2026, 11, 22)
OLD = Correction(date=date(2026, 11, 1), was="8", now="9", why="Typed wrongly")
TITLE = Correction(date=TODAY, field="title", was="Ferry", now="Boat", draft=True)
NUMBERS = Correction(
    date=TODAY, field="figures", was="80 cars; 9 crowns", now="90 cars; 8 crowns", draft=True
)


def draft(*corrections: Correction, changes: list[Change]) -> Drafting:
    return draft_corrections(corrections, changes, TODAY)


def test_a_change_is_added_below_the_others() -> None:
    made = draft(OLD, changes=[Change("title", "Ferry", "Boat")])
    assert made.changes == {}
    assert made.added == [
        {
            "date": TODAY,
            "kind": "correction",
            "field": "title",
            "was": "Ferry",
            "now": "Boat",
            "why": "",
            "draft": True,
        }
    ]


def test_changed_numbers_stand_in_one_draft() -> None:
    changes = [Change("figures", "80 cars", "90 cars"), Change("figures", "9 crowns", "8 crowns")]
    (added,) = draft(changes=changes).added
    assert (added["was"], added["now"]) == ("80 cars; 9 crowns", "90 cars; 8 crowns")


def test_a_confirmed_correction_is_final() -> None:
    confirmed = Correction(date=TODAY, field="title", was="Ferry", now="Boat")
    made = draft(confirmed, changes=[Change("title", "Boat", "Ship")])
    assert (made.changes, len(made.added)) == ({}, 1)


def test_a_standing_draft_follows_and_goes() -> None:
    assert draft(OLD, TITLE, changes=[Change("title", "Boat", "Ship")]).changes == {
        1: {"now": "Ship"}
    }
    assert draft(OLD, TITLE, changes=[Change("title", "Boat", "“Ferry”")]).changes == {1: None}


def test_the_numbers_of_a_standing_draft_follow_come_and_go() -> None:
    changes = [Change("figures", "90 cars", "80 cars"), Change("figures", "2 decks", "3 decks")]
    assert draft(NUMBERS, changes=changes).changes == {
        0: {"was": "9 crowns; 2 decks", "now": "8 crowns; 3 decks"}
    }
    gone = [Change("figures", "90 cars", "80 cars"), Change("figures", "8 crowns", "9 crowns")]
    assert draft(NUMBERS, changes=gone).changes == {0: None}


def test_numbers_that_an_editor_wrote_otherwise_are_kept() -> None:
    mine = Correction(date=TODAY, field="figures", was="eighty; nine", now="ninety", draft=True)
    made = draft(mine, changes=[Change("figures", "2 decks", "3 decks")])
    assert made.changes == {0: {"was": "eighty; nine; 2 decks", "now": "ninety; 3 decks"}}


def test_a_correction_is_written_with_what_it_says() -> None:
    withdrawn = Correction(date=TODAY, kind=CorrectionKind.RETRACTION)
    assert correction_group(withdrawn) == {"date": TODAY, "kind": "retraction"}
    assert correction_group(TITLE)["why"] == ""
