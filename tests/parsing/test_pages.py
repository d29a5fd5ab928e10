"""Promise 1 for HTML pages: each line one fate, the body traceable, the page's own words first."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.model import Article, Fate, Line
from briefbook.parsing import parse
from briefbook.parsing.pages import MAIN, NOT_MAIN, STATED
from briefbook.problems import ProblemError
from briefbook.reading import make_source
from briefbook.text.mending import apply
from briefbook.text.words import collapsed

HEAD = """<meta property="og:title" content="Second ferry for the northern islands">
<meta property="article:published_time" content="2026-03-02">"""
TEXT = """<h1>Second ferry for the northern islands</h1>
<p>By Mina Hart</p><p>March 3, 2026</p><p>Share</p>
<p>A second ferry will serve the northern islands from May, the port said on Tuesday.It has 80
cars on two decks, and it burns methanol made from wood.</p>
<p>The islands asked for it for eleven years, and last winter the shops of Skarnes ran out of
flour when the only ship lay in dock.</p>
<p>Also Read: Five harbours worth a detour</p>
<h2>What it costs</h2><p>The ship costs 41 million, of which the province pays half and the port
the rest over fifteen years.</p><h3>Trips</h3><ul><li>The morning trip leaves at six and takes
forty minutes.<li>The evening trip waits for the last train from the capital.</ul>
<table><tr><th>Quay<th>Depth<tr><td>North<td>14 m<tr><td>South<td>9 m</table>
<p>Tickets go on sale in April, and whoever lives on the islands pays half of the price.</p>"""
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/p'>Ports</a></li></ul></nav>"


def article(head: str = HEAD, text: str = TEXT) -> Article:
    page = f"<html><head>{head}</head><body>{MENU}<article>{text}</article></body></html>"
    return parse(make_source(page.encode(), "sources/page.html"))


def line(found: Article, text: str) -> Line:
    return next(one for one in reversed(found.lines) if text in one.text)


@pytest.mark.parametrize(
    ("text", "fate", "rule"),
    [
        ("Home", Fate.DROPPED, NOT_MAIN),
        ("Ports", Fate.DROPPED, NOT_MAIN),
        ("Second ferry for", Fate.METADATA, "headline"),
        ("By Mina Hart", Fate.METADATA, "byline"),
        ("March 3", Fate.METADATA, "date line"),
        ("2026-03-02", Fate.METADATA, STATED),
        ("A second ferry", Fate.BODY, MAIN),
        ("What it costs", Fate.BODY, MAIN),
        ("Also Read", Fate.DROPPED, "furniture: also read"),
    ],
)
def test_each_line_has_a_fate_and_says_why(text: str, fate: Fate, rule: str) -> None:
    found = line(article(), text)
    assert (found.fate, found.rule) == (fate, rule)


def test_blocks_are_what_html_says() -> None:
    assert article().body == (
        "A second ferry will serve the northern islands from May, the port said on Tuesday. It has "
        "80 cars on two decks, and it burns methanol made from wood.\n\n"
        "The islands asked for it for eleven years, and last winter the shops of Skarnes ran out "
        "of flour when the only ship lay in dock.\n\n"
        "## What it costs\n\n"
        "The ship costs 41 million, of which the province pays half and the port the rest over "
        "fifteen years.\n\n"
        "### Trips\n\n"
        "- The morning trip leaves at six and takes forty minutes.\n"
        "- The evening trip waits for the last train from the capital.\n\n"
        "| Quay | Depth |\n| --- | --- |\n| North | 14 m |\n| South | 9 m |\n\n"
        "Tickets go on sale in April, and whoever lives on the islands pays half of the price."
    )


def test_what_a_page_states_is_preferred_to_what_its_text_says() -> None:
    facts = article().facts
    assert facts.published is not None
    assert (facts.published.value.isoformat(), facts.published.line) == ("2026-03-02", 2)
    assert facts.authors is not None
    assert (facts.authors.value, facts.authors.rule) == (("Mina Hart",), "byline")


def test_a_page_that_states_nothing_is_read_by_its_text() -> None:
    found = article(head="")
    assert found.title == "Second ferry for the northern islands"
    assert str(found.published) == "2026-03-03"


def test_a_stated_headline_is_mended_as_its_line_is() -> None:
    found = article(head='<meta property="og:title" content="The ferry left.Nobody saw it">')
    assert found.title == "The ferry left. Nobody saw it"


def test_where_nothing_is_main_text_the_lines_are_judged_as_plain_text() -> None:
    lines = (
        "<h1>The quay</h1><p>The quay will be wet until the ice has gone in May.</p><p>Share</p>"
    )
    source = make_source(f"<html><body>{lines}</body></html>".encode(), "sources/page.html")
    assert source.page is not None
    marks = tuple(replace(mark, is_main=False) for mark in source.page.lines)
    found = parse(replace(source, page=replace(source.page, lines=marks)))
    assert [(line.fate, line.rule) for line in found.lines] == [
        (Fate.METADATA, "headline"),
        (Fate.BODY, "prose"),
        (Fate.DROPPED, "furniture: share"),
    ]


def test_a_byline_below_a_headline_that_is_main_text_is_found() -> None:
    source = make_source(f"<html><body>{TEXT}</body></html>".encode(), "sources/page.html")
    assert source.page is not None
    marks = tuple(
        replace(mark, is_main=not line.startswith(("By", "March")))
        for mark, line in zip(source.page.lines, source.lines, strict=True)
    )
    found = parse(replace(source, page=replace(source.page, lines=marks)))
    assert found.authors == ("Mina Hart",)


def test_a_line_that_is_taken_for_a_headline_stays_text_where_the_page_states_another() -> None:
    """A standfirst, which the text bears out better than the stated headline does."""
    standfirst = "New ferry for islands that waited eleven years"
    found = article(text=TEXT.replace("<h1>Second", f"<p>{standfirst}</p><h1>Second"))
    assert found.title == "Second ferry for the northern islands"
    assert line(found, standfirst).fate is not Fate.METADATA


_pieces = st.lists(
    st.sampled_from(
        """<p> </p> <div> <b> </b> <h2> <li> <ul> </ul> <table> <tr> <td> </table> <br> <script>
        </script> <!-- --> <blockquote> </blockquote> <pre> </pre> <svg> </svg> &amp; &#0; < >
        By_Mina_Hart Home 2026-03-03 “Why?” talks.The U.S. 항구는_다시_열렸다. |""".split()
    )
    | st.just("<p>The port of Skarnes will be closed from Monday for nine weeks.")
    | st.text(max_size=12),
    max_size=40,
).map(lambda pieces: " ".join(pieces).replace("_", " "))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(_pieces)
def test_whatever_a_page_holds_every_line_has_one_fate_and_the_body_traces(text: str) -> None:
    try:
        source = make_source(f"<html><body>{text}".encode("utf-8", "ignore"), "a.html")
    except ProblemError:
        return
    found = parse(source)
    assert [(one.number, one.text) for one in found.lines] == list(enumerate(source.lines, 1))
    assert all(one.text.strip() and "\n" not in one.text for one in found.lines)
    mended = {
        one.number: apply(one.text, [r for r in found.repairs if r.line == one.number])
        for one in found.lines
        if one.fate is Fate.BODY
    }
    assert {block.first for block in found.blocks} == set(mended)
    for block in found.blocks:
        for piece in block.cells or (block.text,):
            assert collapsed(piece) in collapsed(mended[block.first])
