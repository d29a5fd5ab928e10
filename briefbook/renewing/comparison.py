"""Comparison: how it looks what `reparse` and `refile` would change, on a terminal and in a pipe.

In: a `Reparsing` or a `Refiling`. Out: lines of styled text for `cli` to print. A terminal gets
the part of a long line that changes and the first changes of a long body; a pipe gets everything.
Colour only repeats what a sign says too: - goes, + comes, = stays.
"""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from briefbook.hanging import hanging
from briefbook.model import Entry
from briefbook.renewing.changing import EntryChange, FieldChange
from briefbook.renewing.refiling import EndedStory, Refiling
from briefbook.renewing.reparsing import Reparsing
from briefbook.text.visible import visible

_GOES, _COMES, _STAYS = "red", "green", "yellow"
# The longest labels are "organisations" and "body, line 123".
_LABEL_CELLS = 16
# On a terminal: so many changes of one body, and so much of a line beside what changes in it.
_MOST_CHANGES = 12
_AROUND = 80  # characters


def shown_reparsing(found: Reparsing, console: Console) -> Iterator[Text]:
    """Yield what parsing again changes, entry by entry."""
    told = [change for change in found.changes if change.fields]
    for change in told:
        yield from _entry(change, console)
        yield Text()
    if unseen := len(found.changes) - len(told):
        more = f"{unseen} {'more ' * bool(told)}{_entries(unseen)}"
        yield Text(f"{more}: only what the program remembers under parsed: changes")


def shown_refiling(found: Refiling, console: Console) -> Iterator[Text]:
    """Yield which entries change their story, and which stories end and begin."""
    for move in found.moves:
        was, now = move.was.entry, move.now.entry
        yield _heading(was, visible(was.title))
        stories = FieldChange(field="story", gone=_one(was.story), come=_one(now.story))
        yield from _field(stories, console)
    if found.moves:
        yield Text()
    for story in found.ended:
        yield Text.assemble((f"- {story.key}", _GOES), f"  {_where_to(story)}")
    for key, size in found.begun:
        yield Text.assemble((f"+ {key}", _COMES), f"  a new story of {size} {_entries(size)}")
    if found.ended or found.begun:
        yield Text()
    if found.bound:
        keep = "keeps" if found.bound == 1 else "keep"
        yield Text(f"{found.bound} {_entries(found.bound)} {keep} the story that you gave")


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


def _one(story: str | None) -> tuple[str, ...]:
    return (story,) if story else ()


def _where_to(story: EndedStory) -> str:
    """Say what becomes of a story that no entry is in any more."""
    into = ", ".join(story.into)
    if not story.leads_on:
        return f"goes into {into}; it never had a page"
    if len(story.into) == 1:
        return f"goes into {into}; its address leads there"
    return f"is divided; its address leads to {into}"


def _heading(entry: Entry, more: str) -> Text:
    return Text.assemble((visible(entry.place.path), "bold"), f"  {more}" if more else "")


def _entry(change: EntryChange, console: Console) -> Iterator[Text]:
    yield _heading(change.was.entry, _why(change))
    body = [field for field in change.fields if field.field == "body"]
    left = body[_MOST_CHANGES:] if console.is_terminal else []
    for field in change.fields:
        if field not in left:
            yield from _field(field, console)
        elif field is left[0]:
            said = Text(f"and {len(left)} more changes, which a pipe shows", "dim")
            yield from hanging("", said, console, _LABEL_CELLS)
    for kept in change.kept:
        read = visible(kept.read) if kept.field != "body" else "another text"
        said = Text(f"= yours, stays; the parser reads {read or 'nothing'}", _STAYS)
        yield from hanging(kept.field, _cut(said, console), console, _LABEL_CELLS)


def _why(change: EntryChange) -> str:
    """Say what is not as it was: the parser, the text."""
    was, now = change.was.entry.parsed, change.now.entry.parsed
    assert was is not None  # only entries of a source are parsed again
    assert now is not None
    said = [f"written by parser {was.parser}, now {now.parser}"] * (was.parser != now.parser)
    said += ["its text has changed"] * (was.sha256 != now.sha256)
    return "; ".join(said)


def _field(change: FieldChange, console: Console) -> Iterator[Text]:
    """Yield a field: what goes and what comes, pair by pair where there are as many of both."""
    label = change.field if change.line is None else f"{change.field}, line {change.line}"
    rows: list[Text] = []
    if len(change.gone) == len(change.come):
        for was, now in zip(change.gone, change.come, strict=True):
            rows += _pair(visible(was), visible(now), console)
    else:
        rows += (_cut(Text(f"- {visible(was)}", _GOES), console) for was in change.gone)
        rows += (_cut(Text(f"+ {visible(now)}", _COMES), console) for now in change.come)
    for n, row in enumerate(rows or [Text("blank lines only", "dim")]):
        yield from hanging("" if n else label, row, console, _LABEL_CELLS)


def _pair(was: str, now: str, console: Console) -> tuple[Text, Text]:
    """Return a line as it is and as it would be, what differs in bold."""
    start, end = _same_ends(was, now)
    return (
        _marked("- ", was, start, end, _GOES, console),
        _marked("+ ", now, start, end, _COMES, console),
    )


def _same_ends(was: str, now: str) -> tuple[int, int]:
    """Return how many characters are the same at the start, and of the others at the end."""
    most = min(len(was), len(now))
    start = next((n for n in range(most) if was[n] != now[n]), most)
    most -= start
    return start, next((n for n in range(most) if was[-1 - n] != now[-1 - n]), most)


def _marked(sign: str, line: str, start: int, end: int, style: str, console: Console) -> Text:
    before, differs, after = line[:start], line[start : len(line) - end], line[len(line) - end :]
    if console.is_terminal:
        before = before if len(before) <= _AROUND else f"…{before[-_AROUND:]}"
        after = after if len(after) <= _AROUND else f"{after[:_AROUND]}…"
    return _cut(Text.assemble(sign, before, (differs, "bold"), after, style=style), console)


def _cut(text: Text, console: Console) -> Text:
    """Cut what would fill a terminal: the start tells which line it is."""
    most = 4 * _AROUND
    if console.is_terminal and len(text) > most:
        text = text[:most].append("…")
    return text
