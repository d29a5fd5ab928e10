from xml.etree.ElementTree import Element, fromstring, tostring

from briefbook.model import TracedSentence
from briefbook.publishing.tracing import CLOSE, OPEN, Tracer


def block(xml: str) -> Element:
    return fromstring(xml)


def marked(element: Element) -> str:
    return tostring(element, "unicode").replace(OPEN, "{").replace(CLOSE, "}")


def test_finds_sentences_through_markup_and_line_breaks() -> None:
    tracer = Tracer((TracedSentence("body", "One two three.", (4, 4)),))
    assert tracer.trace(block("<p>One <em>two</em>\nthree.</p>")) == 4


def test_marks_only_what_does_not_stand_in_the_source() -> None:
    element = block("<p>One. Two <b>and</b> more. Three.</p>")
    tracer = Tracer(
        (
            TracedSentence("body", "One.", (7, 7)),
            TracedSentence("body", "Two and more.", None),
            TracedSentence("body", "Three.", (8, 8)),
        )
    )
    assert tracer.trace(element) == 7
    assert marked(element) == "<p>One. {Two }<b>{and}</b>{ more.} Three.</p>"


def test_a_sentence_that_stands_twice_is_found_twice() -> None:
    sentences = (TracedSentence("body", "Yes.", (1, 1)), TracedSentence("body", "Yes.", (5, 5)))
    tracer = Tracer(sentences)
    assert [tracer.trace(block("<p>Yes.</p>")) for _ in range(3)] == [1, 5, 5]


def test_steps_over_a_sentence_the_page_shows_otherwise() -> None:
    tracer = Tracer(
        (TracedSentence("body", "Lost.", (1, 1)), TracedSentence("body", "Found.", (2, 2)))
    )
    assert tracer.trace(block("<p>Found.</p>")) == 2


def test_takes_no_sentence_of_another_field() -> None:
    assert Tracer((TracedSentence("title", "One.", (1, 1)),)).trace(block("<p>One.</p>")) is None


def test_cells_of_a_row_stand_apart() -> None:
    sentences = (TracedSentence("body", "12", (3, 3)), TracedSentence("body", "34", None))
    element = block("<tr><td>12</td><td>34</td></tr>")
    assert Tracer(sentences).trace(element) == 3
    assert marked(element) == "<tr><td>12</td><td>{34}</td></tr>"


def test_texts_before_and_behind_a_block_inside_stand_apart() -> None:
    sentences = (TracedSentence("body", "One", (3, 3)), TracedSentence("body", "three", None))
    element = block("<li>One<ul><li>two</li></ul>three</li>")
    assert Tracer(sentences).trace(element) == 3
    assert marked(element) == "<li>One<ul><li>two</li></ul>{three}</li>"


def test_marks_what_is_not_known_only_where_it_must_be_the_editors() -> None:
    sentences = (TracedSentence("body", "One.", (3, 3)),)
    parsers, editors = block("<p>One. Two.</p>"), block("<p>One. Two.</p>")
    assert Tracer(sentences).trace(parsers) == 3
    assert Tracer(sentences, marks_unknown=True).trace(editors) == 3
    assert (marked(parsers), marked(editors)) == ("<p>One. Two.</p>", "<p>One. {Two.}</p>")


def test_many_sentences_the_page_shows_otherwise_lose_no_mark_of_others() -> None:
    lost = tuple(TracedSentence("body", f"Lost {n}.", None) for n in range(200))
    element = block("<p>Mine.</p>")
    Tracer((*lost, TracedSentence("body", "Mine.", None))).trace(element)
    assert marked(element) == "<p>{Mine.}</p>"


def test_does_not_take_a_part_of_a_word_for_a_sentence() -> None:
    assert Tracer((TracedSentence("body", "No", (1, 1)),)).trace(block("<p>Noon</p>")) is None
