import textwrap
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given as given_by_hypothesis
from hypothesis import settings
from hypothesis import strategies as st

from briefbook import Article, parse_text
from briefbook.checking.trace import check_trace, trace_entry
from briefbook.model import Entry, Fate, Line, Parsed
from briefbook.parsing import split_lines
from briefbook.parsing.logical import logical_lines
from briefbook.problems import Place
from briefbook.text.mending import apply, undo
from briefbook.text.words import collapsed


def numbered(text: str) -> dict[int, str]:
    return {n: line for n, line in enumerate(split_lines(text), 1) if line.strip()}


@pytest.mark.cases("wrapped")
def test_joins_what_was_cut_and_nothing_else(given: str, expected: str) -> None:
    found = logical_lines(numbered(given)).numbered
    assert "\n".join(text.strip() for _, text in found) == expected


PDF = """Skarnes dredges its harbour after ten years
of talks and four court cases

By Ina Brandt

Dredging of the outer harbour started on Monday, ten years after the port first
asked for it. Two ships will take up four million cubic metres of mud, and the har-
bour master wants the dredging done before the autumn storms. Fishermen have been
Page 3 of 4
promised money for the season they lose, though the talks about the sum go on.

Nobody expects the channel to stay clear for longer than eight winters, said Liv
Aune, who has measured the drift of the sand since 1998.
"""
MAIL = """From: Liv Aune <liv@skarnes.example>
Date: Tue, 3 Mar 2026 08:15:00 +0100
Subject: Fwd: Second ferry for the northern islands

> A second ferry will serve the northern islands from May, the port
> authority said on Tuesday.The ship carries 80 cars and burns
> methanol made from wood.
>
> Tickets go on sale in April.
"""


def line(article: Article, number: int) -> Line:
    return next(one for one in article.lines if one.number == number)


def test_each_physical_line_has_its_own_fate_and_the_block_of_its_logical_line() -> None:
    article = parse_text(PDF)
    assert [(one.number, one.fate, one.block) for one in article.lines] == [
        (1, "metadata", None),
        (2, "metadata", None),
        (4, "metadata", None),
        *((n, "body", "paragraph") for n in (6, 7, 8)),
        (9, "dropped", None),
        *((n, "body", "paragraph") for n in (10, 12, 13)),
    ]
    assert [(block.first, block.last) for block in article.blocks] == [(6, 10), (12, 13)]
    assert line(article, 9).rule == "page number"


def test_a_paragraph_goes_on_over_a_page_number_and_a_divided_word() -> None:
    article = parse_text(PDF)
    assert (
        article.title == "Skarnes dredges its harbour after ten years of talks and four court cases"
    )
    assert "the harbour master wants" in article.body
    assert "Fishermen have been promised money" in article.body


def test_the_plain_body_has_the_lines_as_they_stand() -> None:
    assert (
        "\nasked for it. Two ships will take up four million cubic metres of mud, and the har-\n"
        in (parse_text(PDF).plain_body)
    )
    assert parse_text(MAIL).plain_body.startswith("> A second ferry")


def test_the_divided_word_is_a_recorded_repair() -> None:
    (repair,) = parse_text(PDF).repairs
    assert (repair.line, repair.was, repair.now) == (7, "-", "")
    assert repair.joins
    assert repair.rule == "word divided at a line end"


def test_a_mail_gives_headline_and_date_and_says_nothing_of_who_sent_it() -> None:
    article = parse_text(MAIL)
    assert article.title == "Second ferry for the northern islands"
    assert str(article.published)[:10] == "2026-03-03"
    assert article.authors == ()
    assert [line(article, n).rule for n in (1, 2)] == ["mail header", "date of a mail"]
    assert article.facts.published is not None
    assert article.facts.published.line == 2
    assert "Tuesday. The ship carries 80 cars and burns methanol" in article.body


def test_of_mails_in_mails_the_innermost_has_the_date() -> None:
    outer = (
        "From: Desk\nTo: Page\nDate: Wed, 4 Mar 2026 10:00:00 +0100\nSubject: Fwd: Fwd: Ferry\n\n"
    )
    assert str(parse_text(outer + MAIL).published)[:10] == "2026-03-03"


def test_a_mail_with_a_paragraph_a_line_loses_its_marks_only() -> None:
    paragraphs = [
        f"The {n} ship will go to the northern islands from May, the port authority said, and it "
        "will come back on the same day, unless the fog is as thick as it was in the winter."
        for n in ("first", "second", "third", "fourth")
    ]
    article = parse_text("Ferries for the islands\n\n" + "\n>\n".join(f"> {p}" for p in paragraphs))
    assert article.body.split("\n\n") == paragraphs


