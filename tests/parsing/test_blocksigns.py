"""The signs of body lines, and what the weights make of shapes that are easily mistaken."""

import pytest

from briefbook.model import BlockKind
from briefbook.parsing.blocksigns import BodyLine, bundles_of, signs_of
from briefbook.parsing.sequence import best_path, best_states, load, packing
from briefbook.parsing.structure import structure, weight_of

PROSE = (
    "The pilots have asked for a second boat since the spring, and the harbour office has answered "
    "each of their letters with a form that nobody at the pier has ever been able to fill in.",
    "In the end the office sent two clerks with a ladder, who measured the boat from all sides, "
    "wrote the figures into a book, and went home on the same evening without another word.",
    "The boat is eleven metres long and thirty years old, and its engine was built for a tractor, "
    "as the oldest of the pilots likes to tell whoever stays long enough to hear the whole story.",
)


def lines_of(text: str) -> list[BodyLine]:
    found: list[BodyLine] = []
    above = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found.append(BodyLine(number, line.strip(), number != above + 1))
            above = number
    return found


def kinds(text: str) -> list[str]:
    lines = lines_of(text)
    found = structure(lines).kinds
    return [str(found[line.number]) for line in lines]


def test_a_line_has_each_sign_once() -> None:
    text = "\n\n".join((*PROSE, "Where the boat is now", PROSE[0], "Rope:\n1. one\n* two (2)"))
    for signs in signs_of(lines_of(text), {}):
        assert len(signs) == len(set(signs))


def test_a_line_that_is_certain_has_no_other_sign() -> None:
    lines = lines_of("\n\n".join(PROSE))
    signs = signs_of(lines, {lines[1].number: "item"})
    assert signs[1] == ["known item"]
    assert any("item" in sign for sign in signs[0])


def test_what_is_remembered_weighs_as_much_as_the_names_of_the_signs() -> None:
    lines = lines_of("\n\n".join((*PROSE, "Where the boat is now (1994)", PROSE[0], "Rope:\nOne")))
    model = load("structure")
    named = [model.scores(signs) for signs in signs_of(lines, {})]
    for _ in range(2):  # the second time from memory
        unpacked = packing(len(model.states)).unpacked
        bundled = [sum(weight_of(one) for one in own) for own in bundles_of(lines, {})]
        assert [unpacked(total) for total in bundled] == named


def test_the_best_path_is_the_same_with_and_without_how_sure_it_is() -> None:
    model = load("structure")
    lines = lines_of("\n".join((*PROSE, "Rope", "Tar", PROSE[1], "Lamps:", "One", "Two")))
    scores = [model.scores(signs) for signs in signs_of(lines, {})]
    assert best_states(model, scores) == best_path(model, scores)[0]
    assert best_states(model, []) == ()
    even = [(0,) * len(model.states)] * 3
    assert best_states(model, even) == best_path(model, even)[0]


def test_a_line_of_very_many_letters_is_long_however_it_is_written() -> None:
    for text in ("many small words " * 40, "字" * 500, "w" * 500):
        shown = signs_of([BodyLine(1, text.strip(), True)], {})[0]
        assert "words 10" in shown


def test_a_text_without_lines_has_no_signs() -> None:
    assert signs_of([], {}) == []
    assert structure([]).blocks == ()


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["without blank lines", "with blank lines"])
def test_a_heading_stands_out_with_and_without_blank_lines(gap: str) -> None:
    text = gap.join((PROSE[0], PROSE[1], "Where the old boat is now", PROSE[2], PROSE[0]))
    assert kinds(text) == ["paragraph", "paragraph", "heading", "paragraph", "paragraph"]


def test_prose_in_one_block_is_no_list() -> None:
    assert kinds("\n".join(PROSE * 2)) == ["paragraph"] * 6


