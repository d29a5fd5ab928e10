from briefbook import Item, TopicSpec
from briefbook.grouping import LEAST_CHANCE, topic_reasons

DREDGER = Item(
    "dredger",
    "Skarnes port buys a dredger",
    "The port of Skarnes bought the dredger on Monday to clear its channel of sand.",
    None,
)
PORTS = TopicSpec("ports", ("dredger", "harbour", "port", "channel"))
MUSIC = TopicSpec("music", ("orchestra", "concert"))


def test_the_words_that_stand_there_and_those_that_do_not_are_told() -> None:
    ports, music = topic_reasons(DREDGER, [MUSIC, PORTS])
    assert (ports.slug, ports.filed, ports.missing) == ("ports", True, ("harbour",))
    assert ports.words == ("dredger", "port", "channel")
    assert (music.filed, music.words, music.missing) == (False, (), MUSIC.words)


def test_the_score_says_how_near_a_topic_was() -> None:
    ports, music = topic_reasons(DREDGER, [PORTS, MUSIC])
    assert ports.chance >= LEAST_CHANCE > music.chance


def test_what_a_text_shares_with_pinned_ones_is_told_most_telling_first() -> None:
    pinned = Item("pinned", "Dredger sinks off Skarnes", "Sand filled the dredger.", None)
    (reason,) = topic_reasons(DREDGER, [TopicSpec("ports", PORTS.words, (pinned,))])
    assert set(reason.like_examples[:2]) == {"dredger", "Skarnes"}
    assert "sand" in reason.like_examples


def test_a_required_word_that_is_missing_and_an_excluded_one_are_told() -> None:
    (needs,) = topic_reasons(DREDGER, [TopicSpec("ports", PORTS.words, require=("Telde",))])
    assert (needs.filed, needs.required, needs.excluded) == (False, ("Telde",), ())
    (kept_out,) = topic_reasons(DREDGER, [TopicSpec("ports", PORTS.words, exclude=("sand",))])
    assert (kept_out.filed, kept_out.required, kept_out.excluded) == (False, (), ("sand",))
