import pytest
from markupsafe import Markup

from briefbook.publishing.characters import one_line, printable


@pytest.mark.parametrize("character", list("\x00\x07\x0b\x1f\x7f\x85\ud800\ufdd0\ufffe"))
def test_takes_out_what_breaks_xml_or_forges_marks(character: str) -> None:
    assert printable(f"a{character}b") == "ab"


def test_keeps_line_feeds_tabs_and_everything_people_read() -> None:
    text = "a\tb\nc é 한국 \U0001f6a2 \uf8ff"
    assert printable(text) == text


def test_a_line_of_its_own_has_no_turned_direction() -> None:
    assert one_line(" a\n\u202eb \u2066c") == "a b c"


@pytest.mark.parametrize("text", ["<b>", "<b>\n", "<b>\x00"])
def test_of_markup_it_makes_text_which_is_escaped_then(text: str) -> None:
    assert type(printable(Markup(text))) is str
