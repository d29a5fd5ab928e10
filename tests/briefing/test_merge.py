import string
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.briefing.merge import (
    MERGED_FIELDS,
    edited_fields,
    hash_value,
    merge,
    plain_body,
    without_dismissed,
)
from briefbook.briefing.writing import Value

A, B, C = "Arms deal", "Arms deal signed", "Arms deal off"


@pytest.mark.parametrize(
    ("here", "wrote", "now", "change", "remembered", "note"),
    [
        pytest.param(A, A, A, "none", A, None, id="nothing new"),
        pytest.param(A, A, B, B, B, None, id="the source has changed"),
        pytest.param(A, A, None, None, None, None, id="the source no longer says it"),
        pytest.param(None, None, A, A, A, None, id="the source says it for the first time"),
        pytest.param(None, None, None, "none", None, None, id="nobody says it"),
        pytest.param(B, A, A, "none", A, None, id="edited, the source as before"),
        pytest.param(
            B, A, C, "none", A, f'title: the source now says "{C}"', id="edited, the source new"
        ),
        pytest.param(B, A, B, "none", A, None, id="edited to what the source now says"),
        pytest.param(
            B, A, None, "none", A, "title: the source no longer says it", id="edited, source silent"
        ),
        pytest.param(None, A, A, "none", A, None, id="deleted by hand"),
        pytest.param(
            None, A, B, "none", A, f'title: the source now says "{B}"', id="deleted, source new"
        ),
        pytest.param(None, A, None, "none", A, "title: the source no longer says it", id="both"),
        pytest.param(A, None, None, "none", None, None, id="added by hand"),
        pytest.param(
            A,
            None,
            B,
            "none",
            None,
            f'title: the source now says "{B}"',
            id="added, source differs",
        ),
        pytest.param(A, None, A, "none", None, None, id="added, the source agrees"),
    ],
)
def test_decides_one_field(
    here: str | None,
    wrote: str | None,
    now: str | None,
    change: str | None,
    remembered: str | None,
    note: str | None,
) -> None:
    merged = merge(
        {"title": here} if here else {},
        {"title": hash_value(wrote)} if wrote else {},
        {"title": now} if now else {},
    )
    assert merged.changes == ({} if change == "none" else {"title": change})
    assert merged.wrote == ({"title": hash_value(remembered)} if remembered else {})
    assert merged.notes == ((note,) if note else ())


def test_an_editor_who_restores_the_parsers_text_hands_the_field_back() -> None:
    wrote = {"title": hash_value(A)}
    edited = merge({"title": B}, wrote, {"title": C})
    assert merge({"title": A}, edited.wrote, {"title": C}).changes == {"title": C}


def test_leaves_a_kept_field_whoever_owns_it() -> None:
    merged = merge({"story": "a"}, {"story": hash_value("a")}, {}, kept=("story",))
    assert (merged.changes, merged.wrote, merged.notes) == ({}, {"story": hash_value("a")}, ())


@pytest.mark.parametrize(
    ("body", "now", "note"),
    [
        ("one\n\ntwo", "one\n\ntwo\n\nthree", "1 line differs"),
        ("one\n\ntwo", "five\n\nsix\n\nseven", "3 lines differ"),
        ("one\n\ntwo", "two\n\none", "1 line differs"),
    ],
)
def test_counts_the_lines_that_differ_below_an_edit(body: str, now: str, note: str) -> None:
    merged = merge({"body": body}, {"body": "0" * 8}, {"body": now})
    assert merged.notes == (f"body: the source has changed below the editor's edits: {note}",)


def test_a_note_shows_lists_and_dates_and_cuts_what_is_long() -> None:
    wrote = dict.fromkeys(("authors", "published", "summary"), "0" * 8)
    here: dict[str, Value] = {"authors": ("X",), "published": "x", "summary": "x"}
    now: dict[str, Value] = {
        "authors": ("A", "B"),
        "published": date(2025, 4, 23),
        "summary": "y" * 300,
    }
    assert merge(here, wrote, now).notes == (
        'authors: the source now says "A", "B"',
        "published: the source now says 2025-04-23",
        f'summary: the source now says "{"y" * 199}…',
    )


@pytest.mark.parametrize(
    ("value", "hashed"),
    [
        ("Arms deal", "3dfccd21"),
        (("A", "B"), "b64e3448"),
        (date(2025, 4, 23), "7041c563"),
    ],
)
def test_hashes_never_change_as_they_are_stored_in_every_entry(value: Value, hashed: str) -> None:
    assert hash_value(value) == hashed