_SENTENCES = (
    "Dredging of the outer harbour started on Monday, ten years after the port asked for it.",
    "Two ships will take up four million cubic metres of mud before the autumn storms.",
    "Fishermen have been promised money for the season they lose, though talks go on.",
    "“We looked at the hull,” said Liv Aune, “and then we looked at the money.”",
    "The talks ended in 2025.Both sides say that they won, which cannot be right.",
    "Nobody expects the channel to stay clear for longer than eight long-term winters.",
    "외항 준설 공사가 월요일에 시작되었다.",
    "Also Read: Ferry line closes",
    "By Ina Brandt",
    "• a second ship, a third one and a fourth, which is not yet built",
    "12",
    "Quay\tDepth",
)
_paragraphs = st.lists(
    st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=8).map(" ".join),
    min_size=1,
    max_size=5,
)


@st.composite
def wrapped_texts(draw: st.DrawFn) -> str:
    """Texts as mails and PDFs have them: wrapped, marked, with page numbers between."""
    width = draw(st.integers(50, 90))
    between = draw(st.sampled_from(["", "\n"]))
    mark = draw(st.sampled_from(["", "", "> ", ">>", "  "]))
    lines: list[str] = []
    for paragraph in draw(_paragraphs):
        lines += [mark + one for one in textwrap.wrap(paragraph, width)]
        if between:
            lines.append(mark.rstrip())
        if draw(st.booleans()):
            lines[-1:] = [lines[-1], draw(st.sampled_from(["Page 2", "7", "A head", "har-", ""]))]
    head = draw(st.sampled_from(["", MAIL[:130], "A headline of the text\n\n"]))
    return head + "\n".join(lines)


@settings(max_examples=80, deadline=None)
@given_by_hypothesis(wrapped_texts())
def test_the_promises_hold_for_wrapped_texts(text: str) -> None:
    article = parse_text(text)
    raw = numbered(text)
    assert {one.number: one.text for one in article.lines} == raw
    assert len(article.lines) == len(raw)
    kept = [one for one in article.lines if one.fate is Fate.BODY]
    assert article.plain_body == "\n".join(one.text for one in kept)
    in_blocks = {n for b in article.blocks for n in range(b.first, b.last + 1)}
    assert {one.number for one in kept} == in_blocks & {one.number for one in kept}
    assert {one.number for one in article.lines if one.block} == {one.number for one in kept}
    stands = ""
    for one in kept:
        repairs = [repair for repair in article.repairs if repair.line == one.number]
        assert undo(apply(one.text, repairs), repairs) == one.text
        assert all(one.text[r.start : r.start + len(r.was)] == r.was for r in repairs)
        stands += collapsed(apply(one.text, repairs)) + " " * (not any(r.joins for r in repairs))
    for block in article.blocks:
        for piece in block.cells or (block.text,):
            assert collapsed(piece) in stands


@settings(max_examples=60, deadline=None)
@given_by_hypothesis(wrapped_texts())
def test_every_sentence_of_a_wrapped_text_traces_to_its_lines(text: str) -> None:
    article = parse_text(text)
    entry = Entry(
        place=Place("briefings/a.md"),
        id="urn:uuid:1",
        slug="a",
        title=article.title or "",
        added=datetime(2026, 5, 5, tzinfo=UTC),
        body=article.body,
        key_points=article.key_points,
        parsed=Parsed(source="sources/a.txt", sha256="0" * 64, parser=1, wrote={}),
    )
    traced = trace_entry(entry, article, parser=1)
    assert check_trace(entry, traced) == ()


def test_a_sentence_over_a_divided_word_is_traced_to_all_its_lines() -> None:
    article = parse_text(PDF)
    entry = Entry(
        place=Place("briefings/a.md"),
        id="urn:uuid:1",
        slug="a",
        title="",
        added=datetime(2026, 5, 5, tzinfo=UTC),
        body=article.body + "\n\nTwo ships will take up the har bour.",
        parsed=Parsed(source="sources/a.txt", sha256="0" * 64, parser=1, wrote={}),
    )
    lines = [one.lines for one in trace_entry(entry, article, parser=1)]
    assert lines == [(6, 7), (7, 8), (8, 10), (12, 13), None]


def test_a_page_that_is_not_wrapped_costs_next_to_nothing() -> None:
    """Beside parsing it, which takes the same processor: a tenth is far more than it needs."""
    text = "\n".join(f"{n}. {sentence}" for n in range(25) for sentence in _SENTENCES[:6])
    raw = numbered(text)
    own = min(_seconds(lambda: logical_lines(raw)) for _ in range(5))
    own -= min(_seconds(lambda: [apply(t, ()) for t in raw.values()]) for _ in range(5))
    assert own < 0.5 * _seconds(lambda: parse_text(text))


def _seconds(work: object) -> float:
    start = time.process_time()
    assert callable(work)
    work()
    return time.process_time() - start


@pytest.mark.parametrize(
    "piece", ["> ", "word and \n", "a-\n", ">\n", "From: a\n", "12\n\n\n", "泥\n"]
)
def test_work_grows_with_the_lines_and_not_with_their_square(piece: str) -> None:
    single, fourfold = (
        min(_seconds(lambda s=size: logical_lines(numbered(piece * s))) for _ in range(2))
        for size in (5_000, 20_000)
    )
    assert fourfold < 10 * single + 0.2
