"""What readers were shown, against what they are shown: what was wrong, and what was not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefbook.briefing.issued import Change, alike, changes_between, with_parsers_changes
from briefbook.model import Issued

WAS = Issued(
    slug="quay",
    title="The quay opens",
    published=date(2026, 5, 1),
    summary="It has 12 berths.",
    figures=("12 berths", "80 cars"),
)


def issued(**changed: object) -> Issued:
    return replace(WAS, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The quay opens", " the  QUAY opens. ", True),
        ("Korea’s “new” ships", "Korea's 'new' ships", True),
        ("North-east wind", "North east wind", True),
        ("It rose 5%", "It rose 5", False),
        ("It lost $5", "It lost €5", False),
        ("3.5 boats", "35 boats", False),
        ("항구가 열렸다", "항구가 닫혔다", False),
        ("", "?", True),
    ],
)
def test_marks_case_and_white_space_make_no_other_text(one: str, other: str, same: bool) -> None:
    assert alike(one, other) == same


@pytest.mark.parametrize(
    ("now", "changes"),
    [
        (issued(), []),
        (issued(title="A quay"), [Change("title", "The quay opens", "A quay")]),
        (issued(published=datetime(2026, 5, 1, 9, tzinfo=UTC)), []),
        (issued(published=None), [Change("published", "2026-05-01", "")]),
        (
            issued(summary="It has 13 berths.", figures=("13 berths", "80 cars")),
            [Change("summary", "It has 12 berths.", "It has 13 berths.")],
        ),
        (issued(figures=("12 berths", "90 cars")), [Change("figures", "80 cars", "90 cars")]),
        (issued(figures=("12 berths",)), []),
        (issued(slug="pier", story="s"), []),
    ],
    ids="nothing a-title an-hour no-date a-number-of-the-bottom-line a-number less address".split(),
)
def test_tells_what_was_wrong(now: Issued, changes: list[Change]) -> None:
    assert list(changes_between(WAS, now)) == changes


def test_what_was_not_said_was_not_wrong() -> None:
    bare = issued(published=None, summary="", figures=())
    assert changes_between(bare, WAS) == ()


def test_another_reading_of_the_same_text_is_taken_for_issued() -> None:
    now = issued(title="Quay", summary="It is wet.", published=None, figures=("13 berths",))
    assert with_parsers_changes(WAS, WAS, now, lambda _field, _text: True) == now


def test_what_the_source_or_an_editor_changed_is_not_taken_for_issued() -> None:
    edited = issued(title="Mine", figures=("12 berths", "90 cars"))
    now = issued(title="Mine", summary="It is wet.", figures=("13 berths", "90 cars"))
    source_says = {"12 berths"}
    taken = with_parsers_changes(WAS, edited, now, lambda _, text: text in source_says)
    assert taken == issued(figures=("13 berths", "80 cars"))
