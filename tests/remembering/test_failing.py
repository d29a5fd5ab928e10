"""What is kept is what would be made anew, also where making something fails."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook.asking import Row, joined, parted, ranked
from briefbook.remembering import Memory, Question, Store


class House:
    """A word and its shout, which fails for some words; asked in build after build."""

    def __init__(self, place: Path) -> None:
        self.memory = Memory(Store(place, "code"))
        self.word = self.memory.told("word")
        self.shout: Question[str] = self.memory.question("shout", self._shout)
        self.said: Question[str] = self.memory.question("said", self._said)
        self.page: Question[str] = self.memory.question("page", self._page)

    def _shout(self, key: str) -> str:
        if self.word(key) == "broken":
            raise ValueError(key)
        return str(self.word(key)).upper()

    def _said(self, key: str) -> str:
        return f"{self.shout(key)}!"

    def _page(self, key: str) -> str:
        try:
            said = self.said(key)
        except ValueError:
            said = "nothing"
        return f"{said} {self.word('other')}"

    def build(self, word: str, other: str = "one") -> str:
        self.memory.start_again()
        self.memory.tell(self.word, "a", word)
        self.memory.tell(self.word, "other", other)
        page = self.page("a")
        self.memory.save()
        return page


def test_what_fails_where_it_is_looked_at_again_fails_where_it_is_made(tmp_path: Path) -> None:
    house = House(tmp_path)
    assert house.build("yes") == "YES! one"
    assert house.build("broken") == "nothing one"
    assert house.build("broken", "two") == "nothing two"
    assert house.build("yes", "two") == "YES! two"


def test_what_failed_at_first_is_made_when_it_can_be(tmp_path: Path) -> None:
    house = House(tmp_path)
    assert house.build("broken") == "nothing one"
    assert house.build("broken") == "nothing one"
    assert house.build("no") == "NO! one"


def test_a_row_that_a_key_says_twice_stands_there_once(tmp_path: Path) -> None:
    memory = Memory(Store(tmp_path, "code"))
    word = memory.told("word")
    groups = memory.family("letters")

    def rows(key: str) -> tuple[Row, ...]:
        return tuple(("letters", letter, "", key) for letter in word(key) or ())

    rows_of = memory.question("rows", rows)
    for said, expected in (("aab", ("key",)), ("b", ()), ("aa", ("key",)), (None, ())):
        memory.start_again()
        memory.tell(word, "key", said)
        memory.regroup(rows_of, ("key",))
        assert groups.members("a") == expected
        memory.save()


@pytest.mark.parametrize("hostile", ["a\x1fb", "\x1f", "a\x1e\x1fb"])
def test_signs_that_part_keys_part_none_where_an_editor_wrote_them(hostile: str) -> None:
    assert parted(joined("slug", hostile), 2) == ["slug", hostile]
    assert len(parted(joined("key", ranked(hostile, hostile), "5"))) == 3


def test_views_of_a_group_are_those_of_a_new_memory(tmp_path: Path) -> None:
    kept = Views(Memory(Store(tmp_path, "code")))
    for number, told in enumerate(("ab", "", "abcde", "ace", "e", "", "bd", "abcde", "c")):
        new = Views(Memory())
        assert kept.build(told, number) == new.build(told, number), told


class Views:
    """Groups of rows, some with a hostile sort key, and all that can be asked of them."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.letter = memory.told("letter")
        self.groups = memory.family("groups")
        self.rows_of = memory.question("rows", self._rows)
        self.seen: Callable[[str], object] = memory.question("seen", self._seen)

    def _rows(self, letter: str) -> tuple[Row, ...]:
        if not self.letter(letter):
            return ()
        sort = ranked(letter, "\x1f")
        keys = (joined("x", letter), joined("y", letter), "all")
        return tuple(("groups", key, sort, letter) for key in keys)

    def _seen(self, letter: str) -> object:
        groups, sort = self.groups, ranked(letter, "\x1f")
        return (
            groups.members("all"),
            groups.count("all"),
            groups.newest("all", 2),
            groups.beside("all", sort, letter) if self.letter(letter) else None,
            groups.ahead("all", sort),
            groups.latest("all", sort, 2),
            groups.near(joined("x", letter)),
            groups.counts(joined("y", "")),
        )

    def build(self, told: str, number: int) -> list[object]:
        self.memory.start_again()
        for letter in "abcde":
            self.memory.tell(self.letter, letter, letter in told)
        self.memory.regroup(self.rows_of, "abcde")
        # Some letters are not looked at in each build.
        found = [self.seen(letter) for place, letter in enumerate("abcde") if (place + number) % 3]
        self.memory.save()
        return found
