import contextlib
import sys

import pytest

from briefbook.model import BlockKind, PageLine
from briefbook.problems import Place, ProblemError
from briefbook.reading.page import read_page
from tests.tried import many

PLACE = Place("sources/page.html")


def seen(body: str) -> list[str]:
    return list(read_page(f"<!DOCTYPE html><html><body>{body}</body></html>", PLACE)[0])


def refused(text: str) -> str:
    with pytest.raises(ProblemError) as raised:
        read_page(text, PLACE)
    return str(raised.value)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("<p>The  quay\n is <b>c</b>losed.</p>", ["The quay is closed."], id="inline"),
        pytest.param("<div>a<p>b</p>c</div>d", ["a", "b", "c", "d"], id="text around blocks"),
        pytest.param("<p>a<br>b<br><br/>c", ["a", "b", "c"], id="line breaks"),
        pytest.param(
            "<h1>Second ferry<br>for all</h1>", ["Second ferry for all"], id="in headings"
        ),
        pytest.param("<pre>a  b\n\nc</pre>", ["a  b", "c"], id="kept white space"),
        pytest.param("<p>a&nbsp;b &lt;i&gt; &#8217;</p>", ["a\u00a0b <i> ’"], id="entities"),
        pytest.param(
            "<tr><td>no table</td></tr><table><tr><th>a <td><p>b</p></table>",
            ["no table", "a\tb"],
            id="rows",
        ),
        pytest.param(
            "<table><tr><td><div>Menu</div></td><td><p>Text</p><p>More</p></td></tr></table>",
            ["Menu", "Text", "More"],
            id="a layout made of a table",
        ),
        pytest.param("<!-- x --><p>a<!-- b -->c<?php d ?>e</p>", ["ace"], id="comments"),
    ],
)
def test_a_line_is_the_text_of_one_block(body: str, lines: list[str]) -> None:
    assert seen(body) == lines


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        "<noscript>Switch scripts on</noscript>",
        "<template><p>later</p></template>",
        "<svg><text>drawn</text></svg>",
        "<select><option>One</option></select>",
        "<textarea>typed</textarea>",
        "<p hidden>secret</p>",
        "<p style='color: red; display :none'>secret</p>",
        "<div style='visibility:hidden'><p>secret</p></div>",
        "<dialog><p>Accept cookies?</p></dialog>",
    ],
)
def test_what_cannot_be_seen_is_no_text_and_what_follows_it_is(unseen: str) -> None:
    assert seen(f"<div>above{unseen}<b>below</b></div>") in (["abovebelow"], ["above", "below"])


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (
            "<title>T</title><article><h1>Ferry</h1><p>It sails.</p></article>",
            ["Ferry", "It sails."],
        ),
        ("<header>Harbour</header>Menu <p>It sails.", ["Harbour", "Menu", "It sails."]),
        ("<meta name=a><script>x</script><main>It <b>sails</b>.</main>", ["It sails."]),
        ("<html><head><x-y>It sails.</x-y><style>a</style></head></html>", ["It sails."]),
        ("<head><nav>Menu</nav></head><body>and <i>more</i></body>", ["Menu", "and more"]),
    ],
)
def test_a_page_may_leave_out_where_its_body_begins(page: str, lines: list[str]) -> None:
    seen = read_page(f"<!doctype html>{page}", PLACE)[0]
    assert [line for line in seen if not line.startswith("title: ")] == lines


