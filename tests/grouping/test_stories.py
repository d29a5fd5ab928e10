import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Item, file_stories


def item(key: str, title: str, text: str, published: str = "2026-05-04", **more: str) -> Item:
    return Item(key, title, text, published, **more)


DREDGER = item(
    "dredger",
    "Skarnes port buys a dredger nobody wanted",
    "The port of Skarnes bought the dredger Havkatt on Monday for 41 million kroner. Harbour "
    "master Liv Aune wants to clear the northern channel of sand before the summer.",
)
DREDGER_AGAIN = item(
    "dredger-again",
    "Dredger Havkatt goes to Skarnes port",
    "Liv Aune, the harbour master of Skarnes, signed for the dredger Havkatt. The port pays 41 "
    "million kroner and will clear its northern channel of sand with it.",
    "2026-05-05",
)
ORCHESTRA = item(
    "orchestra",
    "Bodin orchestra looks for a trumpet",
    "The youth orchestra of Bodin lost its only trumpet player to a cruise liner. Conductor Maja "
    "Rask has asked three schools for help before the concert in June.",
    "2026-05-05",
)
APPLES = item(
    "apples",
    "Frost takes the apple blossom of Telde",
    "Growers in Telde fear for their harvest after two nights of frost. The apple trees had "
    "opened their blossom early, said adviser Per Holm.",
    "2026-05-06",
)
ITEMS = [DREDGER, ORCHESTRA, DREDGER_AGAIN, APPLES]


def test_reports_of_one_event_are_one_story_and_others_are_not() -> None:
    assert file_stories(ITEMS) == {
        "dredger": "skarnes-port-buys-a-dredger-nobody-wanted",
        "orchestra": "bodin-orchestra-looks-for-a-trumpet",
        "dredger-again": "skarnes-port-buys-a-dredger-nobody-wanted",
        "apples": "frost-takes-the-apple-blossom-of-telde",
    }


@given(st.permutations(ITEMS))
@settings(deadline=None)
def test_what_arrives_later_never_changes_the_story_of_what_came_before(items: list[Item]) -> None:
    whole = file_stories(items)
    for length in range(len(items)):
        first = file_stories(items[:length])
        assert {key: whole[key] for key in first} == first


def test_the_order_of_later_arrivals_does_not_move_the_first() -> None:
    one = file_stories([DREDGER, ORCHESTRA, DREDGER_AGAIN, APPLES])
    other = file_stories([DREDGER, APPLES, DREDGER_AGAIN, ORCHESTRA])
    assert one == other


def test_a_stored_story_binds() -> None:
    kept = item("stored", DREDGER_AGAIN.title, DREDGER_AGAIN.text, story="an-editors-story")
    filed = file_stories([DREDGER, kept])
    assert filed == {
        "dredger": "skarnes-port-buys-a-dredger-nobody-wanted",
        "stored": "an-editors-story",
    }


def test_what_is_new_joins_a_stored_story() -> None:
    stored = item("dredger", DREDGER.title, DREDGER.text, story="havkatt-purchase")
    assert file_stories([stored, DREDGER_AGAIN])["dredger-again"] == "havkatt-purchase"


def test_two_items_of_a_stored_story_stay_together_though_they_share_no_word() -> None:
    one = item("orchestra", ORCHESTRA.title, ORCHESTRA.text, story="spring")
    other = item("apples", APPLES.title, APPLES.text, story="spring")
    assert file_stories([one, other]) == {"orchestra": "spring", "apples": "spring"}


def test_a_new_story_never_takes_the_key_of_a_stored_one() -> None:
    later = item("later", APPLES.title, APPLES.text, story="bodin-orchestra-looks-for-a-trumpet")
    filed = file_stories([ORCHESTRA, later])
    assert filed == {
        "orchestra": "bodin-orchestra-looks-for-a-trumpet-2",
        "later": "bodin-orchestra-looks-for-a-trumpet",
    }


def test_a_title_of_symbols_only_still_gets_a_lasting_key() -> None:
    (key,) = file_stories([item("symbols", "★ ★ ★", "???")]).values()
    assert key.startswith("story-")
    assert file_stories([item("symbols", "★ ★ ★", "???"), DREDGER])["symbols"] == key


@pytest.mark.parametrize("published", [None, "", "2026-05-04T10:00:00+09:00", "soon"])
def test_dates_of_any_shape_are_taken(published: str | None) -> None:
    later = Item("dredger-again", DREDGER_AGAIN.title, DREDGER_AGAIN.text, published)
    filed = file_stories([DREDGER, later])
    assert filed["dredger-again"] == filed["dredger"]


def test_a_report_of_another_year_is_another_event() -> None:
    old = item(
        "old", "Skarnes port sells a dredger", "The port of Skarnes sold a ship.", "2019-01-02"
    )
    assert len(set(file_stories([old, DREDGER]).values())) == 2


def test_no_items_give_no_stories() -> None:
    assert file_stories([]) == {}


@given(st.lists(st.tuples(st.text(), st.text()), max_size=6))
@settings(deadline=None)
def test_any_text_is_filed(texts: list[tuple[str, str]]) -> None:
    items = [Item(str(i), title, text, None) for i, (title, text) in enumerate(texts)]
    filed = file_stories(items)
    assert list(filed) == [i.key for i in items]
    assert all(key for key in filed.values())
