import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook import Name, find_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The talks in Baghdad were led by Minister Ahn Gyu-back. They liked Ahn.",
            [("Ahn Gyu-back", "person"), ("Baghdad", "place")],
            id="a short form belongs to the full name",
        ),
        pytest.param(
            "Gen. Liv Aune said so. The Ministry of Defense did not.",
            [("Liv Aune", "person"), ("Ministry of Defense", "organisation")],
            id="rank and office are no part of a name",
        ),
        pytest.param(
            "Ships left the U.S. for Norway. The U.S. paid.",
            [("U.S.", "place"), ("Norway", "place")],
            id="acronyms keep their stops",
        ),
        pytest.param(
            "Gen. Liv Aune met Gen. Tor Aune. They saw President Aune.",
            [("Liv Aune", "person"), ("Tor Aune", "person")],
            id="a short form of two names belongs to none",
        ),
        pytest.param("It rained. Nobody came. They left.", [], id="openers are no names"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_finds_the_names_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name.text, name.kind) for name in find_names(text)] == expected


@given(st.text() | st.text(st.sampled_from("AB ab.,’'-\nUSofthe")))
def test_names_are_distinct_and_of_three_kinds(text: str) -> None:
    names = find_names(text)
    assert len({name.text for name in names}) == len(names)
    assert all(isinstance(n, Name) and n.text.strip() for n in names)
    assert {name.kind for name in names} <= {"person", "organisation", "place"}
