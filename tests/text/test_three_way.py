import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefbook.text.three_way import Stretch, pieces_of, stretches, text_of


def three_way(base: str, ours: str, theirs: str) -> str | None:
    """Merge what two sides made of a text; None where they contradict each other."""
    found = stretches(pieces_of(base), pieces_of(ours), pieces_of(theirs))
    merged = [stretch.merged for stretch in found]
    if None in merged:
        return None
    return text_of([piece for pieces in merged for piece in pieces or ()])


BASE = "one\n\ntwo\n\nthree\n\nfour"


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        pytest.param(BASE, BASE, BASE, id="nobody changed it"),
        pytest.param(
            "one\n\nTWO\n\nthree\n\nfour",
            "one\n\ntwo\n\nthree\n\nfive\n\nfour",
            "one\n\nTWO\n\nthree\n\nfive\n\nfour",
            id="in two places",
        ),
        pytest.param(
            "one\n\nTWO\n\nthree\n\nfour",
            "one\n\ntwo\n\nnew\n\nthree\n\nfour",
            "one\n\nTWO\n\nnew\n\nthree\n\nfour",
            id="right below a changed line",
        ),
        pytest.param(
            "one\n\ntwo\n\nthree", "new\n\n" + BASE, "new\n\none\n\ntwo\n\nthree", id="at both ends"
        ),
        pytest.param(
            "one\n\nthree\n\nfour", "one\n\nthree\n\nfour", "one\n\nthree\n\nfour", id="the same"
        ),
        pytest.param(
            "one\n\nTWO\n\nthree\n\nfour", "one\n\n2\n\nthree\n\nfour", None, id="rewritten"
        ),
        pytest.param(
            "one\n\nTWO\n\nthree\n\nfour", "one\n\nthree\n\nfour", None, id="rewritten, gone"
        ),
        pytest.param(f"{BASE}\n\nours", f"{BASE}\n\ntheirs", None, id="both put in the same place"),
        pytest.param("one\n\nfour", "one\n\ntwo\n\nnew\n\nthree\n\nfour", None, id="inside a cut"),
    ],
)
def test_merges_what_does_not_contradict(ours: str, theirs: str, merged: str | None) -> None:
    assert three_way(BASE, ours, theirs) == merged
    assert three_way(BASE, theirs, ours) == merged


def test_an_item_does_not_lose_the_blank_line_above_its_list() -> None:
    base, theirs = "intro\n\n- a\n- b\n- c", "intro\n\n- b\n- c"
    assert three_way(base, "intro\n\n- a\n- b\n- C", theirs) == "intro\n\n- b\n- C"
    assert three_way(base, "intro\n\n- a\n- B\n- c", theirs) is None


def test_blank_lines_of_either_side_stay() -> None:
    assert three_way("a\n\nb", "a\n\n\n \nb", "a\n\nb\n\nc") == "a\n\n\n \nb\n\nc"


_text = st.lists(st.sampled_from(["a", "b", "c", "d", "- a", "- b", ""]), max_size=8).map(
    lambda lines: text_of(pieces_of("\n".join(lines)))
)


@given(_text, _text)
def test_one_side_alone_is_taken_whole(base: str, changed: str) -> None:
    assert three_way(base, changed, base) == changed
    assert three_way(base, base, changed) == changed
    assert three_way(base, changed, changed) == changed


def lines_of(text: str) -> set[str]:
    return {line for line in text.split("\n") if line}


@given(_text, _text, _text)
@example("a", "", "a\na")
def test_a_merge_invents_nothing_and_does_not_depend_on_who_is_who(
    base: str, ours: str, theirs: str
) -> None:
    merged = three_way(base, ours, theirs)
    assert merged == three_way(base, theirs, ours)
    if merged is not None:
        was, of_ours, of_theirs, now = map(lines_of, (base, ours, theirs, merged))
        assert now <= of_ours | of_theirs
        assert of_ours - was <= now
        assert of_theirs - was <= now


@given(st.text("a- \n\t", max_size=12))
def test_a_text_without_blanks_around_it_is_its_pieces(text: str) -> None:
    whole = text_of(pieces_of(text))
    assert text_of(pieces_of(whole)) == whole
    assert whole.split() == text.split()


def test_tells_what_each_side_has_in_the_place_of_what() -> None:
    base, ours, theirs = (tuple(text.split()) for text in ("a b c d", "a B c d", "a b c d e"))
    assert list(stretches(base, ours, theirs)) == [
        Stretch(("a",), ("a",), ("a",)),
        Stretch(("b",), ("B",), ("b",)),
        Stretch(("c", "d"), ("c", "d"), ("c", "d")),
        Stretch((), (), ("e",)),
        Stretch((), (), ()),
    ]


def test_two_changes_of_one_side_meet_one_of_the_other() -> None:
    base, ours, theirs = (
        tuple(text.split()) for text in ("a b c d e", "a B1 B2 c D1 D2 e", "a X e")
    )
    assert list(stretches(base, ours, theirs))[1] == Stretch(
        ("b", "c", "d"), ("B1", "B2", "c", "D1", "D2"), ("X",)
    )


def test_a_change_that_reaches_beyond_others_meets_them_all() -> None:
    base, ours, theirs = (tuple(text.split()) for text in ("a b c d e", "a B1 B2 c D1 D2 e", "X e"))
    assert list(stretches(base, ours, theirs))[1] == Stretch(
        ("a", "b", "c", "d"), ("a", "B1", "B2", "c", "D1", "D2"), ("X",)
    )


def test_the_blank_lines_above_a_text_go_and_its_indent_stays() -> None:
    assert text_of(("\n\n    one", "two")) == "    one\ntwo"
    assert text_of(("one",)) == "one"
    assert text_of(()) == ""