def test_another_way_of_writing_a_moment_is_no_edit() -> None:
    seoul = datetime(2025, 4, 23, 9, tzinfo=timezone(timedelta(hours=9)))
    assert hash_value(seoul) == hash_value(datetime(2025, 4, 23, tzinfo=UTC))
    assert hash_value(date(2025, 4, 23)) == hash_value("2025-04-23")


def test_line_ends_and_blanks_around_a_body_are_no_edit_but_blanks_inside_are() -> None:
    assert plain_body("\r\n \r\none  \r\n\r\n  two\r\n \r\n") == "one  \n\n  two"
    assert plain_body("    code\n") == "    code"


def test_leaves_out_notes_an_editor_has_dismissed_and_those_said_twice() -> None:
    notes = ["a", "b", "a", "c", "d"]
    assert without_dismissed(notes, [hash_value("b"), "d"]) == ("a", "c")


# ------------------------------------------------------------------- any fields, any edits

_value = st.one_of(
    st.text(string.ascii_letters, min_size=1, max_size=3),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=2).map(tuple),
    st.dates(min_value=date(2025, 1, 1), max_value=date(2025, 1, 3)),
)
_fields: st.SearchStrategy[dict[str, Value]] = st.dictionaries(
    st.sampled_from(MERGED_FIELDS), _value, max_size=6
)


def _apply(current: dict[str, Value], changes: object) -> dict[str, Value]:
    assert isinstance(changes, dict)
    return {key: value for key, value in (current | changes).items() if value is not None}


@settings(deadline=None)
@given(_fields, st.dictionaries(st.sampled_from(MERGED_FIELDS), st.none() | _value), _fields)
def test_no_edit_is_ever_lost_and_a_second_merge_changes_nothing(
    first: dict[str, Value], edits: dict[str, Value | None], later: dict[str, Value]
) -> None:
    made = merge({}, {}, first)
    assert _apply({}, dict(made.changes)) == first
    on_disk = _apply(first, edits)
    merged = merge(on_disk, made.wrote, later)
    after = _apply(on_disk, dict(merged.changes))
    for field in MERGED_FIELDS:
        here, before = on_disk.get(field), first.get(field)
        theirs = (
            here is not None
            if before is None
            else here is None or (hash_value(here) != hash_value(before))
        )
        assert after.get(field) == (here if theirs else later.get(field))
    again = merge(after, merged.wrote, later)
    assert not again.changes
    assert (again.wrote, again.notes) == (merged.wrote, merged.notes)
    assert set(edited_fields(after, merged.wrote)) == set(edited_fields(on_disk, made.wrote))


# ------------------------------------------------------------------------------------ to the letter


def test_a_body_is_compared_without_regard_to_line_ends() -> None:
    assert plain_body("\n \n\tone\rtwo\r\nthree\r\n\r") == "\tone\ntwo\nthree"


def test_names_the_fields_that_an_editor_changed_and_no_others() -> None:
    wrote = {"title": hash_value(A), "outlet": hash_value(A), "summary": hash_value(A)}
    current: dict[str, Value] = {"title": B, "outlet": A, "origin": C}
    assert edited_fields(current, wrote) == ("title", "origin", "summary")


def test_a_hash_knows_what_is_inside_a_group() -> None:
    one, other = ({"was": A}, {"was": B})
    assert hash_value(one) != hash_value(other)
    assert hash_value((one,)) != hash_value((other,))
    assert hash_value({"when": date(2026, 1, 2)}) == hash_value({"when": "2026-01-02"})


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot move the clock's zone")
def test_a_moment_has_one_hash_wherever_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 21, 18, tzinfo=UTC)
    here = hash_value(moment)
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    try:
        assert hash_value(moment) == here
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("here", "now", "said"),
    [
        ("one two three", "four five six seven", "1 line differs"),
        ("one\n\ntwo\n\nthree", "one", "2 lines differ"),
        ("one", "one\n\ntwo three\n\nfour", "2 lines differ"),
        ("one\ntwo", "two\none", "1 line differs"),  # it is their order
        (None, "one\n\ntwo", "2 lines differ"),
    ],
)
def test_counts_the_lines_in_which_two_bodies_differ(here: str | None, now: str, said: str) -> None:
    current = {} if here is None else {"body": here}
    (note,) = merge(current, {"body": hash_value("before")}, {"body": now}).notes
    assert note == f"body: the source has changed below the editor's edits: {said}"


@pytest.mark.parametrize(("length", "shown"), [(198, "x" * 198 + '"'), (199, "x" * 199 + "…")])
def test_a_long_value_is_shown_in_part(length: int, shown: str) -> None:
    merged = merge({"title": A}, {"title": hash_value(B)}, {"title": "x" * length})
    assert merged.notes == (f'title: the source now says "{shown}',)
