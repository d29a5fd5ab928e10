from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Item, TopicSpec, file_topics
from briefbook.grouping import topic_reasons
from briefbook.grouping.topicfeatures import read_text
from briefbook.grouping.topicprofiles import learn_topics
from briefbook.grouping.topics import Topics

DREDGER = Item(
    "dredger",
    "Skarnes port buys a dredger nobody wanted",
    "The port of Skarnes bought the dredger on Monday. The harbour master wants to clear the "
    "northern channel of sand before the summer, and the port pays for the ship over six years.",
    None,
)
ORCHESTRA = Item(
    "orchestra",
    "Bodin orchestra looks for a trumpet",
    "The youth orchestra lost its only trumpet player to a cruise liner. The conductor has asked "
    "three schools for help before the concert in June.",
    None,
)
PORTS = TopicSpec("ports", ("port", "harbour", "dredger", "channel"))
MUSIC = TopicSpec("music", ("orchestra", "concert", "trumpet", "conductor"))


def topics_of(item: Item, *specs: TopicSpec) -> tuple[str, ...]:
    return file_topics([item], specs)[item.key]


def test_an_item_goes_where_the_words_of_a_topic_stand_in_it() -> None:
    assert file_topics([DREDGER, ORCHESTRA], [PORTS, MUSIC]) == {
        "dredger": ("ports",),
        "orchestra": ("music",),
    }


def test_examples_that_share_nothing_tell_nothing_of_what_is_usual() -> None:
    ferry = Item("ferry", "Ferry stopped", "The ferry stopped on Monday. Nobody was hurt.", None)
    quay = Item("quay", "A quay is built", "A quay is built in the north of the harbour.", None)
    new = Item("new", "A quay is mended", "Men have mended the quay.", None)
    assert topics_of(new, TopicSpec("port", (), (ferry, quay))) == ("port",)


def test_an_item_without_a_topic_has_none() -> None:
    weather = TopicSpec("weather", ("hail", "thunder"))
    assert topics_of(ORCHESTRA, PORTS, weather) == ()
    assert topics_of(ORCHESTRA) == ()


def test_the_best_topic_comes_first() -> None:
    both = Item("both", DREDGER.title, f"{DREDGER.text} {ORCHESTRA.text}", None)
    assert topics_of(both, MUSIC, PORTS)[0] == "ports"
    assert set(topics_of(both, MUSIC, PORTS)) == {"ports", "music"}


def test_each_item_is_filed_as_if_it_were_alone() -> None:
    alone = {item.key: topics_of(item, PORTS, MUSIC) for item in (DREDGER, ORCHESTRA)}
    crowd = [Item(str(i), ORCHESTRA.title, ORCHESTRA.text, None) for i in range(20)]
    together = file_topics([*crowd, DREDGER, ORCHESTRA, *crowd], [PORTS, MUSIC])
    assert {key: together[key] for key in alone} == alone


def test_a_required_word_must_stand_in_the_text() -> None:
    required = TopicSpec("ports", PORTS.words, require=("Skarnes", "Bodin"))
    assert topics_of(DREDGER, required) == ("ports",)
    missing = TopicSpec("ports", PORTS.words, require=("Telde", "Hval"))
    assert topics_of(DREDGER, missing) == ()


def test_an_excluded_word_keeps_an_item_out() -> None:
    assert topics_of(DREDGER, TopicSpec("ports", PORTS.words, exclude=("sand", "gold"))) == ()
    assert topics_of(DREDGER, TopicSpec("ports", PORTS.words, exclude=("gold",))) == ("ports",)


def test_examples_speak_for_a_topic_without_words() -> None:
    example = Item(
        "pinned",
        "Hval port sells its dredger",
        "The harbour master of Hval sold the dredger, as the channel of the port has no sand.",
        None,
    )
    assert topics_of(DREDGER, TopicSpec("ports", (), (example,))) == ("ports",)
    assert topics_of(ORCHESTRA, TopicSpec("ports", (), (example,))) == ()
    assert topics_of(DREDGER, TopicSpec("ports", ())) == ()


@pytest.mark.parametrize(
    ("word", "text", "counts"),
    [
        pytest.param("port", "Two ports and a PORT", True, id="plural and case"),
        pytest.param("port", "A report of importance", False, id="not inside words"),
        pytest.param("US", "It told us so", False, id="capitals are meant"),
        pytest.param("US", "The US’s ships", True, id="possessive of capitals"),
        pytest.param("U.S.", "The U.S. ships", True, id="acronym with stops"),
        pytest.param("trade talks", "The trade\ntalks failed", True, id="phrase over a line end"),
        pytest.param("Xi'an", "The plant in Xi’an", True, id="either apostrophe"),
        pytest.param("defense", "The defence of it", True, id="British and American"),
        pytest.param("programme", "Two programs ended", True, id="British and American plural"),
        pytest.param("labour", "A labor court", True, id="our and or"),
        pytest.param("C++", "In C++ it is", True, id="symbols"),
        pytest.param("++", "In C++ it is", False, id="symbols alone"),
        pytest.param("(a|b", "a (a|b) b", True, id="signs of patterns"),
        pytest.param("fishery", "All fisheries closed", True, id="plural in ies"),
        pytest.param("nuclear-powered", "nuclear powered ships", True, id="hyphen"),
        pytest.param("nuclear", "A nuclear-powered ship", True, id="part of a compound"),
        pytest.param("Polish", "polish the boots", False, id="a capital is meant"),
        pytest.param("Norway", "NORWAY SIGNS", True, id="headline in capitals"),
        pytest.param("iPhone", "IPHONE", False, id="capitals inside are meant"),
        pytest.param("Regierung", "Die Regierungen stritten", True, id="German plural"),
        pytest.param("Werft", "Die Werften schließen", True, id="German plural in en"),
        pytest.param("조선소", "부산의 조선소에서는 일이 멈췄다", True, id="Korean particles"),
        pytest.param("조선소", "조선 시대의 그릇", False, id="Korean word that starts alike"),
        pytest.param("造船所", "釜山の造船所が閉鎖された", True, id="Japanese without spaces"),
        pytest.param("フェリー", "夜のフェリーは来月から", True, id="Japanese in katakana"),
        pytest.param("верфь", "Верфь закрыта", True, id="Russian"),
    ],
)
def test_words_match_as_an_editor_means_them(word: str, text: str, counts: bool) -> None:
    spec = TopicSpec("topic", (word,))
    (reason,) = topic_reasons(Item("a", "", text, None), [spec])
    assert reason.words == ((word,) if counts else ())


