from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.briefing import (
    LoadedEntry,
    edit_entry,
    load_entry,
    make_entry,
    return_field,
    with_override,
)
from briefbook.model import Article, Fate, Line, SourceFile
from briefbook.problems import ProblemError
from briefbook.text.hashes import line_hash

Parse = Callable[..., tuple[SourceFile, Article]]

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
AD = "Order your walnut bread today"
DROPPED = Line(12, f"  {AD} ", Fate.DROPPED, "furniture: order")
KEPT = Line(9, "Barley fell again.", Fate.BODY, "prose")


def make(parse: Parse) -> LoadedEntry:
    return make_entry(*parse(), parser=3, added=NOW, story="iraq-arms", taken_slugs=())


def with_front(loaded: LoadedEntry, *lines: str) -> LoadedEntry:
    text = loaded.text.replace("\nparsed:", "".join(f"\n{line}" for line in lines) + "\nparsed:")
    return load_entry(text, loaded.path)[0]


def overrides_of(loaded: LoadedEntry) -> list[str]:
    """Return the lines of the file that say overrides."""
    front = loaded.text.split("\n---\n")[0].splitlines()
    return [line for line in front if line.startswith(("overrides", "  - {line"))]


# --------------------------------------------------------------------------- fields


def test_an_edited_field_is_the_editors_and_nothing_else_changes(parse: Parse) -> None:
    made = make(parse)
    edited = edit_entry(made, {"title": "The arms deal", "outlet": None})
    assert (edited.entry.title, edited.entry.outlet) == ("The arms deal", None)
    assert edited.entry.edited == ("title", "outlet")
    assert edited.text == made.text.replace('"South Korea’s arms deal"', '"The arms deal"').replace(
        'outlet: "Gulf Desk"\n', ""
    )


def test_what_a_field_says_already_is_not_written_anew(parse: Parse) -> None:
    made = make(parse)
    plain = load_entry(made.text.replace('"Gulf Desk"', "Gulf Desk  # who else"), made.path)[0]
    same = edit_entry(plain, {"outlet": "Gulf Desk", "authors": ("Kim Min-ji",), "note": None})
    assert same.text == plain.text


def test_a_moment_without_an_offset_stays_one_of_the_sites_zone(parse: Parse) -> None:
    """Read as UTC, an entry that is scheduled west of Greenwich would appear hours too soon."""
    made = with_front(make(parse), "publish_after: 2026-11-24 06:00")
    zone = timezone(timedelta(hours=-5))
    here = load_entry(made.text, made.path, zone=zone)[0]
    moment = datetime(2026, 11, 24, 11, tzinfo=UTC)
    assert edit_entry(here, {"title": "The deal"}).entry.publish_after == moment
    back = return_field(here, "title", "The deal", review=())
    assert back.entry.publish_after == moment


def test_a_body_gets_the_line_ends_of_its_file(parse: Parse) -> None:
    made = load_entry(make(parse).text.replace("\n", "\r\n"), "briefings/a.md")[0]
    edited = edit_entry(made, {}, "One.\r\n\r\nTwo.\n\nThree.")
    assert edited.text.endswith("\r\n---\r\nOne.\r\n\r\nTwo.\r\n\r\nThree.\r\n")
    assert edited.entry.body == "One.\n\nTwo.\n\nThree."
    assert edited.entry.edited == ("body",)


def test_every_mistake_of_an_edit_is_told_and_nothing_is_made(parse: Parse) -> None:
    with pytest.raises(ProblemError) as refused:
        edit_entry(make(parse), {"slug": "../up", "status": "gone"})
    assert str(refused.value) == (
        "briefings/south-koreas-arms-deal.md:3: error: '../up' cannot be a part of an address, as "
        "'slug' is\n"
        "    fix: use only a–z, 0–9 and single hyphens between them, at most 80 characters\n"
        "briefings/south-koreas-arms-deal.md:17: error: unknown status 'gone'\n"
        "    fix: It is one of draft, published, withdrawn, hidden"
    )


def test_half_a_character_is_refused_as_no_file_can_hold_it(parse: Parse) -> None:
    with pytest.raises(ProblemError) as refused:
        edit_entry(make(parse), {"key_points": ("a", "b\ud800")}, "c\udfff")
    path = "briefings/south-koreas-arms-deal.md"
    assert str(refused.value) == (
        f"{path}:11: error: 'key_points' has half of a character in it\n"
        "    fix: type it anew\n"
        f"{path}:1: error: 'body' has half of a character in it\n"
        "    fix: type it anew"
    )


@pytest.mark.parametrize("key", ["parsed", "boddy", "a: b"])
def test_only_fields_that_an_editor_has_can_be_edited(parse: Parse, key: str) -> None:
    with pytest.raises(ValueError, match="no fields to edit"):
        edit_entry(make(parse), {key: "x"})


