import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefbook import Article, parse_text
from briefbook.checking.trace import check_trace, trace_entry
from briefbook.model import Entry, Parsed, Repair, TracedSentence
from briefbook.problems import Place

PARSER = 7
SOURCE = """Home / Harbour / Skarnes port buys a dredger nobody wanted

Skarnes port buys a dredger nobody wanted

By Ina Brandt | May 4, 2026

The port of Skarnes has bought a dredger on Monday.The price was 41 million kroner.

ADVERTISEMENT

What the ship can do

Its pumps were built for sand, and they clog in clay. The harbour has hardly any clay.

* It holds 900 cubic metres.
* It needs a crew of seven.

Quay\tDepth
North quay\t14.2 m
South quay\t6 m

“She floats,” said Liv Aune. She did not say for how long the ship will float.

Related
A lighthouse is for sale
"""


def entry_of(article: Article, *, parser: int = PARSER, **changes: object) -> Entry:
    """Return the entry as the program would write it."""
    entry = Entry(
        place=Place("briefings/dredger.md"),
        id="urn:uuid:1",
        slug="dredger",
        title=article.title or "",
        added=datetime(2026, 5, 5, tzinfo=UTC),
        body=article.body,
        summary=" ".join(article.summary),
        key_points=article.key_points,
        parsed=Parsed(source="sources/dredger.txt", sha256="0" * 64, parser=parser, wrote={}),
    )
    return dataclasses.replace(entry, **changes)  # type: ignore[arg-type]  # any field


ARTICLE = parse_text(SOURCE)
ENTRY = entry_of(ARTICLE)


def found(entry: Entry) -> tuple[TracedSentence, ...]:
    return trace_entry(entry, ARTICLE, parser=PARSER)


def missing(entry: Entry) -> list[tuple[str, str]]:
    return [(s.field, s.text) for s in found(entry) if s.lines is None]


def test_every_sentence_of_an_untouched_entry_has_its_lines() -> None:
    assert [(s.text, s.lines) for s in found(ENTRY) if s.field == "body"] == [
        ("The port of Skarnes has bought a dredger on Monday.", (7, 7)),
        ("The price was 41 million kroner.", (7, 7)),
        ("What the ship can do", (11, 11)),
        ("Its pumps were built for sand, and they clog in clay.", (13, 13)),
        ("The harbour has hardly any clay.", (13, 13)),
        ("It holds 900 cubic metres.", (15, 15)),
        ("It needs a crew of seven.", (16, 16)),
        ("Quay", (18, 18)),
        ("Depth", (18, 18)),
        ("North quay", (19, 19)),
        ("14.2 m", (19, 19)),
        ("South quay", (20, 20)),
        ("6 m", (20, 20)),
        ("“She floats,” said Liv Aune.", (22, 22)),
        ("She did not say for how long the ship will float.", (22, 22)),
    ]


def test_fields_come_in_order() -> None:
    fields = list(dict.fromkeys(sentence.field for sentence in found(ENTRY)))
    assert fields == ["title", "summary", "key_points", "body"]


def test_a_sentence_over_two_kept_lines_has_both() -> None:
    entry = dataclasses.replace(ENTRY, body="It holds 900 cubic metres. It needs a crew of seven.")
    assert [s.lines for s in found(entry) if s.field == "body"] == [(15, 15), (16, 16)]
    article = parse_text("A b c d e\n\nIt holds nine hundred\ncubic metres of sand and mud.\n")
    entry = entry_of(article, body="It holds nine hundred cubic metres of sand and mud.")
    (*_, last) = trace_entry(entry, article, parser=PARSER)
    assert last.lines == (3, 4)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        pytest.param(
            ENTRY.body.replace("41 million", "14 million"),
            "The price was 14 million kroner.",
            id="changed number",
        ),
        pytest.param(
            ENTRY.body.replace("hardly any", "much"),
            "The harbour has much clay.",
            id="changed word",
        ),
        pytest.param(
            ENTRY.body.replace("on Monday.", "on Monday"),
            "The port of Skarnes has bought a dredger on Monday The price was 41 million kroner.",
            id="dropped full stop",
        ),
        pytest.param(
            ENTRY.body.replace("and they clog in clay", "and in clay they clog"),
            "Its pumps were built for sand, and in clay they clog.",
            id="swapped words",
        ),
        pytest.param(
            ENTRY.body + "\n\nThe mayor was not amused.", "The mayor was not amused.", id="invented"
        ),
        pytest.param(ENTRY.body + "\n\nhort", "hort", id="part of a word"),
        pytest.param(
            ENTRY.body.replace("It holds 900 cubic metres.", "It holds 90 cubic metres."),
            "It holds 90 cubic metres.",
            id="changed item",
        ),
        pytest.param(ENTRY.body.replace("14.2 m", "12.2 m"), "12.2 m", id="changed cell"),
        pytest.param(
            ENTRY.body + "\n\nA lighthouse is for sale",
            "A lighthouse is for sale",
            id="dropped line",
        ),
    ],
)
def test_what_does_not_stand_in_the_kept_lines_is_found(body: str, sentence: str) -> None:
    assert missing(dataclasses.replace(ENTRY, body=body)) == [("body", sentence)]


