import time

import pytest

from briefbook.parsing.standing import standing

LEAD = "The port of Skarnes has bought a dredger that three other ports had turned down."
MORE = "The council of the town will pay for the dredger over the next six years."


def texts(*paragraphs: str, is_raw: bool = False) -> list[str]:
    return [s.text for s in standing(paragraphs, is_raw=is_raw)]


def strong(*paragraphs: str) -> list[str]:
    return [s.text for s in standing(paragraphs) if not s.is_weak]


@pytest.mark.parametrize(
    "line",
    [
        "Who would have thought that the port would ever buy one?",
        "Click here to read all about the new dredger of the port.",
        "Subscribe to our newsletter to get the news of the harbour every morning.",
        "Media playback is unsupported on your device while the dredger sails.",
        "The story of the dredger is told at https://port.example/dredger today.",
        "• Dredger: latest news • Pilots agree on a price • The mayor speaks in the town hall.",
        "A line without a stop that says something about the dredger",
        "FILE - In this May 3, 2024, photo, the dredger lies in the harbour of Skarnes.",
        "Liv Aune, left, and Odd Berg look at the dredger that the port has bought.",
        "The dredger lies at the quay of Skarnes on a rainy day. (Odd Berg/Nordic Picture Desk)",
        "GETTY The dredger of Skarnes lies at the quay where it rained",
        "Pilots stand on the deck of the dredger in Skarnes, Sunday, Feb. 4, 2024.",
        "Pilots stand on the deck of the new dredger in Skarnes, May 3, 2024.",
        "Odd Berg is a freelance writer and has written about ports for years.",
        "The views expressed here are those of the author alone, not of the port.",
        "The port’s Odd Berg explains what the new dredger does all day.",
    ],
)
def test_what_is_no_sentence_of_the_article_never_stands(line: str) -> None:
    assert texts(line, LEAD, MORE) == [LEAD, MORE]


@pytest.mark.parametrize(
    "sentence",
    [
        "This week the port of Skarnes opened a school for young pilots.",
        "There are nine pilots in Skarnes, and two of them want to leave.",
        "Britain and Norway agreed on Thursday, May 2, 2024, to share the pilots of the channel.",
        "The writer of the letter is a pilot who has never left the harbour.",
        "“Mud and Sand” sold better in Skarnes than any other film this year.",
        "The channel is seen as the only way to keep the ferry of the town.",
    ],
)
def test_sentences_that_only_look_like_it_stand(sentence: str) -> None:
    assert strong(sentence, LEAD) == [sentence, LEAD]


@pytest.mark.parametrize(
    "sentence",
    [
        "He said that the dredger was worth its price and more.",
        "This has never been done in the north of the country before.",
        "In this context the price of the dredger is of no great weight.",
        "Still, she wants the pilots to know that the dredger will be paid.",
        "On Monday she told the council what the pilots think of it.",
        "“Nobody else in town wanted the dredger,” the mayor said on Monday.",
        "Nobody wanted the dredger, the mayor said: “That is why it was cheap.",
        "Sand costs money.",
        "Moreover, the dredger can be let to other ports in the winter.",
        "Ils ont acheté la drague que trois autres ports avaient refusée.",
    ],
)
def test_what_cannot_stand_alone_is_weak(sentence: str) -> None:
    found = [s for s in standing([LEAD, sentence]) if s.text == sentence]
    assert all(s.is_weak for s in found)
    assert strong(LEAD, sentence) == [LEAD]


def test_what_stands_above_a_dateline_is_left_out() -> None:
    assert texts("Pilots watch a dredger at work in the rain.", f"SKARNES, Norway — {LEAD}") == [
        LEAD
    ]


def test_a_dateline_further_down_opens_another_item() -> None:
    paragraphs = [LEAD, *(f"Berth {n} of the port was closed on Monday." for n in range(5))]
    assert texts(*paragraphs, f"OSLO (Reuters) - {MORE}") == [*paragraphs, MORE]


def test_a_standfirst_has_no_stop_and_opens_a_raw_text() -> None:
    standfirst = (
        "Council votes for the purchase after a night of talks, as the pilots warn that the channel"
        " is filling with sand"
    )
    assert texts(standfirst, LEAD, is_raw=True) == [standfirst, LEAD]
    assert texts(standfirst, LEAD) == [LEAD]
    assert texts(LEAD, standfirst, is_raw=True) == [LEAD]


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "a. ",
        "(Photo ",
        "“",
        "He said. ",
        "GETTY A",
        "In this photo ",
        "港",
        "SKARNES (",
        "x\n",
    ],
)
def test_odd_text_takes_no_longer_than_plain_text(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    began = time.process_time()
    standing(text.split("\n"))
    assert time.process_time() - began < 20
