"""Receipt: what became of a text that was added, for the screen and for programs.

In: an `Added`. Out: lines of styled text for `cli` to print, no more than a screen holds, or JSON
values. Each says the same: the entry, what was kept, dropped and flagged, what is missing, and what
to do next.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from briefbook.adding.intake import Added
from briefbook.explaining import counted_lines, line_rows
from briefbook.hanging import hanging
from briefbook.model import Fate, Line, Status
from briefbook.problems import Problem
from briefbook.text.visible import visible

VERSION = 1  # of the JSON; keys are only ever added
# A screen has about 40 rows.
_MOST_FLAGGED = 10
_MOST_DROPPED = 12
_MOST_NOTES = 8
_LABEL_CELLS = 10
_NEXT = "look at it with `briefbook serve`, publish it with `briefbook build`"


def shown_receipt(added: Added, console: Console) -> Iterator[Text]:
    """Yield what became of a text line by line.

    Args:
        added: The text.
        console: Where it will be printed: tells whether it is a terminal, and how wide.
    """
    entry = added.loaded.entry
    yield Text.assemble((visible(added.loaded.path), "bold"), f"  {_did(added)}")
    rows = [
        ("title", entry.title),
        ("outlet", entry.outlet or ""),
        ("date", entry.published.isoformat() if entry.published else ""),
        ("topics", ", ".join(added.topics)),
        ("story", _story(added)),
        *(("copy", copy) for copy in _copies(added)),
        *(
            ("former", f"the text it was made of lies in {path}")
            for path in (added.former,)
            if path
        ),
        *(("missing", f"{what}: {how}") for what, how in missing(added)),
    ]
    for label, said in rows:
        if said:
            yield from hanging(label, Text(visible(said)), console, _LABEL_CELLS)
    yield Text()
    yield counted_lines(added.source, added.article)
    yield from _lines(added, console)
    yield from _notes(entry.review, console, added.loaded.path)
    yield from hanging("next", Text(_NEXT), console, _LABEL_CELLS)


def receipts_json(added: Sequence[Added], problems: Sequence[Problem]) -> dict[str, Any]:
    """Return what became of all that was named as JSON values; the keys are stable."""
    return {
        "version": VERSION,
        "added": [_json(one) for one in added],
        "problems": [
            {
                "place": problem.place.path,
                "line": problem.place.line,
                "severity": str(problem.severity),
                "what": problem.what,
                "fix": problem.fix,
            }
            for problem in problems
        ],
    }


def missing(added: Added) -> tuple[tuple[str, str], ...]:
    """Return what a text does not say, each with what would say it."""
    entry = added.loaded.entry
    found = []
    if not entry.outlet:
        found.append(("no outlet", f"write outlet: … in {added.loaded.path}, or add with --outlet"))
    if not entry.published:
        how = f"write published: 2026-11-21 in {added.loaded.path}, or add with --published"
        found.append(("no date", how))
    if added.article.title is None:
        found.append(("no headline", f"write a better title: in {added.loaded.path}"))
    return tuple(found)


def flagged(added: Added) -> tuple[Line, ...]:
    """Return the lines that an editor should look at."""
    numbers = {slip.line for slip in added.article.slips}
    return tuple(line for line in added.article.lines if line.number in numbers)


def dropped(added: Added) -> tuple[Line, ...]:
    """Return the lines that were left out."""
    return tuple(line for line in added.article.lines if line.fate is Fate.DROPPED)


def _did(added: Added) -> str:
    if added.former or added.was_there:
        return f"brought up to {added.source}"
    return f"made of {added.source}"


def _story(added: Added) -> str:
    if not added.joins:
        return "its own" if added.was_there else "a new one"
    more = f" and {len(added.joins) - 1} more" if len(added.joins) > 1 else ""
    return f"with “{added.joins[0]}”{more}"


def _copies(added: Added) -> Iterator[str]:
    for entry in added.carries[:1]:
        more = f" and {len(added.carries) - 1} more" if len(added.carries) > 1 else ""
        outlet = f" ({entry.outlet})" if entry.outlet else ""
        yield f"one origin with {entry.place.path}{outlet}{more}: the same text, or one credit"


def _lines(added: Added, console: Console) -> Iterator[Text]:
    """Yield the flagged and the dropped lines in their order, and how many are not shown."""
    flags, drops = flagged(added), dropped(added)
    chosen = {line.number: line for line in (*flags[:_MOST_FLAGGED], *drops[:_MOST_DROPPED])}
    yield from line_rows(added.article, [chosen[number] for number in sorted(chosen)], console)
    explain = f"briefbook explain {visible(added.source)}"
    if (more := len(flags) - _MOST_FLAGGED) > 0:
        yield Text(f"… {more} more to look at: {explain}", "dim")
    if (more := len(drops) - _MOST_DROPPED) > 0:
        yield Text(f"… {more} more dropped: {explain} --fate dropped", "dim")


def _notes(review: Sequence[str], console: Console, path: str) -> Iterator[Text]:
    if not review:
        yield Text()
        return
    yield Text("\nfor review", "bold")
    for note in review[:_MOST_NOTES]:
        yield from hanging("", Text(visible(note), "yellow"), console, 2)
    if len(review) > _MOST_NOTES:
        yield Text(f"  … {len(review) - _MOST_NOTES} more: {visible(path)}", "dim")
    yield Text()


def _json(added: Added) -> dict[str, Any]:
    entry = added.loaded.entry
    counted = Counter(line.fate for line in added.article.lines)
    return {
        "given": added.shown,
        "source": added.source,
        "entry": added.loaded.path,
        "is_new": not added.was_there,
        "replaced": added.former,
        "slug": entry.slug,
        "status": str(entry.status or Status.PUBLISHED),
        "title": entry.title,
        "outlet": entry.outlet,
        "published": entry.published.isoformat() if entry.published else None,
        "language": entry.language,
        "topics": list(added.topics),
        "story": entry.story,
        "joins": list(added.joins),
        "carries": [other.place.path for other in added.carries],
        "lines": {
            "all": len(added.article.lines),
            **{str(fate): counted[fate] for fate in Fate},
        },
        "flagged": [
            {"number": line.number, "text": line.text, "notes": _notes_of(added, line)}
            for line in flagged(added)
        ],
        "dropped": [
            {"number": line.number, "text": line.text, "rule": line.rule} for line in dropped(added)
        ],
        "review": list(entry.review),
        "missing": [{"what": what, "fix": how} for what, how in missing(added)],
    }


def _notes_of(added: Added, line: Line) -> list[str]:
    return [slip.text for slip in added.article.slips if slip.line == line.number]
