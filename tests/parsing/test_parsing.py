"""The promises of parsing: nothing lost, nothing invented, nothing that stops it."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook import parse_text
from briefbook.model import Fate, Header, SourceFile
from briefbook.parsing import parse, split_lines
from briefbook.text.mending import apply, undo
from briefbook.text.words import collapsed

_CASES = Path(__file__).parents[1] / "cases/parsing"

# Lines that look like those of an article and of what stands around one.
_LINES = (
    "Harbour dredging starts after ten years of talks",
    "Harbour dredging starts after ten years of talks | Mudflat Post",
    "Home / Ports / Harbour dredging starts after ten years of talks",
    "By Ina Brandt | March 3, 2026",
    "3 March 2026",
    "ULSAN, March 3 (Tidewater Agency) — The first ship arrived at noon,and nobody was there.",
    "Dredging of the outer harbour started on Monday, ten years after the port asked for it.",
    "The talks ended in 2025.Both sides say they won, though the mud is where it was before.",
    "He asked the U.S.before he sailed from Mobile to Skarnes with a crew of twenty in May.",
    "“We looked at the hull,” said Liv Aune. “Not at the gossip!” She smiled… and left.",
    "What the mud holds",
    "* a second ship",
    "1. First the mud is measured.",
    "> The mud was here before us.",
    "Did You Know? The harbour is old.",
    "Frequently asked questions",
    "Who pays for the dredging? The port pays for all of it.",
    "Quay\tDepth\tShips",
    "| North | 14 |",
    "Also Read: Ferry line closes",
    "Related",
    "Photo: Mudflat Post",
    "Source: Tidewater Agency",
    "3 Comments",
    "© 2026 Mudflat Post. All rights reserved.",
    "Subscribe",
    "항구는 월요일에 다시 열렸다. 배가 들어왔다.",
    "1950. <script>alert(1)</script> & *bold* _it_ [a](b) #",
)
_hostile = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"))
_marks = st.text(st.sampled_from('aA1.,;:!?"“”()[]*#>|-–— \t\u200b\u2028\x85\x0b\x00.By©/'))
_endings = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n\n\n", "\r\n\r\n"])
texts = st.lists(
    st.tuples(st.sampled_from(_LINES) | _hostile | _marks, _endings), max_size=30
).map(lambda parts: "".join(line + end for line, end in parts))  # fmt: skip


def physical_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


@given(texts | st.text())
def test_every_line_that_is_not_blank_has_one_fate_and_a_rule(text: str) -> None:
    expected = [(n, t) for n, t in enumerate(physical_lines(text), 1) if t.strip()]
    lines = parse_text(text).lines
    assert [(line.number, line.text) for line in lines] == expected
    assert all(line.fate in Fate and line.rule for line in lines)


@given(texts)
def test_the_plain_body_is_the_kept_lines_as_they_stand(text: str) -> None:
    article = parse_text(text)
    kept = {line.number for line in article.lines if line.fate is Fate.BODY}
    expected = [t for n, t in enumerate(physical_lines(text), 1) if n in kept]
    assert article.plain_body == "\n".join(expected)


@given(texts)
def test_kept_lines_and_only_they_have_a_kind_and_a_block(text: str) -> None:
    article = parse_text(text)
    kept = {line.number for line in article.lines if line.fate is Fate.BODY}
    assert {line.number for line in article.lines if line.block} == kept
    assert {n for block in article.blocks for n in range(block.first, block.last + 1)} == kept


@given(texts)
def test_every_repair_can_be_undone(text: str) -> None:
    article = parse_text(text)
    for line in article.lines:
        repairs = [repair for repair in article.repairs if repair.line == line.number]
        assert undo(apply(line.text, repairs), repairs) == line.text
        assert all(line.text[r.start : r.start + len(r.was)] == r.was for r in repairs)


@given(texts)
def test_every_sentence_of_the_digest_stands_in_one_repaired_line(text: str) -> None:
    article = parse_text(text)
    lines = [
        collapsed(apply(line.text, [r for r in article.repairs if r.line == line.number]))
        for line in article.lines
        if line.fate is Fate.BODY
    ]
    for sentence in (*article.summary, *article.key_points):
        assert any(collapsed(sentence) in line for line in lines), sentence


@given(texts)
def test_facts_stand_in_the_lines_they_name(text: str) -> None:
    article = parse_text(text)
    lines = {line.number: collapsed(line.text) for line in article.lines}
    facts = article.facts
    for found in (facts.title, facts.authors, facts.outlet, facts.origin, facts.published):
        assert found is None or found.line in lines


@given(texts)
def test_the_same_text_gives_the_same_article(text: str) -> None:
    assert parse_text(text) == parse_text(text)


@given(texts)
def test_line_ends_of_every_kind_give_the_same_article(text: str) -> None:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    article = parse_text(unix)
    assert parse_text(unix.replace("\n", "\r\n")) == article
    assert parse_text(unix.replace("\n", "\r")) == article


@given(texts)
def test_a_source_file_without_a_header_is_understood_like_its_text(text: str) -> None:
    source = SourceFile(
        path="sources/a.txt",
        header=Header(),
        lines=split_lines(text),
        first_line=1,
        encoding="utf-8",
        sha256="0" * 64,
    )
    assert parse(source) == parse_text(text)


@pytest.mark.parametrize(
    "inside", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"], ids=lambda c: f"U+{ord(c):04X}"
)
def test_other_line_ends_divide_no_lines(inside: str) -> None:
    article = parse_text(f"The quay is closed{inside}for the winter.\r\n\r\rIt is cold.\n")
    assert [(line.number, line.text) for line in article.lines] == [
        (1, f"The quay is closed{inside}for the winter."),
        (4, "It is cold."),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n \t\r", "\u3000\n"])
def test_a_text_without_words_is_an_empty_article(text: str) -> None:
    article = parse_text(text)
    assert (article.lines, article.body, article.title, article.summary) == ((), "", None, ())


def test_a_yaml_header_is_text_here() -> None:
    article = parse_text("---\noutlet: Mudflat Post\n---\nThe quay is closed for the winter.\n")
    assert [line.text for line in article.lines] == [
        "---",
        "outlet: Mudflat Post",
        "---",
        "The quay is closed for the winter.",
    ]


# Each of these once took, or could take, time that grows with the square of the text.
_PIECES = (
    "a", " ", "\t", "a ", ".", "A.", "U.S.", "aa.Bb", "aa,", "(", "”", "- ", "—", "#", ">", "*",
    "_", "`", "[", "&", "<", "|", "a | ", "1", "1.", "1,", "April ", "April 2", "By Ann ",
    "Ann Bell, ", "Q: ", "What? ", " / ", "© ", "www.a-b.com/", "A of the ", "(A)", "10:", "a: ",
    "p.m. ", "2025-", "$1 million ", "A-a-", "a’", "to 1 ", "\u200b", "\u2028", "항구 ", "。",
    "a\n", "\n", "\r\n", "The port of Busan opened again on Monday for all ships.\n\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", _PIECES, ids=ascii)
def test_work_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    # Much of the work is done by regular expressions, which nothing can count but the processor;
    # so its time (not the clock's) for four times the text is compared, with wide margins.
    single, fourfold = (_work(piece, size) for size in (12_500, 50_000))
    assert fourfold < 10 * single + 0.2


def _work(piece: str, size: int) -> float:
    text = f"The port of Skarnes is closed\n\nThe {piece * (size // len(piece))}x\n"
    start = time.process_time()
    parse_text(text)
    return time.process_time() - start


@pytest.mark.parametrize("piece", ["word ", "x", "It is so. ", "A."])
def test_a_line_of_a_million_characters_is_one_line(piece: str) -> None:
    line = (piece * (1_000_000 // len(piece))).strip()
    article = parse_text(f"The port of Skarnes is closed\n\n{line}\n")
    assert [(found.number, len(found.text)) for found in article.lines] == [(1, 29), (3, len(line))]
    assert collapsed(article.plain_body).endswith(line[-100:])


def test_the_bottom_line_is_of_the_report_and_not_of_the_standfirst_above_the_byline() -> None:
    lead = "The port of Skarnes has bought a dredger that three other ports had turned down."
    more = "The council of the town will pay for it over the next six years, the mayor said."
    article = parse_text(
        "Skarnes buys a dredger nobody wanted\n\n"
        "Mud is cheap in the north of the country, and so are promises.\n\n"
        f"By Ina Brandt | March 3, 2026\n\n{lead}\n\n{more}\n\n"
        "The pilots of the ferry say that the channel has filled with sand since the flood.\n"
    )
    assert article.authors == ("Ina Brandt",)
    assert article.summary == (lead,)
    assert "Mud is cheap" in article.body


def test_the_bottom_line_is_of_the_first_of_two_glued_articles() -> None:
    text = (_CASES / "questions-and-answers/source.txt").read_text("utf-8")
    assert parse_text(text).summary[0].startswith("The port of Skarnes took over its dredger")