def test_says_which_words_speak_for_a_topic_most_often_first() -> None:
    (reason,) = topic_reasons(DREDGER, [PORTS])
    assert reason.words == ("port", "dredger", "channel", "harbour")


def test_words_count_more_in_the_title_and_throughout_the_text() -> None:
    once = (
        "The mayor of Skarnes spoke for an hour. One dredger was seen. " + "He thanked all. " * 90
    )
    filed = file_topics(
        [
            Item("aside", "Mayor thanks the town", once, None),
            Item("title", "Dredger blocks the harbour", once, None),
        ],
        [TopicSpec("ports", PORTS.words)],
    )
    assert filed == {"aside": (), "title": ("ports",)}


def test_examples_of_a_topic_find_what_its_words_do_not_name() -> None:
    example = Item(
        "pinned",
        "Breakwater of Hval is to be raised",
        "Storms have damaged the breakwater of Hval. Engineers want granite on the quay, and "
        "the pilots of Hval fear for the moorings behind the breakwater.",
        None,
    )
    storm = Item(
        "storm",
        "Pilots demand a breakwater",
        "The pilots of Telde demand a breakwater of granite, as the quay and its moorings were "
        "damaged by storms twice.",
        None,
    )
    assert topics_of(storm, PORTS, MUSIC) == ()
    assert topics_of(storm, TopicSpec("ports", PORTS.words, (example,)), MUSIC) == ("ports",)


def test_what_is_pinned_under_one_topic_leaves_a_topic_of_words_its_texts() -> None:
    pinned = Item("pinned", "Choir of Hval sings", "The choir of Hval sang in the church.", None)
    music = TopicSpec("music", MUSIC.words, (pinned,))
    assert topics_of(DREDGER, PORTS, music) == ("ports",)
    assert topics_of(ORCHESTRA, PORTS, music) == ("music",)


def test_the_order_of_topics_and_of_their_words_changes_nothing() -> None:
    both = Item("both", DREDGER.title, f"{DREDGER.text} {ORCHESTRA.text}", None)
    turned = TopicSpec("ports", PORTS.words[::-1]), TopicSpec("music", MUSIC.words[::-1])
    assert topics_of(both, *turned) == topics_of(both, MUSIC, PORTS)


def test_ten_thousand_words_and_a_very_long_text_are_filed() -> None:
    many = TopicSpec("many", tuple(f"wharf{n}" for n in range(10_000)), (), ("wharf7",))
    long = Item("long", "Wharf7 and wharf8", "wharf7 wharf9 " * 80_000, None)
    unbroken = Item("unbroken", "x", "wharf" * 200_000 + "港" * 200_000, None)
    assert file_topics([long, unbroken], [many]) == {"long": ("many",), "unbroken": ()}


@given(st.text(), st.text(), st.lists(st.text(min_size=1), max_size=4).map(tuple))
@settings(deadline=None)
def test_any_text_and_any_words_are_taken(title: str, text: str, words: tuple[str, ...]) -> None:
    item = Item("a", title, text, None)
    assert file_topics([item], [TopicSpec("topic", words, (item,))])["a"] in ((), ("topic",))


@pytest.mark.parametrize("text", [DREDGER, ORCHESTRA, Item("no", "A text", "Of nothing.", None)])
@pytest.mark.parametrize("examples", [(), (ORCHESTRA,)])
def test_topics_are_ordered_by_all_that_speaks_for_them(
    text: Item, examples: tuple[Item, ...]
) -> None:
    specs = [PORTS, replace(MUSIC, examples=examples), TopicSpec("ships", ("ship", "summer"))]
    topics, profiles = Topics.of(specs), learn_topics(specs)
    both = replace(text, text=f"{text.text} {ORCHESTRA.text}")
    for item in (text, both):
        said = topics.say(read_text(item))
        scored = {n: score for n, p in enumerate(profiles) if (score := p.score(said[n]))}
        ranks = {n: score + said[n].rank for n, score in scored.items()}
        best_first = sorted(scored, key=ranks.__getitem__, reverse=True)
        fits = topics.fits(read_text(item))
        assert [fit.slug for fit in fits] == [specs[n].slug for n in best_first]
        if best_first:
            first = best_first[0]
            signs = topics.signs(first, scored[first], [ranks[n] for n in best_first])
            assert fits[0].chance == signs.chance