@pytest.mark.parametrize("field", ["title", "summary"])
def test_an_invention_is_found_in_every_field(field: str) -> None:
    entry = dataclasses.replace(ENTRY, **{field: "The mayor was not amused."})  # type: ignore[arg-type]  # by name
    assert missing(entry) == [(field, "The mayor was not amused.")]
    assert missing(entry_of(ARTICLE, key_points=("The mayor was not amused.",))) == [
        ("key_points", "The mayor was not amused.")
    ]


def test_a_dropped_line_counts_where_an_editor_took_it_back() -> None:
    body = ENTRY.body + "\n\nA lighthouse is for sale"
    entry = dataclasses.replace(ENTRY, body=body, edited=("body",))
    assert found(entry)[-1] == TracedSentence("body", "A lighthouse is for sale", (25, 25))


@pytest.mark.parametrize(
    ("source", "fragment"),
    [
        ("Nobody said that the mayor was guilty.", "the mayor was guilty."),
        ("The mayor was guilty of nothing.", "The mayor was guilty"),
        ("- Nobody said that the mayor was guilty.", "the mayor was guilty."),
    ],
)
def test_a_part_of_a_sentence_is_the_editors(source: str, fragment: str) -> None:
    article = parse_text(f"The town of Skarnes\n\nThe quay was built in 1950.\n\n{source}\n")
    entry = entry_of(article, body=fragment, edited=("body",))
    assert trace_entry(entry, article, parser=PARSER)[-1].lines is None


def test_a_line_inside_a_paragraph_is_a_part_of_a_sentence() -> None:
    said = "Nobody in the town said in those years\nthat the mayor was guilty."
    article = parse_text(f"The town of Skarnes\n\nThe quay was built in 1950.\n\n{said}\n")
    (*_, first, last) = article.blocks
    wrapped = dataclasses.replace(first, text=f"{first.text} {last.text}", last=last.last)
    article = dataclasses.replace(article, blocks=(wrapped,))
    entry = entry_of(article, body="that the mayor was guilty.", edited=("body",))
    assert trace_entry(entry, article, parser=PARSER)[-1].lines is None
    entry = dataclasses.replace(entry, body=wrapped.text)
    assert trace_entry(entry, article, parser=PARSER)[-1].lines == (5, 6)


@pytest.mark.parametrize("fragment", ["lighthouse is for sale", "A lighthouse is", "A lighthouse"])
def test_a_part_of_a_dropped_line_is_the_editors(fragment: str) -> None:
    entry = dataclasses.replace(ENTRY, body=fragment, edited=("body",))
    assert missing(entry) == [("body", fragment)]


def test_what_the_parser_cut_off_a_dateline_stays_the_sources_beside_an_edit() -> None:
    article = parse_text("SKARNES, May 4 (Fjord News) — The port has bought a dredger on Monday.\n")
    summary = "The port has bought a dredger on Monday."
    edited = entry_of(
        dataclasses.replace(article, summary=(summary,)),
        summary=f"{summary} It floats.",
        edited=("summary",),
    )
    traced = trace_entry(edited, dataclasses.replace(article, summary=(summary,)), parser=PARSER)
    assert [(s.text, s.lines) for s in traced if s.field == "summary"] == [
        (summary, (1, 1)),
        ("It floats.", None),
    ]


def test_a_line_that_the_parser_read_may_be_put_into_the_body_by_an_editor() -> None:
    entry = entry_of(ARTICLE, body="By Ina Brandt | May 4, 2026", edited=("body",))
    assert [s.lines for s in found(entry) if s.field == "body"] == [(5, 5)]
    entry = entry_of(ARTICLE, body="Ina Brandt | May 4, 2026", edited=("body",))
    assert [s.lines for s in found(entry) if s.field == "body"] == [None]


