"""What a word on one line of a source changes in a body that an editor rewrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.desk.bodypatch import BodyPatch, body_patch
from briefbook.model import Article, Entry, Fate, Header, Override, SourceFile
from briefbook.parsing import parse, split_lines
from briefbook.problems import Place
from briefbook.text.hashes import line_hash

AD = "Also Read: Walnut bread in five easy steps."
FERRY = f"""\
Night ferry returns to the northern route

By Nora Quill

The night ferry will sail again from 3 May, its owner said on Tuesday.

Tickets cost 18 crowns and go on sale at the end of the month.

{AD}

The old ship was sold to a yard in the south last winter.
"""
SOURCE = SourceFile(
    path="sources/a.txt",
    header=Header(),
    lines=split_lines(FERRY),
    first_line=1,
    encoding="utf-8",
    sha256="0" * 64,
)
SAILS, TICKETS, SHIP = (SOURCE.lines[n] for n in (4, 6, 10))


def told(line: str, fate: Fate) -> Article:
    number = SOURCE.lines.index(line) + 1
    return parse(SOURCE, [Override(line=number, fate=fate, text_hash=line_hash(line))])


def patch(body: str, line: str, fate: Fate) -> BodyPatch:
    entry = Entry(
        place=Place("briefings/a.md"),
        id="urn:uuid:0",
        slug="a",
        title="a",
        added=None,  # type: ignore[arg-type]  # nobody asks for it here
        body=body,
    )
    return body_patch(entry, parse(SOURCE), told(line, fate))


def test_a_body_that_is_the_parsers_becomes_the_parsers() -> None:
    found = patch(parse(SOURCE).body, AD, Fate.BODY)
    assert (found.body, found.is_merged) == (told(AD, Fate.BODY).body, True)


def test_a_kept_line_comes_among_the_editors_words() -> None:
    found = patch(f"{SAILS}\n\nA ticket is 18 crowns.\n\n{SHIP}\n\nMy own end.", AD, Fate.BODY)
    assert found == BodyPatch(
        body=f"{SAILS}\n\nA ticket is 18 crowns.\n\n{AD}\n\n{SHIP}\n\nMy own end.",
        diff=(
            "@@ -3,4 +3,6 @@",
            " A ticket is 18 crowns.",
            " ",
            f"+{AD}",
            "+",
            f" {SHIP}",
            " ",
        ),
        is_merged=True,
    )


def test_a_dropped_line_goes_and_the_editors_words_stay() -> None:
    found = patch(f"{SAILS} So it is.\n\n{TICKETS}\n\n{SHIP}", TICKETS, Fate.DROPPED)
    assert (found.body, found.is_merged) == (f"{SAILS} So it is.\n\n{SHIP}", True)


def test_a_dropped_line_that_the_editor_took_out_is_no_change() -> None:
    found = patch(f"{SAILS}\n\n{SHIP}\n\nMine.", TICKETS, Fate.DROPPED)
    assert (found.diff, found.is_merged) == ((), True)


def test_a_dropped_line_that_the_editor_rewrote_stays() -> None:
    body = f"{SAILS}\n\nA ticket is 18 crowns.\n\n{SHIP}"
    found = patch(body, TICKETS, Fate.DROPPED)
    assert found == BodyPatch(body=body, diff=(), is_merged=False)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{SAILS}\n\nAll new.", f"{SAILS}\n\n{AD}\n\nAll new."),
        (f"{TICKETS}\n\nAll new.", f"{TICKETS}\n\n{AD}\n\nAll new."),
        ("All new.\n\nAnd more.", f"{AD}\n\nAll new.\n\nAnd more."),
        (f"{SAILS}\n\nNew.\n\n{SHIP}", f"{SAILS}\n\nNew.\n\n{AD}\n\n{SHIP}"),
    ],
)
def test_where_all_is_rewritten_a_kept_line_stands_below_what_is_still_there(
    body: str, expected: str
) -> None:
    assert patch(body, AD, Fate.BODY).body == expected


def test_a_kept_line_parts_no_list() -> None:
    body = f"{TICKETS}\n\n- one\n- two"
    found = patch(body.replace(TICKETS, f"{SAILS}\n\n{TICKETS} Or not."), AD, Fate.BODY)
    assert "- one\n- two" in found.body
    assert AD in found.body


def test_a_line_that_the_editor_put_in_already_does_not_come_twice() -> None:
    body = f"{SAILS}\n\n{TICKETS}\n\n{AD}\n\n{SHIP}"
    assert patch(body, AD, Fate.BODY).diff == ()


_lines = st.sampled_from([SAILS, TICKETS, SHIP, AD, "Mine.", "- mine", "## Mine"])


@given(
    st.lists(_lines, max_size=6),
    st.sampled_from(["\n\n", "\n"]),
    st.sampled_from([(AD, Fate.BODY), (SAILS, Fate.DROPPED), (SHIP, Fate.DROPPED)]),
)
def test_no_word_of_the_editor_is_lost(lines: list[str], end: str, word: tuple[str, Fate]) -> None:
    found = patch(end.join(lines), *word)
    left = found.body.split("\n")
    wanted = [line for line in lines if line != word[0]]
    assert [line for line in left if line in wanted] == wanted
    if word[1] is Fate.BODY:
        assert AD in left
