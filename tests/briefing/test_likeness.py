"""Which entry a changed text belongs to; the small cases. tests/test_ownership.py has the whole."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from briefbook.briefing import LoadedEntry, make_entry
from briefbook.briefing.likeness import find_again
from briefbook.model import Article, SourceFile

Parse = Callable[..., tuple[SourceFile, Article]]
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
SHIP = "The old ship was sold to a yard in the south last winter."
CHINESE = "\u4eca\u5929\u6e2f\u53e3\u91cd\u65b0\u5f00\u653e\u8239\u7968\u5341\u516b\u514b\u6717"


def again(parse: Parse, entries: dict[str, str], sources: dict[str, str]) -> dict[str, str]:
    """Return path of the source -> path its entry was made from, of bodies by path."""

    def made(path: str, body: str) -> LoadedEntry:
        source, article = parse(body, path=path, title=path)
        return make_entry(source, article, parser=1, added=NOW, story=None, taken_slugs=())

    loaded = [made(path, body) for path, body in entries.items()]
    texts = [parse(body, path=path)[0] for path, body in sources.items()]
    found = find_again(texts, loaded, ())
    return {path: one.entry.parsed.source for path, one in found.items() if one.entry.parsed}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Ships wait for rain in our northern port.", "Ships wait for snow in our northern port."),
        (SHIP, "The old ship was sold."),
        ("The old ship was sold.", SHIP),
        (CHINESE, CHINESE[:8] + "\u4e5d" + CHINESE[9:]),
    ],
    ids=["a short text", "cut short", "made longer", "no spaces"],
)
def test_a_changed_text_in_its_place_keeps_its_entry(parse: Parse, was: str, now: str) -> None:
    assert again(parse, {"a": was}, {"a": now}) == {"a": "a"}


def test_another_text_in_its_place_does_not(parse: Parse) -> None:
    assert again(parse, {"a": SHIP}, {"a": "Barley prices fell to 9 crowns on Monday."}) == {}


def test_a_part_of_a_text_elsewhere_is_no_moved_text(parse: Parse) -> None:
    assert again(parse, {"a": SHIP}, {"b": "The old ship was sold."}) == {}


def test_a_text_in_its_place_goes_before_one_that_is_more_alike(parse: Parse) -> None:
    longer = f"{SHIP} Nobody knows why."
    assert again(parse, {"a": SHIP, "b": longer}, {"b": SHIP}) == {"b": "b"}
    assert again(parse, {"a": SHIP, "b": longer}, {"c": SHIP}) == {"c": "a"}
