from hypothesis import given
from hypothesis import strategies as st

from briefbook import summarise
from briefbook.parsing.digest import KEY_POINTS, digest
from briefbook.text.sentences import split

TEXT = """The port of Skarnes has bought a dredger that three other ports had turned down.

The price was 41 million kroner, which the port pays over six years.

Liv Aune smiled. Nobody else on the quay did, and it rained.

The dredger will clear the northern channel of sand before the summer comes."""

sentences = st.lists(st.sampled_from(split(TEXT)) | st.text(), max_size=12)


def test_the_bottom_line_says_what_the_headline_says() -> None:
    assert summarise(TEXT, title="Skarnes buys a dredger nobody wanted") == (
        "The port of Skarnes has bought a dredger that three other ports had turned down.",
    )


def test_sentences_come_in_the_order_of_the_text() -> None:
    found = summarise(TEXT, title="The dredger will clear the northern channel", sentences=3)
    assert len(found) == 3
    assert sorted(found, key=TEXT.index) == list(found)


@given(sentences.map("\n".join), st.text(), st.integers(0, 5))
def test_a_summary_is_verbatim_in_order_and_no_longer_than_asked(
    text: str, title: str, wanted: int
) -> None:
    found = summarise(text, title=title, sentences=wanted)
    assert len(found) <= wanted
    at = 0
    for sentence in found:
        at = text.index(sentence, at) + len(sentence)


def test_nothing_gives_nothing() -> None:
    assert summarise("") == ()
    assert digest([], "A headline") == ((), ())


def test_exhortations_and_questions_are_no_bottom_line() -> None:
    text = (
        "Click here to read all about the new dredger of the port.\n"
        "Who would have thought that the port would ever buy one?\n"
        "The port of Skarnes bought it on Monday for 41 million kroner."
    )
    assert summarise(text) == ("The port of Skarnes bought it on Monday for 41 million kroner.",)


def test_a_short_tease_gives_way_to_the_sentence_of_the_headline() -> None:
    text = (
        "Mud is mud, and cheap.\n"
        "The port of Skarnes has bought a dredger that three other ports had turned down."
    )
    assert summarise(text, title="Skarnes buys a dredger nobody wanted") == (text.split("\n")[1],)


def test_a_summary_of_a_text_without_good_sentences_takes_a_weak_one() -> None:
    assert summarise("He did not want to say what it had cost.") == (
        "He did not want to say what it had cost.",
    )


def test_key_points_can_be_understood_alone() -> None:
    bottom, points = digest(
        [
            "The port of Skarnes has bought a dredger that three other ports had turned down.",
            "It cost 41 million kroner, which the port pays over six years.",
            "“Nobody else wanted it,” the mayor said on Monday.",
            "The northern channel will be cleared of sand before the summer comes.",
        ],
        "Skarnes buys a dredger nobody wanted",
    )
    assert bottom == (
        "The port of Skarnes has bought a dredger that three other ports had turned down.",
    )
    assert points == ("The northern channel will be cleared of sand before the summer comes.",)


def test_key_points_come_back_to_what_the_text_comes_back_to() -> None:
    first = "The port of Skarnes has bought a dredger that three other ports had turned down."
    aside = "Odd Berg has painted the old lighthouse red and white since the winter of 1998."
    points = [
        f"The pilots of the ferry say that the channel {what} every year since the flood."
        for what in ("fills with sand", "has moved east", "costs them a propeller", "is shut")
    ]
    found = summarise("\n".join([first, aside, *points]), sentences=2)
    assert found[0] == first
    assert found[1] in points


def test_a_korean_sentence_of_few_words_says_enough() -> None:
    lead = "외항 준설 공사가 월요일 시작됐다."
    assert summarise(lead + " 배 두 척이 가을 폭풍이 오기 전에 진흙을 퍼 올릴 예정이다.") == (lead,)


def test_sentences_are_verbatim_without_the_dateline_in_front() -> None:
    text = "SKARNES, Norway (Reuters) - The port has bought a dredger for its northern channel."
    assert summarise(text) == ("The port has bought a dredger for its northern channel.",)


@given(sentences, st.text())
def test_key_points_are_few_and_never_repeat_the_bottom_line(
    paragraphs: list[str], title: str
) -> None:
    bottom, points = digest(paragraphs, title)
    assert len(bottom) <= 2
    assert len(points) <= KEY_POINTS
    assert not set(bottom) & set(points)


def test_the_bottom_line_takes_no_sentence_that_would_become_one_with_it() -> None:
    """A heading may stand between the two, and then both together stand nowhere in the source."""
    first = "The talks with the Isles ended on Friday in the U.S."
    second = "Kim Ji-woo said that the next round of the talks would start in June."
    assert digest([first, second], "Talks end")[0] == (first,)
    assert digest([first.replace("the U.S.", "haste."), second], "Talks end")[0] == (
        first.replace("the U.S.", "haste."),
        second,
    )
