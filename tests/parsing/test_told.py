"""The editor's word on a line wins over all rules, and changes no other line without need."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.checking.fates import check_body, check_fates
from briefbook.checking.trace import check_trace, trace_entry
from briefbook.model import Article, Entry, Fate, Header, Line, Override, Parsed, SourceFile
from briefbook.parsing import parse, split_lines
from briefbook.problems import Place
from briefbook.reading import make_source
from briefbook.text.hashes import line_hash

PAGE = """\
Gulf Desk
Second ferry for the northern islands

By Mina Hart
March 3, 2026

Share this
A second ferry will serve the northern islands from May, the port authority said on Tuesday.

Also Read: Walnut bread in five easy steps

The islands asked for it for eleven years, and last winter the shops of Skarnes ran out of flour.

The ship costs 41 million, of which the province pays half and the port the rest.

Leave a Comment
The port will name the second ship in April, and the first one keeps its old name until then.
Terms | Privacy | © 2026 Gulf Desk
"""
PDF = """\
Skarnes dredges its harbour after ten years
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
MAIL = """\
From: Liv Aune <liv@skarnes.example>
Date: Tue, 3 Mar 2026 08:15:00 +0100
Subject: Fwd: Second ferry for the northern islands

> A second ferry will serve the northern islands from May, the port
> authority said on Tuesday.The ship carries 80 cars and burns
> methanol made from wood.
>
> Tickets go on sale in April.
"""
HTML = """\
<html><head><title>x</title>
<meta property="og:title" content="Second ferry for the northern islands">
<meta property="article:published_time" content="2026-03-02"></head>
<body><nav><ul><li>Home</li><li>Ports</li></ul></nav><article>
<h1>Second ferry for the northern islands</h1><p>By Mina Hart</p>
<p>A second ferry will serve the northern islands from May, the port said on Tuesday.It has 80
cars on two decks, and it burns methanol made from wood.</p>
<p>The islands asked for it for eleven years, and last winter the shops of Skarnes ran out of
flour when the only ship lay in dock.</p><h2>What it costs</h2>
<p>The ship costs 41 million, of which the province pays half and the port the rest.</p>
<table><tr><th>Quay<th>Depth<tr><td>North<td>14 m<tr><td>South<td>9 m</table></article>
<footer>Tickets go on sale in April, and whoever lives on the islands pays half.</footer></body>
</html>"""


def source_of(text: str) -> SourceFile:
    return SourceFile(
        path="sources/a.txt",
        header=Header(),
        lines=split_lines(text),
        first_line=1,
        encoding="utf-8",
        sha256="0" * 64,
    )


SOURCES = {
    "page": source_of(PAGE),
    "pdf": source_of(PDF),
    "mail": source_of(MAIL),
    "html": make_source(HTML.encode(), "sources/a.html"),
}


def kept(number: int, text: str) -> Override:
    return Override(line=number, fate=Fate.BODY, text_hash=line_hash(text))


def dropped(number: int, text: str) -> Override:
    return Override(line=number, fate=Fate.DROPPED, text_hash=line_hash(text))


def line(article: Article, words: str) -> Line:
    (found,) = (one for one in article.lines if words in one.text)
    return found


def tell(text: str, *, keep: str = "", drop: str = "") -> Article:
    """Parse a text with one of its lines, named by some words, kept or dropped."""
    source = source_of(text)
    (found,) = (n for n, one in enumerate(source.lines, 1) if (keep or drop) in one)
    make = kept if keep else dropped
    return parse(source, [make(found, source.lines[found - 1])])


def fates(article: Article) -> dict[int, Fate]:
    return {one.number: one.fate for one in article.lines}


def changed(before: Article, after: Article) -> list[int]:
    now = fates(after)
    return [number for number, fate in fates(before).items() if now[number] is not fate]


# --------------------------------------------------------------------------- one line


def test_a_kept_line_becomes_text_and_no_other_line_changes() -> None:
    plain, article = parse(source_of(PAGE)), tell(PAGE, keep="Walnut bread")
    assert changed(plain, article) == [10]
    found = line(article, "Walnut bread")
    assert found == Line(
        10,
        "Also Read: Walnut bread in five easy steps",
        Fate.BODY,
        "kept by the editor",
        found.block,
        Fate.DROPPED,
    )
    assert "\n\n## Also Read: Walnut bread in five easy steps\n\n" in article.body