@given(st.text(st.characters(), max_size=8), st.text(st.characters(), max_size=30))
def test_whatever_is_typed_is_read_again_or_refused(field: str, body: str) -> None:
    loaded = load_entry('---\ntitle: "x"  # mine\nadded: 2026-11-21\n---\nOld.\n', "briefings/a.md")
    try:
        edited = edit_entry(loaded[0], {"note": f"n{field}", "key_points": (field, body)}, body)
    except ProblemError as refused:
        assert refused.problems
    else:
        assert edited.entry.note == f"n{field}".strip()
        assert edited.text.startswith('---\ntitle: "x"  # mine\n')


# --------------------------------------------------------------------------- overrides


def test_the_editors_word_on_a_line_is_written_before_the_review(parse: Parse) -> None:
    made = with_front(make(parse), "review: [look]")
    told = with_override(with_override(made, DROPPED, keep=True), KEPT, keep=False)
    assert told.text == made.text.replace(
        "\nreview:",
        "\noverrides:\n"
        f"  - {{line: 9, drop: {line_hash(KEPT.text)}}}\n"
        f"  - {{line: 12, keep: {line_hash(AD)}}}\n"
        "review:",
    )
    assert [one.line for one in told.entry.overrides] == [9, 12]
    assert told.entry.edited == ()


def test_the_same_word_twice_changes_nothing(parse: Parse) -> None:
    told = with_override(make(parse), DROPPED, keep=True)
    kept = Line(12, DROPPED.text, Fate.BODY, "kept by the editor", otherwise=Fate.DROPPED)
    assert with_override(told, kept, keep=True).text == told.text


@pytest.mark.parametrize(("line", "keep"), [(DROPPED, False), (KEPT, True)])
def test_a_word_that_says_what_the_rules_say_is_not_written(
    parse: Parse, line: Line, keep: bool
) -> None:
    made = make(parse)
    assert with_override(made, line, keep=keep).text == made.text


def test_an_act_that_gives_a_line_its_own_fate_takes_the_override_away(parse: Parse) -> None:
    made = make(parse)
    told = with_override(made, DROPPED, keep=True)
    kept = Line(12, DROPPED.text, Fate.BODY, "kept by the editor", otherwise=Fate.DROPPED)
    assert with_override(told, kept, keep=False).text == made.text


def test_a_line_of_metadata_can_be_kept_and_dropped(parse: Parse) -> None:
    made = make(parse)
    kept = with_override(made, Line(1, "Deal", Fate.METADATA, "headline"), keep=True)
    line = Line(1, "Deal", Fate.BODY, "kept by the editor", otherwise=Fate.METADATA)
    dropped = with_override(kept, line, keep=False)
    assert overrides_of(kept) == ["overrides:", f"  - {{line: 1, keep: {line_hash('Deal')}}}"]
    assert overrides_of(dropped) == ["overrides:", f"  - {{line: 1, drop: {line_hash('Deal')}}}"]


def test_the_override_of_a_line_that_has_moved_is_the_one_that_changes(parse: Parse) -> None:
    made = with_front(make(parse), "overrides:", f"  - {{line: 5, keep: {line_hash(AD)}}}")
    moved = Line(12, DROPPED.text, Fate.BODY, "kept by the editor", otherwise=Fate.METADATA)
    told = with_override(made, moved, keep=False)
    assert overrides_of(told) == ["overrides:", f"  - {{line: 12, drop: {line_hash(AD)}}}"]


def test_the_override_of_another_line_with_the_same_words_stays(parse: Parse) -> None:
    made = with_front(make(parse), "overrides:", f"  - {{line: 5, keep: {line_hash(AD)}}}")
    told = with_override(made, DROPPED, keep=True)
    assert overrides_of(told) == [
        "overrides:",
        f"  - {{line: 5, keep: {line_hash(AD)}}}",
        f"  - {{line: 12, keep: {line_hash(AD)}}}",
    ]


def test_comments_beside_overrides_stay(parse: Parse) -> None:
    first = f"  - {{line: 5, drop: {line_hash('x')}}}  # an advertisement"
    last = f"  - {{line: 40, drop: {line_hash('y')}}}  # another"
    told = with_override(with_front(make(parse), "overrides:", first, last), DROPPED, keep=True)
    assert overrides_of(told)[0] == "overrides:"
    assert overrides_of(told)[2:] == [f"  - {{line: 12, keep: {line_hash(AD)}}}", last]
    assert "\n# an advertisement\noverrides:\n" in told.text


def test_the_editors_own_work_has_no_lines_to_keep() -> None:
    own = load_entry("---\ntitle: x\nadded: 2026-11-21\n---\nMine.\n", "briefings/a.md")[0]
    with pytest.raises(ProblemError) as refused:
        with_override(own, DROPPED, keep=True)
    assert str(refused.value) == (
        "briefings/a.md:1: error: this entry is your own work and was made of no source\n"
        "    fix: change its text itself"
    )
