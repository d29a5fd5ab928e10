"""The keys of stories found anew: as few addresses change as can be."""

from hypothesis import given
from hypothesis import strategies as st

from briefbook.regrouping import keep_keys


def stories(told: str) -> dict[str, str]:
    """Read `a=x b=x c=y` as the story of each item, in order of arrival."""
    return dict(one.split("=") for one in told.split())


def kept(filed: str, stored: str, bound: str = "", taken: str = "") -> str:
    names = keep_keys(stories(filed), stories(stored), bound=bound.split(), taken=taken.split())
    return " ".join(f"{item}={key}" for item, key in names.items())


def test_a_story_found_again_keeps_its_key() -> None:
    assert kept("a=1 b=1 c=2", "a=x b=x c=y") == "a=x b=x c=y"


def test_a_new_story_gets_the_key_it_was_given() -> None:
    assert kept("a=1 b=ferry", "a=x") == "a=x b=ferry"


def test_joined_stories_keep_the_key_most_reports_have() -> None:
    assert kept("a=1 b=1 c=1", "a=x b=y c=y") == "a=y b=y c=y"


def test_joined_stories_of_one_size_keep_the_older_key() -> None:
    assert kept("a=1 b=1", "a=x b=y") == "a=x b=x"


def test_of_a_divided_story_the_part_it_was_named_for_keeps_the_key() -> None:
    assert kept("a=1 b=2 c=2", "a=x b=x c=x") == "a=x b=2 c=2"


def test_where_the_first_report_went_into_another_story_the_rest_keeps_the_key() -> None:
    assert kept("a=1 b=1 c=1 d=2 e=2", "a=w b=w c=x d=x e=x") == "a=w b=w c=w d=x e=x"


def test_a_story_of_the_editor_keeps_her_key() -> None:
    assert kept("a=mine b=mine c=2", "a=mine b=x c=x", bound="mine") == "a=mine b=mine c=x"


def test_nobody_else_gets_the_key_of_the_editor() -> None:
    # a was in her story too and is found apart from it now.
    assert kept("a=1 b=mine", "a=mine b=mine", bound="mine") == "a=1 b=mine"


def test_a_new_story_takes_no_key_that_means_another() -> None:
    assert kept("a=ferry b=2", "b=ferry-2", taken="ferry") == "a=ferry-3 b=ferry-2"


def test_two_new_stories_never_share_a_key() -> None:
    assert kept("a=x b=x-2", "", taken="x") == "a=x-2 b=x-2-2"


ITEMS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("123456"), min_size=1)


@given(filed=ITEMS, stored=ITEMS, bound=st.sets(st.sampled_from("123456")))
def test_stories_stay_apart_and_a_second_time_changes_nothing(
    filed: dict[str, str], stored: dict[str, str], bound: set[str]
) -> None:
    known = {item: key for item, key in stored.items() if item in filed}
    named = keep_keys(filed, known, bound=bound)
    pairs = [(a, b) for a in filed for b in filed]
    assert all((filed[a] == filed[b]) == (named[a] == named[b]) for a, b in pairs)
    assert all(named[item] == story for item, story in filed.items() if story in bound)
    assert keep_keys(filed, named, bound=bound) == named