def lines_of(
    article: Article, field: str, said: object, *, parser: int = PARSER
) -> list[tuple[int, int] | None]:
    """Return where the sentences of a field stand that is said to be the parser's."""
    entry = dataclasses.replace(entry_of(article, parser=parser), **{field: said})  # type: ignore[arg-type]
    traced = trace_entry(entry, article, parser=PARSER)
    return [sentence.lines for sentence in traced if sentence.field == field]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Skarnes port buys a dredger nobody wanted", 3),
        ("Skarnes port buys a dredger nobody", None),
        ("port buys a dredger nobody wanted", None),
        ("By Ina Brandt", 5),  # up to a divider
        ("May 4, 2026", 5),  # behind it
        ("Ina Brandt", None),
        ("May 4", None),
        ("The price was 41 million kroner.", 7),
        ("The price was 41 million", None),
        ("It needs a crew of seven.", 16),
        ("The port of Skarnes has", None),
    ],
)
def test_a_title_is_a_line_or_what_stands_between_its_dividers(
    title: str, line: int | None
) -> None:
    assert lines_of(ARTICLE, "title", title) == [line and (line, line)]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("SKARNES, May 4 (Fjord News) — The port has", 1),
        ("The port has bought", 1),
        ("The port has bou", None),
        ("port has bought", None),
        ("It floats", 1),
    ],
)
def test_the_title_of_a_text_without_headline_is_how_a_sentence_begins(
    title: str, line: int | None
) -> None:
    text = "SKARNES, May 4 (Fjord News) — The port has bought a dredger on Monday. It floats.\n"
    article = parse_text(text)
    article = dataclasses.replace(article, facts=dataclasses.replace(article.facts, title=None))
    assert lines_of(article, "title", title) == [line and (line, line)]


def test_a_title_may_stand_in_two_lines() -> None:
    text = "A b c d e\n\nIt holds nine hundred\ncubic metres of sand and mud.\n"
    title = "It holds nine hundred cubic metres of sand and mud."
    assert lines_of(parse_text(text), "title", title) == [(3, 4)]
    assert lines_of(parse_text(text), "title", title[3:]) == [None]


@pytest.mark.parametrize("field", ["summary", "key_points"])
@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (["The price was 41 million kroner."], [7]),
        (["price was 41 million kroner."], [None]),
        (["The price was 41 million"], [None]),
        (["It holds 900 cubic metres."], [15]),
        (["holds 900 cubic metres."], [None]),
        (["The price was 41 million kroner.", "She did not say for how long the ship will float."],
         [7, 22]),
        (["She did not say for how long the ship will float.", "The price was 41 million kroner."],
         [22, None]),
        (["The price was 41 million kroner.", "The price was 41 million kroner."], [7, None]),
    ],
)  # fmt: skip
def test_a_digest_tells_whole_sentences_once_and_in_their_order(
    field: str, said: list[str], lines: list[int | None]
) -> None:
    value = " ".join(said) if field == "summary" else tuple(said)
    found = lines_of(ARTICLE, field, value)
    assert found == [line and (line, line) for line in lines]


def test_a_digest_may_begin_with_the_first_word_of_a_text() -> None:
    article = parse_text("The quay is wet since April. It dries in May.\n\nNobody knows why.\n")
    said = "The quay is wet since April. It dries in May."
    assert lines_of(article, "summary", said) == [(1, 1), (1, 1)]
    assert lines_of(article, "title", "The quay is wet since April.") == [(1, 1)]
    edited = entry_of(article, body=said, edited=("body",))
    assert [s.lines for s in trace_entry(edited, article, parser=PARSER)][-2:] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("The port has bought a dredger on Monday.", 1),
        ("has bought a dredger on Monday.", None),
        ("The port has bought a dredger", None),
        ("It floats.", 1),
        ("Nobody knows - they say - why.", 3),
        ("they say - why.", 3),  # could be a dateline
        ("say - why.", None),
    ],
)
def test_a_digest_leaves_out_a_dateline_and_nothing_else(said: str, line: int | None) -> None:
    text = "SKARNES, May 4 (Fjord News) — The port has bought a dredger on Monday. It floats.\n"
    article = parse_text(f"{text}\nNobody knows - they say - why.\n")
    assert lines_of(article, "summary", said) == [line and (line, line)]


