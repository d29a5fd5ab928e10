import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Item, TopicSpec, file_topics
from briefbook.grouping import matching_words

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
        pytest.param("C++", "In C++ it is", True, id="symbols"),
    ],
)
def test_words_match_as_an_editor_means_them(word: str, text: str, counts: bool) -> None:
    spec = TopicSpec("topic", (word,))
    assert matching_words(Item("a", "", text, None), spec) == ((word,) if counts else ())


def test_says_which_words_speak_for_a_topic_most_often_first() -> None:
    assert matching_words(DREDGER, PORTS) == ("port", "dredger", "channel", "harbour")


@given(st.text(), st.text(), st.lists(st.text(min_size=1), max_size=4).map(tuple))
@settings(deadline=None)
def test_any_text_and_any_words_are_taken(title: str, text: str, words: tuple[str, ...]) -> None:
    item = Item("a", title, text, None)
    assert file_topics([item], [TopicSpec("topic", words, (item,))])["a"] in ((), ("topic",))
