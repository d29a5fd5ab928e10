import pytest
from lxml import html

from briefbook.problems import Place
from briefbook.reading import maintext
from briefbook.reading.maintext import find_main_text

FIRST = "The port of Skarnes will be closed from Monday, the harbour master said at noon."
SECOND = "Two ships will take up the mud, and nobody knows where it is to go after that."
THIRD = "Fishermen have been promised money for the season they lose to the dredging."


def main_of(lines: list[str], pieces: list[str], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(maintext, "_pieces", lambda tree, place: iter(pieces))
    return sorted(find_main_text(None, lines, Place("a.html")))


@pytest.mark.parametrize(
    ("lines", "pieces", "expected"),
    [
        pytest.param(["Menu", FIRST, SECOND, "End"], [FIRST, SECOND], [1, 2], id="equal"),
        pytest.param([FIRST], ["", FIRST.upper().replace(" ", "\n")], [0], id="white space"),
        pytest.param(
            ["Ports", "Ports", FIRST, "Ports"], ["Ports", FIRST], [1, 2], id="the nearest above"
        ),
        pytest.param(
            [SECOND, "Teaser", FIRST, SECOND, THIRD],
            [FIRST, SECOND, THIRD],
            [2, 3, 4],
            id="a teaser above repeats a sentence",
        ),
        pytest.param([FIRST, SECOND], [FIRST + " " + SECOND], [0, 1], id="a piece of two lines"),
        pytest.param(
            [f"{FIRST} [1] {SECOND}"], [f"{FIRST} {SECOND}"], [0], id="a mark was taken out"
        ),
        pytest.param(
            ["Ports", FIRST], [f"{FIRST} Ports of call"], [1], id="a short part is chance"
        ),
        pytest.param([FIRST], [], [], id="no main text"),
    ],
)
def test_finds_the_pieces_again_among_the_lines(
    lines: list[str], pieces: list[str], expected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main_of(lines, pieces, monkeypatch) == expected


def test_text_that_stands_everywhere_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(main_of(["x"] * 9_000, ["x"] * 9_000, monkeypatch)) <= maintext._MOST_PLACES


def test_trafilatura_leaves_out_menus_and_footers() -> None:
    tree = html.document_fromstring(
        "<html><body><nav><ul><li><a href=/>Home</a><li><a href=/p>Ports</a></ul></nav><article>"
        f"<h1>The mud of Skarnes</h1><p>{FIRST}</p><p>{SECOND}</p><h2>Money</h2><p>{THIRD}</p>"
        "</article><footer><p>© 2026 Mudflat Post, all rights reserved</p></footer></body></html>"
    )
    lines = ["Home", "Ports", "The mud of Skarnes", FIRST, SECOND, "Money", THIRD, "© 2026 Mudflat"]
    found = find_main_text(tree, lines, Place("a.html"))
    assert {3, 4, 5, 6} <= found
    assert not found & {0, 1, 7}


def test_reading_leaves_the_tree_as_it_was() -> None:
    tree = html.document_fromstring(f"<body><nav>Menu</nav><p>{FIRST}</p><p>{SECOND}</p></body>")
    before = html.tostring(tree)
    find_main_text(tree, [FIRST, SECOND], Place("a.html"))
    assert html.tostring(tree) == before