def test_a_dropped_line_is_no_text_and_no_other_line_changes() -> None:
    plain, article = parse(source_of(PAGE)), tell(PAGE, drop="The ship costs")
    assert changed(plain, article) == [14]
    found = line(article, "The ship costs")
    assert (found.rule, found.block, found.otherwise) == (
        "dropped by the editor",
        None,
        Fate.BODY,
    )
    assert "41 million" not in article.body


def test_below_the_end_only_the_kept_line_comes_back() -> None:
    plain, article = parse(source_of(PAGE)), tell(PAGE, keep="The port will name")
    assert changed(plain, article) == [17]
    assert article.body.endswith("the first one keeps its old name until then.")


def test_what_the_rules_say_too_changes_the_rule_alone() -> None:
    plain, article = parse(source_of(PAGE)), tell(PAGE, drop="Leave a Comment")
    assert line(article, "Leave a Comment").rule == "dropped by the editor"
    assert replace(article, lines=plain.lines) == plain


def test_of_a_dropped_headline_nothing_is_left() -> None:
    article = tell(PAGE, drop="Second ferry for the")
    assert article.title != "Second ferry for the northern islands"
    assert line(article, "Second ferry for the").fate is Fate.DROPPED


def test_the_next_headline_is_taken_where_the_first_is_dropped() -> None:
    text = PAGE.replace("Second ferry for", "Rye bread at last\n\nSecond ferry for", 1)
    wrong = text.replace("Second ferry for the", "Second ferry for all", 1)
    article = tell(wrong, drop="Rye bread at last")
    assert article.title == "Second ferry for all northern islands"


def test_a_dropped_date_line_gives_no_date() -> None:
    assert parse(source_of(PAGE)).published is not None
    assert tell(PAGE, drop="March 3, 2026").published is None


def test_a_kept_byline_is_text_and_names_no_author() -> None:
    article = tell(PAGE, keep="By Mina Hart")
    assert (article.authors, line(article, "By Mina Hart").fate) == ((), Fate.BODY)


def test_a_kept_line_is_not_the_headline() -> None:
    article = tell(PAGE, keep="Second ferry for the")
    assert article.title != "Second ferry for the northern islands"
    assert article.body.startswith("## Second ferry for the northern islands")


def test_a_line_of_nothing_readable_can_be_kept() -> None:
    text = f"{PAGE}\n\u200b\n"
    article = tell(text, keep="\u200b")
    assert article.lines[-1].fate is Fate.BODY
    assert article.body == parse(source_of(PAGE)).body


def test_nothing_is_left_where_every_line_is_dropped() -> None:
    source = source_of(PAGE)
    told = [dropped(n, one) for n, one in enumerate(source.lines, 1) if one.strip()]
    article = parse(source, told)
    assert (article.title, article.body, article.blocks, article.summary) == (None, "", (), ())


# --------------------------------------------------------------------------- lines that moved


def test_a_line_that_moved_is_found_by_its_words() -> None:
    words = "Also Read: Walnut bread in five easy steps"
    article = parse(source_of(PAGE), [kept(3, words)])
    assert line(article, words).rule == "kept by the editor"
    assert not [slip for slip in article.slips if "override" in slip.text]


def notes(article: Article) -> list[str]:
    return [str(slip) for slip in article.slips if "override" in slip.text]


def test_a_line_that_is_gone_is_a_note_for_review() -> None:
    article = parse(source_of(PAGE), [kept(12, "Rye bread is dear.")])
    assert notes(article) == ["override of line 12: no line says that any more"]
    assert replace(article, slips=parse(source_of(PAGE)).slips) == parse(source_of(PAGE))


def test_a_line_that_moved_to_one_of_two_places_is_a_note_for_review() -> None:
    text = PAGE.replace("Leave a Comment", "Share this\nLeave a Comment")
    article = parse(source_of(text), [kept(2, "Share this")])
    assert notes(article) == [
        "override of line 2: 2 lines say that now, so none is taken for it",
    ]
    assert all(one.fate is Fate.DROPPED for one in article.lines if one.text == "Share this")


def test_of_two_lines_with_the_same_words_the_number_tells() -> None:
    text = PAGE.replace("Leave a Comment", "Share this\nLeave a Comment")
    article = parse(source_of(text), [kept(16, "Share this")])
    assert [one.fate for one in article.lines if one.text == "Share this"] == ["dropped", "body"]


def test_one_line_answers_to_one_override() -> None:
    told = [dropped(3, "Share this"), kept(7, "Share this"), kept(5, "Share this")]
    article = parse(source_of(PAGE), told)
    assert line(article, "Share this").fate is Fate.BODY
    assert notes(article) == [
        "override of line 3: no line says that any more",
        "override of line 5: no line says that any more",
    ]