def test_html_says_what_a_line_is() -> None:
    _, page = read_page(
        "<body><h1>Ferry</h1><h3>Costs</h3><ul><li>one<li><p>two</p><p>more</p></ul>"
        "<ol start=4><li>four<li>five</ol><blockquote><p>said</p></blockquote>"
        "<table><tr><td>North<td>14</table><p>end",
        PLACE,
    )
    assert [(m.kind, m.level, m.marker, m.cells) for m in page.lines] == [
        (BlockKind.HEADING, 1, "", ()),
        (BlockKind.HEADING, 3, "", ()),
        (BlockKind.ITEM, 0, "-", ()),
        (BlockKind.ITEM, 0, "-", ()),
        (BlockKind.PARAGRAPH, 0, "", ()),
        (BlockKind.ITEM, 0, "4.", ()),
        (BlockKind.ITEM, 0, "5.", ()),
        (BlockKind.QUOTE, 0, "", ()),
        (BlockKind.TABLE, 0, "", ("North", "14")),
        (BlockKind.PARAGRAPH, 0, "", ()),
    ]


def test_statements_stand_above_the_text_and_are_no_main_text() -> None:
    lines, page = read_page(
        '<html><head><meta name="author" content="Mina Hart"></head><body><p>The quay is wet.',
        PLACE,
    )
    assert lines == ("Mina Hart", "The quay is wet.")
    assert page.lines[0] == PageLine()
    assert page.facts.authors is not None
    assert page.facts.authors.line == 1


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>"])
def test_refuses_what_is_nested_too_deep_to_be_read_whole(opening: str) -> None:
    assert refused("<html><body>" + opening * 300 + "the end") == (
        "sources/page.html: error: the elements of this page are nested more than 250 levels deep\n"
        "    fix: copy the text of the page into a .txt file"
    )


def test_reads_what_is_nested_as_deep_as_pages_are() -> None:
    assert seen("<div>" * 200 + "the end") == ["the end"]


def test_refuses_more_attributes_of_one_element_than_any_page_has() -> None:
    """The parser would compare each with all others, for minutes."""
    attributes = " ".join(f'a{number}=">"' for number in range(150_000))
    assert refused(f"<html><body><p {attributes}>the end") == (
        "sources/page.html: error: an element of the page has 150000 attributes, more than 1000\n"
        "    fix: copy the text of the page into a .txt file"
    )


def test_attributes_are_counted_of_each_element_alone() -> None:
    element = "<p " + " ".join(f"a{number}='1'" for number in range(500)) + ">the end</p>"
    assert seen(element * 4) == ["the end"] * 4


@pytest.mark.parametrize("cut", ["='", '="', "=\n", "<a ", "<a", '<a ="'])
def test_megabytes_of_broken_attributes_are_read_or_refused_at_once(cut: str) -> None:
    page = "<p>the end</p><p " + cut * (many(short=200_000, long=2_000_000) // len(cut))
    with contextlib.suppress(ProblemError):
        read_page(page, PLACE)


def test_two_megabytes_of_unclosed_tags_are_refused_at_once() -> None:
    message = refused("<p>x<i>" * 300_000)
    assert "elements" in message
    assert "fix: copy the text of the page into a .txt file" in message


def test_refuses_more_elements_than_any_page_has() -> None:
    assert refused("<p>x</p>" * 10_000) == (
        "sources/page.html: error: the page has 10002 elements, more than the limit of 10000\n"
        "    fix: copy the text of the page into a .txt file"
    )


@pytest.mark.parametrize("text", ["<html></html>", "<p hidden>x", "<body><script>x</script>"])
def test_refuses_a_page_without_text(text: str) -> None:
    assert refused(text) == (
        "sources/page.html: error: the page has no text that can be seen\n"
        "    fix: save the page with its text, or copy it"
    )


def test_refuses_a_page_without_elements() -> None:
    assert refused("<!-- nothing -->") == (
        "sources/page.html: error: this is no HTML page: there are no elements in it\n"
        "    fix: save the page anew, or as .txt"
    )


def test_says_how_to_install_what_reads_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert refused("<p>The quay is wet.") == (
        "sources/page.html: error: HTML sources need trafilatura, which is not installed\n"
        '    fix: install it with `pip install "briefbook[html]"`, in a clone'
        ' `pip install --editable ".[html]"`'
    )