def test_a_line_inside_a_paragraph_begins_no_sentence_of_a_digest() -> None:
    said = "Nobody in the town said in those years\nthat the mayor was guilty. He was not."
    article = parse_text(f"The town of Skarnes\n\nThe quay was built in 1950.\n\n{said}\n")
    (*above, first, last) = article.blocks
    wrapped = dataclasses.replace(first, text=f"{first.text} {last.text}", last=last.last)
    article = dataclasses.replace(article, blocks=(*above, wrapped))
    assert lines_of(article, "summary", "that the mayor was guilty.") == [None]
    assert lines_of(article, "title", "that the mayor was guilty.") == [None]
    whole = "Nobody in the town said in those years that the mayor was guilty."
    assert lines_of(article, "summary", f"{whole} He was not.") == [(5, 6), (6, 6)]
    assert lines_of(article, "summary", "He was") == [None]


def test_an_entry_of_another_parser_may_cut_elsewhere_but_not_inside_a_word() -> None:
    for field in ("title", "summary"):
        assert lines_of(ARTICLE, field, "price was 41 million", parser=PARSER - 1) == [(7, 7)]
        assert lines_of(ARTICLE, field, "rice was 41 million", parser=PARSER - 1) == [None]
        assert lines_of(ARTICLE, field, "price was 41 millio", parser=PARSER - 1) == [None]
        assert lines_of(ARTICLE, field, "A lighthouse is for rent", parser=PARSER - 1) == [None]
        assert lines_of(ARTICLE, field, "lighthouse is for sale", parser=PARSER - 1) == [(25, 25)]


@pytest.mark.parametrize(("length", "shown"), [(80, "x" * 80), (81, "x" * 79 + "…")])
def test_a_long_sentence_is_shown_in_part(length: int, shown: str) -> None:
    entry = dataclasses.replace(ENTRY, title="x" * length)
    (problem,) = check_trace(entry, found(entry))
    assert problem.what.startswith(f"title: “{shown}” does not stand in the source,")


def test_a_line_that_ends_inside_a_word_goes_on_in_the_next() -> None:
    article = parse_text("The town of Skarnes\n\nThe har-\nbour is wet since May.\n")
    hyphen = Repair(line=3, start=7, was="-", now="", rule="made up", joins=True)
    article = dataclasses.replace(article, repairs=(hyphen,))
    assert lines_of(article, "title", "The harbour is wet since May.") == [(3, 4)]


def test_a_rule_between_paragraphs_is_no_sentence() -> None:
    assert missing(entry_of(ARTICLE, body=f"{ARTICLE.body}\n\n***\n")) == []


def test_a_dropped_line_counts_in_an_entry_of_another_parser() -> None:
    body = ENTRY.body + "\n\nA lighthouse is for sale"
    assert missing(entry_of(ARTICLE, parser=PARSER - 1, body=body)) == []


def test_marks_of_markdown_and_white_space_do_not_count() -> None:
    body = (
        "## *What the ship can do*\n\nThe harbour  has\n**hardly any** [clay](https://a.example)."
    )
    assert missing(dataclasses.replace(ENTRY, body=body)) == []


def test_an_entry_the_program_wrote_gives_no_problem() -> None:
    assert check_trace(ENTRY, found(ENTRY)) == ()


def test_an_invented_sentence_is_an_error_that_names_place_and_way_out() -> None:
    entry = dataclasses.replace(ENTRY, title="The mayor was not amused")
    (problem,) = check_trace(entry, found(entry))
    assert str(problem) == (
        "briefings/dredger.md: error: title: “The mayor was not amused” does not stand in the "
        "source, though the entry says that the program wrote it\n"
        "    fix: put back what the program wrote, or delete the hash of the field in `parsed:`"
        " to make it yours"
    )


def test_an_invented_sentence_in_a_field_of_the_editor_is_no_problem() -> None:
    entry = dataclasses.replace(ENTRY, title="The mayor was not amused", edited=("title",))
    assert check_trace(entry, found(entry)) == ()


_lines = st.sampled_from([line for line in SOURCE.split("\n") if line]) | st.text(
    st.sampled_from('aA1.,;:!?"“”()[]*#>|-–— \t\u200b\u2028\\`_<&©/')
)


@given(st.lists(_lines | st.text(), max_size=20), st.sampled_from(["\n", "\n\n", "\r\n"]))
@example(["A", "a"], "\n")
@example(["1", "1:"], "\n")
def test_every_sentence_of_what_the_parser_wrote_traces(lines: list[str], end: str) -> None:
    article = parse_text(end.join(lines))
    entry = entry_of(article)
    traced = trace_entry(entry, article, parser=PARSER)
    assert [(s.field, s.text) for s in traced if s.lines is None] == []
    assert check_trace(entry, traced) == ()
    edited = dataclasses.replace(entry, edited=("title", "summary", "key_points", "body"))
    traced = trace_entry(edited, article, parser=PARSER)
    assert [(s.field, s.text) for s in traced if s.lines is None] == []
