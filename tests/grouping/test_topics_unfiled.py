from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Item
from briefbook.grouping import unfiled_words

YARD = Item("yard", "Skarnes shipyard starts a frigate", "Welders cut the first steel.", None)
DELAY = Item("delay", "Frigate is late", "The shipyard at Skarnes lacks welders for it.", None)
STRIKE = Item("strike", "Welders walk out", "No frigate leaves the Skarnes shipyard.", None)
BAKERY = Item("bakery", "Bakery burns down", "The oven of the baker in Hval caught fire.", None)
OPERA = Item("opera", "Opera opens late", "Singers of the opera wait for a curtain.", None)


def test_texts_without_a_topic_are_grouped_by_the_words_they_share() -> None:
    (group,) = unfiled_words([BAKERY, YARD, OPERA, DELAY, STRIKE])
    assert group.keys == ("yard", "delay", "strike")
    assert {word.lower() for word in group.words} == {"skarnes", "shipyard", "frigate", "welders"}


def test_words_are_shown_as_they_are_mostly_written() -> None:
    (group,) = unfiled_words([YARD, DELAY, STRIKE])
    assert "Skarnes" in group.words
    assert "shipyard" in group.words


def test_two_texts_or_one_shared_word_are_no_missing_topic() -> None:
    assert unfiled_words([YARD, DELAY, BAKERY, OPERA]) == ()
    ovens = [Item(str(n), f"{word} oven", "", None) for n, word in enumerate(("a", "b", "c"))]
    assert unfiled_words(ovens) == ()
    assert unfiled_words([]) == ()


def test_common_words_make_no_group() -> None:
    texts = ("The government said on Monday it was late.", "A government of two parties said no.")
    items = [Item(str(n), text, text, None) for n, text in enumerate(texts * 2)]
    assert unfiled_words(items) == ()


def test_the_words_of_a_group_do_not_depend_on_the_order_of_texts() -> None:
    found = {unfiled_words(order)[0].words for order in permutations([YARD, DELAY, STRIKE, OPERA])}
    assert len(found) == 1


def test_korean_words_are_one_with_and_without_particles() -> None:
    texts = ("부산 조선소가 멈췄다", "조선소에서 부산 용접공이 떠났다", "부산의 조선소는 쉰다")
    (group,) = unfiled_words([Item(str(n), text, "", None) for n, text in enumerate(texts)])
    assert len(group.keys) == 3
    assert {word[:2] for word in group.words} == {"부산", "조선"}


def test_ten_thousand_texts_without_a_topic_are_grouped_by_the_latest() -> None:
    items = [Item(str(n), f"Dredger {n} of Telde runs aground", "", None) for n in range(10_000)]
    (group,) = unfiled_words(items)
    assert 3 <= len(group.keys) <= 1000
    assert group.keys[-1] == "9999"


@given(st.lists(st.text(), max_size=8))
@settings(deadline=None)
def test_any_texts_are_taken(texts: list[str]) -> None:
    items = [Item(str(n), text, text, None) for n, text in enumerate(texts)]
    for group in unfiled_words(items):
        assert len(group.keys) >= 3
        assert all(group.words)
