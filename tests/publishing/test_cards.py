import io

import pytest
from PIL import Image

from briefbook.publishing.cards import can_write, card


def pixels(made: bytes) -> Image.Image:
    return Image.open(io.BytesIO(made)).convert("L")


def test_a_card_has_the_size_that_is_asked_for_and_the_same_bytes() -> None:
    made = card("Harbour Brief", "Dredging begins")
    assert pixels(made).size == (1200, 630)
    assert made == card("Harbour Brief", "Dredging begins")
    assert made != card("Harbour Brief", "Dredging ends")
    assert len(made) < 20_000


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("Seoul’s “deal” – signed", True),
        ("Short—and sweet", True),
        ("한국 국방", False),
        ("Порт", False),
        ("", True),
    ],
)
def test_it_knows_what_the_font_can_write(title: str, known: bool) -> None:
    assert can_write(title) is known


@pytest.mark.parametrize(
    "title", ["word " * 300, "w" * 5_000, "", "\x00\u202e", "\ud800", "한국"], ids=repr
)
def test_odd_titles_stay_inside_the_picture(title: str) -> None:
    image = pixels(card("", title))
    assert image.crop((1111, 100, 1200, 630)).getextrema() == (250, 250)
    assert image.crop((0, 545, 1200, 630)).getextrema() == (250, 250)