# ------------------------------------------------------------------------- mails and pages


def test_a_line_taken_out_of_a_cut_paragraph_leaves_the_rest_joined() -> None:
    article = tell(PDF, drop="promised money for")
    assert [(one.number, one.fate) for one in article.lines if 5 < one.number < 11] == [
        *((n, Fate.BODY) for n in (6, 7, 8)),
        (9, Fate.DROPPED),
        (10, Fate.DROPPED),
    ]
    assert "before the autumn storms. Fishermen have been\n\nNobody expects" in article.body


def test_a_divided_word_is_not_made_whole_with_another_line() -> None:
    article = tell(PDF, drop="bour master wants")
    assert "mud, and the har- promised money" in article.body
    assert not [repair for repair in article.repairs if repair.joins]


def test_a_kept_page_number_stands_between_two_paragraphs() -> None:
    article = tell(PDF, keep="Page 3 of 4")
    assert "Fishermen have been\n\nPage 3 of 4\n\npromised money" in article.body


def test_lines_that_are_kept_together_are_one_paragraph() -> None:
    source = source_of(PDF)
    told = [kept(n, source.lines[n - 1]) for n in (1, 2)]
    article = parse(source, told)
    title = "Skarnes dredges its harbour after ten years of talks and four court cases"
    assert article.body.startswith(title)
    assert article.title != title


def test_a_kept_line_of_a_mails_head_is_text() -> None:
    article = tell(MAIL, keep="From: Liv")
    assert line(article, "From: Liv").fate is Fate.BODY
    assert r"From: Liv Aune" in article.body


def test_the_date_of_a_mail_can_be_dropped() -> None:
    assert parse(source_of(MAIL)).published is not None
    assert tell(MAIL, drop="Date: Tue").published is None


def test_what_a_page_states_of_itself_can_be_dropped() -> None:
    source = SOURCES["html"]
    stated = line(parse(source), "2026-03-02")
    article = parse(source, [dropped(stated.number, stated.text)])
    assert article.published is None
    assert line(article, "2026-03-02").fate is Fate.DROPPED


def test_a_line_beside_the_main_text_of_a_page_can_be_kept() -> None:
    source = SOURCES["html"]
    footer = line(parse(source), "Tickets go on sale")
    article = parse(source, [kept(footer.number, footer.text)])
    assert article.body.endswith("whoever lives on the islands pays half.")
    assert changed(parse(source), article) == [footer.number]


# --------------------------------------------------------------------------- any words on any lines


def untrue(article: Article) -> list[str]:
    """Return what an entry as the parser would write it says that its source does not."""
    entry = Entry(
        place=Place("briefings/a.md"),
        id="urn:uuid:0",
        slug="a",
        title=article.title or "",
        added=None,  # type: ignore[arg-type]  # nobody asks for it here
        body=article.body,
        summary=" ".join(article.summary),
        key_points=article.key_points,
        parsed=Parsed(source="sources/a.txt", sha256="0" * 64, parser=1, wrote={}),
    )
    return [str(one) for one in check_trace(entry, trace_entry(entry, article, parser=1))]


@settings(max_examples=150)
@given(st.sampled_from(sorted(SOURCES)), st.data())
def test_every_line_keeps_one_fate_and_every_sentence_its_place(
    name: str, data: st.DataObject
) -> None:
    source = SOURCES[name]
    plain = parse(source)
    picked = data.draw(st.lists(st.sampled_from(plain.lines), unique=True, max_size=6))
    told = [data.draw(st.sampled_from([kept, dropped]))(one.number, one.text) for one in picked]
    article = parse(source, told)
    assert [(o.number, o.text) for o in article.lines] == [(o.number, o.text) for o in plain.lines]
    now = {one.number: one for one in article.lines}
    for override in told:
        assert now[override.line].fate is override.fate
        assert "editor" in now[override.line].rule
    assert [one.number for one in article.lines if one.otherwise] == sorted(o.line for o in told)
    assert untrue(article) == []
    assert (*check_fates(source, article), *check_body(source, article)) == ()
    assert parse(source, list(reversed(told))) == article


def test_hostile_overrides_are_only_notes() -> None:
    source = source_of(PAGE)
    told = [Override(line=10**7 - n, fate=Fate.BODY, text_hash=f"{n:08x}") for n in range(500)]
    assert len(notes(parse(source, told))) == 500


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_without_overrides_all_is_as_it_was(name: str) -> None:
    source = SOURCES[name]
    assert parse(source, ()) == parse(source)
    assert all(one.otherwise is None for one in parse(source).lines)
