"""What must be true when a source changes below an entry that its editor has edited."""

import json
from collections.abc import Iterable, Sequence

from briefbook.briefing import LoadedEntry, load_entry, make_entry, update_entry
from briefbook.briefing.entry import merged_fields
from briefbook.briefing.frontmatter import split
from briefbook.briefing.writing import Value, key_lines
from briefbook.model import Article, SourceFile
from briefbook.parsing import PARSER, parse
from briefbook.problems import ProblemError
from briefbook.reading import make_source
from briefbook.text.three_way import pieces_of, stretches, text_of
from tests.torture.fuzzing import texts, yamls
from tests.torture.fuzzing.draw import Draw
from tests.torture.fuzzing.of_files import SEOUL
from tests.torture.fuzzing.of_texts import NOW

_COMMENT = "# the editor's own: keep “this”"
_OWN = 'shelf: ["two", {row: 3}]  # my own key'
_EDITED = ("title", "outlet", "authors", "summary", "people", "topics", "body")


def make_case(draw: Draw) -> str:
    """Return a source, what its editor changes in the entry, and the source later."""
    return json.dumps({
        "source": _source(draw),
        "edits": {field: texts.sentence(draw) for field in draw.some(_field, 4)},
        "comment_at": draw.below(12),
        "ends": draw.pick(("\n", "\r\n")),
        "deleted": draw.some(_field, 2),
        "later": _source(draw),
    })  # fmt: skip


def _source(draw: Draw) -> str:
    """Return a text, at times below a header, whose values are pinned in the entry."""
    if draw.below(2):
        return texts.article(draw)
    return yamls.header(draw) + texts.article(draw)


def _field(draw: Draw) -> str:
    return draw.pick(_EDITED)


def _read(text: str) -> tuple[SourceFile, Article] | None:
    """Read a source and parse it; None where it is refused."""
    try:
        source = make_source(text.encode("utf-8", "replace"), "sources/a.txt", zone=SEOUL)
    except ProblemError:
        return None
    return source, parse(source)


def check_merge(case: str) -> None:
    """The editor's fields, comments and keys stay; what nobody changed changes nothing."""
    given = json.loads(case)
    first, later = _read(given["source"]), _read(given["later"])
    if first is None or later is None or first[0].sha256 == later[0].sha256:
        return
    try:
        made = make_entry(
            *first, parser=PARSER, added=NOW, story="quay-opens", taken_slugs=(), zone=SEOUL
        )
    except ProblemError:
        return
    assert update_entry(made, *first, parser=PARSER) is None
    edited = _edited(made, given)
    if edited is None:
        return
    try:
        updated = update_entry(edited, *later, parser=PARSER)
    except ProblemError:
        return
    assert updated is not None
    assert _COMMENT in updated.text
    assert _OWN in updated.text
    for same in ("id", "slug", "story", "added", "status", "note"):
        assert getattr(updated.entry, same) == getattr(edited.entry, same)
    mine, now = merged_fields(edited.entry), merged_fields(updated.entry)
    for field in edited.entry.edited:
        assert now.get(field) == mine.get(field), field
    assert set(edited.entry.edited) - set(updated.entry.edited) <= _agreed(updated, edited)
    assert update_entry(updated, *later, parser=PARSER) is None


def _agreed(updated: LoadedEntry, edited: LoadedEntry) -> set[str]:
    """Return the fields in which the source now says what the editor had written."""
    assert updated.entry.parsed is not None
    return {field for field in edited.entry.edited if field in updated.entry.parsed.wrote}


def _edited(made: LoadedEntry, given: dict[str, object]) -> LoadedEntry | None:
    """Return an entry as its editor leaves it; None where they have broken it."""
    parts = split(made.text, made.path)
    rows = parts.front.split("\n")[:-1]
    edits, deleted = given["edits"], given["deleted"]
    assert isinstance(edits, dict) and isinstance(deleted, list)
    for field, words in edits.items():
        value: Value = (
            "port"
            if field == "topics"
            else words
            if field in ("title", "outlet", "summary")
            else (words, "Ana Reyes")
        )
        if field != "body":
            rows = [
                *_without(rows, field),
                *key_lines(field, "port" if field == "topics" else value),
            ]
    for field in deleted:
        if field not in ("title", "topics", "body"):
            rows = _without(rows, field)
    at = [n for n, row in enumerate(rows) if row[:1] not in (" ", "-")]
    where = int(str(given["comment_at"])) % len(at)
    rows[at[where] : at[where]] = [_COMMENT, _OWN]
    body = parts.body + (f"\n{edits['body']}\n" if "body" in edits else "")
    text = "\n".join(["---", *rows, "---", body]).replace("\n", str(given["ends"]))
    try:
        return load_entry(text, made.path, zone=SEOUL)[0]
    except ProblemError:
        return None


def _without(rows: Sequence[str], field: str) -> list[str]:
    """Return the rows of front matter without a field, which may go on in rows below it."""
    found: list[str] = []
    inside = False
    for row in rows:
        inside = row.startswith(f"{field}:") or (inside and row.startswith(" "))
        if not inside:
            found.append(row)
    return found


def make_sides(draw: Draw) -> str:
    """Return a text and two texts that were made of it."""
    base = draw.some(_row, 10)
    sides = [_changed(draw, base) for _ in range(2)]
    return json.dumps(["\n".join(rows) for rows in (base, *sides)])


def _row(draw: Draw) -> str:
    return draw.pick(("", "", "- a", "- b", "one", "two", "   ", "> q", "| c |", "three\n", "\t"))


def _changed(draw: Draw, rows: Sequence[str]) -> list[str]:
    found = list(rows)
    for _ in range(draw.below(4)):
        at = draw.below(len(found) + 1)
        found[at : at + draw.below(3)] = draw.some(_row, 3)
    return found


def check_three_way(case: str) -> None:
    """Each side is whole; what only one changed is that side's; equal sides never conflict."""
    base, ours, theirs = (pieces_of(text) for text in json.loads(case))
    found = list(stretches(base, ours, theirs))
    assert _joined(stretch.base for stretch in found) == base
    assert _joined(stretch.ours for stretch in found) == ours
    assert _joined(stretch.theirs for stretch in found) == theirs
    for one, other, merged in (
        (ours, base, ours),
        (base, theirs, theirs),
        (ours, ours, ours),
        (base, base, base),
    ):
        parts = [stretch.merged for stretch in stretches(base, one, other)]
        assert None not in parts
        assert _joined(part or () for part in parts) == merged
    for text, pieces in zip(json.loads(case), (base, ours, theirs), strict=True):
        kept = [line for line in text.split("\n") if line.strip()]
        assert [line for line in text_of(pieces).split("\n") if line.strip()] == kept
        assert pieces_of(text_of(pieces))[1:] == pieces[1:]


def _joined(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(piece for part in parts for piece in part)
