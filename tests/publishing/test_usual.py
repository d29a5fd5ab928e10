"""The quick reading of a body against Python-Markdown, which it must equal to the byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.model import TracedSentence
from briefbook.publishing import body
from briefbook.publishing.bodymarks import IN_FEED
from briefbook.publishing.characters import printable
from briefbook.publishing.tracing import Tracer
from briefbook.publishing.unusual import Library
from briefbook.publishing.usual import usual_html
from briefbook.text.markdown import read_blocks
from briefbook.text.sentences import split

AT = "/briefings/a/"
TABLE = 'Table "A" & <B>'
LIBRARY = Library(base_url="https://harbour.example/news", table=TABLE, editors_title="x")

USUAL = (
    "The ferry left at noon. It was late.",
    "## A heading",
    "# The top & more",
    "**Why was it late?**",
    "It cost **ten** million, *perhaps* (**more**).",
    "See [the report](https://port.example/a?b=1&c=2_x) or [write](mailto:a@port.example).",
    "- one thing\n- **two** things\n* 3\\. three",
    "1. first\n2. second",
    "4. fourth\n7. fifth",
    "> Somebody said so.\n>\n> And more.",
    "> **Note:** the quay is closed.",
    "| quay | ships |\n| --- | ---: |\n| 1 | **2** |\n| x &amp; y |  |",
    "---",
    "* * *",
    "2025\\. was a year of snake_case and a\\_b.",
    "A \\* star & a &lt;b&gt; tag, AT&T, &copy; &#65;.",
    "See https://a.example/?x=1&copy=2&reg=3, [a](https://a.example/?x&copy=1) and &notit;.",
    "Two lines\nof one paragraph.",
    "&nbsp;**bold**",
    "배가 늦었다. 왜?",
    "**a** **b**",
    "## A heading\nand its text",
)
ODD = (
    *("**", "*", "_", "__", "***", "[", "]", "](", "(", ")", "\\", "`", "<", ">", "&", ";", "!"),
    *(
        "|",
        ":",
        "-",
        "#",
        "+",
        "=",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\t",
        "\r",
        "\u00a0",
        "\u2028",
    ),
    *(
        "- ",
        "1. ",
        "> ",
        "## ",
        "---",
        "===",
        "| a | b |\n",
        "|--|--|\n",
        "[x]: https://a.example\n",
    ),
    *("[a](/topics/x/)", "[b](#p1)", "<b>", "<a@b.example>", "\\*", "\\#", "&#13;", "&amp;", "é"),
    *("https://a.example/b_c", "٣. ", "x_y", "1", ".", '"', "'", "\ufdd0", "\x02"),
)


def by_library(text: str, tracer: Tracer, *, ids: bool) -> tuple[str, tuple[tuple[int, str], ...]]:
    return LIBRARY.convert(text, AT, tracer, ids=ids)


def told(text: str) -> tuple[TracedSentence, ...]:
    """Return the sentences of a body as if each stood on a line of its own in its source."""
    texts = (part for block in read_blocks(text) for part in block.text.split("\n"))
    sentences = (sentence for part in texts for sentence in split(part))
    return tuple(
        TracedSentence("body", sentence, (line, line)) for line, sentence in enumerate(sentences, 3)
    )


def assert_same(text: str, sentences: tuple[TracedSentence, ...] = (), *, ids: bool = True) -> bool:
    """Compare both ways to read a body; tell whether it is read quickly."""
    text = printable(text)
    quick = usual_html(text, Tracer(sentences), table=TABLE, ids=ids)
    if quick is None:
        return False
    made, places = by_library(text, Tracer(sentences), ids=ids)
    assert body._IN_PAGES.clean(quick[0]) == body._IN_PAGES.clean(made)
    assert quick[1] == places
    # A feed is made of the page, where nothing in it leads elsewhere.
    assert IN_FEED not in made
    assert body._IN_FEEDS.clean(body._IN_PAGES.clean(quick[0])) == body._IN_FEEDS.clean(made)
    return True


@pytest.mark.parametrize("text", USUAL)
def test_reads_what_is_usual_as_the_library_does(text: str) -> None:
    assert assert_same(text)
    assert assert_same(f"Before.\n\n{text}\n\nAfter.", told(f"Before.\n\n{text}\n\nAfter."))


@pytest.mark.parametrize(
    "text",
    [
        "`code`",
        "<b>bold</b>",
        "    code",
        "***both***",
        "**a*b*c**",
        "[x]: https://a.example/\n\nsee [x]",
        "[here](/topics/x/)",
        "![picture](https://a.example/x.png)",
        "- a\n\n- b",
        "> a\n\n> b",
        "> one\n>\n> **Note:** two",
        "> words\n> ",
        "- a\n  more",
        "words\n- no item",
        "head\n====",
        "line  \nbreak",
        "[a](https://a.example/?x&copy;=1)",
        "&nbsp;",
        "## a # b",
        "| a |\n|---|",
        "| a | b |\n|---|---|\n| 1 |",
    ],
)
def test_leaves_the_rest_to_the_library(text: str) -> None:
    assert not assert_same(text)


def test_leaves_a_body_with_a_sentence_of_the_editors_to_the_library() -> None:
    assert not assert_same("Mine.", (TracedSentence("body", "Mine.", None),))


@given(
    st.lists(st.sampled_from(USUAL), min_size=1, max_size=5),
    st.sampled_from(("\n\n", "\n\n\n")),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=600, deadline=None)
def test_forms_beside_each_other_are_read_as_the_library_does(
    blocks: list[str], between: str, ids: bool, is_traced: bool
) -> None:
    text = between.join(blocks)
    assert_same(text, told(text) if is_traced else (), ids=ids)


@given(
    st.lists(st.sampled_from(USUAL), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(ODD)), min_size=1, max_size=3),
    st.booleans(),
)
@settings(max_examples=1500, deadline=None)
def test_what_stands_oddly_in_a_usual_body_is_read_as_the_library_does(
    blocks: list[str], odd: list[tuple[int, str]], is_traced: bool
) -> None:
    text = "\n\n".join(blocks)
    for at, piece in odd:
        place = at % (len(text) + 1)
        text = text[:place] + piece + text[place:]
    assert_same(text, told(text) if is_traced else ())


@given(st.lists(st.sampled_from((*ODD, "word", "One. Two.", "**b**", "*e*")), max_size=14))
@settings(max_examples=1500, deadline=None)
def test_signs_in_any_order_are_read_as_the_library_does(pieces: list[str]) -> None:
    assert_same("".join(pieces))


@pytest.mark.parametrize("table", ["Table", "표", "Tabelle ‘2’", TABLE, "a &amp; b", 'x"'])
def test_names_a_table_as_the_library_does(table: str) -> None:
    text = "| quay | ships |\n| --- | ---: |\n| 1 | 2 |"
    library = Library(base_url="https://harbour.example/news", table=table, editors_title="x")
    made, _ = library.convert(text, AT, Tracer(()), ids=True)
    quick = usual_html(text, Tracer(()), table=table, ids=True)
    assert quick is not None
    start = quick[0].split(">")[0]
    assert start.startswith("<div aria-label=")
    assert made.startswith(f"{start}>")
