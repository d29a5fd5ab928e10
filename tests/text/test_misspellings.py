import pytest

from briefbook.text.misspellings import meant

KEYS = ("title", "topics", "note", "published", "publish", "key_points", "id", "status", "story")


@pytest.mark.parametrize(
    ("word", "right"),
    [
        pytest.param("tittle", "title", id="one letter too many"),
        pytest.param("titl", "title", id="one missing"),
        pytest.param("tytle", "title", id="one wrong"),
        pytest.param("titel", "title", id="two swapped"),
        pytest.param("itle", "title", id="the first missing"),
        pytest.param("Title", "title", id="another case"),
        pytest.param("key-points", "key_points", id="a hyphen"),
        pytest.param("Key Points", "key_points", id="a blank"),
        pytest.param("topic", "topics", id="one of several"),
        pytest.param("sotry", "story", id="swapped inside"),
        pytest.param("ttile", "title", id="swapped behind the first"),
    ],
)
def test_one_slip_of_the_hand_is_known(word: str, right: str) -> None:
    assert meant(word, KEYS) == right


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("notes", id="more of them are something else"),
        pytest.param("note2", id="a digit"),
        pytest.param("_note", id="a sign"),
        pytest.param("n0te", id="a digit inside"),
        pytest.param("titels", id="two slips"),
        pytest.param("publishd", id="two words are as near"),
        pytest.param("mood", id="like none"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_not_sure_is_left_alone(word: str) -> None:
    assert meant(word, KEYS) is None


def test_a_known_word_is_itself() -> None:
    assert [meant(key, KEYS) for key in KEYS] == list(KEYS)
