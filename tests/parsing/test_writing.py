import html as entities
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.model import Block, BlockKind
from briefbook.parsing.writing import write_body
from briefbook.text.markdown import read_blocks

lines = (
    st.text(st.characters(categories=("L", "M", "N", "P", "S"), include_characters=" "))
    | st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~=:&; 1aA"))
).map(str.strip).filter(bool)  # fmt: skip


def block(kind: BlockKind, text: str, marker: str = "", cells: tuple[str, ...] = ()) -> Block:
    level = 2 if kind is BlockKind.HEADING else 0
    return Block(kind=kind, text=text, first=1, last=1, level=level, marker=marker, cells=cells)


def page_of(*blocks: Block) -> str:
    return markdown.markdown(write_body(blocks), extensions=["tables"])


def seen(page: str) -> str:
    """Return the text a browser shows, white space collapsed."""
    return " ".join(entities.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize(
    ("kind", "marker", "tags"),
    [
        (BlockKind.HEADING, "", ["h2"]),
        (BlockKind.PARAGRAPH, "", ["p"]),
        (BlockKind.ITEM, "-", ["ul", "li"]),
        (BlockKind.ITEM, "1.", ["ol", "li"]),
        (BlockKind.QUOTE, "", ["blockquote", "p"]),
        (BlockKind.QUESTION, "", ["p", "strong"]),
        (BlockKind.ANSWER, "", ["p"]),
        (BlockKind.TABLE, "", ["p"]),
    ],
    ids=str,
)
@given(text=lines)
def test_every_kind_of_block_shows_its_text_and_nothing_else(
    text: str, kind: BlockKind, marker: str, tags: list[str]
) -> None:
    page = page_of(block(kind, text, marker))
    assert re.findall(r"<(\w+)", page) == tags
    assert seen(page) == " ".join(text.split())
    assert [b.text for b in read_blocks(write_body([block(kind, text, marker)]))] == [text]


@given(st.lists(st.tuples(lines, lines), min_size=2))
def test_rows_of_certain_columns_become_a_table(rows: list[tuple[str, str]]) -> None:
    blocks = [block(BlockKind.TABLE, "\n".join(cells), cells=cells) for cells in rows]
    page = page_of(*blocks)
    assert seen(page) == " ".join(" ".join(cell.split()) for row in rows for cell in row)
    assert len(re.findall(r"<t[hd]>", page)) == 2 * len(rows)
    assert [b.text for b in read_blocks(write_body(blocks))] == ["\n".join(row) for row in rows]


def test_items_of_one_list_stand_together_and_other_blocks_apart() -> None:
    body = write_body(
        [
            block(BlockKind.HEADING, "What is left"),
            block(BlockKind.ITEM, "mud", "-"),
            block(BlockKind.ITEM, "sand", "-"),
            block(BlockKind.ITEM, "first the mud", "1."),
            block(BlockKind.ITEM, "then the sand", "2."),
            block(BlockKind.CALLOUT, "Did You Know? It is old.", "Did You Know?"),
            block(BlockKind.QUOTE, "It is old."),
        ]
    )
    assert body == (
        "## What is left\n\n- mud\n- sand\n\n1. first the mud\n2. then the sand\n\n"
        "> **Did You Know?** It is old.\n\n> It is old."
    )


def test_a_list_that_starts_at_another_number_keeps_its_numbers() -> None:
    blocks = [block(BlockKind.ITEM, "mud", "4."), block(BlockKind.ITEM, "sand", "5.")]
    assert write_body(blocks) == "4. mud\n5. sand"


def test_no_block_gives_an_empty_body() -> None:
    assert write_body([]) == ""
