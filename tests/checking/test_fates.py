"""What the record of a source must be, whoever made it: `briefbook/checking/fates.py`."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefbook import Article, parse_text
from briefbook.checking.fates import check_body, check_fates, check_repairs
from briefbook.model import Fate, Header, Line, Repair, SourceFile
from briefbook.parsing import parse, split_lines
from briefbook.text.markdown import escape_heading

CASES = sorted((Path(__file__).parents[1] / "cases" / "parsing").glob("*/source.txt"))
SOURCE = """\
Home / Harbour / Skarnes port buys a dredger nobody wanted

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

“She floats,” said Liv Aune. She did not say for how long the ship\u200b will float.

Related
A lighthouse is for sale
"""


def source_of(text: str) -> SourceFile:
    return SourceFile(
        path="sources/dredger.txt",
        header=Header(),
        lines=split_lines(text),
        first_line=1,
        encoding="utf-8",
        sha256="0" * 64,
    )


FILE = source_of(SOURCE)
ARTICLE = parse_text(SOURCE)
SPACE, MARK = ARTICLE.repairs


def said(source: SourceFile, article: Article) -> list[str]:
    """Return what is wrong with a record, without how to fix it."""
    found = (*check_fates(source, article), *check_repairs(source, article))
    problems = (*found, *check_body(source, article))
    assert {problem.fix for problem in problems} <= {"report this: it is a mistake of the program"}
    return [str(problem).partition("\n")[0] for problem in problems]


def told(number: int, what: str) -> str:
    return f"sources/dredger.txt:{number}: error: {what}"


NO_ONE_FATE = "this line does not have one fate, as each must"
NOT_IN_THE_BODY = "the body does not say what this line says"


def with_line(number: int, **changes: object) -> Article:
    lines = tuple(
        replace(line, **changes) if line.number == number else line  # type: ignore[arg-type]
        for line in ARTICLE.lines
    )
    return replace(ARTICLE, lines=lines)


def test_a_true_record_gives_no_problem() -> None:
    assert said(FILE, ARTICLE) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.parent.name)
def test_the_record_of_every_case_is_true(case: Path) -> None:
    source = source_of(case.read_bytes().decode())
    assert said(source, parse(source)) == []


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        pytest.param(ARTICLE.lines[1:], 1, id="none"),
        pytest.param((*ARTICLE.lines, ARTICLE.lines[2]), 5, id="two"),
        pytest.param((*ARTICLE.lines[:-1], replace(ARTICLE.lines[-1], text="A")), 24, id="other"),
    ],
)
def test_a_line_without_its_one_fate_is_an_error(lines: tuple[Line, ...], wrong: int) -> None:
    (problem,) = check_fates(FILE, replace(ARTICLE, lines=lines))
    assert str(problem) == (
        told(wrong, NO_ONE_FATE) + "\n    fix: report this: it is a mistake of the program"
    )


def test_two_swapped_lines_are_an_error() -> None:
    first, second, *rest = ARTICLE.lines
    assert said(FILE, replace(ARTICLE, lines=(second, first, *rest))) == [
        told(1, "the record has this line in another place")
    ]


@pytest.mark.parametrize(
    ("number", "fate", "what"),
    [
        (1, Fate.METADATA, "the rule 'repeats the headline' does not make it metadata"),
        (3, Fate.DROPPED, "the rule 'headline' does not make it dropped"),
        (13, Fate.DROPPED, "the rule 'prose' does not make it dropped"),
    ],
)
def test_a_fate_that_is_not_that_of_its_rule_is_an_error(
    number: int, fate: Fate, what: str
) -> None:
    assert told(number, what) in said(FILE, with_line(number, fate=fate))


def test_a_line_that_was_dropped_from_the_body_alone_is_an_error() -> None:
    body = ARTICLE.body.replace("The harbour has hardly any clay.", "").rstrip()
    assert said(FILE, replace(ARTICLE, body=body)) == [told(13, NOT_IN_THE_BODY)]
    short = ARTICLE.body.partition("“She")[0]
    assert said(FILE, replace(ARTICLE, body=short)) == [told(21, NOT_IN_THE_BODY)]


def test_lines_that_change_places_in_the_body_are_an_error() -> None:
    one, two = "- It holds 900 cubic metres.", "- It needs a crew of seven."
    body = ARTICLE.body.replace(f"{one}\n{two}", f"{two}\n{one}")
    assert said(FILE, replace(ARTICLE, body=body)) == [told(15, NOT_IN_THE_BODY)]


def test_a_body_that_says_more_than_its_lines_is_an_error() -> None:
    assert said(FILE, replace(ARTICLE, body=ARTICLE.body + "\n\nThe mayor was not amused.")) == [
        "sources/dredger.txt: error: the body ends with what no kept line says: “The mayor was"
        " not amused.”"
    ]
    long = f"{ARTICLE.body}\n\n{'ha ' * 40}"
    assert said(FILE, replace(ARTICLE, body=long)) == [
        "sources/dredger.txt: error: the body ends with what no kept line says: “"
        + ("ha " * 27)[:79]
        + "…”"
    ]
    body = ARTICLE.body.replace("What the ship can do", "What the ship can do\n\nNothing.")
    assert said(FILE, replace(ARTICLE, body=body)) == [told(13, NOT_IN_THE_BODY)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("41 million", "14 million"),
        ("Monday. The", "Monday.The"),
        ("clog in", "clogin"),
        ("“She floats,”", '"She floats,"'),
        ("kroner.", "kroner"),
        ("Aune", "A\u0435une"),
    ],
)
def test_a_character_that_no_line_has_is_an_error(was: str, now: str) -> None:
    assert was in ARTICLE.body
    assert len(said(FILE, replace(ARTICLE, body=ARTICLE.body.replace(was, now)))) == 1


@pytest.mark.parametrize(
    ("repair", "what"),
    [
        pytest.param(replace(SPACE, line=2), "a repair is told of a line without text", id="line"),
        pytest.param(replace(SPACE, line=99), "a repair is told of a line without text", id="far"),
        pytest.param(
            replace(SPACE, was="x"), "the repairs of this line cannot be undone", id="was"
        ),
        pytest.param(
            replace(SPACE, start=999), "the repairs of this line cannot be undone", id="behind it"
        ),
        pytest.param(
            replace(SPACE, start=-1), "the repairs of this line cannot be undone", id="before it"
        ),
        pytest.param(
            replace(SPACE, now=" not "), "'' became ' not ', which mends nothing", id="now"
        ),
        pytest.param(replace(SPACE, now=""), "'' became '', which mends nothing", id="nothing"),
        pytest.param(
            replace(SPACE, start=SPACE.start - 1), "'' became ' ', which mends nothing", id="start"
        ),
        pytest.param(
            replace(SPACE, start=SPACE.start + 1), "'' became ' ', which mends nothing", id="later"
        ),
        pytest.param(
            Repair(line=13, start=0, was="Its", now="Her", rule="made up"),
            "'Its' became 'Her', which mends nothing",
            id="another word",
        ),
        pytest.param(
            Repair(line=13, start=0, was="Its ", now="", rule="made up"),
            "'Its ' became '', which mends nothing",
            id="a word less",
        ),
    ],
)
def test_a_repair_that_mends_nothing_is_an_error(repair: Repair, what: str) -> None:
    found = check_repairs(FILE, replace(ARTICLE, repairs=(repair,)))
    assert [str(each).partition("\n")[0] for each in found] == [told(repair.line, what)]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(SPACE, id="twice"),
        pytest.param(replace(SPACE, start=SPACE.start - 1, was=".", now="."), id="before"),
    ],
)
def test_repairs_that_do_not_stand_one_behind_the_other_are_an_error(other: Repair) -> None:
    found = check_repairs(FILE, replace(ARTICLE, repairs=(SPACE, other)))
    assert [each.what for each in found] == ["the repairs of this line cannot be undone"]


@pytest.mark.parametrize(
    ("text", "start", "was", "now", "mends"),
    [
        ("It was wet.The quay", 11, "", " ", True),
        ("wet,the quay", 4, "", " ", True),
        ("“It is wet.”The quay", 12, "", " ", True),
        ("It is wet.“The quay", 10, "", " ", True),
        ("It is wet. The quay", 10, "", " ", False),
        ("It is wet.", 10, "", " ", False),
        ("It is wet.7", 10, "", " ", False),
        ("caf\xc3\xa9", 3, "\xc3\xa9", "é", True),
        ("caf\xc3\xa9", 3, "\xc3\xa9", "e", False),
        ("itâ€™s", 2, "â€™", "’", True),
        ("itâ€™s", 2, "â€™", "'", False),
        ("so \x97 or", 3, "\x97", "—", True),
        ("so \x97 or", 3, "\x97", "–", False),
        ("so \x81 or", 3, "\x81", "x", False),
        ("one\u2028two", 3, "\u2028", " ", True),
        ("one\u2028two", 3, "\u2028", "", False),
        ("one\x0c\u2029two", 3, "\x0c\u2029", " ", True),
        ("one x two", 3, " x ", " ", False),
        ("a\u200b\x07b", 1, "\u200b\x07", "", True),
        ("a\u200bxb", 1, "\u200bx", "", False),
        ("> > a quote", 0, "> > ", "", True),
        ("a > quote", 2, "> ", "", False),
        ("> Subject: Re: a quay", 0, "> Subject: Re: ", "", True),
        ("The quay is wet: they", 0, "The quay is not at all wet: ", "", False),
    ],
)
def test_a_repair_may_do_this_and_not_that(
    text: str, start: int, was: str, now: str, mends: bool
) -> None:
    repair = Repair(line=1, start=start, was=was, now=now, rule="made up")
    assert (repaired(text, repair) == ()) is mends


@pytest.mark.parametrize(
    ("text", "start", "was", "now", "mends"),
    [
        ("the har-", 7, "-", "", True),
        ("the har-", 7, "-", "-", True),
        ("the har- ", 7, "- ", "", True),
        ("the har- ", 7, "-", "", False),  # what is behind it would stand inside the word
        ("the har-", 7, "-", "x", False),
        ("the har-", 6, "r-", "", False),
        ("the har-", 6, "r-", "r-", False),
        ("浚渫", 1, "渫", "渫", True),
    ],
)
def test_a_line_end_inside_a_word_goes_with_its_hyphen_at_most(
    text: str, start: int, was: str, now: str, mends: bool
) -> None:
    repair = Repair(line=1, start=start, was=was, now=now, rule="made up", joins=True)
    assert (repaired(text, repair) == ()) is mends


def test_repairs_may_stand_side_by_side_but_not_in_each_other() -> None:
    bell = Repair(line=1, start=1, was="\x07", now="", rule="made up")
    both, mark = replace(bell, was="\x07\u200b"), replace(bell, start=2, was="\u200b")
    assert repaired("a\x07\u200bb", bell, mark) == ()
    assert repaired("a\x07\u200bb", both, mark) == ("the repairs of this line cannot be undone",)


def repaired(text: str, *repairs: Repair) -> tuple[str, ...]:
    """Return what is wrong with repairs of a line."""
    article = replace(parse_text(text), repairs=repairs)
    return tuple(each.what for each in check_repairs(source_of(text), article))


@pytest.mark.parametrize(("length", "shown"), [(80, "x" * 80), (81, "x" * 79 + "…")])
def test_what_is_too_much_is_shown_in_part(length: int, shown: str) -> None:
    (problem,) = check_body(FILE, replace(ARTICLE, body=f"{ARTICLE.body}\n\n{'x' * length}"))
    assert problem.what == f"the body ends with what no kept line says: “{shown}”"


@pytest.mark.parametrize("left", [SPACE, MARK])
def test_a_repair_that_is_forgotten_is_an_error_where_the_body_has_it(left: Repair) -> None:
    found = check_body(FILE, replace(ARTICLE, repairs=(left,)))
    other = MARK if left is SPACE else SPACE
    assert [(each.place.line, each.what) for each in found] == [(other.line, NOT_IN_THE_BODY)]


def test_a_row_of_a_table_may_lose_its_dividers_and_nothing_else() -> None:
    source = source_of("The quay\n\nThe quay is wet.\n\nQuay\tDepth\n|1\t|:\n\nIt dries.\n")
    article = parse(source)
    assert "| 1 | \\|: |" in article.body
    assert said(source, article) == []
    for now in ("| 2 | \\|: |", "| 1 |", "| \\|: | 1 |", "| 1 | 1 | \\|: |"):
        body = article.body.replace("| 1 | \\|: |", now)
        assert said(source, replace(article, body=body)) == [told(6, NOT_IN_THE_BODY)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("## Of pumps", ["Of pumps"]),
        ("## Of pumps ##", ["Of pumps"]),
        ("## Of pumps ##\n\n## Of clay #", ["Of pumps", "Of clay"]),
        ("# C#", ["C#"]),
        ("## Quay #1 ##", ["Quay #1"]),
        ("### ###", [""]),
        ("### ###\n\n###", ["", "###"]),
    ],
)
def test_a_heading_says_what_stands_between_its_marks(marked: str, expected: list[str]) -> None:
    text = SOURCE.replace("What the ship can do", marked)
    article, source = parse_text(text), source_of(text)
    found = [block.text for block in article.blocks]
    assert found[1 : len(expected) + 1] == expected
    assert said(source, article) == []
    if expected[0]:  # and not with a sign less
        there, less = escape_heading(expected[0]), escape_heading(expected[0][:-1])
        body = article.body.replace(there, less, 1)
        assert said(source, replace(article, body=body)) != []


def test_a_rule_between_the_lines_is_no_text() -> None:
    body = ARTICLE.body.replace("What the ship can do", "What the ship can do\n\n***")
    assert said(FILE, replace(ARTICLE, body=body)) == []


_LINES = st.sampled_from([line for line in SOURCE.split("\n") if line]) | st.text(
    st.sampled_from('aA1.,;:!?"“”()[]*#>|-–— \t\u200b\u2028\\`_<&©/Ã©â€™\x97\u00ad'), max_size=30
)


@given(st.lists(_LINES | st.text(), max_size=20), st.sampled_from(["\n", "\n\n", "\r\n"]))
@example(["A", "# #"], "\n")
@example(["The quay is wet.", ">"], "\n")
@example(["The quay", "The quay", "Quay\tDepth", "|1\t|:"], "\n")
def test_the_record_of_any_text_is_true(lines: list[str], end: str) -> None:
    source = source_of(end.join(lines))
    assert said(source, parse(source)) == []
