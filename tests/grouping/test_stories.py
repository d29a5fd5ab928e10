import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Item, file_stories
from briefbook.grouping import explain_story, recent


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


PLACES = "Skarnes Bodin Telde Orvik Halse Nerland Brenna Myre".split()
DEEDS = {
    "ferry": "The night ferry {0} ran aground below the light of {1} with 43 passengers on board.",
    "school": "Pupils of {0} school in {1} built a telescope out of 900 bottle bottoms.",
    "bridge": "The bridge {0} near {1} closes for repairs of 12 rusted beams, engineers said.",
    "bakery": "Baker {0} of {1} won the bread prize with a loaf of seaweed and barley.",
}


def stream(count: int, seed: int = 3) -> list[Item]:
    """Look-alike events, each told once to three times, some dated and some not."""
    rng = random.Random(seed)
    items: list[Item] = []
    while len(items) < count:
        what, place = rng.choice(sorted(DEEDS)), rng.choice(PLACES)
        name = "".join(rng.choices("bdfgklmnprst", k=1) + rng.choices("aeiou", k=1)) * 2
        for again in range(rng.randint(1, 3)):
            day = rng.choice([None, f"2026-05-{1 + len(items) % 28:02}"])
            text = DEEDS[what].format(name.capitalize(), place)
            title = f"{place}: {what} {name.capitalize()}"
            items.append(item(f"i{len(items)}", title, text + " Again." * again, day))  # type: ignore[arg-type]
    return items[:count]


def test_no_order_of_later_arrivals_moves_an_earlier_story() -> None:
    items = stream(60)
    for length in (1, 7, 25, 40):
        first = file_stories(items[:length])
        for seed in range(8):
            later = items[length:]
            random.Random(seed).shuffle(later)
            whole = file_stories([*items[:length], *later])
            assert {key: whole[key] for key in first} == first


def test_what_was_filed_and_stored_is_found_again_by_what_comes_later() -> None:
    items = stream(30)
    filed = file_stories(items)
    stored = [Item(i.key, i.title, i.text, i.published, story=filed[i.key]) for i in items[:-1]]
    assert file_stories([*stored, items[-1]]) == filed


def test_old_reports_are_joined_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "WINDOW", 20)
    filler = [i for i in stream(40) if i.title]
    near = file_stories([*filler, DREDGER, DREDGER_AGAIN])
    assert near["dredger"] == near["dredger-again"]
    far = file_stories([DREDGER, *filler, DREDGER_AGAIN])
    assert far["dredger"] != far["dredger-again"]


@pytest.mark.parametrize(
    ("one", "again", "other"),
    [
        (
            (
                "海運会社が新しい渡船を購入",
                "港町の海運会社は月曜日、新造の渡船「白鷺」を四十億円で購入した。",
            ),
            (
                "渡船「白鷺」が港町に到着",
                "海運会社が四十億円で購入した新造の渡船「白鷺」が港町に着いた。",
            ),
            (
                "高校生が天体望遠鏡を製作",
                "山村の高校生が空き瓶の底を磨き、天体望遠鏡を完成させた。",
            ),
        ),
        (
            (
                "한빛해운 새 여객선 구입",
                "한빛해운은 월요일 새 여객선 백로호를 사백억 원에 구입했다고 밝혔다.",
            ),
            (
                "여객선 백로호 항구 도착",
                "한빛해운이 사백억 원에 구입한 새 여객선 백로호가 항구에 도착했다.",
            ),
            ("고등학생 망원경 제작", "산골 고등학생들이 빈 병 바닥을 갈아 천체 망원경을 완성했다."),
        ),
    ],
    ids=["Japanese", "Korean"],
)
def test_other_scripts_are_filed_too(
    one: tuple[str, str], again: tuple[str, str], other: tuple[str, str]
) -> None:
    filed = file_stories([Item("one", *one), Item("other", *other), Item("again", *again)])
    assert filed["one"] == filed["again"] != filed["other"]


def test_a_million_characters_are_filed_like_any_text() -> None:
    for text in ("x" * 1_000_000, "'\" " * 300_000, "漢" * 1_000_000):
        assert len(file_stories([Item("a", text, text), Item("b", "", ""), DREDGER])) == 3


def test_equal_items_are_one_story() -> None:
    twin = item("twin", DREDGER.title, DREDGER.text)
    assert len(set(file_stories([DREDGER, ORCHESTRA, twin]).values())) == 2


def test_why_an_item_joined_is_told() -> None:
    reason = explain_story([DREDGER, ORCHESTRA, DREDGER_AGAIN])
    assert reason.story == reason.nearest == "skarnes-port-buys-a-dredger-nobody-wanted"
    assert reason.beside == "dredger"
    assert {"havkatt", "dredger"} <= set(reason.shared)
    assert reason.likeness >= reason.needed


def test_why_an_item_joined_nothing_is_told() -> None:
    reason = explain_story([DREDGER, DREDGER_AGAIN, ORCHESTRA])
    assert reason.story == "bodin-orchestra-looks-for-a-trumpet"
    assert reason.likeness < reason.needed
    alone = explain_story([APPLES])
    assert (alone.nearest, alone.beside, alone.shared) == (None, None, ())
