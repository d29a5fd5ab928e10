"""What is told is told with what stands for it, and only what may have changed is looked at."""

from pathlib import Path
from typing import Any

import pytest

from briefbook.remembering import Memory, Question, Store


class Telling:
    """A question that is told, and one that is made from it."""

    def __init__(self, folder: Path) -> None:
        self.memory = Memory(Store(folder, "code"))
        self.entry: Question[Any] = self.memory.told("entry")
        self.page = self.memory.question("page", lambda key: f"page of {self.entry(key)}")

    def next_build(self) -> None:
        self.memory.save()
        self.memory.start_again()


class Unlooked:
    """An answer that must not be looked at."""

    def __reduce__(self) -> tuple[object, ...]:
        raise AssertionError("somebody looked at it")


def begun(folder: Path) -> Telling:
    """Return what was told of a and b, and asked for, in one build."""
    telling = Telling(folder)
    told = telling.memory.tell_all(telling.entry, {"a": "A", "b": "B"}, {"a": 1, "b": 2})
    assert told == {"a", "b"}
    assert [telling.page(key) for key in "ab"] == ["page of A", "page of B"]
    telling.next_build()
    return telling


def test_telling_some_leaves_all_others_as_they_are(tmp_path: Path) -> None:
    telling = begun(tmp_path)
    assert telling.memory.tell_some(telling.entry, {"b": "other", "c": "C"}, {"b": 3}) == {"b", "c"}
    assert [telling.page(key) for key in "abc"] == ["page of A", "page of other", "page of C"]
    assert telling.memory.made == {"page": 2}
    telling.next_build()
    assert (
        telling.memory.tell_all(
            telling.entry, {"a": Unlooked(), "b": Unlooked(), "c": "C"}, {"a": 1, "b": 3}
        )
        == set()
    )


def test_what_is_told_to_be_gone_is_told_once(tmp_path: Path) -> None:
    telling = begun(tmp_path)
    assert telling.memory.tell_some(telling.entry, {"a": None, "never there": None}, {}) == {"a"}
    assert telling.page("a") == "page of None"
    telling.next_build()
    assert telling.memory.tell_some(telling.entry, {"a": None}, {}) == set()
    assert telling.memory.tell_all(telling.entry, {"b": Unlooked()}, {"b": 2}) == set()


def test_what_comes_back_with_the_mark_it_had_is_told(tmp_path: Path) -> None:
    telling = begun(tmp_path)
    telling.memory.tell_some(telling.entry, {"a": None}, {})
    telling.next_build()
    assert telling.memory.tell_some(telling.entry, {"a": "A"}, {"a": 1}) == {"a"}
    assert telling.page("a") == "page of A"


def test_another_mark_of_an_equal_answer_changes_nothing_and_is_known_afterwards(
    tmp_path: Path,
) -> None:
    telling = begun(tmp_path)
    assert telling.memory.tell_some(telling.entry, {"a": "A"}, {"a": 9}) == set()
    telling.next_build()
    assert telling.memory.tell_some(telling.entry, {"a": Unlooked()}, {"a": 9}) == set()


def test_an_answer_without_a_mark_is_always_looked_at(tmp_path: Path) -> None:
    telling = begun(tmp_path)
    assert telling.memory.tell_some(telling.entry, {"a": "A"}, {}) == set()
    telling.next_build()
    assert telling.memory.tell_all(telling.entry, {"a": "X", "b": Unlooked()}, {"b": 2}) == {"a"}


def test_what_is_gone_again_in_the_first_build_is_told_when_it_comes(tmp_path: Path) -> None:
    telling = Telling(tmp_path)
    telling.memory.tell_some(telling.entry, {"a": "A"}, {"a": 1})
    telling.memory.tell_some(telling.entry, {"a": None}, {})
    telling.next_build()
    assert telling.memory.tell_some(telling.entry, {"a": "A"}, {"a": 1}) == {"a"}


def test_a_build_that_is_not_kept_has_told_nothing(tmp_path: Path) -> None:
    telling = begun(tmp_path)
    telling.memory.tell_some(telling.entry, {"a": "X"}, {"a": 9})
    telling.memory.start_again()
    assert telling.memory.tell_some(telling.entry, {"a": "X"}, {"a": 9}) == {"a"}


@pytest.mark.parametrize("many", [1, 500])
def test_telling_some_reads_no_more_where_more_was_told_before(tmp_path: Path, many: int) -> None:
    telling = Telling(tmp_path)
    everything = {f"e{number}": number for number in range(many)}
    telling.memory.tell_all(telling.entry, everything, everything)
    telling.next_build()
    statements: list[str] = []
    assert telling.memory._store is not None
    telling.memory._store._db.set_trace_callback(statements.append)
    assert telling.memory.tell_some(telling.entry, {"e0": -1}, {"e0": -1}) == {"e0"}
    assert len(statements) < 12
