import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.briefing import hash_value, load_entry, override_value, overrides_hash
from briefbook.briefing.frontmatter import new_entry_text
from briefbook.model import Fate, Override
from briefbook.problems import ProblemError
from briefbook.text.hashes import line_hash


def front(*lines: str) -> str:
    return "\n".join(["---", "title: x", "added: 2026-11-21", "overrides:", *lines, "---", "x"])


def test_reads_what_is_kept_and_what_is_dropped() -> None:
    text = front("  - {line: 12, keep: 51ab03c2}", "  - line: 9", "    drop: 0F3A77D1")
    loaded, warnings = load_entry(text, "briefings/a.md")
    assert warnings == ()
    assert loaded.entry.overrides == (
        Override(line=12, fate=Fate.BODY, text_hash="51ab03c2"),
        Override(line=9, fate=Fate.DROPPED, text_hash="0f3a77d1"),
    )


def test_two_may_name_one_line_where_one_of_them_has_moved() -> None:
    text = front("  - {line: 9, keep: 51ab03c2}", "  - {line: 9, drop: 0f3a77d1}")
    assert len(load_entry(text, "briefings/a.md")[0].entry.overrides) == 2


HASH = (
    "'{0}' must be the hash of the line's text, 8 hexadecimal digits\n"
    "    fix: take it from `briefbook explain --json`, or delete the override"
)
EITHER = "an override needs 'keep' or 'drop'\n    fix: write it as {line: 12, keep: 51ab03c2}, or "


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ("{keep: 51ab03c2}", "an override needs 'line'\n    fix: write it as {line: 12, keep:"),
        ("{line: 3}", EITHER),
        ("{line: 3, keep: }", EITHER),
        (
            "{line: 3, keep: 51ab03c2, drop: 51ab03c2}",
            "an override cannot keep and drop a line at once\n    fix: write it as {line: 12, keep",
        ),
        (
            "{line: three, keep: 51ab03c2}",
            "'line' must be a whole number from 1 to 10000000, not 'three'\n"
            "    fix: write line: 1 or more",
        ),
        ("{line: 0, keep: 51ab03c2}", "'line' must be a whole number from 1 to 10000000, not '0'"),
        ("{line: 3, keep: 51ab03c}", HASH.format("keep")),
        ("{line: 3, drop: share it}", HASH.format("drop")),
        ("{line: 3, keep: [a]}", "'keep' must be a text, not a list\n    fix: write keep: "),
        ("12", "each item of 'overrides' must be a group of keys, not a number\n    fix: write "),
        (
            "{line: 3, keeps: 51ab03c2}",
            "unknown key 'keeps'\n    fix: did you mean 'keep'? The keys are line, keep, drop",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_do(item: str, problem: str) -> None:
    with pytest.raises(ProblemError) as refused:
        load_entry(front("  - {line: 1, keep: 00000000}", f"  - {item}"), "briefings/a.md")
    assert str(refused.value).startswith(f"briefings/a.md:6: error: {problem}")


def test_the_same_line_twice_is_a_mistake() -> None:
    text = front("  - {line: 9, keep: 51ab03c2}", "  - {line: 9, drop: 51ab03c2}")
    with pytest.raises(ProblemError) as refused:
        load_entry(text, "briefings/a.md")
    assert str(refused.value) == (
        "briefings/a.md:6: error: two overrides are about line 9\n    fix: delete one of the two"
    )


def test_a_line_is_known_by_its_words_without_the_blanks_around_them() -> None:
    assert line_hash(" \tShare this \xa0") == line_hash("Share this") == hash_value("Share this")
    assert line_hash("Share  this") != line_hash("Share this")


def test_what_is_remembered_does_not_depend_on_the_order() -> None:
    one = Override(line=12, fate=Fate.BODY, text_hash="51ab03c2")
    two = Override(line=9, fate=Fate.DROPPED, text_hash="0f3a77d1")
    assert overrides_hash([one, two]) == overrides_hash([two, one]) != overrides_hash([one])
    assert overrides_hash([]) is None


_override = st.builds(
    Override,
    line=st.integers(1, 10**7),
    fate=st.sampled_from([Fate.BODY, Fate.DROPPED]),
    text_hash=st.text("0123456789abcdef", min_size=8, max_size=8)
    | st.sampled_from(["12345678", "00000000", "1e234567", "0x123456"[2:] + "00"]),
)


@given(st.lists(_override, min_size=1, max_size=4, unique_by=lambda one: (one.line, one.text_hash)))
def test_what_is_written_is_read_again(overrides: list[Override]) -> None:
    value = tuple(map(override_value, overrides))
    text = new_entry_text({"title": "x", "added": "2026-11-21", "overrides": value}, "x")
    assert load_entry(text, "briefings/a.md")[0].entry.overrides == tuple(overrides)
