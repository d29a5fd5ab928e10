"""Writing: blocks to the Markdown body of an entry.

Every block's text is escaped, so that source text can only ever be text.
"""

from collections.abc import Sequence

from briefbook.model import Block, BlockKind
from briefbook.text.markdown import escape, escape_cell, escape_heading


def write_body(blocks: Sequence[Block]) -> str:
    """Return the blocks as Markdown, one blank line between blocks, none at the end."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        text = _written(block, _starts_table(previous, block))
        # Items of one list and rows of one table stand on following lines.
        joined = previous is not None and _belongs(previous, block)
        parts.append(("\n" if joined else "\n\n") + text if parts else text)
        previous = block
    return "".join(parts)


def _starts_table(previous: Block | None, block: Block) -> bool:
    return bool(block.cells) and (previous is None or not _belongs(previous, block))


def _belongs(previous: Block, block: Block) -> bool:
    if previous.kind is BlockKind.ITEM and block.kind is BlockKind.ITEM:
        return _numbered(previous) == _numbered(block)
    return bool(previous.cells) and len(previous.cells) == len(block.cells)


def _numbered(block: Block) -> bool:
    return block.marker not in ("", "-")


def _written(block: Block, starts_table: bool) -> str:
    text = escape(block.text)
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * (block.level or 2)} {escape_heading(block.text)}"
        case BlockKind.ITEM:
            return f"{block.marker or '-'} {text}"
        case BlockKind.QUOTE:
            return f"> {text}"
        case BlockKind.CALLOUT:
            label, rest = escape(block.marker), escape(block.text[len(block.marker) :])
            return f"> **{label}** {rest}".rstrip()
        case BlockKind.QUESTION:
            return f"**{text}**"
        case BlockKind.TABLE if block.cells:
            row = "| " + " | ".join(map(escape_cell, block.cells)) + " |"
            return row + "\n" + "| --- " * len(block.cells) + "|" if starts_table else row
        case _:
            return text
