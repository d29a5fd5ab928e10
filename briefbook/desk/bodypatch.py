"""Body patch: a word on one line of a source -> what it would change in a body an editor rewrote.

Pure. Such a body no longer follows its source by itself. So the change that the word makes in the
parser's body is made in the editor's, where it stands plainly; elsewhere a kept line is put below
the paragraph above it, and what the editor has rewritten is never taken away.
"""

from dataclasses import dataclass
from difflib import unified_diff

from briefbook.model import Article, Entry, Fate
from briefbook.text.markdown import read_blocks
from briefbook.text.three_way import Stretch, pieces_of, stretches, text_of
from briefbook.text.words import collapsed

_AROUND = 2  # lines shown above and below a change


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPatch:
    """What a body would become."""

    body: str  # the whole body, as it would be
    diff: tuple[str, ...]  # unified, without names of files, lines of the body; empty: no change
    is_merged: bool  # False: the editor rewrote that very place, so look whether it reads well


def body_patch(entry: Entry, before: Article, after: Article) -> BodyPatch:
    """Say what body an entry would have if an override were added, changed or taken away.

    Args:
        entry: The entry, whose body is the editor's.
        before: What the parser makes of its source with the overrides that there are.
        after: What it makes of it with those that would be.
    """
    base, theirs = pieces_of(before.body), pieces_of(after.body)
    found = list(stretches(base, pieces_of(entry.body), theirs))
    kept = _newly_kept(before, after)
    result: list[str] = []
    for stretch in found:
        merged = stretch.merged
        if merged is None:
            merged = stretch.ours
            result += merged
            _insert(result, len(result) - len(merged), stretch, kept)
        else:
            result += merged
    body = text_of(result)
    lines = unified_diff(entry.body.split("\n"), body.split("\n"), n=_AROUND, lineterm="")
    return BodyPatch(
        body=body,
        diff=tuple(lines)[2:],
        is_merged=all(stretch.merged is not None for stretch in found),
    )


def _newly_kept(before: Article, after: Article) -> frozenset[str]:
    """Return the text of each block that has a line which was not kept before."""
    were = {line.number for line in before.lines if line.fate is Fate.BODY}
    new = {line.number for line in after.lines if line.fate is Fate.BODY} - were
    return frozenset(
        collapsed(block.text)
        for block in after.blocks
        if any(number in new for number in range(block.first, block.last + 1))
    )


def _insert(result: list[str], start: int, stretch: Stretch, kept: frozenset[str]) -> None:
    """Put the kept lines of a stretch that contradicts the editor's into it.

    Args:
        result: The pieces of the body so far; the editor's of this stretch stand last.
        start: Where these begin.
        stretch: The stretch.
        kept: Texts of the blocks to be put in.
    """
    at = start
    for piece in stretch.theirs:
        if piece in result[start:]:
            at = start + result[start:].index(piece) + 1
        elif _says(piece) & kept:
            # A list goes on to its end, or what is put in would part it.
            while at < len(result) and not result[at].startswith("\n"):
                at += 1
            result.insert(at, piece if piece.startswith("\n") else f"\n{piece}")
            at += 1


def _says(piece: str) -> frozenset[str]:
    return frozenset(collapsed(block.text) for block in read_blocks(piece))