def test_a_list_without_bullets_ends_where_prose_begins_again() -> None:
    items = "three coils of rope\na lamp with a red glass\ntwo pairs of oars\nan anchor"
    text = f"{PROSE[0]}\n\nThe clerks found these things on board:\n\n{items}\n\n{PROSE[1]}"
    assert kinds(text) == ["paragraph"] * 2 + ["item"] * 4 + ["paragraph"]


def test_a_list_below_a_heading_needs_no_colon() -> None:
    items = "Three coils of rope\nA lamp with a red glass\nTwo pairs of oars\nAn anchor"
    text = f"{PROSE[0]}\n\nWhat the clerks found\n\n{items}\n\n{PROSE[1]}\n\n{PROSE[2]}"
    assert kinds(text) == ["paragraph", "heading"] + ["item"] * 4 + ["paragraph"] * 2


def test_the_last_line_heads_nothing() -> None:
    assert kinds("\n\n".join((*PROSE, "Where the old boat is now")))[-1] != "heading"


def test_a_numbered_line_above_its_own_text_is_a_heading() -> None:
    text = "\n\n".join(
        ("1. The boat", PROSE[0], "2. The ladder", PROSE[1], "3. The last boat", PROSE[2])
    )
    found = kinds("\n\n".join((PROSE[1], text, *PROSE)))
    assert found == ["paragraph"] + ["heading", "paragraph"] * 3 + ["paragraph"] * 3


def test_a_line_that_leads_in_a_marked_list_is_no_heading() -> None:
    text = f"{PROSE[0]}\n\nThe clerks found three things:\n\n* rope\n* a lamp\n* oars"
    assert kinds(text) == ["paragraph"] * 2 + ["item"] * 3


def test_numbered_rows_with_tabs_are_a_table() -> None:
    assert kinds(f"{PROSE[0]}\n\n1. Hope\t11\n2. Faith\t12")[1:] == ["table"] * 2


def test_neighbours_whose_numbers_rise_are_a_list() -> None:
    assert kinds(f"{PROSE[0]}\n\n1. Rope\n2. Lamp\n3. Oars")[1:] == ["item"] * 3


def test_what_a_line_says_by_its_own_mark_wins() -> None:
    text = f"{PROSE[0]}\n\n## {PROSE[1]}\n\n> Rope\n\n* {PROSE[2]}\n\nQ: Rope\n\n{PROSE[1]}"
    expected = ["paragraph", "heading", "quote", "item", "question", "paragraph"]
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ("Boat Length Crew\nHope 11 4\nFaith 12 5", "table"),
        ("Boat Built Engine\nHope in the north Diesel 11\nMary in the south Steam 12", "table"),
        ("Boat Crew Built\nHope 11 men 1994\nFaith 12 men 1996", "table"),
        ("Costs a year\nRope (new) 400 crowns\nTar, two barrels 80 crowns", "table"),
        ("Length: 11 metres\nCrew: 4 men\nBuilt: 1994", "item"),
        ("11 coils of rope\n12 lamps\n13 pairs of oars", "item"),
        ("rope and tar\nlamp and oil\noars and paint", "item"),
        ("Boat Hope 11\nBoat Faith 12\nBoat Mary 13", "item"),
    ],
    ids=[
        "figures",
        "words",
        "figures and words",
        "brackets and commas",
        "labels",
        "figures first",
        "small letters",
        "the same opening",
    ],
)
def test_only_what_looks_like_cells_is_a_table(rows: str, kind: str) -> None:
    found = kinds(f"{PROSE[0]}\n\n{PROSE[1]}\n\n{rows}\n\n{PROSE[2]}")
    assert (found[2:5] == ["table"] * 3) == (kind == "table")


def test_text_stays_as_it_is() -> None:
    text = "\n\n".join((PROSE[0], "Where the boat is now", PROSE[1], "Rope\nLamp\nOars", PROSE[2]))
    blocks = structure(lines_of(text)).blocks
    assert [block.text for block in blocks] == [line.text for line in lines_of(text)]
    assert blocks[1].kind is BlockKind.HEADING
