"""What is looked for quickly before a pattern is tried is in all that the pattern finds."""

from hypothesis import given
from hypothesis import strategies as st

from briefbook.parsing import beside
from briefbook.parsing.beside import is_beside, is_caption_or_label, is_of_page, page_signs
from briefbook.parsing.characters import holds_any, plain_case

pieces = st.sampled_from(
    """Ida Berg|is a|columnist|WRITER|ſubſcribe|edİtor|opinions expressed|in Oslo,|(Reuters)|
    May 3, 2024|on Monday, May 3, 2024.|Getty Images|AP Photo|(photo by|is pictured|
    Read more|inbox|(left)|said|.|(|for|the ferry|Jan. 9, 1999""".replace("\n", "").split("|")
)
sentences = st.lists(pieces, max_size=9).map(" ".join)


@given(sentences)
def test_no_sentence_is_missed_by_the_early_look(text: str) -> None:
    if beside._AUTHOR.search(text):
        assert holds_any(plain_case(text), beside._AUTHOR_PARTS)
    if beside._DATED.search(text):
        assert beside._YEAR.search(text)
    if beside._CREDIT.search(text):
        assert beside._CREDIT_SIGN.search(text)


@given(st.lists(sentences, max_size=4), sentences)
def test_the_signs_of_a_whole_text_are_those_of_its_sentences(
    others: list[str], sentence: str
) -> None:
    alone, whole = page_signs(sentence), page_signs("\n".join([*others, sentence]))
    assert is_of_page(sentence, whole) == is_of_page(sentence, alone)
    found = beside._PAGE.search(sentence) or beside._PICTURE.search(sentence)
    assert is_of_page(sentence, whole) == bool(found)


def test_tells_what_speaks_of_the_author_or_a_picture() -> None:
    assert is_beside("Ida Berg is a columnist for the Harbour Post.", 9)
    assert is_beside("Pilots stand by a buoy in Dunmore, May 3, 2024.", 9)
    assert not is_beside("The ferry was sold on May 3, 2024.", 7)
    assert is_caption_or_label("A ferry lies at the quay. (AP Photo/Ida Berg)")
    assert not is_caption_or_label("A ferry lies at the quay (for now).")
